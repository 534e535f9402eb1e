// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/plot_view.h"
#include "app/plots/smoothed_series.h"
#include "app/study/run_record.h"

#include <optional>
#include <utility>
#include <vector>

namespace ratescope {

/// The run that `view` compares the others with: the chosen one; where none is chosen, or it is gone, the first visible run
/// with which another visible one can be compared. Null: there is none, or the view is of something else.
RunPointer referenceOf(const std::vector<RunPointer>& runs, const PlotView& view);

/// Those of the runs that share their beginning with another of them.
std::vector<RunPointer> comparableRuns(const std::vector<RunPointer>& runs);

/// Whether the differences from that reference have a curve for this run.
bool isCompared(const RunRecord& run, const RunRecord* reference);

/// In double, so that nothing is lost before it is rounded once.
inline float differenceOf(float loss, float reference) {
    return static_cast<float>(static_cast<double>(loss) - static_cast<double>(reference));
}

/// The loss of one run less that of another over the steps that both have made, kept up to date as they grow.
/// Smoothing is linear: the smoothed difference is the difference of the smoothed losses.
class RunDifference {
public:
    RunDifference(RunPointer run, RunPointer reference);

    /// Takes in what is new in both runs, as far as the budget reaches. Returns whether nothing is left to be taken in.
    bool update(double smoothing, WorkBudget& budget);

    const RunPointer& run() const { return m_run; }
    const RunPointer& reference() const { return m_reference; }
    /// Steps that are taken in.
    std::size_t count() const { return m_series.size(); }
    const std::vector<float>& values() const { return m_values; }
    const SmoothedSeries& series() const { return m_series; }
    /// The smoothed difference at a step below count().
    double smoothed(std::size_t step) const { return m_series.smoothed(m_values, step); }
    /// Of the validation losses at the end of that epoch of the run; none where the reference has none at the same step.
    std::optional<double> validation(const EpochMetrics& epoch) const;

    /// What a fitted axis has to show: the smoothed differences, averaged over a few hundred stretches, and those of the
    /// validation losses.
    ValueExtent extent() const;

private:
    RunPointer m_run;
    RunPointer m_reference;
    std::vector<float> m_values;
    SmoothedSeries m_series;
};

/// “B − A”.
QString differenceName(const RunRecord& run, const RunRecord& reference);

} // namespace ratescope
