// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/range_curve.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace ratescope {

namespace {

/// dy/dx at i from both neighbours, of second order for any spacing.
double centralSlope(std::span<const double> x, std::span<const double> y, std::size_t i) {
    const double before = x[i] - x[i - 1];
    const double after = x[i + 1] - x[i];
    return (before * before * (y[i + 1] - y[i]) + after * after * (y[i] - y[i - 1])) / (before * after * (before + after));
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

} // namespace ratescope
