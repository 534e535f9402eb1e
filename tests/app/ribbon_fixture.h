// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/ribbon_raster.h"

#include <QImage>

#include <cmath>
#include <vector>

/// A picture that only ribbons are drawn into, with the means to measure their ink.
struct RibbonPicture {
    explicit RibbonPicture(int width = 200, int height = 100)
        : image(width, height, QImage::Format_ARGB32_Premultiplied) {
        image.fill(QColor(1, 2, 3)); // what was there before has to go
    }
    void draw(const std::vector<ratescope::Ribbon>& ribbons) { raster.draw(image, 0, image.width(), ribbons); }

    int alphaAt(int x, int y) const { return qAlpha(image.pixel(x, y)); }
    double inkOfColumn(int x) const {
        double ink = 0.0;
        for (int y = 0; y < image.height(); ++y) ink += alphaAt(x, y) / 255.0;
        return ink;
    }
    double ink() const {
        double sum = 0.0;
        for (int x = 0; x < image.width(); ++x) sum += inkOfColumn(x);
        return sum;
    }

    QImage image;
    ratescope::RibbonRaster raster;
};

inline ratescope::RibbonPoint at(double x, double y) {
    return {static_cast<float>(x), static_cast<float>(y), static_cast<float>(y)};
}

inline ratescope::RibbonStyle pen(float width, int dash = 0, const QColor& color = Qt::black) {
    return {color, width, dash};
}
