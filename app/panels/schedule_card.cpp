// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/schedule_card.h"

#include "app/panels/core_text.h"

#include <QEnterEvent>
#include <QFocusEvent>
#include <QPainter>

#include <algorithm>

namespace ratescope {

namespace {

constexpr int margin = 10;

} // namespace

ScheduleCard::ScheduleCard(const ScheduleFamily& family, double rate, const RunLength& length, QWidget* parent)
    : QAbstractButton(parent)
    , m_family(family)
    , m_picture(familyPicture(family.type, rate, length, 120)) {
    setText(coreText(family.label));
    setAccessibleName(text());
    setAccessibleDescription(coreText(family.meaning));
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void ScheduleCard::setCurrent(bool current) {
    m_current = current;
    if (current) setAccessibleName(tr("%1, chosen").arg(text()));
    update();
}

QSize ScheduleCard::sizeHint() const {
    // Large type makes the cards larger as far as a small screen has room for them.
    const int high = fontMetrics().height();
    return {std::clamp(qRound(high * 9.2), 96, 142), std::clamp(qRound(high * 4.8), 48, 76) + 2 * high + 2 * margin};
}

void ScheduleCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor accent = palette().color(QPalette::Highlight);
    const bool lit = isEnabled() && (hasFocus() || underMouse());
    QColor ground = palette().color(QPalette::Base);
    QRectF frame = QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5);
    painter.setPen(QPen(lit || m_current ? accent : palette().color(QPalette::Mid), lit ? 2.0 : m_current ? 1.5 : 1.0));
    painter.setBrush(isEnabled() ? ground : palette().color(QPalette::Window));
    painter.drawRoundedRect(frame, 7, 7);
    if (m_current) {
        QColor tint = accent;
        tint.setAlphaF(0.10F);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tint);
        painter.drawRoundedRect(frame, 7, 7);
    }
    const int high = fontMetrics().height();
    const QRectF picture(margin + 2, margin + 4, width() - 2 * margin - 4, height() - 2 * high - 2 * margin - 4);
    const QColor faint = palette().color(QPalette::PlaceholderText);
    const PictureColors colors{isEnabled() ? palette().color(QPalette::Link) : faint, palette().color(QPalette::Mid),
                               faint};
    paintPicture(painter, picture, m_picture, colors, 2.0);
    painter.setPen(isEnabled() ? palette().color(QPalette::Text) : faint);
    QFont bold = font();
    bold.setWeight(m_current ? QFont::DemiBold : QFont::Normal);
    painter.setFont(bold);
    painter.drawText(QRectF(5, picture.bottom() + 6, width() - 10, 2 * high), Qt::AlignCenter | Qt::TextWordWrap,
                     text());
}

void ScheduleCard::enterEvent(QEnterEvent* event) {
    QAbstractButton::enterEvent(event);
    Q_EMIT lookedAt();
    update();
}

void ScheduleCard::focusInEvent(QFocusEvent* event) {
    QAbstractButton::focusInEvent(event);
    Q_EMIT lookedAt();
}

} // namespace ratescope
