// SPDX-License-Identifier: GPL-3.0-or-later
// A sweep spread over processes: a study each, or one study for all, by GNU Parallel and by hand.
#include "app/study/data_catalog.h"
#include "app/study/file_output.h"
#include "app/study/run_file.h"
#include "tests/app/program.h"
#include "tests/this_build.h"

#include <QStandardPaths>
#include <QTest>

#include <memory>
#include <set>

using namespace ratescope;

class TestCliParallel : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void studyForEach();
    void oneStudyForAll();
    void allAtOnce();

private:
    /// GNU Parallel over the names of the runs; `options` of train.
    Outcome spread(const QString& options) const;

    static constexpr std::size_t count = 9;
    Program m_program;
    TestFolder m_folder;
    QString m_experiment;
    std::map<std::string, RunRecord> m_alone; ///< every run, as one process trains them all
};

void TestCliParallel::initTestCase() {
    std::string runs;
    for (std::size_t i = 0; i < count; ++i) {
        // Names that a shell would take apart.
        static const char* const names[] = {"plain", "two words", "it's", "say \\\"a\\\"", "lr=0.1;", "größer",
                                            "$HOME", "*",         "#7"};
        runs += std::string(i ? "," : "") + R"({"name":")" + names[i] + R"(","schedule":{"type":"constant","lr":0.)" +
                std::to_string(i + 1) + "}}";
    }
    m_experiment = writeExperiment(m_folder, "sweep.json", runs);
    const QString out = qtText(m_folder.path("alone.ratescope"));
    COMPARE_STATUS(m_program.run({"train", m_experiment, "--quiet", "--out", out}), 0);
    for (RunRecord& run : readStudy(out.toStdString())) m_alone[run.config.name] = std::move(run);
    QCOMPARE(m_alone.size(), count);
}

Outcome TestCliParallel::spread(const QString& options) const {
    QProcess process;
    QProcessEnvironment environment = m_program.environment();
    environment.insert("PATH", QFileInfo(programPath()).path() + ':' + environment.value("PATH"));
    environment.insert("PARALLEL_HOME", qtText(m_folder.path("parallel")));
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(qtText(m_folder.path()));
    process.start("bash", {"-c", "set -o pipefail; ratescope list sweep.json | parallel --will-cite -j 3 ratescope train "
                                 "sweep.json --run {} --jobs 1 --threads 1 --quiet " +
                                     options});
    return Program::ended(process);
}

void TestCliParallel::studyForEach() {
    if (QStandardPaths::findExecutable("parallel").isEmpty()) QSKIP("GNU Parallel is not installed");
    const Outcome outcome = spread("--out part-{#}.ratescope");
    COMPARE_STATUS(outcome, 0);
    // Opened together they are the sweep: every run once, with the same curve to the last bit and its own colour.
    DataCatalog catalog(DataCatalog::findResources());
    std::vector<RunRecord> all;
    QStringList files;
    for (std::size_t i = 1; i <= count; ++i) {
        files += qtText(m_folder.path("part-" + std::to_string(i) + ".ratescope"));
        std::vector<RunRecord> runs = readRunFile(files.last().toStdString(), catalog).runs;
        QCOMPARE(runs.size(), std::size_t(1));
        all.push_back(std::move(runs.front()));
    }
    assignLooks(all);
    std::set<std::pair<std::string, int>> looks;
    for (const RunRecord& run : all) {
        QVERIFY2(m_alone.contains(run.config.name), run.config.name.c_str());
        const RunRecord& expected = m_alone.at(run.config.name);
        QVERIFY2(run.state == RunState::Finished && run.losses.size() == 20, run.config.name.c_str());
        QVERIFY2(run.losses == expected.losses && run.rates == expected.rates, run.config.name.c_str());
        QCOMPARE(run.config.color, expected.config.color);
        looks.insert({run.config.color, run.dash});
    }
    QCOMPARE(looks.size(), count);
    const QString picture = qtText(m_folder.path("sweep.csv"));
    COMPARE_STATUS(m_program.run(QStringList{"plot", "--out", picture} + files), 0);
    const std::string csv = readText(picture.toStdString());
    for (const auto& [name, run] : m_alone) QVERIFY2(hasText(csv, '\n' + csvField(name) + ",19,"), name.c_str());
}

void TestCliParallel::oneStudyForAll() {
    if (QStandardPaths::findExecutable("parallel").isEmpty()) QSKIP("GNU Parallel is not installed");
    const Outcome outcome = spread("--out all.ratescope");
    COMPARE_STATUS(outcome, 0);
    std::set<std::string> names;
    for (const RunRecord& run : readStudy(m_folder.path("all.ratescope"))) {
        names.insert(run.config.name);
        QVERIFY2(run.state == RunState::Finished && run.losses == m_alone.at(run.config.name).losses,
                 run.config.name.c_str());
    }
    QCOMPARE(names.size(), count);
}

void TestCliParallel::allAtOnce() {
    // Processes that all begin a study that is not there yet, with runs of the same names.
    constexpr int processes = 12;
    const QString out = qtText(m_folder.path("once.ratescope"));
    std::vector<std::unique_ptr<QProcess>> all;
    for (int i = 0; i < processes; ++i) {
        all.push_back(std::make_unique<QProcess>());
        m_program.start(*all.back(), {"train", m_experiment, "--run", "plain", "--run", "#7", "--jobs", "1", "--threads",
                                      "1", "--quiet", "--out", out});
    }
    for (const auto& process : all) {
        const Outcome outcome = Program::ended(*process);
        COMPARE_STATUS(outcome, 0);
        QCOMPARE(outcome.errors, QByteArray());
    }
    const std::vector<RunRecord> runs = readStudy(out.toStdString());
    QCOMPARE(runs.size(), std::size_t(2 * processes));
    std::set<std::string> names;
    for (const RunRecord& run : runs) {
        names.insert(run.config.name);
        const bool plain = run.config.name.starts_with("plain");
        QVERIFY2(plain || run.config.name.starts_with("#7"), run.config.name.c_str());
        QVERIFY2(run.losses == m_alone.at(plain ? "plain" : "#7").losses, run.config.name.c_str());
        QVERIFY2(run.state == RunState::Finished && run.result.test.has_value(), run.config.name.c_str());
    }
    QCOMPARE(names.size(), runs.size());
    QVERIFY(names.contains("plain 12"));
    QVERIFY(!std::filesystem::exists(out.toStdString() + "-wal"));
}

QTEST_GUILESS_MAIN(TestCliParallel)
#include "tst_cli_parallel.moc"
