// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/schedule.h"

#include <QColor>
#include <QPolygonF>

#include <string_view>

class QPainter;

namespace ratescope {

/// A schedule drawn small, without axes: x and y from 0 to 1, y upwards.
struct SchedulePicture {
    QPolygonF rate;
    QPolygonF ghost;   ///< the loss that a schedule looks at
    QPolygonF handles; ///< of a drawn one
};

/// The schedule itself over its run.
SchedulePicture pictureOf(const ScheduleSpec& spec, const RunLength& length, int columns);
/// What the family looks like: as it would be suggested for that rate and length, but told more clearly where that says
/// little: drops are halves, a plateau meets made-up data, a formula is none that another family is.
SchedulePicture familyPicture(std::string_view type, double rate, const RunLength& length, int columns);

struct PictureColors {
    QColor line;
    QColor ground; ///< the line at rate 0
    QColor ghost;
};
void paintPicture(QPainter& painter, const QRectF& area, const SchedulePicture& picture, const PictureColors& colors,
                  double width);

} // namespace ratescope
