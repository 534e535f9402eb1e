// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/control/run_controller.h"

#include <QDialog>

class QLabel;
class QSpinBox;
class QTreeWidget;

namespace ratescope {

/// Where a run is to be forked: at a state that is kept, or at any other step, up to which it is then trained again.
/// Shows what the kept states take in memory, and how much they may.
class ForkDialog : public QDialog {
    Q_OBJECT

public:
    ForkDialog(RunController& controller, RunId run, QWidget* parent = nullptr);

    void accept() override;

private:
    void fill();
    void showStep();
    void showMemory();

    RunController& m_controller;
    RunId m_run;
    QTreeWidget* m_states;
    QSpinBox* m_step;
    QLabel* m_what;
    QLabel* m_memory;
    QSpinBox* m_limit;
};

} // namespace ratescope
