// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/rate_handles.h"

#include "core/schedule/handles.h"
#include "core/schedule/piecewise.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

constexpr double handleReach = 9.0;     // pixels
constexpr double lineReach = 7.0;
constexpr double radius = 5.5;
constexpr double gridPixels = 7.0;

/// 1, 2, 5, 10, 20 … so that it is at least `least`.
double roundStep(double least) {
    const double decade = std::pow(10.0, std::floor(std::log10(least)));
    for (const double step : {1.0, 2.0, 5.0})
        if (step * decade >= least) return step * decade;
    return 10.0 * decade;
}

double twoDigits(double value) {
    if (!(value > 0.0)) return 0.0;
    const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1.0);
    return QString::number(std::round(value / unit) * unit, 'g', 2).toDouble(); // 0.034, and not 0.034000000000000002
}

QString figureOf(double value, int digits) { return QLocale::c().toString(value, 'g', digits); }

/// A multiple of `grid`, as people would write it: 0.15, and not 0.15000000000000002.
double onGrid(double multiple, double grid) { return QString::number(multiple * grid, 'g', 12).toDouble(); }

double finestTime(TimeUnit unit) { return unit == TimeUnit::FractionalEpoch ? 1e-6 : 1.0; }

} // namespace

void RateHandles::show(RunPointer run, const ScheduleSpec& piecewise) {
    const bool same = m_run && run && m_run->id == run->id;
    if (m_dragging && same) return;
    m_run = std::move(run);
    if (!same || m_schedule.points.size() != piecewise.points.size()) m_selected.reset();
    m_schedule = piecewise;
    m_dragging = false;
}

double RateHandles::stepsOf(double t) const {
    return m_schedule.unit == TimeUnit::Step ? t : t * static_cast<double>(m_run->length.stepsPerEpoch);
}

double RateHandles::timeOf(double steps) const {
    return m_schedule.unit == TimeUnit::Step ? steps : steps / static_cast<double>(m_run->length.stepsPerEpoch);
}

std::uint64_t RateHandles::frozenSteps() const {
    return m_run->state == RunState::Ready ? m_run->sharedSteps() : m_run->stepCount();
}

bool RateHandles::isFrozen(const SchedulePoint& point) const {
    const std::uint64_t frozen = frozenSteps();
    return frozen > 0 && stepsOf(point.t) <= static_cast<double>(frozen);
}

QPointF RateHandles::place(const Figure::FrameView& frame, const StepScale& scale, const SchedulePoint& point) const {
    const double y = frame.y.isLogarithmic() && point.rate <= 0.0 ? frame.rect.bottom() : frame.y.toPixel(point.rate);
    return {frame.x.toPixel(scale.keyOf(stepsOf(point.t))), y};
}

std::optional<std::size_t> RateHandles::at(const Figure& figure, const QPointF& position) const {
    const auto frame = isShown() ? figure.frameAt(position) : std::nullopt;
    if (!frame || frame->place != PlotPlace::Rate) return std::nullopt;
    const StepScale scale(*m_run, figure.view().stepUnit);
    std::optional<std::size_t> nearest;
    double distance = handleReach;
    for (std::size_t i = 0; i < m_schedule.points.size(); ++i) {
        const double here = QLineF(place(*frame, scale, m_schedule.points[i]), position).length();
        if (here > distance || isFrozen(m_schedule.points[i])) continue;
        distance = here;
        nearest = i;
    }
    return nearest;
}

bool RateHandles::isOnLine(const Figure& figure, const QPointF& position) const {
    const auto frame = isShown() ? figure.frameAt(position) : std::nullopt;
    if (!frame || frame->place != PlotPlace::Rate) return false;
    const StepScale scale(*m_run, figure.view().stepUnit);
    const double steps = scale.stepOf(frame->x.toValue(position.x()));
    if (!(steps >= static_cast<double>(frozenSteps()) && steps <= static_cast<double>(m_run->length.steps))) return false;
    const Schedule schedule(m_schedule, m_run->length);
    const double rate = schedule.at(static_cast<std::uint64_t>(std::llround(steps)));
    return std::abs(place(*frame, scale, {timeOf(steps), rate}).y() - position.y()) <= lineReach;
}

/// A handle where the run is now; those before it are history.
void RateHandles::freezePast() {
    const std::uint64_t now = frozenSteps();
    if (now == 0) return;
    const double t = timeIn(m_schedule.unit, m_run->length, now);
    const double rate = Schedule(m_schedule, m_run->length).at(now);
    auto& points = m_schedule.points;
    const auto next = std::ranges::upper_bound(points, t, {}, &SchedulePoint::t);
    const auto gone = next - points.begin();
    points.erase(points.begin(), next);
    points.insert(points.begin(), {t, rate});
    if (m_selected)
        m_selected =
            static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, static_cast<std::ptrdiff_t>(*m_selected) - gone + 1));
}

void RateHandles::begin() {
    ++m_gesture;
    freezePast();
}

void RateHandles::grab(std::size_t index) {
    m_selected = index;
    begin();
    m_dragging = true;
}

/// What times are rounded to around there, so that a few pixels lie between two of them.
double RateHandles::gridAt(const Figure::FrameView& frame, const StepScale& scale, double x) const {
    const auto timeAt = [&](double pixel) { return timeOf(scale.stepOf(frame.x.toValue(pixel))); };
    const double fine = finestTime(m_schedule.unit);
    const double width = std::abs(timeAt(x + 0.5 * gridPixels) - timeAt(x - 0.5 * gridPixels));
    return std::isfinite(width) && width > 0.0 ? std::max(fine, roundStep(width)) : fine;
}

std::optional<SchedulePoint> RateHandles::pointAt(const Figure& figure, const QPointF& position, bool snap) const {
    const auto frame = isShown() ? figure.frame(PlotPlace::Rate) : std::nullopt;
    if (!frame) return std::nullopt;
    const StepScale scale(*m_run, figure.view().stepUnit);
    double t = timeOf(scale.stepOf(frame->x.toValue(position.x())));
    if (!std::isfinite(t)) return std::nullopt;
    const double grid = snap ? gridAt(*frame, scale, position.x()) : finestTime(m_schedule.unit);
    t = std::clamp(onGrid(std::round(t / grid), grid), 0.0, lengthIn(m_schedule.unit, m_run->length));
    const double y = std::clamp(position.y(), frame->rect.top(), frame->rect.bottom());
    double rate = std::clamp(frame->y.toValue(y), 0.0, 1e6);
    if (snap) rate = twoDigits(rate);
    if (m_schedule.values.get("interpolation", 1.0) == static_cast<double>(Interpolation::Log)) rate = std::max(rate, 1e-12);
    return SchedulePoint{t, rate};
}

bool RateHandles::add(const Figure& figure, const QPointF& position) {
    const auto point = pointAt(figure, position, true);
    m_dragging = point && insert(*point);
    return m_dragging;
}

bool RateHandles::insert(const SchedulePoint& point) {
    if (m_schedule.points.size() >= maximumPoints || isFrozen(point)) return false;
    begin();
    auto& points = m_schedule.points;
    const auto where = std::ranges::upper_bound(points, point.t, {}, &SchedulePoint::t);
    m_selected = static_cast<std::size_t>(where - points.begin()); // now: what is put in may move all
    points.insert(where, point);
    return true;
}

void RateHandles::drag(const Figure& figure, const QPointF& position, bool snap) {
    const auto point = pointAt(figure, position, snap);
    if (point && m_selected && *m_selected < m_schedule.points.size()) put(*point);
}

/// The selected handle there: between its neighbours, and never back into what has been.
void RateHandles::put(SchedulePoint point) {
    auto& points = m_schedule.points;
    const std::size_t i = *m_selected;
    double first = i > 0 ? points[i - 1].t : 0.0;
    if (frozenSteps() > 0) first = std::max(first, timeIn(m_schedule.unit, m_run->length, frozenSteps()));
    const double last = i + 1 < points.size() ? points[i + 1].t : lengthIn(m_schedule.unit, m_run->length);
    point.t = std::clamp(point.t, std::min(first, last), last);
    points[i] = point;
}

bool RateHandles::select(int direction) {
    const std::size_t count = m_schedule.points.size();
    if (!isShown() || count == 0) return false;
    std::size_t next = m_selected ? *m_selected : direction > 0 ? count - 1 : 0;
    for (std::size_t tried = 0; tried < count; ++tried) {
        next = (next + count + static_cast<std::size_t>(direction + static_cast<int>(count))) % count;
        if (isFrozen(m_schedule.points[next])) continue;
        m_selected = next;
        return true;
    }
    return false;
}

bool RateHandles::nudge(const Figure& figure, double right, double up) {
    const auto frame = figure.frame(PlotPlace::Rate);
    if (!isShown() || !frame || !m_selected || *m_selected >= m_schedule.points.size()) return false;
    if (isFrozen(m_schedule.points[*m_selected])) return false; // the run has gone past it meanwhile
    begin();
    const StepScale scale(*m_run, figure.view().stepUnit);
    const SchedulePoint before = m_schedule.points[*m_selected];
    const QPointF from = place(*frame, scale, before);
    if (right != 0.0) { // from line to line of the grid: pixels would round back to where it is
        const double grid = gridAt(*frame, scale, from.x());
        const double lines = before.t / grid;
        constexpr double onLine = 1e-6;
        const double next = right > 0.0 ? std::floor(lines + onLine) + right : std::ceil(lines - onLine) + right;
        put({std::clamp(onGrid(next, grid), 0.0, lengthIn(m_schedule.unit, m_run->length)), before.rate});
    } else if (const auto moved = pointAt(figure, from + QPointF(0.0, -2.0 * up), false)) {
        m_schedule.points[*m_selected].rate = moved->rate; // straight on, whatever the pixels say
    }
    return m_schedule.points[*m_selected] != before;
}

bool RateHandles::insertBeside(const Figure& figure) {
    const auto frame = figure.frame(PlotPlace::Rate);
    if (!isShown() || !frame || !m_selected || *m_selected >= m_schedule.points.size()) return false;
    const std::size_t i = *m_selected;
    const double from = m_schedule.points[i].t;
    const double end = lengthIn(m_schedule.unit, m_run->length);
    const double next = i + 1 < m_schedule.points.size() ? m_schedule.points[i + 1].t : end;
    const StepScale scale(*m_run, figure.view().stepUnit);
    const double middle = 0.5 * (from + next);
    double t = middle;
    for (const double grid : {gridAt(*frame, scale, place(*frame, scale, {middle, 0.0}).x()), finestTime(m_schedule.unit)}) {
        t = std::clamp(onGrid(std::round(middle / grid), grid), from, next);
        if (t > from && t < next) break; // else two handles would lie on each other where there is room between them
    }
    // On the line: the schedule stays what it is until the handle is moved.
    return insert({t, Schedule(m_schedule, m_run->length).at(stepAt(m_schedule.unit, m_run->length, t))});
}

bool RateHandles::remove(std::size_t index) {
    if (!isShown() || index >= m_schedule.points.size() || m_schedule.points.size() < 2) return false;
    if (isFrozen(m_schedule.points[index])) return false; // the run has gone past it meanwhile
    m_selected = index;
    begin();
    auto& points = m_schedule.points;
    points.erase(points.begin() + static_cast<std::ptrdiff_t>(*m_selected));
    // The next one takes its place: Delete once more is about handles, and not about the run.
    m_selected = std::min(*m_selected, points.size() - 1);
    if (isFrozen(points[*m_selected])) m_selected.reset();
    m_dragging = false;
    return true;
}

QString RateHandles::text() const {
    if (!m_selected || *m_selected >= m_schedule.points.size()) return {};
    const SchedulePoint& point = m_schedule.points[*m_selected];
    const QString unit = m_schedule.unit == TimeUnit::Step ? tr("step") : tr("epoch");
    return tr("%1 %2: rate %3").arg(unit, figureOf(point.t, 10), figureOf(point.rate, 6));
}

void RateHandles::paintLine(QPainter& painter, const Figure& figure, const Figure::FrameView& frame) const {
    const StepScale scale(*m_run, figure.view().stepUnit);
    const Schedule schedule(m_schedule, m_run->length);
    const auto steps = static_cast<double>(m_run->length.steps);
    const auto first = static_cast<double>(frozenSteps());
    QPainterPath path;
    std::uint64_t before = m_run->length.steps;
    constexpr double stride = 1.5;
    for (double x = frame.rect.left(); x <= frame.rect.right(); x += stride) {
        const double step = std::round(scale.stepOf(frame.x.toValue(x)));
        if (!(step >= first && step < steps)) continue;
        const auto whole = static_cast<std::uint64_t>(step);
        if (whole == before) continue;
        before = whole;
        const QPointF at(frame.x.toPixel(scale.keyOf(step)), frame.y.toPixel(schedule.at(whole)));
        if (path.elementCount() == 0) path.moveTo(at);
        else path.lineTo(at);
    }
    const QColor color = figure.theme().runColor(QString::fromStdString(m_run->config.color));
    painter.setPen(QPen(color, std::max(1.5, 0.7 * figure.theme().lineWidth), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
}

void RateHandles::paint(QPainter& painter, const Figure& figure) const {
    const auto frame = isShown() ? figure.frame(PlotPlace::Rate) : std::nullopt;
    if (!frame) return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(frame->rect.adjusted(-radius - 2, -radius - 2, radius + 2, radius + 2));
    paintLine(painter, figure, *frame);
    const PlotTheme& theme = figure.theme();
    const QColor color = theme.runColor(QString::fromStdString(m_run->config.color));
    const StepScale scale(*m_run, figure.view().stepUnit);
    for (std::size_t i = 0; i < m_schedule.points.size(); ++i) {
        const QPointF at = place(*frame, scale, m_schedule.points[i]);
        if (!frame->rect.adjusted(-2, -2, 2, 2).contains(at)) continue;
        const bool frozen = isFrozen(m_schedule.points[i]);
        const bool chosen = m_selected == i;
        painter.setPen(QPen(frozen ? theme.faintText : color, frozen ? 1.0 : 2.0));
        painter.setBrush(chosen ? color : theme.background);
        const double size = frozen ? 0.6 * radius : chosen ? 1.25 * radius : radius;
        painter.drawEllipse(at, size, size);
    }
    painter.restore();
    if (!m_selected || *m_selected >= m_schedule.points.size()) return;
    const QPointF at = place(*frame, scale, m_schedule.points[*m_selected]);
    painter.setFont(theme.font(0.95));
    const QString words = text();
    const QFontMetricsF metrics(painter.font());
    QRectF box(0, 0, metrics.horizontalAdvance(words) + 12, metrics.height() + 6);
    box.moveBottomLeft(at + QPointF(10, -10));
    if (box.right() > frame->rect.right()) box.moveRight(at.x() - 10);
    if (box.top() < frame->rect.top()) box.moveTop(at.y() + 12);
    QColor ground = theme.background;
    ground.setAlpha(230);
    painter.setPen(QPen(theme.axis, 1.0));
    painter.setBrush(ground);
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(theme.text);
    painter.drawText(box, Qt::AlignCenter, words);
}

} // namespace ratescope
