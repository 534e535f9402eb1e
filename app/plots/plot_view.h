// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/axis_map.h"
#include "app/study/run_record.h"

#include <optional>

namespace ratescope {

/// Which part of the page.
enum class PlotPart { Page, Loss, Rate, RangeTest };

/// How the page's plots lie.
enum class Arrangement { SideBySide, Stacked, Large };

/// What the x axis of loss and rate counts.
enum class StepUnit { Step, Epoch, Samples, Seconds };

/// What the plot of the loss shows; error and accuracy are known at epoch ends. Difference: of the losses, from those of a
/// reference run.
enum class Quantity { Loss, Error, Accuracy, Difference };
inline bool isScore(Quantity quantity) { return quantity == Quantity::Error || quantity == Quantity::Accuracy; }

/// How runs are drawn that differ in their seed alone: each for itself, or as one with its spread.
enum class SeedDrawing {
    Single,
    Mean,   ///< with one standard deviation on either side
    Median, ///< with the middle half of the runs
};

/// What the lower frame of the range test shows against the rate.
enum class TestLower {
    Slope,    ///< of the smoothed loss
    Accuracy, ///< of validation, where the test has any
};

/// How the page shows its runs: a plain value, the same for the window and for a figure in a file.
struct PlotView {
    double smoothing = 0.95; ///< of the loss, 0 … 0.999
    StepUnit stepUnit = StepUnit::Step;
    Quantity quantity = Quantity::Loss;
    RunId reference = 0; ///< of differences; 0: none chosen, see referenceOf()
    SeedDrawing seeds = SeedDrawing::Single;
    bool logSteps = false;
    bool logLoss = false;
    bool logRate = false;
    bool band = true;        ///< the spread of the raw losses behind the smoothed line
    bool validation = true;  ///< the validation loss at epoch ends
    bool marks = true;       ///< best epoch, early stop, restarts
    bool legend = true;
    TestLower testLower = TestLower::Slope;
    bool zones = true; ///< of a range test, on the axis of the rate
    RunId zonesOf =
        0; ///< the test whose zones are shown, or the run whose test's; 0: the one that all shown runs have in common
    Arrangement arrangement = Arrangement::SideBySide; ///< of the page
    PlotPart large = PlotPart::Loss;                   ///< which plot is large, where one is

    using Range = AxisRange;
    /// Ranges a person has zoomed to; none: made to fit. Steps are in `stepUnit`, the loss in `quantity`,
    /// the slope's axis in `testLower`.
    std::optional<Range> steps;
    std::optional<Range> loss;
    std::optional<Range> rate;
    std::optional<Range> testRate;
    std::optional<Range> testLoss;
    std::optional<Range> testSlope;

    /// Differences have two signs: their axis is always linear.
    bool hasLogarithmicLoss() const { return logLoss && quantity != Quantity::Difference; }
    void fit() { steps = loss = rate = testRate = testLoss = testSlope = std::nullopt; }
    bool isFitted() const { return !(steps || loss || rate || testRate || testLoss || testSlope); }
    bool operator==(const PlotView&) const = default;
};

} // namespace ratescope
