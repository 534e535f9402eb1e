// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/plot_view.h"
#include "app/plots/run_curves.h"

#include <vector>

namespace ratescope {

/// Ranges that make the given runs fill their plot without one outlier squeezing all the rest flat. Each is never empty
/// and, for a logarithmic axis, above 0. The rate's and the steps' ranges take in what the schedules still hold.
PlotView::Range fittedSteps(const std::vector<const RunCurves*>& runs, bool logarithmic);
PlotView::Range fittedLoss(const std::vector<const RunCurves*>& runs, bool logarithmic);
PlotView::Range fittedRate(const std::vector<const RunCurves*>& runs, bool logarithmic);
PlotView::Range fittedTestRate(const std::vector<const RunCurves*>& tests);
PlotView::Range fittedTestLoss(const std::vector<const RunCurves*>& tests, bool logarithmic);
PlotView::Range fittedTestSlope(const std::vector<const RunCurves*>& tests);

} // namespace ratescope
