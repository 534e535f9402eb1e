// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/rate_rules.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace ratescope {

namespace {

std::vector<double> logarithms(std::span<const double> rates) {
    std::vector<double> result(rates.size());
    std::ranges::transform(rates, result.begin(), [](double rate) { return std::log10(rate); });
    return result;
}

Suggestion tooShort(const char* rule) {
    return {rule, std::nullopt, "Too few points: a rule leaves out the first tenth and the last five and needs three between."};
}

} // namespace

IndexRange ruleRange(const RangeCurve& curve) {
    const std::size_t n = curve.smoothed.size();
    const std::size_t first = n / 10;
    const std::size_t end = n > 5 ? n - 5 : 0;
    if (end <= first) return {};
    std::size_t last = first;
    while (last < end && std::isfinite(curve.smoothed[last])) ++last;
    return {first, last};
}

Suggestion suggestSteepest(const RangeCurve& curve) {
    const IndexRange range = ruleRange(curve);
    if (range.size() < 3) return tooShort("steepest");
    const std::vector<double> slopes =
        gradient(logarithms(std::span(curve.rates).subspan(range.first, range.size())),
                 std::span(curve.smoothed).subspan(range.first, range.size()));
    const auto steepest = std::ranges::min_element(slopes);
    if (!(*steepest < 0.0)) return {"steepest", std::nullopt, "The smoothed loss falls at none of the rates."};
    return {"steepest", curve.rates[range.first + static_cast<std::size_t>(steepest - slopes.begin())],
            "The smoothed loss falls fastest here."};
}

Suggestion suggestMinimum(const RangeCurve& curve) {
    const IndexRange range = ruleRange(curve);
    if (range.size() < 3) return tooShort("minimum");
    const auto begin = curve.smoothed.begin();
    const auto lowest = std::min_element(begin + static_cast<std::ptrdiff_t>(range.first), begin + static_cast<std::ptrdiff_t>(range.last));
    const auto index = static_cast<std::size_t>(lowest - begin);
    if (index == range.first) return {"minimum", std::nullopt, "The smoothed loss is lowest at the first rate: it never falls."};
    return {"minimum", curve.rates[index] / 10.0, "A tenth of the rate with the lowest smoothed loss."};
}

RangeAnswers suggestAll(const RangeCurve& curve) { return {{suggestSteepest(curve), suggestMinimum(curve)}, {}}; }

RangeAnswers suggestHalving(const RangeCurve&, bool) { return {}; }

RangeAnswers suggestBest(const std::vector<double>&, const std::vector<double>&) { return {}; }

} // namespace ratescope
