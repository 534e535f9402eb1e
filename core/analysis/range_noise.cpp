// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/range_noise.h"

#include "core/analysis/smoothing.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace ratescope {

double largestFall(std::span<const double> values) {
    if (values.empty()) return 0.0;
    double highest = values.front();
    double fall = 0.0;
    for (const double value : values) {
        highest = std::max(highest, value);
        fall = std::max(fall, highest - value);
    }
    return fall;
}

double noiseOf(std::span<const double> values) {
    if (values.size() < 3) return 0.0;
    std::vector<double> bends;
    bends.reserve(values.size() - 2);
    for (std::size_t i = 1; i + 1 < values.size(); ++i)
        bends.push_back(std::abs(values[i - 1] - 2.0 * values[i] + values[i + 1]));
    const auto middle = bends.begin() + static_cast<std::ptrdiff_t>(bends.size() / 2);
    std::ranges::nth_element(bends, middle);
    double median = *middle;
    if (bends.size() % 2 == 0) median = std::midpoint(*std::max_element(bends.begin(), middle), median);
    // The median of a normal deviation is 0.6745σ, and the variance of a second difference is 1 + 4 + 1.
    return median / (0.6745 * std::sqrt(6.0));
}

double smoothedNoise(double noise, double beta, std::size_t count) {
    const double power = std::pow(beta, static_cast<double>(count));
    return noise * std::sqrt((1.0 - beta) / (1.0 + beta) * (1.0 + power) / (1.0 - power));
}

bool fallsBeyondNoise(std::span<const double> losses, std::size_t first, std::size_t last, double beta) {
    const auto size = static_cast<double>(last - first);
    if (size < 10.0) return true;
    const double noise = noiseOf(losses.subspan(first, last - first));
    const double width = std::clamp((1.0 + beta) / (1.0 - beta), size / 8.0, 1e9); // losses to an independent value
    const double strength = (width - 1.0) / (width + 1.0);
    const std::vector<double> values = smoothed(losses.first(last), strength);
    const double deviation = smoothedNoise(noise, strength, first + 1);
    const double independent = std::max(2.0, size / width);
    const double limit = deviation * (1.0 + 2.5 * std::sqrt(2.0 * std::log(independent))) * (1.0 + 7.0 / size);
    return largestFall(std::span(values).subspan(first)) > limit;
}

} // namespace ratescope
