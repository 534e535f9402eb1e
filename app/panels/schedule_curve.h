// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/schedule.h"

#include <QString>

#include <vector>

namespace ratescope {

/// The rate of one step, as it is drawn.
struct RatePoint {
    double step = 0.0;
    double rate = 0.0;
};

/// The rates of a run, at as many of its steps as a picture of that width in pixels can show. Between two of them lie
/// different numbers of steps, so that cycles that are as long as these do not vanish.
std::vector<RatePoint> sampledRates(const Schedule& schedule, const RunLength& length, int columns);

/// What a schedule that depends on the data makes of data that are made up: a loss that comes closer to a floor, which
/// a lower rate lowers, and that runs away twice where the first rate of a `halving` is tried.
struct DataExample {
    std::vector<RatePoint> rates;
    std::vector<RatePoint> losses; ///< from 0 to 1
};
DataExample exampleOf(const Schedule& schedule, const RunLength& length);

/// What has to be said of a schedule that depends on the data, beside its curve; empty: it does not.
QString noteOnData(const Schedule& schedule, const RunLength& length, const DataExample& example);

/// A warning of core's in the window's language.
QString warningText(const ScheduleWarning& warning);

/// A rate or a time as people write it: four digits.
QString numberText(double value);

} // namespace ratescope
