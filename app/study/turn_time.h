// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/run_length.h"
#include "core/schedule/schedule_spec.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace ratescope {

/// A time, or a length of time, in every unit.
struct Moment {
    double step = 0.0;
    double epoch = 0.0;
    double epochs = 0.0;

    double in(TimeUnit unit) const { return unit == TimeUnit::Step ? step : unit == TimeUnit::Epoch ? epoch : epochs; }
    void set(TimeUnit unit, double value) {
        (unit == TimeUnit::Step ? step : unit == TimeUnit::Epoch ? epoch : epochs) = value;
    }
};

/// The turn of a schedule within a run: of the run itself, or as a part of a sequence. Counts as core/schedule does.
class Turn {
public:
    /// The whole run; `open`: the steps that a length means that was left open.
    Turn(const RunLength& run, std::uint64_t open);

    /// First step of the run that belongs to it, and the first that no longer does.
    std::uint64_t first() const { return m_first; }
    std::uint64_t end() const { return m_end; }
    bool isEmpty() const { return m_first >= m_end; }
    /// From which step of the run on its time stands still, for its sequence is over.
    std::uint64_t heldFrom() const { return m_heldFrom; }
    const Moment& open() const { return m_open; }

    /// What has to be taken from the run's time, one after the other, to have its own in that unit.
    std::vector<double> offsets(TimeUnit unit) const;
    /// After how many steps of the run its own time in fractions of an epoch is 0, where that is a whole number.
    std::optional<std::uint64_t> wholeSteps() const;
    /// Its own time at a step of the run.
    Moment at(std::uint64_t step) const;
    /// Whether rounding takes its time below 0 as it begins.
    bool beginsBelowZero(TimeUnit unit) const;

    /// The turns of the sequence's parts, which take this turn among them; those that nothing is left for are empty.
    std::vector<Turn> parts(const ScheduleSpec& sequence) const;

private:
    /// From the time of a sequence to that of its part.
    struct Link {
        TimeUnit unit = TimeUnit::Step;
        std::optional<double> end = {}; ///< of the sequence, in its unit
        Moment endTime = {};
        Moment begin = {};
    };

    Moment firstAt(TimeUnit unit, double t) const;
    /// The first of this turn's steps at which its time times `slack` reaches t.
    std::uint64_t stepAt(TimeUnit unit, double t, double slack) const;

    const RunLength* m_run;
    std::vector<Link> m_links;
    Moment m_begin;
    Moment m_open;
    std::uint64_t m_first = 0;
    std::uint64_t m_end = 0;
    std::uint64_t m_heldFrom = 0;
};

} // namespace ratescope
