// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/schedule.h"

#include <optional>

namespace ratescope {

/// The schedule with `rate` as its typical rate (typicalRate()): its family and its times are kept, and its other rates (an
/// end, a lower bound, handles, the parts of a sequence) keep their proportion to it, as far as their ranges allow. None for
/// a formula that speaks of no lr, and for what holds one: there is nothing to put the rate into.
std::optional<ScheduleSpec> withRate(const ScheduleSpec& spec, double rate);

/// A schedule that goes between 0 < low < high over a run of that length: a `cyclical` keeps its half period and mode, a
/// `one_cycle` climbs from low to high, anything else becomes triangles that climb for two epochs (Smith 2017 takes two to
/// ten), or for half the run where that is shorter, in the unit that the schedule counts in.
ScheduleSpec withBounds(const ScheduleSpec& spec, double low, double high, const RunLength& length);

} // namespace ratescope
