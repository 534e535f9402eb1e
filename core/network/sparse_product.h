// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace ratescope {

/// Products with images that are mostly background: four of five of MNIST's pixels are 0 and add nothing, so only the
/// others are touched. The sums run in the order of the products in product.h and leave out terms that are exactly 0:
/// as long as weights are finite, the results are the same bits. Columns are multiples of simd::line.

/// out[n][c] = bias[c] + Σ_j pixel[n][j]/255·weights[j][c] for the images `samples`; weights row-major, `columns` wide.
void multiplySparse(const SparsePixels& pixels, std::span<const std::uint32_t> samples, const float* weights, const float* bias,
                    float* out, std::ptrdiff_t outStride, std::int64_t columns);

/// out[j][c] = Σ_n pixel[n][j]/255·delta[n][c] for all pixels j of the image rows firstRow … lastRow − 1.
/// out row-major, `columns` wide, pointing at pixel 0.
void multiplySparseTransposed(const SparsePixels& pixels, std::span<const std::uint32_t> samples, const float* delta,
                              std::ptrdiff_t deltaStride, std::int64_t firstRow, std::int64_t lastRow, float* out,
                              std::int64_t columns);

/// out[c] += Σ_n rows[n][c].
void sumRows(const float* rows, std::ptrdiff_t stride, std::int64_t count, float* out, std::int64_t columns);

} // namespace ratescope
