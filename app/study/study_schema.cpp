// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/study_schema.h"

#include "core/error.h"

#include <map>
#include <string>
#include <vector>

namespace ratescope {

namespace {

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

// Of a training that was logged elsewhere much may be unknown: NULL.
constexpr const char* curveTables = R"(
CREATE TABLE step(run INTEGER NOT NULL, step INTEGER NOT NULL, lr REAL, loss REAL NOT NULL,
    PRIMARY KEY(run, step)) WITHOUT ROWID;
CREATE TABLE epoch(run INTEGER NOT NULL, epoch INTEGER NOT NULL, step INTEGER NOT NULL, lr REAL, train_loss REAL,
    train_error REAL, val_loss REAL, val_error REAL, seconds REAL, PRIMARY KEY(run, epoch)) WITHOUT ROWID;
)";

constexpr const char* checkpointTable = R"(
CREATE TABLE checkpoint(run INTEGER PRIMARY KEY, step INTEGER NOT NULL, epoch_pending INTEGER NOT NULL, state TEXT NOT NULL,
    tensors BLOB NOT NULL);
)";

constexpr const char* otherTables = R"(
CREATE TABLE study(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE run(id INTEGER PRIMARY KEY, position INTEGER NOT NULL, name TEXT NOT NULL, color TEXT NOT NULL,
    dash INTEGER NOT NULL, visible INTEGER NOT NULL, config TEXT NOT NULL, state TEXT NOT NULL, message TEXT NOT NULL,
    steps INTEGER NOT NULL, steps_per_epoch INTEGER NOT NULL, train_seconds REAL NOT NULL,
    trained_steps INTEGER NOT NULL, trained_samples INTEGER NOT NULL, diverged_at INTEGER, test_loss REAL,
    test_error REAL, epoch_samples INTEGER, best_epoch INTEGER, restored_best INTEGER NOT NULL DEFAULT 0,
    ensemble_loss REAL, ensemble_error REAL, removed INTEGER NOT NULL DEFAULT 0);
CREATE TABLE snapshot(run INTEGER NOT NULL, step INTEGER NOT NULL, test_loss REAL NOT NULL, test_error REAL NOT NULL,
    PRIMARY KEY(run, step)) WITHOUT ROWID;
CREATE TABLE weights(run INTEGER NOT NULL, kind TEXT NOT NULL, step INTEGER NOT NULL, tensors BLOB NOT NULL,
    PRIMARY KEY(run, kind, step));
)";

/// SQLite cannot take NOT NULL off a column: the rows move into new tables.
void loosenCurves(SqliteDatabase& database) {
    database.execute("ALTER TABLE step RENAME TO step_before; ALTER TABLE epoch RENAME TO epoch_before");
    database.execute(curveTables);
    database.execute("INSERT INTO step SELECT run, step, lr, loss FROM step_before;"
                     "INSERT INTO epoch SELECT run, epoch, step, lr, train_loss, train_error, val_loss, val_error, seconds"
                     " FROM epoch_before;"
                     "DROP TABLE step_before; DROP TABLE epoch_before");
}

struct Column {
    std::string name;
    std::string usual; ///< SQL of what stands there if nothing was said
    std::int64_t key = 0;    ///< its place in the primary key, from 1 on
    std::int64_t hidden = 0; ///< not 0: it is computed
    bool operator==(const Column&) const = default;
};
using Tables = std::map<std::string, std::vector<Column>>;

std::vector<Column> columnsOf(SqliteDatabase& database, const std::string& table) {
    std::vector<Column> columns;
    auto statement = database.prepare("PRAGMA main.table_xinfo(" + table + ")");
    while (statement.step())
        columns.push_back({statement.text(1), statement.text(4), statement.integer(5), statement.integer(6)});
    return columns;
}

const Tables& studyTables() {
    static const Tables tables = [] {
        SqliteDatabase database(":memory:", SqliteDatabase::Mode::Create);
        makeStudyTables(database);
        Tables made;
        for (const char* name : {"study", "run", "step", "epoch", "snapshot", "weights", "rate_change", "range_validation",
                                 "checkpoint"})
            made[name] = columnsOf(database, name);
        return made;
    }();
    return tables;
}

/// Whether somebody's index of that table has more than columns in it.
bool hasComputedIndex(SqliteDatabase& database, const std::string& table) {
    std::vector<std::string> names;
    for (auto indexes = database.prepare("PRAGMA main.index_list(" + table + ")"); indexes.step();) {
        if (indexes.integer(4) != 0) return true; // of some rows alone
        std::string quoted;
        for (const char letter : indexes.text(1)) quoted += letter == '"' ? std::string("\"\"") : std::string(1, letter);
        names.push_back(quoted);
    }
    for (const std::string& name : names)
        for (auto columns = database.prepare("PRAGMA main.index_xinfo(\"" + name + "\")"); columns.step();)
            if (columns.integer(1) == -2) return true; // an expression
    return false;
}

void setVersion(SqliteDatabase& database) {
    database.execute("PRAGMA user_version=" + std::to_string(studyVersion));
}

} // namespace

void makeStudyTables(SqliteDatabase& database) {
    SqliteTransaction transaction(database);
    if (database.integer("PRAGMA application_id") == studyApplicationId) return; // another program was faster
    database.execute("PRAGMA application_id=" + std::to_string(studyApplicationId));
    setVersion(database);
    for (const char* part : {otherTables, curveTables, changeTable, validationTable, checkpointTable, originColumn})
        database.execute(part);
    transaction.commit();
}

std::string unlikeStudyTable(SqliteDatabase& database, std::int64_t version) {
    const std::map<std::string, std::int64_t> since = {{"rate_change", 3}, {"range_validation", 4}, {"checkpoint", 5}};
    for (const auto& [table, columns] : studyTables()) {
        if (const auto it = since.find(table); it != since.end() && version < it->second) continue;
        std::vector<Column> expected = columns;
        if (version < 4 && table == "run") expected.pop_back(); // origin
        if (columnsOf(database, table) != expected || hasComputedIndex(database, table)) return table;
    }
    return {};
}

void migrateStudyTables(SqliteDatabase& database, std::int64_t version) {
    SqliteTransaction transaction(database);
    if (database.integer("PRAGMA user_version") != version) return; // another program was faster
    if (version < 3) database.execute(changeTable);
    if (version < 4)
        for (const char* part : {validationTable, originColumn}) database.execute(part);
    if (version < 5) {
        loosenCurves(database);
        database.execute(checkpointTable);
    }
    setVersion(database);
    transaction.commit();
}

} // namespace ratescope
