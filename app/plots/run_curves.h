// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/value_extent.h"
#include "app/study/run_record.h"
#include "core/analysis/range_curve.h"
#include "core/analysis/series_pyramid.h"
#include "core/schedule/schedule.h"

#include <cstdint>
#include <limits>
#include <optional>

namespace ratescope {

/// How many values may still be taken in before the window wants to go on: what a million new values need is spread over
/// frames.
class WorkBudget {
public:
    explicit WorkBudget(std::size_t values = std::numeric_limits<std::size_t>::max())
        : m_left(values) {}
    /// At most `wanted`, taken off what is left.
    std::size_t take(std::size_t wanted) {
        const std::size_t given = std::min(wanted, m_left);
        m_left -= given;
        return given;
    }
    bool isSpent() const { return m_left == 0; }

private:
    std::size_t m_left;
};

/// What the plots derive from one run, kept up to date as it grows: pyramids of its loss (of a range test: smoothed as the
/// test is) and its rate, its schedule, and for a range test its curve with the rules' answers.
class RunCurves {
public:
    explicit RunCurves(RunPointer run);

    /// Takes in what is new in the run, as far as the budget reaches. A smoothing that is not the one so far is computed
    /// beside the old one, which stays until the new one is complete. Returns whether nothing is left to be taken in.
    bool update(double smoothing, WorkBudget& budget);

    const RunRecord& run() const { return *m_run; }
    const RunPointer& pointer() const { return m_run; }
    /// Steps that are taken in.
    std::size_t count() const { return m_losses.size(); }
    const SeriesPyramid& losses() const { return m_losses; }
    const RatePyramid& rates() const { return m_rates; }
    /// The smoothed loss at a step below count().
    double smoothedLoss(std::size_t step) const;
    /// Goes up whenever what was taken in has changed rather than grown.
    std::uint64_t generation() const { return m_generation; }
    /// What the run follows: the schedule of its configuration, or what it was changed to by hand.
    const Schedule& schedule() const { return *m_schedule; }
    /// The rate of a step to come, as far as that can be said now.
    double rateAhead(std::size_t step) const { return m_schedule->at(m_run->length.timeOf(step), m_feedback); }
    /// Goes up whenever what is to come has changed.
    std::uint64_t scheduleGeneration() const { return m_scheduleGeneration; }

    /// What a fitted axis has to show: the smoothed loss, averaged over a few hundred stretches; the rates used and,
    /// while the run is not over, those to come.
    ValueExtent lossExtent() const;
    ValueExtent rateExtent() const;

    /// Of a range test. The spread is that of the points so far.
    const RangeCurve& range() const { return m_range.curve(); }
    struct Spread {
        double low = std::numeric_limits<double>::infinity();
        double high = -std::numeric_limits<double>::infinity();
        void add(double value);
    };
    const Spread& smoothedSpread() const { return m_smoothedSpread; }
    const Spread& slopeSpread() const { return m_slopeSpread; }
    /// Every rule's answer, once the test is over.
    const std::vector<Suggestion>& suggestions() const { return m_suggestions; }

private:
    void restart();
    void rebuildSchedule();
    void takeConfiguration();
    bool takeFeedback();
    void extendRange();
    void extendExtent();

    RunPointer m_run;
    SeriesPyramid m_losses;
    std::optional<SeriesPyramid> m_next; ///< with another smoothing, while it is not complete
    RatePyramid m_rates;
    std::uint64_t m_generation = 0;
    ValueExtent m_lossExtent;         ///< of the first m_extentDone steps
    std::size_t m_extentDone = 0;
    ValueExtent m_scheduleExtent;
    std::optional<Schedule> m_schedule;
    RunConfig m_scheduled; ///< the configuration that m_schedule was made of
    RunLength m_scheduledLength;
    ScheduleSpec m_followed;
    RateFeedback m_feedback;
    std::size_t m_feedbackEpochs = 0; ///< that it has taken in
    std::uint64_t m_scheduleGeneration = 0;
    RangeCurveBuilder m_range;
    Spread m_smoothedSpread;
    Spread m_slopeSpread;
    std::vector<Suggestion> m_suggestions;
};

} // namespace ratescope
