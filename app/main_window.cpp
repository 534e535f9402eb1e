// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/main_window.h"

#include "app/panels/inspector_panel.h"
#include "app/panels/notes_panel.h"
#include "app/panels/problem_text.h"
#include "app/panels/run_list_actions.h"
#include "app/panels/run_list_panel.h"
#include "app/panels/run_undo_commands.h"
#include "app/panels/start_page.h"
#include "app/panels/suggestions_panel.h"
#include "app/panels/system_theme.h"
#include "app/plots/plot_page.h"
#include "app/study/language.h"
#include "app/plots/value_table.h"
#include "app/plots/view_bar.h"

#include <QApplication>
#include <QDockWidget>
#include <QLabel>
#include <QScreen>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTextBrowser>
#include <QTreeView>
#include <QUndoStack>
#include <QVBoxLayout>

#include <algorithm>

namespace ratescope {

namespace {

QString stateFolderOr(const QString& given) { return given.isEmpty() ? StudySession::defaultStateFolder() : given; }

} // namespace

MainWindow::MainWindow(const QString& stateFolder, QWidget* parent)
    : QMainWindow(parent)
    , m_catalog(std::make_shared<DataCatalog>(DataCatalog::findResources()))
    , m_session(m_catalog, stateFolderOr(stateFolder))
    , m_controller(*m_catalog, m_datasets, &m_session.store(), {.maximumActive = 8, .background = true, .checkpoints = true})
    , m_undo(new QUndoStack(this)) {
    setAcceptDrops(true);
    setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
    const QSettings settings;
    m_theme = static_cast<ThemeChoice>(std::clamp(settings.value(QStringLiteral("theme"), 0).toInt(), 0, 2));
    m_systemTheme = new SystemTheme(*this); // before the window has a palette of its own
    applyWindowTheme(isDark());
    m_language = chosenLanguage();
    buildCentre();
    buildDocks();
    buildActions();
    buildMenus();
    buildStatusBar();
    connectController();
    connectSchedules();
    connectSuggestions();
    applyTheme(m_theme);
    restoreWindow();
    connect(m_systemTheme, &SystemTheme::changed, this, [this] {
        if (m_theme == ThemeChoice::System) applyTheme(m_theme);
    });
    m_systemTheme->followDesktop();
    m_session.startUntitled();
    connectStudy();
    runsChanged();
}

MainWindow::~MainWindow() {
    m_controller.disconnect(this);
    m_controller.stopAll();
    m_controller.joinAll();
    m_session.close(m_controller.runs().empty());
    // A base class deletes child widgets only after the members that these look at are gone.
    for (QWidget* widget : std::initializer_list<QWidget*>{m_runsDock, m_notesDock, m_inspectorDock, m_valuesDock,
                                                           m_suggestionsDock, m_centre})
        delete widget;
}

void MainWindow::buildCentre() {
    m_centre = new QStackedWidget(this);
    m_start = new StartPage(m_centre);
    auto* page = new QWidget(m_centre);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_viewBar = new ViewBar(page);
    m_plots = new PlotPage(page);
    m_plots->setLanguage(m_language);
    layout->addWidget(m_viewBar);
    layout->addWidget(m_plots, 1);
    m_centre->addWidget(m_start);
    m_centre->addWidget(page);
    setCentralWidget(m_centre);

    connect(m_start, &StartPage::learnRequested, this, &MainWindow::watchANetworkLearn);
    connect(m_start, &StartPage::rangeTestRequested, this, &MainWindow::findALearningRate);
    connect(m_start, &StartPage::openRequested, this, &MainWindow::openDialog);
    connect(m_start, &StartPage::fileRequested, this, [this](const QString& path) { openFile(path, false); });
    connect(m_start, &StartPage::unsavedWorkRequested, this, [this](const QString& path) { openFile(path, true); });
    connect(m_start, &StartPage::lessonRequested, this, &MainWindow::openLesson);
    connectView();
}

void MainWindow::buildDocks() {
    const auto dock = [this](const QString& title, const QString& name, QWidget* widget, Qt::DockWidgetArea area) {
        auto* made = new QDockWidget(title, this);
        made->setObjectName(name);
        made->setFeatures(QDockWidget::DockWidgetMovable | QDockWidget::DockWidgetClosable);
        made->setWidget(widget);
        addDockWidget(area, made);
        return made;
    };
    m_runs = new RunListPanel(m_controller, *m_undo, this);
    m_inspector = new InspectorPanel(m_controller, this);
    m_inspector->setUndoStack(m_undo);
    m_notes = new NotesPanel(this);
    m_runsDock = dock(tr("Runs"), QStringLiteral("runs"), m_runs, Qt::LeftDockWidgetArea);
    m_notesDock = dock(tr("Notes"), QStringLiteral("notes"), m_notes, Qt::LeftDockWidgetArea);
    m_inspectorDock = dock(tr("Inspector"), QStringLiteral("inspector"), m_inspector, Qt::RightDockWidgetArea);
    m_valuesDock = dock(tr("Values"), QStringLiteral("values"), new ValueTable(*m_plots, this), Qt::BottomDockWidgetArea);
    m_suggestions = new SuggestionsPanel(m_controller, this);
    m_suggestionsDock = dock(tr("Suggestions"), QStringLiteral("suggestions"), m_suggestions, Qt::BottomDockWidgetArea);
    resizeDocks({m_runsDock, m_notesDock}, {700, 240}, Qt::Vertical);

    connect(m_runs, &RunListPanel::currentChanged, m_inspector, &InspectorPanel::showRun);
    connect(m_runs, &RunListPanel::selectionChanged, this, &MainWindow::updateActions);
    connect(&m_runs->actions(), &RunListActions::differenceRequested, this, &MainWindow::showDifferences);
    connect(m_runs, &RunListPanel::refused, this, [this](const QString& reason) { statusBar()->showMessage(reason, 6000); });
    connect(m_inspector, &InspectorPanel::duplicateRequested, this, &MainWindow::duplicateRun);
    connect(m_inspector, &InspectorPanel::keepRatesRequested, this, &MainWindow::keepRates);
    connect(m_inspector, &InspectorPanel::codeRequested, this, &MainWindow::showCode);
    connect(m_inspector, &InspectorPanel::handlesRequested, this, [this](RunId id) {
        m_runs->select(id);
        drawSchedule(true);
    });
    connect(m_inspector, &InspectorPanel::compareRequested, this, &MainWindow::compareSchedules);
}

void MainWindow::buildStatusBar() {
    m_speedText = new QLabel(this);
    m_savedText = new QLabel(this);
    m_savedText->setTextFormat(Qt::PlainText);
    m_savedText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_savedText->setAccessibleName(tr("Where the study is kept"));
    statusBar()->addWidget(m_speedText);
    statusBar()->addPermanentWidget(m_savedText);
    statusBar()->setSizeGripEnabled(false);
}

void MainWindow::connectController() {
    connect(&m_controller, &RunController::runAdded, this, &MainWindow::runsChanged);
    connect(&m_controller, &RunController::runRemoved, this, &MainWindow::runsChanged);
    const auto changed = [this] {
        m_plots->refresh();
        m_viewBar->setRuns(m_controller.runs()); // their names, and who can be compared
        updateActions();
        updateStatus();
    };
    connect(&m_controller, &RunController::runChanged, this, changed);
    connect(&m_controller, &RunController::looksChanged, this, changed);
    connect(&m_controller, &RunController::epochsDone, m_plots, &PlotPage::refresh);
    connect(&m_controller, &RunController::stepsAppended, m_plots, &PlotPage::refresh);
    m_statusTimer.setInterval(250); // figures that can still be read, and a bar that is not laid out with every frame
    m_statusTimer.setSingleShot(true);
    connect(&m_statusTimer, &QTimer::timeout, this, &MainWindow::updateStatus);
    connect(&m_controller, &RunController::stepsAppended, this, [this] {
        if (!m_statusTimer.isActive()) m_statusTimer.start();
    });
    connect(&m_controller, &RunController::idle, this, [this] {
        updateActions();
        updateStatus();
    });
    StudyStore& store = m_session.store();
    connect(&store, &StudyStore::failed, this, [this](const QString& message) {
        showSaveProblem(message);
    });
    connect(&store, &StudyStore::written, this, [this] { showSaveProblem({}); });
    connect(&m_session, &StudySession::pathChanged, this, &MainWindow::updateTitle);
    connect(&store, &StudyStore::saved, this, [this](const QString& path) {
        showSaveProblem({});
        remember(path);
        statusBar()->showMessage(tr("Saved in %1").arg(path), 4000);
    });
}

/// A file may bring a thousand runs: what looks at all of them waits for the last.
void MainWindow::runsChanged() {
    if (!m_settling) {
        m_settling = true;
        QMetaObject::invokeMethod(this, &MainWindow::runsSettled, Qt::QueuedConnection);
    }
    m_centre->setCurrentIndex(m_controller.runs().empty() ? 0 : 1);
    const bool any = !m_controller.runs().empty();
    if (!m_presenting) {
        m_runsDock->setVisible(any);
        m_inspectorDock->setVisible(any);
    }
    if (!any || m_docksSized) return;
    m_docksSized = true;
    constexpr int widest = 540; // of the list: all its figures
    resizeDocks({m_runsDock, m_inspectorDock}, {std::min(widest, width() * 28 / 100), 310}, Qt::Horizontal);
}

void MainWindow::runsSettled() {
    m_settling = false;
    m_plots->setRuns(m_controller.runs());
    m_viewBar->setRuns(m_controller.runs());
    updateActions();
    updateStatus();
    updateTitle();
}

QList<RunId> MainWindow::targets() const { return m_runs->selected(); }

void MainWindow::watchANetworkLearn() {
    RunConfig config;
    config.duration.epochs = 10;
    for (const auto& [name, rate] : std::initializer_list<std::pair<const char*, double>>{
             {"rate 0.5", 0.5}, {"rate 0.1", 0.1}, {"rate 0.01", 0.01}}) {
        config.name = name;
        config.schedule = RunConfig::constantSchedule(rate);
        const RunId id = m_controller.add(config);
        m_controller.start(id);
        if (rate == 0.5) m_runs->select(id);
    }
    config.name = "range test";
    config.rangeTest = RangeTestSpec{.from = 1e-4};
    m_controller.start(m_controller.add(config));
}

void MainWindow::newRun() {
    const RunPointer current = currentRun();
    if (current && !current->isImported()) {
        duplicateRun(current->id);
        return;
    }
    RunConfig config;
    config.name = "run";
    config.schedule = RunConfig::constantSchedule(0.1);
    addUndoably(config);
    m_inspectorDock->show();
}

RunId MainWindow::addUndoably(const RunConfig& config) {
    const RunId id = m_controller.add(config);
    m_undo->push(new AddRunsCommand(m_controller, {id}));
    m_runs->select(id);
    return id;
}

void MainWindow::duplicateRun(RunId id) {
    const RunPointer run = m_controller.find(id);
    if (!run || run->isImported()) return;
    RunConfig config = run->config;
    config.color.clear();
    addUndoably(config);
    m_inspectorDock->show();
    statusBar()->showMessage(tr("Same start, same batches: change one thing in the inspector and press Start."), 8000);
}

MainWindow::StartPlan MainWindow::startPlan() const {
    const auto waits = [](const RunPointer& run) { return run->state == RunState::Ready || run->state == RunState::Paused; };
    const auto goes = [](const RunPointer& run) {
        return run->state == RunState::Running || run->state == RunState::Waiting;
    };
    StartPlan plan;
    // Several that are selected are meant; one is only where the person looks, unless it could join what is going on.
    const QList<RunId> chosen = targets();
    for (const RunId id : chosen)
        if (const RunPointer run = m_controller.find(id); run && !isOver(run->state)) plan.runs.push_back(run);
    const bool joins = plan.runs.size() == 1 && waits(plan.runs[0]) && std::ranges::any_of(m_controller.runs(), goes);
    if (plan.runs.empty() || (chosen.size() < 2 && !joins)) {
        plan.runs = m_controller.runs();
        plan.pause = std::ranges::any_of(plan.runs, goes);
    } else {
        plan.pause = std::ranges::none_of(plan.runs, waits);
    }
    std::erase_if(plan.runs, [&](const RunPointer& run) { return plan.pause ? !goes(run) : !waits(run); });
    return plan;
}

void MainWindow::startOrPause() {
    if (m_controller.runs().empty()) {
        watchANetworkLearn();
        return;
    }
    const StartPlan plan = startPlan();
    for (const RunPointer& run : plan.runs) {
        if (plan.pause) {
            m_controller.pause(run->id);
            continue;
        }
        if (run->state == RunState::Ready) awaitTest(run->id);
        m_controller.start(run->id);
        m_controller.resume(run->id);
    }
}

void MainWindow::stopRuns() {
    bool any = false;
    for (const RunId id : targets())
        if (const RunPointer run = m_controller.find(id); run && isActive(run->state) && targets().size() > 1) {
            m_controller.stop(id);
            any = true;
        }
    if (!any) m_controller.stopAll();
}

void MainWindow::deleteRuns() {
    QList<RunId> ids;
    for (const RunId id : targets())
        if (const RunPointer run = m_controller.find(id); run && !isActive(run->state)) ids << id;
    if (ids.isEmpty()) return;
    m_undo->push(new DeleteRunsCommand(m_controller, ids));
    statusBar()->showMessage(tr("Deleted; Ctrl+Z brings back what was there"), 6000);
}

void MainWindow::toggleSelected() {
    const QList<RunId> ids = targets();
    const bool anyShown = std::ranges::any_of(ids, [this](RunId id) {
        const RunPointer run = m_controller.find(id);
        return run && run->visible;
    });
    m_runs->actions().show({ids.begin(), ids.end()}, !anyShown);
}

void MainWindow::toggleRun(int index) {
    if (index >= static_cast<int>(m_controller.runs().size())) return;
    const RunPointer run = m_controller.runs()[static_cast<std::size_t>(index)];
    m_runs->actions().show({run->id}, !run->visible);
}

} // namespace ratescope
