// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/optimizer/optimizer.h"

namespace ratescope {

/// RMSprop (Tieleman and Hinton 2012) and its centred variant (Graves 2013), as torch.optim.RMSprop:
/// g ← gradient + weight_decay·w; v ← α·v + (1 − α)·g²; centred: a ← α·a + (1 − α)·g and d = √(v − a²) + eps, else
/// d = √v + eps; w ← w − rate·g/d, with momentum b ← momentum·b + g/d; w ← w − rate·b.
/// v − a² is at least 0 but for rounding, and taken as 0 where rounding makes it less; PyTorch has NaN there.
OptimizerInfo rmspropInfo();

} // namespace ratescope
