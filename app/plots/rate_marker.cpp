// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/rate_marker.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

constexpr double reach = 5.0;     // pixels
constexpr double snapReach = 7.0;

/// Rounded to that many digits, as people would write it.
double digitsOf(double rate, int digits) { return QString::number(rate, 'g', digits).toDouble(); }

} // namespace

void RateMarker::show(RunId test, double rate) {
    if (!(rate > 0.0) || !std::isfinite(rate)) return;
    if (m_dragging && test == m_test) return;
    if (test != m_test) *this = RateMarker();
    m_test = test;
    m_rate = rate;
}

std::optional<Figure::FrameView> RateMarker::anyFrame(const Figure& figure) {
    const auto loss = figure.frame(PlotPlace::TestLoss);
    return loss ? loss : figure.frame(PlotPlace::TestSlope);
}

bool RateMarker::isAt(const Figure& figure, const QPointF& position) const {
    const auto frame = isShown() ? figure.frameAt(position) : std::nullopt;
    if (!frame || (frame->place != PlotPlace::TestLoss && frame->place != PlotPlace::TestSlope)) return false;
    if (frame->place == PlotPlace::TestLoss && gripOf(figure, *frame).contains(position)) return true;
    return std::abs(frame->x.toPixel(m_rate) - position.x()) <= reach;
}

/// Within the rates in sight.
bool RateMarker::move(const Figure& figure, double rate) {
    const auto frame = anyFrame(figure);
    if (!isShown() || !frame || !std::isfinite(rate)) return false;
    rate = std::clamp(rate, std::min(frame->x.range().first, m_rate), std::max(frame->x.range().second, m_rate));
    if (rate == m_rate) return false;
    m_rate = rate;
    return true;
}

bool RateMarker::drag(const Figure& figure, const QPointF& position, bool snap) {
    const auto frame = anyFrame(figure);
    if (!frame) return false;
    const double x = std::clamp(position.x(), frame->rect.left(), frame->rect.right());
    if (!snap) return move(figure, frame->x.toValue(x));
    double nearest = snapReach;
    double rate = digitsOf(frame->x.toValue(x), 3);
    for (const double found : figure.ruleRates(m_test)) {
        const double away = std::abs(frame->x.toPixel(found) - x);
        if (away > nearest) continue;
        nearest = away;
        rate = found;
    }
    return move(figure, rate);
}

bool RateMarker::nudge(const Figure& figure, int direction, bool far) {
    return move(figure, digitsOf(m_rate * std::pow(10.0, direction * (far ? 0.1 : 0.01)), far ? 3 : 4));
}

QString RateMarker::rateText() const { return QLocale::c().toString(m_rate, 'g', 3); }

QString RateMarker::text() const { return isShown() ? tr("Chosen rate %1").arg(rateText()) : QString(); }

/// A flag at the foot of the upper frame.
QRectF RateMarker::gripOf(const Figure& figure, const Figure::FrameView& frame) const {
    const QFontMetricsF metrics(figure.theme().font(0.92, true));
    const QSizeF size(metrics.horizontalAdvance(rateText()) + 12.0, metrics.height() + 4.0);
    QRectF grip(QPointF(), size);
    grip.moveCenter({frame.x.toPixel(m_rate), 0.0});
    grip.moveBottom(frame.rect.bottom() - 1.4 * figure.theme().fontPixels);
    grip.moveLeft(std::clamp(grip.left(), frame.rect.left() + 1.0, std::max(frame.rect.left() + 1.0,
                                                                             frame.rect.right() - grip.width() - 1.0)));
    return grip;
}

QRegion RateMarker::region(const Figure& figure) const {
    QRegion region;
    if (!isShown()) return region;
    const auto widened = [](const QRectF& rect) { return rect.toAlignedRect().adjusted(-4, -4, 4, 4); };
    for (const PlotPlace place : {PlotPlace::TestLoss, PlotPlace::TestSlope}) {
        const auto frame = figure.frame(place);
        if (!frame) continue;
        const double x = frame->x.toPixel(m_rate);
        region += widened(QRectF(x, frame->rect.top(), 0.0, frame->rect.height()));
        if (place == PlotPlace::TestLoss)
            region += widened(gripOf(figure, *frame));
    }
    if (const auto frame = figure.frame(PlotPlace::Rate)) {
        const double y = frame->y.toPixel(m_rate);
        region += widened(QRectF(frame->rect.left(), y, frame->rect.width(), 0.0));
    }
    return region;
}

void RateMarker::paint(QPainter& painter, const Figure& figure) const {
    if (!isShown()) return;
    const PlotTheme& theme = figure.theme();
    painter.setRenderHint(QPainter::Antialiasing);
    const double width = m_selected ? 2.4 : 1.6;
    if (const auto frame = figure.frame(PlotPlace::Rate);
        frame && m_rate >= frame->y.range().first && m_rate <= frame->y.range().second) {
        const double y = frame->y.toPixel(m_rate);
        painter.setPen(QPen(theme.text, 1.2, Qt::DashLine));
        painter.drawLine(QPointF(frame->rect.left(), y), QPointF(frame->rect.right(), y));
    }
    for (const PlotPlace place : {PlotPlace::TestSlope, PlotPlace::TestLoss}) {
        const auto frame = figure.frame(place);
        if (!frame || m_rate < frame->x.range().first || m_rate > frame->x.range().second) continue;
        const double x = frame->x.toPixel(m_rate);
        painter.setPen(QPen(theme.text, width));
        painter.drawLine(QPointF(x, frame->rect.top()), QPointF(x, frame->rect.bottom()));
        if (place != PlotPlace::TestLoss) continue;
        const QRectF grip = gripOf(figure, *frame);
        painter.setPen(QPen(theme.background, 1.0));
        painter.setBrush(theme.text);
        painter.drawRoundedRect(grip, 4, 4);
        painter.setPen(theme.background);
        painter.setFont(theme.font(0.92, true));
        painter.drawText(grip, Qt::AlignCenter, rateText());
    }
}

} // namespace ratescope
