// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/run_record.h"
#include "core/analysis/range_curve.h"
#include "core/analysis/series_pyramid.h"
#include "core/schedule/schedule.h"

#include <limits>
#include <optional>

namespace ratescope {

/// What the plots derive from one run, kept up to date as it grows: pyramids of its loss (of a range test: smoothed as the test is) and its rate, its schedule, and
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

    /// Of a range test. The spread is that of the points so far.
    const RangeCurve& range() const { return m_range.curve(); }
    struct Spread {
        double low = std::numeric_limits<double>::infinity();
        double high = -std::numeric_limits<double>::infinity();
        void add(double value);
    };
    const Spread& smoothedSpread() const { return m_smoothedSpread; }
    const Spread& slopeSpread() const { return m_slopeSpread; }
    /// The slopes' ranges at all scales, but for the last slope, which the next point changes.
    const RatePyramid& slopes() const { return m_slopes; }
    /// Every rule's answer, once the test is over.
    const std::vector<Suggestion>& suggestions() const { return m_suggestions; }

private:
    void rebuildSchedule();
    void extendRange();

    RunPointer m_run;
    SeriesPyramid m_losses;
    RatePyramid m_rates;
    std::optional<Schedule> m_schedule;
    RunConfig m_scheduled; ///< the configuration that m_schedule was made of
    RunLength m_scheduledLength;
    RangeCurveBuilder m_range;
    RatePyramid m_slopes;
    Spread m_smoothedSpread;
    Spread m_slopeSpread;
    std::vector<Suggestion> m_suggestions;
};

} // namespace ratescope
