// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/turn_order.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace ratescope {

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
    const LocalTime& open() const { return m_span.open; }

    /// What has to be taken from the run's time, one after the other, to have its own in that unit.
    std::vector<double> offsets(TimeUnit unit) const;
    /// After how many steps of the run its own time in fractions of an epoch is 0, where that is a whole number.
    std::optional<std::uint64_t> wholeSteps() const;
    /// Its own time at a step of the run.
    LocalTime at(std::uint64_t step) const;
    /// Whether rounding takes its time below 0 as it begins.
    bool beginsBelowZero(TimeUnit unit) const;

    /// The turns of the sequence's parts, which take this turn among them; those that nothing is left for are empty.
    std::vector<Turn> parts(const ScheduleSpec& sequence) const;

private:
    /// From the time of a sequence to that of its part.
    struct Link {
        std::shared_ptr<const TurnOrder> order;
        std::size_t turn = 0;
        const LocalTime& begin() const { return order->turns()[turn].begin; }
    };

    /// The first of this turn's steps at which its time times `slack` reaches t.
    std::uint64_t stepAt(TimeUnit unit, double t, double slack) const;

    const RunLength* m_run;
    std::vector<Link> m_links;
    TurnOrder::Span m_span;
    std::uint64_t m_first = 0;
    std::uint64_t m_end = 0;
    std::uint64_t m_heldFrom = 0;
};

} // namespace ratescope
