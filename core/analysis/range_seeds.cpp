// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/range_seeds.h"

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

/// How many of its points have a finite smoothed loss, up to the first that has none.
std::size_t reachOf(const RangeCurve& curve) {
    const auto end = std::ranges::find_if_not(curve.smoothed, [](double value) { return std::isfinite(value); });
    return static_cast<std::size_t>(end - curve.smoothed.begin());
}

/// The slope at a point within its reach, from the left alone where what follows is not finite. None of a single point.
std::optional<double> slopeAt(const RangeCurve& curve, std::size_t i) {
    if (i < curve.slopes.size() && std::isfinite(curve.slopes[i])) return curve.slopes[i];
    if (i == 0) return std::nullopt;
    return (curve.smoothed[i] - curve.smoothed[i - 1]) / (std::log10(curve.rates[i]) - std::log10(curve.rates[i - 1]));
}

/// Lowest, median and highest.
ValueSpread extremes(std::vector<double>& values) {
    const double middle = medianSpread(values).middle; // sorts
    return {values.front(), middle, values.back()};
}

/// The rule's answer in there, as a rate or as one of two bounds.
struct OneAnswer {
    std::optional<double> rate;
    const std::string* reason = nullptr; ///< null: the rule is not among the answers
};

template <typename AnswerOf>
RuleSpread spreadOf(const std::string& rule, std::span<const RangeAnswers> answers, AnswerOf answerOf) {
    RuleSpread spread{.rule = rule, .found = 0, .seeds = answers.size(), .rates = {}, .reason = {}};
    std::vector<double> rates;
    for (const RangeAnswers& one : answers) {
        const OneAnswer answer = answerOf(one);
        if (answer.rate)
            rates.push_back(*answer.rate);
        else if (answer.reason && spread.reason.empty())
            spread.reason = *answer.reason;
    }
    spread.found = rates.size();
    if (!rates.empty()) spread.rates = extremes(rates);
    return spread;
}

} // namespace

SeedRange overSeeds(std::span<const SeedCurve> curves) {
    SeedRange range;
    std::vector<std::size_t> reach;
    const RangeCurve* longest = nullptr;
    std::size_t count = 0;
    for (const SeedCurve& seed : curves) {
        reach.push_back(reachOf(*seed.curve));
        if (reach.back() <= count) continue;
        count = reach.back();
        longest = seed.curve;
    }
    if (!longest) return range;
    range.rates.assign(longest->rates.begin(), longest->rates.begin() + static_cast<std::ptrdiff_t>(count));
    range.smoothed.reserve(count);
    range.slopes.reserve(count);
    range.diverged.reserve(count);
    std::vector<double> losses;
    std::vector<double> slopes;
    for (std::size_t i = 0; i < count; ++i) {
        losses.clear();
        slopes.clear();
        std::size_t diverged = 0;
        for (std::size_t s = 0; s < curves.size(); ++s) {
            const SeedCurve& seed = curves[s];
            // What comes to pass right behind the last rate of all is told there.
            if (seed.divergedAt && std::min(*seed.divergedAt, count - 1) <= i) ++diverged;
            if (i >= reach[s]) continue;
            losses.push_back(seed.curve->smoothed[i]);
            if (const auto slope = slopeAt(*seed.curve, i)) slopes.push_back(*slope);
        }
        range.smoothed.push_back(medianSpread(losses));
        if (!slopes.empty()) range.slopes.push_back(medianSpread(slopes));
        range.diverged.push_back(static_cast<double>(diverged) / static_cast<double>(curves.size()));
    }
    if (range.slopes.size() < count) range.slopes.clear(); // a single point
    return range;
}

std::vector<RuleSpread> ruleSpreads(std::span<const RangeAnswers> answers) {
    std::vector<RuleSpread> spreads;
    for (const RangeAnswers& one : answers)
        for (const Suggestion& known : one.rules) {
            if (std::ranges::find(spreads, known.rule, &RuleSpread::rule) != spreads.end()) continue;
            spreads.push_back(spreadOf(known.rule, answers, [&](const RangeAnswers& other) -> OneAnswer {
                const auto found = std::ranges::find(other.rules, known.rule, &Suggestion::rule);
                return found == other.rules.end() ? OneAnswer{} : OneAnswer{found->rate, &found->reason};
            }));
        }
    if (answers.empty()) return spreads;
    const auto addBound = [&](const char* name, auto bound) {
        spreads.push_back(spreadOf(name, answers, [&](const RangeAnswers& one) -> OneAnswer {
            const BoundsSuggestion& bounds = one.bounds;
            return {bounds.rates ? std::optional((*bounds.rates).*bound) : std::nullopt, &bounds.reason};
        }));
    };
    addBound("bounds.low", &std::pair<double, double>::first);
    addBound("bounds.high", &std::pair<double, double>::second);
    return spreads;
}

} // namespace ratescope
