// SPDX-License-Identifier: GPL-3.0-or-later
// Studies where they cannot be opened as usual: without room for what SQLite keeps beside them, locked by somebody, read and
// written by several, replaced.
#include "app/study/study_store.h"
#include "tests/app/study_fixture.h"
#include "tests/core/problems.h"

#include <QSignalSpy>
#include <QTest>

#include <csignal>

#include <sys/resource.h>

using namespace ratescope;

namespace {

constexpr int patience = 60'000; // ms

std::int64_t stepsIn(const std::filesystem::path& path) {
    return SqliteDatabase(path, SqliteDatabase::Mode::ReadOnly).integer("SELECT count(*) FROM step");
}

/// For as long as it lives no file grows, as where a disk is full.
class FullDisk {
public:
    FullDisk() {
        signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit none{0, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &none);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit m_before{};
};

} // namespace

class TestStudyPlaces : public StudyFixture {
    Q_OBJECT

private:
    /// As a program that was killed leaves it: in the mode of a write-ahead log, `log` with something in that.
    std::filesystem::path leftOpen(const std::filesystem::path& name, bool log) {
        const auto from = filled();
        const auto path = m_folder.path(name.string());
        SqliteDatabase database(from, SqliteDatabase::Mode::ReadWrite);
        database.execute("PRAGMA journal_mode=WAL");
        if (log) database.execute("PRAGMA wal_autocheckpoint=0; UPDATE run SET message='late'");
        std::filesystem::copy_file(from, path);
        if (log) std::filesystem::copy_file(from.string() + "-wal", path.string() + "-wal");
        return path;
    }
private slots:
    void readWhereNothingCanBeMade_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"plain.ratescope", "100% of what? #1.ratescope", "\xC3\xA4.ratescope"})
            QTest::newRow(name) << QString::fromUtf8(name);
    }
    void readWhereNothingCanBeMade() {
        QFETCH(const QString, name);
        const auto path = leftOpen(name.toStdString(), false);
        const FullDisk full;
        const auto runs = readStudy(path);
        QCOMPARE(runs.size(), std::size_t(2));
        QCOMPARE(runs[0].losses, fullRecord("a", RunState::Finished).losses);
        // It is still nobody's code: what a schema could reach for is off here as well.
        SqliteDatabase database(path, SqliteDatabase::Mode::ReadOnly);
        QVERIFY(!errorOf([&] { database.execute("CREATE TABLE x(y)"); }).empty());
        QVERIFY(!errorOf([&] { database.execute("SELECT * FROM fts5vocab"); }).empty());
    }

    /// What is not in the file yet is not left out in silence.
    void aLogThatCannotBeRead() {
        const auto path = leftOpen("log.ratescope", true);
        {
            const FullDisk full;
            const std::string error = errorOf([&] { readStudy(path); });
            QVERIFY2(hasText(error, path.string() + ": cannot be read where it is") && hasText(error, "“log.ratescope-wal”"),
                     error.c_str());
        }
        QCOMPARE(readStudy(path)[0].message, QStringLiteral("late"));
    }

    /// Whoever gives up half-way leaves one file.
    void settledWithoutBeingTold() {
        const auto path = filled();
        try {
            StudyFile file(path, StudyFile::Access::Write);
            file.begin();
            put(file, fullRecord("c", RunState::Finished));
            throw 1;
        } catch (int) {
        }
        QVERIFY(!std::filesystem::exists(path.string() + "-wal"));
        QCOMPARE(tool(path).prepare("PRAGMA journal_mode").step(), true);
        QCOMPARE(readText(path)[18], '\1'); // no write-ahead log, says the format of SQLite
        QCOMPARE(readStudy(path).size(), std::size_t(2));
    }

    /// A lock that lasts longer than anybody waits for it costs nothing but time.
    void lockedAtFirst() {
        const auto path = filled();
        const StudyFile::Row row = readStudy(path).at(0).id;
        auto other = std::make_unique<SqliteDatabase>(tool(path));
        other->execute("BEGIN EXCLUSIVE");
        StudyStore store;
        QSignalSpy failed(&store, &StudyStore::failed);
        store.attach(path, {{42, row}}, {});
        store.appendSteps(42, std::make_shared<const std::vector<StepMetrics>>(someSteps(10, 90)));
        QVERIFY(failed.wait(patience));
        QVERIFY(failed[0][0].toString().contains(QStringLiteral("locked by another program")));
        QVERIFY(!store.close());
        other.reset();
        QVERIFY(store.close());
        QCOMPARE(readStudy(path).at(0).stepCount(), std::uint64_t(100));
    }

    /// What another window has removed, it may still bring back.
    void purgedByTheLastAlone() {
        const auto path = filled();
        const StudyFile::Row row = readStudy(path).at(0).id;
        StudyStore window;
        window.attach(path, {{1, row}}, {});
        window.setRemoved(1, true);
        QVERIFY(window.weightsOf(1).empty()); // by now that is on disk
        StudyStore second;
        second.attach(path, {}, {});
        second.addRun(tinyHeader(7, "c"));
        QVERIFY(second.close());
        QCOMPARE(stepsIn(path), std::int64_t(180));
        window.setRemoved(1, false);
        QVERIFY(window.weightsOf(1).empty());
        window.setRemoved(1, true);
        QVERIFY(window.close());
        QCOMPARE(stepsIn(path), std::int64_t(90));
    }

    void aRunOfManySlicesIsPurged() {
        const auto path = filled();
        StudyFile file(path, StudyFile::Access::Write);
        RunHeader header = tinyHeader(9, "long");
        header.length = {250'000, 10};
        file.begin();
        const StudyFile::Row row = file.addRun(header);
        file.appendSteps(row, someSteps(250'000));
        file.setRemoved(row, true);
        file.commit();
        QCOMPARE(stepsIn(path), std::int64_t(250'180));
        file.purgeRemoved(std::chrono::milliseconds(-1)); // no time at all
        QCOMPARE(stepsIn(path), std::int64_t(250'180));
        file.purgeRemoved(std::chrono::minutes(1));
        QCOMPARE(stepsIn(path), std::int64_t(180));
        QCOMPARE(file.readRuns().size(), std::size_t(2));
    }

    /// Work that was left behind stays where it is for as long as it has more than what was copied of it.
    void whatCouldNotBeCopiedStays_data() {
        QTest::addColumn<bool>("readable");
        QTest::newRow("all was copied") << true;
        QTest::newRow("the weights could not be read") << false;
    }
    void whatCouldNotBeCopiedStays() {
        QFETCH(const bool, readable);
        const auto left = filled();
        const auto path = fresh();
        auto run = std::make_shared<RunRecord>(fullRecord("a", RunState::Finished));
        run->id = 5;
        run->weights = RunHeader::Place{readable ? left : m_folder.path("gone.ratescope"), 1};
        StudyStore store;
        store.open(path);
        store.addFinishedRun(run);
        store.removeOnceWritten(left);
        QVERIFY(store.close());
        QCOMPARE(readStudy(path).size(), std::size_t(1));
        QCOMPARE(std::filesystem::exists(left), !readable);
    }

    /// Elsewhere, after the study that was meant could never be opened.
    void savedElsewhereAfterAll() {
        const auto locked = filled();
        const StudyFile::Row row = readStudy(locked).at(0).id;
        SqliteDatabase other = tool(locked);
        other.execute("BEGIN EXCLUSIVE");
        const auto elsewhere = filled(); // something is there already
        auto run = std::make_shared<RunRecord>(fullRecord("kept", RunState::Finished));
        run->id = 42;
        StudyStore store;
        QSignalSpy saved(&store, &StudyStore::saved);
        store.attach(locked, {{42, row}}, {run});
        store.saveAs(elsewhere);
        QVERIFY(saved.wait(patience));
        QVERIFY(store.close());
        const auto runs = readStudy(elsewhere);
        QCOMPARE(runs.size(), std::size_t(1));
        QCOMPARE(runs[0].config.name, std::string("kept"));
    }
};

QTEST_GUILESS_MAIN(TestStudyPlaces)
#include "tst_study_places.moc"
