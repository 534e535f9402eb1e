// SPDX-License-Identifier: GPL-3.0-or-later
// The inspector's part in runs that go on: the rate by hand.
#include "app/panels/inspector_panel.h"

#include "app/panels/drive_form.h"
#include "app/panels/run_undo_commands.h"

#include <QFormLayout>
#include <QUndoStack>

namespace ratescope {

void InspectorPanel::buildDriving() {
    QFormLayout* form = addSection(tr("Rate by hand"), &m_driveSection, m_sections);
    m_drive = new DriveForm(this);
    form->addRow(m_drive);
    const auto steer = [this](const ScheduleSpec& schedule, quint64 gesture) {
        const RunPointer run = m_controller.find(m_run);
        if (!run || run->followed() == schedule) return;
        if (m_undo) m_undo->push(new SteerCommand(m_controller, m_run, run->followed(), schedule, gesture));
        else m_controller.steer(m_run, schedule, gesture);
    };
    connect(m_drive, &DriveForm::driven, this,
            [steer](double rate, quint64 gesture) { steer(RunConfig::constantSchedule(rate), gesture); });
    connect(m_drive, &DriveForm::backRequested, this, [this, steer] {
        if (const RunPointer run = m_controller.find(m_run)) steer(run->config.schedule, 0);
    });
    connect(m_drive, &DriveForm::keepRequested, this, [this] { Q_EMIT keepRatesRequested(m_run); });
    connect(&m_controller, &RunController::stepsAppended, this, &InspectorPanel::updateDriving);
    connect(&m_controller, &RunController::rateChanged, this, &InspectorPanel::updateDriving);
}

void InspectorPanel::updateDriving() {
    const RunPointer run = m_controller.find(m_run);
    const bool driven = run && !run->isRangeTest() && !run->config.schedule.batchGrowth &&
                        (run->state == RunState::Running || run->state == RunState::Paused);
    m_driveSection->setVisible(driven);
    if (driven) m_drive->showRun(*run);
}

} // namespace ratescope
