// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/rate_node.h"

#include "core/schedule/formula.h"
#include "core/schedule/schedule.h"

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

/// Sums of lengths in fractions of an epoch miss the border by a rounding error: it belongs to what begins there.
constexpr double slack = 1.0 + 1e-12;

/// A family that is a function of t.
class FunctionNode final : public RateNode {
public:
    FunctionNode(TimeUnit unit, RateFunction function, CycleFunction cycle)
        : m_unit(unit)
        , m_function(std::move(function))
        , m_cycle(std::move(cycle)) {}
    double at(const LocalTime& time, const RateFeedback&) const override { return m_function(time.in(m_unit)); }
    std::uint64_t cycle(const LocalTime& time) const override { return m_cycle ? m_cycle(time.in(m_unit)) : 0; }

private:
    TimeUnit m_unit;
    RateFunction m_function;
    CycleFunction m_cycle;
};

class FormulaNode final : public RateNode {
public:
    FormulaNode(const ScheduleSpec& spec, const LocalTime& open)
        : m_unit(spec.unit)
        , m_formula(spec.expression)
        , m_length(open.in(spec.unit))
        , m_rate(spec.values.get("lr", 0.0)) {}
    double at(const LocalTime& time, const RateFeedback&) const override {
        return m_formula({time.in(m_unit), m_length, time.epoch, m_rate});
    }

private:
    TimeUnit m_unit;
    Formula m_formula;
    double m_length;
    double m_rate;
};

/// PyTorch's ReduceLROnPlateau, relative threshold.
class PlateauNode final : public RateNode {
public:
    PlateauNode(const ParameterValues& values, std::size_t index)
        : m_index(index)
        , m_rate(values.get("lr", 0.0))
        , m_monitor(static_cast<PlateauMonitor>(static_cast<int>(values.get("monitor", 0.0))))
        , m_factor(values.get("factor", 0.1))
        , m_raise(values.find("raise_factor"))
        , m_patience(static_cast<std::uint64_t>(values.get("patience", 10.0)))
        , m_threshold(values.get("threshold", 1e-4))
        , m_cooldown(static_cast<std::uint64_t>(values.get("cooldown", 0.0)))
        , m_lowest(values.get("min_lr", 0.0)) {}

    double at(const LocalTime&, const RateFeedback& feedback) const override {
        return m_index < feedback.plateaus.size() ? feedback.plateaus[m_index].rate.value_or(m_rate) : m_rate;
    }

    void epochDone(const LocalTime&, const EpochFigures& figures, RateFeedback& feedback) const override {
        if (feedback.plateaus.size() <= m_index) feedback.plateaus.resize(m_index + 1);
        PlateauState& state = feedback.plateaus[m_index];
        const std::optional<double> figure = m_monitor == PlateauMonitor::ValidationLoss       ? figures.validationLoss
                                             : m_monitor == PlateauMonitor::ValidationAccuracy ? figures.validationAccuracy
                                                                                               : figures.trainLoss;
        if (!figure) return;
        if (isBetter(*figure, state.best)) {
            state.best = figure;
            state.badEpochs = 0;
        } else {
            ++state.badEpochs;
        }
        if (state.cooldownLeft > 0) {
            --state.cooldownLeft;
            state.badEpochs = 0;
        }
        if (state.badEpochs <= m_patience) return;
        state.cooldownLeft = m_cooldown;
        state.badEpochs = 0;
        state.rate = moved(state.rate.value_or(m_rate));
    }

private:
    bool isBetter(double figure, const std::optional<double>& best) const {
        if (!best) return std::isfinite(figure); // nothing would ever be better than NaN
        return m_monitor == PlateauMonitor::ValidationAccuracy ? figure > *best * (1.0 + m_threshold)
                                                               : figure < *best * (1.0 - m_threshold);
    }
    double moved(double rate) const {
        if (m_raise) return rate * *m_raise;
        constexpr double smallestMove = 1e-8; // PyTorch's eps
        const double lower = std::max(rate * m_factor, m_lowest);
        return rate - lower > smallestMove ? lower : rate;
    }

    std::size_t m_index;
    double m_rate;
    PlateauMonitor m_monitor;
    double m_factor;
    std::optional<double> m_raise;
    std::uint64_t m_patience;
    double m_threshold;
    std::uint64_t m_cooldown;
    double m_lowest;
};

class HalvingNode final : public RateNode {
public:
    explicit HalvingNode(double rate)
        : m_rate(rate) {}
    double at(const LocalTime&, const RateFeedback& feedback) const override {
        return std::ldexp(m_rate, -static_cast<int>(feedback.halvings));
    }

private:
    double m_rate;
};

/// Schedules that take turns.
class SequenceNode final : public RateNode {
public:
    SequenceNode(const ScheduleSpec& spec, const RateContext& context)
        : m_unit(spec.unit)
        , m_perEpoch(static_cast<double>(context.length.stepsPerEpoch)) {
        double start = 0.0;
        for (const SchedulePart& part : spec.parts) {
            const LocalTime begin = firstAt(context, start);
            RateContext inner = context;
            LocalTime exact = begin; // its turn begins between two steps, where it does
            if (m_unit != TimeUnit::Step) exact.set(m_unit, start);
            inner.begin = plus(context.begin, exact);
            inner.open = part.length ? lengthOf(*part.length, context.length) : rest(context.open, begin, start);
            m_turns.push_back({start, begin, makeRateNode(part.schedule, inner)});
            if (!part.length) return;
            start += *part.length;
        }
        m_end = start;
        m_endTime = firstAt(context, start);
    }

    double at(const LocalTime& time, const RateFeedback& feedback) const override {
        const LocalTime held = clamped(time);
        const Turn& turn = turnAt(held);
        return turn.node->at(since(turn, held), feedback);
    }

    std::uint64_t cycle(const LocalTime& time) const override {
        const LocalTime held = clamped(time);
        const Turn& now = turnAt(held);
        std::uint64_t count = now.node->cycle(since(now, held));
        for (const Turn* turn = m_turns.data(); turn != &now; ++turn)
            count += turn->node->cycle(since(*turn, startOf(turn[1])));
        return count;
    }

    void epochDone(const LocalTime& lastUpdate, const EpochFigures& figures, RateFeedback& feedback) const override {
        if (m_end && lastUpdate.in(m_unit) * slack >= *m_end) return; // it holds
        const Turn& turn = turnAt(lastUpdate);
        turn.node->epochDone(since(turn, lastUpdate), figures, feedback);
    }

private:
    struct Turn {
        double start;    ///< in the unit of the sequence
        LocalTime begin; ///< of the first step at or after that
        RateNodePointer node;
    };

    static LocalTime plus(const LocalTime& a, const LocalTime& b) {
        return {a.step + b.step, a.epoch + b.epoch, a.epochs + b.epochs};
    }

    LocalTime lengthOf(double length, const RunLength& run) const {
        const auto perEpoch = static_cast<double>(run.stepsPerEpoch);
        const double steps = m_unit == TimeUnit::Step ? length : length * perEpoch;
        LocalTime result{steps, std::ceil(steps / perEpoch), steps / perEpoch};
        result.set(m_unit, length);
        return result;
    }

    /// What is left of `open` from `begin` on, at which the time of the sequence is `start`.
    LocalTime rest(const LocalTime& open, const LocalTime& begin, double start) const {
        constexpr double least = 1e-9;
        LocalTime left{std::max(open.step - begin.step, least), std::max(open.epoch - begin.epoch, least),
                       std::max(open.epochs - begin.epochs, least)};
        left.set(m_unit, std::max(open.in(m_unit) - start, least));
        return left;
    }

    /// The first step of the sequence at which its time is `t` or later.
    LocalTime firstAt(const RateContext& context, double t) const {
        const auto timeAfter = [&](std::uint64_t steps) {
            const ScheduleTime time = context.length.timeOf(static_cast<std::uint64_t>(context.begin.step) + steps);
            return LocalTime{static_cast<double>(steps), static_cast<double>(time.epoch) - context.begin.epoch,
                             time.epochs - context.begin.epochs};
        };
        std::uint64_t low = 0;
        std::uint64_t high = std::uint64_t(1) << 40; // of a run of 1e9 steps there is no more to be asked
        while (low < high) {
            const std::uint64_t middle = low + (high - low) / 2;
            if (timeAfter(middle).in(m_unit) * slack >= t)
                high = middle;
            else
                low = middle + 1;
        }
        return timeAfter(low);
    }

    /// Where a turn begins, told exactly in the unit of the sequence.
    LocalTime startOf(const Turn& turn) const {
        LocalTime time = turn.begin;
        time.set(m_unit, turn.start);
        return time;
    }

    LocalTime clamped(const LocalTime& time) const {
        if (!m_end || time.in(m_unit) < *m_end) return time;
        LocalTime end = m_endTime;
        end.set(m_unit, *m_end);
        return end;
    }

    const Turn& turnAt(const LocalTime& time) const {
        const double t = time.in(m_unit) * slack;
        const auto next = std::ranges::upper_bound(m_turns, t, {}, &Turn::start);
        return next == m_turns.begin() ? m_turns.front() : *(next - 1);
    }

    LocalTime since(const Turn& turn, const LocalTime& time) const {
        LocalTime local{std::max(0.0, time.step - turn.begin.step), std::max(0.0, time.epoch - turn.begin.epoch),
                        std::max(0.0, time.epochs - turn.begin.epochs)};
        local.set(m_unit, std::max(0.0, time.in(m_unit) - turn.start));
        local.epochs = rounded(local.epochs);
        return local;
    }

    /// Epochs that are a number of steps, as the division of these gives them: 10.4 − 10.1 is not quite 0.3, and a drop
    /// that is due at 0.3 would come a step late.
    double rounded(double epochs) const {
        const double steps = std::round(epochs * m_perEpoch);
        return std::abs(epochs * m_perEpoch - steps) < 1e-6 ? steps / m_perEpoch : epochs;
    }

    TimeUnit m_unit;
    double m_perEpoch;
    std::vector<Turn> m_turns;
    std::optional<double> m_end;
    LocalTime m_endTime;
};

/// With every default in its place, and what was left open.
ScheduleSpec completed(const ScheduleSpec& spec, const ScheduleFamily& family, const LocalTime& open) {
    ScheduleSpec complete = spec;
    for (const ParameterInfo& info : family.parameters)
        if (info.fallback && !spec.values.contains(info.name)) complete.values.set(info.name, *info.fallback);
    if (!spec.values.contains("length")) complete.values.set("length", open.in(spec.unit));
    return complete;
}

} // namespace

RateNodePointer makeRateNode(const ScheduleSpec& spec, const RateContext& context) {
    const ScheduleFamily* family = findScheduleFamily(spec.type);
    if (!family) throw Error("“" + spec.type + "” is no schedule");
    const ScheduleSpec complete = completed(spec, *family, context.open);
    switch (family->kind) {
    case FamilyKind::Function: break;
    case FamilyKind::Formula: return std::make_shared<FormulaNode>(complete, context.open);
    case FamilyKind::Plateau: return std::make_shared<PlateauNode>(complete.values, (*context.plateaus)++);
    case FamilyKind::Halving: return std::make_shared<HalvingNode>(complete.values.get("lr", 0.0));
    case FamilyKind::Sequence: return std::make_shared<SequenceNode>(complete, context);
    }
    return std::make_shared<FunctionNode>(spec.unit, family->make(complete),
                                          family->makeCycle ? family->makeCycle(complete.values) : CycleFunction());
}

} // namespace ratescope
