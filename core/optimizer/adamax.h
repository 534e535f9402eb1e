// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/optimizer/optimizer.h"

namespace ratescope {

/// AdaMax (Kingma and Ba 2015, section 7.1), Adam with the infinity norm, as torch.optim.Adamax:
/// g ← gradient + weight_decay·w; m ← β₁·m + (1 − β₁)·g; u ← max(β₂·u, |g| + eps); w ← w − rate/(1 − β₁ᵗ)·m/u.
OptimizerInfo adamaxInfo();

} // namespace ratescope
