// SPDX-License-Identifier: GPL-3.0-or-later
// Progress on a terminal, which `script` makes, and Ctrl-C typed into it.
#include "tests/app/program.h"
#include "tests/this_build.h"

#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>

using namespace ratescope;

class TestCliTerminal : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void train_data();
    void train();
    void plot();
    void silent_data();
    void silent();

private:
    /// Runs a shell's command on a terminal of that size; Ctrl-C is typed once `until` has been written, if it is given.
    Outcome onTerminal(const QString& command, int columns, int rows, const QString& until = {},
                       const QString& terminal = QStringLiteral("xterm"));

    Program m_program;
    TestFolder m_folder;
};

void TestCliTerminal::initTestCase() {
    if (QStandardPaths::findExecutable("script").isEmpty()) QSKIP("script (bsdutils) is not installed");
    const std::string endless =
        R"("steps":1000000000,"schedule":{"type":"constant","lr":1e-4},"network":[{"type":"dense","units":500},{"type":"relu"},{"type":"dense","units":10}])";
    writeExperiment(m_folder, "endless.json",
                    R"({"name":"短い名前",)" + endless + R"(},{"name":"a name that is much too long for it",)" + endless +
                        R"(},{"name":"c"})");
    writeExperiment(m_folder, "x.json", R"({"name":"a"})");
}

Outcome TestCliTerminal::onTerminal(const QString& command, int columns, int rows, const QString& until,
                                    const QString& terminal) {
    QProcess process;
    QProcessEnvironment environment = m_program.environment();
    environment.insert("TERM", terminal);
    environment.insert("RATESCOPE", programPath());
    environment.insert("SHELL", "/bin/bash");
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(qtText(m_folder.path()));
    process.start("script",
                  {"-qefc",
                   QStringLiteral("stty cols %1 rows %2; exec \"$RATESCOPE\" %3").arg(columns).arg(rows).arg(command),
                   "/dev/null"});
    Outcome outcome;
    while (!until.isEmpty() && !outcome.output.contains(until.toUtf8())) {
        if (!process.waitForReadyRead(60'000)) break;
        outcome.output += process.readAllStandardOutput();
    }
    if (!until.isEmpty()) process.write("\x03");
    const Outcome end = Program::ended(process);
    return {end.status, outcome.output + end.output, end.errors};
}

void TestCliTerminal::train_data() {
    QTest::addColumn<int>("columns");
    QTest::addColumn<int>("rows");
    QTest::addColumn<bool>("hasBar");
    QTest::newRow("wide") << 160 << 50 << true;
    QTest::newRow("usual") << 80 << 24 << true;
    QTest::newRow("narrow") << 40 << 24 << false;
    QTest::newRow("low") << 80 << 3 << true;
}

void TestCliTerminal::train() {
    QFETCH(const int, columns);
    QFETCH(const int, rows);
    QFETCH(const bool, hasBar);
    const Outcome outcome = onTerminal("train endless.json --jobs 2", columns, rows, " left");
    COMPARE_STATUS(outcome, 130);
    // Each frame goes back to its first line; what it wrote fits, so that this is where it is.
    const QString text = QString::fromUtf8(outcome.output).remove('\r');
    static const QRegularExpression back(QStringLiteral("\x1b\\[(\\d+)A\x1b\\[J"));
    QStringList frames = text.split(back);
    QVERIFY(frames.size() >= 2);
    QVERIFY(frames.last().contains("cancelled")); // the table, with no frame behind it
    frames.removeLast();
    auto match = back.globalMatch(text);
    for (QString frame : frames) {
        frame.remove("^C"); // the terminal's echo
        const QStringList lines = frame.split('\n', Qt::SkipEmptyParts);
        QCOMPARE(match.next().captured(1).toLongLong(), lines.size());
        QVERIFY2(lines.size() < rows, qPrintable(frame));
        for (const QString& line : lines) {
            const auto wide = std::ranges::count_if(
                line, [](QChar c) { return c.script() == QChar::Script_Han || c.script() == QChar::Script_Hiragana; });
            QVERIFY2(line.size() + wide < columns, qPrintable(line));
        }
        QVERIFY2(lines.last().contains("0 of 3 runs done"), qPrintable(frame));
        QCOMPARE(frame.contains(QChar(0x2591)), hasBar);
    }
}

void TestCliTerminal::plot() {
    const Outcome outcome =
        onTerminal("plot x.json --size 5000x4000 --scale 3 --out large.png", 80, 24, "Drawing large.png");
    COMPARE_STATUS(outcome, 130);
    QVERIFY2(outcome.output.contains("\r\x1b[KDrawing large.png"), outcome.output.constData());
    QVERIFY2(outcome.output.endsWith("\r\x1b[K") || outcome.output.endsWith("\x1b[K^C"), outcome.output.constData());
    for (const auto& entry : std::filesystem::directory_iterator(m_folder.path()))
        QVERIFY2(!entry.path().filename().string().starts_with("large"), entry.path().c_str());
}

void TestCliTerminal::silent_data() {
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("terminal");
    QTest::newRow("train") << QStringLiteral("train endless.json --run c --quiet") << QStringLiteral("xterm");
    QTest::newRow("a terminal that cannot redraw") << QStringLiteral("train endless.json --run c") << QStringLiteral("dumb");
    QTest::newRow("what is over at once") << QStringLiteral("list x.json") << QStringLiteral("xterm");
}

void TestCliTerminal::silent() {
    QFETCH(const QString, command);
    QFETCH(const QString, terminal);
    const Outcome outcome = onTerminal(command, 80, 24, {}, terminal);
    COMPARE_STATUS(outcome, 0);
    QVERIFY2(!outcome.output.contains('\x1b'), outcome.output.constData());
    QCOMPARE(outcome.output.isEmpty(), command.contains("--quiet"));
}

QTEST_GUILESS_MAIN(TestCliTerminal)
#include "tst_cli_terminal.moc"
