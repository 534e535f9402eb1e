// SPDX-License-Identifier: GPL-3.0-or-later
// Completion of command lines in bash: resources/completions/ratescope, sourced in a bash without bash-completion.
#include "app/cli/command_table.h"
#include "tests/app/program.h"
#include "tests/this_build.h"

#include <QTest>

#include <algorithm>

using namespace ratescope;

class TestCliCompletion : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void offers_data();
    void offers();
    void everyOption_data();
    void everyOption();
    void leavesOutWhatIsThere();
    void badFilesOfferNothing();

private:
    /// What bash offers for the line with the cursor at its end, and the words of the line as bash splits it.
    QStringList complete(const QString& line);

    Program m_program;
    TestFolder m_folder;
};

void TestCliCompletion::initTestCase() {
    writeExperiment(
        m_folder, "x.json",
        R"({"name":"plain"},{"name":"two words"},{"name":"it's \"a\""},{"name":"lr=0.1"},{"name":"lr=0.2"},{"name":"größer"})");
    writeText(m_folder.path("curve.csv"), "lr,loss\n0.1,2\n0.2,1\n");
    writeText(m_folder.path("notes.txt"), "no");
    writeText(m_folder.path("big study.ratescope"), "");
    std::filesystem::create_directory(m_folder.path("below"));
    writeText(m_folder.path("events.out.tfevents.17.host"), "");
    writeText(m_folder.path("log.tsv"), "step\tloss\n1\t2\n");
}

QStringList TestCliCompletion::complete(const QString& line) {
    // Readline's own splitting is not at hand in a script: what it would do is done by hand, at blanks, = and :.
    static const QString script = QStringLiteral(R"(
        set -f
        shopt -u expand_aliases
        source "$1" || exit 9
        COMP_LINE=$2 COMP_POINT=${#2}
        COMP_WORDS=() quote= word= begun=
        for ((i = 0; i < ${#2}; i++)); do
            c=${2:i:1}
            if [[ $quote ]]; then
                word+=$c
                [[ $c == "$quote" ]] && quote=
            elif [[ $c == [\"\'] ]]; then
                word+=$c quote=$c begun=1
            elif [[ $c == \\ ]]; then
                word+=${2:i:2} begun=1
                ((i++))
            elif [[ $c == ' ' ]]; then
                [[ $begun ]] && COMP_WORDS+=("$word")
                word= begun=
            elif [[ $c == [=:] ]]; then
                [[ $begun ]] && COMP_WORDS+=("$word")
                COMP_WORDS+=("$c")
                word= begun=
            else
                word+=$c begun=1
            fi
        done
        [[ $begun || $c == ' ' ]] && COMP_WORDS+=("$word")
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        set +f
        _ratescope
        ((${#COMPREPLY[@]})) && printf '%s\n' "${COMPREPLY[@]}"
        exit 0
    )");
    QProcess process;
    QProcessEnvironment environment = m_program.environment();
    environment.insert(QStringLiteral("PATH"), QFileInfo(programPath()).path() + QLatin1Char(':') +
                                                   environment.value(QStringLiteral("PATH")));
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(qtText(m_folder.path()));
    process.start(QStringLiteral("bash"), {"--norc", "--noprofile", "-c", script, "test",
                                           QString::fromStdString(sourceDir("/resources/completions/ratescope")), line});
    const Outcome outcome = Program::ended(process);
    if (outcome.status != 0 || !outcome.errors.isEmpty()) return {"failed: " + QString::fromUtf8(outcome.errors)};
    QStringList lines = QString::fromUtf8(outcome.output).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    lines.sort();
    return lines;
}

void TestCliCompletion::offers_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char* line, QStringList expected) {
        expected.sort();
        QTest::newRow(line) << QString::fromUtf8(line) << expected;
    };
    row("ratescope tr", {"train"});
    row("ratescope --v", {"--version"});
    row("ratescope help sch", {"schedule"});
    row("ratescope train ", {"x.json", "below", "data"});
    const QString events = QStringLiteral("events.out.tfevents.17.host");
    row("ratescope export ", {"big study.ratescope", "curve.csv", "log.tsv", events, "below", "data"});
    row("ratescope import ", {"curve.csv", "log.tsv", events, "below", "data"});
    row("ratescope plot e", {events});
    row("ratescope e", {"export", events});
    row("ratescope x.json ", {"big study.ratescope", "curve.csv", "log.tsv", events, "x.json", "below", "data"});
    row("ratescope suggest c", {"curve.csv"});
    row("ratescope x", {"x.json"});
    row("ratescope b", {"bench", "big\\ study.ratescope", "below/"});
    row("ratescope train x.json --ou", {"--out"});
    row("ratescope train x.json --run pl", {"plain"});
    row("ratescope train x.json --run t", {"two\\ words"});
    row("ratescope train x.json --run two\\ w", {"two\\ words"});
    row("ratescope train x.json --run 'two w", {"two words"});
    row("ratescope train x.json --run \"it", {"it's \\\"a\\\""});
    row("ratescope train x.json --run it", {"it\\'s\\ \\\"a\\\""});
    row("ratescope train x.json --run 'it", {"it'\\''s \"a\""});
    row("ratescope train x.json --run lr=0.", {"0.1", "0.2"});
    row("ratescope train x.json --run lr=", {"0.1", "0.2"});
    row("ratescope train x.json --run gr", {"größer"});
    row("ratescope train x.json --run=pl", {"plain"});
    row("ratescope schedule 'x.json' --run plain --run pl", {"plain"});
    row("ratescope plot x.json --what ", {"page", "loss", "lr", "range"});
    row("ratescope plot x.json --what=l", {"loss", "lr"});
    row("ratescope plot x.json --theme ", {"light", "dark", "print"});
    row("ratescope plot x.json --seeds m", {"mean", "median"});
    row("ratescope plot x.json --language ", {"en", "de"});
    row("ratescope plot x.json --size s", {"slide", "square"});
    row("ratescope plot x.json --difference pl", {"plain"});
    row("ratescope code x.json --for ", {"pytorch", "keras"});
    row("ratescope train x.json --out ", {"big study.ratescope", "below", "data"});
    row("ratescope export big\\ study.ratescope --out ", {"below", "data"});
    row("ratescope import curve.csv --map ", {"step=", "loss=", "lr="});
    row("ratescope import curve.csv --map l", {"loss=", "lr="});
    row("ratescope import curve.csv --map loss=", {});
    row("ratescope import curve.csv --map loss=objective,s", {"objective,step="});
    row("ratescope nonsense --", {});
}

void TestCliCompletion::offers() {
    QFETCH(const QString, line);
    QFETCH(const QStringList, expected);
    QCOMPARE(complete(line), expected);
}

void TestCliCompletion::everyOption_data() {
    QTest::addColumn<QString>("command");
    for (const CommandInfo& command : commandTable())
        QTest::newRow(command.name.c_str()) << QString::fromStdString(command.name);
}

void TestCliCompletion::everyOption() {
    QFETCH(const QString, command);
    const CommandInfo& info = *findCommand(command.toStdString());
    QStringList expected = {"--help"};
    for (const OptionInfo& option : info.options) expected += "--" + QString::fromStdString(option.name);
    expected.sort();
    QCOMPARE(complete("ratescope " + command + (info.files.empty() ? " --" : " x.json --")), expected);
    // Where values are words, all of them are offered.
    for (const OptionInfo& option : info.options) {
        if (option.kind != OptionInfo::Kind::Words) continue;
        QStringList words;
        for (const std::string& word : option.words) words += QString::fromStdString(word);
        words.sort();
        QCOMPARE(complete("ratescope " + command + " x.json --" + QString::fromStdString(option.name) + ' '), words);
    }
}

void TestCliCompletion::leavesOutWhatIsThere() {
    const QStringList offered = complete("ratescope train x.json --run plain --out s.ratescope --");
    QVERIFY(offered.contains("--run") && offered.contains("--json")); // several runs may be asked for
    QVERIFY(!offered.contains("--out"));
}

void TestCliCompletion::badFilesOfferNothing() {
    QCOMPARE(complete("ratescope train notes.txt --run "), QStringList());
    QCOMPARE(complete("ratescope train nothing.json --run "), QStringList());
}

QTEST_GUILESS_MAIN(TestCliCompletion)
#include "tst_cli_completion.moc"
