// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/optimizer/optimizer.h"

namespace ratescope {

/// Adagrad (Duchi et al. 2011), as torch.optim.Adagrad: g ← gradient + weight_decay·w; s ← s + g², which begins at
/// initial_accumulator_value; w ← w − rate/(1 + (t − 1)·lr_decay)·g/(√s + eps).
OptimizerInfo adagradInfo();

} // namespace ratescope
