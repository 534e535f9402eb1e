// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/code_text.h"
#include "core/schedule/turn_order.h"
#include "core/training/run_config.h"

#include <string>
#include <vector>

namespace ratescope {

/// A plateau in a schedule, and when its turn is.
struct PlateauTurn {
    std::string name;        ///< of its variable
    ScheduleSpec spec;       ///< with its defaults
    std::uint64_t first = 0; ///< step of the run
    std::uint64_t end = 0;   ///< 0: the run's
};

/// A run's learning rate as Python that needs nothing but the module `math`.
struct PythonRate {
    python::Lines lines; ///< tables, helpers and `def rate(step)`; with a growing batch also `batch_size(step)`
    std::vector<PlateauTurn> plateaus; ///< whose variables the function reads
};

/// Throws ratescope::Error for a formula that has no translation.
PythonRate pythonRate(const RunConfig& config, const RunLength& length);

/// Whether the update that `last` names lies in the plateau's turn; empty where every one does.
std::string turnCondition(const PlateauTurn& plateau, const std::string& last);
/// The class Plateau and the lines that make these; nothing where there are none.
python::Lines plateauLines(const std::vector<PlateauTurn>& plateaus);
/// `val_loss`, `val_accuracy` or `train_loss`.
std::string monitorOf(const ScheduleSpec& plateau);
/// The figures that they look at, each once.
std::vector<std::string> monitorsOf(const std::vector<PlateauTurn>& plateaus);

} // namespace ratescope
