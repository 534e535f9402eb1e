// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <utility>

namespace ratescope {

/// Which part of the page.
enum class PlotPart { Page, Loss, Rate, RangeTest };

/// How the page shows its runs: a plain value, the same for the window and for a figure in a file.
struct PlotView {
    double smoothing = 0.95; ///< of the loss, 0 … 0.999
    bool logSteps = false;
    bool logLoss = false;
    bool logRate = false;
    bool band = true;        ///< the spread of the raw losses behind the smoothed line
    bool validation = true;  ///< the validation loss at epoch ends

    using Range = std::pair<double, double>;
    /// Ranges a person has zoomed to; none: made to fit.
    std::optional<Range> steps;
    std::optional<Range> loss;
    std::optional<Range> rate;
    std::optional<Range> testRate;
    std::optional<Range> testLoss;
    std::optional<Range> testSlope;

    void fit() { steps = loss = rate = testRate = testLoss = testSlope = std::nullopt; }
    bool isFitted() const { return !(steps || loss || rate || testRate || testLoss || testSlope); }
    bool operator==(const PlotView&) const = default;
};

} // namespace ratescope
