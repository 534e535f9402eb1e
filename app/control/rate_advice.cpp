// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/control/rate_advice.h"

#include <QString>

#include <algorithm>
#include <map>

namespace ratescope {

namespace {

double asShown(double rate) { return QString::number(rate, 'g', 4).toDouble(); }

/// Whether the two differ in their seed at most.
bool isSameTest(const RunConfig& a, const RunConfig& b) {
    if (a.rangeTest != b.rangeTest || a.batchSize != b.batchSize) return false;
    RunConfig like = a;
    like.name = b.name;
    like.color = b.color;
    like.seed = b.seed;
    return like == b;
}

RuleAdvice single(const std::string& rule, std::optional<double> rate, const std::string& reason) {
    RuleAdvice advice{.rule = rule, .seeds = 1, .reason = reason};
    if (!rate) return advice;
    advice.rate = advice.low = advice.high = asShown(*rate);
    advice.found = 1;
    return advice;
}

RuleAdvice overSeeds(const RuleSpread& spread) {
    RuleAdvice advice{.rule = spread.rule, .found = spread.found, .seeds = spread.seeds};
    if (!spread.rates) return advice;
    advice.rate = asShown(spread.rates->middle);
    advice.low = asShown(spread.rates->low);
    advice.high = asShown(spread.rates->high);
    return advice;
}

/// How one of the seeds that have an answer came to it; where none has, why.
std::string reasonOf(const std::vector<RangeAnswers>& answers, const RuleAdvice& advice) {
    std::string reason;
    for (const RangeAnswers& one : answers) {
        const auto rule = std::ranges::find(one.rules, advice.rule, &Suggestion::rule);
        if (rule == one.rules.end()) continue;
        if (rule->rate.has_value() == advice.rate.has_value()) return rule->reason;
        reason = rule->reason;
    }
    return reason;
}

void takeBounds(RateAdvice& advice, const std::vector<RangeAnswers>& answers) {
    const auto found = std::ranges::find_if(answers, [](const RangeAnswers& one) { return one.bounds.rates.has_value(); });
    const std::string& reason = (found == answers.end() ? answers.front() : *found).bounds.reason;
    advice.low.reason = advice.high.reason = reason;
    if (advice.low.rate && advice.high.rate && *advice.low.rate < *advice.high.rate)
        advice.bounds = {*advice.low.rate, *advice.high.rate};
}

} // namespace

std::vector<RunPointer> seedGroupOf(const RunPointer& test, const std::vector<RunPointer>& runs) {
    std::map<std::uint64_t, RunPointer> bySeed;
    for (const RunPointer& run : runs) {
        const bool ended = run->state == RunState::Finished || run->state == RunState::Diverged;
        if (run->isRangeTest() && run->visible && ended && !run->isImported() && isSameTest(run->config, test->config))
            bySeed[run->config.seed] = run;
    }
    bySeed[test->config.seed] = test;
    std::vector<RunPointer> group;
    for (const auto& [seed, run] : bySeed) group.push_back(run);
    return group;
}

RateAdvice adviceOf(const std::vector<RangeAnswers>& answers) {
    RateAdvice advice;
    if (answers.size() == 1) {
        const RangeAnswers& one = answers.front();
        for (const Suggestion& rule : one.rules) advice.rules.push_back(single(rule.rule, rule.rate, rule.reason));
        const auto bound = [&](double std::pair<double, double>::*which) {
            return one.bounds.rates ? std::optional(*one.bounds.rates.*which) : std::nullopt;
        };
        advice.low = single("bounds", bound(&std::pair<double, double>::first), one.bounds.reason);
        advice.high = single("bounds", bound(&std::pair<double, double>::second), one.bounds.reason);
        takeBounds(advice, answers);
        return advice;
    }
    for (const RuleSpread& spread : ruleSpreads(answers)) {
        RuleAdvice rule = overSeeds(spread);
        if (spread.rule == "bounds.low") {
            advice.low = std::move(rule);
        } else if (spread.rule == "bounds.high") {
            advice.high = std::move(rule);
        } else {
            rule.reason = reasonOf(answers, rule);
            advice.rules.push_back(std::move(rule));
        }
    }
    takeBounds(advice, answers);
    return advice;
}

} // namespace ratescope
