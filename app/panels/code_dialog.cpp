// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/code_dialog.h"

#include "app/panels/calm_spin_box.h"
#include "app/panels/plain_message.h"
#include "app/panels/problem_text.h"
#include "app/study/file_output.h"
#include "app/study/plain_text.h"
#include "app/study/schedule_code.h"
#include "core/error.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QThread>
#include <QVBoxLayout>

#include <memory>

namespace ratescope {

CodeDialog::CodeDialog(const RunRecord& run, QWidget* parent)
    : QDialog(parent)
    , m_config(asTrained(run))
    , m_length(run.length)
    , m_target(new CalmComboBox(this))
    , m_text(new QPlainTextEdit(this))
    , m_note(new QLabel(this))
    , m_copy(new QPushButton(tr("Copy"), this))
    , m_save(new QPushButton(tr("Save…"), this)) {
    setWindowTitle(tr("“%1” as code").arg(titleText(QString::fromStdString(run.config.name))));
    auto* layout = new QVBoxLayout(this);
    auto* row = new QHBoxLayout;
    auto* label = new QLabel(tr("For"), this);
    label->setBuddy(m_target);
    m_target->addItem(QStringLiteral("PyTorch"), static_cast<int>(CodeTarget::PyTorch));
    m_target->addItem(QStringLiteral("Keras"), static_cast<int>(CodeTarget::Keras));
    m_target->setAccessibleName(tr("Library that the code is for"));
    row->addWidget(label);
    row->addWidget(m_target);
    row->addStretch(1);
    row->addWidget(m_copy);
    row->addWidget(m_save);
    layout->addLayout(row);
    m_text->setReadOnly(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setAccessibleName(tr("The code"));
    m_text->setTabChangesFocus(true);
    layout->addWidget(m_text, 1);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setText(tr("It gives the same rate at every step as this run."));
    layout->addWidget(m_note);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &CodeDialog::reject);
    connect(m_target, &QComboBox::currentIndexChanged, this, &CodeDialog::write);
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(code()); });
    connect(m_save, &QPushButton::clicked, this, &CodeDialog::save);
    resize(760, 620);
    write();
}

QString CodeDialog::code() const { return m_text->toPlainText(); }

/// Not here: over a long run the library's own schedule is held against ours step by step.
void CodeDialog::write() {
    const int number = ++m_asked;
    m_copy->setEnabled(false);
    m_save->setEnabled(false);
    const auto written = std::make_shared<QString>();
    const auto target = static_cast<CodeTarget>(m_target->currentData().toInt());
    QThread* thread = QThread::create([written, target, config = m_config, length = m_length] {
        try {
            *written = QString::fromStdString(scheduleCode(config, length, target));
        } catch (const std::exception& error) {
            *written = QStringLiteral("# %1\n").arg(QString::fromUtf8(error.what()));
        }
    });
    connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    connect(thread, &QThread::finished, this, [this, written, number] {
        if (number == m_asked) show(*written);
    });
    thread->start();
}

void CodeDialog::show(const QString& code) {
    m_text->setPlainText(code);
    m_copy->setEnabled(true);
    m_save->setEnabled(true);
}

void CodeDialog::save() {
    auto* dialog = new QFileDialog(this, tr("Save the code"), QString(), tr("Python (*.py)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("py"));
    dialog->selectFile(QStringLiteral("schedule.py"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        try {
            writeFile(path, code().toUtf8());
        } catch (const Error& error) {
            auto* box = new QMessageBox(QMessageBox::Warning, tr("The code was not saved"), {}, QMessageBox::Ok, this);
            box->setAttribute(Qt::WA_DeleteOnClose);
            showPlainly(*box, problemText(std::string(error.what())));
            box->open();
        }
    });
    dialog->open();
}

} // namespace ratescope
