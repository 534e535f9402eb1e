// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/run_record.h"

#include <vector>

namespace ratescope {

/// How quickly the plot page draws, in milliseconds.
struct FrameSpeed {
    double replot = 0.0;    ///< all of the page anew, after a zoom
    double crosshair = 0.0; ///< from a mouse move to the painted window
    double append = 0.0;    ///< a frame in which every run has grown a little
    double smoothing = 0.0; ///< until all is drawn with another smoothing
};

/// Runs as training leaves them, made up: noisy losses that fall, schedules of several kinds, 20 epochs with validation.
std::vector<std::shared_ptr<RunRecord>> benchmarkRuns(int runs, std::size_t steps, int rangeTests);

/// Medians over `repeats` frames of the page at 1920 × 1080, with lines of 3 pixels and spread, for those runs. Needs
/// the GUI thread; a window is shown on the platform there is.
FrameSpeed measureFrames(const std::vector<std::shared_ptr<RunRecord>>& runs, int repeats);

} // namespace ratescope
