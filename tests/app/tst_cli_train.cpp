// SPDX-License-Identifier: GPL-3.0-or-later
// “ratescope train” from outside.
#include "core/network/safetensors.h"
#include "tests/app/program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTest>

#include <cmath>
#include <csignal>
#include <set>

using namespace ratescope;

namespace {

QJsonArray runsIn(const QByteArray& output) {
    return QJsonDocument::fromJson(output).object().value(QLatin1String("runs")).toArray();
}

const std::string threeRuns = R"({"name":"a","schedule":{"type":"constant","lr":0.1}},
    {"name":"wild","network":[{"type":"dense","units":30},{"type":"relu"},{"type":"dense","units":30},{"type":"relu"},{"type":"dense","units":10}],
     "epochs":50,"schedule":{"type":"constant","lr":1e6}},
    {"name":"find","range_test":{"from":1e-4,"to":1,"steps":40,"stop_factor":1000}})";

} // namespace

class TestCliTrain : public QObject {
    Q_OBJECT

private slots:
    void json();
    void jsonOfARangeTest();
    void repeats();
    void table();
    void quiet();
    void selection();
    void unknownRun();
    void study();
    void appends();
    void appendedNamesStayUnique();
    void cannotWrite_data();
    void cannotWrite();
    void leavesOtherFilesAlone_data();
    void leavesOtherFilesAlone();
    void refusesStudies();
    void runThatFails();
    void damageIsToldBeforeAnythingIsBegun_data();
    void damageIsToldBeforeAnythingIsBegun();
    void interrupted_data();
    void interrupted();

private:
    QString fresh() { return qtText(m_folder.path("s" + std::to_string(++m_count) + ".ratescope")); }
    QString experiment(const std::string& runs = threeRuns) { return writeExperiment(m_folder, "x.json", runs); }

    Program m_program;
    TestFolder m_folder;
    int m_count = 0;
};

void TestCliTrain::json() {
    const Outcome outcome = m_program.run({"train", experiment(), "--json"}, {{"LC_ALL", "de_DE.UTF-8"}});
    COMPARE_STATUS(outcome, 0); // a diverged run is a result
    QCOMPARE(outcome.errors, QByteArray());
    const QJsonArray runs = runsIn(outcome.output);
    QCOMPARE(runs.size(), 3);
    const QJsonObject a = runs[0].toObject();
    const QStringList expected = {
        "name",       "status",   "steps",        "epochs",    "train_seconds", "samples_per_second",
        "train_loss", "val_loss", "val_accuracy", "test_loss", "test_accuracy", "diverged_at"};
    const QStringList keys = a.keys();
    QCOMPARE(QSet<QString>(keys.begin(), keys.end()), QSet<QString>(expected.begin(), expected.end()));
    QCOMPARE(a["name"].toString(), QStringLiteral("a"));
    QCOMPARE(a["status"].toString(), QStringLiteral("finished"));
    QCOMPARE(a["steps"].toInt(), 20);
    QCOMPARE(a["epochs"].toDouble(), 2.0);
    QVERIFY(a["train_seconds"].toDouble() > 0.0);
    QCOMPARE(a["samples_per_second"].toDouble(), 320.0 / a["train_seconds"].toDouble());
    for (const char* loss : {"train_loss", "val_loss", "test_loss"}) QVERIFY(a[QLatin1String(loss)].toDouble() > 0.0);
    for (const char* share : {"val_accuracy", "test_accuracy"}) {
        const QJsonValue value = a[QLatin1String(share)];
        QVERIFY(value.isDouble() && value.toDouble() >= 0.0 && value.toDouble() <= 1.0);
    }
    QVERIFY(a["diverged_at"].isNull());
    const QJsonObject wild = runs[1].toObject();
    QCOMPARE(wild["status"].toString(), QStringLiteral("diverged"));
    QVERIFY(wild["diverged_at"].isDouble());
    QVERIFY(wild["steps"].toInt() <= wild["diverged_at"].toInt() && wild["steps"].toInt() < 500);
    QVERIFY(wild.contains(QLatin1String("test_loss")) && wild["test_loss"].isNull() && wild["test_accuracy"].isNull());
}

void TestCliTrain::jsonOfARangeTest() {
    const Outcome outcome = m_program.run({"train", experiment(), "--json", "--run", "find"});
    COMPARE_STATUS(outcome, 0);
    const QJsonObject run = runsIn(outcome.output).at(0).toObject();
    QCOMPARE(run["name"].toString(), QStringLiteral("find"));
    QCOMPARE(run["status"].toString(), QStringLiteral("finished"));
    QVERIFY(!run.contains(QLatin1String("test_loss")) && !run.contains(QLatin1String("test_accuracy")));
    const QJsonArray points = run["points"].toArray();
    QCOMPARE(points.size(), 40);
    QCOMPARE(run["steps"].toInt(), 40);
    for (int i = 0; i < 40; ++i) {
        const QJsonObject point = points[i].toObject();
        QVERIFY(qAbs(point["lr"].toDouble() / std::pow(10.0, -4.0 + 4.0 * i / 39.0) - 1.0) < 1e-12);
        QVERIFY(point["loss"].toDouble() > 0.0 && point["smoothed"].isDouble() && point["slope"].isDouble());
    }
    const QJsonObject suggestions = run["suggestions"].toObject();
    for (const char* rule : {"steepest", "minimum"}) {
        const QJsonValue value = suggestions[QLatin1String(rule)];
        QVERIFY(value.isNull() || (value.toDouble() >= 1e-5 && value.toDouble() <= 1.0));
        QVERIFY(!run["reasons"].toObject()[QLatin1String(rule)].toString().isEmpty());
    }
}

void TestCliTrain::repeats() {
    const auto losses = [&](const QStringList& more) {
        const QString out = fresh();
        const Outcome outcome = m_program.run(QStringList{"train", experiment(), "--quiet", "--out", out} + more);
        std::vector<std::vector<float>> all;
        if (outcome.status == 0)
            for (const RunRecord& run : readStudy(out.toStdString())) all.push_back(run.losses);
        return all;
    };
    const auto first = losses({});
    QCOMPARE(first.size(), std::size_t(3));
    QVERIFY(first[0].size() == 20 && first[2].size() == 40);
    QVERIFY(losses({"--jobs", "1"}) == first);
    QVERIFY(losses({"--jobs", "3", "--json"}) == first);
}

void TestCliTrain::table() {
    const Outcome outcome = m_program.run({"train", experiment()});
    COMPARE_STATUS(outcome, 0);
    QCOMPARE(outcome.errors, QByteArray()); // no progress where nobody looks
    const QList<QByteArray> lines = outcome.output.split('\n');
    QVERIFY(lines[0].startsWith("run   status") && lines[0].contains("test acc."));
    QVERIFY(lines[1].startsWith("a     finished"));
    QVERIFY(lines[2].startsWith("wild  diverged at step "));
    QVERIFY(lines[3].startsWith("find  finished"));
    QVERIFY(outcome.output.contains("\nfind: steepest ") && outcome.output.contains("\nfind: minimum "));
}

void TestCliTrain::quiet() {
    const Outcome outcome = m_program.run({"train", experiment(), "--quiet"});
    COMPARE_STATUS(outcome, 0);
    QVERIFY(outcome.output.isEmpty() && outcome.errors.isEmpty());
}

void TestCliTrain::selection() {
    const Outcome outcome = m_program.run({"train", experiment(), "--json", "--run", "find", "--run", "a"});
    COMPARE_STATUS(outcome, 0);
    const QJsonArray runs = runsIn(outcome.output);
    QCOMPARE(runs.size(), 2);
    QCOMPARE(runs[0].toObject()["name"].toString(), QStringLiteral("a"));
    QCOMPARE(runs[1].toObject()["name"].toString(), QStringLiteral("find"));
}

void TestCliTrain::unknownRun() {
    const QString out = fresh();
    const Outcome outcome = m_program.run({"train", experiment(), "--run", "b", "--out", out});
    COMPARE_STATUS(outcome, 3);
    QVERIFY2(outcome.errors.contains("x.json: has no run named “b”; it has: a, wild, find"),
             outcome.errors.constData());
    QVERIFY(!std::filesystem::exists(out.toStdString())); // nothing is half done
}

void TestCliTrain::study() {
    const QString out = fresh();
    const Outcome outcome = m_program.run({"train", experiment(), "--json", "--out", out});
    COMPARE_STATUS(outcome, 0);
    QVERIFY(!std::filesystem::exists(out.toStdString() + "-wal"));
    const auto records = readStudy(out.toStdString());
    const QJsonArray runs = runsIn(outcome.output);
    QCOMPARE(records.size(), std::size_t(3));
    for (int i = 0; i < 3; ++i) {
        const RunRecord& record = records[static_cast<std::size_t>(i)];
        const QJsonObject run = runs[i].toObject();
        QCOMPARE(QString::fromStdString(record.config.name), run["name"].toString());
        QCOMPARE(QString::fromLatin1(runStateName(record.state)), run["status"].toString());
        QCOMPARE(static_cast<int>(record.stepCount()), run["steps"].toInt());
        QCOMPARE(record.trainSeconds, run["train_seconds"].toDouble());
        QCOMPARE(record.result.divergedAt.has_value(), run["diverged_at"].isDouble());
        QCOMPARE(record.result.test.has_value(), run["test_loss"].isDouble());
        if (record.result.test) QCOMPARE(record.result.test->loss, run["test_loss"].toDouble());
        QVERIFY(!record.config.color.empty());
    }
    QCOMPARE(records[0].epochs.size(), std::size_t(2));
    QCOMPARE(records[0].epochs[1].validation->loss, runs[0].toObject()["val_loss"].toDouble());
    QCOMPARE(records[0].config.data, m_folder.path("data").string());
    StudyFile file(out.toStdString(), StudyFile::Access::Read);
    QCOMPARE(file.text("title"), std::string("Große Raten"));
    QCOMPARE(file.text("notes"), std::string("“Notes”\n"));
}

void TestCliTrain::appends() {
    const QString out = fresh();
    for (int i = 0; i < 2; ++i) {
        const Outcome outcome = m_program.run({"train", experiment(), "--run", "a", "--quiet", "--out", out});
        COMPARE_STATUS(outcome, 0);
    }
    const auto runs = readStudy(out.toStdString());
    QCOMPARE(runs.size(), std::size_t(2));
    QCOMPARE(runs[0].config.name, std::string("a"));
    QCOMPARE(runs[1].config.name, std::string("a 2"));
    QVERIFY(runs[0].losses.size() == 20 && runs[0].losses == runs[1].losses);
}

void TestCliTrain::appendedNamesStayUnique() {
    const QString out = fresh();
    {
        StudyFile file(out.toStdString(), StudyFile::Access::Write);
        file.addRun(tinyHeader(0, "a"));
        file.addRun(tinyHeader(0, "a 3"));
    }
    const Outcome outcome =
        m_program.run({"train", experiment(R"({"name":"a"},{"name":"a 2"})"), "--quiet", "--out", out});
    COMPARE_STATUS(outcome, 0);
    std::set<std::string> names;
    for (const RunRecord& run : readStudy(out.toStdString())) names.insert(run.config.name);
    QCOMPARE(names.size(), std::size_t(4));
}

void TestCliTrain::cannotWrite_data() {
    QTest::addColumn<QString>("out");
    QTest::newRow("missing folder") << qtText(m_folder.path("nowhere/s.ratescope"));
    QTest::newRow("a folder") << qtText(m_folder.path());
    QTest::newRow("full disk") << QStringLiteral("/dev/full");
    QTest::newRow("below a file") << experiment() + QStringLiteral("/s.ratescope");
}

void TestCliTrain::cannotWrite() {
    QFETCH(const QString, out);
    const Outcome outcome = m_program.run({"train", experiment(), "--out", out});
    COMPARE_STATUS(outcome, 4);
    QVERIFY2(outcome.errors.startsWith("ratescope: " + out.toUtf8() + ": "), outcome.errors.constData());
    QCOMPARE(outcome.output, QByteArray()); // told before anything is trained
}

void TestCliTrain::leavesOtherFilesAlone_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("text") << QByteArray("my notes\n");
    QTest::newRow("long text") << QByteArray("my notes\n").repeated(10'000);
    QTest::newRow("binary") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0", 11).repeated(1000);
    const auto path = m_folder.path("other.db");
    SqliteDatabase(path, SqliteDatabase::Mode::Create)
        .execute("CREATE TABLE song(title TEXT); INSERT INTO song VALUES('x')");
    QTest::newRow("another program's database") << QByteArray::fromStdString(readText(path));
}

void TestCliTrain::leavesOtherFilesAlone() {
    QFETCH(const QByteArray, content);
    const QString out = fresh();
    writeText(out.toStdString(), content.toStdString());
    const Outcome outcome = m_program.run({"train", experiment(), "--out", out});
    COMPARE_STATUS(outcome, 4);
    QVERIFY(readText(out.toStdString()) == content.toStdString());
    QVERIFY(!std::filesystem::exists(out.toStdString() + "-wal"));
    QVERIFY(outcome.errors.contains("not a study"));
}

void TestCliTrain::refusesStudies() {
    const QString out = fresh();
    StudyFile(out.toStdString(), StudyFile::Access::Write).addRun(tinyHeader(0, "a"));
    const Outcome outcome = m_program.run({"train", out});
    COMPARE_STATUS(outcome, 3);
    QVERIFY(outcome.errors.contains("is a study; expected an experiment"));
}

void TestCliTrain::runThatFails() {
    const std::string cut = writeTinyData(m_folder, "cut");
    std::filesystem::resize_file(cut + "/train-images-idx3-ubyte", 500);
    const QString out = fresh();
    const Outcome outcome =
        m_program.run({"train", experiment(R"({"name":"a"},{"name":"b","data":"cut"})"), "--json", "--out", out});
    COMPARE_STATUS(outcome, 3);
    QVERIFY2(outcome.errors.contains("train-images-idx3-ubyte"), outcome.errors.constData());
    QCOMPARE(outcome.output, QByteArray());
    QVERIFY(!std::filesystem::exists(out.toStdString()));
}

void TestCliTrain::damageIsToldBeforeAnythingIsBegun_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("content");
    const QString weights = QStringLiteral("start.safetensors");
    const auto tensors = [](float value) {
        return QByteArray::fromStdString(writeSafetensors({{"0.weight", {1, 1}, {value}}}));
    };
    QTest::newRow("labels") << QStringLiteral("damaged/train-labels-idx1-ubyte")
                            << QByteArray("\0\0\x08\x01\0\0\0\xC8", 8) + QByteArray(200, '\x4D');
    QTest::newRow("gzip data") << QStringLiteral("damaged/train-images-idx3-ubyte.gz") << QByteArray("\x1F\x8B\x08\0no", 6);
    QTest::newRow("header of weights") << weights << QByteArray("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF{}", 10);
    QTest::newRow("no number") << weights << tensors(std::nanf(""));
    QTest::newRow("nothing") << weights << QByteArray();
}

void TestCliTrain::damageIsToldBeforeAnythingIsBegun() {
    QFETCH(const QString, file);
    QFETCH(const QByteArray, content);
    writeTinyData(m_folder, "damaged");
    const auto place = m_folder.path(file.toStdString());
    if (file.endsWith(".gz")) std::filesystem::remove(m_folder.path("damaged/train-images-idx3-ubyte"));
    writeText(place, content.toStdString());
    if (!file.startsWith("start")) writeText(m_folder.path("start.safetensors"), writeSafetensors({{"0.weight", {1, 1}, {1.0F}}}));
    const QString out = fresh();
    const std::string run = file.startsWith("start") ? R"({"name":"b","start_from":{"file":"start.safetensors"}})"
                                                     : R"({"name":"b","data":"damaged"})";
    const Outcome outcome = m_program.run({"train", experiment(R"({"name":"a"},)" + run), "--out", out});
    COMPARE_STATUS(outcome, 3);
    QVERIFY2(outcome.errors.contains(qtText(place).toUtf8()), outcome.errors.constData());
    QVERIFY(!std::filesystem::exists(out.toStdString()));
    std::filesystem::remove_all(m_folder.path("damaged"));
}

void TestCliTrain::interrupted_data() {
    QTest::addColumn<int>("signal");
    QTest::addColumn<QString>("jobs");
    QTest::newRow("Ctrl-C") << SIGINT << QStringLiteral("2");
    QTest::newRow("Ctrl-C while a run waits") << SIGINT << QStringLiteral("1");
    QTest::newRow("asked to end") << SIGTERM << QStringLiteral("2");
}

void TestCliTrain::interrupted() {
    QFETCH(const int, signal);
    QFETCH(const QString, jobs);
    const QString out = fresh();
    const std::string endless =
        R"("steps":1000000000,"schedule":{"type":"constant","lr":1e-4},"network":[{"type":"dense","units":2000},{"type":"relu"},{"type":"dense","units":10}])";
    QProcess process;
    m_program.start(process, {"train", experiment(R"({"name":"a",)" + endless + R"(},{"name":"b",)" + endless + '}'),
                              "--json", "--jobs", jobs, "--out", out});
    const auto steps = [&] {
        try {
            return SqliteDatabase(out.toStdString(), SqliteDatabase::Mode::ReadOnly)
                .integer("SELECT count(*) FROM step WHERE run=1");
        } catch (const std::exception&) { // not made yet
            return std::int64_t(0);
        }
    };
    QTRY_VERIFY_WITH_TIMEOUT(steps() > 0, 60'000);
    ::kill(static_cast<pid_t>(process.processId()), signal);
    const Outcome outcome = Program::ended(process);
    COMPARE_STATUS(outcome, 130);
    QCOMPARE(outcome.errors, QByteArray());
    const QJsonArray runs = runsIn(outcome.output);
    const auto records = readStudy(out.toStdString());
    QCOMPARE(records.size(), std::size_t(2));
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(runs[i].toObject()["status"].toString(), QStringLiteral("cancelled"));
        QCOMPARE(static_cast<qint64>(records[static_cast<std::size_t>(i)].stepCount()),
                 runs[i].toObject()["steps"].toInteger());
    }
    QCOMPARE(records[0].state, RunState::Cancelled);
    QVERIFY(records[0].stepCount() > 0 && records[0].result.steps == records[0].stepCount());
    QCOMPARE(records[1].state, jobs == QLatin1String("1") ? RunState::Ready : RunState::Cancelled);
    QVERIFY(!std::filesystem::exists(out.toStdString() + "-wal"));
}

QTEST_GUILESS_MAIN(TestCliTrain)
#include "tst_cli_train.moc"
