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
    /// The columns that the visible part of steps [first, last) falls on, left to right.
    std::vector<Column> columns(std::size_t first, std::size_t last) const;
    double yOf(double value) const;
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
    QCPRange getValueRange(bool& found, QCP::SignDomain domain, const QCPRange& keys) const override;

protected:
    void draw(QCPPainter* painter) override;

private:
    void drawValidation(QCPPainter* painter) const;
    void drawDivergence(QCPPainter* painter, const QPointF& end) const;

    bool m_band = true;
    bool m_validation = true;
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
    QPolygonF donePart(std::size_t done) const;
    QPolygonF prediction(std::size_t done) const;
};

} // namespace ratescope
