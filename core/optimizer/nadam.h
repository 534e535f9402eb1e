// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/optimizer/optimizer.h"

namespace ratescope {

/// NAdam (Dozat 2016), Adam with Nesterov's momentum, by the formula in torch.optim.NAdam's documentation:
/// g ← gradient + weight_decay·w; m ← β₁·m + (1 − β₁)·g; v ← β₂·v + (1 − β₂)·g²; d = √(v/(1 − β₂ᵗ)) + eps;
/// μₜ = β₁·(1 − 0.96^(t·momentum_decay)/2); w ← w − rate·(1 − μₜ)/(1 − μ₁⋯μₜ)·g/d − rate·μₜ₊₁/(1 − μ₁⋯μₜ₊₁)·m/d.
/// So do PyTorch 2 and, with foreach=True, 1.13; the other path of 1.13 has μₜ twice in the last product, by mistake.
OptimizerInfo nadamInfo();

} // namespace ratescope
