// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace ratescope {

/// A row of pooling windows, size × size each, over values whose positions lie columnStride and rowStride floats apart.
/// Writes the largest value of each window and its number in the window (row by row); of equal ones the first, and NaN
/// beats everything, as in PyTorch. `channels` is a multiple of simd::line or 1; outputs lie `channels` apart.
struct PoolingRow {
    const float* in = nullptr;
    std::ptrdiff_t rowStride = 0;
    std::ptrdiff_t columnStride = 0;
    std::int64_t windows = 0;
    std::int64_t size = 2;
    std::int64_t channels = 0;
};
void poolRow(const PoolingRow& row, float* out, std::uint16_t* winners);

} // namespace ratescope
