// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/piecewise.h"
#include "core/schedule/rate_functions.h"
#include "core/schedule/schedule.h"

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

using Values = ParameterValues;
using Group = ScheduleGroup;

ParameterInfo rate(std::string name, std::string label, std::string meaning) {
    return {.name = std::move(name), .label = std::move(label), .required = true, .minimum = 0.0, .maximum = maximumRate,
            .aboveMinimum = true, .logarithmic = true, .suggestion = 0.1, .meaning = std::move(meaning)};
}

ParameterInfo startRate() { return rate("lr", "Learning rate", "The rate at the start."); }

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

ParameterInfo timeFromZero(std::string name, std::string label, double suggestion, std::string meaning) {
    ParameterInfo info = time(std::move(name), std::move(label), suggestion, std::move(meaning));
    info.aboveMinimum = false;
    return info;
}

ParameterInfo factor(std::string name, std::string label, double fallback, std::string meaning) {
    return {.name = std::move(name), .label = std::move(label), .fallback = fallback, .minimum = 0.0, .maximum = 100.0,
            .aboveMinimum = true, .suggestion = fallback, .meaning = std::move(meaning)};
}

ParameterInfo choice(std::string name, std::string label, std::optional<double> fallback, std::vector<std::string> choices,
                     std::string meaning) {
    return {.name = std::move(name), .label = std::move(label), .kind = ParameterKind::Choice, .fallback = fallback,
            .required = !fallback, .minimum = 0.0, .maximum = static_cast<double>(choices.size() - 1),
            .choices = std::move(choices), .meaning = std::move(meaning)};
}

ParameterInfo whole(std::string name, std::string label, double fallback, double minimum, std::string meaning) {
    return {.name = std::move(name), .label = std::move(label), .kind = ParameterKind::Integer, .fallback = fallback,
            .minimum = minimum, .maximum = maximumTime, .suggestion = fallback, .meaning = std::move(meaning)};
}

ParameterInfo list(std::string name, std::string label, ParameterKind kind, std::string meaning) {
    return {.name = std::move(name),
            .label = std::move(label),
            .kind = kind,
            .required = true,
            .meaning = std::move(meaning)};
}

double value(const ScheduleSpec& spec, const char* name) { return spec.values.get(name, 0.0); }

ScheduleFamily constantFamily() {
    return {"constant", "Constant", Group::Constant, "lr", "One rate throughout: the yardstick for all others.",
            {rate("lr", "Learning rate", "The rate.")}, FamilyKind::Function,
            [](const ScheduleSpec& s) -> RateFunction { return [lr = value(s, "lr")](double) { return lr; }; }};
}

ScheduleFamily linearFamily() {
    return {"linear", "Linear", Group::Decay, "lr + (end − lr)·min(t/length, 1)",
            "An even way down; a safe choice where the length is known. From low to high it is a warm-up.",
            {startRate(), endRate(), openLength()}, FamilyKind::Function,
            [](const ScheduleSpec& s) -> RateFunction {
                return [lr = value(s, "lr"), end = value(s, "end"), length = value(s, "length")](double t) {
                    return rates::linear(t, lr, end, length);
                };
            },
            nullptr, true};
}

ScheduleFamily polynomialFamily() {
    return {"polynomial",
            "Polynomial",
            Group::Decay,
            "end + (lr − end)·(1 − min(t/length, 1))^power",
            "Linear with a bend: a power above 1 falls early and ends gently, one below 1 holds on.",
            {startRate(), endRate(), openLength(),
             factor("power", "Power", 1.0, "How the way down is bent; 1 is straight.")},
            FamilyKind::Function,
            [](const ScheduleSpec& s) -> RateFunction {
                return [lr = value(s, "lr"), end = value(s, "end"), length = value(s, "length"), power = value(s, "power")](
                           double t) { return rates::polynomial(t, lr, end, length, power); };
            },
            nullptr,
            true};
}

ScheduleFamily stepFamily() {
    return {"step", "Step decay", Group::Decay, "lr·factor^⌊(t + offset)/period⌋",
            "Long flat stretches with sudden drops; each drop shows in the loss.",
            {startRate(), factor("factor", "Factor", 0.1, "What each drop multiplies the rate by."),
             time("period", "Period", 1000, "Time between drops."),
             {.name = "offset", .label = "Offset", .fallback = 0.0, .minimum = 0.0, .maximum = maximumTime,
              .meaning = "Added to t, so that drops come earlier; 1 gives Keras' classic step decay."}},
            FamilyKind::Function,
            [](const ScheduleSpec& s) -> RateFunction {
                return [lr = value(s, "lr"), drop = value(s, "factor"), period = value(s, "period"),
                        offset = value(s, "offset")](double t) { return rates::step(t, lr, drop, period, offset); };
            },
            nullptr, true};
}

ScheduleFamily multistepFamily() {
    return {"multistep", "Milestones", Group::Decay, "lr·factor^(number of milestones ≤ t)",
            "Drops at times of your own, as the papers on image networks have them.",
            {startRate(), factor("factor", "Factor", 0.1, "What each drop multiplies the rate by."),
             list("milestones", "Milestones", ParameterKind::Numbers, "The times of the drops, such as 30, 60, 80.")},
            FamilyKind::Function,
            [](const ScheduleSpec& s) -> RateFunction {
                std::vector<double> milestones = s.milestones;
                std::ranges::sort(milestones);
                return [lr = value(s, "lr"), drop = value(s, "factor"), milestones = std::move(milestones)](double t) {
                    return rates::multistep(t, lr, drop, milestones);
                };
            },
            nullptr, true};
}

ScheduleFamily exponentialFamily() {
    ParameterInfo period = time("period", "Period", 1000, "Time in which the rate is multiplied by gamma.");
    period.required = false;
    period.fallback = 1.0;
    return {"exponential", "Exponential", Group::Decay, "lr·gamma^(t/period)",
            "The same share lost in the same time: a straight line on a log axis.",
            {startRate(),
             {.name = "gamma", .label = "Gamma", .required = true, .minimum = 0.0, .maximum = 100.0, .aboveMinimum = true,
              .suggestion = 0.5, .meaning = "What the rate is multiplied by in each period."},
             period},
            FamilyKind::Function,
            [](const ScheduleSpec& s) -> RateFunction {
                return [lr = value(s, "lr"), gamma = value(s, "gamma"), period = value(s, "period")](double t) {
                    return rates::exponential(t, lr, gamma, period);
                };
            },
            nullptr, true};
}

ScheduleFamily timeFamily() {
    return {"time", "Time decay", Group::Decay, "lr/(1 + decay·t); compounding: lr(t − 1)/(1 + decay·t)",
            "Falls quickly at first and ever more slowly; compounding falls faster and faster.",
            {startRate(),
             {.name = "decay", .label = "Decay", .required = true, .minimum = 0.0, .maximum = 1e3, .logarithmic = true,
              .suggestion = 0.001, .meaning = "How fast the rate falls."},
             {.name = "compounding", .label = "Compounding", .kind = ParameterKind::Flag, .fallback = 0.0, .minimum = 0.0,
              .maximum = 1.0, .meaning = "Divide the rate before, not the first one."}},
            FamilyKind::Function,
            [](const ScheduleSpec& s) -> RateFunction {
                const double lr = value(s, "lr");
                const double decay = value(s, "decay");
                if (value(s, "compounding") != 0.0)
                    return [lr, decay](double t) { return rates::compoundingTime(t, lr, decay); };
                return [lr, decay](double t) { return rates::time(t, lr, decay); };
            },
            nullptr, true};
}

ScheduleFamily cosineFamily() {
    return {"cosine", "Cosine", Group::Decay, "end + (lr − end)·½(1 + cos(π·min(t/length, 1)))",
            "Slow, then fast, then slow: hard to beat where the length of training is fixed.",
            {startRate(), endRate(), openLength()}, FamilyKind::Function,
            [](const ScheduleSpec& s) -> RateFunction {
                return [lr = value(s, "lr"), end = value(s, "end"), length = value(s, "length")](double t) {
                    return rates::cosine(t, lr, end, length);
                };
            },
            nullptr, true};
}

ScheduleFamily warmRestartsFamily() {
    ParameterInfo periodFactor =
        factor("period_factor", "Period factor", 1.0, "How much longer each cycle is than the one before.");
    periodFactor.minimum = 1.0;
    periodFactor.aboveMinimum = false;
    return {"warm_restarts",
            "Warm restarts",
            Group::Cycle,
            "cosine over each cycle; cycle i lasts period·period_factor^i",
            "A cosine that starts over: each restart shakes the weights loose, each end is a good place to stop.",
            {rate("lr", "Learning rate", "The rate at the start of the first cycle."), endRate(),
             time("period", "Period", 1000, "Length of the first cycle."), periodFactor,
             factor("peak_factor", "Peak factor", 1.0, "What each cycle's peak is multiplied by.")},
            FamilyKind::Function,
            [](const ScheduleSpec& s) -> RateFunction {
                return [lr = value(s, "lr"), end = value(s, "end"), period = value(s, "period"),
                        longer = value(s, "period_factor"), peak = value(s, "peak_factor")](double t) {
                    return rates::warmRestarts(t, lr, end, period, longer, peak);
                };
            },
            [](const Values& p) -> CycleFunction {
                return [period = p.get("period", 1), longer = p.get("period_factor", 1)](double t) {
                    return static_cast<std::uint64_t>(std::min(rates::restartCycle(t, period, longer).index, 0x1p52));
                };
            }};
}

ScheduleFamily cyclicalFamily() {
    ParameterInfo low = rate("lr", "Lower rate", "The rate between the triangles.");
    low.aboveMinimum = false;
    low.suggestion = 0.01;
    return {"cyclical", "Cyclical", Group::Cycle, "lr + (max_lr − lr)·max(0, 1 − x)·s, x = |t/half_period − 2c + 1|",
            "Triangles between two bounds that a range test gives; the rate passes through the best one again and again.",
            {low, rate("max_lr", "Upper rate", "The rate at the first peak."),
             time("half_period", "Half period", 500, "Time from a low to the next peak."),
             choice("mode", "Mode", {}, {"triangular", "triangular2", "exp_range"},
                    "Peaks that stay, that halve with each cycle, or that shrink as gamma^t."),
             {.name = "gamma", .label = "Gamma", .fallback = 1.0, .minimum = 0.0, .maximum = 1.0, .aboveMinimum = true,
              .suggestion = 0.9999, .meaning = "For exp_range: what the height is multiplied by with each unit of time."}},
            FamilyKind::Function,
            [](const ScheduleSpec& s) -> RateFunction {
                const auto mode = static_cast<rates::CyclicalMode>(static_cast<int>(value(s, "mode")));
                return [lr = value(s, "lr"), high = value(s, "max_lr"), half = value(s, "half_period"), mode,
                        gamma = value(s, "gamma")](double t) { return rates::cyclical(t, lr, high, half, mode, gamma); };
            },
            [](const Values& p) -> CycleFunction {
                return [half = p.get("half_period", 1)](double t) {
                    return static_cast<std::uint64_t>(std::min(t / (2.0 * half) * (1.0 + 1e-12), 0x1p52));
                };
            }};
}

ScheduleFamily oneCycleFamily() {
    return {"one_cycle",
            "One cycle",
            Group::Cycle,
            "up from max_lr/start_div to max_lr, down to max_lr/start_div/end_div",
            "Up to a rate that would not hold for long, and far down: often the shortest way to a good network.",
            {rate("max_lr", "Peak rate", "The rate at the peak."),
             openLength(),
             {.name = "rise",
              .label = "Rise",
              .fallback = 0.3,
              .minimum = 0.0,
              .maximum = 1.0,
              .suggestion = 0.3,
              .meaning = "The share of the length that goes up."},
             {.name = "start_div",
              .label = "Start divisor",
              .fallback = 25.0,
              .minimum = 0.0,
              .maximum = 1e9,
              .aboveMinimum = true,
              .logarithmic = true,
              .suggestion = 25.0,
              .meaning = "The peak divided by this is where it starts."},
             {.name = "end_div",
              .label = "End divisor",
              .fallback = 1e4,
              .minimum = 0.0,
              .maximum = 1e12,
              .aboveMinimum = true,
              .logarithmic = true,
              .suggestion = 1e4,
              .meaning = "The start divided by this is where it ends."},
             choice("shape", "Shape", 0.0, {"cosine", "linear"}, "How it goes up and down.")},
            FamilyKind::Function,
            [](const ScheduleSpec& s) -> RateFunction {
                return [high = value(s, "max_lr"), length = value(s, "length"), rise = value(s, "rise"),
                        start = value(s, "start_div"), end = value(s, "end_div"), linear = value(s, "shape") == 1.0](
                           double t) { return rates::oneCycle(t, high, length, rise, start, end, linear); };
            }};
}

ScheduleFamily inverseSqrtFamily() {
    return {"inverse_sqrt",
            "Inverse square root",
            Group::WarmUp,
            "lr·t'/warmup, then lr·√(warmup/t'), t' = t + 1",
            "A warm-up and a long slow fall that needs no end: what transformers were first trained with.",
            {rate("lr", "Peak rate", "The rate at the end of the warm-up."),
             time("warmup", "Warm-up", 100, "How long the rate rises.")},
            FamilyKind::Function,
            [](const ScheduleSpec& s) -> RateFunction {
                return [lr = value(s, "lr"), warmup = value(s, "warmup")](double t) {
                    return rates::inverseSqrt(t, lr, warmup);
                };
            }};
}

ScheduleFamily warmupStableDecayFamily() {
    return {"warmup_stable_decay",
            "Warm-up, stable, decay",
            Group::WarmUp,
            "lr·t/warmup, then lr, then down over the last decay",
            "A trapezium: from the flat part a run can be forked and brought down at any time.",
            {rate("lr", "Learning rate", "The rate of the flat part."),
             timeFromZero("warmup", "Warm-up", 100, "How long the rate rises, from 0."),
             timeFromZero("decay", "Decay", 200, "How long the rate falls, at the end."), endRate(), openLength(),
             choice("shape", "Shape", 0.0, {"linear", "cosine", "sqrt"},
                    "How it falls: evenly, gently, or first fast (1 − √x).")},
            FamilyKind::Function,
            [](const ScheduleSpec& s) -> RateFunction {
                const auto shape = static_cast<rates::DecayShape>(static_cast<int>(value(s, "shape")));
                return [lr = value(s, "lr"), warmup = value(s, "warmup"), decay = value(s, "decay"), end = value(s, "end"),
                        length = value(s, "length"), shape](double t) {
                    return rates::warmupStableDecay(t, lr, warmup, decay, end, length, shape);
                };
            }};
}

ScheduleFamily plateauFamily() {
    ParameterInfo drop = factor("factor", "Factor", 0.1, "What each plateau multiplies the rate by.");
    drop.maximum = 1.0; // it only ever lowers the rate
    return {"plateau",
            "Plateau",
            Group::ByData,
            "lr·factor^(number of plateaus so far)",
            "Waits until a figure stops to get better, and only then goes on with a lower rate.",
            {rate("lr", "Learning rate", "The rate at the start."),
             choice("monitor", "Monitor", 0.0, {"val_loss", "val_accuracy", "train_loss"},
                    "The epochs' figure that it watches."),
             drop,
             whole("patience", "Patience", 10, 0, "Epochs without progress that it puts up with."),
             {.name = "threshold",
              .label = "Threshold",
              .fallback = 1e-4,
              .minimum = 0.0,
              .maximum = 1.0,
              .suggestion = 1e-4,
              .meaning = "What counts as progress, relative to the best figure so far."},
             whole("cooldown", "Cool-down", 0, 0, "Epochs after a change in which it does not count."),
             {.name = "min_lr",
              .label = "Lowest rate",
              .fallback = 0.0,
              .minimum = 0.0,
              .maximum = maximumRate,
              .logarithmic = true,
              .meaning = "The rate does not go below this."},
             {.name = "raise_factor",
              .label = "Raise factor",
              .minimum = 1.0,
              .maximum = 100.0,
              .aboveMinimum = true,
              .suggestion = 2.0,
              .meaning = "Instead of falling, the rate rises by this factor where progress stalls."}},
            FamilyKind::Plateau};
}

ScheduleFamily halvingFamily() {
    return {"halving", "Halving", Group::ByData, "lr/2^(times that the loss ran away)",
            "Starts large; where the loss runs away it goes back to the first weights with half the rate, until it holds.",
            {rate("lr", "First rate", "The rate that it tries first; rather too large."),
             whole("patience", "Patience", 100, 1, "Steps that a rate has to hold; then it stays.")},
            FamilyKind::Halving};
}

ScheduleFamily piecewiseFamily() {
    return {"piecewise", "Drawn by hand", Group::Own, "from handle to handle",
            "Handles on the rate plot: add, drag and delete them, also while the run goes on.",
            {list("points", "Handles", ParameterKind::Points, "Time and rate of each handle."),
             choice("interpolation", "Between them", 1.0, interpolationNames(),
                    "Jumps, straight lines, straight lines on a log axis, or a smooth curve.")},
            FamilyKind::Function, [](const ScheduleSpec& s) -> RateFunction {
                const auto interpolation = static_cast<Interpolation>(static_cast<int>(value(s, "interpolation")));
                return [curve = std::make_shared<const Piecewise>(s.points, interpolation)](double t) {
                    return (*curve)(t);
                };
            }};
}

ScheduleFamily formulaFamily() {
    ParameterInfo lr = rate("lr", "lr", "What “lr” stands for in the expression.");
    lr.required = false;
    return {"formula",
            "Formula",
            Group::Own,
            "what you write, of t, T, epoch and lr",
            "Any rule that can be written down: t is the time, T the run's length, epoch the epoch's index.",
            {list("expression", "Expression", ParameterKind::Text,
                  "Of t, T, epoch and lr, with + − * / ^, comparisons, ?:, sqrt, exp, log, sin, cos, min, max, floor, "
                  "mod and pi."),
             lr},
            FamilyKind::Formula};
}

ScheduleFamily sequenceFamily() {
    return {"sequence", "Sequence", Group::Own, "one schedule after the other, each from its own t = 0",
            "A warm-up before anything else, or any other chain of schedules.",
            {list("parts", "Parts", ParameterKind::Parts, "Schedules that take turns, and how long each does.")},
            FamilyKind::Sequence};
}

} // namespace

const std::vector<ScheduleFamily>& scheduleTable() {
    static const std::vector<ScheduleFamily> table = {
        constantFamily(),     linearFamily(),   polynomialFamily(), stepFamily(),        multistepFamily(),
        exponentialFamily(),  timeFamily(),     cosineFamily(),     warmRestartsFamily(), cyclicalFamily(),
        oneCycleFamily(),     inverseSqrtFamily(), warmupStableDecayFamily(), plateauFamily(), halvingFamily(),
        piecewiseFamily(),    formulaFamily(),  sequenceFamily()};
    return table;
}

} // namespace ratescope
