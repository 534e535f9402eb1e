// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/study_fixture.h"
#include "tests/core/problems.h"

#include <QTest>

#include <chrono>
#include <future>

using namespace ratescope;
using Access = StudyFile::Access;

namespace {

void compare(const RunRecord& found, const RunRecord& expected) {
    QVERIFY(found.config == expected.config);
    QVERIFY(found.length == expected.length);
    QCOMPARE(found.state, expected.state);
    QCOMPARE(found.message, expected.message);
    QCOMPARE(found.visible, expected.visible);
    QCOMPARE(found.dash, expected.dash);
    QVERIFY(found.trainSeconds == expected.trainSeconds);
    QVERIFY(found.result == expected.result);
    QVERIFY(found.rates == expected.rates);
    QVERIFY(found.losses == expected.losses);
    QVERIFY(found.epochs == expected.epochs);
}

} // namespace

class TestStudyFile : public StudyFixture {
    Q_OBJECT

private slots:
    void roundTrip_data();
    void roundTrip();
    void interruptedRuns_data();
    void interruptedRuns();
    void order();
    void updates();
    void removedRuns();
    void texts();
    void headersAlone();
    void odderNames();
    void odderIds();
    void plainSql();
    void readsWhileWritten();
    void rollsBack();
    void copies();
    void copyNowhere();
    void settles();
    void waitsForOthers_data();
    void waitsForOthers();
    void changesOfTheRate();
    void rangeTests();
    void rangeTestsWithHoles();
    void readsTheFormatBefore();
    void bringsTheFormatBeforeUpToDate();
};

void TestStudyFile::roundTrip_data() {
    QTest::addColumn<int>("state");
    QTest::addColumn<QString>("name");
    for (const RunState state : {RunState::Ready, RunState::Finished, RunState::Diverged, RunState::Cancelled,
                                 RunState::StoppedEarly, RunState::Failed})
        QTest::newRow(runStateName(state)) << static_cast<int>(state) << QStringLiteral("a");
    QTest::newRow("Unicode") << static_cast<int>(RunState::Finished) << QStringLiteral("größer, “𝄞” 学习率");
    QTest::newRow("quotes") << static_cast<int>(RunState::Finished) << QStringLiteral("it's \"a\"; DROP TABLE run --");
}

void TestStudyFile::roundTrip() {
    QFETCH(const int, state);
    QFETCH(const QString, name);
    const auto path = fresh();
    RunRecord expected = fullRecord(name.toStdString(), static_cast<RunState>(state));
    {
        StudyFile file(path, Access::Write);
        expected.id = put(file, expected);
    }
    const auto runs = readStudy(path);
    QCOMPARE(runs.size(), std::size_t(1));
    QCOMPARE(runs[0].id, expected.id);
    compare(runs[0], expected);
}

void TestStudyFile::interruptedRuns_data() {
    QTest::addColumn<int>("state");
    for (const RunState state : {RunState::Waiting, RunState::Running, RunState::Paused})
        QTest::newRow(runStateName(state)) << static_cast<int>(state);
}

void TestStudyFile::interruptedRuns() {
    QFETCH(const int, state);
    const auto path = fresh();
    {
        StudyFile file(path, Access::Write);
        put(file, fullRecord("a", static_cast<RunState>(state)));
    }
    const RunRecord run = readStudy(path).at(0);
    QCOMPARE(run.state, RunState::Cancelled);
    QCOMPARE(run.result.outcome, RunOutcome::Cancelled);
    QVERIFY(!run.message.isEmpty());
    QCOMPARE(run.losses.size(), std::size_t(90));
}

void TestStudyFile::order() {
    const auto path = fresh();
    {
        StudyFile file(path, Access::Write);
        for (const char* name : {"c", "a", "b"}) file.addRun(tinyHeader(0, name));
    }
    StudyFile(path, Access::Write).addRun(tinyHeader(0, "0"));
    std::string names;
    for (const RunRecord& run : readStudy(path)) names += run.config.name;
    QCOMPARE(names, std::string("cab0"));
}

void TestStudyFile::updates() {
    const auto path = fresh();
    StudyFile file(path, Access::Write);
    const RunRecord other = fullRecord("other", RunState::Finished);
    put(file, other);
    const StudyFile::Row row = file.addRun(tinyHeader(0, "a"));
    RunRecord expected = fullRecord("new", RunState::Diverged);
    expected.append(someSteps(9'910, 90)); // in several goes
    file.updateRun(row, expected);
    std::vector<StepMetrics> steps;
    for (std::size_t i = 0; i < expected.losses.size(); ++i)
        steps.push_back({i, expected.rates[i], expected.losses[i]});
    file.begin();
    for (std::size_t i = 0; i < steps.size(); i += 1000) file.appendSteps(row, std::span(steps).subspan(i, 1000));
    file.commit();
    for (const EpochMetrics& epoch : expected.epochs) file.appendEpoch(row, epoch);
    const auto runs = readStudy(path);
    QCOMPARE(runs.size(), std::size_t(2));
    compare(runs[0], other);
    compare(runs[1], expected);
}

void TestStudyFile::removedRuns() {
    const auto path = filled();
    StudyFile file(path, Access::Write);
    const StudyFile::Row a = file.readRuns().at(0).id;
    file.setRemoved(a, true);
    QCOMPARE(file.readRuns().size(), std::size_t(1));
    QCOMPARE(file.readRuns().at(0).config.name, std::string("b"));
    file.setRemoved(a, false);
    compare(file.readRuns().at(0), fullRecord("a", RunState::Finished));
    file.setRemoved(a, true);
    file.purgeRemoved();
    file.setRemoved(a, false);
    QCOMPARE(file.readRuns().size(), std::size_t(1));
    auto database = tool(path);
    for (const char* table : {"step", "epoch"})
        QCOMPARE(database.integer(std::string("SELECT count(DISTINCT run) FROM ") + table), std::int64_t(1));
}

void TestStudyFile::texts() {
    const auto path = filled();
    StudyFile file(path, Access::Write);
    QCOMPARE(file.text("title"), std::string());
    file.setText("title", "first");
    file.setText("title", "größer — it's “𝄞”\n");
    file.setText("notes", std::string(100'000, 'x'));
    StudyFile reader(path, Access::Read);
    QCOMPARE(reader.text("title"), std::string("größer — it's “𝄞”\n"));
    QCOMPARE(reader.text("notes").size(), std::size_t(100'000));
}

void TestStudyFile::headersAlone() {
    const auto runs = StudyFile(filled(), Access::Read).readRuns(StudyFile::Content::Headers);
    QCOMPARE(runs.size(), std::size_t(2));
    QCOMPARE(runs[1].config.name, std::string("b"));
    QCOMPARE(runs[1].state, RunState::Diverged);
    QVERIFY(runs[1].losses.empty() && runs[1].epochs.empty());
}

void TestStudyFile::odderNames() {
    const auto path = filled();
    tool(path).execute(
        "UPDATE run SET name=hex(zeroblob(100000)) WHERE id=1; UPDATE run SET name=CAST(x'61ff62' AS TEXT) WHERE id=2");
    const auto runs = readStudy(path);
    QCOMPARE(runs.at(0).config.name, std::string(200, '0'));
    QCOMPARE(runs.at(1).config.name, std::string("a\uFFFDb"));
}

void TestStudyFile::odderIds() {
    const auto path = filled();
    for (const char* id : {"9223372036854775807", "-9223372036854775808"}) {
        const std::string sql = std::string(" SET run=") + id + " WHERE run=(SELECT max(id) FROM run)";
        tool(path).execute("UPDATE step" + sql + "; UPDATE epoch" + sql + "; UPDATE run SET id=" + id +
                           " WHERE id=(SELECT max(id) FROM run)");
        QCOMPARE(readStudy(path).size(), std::size_t(2));
        compare(readStudy(path).at(1), fullRecord("b", RunState::Diverged));
    }
    tool(path).execute(
        "UPDATE run SET id=9223372036854775807 WHERE id=1; UPDATE step SET run=9223372036854775807 WHERE run=1");
    StudyFile file(path, Access::Write); // and can be gone on with
    put(file, fullRecord("c", RunState::Finished));
    QCOMPARE(file.readRuns().size(), std::size_t(3));
}

void TestStudyFile::plainSql() {
    const auto path = filled();
    auto database = tool(path);
    QCOMPARE(database.integer("PRAGMA application_id"), std::int64_t(0x52615363));
    QCOMPARE(database.integer("PRAGMA user_version"), std::int64_t(5));
    auto run = database.prepare(
        "SELECT name, color, dash, visible, state, message, steps, steps_per_epoch, train_seconds, trained_steps, "
        "trained_samples,"
        " diverged_at, test_loss, test_error, removed, config->>'$.schedule.lr', position FROM run WHERE id=1");
    QVERIFY(run.step());
    QCOMPARE(run.text(0), std::string("a"));
    QCOMPARE(run.text(1), std::string("#0072b2"));
    QCOMPARE(run.integer(2), std::int64_t(3));
    QCOMPARE(run.integer(3), std::int64_t(0));
    QCOMPARE(run.text(4), std::string("finished"));
    QCOMPARE(run.integer(6), std::int64_t(20'000));
    QCOMPARE(run.integer(7), std::int64_t(37));
    QCOMPARE(run.real(8), 1.0 / 7.0);
    QCOMPARE(run.integer(9), std::int64_t(90));
    QCOMPARE(run.integer(10), std::int64_t(1430));
    QVERIFY(run.isNull(11));
    QCOMPARE(run.real(12), 0.1 + 0.2);
    QCOMPARE(run.real(13), 1.0 / 9.0);
    QCOMPARE(run.integer(14), std::int64_t(0));
    QCOMPARE(run.real(15), 1.0 / 3.0);
    QCOMPARE(database.integer("SELECT diverged_at FROM run WHERE name='b'"), std::int64_t(90));
    auto step = database.prepare("SELECT lr, loss FROM step WHERE run=1 AND step=89");
    QVERIFY(step.step());
    QCOMPARE(step.real(0), 1.0 / 92.0);
    QCOMPARE(step.real(1), double(2.0F / 90.0F));
    auto epoch = database.prepare(
        "SELECT step, lr, train_loss, train_error, val_loss, val_error, seconds FROM epoch WHERE run=1 ORDER BY epoch");
    QVERIFY(epoch.step());
    QCOMPARE(epoch.integer(0), std::int64_t(37));
    QCOMPARE(epoch.real(4), 2.0 / 3.0);
    QVERIFY(epoch.step());
    QVERIFY(epoch.isNull(4) && epoch.isNull(5));
    QVERIFY(!epoch.step());
    QCOMPARE(database.integer("SELECT count(*) FROM study"), std::int64_t(0));
}

void TestStudyFile::readsWhileWritten() {
    const auto path = fresh();
    StudyFile writer(path, Access::Write);
    const StudyFile::Row row = writer.addRun(tinyHeader(0, "a"));
    writer.appendSteps(row, someSteps(10));
    QCOMPARE(readStudy(path).at(0).losses.size(), std::size_t(10));
    StudyFile reader(path, Access::Read);
    writer.begin();
    writer.appendSteps(row, someSteps(10, 10));
    QCOMPARE(reader.readRuns().at(0).losses.size(), std::size_t(10)); // nothing half done
    QCOMPARE(readStudy(path).at(0).losses.size(), std::size_t(10));
    writer.commit();
    QCOMPARE(reader.readRuns().at(0).losses.size(), std::size_t(20));
    QCOMPARE(readStudy(path).at(0).losses.size(), std::size_t(20));
}

void TestStudyFile::rollsBack() {
    const auto path = filled();
    StudyFile file(path, Access::Write);
    file.rollback(); // of nothing
    file.begin();
    put(file, fullRecord("c", RunState::Finished));
    file.rollback();
    QCOMPARE(file.readRuns().size(), std::size_t(2));
    QVERIFY(hasText(errorOf([&] { file.appendSteps(1, someSteps(1)); }), path.string())); // the step is there already
}

void TestStudyFile::copies() {
    const auto path = filled();
    const auto target = fresh();
    writeText(target, "something else");
    StudyFile file(path, Access::Write);
    file.copyTo(target);
    QCOMPARE(readStudy(target).size(), std::size_t(2));
    compare(readStudy(target).at(1), fullRecord("b", RunState::Diverged));
    // Another study, which was being written when its program ended: its log does not get mixed in.
    const auto busy = fresh();
    {
        const auto crashed = fresh();
        StudyFile writer(crashed, Access::Write);
        for (int i = 0; i < 50; ++i) put(writer, fullRecord("x", RunState::Running));
        std::filesystem::copy_file(crashed, busy);
        std::filesystem::copy_file(crashed.string() + "-wal", busy.string() + "-wal");
    }
    file.copyTo(busy);
    compare(readStudy(busy).at(0), fullRecord("a", RunState::Finished));
    QVERIFY(!std::filesystem::exists(busy.string() + ".saving"));
    // The original goes on by itself.
    put(file, fullRecord("c", RunState::Finished));
    QCOMPARE(readStudy(busy).size(), std::size_t(2));
    QCOMPARE(readStudy(path).size(), std::size_t(3));
}

void TestStudyFile::copyNowhere() {
    const auto path = filled();
    StudyFile file(path, Access::Write);
    const auto nowhere = m_folder.path("nowhere/s.ratescope");
    QVERIFY(hasText(errorOf([&] { file.copyTo(nowhere); }), nowhere.string() + ": could not be saved"));
    const auto folder = m_folder.path("folder");
    std::filesystem::create_directories(folder / "inner");
    QVERIFY(hasText(errorOf([&] { file.copyTo(folder); }), folder.string() + ": cannot be written"));
    QVERIFY(!std::filesystem::exists(folder.string() + ".saving"));
    QCOMPARE(file.readRuns().size(), std::size_t(2));
}

void TestStudyFile::settles() {
    const auto path = fresh();
    StudyFile file(path, Access::Write);
    put(file, fullRecord("a", RunState::Finished));
    file.settle();
    QVERIFY(!std::filesystem::exists(path.string() + "-wal"));
    const auto copy = fresh();
    std::filesystem::copy_file(path, copy);
    compare(readStudy(copy).at(0), fullRecord("a", RunState::Finished));
}

/// Where another program is about to write, SQLite itself would not wait to turn to a write-ahead log.
void TestStudyFile::waitsForOthers_data() {
    QTest::addColumn<QString>("work");
    QTest::newRow("one that reads") << QStringLiteral("BEGIN; SELECT count(*) FROM run");
    QTest::newRow("one that is about to write") << QStringLiteral("BEGIN IMMEDIATE");
}

void TestStudyFile::waitsForOthers() {
    QFETCH(const QString, work);
    const auto path = filled();
    SqliteDatabase other = tool(path);
    other.execute(work.toStdString());
    auto opened = std::async(std::launch::async, [&] { StudyFile(path, Access::Write).setText("notes", "v"); });
    QCOMPARE(opened.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout);
    other.execute("ROLLBACK");
    opened.get();
    QCOMPARE(StudyFile(path, Access::Read).text("notes"), std::string("v"));
}

namespace {

std::vector<RateChange> someChanges() {
    RateChange drag{.step = 10,
                    .before = 1.0 / 3.0,
                    .after = 0.1,
                    .cause = RateCause::Hand,
                    .gesture = (1ULL << 32) + 7,
                    .lastStep = 12};
    drag.schedule.type = "piecewise";
    drag.schedule.points = {{0.0, 0.1 + 0.2}, {50.0, 0.0}};
    return {drag,
            {.step = 40, .before = 0.1, .after = 0.01, .cause = RateCause::Plateau, .lastStep = 40},
            {.step = 50, .before = 0.01, .after = 0.005, .cause = RateCause::Halving, .lastStep = 50}};
}

/// A study as it was written before rates were changed by hand.
void makeOld(const std::filesystem::path& path) {
    tool(path).execute("DROP TABLE rate_change; DROP TABLE range_validation; DROP TABLE checkpoint; ALTER TABLE run DROP COLUMN origin;"
                       " PRAGMA user_version=2");
}

} // namespace

void TestStudyFile::changesOfTheRate() {
    const auto path = fresh();
    const RunRecord record = fullRecord("a", RunState::Finished);
    std::vector<RateChange> changes = someChanges();
    {
        StudyFile file(path, Access::Write);
        put(file, fullRecord("other", RunState::Finished));
        const StudyFile::Row row = put(file, record);
        for (std::size_t i = 0; i < changes.size(); ++i) file.setChange(row, i, changes[i]);
        changes[2].after = 0.0025; // once more: the same drag goes on
        changes[2].lastStep = 60;
        file.setChange(row, 2, changes[2]);
    }
    const auto runs = readStudy(path);
    QVERIFY(runs.at(0).changes.empty());
    QVERIFY(runs.at(1).changes == changes);
    QVERIFY(runs.at(1).followed() == changes[0].schedule);
    StudyFile file(path, Access::Write);
    file.setRemoved(runs[1].id, true);
    file.purgeRemoved();
    QCOMPARE(tool(path).integer("SELECT count(*) FROM rate_change"), std::int64_t(0));
}

void TestStudyFile::rangeTests() {
    const auto path = fresh();
    RunRecord test = fullRecord("a", RunState::Finished);
    test.config.rangeTest = RangeTestSpec::of(RangeTestKind::Sensitivity);
    test.length = lengthOf(test.config, 74U);
    test.epochs.clear();
    for (int i = 0; i < 16; ++i) test.validations.push_back({1.0 / (i + 1.5), 1.0 / (i + 3.0)});
    test.rates.resize(16);
    test.losses.resize(16);
    RunRecord curve = fullRecord("b", RunState::Finished);
    curve.config.rangeTest = RangeTestSpec{};
    curve.origin = QStringLiteral("größer.csv");
    {
        StudyFile file(path, Access::Write);
        put(file, test);
        put(file, curve);
        file.appendValidations(1, 16, test.validations); // of rates whose losses did not come to be written
    }
    const auto runs = readStudy(path);
    QVERIFY(runs.at(0).validations == test.validations);
    QVERIFY(runs.at(0).config == test.config);
    QVERIFY(!runs.at(0).isImported());
    QVERIFY(runs.at(1).validations.empty());
    QCOMPARE(runs.at(1).origin, curve.origin);
    StudyFile file(path, Access::Write);
    file.setRemoved(runs[0].id, true);
    file.purgeRemoved();
    QCOMPARE(tool(path).integer("SELECT count(*) FROM range_validation"), std::int64_t(0));
}

void TestStudyFile::rangeTestsWithHoles() {
    const auto path = fresh();
    RunRecord test = fullRecord("a", RunState::Finished);
    test.config.rangeTest = RangeTestSpec{.validation = 5};
    test.validations = {{0.5, 0.1}, {0.4, 0.1}, {0.3, 0.1}};
    {
        StudyFile file(path, Access::Write);
        put(file, test);
    }
    tool(path).execute("DELETE FROM range_validation WHERE step=1");
    const std::string error = errorOf([&] { readStudy(path); });
    QVERIFY2(hasText(error, "run 1 has validations with a hole, or that are not finite, at step 1"), error.c_str());
}

void TestStudyFile::readsTheFormatBefore() {
    const auto path = filled();
    const auto expected = readStudy(path);
    makeOld(path);
    const std::string before = readText(path);
    const auto found = readStudy(path);
    QCOMPARE(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        compare(found[i], expected[i]);
        QVERIFY(found[i].changes.empty());
    }
    QVERIFY(readText(path) == before); // reading has left it as it is
}

void TestStudyFile::bringsTheFormatBeforeUpToDate() {
    const auto path = filled();
    const auto expected = readStudy(path);
    makeOld(path);
    const std::vector<RateChange> changes = someChanges();
    {
        StudyFile file(path, Access::Write);
        QCOMPARE(tool(path).integer("PRAGMA user_version"), std::int64_t(5));
        for (std::size_t i = 0; i < changes.size(); ++i) file.setChange(expected[0].id, i, changes[i]);
        file.settle();
    }
    const auto found = readStudy(path);
    QCOMPARE(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) compare(found[i], expected[i]);
    QVERIFY(found[0].changes == changes);
    StudyFile(path, Access::Write); // once is enough
    // One that has both by accident is no study of format 2, and is left alone.
    tool(path).execute("PRAGMA user_version=2");
    const std::string error = errorOf([&] { StudyFile(path, Access::Write); });
    QVERIFY2(hasText(error, "its table “run” has other columns or keys"), error.c_str());
    QCOMPARE(tool(path).integer("PRAGMA user_version"), std::int64_t(2));
}

QTEST_GUILESS_MAIN(TestStudyFile)
#include "tst_study_file.moc"
