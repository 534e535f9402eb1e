// SPDX-License-Identifier: GPL-3.0-or-later
// The program is killed at any moment: the study opens, without holes, with all that was on disk; and is gone on in.
#include "app/study/study_file.h"
#include "core/data/random.h"
#include "tests/app/program.h"
#include "tests/app/study_fixture.h"
#include "tests/core/problems.h"

#include <QTest>

#include <signal.h>

#include <algorithm>

using namespace ratescope;

namespace {

/// Two at once, more steps than anybody waits for.
const std::string endless = R"({"name":"a","steps":900000000},
    {"name":"b","steps":900000000,"schedule":{"type":"cosine","lr":0.1},"optimizer":{"type":"adam"}})";

/// Steps of all runs that another program finds on disk; none where there is no study yet.
std::int64_t stepsOnDisk(const std::filesystem::path& study) {
    if (!std::filesystem::exists(study)) return 0;
    try {
        return SqliteDatabase(study, SqliteDatabase::Mode::ReadOnly).integer("SELECT count(*) FROM step");
    } catch (const Error&) { // locked for a moment, by its maker
        return 0;
    }
}

} // namespace

class TestStudyKill : public QObject {
    Q_OBJECT

private slots:
    void killed();
    void goesOn();

private:
    Program m_program;
    TestFolder m_folder;
};

void TestStudyKill::killed() {
    const QString experiment = writeExperiment(m_folder, "endless.json", endless);
    RandomStream random(50, "moments");
    int withSteps = 0;
    for (int i = 0; i < 50; ++i) {
        const auto study = m_folder.path("k" + std::to_string(i) + ".ratescope");
        QProcess process;
        m_program.start(process, {"train", experiment, "--out", qtText(study), "--quiet"});
        QVERIFY(process.waitForStarted());
        // Some while it starts, most while it writes.
        if (i % 5 != 0) QTRY_VERIFY_WITH_TIMEOUT(std::filesystem::exists(study), 60'000);
        const int moment = static_cast<int>(random.uniform() * (i % 5 == 0 ? 60.0F : 900.0F)); // ms
        QVERIFY(!process.waitForFinished(moment));
        const std::int64_t seen = stepsOnDisk(study);
        QCOMPARE(kill(static_cast<pid_t>(process.processId()), SIGKILL), 0);
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitStatus(), QProcess::CrashExit);
        if (!std::filesystem::exists(study)) continue; // it had not come to that

        // Refuses holes, and steps that are not finite.
        std::vector<RunRecord> runs;
        const std::string error = errorOf([&] { runs = StudyFile(study, StudyFile::Access::Read).readRuns(); });
        QVERIFY2(error.empty(), error.c_str());
        std::int64_t steps = 0;
        for (const RunRecord& run : runs) {
            QVERIFY(run.state == RunState::Cancelled || run.state == RunState::Ready);
            QCOMPARE(run.message.isEmpty(), run.state == RunState::Ready);
            steps += static_cast<std::int64_t>(run.stepCount());
        }
        QVERIFY2(steps >= seen, qPrintable(QStringLiteral("%1 of %2 steps").arg(steps).arg(seen)));
        QCOMPARE(tool(study).integer("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check='ok'"),
                 std::int64_t(1));
        withSteps += steps > 0;
    }
    QVERIFY(withSteps > 10);
}

/// What a killed program left is appended to like any other study, and everything that was there stays.
void TestStudyKill::goesOn() {
    const QString experiment = writeExperiment(m_folder, "endless.json", endless);
    const QString shortOne = writeExperiment(m_folder, "short.json", R"({"name":"a"})");
    const auto study = m_folder.path("again.ratescope");
    QProcess process;
    m_program.start(process, {"train", experiment, "--out", qtText(study), "--quiet"});
    QTRY_VERIFY_WITH_TIMEOUT(stepsOnDisk(study) > 1000, 60'000);
    process.kill();
    QVERIFY(process.waitForFinished());
    const auto before = StudyFile(study, StudyFile::Access::Read).readRuns();
    COMPARE_STATUS(m_program.run({"train", shortOne, "--out", qtText(study), "--quiet"}), 0);
    const auto after = StudyFile(study, StudyFile::Access::Read).readRuns();
    QCOMPARE(after.size(), before.size() + 1);
    for (std::size_t i = 0; i < before.size(); ++i) {
        QVERIFY(after[i].losses == before[i].losses);
        QVERIFY(after[i].rates == before[i].rates);
    }
    QCOMPARE(after.back().config.name, std::string("a 2"));
    QCOMPARE(after.back().state, RunState::Finished);
    QVERIFY(!std::filesystem::exists(m_folder.path("again.ratescope-wal"))); // settled: one file that can be copied
}

QTEST_GUILESS_MAIN(TestStudyKill)
#include "tst_study_kill.moc"
