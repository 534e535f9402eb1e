// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/control/checkpoint_shelf.h"
#include "app/control/start_weights.h"
#include "core/training/trainer.h"

#include <memory>
#include <optional>
#include <vector>

namespace ratescope {

/// Where a fork goes on from, fixed as it is launched: the parent's state, if that is kept, or else all that is needed
/// to train the parent again up to there, from the last state before it that is kept in memory or in the study. That is the
/// same state to the last bit, for a run is a function of its configuration and of what was done to it by hand.
struct ForkSource {
    /// A run whose updates are made again, up to `until`.
    struct Link {
        RunConfig config;
        StartWeights start;
        std::vector<double> rates; ///< that it used
        std::vector<RateChange> changes;
        std::uint64_t until = 0;
        CheckpointPointer kept = {};  ///< its last state up to there that is in memory
        StudyStore* store = nullptr;  ///< that may have a later one; null: it has none
        RunId run = 0;                ///< under which the store knows it

        /// The later one of the two; null where there is none. Blocks.
        CheckpointPointer beginning(const std::shared_ptr<const Dataset>& data, const TrainerResources& resources) const;
    };
    CheckpointPointer state;
    std::string fault; ///< why there is no way to it; empty: there is
    std::vector<Link> links; ///< the first of all ancestors first; without `state`, or behind it

    bool wanted() const { return state || !links.empty() || !fault.empty(); }

    /// What a fork goes on from.
    struct Reached {
        CheckpointPointer state;           ///< null: it was stopped on the way
        std::optional<EpochMetrics> epoch; ///< that ends with the state's step, where that was trained again
    };
    /// The state, trained again if need be. Blocks, until `control` stops it. Throws ratescope::Error.
    Reached fetch(const std::shared_ptr<const Dataset>& data, const TrainerResources& resources,
                            const TrainingControl& control) const;
};

} // namespace ratescope
