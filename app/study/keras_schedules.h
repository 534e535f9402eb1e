// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the code of schedules.
#pragma once

#include "app/study/code_text.h"
#include "core/training/run_config.h"

#include <optional>

namespace ratescope {

/// The lines that make `scheduler` with a class of keras.optimizers.schedules; none where no class has the same rates
/// over the whole run.
std::optional<python::Lines> kerasSchedule(const RunConfig& config, const RunLength& length);

} // namespace ratescope
