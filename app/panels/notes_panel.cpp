// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/notes_panel.h"

#include "app/study/plain_text.h"

#include <QEvent>
#include <QImage>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTextBrowser>
#include <QTextDocument>
#include <QToolButton>
#include <QVBoxLayout>

namespace ratescope {

namespace {

// Qt's Markdown takes ever longer for each mark in a paragraph that has many: a stranger's notes may not hold the window up.
constexpr qsizetype mostShown = 50'000;       ///< characters
constexpr qsizetype mostInParagraph = 4'000;

bool hasLongParagraph(const QString& text) {
    for (const QStringView paragraph : QStringView(text).split(QStringLiteral("\n\n")))
        if (paragraph.size() > mostInParagraph) return true;
    return false;
}

/// Reads nothing. Where Qt is given no picture at all it goes and looks for a file of that name itself: hence an empty one.
class ClosedDocument : public QTextDocument {
public:
    using QTextDocument::QTextDocument;

protected:
    QVariant loadResource(int type, const QUrl&) override {
        if (type != QTextDocument::ImageResource) return QByteArray();
        QImage nothing(1, 1, QImage::Format_ARGB32_Premultiplied);
        nothing.fill(Qt::transparent);
        return nothing;
    }
};

} // namespace

NotesPanel::NotesPanel(QWidget* parent)
    : QWidget(parent)
    , m_pages(new QStackedWidget(this))
    , m_view(new QTextBrowser(this))
    , m_titleEdit(new QLineEdit(this))
    , m_edit(new QPlainTextEdit(this))
    , m_button(new QToolButton(this)) {
    m_view->setDocument(new ClosedDocument(m_view));
    m_view->setOpenLinks(false);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setAccessibleName(tr("Notes of the study"));
    m_view->document()->setDocumentMargin(12);
    m_view->setPlaceholderText(tr("Double-click to write notes."));
    m_view->viewport()->installEventFilter(this);
    m_titleEdit->setPlaceholderText(tr("Title"));
    m_titleEdit->setAccessibleName(tr("Title of the study"));
    m_edit->setPlaceholderText(tr("What this study shows, in Markdown: **bold**, *italic*, # heading, - list"));
    m_edit->setAccessibleName(tr("Notes of the study, in Markdown"));
    m_edit->setTabChangesFocus(true);
    m_edit->installEventFilter(this);
    m_titleEdit->installEventFilter(this);
    m_button->setAutoRaise(true);
    m_button->setCheckable(true);

    auto* writing = new QWidget(m_pages);
    auto* fields = new QVBoxLayout(writing);
    fields->setContentsMargins(6, 6, 6, 0);
    fields->addWidget(m_titleEdit);
    fields->addWidget(m_edit, 1);
    m_pages->addWidget(m_view);
    m_pages->addWidget(writing);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 4);
    layout->setSpacing(2);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_button, 0, Qt::AlignRight);
    connect(m_button, &QToolButton::toggled, this, &NotesPanel::setEditing);
    connect(m_titleEdit, &QLineEdit::returnPressed, m_edit, qOverload<>(&QWidget::setFocus));
    show();
}

void NotesPanel::setNotes(const QString& title, const QString& notes) {
    m_title = title;
    m_notes = notes;
    m_titleEdit->setText(title);
    m_edit->setPlainText(notes);
    show();
}

void NotesPanel::show() {
    QTextDocument::MarkdownFeatures features = QTextDocument::MarkdownDialectGitHub;
    features |= QTextDocument::MarkdownNoHTML; // which could say how large letters are
    const QString title = m_title.isEmpty() ? QString() : QStringLiteral("### ") + m_title + QStringLiteral("\n\n");
    const QString text = cutText(title + m_notes, mostShown);
    hasLongParagraph(text) ? m_view->setPlainText(text) : m_view->document()->setMarkdown(text, features);
    const bool editing = m_pages->currentIndex() == 1;
    m_button->setText(editing ? tr("Done") : tr("Edit"));
    m_button->setToolTip(editing ? tr("Keep what is written (Esc)") : tr("Write title and notes"));
}

void NotesPanel::setEditing(bool editing) {
    if (editing == (m_pages->currentIndex() == 1)) return;
    m_pages->setCurrentIndex(editing ? 1 : 0);
    m_button->setChecked(editing);
    if (editing) {
        m_titleEdit->setText(m_title);
        m_edit->setPlainText(m_notes);
        m_edit->setFocus();
    } else if (m_titleEdit->text() != m_title || m_edit->toPlainText() != m_notes) {
        m_title = m_titleEdit->text();
        m_notes = m_edit->toPlainText();
        Q_EMIT edited(m_title, m_notes);
    }
    show();
}

bool NotesPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_view->viewport() && event->type() == QEvent::MouseButtonDblClick) {
        setEditing(true);
        return true;
    }
    const bool key = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (key && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape && (watched == m_edit || watched == m_titleEdit)) {
        event->accept();
        if (event->type() == QEvent::KeyPress) setEditing(false);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ratescope
