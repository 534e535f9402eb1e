// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/optimizer/optimizer.h"

namespace ratescope {

/// Adadelta (Zeiler 2012), as torch.optim.Adadelta: g ← gradient + weight_decay·w; v ← ρ·v + (1 − ρ)·g²;
/// Δ = √(u + eps)/√(v + eps)·g; u ← ρ·u + (1 − ρ)·Δ²; w ← w − rate·Δ.
OptimizerInfo adadeltaInfo();

} // namespace ratescope
