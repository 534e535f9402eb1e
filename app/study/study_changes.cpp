// SPDX-License-Identifier: GPL-3.0-or-later
// The study's tables of what came to pass while a run went on: changes of its rate, validations, and its newest state.
#include "app/study/study_file.h"

#include "app/study/schedule_json.h"
#include "app/study/study_schema.h"
#include "core/brief_text.h"
#include "core/error.h"
#include "core/network/safetensors.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace ratescope {

void StudyFile::setChange(Row row, std::size_t number, const RateChange& change) {
    auto statement = m_database.prepare("INSERT OR REPLACE INTO rate_change VALUES(?,?,?,?,?,?,?,?,?)");
    statement.bind(1, row);
    statement.bind(2, static_cast<std::int64_t>(number));
    statement.bind(3, static_cast<std::int64_t>(change.step));
    statement.bind(4, static_cast<std::int64_t>(change.lastStep));
    statement.bind(5, std::string_view(rateCauseNames[static_cast<int>(change.cause)]));
    statement.bind(6, change.before);
    statement.bind(7, change.after);
    statement.bind(8, static_cast<std::int64_t>(change.gesture));
    const std::string schedule = change.cause == RateCause::Hand ? toJson(change.schedule).dump() : std::string();
    if (!schedule.empty()) statement.bind(9, std::string_view(schedule));
    statement.run();
}

void StudyFile::readChanges(RunRecord& record) {
    if (m_version < 3) return;
    auto statement =
        m_database.prepare("SELECT step, last_step, cause, lr_before, lr_after, gesture, schedule FROM rate_change"
                           " WHERE run=? ORDER BY number");
    statement.bind(1, std::int64_t(record.id));
    const std::string name = "run " + std::to_string(record.id);
    while (statement.step()) {
        RateChange change;
        change.step = static_cast<std::uint64_t>(statement.integer(0));
        change.lastStep = static_cast<std::uint64_t>(statement.integer(1));
        const auto cause = std::ranges::find(rateCauseNames, statement.text(2));
        if (cause == std::end(rateCauseNames))
            refuse(name + " has a change of the rate with the unknown cause “" + briefText(statement.text(2)) + "”");
        change.cause = static_cast<RateCause>(cause - std::begin(rateCauseNames));
        change.before = statement.real(3);
        change.after = statement.real(4);
        change.gesture = static_cast<std::uint64_t>(statement.integer(5));
        if (change.cause == RateCause::Hand)
            change.schedule = scheduleFromJson(statement.text(6), path().string() + ": " + name);
        if (!std::isfinite(change.before) || !std::isfinite(change.after) || change.step > change.lastStep ||
            change.lastStep > record.length.steps)
            refuse(name + " has a change of the rate that is out of range");
        if (!record.changes.empty() && change.step < record.changes.back().lastStep)
            refuse(name + " has changes of the rate that are out of order");
        record.changes.push_back(std::move(change));
    }
}

void StudyFile::appendValidations(Row row, std::uint64_t first, std::span<const Score> validations) {
    if (validations.empty()) return;
    auto statement = m_database.prepare("INSERT INTO range_validation VALUES(?,?,?,?)");
    for (std::size_t i = 0; i < validations.size(); ++i) {
        statement.bind(1, row);
        statement.bind(2, static_cast<std::int64_t>(first + i));
        statement.bind(3, validations[i].loss);
        statement.bind(4, validations[i].error);
        statement.run();
    }
}

void StudyFile::readValidations(RunRecord& record) {
    if (m_version < 4 || !record.isRangeTest()) return;
    auto statement =
        m_database.prepare("SELECT step, val_loss, val_error FROM range_validation WHERE run=? ORDER BY step");
    statement.bind(1, std::int64_t(record.id));
    while (statement.step() && record.validations.size() < record.losses.size()) {
        const Score score{statement.real(1), statement.real(2)};
        const auto step = static_cast<std::int64_t>(record.validations.size());
        if (statement.integer(0) != step || !std::isfinite(score.loss) || !std::isfinite(score.error))
            refuse("run " + std::to_string(record.id) + " has validations with a hole, or that are not finite, at step " +
                   std::to_string(step));
        record.validations.push_back(score);
    }
}

void StudyFile::setCheckpoint(Row row, const Checkpoint& checkpoint) {
    if (checkpoint.bytes() > largestCheckpoint) return;
    m_database.setLongestValue(longestBlob);
    const StoredCheckpoint stored = storeCheckpoint(checkpoint);
    auto statement = m_database.prepare("INSERT OR REPLACE INTO checkpoint VALUES(?,?,?,?,?)");
    statement.bind(1, row);
    statement.bind(2, static_cast<std::int64_t>(checkpoint.weights.step));
    statement.bind(3, std::int64_t(checkpoint.epochPending));
    statement.bind(4, std::string_view(stored.state));
    statement.bindBlob(5, stored.tensors);
    statement.run();
}

CheckpointPointer StudyFile::readCheckpoint(Row row, const RunConfig& config) {
    if (m_version < 5) return nullptr;
    m_database.setLongestValue(longestText);
    auto statement = m_database.prepare("SELECT step, state, typeof(tensors) FROM checkpoint WHERE run=?");
    statement.bind(1, row);
    if (!statement.step()) return nullptr;
    const std::string place = path().string() + ": state of run " + std::to_string(row);
    if (statement.text(2) != "blob") throw Error(place + ": has no tensors");
    SqliteDatabase::Blob bytes = m_database.blob("checkpoint", "tensors", row);
    if (bytes.size() > 2 * largestCheckpoint) throw Error(place + ": is larger than any that is kept");
    std::vector<Tensor> tensors = readSafetensors(place, bytes.size(), [&](std::span<char> to) { bytes.read(to); });
    return std::make_shared<const Checkpoint>(parseCheckpoint(statement.text(1), std::move(tensors), config,
                                                              static_cast<std::uint64_t>(statement.integer(0)), place));
}

void StudyFile::readStoredState(RunRecord& record) {
    if (m_version < 5) return;
    auto statement = m_database.prepare("SELECT step, epoch_pending FROM checkpoint WHERE run=?");
    statement.bind(1, std::int64_t(record.id));
    if (!statement.step()) return;
    const std::int64_t step = statement.integer(0);
    // Of a run that was killed the curve may end before its state: nobody could tell where that belongs.
    if (step < 1 || static_cast<std::uint64_t>(step) > record.stepCount()) return;
    record.storedState = RunHeader::StoredState{static_cast<std::uint64_t>(step), statement.integer(1) != 0, {path(), record.id}};
}

} // namespace ratescope
