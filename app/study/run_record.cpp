// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/run_record.h"

#include "core/schedule/handles.h"

#include <algorithm>
#include <array>
#include <utility>

namespace ratescope {

namespace {

constexpr std::array<std::pair<RunState, const char*>, 9> stateNames = {{
    {RunState::Ready, "ready"},
    {RunState::Waiting, "waiting"},
    {RunState::Running, "running"},
    {RunState::Paused, "paused"},
    {RunState::Finished, "finished"},
    {RunState::Diverged, "diverged"},
    {RunState::Cancelled, "cancelled"},
    {RunState::StoppedEarly, "stopped_early"},
    {RunState::Failed, "failed"},
}};

/// Room is taken up front for at most so many steps (memory that is not written to costs nothing).
constexpr std::uint64_t reservedSteps = std::uint64_t(1) << 24;

} // namespace

const char* runStateName(RunState state) {
    for (const auto& [one, name] : stateNames)
        if (one == state) return name;
    return "ready";
}

std::optional<RunState> findRunState(std::string_view name) {
    for (const auto& [state, known] : stateNames)
        if (name == known) return state;
    return std::nullopt;
}

bool isOver(RunState state) {
    return isComplete(state) || state == RunState::Diverged || state == RunState::Cancelled || state == RunState::Failed;
}

bool isActive(RunState state) {
    return state == RunState::Waiting || state == RunState::Running || state == RunState::Paused;
}

RunState stateOf(RunOutcome outcome) {
    switch (outcome) {
    case RunOutcome::Finished: return RunState::Finished;
    case RunOutcome::Diverged: return RunState::Diverged;
    case RunOutcome::Cancelled: return RunState::Cancelled;
    case RunOutcome::StoppedEarly: return RunState::StoppedEarly;
    }
    return RunState::Finished;
}

double RunRecord::progress() const {
    if (isComplete(state)) return 1.0;
    return std::min(1.0, static_cast<double>(stepCount()) / static_cast<double>(length.steps));
}

std::optional<double> RunRecord::secondsLeft() const {
    if (stepCount() == 0 || trainSeconds <= 0.0 || stepCount() > length.steps) return std::nullopt;
    return trainSeconds / static_cast<double>(stepCount()) * static_cast<double>(length.steps - stepCount());
}

std::optional<std::size_t> RunRecord::pointOf(std::uint64_t step) const {
    if (stepNumbers.empty()) return step < losses.size() ? std::optional<std::size_t>(step) : std::nullopt;
    const auto at = std::ranges::lower_bound(stepNumbers, step);
    if (at == stepNumbers.end() || *at != step) return std::nullopt;
    return static_cast<std::size_t>(at - stepNumbers.begin());
}

std::optional<double> RunRecord::samplesPerSecond() const {
    if (isImported()) return std::nullopt; // nobody knows how many a step had
    if (isOver(state) && result.trainSeconds > 0.0) return static_cast<double>(result.samples) / result.trainSeconds;
    if (stepCount() == 0 || trainSeconds <= 0.0) return std::nullopt;
    const double updates =
        static_cast<double>(stepCount()) *
        static_cast<double>(config.rangeTest ? config.rangeTest->updatesPerRate(length.stepsPerEpoch) : 1);
    if (!length.grown) return updates * config.batchSize / trainSeconds;
    return length.epochsOf(stepCount()) * length.grown->samples / trainSeconds;
}

void RunRecord::reserveSteps() {
    const auto steps = static_cast<std::size_t>(std::min(length.steps, reservedSteps));
    rates.reserve(steps);
    losses.reserve(steps);
}

void RunRecord::append(std::span<const StepMetrics> steps) {
    for (const StepMetrics& step : steps) {
        rates.push_back(step.rate);
        losses.push_back(step.loss);
    }
}

std::size_t RunRecord::addChange(const RateChange& change) {
    const bool same = !changes.empty() && change.gesture != 0 && changes.back().gesture == change.gesture &&
                      changes.back().cause == change.cause;
    if (!same) {
        changes.push_back(change);
        return changes.size() - 1;
    }
    RateChange& drag = changes.back();
    drag.after = change.after;
    drag.lastStep = change.lastStep;
    drag.schedule = change.schedule;
    return changes.size() - 1;
}

const ScheduleSpec& RunRecord::followed() const {
    const auto last = std::ranges::find(changes.rbegin(), changes.rend(), RateCause::Hand, &RateChange::cause);
    return last == changes.rend() ? config.schedule : last->schedule;
}

RunConfig asTrained(const RunRecord& record) {
    RunConfig config = record.config;
    if (std::ranges::find(record.changes, RateCause::Hand, &RateChange::cause) == record.changes.end()) return config;
    if (record.state == RunState::Ready) return config; // a fork, whose own schedule is still to come
    std::vector<double> rates = record.rates;
    if (!isOver(record.state)) { // and what it follows now, to the end
        constexpr std::uint64_t most = 2'000'000;
        const Schedule rest(record.followed(), record.length);
        for (std::uint64_t step = rates.size(); step < std::min(record.length.steps, most); ++step)
            rates.push_back(rest.at(step));
    }
    config.schedule = drivenSchedule(rates);
    return config;
}

std::string fittedName(std::string name, std::size_t room) {
    std::size_t end = maximumNameBytes - room;
    if (name.size() <= end) return name;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end; // not inside a character
    name.resize(end);
    return name;
}

RangeCurve rangeCurveOf(const RunRecord& record) {
    const double smoothing = record.config.rangeTest ? record.config.rangeTest->smoothing : RangeTestSpec{}.smoothing;
    const std::vector<double> losses(record.losses.begin(), record.losses.end());
    return rangeCurve(record.rates, losses, smoothing);
}

} // namespace ratescope
