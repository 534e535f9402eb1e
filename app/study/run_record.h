// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/range_curve.h"
#include "core/training/metrics_channel.h"
#include "core/training/rate_change.h"
#include "core/training/run_config.h"
#include "core/training/run_observer.h"

#include <QString>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace ratescope {

using RunId = qint64;

enum class RunState {
    Ready,     ///< not started
    Waiting,   ///< asked to start, others go first
    Running,
    Paused,
    Finished,
    Diverged,
    Cancelled, ///< stopped by hand
    StoppedEarly, ///< by early stopping
    Failed,    ///< an error: see the record's message
};

/// `ready`, `running` …: as a study file keeps it.
const char* runStateName(RunState state);
std::optional<RunState> findRunState(std::string_view name);
/// Whether it has ended, in whatever way.
bool isOver(RunState state);
/// Whether it came to its end, early or not.
inline bool isComplete(RunState state) { return state == RunState::Finished || state == RunState::StoppedEarly; }
/// Whether it has begun and not ended.
bool isActive(RunState state);
RunState stateOf(RunOutcome outcome);

/// What a run is and how it stands, without its curves.
struct RunHeader {
    RunId id = 0;
    RunConfig config;
    RunLength length;
    RunState state = RunState::Ready;
    QString message; ///< of a failed run: what happened
    bool visible = true;
    int dash = 0;    ///< which of the dash patterns
    double trainSeconds = 0.0;
    RunResult result; ///< of a run that is over
    /// Where something of a run lies that was read from a study.
    struct Place {
        std::filesystem::path study;
        std::int64_t row = 0;
    };
    std::optional<Place> weights;
    /// The state that its study keeps, to go on from.
    struct StoredState {
        std::uint64_t step = 0;    ///< after so many updates
        bool epochPending = false; ///< as Checkpoint has it
        Place place = {};          ///< of the study that it was read from, if it was
    };
    std::optional<StoredState> storedState;
    /// Of a curve that was measured elsewhere: where it comes from, for people. Such a run's configuration says no more
    /// than its name and its looks; it cannot be trained.
    QString origin;

    bool isRangeTest() const { return config.rangeTest.has_value(); }
    bool isImported() const { return !origin.isEmpty(); }
    /// Whether it is a training that another program has logged, rather than a range test's curve.
    bool isLog() const { return isImported() && !isRangeTest(); }
};

/// One run as the program holds it in memory: what it is, how it stands, and every step that it made. Belongs to the
/// GUI thread; step i has rate rates[i] and loss losses[i]: 12 bytes a step.
///
/// Of a training that was logged elsewhere, point i is the update stepNumbers[i], for few log every step; its rates may be
/// missing altogether, and so may the figures of an epoch, which then are NaN.
struct RunRecord : RunHeader {
    std::vector<double> rates;
    std::vector<float> losses;
    std::vector<std::uint64_t> stepNumbers; ///< of a log, strictly increasing; else empty: point i is step i
    std::vector<EpochMetrics> epochs;
    std::vector<Score> validations;  ///< of a range test with validation: after each of its steps
    std::vector<RateChange> changes; ///< of the rate, that were not to be foreseen; those of one drag are one

    /// Of a fork: how many of its steps are its parent's.
    std::uint64_t sharedSteps() const { return config.fork && !isRangeTest() ? config.fork->step : 0; }
    /// Takes in another change. Returns its index.
    std::size_t addChange(const RateChange& change);
    /// What the run follows now: its configuration's schedule, or what it was changed to by hand.
    const ScheduleSpec& followed() const;

    /// Points of the curve.
    std::uint64_t stepCount() const { return losses.size(); }
    /// Updates that were made: of a log more than it has points.
    std::uint64_t updates() const { return isLog() ? length.steps : stepCount(); }
    /// Which update the point is.
    std::uint64_t stepNumber(std::size_t point) const { return stepNumbers.empty() ? point : stepNumbers[point]; }
    /// The point of that update, if there is one.
    std::optional<std::size_t> pointOf(std::uint64_t step) const;
    /// The rate of a point; none where none was logged.
    std::optional<double> rateAt(std::size_t point) const {
        return point < rates.size() ? std::optional(rates[point]) : std::nullopt;
    }
    /// Share of its steps that are done, 0 … 1.
    double progress() const;
    /// Seconds of training still to come, judged by what was; none before the first step.
    std::optional<double> secondsLeft() const;
    /// Samples trained a second; none before the first step.
    std::optional<double> samplesPerSecond() const;

    /// Makes room for all steps at once, so that appending never moves what is there.
    void reserveSteps();
    void append(std::span<const StepMetrics> steps);
};

/// The configuration that gives the rates that the run has used: with what a hand has driven as its schedule.
RunConfig asTrained(const RunRecord& record);

using RunPointer = std::shared_ptr<const RunRecord>;

/// The curve of a range test as far as it has come.
RangeCurve rangeCurveOf(const RunRecord& record);

/// A name that is no longer than RunConfig::validate() allows, cut between characters, with `room` bytes to spare.
std::string fittedName(std::string name, std::size_t room = 0);

/// `name`, or with the first free number behind it where `taken(name)` says that it is in use. `tried`: up to which number
/// earlier calls for this name have found all taken, so that many of one name are not each counted from the start; 0: none.
template <typename Taken>
std::string freeName(const std::string& name, Taken taken, unsigned long* tried = nullptr) {
    if (!taken(name)) return name;
    // “mlp 2” goes on with “mlp 3”, not with “mlp 2 2”.
    std::size_t stem = name.size();
    while (stem > 0 && name[stem - 1] >= '0' && name[stem - 1] <= '9') --stem;
    const bool numbered = stem > 1 && stem < name.size() && name[stem - 1] == ' ' && name.size() - stem < 7;
    const std::string base = fittedName(numbered ? name.substr(0, stem - 1) : name, 8);
    unsigned long number = numbered ? std::stoul(name.substr(stem)) + 1 : 2;
    if (tried) number = std::max(number, *tried + 1);
    for (;; ++number) {
        std::string candidate = base + ' ' + std::to_string(number);
        if (taken(candidate)) continue;
        if (tried) *tried = number - 1; // this one may stay free yet
        return candidate;
    }
}

} // namespace ratescope
