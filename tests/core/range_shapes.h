// SPDX-License-Identifier: GPL-3.0-or-later
// Curves of range tests by formula, as the Python that made the expectations has them.
#pragma once

#include "core/analysis/range_curve.h"

#include <cmath>
#include <limits>
#include <random>
#include <vector>

/// A loss that falls around log10(rate) = fall and blows up beyond `blow`, with a wiggle.
struct Shape {
    int count;
    double from;
    double to;
    bool exponential;
    double fall;
    double width;
    double blow;
    double wiggle;
    double beta;
};

/// From point `cutAt` on its loss is `bad`.
inline ratescope::RangeCurve curveOf(const Shape& shape, std::size_t cutAt = std::numeric_limits<std::size_t>::max(),
                                     double bad = std::numeric_limits<double>::quiet_NaN()) {
    std::vector<double> rates;
    std::vector<double> losses;
    for (int i = 0; i < shape.count; ++i) {
        const double share = double(i) / (shape.count - 1);
        rates.push_back(shape.exponential ? shape.from * std::pow(shape.to / shape.from, share)
                                          : shape.from + (shape.to - shape.from) * share);
        const double x = std::log10(rates.back());
        const double loss = 2.3 - 1.6 / (1.0 + std::exp(-(x - shape.fall) / shape.width)) +
                            std::exp((x - shape.blow) * 4.0) + shape.wiggle * std::sin(1.7 * i);
        losses.push_back(static_cast<std::size_t>(i) >= cutAt ? bad : loss);
    }
    return ratescope::rangeCurve(rates, losses, shape.beta);
}

// Rows of the tests of curves and of rules.
inline constexpr Shape smoothShape{100, 1e-5, 10, true, -2.5, 0.3, 0.5, 0.0, 0.9};
inline constexpr Shape wigglingShape{100, 1e-5, 10, true, -2.5, 0.3, 0.5, 0.02, 0.98};
inline constexpr Shape oddShape{237, 1e-4, 1, true, -2, 0.2, -0.5, 0.05, 0.8};
inline constexpr Shape linearShape{60, 0.001, 0.3, false, -1.5, 0.1, -0.6, 0.0, 0.5};
inline constexpr Shape rawShape{40, 1e-5, 10, true, -1.5, 0.4, 0.4, 0.0, 0.0};
/// The fall is over in the first tenth, which no rule looks at: the whole curve would be steepest at its third point.
inline constexpr Shape earlyShape{100, 1e-5, 10, true, -4.9, 0.1, 0.5, 0.0, 0.0};

/// Rates by even factors.
inline std::vector<double> grid(std::size_t count, double from = 1e-5, double to = 10.0) {
    std::vector<double> rates;
    for (std::size_t i = 0; i < count; ++i)
        rates.push_back(from * std::pow(to / from, static_cast<double>(i) / static_cast<double>(count - 1)));
    return rates;
}

/// Losses at such rates.
inline ratescope::RangeCurve curveOf(const std::vector<double>& losses, double beta = 0.0) {
    return ratescope::rangeCurve(grid(losses.size()), losses, beta);
}

/// Normal noise that is the same on every machine: a sum of uniform numbers.
class Noise {
public:
    double next() {
        double sum = -6.0;
        for (int i = 0; i < 12; ++i) sum += static_cast<double>(m_engine()) / 4294967296.0;
        return sum;
    }

private:
    std::mt19937 m_engine{1};
};
