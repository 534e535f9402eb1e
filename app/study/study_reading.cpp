// SPDX-License-Identifier: GPL-3.0-or-later
// Runs as a study has them, read with the distrust that a file from anybody deserves.
#include "app/study/plain_text.h"
#include "app/study/run_config_json.h"
#include "app/study/study_file.h"
#include "core/brief_text.h"
#include "core/data/idx_reader.h"

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

constexpr qsizetype longestMessage = 4000; ///< nobody reads more, and every look at the list would lay it out

bool isFinite(const std::optional<Score>& score) { return !score || score->isFinite(); }

} // namespace

std::vector<RunRecord> StudyFile::readRuns(Content content) {
    std::vector<RunRecord> records;
    std::uint64_t growingSteps = 0;
    if (m_database.integer("SELECT count(*) FROM run") > std::int64_t(mostRuns))
        refuse("holds over " + std::to_string(mostRuns) + " runs");
    auto madeSteps = m_database.prepare("SELECT count(*) FROM step WHERE run=?");
    // Walking through what was trained costs no more than its room in the file.
    const auto stepsToCome = [&](const RunRecord& record) {
        madeSteps.bind(1, std::int64_t(record.id));
        const auto made = static_cast<std::uint64_t>(madeSteps.step() ? madeSteps.integer(0) : 0);
        madeSteps.reset();
        const std::uint64_t all = std::min(record.length.steps, maximumGrowingSteps);
        return all - std::min(all, made);
    };
    auto statement = m_database.prepare(
        "SELECT id, name, color, dash, visible, config, state, message, steps, steps_per_epoch, train_seconds, "
        "trained_steps,"
        " trained_samples, diverged_at, test_loss, test_error, epoch_samples, best_epoch, restored_best, "
        "ensemble_loss, ensemble_error,"
        " EXISTS(SELECT 1 FROM weights WHERE run=id), " + std::string(m_version < 4 ? "''" : "origin") +
        " FROM run WHERE NOT removed ORDER BY position, id");
    while (statement.step()) {
        RunRecord record;
        record.id = statement.integer(0);
        const std::string place = path().string() + ": run " + std::to_string(record.id);
        record.config = runConfigFromJson(statement.text(5), place);
        record.config.name = fittedName(plainLine(statement.text(1)));
        record.config.color = statement.text(2);
        if (const Problems problems = record.config.validate(); !problems.empty())
            refuse("run " + std::to_string(record.id) + ": " + problems[0].place + ": " + problems[0].message);
        record.dash = static_cast<int>(statement.integer(3) & 0xFF);
        record.visible = statement.integer(4) != 0;
        const auto state = findRunState(statement.text(6));
        if (!state) refuse("run " + std::to_string(record.id) + " has the unknown state “" + briefText(statement.text(6)) + "”");
        record.state = *state;
        record.message = cutText(QString::fromStdString(statement.text(7)), longestMessage);
        record.origin = cutText(QString::fromStdString(statement.text(22)), longestMessage);
        const std::int64_t steps = statement.integer(8);
        const std::int64_t perEpoch = statement.integer(9);
        if (steps < 1 || perEpoch < 1 || static_cast<std::uint64_t>(steps) > maximumSteps ||
            static_cast<std::uint64_t>(perEpoch) > maximumSteps)
            refuse("run " + std::to_string(record.id) + " has a length that is out of range");
        record.length = {static_cast<std::uint64_t>(steps), static_cast<std::uint64_t>(perEpoch)};
        if (record.config.schedule.batchGrowth && !record.isRangeTest()) growingSteps += stepsToCome(record);
        if (growingSteps > mostGrowingSteps)
            refuse("has over " + std::to_string(mostGrowingSteps) + " steps of runs whose batch grows");
        if (!statement.isNull(16)) readEpochSamples(record, statement.integer(16));
        record.trainSeconds = statement.real(10);
        RunResult& result = record.result;
        result.steps = static_cast<std::uint64_t>(statement.integer(11));
        result.samples = static_cast<std::uint64_t>(statement.integer(12));
        result.epochs = record.length.epochsOf(result.steps);
        result.trainSeconds = record.trainSeconds;
        if (!statement.isNull(13)) result.divergedAt = static_cast<std::uint64_t>(statement.integer(13));
        if (!statement.isNull(14)) result.test = Score{statement.real(14), statement.real(15)};
        if (!statement.isNull(17)) result.bestEpoch = static_cast<std::uint64_t>(statement.integer(17));
        result.restoredBest = statement.integer(18) != 0;
        if (!statement.isNull(19)) result.ensemble = Score{statement.real(19), statement.real(20)};
        if (statement.integer(21) != 0) record.weights = RunHeader::Place{path(), statement.integer(0)};
        if (isActive(record.state)) {
            record.state = RunState::Cancelled;
            record.message = QStringLiteral("The program ended while this run was going on.");
        }
        result.outcome = record.state == RunState::Diverged       ? RunOutcome::Diverged
                         : record.state == RunState::Cancelled    ? RunOutcome::Cancelled
                         : record.state == RunState::StoppedEarly ? RunOutcome::StoppedEarly
                                                                  : RunOutcome::Finished;
        readSnapshots(record);
        if (!std::isfinite(record.trainSeconds) || !isFinite(result.test) || !isFinite(result.ensemble))
            refuse("run " + std::to_string(record.id) + " has a result that is not finite");
        if (content == Content::Everything) {
            readSteps(record);
            readEpochs(record);
            readChanges(record);
            readValidations(record);
            readStoredState(record);
        }
        records.push_back(std::move(record));
    }
    return records;
}

void StudyFile::readEpochSamples(RunRecord& record, std::int64_t samples) const {
    const std::string name = "run " + std::to_string(record.id);
    if (!record.config.schedule.batchGrowth || record.isRangeTest()) {
        const std::int64_t batch = record.config.batchSize;
        if (samples < 1 || samples > std::int64_t(idxMaximumCount) ||
            (samples + batch - 1) / batch != static_cast<std::int64_t>(record.length.stepsPerEpoch))
            refuse(name + " has samples of an epoch that do not fit its configuration");
        record.length.epochSamples = static_cast<std::uint32_t>(samples);
        return;
    }
    if (samples < std::int64_t(record.config.batchSize) || samples > std::int64_t(idxMaximumCount) ||
        record.length.steps > maximumGrowingSteps)
        refuse(name + " has samples of an epoch that do not fit its configuration");
    // Before its steps are walked through, which nobody has held against the data yet.
    if (record.config.duration.steps.value_or(record.length.steps) != record.length.steps)
        refuse(name + " has a length that does not fit its growing batch");
    const RunLength length = lengthOf(record.config, static_cast<std::uint32_t>(samples));
    if (length.steps != record.length.steps) refuse(name + " has a length that does not fit its growing batch");
    record.length = length;
}

void StudyFile::readSnapshots(RunRecord& record) {
    auto statement = m_database.prepare("SELECT step, test_loss, test_error FROM snapshot WHERE run=? ORDER BY step");
    statement.bind(1, std::int64_t(record.id));
    while (statement.step()) {
        if (record.result.snapshots.size() == maximumSnapshots)
            refuse("run " + std::to_string(record.id) + " has more than " + std::to_string(maximumSnapshots) + " snapshots");
        const SnapshotScore snapshot{static_cast<std::uint64_t>(statement.integer(0)),
                                     {statement.real(1), statement.real(2)}};
        if (!isFinite(snapshot.test))
            refuse("run " + std::to_string(record.id) + " has a snapshot whose score is not finite");
        record.result.snapshots.push_back(snapshot);
    }
}

void StudyFile::readSteps(RunRecord& record) {
    auto statement = m_database.prepare("SELECT step, lr, loss FROM step WHERE run=? ORDER BY step");
    statement.bind(1, std::int64_t(record.id));
    const std::string name = "run " + std::to_string(record.id);
    const bool isLog = record.isLog();
    while (statement.step()) {
        const std::int64_t step = statement.integer(0);
        if (!isLog && step != static_cast<std::int64_t>(record.losses.size()))
            refuse(name + " lacks step " + std::to_string(record.losses.size()));
        const double loss = statement.real(2);
        const bool hasRate = !statement.isNull(1);
        if (!hasRate && !isLog) refuse(name + " has no rate at step " + std::to_string(step));
        if (!std::isfinite(statement.real(1)) || !std::isfinite(static_cast<float>(loss)))
            refuse(name + " has a value that is not finite at step " + std::to_string(step));
        if (step < 0 || static_cast<std::uint64_t>(step) >= record.length.steps)
            refuse(name + " has more steps than its length, " + std::to_string(record.length.steps));
        if (!record.losses.empty() && hasRate == record.rates.empty())
            refuse(name + " has rates at some of its steps alone, from step " + std::to_string(step) + " on");
        if (isLog) record.stepNumbers.push_back(static_cast<std::uint64_t>(step));
        if (hasRate) record.rates.push_back(statement.real(1));
        record.losses.push_back(static_cast<float>(loss));
    }
}

void StudyFile::readEpochs(RunRecord& record) {
    auto statement = m_database.prepare("SELECT epoch, step, lr, train_loss, train_error, val_loss, val_error, seconds"
                                        " FROM epoch WHERE run=? ORDER BY epoch");
    statement.bind(1, std::int64_t(record.id));
    const auto known = [&](int column) {
        return statement.isNull(column) ? std::nan("") : statement.real(column);
    };
    while (statement.step()) {
        EpochMetrics epoch;
        epoch.epoch = static_cast<std::uint64_t>(statement.integer(0));
        epoch.step = static_cast<std::uint64_t>(statement.integer(1));
        epoch.rate = known(2);
        epoch.train = {known(3), known(4)};
        if (!statement.isNull(5) || !statement.isNull(6)) epoch.validation = Score{known(5), known(6)};
        epoch.seconds = known(7);
        const bool finite = std::isfinite(epoch.rate) && isFinite(epoch.train) && isFinite(epoch.validation) &&
                            std::isfinite(epoch.seconds);
        if (!finite && !record.isLog())
            refuse("run " + std::to_string(record.id) + " has a value that is not finite at epoch " +
                   std::to_string(epoch.epoch));
        const std::uint64_t before = record.epochs.empty() ? 0 : record.epochs.back().step;
        if (epoch.step < before || epoch.step > record.length.steps || record.epochs.size() > record.length.steps)
            refuse("run " + std::to_string(record.id) + " has epochs that do not fit its length");
        record.epochs.push_back(epoch);
    }
}

} // namespace ratescope
