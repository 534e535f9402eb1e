// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace ratescope {

/// The three products that training is made of, for the shapes that occur in it: tall thin blocks of samples or image
/// positions against weights that lie row by row. Weights are never repacked, since they change with every step. Every
/// element of a result is summed in one fixed order, whatever block it is computed in, so results do not depend on how
/// the work is cut. All column counts are multiples of simd::line; nothing here allocates.

/// How the `depth` inputs of one output row lie in memory: `segments` stretches of `length` floats, the s-th at offsets[s].
/// A sample of a dense layer is one stretch; the patch under a convolution is one for each row of the kernel.
struct PatchLayout {
    const std::ptrdiff_t* offsets = nullptr;
    std::int64_t segments = 1;
    std::int64_t length = 0;
};

/// Where the rows of a block of positions begin: row r at data + (r / columns)·rowStride + (r % columns)·columnStride.
struct RowGrid {
    const float* data = nullptr;
    std::int64_t columns = 1;
    std::ptrdiff_t rowStride = 0;
    std::ptrdiff_t columnStride = 0;
};

/// out[r][c] = bias[c] + Σ_k in[r][k]·weights[k][c] for r < rows, c < columns; `weights` and `out` row-major with their
/// strides; bias may be null.
void multiplyRows(const RowGrid& in, std::int64_t rows, const PatchLayout& layout, const float* weights, std::ptrdiff_t weightStride,
                  const float* bias, float* out, std::ptrdiff_t outStride, std::int64_t columns);

/// out[i][c] = Σ_n in[n][i]·delta[n][c] for firstInput ≤ i < lastInput, c < columns: the gradient of weights from a batch
/// of n < samples. `out` points at row 0.
void multiplyTransposed(const float* in, std::ptrdiff_t inStride, std::int64_t samples, const float* delta,
                        std::ptrdiff_t deltaStride, std::int64_t firstInput, std::int64_t lastInput, float* out,
                        std::ptrdiff_t outStride, std::int64_t columns);

/// out[c][r] = in[r][c] for r < rows, c < columns.
void transpose(const float* in, std::ptrdiff_t inStride, std::int64_t rows, std::int64_t columns, float* out,
               std::ptrdiff_t outStride);

} // namespace ratescope
