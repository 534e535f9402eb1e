// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/parameter_info.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ratescope {

/// In what a schedule counts time.
enum class TimeUnit {
    Step,            ///< t = completed updates: 0, 1, 2 …
    Epoch,           ///< t = index of the epoch, whole: the rate moves at epoch ends
    FractionalEpoch, ///< t = completed updates / updates of an epoch
};

/// `step`, `epoch`, `fractional_epoch`.
std::string_view timeUnitName(TimeUnit unit);
std::optional<TimeUnit> findTimeUnit(std::string_view name);

/// How long a run is: what a schedule needs to know of it.
struct RunLength {
    std::uint64_t steps = 1;         ///< updates in all, ≥ 1
    std::uint64_t stepsPerEpoch = 1; ///< updates of an epoch, ≥ 1
    bool operator==(const RunLength&) const = default;
};

/// A family with its parameters, as an experiment file writes it.
struct ScheduleSpec {
    std::string type = "constant";
    TimeUnit unit = TimeUnit::Step;
    ParameterValues values;
    bool operator==(const ScheduleSpec&) const = default;
};

/// lr as a function of t, in the schedule's unit; t ≥ 0.
using RateFunction = std::function<double(double t)>;

/// A family of schedules as the table knows it.
struct ScheduleFamily {
    std::string type;
    std::string label;
    std::string formula; ///< for people
    std::string meaning; ///< a sentence on when it helps
    std::vector<ParameterInfo> parameters;
    /// `values` are complete but for `length`, which is the run's own where it was left open: `length` then stands in them.
    RateFunction (*make)(const ParameterValues& values);
};

/// All families there are, in the order in which a person should meet them.
const std::vector<ScheduleFamily>& scheduleTable();
const ScheduleFamily* findScheduleFamily(std::string_view type);

/// Every fault of `spec`, placed as `period`.
Problems validateSchedule(const ScheduleSpec& spec);

/// The learning rate as a pure function of the step. Preview, training, export and generated code all call it, so that
/// they agree. Copies are cheap; any number of threads may call at().
class Schedule {
public:
    /// `spec` as validateSchedule() accepts it. Throws ratescope::Error for a family that is not in the table.
    Schedule(const ScheduleSpec& spec, const RunLength& length);

    /// The rates of a range test: from·(to/from)^(i/(steps − 1)) for i = 0 … steps − 1, or evenly spaced.
    static Schedule sweep(double from, double to, std::uint64_t steps, bool exponential);

    /// The rate that the update number `step` (0, 1, 2 …) is made with.
    double at(std::uint64_t step) const;

private:
    Schedule() = default;

    TimeUnit m_unit = TimeUnit::Step;
    std::uint64_t m_stepsPerEpoch = 1;
    RateFunction m_function;
};

} // namespace ratescope
