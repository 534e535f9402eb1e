// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/figure.h"
#include "core/schedule/schedule_spec.h"

#include <QCoreApplication>

#include <cstdint>
#include <optional>

namespace ratescope {

/// The handles of a `piecewise` schedule on the rate plot, under the mouse and the keys. What a run that goes on has
/// behind it is frozen: the first edit puts a handle where it is now, and only what comes after moves.
class RateHandles {
    Q_DECLARE_TR_FUNCTIONS(RateHandles)

public:
    /// Handles of that run from now on; a drag that is going on is not disturbed by its own echo.
    void show(RunPointer run, const ScheduleSpec& piecewise);
    void clear() { *this = RateHandles(m_gesture); }
    bool isShown() const { return m_run != nullptr; }
    RunId run() const { return m_run ? m_run->id : 0; }
    const ScheduleSpec& schedule() const { return m_schedule; }
    /// Counts the gestures: all edits of a drag have one number.
    std::uint64_t gesture() const { return m_gesture; }
    std::optional<std::size_t> selected() const { return m_selected; }
    bool isDragging() const { return m_dragging; }

    /// The handle within reach that may be moved.
    std::optional<std::size_t> at(const Figure& figure, const QPointF& position) const;
    /// Whether the line is within reach, so that a handle can be put on it.
    bool isOnLine(const Figure& figure, const QPointF& position) const;

    /// Takes hold of a handle; or puts one there and takes hold of it, which returns whether there was room.
    void grab(std::size_t index);
    bool add(const Figure& figure, const QPointF& position);
    /// Moves what was taken hold of; with `snap` to round times and rates of two digits.
    void drag(const Figure& figure, const QPointF& position, bool snap);
    void release() { m_dragging = false; }

    /// By keyboard: the next or the last one before; by pixels; away with it. Each returns whether anything has changed.
    bool select(int direction);
    void unselect() { m_selected.reset(); }
    bool nudge(const Figure& figure, double right, double up);
    bool insertBeside(const Figure& figure);
    /// One handle stays, and none goes that the run has passed. The next one is selected.
    bool remove(std::size_t index);

    void paint(QPainter& painter, const Figure& figure) const;
    /// What the selected handle says, for a box and for those who listen.
    QString text() const;

    RateHandles() = default;

private:
    explicit RateHandles(std::uint64_t gesture)
        : m_gesture(gesture) {}

    double stepsOf(double t) const;
    double timeOf(double steps) const;
    std::uint64_t frozenSteps() const;
    bool isFrozen(const SchedulePoint& point) const;
    void freezePast();
    void begin();
    QPointF place(const Figure::FrameView& frame, const StepScale& scale, const SchedulePoint& point) const;
    double gridAt(const Figure::FrameView& frame, const StepScale& scale, double x) const;
    bool insert(const SchedulePoint& point);
    void put(SchedulePoint point);
    std::optional<SchedulePoint> pointAt(const Figure& figure, const QPointF& position, bool snap) const;
    void paintLine(QPainter& painter, const Figure& figure, const Figure::FrameView& frame) const;

    RunPointer m_run;
    ScheduleSpec m_schedule;
    std::optional<std::size_t> m_selected;
    bool m_dragging = false;
    std::uint64_t m_gesture = 0;
};

} // namespace ratescope
