// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/error.h"
#include "core/network/init.h"
#include "core/network/network_spec.h"
#include "core/optimizer/optimizer.h"
#include "core/schedule/schedule.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace ratescope {

/// A learning-rate range test (Smith 2017): `steps` updates while the rate goes from `from` to `to`.
struct RangeTestSpec {
    double from = 1e-5;
    double to = 10.0;
    std::uint64_t steps = 100;
    bool exponential = true;
    double smoothing = 0.98;
    double stopFactor = 4.0; ///< stop where the smoothed loss exceeds this times its best
    bool operator==(const RangeTestSpec&) const = default;
};

/// How long a run trains: epochs, unless steps are given.
struct RunDuration {
    std::uint64_t epochs = 5;
    std::optional<std::uint64_t> steps;
    bool operator==(const RunDuration&) const = default;
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
    OptimizerSpec optimizer;
    ScheduleSpec schedule = constantSchedule(0.01);
    std::uint32_t batchSize = 64;
    RunDuration duration;
    std::uint64_t seed = 1;
    std::optional<RangeTestSpec> rangeTest; ///< makes the run a range test

    bool operator==(const RunConfig&) const = default;

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

/// Most memory for a batch's activations and their gradients.
inline constexpr std::uint64_t maximumActivationBytes = std::uint64_t(2) << 30;

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

/// Updates in all and of an epoch. `config` has to be valid for that data.
RunLength lengthOf(const RunConfig& config, const DatasetInfo& data);

/// The rate of every step: the run's schedule, or the sweep of its range test.
Schedule scheduleOf(const RunConfig& config, const RunLength& length);

} // namespace ratescope
