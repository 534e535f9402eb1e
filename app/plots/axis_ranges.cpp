// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/axis_ranges.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ratescope {

AxisRange fittedSteps(const std::vector<const RunCurves*>& runs, StepUnit unit, bool logarithmic) {
    double end = 0.0;
    double start = std::numeric_limits<double>::infinity(); // of a logarithmic axis: where step 1 lies
    for (const RunCurves* curves : runs) {
        const RunRecord& run = curves->run();
        const StepScale scale(run, unit);
        // Nobody knows how many seconds a run will take.
        const bool whole = unit != StepUnit::Seconds && (!isOver(run.state) || run.state == RunState::Finished);
        end = std::max(end, scale.keyOfUpdates(
                                static_cast<double>(whole || run.isLog() ? run.length.steps : run.stepCount())));
        start = std::min(start, scale.keyOfUpdates(1.0));
    }
    if (end <= 0.0) end = unit == StepUnit::Step ? 1000.0 : unit == StepUnit::Samples ? 60000.0 : 1.0;
    if (unit == StepUnit::Step) end = std::max(end, 2.0);
    // A little room at the end, for the last validation's circle.
    if (!logarithmic) return {0.0, end * 1.015};
    return {std::min(start, end / 10.0), end * 1.1};
}

AxisRange fittedLoss(const std::vector<const RunCurves*>& runs, bool logarithmic) {
    ValueExtent extent;
    double start = 0.0;
    for (const RunCurves* curves : runs)
        if (curves->count() > 0) start = std::max(start, static_cast<double>(curves->run().losses.front()));
    const double above = start * (logarithmic ? 20.0 : 1.25);
    for (const RunCurves* curves : runs) {
        if (runs.size() > 1 && curves->lossExtent().low() > above) continue; // it lies above the others altogether
        extent.add(curves->lossExtent());
        for (const EpochMetrics& epoch : curves->run().epochs)
            if (epoch.validation) extent.add(epoch.validation->loss);
    }
    if (extent.empty()) return logarithmic ? AxisRange{0.05, 5.0} : AxisRange{0.0, 2.5};
    // A run that diverges rises without end. What is above the highest start by this much is only said to be outside.
    extent.capAt(above);
    if (logarithmic) return extent.logarithmic(0.06, 5.0);
    const AxisRange range = extent.linear(0.05);
    // Zero is the loss's natural floor: shown whenever it is near.
    return {extent.low() < 0.4 * extent.high() ? std::min(0.0, extent.low()) : range.first, range.second};
}

AxisRange fittedDifferences(const std::vector<const RunDifference*>& differences) {
    ValueExtent extent;
    extent.add(0.0); // the reference
    double start = 0.0;
    for (const RunDifference* difference : differences) {
        extent.add(difference->extent());
        if (difference->count() > 0) start = std::max(start, static_cast<double>(difference->reference()->losses.front()));
    }
    // Of one that diverges: as far as the losses' own plot would go.
    if (start > 0.0) extent.limit(-1.25 * start, 1.25 * start);
    if (extent.low() >= extent.high()) return {-1.0, 1.0};
    return extent.linear(0.06);
}

AxisRange fittedScores(const std::vector<const RunCurves*>& runs, Quantity quantity, bool logarithmic) {
    ValueExtent extent;
    for (const RunCurves* curves : runs)
        for (const EpochMetrics& epoch : curves->run().epochs) {
            extent.add(scoreValue(epoch.train, quantity));
            if (epoch.validation) extent.add(scoreValue(*epoch.validation, quantity));
        }
    if (extent.empty()) return logarithmic ? AxisRange{1.0, 100.0} : AxisRange{0.0, 100.0};
    if (logarithmic) return extent.logarithmic(0.06, 4.0);
    const AxisRange range = extent.linear(0.06);
    return {std::max(range.first, 0.0), std::min(range.second, quantity == Quantity::Accuracy ? 100.5 : range.second)};
}

AxisRange fittedRate(const std::vector<const RunCurves*>& runs, bool logarithmic) {
    ValueExtent extent;
    for (const RunCurves* curves : runs) extent.add(curves->rateExtent());
    if (extent.empty()) return logarithmic ? AxisRange{1e-4, 1.0} : AxisRange{0.0, 1.0};
    if (logarithmic) return extent.logarithmic(0.08, 6.0);
    return {0.0, extent.high() > 0.0 ? extent.high() * 1.06 : 1.0};
}

AxisRange fittedTestRate(const std::vector<const RunCurves*>& tests) {
    ValueExtent extent;
    for (const RunCurves* curves : tests) {
        const RunRecord& test = curves->run();
        if (test.isImported()) { // what was asked for nobody knows
            if (!test.rates.empty()) extent.add(test.rates.front());
            if (!test.rates.empty()) extent.add(test.rates.back());
            continue;
        }
        extent.add(test.config.rangeTest->from);
        extent.add(test.config.rangeTest->to);
    }
    if (extent.empty() || !(extent.low() > 0.0)) return {1e-5, 10.0};
    if (extent.low() == extent.high()) return {extent.low() / 10.0, extent.high() * 10.0};
    return {extent.low(), extent.high()};
}

AxisRange fittedTestLoss(const std::vector<const RunCurves*>& tests, bool logarithmic, bool raw) {
    ValueExtent extent;
    double start = 0.0;
    for (const RunCurves* curves : tests) {
        extent.add(curves->smoothedSpread().low);
        extent.add(curves->smoothedSpread().high);
        if (raw) extent.add(curves->rawSpread().low);
        extent.add(curves->validationLossSpread().low);
        extent.add(curves->validationLossSpread().high);
        const RangeCurve& curve = curves->range();
        if (curve.losses.empty()) continue;
        // Where the test halved its rate the lowest comes last, and its loss is one that training has brought down.
        const bool falling = curve.rates.front() > curve.rates.back();
        constexpr double untrained = 3.0;
        const double low = falling ? untrained * curve.losses.back() : curve.losses.front();
        if (std::isfinite(low)) start = std::max(start, low);
    }
    if (extent.empty()) return logarithmic ? AxisRange{0.05, 5.0} : AxisRange{0.0, 2.5};
    if (start > 0.0) extent.capAt(start * (logarithmic ? 20.0 : 1.25));
    return logarithmic ? extent.logarithmic(0.06, 5.0) : extent.linear(0.08);
}

AxisRange fittedTestSlope(const std::vector<const RunCurves*>& tests) {
    double depth = 0.0;
    double rising = 0.0;
    for (const RunCurves* curves : tests) {
        depth = std::max(depth, std::isfinite(curves->slopeSpread().low) ? -curves->slopeSpread().low : 0.0);
        rising = std::max(rising, std::isfinite(curves->slopeSpread().high) ? curves->slopeSpread().high : 0.0);
    }
    // The fall is what the plot is for; the rise at its end is cut off at the fall's own height.
    if (depth <= 0.0) return {-1.0, std::max(1.0, rising)};
    return {-1.15 * depth, std::min(1.15 * rising, depth) + 0.1 * depth};
}

AxisRange fittedTestAccuracy(const std::vector<const RunCurves*>& tests) {
    ValueExtent extent;
    for (const RunCurves* curves : tests) {
        extent.add(curves->accuracySpread().low);
        extent.add(curves->accuracySpread().high);
    }
    if (extent.empty()) return {0.0, 100.0};
    const AxisRange range = extent.linear(0.08);
    return {std::max(range.first, 0.0), std::min(range.second, 100.5)};
}

} // namespace ratescope
