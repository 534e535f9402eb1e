// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/turn_order.h"

#include "core/schedule/schedule.h"

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

LocalTime plus(const LocalTime& a, const LocalTime& b) { return {a.step + b.step, a.epoch + b.epoch, a.epochs + b.epochs}; }

LocalTime minus(const LocalTime& a, const LocalTime& b, double least) {
    return {std::max(a.step - b.step, least), std::max(a.epoch - b.epoch, least), std::max(a.epochs - b.epochs, least)};
}

} // namespace

LocalTime localTime(const ScheduleTime& time) {
    return {static_cast<double>(time.step), static_cast<double>(time.epoch), time.epochs};
}

LocalTime lengthOfSteps(double steps, const RunLength& run) {
    const double epochs = steps / static_cast<double>(run.stepsPerEpoch);
    return {steps, std::ceil(epochs), epochs};
}

TurnOrder::TurnOrder(const ScheduleSpec& sequence, const RunLength& run, const Span& span)
    : m_unit(sequence.unit)
    , m_perEpoch(static_cast<double>(run.stepsPerEpoch)) {
    double start = 0.0;
    for (const SchedulePart& part : sequence.parts) {
        LocalTime begin = firstAt(run, span.begin, start);
        Turn turn{start, begin, {}};
        turn.begin.set(m_unit, start);
        // A turn that begins between two steps begins there; but steps are whole.
        if (m_unit != TimeUnit::Step) begin.set(m_unit, start);
        turn.span = {plus(span.begin, begin), part.length ? lengthOf(*part.length, run) : rest(span.open, begin, start)};
        m_turns.push_back(turn);
        if (!part.length) return;
        start += *part.length;
    }
    m_end = start;
    m_endTime = firstAt(run, span.begin, start);
    m_endTime.set(m_unit, start);
}

LocalTime TurnOrder::lengthOf(double length, const RunLength& run) const {
    LocalTime result = lengthOfSteps(m_unit == TimeUnit::Step ? length : length * m_perEpoch, run);
    result.set(m_unit, length);
    return result;
}

/// What is left of `open` from `begin` on, which is `start` in the sequence's unit.
LocalTime TurnOrder::rest(const LocalTime& open, const LocalTime& begin, double start) const {
    constexpr double least = 1e-9;
    LocalTime left = minus(open, begin, least);
    left.set(m_unit, std::max(open.in(m_unit) - start, least));
    return left;
}

/// The time of the sequence, which begins in the run at `begin`, at its first step at which it is `t` or later.
LocalTime TurnOrder::firstAt(const RunLength& run, const LocalTime& begin, double t) const {
    const auto timeAfter = [&](std::uint64_t steps) {
        const ScheduleTime time = run.timeOf(static_cast<std::uint64_t>(begin.step) + steps);
        return LocalTime{static_cast<double>(steps), static_cast<double>(time.epoch) - begin.epoch, time.epochs - begin.epochs};
    };
    std::uint64_t low = 0;
    std::uint64_t high = std::uint64_t(1) << 40; // of a run of 1e9 steps there is no more to be asked
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        if (timeAfter(middle).in(m_unit) * borderSlack >= t)
            high = middle;
        else
            low = middle + 1;
    }
    return timeAfter(low);
}

LocalTime TurnOrder::held(const LocalTime& time) const {
    return m_end && time.in(m_unit) >= *m_end ? m_endTime : time;
}

std::size_t TurnOrder::turnAt(const LocalTime& time) const {
    const auto next = std::ranges::upper_bound(m_turns, time.in(m_unit) * borderSlack, {}, &Turn::start);
    return next == m_turns.begin() ? 0 : static_cast<std::size_t>(next - m_turns.begin()) - 1;
}

LocalTime TurnOrder::since(const Turn& turn, const LocalTime& time) const {
    LocalTime local = minus(time, turn.begin, 0.0);
    // As the division of steps gives them: 10.4 − 10.1 is not quite 0.3, and a drop that is due at 0.3 would come a step late.
    const double steps = std::round(local.epochs * m_perEpoch);
    if (std::abs(local.epochs * m_perEpoch - steps) < nearStep) local.epochs = steps / m_perEpoch;
    return local;
}

ScheduleSpec completed(const ScheduleSpec& spec, double open) {
    ScheduleSpec complete = spec;
    const ScheduleFamily* family = findScheduleFamily(spec.type);
    if (!family) return complete;
    for (const ParameterInfo& info : family->parameters)
        if (info.fallback && !spec.values.contains(info.name)) complete.values.set(info.name, *info.fallback);
    if (!spec.values.contains("length") && findParameter(family->parameters, "length")) complete.values.set("length", open);
    return complete;
}

} // namespace ratescope
