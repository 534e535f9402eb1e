// SPDX-License-Identifier: GPL-3.0-or-later
// Schedules beside each other, before anything is trained.
#include "app/main_window.h"

#include "app/panels/inspector_panel.h"
#include "app/panels/problem_text.h"
#include "app/panels/run_list_panel.h"
#include "app/panels/run_undo_commands.h"
#include "app/panels/schedule_comparison.h"
#include "core/schedule/handles.h"

#include <QStatusBar>
#include <QUndoStack>

#include <memory>

namespace ratescope {

namespace {

constexpr std::uint32_t usualSamples =
    48'000; ///< of an epoch, where there is no run yet: MNIST without what is held out

} // namespace

void MainWindow::compareSchedules() {
    if (m_comparison) {
        m_comparison->raise();
        m_comparison->activateWindow();
        return;
    }
    const RunPointer run = m_controller.find(m_runs->current());
    const RunConfig base = run ? run->config : RunConfig{};
    std::vector<NamedSchedule> schedules;
    for (const RunId id : targets())
        if (const RunPointer one = m_controller.find(id); one && !one->isRangeTest())
            schedules.push_back({QString::fromStdString(one->config.name), QString::fromStdString(one->config.color),
                                 one->config.schedule});
    m_comparison = new ScheduleComparison(
        base, run && run->length.epochSamples > 0 ? run->length.epochSamples : usualSamples, this);
    m_comparison->setAttribute(Qt::WA_DeleteOnClose);
    m_comparison->setSchedules(schedules);
    if (schedules.empty())
        for (const char* type : {"constant", "cosine"}) m_comparison->addSchedule(type);
    connect(m_comparison, &ScheduleComparison::newRunsRequested, this, &MainWindow::addRunsWith);
    connect(m_comparison, &ScheduleComparison::useRequested, this, &MainWindow::useSchedule);
    updateComparison();
    m_comparison->show();
}

/// Which run a schedule would be used in.
void MainWindow::updateComparison() {
    if (!m_comparison) return;
    const RunPointer run = m_controller.find(m_runs->current());
    const bool changeable =
        run && !run->isRangeTest() && (run->state == RunState::Ready || InspectorPanel::canBeSteered(*run));
    m_comparison->setTarget(changeable ? QString::fromStdString(run->config.name) : QString());
}

void MainWindow::addRunsWith(const std::vector<NamedSchedule>& schedules, const RunDuration& duration) {
    const RunPointer run = m_controller.find(m_runs->current());
    RunConfig config = run ? run->config : RunConfig{};
    config.rangeTest.reset();
    config.fork.reset();
    config.duration = duration;
    const bool snapshots = config.snapshots;
    QList<RunId> ids;
    for (const NamedSchedule& one : schedules) {
        config.name = fittedName(one.name.toStdString());
        config.color = one.color.toStdString();
        config.schedule = one.spec;
        config.snapshots = snapshots && goesInCycles(one.spec);
        ids << m_controller.add(config);
    }
    if (ids.isEmpty()) return;
    m_undo->push(new AddRunsCommand(m_controller, ids));
    m_runs->select(ids.constFirst());
    statusBar()->showMessage(tr("New runs with these schedules are ready: press Start."), 8000);
}

void MainWindow::useSchedule(const ScheduleSpec& spec) {
    const RunPointer run = m_controller.find(m_runs->current());
    if (!run || run->isRangeTest()) return;
    if (InspectorPanel::canBeSteered(*run)) { // from the next batch on
        const ScheduleSpec followed = m_controller.ordered(*run);
        if (const Problems problems = m_controller.steer(run->id, spec); !problems.empty()) {
            statusBar()->showMessage(problemText(problems[0].message), 8000);
            return;
        }
        m_undo->push(new SteerCommand(m_controller, run->id, followed, spec, 0));
        return;
    }
    const RunConfig before = run->config;
    RunConfig config = before;
    config.schedule = spec;
    config.snapshots = before.snapshots && goesInCycles(spec);
    const Problems problems = m_controller.setConfig(run->id, config);
    if (!problems.empty()) {
        statusBar()->showMessage(problemText(problems.front().place + ": " + problems.front().message), 8000);
        return;
    }
    auto command =
        std::make_unique<ChangeConfigCommand>(m_controller, run->id, before, m_controller.find(run->id)->config);
    if (!command->changesNothing()) m_undo->push(command.release());
    statusBar()->showMessage(tr("“%1” has that schedule now").arg(QString::fromStdString(before.name)), 6000);
}

} // namespace ratescope
