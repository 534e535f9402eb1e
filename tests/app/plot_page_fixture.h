// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/plot_page.h"
#include "tests/app/gui_helpers.h"

#include <QApplication>
#include <QMouseEvent>
#include <QScreen>
#include <QWheelEvent>

#include <vector>

/// A page in a window, and hands for it: events as a person's mouse and keyboard send them.
class PageFixture {
public:
    explicit PageFixture(const std::vector<ratescope::RunPointer>& runs, const ratescope::PlotView& view = {},
                         QSize size = {1200, 500}) {
        page.resize(size);
        page.setView(view);
        page.setRuns(runs);
        page.show();
        settle();
    }

    /// Until nothing is left to be done.
    void settle() {
        for (int i = 0; i < 8; ++i) QApplication::processEvents();
    }
    /// As when runs have grown or changed.
    void refresh() {
        page.refresh();
        settle();
    }

    /// All of the page, painted for this.
    QImage picture() { return page.grab().toImage().convertToFormat(QImage::Format_RGB32); }
    /// What its paintings so far have left on the screen.
    QImage screen() { return page.screen()->grabWindow(page.winId()).toImage().convertToFormat(QImage::Format_RGB32); }

    void mouse(QEvent::Type type, const QPointF& at, Qt::KeyboardModifiers modifiers = {},
               Qt::MouseButton button = Qt::LeftButton) {
        const bool move = type == QEvent::MouseMove;
        const Qt::MouseButtons held =
            type == QEvent::MouseButtonRelease || (move && !m_pressed) ? Qt::NoButton : Qt::MouseButtons(button);
        m_pressed = (m_pressed || type == QEvent::MouseButtonPress || type == QEvent::MouseButtonDblClick) &&
                    type != QEvent::MouseButtonRelease;
        QMouseEvent event(type, at, page.canvas()->mapToGlobal(at), move ? Qt::NoButton : button, held, modifiers);
        QApplication::sendEvent(page.canvas(), &event);
    }
    void hover(const QPointF& at) { mouse(QEvent::MouseMove, at); }
    void click(const QPointF& at, Qt::KeyboardModifiers modifiers = {}) {
        mouse(QEvent::MouseButtonPress, at, modifiers);
        mouse(QEvent::MouseButtonRelease, at, modifiers);
        settle();
    }
    void doubleClick(const QPointF& at) {
        click(at);
        mouse(QEvent::MouseButtonDblClick, at);
        mouse(QEvent::MouseButtonRelease, at);
        settle();
    }
    void drag(const QPointF& from, const QPointF& to, Qt::KeyboardModifiers modifiers = {}) {
        mouse(QEvent::MouseButtonPress, from, modifiers);
        for (const double share : {0.3, 0.6, 1.0}) {
            mouse(QEvent::MouseMove, from + share * (to - from), modifiers);
            settle();
        }
        mouse(QEvent::MouseButtonRelease, to, modifiers);
        settle();
    }
    void wheel(const QPointF& at, int delta = 120, Qt::KeyboardModifiers modifiers = {}) {
        QWheelEvent event(at, page.canvas()->mapToGlobal(at), {}, {0, delta}, Qt::NoButton, modifiers, Qt::NoScrollPhase,
                          false);
        QApplication::sendEvent(page.canvas(), &event);
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QKeyEvent event(QEvent::KeyPress, key, modifiers);
        QApplication::sendEvent(&page, &event);
        settle();
    }

    using Range = ratescope::AxisRange;
    Range steps() { return *page.currentView().steps; }
    Range loss() { return *page.currentView().loss; }
    Range rate() { return *page.currentView().rate; }
    QPointF middle(ratescope::PlotPart part) const { return page.frameOf(part).center(); }

    ratescope::PlotPage page;

private:
    bool m_pressed = false;
};

/// How far two pictures are apart, in steps of 255 of the channel that differs most, and where they are.
struct PictureDifference {
    int most = 0;
    int pixels = 0;
    QRect where;
};

inline PictureDifference differenceOf(const QImage& a, const QImage& b) {
    PictureDifference result;
    if (a.size() != b.size()) return {255, a.width() * a.height(), a.rect()};
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x) {
            const QRgb p = a.pixel(x, y);
            const QRgb q = b.pixel(x, y);
            if (p == q) continue;
            result.most = std::max(
                {result.most, std::abs(qRed(p) - qRed(q)), std::abs(qGreen(p) - qGreen(q)), std::abs(qBlue(p) - qBlue(q))});
            ++result.pixels;
            result.where |= QRect(x, y, 1, 1);
        }
    return result;
}

inline int differingPixels(const QImage& a, const QImage& b) {
    return differenceOf(a, b).pixels;
}

/// But for two steps in a channel: a smoothed value's last bit depends on where its computation began.
#define VERIFY_SAME(found, expected)                                                                                        \
    do {                                                                                                                    \
        const PictureDifference apart = differenceOf((found), (expected));                                                  \
        const QRect where = apart.where;                                                                                    \
        QVERIFY2(apart.most <= 2, qPrintable(QStringLiteral("%1 pixels by up to %2 in %3 × %4 from %5, %6")                 \
                                                 .arg(apart.pixels)                                                         \
                                                 .arg(apart.most)                                                           \
                                                 .arg(where.width())                                                        \
                                                 .arg(where.height())                                                       \
                                                 .arg(where.x())                                                            \
                                                 .arg(where.y())));                                                         \
    } while (false)
