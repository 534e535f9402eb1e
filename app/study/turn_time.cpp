// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/turn_time.h"

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

template <typename Reached> std::uint64_t firstStep(std::uint64_t low, std::uint64_t high, const Reached& reached) {
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        if (reached(middle))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

} // namespace

Turn::Turn(const RunLength& run, std::uint64_t open)
    : m_run(&run)
    , m_span{{}, lengthOfSteps(static_cast<double>(open), run)}
    , m_end(run.steps + 1) // a scheduler also asks for the rate behind the last step
    , m_heldFrom(m_end) {}

LocalTime Turn::at(std::uint64_t step) const {
    LocalTime time = localTime(m_run->timeOf(step));
    for (const Link& link : m_links) time = link.order->since(link.order->turns()[link.turn], link.order->held(time));
    return time;
}

std::vector<double> Turn::offsets(TimeUnit unit) const {
    std::vector<double> result;
    for (const Link& link : m_links)
        if (link.begin().in(unit) != 0.0) result.push_back(link.begin().in(unit));
    return result;
}

std::optional<std::uint64_t> Turn::wholeSteps() const {
    double steps = 0.0;
    for (const Link& link : m_links) {
        steps += link.begin().epochs * static_cast<double>(m_run->stepsPerEpoch);
        if (std::abs(steps - std::round(steps)) >= nearStep) return std::nullopt;
    }
    return static_cast<std::uint64_t>(std::llround(steps));
}

bool Turn::beginsBelowZero(TimeUnit unit) const {
    double time = localTime(m_run->timeOf(m_first)).in(unit);
    for (const double offset : offsets(unit)) time -= offset;
    return time < 0.0;
}

std::uint64_t Turn::stepAt(TimeUnit unit, double t, double factor) const {
    return firstStep(m_first, m_end, [&](std::uint64_t step) { return at(step).in(unit) * factor >= t; });
}

std::vector<Turn> Turn::parts(const ScheduleSpec& sequence) const {
    const auto order = std::make_shared<const TurnOrder>(sequence, *m_run, m_span);
    const std::uint64_t held = order->end() ? stepAt(sequence.unit, *order->end(), 1.0) : m_end;
    std::vector<Turn> turns;
    for (std::size_t i = 0; i < order->turns().size(); ++i) {
        Turn turn = *this;
        turn.m_span = order->turns()[i].span;
        turn.m_first = stepAt(sequence.unit, order->turns()[i].start, borderSlack);
        turn.m_links.push_back({order, i});
        turn.m_heldFrom = std::min(m_heldFrom, held);
        if (!turns.empty()) turns.back().m_end = turn.m_first;
        turns.push_back(std::move(turn));
    }
    return turns;
}

} // namespace ratescope
