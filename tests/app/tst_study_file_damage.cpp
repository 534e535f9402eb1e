// SPDX-License-Identifier: GPL-3.0-or-later
// Studies that are none, or damaged, or hostile.
#include "tests/app/study_fixture.h"
#include "tests/core/problems.h"

#include <QTest>

#include <sqlite3.h>

#include <random>

using namespace ratescope;
using Access = StudyFile::Access;

class TestStudyFileDamage : public StudyFixture {
    Q_OBJECT

private slots:
    void refusesFiles_data();
    void refusesFiles();
    void refusesContent_data();
    void refusesContent();
    void refusesThousandsOfTables();
    void takesPlainIndexes();
    void leavesWhatItRefuses();
    void survivesDamage_data();
    void survivesDamage();
};

void TestStudyFileDamage::refusesFiles_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("text") << QByteArray("ratescope") << QByteArray("is not a study (no SQLite database)");
    QTest::newRow("long text") << QByteArray(100'000, 'x') << QByteArray("is not a study (no SQLite database)");
    QTest::newRow("empty") << QByteArray() << QByteArray("is empty; expected a study");
    QTest::newRow("SQLite's first words alone") << QByteArray("SQLite format 3\0", 16) << QByteArray("s.ratescope: ");
    QTest::newRow("SQLite's first words and zeros")
        << QByteArray("SQLite format 3\0", 16) + QByteArray(5000, '\0') << QByteArray("s.ratescope: ");
}

void TestStudyFileDamage::refusesFiles() {
    QFETCH(const QByteArray, content);
    QFETCH(const QByteArray, part);
    const auto path = m_folder.path("s.ratescope");
    writeText(path, content.toStdString());
    const std::string error = errorOf([&] { readStudy(path); });
    QVERIFY2(hasText(error, part.toStdString()), error.c_str());
    if (!content.isEmpty()) {
        QVERIFY(!errorOf([&] { StudyFile(path, Access::Write); }).empty());
        QCOMPARE(readText(path), content.toStdString()); // and left alone
    }
    std::filesystem::remove(path);
    QCOMPARE(errorOf([&] { readStudy(path); }), path.string() + ": does not exist");
    QVERIFY(!std::filesystem::exists(path));
    QCOMPARE(errorOf([&] { readStudy(m_folder.path()); }),
             m_folder.path().string() + ": is a folder; expected a study");
    QVERIFY(hasText(errorOf([&] { StudyFile(m_folder.path("no/s"), Access::Write); }),
                    "its folder does not exist; make it or save elsewhere"));
}

void TestStudyFileDamage::refusesContent_data() {
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QByteArray>("part");
    const auto row = [](const char* name, const QByteArray& sql, const char* part) {
        QTest::newRow(name) << sql << QByteArray(part);
    };
    row("another program's database", "PRAGMA application_id=7", "but not a study of Ratescope's");
    row("newer format", "PRAGMA user_version=6", "is a study of format 6; this program reads formats 2 to 5");
    row("older format", "PRAGMA user_version=1", "is a study of format 1; this program reads formats 2 to 5");
    row("hole in the steps", "DELETE FROM step WHERE run=2 AND step=40", "run 2 lacks step 40");
    row("no first step", "DELETE FROM step WHERE run=1 AND step=0", "run 1 lacks step 0");
    row("no rate", "UPDATE step SET lr=NULL WHERE run=2 AND step=40", "run 2 has no rate at step 40");
    row("no rate of an epoch", "UPDATE epoch SET lr=NULL WHERE run=1 AND epoch=1",
        "run 1 has a value that is not finite at epoch 1");
    row("endless name", "UPDATE run SET message=zeroblob(20000000) WHERE id=1", "holds a value that is too long");
    row("negative step", "INSERT INTO step VALUES(1, -1, 0.1, 0.1)", "run 1 lacks step 0");
    row("infinite rate", "UPDATE step SET lr=9e999 WHERE run=1 AND step=7",
        "run 1 has a value that is not finite at step 7");
    row("infinite loss", "UPDATE step SET loss=-9e999 WHERE run=1 AND step=7",
        "run 1 has a value that is not finite at step 7");
    row("loss beyond float", "UPDATE step SET loss=1e300 WHERE run=1 AND step=7",
        "run 1 has a value that is not finite at step 7");
    row("infinite training loss", "UPDATE epoch SET train_loss=9e999 WHERE run=1 AND epoch=1", "not finite");
    row("infinite validation loss", "UPDATE epoch SET val_loss=9e999 WHERE run=1 AND epoch=1", "not finite");
    row("infinite test loss", "UPDATE run SET test_loss=9e999 WHERE id=1", "not finite");
    row("infinite time", "UPDATE run SET train_seconds=9e999 WHERE id=1", "not finite");
    row("more steps than the run has", "UPDATE run SET steps=80 WHERE id=1", "run 1");
    row("unknown state", "UPDATE run SET state='dancing' WHERE id=2", "run 2 has the unknown state “dancing”");
    row("no length", "UPDATE run SET steps=0 WHERE id=1", "run 1 has a length that is out of range");
    row("negative length", "UPDATE run SET steps=-9223372036854775808 WHERE id=1",
        "run 1 has a length that is out of range");
    row("huge length", "UPDATE run SET steps=9223372036854775807 WHERE id=1",
        "run 1 has a length that is out of range");
    row("huge epoch", "UPDATE run SET steps_per_epoch=1000000001 WHERE id=1",
        "run 1 has a length that is out of range");
    row("epoch of no steps", "UPDATE run SET steps_per_epoch=0 WHERE id=1", "run 1 has a length that is out of range");
    row("no name", "UPDATE run SET name='' WHERE id=1", "run 1: name: is empty");
    row("color", "UPDATE run SET color='javascript:' WHERE id=1", "run 1: color: is “javascript:”");
    row("config no JSON", "UPDATE run SET config='x' WHERE id=1", "run 1: line 1, column 1: is not JSON");
    row("config a list", "UPDATE run SET config='[]' WHERE id=1", "run 1: is a list; expected an object");
    row("config a blob", "UPDATE run SET config=x'00ff00' WHERE id=1", "run 1: line 1, column 1: is not JSON");
    row("config too deep", "UPDATE run SET config=replace(hex(zeroblob(50000)),'0','[') WHERE id=1",
        "nested deeper than 64 levels");
    row("config unknown key", "UPDATE run SET config=json_set(config,'$.evil',1) WHERE id=1",
        "run 1: evil: is not a key");
    row("config's network",
        "UPDATE run SET config=json_set(config,'$.network',json('[{\"type\":\"dense\",\"units\":4e9}]')) WHERE id=1",
        "run 1: network[0].units: is ");
    row("config's rate", "UPDATE run SET config=json_set(config,'$.schedule.lr',-1) WHERE id=1",
        "run 1: schedule.lr: is -1");
    row("epoch beyond the run", "UPDATE epoch SET step=20001 WHERE run=1 AND epoch=2",
        "run 1 has epochs that do not fit its length");
    row("epoch at a negative step", "UPDATE epoch SET step=-1 WHERE run=1 AND epoch=2",
        "run 1 has epochs that do not fit its length");
    row("epochs that go back", "UPDATE epoch SET step=36 WHERE run=1 AND epoch=2",
        "run 1 has epochs that do not fit its length");
    row("too many snapshots",
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM n WHERE i<100) INSERT INTO snapshot SELECT 2, i, 0.1, 0.1 "
        "FROM n",
        "run 2 has more than 100 snapshots");
    row("state that is no text", "UPDATE run SET state=x'1b5bff' WHERE id=2", "run 2 has the unknown state “ [\uFFFD”");
    row("no run table", "DROP TABLE run", "its table “run” has other columns or keys");
    row("no step table", "DROP TABLE step", "its table “step” has other columns or keys");
    row("no snapshot table", "DROP TABLE snapshot", "its table “snapshot” has other columns or keys");
    row("no weights table", "DROP TABLE weights", "its table “weights” has other columns or keys");
    row("infinite ensemble", "UPDATE run SET ensemble_loss=9e999, ensemble_error=0.1 WHERE id=1",
        "run 1 has a result that is not finite");
    row("infinite snapshot", "INSERT INTO snapshot VALUES(2, 10, 9e999, 0.1)",
        "run 2 has a snapshot whose score is not finite");
    row("endless snapshots",
        "DROP TABLE snapshot; CREATE VIEW snapshot AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM n) "
        "SELECT 1 AS run, i AS step, 0.1 AS test_loss, 0.1 AS test_error FROM n",
        "s.ratescope: ");
    row("config's source", "UPDATE run SET config=json_set(config,'$.start_from',json('{\"run\":1}')) WHERE id=1",
        "run 1: start_from.run: is 1");
    row("no table of changes", "DROP TABLE rate_change", "its table “rate_change” has other columns or keys");
    const QByteArray change = "INSERT INTO rate_change VALUES(1, 0, ";
    const QByteArray good = "'{\"type\":\"constant\",\"lr\":0.1}')";
    row("change of an unknown cause", change + "5, 5, 'boredom', 0.1, 0.2, 0, NULL)",
        "run 1 has a change of the rate with the unknown cause “boredom”");
    row("infinite rate before a change", change + "5, 5, 'plateau', 9e999, 0.2, 0, NULL)",
        "run 1 has a change of the rate that is out of range");
    row("infinite rate after a change", change + "5, 5, 'halving', 0.1, -9e999, 0, NULL)",
        "run 1 has a change of the rate that is out of range");
    row("change that ends before it begins", change + "6, 5, 'plateau', 0.1, 0.2, 0, NULL)",
        "run 1 has a change of the rate that is out of range");
    row("change at a negative step", change + "-1, 5, 'hand', 0.1, 0.2, 0, " + good,
        "run 1 has a change of the rate that is out of range");
    row("change that never ends", change + "1, -1, 'hand', 0.1, 0.2, 0, " + good,
        "run 1 has a change of the rate that is out of range");
    row("change beyond the run", change + "20001, 20001, 'hand', 0.1, 0.2, 0, " + good,
        "run 1 has a change of the rate that is out of range");
    row("change by hand without a schedule", change + "5, 5, 'hand', 0.1, 0.2, 0, NULL)", "run 1: ");
    row("change to what is no schedule", change + "5, 5, 'hand', 0.1, 0.2, 0, '[]')", "run 1: ");
    row("change to an unknown schedule", change + "5, 5, 'hand', 0.1, 0.2, 0, '{\"type\":\"evil\"}')", "run 1: ");
    row("change to a schedule without handles",
        change + "5, 5, 'hand', 0.1, 0.2, 0, '{\"type\":\"piecewise\",\"points\":[]}')", "run 1: ");
    row("change to a negative rate", change + "5, 5, 'hand', 0.1, 0.2, 0, '{\"type\":\"constant\",\"lr\":-1}')",
        "run 1: ");
    row("changes without order",
        change + "9, 9, 'plateau', 0.1, 0.2, 0, NULL); INSERT INTO rate_change VALUES(1, 1, 5, 5, 'plateau', 0.1, 0.2, "
                 "0, NULL)",
        "run 1 has changes of the rate that are out of order");
    row("endless changes",
        "DROP TABLE rate_change; CREATE VIEW rate_change AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM "
        "n) SELECT 1 "
        "AS run, i AS number, 5 AS step, 5 AS last_step, 'plateau' AS cause, 0.1 AS lr_before, 0.1 AS lr_after, 0 AS "
        "gesture, NULL AS "
        "schedule FROM n",
        "s.ratescope: ");
    row("no epoch table", "DROP TABLE epoch", "its table “epoch” has other columns or keys");
    row("other columns", "ALTER TABLE step RENAME COLUMN lr TO rate", "its table “step” has other columns or keys");
    // What SQLite would have to work out while it reads, or would look for again and again.
    row("computed column", "ALTER TABLE epoch ADD COLUMN more AS (instr(printf('%.*c',16000000,'0'),'1'))",
        "its table “epoch” has other columns or keys");
    row("computed state",
        "ALTER TABLE run DROP COLUMN state; ALTER TABLE run ADD COLUMN state AS (instr(printf('%.*c',16000000,'0'),'1'))",
        "its table “run” has other columns or keys");
    row("another default", "ALTER TABLE run DROP COLUMN origin; ALTER TABLE run ADD COLUMN origin TEXT DEFAULT 'x'",
        "its table “run” has other columns or keys");
    row("computed index", "CREATE INDEX mine ON step(abs(loss))", "its table “step” has other columns or keys");
    row("index of some rows", "CREATE INDEX mine ON step(loss) WHERE abs(loss) > 1",
        "its table “step” has other columns or keys");
    row("no keys",
        "DROP TABLE snapshot; CREATE TABLE snapshot(run INTEGER, step INTEGER, test_loss REAL, test_error REAL)",
        "its table “snapshot” has other columns or keys");
    row("a column more", "ALTER TABLE step ADD COLUMN mine", "its table “step” has other columns or keys");
    row("many runs",
        "ALTER TABLE run RENAME TO runs; CREATE TABLE run AS SELECT * FROM runs; "
        "UPDATE run SET id=NULL; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<30001) "
        "INSERT INTO runs SELECT run.* FROM run, n; DROP TABLE run; ALTER TABLE runs RENAME TO run",
        "holds over 30000 runs");
    row("endless view",
        "DROP TABLE step; CREATE VIEW step AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM n) SELECT 1 "
        "AS run, i AS step, 0.1 AS lr, 0.1 AS loss FROM n",
        "s.ratescope: ");
}

void TestStudyFileDamage::refusesContent() {
    QFETCH(const QByteArray, sql);
    QFETCH(const QByteArray, part);
    const auto path = m_folder.path("s.ratescope");
    std::filesystem::rename(filled(), path);
    tool(path).execute(sql.toStdString());
    const std::string error = errorOf([&] { readStudy(path); });
    QVERIFY2(error.starts_with(path.string() + ": "), error.c_str());
    QVERIFY2(hasText(error, part.toStdString()), error.c_str());
}

void TestStudyFileDamage::refusesThousandsOfTables() {
    const auto path = filled();
    sqlite3* database = nullptr;
    QCOMPARE(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    const char* const sql = "PRAGMA writable_schema=ON; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<20000) "
                            "INSERT INTO sqlite_schema SELECT 'table', 't'||i, 't'||i, 2, 'CREATE TABLE t'||i||'(a)' FROM n";
    const int code = sqlite3_exec(database, sql, nullptr, nullptr, nullptr);
    sqlite3_close(database);
    QCOMPARE(code, SQLITE_OK);
    for (const Access access : {Access::Read, Access::Write})
        QCOMPARE(errorOf([&] { StudyFile(path, access); }),
                 path.string() + ": holds thousands of tables; expected a study, which has a few");
}

/// Somebody's index that only sorts is welcome.
void TestStudyFileDamage::takesPlainIndexes() {
    const auto path = filled();
    tool(path).execute("CREATE INDEX \"my \"\"index\" ON run(name)");
    QCOMPARE(readStudy(path).size(), std::size_t(2));
    StudyFile(path, Access::Write).addRun(tinyHeader(0, "c"));
    QCOMPARE(readStudy(path).size(), std::size_t(3));
}

void TestStudyFileDamage::leavesWhatItRefuses() {
    const auto path = filled();
    tool(path).execute("DROP TABLE snapshot");
    const std::string before = readText(path);
    QVERIFY(!errorOf([&] { StudyFile(path, Access::Write); }).empty());
    QVERIFY(readText(path) == before);
}

void TestStudyFileDamage::survivesDamage_data() {
    QTest::addColumn<int>("seed");
    QTest::addColumn<int>("flips");
    QTest::addColumn<int>("keep"); // thousandths of the file
    for (int seed = 1; seed <= 40; ++seed)
        QTest::addRow("%d flipped bytes, seed %d", 1 << seed % 8, seed) << seed << (1 << seed % 8) << 1000;
    for (const int keep : {1, 3, 10, 100, 333, 500, 900, 990, 999})
        QTest::addRow("cut to %d thousandths", keep) << 1 << 0 << keep;
    for (int seed = 1; seed <= 10; ++seed) QTest::addRow("a page of noise, seed %d", seed) << seed << -1 << 1000;
}

void TestStudyFileDamage::survivesDamage() {
    QFETCH(const int, seed);
    QFETCH(const int, flips);
    QFETCH(const int, keep);
    const auto path = filled();
    std::string bytes = readText(path);
    std::mt19937 random(static_cast<unsigned>(seed));
    for (int i = 0; i < flips; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
    constexpr std::size_t page = 4096;
    if (flips < 0)
        for (std::size_t i = 0, first = random() % (bytes.size() / page) * page; i < page; ++i)
            bytes[first + i] = static_cast<char>(random());
    bytes.resize(bytes.size() * static_cast<std::size_t>(keep) / 1000);
    writeText(path, bytes);
    const std::string error = errorOf([&] { // an Error or good runs, nothing else
        for (const RunRecord& run : readStudy(path)) {
            QCOMPARE(run.rates.size(), run.losses.size());
            QVERIFY(run.length.steps >= 1 && run.length.stepsPerEpoch >= 1);
        }
    });
    if (keep < 1000) QVERIFY2(error.starts_with(path.string() + ": "), error.c_str());
    std::filesystem::remove(path);
}

QTEST_GUILESS_MAIN(TestStudyFileDamage)
#include "tst_study_file_damage.moc"
