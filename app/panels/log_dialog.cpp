// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/log_dialog.h"

#include "app/panels/calm_spin_box.h"
#include "app/panels/problem_text.h"
#include "app/study/plain_text.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPointer>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ratescope {

namespace {

constexpr int checkDelay = 120;           // ms
constexpr int mostTableColumns = 60;      ///< of the preview; the choices have more
constexpr int widestColumn = 22;          ///< letters
constexpr qsizetype mostNameLetters = 60; ///< in a choice or a title

QString nameOf(const LogPreviewColumn& column) {
    return cutText(QString::fromStdString(plainLine(column.name)), mostNameLetters);
}

} // namespace

LogDialog::LogDialog(const QStringList& paths, LogPreview preview, const LogMapping& chosen, Check check, QWidget* parent)
    : QDialog(parent)
    , m_preview(std::move(preview))
    , m_path(paths.value(0))
    , m_check(std::move(check))
    , m_table(new QTableWidget(this))
    , m_state(new QLabel(this)) {
    setWindowTitle(tr("Import a log"));
    auto* about = new QLabel(this);
    about->setTextFormat(Qt::PlainText);
    about->setWordWrap(true);
    about->setText(words(paths));
    buildTable();
    auto* form = new QFormLayout;
    buildChoices(*form);
    m_state->setTextFormat(Qt::PlainText);
    m_state->setWordWrap(true);
    m_state->setMargin(8);
    m_state->setMinimumHeight(2 * fontMetrics().lineSpacing() + 16); // nothing moves away from under somebody's hand
    m_state->setAccessibleName(tr("Whether it can be read"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_import = buttons->addButton(tr("Import"), QDialogButtonBox::AcceptRole);
    m_import->setDefault(true);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(about);
    layout->addWidget(m_table, 1);
    layout->addLayout(form);
    layout->addWidget(m_state);
    layout->addWidget(buttons);
    resize(90 * fontMetrics().averageCharWidth(), sizeHint().height());

    m_later.setSingleShot(true);
    m_later.setInterval(checkDelay);
    connect(&m_later, &QTimer::timeout, this, &LogDialog::startCheck);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    choose(chosen);
    m_choices.begin()->second->setFocus();
}

QString LogDialog::words(const QStringList& paths) const {
    const QString name = QFileInfo(m_path).fileName();
    const int more = static_cast<int>(paths.size()) - 1;
    const QString files = (more == 0 ? tr("“%1”") : tr("“%1” and %n more of the same kind", nullptr, more)).arg(name);
    return m_preview.isTable ? tr("%1: what do the columns mean?").arg(files) : tr("%1: what do the tags mean?").arg(files);
}

void LogDialog::buildTable() {
    const int columns = std::min(static_cast<int>(m_preview.columns.size()), mostTableColumns);
    m_table->setColumnCount(columns);
    m_table->setAccessibleName(m_preview.isTable ? tr("The first rows of the log") : tr("The first values of each tag"));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setHighlightSections(false);
    for (int column = 0; column < columns; ++column) {
        const LogPreviewColumn& shown = m_preview.columns[static_cast<std::size_t>(column)];
        m_table->setRowCount(std::max(m_table->rowCount(), static_cast<int>(shown.values.size())));
        m_table->setHorizontalHeaderItem(column, new QTableWidgetItem);
        for (int row = 0; row < static_cast<int>(shown.values.size()); ++row) {
            const QString text = QString::fromStdString(shown.values[static_cast<std::size_t>(row)]);
            m_table->setItem(row, column, new QTableWidgetItem(cutText(text, mostNameLetters)));
        }
    }
    const int rows = std::clamp(m_table->rowCount(), 2, static_cast<int>(mostPreviewRows));
    const int head = 3 * fontMetrics().height() + 12; // two lines of it
    m_table->setMinimumHeight(head + (rows + 1) * m_table->verticalHeader()->defaultSectionSize());
}

void LogDialog::buildChoices(QFormLayout& form) {
    const std::map<LogField, QPair<QString, QString>> texts = {
        {LogField::Loss, {tr("&Loss of training"), {}}},
        {LogField::Rate, {tr("Learning &rate"), tr("none")}},
        {LogField::ValidationLoss, {tr("&Validation loss"), tr("none")}},
        {LogField::ValidationAccuracy, {tr("Validation &accuracy"), tr("none")}},
        {LogField::Step, {tr("&Step"), tr("none: rows are counted")}},
        {LogField::Epoch, {tr("&Epoch"), tr("none")}},
        {LogField::Seconds, {tr("&Time in seconds"), tr("none")}},
        {LogField::Run, {tr("&Name of the run"), tr("none: all rows are of one")}}};
    for (const LogField field : m_preview.fields()) {
        const auto& [label, none] = texts.at(field);
        auto* choice = new CalmComboBox(this);
        choice->setAccessibleName(QString(label).remove(QLatin1Char('&')));
        choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        choice->setMaxVisibleItems(20);
        if (none.isEmpty()) choice->setPlaceholderText(tr("choose one"));
        else choice->addItem(none, QByteArray());
        for (const LogPreviewColumn& column : m_preview.columns)
            choice->addItem(nameOf(column), QByteArray::fromStdString(column.name));
        form.addRow(label, choice);
        m_choices[field] = choice;
        connect(choice, &QComboBox::currentIndexChanged, this, [this] {
            markColumns();
            m_import->setEnabled(false);
            m_later.start();
        });
    }
    form.setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
}

LogMapping LogDialog::mapping() const {
    LogMapping mapping;
    mapping.only = true;
    for (const auto& [field, choice] : m_choices) mapping[field] = choice->currentData().toByteArray().toStdString();
    return mapping;
}

/// Names that this log does not have are left open.
void LogDialog::choose(const LogMapping& mapping) {
    for (const auto& [field, choice] : m_choices) {
        const int index = mapping[field].empty() ? -1 : choice->findData(QByteArray::fromStdString(mapping[field]));
        choice->setCurrentIndex(index < 0 && field != LogField::Loss ? 0 : index);
    }
    markColumns();
    startCheck();
}

/// Each column says what it is taken for, and those that are not read step back.
void LogDialog::markColumns() {
    for (int column = 0; column < m_table->columnCount(); ++column) {
        const LogPreviewColumn& shown = m_preview.columns[static_cast<std::size_t>(column)];
        QStringList meanings;
        for (const LogField field : m_preview.fields()) {
            const QComboBox* choice = m_choices.at(field);
            if (choice->currentData().toByteArray().toStdString() == shown.name) meanings << choice->accessibleName();
        }
        QTableWidgetItem* head = m_table->horizontalHeaderItem(column);
        const QString meaning = meanings.isEmpty() ? QStringLiteral("–") : meanings.join(QStringLiteral(", "));
        head->setText(nameOf(shown) + QLatin1Char('\n') + meaning);
        QFont font = m_table->font();
        font.setBold(!meanings.isEmpty());
        head->setFont(font);
        const QBrush ink = palette().brush(meanings.isEmpty() ? QPalette::PlaceholderText : QPalette::Text);
        head->setForeground(ink);
        for (int row = 0; row < m_table->rowCount(); ++row)
            if (QTableWidgetItem* cell = m_table->item(row, column)) cell->setForeground(ink);
    }
    m_table->resizeColumnsToContents();
    const int widest = widestColumn * fontMetrics().averageCharWidth();
    for (int column = 0; column < m_table->columnCount(); ++column)
        m_table->setColumnWidth(column, std::min(m_table->columnWidth(column), widest));
}

/// One reading at a time: what is chosen meanwhile is looked at behind it.
void LogDialog::startCheck() {
    m_import->setEnabled(false);
    if (m_isChecking) return;
    if (m_choices.at(LogField::Loss)->currentIndex() < 0) {
        tell(tr("Choose the loss of training: a log is read by it."), false);
        Q_EMIT checked(false);
        return;
    }
    m_isChecking = true;
    tell(tr("Reading…"), false);
    m_check(mapping(), [dialog = QPointer(this), asked = mapping()](const LogReading& reading) {
        if (dialog) dialog->finishCheck(asked, reading);
    });
}

void LogDialog::finishCheck(const LogMapping& asked, const LogReading& reading) {
    m_isChecking = false;
    if (asked != mapping()) {
        startCheck();
        return;
    }
    const bool good = reading.problem.isEmpty();
    m_import->setEnabled(good);
    QString problem = reading.problem; // the dialog has said of which file
    if (problem.startsWith(m_path + QStringLiteral(": "))) problem.remove(0, m_path.size() + 2);
    tell(good ? tr("%n run(s)", nullptr, reading.runs) + QStringLiteral(", ") +
                    tr("%n loss(es)", nullptr, static_cast<int>(std::min<quint64>(reading.losses, 2'000'000'000)))
              : problemText(cutText(problem, 600)),
         !good);
    Q_EMIT checked(good);
}

void LogDialog::tell(const QString& text, bool isProblem) {
    m_state->setStyleSheet(isProblem ? QStringLiteral("QLabel { background: #b42318; color: white; }") : QString());
    m_state->setText(text);
}

} // namespace ratescope
