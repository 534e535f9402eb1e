// SPDX-License-Identifier: GPL-3.0-or-later
// What lies over the figure's curves: scores at epoch ends, marks, suggestions, legends, and words where nothing is yet.
#include "app/plots/figure.h"
#include "app/plots/sprite.h"
#include "app/study/palette.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

namespace ratescope {

namespace {

constexpr int mostLegendLines = 12;
constexpr double legendChip = 1.7; // the piece of line and the space around it, by the size of the type
constexpr double legendPad = 0.45;

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
        told.push_back({run.id, run.config.name, run.state, entry->curves->suggestions().size(),
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
        if (frame.place == PlotPlace::TestLoss) placeSuggestions(frame);
        if (const QString hint = hintOf(frame.place); !hint.isEmpty()) m_notes.hints.emplace_back(frame.rect, hint);
        if (m_view.legend) placeLegend(frame);
    }
}

void Figure::paintNotes(QPainter& painter, const QRect& clip) const {
    painter.setRenderHint(QPainter::Antialiasing);
    paintZeroLabel(painter, clip);
    paintScores(painter, clip);
    for (const Mark& mark : m_notes.marks) {
        const int wide = mark.kind == Mark::Kind::Divergence ? 300 : 30;
        if (clip.intersects(QRectF(mark.at, QSizeF()).adjusted(-wide, -30, wide, 30).toAlignedRect()))
            paintMark(painter, mark);
    }
    paintSuggestions(painter, clip);
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
    return epoch.validation ? std::optional(scoreValue(*epoch.validation, m_view.quantity)) : std::nullopt;
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
                points << QPointF(frame.x.toPixel(scale.keyOf(static_cast<double>(epoch.step))), frame.y.toPixel(*value));
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

void Figure::placeSuggestions(const FrameView& frame) {
    for (const Entry* entry : m_shown) {
        const RangeCurve& curve = entry->curves->range();
        if (!entry->run().isRangeTest() || curve.smoothed.empty()) continue;
        const StepScale scale(entry->run(), StepUnit::Step);
        QList<std::pair<QPointF, bool>> points;
        for (const Suggestion& suggestion : entry->curves->suggestions()) {
            if (!suggestion.rate) continue;
            // On the line between the two points beside it.
            const double step =
                std::clamp(scale.stepOf(*suggestion.rate), 0.0, static_cast<double>(curve.smoothed.size() - 1));
            const auto before = static_cast<std::size_t>(step);
            const std::size_t after = std::min(before + 1, curve.smoothed.size() - 1);
            const double value =
                std::lerp(curve.smoothed[before], curve.smoothed[after], step - static_cast<double>(before));
            const QPointF at(frame.x.toPixel(*suggestion.rate), frame.y.toPixel(value));
            if (frame.rect.contains(at)) points << std::pair(at, suggestion.rule == "steepest");
        }
        m_notes.suggestions.emplace_back(entry, points);
    }
}

void Figure::paintSuggestions(QPainter& painter, const QRect& clip) const {
    const double radius = 2.2 * std::max(2.0, m_theme.lineWidth);
    painter.setBrush(m_theme.background);
    for (const auto& [entry, points] : m_notes.suggestions)
        for (const auto& [at, circle] : points) {
            if (!QRectF(clip).adjusted(-20, -20, 20, 20).contains(at)) continue;
            painter.setPen(QPen(entry->look.color, 0.9 * std::max(2.0, m_theme.lineWidth)));
            if (circle) painter.drawEllipse(at, radius, radius);
            else painter.drawRect(QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius));
        }
}

/// Where the legend of the runs, or of the range tests, stands in this figure.
PlotPlace Figure::legendPlace(bool tests) const {
    if (tests) return PlotPlace::TestLoss;
    return m_axes.has(PlotPlace::Loss) ? PlotPlace::Loss : PlotPlace::Rate;
}

QString Figure::suggestionText(const Entry& entry) const {
    if (!isOver(entry.run().state)) return {};
    QStringList rules;
    for (const Suggestion& suggestion : entry.curves->suggestions())
        if (suggestion.rate)
            rules << QStringLiteral("%1 %2").arg(suggestion.rule == "steepest" ? QStringLiteral("○") : QStringLiteral("□"),
                                                 QLocale::c().toString(*suggestion.rate, 'g', 2));
    return rules.isEmpty() ? tr("no suggestion") : rules.join(QStringLiteral("  "));
}

std::vector<Figure::LegendItem> Figure::legendItems(const FrameView& frame) const {
    std::vector<LegendItem> items;
    std::vector<LegendItem> others; // without a difference: they come last
    const bool tests = frame.place == PlotPlace::TestLoss;
    if (frame.place != legendPlace(tests)) return items;
    for (const Entry* entry : m_shown) {
        const RunRecord& run = entry->run();
        if (run.isRangeTest() != tests || !entry->drawn) continue;
        if (frame.place == PlotPlace::Loss && m_view.quantity == Quantity::Difference) {
            auto item = differenceItem(*entry, legendRoom(frame));
            if (item) (entry->difference ? items : others).push_back(std::move(*item));
            continue;
        }
        LegendItem item{entry->look, QString::fromStdString(run.config.name), {}, {run.id}};
        if (tests) item.found = suggestionText(*entry);
        const bool losses =
            frame.place == PlotPlace::Loss && m_view.quantity == Quantity::Loss && entry->curves->count() > 0;
        if (losses && entry->curves->lossExtent().low() > frame.y.range().second)
            item.found = QStringLiteral("↑"); // its curve lies above the frame
        items.push_back(std::move(item));
    }
    for (const SeedShape& group : m_groups) {
        if (tests) break;
        const auto& members = group.members();
        const QString name = QString::fromStdString(members.front().run->config.name);
        LegendItem item{group.look(), tr("%1 (%n seed(s))", nullptr, static_cast<int>(members.size())).arg(name), {}, {}};
        for (const SeedShape::Member& member : members) item.runs.push_back(member.run->id);
        items.push_back(std::move(item));
    }
    std::ranges::move(others, std::back_inserter(items));
    return items;
}

/// For the text of one of its lines: a dozen letters even where that covers most of a narrow frame.
double Figure::legendRoom(const FrameView& frame) const {
    const double share = std::max(frame.place == PlotPlace::TestLoss ? 0.9 * frame.rect.width() : 0.62 * frame.rect.width(),
                                  std::min(0.95 * frame.rect.width(), 9.0 * m_theme.fontPixels));
    return share - legendChip * m_theme.fontPixels - 3 * legendPad * m_theme.fontPixels;
}

void Figure::placeLegend(const FrameView& frame) {
    LegendBox box;
    const QFontMetricsF metrics(m_theme.font(0.92));
    for (LegendItem& item : legendItems(frame)) {
        // In a narrow frame what was found has a line of its own.
        const bool narrow = !item.found.isEmpty() && metrics.horizontalAdvance(item.text + item.found) >
                                                         0.8 * frame.rect.width() - 3.0 * m_theme.fontPixels;
        const QString found = narrow ? std::exchange(item.found, QString()) : QString();
        box.items.push_back(std::move(item));
        if (narrow) box.items.push_back({{}, found, {}, {}});
    }
    if (box.items.empty()) return;
    box.line = std::round(1.25 * metrics.height());
    const double chip = legendChip * m_theme.fontPixels;
    const double pad = legendPad * m_theme.fontPixels;
    const auto room = static_cast<std::size_t>(std::max(1.0, (0.62 * frame.rect.height() - 2 * pad) / box.line));
    const std::size_t fits = std::min<std::size_t>(mostLegendLines, room);
    if (box.items.size() > fits) {
        const int more = static_cast<int>(box.items.size() - fits + 1);
        box.items.resize(fits - 1);
        box.items.push_back({{}, tr("and %n more", nullptr, more), {}, {}});
    }
    double width = 0.0;
    const double most = legendRoom(frame);
    for (LegendItem& item : box.items) {
        const QString found = item.found.isEmpty() ? QString() : QStringLiteral("  ") + item.found;
        const double left = std::max(4.0 * m_theme.fontPixels, most - metrics.horizontalAdvance(found));
        const double whole = item.runs.empty() ? most + chip : most; // without a piece of line it begins at the left
        item.text = metrics.elidedText(
            (item.runs.empty() ? item.text : metrics.elidedText(item.text, Qt::ElideMiddle, left)) + found,
            Qt::ElideRight, whole);
        width = std::max(width, metrics.horizontalAdvance(item.text) - (item.runs.empty() ? chip : 0.0));
    }
    const QSizeF size(width + chip + 3.4 * pad, static_cast<double>(box.items.size()) * box.line + 2 * pad);
    // Where the curves of the usual shape are not: losses fall, range tests begin high on the left and end so on the right.
    const bool left = frame.place == PlotPlace::TestLoss;
    // Differences come back to 0 on the right, from above or from below.
    const bool low = frame.place == PlotPlace::Loss && m_comparing && frame.y.toPixel(0.0) < frame.rect.center().y();
    box.rect = QRectF(left ? frame.rect.left() + pad : frame.rect.right() - size.width() - pad,
                      low ? frame.rect.bottom() - size.height() - pad : frame.rect.top() + pad, size.width(),
                      size.height());
    for (std::size_t i = 0; i < box.items.size(); ++i)
        if (!box.items[i].runs.empty())
            m_legend.push_back({frame.place,
                                QRectF(box.rect.left(), box.rect.top() + pad + static_cast<double>(i) * box.line,
                                       box.rect.width(), box.line),
                                box.items[i].runs});
    m_notes.legends.push_back(std::move(box));
}

void Figure::paintLegend(QPainter& painter, const LegendBox& box) const {
    if (painter.paintEngine()->type() != QPaintEngine::Raster) {
        drawLegend(painter, box);
        return;
    }
    const double ratio = painter.deviceTransform().m11();
    const QRectF place(std::floor(box.rect.left() * ratio) / ratio, std::floor(box.rect.top() * ratio) / ratio,
                       box.rect.width() + 1, box.rect.height() + 1);
    if (box.image.isNull()) {
        box.image = QImage((place.size() * ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
        box.image.fill(Qt::transparent);
        QPainter drawn(&box.image);
        drawn.setRenderHint(QPainter::Antialiasing);
        drawn.scale(ratio, ratio);
        drawn.translate(-place.topLeft());
        drawLegend(drawn, box);
    }
    painter.drawImage(QRectF(place.topLeft(), QSizeF(box.image.size()) / ratio), box.image);
}

void Figure::drawLegend(QPainter& painter, const LegendBox& box) const {
    const double chip = legendChip * m_theme.fontPixels;
    const double pad = legendPad * m_theme.fontPixels;
    QColor background = m_theme.background;
    background.setAlpha(215);
    painter.setPen(Qt::NoPen);
    painter.setBrush(background);
    painter.drawRoundedRect(box.rect, 3, 3);
    painter.setFont(m_theme.font(0.92));
    double top = box.rect.top() + pad;
    for (const LegendItem& item : box.items) {
        const double left = box.rect.left() + pad;
        if (!item.runs.empty()) {
            QPen pen(item.look.color, m_theme.lineWidth, Qt::SolidLine, Qt::FlatCap);
            const std::span<const float> pattern = dashPattern(item.look.dash);
            if (!pattern.empty()) pen.setDashPattern(QList<qreal>(pattern.begin(), pattern.end()));
            painter.setPen(pen);
            const double y = std::round(top + 0.5 * box.line);
            painter.drawLine(QPointF(left, y), QPointF(left + chip, y));
        }
        painter.setPen(item.runs.empty() ? m_theme.faintText : m_theme.text);
        painter.drawText(QRectF(item.runs.empty() ? left : left + chip + pad, top, box.rect.width(), box.line),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, item.text);
        top += box.line;
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
        loading |= isActive(run.state) && run.isRangeTest() == (place == PlotPlace::TestLoss);
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
        if (!losses) return loading ? tr("Loading…") : tr("Press Start to train");
        if (m_view.quantity == Quantity::Difference) return differenceHint();
        return isScore(m_view.quantity) && !scores ? tr("Known at the end of an epoch") : QString();
    case PlotPlace::Rate: return runs ? QString() : tr("A run's schedule shows here\nbefore it trains");
    case PlotPlace::TestLoss:
        if (!tests && loading) return tr("Loading…");
        return tests ? QString() : tr("Range test finds out\nwhich rates can work");
    case PlotPlace::TestSlope: return {};
    }
    return {};
}

} // namespace ratescope
