// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/run_config.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace ratescope {

class NumberEdit;

/// Editors for what ends a run before its time, and for what is kept of it on the way: early stopping and snapshots.
class StoppingForm : public QWidget {
    Q_OBJECT

public:
    explicit StoppingForm(QWidget* parent = nullptr);

    void load(const RunConfig& config);
    /// Writes what the editors hold into `config`.
    void read(RunConfig& config) const;
    /// Snapshots can be had only with a schedule that goes round in cycles.
    void setCyclic(bool cyclic);

Q_SIGNALS:
    void edited();

private:
    void updateEnabled();

    QCheckBox* m_early;
    QComboBox* m_monitor;
    QSpinBox* m_patience;
    NumberEdit* m_minimumDelta;
    QCheckBox* m_restoreBest;
    QCheckBox* m_snapshots;
};

} // namespace ratescope
