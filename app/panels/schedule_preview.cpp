// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/schedule_preview.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ratescope {

SchedulePreview::SchedulePreview(QWidget* parent)
    : QWidget(parent) {
    setMinimumHeight(100);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Preview of the schedule"));
}

void SchedulePreview::show(const Schedule& schedule, const RunLength& length, const QColor& color) {
    m_schedule = schedule;
    m_length = length;
    m_color = color;
    setAccessibleDescription(tr("From %1 at the first step to %2 at the last").arg(schedule.at(0)).arg(schedule.at(length.steps - 1)));
    update();
}

void SchedulePreview::clear() {
    m_schedule.reset();
    update();
}

void SchedulePreview::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int text = fontMetrics().height();
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(palette().color(QPalette::Mid));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(frame, 4, 4);
    if (!m_schedule) return;

    const QRectF area = frame.adjusted(10, text + 6, -10, -text - 6);
    const int columns = std::max(2, static_cast<int>(area.width()));
    constexpr int perColumn = 4;
    const auto last = static_cast<double>(m_length.steps - 1);
    QVector<double> rates;
    rates.reserve(columns * perColumn);
    const int samples = static_cast<int>(std::min<std::uint64_t>(static_cast<std::uint64_t>(columns) * perColumn, m_length.steps));
    for (int i = 0; i < samples; ++i)
        rates << m_schedule->at(static_cast<std::uint64_t>(std::llround(samples > 1 ? last * i / (samples - 1) : 0)));
    const double high = *std::ranges::max_element(rates);
    const double scale = high > 0 ? area.height() / high : 0.0;
    QPolygonF line;
    for (int i = 0; i < samples; ++i)
        line << QPointF(area.left() + area.width() * i / std::max(1, samples - 1), area.bottom() - rates[i] * scale);
    if (samples == 1) line << QPointF(area.right(), line.first().y());
    painter.setPen(QPen(m_color, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(line);

    painter.setPen(palette().color(QPalette::PlaceholderText));
    const QLocale c = QLocale::c();
    painter.drawText(QRectF(10, 2, width() - 20, text + 2), Qt::AlignLeft, c.toString(high, 'g', 4));
    const QString end = tr("step %1: %2").arg(c.toString(static_cast<qulonglong>(m_length.steps - 1)), c.toString(rates.last(), 'g', 4));
    painter.drawText(QRectF(10, height() - text - 4, width() - 20, text + 2), Qt::AlignRight, end);
    painter.drawText(QRectF(10, height() - text - 4, width() - 20, text + 2), Qt::AlignLeft, QStringLiteral("0"));
}

} // namespace ratescope
