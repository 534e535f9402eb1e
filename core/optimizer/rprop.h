// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/optimizer/optimizer.h"

namespace ratescope {

/// Rprop (Riedmiller and Braun 1993; the variant that drops a gradient after a flip), as torch.optim.Rprop. Every weight has
/// a step size s, at first the slice's rate: s ← s·eta_plus where the gradient keeps its sign, s·eta_minus and g ← 0 where
/// it flips, kept in [min_step, max_step]; w ← w − sign(g)·s. The rates of later steps have no effect.
/// A multiplier of 0 freezes: nothing moves, nor is anything remembered.
OptimizerInfo rpropInfo();

} // namespace ratescope
