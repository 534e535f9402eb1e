// SPDX-License-Identifier: GPL-3.0-or-later
// Curves of range tests that other programs have written.
#include "app/study/curve_file.h"
#include "app/study/run_file.h"
#include "core/error.h"
#include "tests/app/app_helpers.h"
#include "tests/core/problems.h"
#include "tests/this_build.h"

#include <QTest>

#include <cmath>

using namespace ratescope;

namespace {

using Numbers = QList<double>;

std::string refusalOf(const std::string& text) {
    return errorOf([&] { parseCurve(text, "x.csv"); });
}

} // namespace

class TestCurveFile : public QObject {
    Q_OBJECT

private slots:
    // Rates 0.001, 0.01 and 0.1 with losses 3, 2.5 and 2, as everybody writes them.
    void forms_data() {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, const char* text) { QTest::newRow(name) << QByteArray(text); };
        row("plain", "lr,loss\n0.001,3\n0.01,2.5\n0.1,2\n");
        row("no end of the last line", "lr,loss\n0.001,3\n0.01,2.5\n0.1,2");
        row("Windows", "\xEF\xBB\xBFlr,loss\r\n0.001,3\r\n0.01,2.5\r\n0.1,2\r\n\r\n");
        row("old Mac", "lr,loss\r0.001,3\r0.01,2.5\r0.1,2");
        row("semicolons", "lr;loss\n1e-3;3\n1e-2;2.5\n1E-1;+2.0\n");
        row("tabs and spaces", "lr\tloss\n 0.001 \t 3\n0.01\t2.5\n0.1\t2\n");
        row("other way round, blank lines", "\nLosses,LRs\n\n3,0.001\n2.5,0.01\n\n2,0.1\n,\n");
        row("pandas", ",Learning Rate,Loss\n0,0.001,3.0\n1,0.01,2.5\n2,0.1,2.0\n");
        row("quotes", "\"lr\",\"note\",\"loss\"\n\"0.001\",\"a \"\"b\"\", c\nd\",\"3\"\n0.01,,2.5\n\"0.1\" ,x,2\n");
        row("numpy", "# lr,loss\n1.000000000000000021e-03,3.000000000000000000e+00\n1e-02,2.5\n1e-01,2\n");
        row("Keras", "epoch,accuracy,loss,lr\n0,0.1,3,0.001\n1,0.2,2.5,0.01\n2,0.3,2,0.1\n");
        row("Keras 3", "epoch,learning_rate,loss\n0,0.001,3\n1,0.01,2.5\n2,0.1,2\n");
        row("Lightning's monitor", "lr-SGD,step,train_loss\n0.001,0,3\n0.01,1,2.5\n0.1,2,2\n");
        row("several losses", "lr,batch_loss,loss,train_loss\n0.001,9,3,8\n0.01,9,2.5,8\n0.1,9,2,8\n");
        row("several rates", "rate,lr,loss\n5,0.001,3\n4,0.01,2.5\n3,0.1,2\n");
        row("fields too many, but empty", "lr,loss\n0.001,3,,\n0.01,2.5,\n0.1,2\n");
        row("torch-lr-finder", R"({"lr": [0.001, 0.01, 0.1], "loss": [3, 2.5, 2.0]})");
        row("with more beside",
            R"({ "best_loss": 2, "losses": [3,2.5,2], "name": "lr", "x": {"lr": [[1]]}, "lrs": [1e-3,1e-2,1e-1]})");
        row("pandas' JSON", R"({"lr":{"0":0.001,"1":0.01,"2":0.1},"loss":{"0":3,"1":2.5,"2":2}})");
        row("numbers as texts", R"({"lr": ["0.001", "1e-2", "0.1"], "loss": [3, 2.5, 2]})");
        row("a number of a better name last", R"({"learning_rate": [0.001, 0.01, 0.1], "loss": [3, 2.5, 2], "lr": 0.003})");
        row("a number of a worse name last", R"({"lr": [0.001, 0.01, 0.1], "loss": [3, 2.5, 2], "learning_rate": 0.003})");
        row("a number of that name first", R"({"loss": 0.3, "lr": [0.001, 0.01, 0.1], "losses": [3, 2.5, 2]})");
    }
    void forms() {
        QFETCH(const QByteArray, text);
        QVERIFY(looksLikeCurve(text.toStdString(), "name"));
        const RunRecord record = parseCurve(text.toStdString(), "/some/where/my curve.csv");
        QCOMPARE(Numbers(record.rates.begin(), record.rates.end()), (Numbers{0.001, 0.01, 0.1}));
        QCOMPARE(Numbers(record.losses.begin(), record.losses.end()), (Numbers{3, 2.5, 2}));
        QCOMPARE(record.config.name, std::string("my curve"));
        QVERIFY(record.isImported() && record.origin == QStringLiteral("imported from my curve.csv"));
        QCOMPARE(record.state, RunState::Finished);
        QVERIFY(!record.result.divergedAt && record.validations.empty());
        QCOMPARE(record.config.rangeTest->kind, RangeTestKind::Sweep);
        QCOMPARE(record.config.rangeTest->from, 0.001);
        QCOMPARE(record.config.rangeTest->to, 0.1);
        QCOMPARE(record.config.rangeTest->steps, quint64(3));
        QVERIFY(record.config.rangeTest->exponential);
        QCOMPARE(record.length.steps, quint64(3));
        QVERIFY(record.config.validate().empty());
    }

    void endsWithoutNumbers_data() {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, const char* text) { QTest::newRow(name) << QByteArray(text); };
        row("nan", "lr,loss\n0.1,3\n0.2,2\n0.3,nan\n0.4,NaN\n");
        row("inf", "lr,loss\n0.1,3\n0.2,2\n0.3,inf\n0.4,-Infinity\n");
        row("empty", "lr,loss\n0.1,3\n0.2,2\n0.3,\n0.4,\n");
        row("beyond what is kept", "lr,loss\n0.1,3\n0.2,2\n0.3,1e39\n0.4,1e999\n");
        row("Python's JSON", R"({"lr":[0.1,0.2,0.3,0.4],"loss":[3,2,NaN,-Infinity]})");
        row("Python's JSON, closer", R"({"a":"NaN","lr":[0.1,0.2,0.3,0.4],"loss":[3,2,Infinity,null]})");
    }
    void endsWithoutNumbers() {
        QFETCH(const QByteArray, text);
        const RunRecord record = parseCurve(text.toStdString(), "x");
        QCOMPARE(record.rates, (std::vector{0.1, 0.2}));
        QCOMPARE(record.losses, (std::vector{3.0F, 2.0F}));
        QCOMPARE(record.state, RunState::Diverged);
        QCOMPARE(record.result.outcome, RunOutcome::Diverged);
        QCOMPARE(record.result.divergedAt, std::optional<std::uint64_t>(2));
        QCOMPARE(record.config.rangeTest->to, 0.4);
        QCOMPARE(record.config.rangeTest->steps, quint64(4));
        QVERIFY(!record.config.rangeTest->exponential);
    }

    void validation_data() {
        QTest::addColumn<QByteArray>("columns");
        QTest::addColumn<int>("count");
        QTest::newRow("both") << QByteArray("val_loss,val_accuracy") << 2;
        QTest::newRow("other names") << QByteArray("Validation Loss,val_acc") << 2;
        QTest::newRow("loss alone") << QByteArray("val_loss,f1") << 0;
    }
    void validation() {
        QFETCH(const QByteArray, columns);
        QFETCH(const int, count);
        const RunRecord record = parseCurve("lr,loss," + columns.toStdString() + "\n1,3,4,0.25\n2,2,3.5,0.5\n", "x");
        QCOMPARE(int(record.validations.size()), count);
        if (count > 0) QVERIFY((record.validations[1] == Score{3.5, 0.5}));
    }
    void validationThatIsNotThroughout() {
        QVERIFY(parseCurve("lr,loss,val_loss,val_accuracy\n1,3,4,0.25\n2,2,,\n3,2,1,0.5\n", "x").validations.empty());
    }

    void names_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("name");
        QTest::newRow("two dots") << QStringLiteral("/a/run.1.csv") << QStringLiteral("run.1");
        QTest::newRow("no letters before the suffix") << QStringLiteral("/a/.csv") << QStringLiteral(".csv");
        QTest::newRow("control characters") << QStringLiteral("a\tb\x7F") << QStringLiteral("a_b_");
        QTest::newRow("long") << QStringLiteral("/a/") + QString(100, u'ä') + QStringLiteral("bcd.csv")
                              << QString(100, u'ä');
    }
    void names() {
        QFETCH(const QString, path);
        QFETCH(const QString, name);
        const RunRecord record = parseCurve("lr,loss\n1,3\n2,2\n", path.toStdString());
        QCOMPARE(QString::fromStdString(record.config.name), name);
        QVERIFY(record.config.validate().empty());
    }

    void refused_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char* name, const QByteArray& text, const char* message) {
            QTest::newRow(name) << text << QByteArray(message);
        };
        const QByteArray head = "lr,loss\n1,3\n";
        const QByteArray none =
            "holds no curve; expected at least two rates, the first with a loss that is a finite number";
        row("empty", "", "is empty; expected a curve, with the columns lr and loss");
        row("blank", " \n\n", "is empty; expected a curve, with the columns lr and loss");
        row("an empty text", "\"\"",
            "line 1: names no column lr; expected a first line with the columns lr and loss");
        row("a blank text", "\"  \"\n\n",
            "line 2: names no column lr; expected a first line with the columns lr and loss");
        row("names alone", "lr,loss\n", none);
        row("one point", head, none);
        row("diverged at once", "lr,loss\n1,nan\n2,nan\n", none);
        row("no rate", "step,loss\n", "line 1: names no column lr; expected a first line with the columns lr and loss");
        row("no loss", "lr,val_loss\n",
            "line 1: names no column loss; expected a first line with the columns lr and loss");
        row("no names", "\n0.1,3\n0.2,2\n",
            "line 2: names no column lr; expected a first line with the columns lr and loss");
        row("a name twice", "lr,LR,loss\n", "line 1: names the column “LR” twice; expected once");
        row("falling", head + "0.5,2\n",
            "line 3: lr: is 0.5, not above the 1 before it; expected rates that grow from row to row");
        row("nearly the same", "lr,loss\n1000,3\n1000.0000000000001,2\n", // of one logarithm
            "line 3: lr: is 1000.0000000000001, not above the 1000 before it; expected rates that grow from row to row");
        row("the same", head + "\n1,2\n",
            "line 4: lr: is 1, not above the 1 before it; expected rates that grow from row to row");
        row("zero", "lr,loss\n0,3\n", "line 2: lr: is 0; expected a rate above 0 and at most 1e6");
        row("no rate in a row", head + ",2\n", "line 3: lr: is nan; expected a rate above 0 and at most 1e6");
        row("huge", head + "1e7,2\n", "line 3: lr: is 1e+07; expected a rate above 0 and at most 1e6");
        row("no number", head + "2,much\n",
            "line 3: loss: is “much”; expected a number with a decimal point, such as 0.01");
        row("decimal commas", "lr;loss\n0,1;3\n",
            "line 2: lr: is “0,1”; expected a number with a decimal point, such as 0.01");
        row("too few fields", head + "2\n", "line 3: holds 1 fields; expected 2, as many as in the first line");
        row("too many fields", head + "2,3,4\n", "line 3: holds 3 fields; expected 2, as many as in the first line");
        row("open quote", head + "2,\"3\n4,5\n", "line 3: begins a text in quotes that does not end");
        row("behind a text of two lines", "lr,loss,x\n1,3,\"a\nb\"\n0.5,3,c\n",
            "line 4: lr: is 0.5, not above the 1 before it; expected rates that grow from row to row");
        row("per cent", "lr,loss,val_loss,val_accuracy\n1,3,3,93.5\n",
            "line 2: val_accuracy: is 93.5; expected a share from 0 to 1");
        row("no list of losses", R"({"lr": [1, 2]})", "loss: is missing; expected a list of numbers");
        row("lists of two lengths", R"({"lr": [1, 2], "loss": [1]})",
            "loss: holds 1 numbers; expected 2, as many as lr");
        row("falling list", R"({"loss": [1, 2], "lr": [2, 1]})",
            "lr[1]: is 1, not above the 2 before it; expected rates that grow from row to row");
        row("list in a list", R"({"lr": [1, [2]]})", "lr[1]: is a list; expected a number");
        row("object in a list", R"({"lr": [1, {}]})", "lr[1]: is an object; expected a number");
        row("text in a list", R"({"lr": [1, "a"]})", "lr[1]: is a text; expected a number");
        row("flag in a list", R"({"lr": [true]})", "lr[0]: is true; expected a number");
        row("list twice", R"({"lr": [1], "lr": [1]})", "lr: the key is given twice; expected once");
        row("cut short", "{\"lr\": [1,\n 2",
            "line 2, column 3: is not JSON; expected an object such as {\"lr\": […], \"loss\": […]}");
    }
    void refused() {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, message);
        QCOMPARE(QByteArray::fromStdString(refusalOf(text.toStdString())), "x.csv: " + message);
    }

    // As large as may be read, in forms that take much where a reader is careless.
    void hostile_data() {
        QTest::addColumn<QByteArray>("begin");
        QTest::addColumn<QByteArray>("repeated");
        QTest::addColumn<QByteArray>("part");
        const auto row = [](const char* name, const char* begin, const char* repeated, const char* part) {
            QTest::newRow(name) << QByteArray(begin) << QByteArray(repeated) << QByteArray(part);
        };
        row("names", "lr,loss", ",a", "names over 10000 columns");
        row("fields", "lr,loss\n", "1,", "expected 2, as many as");
        row("empty fields", "lr,loss\n", ",", "holds no curve");
        row("lines", "lr,loss\n", "\n", "holds no curve");
        row("a quote", "lr,loss\n\"", "a", "does not end");
        row("quotes", "lr,loss\n", "\"\"", "expected 2, as many as");
        row("digits", "lr,loss\n", "1", "line 2");
        row("nested lists", R"({"lr":[1],"x":)", "[", "1 MiB");
        row("nested objects", R"({"lr":[1],"x":)", "{\"a\":", "is not JSON");
        row("objects", R"({"lr":[1],"x":[)", "{},", "1 MiB");
        row("text", "{\"lr\":[1],\"x\":\"", "a", "1 MiB");
        row("digits in JSON", R"({"lr":[)", "1", "1 MiB");
        row("numbers", R"({"lr":[)", "1,", "is behind 1000000 points");
        row("NaN", R"({"loss":[)", "NaN,", "is behind 1000000 points");
    }
    void hostile() {
        QFETCH(QByteArray, begin);
        QFETCH(QByteArray, repeated);
        QFETCH(QByteArray, part);
        std::string text = begin.toStdString();
        const std::size_t size = std::size_t(20) << 20;
        text.reserve(size + 16);
        while (text.size() < size) text += repeated.toStdString();
        const std::string message = refusalOf(text); // work that were not linear would take hours
        QVERIFY2(hasText(message, part.toStdString()) && message.size() < 300, message.c_str());
    }
    void tooManyPoints() {
        std::string text = "lr,loss\n";
        for (int i = 1; i <= 1'000'001; ++i) text += std::to_string(i) + "e-3,1\n";
        QCOMPARE(refusalOf(text), std::string("x.csv: line 1000002: is behind 1000000 points; allowed: at most as many"));
        text.resize(text.rfind('\n', text.size() - 2) + 1);
        QCOMPARE(parseCurve(text, "x.csv").stepCount(), quint64(1'000'000));
    }
    void tooLargeAFile() {
        const TestFolder folder;
        writeText(folder.path("x.csv"), "lr,loss\n");
        std::filesystem::resize_file(folder.path("x.csv"), (std::uintmax_t(64) << 20) + 1);
        QVERIFY_EXCEPTION_THROWN(readCurve(folder.path("x.csv")), Error);
    }

    void recognised_data() {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("curve");
        QTest::newRow("by its names") << QByteArray("epoch;loss;lr\n") << QStringLiteral("x") << true;
        QTest::newRow("by the file's name") << QByteArray("nothing known") << QStringLiteral("x.CSV") << true;
        QTest::newRow("one column") << QByteArray("loss\n1\n") << QStringLiteral("x.txt") << false;
        QTest::newRow("text") << QByteArray("some text, but no names\n") << QStringLiteral("x.txt") << false;
        QTest::newRow("experiment") << QByteArray(R"({"ratescope": 1, "runs": [{"lr": [1]}]})")
                                    << QStringLiteral("x.csv") << false;
        QTest::newRow("other JSON") << QByteArray(R"({"lr": 5, "name": "loss"})") << QStringLiteral("x.json") << false;
        QTest::newRow("cut in a name") << QByteArray("{\"lr") << QStringLiteral("x.json") << false;
        QTest::newRow("list") << QByteArray("[1, 2]") << QStringLiteral("x.json") << false;
        QTest::newRow("empty") << QByteArray() << QStringLiteral("x") << false;
    }
    void recognised() {
        QFETCH(const QByteArray, head);
        QFETCH(const QString, path);
        QFETCH(const bool, curve);
        QCOMPARE(looksLikeCurve(head.toStdString(), path.toStdString()), curve);
    }

    void asAFileOfRuns() {
        const TestFolder folder;
        DataCatalog catalog{sourceDir("/resources")};
        writeText(folder.path("found.csv"), "lr,loss\n0.001,3\n0.01,2.5\n0.1,nan\n");
        RunFile file = readRunFile(folder.path("found.csv"), catalog);
        QVERIFY(file.isImported() && !file.isStudy);
        assignLooks(file.runs);
        QCOMPARE(file.runs.size(), std::size_t(1));
        QCOMPARE(file.runs[0].config.name, std::string("found"));
        exportCsv(file.runs, qtText(folder.path("out")));
        QCOMPARE(readText(folder.path("out/steps.csv")),
                 std::string("run,step,epoch,lr,loss\nfound,0,0,0.001,3\nfound,1,0,0.01,2.5\n"));
        QVERIFY(hasText(readText(folder.path("out/runs.csv")), "\nfound,diverged,2,"));
        // What is exported is a curve again.
        const RunFile again = readRunFile(folder.path("out/steps.csv"), catalog);
        QCOMPARE(again.runs.at(0).rates, (std::vector{0.001, 0.01}));
    }
};

QTEST_APPLESS_MAIN(TestCurveFile)
#include "tst_curve_file.moc"
