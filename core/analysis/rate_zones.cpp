// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/rate_zones.h"

#include "core/analysis/rate_rules.h"

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

/// The rate that would have come after the last, on a grid of even factors: where a test ended because the loss ran
/// away.
double rateBehind(std::span<const double> rates) {
    const double last = rates.back();
    return rates.size() < 2 ? last : last * (last / rates[rates.size() - 2]);
}

} // namespace

RateZone RateZones::of(double rate) const {
    if (divergingFrom && rate >= *divergingFrom) return RateZone::Diverging;
    if (edgeFrom && rate >= *edgeFrom) return RateZone::Edge;
    return fastFrom && rate < *fastFrom ? RateZone::Slow : RateZone::Fast;
}

std::optional<RateZones> zonesOfSweep(const RangeCurve& curve, bool ended) {
    const std::optional<std::size_t> begin = beginningOfFall(curve);
    if (!begin) return std::nullopt;
    const auto isFinite = [](double value) { return std::isfinite(value); };
    const auto first = curve.smoothed.begin() + static_cast<std::ptrdiff_t>(*begin);
    const auto end = std::find_if_not(first, curve.smoothed.end(), isFinite);
    const auto lowest = std::min_element(first, end);
    const double before = *begin == 0 ? *first : std::max(*(first - 1), *first); // its slope looks at both
    const auto back = std::find_if(lowest, end, [&](double loss) { return loss >= before; });
    const auto rateAt = [&](auto place) {
        return curve.rates[static_cast<std::size_t>(place - curve.smoothed.begin())];
    };

    RateZones zones{.fastFrom = curve.rates[*begin], .edgeFrom = {}, .divergingFrom = {}};
    if (back != curve.smoothed.end()) // back where it was, or no finite number any more
        zones.divergingFrom = rateAt(back);
    else if (ended)
        zones.divergingFrom = rateBehind(curve.rates);
    if (lowest + 1 != end || zones.divergingFrom) zones.edgeFrom = rateAt(lowest);
    return zones;
}

std::optional<GoodRates> goodRates(std::span<const double> losses) {
    if (losses.empty() || !std::isfinite(losses.front())) return std::nullopt;
    GoodRates good;
    for (std::size_t i = 1; i < losses.size(); ++i)
        if (losses[i] < losses[good.best]) good.best = i;
    if (good.best == 0) return std::nullopt;
    const double limit = losses[good.best] + (losses.front() - losses[good.best]) / 10.0;
    good.first = good.last = good.best;
    while (good.first > 1 && losses[good.first - 1] <= limit) --good.first; // the lowest rate has gained nothing
    while (good.last + 1 < losses.size() && losses[good.last + 1] <= limit) ++good.last;
    return good;
}

std::optional<RateZones> zonesOfSensitivity(const std::vector<double>& rates, const std::vector<double>& losses,
                                            bool ended) {
    const std::optional<GoodRates> good = goodRates(losses);
    if (!good) return std::nullopt;
    RateZones zones{.fastFrom = rates[good->first], .edgeFrom = {}, .divergingFrom = {}};
    if (good->last + 1 < losses.size()) zones.edgeFrom = rates[good->last + 1];
    for (std::size_t i = good->last + 1; i < losses.size() && !zones.divergingFrom; ++i)
        if (!(losses[i] < losses.front())) zones.divergingFrom = rates[i];
    if (!zones.divergingFrom && ended) zones.divergingFrom = rateBehind(rates);
    if (!zones.edgeFrom) zones.edgeFrom = zones.divergingFrom;
    return zones;
}

} // namespace ratescope
