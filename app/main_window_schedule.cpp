// SPDX-License-Identifier: GPL-3.0-or-later
// The window's part in schedules by hand: handles, driven rates, forks.
#include "app/main_window.h"

#include "app/panels/code_dialog.h"
#include "app/panels/fork_dialog.h"
#include "app/panels/inspector_panel.h"
#include "app/panels/problem_text.h"
#include "app/panels/run_list_panel.h"
#include "app/panels/run_undo_commands.h"
#include "app/plots/plot_page.h"
#include "app/plots/step_scale.h"
#include "app/study/plain_text.h"
#include "core/schedule/handles.h"

#include <QDockWidget>
#include <QMenu>
#include <QSettings>
#include <QStatusBar>
#include <QUndoStack>

#include <cmath>

namespace ratescope {

namespace {

/// What the data have made of the rates that the run's schedule would have without them; 1 where they have no say.
double shareReached(const RunRecord& run, const ScheduleSpec& followed) {
    if (run.state == RunState::Ready || run.stepCount() == 0 || followed != run.followed()) return 1.0;
    for (const RateChange& change : run.changes)
        if (change.cause == RateCause::Hand && change.lastStep >= run.stepCount()) return 1.0; // no step of it yet
    const Schedule schedule(followed, run.length);
    const double plain = schedule.needsFeedback() ? schedule.at(run.stepCount() - 1) : 0.0;
    return plain > 0.0 ? run.rates.back() / plain : 1.0;
}

/// What the run follows, as handles.
ScheduleSpec handlesOf(const RunRecord& run, const ScheduleSpec& followed, double share) {
    if (followed.type == "piecewise") return followed;
    ScheduleSpec handles = asHandles(Schedule(followed, run.length), followed.unit);
    for (SchedulePoint& point : handles.points) point.rate *= share;
    return handles;
}

} // namespace

void MainWindow::connectSchedules() {
    const QSettings settings;
    const int limit = settings.value(QStringLiteral("checkpointMegabytes"), 0).toInt();
    if (limit > 0) m_controller.checkpoints().setLimit(std::size_t(limit) << 20);
    connect(m_plots, &PlotPage::handlesEdited, this, &MainWindow::handlesEdited);
    connect(m_runs, &RunListPanel::currentChanged, this, &MainWindow::updateActions);
    connect(&m_controller, &RunController::rateChanged, this, [this] {
        m_plots->refresh();
        updateHandles();
    });
    connect(&m_controller, &RunController::steered, this, &MainWindow::updateHandles);
    connect(&m_controller, &RunController::forked, this, [this](RunId, RunId child) {
        m_undo->push(new AddRunsCommand(m_controller, {child}));
        m_runs->select(child);
        m_inspectorDock->show();
        const RunPointer run = m_controller.find(child);
        statusBar()->showMessage(
            tr("A fork at step %1: the same weights, the same batches. Change its rate and press Start.")
                .arg(run->config.fork->step),
            10000);
    });
    connect(&m_controller, &RunController::forkRefused, this,
            [this](RunId, const QString& reason) { statusBar()->showMessage(reason, 8000); });
    connect(&m_controller, &RunController::warned, this, [this](RunId id, const QString& warning) {
        const RunPointer run = m_controller.find(id);
        if (run)
            statusBar()->showMessage(
                tr("%1: the rate %2").arg(QString::fromStdString(run->config.name), problemText(warning)), 12000);
    });
}

void MainWindow::forkRun() {
    const RunPointer run = m_controller.find(m_runs->current());
    if (!run) return;
    if (run->state == RunState::Running || run->state == RunState::Paused) {
        m_controller.fork(run->id);
        return;
    }
    auto* dialog = new ForkDialog(m_controller, run->id, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::keepRates(RunId id) {
    const RunPointer run = m_controller.find(id);
    if (!run || run->stepCount() == 0) return;
    RunConfig config = run->config;
    config.color.clear();
    config.fork.reset();
    config.schedule = drivenSchedule(run->rates);
    addUndoably(config);
    m_inspectorDock->show();
    statusBar()->showMessage(
        tr("A run whose schedule is what “%1” has used.").arg(QString::fromStdString(run->config.name)), 8000);
}

void MainWindow::showCode(RunId id) {
    const RunPointer run = m_controller.find(id);
    if (!run) return;
    auto* dialog = new CodeDialog(*run, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

/// Any family is turned into handles; of a run that has not begun that is its schedule from now on.
void MainWindow::drawSchedule(bool on) {
    m_actions.draw->setChecked(on);
    const RunPointer run = on ? m_controller.find(m_runs->current()) : nullptr;
    if (run && run->state == RunState::Ready && run->config.schedule.type != "piecewise" && !run->isRangeTest())
        handlesEdited(run->id, handlesOf(*run, run->config.schedule, 1.0), 0);
    updateHandles();
    if (run)
        statusBar()->showMessage(
            tr("Drag the handles on the rate plot; a click on the line adds one, Delete takes one away."), 8000);
}

/// The handles follow the chosen run, as long as there is something to be drawn.
void MainWindow::updateHandles() {
    if (!m_actions.draw) return;
    const RunPointer run = m_actions.draw->isChecked() ? m_controller.find(m_runs->current()) : nullptr;
    const bool drawable = run && run->visible && !run->isRangeTest() && !isOver(run->state) &&
                          run->state != RunState::Waiting && !run->config.schedule.batchGrowth;
    if (!drawable) {
        if (m_plots->handlesShown() != 0) m_plots->showHandles(nullptr, {});
        return;
    }
    // Of a run that goes on the handles are made once, and then are what was dragged, until something else is followed.
    const ScheduleSpec& followed = m_controller.ordered(*run);
    const double share = shareReached(*run, followed);
    if (m_plots->handlesShown() == run->id && m_handlesOf == followed && m_handlesShare == share) return;
    m_handlesOf = followed;
    m_handlesShare = share;
    m_plots->showHandles(run, handlesOf(*run, followed, share));
}

void MainWindow::handlesEdited(RunId id, const ScheduleSpec& schedule, std::uint64_t gesture) {
    const RunPointer run = m_controller.find(id);
    if (!run) return;
    if (run->state == RunState::Ready) {
        const RunConfig before = run->config;
        RunConfig after = before;
        after.schedule = schedule;
        if (const Problems problems = m_controller.setConfig(id, after); !problems.empty()) {
            statusBar()->showMessage(problemText(problems[0].message), 6000);
            return;
        }
        constexpr int handleEdits = 1 << 24; // apart from the inspector's count
        auto command = std::make_unique<ChangeConfigCommand>(m_controller, id, before, after,
                                                             handleEdits + static_cast<int>(gesture));
        if (!command->changesNothing()) m_undo->push(command.release());
        return;
    }
    const ScheduleSpec before = m_controller.ordered(*run);
    constexpr std::uint64_t handleGestures = std::uint64_t(1) << 32; // apart from the slider's count
    if (schedule != before) m_undo->push(new SteerCommand(m_controller, id, before, schedule, handleGestures + gesture));
}

void MainWindow::addPlotActions(QMenu& menu, std::optional<double> x) {
    menu.addSeparator();
    menu.addAction(m_actions.draw);
    const RunPointer run = m_controller.find(m_runs->current());
    if (!run || !x || !m_actions.fork->isEnabled()) return;
    const double step = std::round(StepScale(*run, m_plots->view().stepUnit).stepOf(*x));
    if (!(step >= 0.0 && step < static_cast<double>(run->stepCount()))) return;
    const auto at = static_cast<std::uint64_t>(step);
    menu.addAction(tr("Fork “%1” at step %2").arg(menuText(QString::fromStdString(run->config.name)), QString::number(at)),
                   this, [this, id = run->id, at] { m_controller.fork(id, at); });
}

} // namespace ratescope
