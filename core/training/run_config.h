// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/error.h"
#include "core/network/init.h"
#include "core/network/loss.h"
#include "core/network/network_spec.h"
#include "core/optimizer/optimizer.h"
#include "core/schedule/schedule.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ratescope {

/// How a range test goes through its rates.
enum class RangeTestKind {
    Sweep,       ///< one training in which the rate rises with every update (Smith 2017)
    FreshStart,  ///< every rate begins with the same weights and trains a few updates
    Halving,     ///< from the largest rate down by halves, each from the same weights, until one does not diverge
    Sensitivity, ///< every rate begins with the same weights and trains for as long as is chosen
};
/// `sweep`, `fresh_start`, `halving`, `sensitivity`.
inline constexpr const char* rangeTestKindNames[] = {"sweep", "fresh_start", "halving", "sensitivity"};

/// A learning-rate range test: what it leaves is a curve of losses against rates. A step of it is a rate: of a sweep one
/// update, of the other kinds `stepsPerRate` updates of the same batches from the same weights, whose loss is then that of
/// up to rangeTestProbe training samples. The weights are as before afterwards.
struct RangeTestSpec {
    RangeTestKind kind = RangeTestKind::Sweep;
    double from = 1e-5;
    double to = 10.0;
    std::uint64_t steps = 100;      ///< rates; of a halving they follow from `from` and `to`
    bool exponential = true;
    double smoothing = 0.98;        ///< of a sweep; of the other kinds 0
    double stopFactor = 4.0; ///< of a sweep and a fresh start: stop where the smoothed loss exceeds this times its best
    std::uint64_t stepsPerRate = 0; ///< updates at each rate, of all kinds but the sweep; 0: an epoch's
    std::uint32_t validation =
        0; ///< so many of the held-out samples are evaluated after each rate; 0: none; not of a halving
    bool operator==(const RangeTestSpec&) const = default;

    /// The spec of that kind with its defaults.
    static RangeTestSpec of(RangeTestKind kind);
    /// How many rates there are at most.
    std::uint64_t rateCount() const;
    /// Updates for one of the rates.
    std::uint64_t updatesPerRate(std::uint64_t stepsPerEpoch) const;
    /// Whether `stopFactor` ends it.
    bool stops() const { return kind == RangeTestKind::Sweep || kind == RangeTestKind::FreshStart; }
};

/// Most training samples whose loss is what a rate that began anew has come to.
inline constexpr std::uint32_t rangeTestProbe = 1024;

/// How long a run trains: epochs, unless steps are given.
struct RunDuration {
    std::uint64_t epochs = 5;
    std::optional<std::uint64_t> steps;
    bool operator==(const RunDuration&) const = default;
};

/// What early stopping watches, after every epoch.
enum class Monitor { ValidationLoss, ValidationAccuracy, TrainingLoss };

/// Ends a run once the monitored figure has not become better by more than `minimumDelta` for `patience` epochs.
struct EarlyStoppingSpec {
    Monitor monitor = Monitor::ValidationLoss;
    std::uint64_t patience = 3;
    double minimumDelta = 0.0;
    bool restoreBest = true; ///< the run ends with the weights of its best epoch, early or not
    bool operator==(const EarlyStoppingSpec&) const = default;
};

/// `val_loss`, `val_accuracy`, `train_loss`.
inline constexpr const char* monitorNames[] = {"val_loss", "val_accuracy", "train_loss"};

/// Weights to begin with instead of drawn ones: those that another run ended with, or those of a safetensors file.
struct StartFromSpec {
    std::string run;      ///< name of a run of the same experiment; empty: `file` counts
    std::string file;     ///< path
    bool newHead = false; ///< the last layer begins anew
    bool operator==(const StartFromSpec&) const = default;
};

/// Another run whose first `step` updates are this one's as well: it goes on from its weights, its optimizer's state and its
/// batch order, with a schedule, optimizer parameters, length or stopping of its own.
struct ForkSpec {
    std::string run; ///< name of a run of the same experiment
    std::uint64_t step = 0;
    bool operator==(const ForkSpec&) const = default;
};

/// Everything that a run is a function of. A plain value.
struct RunConfig {
    std::string name = "run";
    std::string color;                ///< `#rrggbb`; empty: next of the palette
    std::string data = "mnist";       ///< `mnist`, `fashion-mnist` or a folder
    double validation = 0.2;          ///< the last fraction of the training set is held out
    std::uint32_t trainSamples = 0;   ///< of what is left, only the first so many; 0: all
    NetworkSpec network = *findNetworkPreset("mlp");
    Init init = Init::Glorot;
    Loss loss = Loss::CrossEntropy;
    OptimizerSpec optimizer;
    ScheduleSpec schedule = constantSchedule(0.01);
    std::uint32_t batchSize = 64;
    RunDuration duration;
    std::uint64_t seed = 1;
    std::vector<double> layerRates;   ///< what multiplies the rate for each layer with weights; empty: 1 for all; 0 freezes
    std::optional<EarlyStoppingSpec> earlyStopping;
    bool snapshots = false;           ///< keep the weights at each end of a cycle
    std::optional<StartFromSpec> startFrom;
    std::optional<ForkSpec> fork;
    std::optional<RangeTestSpec> rangeTest; ///< makes the run a range test

    bool operator==(const RunConfig&) const = default;

    /// The name of the run that has to come first, because this one starts from it or is its fork; empty: none.
    const std::string& sourceRun() const {
        static const std::string none;
        return fork ? fork->run : startFrom ? startFrom->run : none;
    }

    static ScheduleSpec constantSchedule(double rate) {
        ScheduleSpec spec;
        spec.values.set("lr", rate);
        return spec;
    }

    /// Every fault that can be seen without the data, placed as `schedule.period`.
    Problems validate() const;

    /// And every fault held against the data, such as a batch larger than the training set.
    Problems validate(const DatasetInfo& data) const;
};

/// What keeps `child` from going on where `parent` was: everything but name, colour, schedule, optimizer parameters, layer
/// rates, length and stopping has to be the same.
Problems validateFork(const RunConfig& child, const RunConfig& parent);

/// Most memory for a batch's activations and their gradients.
inline constexpr std::uint64_t maximumActivationBytes = std::uint64_t(2) << 30;

/// Most snapshots of a run.
inline constexpr std::uint64_t maximumSnapshots = 100;

/// Longest name of a run, in UTF-8.
inline constexpr std::size_t maximumNameBytes = 200;

/// Most updates of a run, most samples of a batch and the largest seed that a file can hold exactly in every JSON reader.
inline constexpr std::uint64_t maximumSteps = 1'000'000'000;
inline constexpr std::uint64_t maximumSeed = (std::uint64_t(1) << 53) - 1;

/// How the training set is divided: the first `train` samples are trained, the last `validation` are held out.
struct DataSplit {
    std::uint32_t train = 0;
    std::uint32_t validationFirst = 0;
    std::uint32_t validation = 0;
};
DataSplit splitOf(const RunConfig& config, std::uint32_t trainCount);

/// Updates in all and how they lie in the epochs. `config` has to be valid for that data. Where the batch grows, all
/// steps are walked through: up to `maximumGrowingSteps`.
RunLength lengthOf(const RunConfig& config, const DatasetInfo& data);

/// The same from the number of samples that an epoch trains.
RunLength lengthOf(const RunConfig& config, std::uint32_t trainSamples);

/// Most updates of a run whose batch grows.
inline constexpr std::uint64_t maximumGrowingSteps = 200'000;

/// Most updates of all such runs of a file: they are walked through when it is read.
inline constexpr std::uint64_t mostGrowingSteps = 40'000'000;

/// The rate of every step: the run's schedule, or the sweep of its range test.
Schedule scheduleOf(const RunConfig& config, const RunLength& length);

/// Most samples of a batch of a run that trains so many samples in an epoch.
std::uint32_t largestBatch(const RunConfig& config, std::uint32_t trainSamples);

} // namespace ratescope
