// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/run_record.h"
#include "core/training/checkpoint.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

namespace ratescope {

/// The states that runs can be forked at, as far as memory is given for them. Where it runs out, the run that takes
/// most gives one up: of its states the one whose neighbours lie nearest to each other, and never the newest. So does a
/// run of more epochs than anybody could choose among.
class CheckpointShelf {
public:
    static constexpr std::size_t defaultLimit = std::size_t(512) << 20;
    static constexpr std::size_t mostStates = 500; ///< of a run: each that comes has a look at all that are there

    void setLimit(std::size_t bytes);
    std::size_t limit() const { return m_limit; }
    std::size_t bytes() const { return m_bytes; }
    /// Of one run alone.
    std::size_t bytesOf(RunId run) const;

    void add(RunId run, CheckpointPointer checkpoint);
    /// The state after that many updates, or null.
    CheckpointPointer find(RunId run, std::uint64_t step) const;
    /// The last one after so many updates or fewer, or null.
    CheckpointPointer findUpTo(RunId run, std::uint64_t step) const;
    /// The newest, or null.
    CheckpointPointer newest(RunId run) const;
    /// After how many updates there are states, ascending.
    std::vector<std::uint64_t> stepsOf(RunId run) const;
    void drop(RunId run);

private:
    struct Kept {
        CheckpointPointer checkpoint;
        std::size_t bytes = 0;
    };
    struct Row {
        std::map<std::uint64_t, Kept> states; ///< by step
        std::size_t bytes = 0;
    };

    void shrink();
    void giveUpOne(Row& row);

    std::map<RunId, Row> m_rows;
    std::size_t m_limit = defaultLimit;
    std::size_t m_bytes = 0;
};

} // namespace ratescope
