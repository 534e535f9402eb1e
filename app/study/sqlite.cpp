// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/sqlite.h"

#include "core/brief_text.h"
#include "core/error.h"

#include <cerrno>
#include <system_error>

namespace ratescope {

namespace {

constexpr int longestWait = 1000; ///< ms, for another program

/// The name under which SQLite takes a file for one that nobody changes.
std::string immutable(const std::filesystem::path& path) {
    std::string uri = "file:";
    for (const char byte : std::filesystem::absolute(path).string()) {
        if (byte == '%' || byte == '?' || byte == '#')
            uri += byte == '%' ? "%25" : byte == '?' ? "%3f" : "%23";
        else
            uri += byte;
    }
    return uri + "?immutable=1";
}

std::uintmax_t logSize(const std::filesystem::path& path) {
    std::filesystem::path log = path;
    log += "-wal";
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(log, error);
    return error ? 0 : size;
}

} // namespace

SqliteDatabase::SqliteDatabase(const std::filesystem::path& path, Mode mode)
    : m_path(path) {
    const int access = mode == Mode::ReadOnly    ? SQLITE_OPEN_READONLY
                       : mode == Mode::ReadWrite ? SQLITE_OPEN_READWRITE
                                                 : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    connect(path.string(), access);
    int code = readSchema();
    // Of one that was left with a write-ahead log SQLite makes files beside it even to read it. Where that cannot be, and
    // nothing lies in the log, the file is all there is.
    const int kind = code & 0xFF;
    const bool isPlace =
        kind == SQLITE_CANTOPEN || kind == SQLITE_READONLY || kind == SQLITE_FULL || kind == SQLITE_IOERR;
    if (mode == Mode::ReadOnly && isPlace) {
        m_hasLog = logSize(path) > 0;
        if (!m_hasLog) {
            connect(immutable(path), access | SQLITE_OPEN_URI);
            code = readSchema();
        }
    }
    if (code != SQLITE_OK) fail(code, systemError());
}

void SqliteDatabase::connect(const std::string& name, int flags) {
    sqlite3* database = nullptr;
    const int code = sqlite3_open_v2(name.c_str(), &database, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    m_database.reset(database);
    if (code != SQLITE_OK) fail(code);
    sqlite3_busy_timeout(database, longestWait);
    // A study may come from anybody: no functions, settings or modules that its own schema could reach for.
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    sqlite3_drop_modules(database, nullptr); // tables that are somebody's code, such as fts5's
    sqlite3_exec(database, "PRAGMA cell_size_check=ON; PRAGMA ignore_check_constraints=ON", nullptr, nullptr, nullptr);
}

/// SQLite reads all that a schema has before the first statement, and takes minutes for hundreds of thousands of tables.
int SqliteDatabase::readSchema() const {
    constexpr int mostInstructions = 100'000; // some ten for each table or index
    sqlite3_progress_handler(m_database.get(), mostInstructions, [](void*) { return 1; }, nullptr);
    const int code = sqlite3_exec(m_database.get(), "SELECT 1 FROM sqlite_schema LIMIT 1", nullptr, nullptr, nullptr);
    sqlite3_progress_handler(m_database.get(), 0, nullptr, nullptr);
    return code;
}

void SqliteDatabase::fail(int code, int system) const {
    int kind = code & 0xFF;
    // A quota and a limit to the size of files are a full disk to whoever writes.
    if (kind == SQLITE_IOERR && (system == EFBIG || system == EDQUOT || system == ENOSPC)) kind = SQLITE_FULL;
    std::string what;
    if (m_hasLog && (kind == SQLITE_FULL || kind == SQLITE_READONLY || kind == SQLITE_CANTOPEN))
        throw Error(m_path.string() + ": cannot be read where it is: its last entries are in “" + m_path.filename().string() +
                    "-wal”, which takes a folder with room that may be written to; copy both there");
    switch (kind) {
    case SQLITE_NOTADB: what = "is not a study (no SQLite database)"; break;
    case SQLITE_CORRUPT: what = "is damaged (SQLite finds its pages malformed)"; break;
    case SQLITE_FULL: what = "cannot be written: the disk is full; make room or save elsewhere"; break;
    case SQLITE_READONLY: what = "cannot be written: the file or its folder is read-only; save elsewhere"; break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: what = "is locked by another program; close it there or save elsewhere"; break;
    case SQLITE_INTERRUPT: what = "holds thousands of tables; expected a study, which has a few"; break;
    case SQLITE_TOOBIG: what = "holds a value that is too long"; break;
    case SQLITE_CANTOPEN: what = "cannot be opened: it or its folder does not exist or may not be read"; break;
    case SQLITE_IOERR:
        if (code == SQLITE_IOERR_WRITE && system != EIO) {
            what = "cannot be written: the disk takes no more (a limit to the size of files?); make room or save elsewhere";
            break;
        }
        what = "cannot be read or written: the disk reports a fault" +
               (system != 0 ? " (" + std::generic_category().message(system) + ")" : std::string()) +
               "; see to it or save elsewhere";
        break;
    default: // it repeats names of a schema that may be anybody's
        constexpr std::size_t most = 200;
        what = "SQLite says: " + briefText(m_database ? sqlite3_errmsg(m_database.get()) : sqlite3_errstr(code), most);
    }
    throw Error(m_path.string() + ": " + what);
}

void SqliteDatabase::execute(const std::string& sql) {
    if (const int code = sqlite3_exec(m_database.get(), sql.c_str(), nullptr, nullptr, nullptr); code != SQLITE_OK) fail(code);
}

void SqliteDatabase::writeAhead() {
    constexpr int pause = 10; // ms
    for (int waited = 0;; waited += pause) {
        const int code = sqlite3_exec(m_database.get(), "PRAGMA journal_mode=WAL", nullptr, nullptr, nullptr);
        if (code == SQLITE_OK) return;
        if ((code & 0xFF) != SQLITE_BUSY || waited >= longestWait) fail(code);
        sqlite3_sleep(pause);
    }
}

void SqliteDatabase::rollback() noexcept {
    sqlite3_exec(m_database.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

bool SqliteDatabase::hasMoved() const {
    int moved = 0;
    return sqlite3_file_control(m_database.get(), nullptr, SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved != 0;
}

SqliteDatabase::Statement SqliteDatabase::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(m_database.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &statement, nullptr);
    if (code != SQLITE_OK) fail(code);
    return {this, statement};
}

SqliteDatabase::Blob SqliteDatabase::blob(const char* table, const char* column, std::int64_t row) {
    sqlite3_blob* opened = nullptr;
    const int code = sqlite3_blob_open(m_database.get(), "main", table, column, row, 0, &opened);
    Blob blob(this, opened);
    if (code != SQLITE_OK) fail(code);
    return blob;
}

void SqliteDatabase::Blob::read(std::span<char> to) {
    const int count = static_cast<int>(to.size());
    if (const int code = sqlite3_blob_read(m_blob.get(), to.data(), count, m_at); code != SQLITE_OK) m_database->fail(code);
    m_at += count;
}

std::int64_t SqliteDatabase::integer(const std::string& sql) {
    Statement statement = prepare(sql);
    return statement.step() ? statement.integer(0) : 0;
}

void SqliteDatabase::Statement::check(int code) {
    if (code != SQLITE_OK) m_database->fail(code);
}

void SqliteDatabase::Statement::bind(int index, std::int64_t value) { check(sqlite3_bind_int64(m_statement.get(), index, value)); }

void SqliteDatabase::Statement::bind(int index, double value) { check(sqlite3_bind_double(m_statement.get(), index, value)); }

void SqliteDatabase::Statement::bind(int index, std::string_view value) {
    check(sqlite3_bind_text(m_statement.get(), index, value.data(), static_cast<int>(value.size()), SQLITE_TRANSIENT));
}

void SqliteDatabase::Statement::bindBlob(int index, std::string_view bytes) {
    check(sqlite3_bind_blob64(m_statement.get(), index, bytes.data(), bytes.size(), SQLITE_STATIC));
}

void SqliteDatabase::Statement::bind(int index, std::optional<double> value) {
    value ? bind(index, *value) : check(sqlite3_bind_null(m_statement.get(), index));
}

void SqliteDatabase::Statement::bind(int index, std::optional<std::int64_t> value) {
    value ? bind(index, *value) : check(sqlite3_bind_null(m_statement.get(), index));
}

bool SqliteDatabase::Statement::step() {
    const int code = sqlite3_step(m_statement.get());
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        const int system = m_database->systemError();
        sqlite3_reset(m_statement.get());
        m_database->fail(code, system);
    }
    return code == SQLITE_ROW;
}

void SqliteDatabase::Statement::run() {
    while (step()) {
    }
    reset();
}

void SqliteDatabase::Statement::reset() { sqlite3_reset(m_statement.get()); }

std::string SqliteDatabase::Statement::blob(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(m_statement.get(), column));
    return bytes ? std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column))) : std::string();
}

std::string SqliteDatabase::Statement::text(int column) const {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(m_statement.get(), column));
    return bytes ? std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column))) : std::string();
}

} // namespace ratescope
