// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/spread.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ratescope {

ValueSpread meanSpread(std::span<const double> values) {
    const auto count = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    if (values.size() < 2) return {mean, mean, mean};
    double squares = 0.0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    const double deviation = std::sqrt(squares / (count - 1.0));
    return {mean - deviation, mean, mean + deviation};
}

ValueSpread medianSpread(std::span<double> values) {
    std::ranges::sort(values);
    const auto at = [&](double share) {
        const double place = share * static_cast<double>(values.size() - 1);
        const auto before = static_cast<std::size_t>(place);
        return std::lerp(values[before], values[std::min(before + 1, values.size() - 1)],
                         place - static_cast<double>(before));
    };
    return {at(0.25), at(0.5), at(0.75)};
}

} // namespace ratescope
