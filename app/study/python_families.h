// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the code of schedules.
#pragma once

#include "app/study/code_text.h"
#include "core/schedule/schedule_spec.h"

#include <functional>
#include <string>

namespace ratescope {

/// What the body of a family's function is written with.
struct FamilyPython {
    std::string t;      ///< the time's name
    bool whole = false; ///< whether it counts in whole numbers
    /// Puts a table ahead of the functions, under that name or one like it; returns the name.
    std::function<std::string(const std::string& name, const python::Lines& items)> table;
};

/// The body of a function that returns the rate at t, of a family that is a function of t. `spec` is complete.
python::Lines familyBody(const ScheduleSpec& spec, const FamilyPython& with);

} // namespace ratescope
