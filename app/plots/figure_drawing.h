// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/ribbon.h"

#include <QByteArray>
#include <QColor>
#include <QImage>
#include <QPicture>
#include <QPoint>
#include <QSize>
#include <QString>

#include <vector>

namespace ratescope {

/// A ribbon that has points of its own.
struct OwnRibbon {
    explicit OwnRibbon(const Ribbon& ribbon)
        : points(ribbon.points.begin(), ribbon.points.end())
        , style(ribbon.style)
        , from(ribbon.from) {}
    Ribbon ribbon() const { return {points, style, from}; }

    std::vector<RibbonPoint> points;
    RibbonStyle style;
    std::size_t from = 0;
};

/// The curves of one plot.
struct FrameCurves {
    double ratio = 1.0;  ///< pixels of the ribbons for each of the figure's own
    QPoint origin;       ///< of the plot's frame, in the ribbons' pixels
    QSize size;          ///< of the frame in whole pixels of the ribbons
    QRectF inside;       ///< the frame from its own corner, in the ribbons' pixels
    std::vector<OwnRibbon> ribbons; ///< lowest first
};

/// A figure as it stood when it was recorded. To record it takes the GUI thread a few milliseconds; what takes longer, to
/// make pixels or a file of it, any thread can do.
struct FigureDrawing {
    QSize size;         ///< in the figure's own pixels
    double scale = 0.0; ///< device pixels for each of them; 0: lines and areas rather than pixels
    QColor background;
    QString title;      ///< of a document
    QPicture axes;      ///< lowest
    std::vector<FrameCurves> curves;
    QPicture notes;     ///< over the curves

    /// A picture of size × scale, ARGB32_Premultiplied. The same drawing gives the same pixels on every machine.
    QImage toImage() const;
    /// The same as lines, areas and text. `experiment`: see experimentJson(); kept inside.
    QByteArray toSvg(const QString& experiment) const;
    QByteArray toPdf(const QString& experiment) const;
};

} // namespace ratescope
