// SPDX-License-Identifier: GPL-3.0-or-later
// How commands end: interrupted, with nobody reading any more, on a full disk, and every exit status.
#include "core/network/safetensors.h"
#include "tests/app/program.h"
#include "tests/this_build.h"

#include <QDir>
#include <QTest>

#include <sys/stat.h>

#include <csignal>
#include <map>

using namespace ratescope;

class TestCliSignals : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void interrupted_data();
    void interrupted();
    void exportLeavesNoParts();
    void readerHasEnough_data();
    void readerHasEnough();
    void readerHasEnoughWhereSignalsAreIgnored();
    void namesThatAreNoText();
    void statuses_data();
    void statuses();
    void fullFolder_data();
    void fullFolder();

private:
    QString path(const char* name) const { return qtText(m_folder.path(name)); }

    Program m_program;
    TestFolder m_folder;
    QString m_experiment;
    QString m_endless; ///< minutes of rates to print
    QString m_study;
};

void TestCliSignals::initTestCase() {
    m_experiment = writeExperiment(m_folder, "x.json", R"({"name":"a"},{"name":"b"})");
    m_endless = writeExperiment(m_folder, "endless.json", R"({"name":"a","steps":1000000000})");
    m_study = path("s.ratescope");
    COMPARE_STATUS(m_program.run({"train", m_experiment, "--quiet", "--out", m_study}), 0);
    writeText(m_folder.path("log.csv"), "step,loss\n0,3\n1,2\n");
    StudyFile file(m_folder.path("many.ratescope"), StudyFile::Access::Write);
    RunHeader header = tinyHeader(0, "many");
    header.length.steps = 20'000;
    file.begin();
    file.appendSteps(file.addRun(header), someSteps(20'000));
    file.commit();
    file.settle();
}

void TestCliSignals::interrupted_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("signal");
    QTest::newRow("schedule, Ctrl-C") << QStringList{"schedule", m_endless} << SIGINT;
    QTest::newRow("schedule, asked to end") << QStringList{"schedule", m_endless} << SIGTERM;
    QTest::newRow("bench, Ctrl-C") << QStringList{"bench", "--seconds", "600"} << SIGINT;
    QTest::newRow("bench, asked to end") << QStringList{"bench", "--seconds", "600"} << SIGTERM;
}

void TestCliSignals::interrupted() {
    QFETCH(const QStringList, arguments);
    QFETCH(const int, signal);
    QProcess process;
    m_program.start(process, arguments);
    QVERIFY(process.waitForReadyRead(60'000)); // it is under way
    ::kill(static_cast<pid_t>(process.processId()), signal);
    while (process.state() != QProcess::NotRunning && process.waitForReadyRead(60'000)) process.readAllStandardOutput();
    const Outcome outcome = Program::ended(process);
    COMPARE_STATUS(outcome, 130);
    QCOMPARE(outcome.errors, QByteArray());
}

void TestCliSignals::exportLeavesNoParts() {
    // A study that takes seconds to be written as text.
    const QString study = path("large.ratescope");
    {
        StudyFile file(study.toStdString(), StudyFile::Access::Write);
        RunHeader header = tinyHeader(0, "long");
        header.length.steps = 2'000'000;
        file.begin();
        file.appendSteps(file.addRun(header), someSteps(2'000'000));
        file.commit();
        file.settle();
    }
    const QString out = path("parts");
    QProcess process;
    m_program.start(process, {"export", study, "--out", out});
    QTRY_VERIFY_WITH_TIMEOUT(QDir(out).exists("runs.csv"), 60'000); // steps.csv comes next
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    const Outcome outcome = Program::ended(process);
    COMPARE_STATUS(outcome, 130);
    QCOMPARE(outcome.errors, QByteArray());
    QCOMPARE(QDir(out).entryList(QDir::Files | QDir::Hidden), QStringList{"runs.csv"}); // which was whole
}

void TestCliSignals::readerHasEnough_data() {
    QTest::addColumn<QString>("command");
    QTest::newRow("schedule") << QStringLiteral("schedule endless.json");
    QTest::newRow("list") << QStringLiteral("list many.json");
    QTest::newRow("man page") << QStringLiteral("--man-page");
}

void TestCliSignals::readerHasEnough() {
    QFETCH(const QString, command);
    if (command.contains("many.json")) { // more names than a pipe takes in
        std::string runs;
        for (int i = 0; i < 2000; ++i)
            runs += std::string(i ? "," : "") + R"({"name":")" + std::string(60, 'x') + std::to_string(i) + "\"}";
        writeExperiment(m_folder, "many.json", runs);
    }
    QProcess process;
    process.setProcessEnvironment(m_program.environment());
    process.setWorkingDirectory(qtText(m_folder.path()));
    process.start("bash", {"-c", "\"$0\" " + command + " | head -n 1; exit ${PIPESTATUS[0]}", programPath()});
    const Outcome outcome = Program::ended(process);
    COMPARE_STATUS(outcome, 0);
    QCOMPARE(outcome.errors, QByteArray());
    QCOMPARE(outcome.output.count('\n'), 1);
}

/// Qt's names are Unicode: such a file could not be found under its own.
void TestCliSignals::namesThatAreNoText() {
    QProcess process;
    process.setProcessEnvironment(m_program.environment());
    process.start("bash", {"-c", "\"$0\" list $'\\xff.json'", programPath()});
    const Outcome outcome = Program::ended(process);
    COMPARE_STATUS(outcome, 2);
    QVERIFY2(outcome.errors.contains(".json” is not written in UTF-8; give the file another name"), outcome.errors.constData());
    // Nor does a name steer the terminal.
    QCOMPARE(m_program.run({"list", "a\x1B[2J\nb.json"}).errors, QByteArray("ratescope: a [2J b.json: does not exist\n"));
}

void TestCliSignals::readerHasEnoughWhereSignalsAreIgnored() {
    QProcess process;
    process.setProcessEnvironment(m_program.environment());
    process.setWorkingDirectory(qtText(m_folder.path()));
    process.start(
        "bash", {"-c", "trap '' PIPE; \"$0\" schedule endless.json | head -n 1; exit ${PIPESTATUS[0]}", programPath()});
    const Outcome outcome = Program::ended(process);
    COMPARE_STATUS(outcome, 0);
    QCOMPARE(outcome.errors, QByteArray());
}

void TestCliSignals::statuses_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char* name, const QStringList& arguments, int status, const char* message = "") {
        QTest::newRow(name) << arguments << status << QByteArray(message);
    };
    const QString folder = qtText(m_folder.path());
    writeText(m_folder.path("lost.safetensors"), writeSafetensors({{"0.weight", {1, 1}, {1.0F}}}));
    row("done", {"list", m_experiment}, 0);
    row("a run that cannot be trained",
        {"train", writeExperiment(m_folder, "lost.json", R"({"name":"a","start_from":{"file":"lost.safetensors"}})"),
         "--quiet"},
        1, "ratescope: a: ");
    row("usage", {"list"}, 2, "needs a file");
    row("no such run", {"train", m_experiment, "--run", "c"}, 3, "has no run named “c”; it has: a, b");
    for (const char* command : {"list", "schedule", "suggest"})
        row(qPrintable(QString::fromLatin1(command) + " of a folder"), {command, folder}, 3, "is a folder");
    row("train of a folder", {"train", folder}, 3, "is a folder");
    row("plot of a folder", {"plot", folder, "--out", "x.png"}, 3, "is a folder");
    row("export of a folder", {"export", folder, "--out", "x"}, 3, "is a folder");
    row("code of a folder", {"code", folder, "--for", "keras"}, 3, "is a folder");
    row("plot into no folder", {"plot", m_experiment, "--out", "no/x.png"}, 4,
        "no/x.png: its folder does not exist; make it or save elsewhere");
    row("train into no folder", {"train", m_experiment, "--out", "no/x.ratescope"}, 4, "no/x.ratescope: its folder does not exist");
    row("train into a folder", {"train", m_experiment, "--out", folder}, 4, "is a folder; expected a study");
    row("plot into a folder", {"plot", m_experiment, "--out", path("dir.png")}, 4, "dir.png: is a folder; expected a file");
    row("plot onto a pipe", {"plot", m_experiment, "--out", path("pipe.png")}, 4, "pipe.png: is not an ordinary file");
    row("export onto a file", {"export", m_study, "--out", m_experiment}, 4,
        "x.json: is a file; expected a folder, or a name that is free");
    row("export below a file", {"export", m_study, "--out", m_experiment + "/y/z"}, 4, "x.json/y/z: lies below a file");
    // A folder where even root makes no files.
    const char* readOnly = ": cannot be written: the file or its folder is read-only; save elsewhere\n";
    for (const auto& [name, arguments] : std::map<const char*, QStringList>{
             {"plot", {"plot", m_experiment, "--out", "/sys/x.png"}},
             {"export", {"export", m_study, "--out", "/sys/x"}},
             {"train", {"train", m_experiment, "--out", "/sys/x.ratescope"}},
             {"import", {"import", path("log.csv"), "--out", "/sys/x.ratescope"}}})
        row(qPrintable(QString::fromLatin1(name) + " into a read-only folder"), arguments, 4,
            (arguments.last().toUtf8() + readOnly).constData());
    // What is called a study, but is none.
    writeText(m_folder.path("empty.ratescope"), "");
    writeText(m_folder.path("byte.ratescope"), "x");
    writeText(m_folder.path("text.ratescope"), std::string(5000, 'x'));
    row("list of an empty study", {"list", path("empty.ratescope")}, 3, "empty.ratescope: is empty; expected a study");
    row("plot of an empty study", {"plot", path("empty.ratescope"), "--out", "x.png"}, 3, "is empty; expected a study");
    writeText(m_folder.path("log.ratescope"), "step,loss\n0,3\n1,2\n");
    row("list of a log that is called a study", {"list", path("log.ratescope")}, 0);
    row("list of no study", {"list", path("text.ratescope")}, 3, "text.ratescope: is not a study (no SQLite database)");
    for (const char* out : {"byte.ratescope", "text.ratescope"})
        row(qPrintable(QLatin1String("train onto ") + QLatin1String(out)), {"train", m_experiment, "--out", path(out)}, 4,
            ": is not a study (no SQLite database)");
    row("train into a pipe", {"train", m_experiment, "--out", path("pipe.png")}, 4,
        "pipe.png: is not an ordinary file; expected a study");
    row("suggest of a study", {"suggest", m_study}, 3,
        "s.ratescope: is a study; expected a curve with the columns lr and loss");
    std::filesystem::create_directory(m_folder.path("dir.png"));
    QCOMPARE(mkfifo(m_folder.path("pipe.png").c_str(), 0600), 0);
}

void TestCliSignals::statuses() {
    QFETCH(const QStringList, arguments);
    QFETCH(const int, status);
    QFETCH(const QByteArray, message);
    const Outcome outcome = m_program.run(arguments);
    COMPARE_STATUS(outcome, status);
    QVERIFY2(outcome.errors.contains(message), outcome.errors.constData());
    QCOMPARE(outcome.errors.isEmpty(), message.isEmpty());
}

void TestCliSignals::fullFolder_data() {
    QTest::addColumn<QString>("command");
    QTest::addColumn<int>("room"); ///< for each file, in KiB
    QTest::addColumn<QString>("part"); ///< what must not be there in the end
    const auto row = [](const char* command, int room, const char* part) {
        QTest::addRow("%s, %d KiB", command, room) << QString::fromLatin1(command) << room << QString::fromLatin1(part);
    };
    for (const int room : {0, 100}) { // at once, or when a part is written
        row("plot many.ratescope --out full.csv", room, "full.csv*");
        row("export many.ratescope --out full", room, "full/steps.csv*");
    }
    row("plot s.ratescope --out full.png", 0, "full.png*");
    row("plot s.ratescope --out full.csv", 0, "full.csv*");
    for (const int room : {0, 8, 20}) {
        row("train x.json --quiet --out full.ratescope", room, "full.ratescope*");
        row("import log.csv --out full.ratescope", room, "full.ratescope*");
    }
}

/// No file may hold more: as on a full disk.
void TestCliSignals::fullFolder() {
    QFETCH(const QString, command);
    QFETCH(const int, room);
    QFETCH(const QString, part);
    QProcess process;
    process.setProcessEnvironment(m_program.environment());
    process.setWorkingDirectory(qtText(m_folder.path()));
    process.start("bash", {"-c", QStringLiteral("ulimit -f %1; exec \"$0\" ").arg(room) + command, programPath()});
    const Outcome outcome = Program::ended(process);
    COMPARE_STATUS(outcome, 4);
    QVERIFY2(outcome.errors.startsWith("ratescope: full") && outcome.errors.count('\n') == 1, outcome.errors.constData());
    // What SQLite was told by the system it does not always remember.
    const QByteArray cause = part.endsWith("ratescope*") ? "" : ": cannot be written: the disk is full";
    QVERIFY2(outcome.errors.endsWith(cause + "; make room or save elsewhere\n"), outcome.errors.constData());
    QDir folder(qtText(m_folder.path()));
    if (part.contains('/')) folder.cd(part.section('/', 0, 0));
    QCOMPARE(folder.entryList({part.section('/', -1)}, QDir::Files | QDir::Hidden), QStringList());
}

QTEST_GUILESS_MAIN(TestCliSignals)
#include "tst_cli_signals.moc"
