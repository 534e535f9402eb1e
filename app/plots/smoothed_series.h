// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/value_extent.h"
#include "core/analysis/series_pyramid.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>

namespace ratescope {

/// How many values may still be taken in before the window wants to go on: what a million new values need is spread over
/// frames.
class WorkBudget {
public:
    explicit WorkBudget(std::size_t values = std::numeric_limits<std::size_t>::max())
        : m_left(values) {}
    /// At most `wanted`, taken off what is left.
    std::size_t take(std::size_t wanted) {
        const std::size_t given = std::min(wanted, m_left);
        m_left -= given;
        return given;
    }
    std::size_t left() const { return m_left; }
    bool isSpent() const { return m_left == 0; }
    /// Whether nobody waits.
    bool isUnlimited() const { return m_left > std::numeric_limits<std::size_t>::max() / 2; }

private:
    std::size_t m_left;
};

/// A series that grows, smoothed and summarized for plots. Its values stay with their owner and are handed to each call.
class SmoothedSeries {
public:
    /// Takes in what is new in `values`, as far as the budget reaches. A smoothing that is not the one so far is computed
    /// beside the old one, which stays until the new one is complete. `expected`: how many values it will come to; sets how
    /// finely extent() looks. Returns whether nothing is left to be taken in.
    bool update(std::span<const float> values, double smoothing, WorkBudget& budget, std::size_t expected);

    /// Values that are taken in.
    std::size_t size() const { return m_pyramid.size(); }
    const SeriesPyramid& pyramid() const { return m_pyramid; }
    /// At an index below size().
    double smoothed(std::span<const float> values, std::size_t index) const;
    /// Goes up whenever what was taken in has changed rather than grown.
    std::uint64_t generation() const { return m_generation; }
    /// Of the smoothed values, averaged over a few hundred stretches.
    ValueExtent extent(std::span<const float> values) const;

private:
    SeriesPyramid m_pyramid;
    std::optional<SeriesPyramid> m_next; ///< with another smoothing, while it is not complete
    std::uint64_t m_generation = 0;
    ValueExtent m_extent; ///< of the first m_extentDone values
    std::size_t m_extentDone = 0;
};

} // namespace ratescope
