// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/schedule.h"

#include <QColor>
#include <QWidget>

#include <optional>

namespace ratescope {

/// A small picture of a schedule over its run, drawn by the function that trains.
class SchedulePreview : public QWidget {
    Q_OBJECT

public:
    explicit SchedulePreview(QWidget* parent = nullptr);

    void show(const Schedule& schedule, const RunLength& length, const QColor& color);
    void clear();
    QSize sizeHint() const override { return {240, 120}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::optional<Schedule> m_schedule;
    RunLength m_length;
    QColor m_color;
};

} // namespace ratescope
