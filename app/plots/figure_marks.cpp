// SPDX-License-Identifier: GPL-3.0-or-later
// What happened to runs, marked on their curves.
#include "app/plots/figure.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace ratescope {

namespace {

constexpr std::size_t mostRestarts = 200;
constexpr std::size_t mostChanges = 200; // of a run
constexpr double nowhere = std::numeric_limits<double>::quiet_NaN();

double sizeOfMarks(double lineWidth) { return 2.4 * std::max(2.0, lineWidth); }

QPolygonF star(const QPointF& middle, double radius) {
    QPolygonF points;
    for (int i = 0; i < 10; ++i) {
        const double angle = std::numbers::pi * (i / 5.0 - 0.5);
        points << middle + (i % 2 == 0 ? radius : 0.45 * radius) * QPointF(std::cos(angle), std::sin(angle));
    }
    return points;
}

/// Whether the parent that it is drawn beside has that mark.
bool isOfTrunk(const Figure::Entry& entry, std::uint64_t step) { return entry.begin > 0 && step <= entry.begin; }

QString rateText(double rate) { return QLocale::c().toString(rate, 'g', 4); }

} // namespace

void Figure::addMark(Mark::Kind kind, const Entry& entry, const FrameView& frame, const QPointF& place,
                     const QString& text) {
    if (std::isnan(place.y())) return;
    if (frame.rect.adjusted(-1, -1, 1, 1).contains(place)) m_notes.marks.push_back({kind, &entry, frame.place, place, text});
}

QPointF Figure::placeOnLoss(const Entry& entry, const FrameView& frame, double steps) const {
    const RunRecord& run = entry.run();
    // The mark of a log is its end.
    const std::size_t last = entry.curves->count() - 1;
    const std::size_t step = run.isLog() ? last : std::min(last, static_cast<std::size_t>(std::max(steps - 1.0, 0.0)));
    // Where a difference ends before that, the mark has no place.
    double value = m_view.quantity == Quantity::Difference ? differenceAt(entry, step).value_or(nowhere)
                                                           : entry.curves->smoothedLoss(step);
    if (isScore(m_view.quantity)) {
        value = nowhere;
        for (const EpochMetrics& epoch : run.epochs) {
            value = scoreValue(epoch.train, m_view.quantity);
            if (static_cast<double>(epoch.step) >= steps) break;
        }
    }
    return {frame.x.toPixel(StepScale(run, m_view.stepUnit).keyOfUpdates(steps)), frame.y.toPixel(value)};
}

void Figure::addMarks(const Entry& entry, const FrameView& frame) {
    const RunRecord& run = entry.run();
    const QString name = QString::fromStdString(run.config.name);
    const std::size_t count = entry.curves->count();
    if (count == 0) return;
    const auto at = [&](double steps) { return placeOnLoss(entry, frame, steps); };
    const auto add = [&](Mark::Kind kind, const QPointF& place, const QString& text) {
        addMark(kind, entry, frame, place, text);
    };
    if (run.state == RunState::Diverged) {
        const auto step = run.result.divergedAt.value_or(run.stepCount());
        // A run that diverges leaves by the top: the cross stays at the frame.
        const double size = sizeOfMarks(m_theme.lineWidth);
        const QPointF end = at(static_cast<double>(run.isLog() ? run.length.steps : count));
        add(Mark::Kind::Divergence,
            {std::clamp(end.x(), frame.rect.left() + size, frame.rect.right() - size),
             std::clamp(end.y(), frame.rect.top() + size + 2, frame.rect.bottom() - size - 2)},
            tr("%1: diverged at step %2").arg(name, QString::number(step)));
    }
    if (!m_view.marks) return;
    if (run.result.bestEpoch)
        for (const EpochMetrics& epoch : run.epochs)
            if (epoch.epoch == *run.result.bestEpoch) {
                QPointF place = at(static_cast<double>(epoch.step));
                if (const auto value = validationOf(entry, epoch)) place.setY(frame.y.toPixel(*value));
                const QString text = run.result.restoredBest ? tr("%1: best epoch, %2; its weights were kept")
                                                             : tr("%1: best epoch, %2");
                add(Mark::Kind::Best, place, text.arg(name, QString::number(epoch.epoch)));
            }
    if (run.state == RunState::StoppedEarly)
        add(Mark::Kind::EarlyStop, at(static_cast<double>(count)),
            tr("%1: stopped early after step %2").arg(name, QString::number(count)));
    if (run.config.schedule.type == "warm_restarts") addRestarts(entry, frame);
}

void Figure::addRestarts(const Entry& entry, const FrameView& frame) {
    const std::size_t count = entry.curves->count();
    const QString name = QString::fromStdString(entry.run().config.name);
    const Schedule& schedule = entry.curves->schedule();
    const std::uint64_t restarts = std::min<std::uint64_t>(schedule.cyclesWithin(count), mostRestarts);
    std::uint64_t low = 0;
    for (std::uint64_t cycle = 1; cycle <= restarts; ++cycle) {
        std::uint64_t high = count;
        while (low < high) { // the first number of updates within which that many cycles end
            const std::uint64_t middle = (low + high) / 2;
            if (schedule.cyclesWithin(middle) >= cycle) high = middle;
            else low = middle + 1;
        }
        if (isOfTrunk(entry, low)) continue;
        addMark(Mark::Kind::Restart, entry, frame, placeOnLoss(entry, frame, static_cast<double>(low)),
                tr("%1: restart %2 at step %3").arg(name, QString::number(cycle), QString::number(low)));
    }
}

/// Changes of the rate that nobody could foresee, on the curve of the loss and on that of the rate; and where a fork begins.
void Figure::addChanges(const Entry& entry, const FrameView& frame) {
    const RunRecord& run = entry.run();
    const std::size_t count = entry.curves->count();
    if (count == 0) return;
    const QString name = QString::fromStdString(run.config.name);
    const StepScale scale(run, m_view.stepUnit);
    const auto placeOf = [&](std::uint64_t step, double rate) {
        const auto steps = static_cast<double>(step);
        return frame.place == PlotPlace::Loss ? placeOnLoss(entry, frame, steps)
                                              : QPointF(frame.x.toPixel(scale.keyOfUpdates(steps)), frame.y.toPixel(rate));
    };
    if (const auto& fork = run.config.fork; fork && fork->step < count)
        addMark(Mark::Kind::Fork, entry, frame, placeOf(fork->step, run.rates[fork->step]),
                tr("%1: fork of %2 at step %3").arg(name, QString::fromStdString(fork->run), QString::number(fork->step)));
    std::size_t marked = 0;
    for (auto change = run.changes.rbegin(); change != run.changes.rend() && marked < mostChanges; ++change) {
        if (change->lastStep >= count || isOfTrunk(entry, change->lastStep)) continue;
        ++marked;
        const QString text = change->cause == RateCause::Hand ? tr("%1: rate changed by hand at step %2: %3 → %4")
                             : change->cause == RateCause::Plateau
                                 ? tr("%1: no progress at step %2: rate %3 → %4")
                                 : tr("%1: back to the first weights at step %2: rate %3 → %4");
        addMark(Mark::Kind::Change, entry, frame, placeOf(change->lastStep, change->after),
                text.arg(name, QString::number(change->step), rateText(change->before), rateText(change->after)));
    }
}

void Figure::paintMark(QPainter& painter, const Mark& mark) const {
    const double size = sizeOfMarks(m_theme.lineWidth);
    const QColor color = mark.entry->look.color;
    const QPointF at = mark.at;
    painter.setPen(QPen(m_theme.background, 1.2));
    painter.setBrush(color);
    switch (mark.kind) {
    case Mark::Kind::Best: painter.drawPolygon(star(at, 1.5 * size)); return;
    case Mark::Kind::EarlyStop:
        painter.drawRect(QRectF(at.x() - 0.75 * size, at.y() - 0.75 * size, 1.5 * size, 1.5 * size));
        return;
    case Mark::Kind::Restart:
        painter.drawPolygon(QPolygonF({at + QPointF(0, -1.1 * size), at + QPointF(0.85 * size, 0.6 * size),
                                       at + QPointF(-0.85 * size, 0.6 * size)}));
        return;
    case Mark::Kind::Change: // a lozenge
        painter.drawPolygon(QPolygonF({at + QPointF(0, -1.2 * size), at + QPointF(0.8 * size, 0),
                                       at + QPointF(0, 1.2 * size), at + QPointF(-0.8 * size, 0)}));
        return;
    case Mark::Kind::Fork:
        painter.setPen(QPen(color, 0.8 * std::max(2.0, m_theme.lineWidth)));
        painter.setBrush(m_theme.background);
        painter.drawEllipse(at, 0.8 * size, 0.8 * size);
        return;
    case Mark::Kind::Rule:
    case Mark::Kind::Bounds: return; // see paintRules()
    case Mark::Kind::Divergence: break;
    }
    painter.setPen(QPen(color, 1.2 * std::max(2.0, m_theme.lineWidth), Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(at + QPointF(-size, -size), at + QPointF(size, size));
    painter.drawLine(at + QPointF(-size, size), at + QPointF(size, -size));
    const RunRecord& run = mark.entry->run();
    const QString text = tr("diverged at step %1").arg(run.result.divergedAt.value_or(run.stepCount()));
    painter.setFont(m_theme.font(0.92));
    const double width = QFontMetricsF(painter.font()).horizontalAdvance(text);
    const auto rect = frame(mark.place);
    const bool fitsRight = rect && at.x() + size + 4 + width < rect->rect.right();
    painter.drawText(QRectF(fitsRight ? at.x() + size + 4 : at.x() - size - 4 - width, at.y() - m_theme.fontPixels,
                            width + 1, 2.0 * m_theme.fontPixels),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, text);
}

} // namespace ratescope
