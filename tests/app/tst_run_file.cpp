// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/file_output.h"
#include "app/study/palette.h"
#include "app/study/run_file.h"
#include "tests/app/app_helpers.h"
#include "tests/core/problems.h"
#include "tests/this_build.h"

#include <QTest>

#include <charconv>

using namespace ratescope;

namespace {

/// Rows of fields, read as RFC 4180 has it.
std::vector<std::vector<std::string>> parseCsv(const std::string& text) {
    std::vector<std::vector<std::string>> rows;
    bool quoted = false;
    bool fresh = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (fresh) rows.push_back({""});
        fresh = false;
        if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"')
            rows.back().back() += text[++i];
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && c == ',')
            rows.back().emplace_back();
        else if (!quoted && c == '\n')
            fresh = true;
        else
            rows.back().back() += c;
    }
    return rows;
}

template <typename Number> Number number(const std::string& text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? value : Number(-1);
}

RunRecord record(const std::string& name) {
    RunRecord run;
    static_cast<RunHeader&>(run) = tinyHeader(1, name);
    run.length = {50, 20};
    run.append(someSteps(50));
    run.state = RunState::Finished;
    run.trainSeconds = 0.25;
    run.result.trainSeconds = 0.25;
    run.result.samples = 800;
    run.result.test = Score{0.1 + 0.2, 0.125};
    run.epochs = {{1, 20, 1.0 / 3.0, {0.7, 0.5}, Score{0.8, 0.25}, 0.1},
                  {2, 40, 0.1, {1.0 / 7.0, 0.4}, std::nullopt, 0.2}};
    return run;
}

RunRecord named(const std::string& name, const std::string& color = {}) {
    RunRecord run;
    run.config.name = name;
    run.config.color = color;
    return run;
}

} // namespace

class TestRunFile : public QObject {
    Q_OBJECT

private slots:
    void steps();
    void epochs();
    void summary();
    void unfinishedRuns();
    void rangeTests();
    void quoting_data();
    void quoting();
    void numbers_data();
    void numbers();
    void exportsNowhere();
    void outputAppearsWhole();
    void selects();
    void looks();
    void tellsFilesApart();
    void dataCatalog();

private:
    std::vector<std::vector<std::string>> exported(const std::vector<RunRecord>& runs, const char* file);
    TestFolder m_folder;
};

std::vector<std::vector<std::string>> TestRunFile::exported(const std::vector<RunRecord>& runs, const char* file) {
    exportCsv(runs, qtText(m_folder.path("made/on/the/way")));
    const std::string text = readText(m_folder.path("made/on/the/way") / file);
    if (text.empty() || text.back() != '\n' || hasText(text, "\r")) return {};
    return parseCsv(text);
}

void TestRunFile::steps() {
    const auto run = record("a");
    const auto rows = exported({run, record("b")}, "steps.csv");
    QVERIFY((rows.at(0) == std::vector<std::string>{"run", "step", "epoch", "lr", "loss"}));
    QCOMPARE(rows.size(), std::size_t(101));
    for (std::size_t i = 0; i < 50; ++i) {
        const auto& row = rows[i + 1];
        QCOMPARE(row.size(), std::size_t(5));
        QCOMPARE(row[0], std::string("a"));
        QCOMPARE(row[1], std::to_string(i));
        QCOMPARE(row[2], std::to_string(i / 20));
        QVERIFY(number<double>(row[3]) == run.rates[i]);
        QVERIFY(number<float>(row[4]) == run.losses[i]);
    }
    QCOMPARE(rows[51][0], std::string("b"));
    QCOMPARE(rows[2][4], std::string("1")); // shortest form
}

void TestRunFile::epochs() {
    const auto rows = exported({record("a")}, "epochs.csv");
    QCOMPARE(rows.size(), std::size_t(3));
    QVERIFY((rows[0] == std::vector<std::string>{"run", "epoch", "step", "lr", "train_loss", "train_error", "val_loss",
                                                 "val_accuracy", "seconds"}));
    QVERIFY((rows[1] ==
             std::vector<std::string>{"a", "1", "20", "0.3333333333333333", "0.7", "0.5", "0.8", "0.75", "0.1"}));
    QVERIFY((rows[2] == std::vector<std::string>{"a", "2", "40", "0.1", "0.14285714285714285", "0.4", "", "", "0.2"}));
}

void TestRunFile::summary() {
    auto diverged = record("b");
    diverged.state = RunState::Diverged;
    diverged.result.divergedAt = 50;
    diverged.result.test.reset();
    diverged.epochs.pop_back();
    const auto rows = exported({record("a"), diverged}, "runs.csv");
    QVERIFY((rows.at(0) == std::vector<std::string>{"run", "status", "steps", "epochs", "train_seconds",
                                                    "samples_per_second", "train_loss", "val_loss", "val_accuracy",
                                                    "test_loss", "test_accuracy", "diverged_at"}));
    QVERIFY((rows.at(1) == std::vector<std::string>{"a", "finished", "50", "2.5", "0.25", "3200", "0.14285714285714285",
                                                    "", "", "0.30000000000000004", "0.875", ""}));
    QVERIFY((rows.at(2) == std::vector<std::string>{"b", "diverged", "50", "2.5", "0.25", "3200", "0.7", "0.8", "0.75",
                                                    "", "", "50"}));
}

void TestRunFile::unfinishedRuns() {
    RunRecord ready;
    static_cast<RunHeader&>(ready) = tinyHeader(1, "a");
    QVERIFY((exported({ready}, "runs.csv").at(1) ==
             std::vector<std::string>{"a", "ready", "0", "0", "0", "", "", "", "", "", "", ""}));
    QCOMPARE(exported({ready}, "steps.csv").size(), std::size_t(1));
    // How long another program has taken is mostly not known.
    ready.origin = QStringLiteral("imported from x.csv");
    QCOMPARE(exported({ready}, "runs.csv").at(1).at(4), std::string());
    ready.trainSeconds = 0.5;
    QCOMPARE(exported({ready}, "runs.csv").at(1).at(4), std::string("0.5"));
    QCOMPARE(exported({}, "epochs.csv").size(), std::size_t(1));
}

void TestRunFile::rangeTests() {
    QVERIFY(exported({record("a")}, "range_tests.csv").empty());
    RunRecord test = record("find");
    test.config.rangeTest = RangeTestSpec{.smoothing = 0.0};
    test.rates = {0.125, 0.25, 0.5};
    test.losses = {2.5F, 2.0F, 3.0F};
    test.validations = {{2.25, 0.5}, {2.125, 0.25}};
    const auto rows = exported({record("a"), test}, "range_tests.csv");
    QCOMPARE(rows.size(), std::size_t(4));
    QVERIFY((rows[0] == std::vector<std::string>{"run", "step", "lr", "loss", "smoothed_loss", "slope", "val_loss",
                                                 "val_accuracy"}));
    QVERIFY((rows[1] == std::vector<std::string>{"find", "0", "0.125", "2.5", "2.5", rows[1][5], "2.25", "0.5"}));
    QVERIFY(std::abs(number<double>(rows[1][5]) + 0.5 / std::log10(2.0)) < 1e-12);
    QVERIFY((rows[3] == std::vector<std::string>{"find", "2", "0.5", "3", "3", rows[3][5], "", ""}));
    QVERIFY(std::abs(number<double>(rows[3][5]) - 1.0 / std::log10(2.0)) < 1e-12);
}

void TestRunFile::quoting_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("field");
    QTest::newRow("plain") << QByteArray("größer 0.1") << QByteArray("größer 0.1");
    QTest::newRow("comma") << QByteArray("lr 0,1") << QByteArray("\"lr 0,1\"");
    QTest::newRow("quotes") << QByteArray("a \"b\"") << QByteArray("\"a \"\"b\"\"\"");
    QTest::newRow("quote alone") << QByteArray("\"") << QByteArray("\"\"\"\"");
    QTest::newRow("both") << QByteArray("\",\"") << QByteArray("\"\"\",\"\"\"");
    QTest::newRow("line's end") << QByteArray("a\nb") << QByteArray("\"a\nb\"");
}

void TestRunFile::quoting() {
    QFETCH(const QByteArray, name);
    QFETCH(const QByteArray, field);
    QCOMPARE(csvField(name.toStdString()), field.toStdString());
    for (const char* file : {"runs.csv", "steps.csv", "epochs.csv"}) {
        const auto rows = exported({record(name.toStdString())}, file);
        for (const auto& row : rows) QCOMPARE(row.size(), rows[0].size());
        QCOMPARE(rows.at(1)[0], name.toStdString());
    }
}

void TestRunFile::numbers_data() {
    QTest::addColumn<double>("value");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("tenth") << 0.1 << QByteArray("0.1");
    QTest::newRow("sum") << 0.1 + 0.2 << QByteArray("0.30000000000000004");
    QTest::newRow("small") << 1e-5 << QByteArray("1e-05");
    QTest::newRow("smallest") << 5e-324 << QByteArray("5e-324");
    QTest::newRow("whole") << 128.0 << QByteArray("128");
    QTest::newRow("negative") << -2.5 << QByteArray("-2.5");
}

void TestRunFile::numbers() {
    QFETCH(const double, value);
    QFETCH(const QByteArray, text);
    QCOMPARE(csvNumber(value), text.toStdString());
    QVERIFY(number<double>(csvNumber(value)) == value);
    const auto single = static_cast<float>(value);
    QVERIFY(number<float>(csvNumber(single)) == single);
    QVERIFY(csvNumber(single).size() <= 14);
}

void TestRunFile::exportsNowhere() {
    const auto file = m_folder.path("file");
    writeText(file, "x");
    QVERIFY(hasText(errorOf([&] { exportCsv({record("a")}, qtText(file)); }), file.string()));
    QCOMPARE(readText(file), std::string("x"));
    QVERIFY(hasText(errorOf([&] { exportCsv({record("a")}, QStringLiteral("/proc/ratescope")); }), "/proc/ratescope"));
}

void TestRunFile::outputAppearsWhole() {
    const auto path = m_folder.path("whole.txt");
    writeText(path, "before");
    {
        FileOutput file(qtText(path));
        file.write(std::string(3 << 20, 'x')); // beyond its buffer
        QCOMPARE(readText(path), std::string("before"));
    }
    QCOMPARE(readText(path), std::string("before")); // never committed
    FileOutput file(qtText(path));
    file.write("after");
    file.commit();
    QCOMPARE(readText(path), std::string("after"));
    const QString nowhere = qtText(m_folder.path("no/where.txt"));
    QVERIFY(hasText(errorOf([&] { FileOutput other(nowhere); }), nowhere.toStdString() + ": its folder does not exist"));
}

void TestRunFile::selects() {
    const std::vector<RunRecord> runs = {named("a"), named("b"), named("c")};
    const auto names = [&](const std::vector<std::string>& wanted) {
        std::string text;
        for (const RunRecord& run : selectRuns(runs, wanted, "x.json")) text += run.config.name;
        return text;
    };
    QCOMPARE(names({}), std::string("abc"));
    QCOMPARE(names({"c", "a", "c"}), std::string("ac"));
    QCOMPARE(errorOf([&] { names({"a", "A"}); }), std::string("x.json: has no run named “A”; it has: a, b, c"));
    std::vector<RunRecord> many;
    for (int i = 0; i < 50; ++i) many.push_back(named(std::to_string(i)));
    QVERIFY(errorOf([&] { selectRuns(many, {"x"}, "x.json"); }).ends_with(", 18, 19, …"));
}

void TestRunFile::looks() {
    const std::string first(paletteColors()[0]);
    const std::string second(paletteColors()[1]);
    std::vector<RunRecord> runs = {named("a", first), named("a"), named("b", first), named("a 2"), named("a")};
    assignLooks(runs);
    const char* names[] = {"a", "a 2", "b", "a 3", "a 4"};
    for (std::size_t i = 0; i < runs.size(); ++i) {
        QCOMPARE(runs[i].config.name, std::string(names[i]));
        QCOMPARE(runs[i].id, RunId(i) + 1);
    }
    QCOMPARE(runs[0].config.color, first);
    QCOMPARE(runs[1].config.color, second);
    QCOMPARE(runs[2].config.color, first);
    QCOMPARE(runs[3].config.color, std::string(paletteColors()[2]));
    QCOMPARE(runs[0].dash, 0);
    QCOMPARE(runs[2].dash, 1); // the same colour, another line
    QCOMPARE(runs[3].dash, 0);
}

void TestRunFile::tellsFilesApart() {
    DataCatalog catalog(sourceDir("/resources"));
    writeTinyData(m_folder);
    const auto experiment = m_folder.path("x.ratescope"); // by content, not by name
    writeText(
        experiment,
        R"({"ratescope":1,"title":"T","notes":"N","runs":[{"name":"a","data":"data","batch_size":16,"epochs":3}]})");
    const RunFile file = readRunFile(experiment, catalog);
    QVERIFY(!file.isStudy && file.title == "T" && file.notes == "N");
    QVERIFY((file.runs.at(0).length == RunLength{30, 10}));
    QCOMPARE(file.runs[0].state, RunState::Ready);
    const auto study = m_folder.path("x.json");
    StudyFile(study, StudyFile::Access::Write).addRun(tinyHeader(0, "b"));
    QVERIFY(readRunFile(study, catalog).isStudy);
    QCOMPARE(readRunFile(study, catalog).runs.at(0).config.name, std::string("b"));
    QCOMPARE(errorOf([&] { readRunFile(m_folder.path("none"), catalog); }),
             m_folder.path("none").string() + ": does not exist");
    QVERIFY(hasText(errorOf([&] { readRunFile(m_folder.path(), catalog); }), "is a folder"));
    QVERIFY(hasText(errorOf([&] { readRunFile("/dev/zero", catalog); }), "is not an ordinary file"));
}

void TestRunFile::dataCatalog() {
    DataCatalog catalog(sourceDir("/resources"));
    QCOMPARE(catalog.folder("mnist"), std::filesystem::path(sourceDir("/resources/mnist")));
    const DatasetInfo info = catalog.info("mnist");
    QVERIFY(info.trainCount == 60'000 && info.testCount == 10'000 && info.rows == 28 && info.columns == 28);
    QCOMPARE(catalog.info(writeTinyData(m_folder)).trainCount, 200U);
    QVERIFY(hasText(errorOf([&] { catalog.info("/nowhere"); }), "/nowhere: is not a folder"));
}

QTEST_GUILESS_MAIN(TestRunFile)
#include "tst_run_file.moc"
