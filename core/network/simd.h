// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to core's .cpp files: vectors of floats as wide as the CPU that the file is compiled for, by GCC's and Clang's
// vector extensions. a·b + c becomes one fused instruction where there is one.
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace ratescope::simd {

#if defined(__AVX512F__)
inline constexpr int width = 16;
#elif defined(__AVX__)
inline constexpr int width = 8;
#else
inline constexpr int width = 4;
#endif

using Vec [[gnu::vector_size(width * sizeof(float))]] = float;

/// Rows of activations and weights are padded to whole lines of this many floats, a multiple of every width.
inline constexpr int line = 16;
inline constexpr int vectorsPerLine = line / width;

/// How many vector registers a kernel may fill with sums.
#if defined(__AVX512F__)
inline constexpr int registers = 32;
#else
inline constexpr int registers = 16;
#endif

inline Vec load(const float* from) {
    Vec value;
    std::memcpy(&value, from, sizeof value); // from any address; becomes one load
    return value;
}
inline void store(float* to, Vec value) { std::memcpy(to, &value, sizeof value); }
inline Vec broadcast(float value) { return Vec{} + value; }

} // namespace ratescope::simd
