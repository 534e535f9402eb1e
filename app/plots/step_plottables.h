// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/run_curves.h"

#include <QColor>
#include <QVector>

#include <qcustomplot.h>

namespace ratescope {

/// A run's curve over its steps, thinned to the pixel grid before the stroker sees it: at most a few vertices a pixel
/// column, whatever the number of steps.
class StepPlottable : public QCPAbstractPlottable {
    Q_OBJECT

public:
    StepPlottable(QCPAxis* keyAxis, QCPAxis* valueAxis, const RunCurves& curves);

    void setLook(const QColor& color, Qt::PenStyle dash, double width, const QColor& background);

    double selectTest(const QPointF&, bool, QVariant*) const override { return -1; }
    QCPRange getKeyRange(bool& found, QCP::SignDomain domain) const override;

protected:
    void drawLegendIcon(QCPPainter* painter, const QRectF& rect) const override;

    /// A stretch of steps [first, last) that falls on one pixel column, and where to draw it.
    struct Column {
        std::size_t first;
        std::size_t last;
        double x;
    };
    /// Where step number `step` lies on the key axis, and back; strictly increasing.
    virtual double keyOf(double step) const { return step; }
    virtual double stepOf(double key) const { return key; }
    double xOf(std::size_t step) const;
    /// The columns that the visible part of steps [first, last) falls on, left to right.
    std::vector<Column> columns(std::size_t first, std::size_t last) const;
    double yOf(double value) const;
    /// What a column of a curve without smoothing holds, in values.
    struct Stretch {
        double x;
        double first;
        double last;
        double low;
        double high;
    };
    /// A line through the stretches; where a curve goes up and down within a column, an upright line over its range: a
    /// zigzag through a thick stroker costs a hundred times as much and looks the same.
    void drawStretches(QCPPainter* painter, const std::vector<Stretch>& stretches, const QPen& pen) const;
    void drawLine(QCPPainter* painter, const QPolygonF& line, const QPen& pen) const;
    const RunCurves& curves() const { return m_curves; }
    QPen linePen() const;
    QColor color() const { return m_color; }
    QColor background() const { return m_background; }

private:
    const RunCurves& m_curves;
    QColor m_color;
    QColor m_background;
    Qt::PenStyle m_dash = Qt::SolidLine;
    double m_width = 2.0;
};

/// The smoothed loss as a line over the spread of the raw losses; validation losses as circles at epoch ends; a cross
/// where the run diverged.
class LossPlottable final : public StepPlottable {
    Q_OBJECT

public:
    using StepPlottable::StepPlottable;
    void setParts(bool band, bool validation) {
        m_band = band;
        m_validation = validation;
    }
    /// How many runs lie over each other: the more, the fainter their bands, so that lines stay readable.
    void setBandRuns(int runs) { m_bandRuns = runs; }
    QCPRange getValueRange(bool& found, QCP::SignDomain domain, const QCPRange& keys) const override;

protected:
    void draw(QCPPainter* painter) override;

private:
    int bandAlpha() const;
    void drawValidation(QCPPainter* painter) const;
    void drawDivergence(QCPPainter* painter, const QPointF& end) const;

    bool m_band = true;
    bool m_validation = true;
    int m_bandRuns = 1;
};

/// The rate that was used, and faintly the one that the schedule holds for the steps to come.
class RatePlottable final : public StepPlottable {
    Q_OBJECT

public:
    using StepPlottable::StepPlottable;
    QCPRange getValueRange(bool& found, QCP::SignDomain domain, const QCPRange& keys) const override;

protected:
    void draw(QCPPainter* painter) override;

private:
    bool hasPrediction() const;
    std::vector<Stretch> donePart(std::size_t done) const;
    std::vector<Stretch> prediction(std::size_t done) const;
};

/// A range test over its rates: the smoothed loss over the raw one, with the rules' answers as marks; or the slope.
class RangeTestPlottable final : public StepPlottable {
    Q_OBJECT

public:
    enum class Curve { Loss, Slope };
    RangeTestPlottable(QCPAxis* keyAxis, QCPAxis* valueAxis, const RunCurves& curves, Curve curve)
        : StepPlottable(keyAxis, valueAxis, curves)
        , m_curve(curve) {}

    QCPRange getKeyRange(bool& found, QCP::SignDomain domain) const override;
    QCPRange getValueRange(bool& found, QCP::SignDomain domain, const QCPRange& keys) const override;

protected:
    double keyOf(double step) const override;
    double stepOf(double key) const override;
    void draw(QCPPainter* painter) override;

private:
    void drawLoss(QCPPainter* painter, const std::vector<Column>& visible) const;
    void drawSlope(QCPPainter* painter, const std::vector<Column>& visible) const;
    void drawSuggestions(QCPPainter* painter) const;

    Curve m_curve;
};

} // namespace ratescope
