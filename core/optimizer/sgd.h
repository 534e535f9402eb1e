// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/optimizer/optimizer.h"

namespace ratescope {

/// Stochastic gradient descent with momentum, Nesterov momentum and weight decay (L2), as torch.optim.SGD:
/// g ← gradient + weight_decay·w; v ← g on the first step, then momentum·v + g;
/// g ← g + momentum·v with Nesterov, else v; w ← w − rate·g.
OptimizerInfo sgdInfo();

} // namespace ratescope
