// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/smoothing.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ratescope {

/// dy/dx at each point, x strictly increasing: central differences of second order for any spacing, one-sided at the
/// ends (as numpy.gradient). Needs two points; fewer give an empty result.
std::vector<double> gradient(std::span<const double> x, std::span<const double> y);

/// The curve of a learning-rate range test (Smith 2017): what it measured and what follows from it. All of one length.
struct RangeCurve {
    std::vector<double> rates;
    std::vector<double> losses;   ///< raw
    std::vector<double> smoothed; ///< debiased exponential moving average of the losses
    std::vector<double> slopes;   ///< d(smoothed)/d(log10 rate); empty below two points
};

/// Makes a RangeCurve while its points come in: a point costs the same however many there are.
class RangeCurveBuilder {
public:
    /// 0 ≤ beta < 1.
    explicit RangeCurveBuilder(double beta)
        : m_smoother(beta) {}

    /// rate: above 0 and above those before.
    void add(double rate, double loss);
    const RangeCurve& curve() const { return m_curve; }

private:
    Smoother m_smoother;
    RangeCurve m_curve;
    std::vector<double> m_logRates;
};

/// rates: above 0 and strictly increasing; losses: one a rate; 0 ≤ beta < 1.
RangeCurve rangeCurve(std::span<const double> rates, std::span<const double> losses, double beta);

/// A rule's answer: a rate, or why there is none.
struct Suggestion {
    std::string rule;
    std::optional<double> rate;
    std::string reason; ///< how the rate came about, or why there is none
};

/// The points that rules look at: from ⌊n/10⌋ up to but without the last five, cut at the first smoothed loss that is not
/// finite. Empty where nothing is left.
struct IndexRange {
    std::size_t first = 0;
    std::size_t last = 0; ///< one past the end
    std::size_t size() const { return last - first; }
};
IndexRange ruleRange(const RangeCurve& curve);

/// `steepest`: the rate at which the smoothed loss falls fastest.
Suggestion suggestSteepest(const RangeCurve& curve);

/// `minimum`: the rate of the lowest smoothed loss, divided by 10.
Suggestion suggestMinimum(const RangeCurve& curve);

/// Every rule's answer.
std::vector<Suggestion> suggestAll(const RangeCurve& curve);

} // namespace ratescope
