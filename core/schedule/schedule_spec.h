// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/parameter_info.h"

#include <cstdint>
#include <optional>
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

/// A handle of `piecewise`: the rate at a time.
struct SchedulePoint {
    double t = 0.0;
    double rate = 0.0;
    bool operator==(const SchedulePoint&) const = default;
};

struct SchedulePart;

/// A family with its parameters, as an experiment file writes it.
struct ScheduleSpec {
    std::string type = "constant";
    TimeUnit unit = TimeUnit::Step;
    ParameterValues values = {};
    /// Instead of the rate falling, the batch grows: lr(0) throughout, and batches of batch_size·lr(0)/lr(t) samples; once
    /// they have reached `maxBatch` the rate falls after all (Smith, Kindermans, Ying, Le 2017). Decaying families alone.
    bool batchGrowth = false;
    std::uint32_t maxBatch = 0;               ///< 0: a tenth of the training samples
    std::vector<double> milestones = {};      ///< of `multistep`: the times of its drops
    std::vector<SchedulePoint> points = {};   ///< of `piecewise`, by time; of two at one time the later counts
    std::string expression = {};              ///< of `formula`
    std::vector<SchedulePart> parts;          ///< of `sequence`
    bool operator==(const ScheduleSpec& other) const;
};

/// A schedule within a `sequence`, and how long its turn lasts in the unit of the sequence; without a length, which the last
/// one alone may lack, to the end of the run.
struct SchedulePart {
    ScheduleSpec schedule;
    std::optional<double> length;
    bool operator==(const SchedulePart&) const = default;
};

inline bool ScheduleSpec::operator==(const ScheduleSpec& other) const {
    return type == other.type && unit == other.unit && values == other.values && batchGrowth == other.batchGrowth &&
           maxBatch == other.maxBatch && milestones == other.milestones && points == other.points &&
           expression == other.expression && parts == other.parts;
}

/// No time in a schedule, in its unit, and no rate is larger.
inline constexpr double maximumTime = 1e9;
inline constexpr double maximumRate = 1e6;

/// Most drops of a `multistep`, most handles of a `piecewise`, most characters of a `formula`.
inline constexpr std::size_t maximumMilestones = 10'000;
inline constexpr std::size_t maximumPoints = 10'000;
inline constexpr std::size_t maximumExpression = 1'000;
/// Most parts of a `sequence`, those of the sequences within it counted; and how deep they may lie in each other.
inline constexpr std::size_t maximumParts = 1'000;
inline constexpr int maximumDepth = 8;

/// Every fault of `spec`, placed as `period` or `parts[1].schedule.period`.
Problems validateSchedule(const ScheduleSpec& spec);

} // namespace ratescope
