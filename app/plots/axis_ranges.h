// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/plot_view.h"
#include "app/plots/run_curves.h"
#include "app/plots/run_shapes.h"

#include <vector>

namespace ratescope {

/// Ranges that make the given runs fill their plot without one outlier squeezing all the rest flat. Each is never empty
/// and, for a logarithmic axis, above 0. The rate's and the steps' ranges take in what the schedules still hold.
AxisRange fittedSteps(const std::vector<const RunCurves*>& runs, StepUnit unit, bool logarithmic);
AxisRange fittedLoss(const std::vector<const RunCurves*>& runs, bool logarithmic);
AxisRange fittedDifferences(const std::vector<const RunDifference*>& differences);
/// Of error or accuracy, in percent.
AxisRange fittedScores(const std::vector<const RunCurves*>& runs, Quantity quantity, bool logarithmic);
AxisRange fittedRate(const std::vector<const RunCurves*>& runs, bool logarithmic);
AxisRange fittedTestRate(const std::vector<const RunCurves*>& tests);
/// `raw`: down to the lowest single loss, which smoothing may come to long after.
AxisRange fittedTestLoss(const std::vector<const RunCurves*>& tests, bool logarithmic, bool raw = true);
AxisRange fittedTestSlope(const std::vector<const RunCurves*>& tests);
/// Of validation, in percent.
AxisRange fittedTestAccuracy(const std::vector<const RunCurves*>& tests);

} // namespace ratescope
