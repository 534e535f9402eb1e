// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/run_record.h"
#include "app/study/run_weights.h"
#include "app/study/sqlite.h"
#include "app/study/stored_checkpoint.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace ratescope {

/// A study on disk: an SQLite database that any SQLite tool can read. All calls block and throw ratescope::Error; one
/// thread at a time.
///
///     run(id, position, name, color, dash, visible, config, state, message, steps, steps_per_epoch, train_seconds,
///         trained_steps, trained_samples, diverged_at, test_loss, test_error, epoch_samples, best_epoch,
///         restored_best, ensemble_loss, ensemble_error, removed, origin)
///     step(run, step, lr, loss)     every update: its number from 0, the rate it used, the loss of its batch
///     epoch(run, epoch, step, lr, train_loss, train_error, val_loss, val_error, seconds)
///     snapshot(run, step, test_loss, test_error)     what each snapshot makes of the test set
///     weights(run, kind, step, tensors)     kind `last` or `snapshot`; tensors: a file in the safetensors format
///     rate_change(run, number, step, last_step, cause, lr_before, lr_after, gesture, schedule)     changes of the rate
///     that
///         were not to be foreseen: cause `hand`, `plateau` or `halving`; of a drag its first and last step; schedule:
///         as an experiment file writes it, by hand alone
///     range_validation(run, step, val_loss, val_error)     of a range test with validation: after each of its steps
///     checkpoint(run, step, epoch_pending, state, tensors)     the newest state of a run that is worth its room, to go on
///         from: after so many updates; whether its epoch's figures were still to come; what it consists of as JSON and as
///         a file in the safetensors format
///     study(key, value)             title, notes, layout (how the window shows it, as JSON)
///
/// Of a training that was logged elsewhere `step` has a row for each step that was logged, whose `lr` is NULL where none was,
/// and `epoch` NULL for what is not known. `config` is the run as an experiment file writes it; `epoch_samples` is filled where the batch grows; `origin` says
/// of a curve that was measured elsewhere where it comes from.
class StudyFile {
public:
    enum class Access {
        Read,
        Write, ///< made if there is none yet
    };
    StudyFile(const std::filesystem::path& path, Access access);
    /// One that was written to is settled; what was begun and not committed is undone.
    ~StudyFile();
    StudyFile(const StudyFile&) = delete;
    StudyFile& operator=(const StudyFile&) = delete;

    using Row = std::int64_t; ///< run.id

    void begin() { m_database.execute("BEGIN IMMEDIATE"); }
    void commit() { m_database.execute("COMMIT"); }
    void rollback() noexcept { m_database.rollback(); }

    Row addRun(const RunHeader& header);
    void updateRun(Row row, const RunHeader& header);
    void appendSteps(Row row, std::span<const StepMetrics> steps);
    void appendEpoch(Row row, const EpochMetrics& epoch);
    /// Of a range test, from its step `first` on.
    void appendValidations(Row row, std::uint64_t first, std::span<const Score> validations);
    /// In place of the one of that number that it may have.
    void setChange(Row row, std::size_t number, const RateChange& change);
    /// In place of those that it may have.
    void setWeights(Row row, const RunWeights& weights);
    /// Empty where there are none.
    RunWeights readWeights(Row row);
    /// In place of the one that it may have. One that is larger than `largestCheckpoint` is left out: whoever wants to go on
    /// from it has to train the run once more.
    void setCheckpoint(Row row, const Checkpoint& checkpoint);
    /// More than anybody makes, and no more than are read in two seconds.
    static constexpr std::size_t mostRuns = 30'000;
    static constexpr std::size_t largestCheckpoint = std::size_t(64) << 20;
    /// The state of a run of that configuration; null where none is kept.
    CheckpointPointer readCheckpoint(Row row, const RunConfig& config);
    /// A run with its curves, as far as a record has them: all but its weights.
    Row addWhole(const RunRecord& run);
    void addCurves(Row row, const RunRecord& run);
    /// A removed run is left out of readRuns(); its data goes with purgeRemoved().
    void setRemoved(Row row, bool removed);
    /// A millionth of a second a step. What would take longer, or cannot be done, stays for the next time, still left out.
    void purgeRemoved(std::chrono::milliseconds atMost = std::chrono::seconds(1)) noexcept;

    /// Every run with its curves, in their order; the records' ids are their rows. What was running when its program ended
    /// comes back as cancelled. Refuses curves with holes and values that are not finite.
    enum class Content {
        Everything,
        Headers, ///< without steps and epochs
    };
    std::vector<RunRecord> readRuns(Content content = Content::Everything);

    /// What stands in study(key, value): `title`, `notes`, `layout`; empty if it is not there.
    std::string text(const std::string& key);
    void setText(const std::string& key, const std::string& value);

    /// Copies the whole study into a file of its own, in place of what may be there: either the whole of it stands there in
    /// the end or what was there before. Refuses to replace a study that another program has open.
    void copyTo(const std::filesystem::path& target);

    /// Makes a study with nothing in it in place of what may be there, which another program may not have open.
    static void makeNew(const std::filesystem::path& path);

    /// Folds the write-ahead log into the file, so that it is one file that can be copied anywhere. Returns whether that is
    /// so: not where another program has it open.
    bool settle() noexcept;

    const std::filesystem::path& path() const { return m_database.path(); }
    /// Whether what is written can be found no more: its file was removed or moved away.
    bool hasMoved() const { return m_database.hasMoved(); }

private:
    void checkIsStudy();
    void readSteps(RunRecord& record);
    void readEpochs(RunRecord& record);
    void readChanges(RunRecord& record);
    void readValidations(RunRecord& record);
    void readSnapshots(RunRecord& record);
    void readStoredState(RunRecord& record);
    void readEpochSamples(RunRecord& record, std::int64_t samples) const;
    void writeSnapshots(Row row, const RunResult& result);
    bool purge(Row row, std::chrono::steady_clock::time_point until);
    [[noreturn]] void refuse(const std::string& what) const;

    SqliteDatabase m_database;
    Access m_access;
    std::int64_t m_version = 0;
    std::unique_ptr<SqliteDatabase::Statement> m_insertStep;
    std::unique_ptr<SqliteDatabase::Statement> m_insertSteps; ///< many at once
};

} // namespace ratescope
