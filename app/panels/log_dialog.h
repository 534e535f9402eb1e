// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/log_preview.h"

#include <QDialog>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <map>

class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QTableWidget;

namespace ratescope {

/// What comes of reading a log by a mapping.
struct LogReading {
    QString problem; ///< as the reader tells it; empty: none
    int runs = 0;
    quint64 losses = 0; ///< of all of them
};

/// Asks what the columns of a log mean whose names are not known, or not meant as they are known: a look at its first rows,
/// a choice for each meaning, and whether it can be read so.
class LogDialog : public QDialog {
    Q_OBJECT

public:
    /// Reads the first of the files and calls back on this thread, at once or later.
    using Check = std::function<void(const LogMapping& mapping, std::function<void(LogReading)> done)>;

    /// `paths`: logs with the same columns, of which `preview` is the first. `chosen`: what is preselected.
    LogDialog(const QStringList& paths, LogPreview preview, const LogMapping& chosen, Check check,
              QWidget* parent = nullptr);

    LogMapping mapping() const;

Q_SIGNALS:
    /// Whether what is chosen can be read is known now.
    void checked(bool good);

private:
    void buildTable();
    void buildChoices(QFormLayout& form);
    QString words(const QStringList& paths) const;
    void choose(const LogMapping& mapping);
    void markColumns();
    void startCheck();
    void finishCheck(const LogMapping& mapping, const LogReading& reading);
    void tell(const QString& text, bool isProblem);

    LogPreview m_preview;
    QString m_path;
    Check m_check;
    std::map<LogField, QComboBox*> m_choices;
    QTableWidget* m_table;
    QLabel* m_state;
    QPushButton* m_import;
    QTimer m_later;        ///< one look at the file for several changes
    bool m_isChecking = false;
};

} // namespace ratescope
