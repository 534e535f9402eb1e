// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/batch_order.h"

#include "core/data/random.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace ratescope {

BatchOrder::BatchOrder(std::uint64_t seed, std::uint32_t samples, std::uint32_t batchSize)
    : m_seed(seed)
    , m_batchSize(batchSize)
    , m_stepsPerEpoch((samples + batchSize - 1) / batchSize)
    , m_epoch(std::numeric_limits<std::uint64_t>::max())
    , m_order(samples) {}

std::span<const std::uint32_t> BatchOrder::batch(std::uint64_t step) {
    const std::uint64_t epoch = step / m_stepsPerEpoch;
    if (epoch != m_epoch) shuffle(epoch);
    const std::size_t first = (step % m_stepsPerEpoch) * m_batchSize;
    return std::span(m_order).subspan(first, std::min<std::size_t>(m_batchSize, m_order.size() - first));
}

std::span<const std::uint32_t> BatchOrder::batch(std::uint64_t epoch, std::uint32_t first, std::uint32_t count) {
    if (epoch != m_epoch) shuffle(epoch);
    return std::span(m_order).subspan(first, count);
}

void BatchOrder::shuffle(std::uint64_t epoch) {
    m_epoch = epoch;
    std::iota(m_order.begin(), m_order.end(), 0U);
    RandomStream(m_seed, "batch order", epoch).shuffle(m_order);
}

} // namespace ratescope
