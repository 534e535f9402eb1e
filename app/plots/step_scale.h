// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/plot_view.h"
#include "app/study/run_record.h"

#include <vector>

namespace ratescope {

/// Where a run's steps lie on an x axis: as their number, in epochs, samples or seconds of training; of a range test at
/// their rate, which of a halving falls and of a curve from elsewhere goes on as it was measured. Else strictly increasing.
/// A step's place is the moment at which its update is made: i updates, their epochs …
///
/// Seconds are known at epoch ends and for the step last made; between them steps are taken to be of one length.
class StepScale {
public:
    /// The run has to outlive it.
    StepScale(const RunRecord& run, StepUnit unit);

    /// `point`: an index into the run's losses, or between two of them; which of a log is not the step's number.
    double keyOf(double point) const;
    double stepOf(double key) const;
    /// Of so many updates, as an epoch's end or a mark has them.
    double keyOfUpdates(double updates) const;
    /// The steps [first, last) of `count` that lie within that range of the axis; all of them where there is none.
    std::pair<std::size_t, std::size_t> stepsWithin(const std::optional<AxisRange>& range, std::size_t count) const;
    /// The same as long as no step's place has changed.
    bool operator==(const StepScale& other) const;

private:
    double updatesOf(double key) const;
    double numberOf(double point) const;
    double pointOf(double number) const;
    double epochsOf(double step) const;
    double stepOfEpochs(double epochs) const;

    void makeAnchors();
    double rateOf(double step) const;
    double stepOfRate(double rate) const;

    struct Anchor {
        double step;
        double seconds;
        bool operator==(const Anchor&) const = default;
    };

    const RunRecord* m_run;
    StepUnit m_unit;
    std::uint64_t m_stepsPerEpoch; ///< what the run had when this was made
    std::uint32_t m_batch;
    std::shared_ptr<const GrownBatches> m_grown;
    std::optional<RangeTestSpec> m_test;
    std::size_t m_points = 0; ///< of a log; 0 where a point's number is its index
    bool m_ownRates = false; ///< of a test that does not go evenly from its first rate to its last
    double m_samplesPerEpoch = 0.0;
    std::vector<Anchor> m_anchors; ///< of seconds; at least two
};

/// Whether a range test's rates follow from its configuration alone, in equal steps up.
bool hasEvenRates(const RunRecord& test);

} // namespace ratescope
