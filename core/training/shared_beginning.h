// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/run_config.h"

namespace ratescope {

/// Whether two runs begin with the same weights and are shown the same batches in the same order, so that what their
/// losses differ by at a step is the doing of how they train: of schedule, optimizer, rates of layers. When they stop, and
/// what they are called, is of no account.
///
/// Range tests and runs whose batch grows share their beginning with nobody: a test is another kind of curve, and steps of
/// batches of another size are not the same steps.
bool sharesBeginning(const RunConfig& a, const RunConfig& b);

} // namespace ratescope
