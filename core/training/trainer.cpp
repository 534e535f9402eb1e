// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/trainer.h"

#include "core/training/stop_condition.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace ratescope {

namespace {

using Clock = std::chrono::steady_clock;

/// Rows of a batch in evaluation: enough to keep the products busy, few enough to stop soon and stay in the cache.
constexpr std::uint32_t evaluationBatch = 256;

double secondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

std::uint32_t batchMemory(const RunConfig& config) { return std::max(config.batchSize, evaluationBatch); }

} // namespace

const char* outcomeName(RunOutcome outcome) {
    switch (outcome) {
    case RunOutcome::Finished: return "finished";
    case RunOutcome::Diverged: return "diverged";
    case RunOutcome::Cancelled: return "cancelled";
    }
    return "finished";
}

DatasetInfo infoOf(const Dataset& data) {
    return {data.train.size(), data.test.size(), data.train.rows, data.train.columns};
}

Trainer::Trainer(RunConfig config, std::shared_ptr<const Dataset> data)
    : m_config(std::move(config))
    , m_data(std::move(data))
    , m_split(splitOf(m_config, m_data->train.size()))
    , m_length(lengthOf(m_config, infoOf(*m_data)))
    , m_schedule(scheduleOf(m_config, m_length))
    , m_network(m_config.network, m_data->train.features(), batchMemory(m_config))
    , m_optimizer(makeOptimizer(m_config.optimizer, m_network.parameters()))
    , m_order(m_config.seed, m_split.train, m_config.batchSize)
    , m_labels(batchMemory(m_config)) {
    m_network.initialize(m_config.init, m_config.seed);
    if (const auto& test = m_config.rangeTest)
        m_rangeTestStop = std::make_unique<RangeTestStop>(test->smoothing, test->stopFactor);
}

Trainer::~Trainer() = default;

void Trainer::gather(std::span<const std::uint32_t> samples) {
    const SampleSet& set = m_data->train;
    const std::size_t features = set.features();
    const MatrixView input = m_network.input(static_cast<std::uint32_t>(samples.size()));
    for (std::size_t i = 0; i < samples.size(); ++i) {
        scalePixels(set.image(samples[i]), {input.data + i * features, features});
        m_labels[i] = set.labels[samples[i]];
    }
}

Trainer::StepOutcome Trainer::trainStep(std::uint64_t step, MetricsChannel& channel) {
    const std::span<const std::uint32_t> samples = m_order.batch(step);
    gather(samples);
    const double rate = m_schedule.at(step);
    const BatchLoss batch = m_network.forwardBackward(std::span(m_labels).first(samples.size()));
    const auto loss = static_cast<float>(batch.lossSum / static_cast<double>(samples.size()));
    if (!std::isfinite(loss) || !std::isfinite(rate)) { // a growing schedule can run away by itself
        m_result.divergedAt = step;
        return StepOutcome::Diverged;
    }
    m_optimizer->step(rate);
    m_lastRate = rate;
    m_totals.lossSum += batch.lossSum;
    m_totals.errors += batch.errors;
    m_totals.samples += samples.size();
    m_result.steps = step + 1;
    m_result.samples += samples.size();
    channel.push({step, rate, loss});
    return m_rangeTestStop && m_rangeTestStop->reached(loss) ? StepOutcome::LastOfRangeTest : StepOutcome::Done;
}

RunResult Trainer::run(const TrainingControl& control, MetricsChannel& channel, RunObserver& observer) {
    m_result.outcome = RunOutcome::Finished;
    for (std::uint64_t step = 0; step < m_length.steps; ++step) {
        // Somebody who looks at a paused run sees every step of it.
        if (control.state() == TrainingControl::State::Pause) channel.flush();
        if (!control.proceed()) {
            m_result.outcome = RunOutcome::Cancelled;
            break;
        }
        const Clock::time_point start = Clock::now();
        const StepOutcome outcome = trainStep(step, channel);
        m_result.trainSeconds += secondsSince(start);
        channel.setTrainSeconds(m_result.trainSeconds);
        if (outcome == StepOutcome::Diverged) m_result.outcome = RunOutcome::Diverged;
        if (outcome != StepOutcome::Done) break;
        const bool last = step + 1 == m_length.steps;
        if (!m_rangeTestStop && (last || (step + 1) % m_length.stepsPerEpoch == 0)) {
            finishEpoch(control, observer);
            if (m_result.outcome != RunOutcome::Finished) break;
        }
    }
    m_result.epochs = static_cast<double>(m_result.steps) / static_cast<double>(m_length.stepsPerEpoch);
    if (m_result.outcome == RunOutcome::Finished && !m_rangeTestStop) {
        m_result.test = evaluate(m_data->test, 0, m_data->test.size(), control);
        if (!m_result.test)
            m_result.outcome = RunOutcome::Cancelled;
        else if (!std::isfinite(m_result.test->loss))
            diverge();
    }
    channel.flush();
    return m_result;
}

void Trainer::diverge() {
    m_result.outcome = RunOutcome::Diverged;
    m_result.divergedAt = m_result.steps;
    m_result.test.reset();
}

void Trainer::finishEpoch(const TrainingControl& control, RunObserver& observer) {
    if (!m_network.isFinite()) {
        diverge();
        return;
    }
    EpochMetrics epoch;
    epoch.epoch = (m_result.steps + m_length.stepsPerEpoch - 1) / m_length.stepsPerEpoch;
    epoch.step = m_result.steps;
    epoch.rate = m_lastRate;
    const auto samples = static_cast<double>(m_totals.samples);
    epoch.train = {m_totals.lossSum / samples, static_cast<double>(m_totals.errors) / samples};
    epoch.seconds = m_result.trainSeconds;
    m_totals = {};
    if (m_split.validation > 0) {
        epoch.validation = evaluate(m_data->train, m_split.validationFirst, m_split.validation, control);
        if (!epoch.validation) m_result.outcome = RunOutcome::Cancelled; // the epoch itself has been trained
        if (epoch.validation && !std::isfinite(epoch.validation->loss)) {
            diverge();
            return;
        }
    }
    observer.epochDone(epoch);
}

std::optional<Score> Trainer::evaluate(const SampleSet& set, std::uint32_t first, std::uint32_t count,
                                       const TrainingControl& control) {
    double lossSum = 0.0;
    std::uint64_t errors = 0;
    const std::size_t features = set.features();
    for (std::uint32_t done = 0; done < count;) {
        if (!control.proceed()) return std::nullopt;
        const std::uint32_t rows = std::min(evaluationBatch, count - done);
        const MatrixView input = m_network.input(rows);
        // Neighbours in the set are neighbours in memory: the whole chunk in one go.
        scalePixels(std::span(set.pixels).subspan((std::size_t(first) + done) * features, rows * features),
                    {input.data, rows * features});
        const BatchLoss batch = m_network.evaluate(std::span(set.labels).subspan(std::size_t(first) + done, rows));
        lossSum += batch.lossSum;
        errors += batch.errors;
        done += rows;
    }
    return Score{lossSum / count, static_cast<double>(errors) / count};
}

} // namespace ratescope
