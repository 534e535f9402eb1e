// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/batch_order.h"
#include "core/data/dataset.h"
#include "core/network/network.h"
#include "core/optimizer/optimizer.h"
#include "core/training/metrics_channel.h"
#include "core/training/run_config.h"
#include "core/training/run_observer.h"
#include "core/training/training_control.h"

#include <memory>
#include <optional>

namespace ratescope {

class RangeTestStop;

/// Trains one run from its configuration: a function of it, to the last bit. One thread at a time.
class Trainer {
public:
    /// `config` has to be valid for the data (RunConfig::validate). Allocates all that training needs.
    Trainer(RunConfig config, std::shared_ptr<const Dataset> data);
    ~Trainer();

    /// The network, with its initial weights until run(): so that tests can hand over weights of their own.
    Network& network() { return m_network; }

    /// Trains to the end, or until stopped or diverged. Blocks for as long as that takes, and while paused. Every update
    /// goes into `channel`, which is flushed at the end. To be called once.
    RunResult run(const TrainingControl& control, MetricsChannel& channel, RunObserver& observer);

private:
    struct EpochTotals {
        double lossSum = 0.0;
        std::uint64_t errors = 0;
        std::uint64_t samples = 0;
    };
    enum class StepOutcome { Done, LastOfRangeTest, Diverged };

    StepOutcome trainStep(std::uint64_t step, MetricsChannel& channel);
    /// Ends the run as diverged after its last update.
    void diverge();
    void finishEpoch(const TrainingControl& control, RunObserver& observer);
    std::optional<Score> evaluate(const SampleSet& set, std::uint32_t first, std::uint32_t count, const TrainingControl& control);
    void gather(std::span<const std::uint32_t> samples);

    RunConfig m_config;
    std::shared_ptr<const Dataset> m_data;
    DataSplit m_split;
    RunLength m_length;
    Schedule m_schedule;
    Network m_network;
    std::unique_ptr<Optimizer> m_optimizer;
    BatchOrder m_order;
    std::vector<std::uint8_t> m_labels;
    std::unique_ptr<RangeTestStop> m_rangeTestStop;
    EpochTotals m_totals;
    RunResult m_result;
    double m_lastRate = 0.0;
};

/// Sizes of a dataset that is in memory.
DatasetInfo infoOf(const Dataset& data);

} // namespace ratescope
