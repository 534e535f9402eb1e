// SPDX-License-Identifier: GPL-3.0-or-later
// The program's commands from outside: usage, list, schedule, export, bad files.
#include "core/parameter_info.h"
#include "core/schedule/schedule.h"
#include "tests/app/program.h"

#include <QTest>

#include <algorithm>

using namespace ratescope;

class TestCli : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void help_data();
    void help();
    void usage_data();
    void usage();
    void unknownOptionWithoutDisplay();
    void list();
    void schedule();
    void scheduleOfOneRun();
    void scheduleOfAStudy();
    void code();
    void codeOfAStudy();
    void fullDisk_data();
    void fullDisk();
    void badFiles_data();
    void badFiles();
    void exports();
    void exportFails_data();
    void exportFails();

private:
    QString path(const char* name) const { return qtText(m_folder.path(name)); }
    Program m_program;
    TestFolder m_folder;
    QString m_experiment;
    QString m_study;
};

void TestCli::initTestCase() {
    m_experiment =
        writeExperiment(m_folder, "x.json",
                        R"({"name":"größer, \"a\""},{"name":"b","steps":25,"schedule":{"type":"cosine","lr":0.3}},
                                      {"name":"find","range_test":{"from":0.001,"to":1,"steps":4}})");
    m_study = path("s.ratescope");
    StudyFile file(m_study.toStdString(), StudyFile::Access::Write);
    file.appendSteps(file.addRun(tinyHeader(0, "one")), someSteps(20));
    file.addRun(tinyHeader(0, "two"));
    file.settle();
}

void TestCli::help_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QStringList>("parts");
    QTest::newRow("all") << QStringList{"--help"}
                         << QStringList{"train", "list", "schedule", "plot", "export", "code", "130  interrupted"};
    QTest::newRow("short") << QStringList{"-h"} << QStringList{"ratescope train"};
    QTest::newRow("version") << QStringList{"--version"} << QStringList{"ratescope 0."};
    QTest::newRow("train") << QStringList{"train", "--help"}
                           << QStringList{"--run", "--out", "--jobs", "--json", "--quiet", "EXPERIMENT"};
    QTest::newRow("list") << QStringList{"list", "--help"} << QStringList{"FILE"};
    QTest::newRow("schedule") << QStringList{"schedule", "-h"} << QStringList{"--run"};
    QTest::newRow("plot") << QStringList{"plot", "--help"}
                          << QStringList{"--what", "--out", "--size", "--scale", "--theme"};
    QTest::newRow("export") << QStringList{"export", "--help"} << QStringList{"--out"};
    QTest::newRow("code") << QStringList{"code", "--help"} << QStringList{"--run", "--for pytorch|keras", "FILE"};
}

void TestCli::help() {
    QFETCH(const QStringList, arguments);
    QFETCH(const QStringList, parts);
    const Outcome outcome = m_program.run(arguments);
    COMPARE_STATUS(outcome, 0);
    QCOMPARE(outcome.errors, QByteArray());
    for (const QString& part : parts) QVERIFY2(outcome.output.contains(part.toUtf8()), outcome.output.constData());
}

void TestCli::usage_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("part");
    const auto row = [](const char* name, const QStringList& arguments, const char* part) {
        QTest::newRow(name) << arguments << QByteArray(part);
    };
    row("unknown option", {"train", "x.json", "--faster"}, "“--faster” is no option of train\n");
    row("misspelt option", {"train", "x.json", "--jbos", "2"}, "“--jbos” is no option of train; is “--jobs” meant?");
    row("begun option", {"plot", "x", "--diff", "a"}, "is “--difference” meant?");
    row("other command's option", {"list", "x.json", "--json"}, "“--json” is no option of list");
    row("no file", {"train"}, "train needs a file: EXPERIMENT");
    row("no name", {"list", ""}, "the name of a file is empty");
    row("two files", {"list", "a", "b"}, "“b” is too much");
    row("value missing", {"train", "x.json", "--out"}, "--out needs a value: STUDY");
    row("value empty", {"train", "x.json", "--out", ""}, "--out is empty; expected STUDY");
    row("value too many", {"train", "x.json", "--json=yes"}, "json");
    row("twice", {"plot", "x", "--out", "a.png", "--out", "b.png"}, "--out is given twice, as “a.png” and “b.png”");
    row("misspelt command", {"trian", "x"}, "“trian” is no command and no file; is “train” meant?");
    row("help of nothing", {"help", "plto"}, "“plto” is no command; is “plot” meant?");
    row("short option", {"list", "x.json", "-v"}, "“-v” is no option of list");
    row("jobs no number", {"train", "x.json", "--jobs", "many"},
        "--jobs is “many”; allowed: a whole number from 1 to 1000");
    row("jobs 0", {"train", "x.json", "--jobs", "0"}, "--jobs is “0”");
    row("code for nothing", {"code", "x.json"}, "code needs --for pytorch|keras");
    row("code for else", {"code", "x.json", "--for", "jax"}, "--for is “jax”; allowed: pytorch, keras");
    row("code for two runs", {"code", "x.json", "--for", "keras", "--run", "a", "--run", "b"},
        "--run is given twice, as “a” and “b”");
    row("code of several runs", {"code", m_experiment, "--for", "keras"},
        "code needs --run NAME, for the file has several runs: größer, \"a\", b, find");
    row("export nowhere", {"export", "x.ratescope"}, "export needs --out DIR");
    row("plot nowhere", {"plot", "x.ratescope"}, "plot needs --out FILE");
    row("plot as JPEG", {"plot", "x", "--out", "x.jpg"}, "--out is “x.jpg”; expected a name that ends in .png");
    row("plot what", {"plot", "x", "--out", "x.png", "--what", "all"},
        "--what is “all”; allowed: page, loss, lr, range");
    row("plot size", {"plot", "x", "--out", "x.png", "--size", "1600"}, "--size is “1600”; expected WIDTHxHEIGHT");
    row("plot size 0", {"plot", "x", "--out", "x.png", "--size", "0x900"}, "--size is “0x900”");
    row("plot size negative", {"plot", "x", "--out", "x.png", "--size", "-5x900"}, "--size is “-5x900”");
    row("plot size huge", {"plot", "x", "--out", "x.png", "--size", "99999x99999"}, "--size is “99999x99999”");
    row("plot scale", {"plot", "x", "--out", "x.png", "--scale", "nan"},
        "--scale is “nan”; allowed: a number from 0.25 to 8");
    row("plot too many pixels", {"plot", "x", "--out", "x.png", "--size", "10000x10000", "--scale", "8"},
        "200 million pixels");
    row("plot theme", {"plot", "x", "--out", "x.png", "--theme", "pink"},
        "--theme is “pink”; allowed: light, dark, print");
}

void TestCli::usage() {
    QFETCH(const QStringList, arguments);
    QFETCH(const QByteArray, part);
    const Outcome outcome = m_program.run(arguments);
    COMPARE_STATUS(outcome, 2);
    QVERIFY2(outcome.errors.startsWith("ratescope: ") && outcome.errors.contains(part), outcome.errors.constData());
    QVERIFY2(outcome.errors.contains("--help"), outcome.errors.constData());
    QCOMPARE(outcome.output, QByteArray());
}

void TestCli::unknownOptionWithoutDisplay() {
    const Outcome outcome = m_program.run({"--nonsense"});
    COMPARE_STATUS(outcome, 2);
    QVERIFY2(outcome.errors.contains("“--nonsense” is no option"), outcome.errors.constData());
}

void TestCli::list() {
    const Outcome experiment = m_program.run({"list", m_experiment});
    COMPARE_STATUS(experiment, 0);
    QCOMPARE(experiment.output, QByteArray("größer, \"a\"\nb\nfind\n"));
    QCOMPARE(experiment.errors, QByteArray());
    const Outcome study = m_program.run({"list", m_study});
    COMPARE_STATUS(study, 0);
    QCOMPARE(study.output, QByteArray("one\ntwo\n"));
}

void TestCli::schedule() {
    const Outcome outcome = m_program.run({"schedule", m_experiment}, {{"LC_ALL", "de_DE.UTF-8"}});
    COMPARE_STATUS(outcome, 0);
    const QList<QByteArray> lines = outcome.output.split('\n');
    QCOMPARE(lines.size(), 1 + 20 + 25 + 4 + 1);
    QCOMPARE(lines[0], QByteArray("run,step,epoch,lr"));
    for (int i = 0; i < 20; ++i)
        QCOMPARE(lines[1 + i],
                 "\"größer, \"\"a\"\"\"," + QByteArray::number(i) + ',' + QByteArray::number(i / 10) + ",0.01");
    ScheduleSpec cosine{"cosine", TimeUnit::Step, {}};
    cosine.values.set("lr", 0.3);
    const Schedule expected(cosine, {25, 10});
    for (int i = 0; i < 25; ++i)
        QCOMPARE(lines[21 + i], "b," + QByteArray::number(i) + ',' + QByteArray::number(i / 10) + ',' +
                                    QByteArray::fromStdString(shortest(expected.at(static_cast<std::uint64_t>(i)))));
    const double sweep[] = {0.001, 0.01, 0.1, 1.0};
    for (int i = 0; i < 4; ++i) {
        const QList<QByteArray> fields = lines[46 + i].split(',');
        QCOMPARE(fields.value(0) + fields.value(1) + fields.value(2), "find" + QByteArray::number(i) + '0');
        QCOMPARE(fields.value(3).toDouble(), sweep[i]);
    }
}

void TestCli::scheduleOfOneRun() {
    const Outcome outcome = m_program.run({"schedule", m_experiment, "--run", "find", "--run", "b"});
    COMPARE_STATUS(outcome, 0);
    QCOMPARE(outcome.output.count('\n'), 1 + 25 + 4);
    QVERIFY(!outcome.output.contains("größer"));
    const Outcome unknown = m_program.run({"schedule", m_experiment, "--run", "c"});
    COMPARE_STATUS(unknown, 3);
    QCOMPARE(unknown.output, QByteArray());
    QVERIFY2(unknown.errors.contains("x.json: has no run named “c”; it has: größer, \"a\", b, find"),
             unknown.errors.constData());
}

void TestCli::scheduleOfAStudy() {
    const Outcome outcome = m_program.run({"schedule", m_study, "--run", "two"});
    COMPARE_STATUS(outcome, 0);
    QCOMPARE(outcome.output.count('\n'), 1 + 20);
    QVERIFY(outcome.output.endsWith("two,19,1,0.1\n"));
}

void TestCli::code() {
    const Outcome torch =
        m_program.run({"code", m_experiment, "--run", "b", "--for", "pytorch"}, {{"LC_ALL", "de_DE.UTF-8"}});
    COMPARE_STATUS(torch, 0);
    QCOMPARE(torch.errors, QByteArray());
    QVERIFY2(torch.output.startsWith("# Run “b” of Ratescope\n") &&
                 torch.output.contains("\n# Length: 25 steps, 10 an epoch\n"),
             torch.output.constData());
    QVERIFY2(torch.output.contains("scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=25)\n"),
             torch.output.constData());
    const Outcome keras = m_program.run({"code", m_experiment, "--run", "find", "--for", "keras"});
    COMPARE_STATUS(keras, 0);
    QVERIFY2(keras.output.contains("    return 0.001 * (1 / 0.001) ** (step / 3)\n"),
             keras.output.constData());
    const Outcome unknown = m_program.run({"code", m_experiment, "--run", "c", "--for", "keras"});
    COMPARE_STATUS(unknown, 3);
    QCOMPARE(unknown.output, QByteArray());
    QVERIFY2(unknown.errors.contains("x.json: has no run named “c”; it has: größer, \"a\", b, find"),
             unknown.errors.constData());
}

void TestCli::codeOfAStudy() {
    const Outcome named = m_program.run({"code", m_study, "--run", "two", "--for", "keras"});
    COMPARE_STATUS(named, 0);
    QVERIFY2(named.output.contains("# Run “two” of Ratescope\n") && named.output.contains("SGD(learning_rate=0.1)"),
             named.output.constData());
    const QString alone = writeExperiment(m_folder, "alone.json", R"({"name":"only"})");
    const Outcome only = m_program.run({"code", alone, "--for", "pytorch"});
    COMPARE_STATUS(only, 0);
    QVERIFY2(only.output.contains("# Run “only” of Ratescope\n"), only.output.constData());
}

void TestCli::fullDisk_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("list") << QStringList{"list"};
    QTest::newRow("schedule") << QStringList{"schedule"};
    QTest::newRow("code") << QStringList{"code", "--for", "keras", "--run", "b"};
    QTest::newRow("train") << QStringList{"train", "--quiet", "--json"};
    QTest::newRow("train, table") << QStringList{"train"};
}

void TestCli::fullDisk() {
    QFETCH(const QStringList, arguments);
    QProcess process;
    process.setStandardOutputFile(QStringLiteral("/dev/full"));
    m_program.start(process, arguments + QStringList{m_experiment});
    const Outcome outcome = Program::ended(process);
    COMPARE_STATUS(outcome, 4);
    QCOMPARE(outcome.errors, QByteArray("ratescope: standard output cannot be written\n"));
}

void TestCli::badFiles_data() {
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("part");
    QByteArray noise;
    for (unsigned i = 0; i < 20'000; ++i) noise += static_cast<char>(i * i * 31 + i * 7 + (i >> 8));
    StudyFile(path("whole").toStdString(), StudyFile::Access::Write).settle();
    const QByteArray study = QByteArray::fromStdString(readText(m_study.toStdString()));
    const std::pair<const char*, QStringList> commands[] = {{"list", {"list"}},
                                                            {"schedule", {"schedule"}},
                                                            {"code", {"code", "--for", "keras"}},
                                                            {"train", {"train"}},
                                                            {"plot", {"plot", "--out", "p.png"}},
                                                            {"export", {"export", "--out", "made"}}};
    for (const auto& [name, command] : commands) {
        const auto row = [&, name = name, command = command](const char* what, const QByteArray& content,
                                                             const char* part) {
            QTest::addRow("%s, %s", name, what) << command << content << QByteArray(part);
        };
        row("missing", QByteArray(), "does not exist");
        row("empty", QByteArray(""), "is empty; expected an experiment");
        row("noise", noise, "is not JSON");
        row("cut study", study.left(study.size() / 2), "f: ");
        row("study's head", study.left(100), "f: ");
        row("study with noise", study.left(4096) + noise, "f: ");
        row("other key", R"({"ratescope":1,"runs":[{"name":"a","lr":1}]})",
            "f: runs[0].lr: is not a key that is known here; allowed: ");
        row("missing data", R"({"ratescope":1,"runs":[{"name":"a","data":"no"}]})", "f: runs[0].data: ");
    }
}

void TestCli::badFiles() {
    QFETCH(const QStringList, command);
    QFETCH(const QByteArray, content);
    QFETCH(const QByteArray, part);
    const TestFolder folder;
    const auto file = folder.path("f");
    if (!content.isNull()) writeText(file, content.toStdString());
    const Outcome outcome = m_program.run(command + QStringList{qtText(file)});
    COMPARE_STATUS(outcome, 3);
    QCOMPARE(outcome.output, QByteArray());
    QVERIFY2(outcome.errors.startsWith("ratescope: " + qtText(file).toUtf8()), outcome.errors.constData());
    QVERIFY2(outcome.errors.contains(part) && outcome.errors.count('\n') == 1, outcome.errors.constData());
}

void TestCli::exports() {
    const Outcome outcome = m_program.run({"export", m_study, "--out", path("a/b")}, {{"LC_ALL", "de_DE.UTF-8"}});
    COMPARE_STATUS(outcome, 0);
    QVERIFY(outcome.output.isEmpty() && outcome.errors.isEmpty());
    const std::string steps = readText(m_folder.path("a/b/steps.csv"));
    QVERIFY2(steps.starts_with(
                 "run,step,epoch,lr,loss\none,0,0,0.3333333333333333,2\none,1,0,0.25,1\none,2,0,0.2,0.6666667\n"),
             steps.c_str());
    QCOMPARE(std::count(steps.begin(), steps.end(), '\n'), 21);
    const std::string runs = readText(m_folder.path("a/b/runs.csv"));
    QVERIFY(hasText(runs, "\none,ready,20,2,") && hasText(runs, "\ntwo,ready,0,0,"));
    QCOMPARE(readText(m_folder.path("a/b/epochs.csv")),
             std::string("run,epoch,step,lr,train_loss,train_error,val_loss,val_accuracy,seconds\n"));
}

void TestCli::exportFails_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("out");
    QTest::addColumn<int>("status");
    QTest::newRow("an experiment") << m_experiment << path("c") << 3;
    QTest::newRow("onto a file") << m_study << m_experiment << 4;
    QTest::newRow("into nothing") << m_study << QStringLiteral("/proc/none") << 4;
}

void TestCli::exportFails() {
    QFETCH(const QString, file);
    QFETCH(const QString, out);
    QFETCH(const int, status);
    const std::string before = readText(m_experiment.toStdString());
    const Outcome outcome = m_program.run({"export", file, "--out", out});
    COMPARE_STATUS(outcome, status);
    QVERIFY(outcome.errors.startsWith("ratescope: "));
    QCOMPARE(readText(m_experiment.toStdString()), before);
    QVERIFY(!std::filesystem::exists(m_folder.path("c")));
}

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
