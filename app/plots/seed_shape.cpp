// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/seed_shape.h"

#include "core/analysis/spread.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace ratescope {

namespace {

/// The curve's line at `x`; none where it has not come as far. `place`: of the last column not right of it, for growing x.
std::optional<double> valueAt(const ColumnCurve& curve, float x, std::size_t& place) {
    constexpr float near = 1.0F; // beside an unfinished last column
    const StepColumns& columns = curve.columns();
    if (columns.size() == 0) return std::nullopt;
    while (place + 1 < columns.size() && columns.x(place + 1) <= x) ++place;
    const float from = columns.x(place);
    const double value = curve.values()[place].middle;
    if (x <= from || place + 1 == columns.size()) return std::abs(x - from) < near ? std::optional(value) : std::nullopt;
    const double share = static_cast<double>(x - from) / static_cast<double>(columns.x(place + 1) - from);
    return std::lerp(value, curve.values()[place + 1].middle, share);
}

} // namespace

void SeedShape::add(float x, std::vector<double>& values, SeedDrawing drawing, const AxisMap& y) {
    if (values.empty()) return;
    const ValueSpread spread = drawing == SeedDrawing::Mean ? meanSpread(values) : medianSpread(values);
    const auto pixel = [&](double value) { return static_cast<float>(y.toPixel(value)); };
    const float low = pixel(spread.low);
    const float high = pixel(spread.high);
    m_line.push_back({x, pixel(spread.middle), pixel(spread.middle)});
    m_band.push_back({x, std::min(low, high), std::max(low, high)});
}

void SeedShape::update(const PlotFrame& frame, const PlotView& view) {
    m_line.clear();
    m_band.clear();
    if (isScore(view.quantity)) {
        updateEpochs(frame, view);
        return;
    }
    // The columns of the member that came farthest. The others' may stand elsewhere: on an axis of seconds each run has its
    // own places, and steps may be sparser than pixels in one run and denser in another.
    const auto farthest = std::ranges::max_element(m_members, {}, [](const Member& m) {
        const StepColumns& columns = m.shapes->loss().columns();
        return columns.size() == 0 ? -std::numeric_limits<float>::infinity() : columns.x(columns.size() - 1);
    });
    const ColumnCurve& base = farthest->shapes->loss();
    std::vector<std::size_t> places(m_members.size(), 0);
    std::vector<double> values;
    for (std::size_t i = 0; i < base.columns().size(); ++i) {
        values.clear();
        const float x = base.columns().x(i);
        for (std::size_t m = 0; m < m_members.size(); ++m)
            if (const auto value = valueAt(m_members[m].shapes->loss(), x, places[m])) values.push_back(*value);
        add(x, values, view.seeds, frame.y);
    }
}

void SeedShape::updateEpochs(const PlotFrame& frame, const PlotView& view) {
    std::size_t epochs = 0;
    for (const Member& member : m_members) epochs = std::max(epochs, member.run->epochs.size());
    std::vector<double> values;
    for (std::size_t e = 0; e < epochs; ++e) {
        values.clear();
        double x = 0.0;
        for (const Member& member : m_members) {
            if (e >= member.run->epochs.size()) continue;
            const EpochMetrics& epoch = member.run->epochs[e];
            x = StepScale(*member.run, view.stepUnit).keyOfUpdates(static_cast<double>(epoch.step));
            values.push_back(scoreValue(epoch.train, view.quantity));
        }
        add(static_cast<float>(frame.x.toPixel(x)), values, view.seeds, frame.y);
    }
}

void SeedShape::addBand(std::vector<Ribbon>& out) const {
    RibbonStyle style{m_look.color, 0.0F, 0};
    style.color.setAlpha(std::max(m_look.bandAlpha, 45));
    out.push_back({m_band, style});
}

void SeedShape::addLine(std::vector<Ribbon>& out) const { out.push_back({m_line, RunShapes::lineStyle(m_look)}); }

} // namespace ratescope
