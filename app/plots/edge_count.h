// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/smoothed_series.h"

#include <cstdint>
#include <optional>

namespace ratescope {

class RunCurves;

/// How much of a run lies beyond the edge of what a range test has found to hold.
struct EdgeSteps {
    std::uint64_t beyond = 0; ///< steps with a rate of at least `edge`
    std::uint64_t steps = 0;  ///< of so many, those to come as well
    double edge = 0.0;
    bool operator==(const EdgeSteps&) const = default;
};

/// Counts the steps of a run, made or to come, whose rate is at or above an edge: in pieces, as a budget allows, and from
/// then on as the run goes on.
class EdgeCount {
public:
    /// None: nothing is counted.
    void setEdge(std::optional<double> edge);
    /// Returns whether nothing is left to be counted.
    bool update(const RunCurves& curves, WorkBudget& budget);
    /// None while there is no edge, and until all steps are counted for the first time.
    const std::optional<EdgeSteps>& result() const { return m_result; }

private:
    void countDone(const RunCurves& curves, WorkBudget& budget);
    void countAhead(const RunCurves& curves, WorkBudget& budget);

    std::optional<double> m_edge;
    std::uint64_t m_generation = 0; ///< of the schedule that the steps to come were counted by
    std::size_t m_done = 0;         ///< steps that were made and are counted
    std::uint64_t m_beyondDone = 0;
    std::size_t m_aheadFrom = 0;    ///< steps [m_aheadFrom, m_aheadTo) are counted as steps to come
    std::size_t m_aheadTo = 0;
    std::uint64_t m_beyondAhead = 0;
    std::optional<EdgeSteps> m_result;
};

} // namespace ratescope
