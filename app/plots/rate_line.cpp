// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/rate_line.h"

#include <algorithm>

namespace ratescope {

namespace {

constexpr double nearest = 0.6; // pixels between two points of a line

} // namespace

void RateLine::place(const PlotFrame& frame, std::span<const double> rates,
                     const std::function<ValueSpread(std::size_t)>& at) {
    clear();
    const bool falling = rates.size() > 1 && rates.front() > rates.back();
    const auto indexOf = [&](std::size_t k) { return falling ? rates.size() - 1 - k : k; };
    for (std::size_t k = 0; k < rates.size();) {
        const double x = frame.x.toPixel(rates[indexOf(k)]);
        ValueSpread all = at(indexOf(k));
        double sum = all.middle;
        std::size_t count = 1;
        for (++k; k < rates.size() && frame.x.toPixel(rates[indexOf(k)]) < x + nearest; ++k, ++count) {
            const ValueSpread one = at(indexOf(k));
            all.low = std::min(all.low, one.low);
            all.high = std::max(all.high, one.high);
            sum += one.middle;
        }
        const auto pixel = [&](double value) { return static_cast<float>(frame.y.toPixel(value)); };
        const float middle = pixel(sum / static_cast<double>(count));
        line.push_back({static_cast<float>(x), middle, middle});
        band.push_back({static_cast<float>(x), std::min(pixel(all.low), pixel(all.high)),
                        std::max(pixel(all.low), pixel(all.high))});
    }
}

} // namespace ratescope
