// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/schedule/rate_feedback.h"
#include "core/schedule/run_length.h"
#include "core/schedule/schedule_spec.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ratescope {

/// lr as a function of t, in the schedule's unit; t ≥ 0.
using RateFunction = std::function<double(double t)>;
/// Index of the cycle that t lies in, from 0; at a cycle's end already the next.
using CycleFunction = std::function<std::uint64_t(double t)>;

/// What a family is good for: how the gallery orders them.
enum class ScheduleGroup { Constant, Decay, Cycle, WarmUp, ByData, Own };

/// What a family is a function of, besides its parameters.
enum class FamilyKind {
    Function, ///< t
    Formula,  ///< t, the epoch and the run's length
    Plateau,  ///< the epochs' figures
    Halving,  ///< how often the loss has run away
    Sequence, ///< other schedules
};

/// What a `plateau` watches, in the order of its choices.
enum class PlateauMonitor { ValidationLoss, ValidationAccuracy, TrainingLoss };

/// A family of schedules as the table knows it.
struct ScheduleFamily {
    std::string type;
    std::string label;
    ScheduleGroup group = ScheduleGroup::Decay;
    std::string formula; ///< for people
    std::string meaning; ///< a sentence on when it helps
    std::vector<ParameterInfo> parameters;
    FamilyKind kind = FamilyKind::Function;
    /// Of a Function: `spec` is complete; a `length` that was left open is the run's own.
    RateFunction (*make)(const ScheduleSpec& spec) = nullptr;
    /// Of a Function whose rate goes round in cycles; null for the others.
    CycleFunction (*makeCycle)(const ParameterValues& values) = nullptr;
    bool decays = false; ///< falls from lr on, so that the batch may grow instead
};

/// All families there are, in the order in which a person should meet them.
const std::vector<ScheduleFamily>& scheduleTable();
const ScheduleFamily* findScheduleFamily(std::string_view type);

/// Whether the rate goes round in cycles, in a part at least.
bool goesInCycles(const ScheduleSpec& spec);
/// Whether a schedule of that type stands in it, or is it.
bool containsFamily(const ScheduleSpec& spec, FamilyKind kind);

/// The learning rate as a function of the step: a pure one, but for the families that depend on the data, which are pure
/// functions of the step and a RateFeedback. Preview, training, export and generated code all call it, so that they agree.
/// Copies are cheap; any number of threads may call at().
class Schedule {
public:
    /// `spec` as validateSchedule() accepts it. `length` left open in it means `openLength` steps, or those of `length`.
    /// Throws ratescope::Error for a family that is not in the table.
    Schedule(const ScheduleSpec& spec, const RunLength& length, std::optional<std::uint64_t> openLength = {});

    /// The rates of a range test: from·(to/from)^(i/(steps − 1)) for i = 0 … steps − 1, or evenly spaced.
    static Schedule sweep(double from, double to, std::uint64_t steps, bool exponential);

    /// Turns the falling rate into a growing batch from `batch` to at most `maximum` samples.
    void growBatch(std::uint32_t batch, std::uint32_t maximum);

    /// The rate that the update number `step` (0, 1, 2 …) is made with; where it depends on the data, as long as these have
    /// not spoken.
    double at(std::uint64_t step) const { return at(m_length.timeOf(step)); }
    double at(const ScheduleTime& time) const { return at(time, {}); }
    /// As the data have made it so far.
    double at(const ScheduleTime& time, const RateFeedback& feedback) const;

    /// Whether it depends on the data.
    bool needsFeedback() const { return m_needsFeedback; }
    /// Tells the figures of an epoch whose last update was the number `lastStep`.
    void epochDone(std::uint64_t lastStep, const EpochFigures& figures, RateFeedback& feedback) const;
    /// Of a `halving`: for how many steps a rate has to hold.
    std::optional<std::uint64_t> halvingPatience() const { return m_halvingPatience; }

    /// The batch at that time, if it grows.
    std::uint32_t batchAt(const ScheduleTime& time) const;

    /// Whether a cycle ends with the update number `step`.
    bool cycleEndsWith(std::uint64_t step) const { return cyclesWithin(step + 1) > cyclesWithin(step); }
    /// How many cycles end within the first `steps` updates.
    std::uint64_t cyclesWithin(std::uint64_t steps) const;

    const RunLength& length() const { return m_length; }

private:
    struct Growth {
        double batch;
        double maximum;
        double initialRate;
    };
    Schedule() = default;

    RunLength m_length;
    std::shared_ptr<const class RateNode> m_node;
    bool m_needsFeedback = false;
    std::optional<std::uint64_t> m_halvingPatience;
    std::optional<Growth> m_growth;
};

/// Something about a schedule that cannot be meant.
struct ScheduleWarning {
    enum class Kind { Negative, Zero, TooHigh, NotFinite };
    Kind kind = Kind::Zero;
    std::uint64_t step = 0; ///< the first at which it happens
    double rate = 0.0;
    std::string message;    ///< for people: “is 0 from step 500 on: …”
};

/// What is questionable about the rates of a run: below 0, 0 for longer than a step, over 1e6, no number. The
/// first step of each kind. Looks at every step of shorter runs and at 20,000 of longer ones.
std::vector<ScheduleWarning> warningsOf(const Schedule& schedule, std::uint64_t steps);

} // namespace ratescope
