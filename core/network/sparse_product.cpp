// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/sparse_product.h"

#include "core/network/simd.h"

#include <algorithm>
#include <array>

namespace ratescope {

namespace {

using simd::Vec;

/// Widest panel of columns that is summed in registers.
constexpr int panel = 8;

/// Floats of the weights of a few image rows that leave room in a first cache of 32 KB or more.
constexpr std::int64_t cacheFloats = 8 * 1024;

constexpr std::array<float, 256> scaledValues() {
    std::array<float, 256> table{};
    for (int i = 0; i < 256; ++i) table[static_cast<std::size_t>(i)] = static_cast<float>(i) / 255.0F;
    return table;
}
constexpr std::array<float, 256> scaled = scaledValues();

/// Adds the pixels first … last − 1 of the run.
template <int vectors>
[[gnu::always_inline]] inline void addPixels(const SparsePixels::Run& run, std::size_t first, std::size_t last, const float* weights,
                                             std::int64_t stride, Vec (&sums)[vectors]) {
    for (std::size_t i = first; i < last; ++i) {
        const float* row = weights + run.places[i] * stride;
        const Vec value = simd::broadcast(scaled[run.values[i]]);
        for (int v = 0; v < vectors; ++v) sums[v] += value * simd::load(row + v * simd::width);
    }
}

/// One panel of columns of `count` images, side by side: where there are few columns, one image's chain of additions would
/// leave the CPU waiting for each.
template <int count, int vectors>
[[gnu::always_inline]] inline void forwardTile(const SparsePixels::Run* runs, const float* weights, std::int64_t stride,
                                               const float* bias, float* out, std::ptrdiff_t outStride) {
    Vec sums[count][vectors];
    std::size_t common = runs[0].count;
    for (int n = 0; n < count; ++n) {
        common = std::min(common, runs[n].count);
        for (int v = 0; v < vectors; ++v) sums[n][v] = simd::load(bias + v * simd::width);
    }
    if constexpr (count > 1)
        for (std::size_t i = 0; i < common; ++i)
            for (int n = 0; n < count; ++n) addPixels<vectors>(runs[n], i, i + 1, weights, stride, sums[n]);
    for (int n = 0; n < count; ++n) {
        addPixels<vectors>(runs[n], count > 1 ? common : 0, runs[n].count, weights, stride, sums[n]);
        for (int v = 0; v < vectors; ++v) simd::store(out + n * outStride + v * simd::width, sums[n][v]);
    }
}

/// Asks for an image's list ahead of its use: a batch is drawn from all over the set.
void prefetch(const SparsePixels::Run& run) {
    const auto* places = reinterpret_cast<const char*>(run.places);
    const auto* values = reinterpret_cast<const char*>(run.values);
    for (std::size_t i = 0; i < run.count * sizeof(*run.places); i += 64) __builtin_prefetch(places + i);
    for (std::size_t i = 0; i < run.count; i += 64) __builtin_prefetch(values + i);
}

template <int vectors>
void gradientPanel(const SparsePixels& pixels, std::span<const std::uint32_t> samples, const float* delta,
                   std::ptrdiff_t deltaStride, std::int64_t firstRow, std::int64_t lastRow, float* out, std::int64_t stride) {
    for (const std::uint32_t sample : samples) {
        const SparsePixels::Run run = pixels.rows(sample, firstRow, lastRow);
        Vec difference[vectors];
        for (int v = 0; v < vectors; ++v) difference[v] = simd::load(delta + v * simd::width);
        for (std::size_t i = 0; i < run.count; ++i) {
            float* to = out + run.places[i] * stride;
            const Vec value = simd::broadcast(scaled[run.values[i]]);
            for (int v = 0; v < vectors; ++v)
                simd::store(to + v * simd::width, simd::load(to + v * simd::width) + value * difference[v]);
        }
        delta += deltaStride;
    }
}

template <typename Work>
void forPanels(std::int64_t columns, const Work& work) {
    std::int64_t column = 0;
    for (; columns - column >= panel * simd::width; column += panel * simd::width) work.template operator()<panel>(column);
    for (; columns - column >= 2 * simd::width; column += 2 * simd::width) work.template operator()<2>(column);
    for (; column < columns; column += simd::width) work.template operator()<1>(column);
}

/// A whole panel of columns of all images, a few image rows at a time: the weights of these rows stay in the first cache while
/// every image adds what it has there.
template <int vectors>
void forwardByRows(const SparsePixels& pixels, std::span<const std::uint32_t> samples, const float* weights, std::int64_t stride,
                   const float* bias, float* out, std::ptrdiff_t outStride) {
    const std::int64_t rows = std::max<std::int64_t>(1, cacheFloats / (pixels.width() * vectors * simd::width));
    for (std::int64_t row = 0; row < pixels.height(); row += rows) {
        const std::int64_t end = std::min(pixels.height(), row + rows);
        for (std::size_t n = 0; n < samples.size(); ++n) {
            float* to = out + static_cast<std::ptrdiff_t>(n) * outStride;
            const SparsePixels::Run run = pixels.rows(samples[n], row, end);
            if (row > 0 && run.count == 0) continue;
            Vec sums[vectors];
            for (int v = 0; v < vectors; ++v) sums[v] = simd::load((row == 0 ? bias : to) + v * simd::width);
            addPixels<vectors>(run, 0, run.count, weights, stride, sums);
            for (int v = 0; v < vectors; ++v) simd::store(to + v * simd::width, sums[v]);
        }
    }
}

} // namespace

void multiplySparse(const SparsePixels& pixels, std::span<const std::uint32_t> samples, const float* weights, const float* bias,
                    float* out, std::ptrdiff_t outStride, std::int64_t columns) {
    constexpr std::size_t most = 4;
    for (const std::uint32_t sample : samples) prefetch(pixels.image(sample));
    const std::int64_t wide = columns / (panel * simd::width) * (panel * simd::width);
    for (std::int64_t c = 0; c < wide; c += panel * simd::width)
        forwardByRows<panel>(pixels, samples, weights + c, columns, bias + c, out + c, outStride);
    for (std::size_t first = 0; first < samples.size(); first += most) {
        const std::size_t count = std::min(most, samples.size() - first);
        SparsePixels::Run runs[most];
        for (std::size_t n = 0; n < count; ++n) runs[n] = pixels.image(samples[first + n]);
        float* to = out + static_cast<std::ptrdiff_t>(first) * outStride;
        forPanels(columns - wide, [&]<int vectors>(std::int64_t column) {
            const std::int64_t c = wide + column;
            if (count == most) {
                forwardTile<most, vectors>(runs, weights + c, columns, bias + c, to + c, outStride);
                return;
            }
            for (std::size_t n = 0; n < count; ++n)
                forwardTile<1, vectors>(runs + n, weights + c, columns, bias + c, to + static_cast<std::ptrdiff_t>(n) * outStride + c,
                                        outStride);
        });
    }
}

void multiplySparseTransposed(const SparsePixels& pixels, std::span<const std::uint32_t> samples, const float* delta,
                              std::ptrdiff_t deltaStride, std::int64_t firstRow, std::int64_t lastRow, float* out,
                              std::int64_t columns) {
    // A few image rows at a time: their weights' gradients stay in the first cache while the whole batch is added to them.
    const std::int64_t lineFloats = pixels.width() * std::min<std::int64_t>(columns, panel * simd::width);
    const std::int64_t rows = std::max<std::int64_t>(1, cacheFloats / lineFloats);
    for (std::int64_t row = firstRow; row < lastRow; row += rows) {
        const std::int64_t end = std::min(lastRow, row + rows);
        std::fill(out + row * pixels.width() * columns, out + end * pixels.width() * columns, 0.0F);
        forPanels(columns, [&]<int vectors>(std::int64_t c) {
            gradientPanel<vectors>(pixels, samples, delta + c, deltaStride, row, end, out + c, columns);
        });
    }
}

void sumRows(const float* rows, std::ptrdiff_t stride, std::int64_t count, float* out, std::int64_t columns) {
    for (std::int64_t c = 0; c < columns; c += simd::width) {
        Vec sum = simd::load(out + c);
        for (std::int64_t n = 0; n < count; ++n) sum += simd::load(rows + n * stride + c);
        simd::store(out + c, sum);
    }
}

} // namespace ratescope
