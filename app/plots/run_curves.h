// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/edge_count.h"
#include "app/plots/smoothed_series.h"
#include "app/study/range_answers.h"
#include "app/study/run_record.h"
#include "core/analysis/range_curve.h"
#include "core/schedule/schedule.h"

#include <cstdint>
#include <future>
#include <limits>
#include <optional>

namespace ratescope {

/// What the plots derive from one run, kept up to date as it grows: pyramids of its loss (of a range test: smoothed as the
/// test is) and its rate, its schedule, and for a range test its curve with the rules' answers and its zones.
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
    const SmoothedSeries& losses() const { return m_losses; }
    const RatePyramid& rates() const { return m_rates; }
    /// The smoothed loss at a step below count().
    double smoothedLoss(std::size_t step) const { return m_losses.smoothed(m_run->losses, step); }
    /// Goes up whenever what was taken in has changed rather than grown.
    std::uint64_t generation() const { return m_generation + m_losses.generation(); }
    /// What the run follows: the schedule of its configuration, or what it was changed to by hand.
    const Schedule& schedule() const { return *m_schedule; }
    /// The rate of a step to come, as far as that can be said now.
    double rateAhead(std::size_t step) const { return m_schedule->at(m_run->length.timeOf(step), m_feedback); }
    /// Goes up whenever what is to come has changed.
    std::uint64_t scheduleGeneration() const { return m_scheduleGeneration; }

    /// What a fitted axis has to show: the smoothed loss, averaged over a few hundred stretches; the rates used and,
    /// while the run is not over, those to come.
    ValueExtent lossExtent() const { return m_losses.extent(m_run->losses); }
    ValueExtent rateExtent() const;

    /// Of a range test. The spread is that of the points so far.
    const RangeCurve& range() const { return m_range.curve(); }
    struct Spread {
        double low = std::numeric_limits<double>::infinity();
        double high = -std::numeric_limits<double>::infinity();
        void add(double value);
    };
    const Spread& rawSpread() const { return m_rawSpread; }
    const Spread& smoothedSpread() const { return m_smoothedSpread; }
    const Spread& slopeSpread() const { return m_slopeSpread; }
    const Spread& validationLossSpread() const { return m_validationLossSpread; }
    const Spread& accuracySpread() const { return m_accuracySpread; } ///< of validation, in percent
    /// Rates of the test after which it was validated.
    std::size_t validated() const { return m_validated; }
    /// Every rule's answer, once the test is over; and the zones of its rates, where it has any.
    const RangeAnswers& answers() const { return m_answers; }
    const std::optional<RateZones>& zones() const { return m_zones; }
    /// Whether the rules have looked at the test.
    bool isAnswered() const { return m_answered; }

    /// From which rate on the run's steps are to be counted; none: not at all.
    void setEdge(std::optional<double> edge) { m_edge.setEdge(edge); }
    /// Counts on, as far as the budget reaches. Returns whether nothing is left to be counted.
    bool countBeyondEdge(WorkBudget& budget) { return m_edge.update(*this, budget); }
    const std::optional<EdgeSteps>& beyondEdge() const { return m_edge.result(); }

private:
    void restart();
    void rebuildSchedule();
    void takeConfiguration();
    bool takeFeedback();
    /// What a test that is over says: of a long one worked out beside the GUI thread.
    struct Verdict {
        RangeAnswers answers;
        std::optional<RateZones> zones;
    };
    bool takeVerdict(const WorkBudget& budget);
    void extendRange();

    RunPointer m_run;
    SmoothedSeries m_losses;
    RatePyramid m_rates;
    std::uint64_t m_generation = 0;
    ValueExtent m_scheduleExtent;
    std::optional<Schedule> m_schedule;
    RunConfig m_scheduled; ///< the configuration that m_schedule was made of
    RunLength m_scheduledLength;
    ScheduleSpec m_followed;
    RateFeedback m_feedback;
    std::size_t m_feedbackEpochs = 0; ///< that it has taken in
    std::uint64_t m_scheduleGeneration = 0;
    RangeCurveBuilder m_range;
    Spread m_rawSpread;
    Spread m_smoothedSpread;
    Spread m_slopeSpread;
    Spread m_validationLossSpread;
    Spread m_accuracySpread;
    std::size_t m_validated = 0;
    RangeAnswers m_answers;
    std::optional<RateZones> m_zones;
    bool m_answered = false;
    EdgeCount m_edge;
    std::future<Verdict> m_verdict; ///< last: it is waited for before what it reads is gone
};

} // namespace ratescope
