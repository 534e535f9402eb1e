// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

#include <functional>

namespace ratescope {

/// A QCustomPlot over whose axes somebody else draws, with every repaint and only where it is needed.
class PlotCanvas : public QCustomPlot {
    Q_OBJECT

public:
    using PaintOver = std::function<void(QPainter& painter, const QRect& clip)>;
    explicit PlotCanvas(PaintOver paintOver, QWidget* parent = nullptr)
        : QCustomPlot(parent)
        , m_paintOver(std::move(paintOver)) {
        setMouseTracking(true);
        // One buffer for everything: each further one would be blended over the whole window.
        layer(QStringLiteral("overlay"))->setMode(QCPLayer::lmLogical);
        connect(this, &QCustomPlot::afterReplot, this, [this] { m_axes = QPixmap(); });
    }

Q_SIGNALS:
    void left();

protected:
    void paintEvent(QPaintEvent* event) override {
        QCPPainter painter(this);
        // Rectangle by rectangle, each with a clip that is one: a region of many costs more to clip by than to draw.
        for (const QRect& rect : event->region()) {
            painter.setClipRect(rect);
            drawAxes(painter, rect);
            painter.save();
            m_paintOver(painter, rect);
            painter.restore();
        }
    }
    void leaveEvent(QEvent* event) override {
        QCustomPlot::leaveEvent(event);
        Q_EMIT left();
    }

private:
    /// Background, grid and axes as one opaque picture, made after each replot: copying is cheaper than blending.
    void drawAxes(QCPPainter& painter, const QRect& rect) {
        const double ratio = bufferDevicePixelRatio();
        if (m_axes.isNull() || m_axes.size() != size() * ratio) {
            m_axes = QPixmap(size() * ratio);
            m_axes.setDevicePixelRatio(ratio);
            m_axes.fill(mBackgroundBrush.color());
            QCPPainter axes(&m_axes);
            for (const auto& buffer : std::as_const(mPaintBuffers)) buffer->draw(&axes);
        }
        painter.drawPixmap(QRectF(rect), m_axes, QRectF(QPointF(rect.topLeft()) * ratio, QSizeF(rect.size()) * ratio));
    }

    PaintOver m_paintOver;
    QPixmap m_axes;
};

} // namespace ratescope
