// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/optimizer/optimizer.h"

namespace ratescope {

/// Adam with weight decay apart from the gradient (Loshchilov and Hutter 2019), as torch.optim.AdamW:
/// w ← (1 − rate·weight_decay)·w, then Adam's step with g the gradient alone; AMSGrad as there.
OptimizerInfo adamwInfo();

} // namespace ratescope
