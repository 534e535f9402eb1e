// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/run_shapes.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace ratescope {

namespace {

constexpr int aheadAlpha = 90;

QColor withAlpha(QColor color, int alpha) {
    color.setAlpha(alpha);
    return color;
}

/// A curve whose steps are drawn as they are: `at(step)`, all steps of a column looked at where `every` is set, else so
/// many spread over it.
template <typename At>
ColumnValues plainColumn(std::size_t first, std::size_t last, std::size_t samples, At at) {
    const std::size_t steps = last - first;
    const std::size_t count = std::min(samples, steps);
    const double start = at(first);
    ColumnValues column{start, start, start, false};
    double end = start;
    for (std::size_t i = 1; i < count; ++i) {
        end = at(first + i * (steps - 1) / (count - 1));
        column.low = std::min(column.low, end);
        column.high = std::max(column.high, end);
    }
    column.middle = 0.5 * (start + end);
    column.swings = column.high - column.low > 1.02 * std::abs(end - start);
    return column;
}

} // namespace

double scoreValue(const Score& score, Quantity quantity) {
    switch (quantity) {
    case Quantity::Loss:
    case Quantity::Difference: return score.loss;
    case Quantity::Error: return 100.0 * score.error;
    case Quantity::Accuracy: return 100.0 * (1.0 - score.error);
    }
    return score.loss;
}

float ColumnCurve::update(const PlotFrame& frame, const StepScale& scale, std::size_t count, std::uint64_t generation,
                          const Summarize& summarize, std::size_t begin) {
    if (generation != m_generation) m_columns = StepColumns();
    const bool again = generation != m_generation || !m_y || !(*m_y == frame.y);
    m_generation = generation;
    const std::size_t before = m_columns.size();
    std::size_t from = m_columns.update(frame.x, scale, count, begin);
    const bool same = from == before && m_columns.size() == before && m_values.size() == before;
    if (!same || m_values.size() != m_columns.size()) {
        from = std::min(from, m_values.size());
        m_values.resize(from);
        if (m_columns.size() > from) summarize(std::span(m_columns.edges()).subspan(from), m_values);
    }
    if (same && !again) return unchanged;
    if (again) from = 0;
    // The segment before the first new point has moved as well.
    const float x = from == 0 || m_columns.size() == 0 ? 0.0F : m_columns.x(std::min(from, m_columns.size()) - 1);
    place(from, frame.y);
    return x;
}

void ColumnCurve::clear() { *this = ColumnCurve(); }

void ColumnCurve::place(std::size_t from, const AxisMap& y) {
    m_y = y;
    m_line.resize(from);
    m_area.resize(from);
    for (std::size_t i = from; i < m_values.size(); ++i) {
        const ColumnValues& column = m_values[i];
        const auto pixel = [&](double value) { return static_cast<float>(y.toPixel(value)); };
        const float low = pixel(column.low);
        const float high = pixel(column.high);
        const float x = m_columns.x(i);
        m_area.push_back({x, std::min(low, high), std::max(low, high)});
        if (column.swings) {
            m_line.push_back(m_area.back());
        } else {
            const float middle = pixel(column.middle);
            m_line.push_back({x, middle, middle});
        }
    }
}

RibbonStyle RunShapes::lineStyle(const CurveLook& look) {
    return {look.color, static_cast<float>(look.lineWidth), look.dash};
}

void RunShapes::setDifference(const RunDifference* difference) {
    if (difference == m_difference) return;
    m_difference = difference;
    m_otherSeries = true;
}

const SmoothedSeries& RunShapes::series() const { return m_difference ? m_difference->series() : m_curves.losses(); }

float RunShapes::updateLoss(const PlotFrame& frame, const PlotView& view) {
    const StepScale scale(m_curves.run(), view.stepUnit);
    const bool differs = (m_quantity == Quantity::Difference) != (view.quantity == Quantity::Difference);
    const bool other = m_quantity != view.quantity || m_unit != view.stepUnit || m_bandShown != view.band || m_otherSeries;
    if (other) m_epochsPlaced = 0; // of another quantity or in another unit, though the axes may have the same numbers
    if (differs || m_otherSeries) m_loss.clear();
    m_otherSeries = false;
    m_quantity = view.quantity;
    m_unit = view.stepUnit;
    m_bandShown = view.band;
    if (isScore(view.quantity))
        return std::min(updateEpochs(frame, view, scale), other ? 0.0F : ColumnCurve::unchanged);
    if (view.quantity == Quantity::Difference && !m_difference) return other ? 0.0F : ColumnCurve::unchanged;
    const std::uint64_t generation = m_difference ? series().generation() : m_curves.generation();
    const std::span<const float> values = m_difference ? m_difference->values() : m_curves.run().losses;
    const float changed = m_loss.update(frame, scale, series().size(), generation, [&](auto edges, auto& out) {
        std::vector<SeriesPyramid::Summary> summaries;
        series().pyramid().summarizeColumns(values, edges, summaries);
        for (const auto& summary : summaries) out.push_back({summary.low, summary.high, summary.mean(), false});
    }, m_begin);
    // Its band is drawn in another way, all of it.
    const bool dense = m_loss.columns().isDense();
    return std::exchange(m_dense, dense) != dense || other ? 0.0F : changed;
}

float RunShapes::updateEpochs(const PlotFrame& frame, const PlotView& view, const StepScale& scale) {
    const auto& epochs = m_curves.run().epochs;
    const auto shown = epochs.size() - static_cast<std::size_t>(std::ranges::count_if(
                                           epochs, [this](const EpochMetrics& one) { return one.step < m_begin; }));
    if (m_epochsPlaced == shown && m_epochFrame == frame && view.stepUnit != StepUnit::Seconds)
        return ColumnCurve::unchanged;
    m_epochFrame = frame;
    m_epochsPlaced = shown;
    m_epochs.clear();
    for (const EpochMetrics& epoch : epochs) {
        if (epoch.step < m_begin) continue;
        const auto x = static_cast<float>(frame.x.toPixel(scale.keyOfUpdates(static_cast<double>(epoch.step))));
        const auto y = static_cast<float>(frame.y.toPixel(scoreValue(epoch.train, view.quantity)));
        if (std::isnan(y)) continue; // of a log that does not tell
        if (m_epochs.empty() || x > m_epochs.back().x) m_epochs.push_back({x, y, y});
        else m_epochs.back() = {m_epochs.back().x, y, y};
    }
    return 0.0F;
}

float RunShapes::updateRate(const PlotFrame& frame, const PlotView& view) {
    const StepScale scale(m_curves.run(), view.stepUnit);
    const std::vector<double>& rates = m_curves.run().rates;
    float changed = m_rate.update(frame, scale, m_curves.rates().size(), m_curves.generation(), [&](auto edges, auto& out) {
        std::vector<RatePyramid::Summary> summaries;
        m_curves.rates().summarizeColumns(rates, edges, summaries);
        for (std::size_t k = 0; k < summaries.size(); ++k) {
            const double start = rates[edges[k]];
            const double end = rates[edges[k + 1] - 1];
            const double range = summaries[k].high - summaries[k].low;
            out.push_back({summaries[k].low, summaries[k].high, 0.5 * (start + end), range > 1.02 * std::abs(end - start)});
        }
    }, m_begin);
    const bool ahead = !isOver(m_curves.run().state);
    if (ahead != m_hasAhead) changed = 0.0F;
    m_hasAhead = ahead;
    if (!ahead) return changed;
    const auto steps = static_cast<std::size_t>(m_curves.run().length.steps);
    const float schedule = m_ahead.update(frame, scale, steps, m_curves.scheduleGeneration(), [this](auto edges, auto& out) {
        constexpr std::size_t samples = 8; // of a column with many steps
        for (std::size_t k = 0; k + 1 < edges.size(); ++k)
            out.push_back(plainColumn(edges[k], edges[k + 1], samples,
                                      [this](std::size_t step) { return m_curves.rateAhead(step); }));
    });
    return std::min(changed, schedule);
}

void RunShapes::addLossBand(const CurveLook& look, std::vector<Ribbon>& out) const {
    if (isScore(m_quantity) || !m_bandShown || series().pyramid().beta() <= 0.0) return;
    // Where steps are sparse the losses themselves can be drawn, as a hairline.
    const bool dense = m_loss.columns().isDense();
    const int alpha = dense ? look.bandAlpha : std::min(255, 3 * look.bandAlpha);
    out.push_back({m_loss.area(), {withAlpha(look.color, alpha), dense ? 0.0F : static_cast<float>(look.hairline), 0}});
}

void RunShapes::addLossLine(const CurveLook& look, std::vector<Ribbon>& out) const {
    out.push_back({isScore(m_quantity) ? m_epochs : m_loss.line(), lineStyle(look)});
}

void RunShapes::addRate(const CurveLook& look, std::vector<Ribbon>& out) const {
    if (m_hasAhead) {
        const std::size_t done = m_curves.count();
        const std::size_t from = std::min(m_ahead.columns().columnOf(done > 0 ? done - 1 : 0), m_ahead.line().size());
        RibbonStyle style = lineStyle(look);
        style.color = withAlpha(look.color, aheadAlpha);
        out.push_back({m_ahead.line(), style, from});
    }
    out.push_back({m_rate.line(), lineStyle(look)});
}

} // namespace ratescope
