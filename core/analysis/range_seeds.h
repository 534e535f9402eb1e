// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/rate_rules.h"
#include "core/analysis/spread.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ratescope {

/// The curve of one seed of a range test.
struct SeedCurve {
    const RangeCurve* curve = nullptr;
    std::optional<std::size_t> divergedAt; ///< index of the first rate at which it diverged
};

/// A range test over several seeds on one grid of rates: for each rate that any of them has come to.
struct SeedRange {
    std::vector<double> rates;
    std::vector<ValueSpread> smoothed;  ///< median and quartiles over the seeds that have come so far
    std::vector<ValueSpread> slopes;    ///< the same of the slope; empty below two points
    std::vector<double> diverged; ///< share of all seeds that have diverged at this rate or before, 0 … 1; at the last
                                  ///< also right behind it
};

/// `curves`: of the same rates as far as they reach, which is up to the first loss that is not finite.
SeedRange overSeeds(std::span<const SeedCurve> curves);

/// A rule's answers over seeds.
struct RuleSpread {
    std::string rule;
    std::size_t found = 0;            ///< seeds for which the rule has an answer
    std::size_t seeds = 0;            ///< of so many
    std::optional<ValueSpread> rates; ///< lowest, median, highest; none where no seed has an answer
    std::string reason;               ///< of one seed that has none, where some have none
};

/// For each rule; `bounds` as two, "bounds.low" and "bounds.high".
std::vector<RuleSpread> ruleSpreads(std::span<const RangeAnswers> answers);

} // namespace ratescope
