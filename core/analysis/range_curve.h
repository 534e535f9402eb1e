// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/smoothing.h"

#include <cstddef>
#include <span>
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
    double beta = 0.0;            ///< how strongly it is smoothed
};

/// Makes a RangeCurve while its points come in: a point costs the same however many there are.
class RangeCurveBuilder {
public:
    /// 0 ≤ beta < 1.
    explicit RangeCurveBuilder(double beta)
        : m_smoother(beta) {
        m_curve.beta = beta;
    }

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

} // namespace ratescope
