// SPDX-License-Identifier: GPL-3.0-or-later
// The inspector's part in runs that go on: the rate by hand, and another schedule on the way.
#include "app/panels/inspector_panel.h"

#include "app/panels/drive_form.h"
#include "app/panels/run_undo_commands.h"
#include "app/panels/schedule_editor.h"

#include <QApplication>
#include <QFormLayout>
#include <QUndoStack>

namespace ratescope {

namespace {

constexpr std::uint64_t typedGestures = std::uint64_t(1) << 33; ///< apart from those of the slider and of the handles

} // namespace

bool InspectorPanel::canBeSteered(const RunRecord& run) {
    return (run.state == RunState::Running || run.state == RunState::Paused) && !run.isRangeTest() &&
           !run.config.schedule.batchGrowth;
}

/// Whether the run follows another schedule than is shown, and nobody is typing one.
bool InspectorPanel::isOverruled(const RunRecord& run) const {
    const QWidget* focus = QApplication::focusWidget();
    const bool typing = focus && m_schedule->isAncestorOf(focus) && canBeSteered(run);
    return run.state != RunState::Ready && !typing && m_schedule->spec() != m_controller.ordered(run);
}

void InspectorPanel::steer(const ScheduleSpec& schedule, std::uint64_t gesture) {
    const RunPointer run = m_controller.find(m_run);
    if (!run || m_controller.ordered(*run) == schedule) return;
    const ScheduleSpec before = m_controller.ordered(*run);
    const Problems problems = m_controller.steer(m_run, schedule, gesture);
    showProblems(problems);
    if (problems.empty() && m_undo) m_undo->push(new SteerCommand(m_controller, m_run, before, schedule, gesture));
}

void InspectorPanel::scheduleEdited() {
    const RunPointer run = m_controller.find(m_run);
    if (m_loading || !run) return;
    updateMode();
    if (run->state == RunState::Ready) apply();
    else if (canBeSteered(*run)) steer(m_schedule->spec(), typedGestures + static_cast<std::uint64_t>(m_editing));
}

void InspectorPanel::buildDriving() {
    QFormLayout* form = addSection(tr("Rate by hand"), &m_driveSection, m_sections);
    m_drive = new DriveForm(this);
    form->addRow(m_drive);
    connect(m_drive, &DriveForm::driven, this,
            [this](double rate, quint64 gesture) { steer(RunConfig::constantSchedule(rate), gesture); });
    connect(m_drive, &DriveForm::backRequested, this, [this] {
        if (const RunPointer run = m_controller.find(m_run)) steer(run->config.schedule, 0);
    });
    connect(m_drive, &DriveForm::keepRequested, this, [this] { Q_EMIT keepRatesRequested(m_run); });
    connect(&m_controller, &RunController::stepsAppended, this, &InspectorPanel::updateDriving);
    connect(&m_controller, &RunController::rateChanged, this, [this](RunId id) {
        if (id == m_run && !m_loading) showRun(id);
    });
    connect(&m_controller, &RunController::steered, this, [this](RunId id) {
        if (id == m_run && !m_loading) showRun(id);
    });
}

void InspectorPanel::updateDriving() {
    const RunPointer run = m_controller.find(m_run);
    const bool driven = run && canBeSteered(*run);
    m_driveSection->setVisible(driven);
    if (driven) m_drive->showRun(*run, m_controller.ordered(*run));
}

} // namespace ratescope
