// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/run_config.h"

#include <optional>
#include <string>
#include <string_view>

namespace ratescope {

/// For which library a schedule is written down.
enum class CodeTarget { PyTorch, Keras };

/// `pytorch`, `keras`.
std::optional<CodeTarget> findCodeTarget(std::string_view name);

/// A run's network, optimizer and schedule as Python to be taken home, with the rates that the run trains with.
/// PyTorch's runs as it stands under 1.13 and later, Keras' under Keras 3. `config` is valid, `length` its own. Throws
/// ratescope::Error for a formula that has no translation, and for a range test that begins anew at each rate.
std::string scheduleCode(const RunConfig& config, const RunLength& length, CodeTarget target);

/// Whether the run is one training, whose schedule can be written down: not a range test that begins anew at each rate.
bool hasScheduleCode(const RunConfig& config);

} // namespace ratescope
