// SPDX-License-Identifier: GPL-3.0-or-later
// The trainer between two updates: states to go on from, orders from outside, and the way back of a `halving`.
#include "core/training/trainer.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ratescope {

KeptWeights Trainer::keptWeights() const {
    return {m_result.steps, {m_network.weights().begin(), m_network.weights().end()}};
}

Checkpoint Trainer::checkpoint() const {
    return {m_config.network.layers, m_config.optimizer,    keptWeights(), m_optimizer->state(),
            m_result.samples,        m_result.trainSeconds, m_lastRate,    m_totals,
            m_epochPending,          m_earlyStopping,       m_best,        m_snapshots,
            m_config.schedule,       m_steered,             m_feedback,    m_attemptStep,
            m_initialWeights};
}

void Trainer::restore(const Checkpoint& checkpoint) {
    const auto fits = [this](const KeptWeights& kept) { return kept.values.size() == m_network.parameterFloats(); };
    if (checkpoint.layers != m_config.network.layers || checkpoint.rule.type != m_config.optimizer.type ||
        !fits(checkpoint.weights) || !(checkpoint.best.values.empty() || fits(checkpoint.best)) ||
        !std::ranges::all_of(checkpoint.snapshots, fits) ||
        !(checkpoint.initialWeights.empty() || checkpoint.initialWeights.size() == m_network.parameterFloats()))
        throw Error("the checkpoint is of another network or optimizer");
    m_optimizer->restore(checkpoint.optimizer);
    m_network.setWeights(checkpoint.weights.values);
    if (m_config.rangeTest) { // it has its own steps, over the batches that the run would see next
        m_firstBatch = checkpoint.weights.step;
        return;
    }
    m_result.steps = checkpoint.weights.step;
    m_result.samples = checkpoint.samples;
    m_result.trainSeconds = checkpoint.trainSeconds;
    m_lastRate = checkpoint.lastRate;
    m_totals = checkpoint.totals;
    // What was the run's end, in the middle of an epoch, need not be this one's.
    m_epochPending = checkpoint.epochPending && m_result.steps > 0 && endsEpoch(m_result.steps - 1);
    if (m_config.earlyStopping && checkpoint.earlyStopping.isOf(*m_config.earlyStopping)) {
        m_earlyStopping = checkpoint.earlyStopping;
        m_best = checkpoint.best;
    }
    if (m_config.snapshots) m_snapshots = checkpoint.snapshots;
    if (checkpoint.schedule != m_config.schedule) return;
    m_feedback = checkpoint.feedback;
    m_attemptStep = checkpoint.attemptStep;
    m_initialWeights = checkpoint.initialWeights;
    m_steered = checkpoint.steered;
    if (m_steered) m_schedule = Schedule(m_steered->schedule, m_length);
}

std::size_t Checkpoint::bytes() const {
    std::size_t floats = weights.values.size() + best.values.size() + initialWeights.size();
    for (const KeptWeights& kept : snapshots) floats += kept.values.size();
    for (const auto& values : optimizer.buffers) floats += values.size();
    return sizeof *this + floats * sizeof(float);
}

void Trainer::follow(const ScheduleOrder& order, const ScheduleTime& time, RunObserver& observer) {
    if (order.schedule == (m_steered ? m_steered->schedule : m_config.schedule)) return;
    const double before = m_schedule.at(time, m_feedback);
    m_schedule = Schedule(order.schedule, m_length);
    m_feedback = {};
    m_steered = RateChange{time.step, before,        m_schedule.at(time, m_feedback), RateCause::Hand, order.gesture,
                           time.step, order.schedule};
    observer.rateChanged(*m_steered);
}

/// Where the loss has run away from a `halving`: to the initial weights, with half the rate. Returns whether it was one.
bool Trainer::goBack(RunObserver& observer) {
    constexpr unsigned most = 60;
    const auto patience = m_schedule.halvingPatience();
    if (!patience || m_initialWeights.empty() || m_feedback.halvings >= most ||
        m_result.steps - m_attemptStep >= *patience)
        return false;
    const ScheduleTime time = m_length.timeOf(m_result.steps);
    const double before = rateAt(time);
    m_network.setWeights(m_initialWeights);
    m_optimizer = makeOptimizer(m_config.optimizer, m_network.parameterFloats());
    m_totals = {};
    m_best = {};
    if (m_config.earlyStopping) m_earlyStopping = EarlyStopping(*m_config.earlyStopping);
    m_attemptStep = m_result.steps;
    ++m_feedback.halvings;
    observer.rateChanged({m_result.steps, before, rateAt(time), RateCause::Halving, 0, m_result.steps});
    return true;
}

bool Trainer::proceed(const TrainingControl& control, RunObserver& observer) {
    // One that only trains again what has been leaves orders to who goes on from there.
    if (m_lastStep != std::numeric_limits<std::uint64_t>::max()) return control.proceed();
    while (true) {
        if (control.hasOrders()) {
            TrainingControl::Orders orders = control.takeOrders();
            if (orders.schedule) m_ordered = std::move(orders.schedule);
            if (orders.checkpoint) giveCheckpoint(observer);
        }
        const TrainingControl::State now = control.await();
        if (now != TrainingControl::State::Pause) return now == TrainingControl::State::Run;
    }
}

void Trainer::offerCheckpoint(RunObserver& observer) const {
    if (observer.wantsCheckpoint(m_result.steps) || std::ranges::binary_search(m_keptSteps, m_result.steps))
        giveCheckpoint(observer);
}

void Trainer::giveCheckpoint(RunObserver& observer) const {
    m_channel->flush();
    observer.checkpointMade(std::make_shared<const Checkpoint>(checkpoint()));
}

} // namespace ratescope
