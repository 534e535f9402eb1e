// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/schedule_spec.h"

#include <cstdint>

namespace ratescope {

/// Why a rate is another one than the schedule of the configuration would have it, or than it was.
enum class RateCause {
    Hand,    ///< somebody has changed the schedule while the run went on
    Plateau, ///< a `plateau` has seen no progress
    Halving, ///< the loss has run away: a `halving` has gone back to the initial weights
};

/// `hand`, `plateau`, `halving`.
inline constexpr const char* rateCauseNames[] = {"hand", "plateau", "halving"};

/// A change of the rate that was not to be foreseen.
struct RateChange {
    std::uint64_t step = 0;   ///< the first update that it holds for
    double before = 0.0;      ///< what the rate of that update would have been
    double after = 0.0;       ///< what it was
    RateCause cause = RateCause::Hand;
    std::uint64_t gesture = 0; ///< changes of one drag have one number; 0: none
    std::uint64_t lastStep = 0; ///< the first update that the last change of the drag holds for
    ScheduleSpec schedule = {}; ///< by hand: what the run follows from there on, as a function of the run's own time
    bool operator==(const RateChange&) const = default;
};

/// Another schedule for a run that goes on.
struct ScheduleOrder {
    ScheduleSpec schedule;
    std::uint64_t gesture = 0;
};

} // namespace ratescope
