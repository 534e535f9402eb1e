// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/optimizer/optimizer.h"

namespace ratescope {

/// Stochastic gradient descent with momentum (Sutskever et al. 2013), as torch.optim.SGD:
/// g ← gradient + weight_decay·w; v ← g on the first step, then momentum·v + (1 − dampening)·g;
/// g ← g + momentum·v with Nesterov, else v; w ← w − rate·g. Without momentum there is no v and g stays as it is.
OptimizerInfo sgdInfo();

} // namespace ratescope
