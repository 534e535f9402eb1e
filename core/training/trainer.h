// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/batch_order.h"
#include "core/data/dataset.h"
#include "core/network/network.h"
#include "core/network/worker_team.h"
#include "core/optimizer/optimizer.h"
#include "core/training/checkpoint.h"
#include "core/training/metrics_channel.h"
#include "core/training/run_config.h"
#include "core/training/run_observer.h"
#include "core/training/stop_condition.h"
#include "core/training/training_control.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace ratescope {

/// What a run may use of the machine.
struct TrainerResources {
    CoreBudget* budget = nullptr; ///< shared with the other runs; null: nothing to share, one thread
    unsigned threads = 0;         ///< most for this run; 0: what the budget gives
};

/// Trains one run from its configuration: a function of it, to the last bit, on however many threads. One thread at a time
/// may call; helpers are the trainer's own.
class Trainer {
public:
    /// `config` has to be valid for the data (RunConfig::validate). Allocates all that training needs.
    Trainer(RunConfig config, std::shared_ptr<const Dataset> data, TrainerResources resources = {});
    ~Trainer();

    /// The network, with its initial weights until run(): so that tests can hand over weights of their own.
    Network& network() { return m_network; }

    /// Begins with these weights, named as in a state_dict, instead of drawn ones; with `newHead` all but the last
    /// layer's. Throws ratescope::Error naming the tensor that is missing or of another shape. `source` says in it
    /// where they come from.
    void startFrom(const std::vector<Tensor>& weights, bool newHead, const std::string& source);

    /// The state between two updates: before run(), or after one that was stopped.
    Checkpoint checkpoint() const;
    /// Goes on from a state of a run of the same configuration; its schedule, the optimizer's parameters, its length and its
    /// stopping may differ. Before run(). Throws ratescope::Error where it is of another network or optimizer.
    void restore(const Checkpoint& checkpoint);

    /// Ends as if stopped after so many updates, their epoch's figures told or not. Before run().
    void stopAfter(std::uint64_t steps) { m_lastStep = steps; }
    /// Does again what a run has done: uses the rates that it recorded, as far as they reach, and its changes by hand.
    /// Before run(), which they have to outlive.
    void replay(std::span<const double> rates, std::span<const RateChange> changes) {
        m_replayed = rates;
        m_replayedChanges = changes;
    }
    /// Hands its state to the observer after each of these numbers of updates, besides what the observer wants. Before
    /// run().
    void keepStatesAt(std::vector<std::uint64_t> steps) {
        std::ranges::sort(steps);
        m_keptSteps = std::move(steps);
    }

    /// Trains to the end, or until stopped or diverged. Blocks for as long as that takes, and while paused. Every update
    /// goes into `channel`, which is flushed at the end. To be called once.
    RunResult run(const TrainingControl& control, MetricsChannel& channel, RunObserver& observer);

    /// The weights as they are now: after run(), those that the run ended with.
    std::vector<Tensor> weights() const;
    /// The snapshots' weights, with the number of updates behind them.
    struct Snapshot {
        std::uint64_t step = 0;
        std::vector<Tensor> weights;
    };
    std::vector<Snapshot> snapshots();

private:
    enum class StepOutcome { Done, Again, Diverged, Stopped };

    bool trainSteps(const TrainingControl& control, MetricsChannel& channel, RunObserver& observer);
    StepOutcome trainStep(MetricsChannel& channel, RunObserver& observer);
    /// One update with that rate: done, or, with nothing moved, diverged (the loss or the rate is not finite) or stopped.
    struct Update {
        StepOutcome outcome = StepOutcome::Done;
        BatchLoss sum = {};
    };
    Update update(const Network::Batch& batch, std::uint64_t step, double rate);
    /// Whether it was asked to stop: looked at within a batch as well.
    bool stopped() const { return m_control->stopped(); }
    static float meanLoss(const BatchLoss& sum, const Network::Batch& batch);
    // trainer_range.cpp: range tests.
    enum class RateOutcome { Done, Last, Diverged, Cancelled };
    bool testRates(const TrainingControl& control, MetricsChannel& channel, RunObserver& observer);
    RateOutcome testRate(const TrainingControl& control, MetricsChannel& channel, RunObserver& observer);
    /// Trains with that rate; the loss to be told, not finite where it has run away.
    std::optional<double> trainRate(double rate, const TrainingControl& control, MetricsChannel& channel);
    std::optional<double> updateForTest(std::uint64_t index, double rate, MetricsChannel& channel);
    std::optional<double> probe(const TrainingControl& control);
    void beginAnew();
    /// Between two batches: does what was asked for, sleeps while paused. Returns whether to go on.
    bool proceed(const TrainingControl& control, RunObserver& observer);
    void follow(const ScheduleOrder& order, const ScheduleTime& time, RunObserver& observer);
    double rateAt(const ScheduleTime& time) const;
    bool goBack(RunObserver& observer);
    void offerCheckpoint(RunObserver& observer) const;
    /// Every step before it has been handed over by then.
    void giveCheckpoint(RunObserver& observer) const;
    bool endsEpochInFull(std::uint64_t step) const;
    std::span<const std::uint32_t> samplesOf(const ScheduleTime& time);
    bool endsEpoch(std::uint64_t step) const;
    void shareCores(bool worthwhile);
    bool trainsFasterTogether() const;
    /// Ends the run as diverged after its last update.
    void diverge();
    void finishEpoch(const TrainingControl& control, RunObserver& observer);
    void watch(const EpochMetrics& epoch, RunObserver& observer);
    void finishRun(const TrainingControl& control);
    void scoreSnapshots(const TrainingControl& control);
    /// With an observer it may be asked for checkpoints meanwhile.
    std::optional<Score> evaluate(const SampleSet& set, std::uint32_t first, std::uint32_t count,
                                  const TrainingControl& control, RunObserver* observer = nullptr);
    KeptWeights keptWeights() const;

    RunConfig m_config;
    std::shared_ptr<const Dataset> m_data;
    TrainerResources m_resources;
    WorkerTeam m_team;
    DataSplit m_split;
    RunLength m_length;
    Schedule m_schedule;
    Network m_network;
    std::unique_ptr<Optimizer> m_optimizer;
    Network::RangeDone m_move; ///< moves a stretch of the weights by the optimizer
    std::vector<double> m_layerRates;
    BatchOrder m_order;
    std::vector<std::uint32_t> m_evaluated; ///< the samples of a batch in evaluation
    double m_batchCost = 0.0;               ///< floating-point operations of a batch
    bool m_trainsTogether = false;          ///< on more than one thread, if there are cores for them
    EpochTotals m_totals;
    bool m_epochPending = false;
    EarlyStopping m_earlyStopping;
    KeptWeights m_best;
    std::vector<KeptWeights> m_snapshots;
    std::optional<RangeTestStop> m_rangeTestStop;
    /// What a range test begins with, and leaves.
    struct TestBeginning {
        std::vector<float> weights;
        OptimizerState optimizer;
        double loss = 0.0; ///< of a halving: of the probe
    };
    TestBeginning m_testBeginning;
    std::uint64_t m_firstBatch = 0; ///< of a range test of a run that has trained so far
    std::vector<std::uint32_t> m_probe; ///< samples
    RateFeedback m_feedback;
    std::optional<RateChange> m_steered;
    std::optional<ScheduleOrder> m_ordered; ///< takes hold with the next batch
    std::uint64_t m_attemptStep = 0;
    std::vector<float> m_initialWeights;
    std::uint64_t m_lastStep = std::numeric_limits<std::uint64_t>::max();
    std::span<const double> m_replayed;
    std::span<const RateChange> m_replayedChanges;
    std::vector<std::uint64_t> m_keptSteps; ///< ascending
    const TrainingControl* m_control = nullptr; ///< while it trains
    MetricsChannel* m_channel = nullptr;        ///< likewise
    RunResult m_result;
    double m_lastRate = 0.0;
};

/// Sizes of a dataset that is in memory.
DatasetInfo infoOf(const Dataset& data);

} // namespace ratescope
