// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/network/network_spec.h"
#include "core/optimizer/optimizer.h"
#include "core/schedule/rate_feedback.h"
#include "core/training/early_stopping.h"
#include "core/training/rate_change.h"
#include "core/training/run_observer.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace ratescope {

/// Sums over the batches of the epoch that is being trained.
struct EpochTotals {
    double lossSum = 0.0;
    std::uint64_t errors = 0;
    std::uint64_t samples = 0;
    bool operator==(const EpochTotals&) const = default;
};

/// Weights as the network keeps them, after so many updates.
struct KeptWeights {
    std::uint64_t step = 0;
    std::vector<float> values;
    bool operator==(const KeptWeights&) const = default;
};

/// The whole state of a run between two updates: a trainer of the same configuration that goes on from it makes the
/// same updates, to the last bit, as one that never stopped; one with another schedule goes on with that one. The
/// random streams need no place in it: batch order and dropout are functions of the seed and of the epoch or the step.
struct Checkpoint {
    std::vector<LayerSpec> layers; ///< of the network that the weights are of
    OptimizerSpec rule;            ///< whose state `optimizer` is
    KeptWeights weights;
    OptimizerState optimizer;
    std::uint64_t samples = 0; ///< trained so far
    double trainSeconds = 0.0;
    double lastRate = 0.0;
    EpochTotals totals;
    bool epochPending = false; ///< the last update ended an epoch whose figures have not been told
    EarlyStopping earlyStopping;
    KeptWeights best; ///< of the best epoch, with restore_best
    std::vector<KeptWeights> snapshots;
    ScheduleSpec schedule;              ///< of the configuration: who goes on with another has no use for what follows
    std::optional<RateChange> steered;  ///< the last change by hand: its schedule is what the run follows
    RateFeedback feedback;              ///< of the schedule that it follows
    std::uint64_t attemptStep = 0;      ///< of a `halving`: where the present attempt began
    std::vector<float> initialWeights;  ///< of a `halving`

    /// What it takes in memory.
    std::size_t bytes() const;
    bool operator==(const Checkpoint&) const = default;
};

using CheckpointPointer = std::shared_ptr<const Checkpoint>;

} // namespace ratescope
