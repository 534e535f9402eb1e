// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/filter_gradient.h"

#include "core/network/simd.h"

#include <algorithm>
#include <cstring>

namespace ratescope {

namespace {

using simd::Vec;
using Ints [[gnu::vector_size(simd::width * sizeof(std::int32_t))]] = std::int32_t;
using Shorts [[gnu::vector_size(simd::width * sizeof(std::uint16_t))]] = std::uint16_t;

constexpr std::int64_t entryFloats = sizeof(WeightedPatch) / sizeof(float);

/// Adds, for `count` of the taps and one vector of filters, the products of all windows.
template <int count>
void addTaps(const PooledGradient& gradient, const float* image, const std::ptrdiff_t* taps, float* sums, std::int64_t filterStride) {
    Vec total[count];
    for (int k = 0; k < count; ++k) total[k] = simd::load(sums + k * filterStride);
    const Shape& windows = gradient.windows;
    for (std::int64_t y = 0; y < windows.height; ++y) {
        for (std::int64_t x = 0; x < windows.width; ++x) {
            const std::int64_t at = (y * windows.width + x) * filterStride;
            const float* window = image + y * gradient.rowStride + x * gradient.columnStride;
            const Vec value = simd::load(gradient.values + at);
            Ints winner{};
            if (gradient.winners) {
                Shorts narrow;
                std::memcpy(&narrow, gradient.winners + at, sizeof narrow);
                winner = __builtin_convertvector(narrow, Ints);
            }
            for (std::int32_t p = 0; p < gradient.windowSize; ++p) {
                const Vec mine = winner == p ? value : Vec{};
                const float* patch = window + gradient.offsets[p];
                for (int k = 0; k < count; ++k) total[k] += mine * simd::broadcast(patch[taps[k]]);
            }
        }
    }
    for (int k = 0; k < count; ++k) simd::store(sums + k * filterStride, total[k]);
}

} // namespace

std::int64_t FilterLists::floats(std::int64_t windows, std::int64_t filters, std::int64_t windowSize) {
    // One entry more than there can be: lists are written ahead of what is kept.
    return (filters * windows + windowSize * filters + 2) * entryFloats + filters + windowSize + simd::line;
}

FilterLists::FilterLists(const PooledGradient& gradient, float* scratch)
    : m_gradient(gradient)
    , m_byFilter(reinterpret_cast<WeightedPatch*>(scratch))
    , m_byPosition(m_byFilter + gradient.windows.values() + 1)
    , m_counts(reinterpret_cast<std::int32_t*>(m_byPosition + gradient.windowSize * gradient.windows.channels + 1))
    , m_positionCounts(m_counts + gradient.windows.channels) {
    const Shape& windows = gradient.windows;
    const std::int64_t filters = windows.channels;
    const std::int64_t stride = windows.channelStride();
    std::fill_n(m_counts, filters, 0);
    // Written without a branch on the value, which is as hard to foresee as a coin.
    for (std::int64_t w = 0; w < windows.positions(); ++w) {
        const float* values = gradient.values + w * stride;
        const std::uint16_t* winners = gradient.winners ? gradient.winners + w * stride : nullptr;
        const auto place = static_cast<std::int32_t>(w / windows.width * gradient.rowStride + w % windows.width * gradient.columnStride);
        for (std::int64_t f = 0; f < filters; ++f) {
            // A filter's list is full only once all windows are done, so that the write ahead never leaves it.
            m_byFilter[f * windows.positions() + m_counts[f]] = {place + gradient.offsets[winners ? winners[f] : 0], values[f]};
            m_counts[f] += values[f] != 0.0F;
        }
    }
}

void FilterLists::sortWindow(std::int64_t window, std::int64_t filterStride) const {
    const std::int64_t filters = m_gradient.windows.channels;
    const std::int64_t first = window * m_gradient.windows.channelStride();
    std::fill_n(m_positionCounts, m_gradient.windowSize, 0);
    for (std::int64_t f = 0; f < filters; ++f) {
        const std::int32_t winner = m_gradient.winners ? m_gradient.winners[first + f] : 0;
        const float value = m_gradient.values[first + f];
        m_byPosition[winner * filters + m_positionCounts[winner]] = {static_cast<std::int32_t>(f * filterStride), value};
        m_positionCounts[winner] += value != 0.0F;
    }
}

void addGreyFilterGradient(const PooledGradient& gradient, const float* image, std::span<const std::ptrdiff_t> taps, float* sums,
                           std::int64_t filterStride) {
    const auto count = static_cast<std::int64_t>(taps.size());
    for (std::int64_t f = 0; f < filterStride; f += simd::width) {
        PooledGradient part = gradient;
        part.values += f;
        if (part.winners) part.winners += f;
        std::int64_t k = 0;
        for (; count - k >= 9; k += 9) addTaps<9>(part, image, &taps[static_cast<std::size_t>(k)], sums + k * filterStride + f, filterStride);
        for (; count - k >= 3; k += 3) addTaps<3>(part, image, &taps[static_cast<std::size_t>(k)], sums + k * filterStride + f, filterStride);
        for (; k < count; ++k) addTaps<1>(part, image, &taps[static_cast<std::size_t>(k)], sums + k * filterStride + f, filterStride);
    }
}

} // namespace ratescope
