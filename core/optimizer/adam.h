// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/optimizer/optimizer.h"

namespace ratescope {

/// Adam (Kingma and Ba 2015) and its variant AMSGrad (Reddi et al. 2018), as torch.optim.Adam:
/// g ← gradient + weight_decay·w; m ← β₁·m + (1 − β₁)·g; v ← β₂·v + (1 − β₂)·g²; with AMSGrad v's largest value so far in
/// place of v in what follows; w ← w − rate/(1 − β₁ᵗ)·m/(√v/√(1 − β₂ᵗ) + eps) at step t = 1, 2, …
OptimizerInfo adamInfo();

} // namespace ratescope
