// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/figure.h"

#include <QCoreApplication>
#include <QImage>
#include <QRegion>

#include <optional>
#include <vector>

namespace ratescope {

/// What lies under the mouse, through all plots: a line at the same step in loss and learning rate, the rates of that step
/// on the range tests' curves, and one box with every run's values, nearest first.
class Crosshair {
    Q_DECLARE_TR_FUNCTIONS(Crosshair)

public:
    /// Reads the figure at `position`, in the plot's own pixels; outside of all frames there is nothing to show.
    void moveTo(const Figure& figure, const QPointF& position, const QSize& page);
    void hide();
    bool isShown() const { return m_frame.has_value(); }
    QPointF position() const { return m_position; }
    /// The x under it, in the frame's unit, and the frame.
    std::optional<double> x() const;
    const std::optional<Figure::FrameView>& frame() const { return m_frame; }

    /// All that it covers.
    QRegion region() const;
    void paint(QPainter& painter, const PlotTheme& theme, const QRect& clip) const;
    /// The box's text, a line a run, for those who hear it.
    QString text() const;

private:
    struct Row {
        QColor color;
        int dash = 0;
        QString name;
        QStringList cells;
        double distance = 0.0; ///< in pixels from the mouse
    };
    struct Dot {
        QPointF at;
        QColor color;
    };
    struct Line {
        QLineF line;
        QColor color; ///< invalid: the crosshair's own
    };
    void readSteps(const Figure& figure);
    void readRates(const Figure& figure);
    void readEdges(const Figure& figure);
    void addLines(const QString& text, const PlotTheme& theme, int page);
    void markRateOnTests(const Figure& figure, double rate, const QColor& color);
    void layOut(const PlotTheme& theme, const QSize& page);
    void paintBox(QPainter& painter, const PlotTheme& theme) const;

    std::optional<Figure::FrameView> m_frame;
    QPointF m_position;
    QString m_heading;
    QStringList m_columns;
    std::vector<Row> m_rows;
    int m_more = 0; ///< runs that have no room in the box
    std::vector<Line> m_lines;
    std::vector<Dot> m_dots;
    QStringList m_marks; ///< what happened here
    QRectF m_box;
    mutable QImage m_boxImage; ///< its text is set once, however many pieces of it are painted
    std::vector<double> m_widths; ///< of the name and of each column
};

} // namespace ratescope
