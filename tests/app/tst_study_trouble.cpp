// SPDX-License-Identifier: GPL-3.0-or-later
// Where a study cannot be written: training goes on, what was there is untouched, what went wrong is said with what to do,
// and nothing claims to be saved that is not.
#include "app/study/study_file.h"
#include "app/study/study_store.h"
#include "tests/app/program.h"
#include "tests/app/study_fixture.h"
#include "tests/this_build.h"

#include <QDir>
#include <QFileInfo>
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
    void curvesAlone();
    void writtenAfterAll();
    void vanishedFolderOfACommand();
    void vanishedFolder();
    void vanishedFile();
    void locked();
    void replacesNoOpenStudy();

private:
    /// Files may hold so many blocks of 512 bytes.
    Outcome trainWithRoom(int blocks, const QStringList& arguments) const {
        QProcess process;
        process.setProcessEnvironment(m_program.environment());
        process.start("/bin/sh", QStringList{"-c", QStringLiteral("ulimit -f %1; exec \"$@\"").arg(blocks), "sh",
                                             programPath(), "train"} + arguments);
        return Program::ended(process);
    }
    /// What the window would offer, and whatever lies beside it.
    QStringList unnamedWork() const {
        return QDir(m_program.environment().value("XDG_STATE_HOME") + "/ratescope").entryList(QDir::Files | QDir::Hidden);
    }

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

/// All that was handed over is on disk, and was told.
void settle(StudyStore& store) {
    store.weightsOf(1);
    QCoreApplication::processEvents();
}

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

bool hasBegun(const std::filesystem::path& path) {
    try {
        return stepsIn(path) > 0;
    } catch (const Error&) { // not there yet
        return false;
    }
}

} // namespace

void TestStudyTrouble::cannotBegin_data() {
    QTest::addColumn<QString>("out");
    QTest::addColumn<QString>("part");
    QTest::newRow("/dev/full") << QStringLiteral("/dev/full")
                               << QStringLiteral("/dev/full: is not an ordinary file; expected a study");
    QTest::newRow("folder that is not there")
        << qtText(m_folder.path("none/s.ratescope")) << QStringLiteral("its folder does not exist; make it or save elsewhere");
    QTest::newRow("a folder") << qtText(m_folder.path("")) << QStringLiteral("is a folder");
    QTest::newRow("below a file") << QStringLiteral("/dev/null/s.ratescope") << QStringLiteral("/dev/null/s.ratescope: ");
    QTest::newRow("read-only folder") // even for root
        << QStringLiteral("/sys/s.ratescope")
        << QStringLiteral("/sys/s.ratescope: cannot be written: the file or its folder is read-only; save elsewhere");
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
    QVERIFY2(!outcome.errors.contains(".new-"), outcome.errors.constData()); // a name that nobody has given
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
    settle(store);
    QCOMPARE(stepsIn(path), std::size_t(1000));
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
    const QStringList before = unnamedWork();
    const Outcome outcome = trainWithRoom(400, {experiment, "--out", qtText(path), "--json"});
    COMPARE_STATUS(outcome, 4);
    QVERIFY2(outcome.errors.contains("make room or save elsewhere"), outcome.errors.constData());
    QVERIFY2(outcome.errors.contains("nor could the runs be kept elsewhere"), outcome.errors.constData());
    QCOMPARE(unnamedWork(), before); // no part of them either
    QCOMPARE(outcome.output.count("\"finished\""), 2);
    QVERIFY(stepsIn(path) < 60'000);
    QCOMPARE(tool(path).integer("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check='ok'"), std::int64_t(1));
}

/// There is room for the curves, but nowhere for the weights.
void TestStudyTrouble::curvesAlone() {
    const QString experiment = writeExperiment(
        m_folder, "large.json",
        R"({"name":"a","steps":20,"network":[{"type":"dense","units":20000},{"type":"relu"},{"type":"dense","units":10}]})");
    const QStringList before = unnamedWork();
    const Outcome outcome =
        trainWithRoom(1000, {experiment, "--out", qtText(m_folder.path("large.ratescope")), "--quiet"});
    COMPARE_STATUS(outcome, 4);
    static const QRegularExpression place(
        QStringLiteral("; the curves are kept in (\\S+\\.ratescope), without weights, which "));
    const QString kept = place.match(QString::fromUtf8(outcome.errors)).captured(1);
    QVERIFY2(!kept.isEmpty(), outcome.errors.constData());
    QCOMPARE(stepsIn(kept.toStdString()), std::size_t(20));
    QCOMPARE(unnamedWork(), before + QStringList{QFileInfo(kept).fileName()});
}

/// Where the study can be written in the end nothing has gone wrong, and no other place is named.
void TestStudyTrouble::writtenAfterAll() {
    const QString experiment = writeExperiment(m_folder, "locked.json", R"({"name":"a","steps":900000000})");
    const auto path = m_folder.path("busy.ratescope");
    QProcess process;
    QProcessEnvironment environment = m_program.environment();
    environment.insert("XDG_STATE_HOME", experiment); // no folder: there is nowhere else to go
    process.setProcessEnvironment(environment);
    process.start(programPath(), {"train", experiment, "--out", qtText(path)});
    QTRY_VERIFY_WITH_TIMEOUT(hasBegun(path), 60'000);
    {
        SqliteDatabase other = tool(path);
        other.execute("BEGIN IMMEDIATE");
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForReadyRead(60'000)); // the table: the command has given up waiting for its turn
        other.execute("ROLLBACK");
    }
    const Outcome outcome = Program::ended(process);
    COMPARE_STATUS(outcome, 130);
    QCOMPARE(outcome.errors, QByteArray());
    QCOMPARE(StudyFile(path, StudyFile::Access::Read).readRuns().at(0).state, RunState::Cancelled);
}

/// A command whose study is taken away under it keeps the runs where the window finds them.
void TestStudyTrouble::vanishedFolderOfACommand() {
    const QString experiment = writeExperiment(m_folder, "endless.json", R"({"name":"a","steps":900000000})");
    std::filesystem::create_directory(m_folder.path("gone"));
    const auto path = m_folder.path("gone/s.ratescope");
    QProcess process;
    process.setProcessEnvironment(m_program.environment());
    process.start(programPath(), {QStringLiteral("train"), experiment, QStringLiteral("--out"), qtText(path)});
    QTRY_VERIFY_WITH_TIMEOUT(hasBegun(path), 60'000);
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
    settle(store);
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
    settle(store);
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
    settle(store);
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
