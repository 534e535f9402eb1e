// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/plot_cursors.h"

#include "app/plots/readings.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

constexpr double reach = 5.0; // pixels
constexpr std::size_t mostRows = 6;

QString figureOf(const std::optional<double>& value) {
    return value ? QLocale::c().toString(*value, 'g', 4) : QStringLiteral("–");
}

} // namespace

std::optional<int> PlotCursors::at(const Figure& figure, const QPointF& position) const {
    const auto frame = figure.frameAt(position);
    if (!frame || (frame->place != PlotPlace::Loss && frame->place != PlotPlace::Rate)) return std::nullopt;
    for (const int which : {0, 1})
        if (x(which) && std::abs(frame->x.toPixel(*x(which)) - position.x()) <= reach) return which;
    return std::nullopt;
}

void PlotCursors::paint(QPainter& painter, const Figure& figure) const {
    if (!isAny()) return;
    const PlotTheme& theme = figure.theme();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const PlotPlace place : {PlotPlace::Loss, PlotPlace::Rate}) {
        const auto frame = figure.frame(place);
        if (!frame) continue;
        for (const int which : {0, 1}) {
            if (!x(which)) continue;
            const double at = frame->x.toPixel(*x(which));
            if (at < frame->rect.left() - 1 || at > frame->rect.right() + 1) continue;
            painter.setPen(QPen(theme.text, 1.2));
            painter.drawLine(QPointF(at, frame->rect.top()), QPointF(at, frame->rect.bottom()));
            const double side = 1.35 * theme.fontPixels;
            const QRectF flag(at - 0.5 * side, frame->rect.bottom() - side, side, side);
            painter.setBrush(theme.text);
            painter.drawRoundedRect(flag, 3, 3);
            painter.setPen(theme.background);
            painter.setFont(theme.font(0.92, true));
            painter.drawText(flag, Qt::AlignCenter, which == 0 ? QStringLiteral("A") : QStringLiteral("B"));
        }
    }
    if (x(0) && x(1)) paintDifferences(painter, figure);
}

void PlotCursors::paintDifferences(QPainter& painter, const Figure& figure) const {
    const auto frame = figure.frame(PlotPlace::Loss);
    if (!frame) return;
    const PlotTheme& theme = figure.theme();
    const std::vector<RunReading> first = readRuns(figure, *x(0));
    const std::vector<RunReading> second = readRuns(figure, *x(1));
    struct Row {
        const Figure::Entry* entry;
        std::array<QString, 3> cells;
    };
    std::vector<Row> rows;
    for (const RunReading& a : first)
        for (const RunReading& b : second)
            if (a.entry == b.entry && a.value && b.value && rows.size() < mostRows)
                rows.push_back(
                    {a.entry,
                     {figureOf(a.value), figureOf(b.value), QLocale::c().toString(*b.value - *a.value, 'g', 3)}});
    const QFont font = theme.font(0.92);
    const QFontMetricsF metrics(font);
    const double pad = 0.5 * theme.fontPixels;
    const double line = 1.3 * metrics.height();
    const std::array<QString, 3> heads = {QStringLiteral("A"), QStringLiteral("B"), QStringLiteral("B − A")};
    std::array<double, 3> widths{};
    for (std::size_t i = 0; i < 3; ++i) {
        widths[i] = metrics.horizontalAdvance(heads[i]);
        for (const Row& row : rows) widths[i] = std::max(widths[i], metrics.horizontalAdvance(row.cells[i]));
    }
    const QString heading = tr("%1: B − A = %2").arg(figure.unitLabel(), QLocale::c().toString(*x(1) - *x(0), 'g', 6));
    const double table = 1.6 * theme.fontPixels + widths[0] + widths[1] + widths[2] + 3 * pad;
    const QSizeF size(std::max(table, metrics.horizontalAdvance(heading)) + 2 * pad,
                      line * (static_cast<double>(rows.size()) + (rows.empty() ? 1.0 : 2.0)) + pad);
    const QRectF box(QPointF(frame->rect.left() + pad, frame->rect.bottom() - size.height() - 2 * theme.fontPixels), size);
    QColor background = theme.background;
    background.setAlpha(235);
    painter.setBrush(background);
    painter.setPen(QPen(theme.axis, 1.0));
    painter.drawRoundedRect(box, 4, 4);
    painter.setFont(font);
    double y = box.top() + 0.5 * pad;
    const auto cell = [&](double x, double width, const QString& text, const QColor& color, Qt::Alignment alignment) {
        painter.setPen(color);
        painter.drawText(QRectF(x, y, width, line), int(alignment | Qt::AlignVCenter) | Qt::TextDontClip, text);
    };
    cell(box.left() + pad, size.width(), heading, theme.text, Qt::AlignLeft);
    y += line;
    const auto cells = [&](const std::array<QString, 3>& texts, const QColor& color) {
        double x = box.left() + pad + 1.6 * theme.fontPixels;
        for (std::size_t i = 0; i < 3; ++i) {
            cell(x, widths[i], texts[i], color, Qt::AlignRight);
            x += widths[i] + pad;
        }
        y += line;
    };
    if (!rows.empty()) cells(heads, theme.faintText);
    for (const Row& row : rows) {
        painter.setPen(QPen(row.entry->look.color, 3.0, Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(QPointF(box.left() + pad, y + 0.5 * line),
                         QPointF(box.left() + pad + 1.1 * theme.fontPixels, y + 0.5 * line));
        cells(row.cells, theme.text);
    }
}

} // namespace ratescope
