// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/range_curve.h"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace ratescope {

/// What a rate does to training, as a range test has seen it: nothing much; it learns; it is at the edge, where the loss
/// rises again; it diverges. Of a sensitivity sweep: too slow, good, unstable, diverged.
enum class RateZone { Slow, Fast, Edge, Diverging };

/// Where the zones lie on the axis of rates. A border that is missing lies beyond the rates that were tested, and so do
/// those above it; borders that are there ascend, and those of a zone without rates are the same.
struct RateZones {
    std::optional<double> fastFrom;      ///< below it: slow
    std::optional<double> edgeFrom;      ///< from there on: at the edge
    std::optional<double> divergingFrom; ///< from there on: diverging

    RateZone of(double rate) const;
    bool operator==(const RateZones&) const = default;
};

/// The zones of the curve of a sweep: fast from where the smoothed loss first falls clearly (beginningOfFall) to
/// its lowest, at the edge up to where it is back at what it was before it fell, then diverging. `ended`: the loss has run
/// away or was no finite number behind the last point, so that from there on it diverges at any rate. None where the curve
/// has no valley.
std::optional<RateZones> zonesOfSweep(const RangeCurve& curve, bool ended);

/// The stretch of good rates around the best, as indices: `best` ends with the lowest loss, and from `first` to `last`
/// a tenth of what it gains over the lowest rate is missing at most. None where no rate is better than the lowest, the
/// first.
struct GoodRates {
    std::size_t first = 0;
    std::size_t best = 0;
    std::size_t last = 0;
};
std::optional<GoodRates> goodRates(std::span<const double> losses);

/// The zones of a sensitivity sweep, whose `losses` are what training with each of the `rates` ends with: good is the
/// stretch around the best in which a tenth of what the best gains over the lowest rate is missing at most; unstable on
/// from there, and diverged where the loss is no lower than at the lowest rate. `ended`: the rate after the last was one
/// whose loss is no finite number. None where no rate is better than the lowest.
std::optional<RateZones> zonesOfSensitivity(const std::vector<double>& rates, const std::vector<double>& losses, bool ended);

} // namespace ratescope
