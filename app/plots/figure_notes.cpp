// SPDX-License-Identifier: GPL-3.0-or-later
// What lies over the figure's curves: scores at epoch ends, and words where nothing is yet. Marks, suggestions, zones and
// legends have files of their own.
#include "app/plots/figure.h"
#include "app/plots/sprite.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

namespace ratescope {

namespace {

double radiusOfScores(double lineWidth) { return 1.8 * std::max(1.0, lineWidth); }
/// Between two epochs' scores that are too near to each other for two circles only one is drawn.
qsizetype strideOf(const QList<QPointF>& points, double room) {
    qsizetype stride = 1;
    if (points.size() < 2) return stride;
    const double spacing = (points.back().x() - points.front().x()) / static_cast<double>(points.size() - 1);
    while (spacing * static_cast<double>(stride) < room && stride < points.size()) ++stride;
    return stride;
}

} // namespace

/// Whether names, states, scores or marks are not those of the last time: no step has to be made for that.
bool Figure::takeTold() {
    std::vector<Told> told;
    told.reserve(m_shown.size());
    for (const Entry* entry : m_shown) {
        const RunRecord& run = entry->run();
        const std::size_t count = entry->curves->count();
        const bool restarting = run.config.schedule.type == "warm_restarts" && !run.isRangeTest();
        const std::uint64_t restarts = restarting ? entry->curves->schedule().cyclesWithin(count) : 0;
        // A change is known before its first step is made, and marked with that.
        std::size_t changes = run.changes.size();
        while (changes > 0 && run.changes[changes - 1].lastStep >= count) --changes;
        const RateChange* last = changes > 0 ? &run.changes[changes - 1] : nullptr;
        const std::size_t points = run.isRangeTest() ? entry->curves->range().rates.size() : 0;
        constexpr std::size_t few = 64; // beyond that no point is marked for itself
        told.push_back({run.id, run.config.name, run.state, entry->curves->isAnswered(), std::min(points, few),
                        entry->curves->beyondEdge(),
                        run.result.bestEpoch, run.result.divergedAt, run.result.restoredBest, restarts, changes,
                        last ? last->lastStep : 0, last ? last->after : 0.0, count > 0,
                        run.config.fork && run.config.fork->step < count,
                        entry->difference || &run == m_reference.get() ? m_reference->id : 0,
                        sideOf(*entry)});
    }
    if (told == m_told) return false;
    m_told = std::move(told);
    return true;
}

/// Whether there are epochs whose scores are not drawn yet. Of runs that end many of them a second a few times a second is
/// soon enough.
bool Figure::takeEpochs() {
    constexpr qint64 soonEnough = 250; // ms
    std::vector<std::size_t> epochs;
    epochs.reserve(m_shown.size() + 1);
    for (const Entry* entry : m_shown) epochs.push_back(entry->run().epochs.size());
    if (m_reference) epochs.push_back(m_reference->epochs.size());
    if (epochs == m_epochs || (m_live && m_onScreen && m_sinceEpochs.isValid() && m_sinceEpochs.elapsed() < soonEnough))
        return false;
    m_epochs = std::move(epochs);
    m_sinceEpochs.start();
    return true;
}

void Figure::prepareNotes() {
    m_notesStale = false;
    m_scoresStale = false;
    m_notes = {};
    m_legend.clear();
    for (const FrameView& frame : frames()) {
        if (frame.place == PlotPlace::Loss) {
            placeScores(frame);
            placeZeroLabel(frame);
            for (const Entry* entry : m_shown)
                if (!entry->run().isRangeTest() && entry->drawn) addMarks(*entry, frame);
        }
        if (frame.place == PlotPlace::Loss || frame.place == PlotPlace::Rate)
            for (const Entry* entry : m_shown)
                if (!entry->run().isRangeTest() && entry->drawn && m_view.marks) addChanges(*entry, frame);
        if (isTestFrame(frame.place)) placePoints(frame);
        if (frame.place == PlotPlace::TestLoss) placeSuggestions(frame);
        if (const QString hint = hintOf(frame.place); !hint.isEmpty()) m_notes.hints.emplace_back(frame.rect, hint);
        if (m_view.legend) placeLegend(frame);
        if (frame.place == PlotPlace::Rate) placeRateZones(frame);
        if (frame.place == PlotPlace::TestLoss) { // now that it is known where there is room
            placeDivergence(frame);
            placeTestZones(frame);
            nameRules(frame);
        }
    }
}

void Figure::paintNotes(QPainter& painter, const QRect& clip) const {
    painter.setRenderHint(QPainter::Antialiasing);
    paintZeroLabel(painter, clip);
    paintPoints(painter, clip);
    paintScores(painter, clip);
    for (const Mark& mark : m_notes.marks) {
        const int wide = mark.kind == Mark::Kind::Divergence ? 300 : 30;
        if (clip.intersects(QRectF(mark.at, QSizeF()).adjusted(-wide, -30, wide, 30).toAlignedRect()))
            paintMark(painter, mark);
    }
    paintRules(painter, clip);
    paintLabels(painter, clip);
    painter.setFont(m_theme.font());
    painter.setPen(m_theme.faintText);
    for (const auto& [rect, text] : m_notes.hints)
        if (rect.intersects(clip)) painter.drawText(rect, Qt::AlignCenter | Qt::TextDontClip, text);
    for (const LegendBox& box : m_notes.legends)
        if (box.rect.intersects(clip)) paintLegend(painter, box);
}

/// What the circle at the end of that epoch shows.
std::optional<double> Figure::validationOf(const Entry& entry, const EpochMetrics& epoch) const {
    if (m_view.quantity == Quantity::Difference)
        return entry.difference ? entry.difference->validation(epoch) : std::nullopt;
    if (!epoch.validation) return std::nullopt;
    const double value = scoreValue(*epoch.validation, m_view.quantity);
    return std::isnan(value) ? std::nullopt : std::optional(value); // a log may know one of both alone
}

void Figure::placeScores(const FrameView& frame) {
    if (!m_view.validation) return;
    const double radius = radiusOfScores(m_theme.lineWidth);
    const QRectF inside = frame.rect.adjusted(-radius, -radius, radius, radius);
    for (const Entry* entry : m_shown) {
        if (entry->run().isRangeTest() || !entry->drawn) continue;
        const StepScale scale(entry->run(), m_view.stepUnit);
        QList<QPointF> points;
        for (const EpochMetrics& epoch : entry->run().epochs)
            if (const auto value =
                    entry->begin == 0 || epoch.step > entry->begin + 1 ? validationOf(*entry, epoch) : std::nullopt)
                points << QPointF(frame.x.toPixel(scale.keyOfUpdates(static_cast<double>(epoch.step))), frame.y.toPixel(*value));
        QList<QPointF> drawn;
        const qsizetype stride = strideOf(points, 4.0 * radius);
        for (qsizetype i = points.size() - 1; i >= 0; i -= stride)
            if (inside.contains(points[i])) drawn << points[i];
        if (!drawn.isEmpty()) m_notes.scores.emplace_back(entry, drawn);
    }
}

void Figure::paintScores(QPainter& painter, const QRect& clip) const {
    const double radius = radiusOfScores(m_theme.lineWidth);
    const QRectF near = QRectF(clip).adjusted(-radius - 2, -radius - 2, radius + 2, radius + 2);
    for (const auto& [entry, points] : m_notes.scores) {
        if (std::ranges::none_of(points, [&](const QPointF& at) { return near.contains(at); })) continue;
        const QPen pen(entry->look.color, 0.7 * std::max(2.0, m_theme.lineWidth));
        const Sprite circle(painter, radius + pen.widthF(), [&](QPainter& one) {
            one.setPen(pen);
            one.setBrush(m_theme.background);
            one.drawEllipse(QPointF(), radius, radius);
        });
        for (const QPointF& at : points)
            if (near.contains(at)) circle.draw(at);
    }
}

QString Figure::hintOf(PlotPlace place) const {
    bool runs = false;
    bool losses = false;
    bool scores = false;
    bool tests = false;
    bool loading = false;
    for (const Entry* entry : m_shown) {
        const RunRecord& run = entry->run();
        loading |= isActive(run.state) && run.isRangeTest() == isTestFrame(place);
        if (run.isRangeTest()) {
            tests |= run.stepCount() > 0;
            continue;
        }
        runs = true;
        losses |= run.stepCount() > 0;
        scores |= !run.epochs.empty();
    }
    const bool hidden = !m_runs.empty() && m_shown.empty();
    switch (place) {
    case PlotPlace::Loss:
        if (hidden) return tr("All runs are hidden.\nTheir boxes in the list show them.");
        if (!runs) return tr("No runs to show yet.\nNew run makes one.");
        if (!losses) return loading ? tr("Loading…") : m_isForFile ? tr("Not trained yet") : tr("Press Start to train");
        if (m_view.quantity == Quantity::Difference) return differenceHint();
        return isScore(m_view.quantity) && !scores ? tr("Known at the end of an epoch") : QString();
    case PlotPlace::Rate: return runs ? QString() : tr("A run's schedule shows here\nbefore it trains");
    case PlotPlace::TestLoss:
        if (!tests && loading) return tr("Loading…");
        return tests ? QString() : tr("Range test finds out\nwhich rates can work");
    case PlotPlace::TestSlope:
        return tests && m_view.testLower == TestLower::Accuracy && !isAnyTestValidated()
                   ? tr("No test here was validated.\nIts settings can ask for that.")
                   : QString();
    }
    return {};
}

} // namespace ratescope
