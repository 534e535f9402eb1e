// SPDX-License-Identifier: GPL-3.0-or-later
// Where a study cannot be written: training goes on, what was there is untouched, what went wrong is said with what to do,
// and nothing claims to be saved that is not.
#include "app/study/study_file.h"
#include "app/study/study_store.h"
#include "tests/app/program.h"
#include "tests/app/study_fixture.h"
#include "tests/this_build.h"

#include <QSignalSpy>
#include <QTest>

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>

using namespace ratescope;

class TestStudyTrouble : public QObject {
    Q_OBJECT

private slots:
    void cannotBegin_data();
    void cannotBegin();
    void fileSizeLimit();
    void fullDisk();
    void vanishedFolderOfACommand();
    void vanishedFolder();
    void vanishedFile();
    void locked();
    void replacesNoOpenStudy();

private:
    TestFolder m_folder;
    Program m_program;
};

namespace {

/// So many bytes a file, in this process, as a quota or a full disk would have it; ended with the object.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN); // then writing fails
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() { lift(); }
    void lift() { setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before{};
};

StudyStore::Steps manySteps(std::uint64_t first, std::size_t count) {
    auto steps = std::make_shared<std::vector<StepMetrics>>();
    for (std::size_t i = 0; i < count; ++i) steps->push_back({first + i, 0.1, 1.0F / static_cast<float>(i + 1)});
    return steps;
}

RunHeader header(RunId id) {
    RunHeader made = tinyHeader(id, "run " + std::to_string(id));
    made.length = {1'000'000, 100};
    made.state = RunState::Running;
    return made;
}

std::size_t stepsIn(const std::filesystem::path& path) {
    std::size_t steps = 0;
    for (const RunRecord& run : StudyFile(path, StudyFile::Access::Read).readRuns()) steps += run.stepCount();
    return steps;
}

} // namespace

void TestStudyTrouble::cannotBegin_data() {
    QTest::addColumn<QString>("out");
    QTest::addColumn<QString>("part");
    QTest::newRow("/dev/full") << QStringLiteral("/dev/full") << QStringLiteral("/dev/full: ");
    QTest::newRow("folder that is not there")
        << qtText(m_folder.path("none/s.ratescope")) << QStringLiteral("its folder does not exist; make it or save elsewhere");
    QTest::newRow("a folder") << qtText(m_folder.path("")) << QStringLiteral("is a folder");
    QTest::newRow("below a file") << QStringLiteral("/dev/null/s.ratescope") << QStringLiteral("/dev/null/s.ratescope: ");
    if (geteuid() != 0) // root may write anywhere
        QTest::newRow("read-only folder") << QStringLiteral("/usr/s.ratescope") << QStringLiteral("/usr/s.ratescope: ");
    QTest::newRow("where nothing can be made") << QStringLiteral("/proc/s.ratescope") << QStringLiteral("/proc/s.ratescope: ");
}

/// Said before an hour of training.
void TestStudyTrouble::cannotBegin() {
    QFETCH(const QString, out);
    QFETCH(const QString, part);
    const QString experiment = writeExperiment(m_folder, "x.json", R"({"name":"a"})");
    const Outcome outcome = m_program.run({"train", experiment, "--out", out});
    COMPARE_STATUS(outcome, 4);
    QVERIFY2(outcome.output.isEmpty(), outcome.output.constData());
    QVERIFY2(outcome.errors.contains(part.toUtf8()), outcome.errors.constData());
}

/// The disk becomes full while a run goes on: what was written stays as it was, the rest is kept in memory and written as soon
/// as there is room.
void TestStudyTrouble::fileSizeLimit() {
    const auto path = m_folder.path("limit.ratescope");
    StudyStore store;
    QSignalSpy failed(&store, &StudyStore::failed);
    QSignalSpy written(&store, &StudyStore::written);
    store.open(path);
    store.addRun(header(1));
    store.appendSteps(1, manySteps(0, 1000));
    QTRY_VERIFY(written.count() >= 2);
    FileSizeLimit limit(200'000);
    store.appendSteps(1, manySteps(1000, 50'000));
    QTRY_COMPARE(failed.count(), 1);
    const QString problem = failed.at(0).at(0).toString();
    QVERIFY2(problem.startsWith(qtText(path) + QStringLiteral(": ")), qPrintable(problem));
    QVERIFY2(problem.contains(QStringLiteral("make room or save elsewhere")), qPrintable(problem));
    QCOMPARE(stepsIn(path), std::size_t(1000));
    QString reason;
    QVERIFY(!store.close(&reason)); // nothing claims to be saved
    QCOMPARE(reason, problem);
    QCOMPARE(failed.count(), 1); // told once
    limit.lift();
    QVERIFY(store.close(&reason));
    QCOMPARE(stepsIn(path), std::size_t(51'000));
}

/// The same through the command: the training's results are printed, the study is whole, the status is 4.
void TestStudyTrouble::fullDisk() {
    const QString experiment =
        writeExperiment(m_folder, "long.json", R"({"name":"a","steps":30000},{"name":"b","steps":30000})");
    const auto path = m_folder.path("full.ratescope");
    QProcess process;
    process.setProcessEnvironment(m_program.environment());
    process.start(QStringLiteral("/bin/sh"),
                  {QStringLiteral("-c"), QStringLiteral("ulimit -f 400; trap '' XFSZ; exec \"$@\""), QStringLiteral("sh"),
                   programPath(), QStringLiteral("train"), experiment, QStringLiteral("--out"),
                   qtText(path), QStringLiteral("--json")});
    const Outcome outcome = Program::ended(process);
    COMPARE_STATUS(outcome, 4);
    QVERIFY2(outcome.errors.contains("make room or save elsewhere"), outcome.errors.constData());
    QVERIFY2(outcome.errors.contains("nor could the runs be kept elsewhere"), outcome.errors.constData());
    QCOMPARE(outcome.output.count("\"finished\""), 2);
    QVERIFY(stepsIn(path) < 60'000);
    QCOMPARE(tool(path).integer("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check='ok'"), std::int64_t(1));
}

/// A command whose study is taken away under it keeps the runs where the window finds them.
void TestStudyTrouble::vanishedFolderOfACommand() {
    const QString experiment = writeExperiment(m_folder, "endless.json", R"({"name":"a","steps":900000000})");
    std::filesystem::create_directory(m_folder.path("gone"));
    const auto path = m_folder.path("gone/s.ratescope");
    QProcess process;
    process.setProcessEnvironment(m_program.environment());
    process.start(programPath(), {QStringLiteral("train"), experiment, QStringLiteral("--out"), qtText(path)});
    const auto begun = [&] {
        try {
            return stepsIn(path) > 0;
        } catch (const Error&) { // not there yet
            return false;
        }
    };
    QTRY_VERIFY_WITH_TIMEOUT(begun(), 60'000);
    std::filesystem::remove_all(m_folder.path("gone"));
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    const Outcome outcome = Program::ended(process);
    COMPARE_STATUS(outcome, 4);
    const QString errors = QString::fromUtf8(outcome.errors);
    QVERIFY2(errors.contains(QStringLiteral("is not there any more")), qPrintable(errors));
    static const QRegularExpression place(QStringLiteral("the runs are kept in (\\S+\\.ratescope)"));
    const QString kept = place.match(errors).captured(1);
    QVERIFY2(!kept.isEmpty(), qPrintable(errors));
    QVERIFY(stepsIn(kept.toStdString()) > 0);
}

void TestStudyTrouble::vanishedFolder() {
    std::filesystem::create_directory(m_folder.path("here"));
    const auto path = m_folder.path("here/s.ratescope");
    const auto elsewhere = m_folder.path("elsewhere.ratescope");
    StudyStore store;
    QSignalSpy failed(&store, &StudyStore::failed);
    QSignalSpy written(&store, &StudyStore::written);
    QSignalSpy saved(&store, &StudyStore::saved);
    store.open(path);
    store.addRun(header(1));
    store.appendSteps(1, manySteps(0, 1000));
    QTRY_VERIFY(written.count() >= 2);
    std::filesystem::remove_all(m_folder.path("here"));
    const auto before = written.count();
    store.appendSteps(1, manySteps(1000, 500));
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(failed.at(0).at(0).toString().contains(QStringLiteral("is not there any more")));
    QVERIFY(failed.at(0).at(0).toString().contains(QStringLiteral("save elsewhere")));
    store.appendSteps(1, manySteps(1500, 500));
    QString reason;
    QVERIFY(!store.close(&reason));
    QVERIFY(reason.contains(QStringLiteral("is not there any more")));
    QCOMPARE(written.count(), before);
    // Everything is still there to be saved elsewhere, what was written before included.
    store.saveAs(elsewhere);
    QTRY_COMPARE(saved.count(), 1);
    QVERIFY(store.close(&reason));
    QCOMPARE(stepsIn(elsewhere), std::size_t(2000));
}

/// Another file of that name is not ours.
void TestStudyTrouble::vanishedFile() {
    const auto path = m_folder.path("moved.ratescope");
    StudyStore store;
    QSignalSpy failed(&store, &StudyStore::failed);
    QSignalSpy written(&store, &StudyStore::written);
    store.open(path);
    store.addRun(header(1));
    QTRY_VERIFY(written.count() >= 2);
    std::filesystem::rename(path, m_folder.path("away.ratescope"));
    writeText(path, "somebody else's");
    store.appendSteps(1, manySteps(0, 10));
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(!store.close());
    QCOMPARE(readText(path), std::string("somebody else's"));
    // Back where it belongs it is as good as ever.
    std::filesystem::rename(m_folder.path("away.ratescope"), path);
    store.appendSteps(1, manySteps(10, 10));
    QVERIFY(store.close());
    QCOMPARE(stepsIn(path), std::size_t(20));
}

void TestStudyTrouble::locked() {
    const auto path = m_folder.path("locked.ratescope");
    StudyStore store;
    QSignalSpy failed(&store, &StudyStore::failed);
    QSignalSpy written(&store, &StudyStore::written);
    store.open(path);
    store.addRun(header(1));
    QTRY_VERIFY(written.count() >= 2);
    {
        SqliteDatabase other = tool(path);
        other.execute("BEGIN IMMEDIATE");
        store.appendSteps(1, manySteps(0, 100));
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 20'000);
        QVERIFY(failed.at(0).at(0).toString().contains(QStringLiteral("is locked by another program; close it there")));
        QCOMPARE(stepsIn(path), std::size_t(0));
        other.execute("ROLLBACK");
    }
    // Written by itself, as soon as the other lets go.
    const auto before = written.count();
    QTRY_VERIFY_WITH_TIMEOUT(written.count() > before, 20'000);
    QVERIFY(store.close());
    QCOMPARE(stepsIn(path), std::size_t(100));
}

/// SQLite would take the other's log for the new study's.
void TestStudyTrouble::replacesNoOpenStudy() {
    const auto path = m_folder.path("mine.ratescope");
    const auto target = m_folder.path("open.ratescope");
    StudyStore store;
    QSignalSpy failed(&store, &StudyStore::failed);
    QSignalSpy saved(&store, &StudyStore::saved);
    store.open(path);
    store.addRun(header(1));
    store.appendSteps(1, manySteps(0, 100));
    {
        StudyFile other(target, StudyFile::Access::Write);
        const StudyFile::Row row = other.addRun(header(7));
        other.appendSteps(row, *manySteps(0, 40));
        store.saveAs(target);
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 20'000);
        other.appendSteps(row, *manySteps(40, 2));
    }
    QCOMPARE(stepsIn(target), std::size_t(42));
    store.saveAs(target); // now it is nobody's
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, 20'000);
    QVERIFY(store.close());
    QCOMPARE(stepsIn(target), std::size_t(100));
    for (const char* companion : {"open.ratescope-wal", "open.ratescope-shm"})
        QVERIFY(!std::filesystem::exists(m_folder.path(companion)));
}

QTEST_GUILESS_MAIN(TestStudyTrouble)
#include "tst_study_trouble.moc"
