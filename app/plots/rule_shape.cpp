// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/rule_shape.h"

#include <QPolygonF>

#include <cmath>
#include <numbers>

namespace ratescope {

namespace {

/// A regular figure, or a star, whose first corner is at that angle (0: right, clockwise).
QPolygonF corners(const QPointF& at, int count, double first, double radius, double inner) {
    QPolygonF points;
    for (int i = 0; i < count; ++i) {
        const double angle = first + 2.0 * std::numbers::pi * i / count;
        points << at + (i % 2 == 0 ? radius : inner) * QPointF(std::cos(angle), std::sin(angle));
    }
    return points;
}

} // namespace

QPainterPath ruleShape(const std::string& rule, const QPointF& at, double radius) {
    constexpr double up = -0.5 * std::numbers::pi;
    QPainterPath path;
    const auto polygon = [&](const QPolygonF& points) {
        path.addPolygon(points);
        path.closeSubpath();
    };
    // Larger where there is less inside: all look about as heavy.
    const double wide = 1.35 * radius;
    if (rule == "minimum") polygon(corners(at, 4, 0.5 * up, 1.3 * radius, 1.3 * radius));
    else if (rule == "valley") polygon(corners(at - QPointF(0, 0.15 * radius), 3, -up, wide, wide));
    else if (rule == "slide") polygon(corners(at, 4, up, 1.4 * radius, 1.4 * radius));
    else if (rule == "halving") polygon(corners(at + QPointF(0, 0.15 * radius), 3, up, wide, wide));
    else if (rule == "best") polygon(corners(at, 10, up, 1.9 * radius, 0.9 * radius));
    else path.addEllipse(at, radius, radius);
    return path;
}

QString ruleLetter(const std::string& rule) {
    if (rule == "minimum") return QStringLiteral("□");
    if (rule == "valley") return QStringLiteral("▽");
    if (rule == "slide") return QStringLiteral("◇");
    if (rule == "halving") return QStringLiteral("△");
    if (rule == "best") return QStringLiteral("☆");
    return QStringLiteral("○");
}

} // namespace ratescope
