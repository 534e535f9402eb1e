// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace ratescope {

/// A patch and what to multiply it by: `patch` is its place in floats.
struct WeightedPatch {
    std::int32_t patch = 0;
    float weight = 0.0F;
};

/// A block of `rows` stretches of `length` floats (a multiple of simd::line), rowStride apart.
struct PatchRows {
    std::int64_t rows = 1;
    std::int64_t length = 0;
};

/// sum[r][i] += Σ_e entries[e].weight · from[entries[e].patch + r·fromStride + i], in the order of the entries. The block
/// stays in registers while the entries run through it. This is what both gradients of a convolution come down to: few
/// of its outputs have a gradient, since of each pooling window only the largest value was handed on.
void addPatches(std::span<const WeightedPatch> entries, const float* from, std::ptrdiff_t fromStride, const PatchRows& block,
                float* sum, std::ptrdiff_t sumStride);

} // namespace ratescope
