// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/schedule_picture.h"

#include "app/panels/schedule_curve.h"
#include "core/schedule/handles.h"

#include <QLinearGradient>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

/// Of the examples that the data decide: long enough for three plateaus, one step an epoch.
const RunLength exampleLength{66, 1};

QPolygonF inUnits(const std::vector<RatePoint>& points, double width, double height) {
    QPolygonF line;
    line.reserve(static_cast<qsizetype>(points.size()));
    for (const RatePoint& point : points)
        line << QPointF(width > 0 ? point.step / width : 0.0,
                        height > 0 && std::isfinite(point.rate) ? point.rate / height : 0.0);
    return line;
}

double highest(const std::vector<RatePoint>& points) {
    double high = 0.0;
    for (const RatePoint& point : points)
        if (std::isfinite(point.rate)) high = std::max(high, point.rate);
    return high;
}

} // namespace

SchedulePicture pictureOf(const ScheduleSpec& spec, const RunLength& length, int columns) {
    SchedulePicture picture;
    if (!validateSchedule(spec).empty()) return picture;
    const Schedule schedule(spec, length);
    const DataExample example = exampleOf(schedule, length);
    const auto points = example.rates.empty() ? sampledRates(schedule, length, columns) : example.rates;
    const double last = points.back().step;
    const double high = highest(points);
    picture.rate = inUnits(points, last, high);
    picture.ghost = inUnits(example.losses, last, 1.0);
    if (spec.type == "piecewise" && high > 0 && spec.points.size() <= 30)
        for (const SchedulePoint& point : spec.points)
            picture.handles << QPointF(static_cast<double>(stepAt(spec.unit, length, point.t)) / last,
                                       point.rate / high);
    return picture;
}

SchedulePicture familyPicture(std::string_view type, double rate, const RunLength& length, int columns) {
    const ScheduleFamily* family = findScheduleFamily(type);
    const bool byData = family && family->group == ScheduleGroup::ByData;
    // A picture of a run of two steps shows nothing.
    const RunLength shown =
        byData ? exampleLength : RunLength{std::max<std::uint64_t>(length.steps, 400), length.stepsPerEpoch};
    ScheduleSpec spec = suggestedSchedule(type, rate, static_cast<double>(shown.steps), TimeUnit::Step);
    if (spec.type == "halving") spec.values.set("patience", 20.0);
    if (family && findParameter(family->parameters, "factor")) spec.values.set("factor", 0.5);
    if (spec.type == "plateau") spec.values.set("patience", 8.0);
    if (spec.type == "formula") spec.expression = "lr * (1 - t/T) * (0.65 + 0.35*cos(8*pi*t/T))";
    if (spec.type == "piecewise") { // as a hand would do it
        const auto end = static_cast<double>(shown.steps - 1);
        spec.points = {{0.0, rate * 0.3},
                       {end * 0.22, rate},
                       {end * 0.5, rate * 0.8},
                       {end * 0.7, rate * 0.35},
                       {end, rate * 0.1}};
        spec.values.set("interpolation", 3.0);
    }
    return pictureOf(spec, shown, columns);
}

void paintPicture(QPainter& painter, const QRectF& area, const SchedulePicture& picture, const PictureColors& colors,
                  double width) {
    const QColor& line = colors.line;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const auto place = [&](const QPolygonF& polygon) {
        QPolygonF placed;
        placed.reserve(polygon.size());
        for (const QPointF& point : polygon)
            placed << QPointF(area.left() + point.x() * area.width(),
                              area.bottom() - std::clamp(point.y(), -0.2, 1.2) * area.height());
        return placed;
    };
    painter.setPen(QPen(colors.ground, 1.0));
    painter.drawLine(QPointF(area.left(), std::floor(area.bottom()) + 0.5),
                     QPointF(area.right(), std::floor(area.bottom()) + 0.5));
    const QPolygonF rate = place(picture.rate);
    if (!rate.isEmpty()) {
        QPainterPath under;
        under.moveTo(rate.front().x(), area.bottom());
        for (const QPointF& point : rate) under.lineTo(point);
        under.lineTo(rate.back().x(), area.bottom());
        QLinearGradient fill(area.topLeft(), area.bottomLeft());
        QColor top = line;
        QColor bottom = line;
        top.setAlphaF(0.22F);
        bottom.setAlphaF(0.03F);
        fill.setColorAt(0.0, top);
        fill.setColorAt(1.0, bottom);
        painter.fillPath(under, fill);
    }
    if (!picture.ghost.isEmpty()) {
        painter.setPen(QPen(colors.ghost, width * 0.7, Qt::DotLine, Qt::RoundCap));
        painter.drawPolyline(place(picture.ghost));
    }
    painter.setPen(QPen(line, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(rate);
    painter.setBrush(line);
    painter.setPen(Qt::NoPen);
    for (const QPointF& handle : place(picture.handles)) painter.drawEllipse(handle, width * 1.7, width * 1.7);
    painter.restore();
}

} // namespace ratescope
