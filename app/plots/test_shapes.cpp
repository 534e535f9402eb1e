// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/test_shapes.h"

#include <algorithm>

namespace ratescope {

namespace {

constexpr int rawAlpha = 115;

ValueSpread single(double value) { return {value, value, value}; }

} // namespace

bool TestShapes::isStale(Made& made, const PlotFrame& frame, std::size_t count) const {
    Made now{frame, count, m_curves.generation()};
    if (made == now) return false;
    made = now;
    return true;
}

float TestShapes::updateLoss(const PlotFrame& frame) {
    const RunRecord& run = m_curves.run();
    const RangeCurve& curve = m_curves.range();
    float changed = ColumnCurve::unchanged;
    if (isEven()) {
        changed = m_columns.update(frame, StepScale(run, StepUnit::Step), m_curves.count(), m_curves.generation(),
                                   [&](auto edges, auto& out) {
            std::vector<SeriesPyramid::Summary> summaries;
            m_curves.losses().pyramid().summarizeColumns(run.losses, edges, summaries);
            for (const auto& summary : summaries) out.push_back({summary.low, summary.high, summary.mean(), false});
        });
    } else if (isStale(m_lossMade, frame, curve.rates.size())) {
        m_raw.place(frame, curve.rates, [&](std::size_t i) { return single(curve.losses[i]); });
        m_smoothed.place(frame, curve.rates, [&](std::size_t i) { return single(curve.smoothed[i]); });
        changed = 0.0F;
    }
    if (!isStale(m_validationMade, frame, m_curves.validated())) return changed;
    const bool any = m_curves.validated() > 0 || !m_validation.line.empty();
    m_validation.place(frame, std::span(curve.rates).first(m_curves.validated()),
                       [&](std::size_t i) { return single(run.validations[i].loss); });
    return any ? 0.0F : changed;
}

float TestShapes::updateLower(const PlotFrame& frame, TestLower lower) {
    const bool other = lower != m_lower;
    m_lower = lower;
    const float changed = lower == TestLower::Slope ? updateSlope(frame) : updateAccuracy(frame);
    return other ? 0.0F : changed;
}

float TestShapes::updateSlope(const PlotFrame& frame) {
    const RangeCurve& curve = m_curves.range();
    const std::vector<double>& slopes = curve.slopes;
    if (!isEven()) {
        if (!isStale(m_slopeMade, frame, curve.rates.size())) return ColumnCurve::unchanged;
        m_slope.place(frame, std::span(curve.rates).first(slopes.size()),
                      [&](std::size_t i) { return single(slopes[i]); });
        return 0.0F;
    }
    // The next point changes the last slope.
    const std::size_t settled = slopes.empty() ? 0 : isOver(m_curves.run().state) ? slopes.size() : slopes.size() - 1;
    const auto slopeColumns = [&](std::span<const std::size_t> edges, std::vector<ColumnValues>& out) {
        for (std::size_t k = 0; k + 1 < edges.size(); ++k) {
            const auto [low, high] = std::minmax_element(slopes.begin() + static_cast<std::ptrdiff_t>(edges[k]),
                                                         slopes.begin() + static_cast<std::ptrdiff_t>(edges[k + 1]));
            const double start = slopes[edges[k]];
            const double end = slopes[edges[k + 1] - 1];
            out.push_back({*low, *high, 0.5 * (start + end), *high - *low > 1.02 * std::abs(end - start)});
        }
    };
    return m_slopeColumns.update(frame, StepScale(m_curves.run(), StepUnit::Step), settled, m_curves.generation(),
                                 slopeColumns);
}

float TestShapes::updateAccuracy(const PlotFrame& frame) {
    if (!isStale(m_accuracyMade, frame, m_curves.validated())) return ColumnCurve::unchanged;
    m_accuracy.place(frame, std::span(m_curves.range().rates).first(m_curves.validated()), [this](std::size_t i) {
        return single(scoreValue(m_curves.run().validations[i], Quantity::Accuracy));
    });
    return 0.0F;
}

void TestShapes::addRaw(const CurveLook& look, std::vector<Ribbon>& out) const {
    if (m_curves.losses().pyramid().beta() <= 0.0) return; // the line is the loss itself
    RibbonStyle style{look.color, static_cast<float>(look.hairline), 0};
    style.color.setAlpha(rawAlpha);
    out.push_back({isEven() ? m_columns.area() : m_raw.band, style});
}

CurveLook TestShapes::validationLook(CurveLook look) {
    look.lineWidth *= 0.6;
    look.dash = look.dash == 1 ? 2 : 1;
    return look;
}

void TestShapes::addValidation(const CurveLook& look, std::vector<Ribbon>& out) const {
    if (!m_validation.line.empty()) out.push_back({m_validation.line, RunShapes::lineStyle(validationLook(look))});
}

void TestShapes::addLoss(const CurveLook& look, std::vector<Ribbon>& out) const {
    out.push_back({isEven() ? m_columns.line() : m_smoothed.line, RunShapes::lineStyle(look)});
}

void TestShapes::addLower(const CurveLook& look, std::vector<Ribbon>& out) const {
    const auto& slope = isEven() ? m_slopeColumns.line() : m_slope.line;
    out.push_back({m_lower == TestLower::Accuracy ? m_accuracy.line : slope, RunShapes::lineStyle(look)});
}

} // namespace ratescope
