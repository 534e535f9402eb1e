// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/smoothing.h"

#include <cmath>

namespace ratescope {

Smoother::Smoother(double beta, double average, std::size_t count)
    : m_beta(beta)
    , m_average(average)
    , m_power(std::pow(beta, static_cast<double>(count))) {
    if (m_power < 1e-17) m_power = 0.0;
}

std::vector<double> smoothed(std::span<const double> values, double beta) {
    Smoother smoother(beta);
    std::vector<double> result;
    result.reserve(values.size());
    for (const double value : values) result.push_back(smoother.next(value));
    return result;
}

} // namespace ratescope
