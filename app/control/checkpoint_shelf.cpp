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

std::size_t CheckpointShelf::bytesOf(RunId run) const {
    const auto row = m_rows.find(run);
    return row == m_rows.end() ? 0 : row->second.bytes;
}

void CheckpointShelf::add(RunId run, CheckpointPointer checkpoint) {
    const std::uint64_t step = checkpoint->weights.step;
    Row& row = m_rows[run];
    Kept& kept = row.states[step];
    for (std::size_t* bytes : {&m_bytes, &row.bytes}) *bytes += checkpoint->bytes() - kept.bytes;
    kept.bytes = checkpoint->bytes();
    kept.checkpoint = std::move(checkpoint);
    if (row.states.size() > mostStates) giveUpOne(row);
    shrink();
}

CheckpointPointer CheckpointShelf::find(RunId run, std::uint64_t step) const {
    const auto row = m_rows.find(run);
    if (row == m_rows.end()) return nullptr;
    const auto kept = row->second.states.find(step);
    return kept == row->second.states.end() ? nullptr : kept->second.checkpoint;
}

CheckpointPointer CheckpointShelf::findUpTo(RunId run, std::uint64_t step) const {
    const auto row = m_rows.find(run);
    if (row == m_rows.end()) return nullptr;
    const auto after = row->second.states.upper_bound(step);
    return after == row->second.states.begin() ? nullptr : std::prev(after)->second.checkpoint;
}

CheckpointPointer CheckpointShelf::newest(RunId run) const {
    return findUpTo(run, std::numeric_limits<std::uint64_t>::max());
}

std::vector<std::uint64_t> CheckpointShelf::stepsOf(RunId run) const {
    std::vector<std::uint64_t> steps;
    if (const auto row = m_rows.find(run); row != m_rows.end())
        for (const auto& [step, kept] : row->second.states) steps.push_back(step);
    return steps;
}

void CheckpointShelf::drop(RunId run) {
    const auto row = m_rows.find(run);
    if (row == m_rows.end()) return;
    m_bytes -= row->second.bytes;
    m_rows.erase(row);
}

void CheckpointShelf::shrink() {
    while (m_bytes > m_limit) {
        const auto largest = std::ranges::max_element(
            m_rows, {}, [](const auto& row) { return row.second.states.size() > 1 ? row.second.bytes : 0; });
        if (largest == m_rows.end() || largest->second.states.size() < 2) return; // everybody keeps the newest
        giveUpOne(largest->second);
    }
}

void CheckpointShelf::giveUpOne(Row& row) {
    auto victim = row.states.begin();
    std::uint64_t narrowest = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t before = 0;
    for (auto kept = row.states.begin(); std::next(kept) != row.states.end(); ++kept) {
        const std::uint64_t gap = std::next(kept)->first - before;
        if (gap <= narrowest) {
            narrowest = gap;
            victim = kept;
        }
        before = kept->first;
    }
    for (std::size_t* bytes : {&m_bytes, &row.bytes}) *bytes -= victim->second.bytes;
    row.states.erase(victim);
}

} // namespace ratescope
