// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/control/run_controller.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QUndoStack;
class QVBoxLayout;

namespace ratescope {

class DriveForm;
class ParameterForm;
class RangeTestForm;
class ScheduleEditor;
class SchedulePreview;
class StartForm;
class StoppingForm;
class ZoneNote;

/// Shows and edits the configuration of one run. Every change is checked and handed to the controller at once, so that the
/// preview follows each keystroke; a run that has begun can only be looked at.
class InspectorPanel : public QWidget {
    Q_OBJECT

public:
    explicit InspectorPanel(RunController& controller, QWidget* parent = nullptr);
    ~InspectorPanel() override;

    /// 0: none.
    void showRun(RunId id);
    RunId shownRun() const { return m_run; }
    /// From now on every change can be undone there.
    void setUndoStack(QUndoStack* undo) { m_undo = undo; }

    /// Whether another schedule can be given to a run that goes on.
    static bool canBeSteered(const RunRecord& run);

Q_SIGNALS:
    void duplicateRequested(RunId id);
    void keepRatesRequested(RunId id);
    /// The handles of its schedule are to be moved on the plot. While nobody listens this is not offered.
    void handlesRequested(RunId id);
    void codeRequested(RunId id);
    void compareRequested();

private:
    /// `place`: where it stands; null: among what is fixed once a run has begun.
    QFormLayout* addSection(const QString& title, QWidget** section = nullptr, QVBoxLayout* place = nullptr);
    void buildGeneral();
    void buildOrigin();
    void showOrigin(const RunRecord& run);
    void buildNetwork();
    void buildOptimizer();
    void buildDriving();
    void updateDriving();
    void buildSchedule();
    void buildRangeTest();
    void buildDuration();
    void buildData();
    void buildFineTuning();
    void buildStopping();
    void chooseFolder();
    void showData(const QString& set);
    void describeOptimizer();
    QStringList possibleSources() const;
    void load(const RunRecord& run, bool another);
    void loadNetwork(const NetworkSpec& network);
    void updateMode();
    void updatePreview();
    void setEditable(const RunRecord& run);
    // inspector_driving.cpp: a run that goes on.
    bool isOverruled(const RunRecord& run) const;
    void steer(const ScheduleSpec& schedule, std::uint64_t gesture);
    void scheduleEdited();
    RunConfig read(Problems& problems) const;
    void apply();
    void noteChange(const RunConfig& before);
    void showProblems(const Problems& problems);

    static constexpr int customNetwork = -1; ///< data of the network box's last entry

    RunController& m_controller;
    RunId m_run = 0;
    bool m_loading = false;
    QUndoStack* m_undo = nullptr;
    int m_editing = 0; ///< counts editors entered: keystrokes in one of them are one change to undo

    QVBoxLayout* m_sections = nullptr;
    QWidget* m_body = nullptr;
    QWidget* m_editable = nullptr; ///< what is fixed once a run has begun
    QVBoxLayout* m_editableSections = nullptr;
    QLabel* m_empty = nullptr;
    QWidget* m_origin = nullptr; ///< of a curve that was measured elsewhere
    QLabel* m_originChip = nullptr;
    QLabel* m_originText = nullptr;
    QWidget* m_scheduleSection = nullptr;
    QWidget* m_begun = nullptr;
    QLabel* m_begunText = nullptr;
    QLabel* m_results = nullptr;
    QWidget* m_driveSection = nullptr;
    DriveForm* m_drive = nullptr;
    QLabel* m_problem = nullptr;
    QLineEdit* m_name = nullptr;
    QComboBox* m_kind = nullptr;
    QDoubleSpinBox* m_validation = nullptr;
    QSpinBox* m_trainSamples = nullptr;
    QComboBox* m_network = nullptr;
    QLineEdit* m_layers = nullptr;
    QComboBox* m_init = nullptr;
    QComboBox* m_loss = nullptr;
    QComboBox* m_data = nullptr;
    StartForm* m_start = nullptr;
    QWidget* m_stoppingSection = nullptr;
    StoppingForm* m_stopping = nullptr;
    QComboBox* m_optimizer = nullptr;
    QLabel* m_optimizerText = nullptr;
    ParameterForm* m_optimizerForm = nullptr;
    ScheduleEditor* m_schedule = nullptr;
    SchedulePreview* m_preview = nullptr;
    QPushButton* m_code = nullptr;
    ZoneNote* m_zones = nullptr;
    QWidget* m_rangeSection = nullptr;
    RangeTestForm* m_rangeForm = nullptr;
    QWidget* m_durationRow = nullptr;
    QSpinBox* m_length = nullptr;
    QComboBox* m_lengthUnit = nullptr;
    QSpinBox* m_batch = nullptr;
    QLineEdit* m_seed = nullptr;
};

} // namespace ratescope
