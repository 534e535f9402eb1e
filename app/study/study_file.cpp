// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/study_file.h"

#include "app/study/file_output.h"
#include "app/study/run_config_json.h"
#include "app/study/study_schema.h"
#include "core/error.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <system_error>

namespace ratescope {

namespace {

namespace fs = std::filesystem;

/// Rows of one insertion: a third off the time that each would take alone.
constexpr std::size_t stepsAtOnce = 32;

std::string insertionOf(std::size_t steps) {
    std::string sql = "INSERT INTO step(run, step, lr, loss) VALUES(?,?,?,?)";
    for (std::size_t i = 1; i < steps; ++i) sql += ",(?,?,?,?)";
    return sql;
}

SqliteDatabase::Mode modeOf(StudyFile::Access access) {
    return access == StudyFile::Access::Write ? SqliteDatabase::Mode::Create : SqliteDatabase::Mode::ReadOnly;
}

void removeWhole(const fs::path& study) {
    for (const char* companion : {"", "-journal", "-wal", "-shm"}) {
        fs::path file = study;
        file += companion;
        std::error_code ignored;
        fs::remove(file, ignored);
    }
}

/// A study with nothing in it where there is no file: either the whole of it is there or none, whenever the program dies.
void makeStudy(const fs::path& path) {
    fs::path beside = path;
    beside += ".new-" + std::to_string(getpid());
    removeWhole(beside);
    // Made here, since SQLite would not say why it cannot.
    const int file = open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (file < 0) throw Error(path.string() + ": " + writeProblem(errno));
    close(file);
    try {
        SqliteDatabase database(beside, SqliteDatabase::Mode::Create);
        makeStudyTables(database);
    } catch (const Error& failure) {
        removeWhole(beside);
        // Under the name that it was to have: the other one is nobody's business.
        throw Error(path.string() + std::string(failure.what()).substr(beside.string().size()));
    }
    // Another program may have made one meanwhile: it stays.
    std::error_code error;
    fs::create_hard_link(beside, path, error);
    if (error && !fs::exists(path)) fs::rename(beside, path, error); // of file systems that have no links
    removeWhole(beside);
    std::error_code ignored;
    if (!fs::exists(path, ignored)) throw Error(path.string() + ": " + writeProblem(error.value()));
}

/// What is no study whatever stands in it is refused here: SQLite takes what it thinks is empty for a database of its own.
void expectStudy(const fs::path& path, StudyFile::Access access) {
    constexpr std::uintmax_t smallestPage = 512; // of a database
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (fs::is_directory(status)) throw Error(path.string() + ": is a folder; expected a study");
    if (!fs::exists(status) || status.type() == fs::file_type::unknown) return; // told where it is opened
    if (!fs::is_regular_file(status)) throw Error(path.string() + ": is not an ordinary file; expected a study");
    const std::uintmax_t size = fs::file_size(path, error);
    if (error || size >= smallestPage) return;
    if (size > 0) throw Error(path.string() + ": is not a study (no SQLite database)");
    if (access == StudyFile::Access::Read) throw Error(path.string() + ": is empty; expected a study");
}

/// What is made beside a new study has longer names.
void expectShortName(const fs::path& path) {
    constexpr std::size_t longest = 255 - std::string_view(".saving-4194304.new-4194304-journal").size();
    if (path.filename().string().size() > longest)
        throw Error(path.string() + ": its name is too long; expected up to " + std::to_string(longest) + " bytes");
}

fs::path existing(const fs::path& path, StudyFile::Access access) {
    std::error_code error;
    expectStudy(path, access);
    if (fs::exists(path, error)) return path;
    if (access == StudyFile::Access::Read) throw Error(path.string() + ": does not exist");
    expectShortName(path);
    if (fs::path folder = fs::absolute(path, error).parent_path(); !fs::is_directory(folder, error))
        throw Error(path.string() + ": its folder does not exist; make it or save elsewhere");
    makeStudy(path);
    return path;
}

} // namespace

StudyFile::StudyFile(const fs::path& path, Access access)
    : m_database(existing(path, access), modeOf(access))
    , m_access(access) {
    std::error_code error;
    if (access == Access::Write && fs::file_size(path, error) == 0) makeStudyTables(m_database);
    m_database.setLongestValue(longestText);
    checkIsStudy();
    if (access == Access::Read) return;
    if (m_version < studyVersion) migrateStudyTables(m_database, m_version);
    checkIsStudy();
    m_database.writeAhead();
    m_database.execute("PRAGMA synchronous=NORMAL");
    m_insertStep = std::make_unique<SqliteDatabase::Statement>(m_database.prepare(insertionOf(1)));
    m_insertSteps = std::make_unique<SqliteDatabase::Statement>(m_database.prepare(insertionOf(stepsAtOnce)));
}

void StudyFile::refuse(const std::string& what) const { throw Error(path().string() + ": " + what); }

void StudyFile::checkIsStudy() {
    if (m_database.integer("PRAGMA application_id") != studyApplicationId)
        refuse("is an SQLite database, but not a study of Ratescope's");
    const std::int64_t version = m_database.integer("PRAGMA user_version");
    if (version < oldestStudyVersion || version > studyVersion)
        refuse("is a study of format " + std::to_string(version) + "; this program reads formats " +
               std::to_string(oldestStudyVersion) + " to " + std::to_string(studyVersion));
    if (const std::string table = unlikeStudyTable(m_database, version); !table.empty())
        refuse("is no study as Ratescope writes it: its table “" + table + "” has other columns or keys");
    m_version = version;
}

namespace {

/// Binds what addRun and updateRun have in common to ?1 … ?21.
void bindHeader(SqliteDatabase::Statement& statement, const RunHeader& header) {
    const RunResult& result = header.result;
    const auto whole = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
    const auto finite = [](const std::optional<Score>& score) { return score && score->isFinite() ? score : std::nullopt; };
    const std::optional<Score> test = finite(result.test);
    const std::optional<Score> ensemble = finite(result.ensemble);
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
    statement.bind(14, test ? std::optional(test->loss) : std::nullopt);
    statement.bind(15, test ? std::optional(test->error) : std::nullopt);
    const std::uint32_t samples = header.length.grown ? header.length.grown->samples : header.length.epochSamples;
    statement.bind(16, samples > 0 ? std::optional(std::int64_t(samples)) : std::nullopt);
    statement.bind(17, result.bestEpoch ? std::optional(whole(*result.bestEpoch)) : std::nullopt);
    statement.bind(18, std::int64_t(result.restoredBest));
    statement.bind(19, ensemble ? std::optional(ensemble->loss) : std::nullopt);
    statement.bind(20, ensemble ? std::optional(ensemble->error) : std::nullopt);
    statement.bind(21, std::string_view(header.origin.toStdString()));
}

} // namespace

StudyFile::Row StudyFile::addRun(const RunHeader& header) {
    // Rows are numbered upwards: below that none have to be counted.
    if (m_database.integer("SELECT max(id) FROM run") >= std::int64_t(mostRuns) &&
        m_database.integer("SELECT count(*) FROM run") >= std::int64_t(mostRuns))
        refuse("holds " + std::to_string(mostRuns) + " runs, the most that a study may; save what follows elsewhere");
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
        if (!snapshot.test.isFinite()) continue; // nor would it be read
        statement.bind(1, row);
        statement.bind(2, static_cast<std::int64_t>(snapshot.step));
        statement.bind(3, snapshot.test.loss);
        statement.bind(4, snapshot.test.error);
        statement.run();
    }
}

void StudyFile::setWeights(Row row, const RunWeights& weights) {
    m_database.setLongestValue(longestBlob);
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
    auto statement =
        m_database.prepare("SELECT kind, step, rowid, typeof(tensors) FROM weights WHERE run=? ORDER BY kind, step");
    statement.bind(1, row);
    const std::string name = path().string() + ": weights of run " + std::to_string(row);
    while (statement.step()) {
        const std::string kind = statement.text(0);
        if (statement.text(3) != "blob") readSafetensors(name, 0, {}); // which says that it holds nothing
        SqliteDatabase::Blob bytes = m_database.blob("weights", "tensors", statement.integer(2));
        std::vector<Tensor> tensors = readSafetensors(name, bytes.size(), [&](std::span<char> to) { bytes.read(to); });
        if (kind == "last")
            weights.last = std::move(tensors);
        else
            weights.snapshots.push_back({static_cast<std::uint64_t>(statement.integer(1)), std::move(tensors)});
    }
    return weights;
}

void StudyFile::appendSteps(Row row, std::span<const StepMetrics> steps) {
    while (!steps.empty()) {
        const std::size_t count = steps.size() < stepsAtOnce ? 1 : stepsAtOnce;
        SqliteDatabase::Statement& insertion = count == 1 ? *m_insertStep : *m_insertSteps;
        int place = 0;
        for (const StepMetrics& step : steps.first(count)) {
            insertion.bind(++place, row);
            insertion.bind(++place, static_cast<std::int64_t>(step.step));
            insertion.bind(++place, step.rate); // NaN, which is unknown, is NULL
            insertion.bind(++place, double(step.loss));
        }
        insertion.run();
        steps = steps.subspan(count);
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

StudyFile::Row StudyFile::addWhole(const RunRecord& run) {
    const Row row = addRun(run);
    addCurves(row, run);
    return row;
}

void StudyFile::addCurves(Row row, const RunRecord& run) {
    constexpr std::size_t atOnce = 1024;
    std::vector<StepMetrics> steps;
    for (std::size_t i = 0; i < run.losses.size(); ++i) {
        steps.push_back({run.stepNumber(i), run.rateAt(i).value_or(std::nan("")), run.losses[i]});
        if (steps.size() < atOnce && i + 1 < run.losses.size()) continue;
        appendSteps(row, steps);
        steps.clear();
    }
    for (const EpochMetrics& epoch : run.epochs) appendEpoch(row, epoch);
    appendValidations(row, 0, run.validations);
    for (std::size_t i = 0; i < run.changes.size(); ++i) setChange(row, i, run.changes[i]);
}

void StudyFile::setRemoved(Row row, bool removed) {
    auto statement = m_database.prepare("UPDATE run SET removed=? WHERE id=?");
    statement.bind(1, std::int64_t(removed));
    statement.bind(2, row);
    statement.run();
}

void StudyFile::purgeRemoved(std::chrono::milliseconds atMost) noexcept {
    try {
        const auto until = std::chrono::steady_clock::now() + atMost;
        std::vector<Row> removed;
        for (auto rows = m_database.prepare("SELECT id FROM run WHERE removed"); rows.step();) removed.push_back(rows.integer(0));
        for (const Row row : removed)
            if (!purge(row, until)) return;
    } catch (const Error&) { // no room for it, say
    }
}

/// Whether all of the run is gone. Its steps go in slices: a run may have millions.
bool StudyFile::purge(Row row, std::chrono::steady_clock::time_point until) {
    constexpr std::int64_t slice = 100'000; // about a tenth of a second
    auto last = m_database.prepare("SELECT max(step) FROM step WHERE run=?");
    last.bind(1, row);
    auto some = m_database.prepare("DELETE FROM step WHERE run=? AND step>=?");
    while (true) {
        if (std::chrono::steady_clock::now() > until) return false;
        last.reset();
        if (!last.step() || last.isNull(0)) break;
        const std::int64_t from = last.integer(0) - slice;
        last.reset();
        some.bind(1, row);
        some.bind(2, from);
        some.run();
    }
    SqliteTransaction transaction(m_database);
    for (const char* table : {"epoch", "snapshot", "weights", "checkpoint", "rate_change", "range_validation"})
        m_database.execute(std::string("DELETE FROM ") + table + " WHERE run=" + std::to_string(row));
    m_database.execute("DELETE FROM run WHERE id=" + std::to_string(row));
    transaction.commit();
    return true;
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

namespace {

/// Makes sure that what a study that is to be replaced has beside it belongs to nobody: SQLite would take another's log for
/// the new study's.
void foldLogOf(const fs::path& target) {
    fs::path log = target;
    log += "-wal";
    std::error_code error;
    if (!fs::exists(log, error)) return;
    SqliteDatabase database(target, SqliteDatabase::Mode::ReadWrite);
    database.execute("PRAGMA journal_mode=DELETE"); // fails where somebody else has it open
}

/// To the disk, so that the name never stands for less than the whole after a power failure.
void synchronize(const fs::path& path, int flags) {
    const int file = open(path.c_str(), flags | O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    const bool good = fsync(file) == 0 || errno == EINVAL; // of a folder on some network disks
    const int code = errno;
    close(file);
    if (!good) throw fs::filesystem_error("fsync", std::error_code(code, std::generic_category()));
}

} // namespace

void StudyFile::copyTo(const fs::path& target) {
    expectShortName(target);
    fs::path beside = target;
    beside += ".saving-" + std::to_string(getpid());
    std::error_code error;
    fs::remove(beside, error);
    try {
        auto statement = m_database.prepare("VACUUM INTO ?");
        statement.bind(1, std::string_view(beside.string()));
        statement.run();
        synchronize(beside, 0);
        foldLogOf(target);
        fs::rename(beside, target);
        synchronize(target.parent_path().empty() ? fs::path(".") : target.parent_path(), O_DIRECTORY);
    } catch (const fs::filesystem_error& failure) {
        fs::remove(beside, error);
        throw Error(target.string() + ": cannot be written: " + failure.code().message());
    } catch (const Error& failure) {
        fs::remove(beside, error);
        throw Error(target.string() + ": could not be saved (" + failure.what() + ")");
    }
}

StudyFile::~StudyFile() {
    if (m_access == Access::Read || m_database.hasMoved()) return; // what has its name by now is another's
    rollback();
    settle();
}

void StudyFile::makeNew(const fs::path& path) {
    expectShortName(path);
    fs::path beside = path;
    beside += ".saving-" + std::to_string(getpid());
    std::error_code error;
    fs::remove(beside, error);
    makeStudy(beside);
    try {
        foldLogOf(path);
        fs::rename(beside, path);
    } catch (const fs::filesystem_error& failure) {
        fs::remove(beside, error);
        throw Error(path.string() + ": cannot be written: " + failure.code().message());
    } catch (const Error&) {
        fs::remove(beside, error);
        throw;
    }
}

bool StudyFile::settle() noexcept {
    m_insertStep.reset();
    m_insertSteps.reset();
    try {
        auto statement = m_database.prepare("PRAGMA journal_mode=DELETE");
        return statement.step() && statement.text(0) == "delete";
    } catch (const Error&) { // another program reads it: then the log stays beside the file, which is as good
        return false;
    }
}

} // namespace ratescope
