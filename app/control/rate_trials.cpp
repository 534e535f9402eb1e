// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/control/rate_trials.h"

#include "app/control/range_test_runs.h"
#include "app/control/run_figures.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ratescope {

namespace {

constexpr double sameLoss = 1e-12;

bool isSameRate(double a, double b) {
    constexpr double sameRate = 1e-9;
    return std::abs(a - b) <= sameRate * std::max(std::abs(a), std::abs(b));
}

double rateOf(const RunConfig& trial) { return trial.schedule.values.get("lr", 0.0); }

/// A run of `test`'s kind at one rate throughout.
RunConfig trialOf(const RunRecord& test, const RunDuration& budget) {
    RunConfig config = test.config;
    config.rangeTest.reset();
    config.earlyStopping.reset();
    config.snapshots = false;
    config.color.clear();
    config.duration = budget;
    if (config.fork) // counts what it shares with the run that it goes on from
        config.duration = {RunDuration{}.epochs,
                           config.fork->step + budget.steps.value_or(budget.epochs * test.length.stepsPerEpoch)};
    return config;
}

std::string nameOf(const RunRecord& test, const std::string& rule, std::size_t factor) {
    // In a narrow list the beginning is what is read: what tells one trial from the others.
    const std::string trial = rule + " ×" + trialFactorNames[factor];
    const std::string stem = trainingOf(test).name;
    if (stem == rangeTestRuns(nullptr, {}).front().name) return trial; // it has no name of its own
    return fittedName(trial + " · " + stem);
}

/// Whether it is that trial, whatever it is called.
bool isTrial(const RunConfig& run, const RunConfig& trial) {
    // Most differ in what is quickly compared.
    if (run.rangeTest || run.seed != trial.seed || run.schedule.type != "constant" ||
        !isSameRate(rateOf(run), rateOf(trial)) || run.duration != trial.duration)
        return false;
    RunConfig like = trial;
    like.name = run.name;
    like.color = run.color;
    like.schedule = run.schedule;
    return run == like;
}

bool counts(const RunRecord& run) {
    const bool steered = std::ranges::find(run.changes, RateCause::Hand, &RateChange::cause) != run.changes.end();
    return run.state != RunState::Cancelled && run.state != RunState::Failed && !steered && !run.isImported();
}

} // namespace

TrialPlan planTrials(const RunRecord& test, const std::vector<RuleRate>& rules, const RunDuration& budget) {
    TrialPlan plan;
    RunConfig config = trialOf(test, budget);
    for (const RuleRate& one : rules) {
        TrialPlan::Rule rule{one.rule, {}};
        for (std::size_t factor = 0; factor < trialFactors.size(); ++factor) {
            const double rate = one.rate * trialFactors[factor];
            const auto same =
                std::ranges::find_if(plan.runs, [&](const RunConfig& run) { return isSameRate(rateOf(run), rate); });
            rule.runs[factor] = static_cast<std::size_t>(same - plan.runs.begin());
            if (same != plan.runs.end()) continue;
            config.name = nameOf(test, one.rule, factor);
            config.schedule = RunConfig::constantSchedule(rate);
            plan.runs.push_back(config);
        }
        plan.rules.push_back(std::move(rule));
    }
    return plan;
}

std::vector<RunPointer> findTrials(const TrialPlan& plan, const std::vector<RunPointer>& runs) {
    std::vector<RunPointer> found(plan.runs.size());
    for (const RunPointer& run : runs)
        for (std::size_t i = 0; i < found.size(); ++i)
            if (isTrial(run->config, plan.runs[i]) && counts(*run)) found[i] = run;
    return found;
}

std::optional<TrialScore> scoreOf(const RunRecord& trial) {
    if (trial.state == RunState::Diverged) return TrialScore{.loss = std::numeric_limits<double>::infinity()};
    if (!isComplete(trial.state)) return std::nullopt;
    const auto of = [](TrialMeasure measure, const Score& score) {
        const bool finite = std::isfinite(score.loss);
        return TrialScore{measure, finite ? score.loss : std::numeric_limits<double>::infinity(), 1.0 - score.error};
    };
    if (!trial.epochs.empty() && trial.epochs.back().validation)
        return of(TrialMeasure::Validation, *trial.epochs.back().validation);
    if (trial.result.test) return of(TrialMeasure::Test, *trial.result.test);
    const auto loss = lastLoss(trial);
    return loss ? std::optional(TrialScore{TrialMeasure::Training, *loss, std::nullopt}) : std::nullopt;
}

std::optional<TrialVerdict> judgeTrials(const TrialPlan& plan, const std::vector<RunPointer>& trials) {
    std::vector<TrialScore> scores;
    for (const RunPointer& trial : trials) {
        const auto score = trial ? scoreOf(*trial) : std::nullopt;
        if (!score) return std::nullopt;
        scores.push_back(*score);
    }
    TrialVerdict verdict{.best = {.loss = std::numeric_limits<double>::infinity()}};
    for (const TrialPlan::Rule& rule : plan.rules) {
        const TrialScore& own = scores[rule.runs[plainTrial]];
        if (own.loss < verdict.best.loss) verdict.best = own;
        std::size_t best = plainTrial;
        for (std::size_t factor = 0; factor < rule.runs.size(); ++factor)
            if (scores[rule.runs[factor]].loss < scores[rule.runs[best]].loss - sameLoss) best = factor;
        verdict.factors.push_back(best);
    }
    if (!std::isfinite(verdict.best.loss)) return std::nullopt;
    for (std::size_t i = 0; i < plan.rules.size(); ++i)
        if (scores[plan.rules[i].runs[plainTrial]].loss <= verdict.best.loss + sameLoss) verdict.winners.push_back(i);
    return verdict;
}

} // namespace ratescope
