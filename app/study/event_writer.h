// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/file_output.h"
#include "app/study/run_record.h"

#include <cstdint>
#include <string>

namespace ratescope {

/// The name of an event file that was begun so many seconds after 1970: TensorBoard finds it by `tfevents`, and reads
/// the files of a folder in the order of their names.
std::string eventFileName(std::int64_t started);

/// A run as events for TensorBoard. Each update (of a training that was logged elsewhere: each that was logged) has
/// `train/loss` and, where it is known, `lr` under its number from 0; the end of each
/// epoch has `epoch`, `val/loss` and `val/accuracy` under the number of updates made by then; a range test's
/// validations stand at their steps. A loss that is not finite stays that. Each event has the time at which it was, had
/// the run begun `started` seconds after 1970 and made no pauses. Blocks; throws ratescope::Error where it cannot be
/// written.
void writeEvents(const RunRecord& run, double started, FileOutput& out);

} // namespace ratescope
