// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace ratescope {

/// Where the batches of a run lie whose batch grows: for each step the sample of its epoch that it begins with.
struct GrownBatches {
    std::uint32_t samples = 0;             ///< of an epoch
    std::uint32_t largest = 0;             ///< most samples of a batch
    std::vector<std::uint32_t> firsts;     ///< for each step
    std::vector<std::uint64_t> epochStarts; ///< first step of each epoch
    std::uint32_t lastEnd = 0;             ///< samples of the last epoch, which the run's end may cut short
    bool operator==(const GrownBatches&) const = default;
};

/// A moment of a run: so many updates made, in that epoch, so many epochs in all.
struct ScheduleTime {
    std::uint64_t step = 0;
    std::uint64_t epoch = 0;
    double epochs = 0.0;
};

/// How long a run is and how its steps lie in its epochs: what a schedule needs to know of it.
struct RunLength {
    std::uint64_t steps = 1;         ///< updates in all, ≥ 1
    std::uint64_t stepsPerEpoch = 1; ///< updates of an epoch, ≥ 1; while the batch has not grown, where it grows
    std::shared_ptr<const GrownBatches> grown = {}; ///< where the batch grows
    std::uint32_t epochSamples = 0;  ///< trained in an epoch; 0: not known. No schedule looks at it, nor does ==.

    bool operator==(const RunLength& other) const {
        return steps == other.steps && stepsPerEpoch == other.stepsPerEpoch && !grown == !other.grown &&
               (!grown || *grown == *other.grown);
    }
    /// When the update number `step` (from 0) is made; also for steps beyond the end.
    ScheduleTime timeOf(std::uint64_t step) const;
    /// Index of the epoch that the step belongs to.
    std::uint64_t epochOf(std::uint64_t step) const { return timeOf(step).epoch; }
    /// Epochs that so many steps are, with a fraction for one that was begun.
    double epochsOf(std::uint64_t step) const { return timeOf(step).epochs; }
};

} // namespace ratescope
