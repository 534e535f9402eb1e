// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/edge_count.h"
#include "app/plots/plot_theme.h"
#include "app/plots/plot_view.h"
#include "app/study/run_record.h"

#include <QPoint>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QMenu;
class QMouseEvent;
class QTranslator;
class QWheelEvent;

namespace ratescope {

class CurveStore;
class Figure;
class PlotCanvas;

/// The page with the three live plots: loss, learning rate, range test. The wheel zooms x, with Ctrl y; dragging pans, with
/// Shift it boxes; a double click fits; a crosshair reads every run's values.
class PlotPage : public QWidget {
    Q_OBJECT

public:
    explicit PlotPage(QWidget* parent = nullptr);
    ~PlotPage() override;

    /// The runs to show, in order.
    void setRuns(const std::vector<RunPointer>& runs);
    const std::vector<RunPointer>& runs() const { return m_runs; }
    void setTheme(const PlotTheme& theme);
    const PlotTheme& theme() const { return m_theme; }

    /// The language of the words in the plots; English where there are none of it.
    void setLanguage(const QString& language);

    const PlotView& view() const { return m_view; }
    void setView(const PlotView& view);
    /// The view with the ranges that are on the axes now, fitted or not.
    PlotView currentView();
    /// What the page's runs were turned into, for pictures of them.
    std::shared_ptr<CurveStore> curves() const { return m_curves; }

    /// Everything in sight, and following what comes.
    void fit();
    bool isFollowing() const { return m_view.isFitted(); }
    /// Following on: as fit(). Off: the axes stay as they are.
    void setFollowing(bool following);
    /// The view before the last zoom, pan or fit; false where there is none.
    bool goBack();

    /// Handles on the rate plot, to draw that run's schedule with; of no run: none.
    void showHandles(const RunPointer& run, const ScheduleSpec& piecewise);
    RunId handlesShown() const;

    /// A line at that rate on the range tests, to be dragged; on the rate plot as well. Of one test at a time; it is the
    /// window's to say of which.
    void showRateMarker(RunId test, double rate);
    void hideRateMarker();
    /// Where it is; none while it is hidden.
    std::optional<double> rateMarker() const;
    RunId rateMarkerShown() const; ///< of which test; 0: none

    /// How much of that run, made or to come, lies beyond the edge that its range test has found; none while the run is
    /// hidden, without a test, or until it is counted.
    std::optional<EdgeSteps> beyondEdge(RunId run) const;
    /// What turns sentences that come from the core into the language of the words.
    void setCoreWords(std::function<QString(const QString&)> words);

    /// Sets cursor A (0) or B (1) at the crosshair; without one in the middle of the axis.
    void setCursor(int which);
    void clearCursors();
    /// The values under the crosshair as text; empty without one.
    QString crosshairText() const;
    /// The canvas, where the mouse acts.
    QWidget* canvas() const;
    /// The frame of a plot in the canvas's pixels; of the range test the upper one.
    QRectF frameOf(PlotPart part) const;
    /// Where the legend's line of that run stands, in the canvas's pixels; empty without one.
    QRectF legendRect(RunId run) const;

public Q_SLOTS:
    /// The runs have grown or changed: draws what is new with the next frame.
    void refresh();

Q_SIGNALS:
    /// A person has zoomed, dragged or fitted: what the view was before. Steps of one gesture come with the same `before`.
    void viewEdited(const PlotView& before);
    void viewChanged();
    /// A handle was added, moved or deleted. All edits of one drag come with the same number, which is not 0.
    void handlesEdited(ratescope::RunId run, const ratescope::ScheduleSpec& schedule, quint64 gesture);
    /// A line of the legend was clicked; `only`: with Ctrl, to show nothing else.
    void legendClicked(const QList<RunId>& runs, bool only);
    /// The marker was moved by hand: with every step of a drag.
    void rateMarkerMoved(ratescope::RunId test, double rate);
    /// A menu for the page is about to be shown: others may add to it. `steps`: where on the x axis of loss or rate; none
    /// elsewhere. `rate`: where on that of the range tests, of its marker where that is under the mouse; none elsewhere.
    void menuRequested(QMenu& menu, std::optional<double> steps, std::optional<double> rate);

protected:
    bool event(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    struct Hand; ///< what the mouse and the keys are about
    void followScreen();
    void updateNow();
    void paintOver(QPainter& painter, const QRect& clip);
    void edit(const PlotView& view, bool newGesture);
    // plot_hands.cpp: mouse and keyboard.
    void press(QMouseEvent* event);
    void move(QMouseEvent* event);
    void release(QMouseEvent* event);
    void doubleClick(QMouseEvent* event);
    void wheel(QWheelEvent* event);
    void pan(const QPointF& position);
    void zoomToBox();
    void moveCrosshair(const QPointF& position);
    void hideCrosshair();
    void stepCrosshair(int direction, bool far);
    bool pressHandle(QMouseEvent* event);
    void holdAxes();
    void releaseHandle();
    void tellHandles();
    bool handleKey(QKeyEvent* event);
    void dragMarker(QMouseEvent* event);
    bool markerKey(QKeyEvent* event);
    void tellMarker(const QRegion& before);
    void showMenu(const QPoint& globalPosition);

    std::vector<RunPointer> m_runs;
    PlotTheme m_theme = PlotTheme::light();
    PlotView m_view;
    std::shared_ptr<CurveStore> m_curves;
    std::unique_ptr<QTranslator> m_words;
    PlotCanvas* m_plot;
    Figure* m_figure;
    std::unique_ptr<Hand> m_hand;
    std::vector<PlotView> m_history; ///< views to go back to
    bool m_updatePending = false;
    bool m_screenWatched = false;
};

} // namespace ratescope
