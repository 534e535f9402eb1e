// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/crosshair.h"

#include "app/plots/readings.h"
#include "app/plots/sprite.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

namespace ratescope {

namespace {

constexpr std::size_t mostRows = 12;
constexpr double nearMark = 9.0; // pixels

QString figureOf(const std::optional<double>& value) {
    return value ? QLocale::c().toString(*value, 'g', 4) : QStringLiteral("–");
}

QLineF upright(const Figure::FrameView& frame, double x) { return {x, frame.rect.top(), x, frame.rect.bottom()}; }

} // namespace

void Crosshair::hide() { *this = Crosshair(); }

std::optional<double> Crosshair::x() const {
    return m_frame ? std::optional(m_frame->x.toValue(m_position.x())) : std::nullopt;
}

void Crosshair::moveTo(const Figure& figure, const QPointF& position, const QSize& page) {
    *this = Crosshair();
    m_frame = figure.frameAt(position);
    if (!m_frame) return;
    m_position = position;
    if (m_frame->place == PlotPlace::Loss || m_frame->place == PlotPlace::Rate) readSteps(figure);
    else readRates(figure);
    if (m_frame->place == PlotPlace::Rate) readEdges(figure);
    for (const Figure::Mark& mark : figure.marks())
        if (mark.place == m_frame->place && mark.distanceTo(position) < nearMark)
            addLines(mark.text, figure.theme(), page.width());
    std::ranges::stable_sort(m_rows, {}, &Row::distance);
    if (m_rows.size() > mostRows) {
        m_more = static_cast<int>(m_rows.size() - mostRows);
        m_rows.resize(mostRows);
    }
    layOut(figure.theme(), page);
}

/// Sentences are broken into lines that a page has room for.
void Crosshair::addLines(const QString& text, const PlotTheme& theme, int page) {
    const QFontMetricsF metrics(theme.font(0.92));
    const double room = std::min(0.6 * page, 30.0 * theme.fontPixels);
    for (const QString& sentence : text.split(QLatin1Char('\n'))) {
        QString line;
        for (const QString& word : sentence.split(QLatin1Char(' '))) {
            const QString more = line.isEmpty() ? word : line + QLatin1Char(' ') + word;
            if (!line.isEmpty() && metrics.horizontalAdvance(more) > room) m_marks << std::exchange(line, word);
            else line = more;
        }
        if (!line.isEmpty()) m_marks << line;
    }
}

void Crosshair::readSteps(const Figure& figure) {
    const double x = m_frame->x.toValue(m_position.x());
    const auto loss = figure.frame(PlotPlace::Loss);
    const auto rate = figure.frame(PlotPlace::Rate);
    for (const auto& frame : {loss, rate})
        if (frame) m_lines.push_back({upright(*frame, m_position.x() - m_frame->rect.left() + frame->rect.left()), {}});
    m_columns = {figure.view().quantity == Quantity::Loss         ? tr("loss")
                 : figure.view().quantity == Quantity::Difference ? tr("difference")
                 : figure.view().quantity == Quantity::Error      ? tr("error %")
                                                                  : tr("accuracy %"),
                 tr("rate")};
    const bool whole = figure.view().stepUnit == StepUnit::Step || figure.view().stepUnit == StepUnit::Samples;
    m_heading = QStringLiteral("%1 %2").arg(figure.unitLabel(), whole ? QLocale::c().toString(std::round(x), 'f', 0)
                                                                      : QLocale::c().toString(x, 'g', 5));
    for (const RunReading& reading : readRuns(figure, x)) {
        const RunRecord& run = reading.entry->run();
        Row row{reading.entry->look.color,
                run.dash,
                QString::fromStdString(run.config.name),
                {figureOf(reading.value), figureOf(reading.rate)},
                1e9};
        const double place = StepScale(run, figure.view().stepUnit).keyOf(static_cast<double>(reading.step));
        const auto dot = [&](const std::optional<Figure::FrameView>& frame, const std::optional<double>& value) {
            if (!frame || !value) return;
            const QPointF at(frame->x.toPixel(place), frame->y.toPixel(*value));
            if (frame->place == m_frame->place) row.distance = std::abs(at.y() - m_position.y());
            if (frame->rect.contains(at)) m_dots.push_back({at, row.color});
        };
        dot(loss, reading.value);
        dot(rate, reading.rate);
        if (reading.rate) markRateOnTests(figure, *reading.rate, row.color);
        m_rows.push_back(std::move(row));
    }
}

/// How much of each run lies beyond the edge of its range test.
void Crosshair::readEdges(const Figure& figure) {
    constexpr int most = 5;
    int told = 0;
    for (const Figure::Entry* entry : figure.shown()) {
        const auto& steps = entry->curves->beyondEdge();
        if (!steps || steps->beyond == 0 || ++told > most) continue;
        m_marks << QStringLiteral("%1: %2").arg(QString::fromStdString(entry->run().config.name), figure.edgeText(*steps));
    }
}

/// Step space and rate space are one picture: the rate of that step on every range test.
void Crosshair::markRateOnTests(const Figure& figure, double rate, const QColor& color) {
    constexpr std::size_t mostLines = 24;
    if (m_lines.size() > mostLines) return;
    for (const PlotPlace place : {PlotPlace::TestLoss, PlotPlace::TestSlope}) {
        const auto frame = figure.frame(place);
        if (!frame || rate < frame->x.range().first || rate > frame->x.range().second) continue;
        m_lines.push_back({upright(*frame, frame->x.toPixel(rate)), color});
        for (const TestReading& reading : readTests(figure, rate)) {
            const std::optional<double> value = reading.valueIn(place, figure.view().testLower);
            if (!value) continue;
            const QPointF at(frame->x.toPixel(reading.rate), frame->y.toPixel(*value));
            if (frame->rect.contains(at)) m_dots.push_back({at, color});
        }
    }
}

void Crosshair::readRates(const Figure& figure) {
    const double rate = m_frame->x.toValue(m_position.x());
    for (const PlotPlace place : {PlotPlace::TestLoss, PlotPlace::TestSlope})
        if (const auto frame = figure.frame(place)) m_lines.push_back({upright(*frame, m_position.x()), {}});
    // Where a schedule is at this rate.
    if (const auto frame = figure.frame(PlotPlace::Rate);
        frame && rate >= frame->y.range().first && rate <= frame->y.range().second) {
        const double y = frame->y.toPixel(rate);
        m_lines.push_back({{frame->rect.left(), y, frame->rect.right(), y}, {}});
    }
    const bool validated = figure.isAnyTestValidated();
    m_columns = {tr("loss"), tr("slope")};
    if (validated) m_columns << tr("validation") << tr("accuracy %");
    m_heading = tr("Rate %1").arg(QLocale::c().toString(rate, 'g', 3));
    for (const TestReading& reading : readTests(figure, rate)) {
        const RunRecord& run = reading.entry->run();
        const QString name = reading.group ? figure.groupName(run, reading.group->members().size())
                                           : QString::fromStdString(run.config.name);
        Row row{reading.entry->look.color, run.dash, name, {figureOf(reading.loss), figureOf(reading.slope)}, 1e9};
        if (validated) row.cells << figureOf(reading.validation) << figureOf(reading.accuracy);
        if (reading.diverged > 0)
            m_marks << tr("%1: %2 diverged up to here").arg(name, QString::number(reading.diverged));
        for (const PlotPlace place : {PlotPlace::TestLoss, PlotPlace::TestSlope}) {
            const auto frame = figure.frame(place);
            const std::optional<double> value = reading.valueIn(place, figure.view().testLower);
            if (!frame || !value) continue;
            const QPointF at(frame->x.toPixel(reading.rate), frame->y.toPixel(*value));
            if (place == m_frame->place) row.distance = std::abs(at.y() - m_position.y());
            if (frame->rect.contains(at)) m_dots.push_back({at, row.color});
        }
        m_rows.push_back(std::move(row));
    }
}

void Crosshair::layOut(const PlotTheme& theme, const QSize& page) {
    const QFontMetricsF metrics(theme.font(0.92));
    const QFontMetricsF bold(theme.font(0.92, true));
    const double pad = 0.6 * theme.fontPixels;
    m_widths.assign(static_cast<std::size_t>(m_columns.size()) + 1, 0.0);
    const double mostName = 0.28 * page.width();
    for (Row& row : m_rows) {
        row.name = metrics.elidedText(row.name, Qt::ElideMiddle, mostName);
        m_widths[0] = std::max(m_widths[0], metrics.horizontalAdvance(row.name) + 1.6 * theme.fontPixels);
        for (qsizetype i = 0; i < row.cells.size(); ++i) {
            double& width = m_widths[static_cast<std::size_t>(i) + 1];
            width = std::max({width, metrics.horizontalAdvance(row.cells[i]), metrics.horizontalAdvance(m_columns[i])});
        }
    }
    double width = 0.0;
    for (const double one : m_widths) width += one + (one > 0.0 ? pad : 0.0);
    width = std::max(width, bold.horizontalAdvance(m_heading) + pad);
    for (const QString& mark : std::as_const(m_marks)) width = std::max(width, metrics.horizontalAdvance(mark) + pad);
    const auto lines = static_cast<double>(m_rows.size()) + (m_rows.empty() ? 0.0 : 1.0) + 1.0 +
                       (m_more > 0 ? 1.0 : 0.0) + static_cast<double>(m_marks.size());
    const QSizeF size(std::ceil(width + pad), std::ceil(lines * 1.3 * metrics.height() + 1.2 * pad));
    // Beside the mouse, on the side where there is room.
    const double gap = 14.0;
    double left = m_position.x() + gap;
    if (left + size.width() > page.width() - 4) left = m_position.x() - gap - size.width();
    double top = m_position.y() + gap;
    if (top + size.height() > page.height() - 4) top = page.height() - 4 - size.height();
    m_box = QRectF(QPointF(std::max(2.0, std::floor(left)), std::max(2.0, std::floor(top))), size);
}

QRegion Crosshair::region() const {
    if (!m_frame) return {};
    // Strips that take the dots in: a region of a few rectangles.
    QRegion region(m_box.toAlignedRect().adjusted(-2, -2, 3, 3));
    std::vector<QRect> strips;
    for (const Line& line : m_lines)
        strips.push_back(QRectF(line.line.p1(), line.line.p2()).normalized().toAlignedRect().adjusted(-7, -7, 7, 7));
    for (const Dot& dot : m_dots) { // at the nearest step, which may lie beside the line
        const QRect around = QRectF(dot.at, QSizeF()).toAlignedRect().adjusted(-7, -7, 7, 7);
        const auto apart = [&](const QRect& strip) {
            if (dot.at.y() < strip.top() || dot.at.y() > strip.bottom()) return std::numeric_limits<double>::infinity();
            return std::max({0.0, strip.left() - dot.at.x(), dot.at.x() - strip.right()});
        };
        const auto strip = std::ranges::min_element(strips, {}, apart);
        if (strip != strips.end()) *strip = strip->united(around);
    }
    std::ranges::sort(strips, {}, [](const QRect& rect) { return std::pair(rect.top(), rect.left()); });
    constexpr int near = 60; // pixels: nearer strips are one
    for (std::size_t i = 0; i < strips.size();) {
        QRect strip = strips[i];
        while (++i < strips.size() && strips[i].top() == strip.top() && strips[i].left() <= strip.right() + near)
            strip = strip.united(strips[i]);
        region += strip;
    }
    return region;
}

void Crosshair::paint(QPainter& painter, const PlotTheme& theme, const QRect& clip) const {
    if (!m_frame) return;
    const QRectF near = QRectF(clip).adjusted(-7, -7, 7, 7);
    for (const Line& line : m_lines) {
        if (!near.intersects(QRectF(line.line.p1(), line.line.p2()).normalized().adjusted(-1, -1, 1, 1))) continue;
        QColor color = line.color.isValid() ? line.color : theme.faintText;
        if (line.color.isValid()) color.setAlpha(130);
        painter.setPen(QPen(color, 1.0, line.color.isValid() ? Qt::SolidLine : Qt::DashLine));
        painter.setRenderHint(QPainter::Antialiasing, line.color.isValid());
        painter.drawLine(line.line);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    std::map<QRgb, Sprite> sprites;
    for (const Dot& dot : m_dots) {
        if (!near.contains(dot.at)) continue;
        const auto drawDot = [&](QPainter& one) {
            one.setPen(QPen(theme.background, 1.5));
            one.setBrush(dot.color);
            one.drawEllipse(QPointF(), 4.5, 4.5);
        };
        sprites.try_emplace(dot.color.rgb(), painter, 6.0, drawDot).first->second.draw(dot.at);
    }
    if (!m_box.intersects(clip)) return;
    const double ratio = painter.device()->devicePixelRatioF();
    if (m_boxImage.isNull() || m_boxImage.devicePixelRatio() != ratio) {
        m_boxImage = QImage((m_box.size() * ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
        m_boxImage.setDevicePixelRatio(ratio);
        m_boxImage.fill(Qt::transparent);
        QPainter box(&m_boxImage);
        box.setRenderHint(QPainter::Antialiasing);
        box.translate(-m_box.topLeft());
        paintBox(box, theme);
    }
    painter.drawImage(m_box.topLeft(), m_boxImage);
}

void Crosshair::paintBox(QPainter& painter, const PlotTheme& theme) const {
    QColor background = theme.background;
    background.setAlpha(238);
    painter.setBrush(background);
    painter.setPen(QPen(theme.grid.alpha() > 0 ? theme.axis : theme.text, 1.0));
    painter.drawRoundedRect(m_box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    const QFont font = theme.font(0.92);
    const double line = 1.3 * QFontMetricsF(font).height();
    const double pad = 0.6 * theme.fontPixels;
    double y = m_box.top() + 0.6 * pad;
    const auto text = [&](double x, double width, const QString& what, Qt::Alignment alignment, const QColor& color) {
        painter.setPen(color);
        painter.drawText(QRectF(x, y, width, line), int(alignment | Qt::AlignVCenter) | Qt::TextDontClip, what);
    };
    painter.setFont(theme.font(0.92, true));
    text(m_box.left() + pad, m_box.width(), m_heading, Qt::AlignLeft, theme.text);
    painter.setFont(font);
    y += line;
    const auto cells = [&](const QStringList& values, const QColor& color) {
        double x = m_box.left() + pad + m_widths[0] + pad;
        for (qsizetype i = 0; i < values.size(); ++i) {
            const double width = m_widths[static_cast<std::size_t>(i) + 1];
            text(x, width, values[i], Qt::AlignRight, color);
            x += width + pad;
        }
    };
    if (!m_rows.empty()) {
        cells(m_columns, theme.faintText);
        y += line;
    }
    for (const Row& row : m_rows) {
        QPen pen(row.color, 3.0, Qt::SolidLine, Qt::FlatCap);
        painter.setPen(pen);
        painter.drawLine(QPointF(m_box.left() + pad, y + 0.5 * line),
                         QPointF(m_box.left() + pad + 1.1 * theme.fontPixels, y + 0.5 * line));
        text(m_box.left() + pad + 1.6 * theme.fontPixels, m_widths[0], row.name, Qt::AlignLeft, theme.text);
        cells(row.cells, theme.text);
        y += line;
    }
    if (m_more > 0) {
        text(m_box.left() + pad, m_box.width(), tr("and %n more", nullptr, m_more), Qt::AlignLeft, theme.faintText);
        y += line;
    }
    for (const QString& mark : m_marks) {
        text(m_box.left() + pad, m_box.width(), mark, Qt::AlignLeft, theme.text);
        y += line;
    }
}

QString Crosshair::text() const {
    if (!m_frame) return {};
    QStringList lines{m_heading};
    for (const Row& row : m_rows) {
        QStringList cells;
        for (qsizetype i = 0; i < row.cells.size(); ++i) cells << m_columns[i] + QLatin1Char(' ') + row.cells[i];
        lines << row.name + QStringLiteral(": ") + cells.join(QStringLiteral(", "));
    }
    if (m_more > 0) lines << tr("and %n more", nullptr, m_more);
    return (lines + m_marks).join(QLatin1Char('\n'));
}

} // namespace ratescope
