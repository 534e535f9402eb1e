// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/range_curve.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace ratescope {

namespace {

std::vector<double> logarithms(std::span<const double> rates) {
    std::vector<double> result(rates.size());
    std::ranges::transform(rates, result.begin(), [](double rate) { return std::log10(rate); });
    return result;
}

/// dy/dx at i from both neighbours, of second order for any spacing.
double centralSlope(std::span<const double> x, std::span<const double> y, std::size_t i) {
    const double before = x[i] - x[i - 1];
    const double after = x[i + 1] - x[i];
    return (before * before * (y[i + 1] - y[i]) + after * after * (y[i] - y[i - 1])) / (before * after * (before + after));
}

Suggestion tooShort(const char* rule) {
    return {rule, std::nullopt, "Too few points: a rule leaves out the first tenth and the last five and needs three between."};
}

} // namespace

std::vector<double> gradient(std::span<const double> x, std::span<const double> y) {
    const std::size_t n = std::min(x.size(), y.size());
    if (n < 2) return {};
    std::vector<double> slopes(n);
    slopes.front() = (y[1] - y[0]) / (x[1] - x[0]);
    slopes.back() = (y[n - 1] - y[n - 2]) / (x[n - 1] - x[n - 2]);
    for (std::size_t i = 1; i + 1 < n; ++i) slopes[i] = centralSlope(x, y, i);
    return slopes;
}

void RangeCurveBuilder::add(double rate, double loss) {
    m_curve.rates.push_back(rate);
    m_curve.losses.push_back(loss);
    m_curve.smoothed.push_back(m_smoother.next(loss));
    m_logRates.push_back(std::log10(rate));
    const std::size_t n = m_logRates.size();
    if (n < 2) return;
    const double atTheEnd = (m_curve.smoothed[n - 1] - m_curve.smoothed[n - 2]) / (m_logRates[n - 1] - m_logRates[n - 2]);
    if (n == 2)
        m_curve.slopes.push_back(atTheEnd);
    else // it was the end, it has a neighbour on either side now
        m_curve.slopes[n - 2] = centralSlope(m_logRates, m_curve.smoothed, n - 2);
    m_curve.slopes.push_back(atTheEnd);
}

RangeCurve rangeCurve(std::span<const double> rates, std::span<const double> losses, double beta) {
    RangeCurveBuilder builder(beta);
    for (std::size_t i = 0; i < std::min(rates.size(), losses.size()); ++i) builder.add(rates[i], losses[i]);
    return builder.curve();
}

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

std::vector<Suggestion> suggestAll(const RangeCurve& curve) { return {suggestSteepest(curve), suggestMinimum(curve)}; }

} // namespace ratescope
