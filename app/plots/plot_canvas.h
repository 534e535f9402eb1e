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
    }

Q_SIGNALS:
    void left();

protected:
    void paintEvent(QPaintEvent* event) override {
        QCPPainter painter(this);
        // Rectangle by rectangle, each with a clip that is one: a region of many costs more to clip by than to draw.
        for (const QRect& rect : event->region()) {
            painter.setClipRect(rect);
            painter.fillRect(rect, mBackgroundBrush);
            for (const auto& buffer : std::as_const(mPaintBuffers)) buffer->draw(&painter);
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
    PaintOver m_paintOver;
};

} // namespace ratescope
