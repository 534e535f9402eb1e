// SPDX-License-Identifier: GPL-3.0-or-later
// Range tests: what a trainer does with each rate of one, and that it leaves no trace.
#include "core/training/trainer.h"
#include "core/training/seconds_since.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

namespace ratescope {

namespace {

using Clock = std::chrono::steady_clock;

constexpr double ranAway = std::numeric_limits<double>::infinity();

} // namespace

void Trainer::beginAnew() {
    m_network.setWeights(m_testBeginning.weights);
    m_optimizer->restore(m_testBeginning.optimizer);
}

/// Rate after rate, until the last or until the test ends itself. However it ends, weights and optimizer are as before.
bool Trainer::testRates(const TrainingControl& control, MetricsChannel& channel, RunObserver& observer) {
    const struct Cleaning {
        Trainer& trainer;
        ~Cleaning() { trainer.beginAnew(); }
    } cleaning{*this};
    m_testBeginning = {keptWeights().values, m_optimizer->state()};
    if (m_config.rangeTest->kind != RangeTestKind::Sweep) {
        // Samples that the first epoch comes to last.
        const std::uint32_t count = std::min(rangeTestProbe, m_split.train);
        const auto samples = m_order.batch(0, m_split.train - count, count);
        m_probe.assign(samples.begin(), samples.end());
    }
    if (m_config.rangeTest->kind == RangeTestKind::Halving) {
        const auto loss = probe(control);
        if (!loss) {
            m_result.outcome = RunOutcome::Cancelled;
            return false;
        }
        m_testBeginning.loss = *loss;
    }
    while (m_result.steps < m_length.steps) {
        const RateOutcome outcome = testRate(control, channel, observer);
        if (outcome == RateOutcome::Cancelled) m_result.outcome = RunOutcome::Cancelled;
        if (outcome == RateOutcome::Diverged) {
            m_result.outcome = RunOutcome::Diverged;
            m_result.divergedAt = m_result.steps;
        }
        if (outcome == RateOutcome::Last) return true;
        if (outcome != RateOutcome::Done) return false;
    }
    if (m_config.rangeTest->kind == RangeTestKind::Halving) { // none of the rates has held
        m_result.outcome = RunOutcome::Diverged;
        m_result.divergedAt = m_result.steps;
        return false;
    }
    return true;
}

Trainer::RateOutcome Trainer::testRate(const TrainingControl& control, MetricsChannel& channel, RunObserver& observer) {
    const RangeTestSpec& test = *m_config.rangeTest;
    const std::uint64_t index = m_result.steps;
    if (control.state() == TrainingControl::State::Pause) channel.flush();
    if (!control.proceed()) return RateOutcome::Cancelled;
    const double rate = m_schedule.at(m_length.timeOf(index));
    const std::optional<double> loss = trainRate(rate, control, channel);
    if (!loss) return RateOutcome::Cancelled;
    const bool halving = test.kind == RangeTestKind::Halving;
    const bool holds = std::isfinite(*loss) && *loss < m_testBeginning.loss;
    if (!std::isfinite(static_cast<float>(*loss)) && !halving) return RateOutcome::Diverged;
    if (test.validation > 0) {
        const auto score =
            evaluate(m_data->train, m_split.validationFirst, std::min(test.validation, m_split.validation), control);
        if (!score) return RateOutcome::Cancelled;
        if (!std::isfinite(score->loss)) return RateOutcome::Diverged;
        observer.rateValidated(index, *score);
    }
    m_result.steps = index + 1;
    // A rate of a halving that has run away has no loss; what it is drawn at lies above all that holds.
    const double told = std::isfinite(*loss) ? *loss : std::numeric_limits<float>::max();
    channel.push({index, rate, static_cast<float>(std::min<double>(told, std::numeric_limits<float>::max()))});
    if (halving) return holds ? RateOutcome::Last : RateOutcome::Done;
    return m_rangeTestStop && m_rangeTestStop->reached(static_cast<float>(*loss)) ? RateOutcome::Last : RateOutcome::Done;
}

std::optional<double> Trainer::trainRate(double rate, const TrainingControl& control, MetricsChannel& channel) {
    const RangeTestSpec& test = *m_config.rangeTest;
    if (test.kind == RangeTestKind::Sweep) return updateForTest(m_result.steps, rate, channel);
    beginAnew();
    const std::uint64_t updates = test.updatesPerRate(m_length.stepsPerEpoch);
    for (std::uint64_t i = 0; i < updates; ++i) {
        if (!control.proceed()) return std::nullopt;
        const std::optional<double> loss = updateForTest(i, rate, channel);
        if (!loss || !std::isfinite(*loss)) return loss;
    }
    return probe(control);
}

/// The loss of the batch, before its update, infinite where it has run away; none if stopped.
std::optional<double> Trainer::updateForTest(std::uint64_t index, double rate, MetricsChannel& channel) {
    const Clock::time_point start = Clock::now();
    const std::uint64_t step = m_firstBatch + index;
    const Network::Batch batch{m_data->train, m_order.batch(step)};
    const Update made = update(batch, step, rate);
    if (made.outcome == StepOutcome::Stopped) return std::nullopt;
    m_result.trainSeconds += secondsSince(start);
    channel.setTrainSeconds(m_result.trainSeconds);
    return made.outcome == StepOutcome::Done ? meanLoss(made.sum, batch) : ranAway;
}

/// The mean loss of the probe's samples; none if stopped.
std::optional<double> Trainer::probe(const TrainingControl& control) {
    double sum = 0.0;
    const auto isStopped = [this] { return stopped(); };
    shareCores(true);
    for (std::size_t done = 0; done < m_probe.size();) {
        if (!control.proceed()) return std::nullopt;
        const std::size_t rows = std::min(m_evaluated.size(), m_probe.size() - done);
        sum += m_network.evaluate({m_data->train, std::span(m_probe).subspan(done, rows)}, m_team, isStopped).lossSum;
        if (stopped()) return std::nullopt;
        done += rows;
    }
    return sum / static_cast<double>(m_probe.size());
}

} // namespace ratescope
