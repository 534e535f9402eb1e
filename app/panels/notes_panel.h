// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

class QLineEdit;
class QPlainTextEdit;
class QStackedWidget;
class QTextBrowser;
class QToolButton;

namespace ratescope {

/// A study's title and notes, beside the plots: Markdown, shown as it is meant and written as it is. Notes may come from
/// anybody: no link is followed, and no picture or other file that they name is read.
class NotesPanel : public QWidget {
    Q_OBJECT

public:
    explicit NotesPanel(QWidget* parent = nullptr);

    void setNotes(const QString& title, const QString& notes);
    const QString& title() const { return m_title; }
    const QString& notes() const { return m_notes; }

    /// Begins to write, and takes what was written.
    void setEditing(bool editing);

Q_SIGNALS:
    /// By hand.
    void edited(const QString& title, const QString& notes);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void show();

    QString m_title;
    QString m_notes;
    QStackedWidget* m_pages;
    QTextBrowser* m_view;
    QLineEdit* m_titleEdit;
    QPlainTextEdit* m_edit;
    QToolButton* m_button;
};

} // namespace ratescope
