// SPDX-License-Identifier: GPL-3.0-or-later
// The zones of a range test: on the axis of the rate, under its own loss, and how much of a run lies beyond the last.
#include "app/plots/figure.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

constexpr std::array allZones = {RateZone::Slow, RateZone::Fast, RateZone::Edge, RateZone::Diverging};

constexpr double outside = 4.0; // pixels

/// Okabe and Ito's sky blue, bluish green, orange and vermilion: told apart with any colour vision.
QColor zoneColor(RateZone zone, bool darkGround) {
    QColor color;
    switch (zone) {
    case RateZone::Slow: color = QColor(0x56, 0xb4, 0xe9); break;
    case RateZone::Fast: color = QColor(0x00, 0x9e, 0x73); break;
    case RateZone::Edge: color = QColor(0xe6, 0x9f, 0x00); break;
    case RateZone::Diverging: color = QColor(0xd5, 0x5e, 0x00); break;
    }
    color.setAlpha(darkGround ? 36 : zone == RateZone::Diverging ? 34 : 26);
    return color;
}

/// From where to where a zone goes; none: without end.
std::pair<std::optional<double>, std::optional<double>> bordersOf(RateZone zone, const RateZones& zones) {
    const std::optional<double> from[] = {std::nullopt, zones.fastFrom, zones.edgeFrom, zones.divergingFrom};
    const auto i = static_cast<std::size_t>(zone);
    std::optional<double> to;
    for (std::size_t next = i + 1; next < 4 && !to; ++next) to = from[next];
    return {from[i], to};
}

/// Whether there is such a zone at all: the first one has no border below, the others begin at one.
bool isZone(RateZone zone, const RateZones& zones) {
    if (zone == RateZone::Slow) return zones.fastFrom.has_value();
    if (zone == RateZone::Fast) return true;
    return zone == RateZone::Edge ? zones.edgeFrom.has_value() : zones.divergingFrom.has_value();
}

/// The stretch of an axis, in pixels from the lower to the higher end of the frame, that a zone takes up.
std::optional<std::pair<double, double>> stretchOf(RateZone zone, const RateZones& zones, const AxisMap& axis) {
    if (!isZone(zone, zones)) return std::nullopt;
    const auto [from, to] = bordersOf(zone, zones);
    const AxisRange range = axis.range();
    const double low = std::max(from.value_or(range.first), range.first);
    const double high = std::min(to.value_or(range.second), range.second);
    if (low >= high) return std::nullopt;
    // Out of the frame, where it goes on there.
    const double beyond = axis.end() > axis.start() ? outside : -outside;
    return std::pair(axis.toPixel(low) - (low == range.first ? beyond : 0.0),
                     axis.toPixel(high) + (high == range.second ? beyond : 0.0));
}

} // namespace

/// What lies beyond the edge is counted for each run against the test that speaks for it. The zones on the axis of the rate
/// are those of the chosen run's test, or of the chosen test; where none is chosen, of the one that all runs have in common.
void Figure::findZones() {
    std::vector<RunPointer> tests;
    std::vector<std::pair<RunId, RunState>> known;
    for (const RunPointer& run : m_runs) {
        if (!run->isRangeTest() || !run->visible) continue;
        tests.push_back(run);
        known.emplace_back(run->id, run->state);
    }
    // Who speaks for whom stays so: only what has not begun may still become another.
    if (known != m_knownTests)
        for (const auto& entry : m_entries) entry.second->speaker.reset();
    m_knownTests = std::move(known);
    const Entry* chosen = m_view.zonesOf != 0 ? entryOf(m_view.zonesOf) : nullptr;
    const auto withZones = [](const Entry* test) { return test && test->curves->zones() ? test : nullptr; };
    const Entry* common = nullptr;
    const Entry* ofChosen = nullptr; // the test that is chosen, if it speaks for any run, or that speaks for the run that is
    bool first = true;
    for (Entry* entry : m_shown) {
        if (entry->run().isRangeTest()) continue;
        if (!entry->speaker || entry->run().state == RunState::Ready) {
            const RunPointer speaks = testFor(entry->run(), tests);
            entry->speaker = speaks ? speaks->id : 0;
        }
        const Entry* test = withZones(entryOf(*entry->speaker));
        entry->curves->setEdge(test ? test->curves->zones()->divergingFrom : std::nullopt);
        common = first || common == test ? test : nullptr;
        if (entry == chosen || (test && test == chosen)) ofChosen = test;
        first = false;
    }
    const bool decided = ofChosen || (chosen && !chosen->run().isRangeTest());
    m_rateZones = m_view.zones ? (decided ? ofChosen : common) : nullptr;
    const Entry* own = chosen && chosen->run().isRangeTest() ? chosen : ofChosen;
    if (!own && tests.size() == 1) own = entryOf(tests.front()->id);
    m_testZones = m_view.zones ? withZones(own) : nullptr;
}

std::optional<EdgeSteps> Figure::beyondEdge(RunId run) const {
    const Entry* entry = entryOf(run);
    return entry ? entry->curves->beyondEdge() : std::nullopt;
}

QString Figure::edgeText(const EdgeSteps& steps) const {
    return tr("%1 of %2 steps beyond the edge (%3)")
        .arg(steps.beyond)
        .arg(steps.steps)
        .arg(QLocale::c().toString(steps.edge, 'g', 2));
}

void Figure::addZone(RateZone zone, const QRectF& rect, std::vector<Ribbon>& out) const {
    const auto top = static_cast<float>(rect.top());
    const auto bottom = static_cast<float>(rect.bottom());
    m_zoneAreas.push_back({{static_cast<float>(rect.left()), top, bottom}, {static_cast<float>(rect.right()), top, bottom}});
    out.push_back({m_zoneAreas.back(), {zoneColor(zone, m_theme.background.lightness() < 128), 0.0F, 0}});
}

void Figure::addRateZones(const PlotFrame& frame, std::vector<Ribbon>& out) const {
    m_zoneAreas.clear();
    m_zoneAreas.reserve(allZones.size());
    if (!m_rateZones) return;
    for (const RateZone zone : allZones)
        if (const auto stretch = stretchOf(zone, *m_rateZones->curves->zones(), frame.y))
            addZone(zone, {QPointF(0.0, stretch->second), QPointF(frame.size.width(), stretch->first)}, out);
}

void Figure::addTestZones(const PlotFrame& frame, std::vector<Ribbon>& out) const {
    m_zoneAreas.clear();
    m_zoneAreas.reserve(allZones.size());
    if (!m_testZones) return;
    for (const RateZone zone : allZones)
        if (const auto stretch = stretchOf(zone, *m_testZones->curves->zones(), frame.x))
            addZone(zone, {QPointF(stretch->first, 0.0), QPointF(stretch->second, frame.size.height())}, out);
}

QString Figure::zoneName(RateZone zone, const Entry& test) const {
    const bool sensitivity = test.run().config.rangeTest->kind == RangeTestKind::Sensitivity;
    switch (zone) {
    case RateZone::Slow: return sensitivity ? tr("too slow") : tr("slow");
    case RateZone::Fast: return sensitivity ? tr("good") : tr("fast");
    case RateZone::Edge: return sensitivity ? tr("unstable") : tr("edge");
    case RateZone::Diverging: return sensitivity ? tr("diverged") : tr("diverging");
    }
    return {};
}

/// Names at the right end, each where its zone is tall enough for it.
void Figure::placeRateZones(const FrameView& frame) {
    if (!m_rateZones) return;
    placeEdgeText(frame);
    const QFontMetricsF metrics(m_theme.font(0.85));
    for (const RateZone zone : allZones) {
        const auto stretch = stretchOf(zone, *m_rateZones->curves->zones(), frame.y);
        if (!stretch || stretch->first - stretch->second < 1.25 * metrics.height()) continue;
        const QString name = zoneName(zone, *m_rateZones);
        const QSizeF size(metrics.horizontalAdvance(name), metrics.height());
        const QRectF rect({frame.rect.right() - size.width() - 0.4 * m_theme.fontPixels,
                           0.5 * (stretch->first + stretch->second - size.height())}, size);
        const auto hits = [&](const auto& other) { return other.rect.intersects(rect); };
        if (std::ranges::none_of(m_notes.labels, hits) && std::ranges::none_of(m_notes.legends, hits))
            m_notes.labels.push_back({rect, name, m_theme.faintText});
    }
}

void Figure::placeTestZones(const FrameView& frame) {
    if (!m_testZones) return;
    const QFontMetricsF metrics(m_theme.font(0.85));
    double floor = frame.rect.bottom();
    for (const BoundsMark& mark : m_notes.bounds) floor = std::min(floor, mark.y - 0.4 * m_theme.fontPixels);
    for (const RateZone zone : allZones) {
        const auto stretch = stretchOf(zone, *m_testZones->curves->zones(), frame.x);
        const QString name = zoneName(zone, *m_testZones);
        const QSizeF size(metrics.horizontalAdvance(name), metrics.height());
        if (!stretch || stretch->second - stretch->first < size.width() + 0.6 * m_theme.fontPixels) continue;
        const QRectF rect({0.5 * (stretch->first + stretch->second - size.width()),
                           floor - size.height() - 0.2 * m_theme.fontPixels}, size);
        const auto hits = [&](const auto& other) { return other.rect.intersects(rect); };
        if (!hitsRule(rect) && std::ranges::none_of(m_notes.legends, hits))
            m_notes.labels.push_back({rect, name, m_theme.faintText});
    }
}

/// Of one run how many of its steps, of several how many of them go there at all.
void Figure::placeEdgeText(const FrameView& frame) {
    int runs = 0;
    int beyond = 0;
    std::optional<EdgeSteps> steps;
    for (const Entry* entry : m_shown) {
        if (entry->run().isRangeTest()) continue;
        const auto& own = entry->curves->beyondEdge();
        if (!own) return; // not known, or not counted yet
        ++runs;
        beyond += own->beyond > 0;
        steps = own;
    }
    if (!steps) return;
    const QString edge = QLocale::c().toString(steps->edge, 'g', 2);
    QString text = runs == 1 ? edgeText(*steps)
                             : tr("%1 of %2 runs go beyond the edge (%3)").arg(beyond).arg(runs).arg(edge);
    const QFontMetricsF metrics(m_theme.font(0.85));
    const double pad = 0.45 * m_theme.fontPixels;
    const double room = frame.rect.width() - 2.0 * pad;
    if (metrics.horizontalAdvance(text) > room)
        text = runs == 1 ? tr("%1 of %2 beyond %3", "steps").arg(steps->beyond).arg(steps->steps).arg(edge)
                         : tr("%1 of %2 beyond %3", "runs").arg(beyond).arg(runs).arg(edge);
    const QString shown = metrics.elidedText(text, Qt::ElideRight, room);
    QRectF rect(frame.rect.topLeft() + QPointF(pad, pad), QSizeF(metrics.horizontalAdvance(shown), metrics.height()));
    for (const LegendBox& box : m_notes.legends)
        if (box.rect.intersects(rect)) rect.moveBottom(frame.rect.bottom() - pad);
    m_notes.labels.push_back({rect, shown, beyond > 0 ? m_theme.text : m_theme.faintText, true});
}

} // namespace ratescope
