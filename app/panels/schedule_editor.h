// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/run_length.h"
#include "core/schedule/schedule_spec.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QSpinBox;
class QToolButton;
class QVBoxLayout;

namespace ratescope {

class ExpressionEdit;
class FamilyButton;
class HandlesEdit;
class MilestonesEdit;
class ParameterForm;
class PartsEdit;
struct ScheduleFamily;

/// Edits a whole schedule: its family, parameters and lists. What is on the way to becoming a number is given as NaN,
/// which validation refuses with its place.
class ScheduleEditor : public QWidget {
    Q_OBJECT

public:
    explicit ScheduleEditor(QWidget* parent = nullptr);

    /// `length`: of the run, for what is suggested and how far sliders go. Numbers that are written so already stay as
    /// they were typed. A family that is not in the table changes nothing.
    void setSpec(const ScheduleSpec& spec, const RunLength& length);
    /// Another length of the run for the same schedule.
    void setRunLength(const RunLength& length);
    ScheduleSpec spec() const;

    /// Another family, with what suits the run's rate and length: what the gallery does.
    void chooseFamily(const std::string& type);
    void openGallery();

    void setEditable(bool editable);
    bool isEditable() const { return m_editable; }
    /// For a part of a sequence: no growing batch, and no comparing.
    void setForPart(bool part);
    /// Whether there are plots to edit the handles on, and a place to compare schedules.
    void setPlotOffered(bool offered);
    void setCompareOffered(bool offered) { m_compare = offered; }

Q_SIGNALS:
    /// By a person, at every keystroke.
    void edited();
    void handlesRequested();
    void compareRequested();

private:
    void buildLists();
    void buildTime();
    void showFamily(const ScheduleFamily& family);
    void load(const ScheduleSpec& spec);
    void updateShown();
    void updatePicture();
    void updateSpans();
    void changeUnit();
    void stepFamily(int by);
    void turnIntoHandles();
    void changed();

    std::string m_type;
    ScheduleSpec m_given; ///< as it was set: defaults that it leaves out are left out again
    RunLength m_length;
    TimeUnit m_shownUnit = TimeUnit::Step;
    bool m_loading = false;
    bool m_editable = true;
    bool m_part = false;
    bool m_compare = true;

    FamilyButton* m_family;
    QLabel* m_text;
    ParameterForm* m_form;
    QVBoxLayout* m_rows = nullptr;
    QVBoxLayout* m_lists = nullptr;
    QWidget* m_drops = nullptr;
    MilestonesEdit* m_milestones = nullptr;
    ExpressionEdit* m_expression = nullptr;
    HandlesEdit* m_handles = nullptr;
    PartsEdit* m_parts = nullptr; ///< not before there are any
    QWidget* m_time = nullptr;
    QComboBox* m_unit = nullptr;
    QWidget* m_batch = nullptr;
    QCheckBox* m_growth = nullptr;
    QSpinBox* m_maxBatch = nullptr;
    QToolButton* m_turn = nullptr;
};

} // namespace ratescope
