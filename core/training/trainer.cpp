// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/trainer.h"

#include "core/data/random.h"
#include "core/training/seconds_since.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

namespace ratescope {

namespace {

using Clock = std::chrono::steady_clock;

/// Samples of a batch in evaluation: enough to keep the products busy, few enough to stop soon and stay in the cache.
constexpr std::uint32_t evaluationBatch = 256;

unsigned mostWorkers(const TrainerResources& resources) {
    const unsigned cores = resources.budget ? resources.budget->cores() : 1;
    return resources.threads > 0 ? std::min(resources.threads, cores) : cores;
}

std::vector<bool> trainedLayers(const std::vector<double>& rates) {
    std::vector<bool> trained;
    for (const double rate : rates) trained.push_back(rate != 0.0);
    return trained;
}

NetworkUse useOf(const RunConfig& config, const DatasetInfo& data, unsigned workers) {
    return {largestBatch(config, splitOf(config, data.trainCount).train), evaluationBatch, config.loss,
            trainedLayers(config.layerRates), workers};
}

} // namespace

const char* outcomeName(RunOutcome outcome) {
    switch (outcome) {
    case RunOutcome::Finished: return "finished";
    case RunOutcome::Diverged: return "diverged";
    case RunOutcome::Cancelled: return "cancelled";
    case RunOutcome::StoppedEarly: return "stopped_early";
    }
    return "finished";
}

DatasetInfo infoOf(const Dataset& data) {
    return {data.train.size(), data.test.size(), data.train.rows, data.train.columns};
}

Trainer::Trainer(RunConfig config, std::shared_ptr<const Dataset> data, TrainerResources resources)
    : m_config(std::move(config))
    , m_data(std::move(data))
    , m_resources(resources)
    , m_team(mostWorkers(resources))
    , m_split(splitOf(m_config, m_data->train.size()))
    , m_length(lengthOf(m_config, infoOf(*m_data)))
    , m_schedule(scheduleOf(m_config, m_length))
    , m_network(m_config.network, imageShape(m_data->train.rows, m_data->train.columns),
                useOf(m_config, infoOf(*m_data), m_team.most()))
    , m_optimizer(makeOptimizer(m_config.optimizer, m_network.parameterFloats()))
    , m_layerRates(m_config.layerRates)
    , m_order(m_config.seed, m_split.train, m_config.batchSize)
    , m_evaluated(evaluationBatch)
    , m_batchCost(networkCost(m_config.network, imageShape(m_data->train.rows, m_data->train.columns)).training *
                  m_config.batchSize) {
    m_network.initialize(m_config.init, m_config.seed);
    m_trainsTogether = trainsFasterTogether();
    m_layerRates.resize(weightLayerCount(m_config.network), 1.0);
    m_move = [this](const ParameterView& tensor, std::size_t first, std::size_t count) {
        m_optimizer->update({tensor.values.data() + first, tensor.gradients.data() + first, tensor.offset + first, count,
                             m_layerRates[tensor.layer]});
    };
    if (const auto& test = m_config.rangeTest; test && test->stops())
        m_rangeTestStop.emplace(test->smoothing, test->stopFactor);
    if (m_config.earlyStopping) m_earlyStopping = EarlyStopping(*m_config.earlyStopping);
    m_snapshots.reserve(m_config.snapshots ? maximumSnapshots : 0);
}

Trainer::~Trainer() = default;

void Trainer::startFrom(const std::vector<Tensor>& weights, bool newHead, const std::string& source) {
    const auto shapeText = [](const std::vector<std::int64_t>& shape) {
        std::string text;
        for (const std::int64_t extent : shape) text += (text.empty() ? "" : " × ") + std::to_string(extent);
        return text.empty() ? "a single number" : text;
    };
    const std::size_t head = weightLayerCount(m_config.network) - 1;
    for (const ParameterView& tensor : m_network.parameters()) {
        if (newHead && tensor.layer == head) continue;
        const auto found = std::ranges::find(weights, tensor.name, &Tensor::name);
        if (found == weights.end())
            throw Error(source + ": holds no weights named “" + tensor.name + "”, which this network has");
        if (found->shape != tensor.shape)
            throw Error(source + ": “" + tensor.name + "” is " + shapeText(found->shape) + "; this network's is " +
                        shapeText(tensor.shape) +
                        (tensor.layer == head ? " (new_head would begin the last layer anew)" : ""));
        assign(tensor, found->values);
    }
    m_network.weightsChanged();
    if (!m_network.isFinite()) throw Error(source + ": holds weights that are not finite numbers");
}

std::vector<Tensor> Trainer::weights() const {
    std::vector<Tensor> tensors;
    for (const ParameterView& view : m_network.parameters()) tensors.push_back(tensorOf(view));
    return tensors;
}

std::vector<Trainer::Snapshot> Trainer::snapshots() {
    const KeptWeights present = keptWeights();
    std::vector<Snapshot> result;
    for (const KeptWeights& kept : m_snapshots) {
        m_network.setWeights(kept.values);
        result.push_back({kept.step, weights()});
    }
    m_network.setWeights(present.values);
    return result;
}

std::span<const std::uint32_t> Trainer::samplesOf(const ScheduleTime& time) {
    if (!m_length.grown) return m_order.batch(time.step);
    const std::uint32_t first = m_length.grown->firsts[time.step];
    return m_order.batch(time.epoch, first, std::min(m_schedule.batchAt(time), m_split.train - first));
}

bool Trainer::endsEpoch(std::uint64_t step) const {
    return step + 1 == m_length.steps || m_length.epochOf(step + 1) != m_length.epochOf(step);
}

/// Whether the step is the last of its epoch, and not only of the run.
bool Trainer::endsEpochInFull(std::uint64_t step) const { return m_length.epochOf(step + 1) != m_length.epochOf(step); }

void Trainer::shareCores(bool worthwhile) {
    m_team.use(worthwhile && m_resources.budget ? m_resources.budget->share() : 1);
}

/// Whether more than one thread shortens a step. Not one that is over in microseconds; nor one that does little with
/// each weight, since every weight that one core has moved has to reach the others before the next step.
bool Trainer::trainsFasterTogether() const {
    constexpr double leastOperations = 2e6;
    constexpr double leastForEachWeight = 400;
    return m_batchCost >= leastOperations &&
           m_batchCost >= leastForEachWeight * static_cast<double>(m_network.parameterFloats());
}

double Trainer::rateAt(const ScheduleTime& time) const {
    return time.step < m_replayed.size() ? m_replayed[time.step] : m_schedule.at(time, m_feedback);
}

Trainer::StepOutcome Trainer::trainStep(MetricsChannel& channel, RunObserver& observer) {
    const std::uint64_t step = m_result.steps;
    const ScheduleTime time = m_length.timeOf(step);
    const Network::Batch batch{m_data->train, samplesOf(time)};
    for (const RateChange& change : m_replayedChanges)
        if (change.cause == RateCause::Hand && change.lastStep == step)
            follow({change.schedule, change.gesture}, time, observer);
    if (m_ordered) follow(*std::exchange(m_ordered, std::nullopt), time, observer);
    const double rate = rateAt(time);
    const Update made = update(batch, step, rate);
    if (made.outcome == StepOutcome::Stopped) return StepOutcome::Stopped;
    if (made.outcome == StepOutcome::Diverged) {
        if (std::isfinite(rate) && goBack(observer)) return StepOutcome::Again;
        m_result.divergedAt = step;
        return StepOutcome::Diverged;
    }
    m_totals.lossSum += made.sum.lossSum;
    m_totals.errors += made.sum.errors;
    m_totals.samples += batch.samples.size();
    m_result.steps = step + 1;
    channel.push({step, rate, meanLoss(made.sum, batch)});
    if (m_config.snapshots && m_snapshots.size() < maximumSnapshots && m_schedule.cycleEndsWith(step))
        m_snapshots.push_back(keptWeights());
    return StepOutcome::Done;
}

float Trainer::meanLoss(const BatchLoss& sum, const Network::Batch& batch) {
    return static_cast<float>(sum.lossSum / static_cast<double>(batch.samples.size()));
}

Trainer::Update Trainer::update(const Network::Batch& batch, std::uint64_t step, double rate) {
    // A batch can last for minutes. One that is stopped before its weights move is as if it had not been begun.
    const auto isStopped = [this] { return stopped(); };
    const std::uint64_t noise = RandomStream(m_config.seed, "dropout", step).next();
    shareCores(m_trainsTogether);
    const BatchLoss sum = m_network.forwardBackward(batch, m_team, noise, isStopped);
    if (stopped()) return {StepOutcome::Stopped};
    // A growing schedule can run away by itself.
    if (!std::isfinite(meanLoss(sum, batch)) || !std::isfinite(rate)) return {StepOutcome::Diverged};
    if (!m_network.prepareGradients(batch, m_team, isStopped)) return {StepOutcome::Stopped};
    m_optimizer->beginStep(rate);
    m_network.finishGradients(batch, m_team, m_move);
    m_lastRate = rate;
    m_result.samples += batch.samples.size();
    return {StepOutcome::Done, sum};
}

bool Trainer::trainSteps(const TrainingControl& control, MetricsChannel& channel, RunObserver& observer) {
    while (m_result.steps < m_length.steps || m_epochPending) {
        // As far as it was wanted; an epoch that ends there is told, one that the run's end cuts short is left open.
        if (m_result.steps >= m_lastStep && !(m_epochPending && endsEpochInFull(m_result.steps - 1))) {
            m_result.outcome = RunOutcome::Cancelled;
            return false;
        }
        if (m_epochPending) {
            // The run's end cuts this epoch short; one that goes on longer has to find it unended.
            if (!endsEpochInFull(m_result.steps - 1)) offerCheckpoint(observer);
            finishEpoch(control, observer);
            if (m_result.outcome != RunOutcome::Finished) return false;
            if (!m_epochPending && endsEpochInFull(m_result.steps - 1)) offerCheckpoint(observer);
            continue;
        }
        if (std::ranges::binary_search(m_keptSteps, m_result.steps)) giveCheckpoint(observer);
        // Here, so that a run that was stopped right after the epoch that exhausted it ends early when it goes on.
        if (m_config.earlyStopping && m_earlyStopping.exhausted()) {
            m_result.outcome = RunOutcome::StoppedEarly;
            return true;
        }
        // Somebody who looks at a paused run sees every step of it.
        if (control.state() == TrainingControl::State::Pause) channel.flush();
        if (!proceed(control, observer)) {
            m_result.outcome = RunOutcome::Cancelled;
            return false;
        }
        const Clock::time_point start = Clock::now();
        const StepOutcome outcome = trainStep(channel, observer);
        if (outcome == StepOutcome::Stopped) {
            m_result.outcome = RunOutcome::Cancelled;
            return false;
        }
        m_result.trainSeconds += secondsSince(start);
        channel.setTrainSeconds(m_result.trainSeconds);
        if (outcome == StepOutcome::Again) continue;
        if (outcome == StepOutcome::Diverged) m_result.outcome = RunOutcome::Diverged;
        if (outcome != StepOutcome::Done) return false;
        m_epochPending = endsEpoch(m_result.steps - 1);
    }
    if (m_result.steps >= m_lastStep) m_result.outcome = RunOutcome::Cancelled;
    return m_result.outcome == RunOutcome::Finished;
}

RunResult Trainer::run(const TrainingControl& control, MetricsChannel& channel, RunObserver& observer) {
    std::optional<CoreBudget::Seat> seat;
    if (m_resources.budget) seat.emplace(*m_resources.budget);
    m_result.outcome = RunOutcome::Finished;
    m_control = &control;
    m_channel = &channel;
    if (m_result.steps == 0 && m_schedule.halvingPatience()) m_initialWeights = keptWeights().values;
    const bool complete =
        m_config.rangeTest ? testRates(control, channel, observer) : trainSteps(control, channel, observer);
    m_result.epochs = m_length.epochsOf(m_result.steps);
    if (m_config.earlyStopping && m_earlyStopping.bestEpoch() > 0) m_result.bestEpoch = m_earlyStopping.bestEpoch();
    if (!m_config.rangeTest && m_result.outcome != RunOutcome::Diverged && m_result.steps > 0 &&
        (m_result.steps < m_length.steps || m_epochPending))
        offerCheckpoint(observer); // stopped: between epochs, or in one
    if (complete && !m_config.rangeTest) finishRun(control);
    channel.flush();
    return m_result;
}

void Trainer::finishRun(const TrainingControl& control) {
    if (!m_best.values.empty() && m_best.step != m_result.steps) {
        m_network.setWeights(m_best.values);
        m_result.restoredBest = true;
    }
    m_result.test = evaluate(m_data->test, 0, m_data->test.size(), control);
    if (!m_result.test)
        m_result.outcome = RunOutcome::Cancelled;
    else if (!std::isfinite(m_result.test->loss))
        diverge();
    else if (!m_snapshots.empty())
        scoreSnapshots(control);
}

void Trainer::diverge() {
    m_result.outcome = RunOutcome::Diverged;
    m_result.divergedAt = m_result.steps;
    m_result.test.reset();
}

void Trainer::finishEpoch(const TrainingControl& control, RunObserver& observer) {
    if (!m_network.isFinite()) {
        m_epochPending = false;
        if (!goBack(observer)) diverge();
        return;
    }
    EpochMetrics epoch;
    epoch.epoch = m_length.epochOf(m_result.steps - 1) + 1;
    epoch.step = m_result.steps;
    epoch.rate = m_lastRate;
    const auto samples = static_cast<double>(m_totals.samples);
    epoch.train = {m_totals.lossSum / samples, static_cast<double>(m_totals.errors) / samples};
    epoch.seconds = m_result.trainSeconds;
    if (m_split.validation > 0) {
        epoch.validation = evaluate(m_data->train, m_split.validationFirst, m_split.validation, control, &observer);
        if (!epoch.validation) { // the epoch itself has been trained; who goes on from here evaluates it again
            m_result.outcome = RunOutcome::Cancelled;
            observer.epochDone(epoch);
            return;
        }
        if (!std::isfinite(epoch.validation->loss)) {
            diverge();
            return;
        }
    }
    m_totals = {};
    m_epochPending = false;
    watch(epoch, observer);
    observer.epochDone(epoch);
}

void Trainer::watch(const EpochMetrics& epoch, RunObserver& observer) {
    if (m_schedule.needsFeedback()) {
        const ScheduleTime next = m_length.timeOf(m_result.steps);
        const double before = rateAt(next);
        EpochFigures figures{.trainLoss = epoch.train.loss};
        if (epoch.validation) figures = {epoch.train.loss, epoch.validation->loss, 1.0 - epoch.validation->error};
        m_schedule.epochDone(m_result.steps - 1, figures, m_feedback);
        if (const double after = rateAt(next); after != before)
            observer.rateChanged({m_result.steps, before, after, RateCause::Plateau, 0, m_result.steps});
    }
    if (!m_config.earlyStopping) return;
    if (m_earlyStopping.isBest(epoch) && m_config.earlyStopping->restoreBest) m_best = keptWeights();
}

std::optional<Score> Trainer::evaluate(const SampleSet& set, std::uint32_t first, std::uint32_t count,
                                       const TrainingControl& control, RunObserver* observer) {
    double lossSum = 0.0;
    std::uint64_t errors = 0;
    const auto isStopped = [this] { return stopped(); };
    shareCores(true);
    for (std::uint32_t done = 0; done < count;) {
        if (!(observer ? proceed(control, *observer) : control.proceed())) return std::nullopt;
        const std::uint32_t rows = std::min(evaluationBatch, count - done);
        std::iota(m_evaluated.begin(), m_evaluated.begin() + rows, first + done);
        const BatchLoss batch = m_network.evaluate({set, std::span(m_evaluated).first(rows)}, m_team, isStopped);
        if (stopped()) return std::nullopt;
        lossSum += batch.lossSum;
        errors += batch.errors;
        done += rows;
    }
    return Score{lossSum / count, static_cast<double>(errors) / count};
}

void Trainer::scoreSnapshots(const TrainingControl& control) {
    const KeptWeights present = keptWeights();
    const SampleSet& test = m_data->test;
    std::vector<float> average(std::size_t(test.size()) * classCount, 0.0F);
    std::vector<float> batch(std::size_t(evaluationBatch) * classCount);
    const auto isStopped = [this] { return stopped(); };
    for (const KeptWeights& snapshot : m_snapshots) {
        m_network.setWeights(snapshot.values);
        const std::optional<Score> score = evaluate(test, 0, test.size(), control);
        for (std::uint32_t first = 0; score && !stopped() && first < test.size(); first += evaluationBatch) {
            const std::uint32_t rows = std::min(evaluationBatch, test.size() - first);
            std::iota(m_evaluated.begin(), m_evaluated.begin() + rows, first);
            m_network.predict({test, std::span(m_evaluated).first(rows)}, m_team, batch, isStopped);
            for (std::size_t i = 0; i < std::size_t(rows) * classCount; ++i)
                average[std::size_t(first) * classCount + i] += batch[i];
        }
        if (!score || stopped()) break;
        m_result.snapshots.push_back({snapshot.step, *score});
    }
    m_network.setWeights(present.values);
    if (m_result.snapshots.size() < m_snapshots.size()) { // stopped meanwhile: half an ensemble is none
        m_result.snapshots.clear();
        m_result.test.reset();
        m_result.outcome = RunOutcome::Cancelled;
        return;
    }
    for (float& value : average) value /= static_cast<float>(m_snapshots.size());
    const BatchLoss ensemble = lossOfProbabilities(m_config.loss, average, test.labels);
    m_result.ensemble = Score{ensemble.lossSum / test.size(), static_cast<double>(ensemble.errors) / test.size()};
}

} // namespace ratescope
