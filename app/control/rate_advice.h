// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/range_answers.h"
#include "app/study/run_record.h"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ratescope {

/// The tests that are this one over other seeds: those that have ended and are shown, by seed, and `test` itself. Of
/// one seed the last.
std::vector<RunPointer> seedGroupOf(const RunPointer& test, const std::vector<RunPointer>& runs);

/// What a rule makes of a range test, or of one over several seeds.
struct RuleAdvice {
    std::string rule;
    std::optional<double> rate = {}; ///< over several seeds the median
    double low = 0.0;           ///< over the seeds
    double high = 0.0;
    std::size_t found = 0;      ///< seeds for which it has an answer
    std::size_t seeds = 0;      ///< of so many
    std::string reason = {};    ///< how the rate came about; where no seed has an answer, why there is none
};

/// All that a range test, or one over several seeds, suggests. Rates have the four digits that are shown, so that what is
/// tried and used is what is read.
struct RateAdvice {
    std::vector<RuleAdvice> rules;
    std::optional<std::pair<double, double>> bounds;
    RuleAdvice low;  ///< of the bounds; `reason` is that of both
    RuleAdvice high;
};

/// `answers`: of each seed, not empty.
RateAdvice adviceOf(const std::vector<RangeAnswers>& answers);

} // namespace ratescope
