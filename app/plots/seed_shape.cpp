// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/seed_shape.h"

#include "app/study/run_config_json.h"
#include "core/analysis/spread.h"

#include <algorithm>
#include <cmath>

namespace ratescope {

std::string seedGroupOf(const RunConfig& config) {
    RunConfig common = config;
    common.name = "seeds";
    common.color.clear();
    common.seed = 1;
    return toJson(common).dump();
}

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
    if (view.quantity != Quantity::Loss) {
        updateEpochs(frame, view);
        return;
    }
    // The member that came farthest has all the columns that any of them has.
    const auto farthest = std::ranges::max_element(m_members, {}, [](const Member& m) { return m.shapes->loss().columns().size(); });
    const ColumnCurve& base = farthest->shapes->loss();
    std::vector<double> values;
    for (std::size_t i = 0; i < base.columns().size(); ++i) {
        values.clear();
        const float x = base.columns().x(i);
        for (const Member& member : m_members) {
            const ColumnCurve& curve = member.shapes->loss();
            // Beside an unfinished last column the others' columns may begin a step earlier or later.
            if (i < curve.columns().size() && std::abs(curve.columns().x(i) - x) < 1.0F) values.push_back(curve.values()[i].middle);
        }
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
            x = StepScale(*member.run, view.stepUnit).keyOf(static_cast<double>(epoch.step));
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
