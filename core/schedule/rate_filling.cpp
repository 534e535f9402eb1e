// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/rate_filling.h"

#include "core/schedule/handles.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>

namespace ratescope {

namespace {

/// 0.0012 rather than 0.0012000000000000001.
double tidy(double value) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.12g", value);
    return std::stod(text.data());
}

/// Whether it is a rate besides the typical one.
bool isOtherRate(const std::string& name) { return name == "lr" || name == "end" || name == "min_lr"; }

/// Whether there is a rate in it that can be set.
bool hasRate(const ScheduleSpec& spec) {
    if (spec.type == "formula") return spec.values.contains("lr");
    return std::ranges::all_of(spec.parts, [](const SchedulePart& part) { return hasRate(part.schedule); });
}

void scale(ScheduleSpec& spec, double factor, double typical, double rate) {
    const auto scaled = [&](double value) { return value == typical ? rate : tidy(value * factor); };
    if (const ScheduleFamily* family = findScheduleFamily(spec.type))
        for (const ParameterInfo& info : family->parameters) {
            const auto value = spec.values.find(info.name);
            if (!value || !(isOtherRate(info.name) || info.name == "max_lr")) continue;
            spec.values.set(info.name, std::clamp(scaled(*value), info.minimum, info.maximum));
        }
    constexpr double highest = 1e6; // that a handle may have
    for (SchedulePoint& point : spec.points) point.rate = std::min(scaled(point.rate), highest);
    for (SchedulePart& part : spec.parts) scale(part.schedule, factor, typical, rate);
}

} // namespace

std::optional<ScheduleSpec> withRate(const ScheduleSpec& spec, double rate) {
    if (!hasRate(spec)) return std::nullopt;
    ScheduleSpec filled = spec;
    const double typical = typicalRate(spec);
    scale(filled, rate / typical, typical, rate);
    return filled;
}

ScheduleSpec withBounds(const ScheduleSpec& spec, double low, double high, const RunLength& length) {
    ScheduleSpec filled = spec;
    if (spec.type == "one_cycle") {
        filled.values.set("max_lr", high);
        filled.values.set("start_div", tidy(high / low));
        return filled;
    }
    if (spec.type != "cyclical") {
        constexpr std::uint64_t epochs = 2;
        filled = {};
        filled.type = "cyclical";
        filled.unit = spec.unit;
        const double climb =
            std::min(timeIn(spec.unit, length, epochs * length.stepsPerEpoch), lengthIn(spec.unit, length) / 2.0);
        const bool whole = spec.unit != TimeUnit::FractionalEpoch;
        filled.values.set("half_period", whole ? std::max(1.0, std::floor(climb)) : climb);
        filled.values.set("mode", 0.0);
    }
    filled.values.set("lr", low);
    filled.values.set("max_lr", high);
    return filled;
}

} // namespace ratescope
