// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/parameter_info.h"

#include <cstdint>
#include <functional>
#include <memory>
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

/// Where the batches of a run lie whose batch grows: for each step the sample of its epoch that it begins with.
struct GrownBatches {
    std::uint32_t samples = 0;             ///< of an epoch
    std::uint32_t largest = 0;             ///< most samples of a batch
    std::vector<std::uint32_t> firsts;     ///< for each step
    std::vector<std::uint64_t> epochStarts; ///< first step of each epoch
    std::uint32_t lastEnd = 0;             ///< samples of the last epoch, which the run's end may cut short
    bool operator==(const GrownBatches&) const = default;
};

/// A moment of a run: so many updates made, in that epoch, so many epochs in all.
struct ScheduleTime {
    std::uint64_t step = 0;
    std::uint64_t epoch = 0;
    double epochs = 0.0;
};

/// How long a run is and how its steps lie in its epochs: what a schedule needs to know of it.
struct RunLength {
    std::uint64_t steps = 1;         ///< updates in all, ≥ 1
    std::uint64_t stepsPerEpoch = 1; ///< updates of an epoch, ≥ 1; while the batch has not grown, where it grows
    std::shared_ptr<const GrownBatches> grown = {}; ///< where the batch grows
    std::uint32_t epochSamples = 0;  ///< trained in an epoch; 0: not known. No schedule looks at it, nor does ==.

    bool operator==(const RunLength& other) const {
        return steps == other.steps && stepsPerEpoch == other.stepsPerEpoch && !grown == !other.grown &&
               (!grown || *grown == *other.grown);
    }
    /// When the update number `step` (from 0) is made; also for steps beyond the end.
    ScheduleTime timeOf(std::uint64_t step) const;
    /// Index of the epoch that the step belongs to.
    std::uint64_t epochOf(std::uint64_t step) const { return timeOf(step).epoch; }
    /// Epochs that so many steps are, with a fraction for one that was begun.
    double epochsOf(std::uint64_t step) const { return timeOf(step).epochs; }
};

/// A family with its parameters, as an experiment file writes it.
struct ScheduleSpec {
    std::string type = "constant";
    TimeUnit unit = TimeUnit::Step;
    ParameterValues values;
    /// Instead of the rate falling, the batch grows: lr(0) throughout, and batches of batch_size·lr(0)/lr(t) samples; once
    /// they have reached `maxBatch` the rate falls after all (Smith, Kindermans, Ying, Le 2017). Decaying families alone.
    bool batchGrowth = false;
    std::uint32_t maxBatch = 0; ///< 0: a tenth of the training samples
    bool operator==(const ScheduleSpec&) const = default;
};

/// lr as a function of t, in the schedule's unit; t ≥ 0.
using RateFunction = std::function<double(double t)>;
/// Index of the cycle that t lies in, from 0; at a cycle's end already the next.
using CycleFunction = std::function<std::uint64_t(double t)>;

/// A family of schedules as the table knows it.
struct ScheduleFamily {
    std::string type;
    std::string label;
    std::string formula; ///< for people
    std::string meaning; ///< a sentence on when it helps
    std::vector<ParameterInfo> parameters;
    /// `values` are complete but for `length`, which is the run's own where it was left open: `length` then stands in them.
    RateFunction (*make)(const ParameterValues& values);
    /// For families whose rate goes round in cycles; null for the others.
    CycleFunction (*makeCycle)(const ParameterValues& values) = nullptr;
    bool decays = false; ///< falls from lr on, so that the batch may grow instead
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
    /// `spec` as validateSchedule() accepts it. `length` left open in it means `openLength` steps, or those of `length`.
    /// Throws ratescope::Error for a family that is not in the table.
    Schedule(const ScheduleSpec& spec, const RunLength& length, std::optional<std::uint64_t> openLength = {});

    /// The rates of a range test: from·(to/from)^(i/(steps − 1)) for i = 0 … steps − 1, or evenly spaced.
    static Schedule sweep(double from, double to, std::uint64_t steps, bool exponential);

    /// Turns the falling rate into a growing batch from `batch` to at most `maximum` samples.
    void growBatch(std::uint32_t batch, std::uint32_t maximum);

    /// The rate that the update number `step` (0, 1, 2 …) is made with.
    double at(std::uint64_t step) const { return at(m_length.timeOf(step)); }
    double at(const ScheduleTime& time) const;

    /// The batch at that time, if it grows.
    std::uint32_t batchAt(const ScheduleTime& time) const;

    /// Whether a cycle ends with the update number `step`.
    bool cycleEndsWith(std::uint64_t step) const;
    /// How many cycles end within the first `steps` updates.
    std::uint64_t cyclesWithin(std::uint64_t steps) const;

private:
    struct Growth {
        double batch;
        double maximum;
        double initialRate;
    };
    Schedule() = default;
    double unitTime(const ScheduleTime& time) const;

    TimeUnit m_unit = TimeUnit::Step;
    RunLength m_length;
    RateFunction m_function;
    CycleFunction m_cycle;
    std::optional<Growth> m_growth;
};

} // namespace ratescope
