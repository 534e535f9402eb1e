// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/edge_count.h"

#include "app/plots/run_curves.h"

#include <algorithm>
#include <utility>

namespace ratescope {

namespace {

/// What a schedule's rate costs, in values of the budget; that of a formula, which is the dearest.
constexpr std::size_t costOfRate = 40;

} // namespace

void EdgeCount::setEdge(std::optional<double> edge) {
    if (edge == m_edge) return;
    *this = EdgeCount();
    m_edge = edge;
}

bool EdgeCount::update(const RunCurves& curves, WorkBudget& budget) {
    if (!m_edge || curves.run().isImported()) return true;
    if (curves.count() < m_done || curves.scheduleGeneration() != m_generation) {
        const std::optional<EdgeSteps> before = m_result;
        setEdge(std::exchange(m_edge, std::nullopt));
        m_result = before; // stands until the new one is known
        m_generation = curves.scheduleGeneration();
    }
    countDone(curves, budget);
    if (m_done < curves.count()) return false;
    const RunRecord& run = curves.run();
    const bool over = isOver(run.state);
    if (!over) {
        countAhead(curves, budget);
        if (m_aheadTo < run.length.steps) return false;
    }
    m_result = EdgeSteps{m_beyondDone + (over ? 0 : m_beyondAhead), over ? m_done : run.length.steps, *m_edge};
    return true;
}

void EdgeCount::countDone(const RunCurves& curves, WorkBudget& budget) {
    const std::vector<double>& rates = curves.run().rates;
    const std::size_t end = m_done + budget.take(curves.count() - m_done);
    for (; m_done < end; ++m_done) {
        m_beyondDone += rates[m_done] >= *m_edge;
        if (m_done >= m_aheadFrom && m_done < m_aheadTo) m_beyondAhead -= curves.rateAhead(m_done) >= *m_edge;
    }
}

void EdgeCount::countAhead(const RunCurves& curves, WorkBudget& budget) {
    if (m_aheadTo < m_done) m_aheadFrom = m_aheadTo = m_done;
    const auto steps = static_cast<std::size_t>(curves.run().length.steps);
    const std::size_t left = steps - std::min(m_aheadTo, steps);
    const std::size_t end = m_aheadTo + (budget.take(costOfRate * left) + costOfRate - 1) / costOfRate;
    for (; m_aheadTo < end; ++m_aheadTo) m_beyondAhead += curves.rateAhead(m_aheadTo) >= *m_edge;
}

} // namespace ratescope
