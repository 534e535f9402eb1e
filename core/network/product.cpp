// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/product.h"

#include "core/network/simd.h"

#include <algorithm>

namespace ratescope {

namespace {

using simd::Vec;

/// Most rows of a tile that is `vectors` wide: as many sums as fit into the registers beside what is loaded.
template <int vectors>
inline constexpr int tileRows = simd::registers == 32 ? (vectors == 4 ? 6 : vectors == 2 ? 12 : 16)
                                                      : (vectors == 2 ? 6 : 12);
/// Widest tile.
inline constexpr int tileVectors = simd::registers == 32 ? 4 : 2;

template <int rows, int vectors>
[[gnu::always_inline]] inline void start(Vec (&sums)[rows][vectors], const float* bias) {
    for (int v = 0; v < vectors; ++v) {
        const Vec first = bias ? simd::load(bias + v * simd::width) : Vec{};
        for (int r = 0; r < rows; ++r) sums[r][v] = first;
    }
}

template <int rows, int vectors>
[[gnu::always_inline]] inline void finish(const Vec (&sums)[rows][vectors], float* out, std::ptrdiff_t stride) {
    for (int r = 0; r < rows; ++r)
        for (int v = 0; v < vectors; ++v) simd::store(out + r * stride + v * simd::width, sums[r][v]);
}

template <int rows, int vectors>
void rowTile(const float* const* in, const PatchLayout& layout, const float* weights, std::ptrdiff_t weightStride, const float* bias,
             float* out, std::ptrdiff_t outStride) {
    Vec sums[rows][vectors];
    start(sums, bias);
    for (std::int64_t s = 0; s < layout.segments; ++s) {
        const float* from[rows];
        for (int r = 0; r < rows; ++r) from[r] = in[r] + layout.offsets[s];
        for (std::int64_t k = 0; k < layout.length; ++k, weights += weightStride) {
            Vec weight[vectors];
            for (int v = 0; v < vectors; ++v) weight[v] = simd::load(weights + v * simd::width);
            for (int r = 0; r < rows; ++r) {
                const Vec input = simd::broadcast(from[r][k]);
                for (int v = 0; v < vectors; ++v) sums[r][v] += input * weight[v];
            }
        }
    }
    finish(sums, out, outStride);
}

template <int rows, int vectors>
void columnTile(const float* in, std::ptrdiff_t inStride, std::int64_t samples, const float* delta, std::ptrdiff_t deltaStride,
                float* out, std::ptrdiff_t outStride) {
    Vec sums[rows][vectors];
    start(sums, nullptr);
    for (std::int64_t n = 0; n < samples; ++n, in += inStride, delta += deltaStride) {
        Vec difference[vectors];
        for (int v = 0; v < vectors; ++v) difference[v] = simd::load(delta + v * simd::width);
        for (int r = 0; r < rows; ++r) {
            const Vec input = simd::broadcast(in[r]);
            for (int v = 0; v < vectors; ++v) sums[r][v] += input * difference[v];
        }
    }
    finish(sums, out, outStride);
}

/// Calls work.template operator()<n>() for the n in 1 … most that equals `count`.
template <int most, typename Work>
[[gnu::always_inline]] inline void withCount(std::int64_t count, const Work& work) {
    if (count == most)
        work.template operator()<most>();
    else if constexpr (most > 1)
        withCount<most - 1>(count, work);
}

/// Cuts `count` into tiles of at most `most`, as even as they come: 32 rows make 6+6+6+6+4+4 rather than … + 2.
template <int most, typename Work>
[[gnu::always_inline]] inline void evenTiles(std::int64_t count, const Work& work) {
    const std::int64_t tiles = (count + most - 1) / most;
    std::int64_t first = 0;
    for (std::int64_t t = 0; t < tiles; ++t) {
        const std::int64_t size = (count - first + tiles - t - 1) / (tiles - t);
        withCount<most>(size, [&]<int n>() { work.template operator()<n>(first); });
        first += size;
    }
}

template <int vectors>
void multiplyRowsPanel(const RowGrid& in, std::int64_t rows, const PatchLayout& layout, const float* weights,
                       std::ptrdiff_t weightStride, const float* bias, float* out, std::ptrdiff_t outStride) {
    evenTiles<tileRows<vectors>>(rows, [&]<int n>(std::int64_t first) {
        const float* from[n];
        std::int64_t row = first / in.columns;
        std::int64_t column = first % in.columns;
        for (int r = 0; r < n; ++r) {
            from[r] = in.data + row * in.rowStride + column * in.columnStride;
            if (++column == in.columns) {
                column = 0;
                ++row;
            }
        }
        rowTile<n, vectors>(from, layout, weights, weightStride, bias, out + first * outStride, outStride);
    });
}

template <int vectors>
void multiplyTransposedPanel(const float* in, std::ptrdiff_t inStride, std::int64_t samples, const float* delta,
                             std::ptrdiff_t deltaStride, std::int64_t firstInput, std::int64_t lastInput, float* out,
                             std::ptrdiff_t outStride) {
    evenTiles<tileRows<vectors>>(lastInput - firstInput, [&]<int n>(std::int64_t first) {
        const std::int64_t i = firstInput + first;
        columnTile<n, vectors>(in + i, inStride, samples, delta, deltaStride, out + i * outStride, outStride);
    });
}

/// Calls work.template operator()<vectors>(first column) for panels that cover the columns, the widest first.
template <typename Work>
void forPanels(std::int64_t columns, const Work& work) {
    std::int64_t column = 0;
    for (; columns - column >= tileVectors * simd::width; column += tileVectors * simd::width)
        work.template operator()<tileVectors>(column);
    if constexpr (tileVectors > 2)
        for (; columns - column >= 2 * simd::width; column += 2 * simd::width) work.template operator()<2>(column);
    for (; column < columns; column += simd::width) work.template operator()<1>(column);
}

} // namespace

void multiplyRows(const RowGrid& in, std::int64_t rows, const PatchLayout& layout, const float* weights, std::ptrdiff_t weightStride,
                  const float* bias, float* out, std::ptrdiff_t outStride, std::int64_t columns) {
    forPanels(columns, [&]<int vectors>(std::int64_t c) {
        multiplyRowsPanel<vectors>(in, rows, layout, weights + c, weightStride, bias ? bias + c : nullptr, out + c, outStride);
    });
}

void multiplyTransposed(const float* in, std::ptrdiff_t inStride, std::int64_t samples, const float* delta,
                        std::ptrdiff_t deltaStride, std::int64_t firstInput, std::int64_t lastInput, float* out,
                        std::ptrdiff_t outStride, std::int64_t columns) {
    forPanels(columns, [&]<int vectors>(std::int64_t c) {
        multiplyTransposedPanel<vectors>(in, inStride, samples, delta + c, deltaStride, firstInput, lastInput, out + c, outStride);
    });
}

void transpose(const float* in, std::ptrdiff_t inStride, std::int64_t rows, std::int64_t columns, float* out,
               std::ptrdiff_t outStride) {
    constexpr std::int64_t block = 16; // a block's lines of both sides stay in the first cache
    for (std::int64_t r0 = 0; r0 < rows; r0 += block) {
        const std::int64_t r1 = std::min(rows, r0 + block);
        for (std::int64_t c0 = 0; c0 < columns; c0 += block) {
            const std::int64_t c1 = std::min(columns, c0 + block);
            for (std::int64_t c = c0; c < c1; ++c)
                for (std::int64_t r = r0; r < r1; ++r) out[c * outStride + r] = in[r * inStride + c];
        }
    }
}

} // namespace ratescope
