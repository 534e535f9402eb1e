// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/run_record.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace ratescope {

/// A rule with the rate that it suggests.
struct RuleRate {
    std::string rule;
    double rate = 0.0;
};

/// What a suggestion is multiplied by to be tried.
inline constexpr std::array<double, 3> trialFactors = {1.0 / 3.0, 1.0, 3.0};
/// `⅓`, `1`, `3`.
inline constexpr std::array<const char*, 3> trialFactorNames = {"⅓", "1", "3"};
inline constexpr std::size_t plainTrial = 1; ///< index of the factor 1

/// Runs that try what a range test suggests: for each rule a third of its rate, the rate and three times that, throughout,
/// for an equal, short time. Which run of a study is which trial shows in its configuration alone, so that nothing has to be
/// kept.
struct TrialPlan {
    /// Each with a name and without a colour.
    std::vector<RunConfig> runs;
    struct Rule {
        std::string rule;
        std::array<std::size_t, trialFactors.size()> runs; ///< indices; rules whose rates meet share a run
    };
    std::vector<Rule> rules;
};

/// `test`: whose data, network, optimizer and start the trials have. `budget`: how long each of them trains; of a test that
/// goes on from another run, from there on.
TrialPlan planTrials(const RunRecord& test, const std::vector<RuleRate>& rules, const RunDuration& budget);

/// For each run of the plan the one among `runs` that is it, in all but name and colour: the last, or null. One that was
/// stopped, has failed or was steered by hand is none.
std::vector<RunPointer> findTrials(const TrialPlan& plan, const std::vector<RunPointer>& runs);

/// By what a trial is judged.
enum class TrialMeasure { Validation, Test, Training };

/// How a trial that is over has ended.
struct TrialScore {
    TrialMeasure measure = TrialMeasure::Validation;
    double loss = 0.0; ///< infinite of one that has diverged
    std::optional<double> accuracy = {};
};
/// The last validation loss; where there is none the test set's, else the mean of the last losses. None while it goes on.
std::optional<TrialScore> scoreOf(const RunRecord& trial);

/// What all trials together say.
struct TrialVerdict {
    std::vector<std::size_t> winners = {}; ///< rules whose own rate ends with the lowest loss; several that share it
    TrialScore best = {};             ///< theirs
    std::vector<std::size_t> factors =
        {}; ///< for each rule the index of the factor that does best, its own rate among equals
};
/// None before all are over, without rules, and where all rules' rates diverge. `trials`: as findTrials() gives them.
std::optional<TrialVerdict> judgeTrials(const TrialPlan& plan, const std::vector<RunPointer>& trials);

} // namespace ratescope
