// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QList>
#include <QPair>
#include <QString>
#include <QStringList>

class QListWidget;
class QPushButton;

namespace ratescope {

/// Offers work that an earlier start left unsaved: everything is chosen, and one press of Return brings it back. What is not
/// wanted now stays where it is.
class RecoveryDialog : public QDialog {
    Q_OBJECT

public:
    /// `work`: path, and what to call it, the newest first.
    explicit RecoveryDialog(const QList<QPair<QString, QString>>& work, QWidget* parent = nullptr);

    QStringList chosen() const;

Q_SIGNALS:
    void openRequested(const QStringList& paths);
    /// Asked for and confirmed.
    void discardRequested(const QStringList& paths);

private:
    void updateButtons();
    void confirmDiscard();

    QListWidget* m_list;
    QPushButton* m_open;
    QPushButton* m_discard;
};

} // namespace ratescope
