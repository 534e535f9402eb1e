// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/logged_run.h"
#include "app/study/run_record.h"

#include <filesystem>

namespace ratescope {

/// A training that another program has logged as a run that is over. Its points are the losses that are finite numbers; where
/// none follows one that is not, it has diverged there. A rate holds until another is logged. Figures of validation stand at
/// the steps that they were logged at; where the log is by epochs, at their ends. `file`: where it was read from, for people.
/// Throws ratescope::Error for steps beyond what a run may have, and for a log without a single loss.
RunRecord recordOf(const LoggedRun& log, const std::filesystem::path& file);

} // namespace ratescope
