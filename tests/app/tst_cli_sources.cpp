// SPDX-License-Identifier: GPL-3.0-or-later
// “ratescope train” of runs that start from others, stop early, keep snapshots; on any number of threads.
#include "tests/app/program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace ratescope;

class TestCliSources : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void threadsAndJobsMakeNoDifference_data();
    void threadsAndJobsMakeNoDifference();
    void trainsAsTheScheduleSays();
    void runBringsItsSource();
    void appendedRunsKeepTheirSources();
    void stoppedEarly();
    void snapshots();
    void table();
    void wrongWeightsFail_data();
    void wrongWeightsFail();
    void divergedSourceFailsTheOther();
    void fashionMnist();
    void badOptions_data();
    void badOptions();

private:
    QString fresh() { return qtText(m_folder.path("s" + std::to_string(++m_count))); }
    QString experiment(const std::string& runs) { return writeExperiment(m_folder, "x.json", runs); }
    QJsonObject runIn(const Outcome& outcome, qsizetype index) const {
        return QJsonDocument::fromJson(outcome.output)
            .object()
            .value(QLatin1String("runs"))
            .toArray()
            .at(index)
            .toObject();
    }

    Program m_program;
    TestFolder m_folder;
    int m_count = 0;
};

namespace {

/// Every kind: plain, its dependent, one on many threads, one whose batch grows, one that stops early.
const std::string manyRuns = R"({"name":"head","start_from":{"run":"base","new_head":true},"seed":3},
    {"name":"base"},
    {"name":"wide","batch_size":100,"network":[{"type":"dense","units":300},{"type":"relu"},{"type":"dense","units":10}],"optimizer":{"type":"adam"}},
    {"name":"grows","epochs":4,"schedule":{"type":"exponential","lr":0.2,"gamma":0.5,"unit":"epoch","batch_growth":true,"max_batch":80}},
    {"name":"early","epochs":50,"schedule":{"type":"constant","lr":3},"early_stopping":{"patience":2}},
    {"name":"third","start_from":{"run":"early"}})";

const std::string cycles =
    R"({"name":"c","steps":12,"snapshots":"cycle","schedule":{"type":"warm_restarts","lr":0.3,"period":4}})";
const std::string early =
    R"({"name":"e","epochs":50,"schedule":{"type":"constant","lr":3},"early_stopping":{"patience":2}})";

} // namespace

void TestCliSources::initTestCase() {
    const auto write = [&](const char* name, const std::vector<Tensor>& tensors) {
        writeText(m_folder.path(name), writeSafetensors(tensors));
    };
    const std::vector<float> zeros(200, 0.0F);
    const std::vector<float> ten(10, 0.0F);
    write("good.safetensors", {{"0.weight", {10, 20}, zeros}, {"0.bias", {10}, ten}});
    write("turned.safetensors", {{"0.weight", {20, 10}, zeros}, {"0.bias", {10}, ten}});
    write("bare.safetensors", {{"0.weight", {10, 20}, zeros}});
}

void TestCliSources::threadsAndJobsMakeNoDifference_data() {
    QTest::addColumn<QStringList>("options");
    for (const char* threads : {"1", "2", "64"})
        for (const char* jobs : {"1", "2", "6"})
            QTest::addRow("%s threads, %s jobs", threads, jobs) << QStringList{"--threads", threads, "--jobs", jobs};
    QTest::newRow("as it comes") << QStringList();
}

void TestCliSources::threadsAndJobsMakeNoDifference() {
    QFETCH(const QStringList, options);
    static std::map<QString, std::string> first; // file → content
    const QString study = fresh() + QStringLiteral(".ratescope");
    const QString folder = fresh();
    const Outcome trained =
        m_program.run(QStringList{"train", experiment(manyRuns), "--quiet", "--out", study} + options);
    COMPARE_STATUS(trained, 0);
    const Outcome exported = m_program.run({"export", study, "--out", folder});
    COMPARE_STATUS(exported, 0);
    std::map<QString, std::string> files;
    for (const char* name : {"steps.csv", "base.safetensors", "head.safetensors", "wide.safetensors",
                             "grows.safetensors", "early.safetensors", "third.safetensors"})
        files[QString::fromLatin1(name)] = readText((folder + QLatin1Char('/') + QLatin1String(name)).toStdString());
    QVERIFY(files[QStringLiteral("steps.csv")].starts_with("run,step,epoch,lr,loss\nhead,0,0,0.01,"));
    if (first.empty()) first = files;
    for (const auto& [name, content] : files) QVERIFY2(!content.empty() && content == first[name], qPrintable(name));
}

void TestCliSources::trainsAsTheScheduleSays() {
    const QString study = fresh() + QStringLiteral(".ratescope");
    const QString folder = fresh();
    const std::string runs = manyRuns.substr(0, manyRuns.find(R"(,
    {"name":"early")"));
    const Outcome outcome = m_program.run({"train", experiment(runs), "--quiet", "--out", study});
    COMPARE_STATUS(outcome, 0);
    const Outcome exported = m_program.run({"export", study, "--out", folder});
    COMPARE_STATUS(exported, 0);
    QByteArray trained;
    for (const QByteArray& line :
         QByteArray::fromStdString(readText((folder + "/steps.csv").toStdString())).split('\n'))
        if (!line.isEmpty()) trained += line.left(line.lastIndexOf(',')) + '\n'; // without the loss
    const Outcome schedule = m_program.run({"schedule", experiment(runs)});
    COMPARE_STATUS(schedule, 0);
    QVERIFY(schedule.output == trained && trained.contains("\ngrows,19,3,"));
    QVERIFY(m_program.run({"schedule", study}).output == trained);
    const Outcome plot = m_program.run({"plot", study, "--out", folder + "/page.png"});
    COMPARE_STATUS(plot, 0);
    QVERIFY(readText((folder + "/page.png").toStdString()).starts_with("\x89PNG"));
}

void TestCliSources::runBringsItsSource() {
    const std::string chain =
        R"({"name":"c","start_from":{"run":"b"}},{"name":"other"},{"name":"b","start_from":{"run":"a"}},{"name":"a"})";
    const Outcome outcome = m_program.run({"train", experiment(chain), "--json", "--run", "c"});
    COMPARE_STATUS(outcome, 0);
    QCOMPARE(runIn(outcome, 0)["name"].toString(), QStringLiteral("c"));
    QCOMPARE(runIn(outcome, 1)["name"].toString(), QStringLiteral("b"));
    QCOMPARE(runIn(outcome, 2)["name"].toString(), QStringLiteral("a"));
    QVERIFY(runIn(outcome, 3).isEmpty());
    for (int i = 0; i < 3; ++i) QCOMPARE(runIn(outcome, i)["status"].toString(), QStringLiteral("finished"));
    QVERIFY(outcome.errors.contains("“c” starts from “b”, which is trained as well") &&
            outcome.errors.contains("“b” starts from “a”, which is trained as well"));
    QVERIFY(m_program.run({"train", experiment(chain), "--quiet", "--run", "c"}).errors.isEmpty());
    // What was asked for anyway needs no word.
    const Outcome both = m_program.run({"train", experiment(chain), "--json", "--run", "a", "--run", "b"});
    COMPARE_STATUS(both, 0);
    QCOMPARE(both.errors, QByteArray());
    // Alone or among all, it is the same run.
    const Outcome all = m_program.run({"train", experiment(chain), "--json"});
    QCOMPARE(runIn(all, 0)["test_loss"].toDouble(), runIn(outcome, 0)["test_loss"].toDouble());
    QVERIFY(runIn(all, 0)["test_loss"].toDouble() != runIn(all, 1)["test_loss"].toDouble());
}

void TestCliSources::appendedRunsKeepTheirSources() {
    const QString study = fresh() + QStringLiteral(".ratescope");
    const std::string pair = R"({"name":"b","start_from":{"run":"a"}},{"name":"a"})";
    for (int i = 0; i < 2; ++i) {
        const Outcome outcome = m_program.run({"train", experiment(pair), "--quiet", "--out", study});
        COMPARE_STATUS(outcome, 0);
    }
    const auto runs = readStudy(study.toStdString());
    QCOMPARE(runs.size(), std::size_t(4));
    QVERIFY(runs[2].config.name == "b 2" && runs[2].config.startFrom->run == "a 2" && runs[3].config.name == "a 2");
    QVERIFY(runs[2].state == RunState::Finished && runs[2].losses == runs[0].losses);
}

void TestCliSources::stoppedEarly() {
    const Outcome outcome = m_program.run(
        {"train", experiment(early + R"(,{"name":"all","early_stopping":{"patience":1000,"restore_best":false}})"),
         "--json"});
    COMPARE_STATUS(outcome, 0);
    const QJsonObject run = runIn(outcome, 0);
    QCOMPARE(run["status"].toString(), QStringLiteral("stopped_early"));
    QVERIFY(run["best_epoch"].isDouble());
    QVERIFY(run["restored_best"].toBool());
    QCOMPARE(run["epochs"].toDouble(), run["best_epoch"].toDouble() + 2.0);
    QCOMPARE(run["steps"].toInt(), run["epochs"].toInt() * 10);
    QVERIFY(run["test_loss"].isDouble() && run["diverged_at"].isNull());
    QVERIFY(!run.contains(QLatin1String("snapshots")) && !run.contains(QLatin1String("ensemble")) &&
            !run.contains(QLatin1String("message")));
    const QJsonObject all = runIn(outcome, 1);
    QCOMPARE(all["status"].toString(), QStringLiteral("finished"));
    QVERIFY(all["best_epoch"].toInt() >= 1 && all["best_epoch"].toInt() <= 2 && all["restored_best"].isBool() &&
            !all["restored_best"].toBool());
}

void TestCliSources::snapshots() {
    const Outcome outcome = m_program.run({"train", experiment(cycles), "--json"});
    COMPARE_STATUS(outcome, 0);
    const QJsonObject run = runIn(outcome, 0);
    const QJsonArray snapshots = run["snapshots"].toArray();
    QCOMPARE(snapshots.size(), 3);
    for (int i = 0; i < 3; ++i) {
        const QJsonObject snapshot = snapshots[i].toObject();
        QCOMPARE(snapshot["step"].toInt(), 4 * (i + 1));
        QVERIFY(snapshot["test_loss"].toDouble() > 0.0);
        QVERIFY(snapshot["test_accuracy"].toDouble(-1.0) >= 0.0 && snapshot["test_accuracy"].toDouble() <= 1.0);
    }
    // The last one is what the run ended with.
    QCOMPARE(snapshots[2].toObject()["test_loss"].toDouble(), run["test_loss"].toDouble());
    QCOMPARE(snapshots[2].toObject()["test_accuracy"].toDouble(), run["test_accuracy"].toDouble());
    const QJsonObject ensemble = run["ensemble"].toObject();
    QVERIFY(ensemble["test_loss"].toDouble() > 0.0 && ensemble["test_accuracy"].isDouble());
    QVERIFY(!run.contains(QLatin1String("best_epoch")));
}

void TestCliSources::table() {
    const Outcome outcome = m_program.run({"train", experiment(cycles + ',' + early)});
    COMPARE_STATUS(outcome, 0);
    const QList<QByteArray> lines = outcome.output.split('\n');
    QVERIFY(lines[1].startsWith("c    finished"));
    QVERIFY(lines[2].startsWith("e    stopped_early"));
    QVERIFY(lines[3].startsWith("c: snapshot after step 4: test loss "));
    QVERIFY(lines[5].startsWith("c: snapshot after step 12: test loss "));
    QVERIFY(lines[6].startsWith("c: all 3 snapshots together: test loss ") && lines[6].endsWith(" %"));
    QVERIFY(lines[7].startsWith("e: best epoch ") && lines[7].endsWith(", whose weights it ends with"));
}

void TestCliSources::wrongWeightsFail_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("part");
    QTest::newRow("other shapes") << "turned"
                                  << "turned.safetensors: “0.weight” is 20 × 10; this network's is 10 × 20";
    QTest::newRow("a tensor missing") << "bare"
                                      << "bare.safetensors: holds no weights named “0.bias”, which this network has";
}

void TestCliSources::wrongWeightsFail() {
    QFETCH(const QString, file);
    QFETCH(const QString, part);
    const std::string keys = R"("start_from":{"file":")" + file.toStdString() + ".safetensors\"}";
    const Outcome outcome = m_program.run(
        {"train",
         experiment("{\"name\":\"bad\"," + keys + R"(},{"name":"good","start_from":{"file":"good.safetensors"}})"),
         "--json"});
    COMPARE_STATUS(outcome, 1);
    const QJsonObject bad = runIn(outcome, 0);
    QCOMPARE(bad["status"].toString(), QStringLiteral("failed"));
    QCOMPARE(bad["steps"].toInt(), 0);
    QVERIFY2(bad["message"].toString().contains(part), qPrintable(bad["message"].toString()));
    QVERIFY2(outcome.errors.startsWith("ratescope: bad: ") && outcome.errors.contains(part.toUtf8()),
             outcome.errors.constData());
    const QJsonObject good = runIn(outcome, 1);
    QCOMPARE(good["status"].toString(), QStringLiteral("finished"));
    QVERIFY(!good.contains(QLatin1String("message")));
}

void TestCliSources::divergedSourceFailsTheOther() {
    const std::string runs = R"({"name":"c","start_from":{"run":"b"}},{"name":"b","start_from":{"run":"wild"}},
        {"name":"wild","network":[{"type":"dense","units":30},{"type":"relu"},{"type":"dense","units":30},{"type":"relu"},{"type":"dense","units":10}],
         "epochs":50,"schedule":{"type":"constant","lr":1e6}})";
    const Outcome outcome = m_program.run({"train", experiment(runs), "--json"});
    COMPARE_STATUS(outcome, 1);
    QCOMPARE(runIn(outcome, 0)["message"].toString(), QStringLiteral("Starts from “b”, which failed"));
    QCOMPARE(runIn(outcome, 1)["message"].toString(),
             QStringLiteral("Starts from “wild”, which diverged and left no weights"));
    QCOMPARE(runIn(outcome, 2)["status"].toString(), QStringLiteral("diverged"));
}

void TestCliSources::fashionMnist() {
    const QString file =
        experiment(R"({"name":"a","data":"fashion-mnist","train_samples":100,"validation":0.9,"steps":3})");
    const Outcome outcome = m_program.run({"train", file, "--json"});
    if (outcome.status == 3) { // not on this machine: it says how to get it
        QVERIFY2(outcome.errors.contains("x.json: runs[0].data: fashion-mnist: is not on this machine") &&
                     outcome.errors.contains("sudo apt install dataset-fashion-mnist"),
                 outcome.errors.constData());
        return;
    }
    COMPARE_STATUS(outcome, 0);
    QCOMPARE(runIn(outcome, 0)["status"].toString(), QStringLiteral("finished"));
    QCOMPARE(runIn(outcome, 0)["steps"].toInt(), 3);
}

void TestCliSources::badOptions_data() {
    QTest::addColumn<QStringList>("options");
    QTest::newRow("no thread") << QStringList{"--threads", "0"};
    QTest::newRow("too many threads") << QStringList{"--threads", "1001"};
    QTest::newRow("half a thread") << QStringList{"--threads", "0.5"};
    QTest::newRow("threads in words") << QStringList{"--threads", "all"};
}

void TestCliSources::badOptions() {
    QFETCH(const QStringList, options);
    const Outcome outcome = m_program.run(QStringList{"train", experiment(R"({"name":"a"})")} + options);
    COMPARE_STATUS(outcome, 2);
    QVERIFY2(outcome.errors.contains("threads"), outcome.errors.constData());
    QCOMPARE(outcome.output, QByteArray());
}

QTEST_GUILESS_MAIN(TestCliSources)
#include "tst_cli_sources.moc"
