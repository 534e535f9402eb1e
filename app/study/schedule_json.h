// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/strict_json.h"
#include "core/schedule/schedule_spec.h"

namespace ratescope {

/// A schedule as an experiment file writes it; `unit` is what it counts in if it does not say (a part of a sequence
/// counts as the sequence does). Throws ratescope::Error.
ScheduleSpec readSchedule(JsonObject object, TimeUnit unit);

/// The same back, every given key spelled out.
Json toJson(const ScheduleSpec& spec);

/// From and to a text, for the clipboard and the study. Throws ratescope::Error, also for a schedule that is not valid.
ScheduleSpec scheduleFromJson(std::string_view text, const std::string& source);

} // namespace ratescope
