// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/curve_store.h"
#include "app/plots/figure_axes.h"
#include "app/plots/plot_theme.h"
#include "app/plots/plot_view.h"
#include "app/plots/ribbon_raster.h"
#include "app/plots/run_shapes.h"
#include "app/plots/seed_shape.h"

#include <QElapsedTimer>
#include <QImage>
#include <QRegion>

#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

class QCustomPlot;
class QTranslator;

namespace ratescope {

/// The plots of a set of runs: the whole page, or one of them. The window's page and the pictures in files are made by this
/// one class, so that they agree. QCustomPlot draws the axes; the curves lie over them in pictures of their own, of which
/// only the columns that have changed are drawn anew.
class Figure : public QObject {
public:
    Figure(QCustomPlot& plot, PlotPart part, std::shared_ptr<CurveStore> store = nullptr);

    void setTheme(const PlotTheme& theme);
    const PlotTheme& theme() const { return m_theme; }
    /// The runs to show, in their order; hidden ones are left out.
    void setRuns(const std::vector<RunPointer>& runs);
    void setView(const PlotView& view);
    const PlotView& view() const { return m_view; }
    void setTexts(const FigureTexts& texts);
    /// Whose words the figure speaks; null: English, as it is written. Has to outlive the figure.
    void setLanguage(const QTranslator* translator) { m_translator = translator; }
    /// What stands over the plots and along the axes where the texts leave it open: as FigureTexts, the title empty.
    FigureTexts usualTexts() const;

    /// What an update has changed on the screen.
    struct Change {
        bool axes = false;    ///< the plot has to be drawn anew
        QRegion curves;       ///< in the plot's own pixels
        bool complete = true; ///< whether everything was taken in; false: call again soon
    };
    /// Takes in what is new in the runs, as far as the budget reaches, and brings axes and curves up to date. While runs go
    /// on, fitted axes move in strides rather than with every value.
    Change update(WorkBudget budget, double pixelRatio);

    /// Frames may have moved: draws the curves anew where they have.
    void followFrames(double pixelRatio);

    /// As update(), for a picture of that size that is never shown on a screen; with 0 device pixels for each of its
    /// own it is made of lines and areas rather than of pixels.
    void layOut(const QSize& size, double pixelRatio);
    /// Draws the curves and what belongs to them within `clip`, over what QCustomPlot has drawn. `pixelRatio` as it was
    /// updated for.
    void paint(QPainter& painter, const QRect& clip, double pixelRatio);

    /// Where values lie, in the plot's own pixels.
    struct FrameView {
        PlotPlace place;
        QRectF rect;
        AxisMap x;
        AxisMap y;
    };
    std::vector<FrameView> frames() const;
    std::optional<FrameView> frameAt(const QPointF& position) const;
    std::optional<FrameView> frame(PlotPlace place) const;

    /// The view with the ranges that are on the axes now, for what it leaves to fit.
    PlotView viewWithRanges() const;
    /// Puts ranges of a frame into the view; none: that axis stays as it is.
    static void setRanges(PlotView& view, PlotPlace place, std::optional<AxisRange> x, std::optional<AxisRange> y);

    /// A run of the figure with its curves.
    struct Entry {
        explicit Entry(std::shared_ptr<RunCurves> made)
            : curves(std::move(made))
            , shapes(*curves) {}
        std::shared_ptr<RunCurves> curves;
        RunShapes shapes;
        std::shared_ptr<RunDifference> difference; ///< where the plot shows differences and the run has one
        CurveLook look;      ///< in the plot's own pixels
        std::size_t begin = 0; ///< of a branch: the first step that is drawn
        bool drawn = true; ///< false: its group is drawn instead
        const RunRecord& run() const { return curves->run(); }
        /// What it has in common with other seeds of the same; looked up once for each configuration.
        const std::string& seedGroup();

    private:
        RunConfig m_grouped;
        std::string m_group;
    };
    /// The visible runs, in their order.
    const std::vector<Entry*>& shown() const { return m_shown; }
    /// Seeds that are drawn as one.
    const std::vector<SeedShape>& groups() const { return m_groups; }
    QString unitLabel() const;
    QString quantityLabel() const;
    /// Where the plot shows differences: the smoothed one at that step, 0 of the reference; none where there is none.
    std::optional<double> differenceAt(const Entry& entry, std::uint64_t step) const;

    /// A line of a legend and where it stands, for clicks.
    struct LegendLine {
        PlotPlace place;
        QRectF rect;
        std::vector<RunId> runs;
    };
    const std::vector<LegendLine>& legend() const { return m_legend; }
    /// Something that happened to a run, marked on its curve.
    struct Mark {
        enum class Kind { Best, EarlyStop, Restart, Divergence, Change, Fork };
        Kind kind;
        const Entry* entry;
        PlotPlace place;
        QPointF at;
        QString text; ///< for a tooltip
    };
    const std::vector<Mark>& marks() const { return m_notes.marks; }

private:
    /// In the figure's own language, which need not be the window's.
    QString tr(const char* text, const char* comment = nullptr, int n = -1) const;
    void arrange();
    void showRuns();
    void groupSeeds();
    void updateAxes();
    AxisRange held(AxisRange& kept, const AxisRange& fitted, bool logarithmic) const;
    PlotFrame deviceFrame(PlotPlace place, double ratio) const;
    QRegion updateCurves(double ratio);
    QRegion drawPlace(PlotPlace place, double ratio, bool everything);
    float updateShape(Entry& entry, PlotPlace place, const PlotFrame& frame);
    float endOf(const Entry& entry, PlotPlace place) const;
    std::vector<Ribbon> ribbons(PlotPlace place, const PlotFrame& frame, double ratio) const;
    std::vector<std::tuple<RunId, CurveLook, bool>> looks() const;
    void paintVectors(QPainter& painter);
    bool takeIn(WorkBudget& budget) const;
    CurveLook lookOf(const RunRecord& run) const;
    // figure_notes.cpp: what lies over the curves.
    struct LegendItem {
        CurveLook look;
        QString text;
        QString found; ///< behind it, never shortened: what a range test suggests, or that the curve lies above the frame
        std::vector<RunId> runs;
    };
    struct LegendBox {
        QRectF rect;
        double line = 0.0; ///< height of one
        std::vector<LegendItem> items;
        mutable QImage image; ///< on a screen it is drawn once and copied
    };
    /// All of it, with its place on the page.
    struct Notes {
        std::vector<Mark> marks;
        std::vector<std::pair<const Entry*, QList<QPointF>>> scores; ///< at epoch ends
        std::vector<std::pair<const Entry*, QList<std::pair<QPointF, bool>>>> suggestions; ///< and whether it is a circle
        std::vector<LegendBox> legends;
        std::vector<std::pair<QRectF, QString>> hints;
        std::pair<QRectF, QString> zeroLabel; ///< of the reference's line
    };
    /// What of a run is told beside its curve.
    struct Told {
        RunId id;
        std::string name;
        RunState state;
        std::size_t suggestions;
        std::optional<std::uint64_t> bestEpoch;
        std::optional<std::uint64_t> divergedAt;
        bool restoredBest;
        std::uint64_t restarts;
        std::size_t changes; ///< that have come to pass on the curve
        std::uint64_t lastChange; ///< the step of the last of them
        double lastRate;          ///< and the rate that it has led to
        bool begun;
        bool branched;
        RunId reference; ///< that it is compared with; itself, if it is that
        int side;        ///< see sideOf()
        bool operator==(const Told&) const = default;
    };
    bool takeTold();
    bool takeEpochs();
    void prepareNotes();
    std::optional<double> validationOf(const Entry& entry, const EpochMetrics& epoch) const;
    void placeScores(const FrameView& frame);
    void placeSuggestions(const FrameView& frame);
    void placeLegend(const FrameView& frame);
    void addMarks(const Entry& entry, const FrameView& frame);
    void addRestarts(const Entry& entry, const FrameView& frame);
    void addChanges(const Entry& entry, const FrameView& frame);
    /// Puts a mark on the run's curve after that many updates, if it lies within the frame.
    void addMark(Mark::Kind kind, const Entry& entry, const FrameView& frame, const QPointF& place, const QString& text);
    QPointF placeOnLoss(const Entry& entry, const FrameView& frame, double steps) const;
    std::vector<LegendItem> legendItems(const FrameView& frame) const;
    QString suggestionText(const Entry& entry) const;
    PlotPlace legendPlace(bool tests) const;
    double legendRoom(const FrameView& frame) const;
    QString hintOf(PlotPlace place) const;
    void paintNotes(QPainter& painter, const QRect& clip) const;
    void paintScores(QPainter& painter, const QRect& clip) const;
    void paintMark(QPainter& painter, const Mark& mark) const;
    void paintSuggestions(QPainter& painter, const QRect& clip) const;
    void paintLegend(QPainter& painter, const LegendBox& box) const;
    void drawLegend(QPainter& painter, const LegendBox& box) const;
    // figure_differences.cpp: differences from a reference run.
    void compareRuns();
    AxisRange fittedQuantity(const std::vector<const RunCurves*>& runs) const;
    QString differenceLabel() const;
    QString shortName(const RunRecord& run, double sizes) const;
    void addZeroLine(const PlotFrame& frame, double ratio, std::vector<Ribbon>& out) const;
    static int sideOf(const Entry& entry);
    void placeZeroLabel(const FrameView& frame);
    void paintZeroLabel(QPainter& painter, const QRect& clip) const;
    std::optional<LegendItem> differenceItem(const Entry& entry, double room) const;
    QString differenceHint() const;

    QCustomPlot& m_plot;
    PlotPart m_part;
    FigureAxes m_axes;
    std::shared_ptr<CurveStore> m_store;
    PlotTheme m_theme = PlotTheme::light();
    PlotView m_view;
    FigureTexts m_texts;
    const QTranslator* m_translator = nullptr;
    std::vector<RunPointer> m_runs;
    std::map<RunId, std::unique_ptr<Entry>> m_entries;
    std::vector<Entry*> m_shown;
    std::vector<SeedShape> m_groups;
    RunPointer m_reference;   ///< of differences; null where there is none
    bool m_comparing = false; ///< some run is compared with it
    mutable std::vector<RibbonPoint> m_zeroLine;
    Notes m_notes;
    bool m_notesStale = true;
    std::vector<Told> m_told;
    std::vector<std::size_t> m_epochs; ///< of each run, whose scores are drawn
    QElapsedTimer m_sinceEpochs;
    bool m_scoresStale = false;
    std::vector<LegendLine> m_legend;
    bool m_live = false;    ///< a visible run goes on
    bool m_onScreen = true; ///< fitted axes may hold still
    std::array<AxisRange, 5> m_held{}; ///< steps, loss, rate, test loss, test slope
    RibbonRaster m_raster;
    struct Canvas {
        QImage image;
        QPoint origin; ///< device pixels
        PlotFrame frame;
    };
    std::array<Canvas, 4> m_canvases;
    std::vector<std::tuple<RunId, CurveLook, bool>> m_drawnLooks;
    PlotView m_drawnView;
    double m_drawnRatio = 0.0;
};

} // namespace ratescope
