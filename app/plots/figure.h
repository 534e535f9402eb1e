// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/plot_theme.h"
#include "app/plots/plot_view.h"
#include "app/plots/run_curves.h"
#include "app/plots/step_plottables.h"

#include <qcustomplot.h>

#include <map>
#include <memory>
#include <tuple>
#include <vector>

namespace ratescope {

/// The plots of a set of runs on one QCustomPlot: the whole page side by side, or one of them large. The window's page and
/// the pictures in files are made by this one class, so that they agree.
class Figure : public QObject {
    Q_OBJECT

public:
    Figure(QCustomPlot& plot, PlotPart part);

    void setTheme(const PlotTheme& theme);
    /// The runs to show, in their order; hidden ones are left out.
    void setRuns(const std::vector<RunPointer>& runs);
    void setView(const PlotView& view);
    /// Takes in what is new in the runs and lays everything out anew, but draws nothing yet. O(new steps + runs).
    void update();

    /// Gives everything its place for a picture of that size, which is never shown on a screen. After update().
    void layOut(const QSize& size);

    /// The ranges that are on the axes now, for what the view leaves to fit.
    PlotView viewWithRanges() const;
    /// Which axis rect is under that point, and what a zoom there would change; null outside.
    QCPAxisRect* axisRectAt(const QPointF& position) const;
    /// Reads the axes back into the view after a person has dragged or zoomed `rect`.
    void adoptRanges(QCPAxisRect* rect, PlotView& view) const;

private:
    struct Entry {
        RunPointer run;
        bool rangeTest = false; ///< what it was when its plottables were made
        std::unique_ptr<RunCurves> curves;
        QPointer<LossPlottable> loss;
        QPointer<RatePlottable> rate;
        QPointer<RangeTestPlottable> testLoss;
        QPointer<RangeTestPlottable> testSlope;
        /// What styleEntry() last saw of the run: color, name, dash, visible, state.
        std::tuple<std::string, std::string, int, bool, RunState> styled;
    };
    static decltype(Entry::styled) styleOf(const RunRecord& run);

    QCPAxisRect* makeAxisRect(const QString& keyLabel, const QString& valueLabel);
    void buildLayout();
    void addTitled(QCPLayoutGrid* grid, int column, const QString& title, QCPLayoutElement* element);
    QCPItemText* makeHint(QCPAxisRect* rect);
    void makeLegend();
    void styleAxis(QCPAxis* axis) const;
    void styleTicks(QCPAxis* axis, bool logarithmic) const;
    void addEntry(const RunPointer& run);
    void rebuildChangedKinds();
    void removeEntry(Entry& entry);
    void styleEntry(Entry& entry);
    static std::vector<StepPlottable*> plottablesOf(const Entry& entry);
    void shareBands();
    void updateRanges();
    bool labelDecades(QCPAxis* axis) const;
    bool spaceLabels(const QCPAxis* axis) const;
    void fitLabels();
    void updateStepRanges();
    void updateTestRanges();
    void updateHints();
    void updateLegend();
    bool shown(const Entry& entry) const { return entry.curves->run().visible; }

    QCustomPlot& m_plot;
    PlotPart m_part;
    PlotTheme m_theme = PlotTheme::light();
    PlotView m_view;
    std::vector<RunId> m_order;
    std::map<RunId, Entry> m_entries;
    QPointer<QCPAxisRect> m_loss;
    QPointer<QCPAxisRect> m_rate;
    QPointer<QCPAxisRect> m_testLoss;
    QPointer<QCPAxisRect> m_testSlope;
    QPointer<QCPLegend> m_legend;
    QPointer<QCPItemText> m_lossHint;
    QPointer<QCPItemText> m_rateHint;
    QPointer<QCPItemText> m_testHint;
    QPointer<QCPItemText> m_suggestionText;
    std::vector<QPointer<QCPTextElement>> m_titles;
};

} // namespace ratescope
