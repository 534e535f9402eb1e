// SPDX-License-Identifier: GPL-3.0-or-later
// The window's part in range tests: how they are asked for, what they suggest, and what is done with that.
#include "app/main_window.h"

#include "app/control/range_test_runs.h"
#include "app/control/run_figures.h"
#include "app/panels/inspector_panel.h"
#include "app/panels/problem_text.h"
#include "app/panels/range_test_dialog.h"
#include "app/panels/run_list_panel.h"
#include "app/panels/run_undo_commands.h"
#include "app/panels/suggestions_panel.h"
#include "app/plots/plot_page.h"
#include "app/plots/rule_shape.h"
#include "app/study/plain_text.h"
#include "core/schedule/rate_filling.h"

#include <QApplication>
#include <QCursor>
#include <QDockWidget>
#include <QEvent>
#include <QIcon>
#include <QMenu>
#include <QPainter>
#include <QStatusBar>
#include <QToolBar>
#include <QToolButton>
#include <QUndoStack>

#include <algorithm>
#include <memory>

namespace ratescope {

namespace {

constexpr int messageTime = 8000; // ms

/// A rule's shape as the plots have it; of no rule nothing, as wide.
QIcon ruleIcon(const std::string& rule, const QColor& color, double ratio) {
    constexpr double side = 14.0;
    QPixmap pixmap(QSize(qRound(side * ratio), qRound(side * ratio)));
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    if (!rule.empty()) {
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(color, 1.6));
        painter.drawPath(ruleShape(rule, QPointF(0.5 * side, 0.5 * side), 0.29 * side));
    }
    QIcon icon(pixmap);
    icon.addPixmap(pixmap, QIcon::Selected); // a chosen row keeps its colour
    return icon;
}

} // namespace

/// A rate or two bounds that are to be put into some run's schedule.
struct MainWindow::RateUse {
    std::function<std::optional<ScheduleSpec>(const ScheduleSpec&, const RunLength&)> fill;
    QString what; ///< for people: “0.12”
    double rate;  ///< throughout, where the schedule at hand takes none
};

void MainWindow::buildRangeTests() {
    m_rangeMenu = new QMenu(tr("Range tests"), this);
    const auto add = [this](const QString& text, const QString& tip, auto slot) {
        QAction* action = m_rangeMenu->addAction(text, this, slot);
        action->setToolTip(tip);
        action->setStatusTip(tip);
    };
    const auto dialog = [this](auto make) { return [this, make] { askForRangeTest(make()); }; };
    const auto now = [this](auto make) { return [this, make] { addRangeTests(usualTests(make())); }; };
    add(tr("Range test now"), tr("One sweep of the chosen run's network"), [this] { findALearningRate(); });
    add(tr("Range test…"), tr("Its kind, rates, seeds and start"),
        dialog([this] { return usualOrder(currentRun().get()); }));
    m_rangeMenu->addSeparator();
    add(tr("Over 5 seeds"), tr("The same sweep with five seeds: how far the suggestions depend on chance"),
        now(orderOverSeeds));
    add(tr("Fresh start beside it"), tr("A sweep, and a test in which every rate begins with the same weights"),
        now(orderWithFreshStart));
    m_rangeMenu->addSeparator();
    add(tr("Sensitivity sweep…"), tr("What training with each rate ends with"),
        dialog([] { return orderOf(RangeTestKind::Sensitivity); }));
    add(tr("Halving…"), tr("From a large rate down by halves until it holds"),
        dialog([] { return orderOf(RangeTestKind::Halving); }));
    auto* button = qobject_cast<QToolButton*>(m_toolBar->widgetForAction(m_actions.rangeTest));
    button->setMenu(m_rangeMenu);
    button->setPopupMode(QToolButton::MenuButtonPopup);
}

void MainWindow::connectSuggestions() {
    m_suggestionsDock->installEventFilter(this);
    m_suggestions->setRuleIcon(
        [this](const std::string& rule, const QColor& color) { return ruleIcon(rule, color, devicePixelRatioF()); });
    connect(m_suggestionsDock->toggleViewAction(), &QAction::triggered, this,
            [this](bool shown) { m_suggestionsClosed = !shown; });
    connect(m_runs, &RunListPanel::currentChanged, m_suggestions, &SuggestionsPanel::showRun);
    connect(m_suggestions, &SuggestionsPanel::useRateRequested, this, &MainWindow::useRate);
    connect(m_suggestions, &SuggestionsPanel::useBoundsRequested, this, &MainWindow::useBounds);
    connect(m_suggestions, &SuggestionsPanel::trialsRequested, this, &MainWindow::addTrials);
    connect(&m_controller, &RunController::runChanged, this, &MainWindow::showSuggestionsOf);
    connect(&m_controller, &RunController::runRemoved, this, [this](RunId id) { m_awaitedTests.remove(id); });
    connectMarker();
}

/// The marker on the plot and its row in the panel are one; and the zones are those that the chosen run has to do with.
void MainWindow::connectMarker() {
    connect(m_suggestions, &SuggestionsPanel::markerRateEdited, this, &MainWindow::moveMarker);
    connect(m_suggestions, &SuggestionsPanel::adviceReady, this, &MainWindow::followCurrentTest);
    connect(m_plots, &PlotPage::rateMarkerMoved, this, [this](RunId, double rate) { m_suggestions->setMarkerRate(rate); });
    connect(m_runs, &RunListPanel::currentChanged, this, &MainWindow::followCurrentTest);
    connect(&m_controller, &RunController::runChanged, this, [this](RunId id) {
        if (id == m_runs->current()) followCurrentTest();
    });
}

/// A test that is chosen has its marker, at first where the loss falls fastest.
void MainWindow::followCurrentTest() {
    const RunPointer run = currentRun();
    PlotView view = m_plots->view();
    view.zonesOf = run ? run->id : 0;
    if (view.zonesOf != m_plots->view().zonesOf) m_plots->setView(view);
    if (!run || !run->isRangeTest()) { // one that a person has set stays, of the test that speaks for the run
        m_suggestions->refresh(); // it may be hidden
        moveMarker(m_suggestions->markerRate().value_or(0.0));
        return;
    }
    if (!isOver(run->state)) {
        m_plots->hideRateMarker();
        return;
    }
    if (m_plots->rateMarkerShown() == run->id) return;
    m_suggestions->refresh(); // it may be hidden
    std::optional<double> rate = m_suggestions->markerRate();
    for (const RuleAdvice& rule : m_suggestions->advice().rules)
        if (!rate) rate = rule.rate;
    if (rate) m_plots->showRateMarker(run->id, *rate);
    else m_plots->hideRateMarker();
}

void MainWindow::moveMarker(double rate) {
    const RunPointer test = m_suggestions->test();
    m_suggestions->setMarkerRate(rate > 0.0 ? std::optional(rate) : std::nullopt);
    if (rate > 0.0 && test && m_controller.find(test->id)) m_plots->showRateMarker(test->id, rate);
    else m_plots->hideRateMarker();
}

/// Who closes the suggestions does not want them back by themselves.
bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_suggestionsDock && event->type() == QEvent::Close) m_suggestionsClosed = true;
    return QMainWindow::eventFilter(watched, event);
}

RunPointer MainWindow::currentRun() const { return m_controller.find(m_runs->current()); }

/// That order for the chosen run's network, on its samples.
std::vector<RunConfig> MainWindow::usualTests(RangeTestOrder order) const {
    const RunPointer run = currentRun();
    const RangeTestOrder usual = usualOrder(run.get());
    order.trainSamples = usual.trainSamples;
    if (usual.test.kind == RangeTestKind::Sweep) order.test = usual.test;
    return rangeTestRuns(run.get(), order);
}

void MainWindow::findALearningRate() {
    const RunPointer run = currentRun();
    addRangeTests(rangeTestRuns(run.get(), usualOrder(run.get())));
}

void MainWindow::askForRangeTest(const RangeTestOrder& order) {
    const auto check = [this](const RunConfig& config) -> Problems {
        try {
            return config.validate(m_catalog->infoSoon(config.data));
        } catch (const Error& error) {
            return {{"data", error.what()}};
        }
    };
    auto* dialog = new RangeTestDialog(m_controller, m_runs->current(), order, check, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RangeTestDialog::testsRequested, this, &MainWindow::addRangeTests);
    dialog->open();
}

void MainWindow::addRangeTests(const std::vector<RunConfig>& tests) {
    QList<RunId> ids;
    std::size_t seeds = 0;
    for (const RunConfig& config : tests) {
        ids << m_controller.add(config);
        seeds += config.rangeTest->kind == tests.front().rangeTest->kind;
    }
    if (ids.isEmpty()) return;
    m_undo->push(new AddRunsCommand(m_controller, ids));
    m_runs->select(ids.constFirst());
    for (const RunId id : ids) {
        awaitTest(id);
        m_controller.start(id);
    }
    PlotView view = m_plots->view();
    if (seeds < 2 || view.seeds != SeedDrawing::Single) return;
    view.seeds = SeedDrawing::Median;
    changeView(view);
    statusBar()->showMessage(
        tr("Runs that differ in their seed alone are drawn as their median now, with the middle half of them."),
        messageTime);
}

/// A test that was started here shows what it suggests when it ends.
void MainWindow::awaitTest(RunId id) {
    const RunPointer run = m_controller.find(id);
    if (run && run->isRangeTest()) m_awaitedTests.insert(id);
}

void MainWindow::showSuggestionsOf(RunId id) {
    if (m_awaitedTests.isEmpty() || !m_awaitedTests.contains(id)) return;
    const RunPointer run = m_controller.find(id);
    if (!run || !isOver(run->state)) return;
    m_awaitedTests.remove(id);
    const bool ended = run->state == RunState::Finished || run->state == RunState::Diverged;
    if (!ended || m_suggestionsClosed || m_presenting) return;
    m_suggestionsDock->show();
    m_suggestionsDock->raise();
}

void MainWindow::addTrials(const std::vector<RunConfig>& missing, const QList<RunId>& ready) {
    QList<RunId> ids;
    for (const RunConfig& config : missing) ids << m_controller.add(config);
    if (!ids.isEmpty()) m_undo->push(new AddRunsCommand(m_controller, ids));
    for (const RunId id : ids + ready) m_controller.start(id);
    statusBar()->showMessage(
        tr("%n run(s) try the suggested rates.", nullptr, static_cast<int>(ids.size() + ready.size())), messageTime);
}

MainWindow::RateUse MainWindow::rateUse(double rate) {
    const auto fill = [rate](const ScheduleSpec& spec, const RunLength&) { return withRate(spec, rate); };
    return {fill, figureText(rate), rate};
}

void MainWindow::useRate(RunId test, double rate) { useOrAsk(test, rateUse(rate)); }

void MainWindow::useBounds(RunId test, double low, double high) {
    const auto fill = [low, high](const ScheduleSpec& spec, const RunLength& length) {
        return std::optional(withBounds(spec, low, high, length));
    };
    useOrAsk(test, {fill, QStringLiteral("%1 – %2").arg(figureText(low), figureText(high)), high});
}

/// Whether a rate can be put into the chosen run without asking.
bool MainWindow::takesRates(const RunPointer& run) {
    return run && run->state == RunState::Ready && !run->isRangeTest() && !run->isImported();
}

void MainWindow::useOrAsk(RunId test, const RateUse& use) {
    if (const RunPointer run = currentRun(); takesRates(run)) {
        useIn(run->id, use);
        return;
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addTargets(*menu, test, use);
    // Below the button; by keyboard there is no mouse to go by.
    const QWidget* at = QApplication::focusWidget();
    const bool asked = at && m_suggestions->isAncestorOf(at);
    menu->popup(asked ? at->mapToGlobal(QPoint(0, at->height())) : QCursor::pos());
}

/// Where it can be used: runs of the test's network that have not begun, and a new one.
void MainWindow::addTargets(QMenu& menu, RunId id, const RateUse& use) {
    const RunPointer test = m_controller.find(id);
    if (!test) return;
    for (const RunPointer& run : m_controller.runs()) {
        const bool fits = test->isImported() || run->config.network.layers == test->config.network.layers;
        if (takesRates(run) && fits)
            menu.addAction(tr("Use %1 in “%2”").arg(use.what, menuText(QString::fromStdString(run->config.name))), this,
                           [this, target = run->id, use] { useIn(target, use); });
    }
    menu.addSeparator();
    menu.addAction(tr("Use %1 in a new run").arg(use.what), this, [this, id, use] { useInNewRun(id, use); });
}

void MainWindow::addRateActions(QMenu& menu, double rate) {
    m_suggestions->refresh(); // it may be hidden
    const RunPointer test = m_suggestions->test();
    if (!test || !(rate > 0.0)) return;
    const RateUse use = rateUse(figureText(rate).toDouble());
    menu.addSeparator();
    if (const RunPointer run = currentRun(); takesRates(run))
        menu.addAction(tr("Use %1 in “%2”").arg(use.what, menuText(QString::fromStdString(run->config.name))), this,
                       [this, id = run->id, use] { useIn(id, use); });
    else
        addTargets(menu, test->id, use);
    menu.addAction(tr("Marker at %1").arg(use.what), this, [this, rate = use.rate] { moveMarker(rate); });
}

void MainWindow::useIn(RunId id, const RateUse& use) {
    const RunPointer run = m_controller.find(id);
    if (!takesRates(run)) return;
    const RunConfig before = run->config;
    const QString name = QString::fromStdString(before.name);
    const auto filled = use.fill(before.schedule, run->length);
    if (!filled) {
        statusBar()->showMessage(
            tr("The formula of “%1” speaks of no lr: there is nothing to put a rate into.").arg(name), messageTime);
        return;
    }
    RunConfig config = before;
    config.schedule = *filled;
    config.snapshots = before.snapshots && goesInCycles(*filled);
    if (const Problems problems = m_controller.setConfig(id, config); !problems.empty()) {
        statusBar()->showMessage(problemText(problems.front().place + ": " + problems.front().message), messageTime);
        return;
    }
    auto command = std::make_unique<ChangeConfigCommand>(m_controller, id, before, m_controller.find(id)->config);
    if (!command->changesNothing()) m_undo->push(command.release());
    m_runs->select(id);
    statusBar()->showMessage(tr("“%1” has %2 in its schedule now").arg(name, use.what), messageTime);
}

/// Like the test, but for the test: with the schedule that it would have had.
void MainWindow::useInNewRun(RunId id, const RateUse& use) {
    const RunPointer test = m_controller.find(id);
    if (!test) return;
    RunConfig config = test->isImported() ? RunConfig{} : trainingOf(*test);
    RunLength length;
    try {
        length = lengthOf(config, m_catalog->infoSoon(config.data));
    } catch (const Error& error) {
        statusBar()->showMessage(problemText(QString::fromUtf8(error.what())), messageTime);
        return;
    }
    config.schedule = use.fill(config.schedule, length).value_or(RunConfig::constantSchedule(use.rate));
    addUndoably(config);
    m_inspectorDock->show();
    const QString name = QString::fromStdString(currentRun()->config.name);
    statusBar()->showMessage(tr("“%1” has %2 in its schedule: press Start.").arg(name, use.what), messageTime);
}

} // namespace ratescope
