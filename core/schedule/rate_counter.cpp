// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/rate_counter.h"

#include <algorithm>
#include <utility>

namespace ratescope {

RateCounter::RateCounter(Schedule schedule, std::uint64_t steps, std::vector<double> borders)
    : m_schedule(std::move(schedule))
    , m_steps(steps)
    , m_borders(std::move(borders))
    , m_beyond(m_borders.size(), 0) {}

bool RateCounter::advance(std::uint64_t most, std::span<const double> used) {
    const std::uint64_t end = m_next + std::min(most, m_steps - m_next);
    for (; m_next < end; ++m_next) {
        const double rate = m_next < used.size() ? used[m_next] : m_schedule.at(m_next);
        for (std::size_t i = 0; i < m_borders.size(); ++i) m_beyond[i] += rate >= m_borders[i] ? 1 : 0;
    }
    return isDone();
}

} // namespace ratescope
