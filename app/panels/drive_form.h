// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/run_record.h"

#include <QWidget>

class QPushButton;
class QSlider;

namespace ratescope {

class NumberEdit;

/// Drives the rate of a run that goes on: a slider over decades, the number, and the way back to the schedule.
class DriveForm : public QWidget {
    Q_OBJECT

public:
    explicit DriveForm(QWidget* parent = nullptr);

    /// The rate that the run has now, unless somebody holds the slider. `followed`: what it follows, or will with its next
    /// batch.
    void showRun(const RunRecord& run, const ScheduleSpec& followed);

Q_SIGNALS:
    /// This rate from now on. All moves of one drag have the same number, which is not 0.
    void driven(double rate, quint64 gesture);
    void backRequested();
    void keepRequested();

private:
    void slide(int position);
    void takeNumber();
    void showRate(double rate);

    QSlider* m_slider;
    NumberEdit* m_number;
    QPushButton* m_back;
    QPushButton* m_keep;
    quint64 m_gesture = 0;
    bool m_showing = false;
};

} // namespace ratescope
