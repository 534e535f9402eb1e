// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace ratescope {

/// A stream of random numbers that is the same on every machine and with every standard library.
///
/// Generator: xoshiro256** (Blackman and Vigna 2018), seeded through SplitMix64 from a run's seed and the stream's
/// name, so that initial weights, batch order and whatever else is random do not disturb each other: two runs that
/// share a seed share each stream.
class RandomStream {
public:
    /// `name` as in "weights"; `index` tells apart streams of one name, such as the epochs of the batch order.
    RandomStream(std::uint64_t seed, std::string_view name, std::uint64_t index = 0);

    /// 64 random bits.
    std::uint64_t next();

    /// Uniform in [0, 1), 24 bits.
    float uniform();

    /// Uniform in [low, high).
    float uniform(float low, float high) { return low + (high - low) * uniform(); }

    /// Uniform in 0 … bound − 1 without bias (Lemire 2019). bound > 0.
    std::uint32_t below(std::uint32_t bound);

    /// Fisher-Yates shuffle in place.
    void shuffle(std::span<std::uint32_t> values);

private:
    std::array<std::uint64_t, 4> m_state;
};

} // namespace ratescope
