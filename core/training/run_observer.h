// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/rate_change.h"

#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ratescope {

/// Mean loss and share of wrong answers over a set of samples.
struct Score {
    double loss = 0.0;
    double error = 0.0; ///< 0 … 1; accuracy is 1 − error
    bool operator==(const Score&) const = default;
    bool isFinite() const { return std::isfinite(loss) && std::isfinite(error); }
};

/// An epoch's figures, at its end (or at the end of the run, for one that was begun).
struct EpochMetrics {
    std::uint64_t epoch = 0;         ///< counted from 1
    std::uint64_t step = 0;          ///< updates made so far
    double rate = 0.0;               ///< of the last update
    Score train;                     ///< mean over the epoch's batches, each before its update
    std::optional<Score> validation; ///< of the weights at this point; none without validation samples
    double seconds = 0.0;            ///< of training so far, evaluation and pauses left out
    bool operator==(const EpochMetrics&) const = default;
};

enum class RunOutcome {
    Finished,  ///< did all its steps; a range test: or saw its loss rise as far as it wanted
    Diverged,  ///< a loss or weight that is not finite
    Cancelled, ///< asked to stop
    StoppedEarly, ///< its monitored figure became no better
};

/// The weights at the end of a cycle, and what they make of the test set.
struct SnapshotScore {
    std::uint64_t step = 0; ///< updates made by then
    Score test;
    bool operator==(const SnapshotScore&) const = default;
};

/// `finished`, `diverged`, `cancelled`, `stopped_early`.
const char* outcomeName(RunOutcome outcome);

/// How a run ended.
struct RunResult {
    RunOutcome outcome = RunOutcome::Finished;
    std::uint64_t steps = 0;                 ///< updates made
    std::uint64_t samples = 0;               ///< trained, with repetition
    double epochs = 0.0;                     ///< steps in epochs
    double trainSeconds = 0.0;               ///< in training steps: evaluation and pauses left out
    std::optional<std::uint64_t> divergedAt = {}; ///< the step whose loss was not finite
    std::optional<Score> test = {};               ///< of a run that came to its end, early or not, and is no range test
    std::optional<std::uint64_t> bestEpoch = {};  ///< with early stopping: the one with the best monitored figure, from 1
    bool restoredBest = false;               ///< whether the weights are those of that epoch
    std::vector<SnapshotScore> snapshots = {};
    std::optional<Score> ensemble = {};           ///< of the averaged predictions of the snapshots
    bool operator==(const RunResult&) const = default;
};

struct Checkpoint;

/// Hears of a run's progress, on the run's own thread: implementations return at once and do not throw.
class RunObserver {
public:
    virtual ~RunObserver() = default;
    virtual void epochDone(const EpochMetrics&) {}
    /// What the held-out samples make of a range test's weights after its `step`th rate, before that step is told.
    virtual void rateValidated(std::uint64_t /*step*/, const Score& /*validation*/) {}
    /// The rate goes on otherwise than was to be foreseen.
    virtual void rateChanged(const RateChange&) {}
    /// Whether it wants the run's state after that many updates, which is at the end of every epoch and of the run.
    virtual bool wantsCheckpoint(std::uint64_t) { return false; }
    /// The state between two updates, asked for in either way.
    virtual void checkpointMade(std::shared_ptr<const Checkpoint>) {}
};

} // namespace ratescope
