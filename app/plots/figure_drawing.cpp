// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/figure_drawing.h"

#include "app/plots/ribbon_raster.h"
#include "app/study/picture_experiment.h"

#include <QBuffer>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

namespace ratescope {

namespace {

/// Playing changes the picture, which one thread at a time may do. One that is drawn again is scaled by how much finer the device is than the screen; a figure has pixels of its own.
void play(QPainter& painter, QPicture picture) {
    painter.save();
    const QPaintDevice& device = *painter.device();
    painter.scale(double(picture.logicalDpiX()) / device.logicalDpiX(), double(picture.logicalDpiY()) / device.logicalDpiY());
    picture.play(&painter);
    painter.restore();
}

/// In pixels.
void drawCurves(QPainter& painter, const FrameCurves& curves) {
    std::vector<Ribbon> ribbons;
    ribbons.reserve(curves.ribbons.size());
    for (const OwnRibbon& own : curves.ribbons) ribbons.push_back(own.ribbon());
    QImage image(curves.size, QImage::Format_ARGB32_Premultiplied);
    RibbonRaster().draw(image, 0, curves.size.width(), ribbons);
    painter.save();
    painter.resetTransform(); // nothing is scaled
    painter.drawImage(curves.origin, image);
    painter.restore();
}

/// As lines and areas.
void drawLines(QPainter& painter, const FrameCurves& curves) {
    painter.save();
    painter.translate(QPointF(curves.origin) / curves.ratio);
    painter.scale(1.0 / curves.ratio, 1.0 / curves.ratio);
    for (const OwnRibbon& own : curves.ribbons) drawRibbon(painter, curves.inside, own.ribbon());
    painter.restore();
}

void paint(QPainter& painter, const FigureDrawing& drawing) {
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    play(painter, drawing.axes);
    for (const FrameCurves& curves : drawing.curves)
        drawing.scale > 0.0 ? drawCurves(painter, curves) : drawLines(painter, curves);
    play(painter, drawing.notes);
}

} // namespace

QImage FigureDrawing::toImage() const {
    QImage image(size * scale, QImage::Format_ARGB32_Premultiplied);
    image.fill(background);
    QPainter painter(&image);
    painter.scale(scale, scale);
    paint(painter, *this);
    return image;
}

QByteArray FigureDrawing::toSvg(const QString& experiment) const {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator svg;
    svg.setOutputDevice(&buffer);
    svg.setSize(size);
    svg.setViewBox(QRect(QPoint(), size));
    svg.setTitle(title.toHtmlEscaped()); // Qt writes it as it is
    QPainter painter(&svg);
    paint(painter, *this);
    painter.end();
    return experiment.isEmpty() ? bytes : embedInSvg(bytes, experiment);
}

QByteArray FigureDrawing::toPdf(const QString& experiment) const {
    constexpr int perInch = 96; // of the figure's own pixels
    constexpr int finer = 10;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter pdf(&buffer);
    pdf.setResolution(perInch * finer);
    pdf.setPageMargins(QMarginsF());
    pdf.setPageSize(QPageSize(QSizeF(size) * 72.0 / perInch, QPageSize::Point, QString(), QPageSize::ExactMatch));
    QPainter painter(&pdf);
    painter.scale(finer, finer);
    paint(painter, *this);
    painter.end();
    return embedInPdf(bytes, title, experiment);
}

} // namespace ratescope
