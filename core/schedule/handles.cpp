// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/handles.h"

#include "core/schedule/piecewise.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace ratescope {

namespace {

/// Rounded to a number that people would write: 187.5 becomes 190.
double rounded(double value) {
    if (!(value > 0.0)) return 0.0;
    if (value < 1.0) return value;
    const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1.0);
    return std::max(1.0, std::round(value / unit) * unit);
}

ScheduleSpec familySpec(std::string_view type, TimeUnit unit) {
    ScheduleSpec spec;
    spec.type = type;
    spec.unit = unit;
    return spec;
}

/// Whether it counts in the schedule's unit.
bool isTime(const ParameterInfo& info) {
    return info.name == "length" || info.name == "period" || info.name == "half_period" || info.name == "warmup" ||
           info.name == "offset" || info.name == "decay";
}

void suggestContents(ScheduleSpec& spec, double rate, double length) {
    ParameterValues& values = spec.values;
    const double share = std::max(length, 1e-9);
    if (spec.type == "multistep") spec.milestones = {rounded(share * 0.5), rounded(share * 0.75), rounded(share * 0.9)};
    if (spec.type == "exponential") values.set("period", rounded(share / 4.0));
    if (spec.type == "time") values.set("decay", rounded(3000.0 / share) / 1000.0);
    if (spec.type == "polynomial") values.set("power", 2.0);
    if (spec.type == "inverse_sqrt") values.set("warmup", std::max(rounded(share / 10.0), 1.0));
    if (spec.type == "warmup_stable_decay") {
        values.set("warmup", rounded(share / 10.0));
        values.set("decay", rounded(share / 5.0));
    }
    if (spec.type == "piecewise") spec.points = {{0.0, rate}, {rounded(share * 0.5), rate}, {rounded(share), rate / 100.0}};
    if (spec.type == "formula") {
        spec.expression = "lr * (1 - t/T)^2";
        values.set("lr", rate);
    }
    if (spec.type == "sequence") {
        ScheduleSpec warmup = familySpec("linear", spec.unit);
        warmup.values.set("lr", rate / 10.0);
        warmup.values.set("end", rate);
        ScheduleSpec rest = familySpec("cosine", spec.unit);
        rest.values.set("lr", rate);
        spec.parts = {{warmup, rounded(share / 10.0)}, {rest, std::nullopt}};
    }
}

} // namespace

double typicalRate(const ScheduleSpec& spec) {
    double rate = spec.values.get("max_lr", spec.values.get("lr", 0.0));
    for (const SchedulePoint& point : spec.points) rate = std::max(rate, point.rate);
    for (const SchedulePart& part : spec.parts) rate = std::max(rate, typicalRate(part.schedule));
    return rate > 0.0 && std::isfinite(rate) ? rate : 0.1;
}

ScheduleSpec suggestedSchedule(std::string_view type, double rate, double length, TimeUnit unit,
                               const ScheduleSpec* before) {
    const ScheduleFamily* family = findScheduleFamily(type);
    if (!family) throw Error("“" + std::string(type) + "” is no schedule");
    ScheduleSpec spec = familySpec(type, unit);
    for (const ParameterInfo& info : family->parameters) {
        if (!info.required || !info.isValue()) continue;
        double value = info.suggestion;
        if (info.name == "lr") value = findParameter(family->parameters, "max_lr") ? rate / 10.0 : rate;
        if (info.name == "max_lr") value = rate;
        if (info.name == "period") value = rounded(length / 4.0);
        if (info.name == "half_period") value = rounded(length / 8.0);
        spec.values.set(info.name, value);
    }
    suggestContents(spec, rate, length);
    if (!before) return spec;
    for (const ParameterInfo& info : family->parameters) { // what both have
        const auto kept = before->values.find(info.name);
        if (!kept || !info.isValue() || info.kind == ParameterKind::Choice || info.name == "lr" || info.name == "max_lr" ||
            ((info.name == "decay" || info.name == "patience") && before->type != type))
            continue;
        if (before->unit != unit && isTime(info)) continue;
        ScheduleSpec attempt = spec;
        attempt.values.set(info.name, *kept);
        // What one family takes may be too much for another.
        if (validateSchedule(attempt).empty()) spec = std::move(attempt);
    }
    return spec;
}

double lengthIn(TimeUnit unit, const RunLength& length) {
    const ScheduleTime end = length.timeOf(length.steps);
    return unit == TimeUnit::Step    ? static_cast<double>(length.steps)
           : unit == TimeUnit::Epoch ? std::ceil(end.epochs)
                                     : end.epochs;
}

double timeIn(TimeUnit unit, const RunLength& length, std::uint64_t step) {
    const ScheduleTime time = length.timeOf(step);
    return unit == TimeUnit::Step    ? static_cast<double>(time.step)
           : unit == TimeUnit::Epoch ? static_cast<double>(time.epoch)
                                     : time.epochs;
}

std::uint64_t stepAt(TimeUnit unit, const RunLength& length, double t) {
    std::uint64_t low = 0;
    std::uint64_t high = length.steps;
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        if (timeIn(unit, length, middle) * (1.0 + 1e-12) >= t)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

namespace {

ScheduleSpec piecewise(TimeUnit unit, Interpolation interpolation, std::vector<SchedulePoint> points) {
    ScheduleSpec spec = familySpec("piecewise", unit);
    spec.values.set("interpolation", static_cast<double>(interpolation));
    spec.points = std::move(points);
    return spec;
}

/// The flat stretches that the points go in, each by its first point; none if there are more than `most`.
std::optional<std::vector<SchedulePoint>> stretches(const std::vector<SchedulePoint>& points, std::size_t most) {
    std::vector<SchedulePoint> found;
    for (const SchedulePoint& point : points) {
        if (!found.empty() && found.back().rate == point.rate) continue;
        if (found.size() == most) return std::nullopt;
        found.push_back(point);
    }
    return found;
}

/// The steps on both sides of the largest jump between two others that a sample may have gone past; none where there is
/// none.
template <typename RateAt>
std::vector<std::uint64_t> jumpBetween(const RateAt& rateAt, std::uint64_t low, std::uint64_t high) {
    constexpr double small = 0.005;
    const std::uint64_t first = low;
    const std::uint64_t last = high;
    double lower = rateAt(low);
    double upper = rateAt(high);
    if (std::abs(upper - lower) <= small * std::max(lower, upper)) return {};
    while (high - low > 1) {
        const std::uint64_t middle = low + (high - low) / 2;
        const double rate = rateAt(middle);
        const bool before = std::abs(rate - lower) > std::abs(upper - rate);
        (before ? high : low) = middle;
        (before ? upper : lower) = rate;
    }
    std::vector<std::uint64_t> sides;
    if (low > first) sides.push_back(low);
    if (high < last) sides.push_back(high);
    return sides;
}

} // namespace

ScheduleSpec asHandles(const Schedule& schedule, TimeUnit unit, std::size_t most) {
    constexpr std::uint64_t samples = 20'000;
    const RunLength& length = schedule.length();
    const std::uint64_t count = std::min(length.steps, samples);
    std::vector<SchedulePoint> points;
    const auto rateAt = [&](std::uint64_t step) {
        const double rate = schedule.at(step);
        return std::isfinite(rate) ? std::clamp(rate, 0.0, 1e6) : 0.0;
    };
    std::uint64_t before = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto step =
            count > 1
                ? static_cast<std::uint64_t>(std::llround(
                      static_cast<double>(i) * static_cast<double>(length.steps - 1) / static_cast<double>(count - 1)))
                : 0;
        if (step > before + 1)
            for (const std::uint64_t side : jumpBetween(rateAt, before, step))
                points.push_back({timeIn(unit, length, side), rateAt(side)});
        points.push_back({timeIn(unit, length, step), rateAt(step)});
        before = step;
    }
    if (auto flat = stretches(points, most)) {
        if (count < length.steps) // between two samples: where it really happens
            for (std::size_t i = 1; i < flat->size(); ++i) {
                std::uint64_t low = stepAt(unit, length, (*flat)[i].t);
                const std::uint64_t reach = length.steps / count + 2;
                std::uint64_t first = low > reach ? low - reach : 0;
                while (first < low && schedule.at(first) != (*flat)[i].rate) ++first;
                (*flat)[i].t = timeIn(unit, length, first);
            }
        const auto interpolation = flat->size() > 1 ? Interpolation::Step : Interpolation::Linear;
        return piecewise(unit, interpolation, std::move(*flat));
    }
    return piecewise(unit, Interpolation::Linear, thinned(points, 0.01, most));
}

ScheduleSpec drivenSchedule(std::span<const double> rates) {
    std::vector<SchedulePoint> points;
    points.reserve(rates.size());
    for (std::size_t i = 0; i < rates.size(); ++i) points.push_back({static_cast<double>(i), rates[i]});
    if (points.empty()) points.push_back({0.0, 0.1});
    if (auto flat = stretches(points, maximumPoints))
        return piecewise(TimeUnit::Step, Interpolation::Step, std::move(*flat));
    return piecewise(TimeUnit::Step, Interpolation::Linear, thinned(points, 1e-6, maximumPoints));
}

ScheduleSpec inUnit(const ScheduleSpec& spec, TimeUnit unit, const RunLength& length) {
    ScheduleSpec moved = spec;
    moved.unit = unit;
    const double end = lengthIn(spec.unit, length);
    for (SchedulePoint& point : moved.points)
        point.t = point.t > end ? point.t / end * lengthIn(unit, length) // beyond the run there are no steps to go by
                                : timeIn(unit, length, stepAt(spec.unit, length, point.t));
    return moved;
}

} // namespace ratescope
