// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/optimizer/optimizer.h"

namespace ratescope {

/// AdaBound and AMSBound (Luo et al. 2019), by the authors' reference implementation: Adam whose step size for each weight
/// is kept between two bounds that close in on that of SGD. g, m and v as in Adam; d = √v + eps (AMSBound: of v's largest
/// value so far); final = final_lr·rate/base;
/// w ← w − clamp(rate·√(1 − β₂ᵗ)/(1 − β₁ᵗ)/d, final·(1 − 1/(γt + 1)), final·(1 + 1/(γt)))·m.
/// base is the schedule's rate at the first step, or the first rate above 0 where that is 0; until then nothing moves. final
/// does not depend on a slice's multiplier, as with parameter groups there, but for a multiplier of 0, which freezes.
OptimizerInfo adaboundInfo();

} // namespace ratescope
