// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/plot_theme.h"
#include "app/plots/plot_view.h"
#include "app/study/run_record.h"

#include <QWidget>

#include <vector>

class QCustomPlot;
class QCPAxisRect;

namespace ratescope {

class Figure;

/// The page with the three live plots: loss, learning rate, range test. The wheel zooms x, with Ctrl y; dragging pans; a
/// double click fits.
class PlotPage : public QWidget {
    Q_OBJECT

public:
    explicit PlotPage(QWidget* parent = nullptr);

    /// The runs to show, in order.
    void setRuns(const std::vector<RunPointer>& runs);
    const std::vector<RunPointer>& runs() const { return m_runs; }
    void setTheme(const PlotTheme& theme);
    const PlotTheme& theme() const { return m_theme; }

    const PlotView& view() const { return m_view; }
    void setView(const PlotView& view);
    /// Everything in sight, and following what comes.
    void fit();
    /// The view with the ranges that are on the axes now, fitted or not: what a picture of the page has to show.
    PlotView currentView();

public Q_SLOTS:
    /// The runs have grown or changed: draws them with the next frame.
    void refresh();

Q_SIGNALS:
    /// A person has zoomed, dragged or fitted.
    void viewChanged();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void followScreen();
    void rangeChangedByHand(QCPAxisRect* rect);
    void updateFigure();

    std::vector<RunPointer> m_runs;
    PlotTheme m_theme = PlotTheme::light();
    PlotView m_view;
    QCustomPlot* m_plot;
    Figure* m_figure;
    bool m_updating = false;
    bool m_stale = true;          ///< the figure has not taken in what is new
    bool m_screenWatched = false;
};

} // namespace ratescope
