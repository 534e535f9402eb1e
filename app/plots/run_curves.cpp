// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/run_curves.h"

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

double testSmoothing(const RunRecord& run) { return run.config.rangeTest.value_or(RangeTestSpec{}).smoothing; }

} // namespace

void RunCurves::Spread::add(double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
}

RunCurves::RunCurves(RunPointer run, double smoothing)
    : m_run(std::move(run))
    , m_losses(smoothing)
    , m_range(testSmoothing(*m_run)) {
    rebuildSchedule();
    update(smoothing);
}

void RunCurves::rebuildSchedule() {
    m_schedule = scheduleOf(m_run->config, m_run->length);
    m_scheduled = m_run->config;
    m_scheduledLength = m_run->length;
    // Only a run that has not begun changes its configuration, so there is no curve to be lost.
    m_range = RangeCurveBuilder(testSmoothing(*m_run));
}

bool RunCurves::update(double smoothing) {
    bool changed = false;
    if (m_scheduled != m_run->config || m_scheduledLength != m_run->length) {
        const bool begun = m_run->stepCount() > 0;
        if (!begun) rebuildSchedule();
        m_scheduled = m_run->config; // of one that has begun: its name or colour
        changed = true;
    }
    if (m_run->isRangeTest()) smoothing = testSmoothing(*m_run);
    if (m_losses.beta() != smoothing) {
        m_losses = SeriesPyramid(smoothing);
        changed = true;
    }
    if (m_losses.size() != m_run->losses.size()) {
        m_losses.extend(m_run->losses);
        m_rates.extend(m_run->rates);
        if (m_run->isRangeTest()) extendRange();
        changed = true;
    }
    if (m_run->isRangeTest() && isOver(m_run->state) && m_suggestions.empty()) {
        m_suggestions = suggestAll(range());
        changed = true;
    }
    return changed;
}

void RunCurves::extendRange() {
    for (std::size_t i = range().rates.size(); i < m_run->losses.size(); ++i) {
        m_range.add(m_run->rates[i], m_run->losses[i]);
        m_smoothedSpread.add(range().smoothed.back());
        if (i > 0) m_slopeSpread.add(range().slopes[i - 1]);
    }
    const std::vector<double>& slopes = range().slopes;
    m_slopes.extend(std::span(slopes).first(slopes.empty() ? 0 : slopes.size() - 1));
}

} // namespace ratescope
