// SPDX-License-Identifier: GPL-3.0-or-later
// “ratescope suggest” from outside, curves from elsewhere in the other commands, and what train says of range tests.
#include "app/cli/run_report.h"
#include "app/study/curve_file.h"
#include "tests/app/program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cmath>

using namespace ratescope;

namespace {

/// Falls around 10^fall, as the shapes of tests/core/range_shapes.h, and runs away behind 10^0.5.
std::string curveText(double fall, double wiggle) {
    std::string text = "step,lr,loss\n";
    for (int i = 0; i < 100; ++i) {
        const double x = -5.0 + 6.0 * i / 99.0;
        const double loss =
            2.3 - 1.6 / (1.0 + std::exp(-(x - fall) / 0.3)) + std::exp((x - 0.5) * 4.0) + wiggle * std::sin(1.7 * i);
        text +=
            QStringLiteral("%1,%2,%3\n").arg(i).arg(std::pow(10.0, x), 0, 'g', 17).arg(loss, 0, 'g', 17).toStdString();
    }
    return text;
}

/// Three range tests that differ in their seed alone, and one that differs otherwise.
std::string testsOverSeeds() {
    std::string runs;
    for (const char* keys : {R"("seed":1)", R"("seed":2)", R"("seed":5)", R"("seed":6,"batch_size":32)"})
        runs += std::string(runs.empty() ? "" : ",") + R"({"name":"t)" + std::to_string(runs.size()) + "\"," + keys +
                R"(,"range_test":{"from":0.001,"to":10,"steps":30,"smoothing":0.5}})";
    return runs;
}

double rateAt(int i) {
    return std::pow(10.0, -5.0 + 6.0 * i / 99.0);
}

bool isNear(const QJsonValue& value, double expected) {
    return value.isDouble() && std::abs(value.toDouble() / expected - 1.0) < 1e-9;
}

QJsonObject jsonOf(const QByteArray& output) {
    return QJsonDocument::fromJson(output).object();
}

} // namespace

class TestCliSuggest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        writeText(m_folder.path("curve.csv"), curveText(-2.5, 0.0));
        std::string flat = "lr,loss\n";
        for (int i = 0; i < 100; ++i)
            flat += std::to_string(0.001 * (i + 1)) + ',' + std::to_string(2.3 + 0.1 * std::sin(i * i)) + '\n';
        writeText(m_folder.path("flat.csv"), flat);
    }

    // The indices of tst_rate_rules: Python's.
    void suggestions_data() {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QList<int>>("indices");
        QTest::newRow("smoothed less") << QStringList{"--smoothing", "0.9"} << QList<int>{47, 79, 44, 41, 27};
    }
    void suggestions() {
        QFETCH(const QStringList, options);
        QFETCH(const QList<int>, indices);
        const Outcome outcome =
            m_program.run(QStringList{"suggest", path("curve.csv")} + options, {{"LC_ALL", "de_DE.UTF-8"}});
        COMPARE_STATUS(outcome, 0);
        QCOMPARE(outcome.errors, QByteArray());
        const QJsonObject json = jsonOf(outcome.output);
        QCOMPARE(json.keys(), (QStringList{"bounds", "reasons", "suggestions"}));
        const QJsonObject found = json["suggestions"].toObject();
        QCOMPARE(found.keys(), (QStringList{"minimum", "slide", "steepest", "valley"}));
        QVERIFY(isNear(found["steepest"], rateAt(indices[0])));
        QVERIFY(isNear(found["minimum"], rateAt(indices[1]) / 10.0));
        QVERIFY(isNear(found["valley"], rateAt(indices[2])));
        QVERIFY(isNear(found["slide"], rateAt(indices[3])));
        QVERIFY(isNear(json["bounds"].toArray().at(0), rateAt(indices[4])));
        QVERIFY(isNear(json["bounds"].toArray().at(1), rateAt(indices[0])));
        QCOMPARE(json["reasons"].toObject().keys(), (QStringList{"bounds", "minimum", "slide", "steepest", "valley"}));
    }
    void smoothingIsThatOfARangeTestUnlessSaid() {
        const Outcome plain = m_program.run({"suggest", path("curve.csv")});
        COMPARE_STATUS(plain, 0);
        QCOMPARE(m_program.run({"suggest", path("curve.csv"), "--smoothing", "0.98"}).output, plain.output);
        QVERIFY(m_program.run({"suggest", path("curve.csv"), "--smoothing", "0"}).output != plain.output);
    }
    // The rows whose losses are no finite numbers count among the points, of which the first tenth and the last five are
    // left out; the curve is cut at the first of them, whatever comes behind it.
    void notFinite_data() {
        QTest::addColumn<QByteArray>("behind");
        QTest::newRow("nothing finite") << QByteArray("nan");
        QTest::newRow("finite again") << QByteArray("0.1");
    }
    void notFinite() {
        QFETCH(QByteArray, behind);
        std::string text = "lr,loss\n";
        for (int i = 0; i < 100; ++i) { // lowest at 64, which would be one of the last five of 66
            const std::string loss = i == 66  ? "inf"
                                     : i > 66 ? behind.toStdString()
                                              : std::to_string(3.0 - 0.001 * i * i + (i == 65));
            text += std::to_string(0.001 * (i + 1)) + ',' + loss + '\n';
        }
        writeText(m_folder.path("cut.csv"), text);
        const Outcome outcome = m_program.run({"suggest", path("cut.csv"), "--smoothing", "0"});
        COMPARE_STATUS(outcome, 0);
        QVERIFY(isNear(jsonOf(outcome.output)["suggestions"].toObject()["minimum"], 0.0065));
    }
    void nothingFinite() {
        writeText(m_folder.path("nan.csv"), "lr,loss\n0.1,nan\n0.2,nan\n");
        const Outcome outcome = m_program.run({"suggest", path("nan.csv")});
        COMPARE_STATUS(outcome, 0);
        QVERIFY(jsonOf(outcome.output)["suggestions"].toObject()["valley"].isNull());
        QVERIFY(jsonOf(outcome.output)["reasons"].toObject()["valley"].toString().contains("Too few points"));
    }
    // Shortest forms that read back: 10^−3 is 0.001.
    void numbersAreShort() {
        std::string text = "lr,loss\n";
        for (int i = 0; i < 40; ++i) text += std::to_string(i + 1) + "e-3," + std::to_string(std::abs(i - 25)) + '\n';
        writeText(m_folder.path("short.csv"), text);
        const Outcome outcome = m_program.run({"suggest", path("short.csv"), "--smoothing", "0"});
        QVERIFY2(outcome.output.contains("\"minimum\": 0.0026,"), outcome.output.constData());
    }
    void noAnswer() {
        const Outcome outcome = m_program.run({"suggest", path("flat.csv"), "--smoothing", "0.5"});
        COMPARE_STATUS(outcome, 0);
        const QJsonObject json = jsonOf(outcome.output);
        QVERIFY(json["bounds"].isNull());
        for (const char* rule : {"steepest", "minimum", "valley", "slide"}) {
            QVERIFY(json["suggestions"].toObject()[QLatin1String(rule)].isNull());
            QVERIFY(json["reasons"].toObject()[QLatin1String(rule)].toString().contains("noise"));
        }
        QVERIFY(json["reasons"].toObject()["bounds"].toString().contains("noise"));
    }

    void usage_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("part");
        const auto row = [](const char* name, const QStringList& arguments, int status, const char* part) {
            QTest::newRow(name) << arguments << status << QByteArray(part);
        };
        row("no file", {}, 2, "suggest needs a file");
        row("two files", {"a", "b"}, 2, "“b” is too much");
        row("smoothing 1", {path("curve.csv"), "--smoothing", "1"}, 2,
            "--smoothing is “1”; allowed: a number from 0 to 0.9999");
        row("smoothing nan", {path("curve.csv"), "--smoothing", "nan"}, 2, "--smoothing is “nan”");
        row("no such file", {path("none.csv")}, 3, "none.csv: does not exist");
        row("a folder", {qtText(m_folder.path())}, 3, "is a folder");
    }
    void usage() {
        QFETCH(const QStringList, arguments);
        QFETCH(const int, status);
        QFETCH(const QByteArray, part);
        const Outcome outcome = m_program.run(QStringList{"suggest"} + arguments);
        COMPARE_STATUS(outcome, status);
        QVERIFY2(outcome.errors.startsWith("ratescope: ") && outcome.errors.contains(part), outcome.errors.constData());
        QCOMPARE(outcome.output, QByteArray());
    }
    void help() {
        QVERIFY(m_program.run({"--help"}).output.contains("ratescope suggest"));
        QVERIFY(m_program.run({"suggest", "--help"}).output.contains("--smoothing"));
    }

    void otherCommands_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("part");
        const auto row = [](const QStringList& arguments, int status, const char* part) {
            QTest::newRow(qPrintable(arguments.first())) << arguments << status << QByteArray(part);
        };
        row({"list"}, 0, "curve\n");
        row({"train"}, 3, "curve.csv: is a curve that was measured elsewhere; expected an experiment (JSON)");
        row({"schedule"}, 3,
            "curve.csv: “curve” is a curve that was measured elsewhere; expected a run, which has a schedule");
        row({"code", "--for", "keras"}, 3, "curve.csv: “curve” is a curve that was measured elsewhere; expected a run");
        row({"export", "--out", path("made")}, 0, "");
        row({"plot", "--what", "range", "--out", path("plot.csv")}, 0, "");
        row({"plot", "--what", "range", "--out", path("plot.png")}, 0, "");
    }
    void otherCommands() {
        QFETCH(const QStringList, arguments);
        QFETCH(const int, status);
        QFETCH(const QByteArray, part);
        const Outcome outcome = m_program.run(arguments + QStringList{path("curve.csv")});
        COMPARE_STATUS(outcome, status);
        QVERIFY2((status == 0 ? outcome.output : outcome.errors).contains(part), outcome.errors.constData());
        if (arguments.contains(path("made")))
            QVERIFY(hasText(readText(m_folder.path("made/steps.csv")), "\ncurve,99,0,10,"));
        if (arguments.contains(path("plot.csv"))) QVERIFY(hasText(readText(m_folder.path("plot.csv")), "\ncurve,99,"));
    }

    // A figure carries what brings its runs about, which there is not for a curve from elsewhere.
    void figuresCarryNoCurves() {
        const QString alone = path("alone.png");
        COMPARE_STATUS(m_program.run({"plot", "--what", "range", "--out", alone, path("curve.csv")}), 0);
        const Outcome none = m_program.run({"list", alone});
        COMPARE_STATUS(none, 3);
        QVERIFY2(none.errors.contains("without Ratescope's runs in it"), none.errors.constData());
        const QString both = path("both.svg");
        const QString experiment = writeExperiment(m_folder, "beside.json", R"({"name":"t","range_test":{"steps":5}})");
        COMPARE_STATUS(m_program.run({"plot", "--out", both, experiment, path("curve.csv")}), 0);
        QCOMPARE(m_program.run({"list", both}).output, QByteArray("t\n"));
    }

    void rangeTestsOverSeeds() {
        const QString experiment = writeExperiment(m_folder, "seeds.json", testsOverSeeds());
        const Outcome outcome = m_program.run({"train", experiment, "--json"});
        COMPARE_STATUS(outcome, 0);
        const QJsonObject report = jsonOf(outcome.output);
        const QJsonArray tests = report["runs"].toArray();
        QCOMPARE(tests.size(), 4);
        for (const QJsonValue& test : tests) {
            QCOMPARE(test["kind"].toString(), QStringLiteral("sweep"));
            QVERIFY(test["bounds"].isNull() || test["bounds"].toArray().size() == 2);
            QCOMPARE(test["reasons"].toObject().keys(),
                     (QStringList{"bounds", "minimum", "slide", "steepest", "valley"}));
            QVERIFY(!test["points"][0].toObject().contains("val_loss"));
        }
        QCOMPARE(report["range_tests"].toArray().size(), 1);
        const QJsonObject group = report["range_tests"][0].toObject();
        QCOMPARE(group["seeds"].toArray(), (QJsonArray{1, 2, 5}));
        QCOMPARE(group["runs"].toArray(), (QJsonArray{tests[0]["name"], tests[1]["name"], tests[2]["name"]}));
        QCOMPARE(group["suggestions"].toObject().keys(),
                 (QStringList{"bounds.high", "bounds.low", "minimum", "slide", "steepest", "valley"}));
        for (const char* rule : {"steepest", "minimum", "valley", "slide"})
            compareSpread(group, tests, QLatin1String(rule));
        comparePoints(group["points"].toArray(), tests);
        const Outcome table = m_program.run({"train", experiment});
        QVERIFY2(table.output.contains(" … ") && table.output.contains("of 3 seeds)\n"), table.output.constData());
    }
    void noGroupOfOneSeed() {
        const QString experiment = writeExperiment(m_folder, "one.json", R"({"name":"t","range_test":{"steps":5}})");
        const Outcome outcome = m_program.run({"train", experiment, "--json"});
        COMPARE_STATUS(outcome, 0);
        QVERIFY(!jsonOf(outcome.output).contains("range_tests"));
    }

    void validationInThePoints() {
        auto record =
            std::make_shared<RunRecord>(parseCurve("lr,loss,val_loss,val_accuracy\n1,3,2.5,0.25\n2,2,1.5,0.5\n", "x"));
        const QJsonObject run = jsonOf(QByteArray::fromStdString(reportJson({record})))["runs"][0].toObject();
        QCOMPARE(run["points"][1]["val_loss"].toDouble(), 1.5);
        QCOMPARE(run["points"][1]["val_accuracy"].toDouble(), 0.5);
    }

private:
    QString path(const char* name) const { return qtText(m_folder.path(name)); }

    /// Lowest, middle and highest of those of the first three tests that have an answer.
    static void compareSpread(const QJsonObject& group, const QJsonArray& tests, const QString& rule) {
        std::vector<double> rates;
        for (int i = 0; i < 3; ++i)
            if (const QJsonValue rate = tests[i]["suggestions"][rule]; rate.isDouble())
                rates.push_back(rate.toDouble());
        std::ranges::sort(rates);
        const QJsonObject spread = group["suggestions"][rule].toObject();
        QCOMPARE(spread["seeds"].toInt(), 3);
        QCOMPARE(spread["found"].toInt(), int(rates.size()));
        QCOMPARE(spread["low"].isNull(), rates.empty());
        if (rates.empty()) return;
        QCOMPARE(spread["low"].toDouble(), rates.front());
        QCOMPARE(spread["high"].toDouble(), rates.back());
        if (rates.size() == 3) QCOMPARE(spread["median"].toDouble(), rates[1]);
    }
    static void comparePoints(const QJsonArray& points, const QJsonArray& tests) {
        QVERIFY(!points.isEmpty());
        std::vector<double> first;
        for (int i = 0; i < 3; ++i) first.push_back(tests[i]["points"][0]["smoothed"].toDouble());
        std::ranges::sort(first);
        QCOMPARE(points[0]["lr"].toDouble(), 0.001);
        QCOMPARE(points[0]["median"].toDouble(), first[1]);
        QCOMPARE(points[0]["low"].toDouble(), (first[0] + first[1]) / 2.0);
        QCOMPARE(points[0]["high"].toDouble(), (first[1] + first[2]) / 2.0);
        QCOMPARE(points[0]["diverged"].toDouble(), 0.0);
    }

    Program m_program;
    TestFolder m_folder;
};

QTEST_GUILESS_MAIN(TestCliSuggest)
#include "tst_cli_suggest.moc"
