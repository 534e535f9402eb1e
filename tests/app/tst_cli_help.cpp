// SPDX-License-Identifier: GPL-3.0-or-later
// --help, help, the manual page and the examples in them, of every command.
#include "app/cli/command_table.h"
#include "app/cli/help_text.h"
#include "tests/app/program.h"
#include "tests/this_build.h"

#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>

using namespace ratescope;

class TestCliHelp : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void ofCommand_data() { commandRows(); }
    void ofCommand();
    void examplesWork_data();
    void examplesWork();
    void nearest_data();
    void nearest();
    void wrapsAtWidth();
    void logsAreFiles();
    void manPageIsWhole();
    void manPageIsSound();
    void fullDisk_data();
    void fullDisk();

private:
    static void commandRows();
    QProcessEnvironment withProgramInPath() const;

    Program m_program;
    TestFolder m_folder;
};

void TestCliHelp::commandRows() {
    QTest::addColumn<QString>("command");
    for (const CommandInfo& command : commandTable())
        QTest::newRow(command.name.c_str()) << QString::fromStdString(command.name);
}

QProcessEnvironment TestCliHelp::withProgramInPath() const {
    QProcessEnvironment environment = m_program.environment();
    environment.insert("PATH", QFileInfo(programPath()).path() + ':' + environment.value("PATH"));
    return environment;
}

void TestCliHelp::initTestCase() {
    const QString sweep = writeExperiment(m_folder, "sweep.json",
                                          R"({"name":"cosine","schedule":{"type":"cosine","lr":0.1}},{"name":"constant"})");
    COMPARE_STATUS(m_program.run({"train", sweep, "--quiet", "--out", qtText(m_folder.path("sweep.ratescope"))}), 0);
    for (const char* part : {"part-1.ratescope", "part-2.ratescope"})
        std::filesystem::copy_file(m_folder.path("sweep.ratescope"), m_folder.path(part));
    writeText(m_folder.path("metrics.csv"), "epoch,step,train_loss,lr-Adam\n0,49,2.3,0.001\n0,99,2.1,0.001\n");
    writeText(m_folder.path("log.csv"), "iter,objective\n10,2.3\n20,2.1\n");
    COMPARE_STATUS(m_program.run({"export", qtText(m_folder.path("sweep.ratescope")), "--tensorboard", "--quiet", "--out",
                                  qtText(m_folder.path("exported"))}), 0);
    std::filesystem::rename(m_folder.path("exported/tensorboard"), m_folder.path("runs"));
    writeText(m_folder.path("finder.csv"), "lr,loss\n0.001,2.3\n0.01,2.2\n0.1,1.5\n1,1.9\n10,5\n");
}

void TestCliHelp::ofCommand() {
    QFETCH(const QString, command);
    const CommandInfo& info = *findCommand(command.toStdString());
    const Outcome help = m_program.run({command, "--help"});
    COMPARE_STATUS(help, 0);
    QCOMPARE(help.errors, QByteArray());
    const std::string text = help.output.toStdString();
    QVERIFY(text.starts_with("Usage: ratescope " + info.name));
    for (const OptionInfo& option : info.options) {
        QVERIFY2(hasText(text, "\n  " + optionHead(option)), option.name.c_str());
        QVERIFY2(!option.text.empty() && option.text.ends_with('.'), option.name.c_str());
        QVERIFY2(option.kind == OptionInfo::Kind::Switch || !option.value.empty(), option.name.c_str());
    }
    QVERIFY(!info.examples.empty());
    for (const CommandExample& example : info.examples) QVERIFY2(hasText(text, example.line), example.line.c_str());
    for (const StatusInfo& status : statusTable()) QVERIFY(hasText(text, "\n  " + std::to_string(status.status) + ' '));
    // However it is asked for, and whatever else stands on the line.
    QCOMPARE(m_program.run({"help", command}).output, help.output);
    QCOMPARE(m_program.run({command, "-h"}).output, help.output);
    QCOMPARE(m_program.run({command, "nothing.json", "--help", "--nonsense"}).output, help.output);
}

void TestCliHelp::examplesWork_data() {
    QTest::addColumn<QString>("line");
    for (const CommandInfo& command : commandTable()) {
        if (command.name == "bench") continue; // minutes; tst_cli_bench runs it
        for (const CommandExample& example : command.examples)
            QTest::newRow(example.line.c_str()) << QString::fromStdString(example.line);
    }
}

void TestCliHelp::examplesWork() {
    QFETCH(const QString, line);
    if (line.contains("| parallel") && QStandardPaths::findExecutable("parallel").isEmpty())
        QSKIP("GNU Parallel is not installed");
    QProcess process;
    process.setProcessEnvironment(withProgramInPath());
    process.setWorkingDirectory(qtText(m_folder.path()));
    process.start("bash", {"-c", "set -o pipefail; " + line});
    const Outcome outcome = Program::ended(process);
    COMPARE_STATUS(outcome, 0);
}

void TestCliHelp::nearest_data() {
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* word, const char* expected) {
        QTest::newRow(*word ? word : "nothing") << QString::fromLatin1(word) << QString::fromLatin1(expected);
    };
    row("trian", "train");
    row("tran", "train");
    row("shedule", "schedule");
    row("suggets", "suggest");
    row("exp", "export");
    row("pltos", "plot");
    row("lits", "list");
    row("x", "");
    row("", "");
    row("experiment", "");
    row("zzzz", "");
}

void TestCliHelp::nearest() {
    QFETCH(const QString, word);
    QFETCH(const QString, expected);
    std::vector<std::string> names;
    for (const CommandInfo& command : commandTable()) names.push_back(command.name);
    QCOMPARE(QString::fromStdString(nearestWord(word.toStdString(), names)), expected);
}

void TestCliHelp::wrapsAtWidth() {
    for (const int width : {60, 80, 110})
        for (const CommandInfo& command : commandTable()) {
            const QString text = QString::fromStdString(commandHelp(command, width));
            // Examples are to be copied whole, and the reference is a table.
            const QString prose = text.left(text.indexOf("\nExamples:"));
            for (const QString& one : prose.split('\n')) QVERIFY2(one.size() <= width, qPrintable(one));
        }
}

/// Logs are files of the window and of the commands that read runs.
void TestCliHelp::logsAreFiles() {
    const QByteArray general = m_program.run({"--help"}).output;
    const QByteArray window = general.mid(general.indexOf("ratescope [FILE...]"));
    QVERIFY(window.left(window.indexOf("ratescope train")).contains("TensorBoard"));
    const QByteArray page = m_program.run({"--man-page"}).output;
    const QByteArray description = page.mid(page.indexOf(".SH DESCRIPTION"));
    QVERIFY(description.left(description.indexOf(".SH OPTIONS")).contains("TensorBoard"));
    for (const char* command : {"plot", "export", "import"})
        QVERIFY2(hasText(findCommand(command)->text, "TensorBoard"), command);
}

void TestCliHelp::manPageIsWhole() {
    const Outcome page = m_program.run({"--man-page"});
    COMPARE_STATUS(page, 0);
    for (const char* section : {"NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "FILES", "ENVIRONMENT",
                                "EXIT STATUS", "EXAMPLES", "SEE ALSO"})
        QVERIFY2(page.output.contains("\n.SH " + QByteArray(section) + '\n'), section);
    for (const CommandInfo& command : commandTable()) {
        QVERIFY2(page.output.contains("\n.SS \"ratescope " + QByteArray::fromStdString(command.name)), command.name.c_str());
        for (const OptionInfo& option : command.options) {
            const QByteArray name = QByteArray::fromStdString(option.name).replace('-', "\\-");
            QVERIFY2(page.output.contains("\n\\fB\\-\\-" + name + "\\fR"), option.name.c_str());
        }
    }
    QVERIFY(std::ranges::all_of(page.output, [](char c) { return c == '\n' || (c >= ' ' && c < '\x7F'); }));
}

void TestCliHelp::manPageIsSound() {
    if (QStandardPaths::findExecutable("groff").isEmpty()) QSKIP("groff is not installed");
    const QByteArray page = m_program.run({"--man-page"}).output;
    QProcess groff;
    groff.start("groff", {"-ww", "-man", "-Tutf8", "-P-c"});
    groff.write(page);
    groff.closeWriteChannel();
    const Outcome set = Program::ended(groff);
    COMPARE_STATUS(set, 0);
    QCOMPARE(set.errors, QByteArray());
    // Examples can be copied from the page: their dashes and quotes are those of the keyboard.
    QString text = QString::fromUtf8(set.output);
    text.remove(QRegularExpression(".\b")); // bold and underlined
    QVERIFY2(text.contains("ratescope train sweep.json --run cosine --json > cosine.json"), qPrintable(text));
    QVERIFY(text.contains("\"SELECT name, step, lr, loss FROM run JOIN step ON run.id = step.run\""));
}

void TestCliHelp::fullDisk_data() {
    QTest::addColumn<QStringList>("arguments");
    for (const char* word : {"--help", "help", "--version", "--man-page"}) QTest::newRow(word) << QStringList{word};
    QTest::newRow("complete") << QStringList{"--complete", "tr"};
    for (const CommandInfo& command : commandTable())
        QTest::newRow(command.name.c_str()) << QStringList{QString::fromStdString(command.name), "--help"};
}

void TestCliHelp::fullDisk() {
    QFETCH(const QStringList, arguments);
    QProcess process;
    process.setStandardOutputFile("/dev/full");
    m_program.start(process, arguments);
    const Outcome outcome = Program::ended(process);
    COMPARE_STATUS(outcome, 4);
    QCOMPARE(outcome.errors, QByteArray("ratescope: standard output cannot be written\n"));
}

QTEST_GUILESS_MAIN(TestCliHelp)
#include "tst_cli_help.moc"
