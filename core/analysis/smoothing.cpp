// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/smoothing.h"

namespace ratescope {

std::vector<double> smoothed(std::span<const double> values, double beta) {
    Smoother smoother(beta);
    std::vector<double> result;
    result.reserve(values.size());
    for (const double value : values) result.push_back(smoother.next(value));
    return result;
}

} // namespace ratescope
