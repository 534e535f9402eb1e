// SPDX-License-Identifier: GPL-3.0-or-later
// The figure where it shows differences: which runs are compared with which, the reference's line and what is said of it.
#include "app/plots/axis_ranges.h"
#include "app/plots/figure.h"

#include <QPainter>

#include <algorithm>

namespace ratescope {

/// Who is compared with whom, as the runs stand now.
void Figure::compareRuns() {
    m_reference = referenceOf(m_runs, m_view);
    m_comparing = false;
    for (const auto& [id, entry] : m_entries) {
        const bool compared = entry->run().visible && isCompared(entry->run(), m_reference.get());
        std::shared_ptr<RunDifference> difference;
        if (compared) difference = m_store->difference(entry->curves->pointer(), m_reference);
        entry->shapes.setDifference(difference.get());
        entry->difference = std::move(difference);
        m_comparing |= compared;
    }
}

/// Takes in what is new; returns whether that was all.
std::optional<double> Figure::differenceAt(const Entry& entry, std::uint64_t step) const {
    if (&entry.run() == m_reference.get()) return step < entry.curves->count() ? std::optional(0.0) : std::nullopt;
    if (!entry.difference || step >= entry.difference->count()) return std::nullopt;
    return entry.difference->smoothed(static_cast<std::size_t>(step));
}

AxisRange Figure::fittedQuantity(const std::vector<const RunCurves*>& runs) const {
    if (isScore(m_view.quantity)) return fittedScores(runs, m_view.quantity, m_view.logLoss);
    if (m_view.quantity == Quantity::Loss) return fittedLoss(runs, m_view.logLoss);
    std::vector<const RunDifference*> differences;
    for (const Entry* entry : m_shown)
        if (entry->difference) differences.push_back(entry->difference.get());
    return fittedDifferences(differences);
}

QString Figure::differenceLabel() const {
    if (!m_reference) return tr("Loss difference");
    return tr("Loss − loss of “%1”").arg(shortName(*m_reference, 10.0));
}

/// The run's name, cut in the middle where it is wider than so many times the type's size.
QString Figure::shortName(const RunRecord& run, double sizes) const {
    const QFontMetricsF metrics(m_theme.font());
    return metrics.elidedText(QString::fromStdString(run.config.name), Qt::ElideMiddle, sizes * m_theme.fontPixels);
}

CurveLook Figure::lookOf(const RunRecord& run) const {
    return {m_theme.runColor(QString::fromStdString(run.config.color)), run.dash, m_theme.lineWidth, 1.0, 0};
}

/// The reference is a thin line at 0, under the curves of the others.
void Figure::addZeroLine(const PlotFrame& frame, double ratio, std::vector<Ribbon>& out) const {
    const double width = frame.size.width();
    m_zeroLine = {};
    if (!m_comparing) return;
    const auto y = static_cast<float>(frame.y.toPixel(0.0));
    m_zeroLine = {{0.0F, y, y}, {static_cast<float>(width), y, y}};
    CurveLook look = lookOf(*m_reference);
    look.lineWidth *= 0.6 * ratio;
    out.push_back({m_zeroLine, RunShapes::lineStyle(look)});
}

/// On which side of the reference the run's difference ends: 1 above, −1 below, 2 neither; 0 if it has none.
int Figure::sideOf(const Entry& entry) {
    if (!entry.difference || entry.difference->count() == 0) return 0;
    const double last = entry.difference->smoothed(entry.difference->count() - 1);
    return last > 0.0 ? 1 : last < 0.0 ? -1 : 2;
}

/// Its name stands at its end, on the side where fewer of the differences end in sight; where these are as many, on the one
/// that the axis shows less of.
void Figure::placeZeroLabel(const FrameView& frame) {
    const double zero = frame.y.toPixel(0.0);
    if (!m_comparing || zero < frame.rect.top() || zero > frame.rect.bottom()) return;
    const QFontMetricsF metrics(m_theme.font(0.92));
    const double pad = 0.35 * m_theme.fontPixels;
    const QString name = metrics.elidedText(QString::fromStdString(m_reference->config.name), Qt::ElideMiddle,
                                            0.4 * frame.rect.width());
    const QSizeF size(metrics.horizontalAdvance(name) + 2.0 * pad, metrics.height());
    const double gap = 0.5 * m_theme.lineWidth + 1.0;
    const double below = frame.rect.bottom() - zero - gap;
    const double above = zero - gap - frame.rect.top();
    const auto ending = [&](int side) { // in sight
        return std::ranges::count_if(m_shown, [&](const Entry* entry) {
            if (sideOf(*entry) != side) return false;
            const double end = frame.y.toPixel(entry->difference->smoothed(entry->difference->count() - 1));
            return end >= frame.rect.top() && end <= frame.rect.bottom();
        });
    };
    const auto more = ending(1) - ending(-1);
    const bool wanted = more > 0 || (more == 0 && above > below);
    const bool under = wanted ? below >= size.height() : above < size.height();
    m_notes.zeroLabel = {QRectF(QPointF(frame.rect.right() - size.width() - pad,
                                        under ? zero + gap : zero - gap - size.height()),
                                size),
                         name};
}

void Figure::paintZeroLabel(QPainter& painter, const QRect& clip) const {
    const auto& [rect, name] = m_notes.zeroLabel;
    if (name.isEmpty() || !rect.intersects(clip)) return;
    QColor background = m_theme.background;
    background.setAlpha(200);
    painter.setPen(Qt::NoPen);
    painter.setBrush(background);
    painter.drawRoundedRect(rect, 3, 3);
    painter.setFont(m_theme.font(0.92));
    painter.setPen(m_theme.text);
    painter.drawText(rect, Qt::AlignCenter | Qt::TextDontClip, name);
}

/// The line of a run in the legend of the differences, no wider than `room`; none for one that has no curve in this figure.
std::optional<Figure::LegendItem> Figure::differenceItem(const Entry& entry, double room) const {
    const RunRecord& run = entry.run();
    LegendItem item{entry.look, QString::fromStdString(run.config.name), {}, {run.id}, {}};
    if (entry.difference) {
        // Both names are shortened, so that the minus between them stays.
        const QFontMetricsF metrics(m_theme.font(0.92));
        const QString other = QString::fromStdString(m_reference->config.name);
        const double names = room - metrics.horizontalAdvance(QStringLiteral(" − "));
        const double most = std::max(0.7 * names, names - metrics.horizontalAdvance(other));
        item.text = metrics.elidedText(item.text, Qt::ElideMiddle, most);
        item.text += QStringLiteral(" − ") + metrics.elidedText(other, Qt::ElideMiddle,
                                                                names - metrics.horizontalAdvance(item.text));
    } else if (&run == m_reference.get()) {
        item.found = tr("(zero line)");
    } else {
        if (!m_axes.has(PlotPlace::Rate)) return std::nullopt;
        if (m_comparing) item.found = tr("(left out)"); // its rate is drawn all the same
    }
    return item;
}

/// Why there are no differences; empty where there are some.
QString Figure::differenceHint() const {
    if (!m_reference)
        return tr("No two runs share initial weights and batch order.\nDuplicate one and change its schedule alone.");
    if (!m_comparing)
        return tr("No other visible run shares initial weights\nand batch order with “%1”.")
            .arg(shortName(*m_reference, 12.0));
    const bool any = std::ranges::any_of(
        m_shown, [](const Entry* entry) { return entry->difference && entry->difference->count() > 0; });
    return any ? QString() : tr("Known once two runs have made the same step");
}

} // namespace ratescope
