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

/// A range test at a rate, or seeds of one that are drawn as one.
struct TestReading {
    const Figure::Entry* entry = nullptr; ///< of seeds the first
    const SeedTest* group = nullptr;
    double rate = 0.0; ///< of the step that lies nearest
    double loss = 0.0; ///< smoothed; over seeds its mean or median, as what follows
    std::optional<double> slope{};
    std::optional<double> validation{}; ///< loss
    std::optional<double> accuracy{};   ///< of validation, in percent
    std::size_t diverged = 0;         ///< seeds that have diverged at this rate or before

    /// What the lower frame shows.
    std::optional<double> lower(TestLower lower) const { return lower == TestLower::Slope ? slope : accuracy; }
    /// Its value in a frame of the range test.
    std::optional<double> valueIn(PlotPlace place, TestLower which) const {
        return place == PlotPlace::TestLoss ? std::optional(loss) : lower(which);
    }
};
std::vector<TestReading> readTests(const Figure& figure, double rate);

} // namespace ratescope
