// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/ribbon.h"

#include "app/study/palette.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <optional>

namespace ratescope {

namespace {

/// Pixels that a point may lie beside the line that replaces it: of a curve, and of a translucent band's ragged edge.
constexpr double lineTolerance = 0.12;
constexpr double bandTolerance = 0.6;

/// One decimal: what is below no printer shows, and digits are most of an SVG's size.
QPointF rounded(const QPointF& point) { return {std::round(point.x() * 10.0) / 10.0, std::round(point.y() * 10.0) / 10.0}; }

/// The part of the line from a to b that lies within the frame's height (Liang and Barsky 1984).
std::optional<std::pair<QPointF, QPointF>> cut(QPointF a, QPointF b, const QRectF& frame) {
    double from = 0.0;
    double to = 1.0;
    const auto clip = [&](double p, double q) {
        if (p == 0.0) return q >= 0.0;
        const double r = q / p;
        if (p < 0.0) from = std::max(from, r);
        else to = std::min(to, r);
        return from <= to;
    };
    const QPointF d = b - a;
    const bool inside = clip(-d.x(), a.x() - frame.left()) && clip(d.x(), frame.right() - a.x()) &&
                        clip(-d.y(), a.y() - frame.top()) && clip(d.y(), frame.bottom() - a.y());
    if (!inside) return std::nullopt;
    return std::pair(a + from * d, a + to * d);
}

/// Leaves out points as long as the line past them keeps within the tolerance: one pass with a cone of allowed slopes.
std::vector<QPointF> simplified(const std::vector<QPointF>& points, double tolerance) {
    std::vector<QPointF> kept;
    for (std::size_t i = 0; i < points.size();) {
        kept.push_back(points[i]);
        const QPointF from = points[i];
        double low = -1e18;
        double high = 1e18;
        std::size_t last = i + 1;
        for (std::size_t k = i + 1; k < points.size(); ++k) {
            const double run = points[k].x() - from.x();
            if (run <= 1e-9) break;
            const double slope = (points[k].y() - from.y()) / run;
            if (slope < low || slope > high) break;
            low = std::max(low, (points[k].y() - tolerance - from.y()) / run);
            high = std::min(high, (points[k].y() + tolerance - from.y()) / run);
            last = k;
        }
        i = last;
    }
    return kept;
}

/// A path of lines that begins anew where the last one did not end.
class PathWriter {
public:
    void line(const QPointF& a, const QPointF& b) {
        const QPointF start = rounded(a);
        const QPointF end = rounded(b);
        if (m_path.isEmpty() || m_path.currentPosition() != start) m_path.moveTo(start);
        if (end != start) m_path.lineTo(end);
    }
    const QPainterPath& path() const { return m_path; }

private:
    QPainterPath m_path;
};

/// The area between two edges, cut at the frame's sides.
void fillArea(QPainter& painter, const QRectF& frame, const Ribbon& ribbon) {
    std::vector<QPointF> top;
    std::vector<QPointF> bottom;
    const auto add = [&](double x, double high, double low) {
        top.emplace_back(x, std::clamp(high, frame.top(), frame.bottom()));
        bottom.emplace_back(x, std::clamp(low, frame.top(), frame.bottom()));
    };
    const RibbonPoint* before = nullptr;
    for (const RibbonPoint& point : ribbon.drawn()) {
        if (std::isnan(point.top) || std::isnan(point.bottom)) continue;
        const auto cross = [&](double x) {
            if (!before || before->x >= x || point.x <= x) return;
            const double share = (x - before->x) / (static_cast<double>(point.x) - before->x);
            add(x, std::lerp<double>(before->top, point.top, share), std::lerp<double>(before->bottom, point.bottom, share));
        };
        cross(frame.left());
        if (point.x >= frame.left() && point.x <= frame.right()) add(point.x, point.top, point.bottom);
        cross(frame.right());
        before = &point;
    }
    QPolygonF area;
    for (const QPointF& point : simplified(top, bandTolerance)) area << rounded(point);
    const std::vector<QPointF> back = simplified(bottom, bandTolerance);
    for (auto it = back.rbegin(); it != back.rend(); ++it) area << rounded(*it);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ribbon.style.color);
    painter.drawPolygon(area);
}

} // namespace

void drawRibbon(QPainter& painter, const QRectF& frame, const Ribbon& ribbon) {
    if (ribbon.style.width <= 0.0F) {
        fillArea(painter, frame, ribbon);
        return;
    }
    std::vector<QPointF> line; // up and down where the curve swings within a column
    PathWriter writer;
    const auto flush = [&] {
        const std::vector<QPointF> points = simplified(line, lineTolerance);
        if (const QPointF dot(0.5 * ribbon.style.width, 0.0); points.size() == 1 && frame.contains(points[0]))
            writer.line(points[0] - dot, points[0] + dot);
        for (std::size_t i = 0; i + 1 < points.size(); ++i)
            if (const auto part = cut(points[i], points[i + 1], frame))
                writer.line(part->first, part->second);
        line.clear();
    };
    for (const RibbonPoint& point : ribbon.drawn()) {
        if (std::isnan(point.top) || std::isnan(point.bottom)) {
            flush();
            continue;
        }
        line.emplace_back(point.x, point.top);
        if (point.bottom > point.top + 0.5F) line.emplace_back(point.x, point.bottom);
    }
    flush();
    QPen pen(ribbon.style.color, ribbon.style.width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    const std::span<const float> pattern = dashPattern(ribbon.style.dash);
    if (!pattern.empty()) pen.setDashPattern(QList<qreal>(pattern.begin(), pattern.end()));
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(writer.path());
}

} // namespace ratescope
