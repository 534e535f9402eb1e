// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/expression_edit.h"

#include "app/panels/core_text.h"
#include "app/panels/problem_text.h"
#include "core/schedule/formula.h"
#include "core/schedule/schedule.h"

#include <QFontDatabase>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace ratescope {

ExpressionEdit::ExpressionEdit(QWidget* parent)
    : QWidget(parent)
    , m_edit(new QPlainTextEdit(this))
    , m_text(new QLabel(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_edit);
    layout->addWidget(m_text);
    m_edit->setAccessibleName(tr("Expression"));
    m_edit->setTabChangesFocus(true);
    m_edit->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_edit->setFixedHeight(m_edit->fontMetrics().height() * 3 + 14);
    m_edit->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_edit->installEventFilter(this);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setAccessibleName(tr("About the expression"));
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        check();
        Q_EMIT edited();
    });
    check();
}

void ExpressionEdit::setExpression(const std::string& expression) {
    if (expression == this->expression()) return;
    {
        const QSignalBlocker blocker(m_edit);
        m_edit->setPlainText(QString::fromStdString(expression));
    }
    check();
}

std::string ExpressionEdit::expression() const {
    return m_edit->toPlainText().replace(QLatin1Char('\n'), QLatin1Char(' ')).toStdString();
}

void ExpressionEdit::check() {
    const std::string text = expression();
    m_fault.reset();
    try {
        Formula{text};
        const ScheduleFamily* family = findScheduleFamily("formula");
        m_text->setText(coreText(findParameter(family->parameters, "expression")->meaning)); // what may be used
        m_text->setStyleSheet({});
        m_text->setForegroundRole(QPalette::PlaceholderText);
    } catch (const FormulaError& error) {
        const auto before = static_cast<qsizetype>(error.position());
        m_fault = static_cast<int>(
            QString::fromUtf8(text.data(), std::min(before, static_cast<qsizetype>(text.size()))).size());
        m_text->setText(tr("At character %1: %2").arg(*m_fault + 1).arg(problemText(std::string(error.what()))));
        m_text->setForegroundRole(QPalette::WindowText);
        m_text->setStyleSheet(palette().color(QPalette::Base).lightness() < 128 ? QStringLiteral("color: #ff8a7a;")
                                                                                : QStringLiteral("color: #b42318;"));
    }
    mark();
}

void ExpressionEdit::mark() {
    QList<QTextEdit::ExtraSelection> marks;
    const int length = m_edit->document()->characterCount() - 1;
    if (m_fault && length > 0) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(m_edit->document());
        mark.cursor.setPosition(std::min(*m_fault, length - 1)); // what ends too early is marked at its end
        mark.cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor);
        mark.format.setBackground(QColor(0xd1, 0x34, 0x38, 70));
        mark.format.setUnderlineColor(QColor(0xd1, 0x34, 0x38));
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        marks << mark;
    }
    m_edit->setExtraSelections(marks);
}

bool ExpressionEdit::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) return true; // a formula is one line, however it is broken
    }
    return QWidget::eventFilter(watched, event);
}

void ExpressionEdit::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) check();
}

} // namespace ratescope
