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
    const auto low = spec.values.find("lr");
    const auto high = spec.values.find("max_lr");
    if (problems.empty() && low && high && *high < *low)
        problems.push_back({"max_lr", "is " + shortest(*high) + ", below lr (" + shortest(*low) + ")"});
    return problems;
}

Schedule::Schedule(const ScheduleSpec& spec, const RunLength& length)
    : m_unit(spec.unit)
    , m_stepsPerEpoch(length.stepsPerEpoch) {
    const ScheduleFamily* family = findScheduleFamily(spec.type);
    if (!family) throw Error("“" + spec.type + "” is no schedule");
    ParameterValues values = spec.values;
    for (const ParameterInfo& info : family->parameters)
        if (!values.contains(info.name) && info.fallback) values.set(info.name, *info.fallback);
    if (!values.contains("length")) {
        const auto steps = static_cast<double>(length.steps);
        const auto perEpoch = static_cast<double>(length.stepsPerEpoch);
        const double open = m_unit == TimeUnit::Step    ? steps
                            : m_unit == TimeUnit::Epoch ? std::ceil(steps / perEpoch)
                                                        : steps / perEpoch;
        values.set("length", open);
    }
    m_function = family->make(values);
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

double Schedule::at(std::uint64_t step) const {
    switch (m_unit) {
    case TimeUnit::Step: return m_function(static_cast<double>(step));
    case TimeUnit::Epoch: return m_function(static_cast<double>(step / m_stepsPerEpoch));
    case TimeUnit::FractionalEpoch: break;
    }
    return m_function(static_cast<double>(step) / static_cast<double>(m_stepsPerEpoch));
}

} // namespace ratescope
