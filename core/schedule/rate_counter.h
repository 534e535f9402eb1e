// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/schedule.h"

#include <cstdint>
#include <span>
#include <vector>

namespace ratescope {

/// Counts how many of a run's steps have a rate of `border` or more, for any number of borders. Exact, and in pieces: so
/// that whoever must not be kept waiting can look at a billion steps as well.
class RateCounter {
public:
    /// Of the first `steps` steps of the schedule.
    RateCounter(Schedule schedule, std::uint64_t steps, std::vector<double> borders);

    /// Looks at up to `most` more steps; at those of `used` with the rates that they were made with, which may have
    /// grown since the last call. Returns isDone().
    bool advance(std::uint64_t most, std::span<const double> used = {});

    bool isDone() const { return m_next >= m_steps; }
    std::uint64_t steps() const { return m_steps; }
    /// Steps looked at so far.
    std::uint64_t counted() const { return m_next; }
    /// How many of them have a rate of at least that border; a rate that is no number is beyond none.
    std::uint64_t beyond(std::size_t border) const { return m_beyond[border]; }

private:
    Schedule m_schedule;
    std::uint64_t m_steps;
    std::uint64_t m_next = 0;
    std::vector<double> m_borders;
    std::vector<std::uint64_t> m_beyond;
};

} // namespace ratescope
