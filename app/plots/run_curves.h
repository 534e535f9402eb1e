// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/run_record.h"
#include "core/analysis/range_curve.h"
#include "core/analysis/series_pyramid.h"
#include "core/schedule/schedule.h"

#include <optional>

namespace ratescope {

/// What the plots derive from one run, kept up to date as it grows: pyramids of its loss and its rate, its schedule, and
/// for a range test its curve with the rules' answers.
class RunCurves {
public:
    explicit RunCurves(RunPointer run, double smoothing);

    /// Takes in what is new in the run; O(new steps). Returns whether anything was.
    bool update(double smoothing);

    const RunRecord& run() const { return *m_run; }
    const SeriesPyramid& losses() const { return m_losses; }
    const RatePyramid& rates() const { return m_rates; }
    /// The rate of any step of the run, done or to come.
    const Schedule& schedule() const { return *m_schedule; }
    const RangeCurve& range() const { return m_range; }
    const std::vector<Suggestion>& suggestions() const { return m_suggestions; }

private:
    void rebuildSchedule();

    RunPointer m_run;
    SeriesPyramid m_losses;
    RatePyramid m_rates;
    std::optional<Schedule> m_schedule;
    RunConfig m_scheduled; ///< the configuration that m_schedule was made of
    RunLength m_scheduledLength;
    RangeCurve m_range;
    std::vector<Suggestion> m_suggestions;
};

} // namespace ratescope
