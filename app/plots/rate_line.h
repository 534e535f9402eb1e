// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/run_shapes.h"
#include "core/analysis/spread.h"

#include <functional>
#include <span>

namespace ratescope {

/// Values against rates, thinned to the pixel columns of a frame: of tests with few points, in whatever order their rates
/// were tried. The lines hold one point a column, from left to right.
struct RateLine {
    std::vector<RibbonPoint> line; ///< the values' middles
    std::vector<RibbonPoint> band; ///< from the lowest to the highest

    /// `at(i)`: what belongs to rates[i].
    void place(const PlotFrame& frame, std::span<const double> rates, const std::function<ValueSpread(std::size_t)>& at);
    void clear() { *this = RateLine(); }
};

} // namespace ratescope
