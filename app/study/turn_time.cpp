// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/turn_time.h"

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

/// As the schedules of core have it: a sum of fractions of an epoch may miss a border by a rounding error.
constexpr double slack = 1.0 + 1e-12;
/// Epochs that are so nearly a number of steps are just that.
constexpr double nearStep = 1e-6;

Moment momentOf(const ScheduleTime& time) {
    return {static_cast<double>(time.step), static_cast<double>(time.epoch), time.epochs};
}
Moment plus(const Moment& a, const Moment& b) {
    return {a.step + b.step, a.epoch + b.epoch, a.epochs + b.epochs};
}
Moment minus(const Moment& a, const Moment& b) {
    return {std::max(0.0, a.step - b.step), std::max(0.0, a.epoch - b.epoch), std::max(0.0, a.epochs - b.epochs)};
}

Moment lengthOf(TimeUnit unit, double length, const RunLength& run) {
    const auto perEpoch = static_cast<double>(run.stepsPerEpoch);
    const double steps = unit == TimeUnit::Step ? length : length * perEpoch;
    Moment result{steps, std::ceil(steps / perEpoch), steps / perEpoch};
    result.set(unit, length);
    return result;
}

/// What is left of `open` from `begin` on, which is `start` in that unit.
Moment rest(const Moment& open, const Moment& begin, TimeUnit unit, double start) {
    constexpr double least = 1e-9;
    Moment left{std::max(open.step - begin.step, least), std::max(open.epoch - begin.epoch, least),
                std::max(open.epochs - begin.epochs, least)};
    left.set(unit, std::max(open.in(unit) - start, least));
    return left;
}

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
    , m_end(run.steps + 1) // a scheduler also asks for the rate behind the last step
    , m_heldFrom(m_end) {
    const double epochs = static_cast<double>(open) / static_cast<double>(run.stepsPerEpoch);
    m_open = {static_cast<double>(open), std::ceil(epochs), epochs};
}

Moment Turn::at(std::uint64_t step) const {
    Moment time = momentOf(m_run->timeOf(step));
    for (const Link& link : m_links) {
        if (link.end && time.in(link.unit) >= *link.end) time = link.endTime;
        time = minus(time, link.begin);
        const auto perEpoch = static_cast<double>(m_run->stepsPerEpoch);
        if (const double steps = std::round(time.epochs * perEpoch); std::abs(time.epochs * perEpoch - steps) < nearStep)
            time.epochs = steps / perEpoch;
    }
    return time;
}

std::vector<double> Turn::offsets(TimeUnit unit) const {
    std::vector<double> result;
    for (const Link& link : m_links)
        if (link.begin.in(unit) != 0.0) result.push_back(link.begin.in(unit));
    return result;
}

std::optional<std::uint64_t> Turn::wholeSteps() const {
    double steps = 0.0;
    for (const Link& link : m_links) {
        steps += link.begin.epochs * static_cast<double>(m_run->stepsPerEpoch);
        if (std::abs(steps - std::round(steps)) >= nearStep) return std::nullopt;
    }
    return static_cast<std::uint64_t>(std::llround(steps));
}

bool Turn::beginsBelowZero(TimeUnit unit) const {
    double time = momentOf(m_run->timeOf(m_first)).in(unit);
    for (const double offset : offsets(unit)) time -= offset;
    return time < 0.0;
}

Moment Turn::firstAt(TimeUnit unit, double t) const {
    const auto timeAfter = [&](std::uint64_t steps) {
        const Moment time = momentOf(m_run->timeOf(static_cast<std::uint64_t>(m_begin.step) + steps));
        return Moment{static_cast<double>(steps), time.epoch - m_begin.epoch, time.epochs - m_begin.epochs};
    };
    return timeAfter(firstStep(0, std::uint64_t(1) << 40,
                               [&](std::uint64_t steps) { return timeAfter(steps).in(unit)*slack >= t; }));
}

std::uint64_t Turn::stepAt(TimeUnit unit, double t, double factor) const {
    return firstStep(m_first, m_end, [&](std::uint64_t step) { return at(step).in(unit)*factor >= t; });
}

std::vector<Turn> Turn::parts(const ScheduleSpec& sequence) const {
    std::vector<Turn> turns;
    double start = 0.0;
    bool ends = true;
    for (const SchedulePart& part : sequence.parts) {
        Turn turn = *this;
        const Moment begin = firstAt(sequence.unit, start);
        Moment exact = begin;
        if (sequence.unit != TimeUnit::Step) exact.set(sequence.unit, start);
        turn.m_begin = plus(m_begin, exact);
        turn.m_open = part.length ? lengthOf(sequence.unit, *part.length, *m_run)
                                  : rest(m_open, begin, sequence.unit, start);
        Moment offset = begin;
        offset.set(sequence.unit, start);
        turn.m_links.push_back({sequence.unit, {}, {}, offset});
        turn.m_first = stepAt(sequence.unit, start, slack);
        if (!turns.empty()) turns.back().m_end = turn.m_first;
        turns.push_back(std::move(turn));
        ends = part.length.has_value();
        if (ends) start += *part.length;
    }
    if (!ends) return turns;
    Moment endTime = firstAt(sequence.unit, start);
    endTime.set(sequence.unit, start);
    const std::uint64_t held = stepAt(sequence.unit, start, 1.0);
    for (Turn& turn : turns) {
        turn.m_links.back().end = start;
        turn.m_links.back().endTime = endTime;
        turn.m_heldFrom = std::min(turn.m_heldFrom, held);
    }
    return turns;
}

} // namespace ratescope
