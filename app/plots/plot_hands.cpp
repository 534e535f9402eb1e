// SPDX-License-Identifier: GPL-3.0-or-later
// The plot page under the hands: mouse, wheel, keys, menu.
#include "app/plots/figure.h"
#include "app/plots/plot_canvas.h"
#include "app/plots/plot_hand.h"
#include "app/plots/plot_page.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QWheelEvent>

#include <cmath>

namespace ratescope {

namespace {

constexpr double wheelFactor = 0.85;  // of the range, for each notch
constexpr int sameGesture = 600;      // ms between notches that belong together
constexpr double smallestBox = 6.0;   // pixels

/// What an axis may show at all: nearer or farther its numbers mean nothing.
bool isUsable(const AxisRange& range, bool logarithmic) {
    const double size = range.second - range.first;
    if (!std::isfinite(range.first) || !std::isfinite(range.second)) return false;
    if (logarithmic) return range.first > 1e-250 && range.second < 1e250 && range.second / range.first > 1.0 + 1e-9;
    return size > 1e-9 * std::max(std::abs(range.first), std::abs(range.second)) && size > 1e-200 && size < 1e200;
}

std::optional<AxisRange> usable(const AxisRange& range, const AxisMap& axis) {
    return isUsable(range, axis.isLogarithmic()) ? std::optional(range) : std::nullopt;
}

} // namespace

void PlotPage::press(QMouseEvent* event) {
    setFocus(Qt::MouseFocusReason);
    Hand& hand = *m_hand;
    hand.grip = Hand::Grip::None;
    if (event->button() != Qt::LeftButton) return;
    hand.pressedAt = hand.lastAt = event->position();
    hand.moved = false;
    for (const Figure::LegendLine& line : m_figure->legend())
        if (line.rect.contains(event->position())) {
            hand.grip = Hand::Grip::Legend;
            hand.legendRuns = QList<RunId>(line.runs.begin(), line.runs.end());
            return;
        }
    hand.frame = m_figure->frameAt(event->position());
    if (!hand.frame) return;
    if (pressHandle(event)) return;
    if (!(event->modifiers() & Qt::ShiftModifier) && hand.marker.isAt(*m_figure, event->position())) {
        hand.grip = Hand::Grip::Marker;
        hand.marker.grab();
        hideCrosshair();
        m_plot->update(hand.marker.region(*m_figure));
        return;
    }
    hand.marker.unselect();
    if (const auto cursor = hand.cursors.at(*m_figure, event->position())) {
        hand.grip = Hand::Grip::Cursor;
        hand.cursor = *cursor;
        return;
    }
    hand.grip = event->modifiers() & Qt::ShiftModifier ? Hand::Grip::Box : Hand::Grip::Pan;
    m_plot->setCursor(hand.grip == Hand::Grip::Box ? Qt::CrossCursor : Qt::ClosedHandCursor);
}

void PlotPage::move(QMouseEvent* event) {
    Hand& hand = *m_hand;
    const bool first = !hand.moved;
    if (hand.grip != Hand::Grip::None &&
        (event->position() - hand.pressedAt).manhattanLength() >= QApplication::startDragDistance())
        hand.moved = true;
    if (hand.grip == Hand::Grip::Handle) {
        if (!hand.moved) return;
        hand.handles.drag(*m_figure, event->position(), !(event->modifiers() & Qt::AltModifier));
        tellHandles();
        return;
    }
    if (hand.grip == Hand::Grip::Marker) {
        if (hand.moved) dragMarker(event);
        return;
    }
    if (hand.grip == Hand::Grip::None) {
        moveCrosshair(event->position());
        const bool overLegend = std::ranges::any_of(
            m_figure->legend(), [&](const auto& line) { return line.rect.contains(event->position()); });
        const bool overCursor = hand.cursors.at(*m_figure, event->position()).has_value();
        const bool overHandle = hand.handles.at(*m_figure, event->position()).has_value();
        const bool overLine = !overHandle && hand.handles.isOnLine(*m_figure, event->position());
        m_plot->setCursor(overLegend   ? Qt::PointingHandCursor
                          : overHandle ? Qt::SizeAllCursor
                          : overLine   ? Qt::CrossCursor
                          : overCursor ? Qt::SplitHCursor
                          : hand.marker.isAt(*m_figure, event->position()) ? Qt::SplitHCursor
                                       : Qt::ArrowCursor);
        return;
    }
    if (!hand.moved) return;
    if (hand.grip == Hand::Grip::Pan) {
        if (first) edit(m_view, true);
        pan(event->position());
    }
    hand.lastAt = event->position();
    if (hand.grip == Hand::Grip::Box) {
        hideCrosshair();
        m_plot->update();
    }
    if (hand.grip == Hand::Grip::Cursor) {
        hand.cursors.set(hand.cursor, hand.frame->x.toValue(std::clamp(event->position().x(), hand.frame->rect.left(),
                                                                       hand.frame->rect.right())));
        m_plot->update();
    }
}

void PlotPage::pan(const QPointF& position) {
    Hand& hand = *m_hand;
    const auto frame = m_figure->frame(hand.frame->place);
    if (!frame) return;
    // From where the drag began, so that no rounding adds up.
    const QPointF by = position - hand.pressedAt;
    PlotView view = m_view;
    Figure::setRanges(view, frame->place, usable(hand.frame->x.moved(by.x()), frame->x),
                      usable(hand.frame->y.moved(by.y()), frame->y));
    hideCrosshair();
    edit(view, false);
}

void PlotPage::release(QMouseEvent* event) {
    Hand& hand = *m_hand;
    const Hand::Grip grip = std::exchange(hand.grip, Hand::Grip::None);
    m_plot->setCursor(Qt::ArrowCursor);
    if (grip == Hand::Grip::Handle) releaseHandle();
    hand.marker.release();
    if (grip == Hand::Grip::Legend && !hand.moved)
        Q_EMIT legendClicked(hand.legendRuns, event->modifiers() & Qt::ControlModifier);
    if (grip == Hand::Grip::Box && hand.moved) zoomToBox();
    m_plot->update();
    moveCrosshair(event->position());
}

/// On a handle, or on the line between them, where one is put. Returns whether it was.
bool PlotPage::pressHandle(QMouseEvent* event) {
    Hand& hand = *m_hand;
    if (const auto index = hand.handles.at(*m_figure, event->position())) {
        hand.handles.grab(*index);
    } else {
        if (event->modifiers() & Qt::ShiftModifier || !hand.handles.isOnLine(*m_figure, event->position())) return false;
        if (!hand.handles.add(*m_figure, event->position())) return false;
        tellHandles();
    }
    hand.grip = Hand::Grip::Handle;
    holdAxes();
    hideCrosshair();
    m_plot->update();
    return true;
}

/// While a handle is dragged: an axis that fitted itself would run away from the hand.
void PlotPage::holdAxes() {
    m_hand->beforeHandle = m_view;
    PlotView held = m_view;
    if (const auto frame = m_figure->frame(PlotPlace::Rate)) {
        held.steps = frame->x.range();
        held.rate = frame->y.range();
    }
    m_hand->heldByHandle = held;
    setView(held);
}

/// The axes fit again what they fitted before, unless something else has moved them meanwhile.
void PlotPage::releaseHandle() {
    const Hand& hand = *m_hand;
    m_hand->handles.release();
    PlotView view = m_view;
    if (view.steps == hand.heldByHandle.steps) view.steps = hand.beforeHandle.steps;
    if (view.rate == hand.heldByHandle.rate) view.rate = hand.beforeHandle.rate;
    setView(view);
}

void PlotPage::tellHandles() {
    m_plot->update();
    m_plot->setAccessibleDescription(m_hand->handles.text());
    Q_EMIT handlesEdited(m_hand->handles.run(), m_hand->handles.schedule(), m_hand->handles.gesture());
}

/// What the keys do to the selected handle. Returns whether they did.
bool PlotPage::handleKey(QKeyEvent* event) {
    RateHandles& handles = m_hand->handles;
    if (!handles.isShown()) return false;
    const int direction = event->key() == Qt::Key_BracketLeft ? -1 : event->key() == Qt::Key_BracketRight ? 1 : 0;
    if (direction != 0) {
        if (!handles.select(direction)) return false;
        m_plot->setAccessibleDescription(handles.text());
        m_plot->update();
        return true;
    }
    if (!handles.selected()) return false;
    const double far = event->modifiers() & Qt::ShiftModifier ? 5.0 : 1.0;
    bool changed = false;
    switch (event->key()) {
    case Qt::Key_Left: changed = handles.nudge(*m_figure, -far, 0.0); break;
    case Qt::Key_Right: changed = handles.nudge(*m_figure, far, 0.0); break;
    case Qt::Key_Up: changed = handles.nudge(*m_figure, 0.0, far); break;
    case Qt::Key_Down: changed = handles.nudge(*m_figure, 0.0, -far); break;
    case Qt::Key_Delete: changed = handles.remove(*handles.selected()); break;
    case Qt::Key_Insert: changed = handles.insertBeside(*m_figure); break;
    case Qt::Key_Escape: handles.unselect(); m_plot->update(); return true;
    default: return false;
    }
    if (changed) tellHandles();
    return true;
}

void PlotPage::dragMarker(QMouseEvent* event) {
    RateMarker& marker = m_hand->marker;
    const QRegion before = marker.region(*m_figure);
    if (marker.drag(*m_figure, event->position(), !(event->modifiers() & Qt::AltModifier))) tellMarker(before);
}

void PlotPage::tellMarker(const QRegion& before) {
    const RateMarker& marker = m_hand->marker;
    m_plot->update(before + marker.region(*m_figure));
    m_plot->setAccessibleDescription(marker.text());
    Q_EMIT rateMarkerMoved(marker.test(), marker.rate());
}

/// What the keys do to the marker of the rate. Returns whether they did.
bool PlotPage::markerKey(QKeyEvent* event) {
    RateMarker& marker = m_hand->marker;
    const int key = event->key();
    if (!marker.isShown()) return false;
    const QRegion before = marker.region(*m_figure);
    if (!marker.isSelected()) {
        if (key != Qt::Key_BracketLeft && key != Qt::Key_BracketRight) return false;
        marker.select();
        m_plot->setAccessibleDescription(marker.text());
        m_plot->update(before);
        return true;
    }
    if (key == Qt::Key_Escape) {
        marker.unselect();
        m_plot->update(before);
        return true;
    }
    if (key != Qt::Key_Left && key != Qt::Key_Right) return false;
    if (marker.nudge(*m_figure, key == Qt::Key_Left ? -1 : 1, event->modifiers() & Qt::ShiftModifier)) tellMarker(before);
    return true;
}

/// Delete and Esc belong to the selected handle, and Esc to the marker, as long as there is one.
bool PlotPage::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && (m_hand->handles.selected() || m_hand->marker.isSelected())) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape || (key == Qt::Key_Delete && m_hand->handles.selected())) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void PlotPage::zoomToBox() {
    const Figure::FrameView& frame = *m_hand->frame;
    const QRectF box = QRectF(m_hand->pressedAt, m_hand->lastAt).normalized().intersected(frame.rect);
    PlotView view = m_view;
    // A box as flat as a line is about one axis.
    std::optional<AxisRange> x;
    std::optional<AxisRange> y;
    if (box.width() >= smallestBox) x = usable({frame.x.toValue(box.left()), frame.x.toValue(box.right())}, frame.x);
    if (box.height() >= smallestBox) y = usable({frame.y.toValue(box.bottom()), frame.y.toValue(box.top())}, frame.y);
    if (!x && !y) return;
    Figure::setRanges(view, frame.place, x, y);
    edit(view, true);
}

void PlotPage::doubleClick(QMouseEvent* event) {
    m_hand->grip = Hand::Grip::None;
    const auto over = [&](const Figure::LegendLine& line) { return line.rect.contains(event->position()); };
    if (std::ranges::any_of(m_figure->legend(), over)) press(event); // the second of two quick clicks
    else if (const auto frame = m_figure->frameAt(event->position());
             frame && frame->place == PlotPlace::Rate && m_hand->handles.isShown()) {
        if (!m_hand->handles.at(*m_figure, event->position()) && m_hand->handles.add(*m_figure, event->position()))
            tellHandles();
        m_hand->handles.release();
    } else if (frame) {
        fit();
    }
}

void PlotPage::wheel(QWheelEvent* event) {
    const auto frame = m_figure->frameAt(event->position());
    if (!frame) return;
    Hand& hand = *m_hand;
    const QPoint turned = event->angleDelta();
    const double notches = (turned.y() != 0 ? turned.y() : turned.x()) / 120.0;
    const double factor = std::pow(wheelFactor, notches);
    PlotView view = m_view;
    if (event->modifiers() & Qt::ControlModifier)
        Figure::setRanges(view, frame->place, std::nullopt,
                          usable(frame->y.zoomed(event->position().y(), factor), frame->y));
    else
        Figure::setRanges(view, frame->place, usable(frame->x.zoomed(event->position().x(), factor), frame->x),
                          std::nullopt);
    const bool goesOn =
        hand.sinceWheel.isValid() && hand.sinceWheel.elapsed() < sameGesture && hand.wheelPlace == frame->place;
    edit(view, !goesOn);
    hand.sinceWheel.start();
    hand.wheelPlace = frame->place;
    event->accept();
}

void PlotPage::moveCrosshair(const QPointF& position) {
    Crosshair& crosshair = m_hand->crosshair;
    QRegion dirty = crosshair.region();
    crosshair.moveTo(*m_figure, position, size());
    dirty += crosshair.region();
    if (!dirty.isEmpty()) m_plot->update(dirty);
}

void PlotPage::hideCrosshair() {
    const QRegion dirty = m_hand->crosshair.region();
    m_hand->crosshair.hide();
    if (!dirty.isEmpty()) m_plot->update(dirty);
}

/// The crosshair by keyboard: a pixel, or a tenth of the frame.
void PlotPage::stepCrosshair(int direction, bool far) {
    const Crosshair& crosshair = m_hand->crosshair;
    const auto frame = crosshair.isShown() ? crosshair.frame() : m_figure->frame(PlotPlace::Loss);
    if (!frame) return;
    QPointF at = crosshair.isShown() ? crosshair.position() : frame->rect.center();
    if (crosshair.isShown()) at.rx() += direction * (far ? 0.1 * frame->rect.width() : 1.0);
    at.setX(std::clamp(at.x(), frame->rect.left(), frame->rect.right() - 1.0));
    moveCrosshair(at);
    m_plot->setAccessibleDescription(m_hand->crosshair.text());
}

void PlotPage::keyPressEvent(QKeyEvent* event) {
    const auto& under = m_hand->crosshair.frame();
    const auto frame = under ? m_figure->frame(under->place) : m_figure->frame(PlotPlace::Loss);
    const bool far = event->modifiers() & Qt::ShiftModifier;
    const bool upright = event->modifiers() & Qt::ControlModifier;
    if (handleKey(event) || markerKey(event)) return;
    if (!frame) return;
    constexpr double share = 0.1;
    PlotView view = m_view;
    const auto shift = [&](double x, double y) {
        Figure::setRanges(view, frame->place,
                          x != 0.0 ? usable(frame->x.moved(x * frame->rect.width()), frame->x) : std::nullopt,
                          y != 0.0 ? usable(frame->y.moved(y * frame->rect.height()), frame->y) : std::nullopt);
    };
    const auto zoom = [&](double factor) {
        if (upright)
            Figure::setRanges(view, frame->place, std::nullopt,
                              usable(frame->y.zoomed(frame->rect.center().y(), factor), frame->y));
        else
            Figure::setRanges(view, frame->place, usable(frame->x.zoomed(frame->rect.center().x(), factor), frame->x),
                              std::nullopt);
    };
    switch (event->key()) {
    case Qt::Key_Left: shift(share, 0.0); break;
    case Qt::Key_Right: shift(-share, 0.0); break;
    case Qt::Key_Up: shift(0.0, share); break;
    case Qt::Key_Down: shift(0.0, -share); break;
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoom(wheelFactor); break;
    case Qt::Key_Minus: zoom(1.0 / wheelFactor); break;
    case Qt::Key_Comma:
    case Qt::Key_Less: stepCrosshair(-1, far); return;
    case Qt::Key_Period:
    case Qt::Key_Greater: stepCrosshair(1, far); return;
    case Qt::Key_Backspace: goBack(); return;
    default: QWidget::keyPressEvent(event); return;
    }
    edit(view, true);
}

void PlotPage::contextMenuEvent(QContextMenuEvent* event) { showMenu(event->globalPos()); }

void PlotPage::showMenu(const QPoint& globalPosition) {
    QMenu menu(this);
    menu.addAction(tr("Fit and follow"), this, &PlotPage::fit)->setEnabled(!isFollowing());
    menu.addAction(tr("Back to the view before"), this, &PlotPage::goBack)->setEnabled(!m_history.empty());
    menu.addSeparator();
    const Crosshair at = m_hand->crosshair; // the menu takes the mouse away
    const auto set = [this, at](int which) {
        m_hand->crosshair = at;
        setCursor(which);
    };
    menu.addAction(tr("Set cursor A here"), this, [set] { set(0); });
    menu.addAction(tr("Set cursor B here"), this, [set] { set(1); });
    menu.addAction(tr("Remove the cursors"), this, &PlotPage::clearCursors)->setEnabled(m_hand->cursors.isAny());
    const QPointF position = m_plot->mapFromGlobal(globalPosition);
    if (const auto handle = m_hand->handles.at(*m_figure, position)) {
        menu.addSeparator();
        menu.addAction(tr("Delete this handle"), this, [this, handle = *handle] {
            if (m_hand->handles.remove(handle)) tellHandles();
        });
    }
    const auto under = m_figure->frameAt(position);
    std::optional<double> steps;
    std::optional<double> rate;
    if (under && (under->place == PlotPlace::Loss || under->place == PlotPlace::Rate))
        steps = under->x.toValue(position.x());
    else if (under)
        rate = m_hand->marker.isAt(*m_figure, position) ? m_hand->marker.rate() : under->x.toValue(position.x());
    Q_EMIT menuRequested(menu, steps, rate);
    menu.exec(globalPosition);
}

} // namespace ratescope
