// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/smoothing.h"

#include <cstdint>
#include <limits>

namespace ratescope {

/// Ends a range test once its smoothed loss is more than `factor` times the best so far; never within the first 10 steps.
class RangeTestStop {
public:
    RangeTestStop(double smoothing, double factor)
        : m_smoother(smoothing)
        , m_factor(factor) {}

    /// Whether the test is over with this loss.
    bool reached(double loss) {
        const double smooth = m_smoother.next(loss);
        const bool over = m_steps++ >= 10 && smooth > m_factor * m_best;
        m_best = smooth < m_best ? smooth : m_best;
        return over;
    }

    bool operator==(const RangeTestStop&) const = default;

private:
    Smoother m_smoother;
    double m_factor;
    double m_best = std::numeric_limits<double>::infinity();
    std::uint64_t m_steps = 0;
};

} // namespace ratescope
