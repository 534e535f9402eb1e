// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/recovery_dialog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ratescope {

namespace {

constexpr int fewestRows = 2;
constexpr int mostRows = 10; ///< that are seen without scrolling

} // namespace

RecoveryDialog::RecoveryDialog(const QList<QPair<QString, QString>>& work, QWidget* parent)
    : QDialog(parent)
    , m_list(new QListWidget(this)) {
    setWindowTitle(tr("Unsaved work"));
    auto* words = new QLabel(tr("Ratescope ended before this was saved. What was trained is still here."), this);
    words->setWordWrap(true);
    m_list->setAccessibleName(tr("Unsaved work from earlier starts"));
    for (const auto& [path, text] : work) {
        auto* item = new QListWidgetItem(text, m_list);
        item->setFlags(Qt::ItemIsUserCheckable | Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        item->setCheckState(Qt::Checked);
        item->setData(Qt::UserRole, path);
    }
    m_list->setCurrentRow(0);
    auto* buttons = new QDialogButtonBox(this);
    m_open = buttons->addButton(tr("Open"), QDialogButtonBox::AcceptRole);
    m_open->setDefault(true);
    buttons->addButton(tr("Not now"), QDialogButtonBox::RejectRole)
        ->setToolTip(tr("It stays where it is and is offered again"));
    m_discard = buttons->addButton(tr("Delete…"), QDialogButtonBox::DestructiveRole);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(words);
    layout->addWidget(m_list);
    layout->addWidget(buttons);
    const int letter = fontMetrics().averageCharWidth();
    // As high as what it lists, within reason; who makes it larger sees more.
    m_list->ensurePolished();
    const auto heightOf = [this](int rows) { return rows * m_list->sizeHintForRow(0) + 2 * m_list->frameWidth() + 4; };
    const int wanted = heightOf(std::clamp(m_list->count(), fewestRows, mostRows));
    m_list->setMinimumHeight(std::min(wanted, heightOf(fewestRows)));
    resize(60 * letter, sizeHint().height() - m_list->sizeHint().height() + wanted);

    connect(m_list, &QListWidget::itemChanged, this, &RecoveryDialog::updateButtons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT openRequested(chosen());
        accept();
    });
    connect(m_discard, &QPushButton::clicked, this, &RecoveryDialog::confirmDiscard);
}

QStringList RecoveryDialog::chosen() const {
    QStringList paths;
    for (int row = 0; row < m_list->count(); ++row)
        if (const QListWidgetItem* item = m_list->item(row); item->checkState() == Qt::Checked)
            paths << item->data(Qt::UserRole).toString();
    return paths;
}

void RecoveryDialog::updateButtons() {
    m_open->setEnabled(!chosen().isEmpty());
    m_discard->setEnabled(!chosen().isEmpty());
}

void RecoveryDialog::confirmDiscard() {
    const QStringList paths = chosen();
    auto* box = new QMessageBox(QMessageBox::Warning, windowTitle(),
                                tr("Delete %n unsaved study(s) for good?", nullptr, static_cast<int>(paths.size())),
                                QMessageBox::Cancel, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* discard = box->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    connect(discard, &QPushButton::clicked, this, [this, paths] {
        Q_EMIT discardRequested(paths);
        for (int row = m_list->count() - 1; row >= 0; --row)
            if (m_list->item(row)->checkState() == Qt::Checked) delete m_list->takeItem(row);
        updateButtons();
        if (m_list->count() == 0) reject();
    });
    box->open();
}

} // namespace ratescope
