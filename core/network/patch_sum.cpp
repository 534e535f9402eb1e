// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/patch_sum.h"

#include "core/network/simd.h"

namespace ratescope {

namespace {

using simd::Vec;

template <int rows, int vectors>
void addTile(std::span<const WeightedPatch> entries, const float* from, std::ptrdiff_t fromStride, float* sum,
             std::ptrdiff_t sumStride) {
    Vec sums[rows][vectors];
    for (int r = 0; r < rows; ++r)
        for (int v = 0; v < vectors; ++v) sums[r][v] = simd::load(sum + r * sumStride + v * simd::width);
    for (const WeightedPatch& entry : entries) {
        const Vec weight = simd::broadcast(entry.weight);
        const float* patch = from + entry.patch;
        for (int r = 0; r < rows; ++r)
            for (int v = 0; v < vectors; ++v)
                sums[r][v] += weight * simd::load(patch + r * fromStride + v * simd::width);
    }
    for (int r = 0; r < rows; ++r)
        for (int v = 0; v < vectors; ++v) simd::store(sum + r * sumStride + v * simd::width, sums[r][v]);
}

/// All columns of `rows` rows, in tiles as wide as the registers allow.
template <int rows>
void addRows(std::span<const WeightedPatch> entries, const float* from, std::ptrdiff_t fromStride, std::int64_t length, float* sum,
             std::ptrdiff_t sumStride) {
    constexpr int widest = simd::registers * 3 / 4 / rows;
    std::int64_t column = 0;
    const auto tile = [&]<int vectors>() {
        for (; length - column >= vectors * simd::width; column += vectors * simd::width)
            addTile<rows, vectors>(entries, from + column, fromStride, sum + column, sumStride);
    };
    if constexpr (widest >= 8) tile.template operator()<8>();
    if constexpr (widest >= 6) tile.template operator()<6>();
    if constexpr (widest >= 4) tile.template operator()<4>();
    if constexpr (widest >= 2) tile.template operator()<2>();
    tile.template operator()<1>();
}

} // namespace

void addPatches(std::span<const WeightedPatch> entries, const float* from, std::ptrdiff_t fromStride, const PatchRows& block,
                float* sum, std::ptrdiff_t sumStride) {
    if (entries.empty()) return;
    std::int64_t row = 0;
    for (; block.rows - row >= 3; row += 3)
        addRows<3>(entries, from + row * fromStride, fromStride, block.length, sum + row * sumStride, sumStride);
    for (; row < block.rows; ++row)
        addRows<1>(entries, from + row * fromStride, fromStride, block.length, sum + row * sumStride, sumStride);
}

} // namespace ratescope
