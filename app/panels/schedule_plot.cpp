// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/schedule_plot.h"

#include "app/study/palette.h"
#include "core/schedule/handles.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

constexpr double deepest = 1e-6; ///< of the highest rate: what is below it does not stretch a logarithmic axis

QColor mixed(const QColor& a, const QColor& b, float share) {
    return QColor::fromRgbF(a.redF() + (b.redF() - a.redF()) * share, a.greenF() + (b.greenF() - a.greenF()) * share,
                            a.blueF() + (b.blueF() - a.blueF()) * share);
}

} // namespace

SchedulePlot::SchedulePlot(QWidget* parent)
    : QWidget(parent) {
    setMouseTracking(true);
    setAccessibleName(tr("Plot of the schedules"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize SchedulePlot::sizeHint() const {
    const int text = fontMetrics().height();
    return m_large ? QSize(text * 40, text * 26) : QSize(text * 15, text * 9);
}

QSize SchedulePlot::minimumSizeHint() const {
    const int text = fontMetrics().height();
    return m_large ? QSize(text * 20, text * 14) : QSize(text * 9, text * 9);
}

void SchedulePlot::setLarge(bool large) {
    m_large = large;
    setFocusPolicy(large ? Qt::StrongFocus : Qt::NoFocus);
    setSizePolicy(QSizePolicy::Expanding, large ? QSizePolicy::Expanding : QSizePolicy::Fixed);
    updateGeometry();
}

void SchedulePlot::setSchedules(std::vector<PlottedSchedule> schedules) {
    m_schedules = std::move(schedules);
    std::stable_partition(m_schedules.begin(), m_schedules.end(), [](const PlottedSchedule& one) { return !one.strong; });
    m_columns = 0;
    sample();
    if (const PlottedSchedule* one = longest(); m_crosshair && one)
        m_crosshair = std::min(*m_crosshair, one->length.steps - 1);
    describe();
    update();
}

void SchedulePlot::setLogarithmic(bool logarithmic) {
    m_logarithmic = logarithmic;
    measure();
    update();
}

void SchedulePlot::setInEpochs(bool epochs) {
    m_epochs = epochs;
    measure();
    update();
}

void SchedulePlot::setCrosshair(std::optional<std::uint64_t> step) {
    if (step == m_crosshair) return;
    m_crosshair = step;
    describe();
    update();
}

const PlottedSchedule* SchedulePlot::longest() const {
    const auto it =
        std::ranges::max_element(m_schedules, {}, [](const PlottedSchedule& one) { return one.length.steps; });
    return it == m_schedules.end() ? nullptr : &*it;
}

void SchedulePlot::describe() {
    QStringList lines;
    if (m_crosshair)
        for (const Reading& reading : readings())
            lines << QStringLiteral("%1: %2").arg(reading.name, numberText(reading.rate));
    if (m_crosshair) lines.prepend(crosshairTitle());
    setAccessibleDescription(lines.isEmpty() ? tr("%n schedule(s)", nullptr, static_cast<int>(m_schedules.size()))
                                             : lines.join(QLatin1Char('\n')));
}

void SchedulePlot::sample() {
    const int columns = std::max(width(), 120);
    if (columns == m_columns) return;
    m_columns = columns;
    m_points.clear();
    m_examples.clear();
    m_note.clear();
    for (const PlottedSchedule& one : m_schedules) {
        m_points.push_back(sampledRates(one.schedule, one.length, columns));
        m_examples.push_back(exampleOf(one.schedule, one.length));
        if (m_schedules.size() == 1) m_note = noteOnData(one.schedule, one.length, m_examples.back());
    }
    measure();
}

double SchedulePlot::xOf(const PlottedSchedule& one, double step) const {
    if (!m_epochs) return step;
    const double whole = std::floor(step);
    return one.length.epochsOf(static_cast<std::uint64_t>(whole)) +
           (step - whole) / static_cast<double>(one.length.stepsPerEpoch);
}

/// The axes' spans, and the room that their texts need.
void SchedulePlot::measure() {
    double low = 0.0;
    double high = 0.0;
    double least = 0.0; // above 0
    double last = 0.0;
    const auto take = [&](const std::vector<RatePoint>& points) {
        for (const RatePoint& point : points) {
            if (!std::isfinite(point.rate)) continue;
            low = std::min(low, point.rate);
            high = std::max(high, point.rate);
        }
    };
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        take(m_points[i]);
        take(m_examples[i].rates);
        last = std::max(last, xOf(m_schedules[i], m_points[i].back().step));
    }
    least = high;
    const auto takeLeast = [&](const std::vector<RatePoint>& points) {
        for (const RatePoint& point : points)
            if (point.rate > high * deepest) least = std::min(least, point.rate);
    };
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        takeLeast(m_points[i]);
        takeLeast(m_examples[i].rates);
    }
    m_rates = m_logarithmic && high > 0.0 ? ScheduleAxis::decades(least, high) : ScheduleAxis::linear(low, high);
    m_times = {0.0, last > 0.0 ? last : 1.0, false};

    const int text = fontMetrics().height();
    int wide = 0;
    for (const AxisMark& mark : m_rates.marks(m_large ? 7 : 4))
        wide = std::max(wide, fontMetrics().horizontalAdvance(mark.text));
    const double top = m_large ? text * 1.9 : text * 0.7;
    const double bottom = m_large ? text * 2.9 : text * 1.5;
    m_area = QRectF(wide + 12, top, std::max(10.0, width() - wide - 12.0 - text * 0.8),
                    std::max(10.0, height() - top - bottom));
}

QPolygonF SchedulePlot::placed(const PlottedSchedule& one, const std::vector<RatePoint>& points) const {
    QPolygonF line;
    line.reserve(static_cast<qsizetype>(points.size()));
    for (const RatePoint& point : points) {
        if (!std::isfinite(point.rate)) continue;
        const double share = std::clamp(m_rates.shareOf(point.rate), -0.1, 1.1);
        line << QPointF(m_area.left() + m_times.shareOf(xOf(one, point.step)) * m_area.width(),
                        m_area.bottom() - share * m_area.height());
    }
    return line;
}

void SchedulePlot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(palette().color(QPalette::Mid), 1.0));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    if (m_schedules.empty()) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(rect(), Qt::AlignCenter, tr("Nothing to show"));
        return;
    }
    paintAxes(painter);
    paintCurves(painter);
    if (m_crosshair) paintCrosshair(painter);
}

void SchedulePlot::paintAxes(QPainter& painter) const {
    const QColor faint = palette().color(QPalette::PlaceholderText);
    const QColor base = palette().color(QPalette::Base);
    const QColor grid = mixed(base, palette().color(QPalette::Mid), 0.65F);
    const int text = fontMetrics().height();
    for (const AxisMark& mark : m_rates.marks(m_large ? 7 : 4)) {
        const double y = std::round(m_area.bottom() - m_rates.shareOf(mark.value) * m_area.height()) + 0.5;
        if (y < m_area.top() - 2) continue;
        painter.setPen(QPen(grid, 1.0));
        painter.drawLine(QPointF(m_area.left(), y), QPointF(m_area.right(), y));
        painter.setPen(faint);
        painter.drawText(QRectF(0, y - text, m_area.left() - 6, 2.0 * text), Qt::AlignRight | Qt::AlignVCenter,
                         mark.text);
    }
    const QString unit = m_epochs ? tr("epoch") : tr("step");
    const double unitWidth = m_large ? 0.0 : fontMetrics().horizontalAdvance(unit) + 10.0;
    for (const AxisMark& mark : m_times.marks(m_large ? 8 : 4)) {
        const double x = std::round(m_area.left() + m_times.shareOf(mark.value) * m_area.width()) + 0.5;
        painter.setPen(QPen(grid, 1.0));
        painter.drawLine(QPointF(x, m_area.top()), QPointF(x, m_area.bottom()));
        const double half = fontMetrics().horizontalAdvance(mark.text) / 2.0;
        if (x + half > width() - unitWidth) continue; // there the unit stands
        painter.setPen(faint);
        painter.drawText(QRectF(x - 60, m_area.bottom() + 3, 120, text + 2), Qt::AlignHCenter, mark.text);
    }
    painter.setPen(QPen(mixed(faint, base, 0.35F), 1.0));
    painter.drawLine(QPointF(m_area.left(), std::round(m_area.bottom()) + 0.5),
                     QPointF(m_area.right(), std::round(m_area.bottom()) + 0.5));
    painter.setPen(faint);
    if (!m_large) {
        painter.drawText(QRectF(0, m_area.bottom() + 3, width() - 6, text + 2), Qt::AlignRight, unit);
        return;
    }
    painter.drawText(QRectF(m_area.left(), height() - text * 1.4, m_area.width(), text + 2), Qt::AlignHCenter,
                     m_epochs ? tr("Epochs") : tr("Steps"));
    painter.drawText(QRectF(10, 5, m_area.width(), text + 2), Qt::AlignLeft, tr("Learning rate"));
}

void SchedulePlot::paintCurves(QPainter& painter) {
    painter.save();
    painter.setClipRect(m_area.adjusted(-2, -3, 2, 2));
    painter.setBrush(Qt::NoBrush);
    const int lightness = palette().color(QPalette::Base).lightness();
    for (std::size_t i = 0; i < m_schedules.size(); ++i) {
        const PlottedSchedule& one = m_schedules[i];
        const QColor color(QString::fromStdString(colorOn(one.color.name().toStdString(), lightness)));
        const double width = one.strong && m_schedules.size() > 1 ? 3.0 : 2.0;
        if (!m_examples[i].rates.empty()) {
            QPen pen(color, 1.3, Qt::CustomDashLine, Qt::FlatCap, Qt::RoundJoin);
            pen.setDashPattern({3.0, 2.5});
            painter.setPen(pen);
            painter.drawPolyline(placed(one, m_examples[i].rates));
        }
        QPen pen(color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
        if (const auto dashes = dashPattern(one.dash); !dashes.empty()) {
            pen.setCapStyle(Qt::FlatCap);
            pen.setDashPattern(QList<qreal>(dashes.begin(), dashes.end()));
        }
        painter.setPen(pen);
        painter.drawPolyline(placed(one, m_points[i]));
    }
    painter.restore();
}

std::vector<SchedulePlot::Reading> SchedulePlot::readings() const {
    std::vector<Reading> readings;
    if (!m_crosshair) return readings;
    for (const PlottedSchedule& one : m_schedules)
        if (*m_crosshair < one.length.steps) readings.push_back({one.name, one.color, one.schedule.at(*m_crosshair)});
    std::ranges::stable_sort(readings, std::greater(), &Reading::rate);
    return readings;
}

QString SchedulePlot::crosshairTitle() const {
    const PlottedSchedule* one = longest();
    return tr("step %1, epoch %2")
        .arg(QLocale::c().toString(static_cast<qulonglong>(*m_crosshair)),
             QLocale::c().toString(one ? one->length.epochsOf(*m_crosshair) : 0.0, 'f', 2));
}

void SchedulePlot::paintCrosshair(QPainter& painter) const {
    const PlottedSchedule* one = longest();
    if (!one) return;
    const double x = m_area.left() + m_times.shareOf(xOf(*one, static_cast<double>(*m_crosshair))) * m_area.width();
    const QColor text = palette().color(QPalette::Text);
    const int lightness = palette().color(QPalette::Base).lightness();
    painter.setPen(QPen(palette().color(QPalette::PlaceholderText), 1.0, Qt::DashLine));
    painter.drawLine(QPointF(x, m_area.top()), QPointF(x, m_area.bottom()));
    const std::vector<Reading> all = readings();
    const int high = fontMetrics().height();
    QString title = crosshairTitle();
    if (!m_large && all.size() == 1) title += QStringLiteral(": ") + numberText(all[0].rate);
    const std::size_t shown = m_large ? std::min<std::size_t>(all.size(), 16) : 0;
    double wide = fontMetrics().horizontalAdvance(title);
    for (std::size_t i = 0; i < shown; ++i)
        wide = std::max(wide,
                        fontMetrics().horizontalAdvance(all[i].name + QStringLiteral("   ") + numberText(all[i].rate)) +
                            high + 6.0);
    for (const Reading& reading : all) { // where the lines cross it
        const double y = m_area.bottom() - m_rates.shareOf(reading.rate) * m_area.height();
        if (y > m_area.bottom() + 1) continue;
        painter.setPen(QPen(palette().color(QPalette::Base), 1.5));
        painter.setBrush(QColor(QString::fromStdString(colorOn(reading.color.name().toStdString(), lightness))));
        painter.drawEllipse(QPointF(x, y), 4.0, 4.0);
    }
    QRectF box(x + 12, m_area.top() + 4, wide + 20, high * (1.0 + static_cast<double>(shown)) * 1.15 + 10);
    if (box.right() > width() - 4) box.moveRight(x - 12);
    if (box.left() < 4) box.moveLeft(4);
    // In a small plot not over the curve.
    if (!m_large && !all.empty() && m_rates.shareOf(all[0].rate) > 0.5) box.moveBottom(m_area.bottom() - 4);
    painter.setPen(QPen(palette().color(QPalette::Mid), 1.0));
    QColor ground = palette().color(QPalette::Base);
    ground.setAlpha(235);
    painter.setBrush(ground);
    painter.drawRoundedRect(box, 5, 5);
    double y = box.top() + 5;
    painter.setPen(text);
    painter.drawText(QRectF(box.left() + 10, y, wide, high * 1.15), Qt::AlignLeft | Qt::AlignVCenter, title);
    for (std::size_t i = 0; i < shown; ++i) {
        y += high * 1.15;
        const QRectF line(box.left() + 10, y, wide, high * 1.15);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(QString::fromStdString(colorOn(all[i].color.name().toStdString(), lightness))));
        painter.drawEllipse(QPointF(line.left() + high * 0.3, line.center().y()), high * 0.28, high * 0.28);
        painter.setPen(text);
        painter.drawText(line.adjusted(high * 0.6 + 6, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, all[i].name);
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, numberText(all[i].rate));
    }
}

std::uint64_t SchedulePlot::stepAtX(double x) const {
    const PlottedSchedule* one = longest();
    if (!one) return 0;
    const double time = m_times.valueAt(std::clamp((x - m_area.left()) / m_area.width(), 0.0, 1.0));
    const std::uint64_t step = m_epochs ? stepAt(TimeUnit::FractionalEpoch, one->length, time)
                                        : static_cast<std::uint64_t>(std::llround(time));
    return std::min(step, one->length.steps - 1);
}

void SchedulePlot::mouseMoveEvent(QMouseEvent* event) {
    if (m_schedules.empty()) return;
    setCrosshair(m_area.adjusted(-6, -20, 6, 20).contains(event->position())
                     ? std::optional(stepAtX(event->position().x()))
                     : std::nullopt);
}

void SchedulePlot::leaveEvent(QEvent*) {
    setCrosshair({});
}

void SchedulePlot::keyPressEvent(QKeyEvent* event) {
    const PlottedSchedule* one = longest();
    const bool known = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right || event->key() == Qt::Key_Home ||
                       event->key() == Qt::Key_End;
    if (!m_large || !one || !known) {
        QWidget::keyPressEvent(event);
        return;
    }
    const std::uint64_t last = one->length.steps - 1;
    const bool fine = event->modifiers().testFlag(Qt::ControlModifier);
    const std::uint64_t stride = fine ? 1 : std::max<std::uint64_t>(1, last / 100);
    std::uint64_t step = m_crosshair.value_or(0);
    if (event->key() == Qt::Key_Left) step -= std::min(step, stride);
    if (event->key() == Qt::Key_Right) step = m_crosshair ? std::min(last, step + stride) : 0;
    if (event->key() == Qt::Key_Home) step = 0;
    if (event->key() == Qt::Key_End) step = last;
    setCrosshair(step);
}

void SchedulePlot::resizeEvent(QResizeEvent*) {
    sample();
    measure();
}

void SchedulePlot::changeEvent(QEvent* event) {
    if (event->type() == QEvent::FontChange) measure();
    QWidget::changeEvent(event);
}

} // namespace ratescope
