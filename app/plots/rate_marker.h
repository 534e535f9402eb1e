// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/figure.h"

#include <QCoreApplication>

#include <optional>

namespace ratescope {

/// A rate that is chosen on a range test by hand: an upright line through its frames with a grip, which mouse and keys move,
/// and a level line at the same rate on the rate plot.
class RateMarker {
    Q_DECLARE_TR_FUNCTIONS(RateMarker)

public:
    /// `rate`: above 0. A drag that is going on is not disturbed by its own echo.
    void show(RunId test, double rate);
    void hide() { *this = RateMarker(); }
    bool isShown() const { return m_test != 0; }
    RunId test() const { return m_test; }
    double rate() const { return m_rate; }

    /// Whether the line or its grip is within reach.
    bool isAt(const Figure& figure, const QPointF& position) const;
    void grab() { m_selected = m_dragging = true; }
    /// Moves it there; with `snap` onto what a rule of the test has found, if that is near, else to a rate of three digits.
    /// Returns whether it has moved.
    bool drag(const Figure& figure, const QPointF& position, bool snap);
    void release() { m_dragging = false; }
    bool isDragging() const { return m_dragging; }

    /// By keyboard: a hundredth of a decade, or a tenth.
    void select() { m_selected = isShown(); }
    void unselect() { m_selected = false; }
    bool isSelected() const { return m_selected; }
    bool nudge(const Figure& figure, int direction, bool far);

    /// All that it covers.
    QRegion region(const Figure& figure) const;
    void paint(QPainter& painter, const Figure& figure) const;
    /// What it says, for those who listen.
    QString text() const;

private:
    static std::optional<Figure::FrameView> anyFrame(const Figure& figure);
    bool move(const Figure& figure, double rate);
    QRectF gripOf(const Figure& figure, const Figure::FrameView& frame) const;
    QString rateText() const;

    RunId m_test = 0;
    double m_rate = 0.0;
    bool m_selected = false;
    bool m_dragging = false;
};

} // namespace ratescope
