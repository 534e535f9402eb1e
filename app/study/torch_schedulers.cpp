// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/torch_schedulers.h"

#include "app/study/python_rate.h"
#include "app/study/turn_time.h"
#include "core/schedule/rate_functions.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ratescope {

namespace {

using python::append;
using python::number;

double value(const ScheduleSpec& spec, const char* name) {
    return spec.values.get(name, 0.0);
}

/// A share of the base: as a quotient where its digits would tell nothing.
std::string quotient(double part, double whole) {
    const std::string text = python::decimal(part / whole);
    return text.size() <= 8 ? text : number(part) + " / " + number(whole);
}

std::string root(double gamma, double period) {
    return period == 1.0 ? number(gamma) : number(gamma) + " ** (1 / " + number(period) + ")";
}

/// Rates for every parameter group: one number, or a list where they differ.
std::string forGroups(double rate, const std::vector<double>& shares) {
    if (shares.empty()) return number(rate);
    std::string text;
    for (const double share : shares) text += (text.empty() ? "" : ", ") + number(rate * share);
    return '[' + text + ']';
}

/// Makes the class for one family; `base`: the optimizer's rate if it is given already.
class Maker {
public:
    Maker(const ScheduleSpec& spec, const RunLength& run, std::optional<double> base, const std::vector<double>& shares)
        : m_spec(spec)
        , m_run(run)
        , m_base(base)
        , m_shares(shares)
        , m_lr(value(spec, "lr"))
        , m_end(value(spec, "end")) {}

    std::optional<NativeSchedule> make() const {
        const std::string& type = m_spec.type;
        if (type == "constant") return constant();
        if (type == "linear" || (type == "polynomial" && value(m_spec, "power") == 1.0 && m_end != 0.0))
            return linear();
        if (type == "one_cycle") return oneCycle();
        if (type == "cyclical") return cyclical();
        if (m_base && *m_base != m_lr) return std::nullopt;
        if (type == "polynomial") return polynomial();
        if (type == "step") return step();
        if (type == "multistep") return multistep();
        if (type == "exponential") return exponential();
        if (type == "cosine") return cosine();
        if (type == "warm_restarts") return warmRestarts();
        return std::nullopt;
    }

private:
    std::optional<double> steps(const char* name) const { return wholeSteps(value(m_spec, name), m_spec.unit, m_run); }
    /// In an evenly running time: whole epochs go by jumps.
    std::optional<double> evenSteps(const char* name) const {
        return m_spec.unit == TimeUnit::Epoch && m_run.stepsPerEpoch > 1 ? std::nullopt : steps(name);
    }

    NativeSchedule constant() const {
        if (!m_base || *m_base == m_lr)
            return {"ConstantLR", {"factor=1.0"}, m_lr, false, [lr = m_lr](double) { return lr; }};
        return {"ConstantLR",
                {"factor=" + quotient(m_lr, *m_base), "total_iters=" + std::to_string(m_run.steps + 1)},
                *m_base,
                false,
                [lr = m_lr](double) { return lr; }};
    }

    std::optional<NativeSchedule> linear() const {
        const auto length = evenSteps("length");
        const double base = m_base.value_or(std::max(m_lr, m_end));
        if (!length || m_lr > base || m_end > base) return std::nullopt;
        return NativeSchedule{
            "LinearLR",
            {"start_factor=" + quotient(m_lr, base), "end_factor=" + quotient(m_end, base),
             "total_iters=" + number(*length)},
            base,
            false,
            [lr = m_lr, end = m_end, length = *length](double t) { return rates::linear(t, lr, end, length); }};
    }

    std::optional<NativeSchedule> polynomial() const {
        const auto length = evenSteps("length");
        const double power = value(m_spec, "power");
        if (!length || m_end != 0.0) return std::nullopt;
        return NativeSchedule{
            "PolynomialLR",
            {"total_iters=" + number(*length), "power=" + number(power)},
            m_lr,
            false,
            [lr = m_lr, length = *length, power](double t) { return rates::polynomial(t, lr, 0.0, length, power); }};
    }

    NativeSchedule steps(double size, const std::string& gamma, double factor) const {
        return {"StepLR",
                {"step_size=" + number(size), "gamma=" + gamma},
                m_lr,
                false,
                [lr = m_lr, factor, size](double t) { return lr * std::pow(factor, std::floor(t / size)); }};
    }

    std::optional<NativeSchedule> step() const {
        const auto period = steps("period");
        const double factor = value(m_spec, "factor");
        if (!period || value(m_spec, "offset") != 0.0) return std::nullopt;
        return steps(*period, number(factor), factor);
    }

    std::optional<NativeSchedule> multistep() const {
        const std::vector<double> milestones = milestoneSteps(m_spec, m_run);
        if (milestones.empty() || milestones.front() < 1.0) return std::nullopt;
        std::string list;
        for (const double one : milestones) list += (list.empty() ? "" : ", ") + number(one);
        return NativeSchedule{"MultiStepLR",
                              {"milestones=[" + list + "]", "gamma=" + number(value(m_spec, "factor"))},
                              m_lr,
                              false,
                              [lr = m_lr, factor = value(m_spec, "factor"), milestones](double t) {
                                  return rates::multistep(t, lr, factor, milestones);
                              }};
    }

    std::optional<NativeSchedule> exponential() const {
        const double gamma = value(m_spec, "gamma");
        const double period = value(m_spec, "period");
        const auto perEpoch = static_cast<double>(m_run.stepsPerEpoch);
        if (m_spec.unit == TimeUnit::Epoch) return steps(perEpoch, root(gamma, period), std::pow(gamma, 1.0 / period));
        const double length = m_spec.unit == TimeUnit::Step ? period : period * perEpoch;
        return NativeSchedule{
            "ExponentialLR", {"gamma=" + root(gamma, length)}, m_lr, false, [lr = m_lr, gamma, length](double t) {
                return lr * std::pow(gamma, t / length);
            }};
    }

    std::optional<NativeSchedule> cosine() const {
        const auto length = evenSteps("length");
        if (!length) return std::nullopt;
        python::Lines arguments = {"T_max=" + number(*length)};
        if (m_end != 0.0) arguments.push_back("eta_min=" + number(m_end));
        // Beyond T_max it goes up again.
        return NativeSchedule{"CosineAnnealingLR", arguments, m_lr, m_end != 0.0,
                              [lr = m_lr, end = m_end, length = *length](double t) {
                                  return end + (lr - end) * 0.5 * (1.0 + std::cos(std::numbers::pi * t / length));
                              }};
    }

    std::optional<NativeSchedule> warmRestarts() const {
        const auto period = evenSteps("period");
        const double longer = value(m_spec, "period_factor");
        if (!period || longer != std::floor(longer) || value(m_spec, "peak_factor") != 1.0) return std::nullopt;
        python::Lines arguments = {"T_0=" + number(*period)};
        if (longer != 1.0) arguments.push_back("T_mult=" + number(longer));
        if (m_end != 0.0) arguments.push_back("eta_min=" + number(m_end));
        return NativeSchedule{"CosineAnnealingWarmRestarts",
                              arguments,
                              m_lr,
                              m_end != 0.0,
                              [lr = m_lr, end = m_end, period = *period, longer](double t) {
                                  return rates::warmRestarts(t, lr, end, period, longer, 1.0);
                              },
                              false,
                              true};
    }

    std::optional<NativeSchedule> cyclical() const {
        const auto half = evenSteps("half_period");
        if (!half) return std::nullopt;
        static const char* modes[] = {"triangular", "triangular2", "exp_range"};
        const auto mode = static_cast<rates::CyclicalMode>(static_cast<int>(value(m_spec, "mode")));
        const double perUnit = m_spec.unit == TimeUnit::Step ? 1.0 : static_cast<double>(m_run.stepsPerEpoch);
        const double gamma = value(m_spec, "gamma");
        python::Lines arguments = {"base_lr=" + forGroups(m_lr, m_shares),
                                   "max_lr=" + forGroups(value(m_spec, "max_lr"), m_shares),
                                   "step_size_up=" + number(*half)};
        if (mode != rates::CyclicalMode::Triangular)
            arguments.push_back("mode=\"" + std::string(modes[static_cast<int>(mode)]) + '"');
        if (mode == rates::CyclicalMode::ExpRange) arguments.push_back("gamma=" + root(gamma, perUnit));
        arguments.emplace_back("cycle_momentum=False");
        return NativeSchedule{"CyclicLR",
                              arguments,
                              m_lr,
                              false,
                              [lr = m_lr, high = value(m_spec, "max_lr"), half = *half, mode,
                               gamma = std::pow(gamma, 1.0 / perUnit)](double t) {
                                  return rates::cyclical(t, lr, high, half, mode, gamma);
                              },
                              true};
    }

    std::optional<NativeSchedule> oneCycle() const {
        const auto length = evenSteps("length");
        const double rise = value(m_spec, "rise");
        // With nothing on one side of the peak it divides by 0.
        if (!length || *length < static_cast<double>(m_run.steps) || rise >= 1.0 || rise * *length == 1.0)
            return std::nullopt;
        const double high = value(m_spec, "max_lr");
        const double start = value(m_spec, "start_div");
        const double end = value(m_spec, "end_div");
        const bool straight = value(m_spec, "shape") == 1.0;
        python::Lines arguments = {"max_lr=" + forGroups(high, m_shares),
                                   "total_steps=" + number(*length),
                                   "pct_start=" + python::decimal(rise),
                                   std::string("anneal_strategy=") + (straight ? "\"linear\"" : "\"cos\""),
                                   "cycle_momentum=False",
                                   "div_factor=" + number(start),
                                   "final_div_factor=" + number(end)};
        return NativeSchedule{
            "OneCycleLR",
            arguments,
            high / start,
            false,
            [=, length = *length](double t) { return rates::oneCycle(t, high, length, rise, start, end, straight); },
            true};
    }

    const ScheduleSpec& m_spec;
    const RunLength& m_run;
    std::optional<double> m_base;
    const std::vector<double>& m_shares;
    double m_lr;
    double m_end;
};

std::optional<NativeSchedule> fitting(const ScheduleSpec& spec, const Turn& turn, const Schedule& schedule,
                                      std::optional<double> base, const std::vector<double>& shares) {
    const ScheduleSpec complete = completed(spec, turn.open().in(spec.unit));
    const RunLength& run = schedule.length();
    auto native = Maker(complete, run, base, shares).make();
    if (!native || (native->sharesRates && !shares.empty())) return std::nullopt;
    if (!agrees(native->value, schedule, turn.first(), std::min(turn.end(), run.steps))) return std::nullopt;
    return native;
}

python::Lines made(const std::string& head, const NativeSchedule& native, std::size_t indent) {
    python::Lines arguments = {"optimizer"};
    append(arguments, native.arguments);
    return python::call(head + "torch.optim.lr_scheduler." + native.name, arguments, {}, indent);
}

/// One class after the other; they share the optimizer's rate.
std::optional<TorchScheduler> sequential(const ScheduleSpec& spec, const Schedule& schedule,
                                         const std::vector<double>& shares) {
    std::vector<std::pair<const ScheduleSpec*, Turn>> turns;
    const std::vector<Turn> parts = Turn(schedule.length(), schedule.length().steps).parts(spec);
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (!parts[i].isEmpty() && parts[i].first() < schedule.length().steps)
            turns.emplace_back(&spec.parts[i].schedule, parts[i]);
    constexpr std::size_t most = 20; // more are better told by a function
    if (turns.size() > most) return std::nullopt;
    double base = 0.0;
    for (const auto& [part, turn] : turns) {
        const auto native = fitting(*part, turn, schedule, {}, shares);
        if (native && turns.size() == 1) return TorchScheduler{native->base, made("scheduler = ", *native, 0)};
        if (!native || native->alone) return std::nullopt;
        base = std::max(base, native->base);
    }
    python::Lines items;
    std::string milestones;
    for (const auto& [part, turn] : turns) {
        const auto native = fitting(*part, turn, schedule, base, shares);
        if (!native || (native->notFirst && items.empty())) return std::nullopt;
        for (const std::string& line : python::indented(python::indented(made("", *native, 9)))) items.push_back(line);
        items.back() += ',';
        if (turn.first() > 0) milestones += (milestones.empty() ? "" : ", ") + std::to_string(turn.first());
    }
    TorchScheduler result{
        base,
        {"# Where the next part begins PyTorch may warn of its own epoch parameter; the rates are right.",
         "scheduler = torch.optim.lr_scheduler.SequentialLR(", "    optimizer,", "    schedulers=["}};
    append(result.lines, items);
    append(result.lines, {"    ],", "    milestones=[" + milestones + "],", ")"});
    return result;
}

} // namespace

std::optional<double> wholeSteps(double length, TimeUnit unit, const RunLength& run) {
    const double steps = unit == TimeUnit::Step ? length : length * static_cast<double>(run.stepsPerEpoch);
    const double whole = std::round(steps);
    if (unit == TimeUnit::Epoch && length != std::floor(length)) return std::nullopt;
    return whole >= 1.0 && whole < 0x1p53 && std::abs(steps - whole) <= 1e-12 * whole ? std::optional(whole)
                                                                                      : std::nullopt;
}

std::vector<double> milestoneSteps(const ScheduleSpec& spec, const RunLength& run) {
    const auto perEpoch = static_cast<double>(run.stepsPerEpoch);
    constexpr double slack = 1.0 + 1e-12; // as in rates::multistep
    std::vector<double> result;
    for (const double milestone : spec.milestones) {
        if (spec.unit == TimeUnit::Step) result.push_back(std::ceil(milestone / slack));
        if (spec.unit == TimeUnit::Epoch) result.push_back(std::ceil(milestone / slack) * perEpoch);
        if (spec.unit != TimeUnit::FractionalEpoch) continue;
        double step = std::max(0.0, std::floor(milestone * perEpoch) - 1.0);
        while (step / perEpoch * slack < milestone) ++step;
        result.push_back(step);
    }
    std::ranges::sort(result);
    return result;
}

bool agrees(const std::function<double(double)>& value, const Schedule& schedule, std::uint64_t first,
            std::uint64_t end) {
    constexpr std::uint64_t most = 100'000;
    constexpr double tolerance = 1e-8;
    const std::uint64_t stride = end > first ? std::max<std::uint64_t>(1, (end - first) / most) : 1;
    const auto same = [&](std::uint64_t step) {
        const double expected = schedule.at(step);
        return std::abs(value(static_cast<double>(step - first)) - expected) <= tolerance * std::abs(expected) + 1e-16;
    };
    for (std::uint64_t step = first; step < end; step += stride)
        if (!same(step)) return false;
    return end <= first || same(end - 1);
}

std::optional<TorchScheduler> torchScheduler(const RunConfig& config, const RunLength& length,
                                             const std::vector<double>& shares) {
    if (config.rangeTest || config.schedule.batchGrowth) return std::nullopt;
    const Schedule schedule = scheduleOf(config, length);
    if (schedule.needsFeedback()) return std::nullopt;
    if (config.schedule.type == "sequence") return sequential(config.schedule, schedule, shares);
    const auto native = fitting(config.schedule, Turn(length, length.steps), schedule, {}, shares);
    if (!native) return std::nullopt;
    return TorchScheduler{native->base, made("scheduler = ", *native, 0)};
}

} // namespace ratescope
