// SPDX-License-Identifier: GPL-3.0-or-later
// The figure's curves: brought up to date, drawn into pictures of their own, and handed to a painter.
#include "app/plots/figure.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

/// A frame's corner in device pixels.
QPoint originOf(const QRect& frame, double ratio) {
    return {static_cast<int>(std::floor(frame.left() * ratio)), static_cast<int>(std::floor(frame.top() * ratio))};
}

} // namespace

std::vector<std::tuple<RunId, CurveLook, bool>> Figure::looks() const {
    std::vector<std::tuple<RunId, CurveLook, bool>> looks;
    looks.reserve(m_shown.size() + 1);
    for (const Entry* entry : m_shown) looks.emplace_back(entry->run().id, entry->look, entry->drawn);
    if (m_comparing) looks.emplace_back(m_reference->id, lookOf(*m_reference), false); // hidden or not, it has a line
    return looks;
}

/// The frame in device pixels, from its own corner.
PlotFrame Figure::deviceFrame(PlotPlace place, double ratio) const {
    const QRect frame = m_axes.frame(place);
    const QPointF origin = originOf(frame, ratio);
    const QPointF end(std::ceil((frame.left() + frame.width()) * ratio), std::ceil((frame.top() + frame.height()) * ratio));
    const AxisMap x = m_axes.xMap(place);
    const AxisMap y = m_axes.yMap(place);
    // A logical pixel's middle is where QCustomPlot draws its ticks.
    const auto along = [&](double pixel, double start) { return (pixel + 0.5) * ratio - start; };
    return {QSize(static_cast<int>(end.x() - origin.x()), static_cast<int>(end.y() - origin.y())),
            AxisMap(x.range(), x.isLogarithmic(), along(x.start(), origin.x()), along(x.end(), origin.x())),
            AxisMap(y.range(), y.isLogarithmic(), along(y.start(), origin.y()), along(y.end(), origin.y()))};
}

float Figure::updateShape(Entry& entry, PlotPlace place, const PlotFrame& frame) {
    const bool test = entry.run().isRangeTest();
    switch (place) {
    case PlotPlace::Loss: return test ? ColumnCurve::unchanged : entry.shapes.updateLoss(frame, m_view);
    case PlotPlace::Rate: return test ? ColumnCurve::unchanged : entry.shapes.updateRate(frame, m_view);
    case PlotPlace::TestLoss: return test && entry.drawn ? entry.test.updateLoss(frame) : ColumnCurve::unchanged;
    case PlotPlace::TestSlope:
        return test && entry.drawn ? entry.test.updateLower(frame, m_view.testLower) : ColumnCurve::unchanged;
    }
    return ColumnCurve::unchanged;
}

/// The ribbons of a frame, lowest first: all bands lie under all lines.
std::vector<Ribbon> Figure::ribbons(PlotPlace place, const PlotFrame& frame, double ratio) const {
    std::vector<Ribbon> ribbons;
    const auto each = [&](auto add) {
        for (const Entry* entry : m_shown) {
            CurveLook look = entry->look;
            look.lineWidth *= ratio;
            look.hairline *= ratio;
            if (!entry->run().isRangeTest()) add(*entry, look);
        }
    };
    switch (place) {
    case PlotPlace::Loss:
        addZeroLine(frame, ratio, ribbons);
        each([&](const Entry& entry, const CurveLook& look) { if (entry.drawn) entry.shapes.addLossBand(look, ribbons); });
        for (const SeedShape& group : m_groups) group.addBand(ribbons);
        each([&](const Entry& entry, const CurveLook& look) { if (entry.drawn) entry.shapes.addLossLine(look, ribbons); });
        for (const SeedShape& group : m_groups) {
            group.addLine(ribbons);
            ribbons.back().style.width *= static_cast<float>(ratio);
        }
        break;
    case PlotPlace::Rate:
        addRateZones(frame, ribbons);
        each([&](const Entry& entry, const CurveLook& look) { entry.shapes.addRate(look, ribbons); });
        break;
    case PlotPlace::TestLoss:
    case PlotPlace::TestSlope: addTestRibbons(place, frame, ratio, ribbons); break;
    }
    return ribbons;
}

QRegion Figure::updateCurves(double ratio) {
    auto now = looks();
    const auto zonesOf = [](const Entry* test) { return test ? test->curves->zones() : std::nullopt; };
    const std::array zones{zonesOf(m_rateZones), zonesOf(m_testZones)};
    const bool everything =
        now != m_drawnLooks || !(m_view == m_drawnView) || ratio != m_drawnRatio || zones != m_drawnZones;
    m_drawnZones = zones;
    m_drawnLooks = std::move(now);
    m_drawnView = m_view;
    m_drawnRatio = ratio;
    QRegion changed;
    for (const PlotPlace place : plotPlaces)
        if (m_axes.has(place)) changed += drawPlace(place, ratio, everything);
    return changed;
}

QRegion Figure::drawPlace(PlotPlace place, double ratio, bool everything) {
    const PlotFrame frame = deviceFrame(place, ratio);
    if (frame.size.width() < 2 || frame.size.height() < 2) return {};
    Canvas& canvas = m_canvases[static_cast<std::size_t>(place)];
    const QRect logical = m_axes.frame(place);
    const QPoint origin = originOf(logical, ratio);
    if (canvas.image.size() != frame.size) canvas.image = QImage(frame.size, QImage::Format_ARGB32_Premultiplied);
    everything |= !(canvas.frame == frame) || canvas.origin != origin;
    m_notesStale |= everything;
    canvas.frame = frame;
    canvas.origin = origin;
    const int reach = RibbonRaster::reach(static_cast<float>(m_theme.lineWidth * ratio));
    std::vector<std::pair<int, int>> spans; // columns to draw anew
    bool grouped = false;
    for (Entry* entry : m_shown) {
        const float from = updateShape(*entry, place, frame);
        if (from == ColumnCurve::unchanged) continue;
        grouped |= !entry->drawn;
        const float to = std::max(from, endOf(*entry, place));
        spans.emplace_back(static_cast<int>(from) - reach,
                           from <= 0.0F ? frame.size.width() : static_cast<int>(to) + reach + 1);
    }
    everything |= grouped && place == PlotPlace::Loss;
    if (place == PlotPlace::Loss)
        for (SeedShape& group : m_groups) group.update(frame, m_view);
    everything |= placeGroups(place, frame);
    if (everything) spans = {{0, frame.size.width()}};
    if (spans.empty()) return {};
    const std::vector<Ribbon> all = ribbons(place, frame, ratio);
    std::ranges::sort(spans);
    QRegion changed;
    for (std::size_t i = 0; i < spans.size();) {
        auto [first, last] = spans[i];
        while (++i < spans.size() && spans[i].first <= last) last = std::max(last, spans[i].second);
        m_raster.draw(canvas.image, first, last, all);
        constexpr int around = 2; // marks and circles are drawn anew by themselves
        const int left = static_cast<int>(std::floor((origin.x() + first) / ratio)) - around;
        const int right = static_cast<int>(std::ceil((origin.x() + last) / ratio)) + around;
        changed += QRect(left, logical.top() - around, right - left, logical.height() + 2 * around);
    }
    return changed;
}

/// Where the done part of a run's curve ends.
float Figure::endOf(const Entry& entry, PlotPlace place) const {
    std::vector<Ribbon> own;
    if (place == PlotPlace::Loss) entry.shapes.addLossLine(entry.look, own);
    if (place == PlotPlace::Rate) entry.shapes.addRate(entry.look, own);
    if (place == PlotPlace::TestLoss) entry.test.addLoss(entry.look, own);
    if (place == PlotPlace::TestSlope) entry.test.addLower(entry.look, own);
    return own.empty() || own.back().points.empty() ? 0.0F : own.back().points.back().x;
}

void Figure::bringNotesUpToDate() {
    if (m_notesStale) prepareNotes();
    if (!m_scoresStale) return;
    m_scoresStale = false;
    m_notes.scores.clear();
    if (const auto view = frame(PlotPlace::Loss)) placeScores(*view);
}

void Figure::paint(QPainter& painter, const QRect& clip, double pixelRatio) {
    bringNotesUpToDate();
    for (const PlotPlace place : plotPlaces) {
        if (!m_axes.has(place)) continue;
        const Canvas& canvas = m_canvases[static_cast<std::size_t>(place)];
        const QRectF target(QPointF(canvas.origin) / pixelRatio, QSizeF(canvas.image.size()) / pixelRatio);
        if (canvas.image.isNull()) continue;
        const QRectF visible = target.intersected(clip);
        if (visible.isEmpty()) continue;
        // Whole device pixels, so that nothing is scaled.
        const QRect part = QRectF((visible.topLeft() - target.topLeft()) * pixelRatio, visible.size() * pixelRatio)
                               .toAlignedRect()
                               .intersected(canvas.image.rect());
        painter.drawImage(
            QRectF(target.topLeft() + QPointF(part.topLeft()) / pixelRatio, QSizeF(part.size()) / pixelRatio),
            canvas.image, part);
    }
    paintNotes(painter, clip);
}

FrameCurves Figure::recordCurves(PlotPlace place, double ratio) {
    const PlotFrame frame = deviceFrame(place, ratio);
    const QRect logical = m_axes.frame(place);
    FrameCurves curves;
    curves.ratio = ratio;
    curves.origin = originOf(logical, ratio);
    curves.size = frame.size;
    curves.inside = QRectF(QPointF(), QSizeF(logical.size()) * ratio);
    if (frame.size.width() < 2 || frame.size.height() < 2) return curves;
    for (Entry* entry : m_shown) updateShape(*entry, place, frame);
    if (place == PlotPlace::Loss)
        for (SeedShape& group : m_groups) group.update(frame, m_view);
    placeGroups(place, frame);
    for (const Ribbon& ribbon : ribbons(place, frame, ratio)) curves.ribbons.emplace_back(ribbon);
    return curves;
}

} // namespace ratescope
