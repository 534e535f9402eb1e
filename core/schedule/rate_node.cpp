// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/rate_node.h"

#include "core/schedule/formula.h"
#include "core/schedule/schedule.h"

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

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
        : m_order(spec, context.length, context.span) {
        for (std::size_t i = 0; i < m_order.turns().size(); ++i)
            m_nodes.push_back(makeRateNode(spec.parts[i].schedule, {context.length, m_order.turns()[i].span, context.plateaus}));
    }

    double at(const LocalTime& time, const RateFeedback& feedback) const override {
        const LocalTime held = m_order.held(time);
        const std::size_t turn = m_order.turnAt(held);
        return m_nodes[turn]->at(m_order.since(m_order.turns()[turn], held), feedback);
    }

    std::uint64_t cycle(const LocalTime& time) const override {
        const LocalTime held = m_order.held(time);
        const std::size_t now = m_order.turnAt(held);
        const auto& turns = m_order.turns();
        std::uint64_t count = m_nodes[now]->cycle(m_order.since(turns[now], held));
        for (std::size_t i = 0; i < now; ++i) count += m_nodes[i]->cycle(m_order.since(turns[i], turns[i + 1].begin));
        return count;
    }

    void epochDone(const LocalTime& lastUpdate, const EpochFigures& figures, RateFeedback& feedback) const override {
        if (m_order.isOver(lastUpdate)) return; // it holds
        const std::size_t turn = m_order.turnAt(lastUpdate);
        m_nodes[turn]->epochDone(m_order.since(m_order.turns()[turn], lastUpdate), figures, feedback);
    }

private:
    TurnOrder m_order;
    std::vector<RateNodePointer> m_nodes;
};

} // namespace

RateNodePointer makeRateNode(const ScheduleSpec& spec, const RateContext& context) {
    const ScheduleFamily* family = findScheduleFamily(spec.type);
    if (!family) throw Error("“" + spec.type + "” is no schedule");
    const ScheduleSpec complete = completed(spec, context.span.open.in(spec.unit));
    switch (family->kind) {
    case FamilyKind::Function: break;
    case FamilyKind::Formula: return std::make_shared<FormulaNode>(complete, context.span.open);
    case FamilyKind::Plateau: return std::make_shared<PlateauNode>(complete.values, (*context.plateaus)++);
    case FamilyKind::Halving: return std::make_shared<HalvingNode>(complete.values.get("lr", 0.0));
    case FamilyKind::Sequence: return std::make_shared<SequenceNode>(complete, context);
    }
    return std::make_shared<FunctionNode>(spec.unit, family->make(complete),
                                          family->makeCycle ? family->makeCycle(complete.values) : CycleFunction());
}

} // namespace ratescope
