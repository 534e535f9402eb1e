// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/family_button.h"

#include "app/panels/core_text.h"

#include <QKeyEvent>
#include <QPainter>

namespace ratescope {

FamilyButton::FamilyButton(QWidget* parent)
    : QAbstractButton(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Schedule"));
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void FamilyButton::show(const ScheduleFamily& family, const SchedulePicture& picture) {
    m_picture = picture;
    setText(coreText(family.label));
    setAccessibleDescription(text());
    setToolTip(tr("All schedules as pictures; Up and Down go from one to the next"));
    update();
}

QSize FamilyButton::sizeHint() const {
    return {fontMetrics().height() * 13, qRound(fontMetrics().height() * 2.6)};
}

QSize FamilyButton::minimumSizeHint() const {
    return {fontMetrics().height() * 9, sizeHint().height()};
}

void FamilyButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor accent = palette().color(QPalette::Highlight);
    const bool lit = isEnabled() && (hasFocus() || underMouse());
    painter.setPen(QPen(lit ? accent : palette().color(QPalette::Mid), hasFocus() ? 2.0 : 1.0));
    painter.setBrush(palette().color(isDown() || !isEnabled() ? QPalette::Window : QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 5, 5);
    const double high = height();
    const QRectF picture(9, high * 0.22, high * 1.15, high * 0.56);
    const QColor faint = palette().color(QPalette::PlaceholderText);
    paintPicture(painter, picture, m_picture,
                 {isEnabled() ? palette().color(QPalette::Link) : faint, palette().color(QPalette::Mid), faint}, 1.6);
    painter.setPen(palette().color(isEnabled() ? QPalette::Text : QPalette::PlaceholderText));
    const double arrow = fontMetrics().height() * 0.5;
    const QRectF words(picture.right() + 10, 0, width() - picture.right() - 10 - 3 * arrow, high);
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft,
                     fontMetrics().elidedText(text(), Qt::ElideRight, static_cast<int>(words.width())));
    painter.setPen(QPen(faint, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF tip(width() - 1.7 * arrow, high / 2.0 + arrow * 0.3);
    painter.drawPolyline(
        QPolygonF{tip + QPointF(-arrow * 0.55, -arrow * 0.55), tip, tip + QPointF(arrow * 0.55, -arrow * 0.55)});
}

void FamilyButton::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Up:
        Q_EMIT stepped(-1);
        return;
    case Qt::Key_Down:
        Q_EMIT stepped(1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        click();
        return;
    default:
        QAbstractButton::keyPressEvent(event);
    }
}

} // namespace ratescope
