// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/figure.h"

#include <optional>
#include <vector>

namespace ratescope {

/// What a run's curves say at one place of the x axis.
struct RunReading {
    const Figure::Entry* entry = nullptr;
    std::uint64_t step = 0;
    std::optional<double> value; ///< the smoothed loss or its difference, or the score that is shown
    std::optional<double> rate;  ///< used, or to come
};

/// The visible runs at `x`, in the view's unit; runs that do not reach as far are left out.
std::vector<RunReading> readRuns(const Figure& figure, double x);

/// A range test at a rate.
struct TestReading {
    const Figure::Entry* entry = nullptr;
    double rate = 0.0; ///< of the step that lies nearest
    double loss = 0.0; ///< smoothed
    std::optional<double> slope;
};
std::vector<TestReading> readTests(const Figure& figure, double rate);

} // namespace ratescope
