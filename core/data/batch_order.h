// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace ratescope {

/// In which order a run sees its training samples: a new permutation of 0 … samples − 1 for each epoch, cut into batches;
/// the last batch of an epoch may be short. A function of the seed and the epoch alone, so that it can start anywhere.
class BatchOrder {
public:
    /// samples ≥ 1, 1 ≤ batchSize ≤ samples.
    BatchOrder(std::uint64_t seed, std::uint32_t samples, std::uint32_t batchSize);

    /// The samples of the batch that `step` trains, valid until the next call.
    std::span<const std::uint32_t> batch(std::uint64_t step);

    /// Those `count` samples of an epoch that begin at its place `first`: for batches of varying size.
    std::span<const std::uint32_t> batch(std::uint64_t epoch, std::uint32_t first, std::uint32_t count);

    std::uint64_t stepsPerEpoch() const { return m_stepsPerEpoch; }

private:
    void shuffle(std::uint64_t epoch);

    std::uint64_t m_seed;
    std::uint32_t m_batchSize;
    std::uint64_t m_stepsPerEpoch;
    std::uint64_t m_epoch;
    std::vector<std::uint32_t> m_order;
};

} // namespace ratescope
