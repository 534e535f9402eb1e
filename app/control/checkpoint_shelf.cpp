// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/control/checkpoint_shelf.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace ratescope {

void CheckpointShelf::setLimit(std::size_t bytes) {
    m_limit = bytes;
    shrink();
}

std::size_t CheckpointShelf::sizeOf(const Row& row) {
    std::size_t bytes = 0;
    for (const auto& [step, kept] : row) bytes += kept.bytes;
    return bytes;
}

std::size_t CheckpointShelf::bytesOf(RunId run) const {
    const auto row = m_rows.find(run);
    return row == m_rows.end() ? 0 : sizeOf(row->second);
}

void CheckpointShelf::add(RunId run, CheckpointPointer checkpoint) {
    const std::uint64_t step = checkpoint->weights.step;
    Kept& kept = m_rows[run][step];
    m_bytes -= kept.bytes;
    kept.bytes = checkpoint->bytes();
    kept.checkpoint = std::move(checkpoint);
    m_bytes += kept.bytes;
    shrink();
}

CheckpointPointer CheckpointShelf::find(RunId run, std::uint64_t step) const {
    const auto row = m_rows.find(run);
    if (row == m_rows.end()) return nullptr;
    const auto kept = row->second.find(step);
    return kept == row->second.end() ? nullptr : kept->second.checkpoint;
}

std::vector<std::uint64_t> CheckpointShelf::stepsOf(RunId run) const {
    std::vector<std::uint64_t> steps;
    if (const auto row = m_rows.find(run); row != m_rows.end())
        for (const auto& [step, kept] : row->second) steps.push_back(step);
    return steps;
}

void CheckpointShelf::drop(RunId run) {
    const auto row = m_rows.find(run);
    if (row == m_rows.end()) return;
    m_bytes -= sizeOf(row->second);
    m_rows.erase(row);
}

void CheckpointShelf::shrink() {
    while (m_bytes > m_limit) {
        const auto largest = std::ranges::max_element(
            m_rows, {}, [](const auto& row) { return row.second.size() > 1 ? sizeOf(row.second) : 0; });
        if (largest == m_rows.end() || largest->second.size() < 2) return; // everybody keeps the newest
        Row& row = largest->second;
        auto victim = row.begin();
        std::uint64_t narrowest = std::numeric_limits<std::uint64_t>::max();
        std::uint64_t before = 0;
        for (auto kept = row.begin(); std::next(kept) != row.end(); ++kept) {
            const std::uint64_t gap = std::next(kept)->first - before;
            if (gap <= narrowest) {
                narrowest = gap;
                victim = kept;
            }
            before = kept->first;
        }
        m_bytes -= victim->second.bytes;
        row.erase(victim);
    }
}

} // namespace ratescope
