// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/run_record.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace ratescope {

/// A run's optimizer and schedule as a snippet to be taken home: to look at, to copy, to save.
class CodeDialog : public QDialog {
    Q_OBJECT

public:
    explicit CodeDialog(const RunRecord& run, QWidget* parent = nullptr);

    QString code() const;

private:
    void write();
    void show(const QString& code);
    void save();

    RunConfig m_config;
    RunLength m_length;
    QComboBox* m_target;
    QPlainTextEdit* m_text;
    QLabel* m_note;
    QPushButton* m_copy;
    QPushButton* m_save;
    int m_asked = 0; ///< counts the snippets asked for: only the last one is shown
};

} // namespace ratescope
