// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/curve_store.h"
#include "app/plots/figure_axes.h"
#include "app/plots/figure_drawing.h"
#include "app/plots/plot_theme.h"
#include "app/plots/plot_view.h"
#include "app/plots/ribbon_raster.h"
#include "app/plots/run_shapes.h"
#include "app/plots/seed_shape.h"
#include "app/plots/seed_test.h"
#include "app/plots/test_shapes.h"

#include <QElapsedTimer>
#include <QImage>
#include <QRegion>

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
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
    /// Where nobody can press Start: the figure goes into a file.
    void setForFile() { m_isForFile = true; }
    /// Whose words the figure speaks; null: English, as it is written. Has to outlive the figure.
    void setLanguage(const QTranslator* translator) { m_translator = translator; }
    /// What turns sentences that come from the core into that language; none: they stay English.
    void setCoreWords(std::function<QString(const QString&)> words) {
        m_coreWords = std::move(words);
        m_notesStale = true;
    }
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

    /// The figure for a picture of that size that is never shown on a screen. `scale`: device pixels for each of its own;
    /// 0: it is to be made of lines and areas rather than of pixels.
    FigureDrawing record(const QSize& size, double scale);
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
            , shapes(*curves)
            , test(*curves) {}
        std::shared_ptr<RunCurves> curves;
        RunShapes shapes;
        TestShapes test; ///< of a range test
        std::shared_ptr<RunDifference> difference; ///< where the plot shows differences and the run has one
        CurveLook look;      ///< in the plot's own pixels
        std::size_t begin = 0; ///< of a branch: the first step that is drawn
        bool drawn = true; ///< false: its group is drawn instead
        std::optional<RunId> speaker; ///< the range test that speaks for it, 0 where none does; none: not known yet
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
    const std::vector<std::unique_ptr<SeedTest>>& testGroups() const { return m_testGroups; }
    const Entry* entryOf(RunId run) const;
    /// “name (5 seeds)”.
    QString groupName(const RunRecord& first, std::size_t members) const;
    /// Whether any test that is shown has figures of validation.
    bool isAnyTestValidated() const;
    /// How much of that run, if it is shown, lies beyond the edge that its range test has found; none without one.
    std::optional<EdgeSteps> beyondEdge(RunId run) const;
    /// “37 of 4690 steps beyond the edge (0.8)”.
    QString edgeText(const EdgeSteps& steps) const;
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
        enum class Kind { Best, EarlyStop, Restart, Divergence, Change, Fork, Rule, Bounds };
        Kind kind;
        const Entry* entry;
        PlotPlace place;
        QPointF at;
        QString text; ///< for a tooltip
        double halfWidth = 0.0; ///< of one that is as wide as a stretch of the axis
        double distanceTo(const QPointF& position) const;
    };
    const std::vector<Mark>& marks() const { return m_notes.marks; }
    /// Rates that the rules and bounds of a test, or of the seeds that it is one of, have found.
    std::vector<double> ruleRates(RunId test) const;

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
    FrameCurves recordCurves(PlotPlace place, double ratio);
    void bringNotesUpToDate();
    bool takeIn(WorkBudget& budget);
    CurveLook lookOf(const RunRecord& run) const;
    // figure_notes.cpp: what lies over the curves.
    struct LegendItem {
        CurveLook look;
        QString text;
        QString found; ///< behind it, never shortened: that the curve lies above the frame
        std::vector<RunId> runs;
        QStringList answers; ///< of a range test: what its rules say, one by one
        bool hasLine() const { return look.color.isValid(); }
    };
    struct LegendBox {
        QRectF rect;
        double line = 0.0; ///< height of one
        std::vector<LegendItem> items;
        mutable QImage image; ///< on a screen it is drawn once and copied
    };
    /// A rule's answer on a test's curve.
    struct RuleMark {
        CurveLook look;
        std::string rule;
        QPointF place;                  ///< on the curve
        QPointF at;                     ///< beside it, where there is another one already
        double low = 0.0;               ///< over seeds: pixels from the lowest to the highest
        double high = 0.0;
    };
    struct BoundsMark {
        CurveLook look;
        double low = 0.0;
        double high = 0.0;
        double y = 0.0;
    };
    struct Label {
        QRectF rect;
        QString text;
        QColor color;
        bool plate = false; ///< on a ground of its own
    };
    /// A test, or seeds of one that are drawn as one.
    struct Subject {
        const Entry* entry;              ///< of seeds the first
        const SeedTest* group = nullptr;
        QString name;
    };
    /// What a rule has found of it.
    struct Found {
        std::string rule;
        double rate = 0.0;
        double low = 0.0;
        double high = 0.0;
        QString text; ///< the rate, over seeds with its spread
        QString reason;
    };
    /// All of it, with its place on the page.
    struct Notes {
        std::vector<Mark> marks;
        std::vector<std::pair<const Entry*, QList<QPointF>>> scores; ///< at epoch ends
        std::vector<std::pair<CurveLook, QList<QPointF>>> points; ///< of tests that have only a few
        std::vector<RuleMark> rules;
        std::vector<BoundsMark> bounds;
        std::vector<Label> labels; ///< beside what they name
        std::vector<LegendBox> legends;
        std::vector<std::pair<QRectF, QString>> hints;
        std::pair<QRectF, QString> zeroLabel; ///< of the reference's line
    };
    /// What of a run is told beside its curve.
    struct Told {
        RunId id;
        std::string name;
        RunState state;
        bool answered;
        std::size_t points; ///< of a test that has only a few
        std::optional<EdgeSteps> beyond;
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
    void placeLegend(const FrameView& frame);
    void addMarks(const Entry& entry, const FrameView& frame);
    void addRestarts(const Entry& entry, const FrameView& frame);
    void addChanges(const Entry& entry, const FrameView& frame);
    /// Puts a mark on the run's curve after that many updates, if it lies within the frame.
    void addMark(Mark::Kind kind, const Entry& entry, const FrameView& frame, const QPointF& place, const QString& text);
    QPointF placeOnLoss(const Entry& entry, const FrameView& frame, double steps) const;
    std::vector<LegendItem> legendItems(const FrameView& frame) const;
    LegendItem testItem(const Subject& subject) const;
    QString shapeKey() const;
    qsizetype answersThatFit(const std::vector<LegendItem>& items, double room) const;
    void addAnswers(LegendItem item, const FrameView& frame, LegendBox& box) const;
    LegendBox makeLegend(const FrameView& frame, bool withAnswers) const;
    QSizeF fitLegend(double room, LegendBox& box) const;
    std::ptrdiff_t hiddenBy(const QRectF& legend) const;
    QPointF legendCorner(const FrameView& frame, const QSizeF& size) const;
    PlotPlace legendPlace(bool tests) const;
    double legendRoom(const FrameView& frame) const;
    QString hintOf(PlotPlace place) const;
    void paintNotes(QPainter& painter, const QRect& clip) const;
    void paintScores(QPainter& painter, const QRect& clip) const;
    void paintMark(QPainter& painter, const Mark& mark) const;
    void paintLegend(QPainter& painter, const LegendBox& box) const;
    void drawLegend(QPainter& painter, const LegendBox& box) const;
    // figure_suggestions.cpp: what the rules make of range tests, on their curves.
    std::vector<Found> foundOf(const Subject& subject) const;
    std::optional<Found> boundsOf(const Subject& subject) const;
    std::optional<double> testLossAt(const Subject& subject, double rate) const;
    void placePoints(const FrameView& frame);
    void placeSuggestions(const FrameView& frame);
    void placeBounds(const FrameView& frame, const Subject& subject);
    void placeDivergence(const FrameView& frame);
    void spreadRules(const FrameView& frame);
    void nameRules(const FrameView& frame);
    std::optional<QRectF> freePlace(const FrameView& frame, const QPointF& at, const QSizeF& size) const;
    bool hitsRule(const QRectF& rect) const;
    double coverOf(const FrameView& frame, const QRectF& rect) const;
    QString inWords(const std::string& reason) const;
    QString ruleName(const std::string& rule) const;
    void paintRules(QPainter& painter, const QRect& clip) const;
    void paintPoints(QPainter& painter, const QRect& clip) const;
    void paintLabels(QPainter& painter, const QRect& clip) const;
    // figure_tests.cpp: range tests, single and over seeds.
    void groupTests();
    std::vector<Subject> subjects() const;
    bool isTestFrame(PlotPlace place) const { return place == PlotPlace::TestLoss || place == PlotPlace::TestSlope; }
    bool placeGroups(PlotPlace place, const PlotFrame& frame);
    void addTestRibbons(PlotPlace place, const PlotFrame& frame, double ratio, std::vector<Ribbon>& out) const;
    AxisRange fittedLower(const std::vector<const RunCurves*>& tests) const;
    QString testLossLabel() const;
    // figure_zones.cpp: the zones of a range test, on the axis of the rate.
    void findZones();
    void addRateZones(const PlotFrame& frame, std::vector<Ribbon>& out) const;
    void addTestZones(const PlotFrame& frame, std::vector<Ribbon>& out) const;
    void addZone(RateZone zone, const QRectF& rect, std::vector<Ribbon>& out) const;
    QString zoneName(RateZone zone, const Entry& test) const;
    void placeRateZones(const FrameView& frame);
    void placeTestZones(const FrameView& frame);
    void placeEdgeText(const FrameView& frame);
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
    bool m_isForFile = false;
    const QTranslator* m_translator = nullptr;
    std::vector<RunPointer> m_runs;
    std::map<RunId, std::unique_ptr<Entry>> m_entries;
    std::vector<Entry*> m_shown;
    std::vector<SeedShape> m_groups;
    std::vector<std::unique_ptr<SeedTest>> m_testGroups;
    std::function<QString(const QString&)> m_coreWords;
    std::vector<std::pair<RunId, RunState>> m_knownTests;
    const Entry* m_rateZones = nullptr; ///< the test whose zones lie on the rate plot
    const Entry* m_testZones = nullptr; ///< the one whose zones lie under its own loss
    mutable std::vector<std::vector<RibbonPoint>> m_zoneAreas;
    std::array<std::optional<RateZones>, 2> m_drawnZones;
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
