// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRectF>

#include <algorithm>
#include <span>
#include <vector>

class QPainter;

namespace ratescope {

/// A curve at one place: in pixels, y downwards, top ≤ bottom. A line has both equal; a band, or a line that swings
/// within a pixel column, covers what lies between. NaN ends a line.
struct RibbonPoint {
    float x = 0;
    float top = 0;
    float bottom = 0;
};

/// How a curve is drawn.
struct RibbonStyle {
    QColor color;       ///< with its alpha
    float width = 0.0F; ///< of the pen in pixels; 0: only the area between top and bottom is filled
    int dash = 0;       ///< solid, dashed, dotted, dash-dotted
    bool operator==(const RibbonStyle&) const = default;
};

/// Points from left to right, x strictly increasing.
struct Ribbon {
    std::span<const RibbonPoint> points;
    RibbonStyle style;
    std::size_t from = 0; ///< points before this one are not drawn; dashes are measured from the first all the same
    std::span<const RibbonPoint> drawn() const { return points.subspan(std::min(from, points.size())); }
};

/// Draws the ribbon with a painter, for vector formats: cut to `frame`, points left out that no eye
/// misses.
void drawRibbon(QPainter& painter, const QRectF& frame, const Ribbon& ribbon);

} // namespace ratescope
