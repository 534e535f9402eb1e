// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/step_plottables.h"

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

constexpr int predictionAlpha = 90;
constexpr int rawAlpha = 90;

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

double StepPlottable::xOf(std::size_t step) const { return keyAxis()->coordToPixel(keyOf(static_cast<double>(step))); }

std::vector<StepPlottable::Column> StepPlottable::columns(std::size_t first, std::size_t last) const {
    const QCPAxis* axis = keyAxis();
    const bool logarithmic = axis->scaleType() == QCPAxis::stLogarithmic;
    if (logarithmic && keyOf(0.0) <= 0.0) first = std::max<std::size_t>(first, 1); // step 0 lies infinitely far to the left
    if (first >= last) return {};
    const auto clampStep = [&](double step) {
        if (std::isnan(step)) return first;
        return static_cast<std::size_t>(std::clamp(step, static_cast<double>(first), static_cast<double>(last)));
    };
    // One step further on either side, so that the line runs out of the frame.
    const std::size_t begin = clampStep(std::floor(stepOf(axis->range().lower)));
    const std::size_t end = clampStep(std::ceil(stepOf(axis->range().upper)) + 1.0);
    std::vector<Column> result;
    if (begin >= end) return result;
    const double firstX = xOf(begin);
    const double lastX = xOf(end - 1);
    if (static_cast<double>(end - begin) <= lastX - firstX) { // sparser than pixels: every step for itself
        for (std::size_t step = begin; step < end; ++step)
            result.push_back({step, step + 1, xOf(step)});
        return result;
    }
    const int left = static_cast<int>(std::floor(firstX));
    const int right = static_cast<int>(std::floor(lastX));
    std::size_t from = begin;
    for (int pixel = left; pixel <= right && from < end; ++pixel) {
        // Everything whose x is left of the next pixel. Wide columns end on a block's border: a fraction of a pixel off,
        // and cheap.
        std::size_t to = pixel == right ? end : clampStep(std::ceil(stepOf(axis->pixelToCoord(pixel + 1))));
        if (to - from >= 8 * SeriesPyramid::blockSize && to != end) to = to / SeriesPyramid::blockSize * SeriesPyramid::blockSize;
        if (to <= from) continue;
        const double x = to - from == 1 ? xOf(from) : pixel + 0.5;
        result.push_back({from, to, x});
        from = to;
    }
    return result;
}

void StepPlottable::drawLine(QCPPainter* painter, const QPolygonF& line, const QPen& pen) const {
    if (line.isEmpty()) return;
    painter->setPen(pen);
    painter->setBrush(Qt::NoBrush);
    if (line.size() == 1) // a run of one step is a dot
        painter->drawLine(line.first() - QPointF(pen.widthF(), 0), line.first() + QPointF(pen.widthF(), 0));
    else
        painter->drawPolyline(line);
}

void StepPlottable::drawStretches(QCPPainter* painter, const std::vector<Stretch>& stretches, const QPen& pen) const {
    constexpr double turn = 2.0; // pixels that a curve has to go back and forth by
    QPolygonF line;
    QList<QLineF> uprights;
    for (const Stretch& stretch : stretches) {
        const double first = yOf(stretch.first);
        const double last = yOf(stretch.last);
        const double low = yOf(stretch.low);
        const double high = yOf(stretch.high);
        if (std::abs(low - high) > std::abs(first - last) + turn) {
            uprights << QLineF(stretch.x, low, stretch.x, high);
            drawLine(painter, line, pen);
            line.clear();
            continue;
        }
        line << QPointF(stretch.x, first);
        if (std::abs(first - last) > 0.5) line << QPointF(stretch.x, last);
    }
    drawLine(painter, line, pen);
    if (uprights.isEmpty()) return;
    QPen thin = pen;
    thin.setWidthF(std::min(pen.widthF(), 1.0));
    thin.setStyle(Qt::SolidLine);
    painter->setPen(thin);
    painter->drawLines(uprights);
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
            painter->setBrush(withAlpha(color(), bandAlpha()));
            painter->drawPolygon(band);
        } else {
            drawLine(painter, band, QPen(withAlpha(color(), 3 * bandAlpha()), 1.0));
        }
    }
    drawLine(painter, line, linePen());
    if (m_validation) drawValidation(painter);
    if (curves().run().state == RunState::Diverged && visible.back().last == count) drawDivergence(painter, line.back());
}

int LossPlottable::bandAlpha() const { return std::max(6, 40 / std::max(1, m_bandRuns)); }

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

std::vector<StepPlottable::Stretch> RatePlottable::donePart(std::size_t done) const {
    std::vector<Stretch> stretches;
    const std::vector<double>& rates = curves().run().rates;
    for (const Column& column : columns(0, done)) {
        const auto summary = curves().rates().summarize(rates, column.first, column.last);
        stretches.push_back({column.x, rates[column.first], rates[column.last - 1], summary.low, summary.high});
    }
    return stretches;
}

std::vector<StepPlottable::Stretch> RatePlottable::prediction(std::size_t done) const {
    constexpr std::size_t samples = 8; // of a column with many steps
    std::vector<Stretch> stretches;
    const Schedule& schedule = curves().schedule();
    for (const Column& column : columns(done > 0 ? done - 1 : 0, static_cast<std::size_t>(curves().run().length.steps))) {
        const std::size_t steps = column.last - column.first;
        const std::size_t count = std::min(samples, steps);
        const double first = schedule.at(column.first);
        Stretch stretch{column.x, first, first, first, first};
        for (std::size_t i = 1; i < count; ++i) {
            stretch.last = schedule.at(column.first + i * (steps - 1) / (count - 1));
            stretch.low = std::min(stretch.low, stretch.last);
            stretch.high = std::max(stretch.high, stretch.last);
        }
        stretches.push_back(stretch);
    }
    return stretches;
}

void RatePlottable::draw(QCPPainter* painter) {
    applyDefaultAntialiasingHint(painter);
    const std::size_t done = std::min(curves().run().rates.size(), curves().rates().size());
    if (hasPrediction()) {
        QPen pen = linePen();
        pen.setColor(withAlpha(color(), predictionAlpha));
        drawStretches(painter, prediction(done), pen);
    }
    drawStretches(painter, donePart(done), linePen());
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

double RangeTestPlottable::keyOf(double step) const {
    const RangeTestSpec& test = *curves().run().config.rangeTest;
    const double share = step / static_cast<double>(test.steps - 1);
    return test.exponential ? test.from * std::pow(test.to / test.from, share) : test.from + (test.to - test.from) * share;
}

double RangeTestPlottable::stepOf(double key) const {
    const RangeTestSpec& test = *curves().run().config.rangeTest;
    const double share = test.exponential ? std::log(std::max(key, 1e-300) / test.from) / std::log(test.to / test.from)
                                          : (key - test.from) / (test.to - test.from);
    return share * static_cast<double>(test.steps - 1);
}

void RangeTestPlottable::draw(QCPPainter* painter) {
    const std::vector<Column> visible = columns(0, curves().range().slopes.size());
    if (visible.empty()) return;
    applyDefaultAntialiasingHint(painter);
    if (m_curve == Curve::Slope) {
        drawSlope(painter, visible);
        return;
    }
    drawLoss(painter, visible);
    drawSuggestions(painter);
}

void RangeTestPlottable::drawLoss(QCPPainter* painter, const std::vector<Column>& visible) const {
    const RunRecord& run = curves().run();
    std::vector<Stretch> raw;
    QPolygonF line;
    for (const Column& column : visible) {
        const auto summary = curves().losses().summarize(run.losses, column.first, column.last);
        line << QPointF(column.x, yOf(summary.mean()));
        raw.push_back({column.x, run.losses[column.first], run.losses[column.last - 1], summary.low, summary.high});
    }
    drawStretches(painter, raw, QPen(withAlpha(color(), rawAlpha), 1.0));
    drawLine(painter, line, linePen());
}

void RangeTestPlottable::drawSlope(QCPPainter* painter, const std::vector<Column>& visible) const {
    const std::vector<double>& slopes = curves().range().slopes;
    std::vector<Stretch> stretches;
    for (const Column& column : visible) {
        const double first = slopes[column.first];
        Stretch stretch{column.x, first, slopes[column.last - 1], first, first};
        // The last slope of all is not in the pyramid yet.
        if (const std::size_t end = std::min(column.last, curves().slopes().size()); end > column.first) {
            const auto summary = curves().slopes().summarize(slopes, column.first, end);
            stretch.low = summary.low;
            stretch.high = summary.high;
        }
        stretches.push_back(stretch);
    }
    drawStretches(painter, stretches, linePen());
}

void RangeTestPlottable::drawSuggestions(QCPPainter* painter) const {
    constexpr double radius = 4.5;
    const RangeCurve& curve = curves().range();
    painter->setPen(QPen(color(), 1.8));
    painter->setBrush(background());
    for (const Suggestion& suggestion : curves().suggestions()) {
        if (!suggestion.rate) continue;
        // On the line between the two points beside it.
        const double step = std::clamp(stepOf(*suggestion.rate), 0.0, static_cast<double>(curve.smoothed.size() - 1));
        const auto before = static_cast<std::size_t>(step);
        const std::size_t after = std::min(before + 1, curve.smoothed.size() - 1);
        const double value = std::lerp(curve.smoothed[before], curve.smoothed[after], step - static_cast<double>(before));
        const QPointF at(keyAxis()->coordToPixel(*suggestion.rate), yOf(value));
        if (suggestion.rule == "steepest")
            painter->drawEllipse(at, radius, radius);
        else
            painter->drawRect(QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius));
    }
}

QCPRange RangeTestPlottable::getKeyRange(bool& found, QCP::SignDomain) const {
    const RangeTestSpec& test = *curves().run().config.rangeTest;
    found = true;
    return {test.from, test.to};
}

QCPRange RangeTestPlottable::getValueRange(bool& found, QCP::SignDomain, const QCPRange&) const {
    const RunCurves::Spread& spread = m_curve == Curve::Loss ? curves().smoothedSpread() : curves().slopeSpread();
    found = spread.low <= spread.high;
    return {spread.low, spread.high};
}

} // namespace ratescope
