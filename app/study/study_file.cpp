// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/study_file.h"

#include "app/study/run_config_json.h"
#include "core/data/idx_reader.h"
#include "core/error.h"

#include <cmath>
#include <system_error>

namespace ratescope {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t applicationId = 0x52615363; // “RaSc”
constexpr std::int64_t schemaVersion = 4;
constexpr std::int64_t oldestVersion = 2; ///< without rate_change; 3: without range_validation and run.origin

constexpr const char* changeTable = R"(
CREATE TABLE rate_change(run INTEGER NOT NULL, number INTEGER NOT NULL, step INTEGER NOT NULL, last_step INTEGER NOT NULL,
    cause TEXT NOT NULL, lr_before REAL NOT NULL, lr_after REAL NOT NULL, gesture INTEGER NOT NULL, schedule TEXT,
    PRIMARY KEY(run, number)) WITHOUT ROWID;
)";

constexpr const char* validationTable = R"(
CREATE TABLE range_validation(run INTEGER NOT NULL, step INTEGER NOT NULL, val_loss REAL NOT NULL, val_error REAL NOT NULL,
    PRIMARY KEY(run, step)) WITHOUT ROWID;
)";

constexpr const char* originColumn = "ALTER TABLE run ADD COLUMN origin TEXT NOT NULL DEFAULT ''";

constexpr const char* schema = R"(
CREATE TABLE study(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE run(id INTEGER PRIMARY KEY, position INTEGER NOT NULL, name TEXT NOT NULL, color TEXT NOT NULL,
    dash INTEGER NOT NULL, visible INTEGER NOT NULL, config TEXT NOT NULL, state TEXT NOT NULL, message TEXT NOT NULL,
    steps INTEGER NOT NULL, steps_per_epoch INTEGER NOT NULL, train_seconds REAL NOT NULL,
    trained_steps INTEGER NOT NULL, trained_samples INTEGER NOT NULL, diverged_at INTEGER, test_loss REAL,
    test_error REAL, epoch_samples INTEGER, best_epoch INTEGER, restored_best INTEGER NOT NULL DEFAULT 0,
    ensemble_loss REAL, ensemble_error REAL, removed INTEGER NOT NULL DEFAULT 0);
CREATE TABLE step(run INTEGER NOT NULL, step INTEGER NOT NULL, lr REAL NOT NULL, loss REAL NOT NULL,
    PRIMARY KEY(run, step)) WITHOUT ROWID;
CREATE TABLE epoch(run INTEGER NOT NULL, epoch INTEGER NOT NULL, step INTEGER NOT NULL, lr REAL NOT NULL,
    train_loss REAL NOT NULL, train_error REAL NOT NULL, val_loss REAL, val_error REAL, seconds REAL NOT NULL,
    PRIMARY KEY(run, epoch)) WITHOUT ROWID;
CREATE TABLE snapshot(run INTEGER NOT NULL, step INTEGER NOT NULL, test_loss REAL NOT NULL, test_error REAL NOT NULL,
    PRIMARY KEY(run, step)) WITHOUT ROWID;
CREATE TABLE weights(run INTEGER NOT NULL, kind TEXT NOT NULL, step INTEGER NOT NULL, tensors BLOB NOT NULL,
    PRIMARY KEY(run, kind, step));
)";

SqliteDatabase::Mode modeOf(StudyFile::Access access) {
    return access == StudyFile::Access::Write ? SqliteDatabase::Mode::Create : SqliteDatabase::Mode::ReadOnly;
}

fs::path existing(const fs::path& path, StudyFile::Access access) {
    std::error_code error;
    if (access == StudyFile::Access::Read && !fs::exists(path, error)) throw Error(path.string() + ": does not exist");
    if (fs::is_directory(path, error)) throw Error(path.string() + ": is a folder; expected a study");
    return path;
}

bool isFinite(const std::optional<Score>& score) {
    return !score || (std::isfinite(score->loss) && std::isfinite(score->error));
}

} // namespace

StudyFile::StudyFile(const fs::path& path, Access access)
    : m_database(existing(path, access), modeOf(access)) {
    std::error_code error;
    m_version = schemaVersion;
    const bool fresh = access == Access::Write && fs::file_size(path, error) == 0;
    if (fresh)
        initialize();
    else
        checkIsStudy();
    if (access == Access::Read) return;
    migrate();
    m_database.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL");
    m_insertStep = std::make_unique<SqliteDatabase::Statement>(
        m_database.prepare("INSERT INTO step(run, step, lr, loss) VALUES(?,?,?,?)"));
}

void StudyFile::refuse(const std::string& what) const { throw Error(path().string() + ": " + what); }

void StudyFile::initialize() {
    begin();
    try {
        m_database.execute("PRAGMA application_id=" + std::to_string(applicationId));
        m_database.execute("PRAGMA user_version=" + std::to_string(schemaVersion));
        m_database.execute(schema);
        for (const char* part : {changeTable, validationTable, originColumn}) m_database.execute(part);
        commit();
    } catch (const Error&) {
        rollback();
        throw;
    }
}

void StudyFile::checkIsStudy() {
    if (m_database.integer("PRAGMA application_id") != applicationId)
        refuse("is an SQLite database, but not a study of Ratescope's");
    const std::int64_t version = m_database.integer("PRAGMA user_version");
    if (version < oldestVersion || version > schemaVersion)
        refuse("is a study of format " + std::to_string(version) + "; this program reads formats " +
               std::to_string(oldestVersion) + " to " + std::to_string(schemaVersion));
    m_version = version;
}

/// Brings an older study up to this program's format.
void StudyFile::migrate() {
    if (m_version == schemaVersion) return;
    begin();
    try {
        if (m_version < 3) m_database.execute(changeTable);
        for (const char* part : {validationTable, originColumn}) m_database.execute(part);
        m_database.execute("PRAGMA user_version=" + std::to_string(schemaVersion));
        commit();
        m_version = schemaVersion;
    } catch (const Error&) {
        rollback();
        throw;
    }
}

void StudyFile::rollback() noexcept {
    try {
        m_database.execute("ROLLBACK");
    } catch (const Error&) { // there was no transaction left to undo
    }
}

namespace {

/// Binds what addRun and updateRun have in common to ?1 … ?21.
void bindHeader(SqliteDatabase::Statement& statement, const RunHeader& header) {
    const RunResult& result = header.result;
    const auto whole = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
    statement.bind(1, std::string_view(header.config.name));
    statement.bind(2, std::string_view(header.config.color));
    statement.bind(3, std::int64_t(header.dash));
    statement.bind(4, std::int64_t(header.visible));
    statement.bind(5, std::string_view(toJson(header.config).dump(-1, ' ', false, Json::error_handler_t::replace)));
    statement.bind(6, std::string_view(runStateName(header.state)));
    statement.bind(7, std::string_view(header.message.toStdString()));
    statement.bind(8, whole(header.length.steps));
    statement.bind(9, whole(header.length.stepsPerEpoch));
    statement.bind(10, header.trainSeconds);
    statement.bind(11, whole(result.steps));
    statement.bind(12, whole(result.samples));
    statement.bind(13, result.divergedAt ? std::optional(whole(*result.divergedAt)) : std::nullopt);
    statement.bind(14, result.test ? std::optional(result.test->loss) : std::nullopt);
    statement.bind(15, result.test ? std::optional(result.test->error) : std::nullopt);
    const std::uint32_t samples = header.length.grown ? header.length.grown->samples : header.length.epochSamples;
    statement.bind(16, samples > 0 ? std::optional(std::int64_t(samples)) : std::nullopt);
    statement.bind(17, result.bestEpoch ? std::optional(whole(*result.bestEpoch)) : std::nullopt);
    statement.bind(18, std::int64_t(result.restoredBest));
    statement.bind(19, result.ensemble ? std::optional(result.ensemble->loss) : std::nullopt);
    statement.bind(20, result.ensemble ? std::optional(result.ensemble->error) : std::nullopt);
    statement.bind(21, std::string_view(header.origin.toStdString()));
}

} // namespace

StudyFile::Row StudyFile::addRun(const RunHeader& header) {
    auto statement = m_database.prepare(
        "INSERT INTO run(name, color, dash, visible, config, state, message, steps, steps_per_epoch, train_seconds,"
        " trained_steps, trained_samples, diverged_at, test_loss, test_error, epoch_samples, best_epoch, restored_best,"
        " ensemble_loss, ensemble_error, origin, position) "
        "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,"
        "(SELECT coalesce(max(position), 0) + 1 FROM run))");
    bindHeader(statement, header);
    statement.run();
    const Row row = m_database.lastInsertedRow();
    writeSnapshots(row, header.result);
    return row;
}

void StudyFile::updateRun(Row row, const RunHeader& header) {
    auto statement = m_database.prepare(
        "UPDATE run SET name=?1, color=?2, dash=?3, visible=?4, config=?5, state=?6, message=?7, steps=?8,"
        " steps_per_epoch=?9, train_seconds=?10, trained_steps=?11, trained_samples=?12, diverged_at=?13, "
        "test_loss=?14,"
        " test_error=?15, epoch_samples=?16, best_epoch=?17, restored_best=?18, ensemble_loss=?19, ensemble_error=?20,"
        " origin=?21 WHERE id=?22");
    bindHeader(statement, header);
    statement.bind(22, row);
    statement.run();
    writeSnapshots(row, header.result);
}

void StudyFile::writeSnapshots(Row row, const RunResult& result) {
    if (result.snapshots.empty()) return;
    auto statement = m_database.prepare("INSERT OR REPLACE INTO snapshot VALUES(?,?,?,?)");
    for (const SnapshotScore& snapshot : result.snapshots) {
        statement.bind(1, row);
        statement.bind(2, static_cast<std::int64_t>(snapshot.step));
        statement.bind(3, snapshot.test.loss);
        statement.bind(4, snapshot.test.error);
        statement.run();
    }
}

void StudyFile::setWeights(Row row, const RunWeights& weights) {
    auto removal = m_database.prepare("DELETE FROM weights WHERE run=?");
    removal.bind(1, row);
    removal.run();
    auto statement = m_database.prepare("INSERT INTO weights VALUES(?,?,?,?)");
    const auto write = [&](const char* kind, std::uint64_t step, const std::vector<Tensor>& tensors) {
        const std::string bytes = writeSafetensors(tensors);
        statement.bind(1, row);
        statement.bind(2, std::string_view(kind));
        statement.bind(3, static_cast<std::int64_t>(step));
        statement.bindBlob(4, bytes);
        statement.run();
    };
    if (!weights.last.empty()) write("last", 0, weights.last);
    for (const Trainer::Snapshot& snapshot : weights.snapshots) write("snapshot", snapshot.step, snapshot.weights);
}

RunWeights StudyFile::readWeights(Row row) {
    RunWeights weights;
    auto statement = m_database.prepare("SELECT kind, step, tensors FROM weights WHERE run=? ORDER BY kind, step");
    statement.bind(1, row);
    while (statement.step()) {
        const std::string kind = statement.text(0);
        std::vector<Tensor> tensors =
            parseSafetensors(statement.blob(2), path().string() + ": weights of run " + std::to_string(row));
        if (kind == "last")
            weights.last = std::move(tensors);
        else
            weights.snapshots.push_back({static_cast<std::uint64_t>(statement.integer(1)), std::move(tensors)});
    }
    return weights;
}

void StudyFile::appendSteps(Row row, std::span<const StepMetrics> steps) {
    for (const StepMetrics& step : steps) {
        m_insertStep->bind(1, row);
        m_insertStep->bind(2, static_cast<std::int64_t>(step.step));
        m_insertStep->bind(3, step.rate);
        m_insertStep->bind(4, double(step.loss));
        m_insertStep->run();
    }
}

void StudyFile::appendEpoch(Row row, const EpochMetrics& epoch) {
    auto statement = m_database.prepare("INSERT INTO epoch VALUES(?,?,?,?,?,?,?,?,?)");
    statement.bind(1, row);
    statement.bind(2, static_cast<std::int64_t>(epoch.epoch));
    statement.bind(3, static_cast<std::int64_t>(epoch.step));
    statement.bind(4, epoch.rate);
    statement.bind(5, epoch.train.loss);
    statement.bind(6, epoch.train.error);
    statement.bind(7, epoch.validation ? std::optional(epoch.validation->loss) : std::nullopt);
    statement.bind(8, epoch.validation ? std::optional(epoch.validation->error) : std::nullopt);
    statement.bind(9, epoch.seconds);
    statement.run();
}

void StudyFile::setRemoved(Row row, bool removed) {
    auto statement = m_database.prepare("UPDATE run SET removed=? WHERE id=?");
    statement.bind(1, std::int64_t(removed));
    statement.bind(2, row);
    statement.run();
}

void StudyFile::purgeRemoved() {
    m_database.execute("DELETE FROM step WHERE run IN (SELECT id FROM run WHERE removed)");
    for (const char* table : {"epoch", "snapshot", "weights", "rate_change", "range_validation"})
        m_database.execute(std::string("DELETE FROM ") + table + " WHERE run IN (SELECT id FROM run WHERE removed)");
    m_database.execute("DELETE FROM run WHERE removed");
}

std::vector<RunRecord> StudyFile::readRuns(Content content) {
    std::vector<RunRecord> records;
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
        record.config.name = fittedName(QString::fromStdString(statement.text(1)).toStdString()); // sound UTF-8 at any rate
        record.config.color = statement.text(2);
        if (const Problems problems = record.config.validate(); !problems.empty())
            refuse("run " + std::to_string(record.id) + ": " + problems[0].place + ": " + problems[0].message);
        record.dash = static_cast<int>(statement.integer(3) & 0xFF);
        record.visible = statement.integer(4) != 0;
        const auto state = findRunState(statement.text(6));
        if (!state) refuse("run " + std::to_string(record.id) + " has the unknown state “" + statement.text(6) + "”");
        record.state = *state;
        record.message = QString::fromStdString(statement.text(7));
        record.origin = QString::fromStdString(statement.text(22));
        const std::int64_t steps = statement.integer(8);
        const std::int64_t perEpoch = statement.integer(9);
        if (steps < 1 || perEpoch < 1 || static_cast<std::uint64_t>(steps) > maximumSteps ||
            static_cast<std::uint64_t>(perEpoch) > maximumSteps)
            refuse("run " + std::to_string(record.id) + " has a length that is out of range");
        record.length = {static_cast<std::uint64_t>(steps), static_cast<std::uint64_t>(perEpoch)};
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
        if (statement.integer(21) != 0) record.weights = RunHeader::WeightsPlace{path(), statement.integer(0)};
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
    while (statement.step()) {
        const double rate = statement.real(1);
        const double loss = statement.real(2);
        if (statement.integer(0) != static_cast<std::int64_t>(record.losses.size()))
            refuse("run " + std::to_string(record.id) + " lacks step " + std::to_string(record.losses.size()));
        if (!std::isfinite(rate) || !std::isfinite(static_cast<float>(loss)))
            refuse("run " + std::to_string(record.id) + " has a value that is not finite at step " +
                   std::to_string(record.losses.size()));
        if (record.losses.size() == record.length.steps)
            refuse("run " + std::to_string(record.id) + " has more steps than its length, " +
                   std::to_string(record.length.steps));
        record.rates.push_back(rate);
        record.losses.push_back(static_cast<float>(loss));
    }
}

void StudyFile::readEpochs(RunRecord& record) {
    auto statement = m_database.prepare("SELECT epoch, step, lr, train_loss, train_error, val_loss, val_error, seconds"
                                        " FROM epoch WHERE run=? ORDER BY epoch");
    statement.bind(1, std::int64_t(record.id));
    while (statement.step()) {
        EpochMetrics epoch;
        epoch.epoch = static_cast<std::uint64_t>(statement.integer(0));
        epoch.step = static_cast<std::uint64_t>(statement.integer(1));
        epoch.rate = statement.real(2);
        epoch.train = {statement.real(3), statement.real(4)};
        if (!statement.isNull(5)) epoch.validation = Score{statement.real(5), statement.real(6)};
        epoch.seconds = statement.real(7);
        if (!std::isfinite(epoch.rate) || !isFinite(epoch.train) || !isFinite(epoch.validation) ||
            !std::isfinite(epoch.seconds))
            refuse("run " + std::to_string(record.id) + " has a value that is not finite at epoch " +
                   std::to_string(epoch.epoch));
        record.epochs.push_back(epoch);
    }
}

std::string StudyFile::text(const std::string& key) {
    auto statement = m_database.prepare("SELECT value FROM study WHERE key=?");
    statement.bind(1, std::string_view(key));
    return statement.step() ? statement.text(0) : std::string();
}

void StudyFile::setText(const std::string& key, const std::string& value) {
    auto statement =
        m_database.prepare("INSERT INTO study(key, value) VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET value=?2");
    statement.bind(1, std::string_view(key));
    statement.bind(2, std::string_view(value));
    statement.run();
}

void StudyFile::copyTo(const fs::path& target) {
    fs::path beside = target;
    beside += ".saving";
    std::error_code error;
    fs::remove(beside, error);
    try {
        auto statement = m_database.prepare("VACUUM INTO ?");
        statement.bind(1, std::string_view(beside.string()));
        statement.run();
        for (const char* companion : {"-wal", "-shm"}) { // of a study that stood there before
            fs::path stale = target;
            stale += companion;
            fs::remove(stale, error);
        }
        fs::rename(beside, target);
    } catch (const fs::filesystem_error& failure) {
        fs::remove(beside, error);
        throw Error(target.string() + ": cannot be written: " + failure.code().message());
    } catch (const Error& failure) {
        fs::remove(beside, error);
        throw Error(target.string() + ": could not be saved (" + failure.what() + ")");
    }
}

void StudyFile::settle() noexcept {
    m_insertStep.reset();
    try {
        m_database.execute("PRAGMA journal_mode=DELETE");
    } catch (const Error&) { // another program reads it: then the log stays beside the file, which is as good
    }
}

} // namespace ratescope
