// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/rate_functions.h"
#include "core/schedule/schedule.h"

#include <algorithm>

namespace ratescope {

namespace {

constexpr double maximumRate = 1e6;
constexpr double maximumTime = 1e9;

ParameterInfo rate(std::string name, std::string label, std::string meaning) {
    return {.name = std::move(name), .label = std::move(label), .required = true, .minimum = 0.0, .maximum = maximumRate,
            .aboveMinimum = true, .logarithmic = true, .suggestion = 0.1, .meaning = std::move(meaning)};
}

ParameterInfo endRate() {
    return {.name = "end", .label = "End rate", .fallback = 0.0, .minimum = 0.0, .maximum = maximumRate, .logarithmic = true,
            .suggestion = 0.0, .meaning = "The rate it comes down to."};
}

ParameterInfo openLength() {
    return {.name = "length", .label = "Length", .minimum = 0.0, .maximum = maximumTime, .aboveMinimum = true,
            .suggestion = 1000.0, .meaning = "How long it takes, in the schedule's unit; left out: to the end of the run."};
}

ParameterInfo time(std::string name, std::string label, double suggestion, std::string meaning) {
    return {.name = std::move(name), .label = std::move(label), .required = true, .minimum = 0.0, .maximum = maximumTime,
            .aboveMinimum = true, .suggestion = suggestion, .meaning = std::move(meaning)};
}

ParameterInfo factor(std::string name, std::string label, double fallback, std::string meaning) {
    return {.name = std::move(name), .label = std::move(label), .fallback = fallback, .minimum = 0.0, .maximum = 100.0,
            .aboveMinimum = true, .suggestion = fallback, .meaning = std::move(meaning)};
}

ScheduleFamily constantFamily() {
    return {"constant", "Constant", "lr", "One rate throughout: the yardstick for all others.",
            {rate("lr", "Learning rate", "The rate.")},
            [](const ParameterValues& p) -> RateFunction { return [lr = p.get("lr", 0)](double) { return lr; }; }};
}

ScheduleFamily linearFamily() {
    return {"linear", "Linear", "lr + (end − lr)·min(t/length, 1)", "An even way down; a safe choice where the length is known.",
            {rate("lr", "Learning rate", "The rate at the start."), endRate(), openLength()},
            [](const ParameterValues& p) -> RateFunction {
                return [lr = p.get("lr", 0), end = p.get("end", 0), length = p.get("length", 1)](double t) {
                    return rates::linear(t, lr, end, length);
                };
            },
            nullptr, true};
}

ScheduleFamily stepFamily() {
    return {"step", "Step decay", "lr·factor^⌊(t + offset)/period⌋", "Long flat stretches with sudden drops; each drop shows in the loss.",
            {rate("lr", "Learning rate", "The rate at the start."), factor("factor", "Factor", 0.1, "What each drop multiplies the rate by."),
             time("period", "Period", 1000, "Time between drops."),
             {.name = "offset", .label = "Offset", .fallback = 0.0, .minimum = 0.0, .maximum = maximumTime,
              .meaning = "Added to t, so that drops come earlier; 1 gives Keras' classic step decay."}},
            [](const ParameterValues& p) -> RateFunction {
                return [lr = p.get("lr", 0), drop = p.get("factor", 0.1), period = p.get("period", 1),
                        offset = p.get("offset", 0)](double t) { return rates::step(t, lr, drop, period, offset); };
            },
            nullptr, true};
}

ScheduleFamily timeFamily() {
    return {"time", "Time decay", "lr/(1 + decay·t); compounding: lr(t − 1)/(1 + decay·t)",
            "Falls quickly at first and ever more slowly; compounding falls faster and faster.",
            {rate("lr", "Learning rate", "The rate at the start."),
             {.name = "decay", .label = "Decay", .required = true, .minimum = 0.0, .maximum = 1e3, .logarithmic = true,
              .suggestion = 0.001, .meaning = "How fast the rate falls."},
             {.name = "compounding", .label = "Compounding", .kind = ParameterKind::Flag, .fallback = 0.0, .minimum = 0.0,
              .maximum = 1.0, .meaning = "Divide the rate before, not the first one."}},
            [](const ParameterValues& p) -> RateFunction {
                const double lr = p.get("lr", 0);
                const double decay = p.get("decay", 0);
                if (p.get("compounding", 0) != 0)
                    return [lr, decay](double t) { return rates::compoundingTime(t, lr, decay); };
                return [lr, decay](double t) { return rates::time(t, lr, decay); };
            },
            nullptr, true};
}

ScheduleFamily exponentialFamily() {
    return {"exponential", "Exponential", "lr·gamma^(t/period)", "The same share lost in the same time: a straight line on a log axis.",
            {rate("lr", "Learning rate", "The rate at the start."),
             {.name = "gamma", .label = "Gamma", .required = true, .minimum = 0.0, .maximum = 100.0, .aboveMinimum = true,
              .suggestion = 0.5, .meaning = "What the rate is multiplied by in each period."},
             [] {
                 ParameterInfo period = time("period", "Period", 1000, "Time in which the rate is multiplied by gamma.");
                 period.required = false;
                 period.fallback = 1.0;
                 return period;
             }()},
            [](const ParameterValues& p) -> RateFunction {
                return [lr = p.get("lr", 0), gamma = p.get("gamma", 1), period = p.get("period", 1)](double t) {
                    return rates::exponential(t, lr, gamma, period);
                };
            },
            nullptr, true};
}

ScheduleFamily cosineFamily() {
    return {"cosine", "Cosine", "end + (lr − end)·½(1 + cos(π·min(t/length, 1)))",
            "Slow at both ends and quick between: much time at a high rate, a soft landing.",
            {rate("lr", "Learning rate", "The rate at the start."), endRate(), openLength()},
            [](const ParameterValues& p) -> RateFunction {
                return [lr = p.get("lr", 0), end = p.get("end", 0), length = p.get("length", 1)](double t) {
                    return rates::cosine(t, lr, end, length);
                };
            },
            nullptr, true};
}

ScheduleFamily warmRestartsFamily() {
    ParameterInfo periodFactor = factor("period_factor", "Period factor", 1.0, "How much longer each cycle is than the one before.");
    periodFactor.minimum = 1.0;
    periodFactor.aboveMinimum = false;
    return {"warm_restarts", "Warm restarts", "cosine over each cycle; cycle i lasts period·period_factor^i",
            "A cosine that starts over: each restart shakes the weights loose, each end is a good place to stop.",
            {rate("lr", "Learning rate", "The rate at the start of the first cycle."), endRate(),
             time("period", "Period", 1000, "Length of the first cycle."), periodFactor,
             factor("peak_factor", "Peak factor", 1.0, "What each cycle's peak is multiplied by.")},
            [](const ParameterValues& p) -> RateFunction {
                return [lr = p.get("lr", 0), end = p.get("end", 0), period = p.get("period", 1), longer = p.get("period_factor", 1),
                        peak = p.get("peak_factor", 1)](double t) { return rates::warmRestarts(t, lr, end, period, longer, peak); };
            },
            [](const ParameterValues& p) -> CycleFunction {
                return [period = p.get("period", 1), longer = p.get("period_factor", 1)](double t) {
                    return static_cast<std::uint64_t>(std::min(rates::restartCycle(t, period, longer).index, 0x1p52));
                };
            }};
}

ScheduleFamily cyclicalFamily() {
    ParameterInfo low = rate("lr", "Lower rate", "The rate between the triangles.");
    low.aboveMinimum = false;
    low.suggestion = 0.01;
    return {"cyclical", "Cyclical", "lr + (max_lr − lr)·max(0, 1 − x)·s, x = |t/half_period − 2c + 1|",
            "Triangles between two bounds that a range test gives; the rate passes through the best one again and again.",
            {low, rate("max_lr", "Upper rate", "The rate at the first peak."),
             time("half_period", "Half period", 500, "Time from a low to the next peak."),
             {.name = "mode", .label = "Mode", .kind = ParameterKind::Choice, .required = true, .minimum = 0, .maximum = 2,
              .choices = {"triangular", "triangular2", "exp_range"},
              .meaning = "Peaks that stay, that halve with each cycle, or that shrink as gamma^t."},
             {.name = "gamma", .label = "Gamma", .fallback = 1.0, .minimum = 0.0, .maximum = 1.0, .aboveMinimum = true,
              .suggestion = 0.9999, .meaning = "For exp_range: what the height is multiplied by with each unit of time."}},
            [](const ParameterValues& p) -> RateFunction {
                const auto mode = static_cast<rates::CyclicalMode>(static_cast<int>(p.get("mode", 0)));
                return [lr = p.get("lr", 0), high = p.get("max_lr", 0), half = p.get("half_period", 1), mode,
                        gamma = p.get("gamma", 1)](double t) { return rates::cyclical(t, lr, high, half, mode, gamma); };
            },
            [](const ParameterValues& p) -> CycleFunction {
                return [half = p.get("half_period", 1)](double t) { return static_cast<std::uint64_t>(std::min(t / (2.0 * half) * (1.0 + 1e-12), 0x1p52)); };
            }};
}

} // namespace

const std::vector<ScheduleFamily>& scheduleTable() {
    static const std::vector<ScheduleFamily> table = {constantFamily(), linearFamily(),       stepFamily(),
                                                      timeFamily(),     exponentialFamily(),  cosineFamily(),
                                                      warmRestartsFamily(), cyclicalFamily()};
    return table;
}

} // namespace ratescope
