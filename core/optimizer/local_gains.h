// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/optimizer/optimizer.h"

namespace ratescope {

/// Gradient descent in which every weight has a gain of its own (Hinton, Neural Networks for Machine Learning, lecture 6;
/// after Jacobs 1988): gain ← gain + increase where the gradient keeps its sign from the step before, gain·decrease where it
/// flips, unchanged where either is 0 or there was none before; kept in [min_gain, max_gain], at first 1;
/// w ← w − rate·gain·gradient.
OptimizerInfo localGainsInfo();

} // namespace ratescope
