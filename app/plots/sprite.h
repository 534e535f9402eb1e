// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPaintEngine>
#include <QPainter>

#include <cmath>
#include <functional>

namespace ratescope {

/// A small shape that is drawn many times: on pixels once, then copied to whole ones; as vectors each time.
class Sprite {
public:
    template <typename Draw>
    Sprite(QPainter& painter, double reach, Draw draw)
        : m_painter(painter)
        , m_ratio(painter.deviceTransform().m11())
        , m_draw(draw) {
        const auto engine = painter.paintEngine()->type();
        if (engine != QPaintEngine::Raster) return;
        m_half = std::ceil((reach + 1.0) * m_ratio);
        m_image = QImage(QSize(1, 1) * static_cast<int>(2 * m_half + 1), QImage::Format_ARGB32_Premultiplied);
        m_image.fill(Qt::transparent);
        QPainter one(&m_image);
        one.setRenderHint(QPainter::Antialiasing);
        one.translate(m_half + 0.5, m_half + 0.5);
        one.scale(m_ratio, m_ratio);
        draw(one);
    }
    void draw(const QPointF& at) const {
        if (m_image.isNull()) {
            m_painter.save();
            m_painter.translate(at);
            m_draw(m_painter);
            m_painter.restore();
            return;
        }
        const QPointF corner(std::floor(at.x() * m_ratio) - m_half, std::floor(at.y() * m_ratio) - m_half);
        m_painter.drawImage(QRectF(corner / m_ratio, QSizeF(m_image.size()) / m_ratio), m_image);
    }

private:
    QPainter& m_painter;
    double m_ratio;
    std::function<void(QPainter&)> m_draw;
    double m_half = 0.0;
    QImage m_image;
};

} // namespace ratescope
