// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/control/run_controller.h"
#include "app/control/study_session.h"
#include "app/panels/window_theme.h"
#include "app/plots/figure_image.h"
#include "app/study/data_catalog.h"
#include "app/study/log_preview.h"
#include "core/data/dataset_store.h"

#include <QMainWindow>
#include <QPair>
#include <QPointer>
#include <QQueue>
#include <QSet>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

class QDockWidget;
class QLabel;
class QMenu;
class QStackedWidget;
class QUndoStack;

namespace ratescope {

class InspectorPanel;
class LogDialog;
class NotesPanel;
class PlotPage;
class RunListPanel;
class ScheduleComparison;
class StartPage;
class SuggestionsPanel;
class SystemTheme;
class ValueTable;
class ViewBar;
struct NamedSchedule;
struct RangeTestOrder;

/// The window: runs on the left, plots in the centre, the inspector on the right.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// `stateFolder`: where unnamed work is kept; empty: the user's own.
    explicit MainWindow(const QString& stateFolder = {}, QWidget* parent = nullptr);
    ~MainWindow() override;

    void openFiles(const QStringList& paths);
    /// Logs of other programs, of which it is asked what their columns mean even where that seems plain.
    void importLogs(const QStringList& paths);
    RunController& controller() { return m_controller; }
    PlotPage& plots() { return *m_plots; }

    /// Ends the program without a question, as somebody outside asks: what trains is stopped, and unnamed work is offered
    /// again at the next start.
    void leave();
    /// The session ends, and closes the window soon: then without a question either.
    void expectEnd();

public Q_SLOTS:
    /// Three rates on one network, and a range test, from one click.
    void watchANetworkLearn();
    void findALearningRate();
    void newRun();
    void duplicateRun(RunId id);
    /// The chosen run: where it is now, if it goes on; else where a dialog says.
    void forkRun();
    /// Handles of the chosen run's schedule on the rate plot, or none.
    void drawSchedule(bool on);
    /// A new run whose schedule is what the run has used.
    void keepRates(RunId id);
    /// Optimizer and schedule as a snippet for PyTorch or Keras.
    void showCode(RunId id);
    void startOrPause();
    void stopRuns();
    void deleteRuns();
    void exportPicture();
    void copyPicture();
    void compareSchedules();
    void save();
    /// Whether a place was chosen; how it ends, the status bar tells.
    bool saveAs();

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void childEvent(QChildEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildCentre();
    void buildDocks();
    void buildActions();
    void buildMenus();
    void buildStatusBar();
    void connectView();
    void changeView(const PlotView& view);
    void showDifferences(RunId reference);
    void saveView() const;
    void restoreView();
    void saveWindow() const;
    void restoreWindow();
    static QList<QPair<QString, bool>> viewFlags(const PlotView& view);
    void showOnly(const QList<RunId>& runs);
    PlotView viewForFiles() const;
    void writeFigure(const QString& path, FigureFormat format, const FigureRequest& request);
    void copyFigure(const FigureRequest& request);
    void connectController();
    void applyTheme(ThemeChoice choice);
    bool isDark() const;
    void setPresenting(bool presenting);
    void openFile(const QString& path, bool unsavedWork);
    void openNext();
    struct ToOpen {
        QString path;
        bool isUnsavedWork = false;
        bool isAskedAbout = false; ///< a log whose columns somebody wants to name
        LogMapping mapping = {};
    };
    void readNext(const ToOpen& next);
    // main_window_logs.cpp: logs of other programs.
    void importDialog();
    void lookAtLog(const QString& path, const QString& problem);
    void askAboutLogs();
    void toggleSelected();
    void adoptFile(const QString& path, RunFile file, bool unsavedWork);
    void openDialog();
    void openLesson(const QString& resource);
    void addExperiment(const Experiment& experiment);
    void showNotes(const QString& title, const QString& notes);
    // main_window_study.cpp: notes, layout, unsaved work.
    void connectStudy();
    void offerUnsavedWork();
    void forgetUnsavedWork(const QString& path);
    QList<QPair<QString, QDockWidget*>> studyDocks() const;
    std::string layoutText() const;
    void keepLayout();
    void applyLayout(const std::string& text);
    void showSaveProblem(const QString& problem);
    void runsChanged();
    void runsSettled();
    void updateActions();
    void updateStatus();
    void updateTitle();
    void tell(const QString& title, const QString& message);
    void remember(const QString& path);
    void toggleRun(int index);
    void buildKeys();
    RunId addUndoably(const RunConfig& config);
    // main_window_schedule.cpp: schedules by hand, forks.
    void connectSchedules();
    void updateHandles();
    void handlesEdited(RunId run, const ScheduleSpec& schedule, std::uint64_t gesture);
    void addPlotActions(QMenu& menu, std::optional<double> x);
    void updateComparison();
    void addRunsWith(const std::vector<NamedSchedule>& schedules, const RunDuration& duration);
    void useSchedule(const ScheduleSpec& spec);
    // main_window_range.cpp: range tests and what follows from them.
    struct RateUse;
    void buildRangeTests();
    void connectSuggestions();
    void connectMarker();
    void moveMarker(double rate);
    void followCurrentTest();
    RunPointer currentRun() const;
    std::vector<RunConfig> usualTests(RangeTestOrder order) const;
    void askForRangeTest(const RangeTestOrder& order);
    void addRangeTests(const std::vector<RunConfig>& tests);
    void awaitTest(RunId id);
    void showSuggestionsOf(RunId id);
    void addTrials(const std::vector<RunConfig>& missing, const QList<RunId>& ready);
    static RateUse rateUse(double rate);
    static bool takesRates(const RunPointer& run);
    void useRate(RunId test, double rate);
    void useBounds(RunId test, double low, double high);
    void useOrAsk(RunId test, const RateUse& use);
    void addTargets(QMenu& menu, RunId id, const RateUse& use);
    /// What a menu over the range test's plot offers for the rate there.
    void addRateActions(QMenu& menu, double rate);
    void useIn(RunId id, const RateUse& use);
    void useInNewRun(RunId id, const RateUse& use);
    void showKeys();
    void showAbout();
    QList<RunId> targets() const;
    /// What the Start button would do now.
    struct StartPlan {
        std::vector<RunPointer> runs;
        bool pause = false;
    };
    StartPlan startPlan() const;
    bool saveAndWait();
    bool mayClose(bool* discard);

    // In the order in which they need each other: runs end before what they write to.
    std::shared_ptr<DataCatalog> m_catalog;
    DatasetStore m_datasets;
    StudySession m_session;
    RunController m_controller;

    QUndoStack* m_undo;
    QStackedWidget* m_centre = nullptr;
    StartPage* m_start = nullptr;
    PlotPage* m_plots = nullptr;
    ViewBar* m_viewBar = nullptr;
    RunListPanel* m_runs = nullptr;
    InspectorPanel* m_inspector = nullptr;
    QPointer<ScheduleComparison> m_comparison;
    QDockWidget* m_runsDock = nullptr;
    QDockWidget* m_inspectorDock = nullptr;
    QDockWidget* m_notesDock = nullptr;
    QDockWidget* m_valuesDock = nullptr;
    QDockWidget* m_suggestionsDock = nullptr;
    SuggestionsPanel* m_suggestions = nullptr;
    QMenu* m_rangeMenu = nullptr;
    QSet<RunId> m_awaitedTests;       ///< started here, and not over
    bool m_suggestionsClosed = false; ///< by hand, in this session
    NotesPanel* m_notes = nullptr;
    QToolBar* m_toolBar = nullptr;
    QLabel* m_speedText = nullptr;
    QTimer m_statusTimer;
    QLabel* m_savedText = nullptr;
    SystemTheme* m_systemTheme = nullptr;
    ThemeChoice m_theme = ThemeChoice::System;
    QString m_language;
    bool m_presenting = false;
    ScheduleSpec m_handlesOf; ///< what the handles on the plot were made of
    double m_handlesShare = 1.0; ///< and what the data had made of its rates
    bool m_docksSized = false;    ///< by us or, in an earlier session, by hand
    bool m_docksTogether = false; ///< for want of room, not by hand
    bool m_wasMaximized = false;
    bool m_reading = false;
    bool m_endExpected = false;
    bool m_settling = false; ///< runsSettled() is on its way
    QQueue<ToOpen> m_toOpen;
    struct AskedLog {
        QString path;
        LogPreview preview;
    };
    std::vector<AskedLog> m_askedLogs;
    QPointer<LogDialog> m_logDialog;
    QList<QPair<QString, QString>> m_unsaved; ///< work of earlier starts: path, and what to call it
    QTimer m_layoutTimer;
    std::string m_layout;   ///< as the study has it
    QString m_saveProblem;  ///< why the study is not on disk; empty where it is
    QByteArray m_stateBeforePresenting;

    struct Actions {
        QAction *newRun, *start, *stop, *rangeTest, *exportPicture, *copyPicture, *present, *duplicate, *remove, *open,
            *import, *save, *saveAs, *fit, *fork, *draw, *keepRates, *compare, *code;
    } m_actions{};
};

} // namespace ratescope
