// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the code of schedules.
#pragma once

#include "app/study/code_text.h"
#include "core/training/run_config.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ratescope {

/// A class of a library that gives the rates of a schedule.
struct NativeSchedule {
    std::string name; ///< of the class
    python::Lines arguments;
    double base = 0.0;                   ///< the optimizer's own rate
    bool sharesRates = false;            ///< its arguments name rates, which are those of every parameter group
    std::function<double(double)> value; ///< the rate at a step from its own beginning
    bool alone = false;                  ///< has no place in a SequentialLR; as its first part, where `notFirst`
    bool notFirst = false;
};

/// `length` of that unit as a whole number of steps, if it is one.
std::optional<double> wholeSteps(double length, TimeUnit unit, const RunLength& run);
/// The first step, counted from the schedule's beginning, at which its time reaches each milestone; ascending.
std::vector<double> milestoneSteps(const ScheduleSpec& spec, const RunLength& run);
/// Whether they have the same rates at the steps from `first` up to `end`, for which `value` counts from 0.
bool agrees(const std::function<double(double)>& value, const Schedule& schedule, std::uint64_t first,
            std::uint64_t end);

/// The lines that make `scheduler` with a class of torch.optim.lr_scheduler, and the rate that the optimizer needs for
/// it.
struct TorchScheduler {
    double base = 0.0;
    python::Lines lines;
};
/// None where no class has the same rates over the whole run. `shares`: what multiplies the rate in each parameter
/// group.
std::optional<TorchScheduler> torchScheduler(const RunConfig& config, const RunLength& length,
                                             const std::vector<double>& shares);

} // namespace ratescope
