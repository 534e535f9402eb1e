// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/axis_ranges.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ratescope {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Gathers values and gives them room at both ends.
class Extent {
public:
    void add(double value) {
        if (!std::isfinite(value)) return;
        m_low = std::min(m_low, value);
        m_high = std::max(m_high, value);
        if (value > 0.0) m_lowPositive = std::min(m_lowPositive, value);
    }
    bool empty() const { return m_low > m_high; }
    double low() const { return m_low; }
    double high() const { return m_high; }
    void capAt(double high) { m_high = std::min(m_high, std::max(high, m_low)); }

    PlotView::Range linear(double room) const {
        const double span = m_high > m_low ? m_high - m_low : std::max(std::abs(m_high), 1e-12);
        return {m_low - room * span, m_high + room * span};
    }
    /// At most `decades` below the top.
    PlotView::Range logarithmic(double room, double decades) const {
        const double high = m_high > 0.0 ? m_high : 1.0;
        const double low = std::max(std::min(m_lowPositive, high), high * std::pow(10.0, -decades));
        const double factor = low < high ? std::pow(high / low, room) : 2.0;
        return {low / factor, high * factor};
    }

private:
    double m_low = infinity;
    double m_high = -infinity;
    double m_lowPositive = infinity;
};

/// The smoothed loss at `samples` places, and the validation losses.
void addLosses(const RunCurves& curves, Extent& extent, double& start) {
    constexpr std::size_t samples = 256;
    const std::vector<float>& losses = curves.run().losses;
    const std::size_t count = std::min(losses.size(), curves.losses().size());
    if (count == 0) return;
    start = std::max(start, static_cast<double>(losses.front()));
    for (std::size_t i = 0; i < std::min(samples, count); ++i) {
        const std::size_t first = i * count / std::min(samples, count);
        const std::size_t last = std::max(first + 1, (i + 1) * count / std::min(samples, count));
        extent.add(curves.losses().summarize(losses, first, last).mean());
    }
    for (const EpochMetrics& epoch : curves.run().epochs)
        if (epoch.validation) extent.add(epoch.validation->loss);
}

} // namespace

PlotView::Range fittedSteps(const std::vector<const RunCurves*>& runs, bool logarithmic) {
    double steps = 0.0;
    for (const RunCurves* curves : runs) {
        const RunRecord& run = curves->run();
        const bool whole = !isOver(run.state) || run.state == RunState::Finished;
        steps = std::max(steps, static_cast<double>(whole ? run.length.steps : run.stepCount()));
    }
    if (steps < 1.0) steps = 1000.0;
    // A little room at the end, for the last validation's circle.
    return {logarithmic ? 1.0 : 0.0, std::max(steps, 2.0) * (logarithmic ? 1.1 : 1.015)};
}

PlotView::Range fittedLoss(const std::vector<const RunCurves*>& runs, bool logarithmic) {
    Extent extent;
    double start = 0.0;
    for (const RunCurves* curves : runs) addLosses(*curves, extent, start);
    if (extent.empty()) return logarithmic ? PlotView::Range{0.05, 5.0} : PlotView::Range{0.0, 2.5};
    // A run that diverges rises without end. What is above the highest start by this much is only said to be outside.
    extent.capAt(start * (logarithmic ? 20.0 : 1.25));
    if (logarithmic) return extent.logarithmic(0.06, 5.0);
    const PlotView::Range range = extent.linear(0.05);
    // Zero is the loss's natural floor: shown whenever it is near.
    return {extent.low() < 0.4 * extent.high() ? std::min(0.0, extent.low()) : range.first, range.second};
}

PlotView::Range fittedRate(const std::vector<const RunCurves*>& runs, bool logarithmic) {
    Extent extent;
    for (const RunCurves* curves : runs) {
        const RunRecord& run = curves->run();
        constexpr std::uint64_t samples = 512;
        const std::uint64_t count = std::min(samples, run.length.steps);
        const std::uint64_t steps = isOver(run.state) ? std::max<std::uint64_t>(run.stepCount(), 1) : run.length.steps;
        for (std::uint64_t i = 0; i < count; ++i)
            extent.add(curves->schedule().at(count < 2 ? 0 : i * (steps - 1) / (count - 1)));
        if (const std::size_t done = std::min(run.rates.size(), curves->rates().size()); done > 0) {
            const auto summary = curves->rates().summarize(run.rates, 0, done);
            extent.add(summary.low);
            extent.add(summary.high);
        }
    }
    if (extent.empty()) return logarithmic ? PlotView::Range{1e-4, 1.0} : PlotView::Range{0.0, 1.0};
    if (logarithmic) return extent.logarithmic(0.08, 6.0);
    return {0.0, extent.high() > 0.0 ? extent.high() * 1.06 : 1.0};
}

PlotView::Range fittedTestRate(const std::vector<const RunCurves*>& tests) {
    Extent extent;
    for (const RunCurves* curves : tests) {
        extent.add(curves->run().config.rangeTest->from);
        extent.add(curves->run().config.rangeTest->to);
    }
    if (extent.empty()) return {1e-5, 10.0};
    return {extent.low(), extent.high()};
}

PlotView::Range fittedTestLoss(const std::vector<const RunCurves*>& tests, bool logarithmic) {
    Extent extent;
    double start = 0.0;
    for (const RunCurves* curves : tests) {
        extent.add(curves->smoothedSpread().low);
        extent.add(curves->smoothedSpread().high);
        if (!curves->range().losses.empty()) start = std::max(start, curves->range().losses.front());
    }
    if (extent.empty()) return logarithmic ? PlotView::Range{0.05, 5.0} : PlotView::Range{0.0, 2.5};
    extent.capAt(start * (logarithmic ? 20.0 : 1.25));
    return logarithmic ? extent.logarithmic(0.06, 5.0) : extent.linear(0.08);
}

PlotView::Range fittedTestSlope(const std::vector<const RunCurves*>& tests) {
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

} // namespace ratescope
