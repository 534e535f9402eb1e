// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/run_curves.h"

namespace ratescope {

RunCurves::RunCurves(RunPointer run, double smoothing)
    : m_run(std::move(run))
    , m_losses(smoothing) {
    rebuildSchedule();
    update(smoothing);
}

void RunCurves::rebuildSchedule() {
    m_schedule = scheduleOf(m_run->config, m_run->length);
    m_scheduled = m_run->config;
    m_scheduledLength = m_run->length;
}

bool RunCurves::update(double smoothing) {
    bool changed = false;
    if (m_scheduled != m_run->config || m_scheduledLength != m_run->length) {
        rebuildSchedule();
        changed = true;
    }
    if (m_losses.beta() != smoothing) {
        m_losses = SeriesPyramid(smoothing);
        changed = true;
    }
    if (m_losses.size() != m_run->losses.size()) {
        m_losses.extend(m_run->losses);
        m_rates.extend(m_run->rates);
        changed = true;
    }
    if (m_run->isRangeTest() && m_range.rates.size() != m_run->losses.size()) {
        m_range = rangeCurveOf(*m_run);
        m_suggestions = suggestAll(m_range);
        changed = true;
    }
    return changed;
}

} // namespace ratescope
