// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/schedule.h"

#include <QColor>
#include <QWidget>

class QLabel;
class QToolButton;

namespace ratescope {

class SchedulePlot;

/// A small plot of a schedule over its run, drawn by the function that trains, with what is to be said of it beneath.
class SchedulePreview : public QWidget {
    Q_OBJECT

public:
    explicit SchedulePreview(QWidget* parent = nullptr);

    using QWidget::show;
    void show(const Schedule& schedule, const RunLength& length, const QColor& color);
    SchedulePlot& plot() { return *m_plot; }

private:
    SchedulePlot* m_plot;
    QToolButton* m_scale;
    QLabel* m_note;
    QLabel* m_warnings;
};

} // namespace ratescope
