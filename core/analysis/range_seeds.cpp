// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/range_seeds.h"

namespace ratescope {

SeedRange overSeeds(std::span<const SeedCurve>) { return {}; }

std::vector<RuleSpread> ruleSpreads(std::span<const RangeAnswers>) { return {}; }

} // namespace ratescope
