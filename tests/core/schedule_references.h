// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/schedule.h"

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using ReferenceValues = std::vector<std::pair<const char*, double>>;

/// A schedule whose values PyTorch has given: param_groups[0]["lr"] read before each optimizer.step(), scheduler.step()
/// after it, or at each epoch's end.
struct ScheduleReference {
    const char* name;
    ratescope::ScheduleSpec spec;
    std::uint64_t stepsPerEpoch;
    std::vector<std::pair<std::uint64_t, double>> rates; ///< step and rate
};

/// A `plateau` that was fed figures of epochs, and the rate after each.
struct PlateauReference {
    const char* name;
    ReferenceValues values;
    std::vector<double> figures;
    std::vector<double> rates;
};

inline ratescope::ScheduleSpec referenceSpec(const std::string& type, ratescope::TimeUnit unit,
                                             const ReferenceValues& values, std::vector<double> milestones = {}) {
    ratescope::ScheduleSpec spec;
    spec.type = type;
    spec.unit = unit;
    for (const auto& [name, value] : values) spec.values.set(name, value);
    spec.milestones = std::move(milestones);
    return spec;
}

inline ratescope::ScheduleSpec referenceSequence(ratescope::TimeUnit unit, std::vector<ratescope::SchedulePart> parts) {
    ratescope::ScheduleSpec spec;
    spec.type = "sequence";
    spec.unit = unit;
    spec.parts = std::move(parts);
    return spec;
}
