// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/metrics_channel.h"

#include <bit>

namespace ratescope {

MetricsChannel::MetricsChannel(std::size_t capacity)
    : m_ring(std::bit_ceil(capacity))
    , m_mask(m_ring.size() - 1) {}

MetricsChannel::~MetricsChannel() {
    Block* block = m_published.load();
    while (block) {
        const std::unique_ptr<Block> owned(block);
        block = owned->next;
    }
}

void MetricsChannel::push(const StepMetrics& metrics) {
    const std::uint64_t head = m_head.load(std::memory_order_relaxed);
    const bool room = head - m_tail.load(std::memory_order_acquire) < m_ring.size();
    if (room) {
        if (m_overflow) publishBlock(); // older than what goes into the ring now
        m_ring[head & m_mask] = metrics;
        m_head.store(head + 1, std::memory_order_release);
        return;
    }
    if (!m_overflow) {
        m_overflow = std::make_unique<Block>();
        m_overflow->steps.reserve(blockSize);
        m_overflow->ringEnd = head;
    }
    m_overflow->steps.push_back(metrics);
    if (m_overflow->steps.size() == blockSize) publishBlock();
}

void MetricsChannel::flush() {
    if (m_overflow) publishBlock();
}

void MetricsChannel::publishBlock() {
    Block* block = m_overflow.release();
    block->next = m_published.load(std::memory_order_relaxed);
    while (!m_published.compare_exchange_weak(block->next, block, std::memory_order_release, std::memory_order_relaxed)) {
    }
}

void MetricsChannel::drainRing(std::vector<StepMetrics>& out, std::uint64_t end) {
    std::uint64_t tail = m_tail.load(std::memory_order_relaxed);
    for (; tail != end; ++tail) out.push_back(m_ring[tail & m_mask]);
    m_tail.store(tail, std::memory_order_release);
}

void MetricsChannel::drain(std::vector<StepMetrics>& out) {
    // The ring's end is read before the blocks are taken: the trainer publishes a block before it goes on in the ring, so
    // every block that belongs before `end` is among those taken here. Each block knows where in the ring it belongs.
    const std::uint64_t end = m_head.load(std::memory_order_acquire);
    Block* newest = m_published.exchange(nullptr, std::memory_order_acquire);
    Block* oldest = nullptr;
    while (newest) {
        Block* next = newest->next;
        newest->next = oldest;
        oldest = newest;
        newest = next;
    }
    while (oldest) {
        const std::unique_ptr<Block> block(oldest);
        drainRing(out, block->ringEnd);
        out.insert(out.end(), block->steps.begin(), block->steps.end());
        oldest = block->next;
    }
    if (m_tail.load(std::memory_order_relaxed) < end) drainRing(out, end);
}

} // namespace ratescope
