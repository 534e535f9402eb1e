// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace ratescope {

/// An epoch's figures as far as a schedule may look at them.
struct EpochFigures {
    double trainLoss = 0.0;
    std::optional<double> validationLoss = {};
    std::optional<double> validationAccuracy = {};
};

/// What a `plateau` has seen and done so far.
struct PlateauState {
    std::optional<double> rate = {}; ///< none: still the first
    std::optional<double> best = {};
    std::uint64_t badEpochs = 0;
    std::uint64_t cooldownLeft = 0;
    bool operator==(const PlateauState&) const = default;
};

/// What the data have made of a schedule that depends on them: with it the schedule is a pure function again. As it is
/// made it stands for a run that has not begun.
struct RateFeedback {
    std::vector<PlateauState> plateaus; ///< in the order in which they stand in the schedule
    unsigned halvings = 0;              ///< how often a `halving` has gone back to the initial weights
    bool operator==(const RateFeedback&) const = default;
};

} // namespace ratescope
