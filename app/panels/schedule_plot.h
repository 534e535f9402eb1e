// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/panels/schedule_axis.h"
#include "app/panels/schedule_curve.h"
#include "core/schedule/schedule.h"

#include <QColor>
#include <QPolygonF>
#include <QWidget>

#include <optional>
#include <vector>

namespace ratescope {

/// A schedule over its run, to be drawn.
struct PlottedSchedule {
    QString name;
    QColor color;
    int dash = 0;        ///< which of the dash patterns
    bool strong = false; ///< drawn thicker and last
    Schedule schedule;
    RunLength length;
};

/// Rates over steps or epochs, of any number of schedules, none of which has been trained: drawn by what trains.
/// Ends of a crosshair move with the mouse and, where it has the focus, with the arrow keys.
class SchedulePlot : public QWidget {
    Q_OBJECT

public:
    explicit SchedulePlot(QWidget* parent = nullptr);

    void setSchedules(std::vector<PlottedSchedule> schedules);
    void setLogarithmic(bool logarithmic);
    bool isLogarithmic() const { return m_logarithmic; }
    /// Epochs along the x axis instead of steps.
    void setInEpochs(bool epochs);
    bool isInEpochs() const { return m_epochs; }
    /// For a plot of some height: axis titles, and a box with all values at the crosshair.
    void setLarge(bool large);

    /// Where the crosshair stands; none: nowhere.
    void setCrosshair(std::optional<std::uint64_t> step);
    std::optional<std::uint64_t> crosshair() const { return m_crosshair; }
    /// What it reads, highest rate first: those of the schedules that are still running there.
    struct Reading {
        QString name;
        QColor color;
        double rate = 0.0;
    };
    std::vector<Reading> readings() const;
    /// What is said beside the curve of a single schedule; empty: nothing.
    const QString& note() const { return m_note; }
    const ScheduleAxis& rateAxis() const { return m_rates; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Curve {
        QPolygonF line;
        QPolygonF example;
    };
    void sample();
    void measure();
    void describe();
    double xOf(const PlottedSchedule& one, double step) const;
    QPolygonF placed(const PlottedSchedule& one, const std::vector<RatePoint>& points) const;
    void paintAxes(QPainter& painter) const;
    void paintCurves(QPainter& painter);
    void paintCrosshair(QPainter& painter) const;
    QString crosshairTitle() const;
    std::uint64_t stepAtX(double x) const;
    const PlottedSchedule* longest() const;

    std::vector<PlottedSchedule> m_schedules;
    std::vector<std::vector<RatePoint>> m_points;
    std::vector<DataExample> m_examples;
    bool m_logarithmic = false;
    bool m_epochs = false;
    bool m_large = false;
    std::optional<std::uint64_t> m_crosshair;
    QString m_note;
    ScheduleAxis m_times;
    ScheduleAxis m_rates;
    QRectF m_area;
    int m_columns = 0; ///< for which the points were sampled
};

} // namespace ratescope
