// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/rate_zones.h"

namespace ratescope {

RateZone RateZones::of(double rate) const {
    if (divergingFrom && rate >= *divergingFrom) return RateZone::Diverging;
    if (edgeFrom && rate >= *edgeFrom) return RateZone::Edge;
    return fastFrom && rate < *fastFrom ? RateZone::Slow : RateZone::Fast;
}

std::optional<RateZones> zonesOfSweep(const RangeCurve&, bool) { return std::nullopt; }

std::optional<RateZones> zonesOfSensitivity(const std::vector<double>&, const std::vector<double>&, bool) { return std::nullopt; }

} // namespace ratescope
