// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QBoxLayout;
class QLabel;
class QVBoxLayout;

namespace ratescope {

/// What the window shows before there are runs: three cards, recent files and lessons.
class StartPage : public QWidget {
    Q_OBJECT

public:
    explicit StartPage(QWidget* parent = nullptr);

    void setRecentFiles(const QStringList& files);
    /// Work that a crash has left behind: path and what to call it.
    void setUnsavedWork(const QList<QPair<QString, QString>>& work);

Q_SIGNALS:
    void learnRequested();
    void rangeTestRequested();
    void openRequested();
    void fileRequested(const QString& path);
    void unsavedWorkRequested(const QString& path);
    void lessonRequested(const QString& resource);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    class Card;
    void addLessons(QVBoxLayout* layout);
    void fillRecent();
    void restyle();

    QBoxLayout* m_lists = nullptr; ///< lessons and recent files, beside or over each other
    QVBoxLayout* m_recent = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_subtitle = nullptr;
    QList<Card*> m_cards;
    QStringList m_recentFiles;
    QList<QPair<QString, QString>> m_unsaved;
};

} // namespace ratescope
