// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/schedule.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace ratescope {

/// The family `type` as somebody would want it who trains at about `rate` for `length` in that unit: what the gallery shows
/// and a new schedule starts from. What `before` has of the same name is kept where `length` is still the measure.
/// Throws ratescope::Error for a family that is not in the table.
ScheduleSpec suggestedSchedule(std::string_view type, double rate, double length, TimeUnit unit,
                               const ScheduleSpec* before = nullptr);

/// The rate that a person would call the rate of this schedule: its peak, where it has one of its own, else `lr`.
double typicalRate(const ScheduleSpec& spec);

/// How long a run is in that unit.
double lengthIn(TimeUnit unit, const RunLength& length);
/// When in that unit the update number `step` is made.
double timeIn(TimeUnit unit, const RunLength& length, std::uint64_t step);
/// The first step at which that unit's time is `t` or later; at most `length.steps`.
std::uint64_t stepAt(TimeUnit unit, const RunLength& length, double t);

/// A `piecewise` in that unit that follows the schedule over the whole run within a hundredth of the highest rate,
/// small rates as near to a hundredth of their own as it gets, with at most `most` handles where these are enough, as
/// near as they get else; exactly where the schedule goes in at most that many flat stretches.
ScheduleSpec asHandles(const Schedule& schedule, TimeUnit unit, std::size_t most = 24);

/// A `piecewise` in steps that gives the rates that a run has used: bit by bit where they go in at most `maximumPoints` flat
/// stretches, as they do where a hand has driven; else within a millionth, if that many handles reach for it.
ScheduleSpec drivenSchedule(std::span<const double> rates);

/// The `piecewise` with the same rates, in the other unit; handles move to where their steps lie.
ScheduleSpec inUnit(const ScheduleSpec& piecewise, TimeUnit unit, const RunLength& length);

} // namespace ratescope
