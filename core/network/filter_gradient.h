// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/network/patch_sum.h"
#include "core/network/shape.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace ratescope {

/// The gradient at the output of a convolution with pooling, for one sample: a value for each window and filter, which
/// belongs to that position of the window which won. The patch under a position is named by its place in the image.
struct PooledGradient {
    const float* values = nullptr;           ///< windows × filters, a window's filters side by side, padded
    const std::uint16_t* winners = nullptr;  ///< likewise; null without pooling
    Shape windows;                           ///< of the output: height, width, filters
    const std::int32_t* offsets = nullptr;   ///< from a window's first position to each of its positions
    std::int64_t windowSize = 1;             ///< positions of a window
    std::int64_t rowStride = 0;              ///< from a window to the one below it, in the image
    std::int64_t columnStride = 0;           ///< to the one beside it
};

/// The outputs of one sample that have a gradient other than 0, filter by filter. Lives in scratch memory.
class FilterLists {
public:
    /// Scratch memory that it takes, in floats.
    static std::int64_t floats(std::int64_t windows, std::int64_t filters, std::int64_t windowSize);

    FilterLists(const PooledGradient& gradient, float* scratch);

    /// The patches under this filter's outputs.
    std::span<const WeightedPatch> ofFilter(std::int64_t filter) const {
        return {m_byFilter + filter * m_gradient.windows.positions(), static_cast<std::size_t>(m_counts[filter])};
    }

    /// visit(filters, place) for every position of every window: those filters whose output won there, each named by
    /// `filterStride` times its number, and the place of the patch under it.
    template <typename Visit>
    void forEachPosition(std::int64_t filterStride, const Visit& visit) const;

private:
    void sortWindow(std::int64_t window, std::int64_t filterStride) const;

    PooledGradient m_gradient;
    WeightedPatch* m_byFilter;
    WeightedPatch* m_byPosition;
    std::int32_t* m_counts;
    std::int32_t* m_positionCounts;
};

/// sums[k][f] += Σ over windows of gradient·image[patch + taps[k]]: the gradient of filters over a grey image, with sums as
/// the weights lie, `taps` in the order of the weights' rows.
void addGreyFilterGradient(const PooledGradient& gradient, const float* image, std::span<const std::ptrdiff_t> taps, float* sums,
                           std::int64_t filterStride);

template <typename Visit>
void FilterLists::forEachPosition(std::int64_t filterStride, const Visit& visit) const {
    const Shape& windows = m_gradient.windows;
    for (std::int64_t w = 0; w < windows.positions(); ++w) {
        sortWindow(w, filterStride);
        const std::ptrdiff_t place = w / windows.width * m_gradient.rowStride + w % windows.width * m_gradient.columnStride;
        for (std::int64_t p = 0; p < m_gradient.windowSize; ++p)
            visit(std::span<const WeightedPatch>(m_byPosition + p * windows.channels, static_cast<std::size_t>(m_positionCounts[p])),
                  place + m_gradient.offsets[p]);
    }
}

} // namespace ratescope
