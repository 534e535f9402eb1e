// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace ratescope {

/// A thin shell around SQLite's C interface: everything that fails throws ratescope::Error naming the file. The C interface
/// rather than QtSql: no registry of connections by name, and a tenth of the time for a million rows.
class SqliteDatabase {
public:
    enum class Mode { ReadOnly, ReadWrite, Create };
    SqliteDatabase(const std::filesystem::path& path, Mode mode);

    class Statement {
    public:
        void bind(int index, std::int64_t value);
        void bind(int index, double value);
        void bind(int index, std::string_view value);
        /// Bytes, which have to outlive the statement's run.
        void bindBlob(int index, std::string_view bytes);
        void bind(int index, std::optional<double> value);
        void bind(int index, std::optional<std::int64_t> value);

        /// Whether there is a row.
        bool step();
        /// Runs to the end and makes it ready for new values.
        void run();
        void reset();

        std::int64_t integer(int column) const { return sqlite3_column_int64(m_statement.get(), column); }
        double real(int column) const { return sqlite3_column_double(m_statement.get(), column); }
        std::string text(int column) const;
        std::string blob(int column) const;
        bool isNull(int column) const { return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL; }
        std::optional<double> optionalReal(int column) const { return isNull(column) ? std::nullopt : std::optional(real(column)); }

    private:
        friend class SqliteDatabase;
        struct Finalize {
            void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
        };
        Statement(SqliteDatabase* database, sqlite3_stmt* statement)
            : m_database(database)
            , m_statement(statement) {}
        void check(int code);

        SqliteDatabase* m_database;
        std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
    };

    /// A value read piece by piece, in order: a large one is never in memory as a whole.
    class Blob {
    public:
        std::uint64_t size() const { return static_cast<std::uint64_t>(sqlite3_blob_bytes(m_blob.get())); }
        /// The next bytes, as many as `to` takes; there have to be so many.
        void read(std::span<char> to);

    private:
        friend class SqliteDatabase;
        struct Close {
            void operator()(sqlite3_blob* blob) const { sqlite3_blob_close(blob); }
        };
        Blob(SqliteDatabase* database, sqlite3_blob* blob)
            : m_database(database)
            , m_blob(blob) {}

        SqliteDatabase* m_database;
        std::unique_ptr<sqlite3_blob, Close> m_blob;
        int m_at = 0;
    };
    /// Of a table's row, by its rowid.
    Blob blob(const char* table, const char* column, std::int64_t row);

    void execute(const std::string& sql);
    /// Turns to a write-ahead log. Waits for others, as everything does, where SQLite itself would give up at once.
    void writeAhead();
    /// Values that are longer are refused before they are read.
    void setLongestValue(int bytes) { sqlite3_limit(m_database.get(), SQLITE_LIMIT_LENGTH, bytes); }
    /// Whether the file that this has opened is no longer the one of its name: removed, or its folder, or moved away. SQLite
    /// goes on writing into what nobody finds again.
    bool hasMoved() const;
    Statement prepare(std::string_view sql);
    /// Undoes what was begun; nothing where there is nothing left to undo.
    void rollback() noexcept;
    std::int64_t lastInsertedRow() const { return sqlite3_last_insert_rowid(m_database.get()); }
    std::int64_t integer(const std::string& sql);
    const std::filesystem::path& path() const { return m_path; }

private:
    friend class Statement;
    friend class Blob;
    struct Close {
        void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
    };
    /// The connection, with all that a file from anybody may not do switched off.
    void connect(const std::string& name, int flags);
    int readSchema() const;
    [[noreturn]] void fail(int code) const { fail(code, systemError()); }
    [[noreturn]] void fail(int code, int system) const;
    /// What the system said of the last call that failed; 0: nothing.
    int systemError() const { return m_database ? sqlite3_system_errno(m_database.get()) : 0; }

    std::filesystem::path m_path;
    bool m_hasLog = false; ///< that cannot be read
    std::unique_ptr<sqlite3, Close> m_database;
};

/// What is done between its making and commit() happens altogether, or, where that is not reached, not at all.
class SqliteTransaction {
public:
    explicit SqliteTransaction(SqliteDatabase& database)
        : m_database(database) {
        m_database.execute("BEGIN IMMEDIATE");
    }
    ~SqliteTransaction() {
        if (!m_done) m_database.rollback();
    }
    SqliteTransaction(const SqliteTransaction&) = delete;
    SqliteTransaction& operator=(const SqliteTransaction&) = delete;

    void commit() {
        m_database.execute("COMMIT");
        m_done = true;
    }

private:
    SqliteDatabase& m_database;
    bool m_done = false;
};

} // namespace ratescope
