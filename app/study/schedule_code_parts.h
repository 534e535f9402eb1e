// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the code of schedules.
#pragma once

#include "app/study/code_text.h"
#include "app/study/python_rate.h"
#include "core/training/run_config.h"

#include <optional>

#include <string>
#include <vector>

namespace ratescope {

/// The whole of a snippet but for what every one begins with.
python::Lines torchCode(const RunConfig& config, const RunLength& length);
python::Lines kerasCode(const RunConfig& config, const RunLength& length);

/// What multiplies the rate in each layer with weights, input side first; empty where they all have the same.
std::vector<double> layerShares(const RunConfig& config);

/// A parameter of the run's optimizer.
double optimizerValue(const RunConfig& config, const char* name);
/// Whether it is not what the table has for it.
bool isOwnValue(const RunConfig& config, const char* name);

/// What has to be divided among the library's words: a `plateau` that is the whole schedule, with its defaults.
std::optional<ScheduleSpec> wholePlateau(const RunConfig& config);

/// Epochs that the loop goes through.
std::uint64_t loopEpochs(const RunConfig& config, const RunLength& length);

} // namespace ratescope
