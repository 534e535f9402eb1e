// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/schedule.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace ratescope {

std::string_view timeUnitName(TimeUnit unit) {
    switch (unit) {
    case TimeUnit::Step: return "step";
    case TimeUnit::Epoch: return "epoch";
    case TimeUnit::FractionalEpoch: return "fractional_epoch";
    }
    return "step";
}

std::optional<TimeUnit> findTimeUnit(std::string_view name) {
    for (const TimeUnit unit : {TimeUnit::Step, TimeUnit::Epoch, TimeUnit::FractionalEpoch})
        if (timeUnitName(unit) == name) return unit;
    return std::nullopt;
}

const ScheduleFamily* findScheduleFamily(std::string_view type) {
    const auto it = std::ranges::find(scheduleTable(), type, &ScheduleFamily::type);
    return it == scheduleTable().end() ? nullptr : &*it;
}

Problems validateSchedule(const ScheduleSpec& spec) {
    const ScheduleFamily* family = findScheduleFamily(spec.type);
    if (!family) {
        std::string known;
        for (const ScheduleFamily& one : scheduleTable()) known += (known.empty() ? "" : ", ") + one.type;
        return {{"type", "“" + spec.type + "” is no schedule; allowed: " + known}};
    }
    Problems problems = validateParameters(family->parameters, spec.values, "the schedule " + spec.type);
    if (spec.batchGrowth && !family->decays)
        problems.push_back({"batch_growth", "needs a schedule whose rate falls; " + spec.type + " is none"});
    if (spec.maxBatch > 0 && !spec.batchGrowth) problems.push_back({"max_batch", "means nothing without batch_growth"});
    const auto low = spec.values.find("lr");
    const auto high = spec.values.find("max_lr");
    if (problems.empty() && low && high && *high < *low)
        problems.push_back({"max_lr", "is " + shortest(*high) + ", below lr (" + shortest(*low) + ")"});
    return problems;
}

ScheduleTime RunLength::timeOf(std::uint64_t step) const {
    if (!grown || grown->firsts.empty())
        return {step, step / stepsPerEpoch, static_cast<double>(step) / static_cast<double>(stepsPerEpoch)};
    const auto& starts = grown->epochStarts;
    const auto next = std::ranges::upper_bound(starts, step);
    const auto epoch = static_cast<std::uint64_t>(next - starts.begin()) - 1;
    const std::uint32_t first = step < grown->firsts.size() ? grown->firsts[step] : grown->lastEnd;
    if (first == grown->samples) return {step, epoch + 1, static_cast<double>(epoch + 1)};
    return {step, epoch, static_cast<double>(epoch) + static_cast<double>(first) / grown->samples};
}

Schedule::Schedule(const ScheduleSpec& spec, const RunLength& length, std::optional<std::uint64_t> openLength)
    : m_unit(spec.unit)
    , m_length(length) {
    const ScheduleFamily* family = findScheduleFamily(spec.type);
    if (!family) throw Error("“" + spec.type + "” is no schedule");
    ParameterValues values = spec.values;
    for (const ParameterInfo& info : family->parameters)
        if (!values.contains(info.name) && info.fallback) values.set(info.name, *info.fallback);
    if (!values.contains("length")) {
        const auto steps = static_cast<double>(openLength.value_or(length.steps));
        const auto perEpoch = static_cast<double>(length.stepsPerEpoch);
        const double open = m_unit == TimeUnit::Step    ? steps
                            : m_unit == TimeUnit::Epoch ? std::ceil(steps / perEpoch)
                                                        : steps / perEpoch;
        values.set("length", open);
    }
    m_function = family->make(values);
    if (family->makeCycle) m_cycle = family->makeCycle(values);
}

void Schedule::growBatch(std::uint32_t batch, std::uint32_t maximum) {
    m_growth = Growth{static_cast<double>(batch), static_cast<double>(maximum), m_function(0.0)};
}

Schedule Schedule::sweep(double from, double to, std::uint64_t steps, bool exponential) {
    Schedule schedule;
    const double last = steps > 1 ? static_cast<double>(steps - 1) : 1.0;
    if (exponential)
        schedule.m_function = [=](double t) { return from * std::pow(to / from, t / last); };
    else
        schedule.m_function = [=](double t) { return from + (to - from) * (t / last); };
    return schedule;
}

double Schedule::unitTime(const ScheduleTime& time) const {
    switch (m_unit) {
    case TimeUnit::Step: return static_cast<double>(time.step);
    case TimeUnit::Epoch: return static_cast<double>(time.epoch);
    case TimeUnit::FractionalEpoch: break;
    }
    return time.epochs;
}

double Schedule::at(const ScheduleTime& time) const {
    const double rate = m_function(unitTime(time));
    if (!m_growth || rate >= m_growth->initialRate) return rate;
    // As long as the batch can make up for it the rate stays; then the ratio of the two goes on falling.
    return std::min(m_growth->initialRate, rate * m_growth->maximum / m_growth->batch);
}

std::uint32_t Schedule::batchAt(const ScheduleTime& time) const {
    const double rate = m_function(unitTime(time));
    if (rate >= m_growth->initialRate) return static_cast<std::uint32_t>(m_growth->batch);
    const double wanted = rate > 0.0 ? m_growth->batch * m_growth->initialRate / rate : m_growth->maximum;
    return static_cast<std::uint32_t>(std::llround(std::min(wanted, m_growth->maximum)));
}

bool Schedule::cycleEndsWith(std::uint64_t step) const {
    return m_cycle && m_cycle(unitTime(m_length.timeOf(step + 1))) > m_cycle(unitTime(m_length.timeOf(step)));
}

std::uint64_t Schedule::cyclesWithin(std::uint64_t steps) const { return m_cycle ? m_cycle(unitTime(m_length.timeOf(steps))) : 0; }

} // namespace ratescope
