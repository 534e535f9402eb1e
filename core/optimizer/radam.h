// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/optimizer/optimizer.h"

namespace ratescope {

/// RAdam (Liu et al. 2020), Adam that corrects for how few gradients its second moment has seen, as torch.optim.RAdam:
/// g ← gradient + weight_decay·w; m ← β₁·m + (1 − β₁)·g; v ← β₂·v + (1 − β₂)·g²; m̂ = m/(1 − β₁ᵗ);
/// ρ∞ = 2/(1 − β₂) − 1; ρ = ρ∞ − 2t·β₂ᵗ/(1 − β₂ᵗ); where ρ > 5: r = √((ρ − 4)(ρ − 2)ρ∞/((ρ∞ − 4)(ρ∞ − 2)ρ)) and
/// w ← w − rate·m̂·r·√(1 − β₂ᵗ)/(√v + eps), else w ← w − rate·m̂.
OptimizerInfo radamInfo();

} // namespace ratescope
