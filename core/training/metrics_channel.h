// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace ratescope {

/// What one update was: its number from 0, the rate that it used and the mean loss of its batch before it.
struct StepMetrics {
    std::uint64_t step = 0;
    double rate = 0.0;
    float loss = 0.0F;
    bool operator==(const StepMetrics&) const = default;
};

/// Carries the metrics of every step from one trainer to one reader, in order and without loss. No locks: a ring for the
/// common case, and blocks in a lock-free list for a reader that has been away so long that the ring is full. The
/// trainer never waits; push() allocates only when a block begins.
class MetricsChannel {
public:
    /// `capacity` of the ring, rounded up to a power of two.
    explicit MetricsChannel(std::size_t capacity = 8192);
    ~MetricsChannel();
    MetricsChannel(const MetricsChannel&) = delete;
    MetricsChannel& operator=(const MetricsChannel&) = delete;

    /// Trainer's side.
    void push(const StepMetrics& metrics);
    /// Trainer's side, before a pause and after the last push: hands over what a block still holds.
    void flush();

    /// Reader's side: appends to `out` everything that has been handed over, in order.
    void drain(std::vector<StepMetrics>& out);

    /// Seconds spent in training steps so far, evaluation and pauses left out. Written by the trainer, read by anybody.
    void setTrainSeconds(double seconds) { m_trainSeconds.store(seconds, std::memory_order_relaxed); }
    double trainSeconds() const { return m_trainSeconds.load(std::memory_order_relaxed); }

private:
    /// Steps that did not fit into the ring; they come after everything in the ring below `ringEnd`.
    struct Block {
        std::vector<StepMetrics> steps;
        std::uint64_t ringEnd = 0;
        Block* next = nullptr;
    };
    static constexpr std::size_t blockSize = 4096;

    void publishBlock();
    void drainRing(std::vector<StepMetrics>& out, std::uint64_t end);

    std::vector<StepMetrics> m_ring;
    std::uint64_t m_mask;
    std::unique_ptr<Block> m_overflow;             ///< trainer's
    std::atomic<Block*> m_published{nullptr};      ///< newest first
    alignas(64) std::atomic<std::uint64_t> m_head{0}; ///< next slot the trainer fills
    alignas(64) std::atomic<std::uint64_t> m_tail{0}; ///< next slot the reader takes
    alignas(64) std::atomic<double> m_trainSeconds{0.0};
};

} // namespace ratescope
