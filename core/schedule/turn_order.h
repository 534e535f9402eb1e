// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/run_length.h"
#include "core/schedule/schedule_spec.h"

#include <optional>
#include <vector>

namespace ratescope {

/// A time since a schedule's turn began, or a length of time, in every unit.
struct LocalTime {
    double step = 0.0;
    double epoch = 0.0;
    double epochs = 0.0;

    double in(TimeUnit unit) const { return unit == TimeUnit::Step ? step : unit == TimeUnit::Epoch ? epoch : epochs; }
    void set(TimeUnit unit, double value) {
        (unit == TimeUnit::Step ? step : unit == TimeUnit::Epoch ? epoch : epochs) = value;
    }
};

LocalTime localTime(const ScheduleTime& time);
/// So many steps, as a length of time.
LocalTime lengthOfSteps(double steps, const RunLength& run);

/// Sums of lengths in fractions of an epoch miss the border by a rounding error: it belongs to what begins there. A time is
/// multiplied by this before it is held against a border.
inline constexpr double borderSlack = 1.0 + 1e-12;
/// Epochs that are so nearly a number of steps are just that.
inline constexpr double nearStep = 1e-6;

/// The turns of a sequence's parts in a run: the one place that knows which part has its turn when, and what its own time is
/// then. The schedule that trains and the code that is made of it both count by it.
class TurnOrder {
public:
    /// When in the run a schedule begins, and how long its turn is: what a `length` that was left open means.
    struct Span {
        LocalTime begin = {};
        LocalTime open = {};
    };
    struct Turn {
        double start = 0.0; ///< in the sequence's unit
        LocalTime begin;    ///< the sequence's time at the first step at or after that, told exactly in its unit
        Span span;          ///< of the part
    };

    TurnOrder(const ScheduleSpec& sequence, const RunLength& run, const Span& span);

    TimeUnit unit() const { return m_unit; }
    const std::vector<Turn>& turns() const { return m_turns; }
    /// When the sequence is over, in its unit; none where it goes on to the end of the run.
    std::optional<double> end() const { return m_end; }

    /// The time of the sequence, which stands still once it is over.
    LocalTime held(const LocalTime& time) const;
    /// Whether nothing more can change its rate.
    bool isOver(const LocalTime& time) const { return m_end && time.in(m_unit) * borderSlack >= *m_end; }
    /// Index of the part whose turn it is at a held time.
    std::size_t turnAt(const LocalTime& time) const;
    /// The own time of a part.
    LocalTime since(const Turn& turn, const LocalTime& time) const;

private:
    LocalTime firstAt(const RunLength& run, const LocalTime& begin, double t) const;
    LocalTime lengthOf(double length, const RunLength& run) const;
    LocalTime rest(const LocalTime& open, const LocalTime& begin, double start) const;

    TimeUnit m_unit;
    double m_perEpoch;
    std::vector<Turn> m_turns;
    std::optional<double> m_end;
    LocalTime m_endTime;
};

/// With every default in its place; a `length` that was left open is `open`.
ScheduleSpec completed(const ScheduleSpec& spec, double open);

} // namespace ratescope
