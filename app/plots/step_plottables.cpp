// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/step_plottables.h"

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

constexpr int bandAlpha = 32;
constexpr int predictionAlpha = 90;

/// Between points this near to each other no single ones can be told apart: the spread is drawn as a band.
constexpr double denseStepsPerPixel = 1.5;

QColor withAlpha(QColor color, int alpha) {
    color.setAlpha(alpha);
    return color;
}

} // namespace

StepPlottable::StepPlottable(QCPAxis* keyAxis, QCPAxis* valueAxis, const RunCurves& curves)
    : QCPAbstractPlottable(keyAxis, valueAxis)
    , m_curves(curves) {
    setAntialiased(true);
    setAntialiasedFill(true);
    setSelectable(QCP::stNone);
}

void StepPlottable::setLook(const QColor& color, Qt::PenStyle dash, double width, const QColor& background) {
    m_color = color;
    m_dash = dash;
    m_width = width;
    m_background = background;
}

QPen StepPlottable::linePen() const {
    QPen pen(m_color, m_width, m_dash, Qt::FlatCap, Qt::BevelJoin);
    return pen;
}

QCPRange StepPlottable::getKeyRange(bool& found, QCP::SignDomain) const {
    found = m_curves.run().stepCount() > 0;
    return {0.0, static_cast<double>(std::max<std::uint64_t>(m_curves.run().stepCount(), 1) - 1)};
}

void StepPlottable::drawLegendIcon(QCPPainter* painter, const QRectF& rect) const {
    applyDefaultAntialiasingHint(painter);
    painter->setPen(linePen());
    painter->drawLine(QLineF(rect.left(), rect.center().y(), rect.right(), rect.center().y()));
}

double StepPlottable::yOf(double value) const {
    const QCPAxis* axis = valueAxis();
    if (axis->scaleType() == QCPAxis::stLogarithmic) value = std::max(value, 1e-300);
    // Far outside is far enough: the painter's arithmetic must not overflow.
    return std::clamp(axis->coordToPixel(value), -1e5, 1e5);
}

std::vector<StepPlottable::Column> StepPlottable::columns(std::size_t first, std::size_t last) const {
    const QCPAxis* axis = keyAxis();
    const bool logarithmic = axis->scaleType() == QCPAxis::stLogarithmic;
    if (logarithmic) first = std::max<std::size_t>(first, 1); // step 0 lies infinitely far to the left
    const auto clampStep = [&](double step) {
        return static_cast<std::size_t>(std::clamp(step, static_cast<double>(first), static_cast<double>(last)));
    };
    // One step further on either side, so that the line runs out of the frame.
    const std::size_t begin = clampStep(std::floor(axis->range().lower));
    const std::size_t end = clampStep(std::ceil(axis->range().upper) + 1.0);
    std::vector<Column> result;
    if (begin >= end) return result;
    const double firstX = axis->coordToPixel(static_cast<double>(begin));
    const double lastX = axis->coordToPixel(static_cast<double>(end - 1));
    if (static_cast<double>(end - begin) <= lastX - firstX) { // sparser than pixels: every step for itself
        for (std::size_t step = begin; step < end; ++step)
            result.push_back({step, step + 1, axis->coordToPixel(static_cast<double>(step))});
        return result;
    }
    const int left = static_cast<int>(std::floor(firstX));
    const int right = static_cast<int>(std::floor(lastX));
    std::size_t from = begin;
    for (int pixel = left; pixel <= right && from < end; ++pixel) {
        // Everything whose x is left of the next pixel. Wide columns end on a block's border: a fraction of a pixel off,
        // and cheap.
        std::size_t to = pixel == right ? end : clampStep(std::ceil(axis->pixelToCoord(pixel + 1)));
        if (to - from >= 8 * SeriesPyramid::blockSize && to != end) to = to / SeriesPyramid::blockSize * SeriesPyramid::blockSize;
        if (to <= from) continue;
        const double x = to - from == 1 ? axis->coordToPixel(static_cast<double>(from)) : pixel + 0.5;
        result.push_back({from, to, x});
        from = to;
    }
    return result;
}

void StepPlottable::drawLine(QCPPainter* painter, const QPolygonF& line, const QPen& pen) const {
    if (line.size() < 2) return;
    painter->setPen(pen);
    painter->setBrush(Qt::NoBrush);
    painter->drawPolyline(line);
}

void LossPlottable::draw(QCPPainter* painter) {
    const std::vector<float>& losses = curves().run().losses;
    const SeriesPyramid& pyramid = curves().losses();
    const std::size_t count = std::min(losses.size(), pyramid.size());
    const std::vector<Column> visible = columns(0, count);
    if (visible.empty()) return;
    applyDefaultAntialiasingHint(painter);

    QPolygonF line;
    QPolygonF band;
    QPolygonF floor;
    for (const Column& column : visible) {
        const auto summary = pyramid.summarize(losses, column.first, column.last);
        line << QPointF(column.x, yOf(summary.mean()));
        band << QPointF(column.x, yOf(summary.high));
        floor << QPointF(column.x, yOf(summary.low));
    }
    if (m_band && pyramid.beta() > 0.0) {
        const auto steps = static_cast<double>(visible.back().last - visible.front().first);
        if (steps > denseStepsPerPixel * static_cast<double>(visible.size())) {
            for (auto it = floor.crbegin(); it != floor.crend(); ++it) band << *it;
            painter->setPen(Qt::NoPen);
            painter->setBrush(withAlpha(color(), bandAlpha));
            painter->drawPolygon(band);
        } else {
            drawLine(painter, band, QPen(withAlpha(color(), 3 * bandAlpha), 1.0));
        }
    }
    drawLine(painter, line, linePen());
    if (m_validation) drawValidation(painter);
    if (curves().run().state == RunState::Diverged && visible.back().last == count) drawDivergence(painter, line.back());
}

void LossPlottable::drawValidation(QCPPainter* painter) const {
    QPolygonF points;
    for (const EpochMetrics& epoch : curves().run().epochs)
        if (epoch.validation)
            points << QPointF(keyAxis()->coordToPixel(static_cast<double>(epoch.step)), yOf(epoch.validation->loss));
    const QRectF frame = clipRect();
    painter->setPen(QPen(color(), 1.4));
    painter->setBrush(background());
    // With hundreds of epochs the circles would hide the curve: then only as many as have room.
    qsizetype stride = 1;
    if (points.size() > 1) {
        const double spacing = (points.back().x() - points.front().x()) / static_cast<double>(points.size() - 1);
        while (spacing * static_cast<double>(stride) < 14.0 && stride < points.size()) ++stride;
    }
    for (qsizetype i = points.size() - 1; i >= 0; i -= stride)
        if (frame.adjusted(-5, -5, 5, 5).contains(points[i])) painter->drawEllipse(points[i], 3.6, 3.6);
}

void LossPlottable::drawDivergence(QCPPainter* painter, const QPointF& end) const {
    constexpr double arm = 5.0;
    const QRectF frame = clipRect();
    // A run that diverges leaves by the top: the cross stays at the frame.
    const QPointF at(std::clamp(end.x(), frame.left() + arm, frame.right() - arm),
                     std::clamp(end.y(), frame.top() + arm + 2, frame.bottom() - arm - 2));
    painter->setPen(QPen(color(), 2.4, Qt::SolidLine, Qt::RoundCap));
    painter->drawLine(at + QPointF(-arm, -arm), at + QPointF(arm, arm));
    painter->drawLine(at + QPointF(-arm, arm), at + QPointF(arm, -arm));
    const QString text = tr("diverged at step %1").arg(curves().run().result.divergedAt.value_or(curves().run().stepCount()));
    painter->setFont(mParentPlot->font());
    const double width = painter->fontMetrics().horizontalAdvance(text);
    const bool fitsRight = at.x() + arm + 4 + width < frame.right();
    painter->drawText(QRectF(fitsRight ? at.x() + arm + 4 : at.x() - arm - 4 - width, at.y() - 9, width + 1, 18),
                      Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, text);
}

QCPRange LossPlottable::getValueRange(bool& found, QCP::SignDomain, const QCPRange&) const {
    const std::vector<float>& losses = curves().run().losses;
    const std::size_t count = std::min(losses.size(), curves().losses().size());
    found = count > 0;
    if (!found) return {};
    const auto summary = curves().losses().summarize(losses, 0, count);
    return {double(summary.low), double(summary.high)};
}

bool RatePlottable::hasPrediction() const {
    const RunState state = curves().run().state;
    return !isOver(state);
}

QPolygonF RatePlottable::donePart(std::size_t done) const {
    QPolygonF line;
    const std::vector<double>& rates = curves().run().rates;
    for (const Column& column : columns(0, done)) {
        const auto summary = curves().rates().summarize(rates, column.first, column.last);
        const double low = yOf(summary.low);
        const double high = yOf(summary.high);
        if (std::abs(low - high) < 1.0) {
            line << QPointF(column.x, yOf(summary.mean()));
            continue;
        }
        // The column's ends in their own order, its extremes between them: a jump stays upright, a peak keeps its height.
        line << QPointF(column.x, yOf(rates[column.first]));
        const bool rising = rates[column.last - 1] >= rates[column.first];
        line << QPointF(column.x, rising ? low : high) << QPointF(column.x, rising ? high : low);
        line << QPointF(column.x, yOf(rates[column.last - 1]));
    }
    return line;
}

QPolygonF RatePlottable::prediction(std::size_t done) const {
    QPolygonF line;
    constexpr std::size_t samples = 8; // of a column with many steps
    const Schedule& schedule = curves().schedule();
    for (const Column& column : columns(done > 0 ? done - 1 : 0, static_cast<std::size_t>(curves().run().length.steps))) {
        const std::size_t steps = column.last - column.first;
        const std::size_t count = std::min(samples, steps);
        for (std::size_t i = 0; i < count; ++i)
            line << QPointF(column.x, yOf(schedule.at(column.first + i * steps / count)));
    }
    return line;
}

void RatePlottable::draw(QCPPainter* painter) {
    applyDefaultAntialiasingHint(painter);
    const std::size_t done = std::min(curves().run().rates.size(), curves().rates().size());
    if (hasPrediction()) {
        QPen pen = linePen();
        pen.setColor(withAlpha(color(), predictionAlpha));
        drawLine(painter, prediction(done), pen);
    }
    drawLine(painter, donePart(done), linePen());
}

QCPRange RatePlottable::getValueRange(bool& found, QCP::SignDomain, const QCPRange&) const {
    const RunRecord& run = curves().run();
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    const std::size_t done = std::min(run.rates.size(), curves().rates().size());
    if (done > 0) {
        const auto summary = curves().rates().summarize(run.rates, 0, done);
        low = summary.low;
        high = summary.high;
    }
    if (hasPrediction()) {
        constexpr std::uint64_t samples = 512;
        const std::uint64_t count = std::min(samples, run.length.steps);
        for (std::uint64_t i = 0; i < count; ++i) {
            const double rate = curves().schedule().at(count < 2 ? 0 : i * (run.length.steps - 1) / (count - 1));
            low = std::min(low, rate);
            high = std::max(high, rate);
        }
    }
    found = low <= high;
    return {low, high};
}

} // namespace ratescope
