// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/control/range_test_runs.h"
#include "app/control/run_controller.h"

#include <QDialog>

#include <functional>
#include <optional>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QSpinBox;

namespace ratescope {

class RangeTestForm;

/// What range tests of a run's network are to be made: their kind and rates, over how many seeds, on how many samples, from
/// what weights. Tells how much that is, and how long it may take.
class RangeTestDialog : public QDialog {
    Q_OBJECT

public:
    using Check = std::function<Problems(const RunConfig&)>;

    /// `run`: whose network it is; 0: that of a new run. `check`: what is wrong with a test, held against its data.
    RangeTestDialog(RunController& controller, RunId run, const RangeTestOrder& order, Check check,
                    QWidget* parent = nullptr);

    RangeTestOrder order() const;
    /// What would be made now.
    std::vector<RunConfig> tests() const;

    void accept() override;

Q_SIGNALS:
    void testsRequested(const std::vector<ratescope::RunConfig>& tests);

private:
    void build();
    void load(const RangeTestOrder& order);
    void kindChosen();
    void refresh();
    void showEffort(const std::vector<RunConfig>& tests);
    /// So many seconds as one would say it.
    static QString roughly(double seconds);
    void offerStart();
    void setRowShown(QWidget* editor, bool shown);
    /// Samples a second of a run of that network.
    std::optional<double> speed(const RunConfig& config) const;

    RunController& m_controller;
    RunPointer m_base;
    Check m_check;
    std::optional<std::uint64_t> m_goesOnAfter; ///< updates of the run, which it can begin with
    RangeTestKind m_kind = RangeTestKind::Sweep;
    RangeTestForm* m_test;
    QFormLayout* m_form; ///< that of m_test, with more rows
    QCheckBox* m_fresh;
    QSpinBox* m_freshSteps;
    QSpinBox* m_seeds;
    QSpinBox* m_samples;
    QComboBox* m_start;
    QLabel* m_effort;
    QLabel* m_problem;
    QPushButton* m_go;
};

/// The orders that the window's menu has entries for.
RangeTestOrder orderOverSeeds();
RangeTestOrder orderWithFreshStart();
RangeTestOrder orderOf(RangeTestKind kind);

} // namespace ratescope
