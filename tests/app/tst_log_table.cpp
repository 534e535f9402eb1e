// SPDX-License-Identifier: GPL-3.0-or-later
// Logs of training as tables, in the forms that the tools really write.
#include "app/study/log_table.h"
#include "app/study/run_file.h"
#include "core/error.h"
#include "tests/app/app_helpers.h"
#include "tests/core/problems.h"
#include "tests/this_build.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace ratescope;

namespace {

QByteArray textOf(const LoggedSeries& series) {
    QByteArray text;
    for (const LoggedPoint& point : series)
        text += (text.isEmpty() ? "" : " ") + QByteArray::number(quint64(point.step)) + '=' +
                QByteArray::number(point.value, 'g', 12);
    return text;
}

/// `name: loss … | lr … | val …`, without what is empty; `epochs` where those are the steps.
QByteArray textOf(const LoggedRun& run) {
    QByteArrayList parts;
    const auto add = [&](const char* name, const LoggedSeries& series) {
        if (!series.empty()) parts << name + (' ' + textOf(series));
    };
    add("loss", run.loss);
    add("lr", run.rate);
    add("val", run.validationLoss);
    add("acc", run.validationAccuracy);
    add("epoch", run.epoch);
    if (run.stepsAreEpochs) parts << "epochs";
    return QByteArray::fromStdString(run.name) + ": " + parts.join(" | ");
}

QByteArray textOf(const std::vector<LoggedRun>& runs) {
    QByteArrayList lines;
    for (const LoggedRun& run : runs) lines << textOf(run);
    return lines.join('\n');
}

std::vector<LoggedRun> parsed(const QByteArray& text, const QByteArray& mapping = {}, const char* path = "x.csv") {
    const LogMapping map = mapping.isEmpty() ? LogMapping() : parseLogMapping(mapping.toStdString());
    return parseLogTable(text.toStdString(), path, map);
}

} // namespace

class TestLogTable : public QObject {
    Q_OBJECT

private slots:
    void forms_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("runs");
        const auto row = [](const char* name, const QByteArray& text, const char* runs) {
            QTest::newRow(name) << text << QByteArray(runs);
        };
        row("Keras's CSVLogger",
            "epoch,accuracy,loss,lr,val_accuracy,val_loss\n0,0.8,0.7,0.01,0.9,0.4\n1,0.9,0.4,0.001,0.875,0.3\n",
            "x: loss 0=0.7 1=0.4 | lr 0=0.01 1=0.001 | val 0=0.4 1=0.3 | acc 0=0.9 1=0.875 | epoch 0=0 1=1 | epochs");
        row("Keras 3's", // NA: no validation in that epoch
            "epoch,learning_rate,loss,sparse_categorical_accuracy,val_loss,val_sparse_categorical_accuracy\r\n"
            "5,0.01,0.7,0.8,NA,NA\r\n6,0.01,0.4,0.9,0.3,0.875\r\n",
            "x: loss 5=0.7 6=0.4 | lr 5=0.01 6=0.01 | val 6=0.3 | acc 6=0.875 | epoch 5=5 6=6 | epochs");
        row("Keras's, trained twice into one file", "epoch,loss\n0,3\n1,2\n0,1.5\n1,1\n",
            "x: loss 0=3 1=2 2=1.5 3=1 | epoch 0=0 1=1 2=0 3=1 | epochs");
        row("Lightning's CSVLogger", // rates in rows of their own, figures of epochs at their ends
            "epoch,lr-Adam,step,train_loss_epoch,train_loss_step,val_loss\n"
            ",0.001,0,,,\n0,,0,,2.5,\n,0.0005,1,,,\n0,,1,,2.0,\n0,,1,,,2.1\n0,,1,2.25,,\n1,,2,,1.5,\n",
            "x: loss 0=2.5 1=2 2=1.5 | lr 0=0.001 1=0.0005 | val 1=2.1 | epoch 0=0 2=1");
        row("W&B, one run", // as its panels are exported
            "\"Step\",\"gentle-sun-7 - train/loss\",\"gentle-sun-7 - train/loss__MIN\",\"gentle-sun-7 - "
            "train/loss__MAX\"\n"
            "\"0\",\"2.5\",\"2.4\",\"2.6\"\n\"10\",\"2\",\"2\",\"2\"\n",
            "gentle-sun-7: loss 0=2.5 10=2");
        row("W&B, two runs",
            "\"Step\",\"b - one - train/loss\",\"b - one - train/loss__MIN\",\"b - one - train/loss__MAX\","
            "\"a - train/loss\",\"a - _step\",\"a - train/learning_rate\",\"a - eval/loss\"\n"
            "\"0\",\"2.5\",\"2.4\",\"2.6\",\"\",\"\",\"\",\"\"\n\"1\",\"\",\"\",\"\",\"3\",\"100\",\"0.1\",\"\"\n"
            "\"2\",\"2\",\"2\",\"2\",\"NaN\",\"200\",\"0.2\",\"4\"\n",
            "b - one: loss 0=2.5 2=2\na: loss 100=3 200=nan | lr 100=0.1 200=0.2 | val 200=4");
        row("W&B's history by pandas", // run.history().to_csv()
            ",_step,_runtime,train/loss,_timestamp,train/"
            "epoch\n0,9,1.5,2.5,1700000000.5,0.1\n1,19,2.5,,1700000001.5,0.2\n",
            "x: loss 9=2.5 | epoch 9=0.1");
        row("pandas", ",step,loss\n0,0,2.5\n1,10,2.0\n", "x: loss 0=2.5 10=2");
        row("TensorBoard's own", "Wall time,Step,Value\n1700000000.5,0,2.5\n1700000001.5,10,2\n", "x: loss 0=2.5 10=2");
        row("our steps",
            "run,step,epoch,lr,loss\n\"a, \"\"b\"\"\",0,0,0.1,3\n\"a, \"\"b\"\"\",1,0,0.1,2\n"
            "\"a, \"\"b\"\"\",2,1,0.1,1\nc,0,0,1,inf\n",
            "a, \"b\": loss 0=3 1=2 2=1 | lr 0=0.1 1=0.1 2=0.1 | epoch 0=0 2=1\nc: loss 0=inf | lr 0=1 | epoch 0=0");
        row("our epochs",
            "run,epoch,step,lr,train_loss,train_error,val_loss,val_accuracy,seconds\n"
            "a,1,10,0.1,3,0.5,4,0.25,1.5\na,2,20,0.1,2,0.4,,,3\n",
            "a: loss 10=3 20=2 | lr 10=0.1 20=0.1 | val 10=4 | acc 10=0.25 | epoch 10=1 20=2");
        row("timm's summary", "epoch,train_loss,eval_loss,eval_top1,eval_top5,lr\n0,3,4,12.5,50,0.1\n1,2,3,25,60,0.2\n",
            "x: loss 0=3 1=2 | lr 0=0.1 1=0.2 | val 0=4 1=3 | acc 0=0.125 1=0.25 | epoch 0=0 1=1 | epochs");
        row("losses alone", "loss\n3\n2\n1\n", "x: loss 0=3 1=2 2=1");
        row("rows within epochs", "epoch,loss\n0,4\n0,3\n1,2\n1,1\n", "x: loss 0=4 1=3 2=2 3=1 | epoch 0=0 2=1");
        row("shares of epochs", "epoch,loss\n0.5,4\n1.0,3\n", "x: loss 0=4 1=3 | epoch 0=0.5 1=1");
        row("gaps of all kinds", "step,loss,lr\n0,None,0.1\n1,null,NaN\n2, ,inf\n3,NA,\n4,-Infinity,0.2\n5,nan,0.3\n",
            "x: loss 4=-inf 5=nan | lr 0=0.1 4=0.2 5=0.3");
        row("a step again", "step,loss\n0,3\n1,2\n2,1\n1,5\n", "x: loss 0=3 1=5 2=1");
        row("steps of decimals", "step,loss\n0.0,3\n1e1,2\n", "x: loss 0=3 10=2");
        row("Windows", "\xEF\xBB\xBFstep;loss\r\n\r\n0;3\r\n1;2\r\n\r\n", "x: loss 0=3 1=2");
        row("tabs", "step\tloss\t\n0\t3\t\n1\t2\t\n", "x: loss 0=3 1=2");
        row("a comma in a name", "step;\"loss, all\";loss\n0;1;3\n", "x: loss 0=3");
        row("a semicolon in a name", "step,\"a;b\",loss\n0,1,3\n", "x: loss 0=3");
        row("numpy", "# step,loss\n0.000e+00,3.0e+00\n1.000e+00,2.0e+00\n", "x: loss 0=3 1=2");
        row("still being written", "step,loss,lr\n0,3,0.1\n1,2", "x: loss 0=3 | lr 0=0.1");
        row("no end of the last line", "step,loss\n0,3\n1,2", "x: loss 0=3 1=2");
        row("the best of several", "step,loss,train_loss_step,loss_epoch\n0,1,2,3\n", "x: loss 0=2");
        row("without the columns of no meaning", "step,loss,momentum,rate,time,note\n0,3,x,y,00:05,\"a\nb\"\n1,2,,,,\n",
            "x: loss 0=3 1=2");
        row("names of runs cleaned", "run,loss\n\"a\tb\n\",3\n,2\n", "a_b: loss 0=3\nx: loss 0=2");
    }
    void forms() {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, runs);
        QCOMPARE(textOf(parsed(text)), runs);
        // As a piece of another file it is no different.
        const TestFolder folder;
        writeText(folder.path("x.csv"), text.toStdString());
        QCOMPARE(textOf(readLogTable(folder.path("x.csv"))), runs);
    }

    void seconds_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<double>("first");
        QTest::addColumn<double>("second");
        const double none = std::numeric_limits<double>::quiet_NaN();
        QTest::newRow("since the begin") << QByteArray("step,seconds,loss\n0,1.5,3\n1,2.5,2\n") << 1.5 << 2.5;
        QTest::newRow("since 1970") << QByteArray("step,_timestamp,loss\n0,1700000000,3\n1,1700000002.5,2\n") << 0.0
                                    << 2.5;
        QTest::newRow("none") << QByteArray("step,loss\n0,3\n1,2\n") << none << none;
        QTest::newRow("a date") << QByteArray("step,timestamp,loss\n0,2023-11-14,3\n1,2,2\n") << none << 2.0;
    }
    void seconds() {
        QFETCH(const QByteArray, text);
        QFETCH(const double, first);
        QFETCH(const double, second);
        const LoggedRun run = parsed(text)[0];
        QVERIFY(run.loss[0].seconds == first || (std::isnan(run.loss[0].seconds) && std::isnan(first)));
        QVERIFY(run.loss[1].seconds == second || (std::isnan(run.loss[1].seconds) && std::isnan(second)));
    }

    void mapped_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("mapping");
        QTest::addColumn<QByteArray>("runs");
        const auto row = [](const char* name, const char* text, const char* mapping, const char* runs) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(mapping) << QByteArray(runs);
        };
        const char* const any = "i,who,err,eta,sec,held out,\"a, \"\"b\"\"\"\n5,p,3,0.1,2,4,7\n6,q,2,0.2,3,5,8\n";
        row("every column", any, "step=i,run=who,loss=err,lr=eta,seconds=sec,val_loss=held out",
            "p: loss 5=3 | lr 5=0.1 | val 5=4\nq: loss 6=2 | lr 6=0.2 | val 6=5");
        row("a comma and quotes", any, "loss=\"a, \"\"b\"\"\"", "x: loss 0=7 1=8");
        row("another than usual", "step,loss,mine\n0,1,2\n", "loss=mine", "x: loss 0=2");
        row("the rest as usual", "step,loss,lr,eta\n0,1,2,3\n", "lr=eta", "x: loss 0=1 | lr 0=3");
        row("an accuracy and an epoch", "loss,e,a\n1,0,50\n1,2,75\n", "epoch=e,val_accuracy=a",
            "x: loss 0=1 2=1 | acc 0=0.5 2=0.75 | epoch 0=0 2=2 | epochs");
        row("W&B's metric", "Step,r - objective,r - objective__MIN,s - objective\n0,3,2,1\n", "loss=objective",
            "r: loss 0=3\ns: loss 0=1");
        row("one column of W&B's", "Step,r - train/loss,s - train/loss\n0,3,1\n", "loss=s - train/loss", "s: loss 0=1");
    }
    void mapped() {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, mapping);
        QFETCH(const QByteArray, runs);
        QCOMPARE(textOf(parsed(text, mapping)), runs);
    }

    void mappings_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char* name, const char* text, const char* message) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(message);
        };
        const char* const end = "; expected such as step=_step,loss=train/loss,lr=lr";
        const QByteArray such(end);
        row("all", "run=a,step=b,epoch=c,loss=d,lr=e,val_loss=f,val_accuracy=g,seconds=h", "");
        row("signs", "loss=a=b - c,lr=\"x,\"\"y\"\"\"", "");
        row("empty", "", "the mapping is empty" + such);
        row("no sign", "loss", "the mapping gives no name for “loss”" + such);
        row("no sign behind another", "loss=a,lr", "the mapping gives no name for “lr”" + such);
        row("no name", "loss=", "the mapping gives no name for “loss”" + such);
        row("an end", "loss=a,", "the mapping gives no name for “”" + such);
        row("twice", "loss=a,loss=b", "the mapping gives “loss” twice" + such);
        row("open quotes", "loss=\"a,lr=b", "the mapping begins a text in quotes that does not end" + such);
        row("behind quotes", "loss=\"a\"b", "the mapping has “b” behind a text in quotes" + such);
        row("unknown", "Loss=a",
            "the mapping names “Loss”, which no log has; allowed: run, step, epoch, loss, lr, val_loss, val_accuracy, "
            "seconds");
    }
    void mappings() {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, message);
        LogMapping mapping;
        QCOMPARE(QByteArray::fromStdString(errorOf([&] { mapping = parseLogMapping(text.toStdString()); })), message);
        if (text.startsWith("run=")) QVERIFY((mapping == LogMapping{"a", "b", "c", "d", "e", "f", "g", "h"}));
        if (text.startsWith("loss=a=b")) QVERIFY((mapping == LogMapping{"", "", "", "a=b - c", "x,\"y\"", "", "", ""}));
    }

    void names_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("a file's") << QByteArray("/a/my run.1.csv") << QByteArray("my run.1");
        QTest::newRow("Lightning's") << QByteArray("x/lightning_logs/version_0/metrics.csv") << QByteArray("x/version_0");
        QTest::newRow("no folder") << QByteArray("metrics.csv") << QByteArray("metrics");
        QTest::newRow("control characters") << QByteArray("a\tb\x7F.csv") << QByteArray("a_b_");
        QTest::newRow("not UTF-8") << QByteArray("a\xFF.csv") << QByteArray("a\xEF\xBF\xBD");
        QTest::newRow("long") << QByteArray(300, 'a') << QByteArray(200, 'a');
    }
    void names() {
        QFETCH(const QByteArray, path);
        QFETCH(const QByteArray, name);
        QCOMPARE(QByteArray::fromStdString(parsed("loss\n1\n", {}, path.constData())[0].name), name);
    }

    void columnNames() {
        const std::vector<std::string> names = logColumnNames(
            ",\"a, \"\"b\"\"\",loss,r - train/loss,r - train/loss__MIN,s - train/loss,s - x\n1,2\n", "x");
        QCOMPARE(names, (std::vector<std::string>{"a, \"b\"", "loss", "train/loss", "s - x"}));
        QVERIFY(logColumnNames("", "x").empty());
    }

    void refused_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("mapping");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char* name, const QByteArray& text, const char* message, const char* mapping = "") {
            QTest::newRow(name) << text << QByteArray(mapping) << QByteArray(message);
        };
        row("empty", "", "is empty; expected a log, with a loss for each step");
        row("blank", " \n\n", "is empty; expected a log, with a loss for each step");
        row("no loss", "\nstep,reward,r - x__MIN\n0,1,2\n",
            "line 2: names no loss of training, such as loss or train/loss; it has: step, reward");
        row("no rows", "step,loss\n", "holds no losses; expected a log, with a loss for each step");
        row("no numbers", "step,loss\n0,\n", "holds no losses; expected a log, with a loss for each step");
        row("a name twice", "step,loss,loss\n", "line 1: names the column “loss” twice; expected once");
        row("no column of the mapping", "step,loss\n0,1\n", "line 1: names no column “eta”; it has: step, loss",
            "lr=eta");
        row("decimal commas", "step;loss\n0;0,1\n",
            "line 2: loss: is “0,1”; expected a number with a decimal point, such as 0.01");
        row("a text", "step,loss\n0,3\n\n1,much\n",
            "line 4: loss: is “much”; expected a number with a decimal point, such as 0.01");
        row("half a step", "step,loss\n0.5,3\n", "line 2: step: is 0.5; expected a whole number from 0 to 1e15");
        row("a step below 0", "step,loss\n-1,3\n", "line 2: step: is -1; expected a whole number from 0 to 1e15");
        row("a step of nan", "step,loss\nnan,3\n", "line 2: step: is nan; expected a whole number from 0 to 1e15");
        row("no step", "step,loss\n,3\n", "line 2: step: is empty; expected a whole number from 0 to 1e15");
        row("too few fields", "step,loss,lr\n0,3\n1,2,1\n",
            "line 2: holds 2 fields; expected 3, as many as in the first line");
        row("too many fields", "step,loss\n0,3,4\n",
            "line 2: holds 3 fields; expected 2, as many as in the first line");
        row("open quotes", "step,loss\n0,\"3\n", "line 2: begins a text in quotes that does not end");
    }
    void refused() {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, mapping);
        QFETCH(const QByteArray, message);
        QCOMPARE(QByteArray::fromStdString(errorOf([&] { parsed(text, mapping); })), "x.csv: " + message);
    }

    void hostile_data() {
        QTest::addColumn<QByteArray>("begin");
        QTest::addColumn<QByteArray>("repeated");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char* name, const char* begin, const char* repeated, const char* message) {
            QTest::newRow(name) << QByteArray(begin) << QByteArray(repeated) << QByteArray(message);
        };
        row("names", "step,loss", ",a", "names over 10000 columns");
        row("fields", "step,loss\n", "1,", "expected 2, as many as");
        row("lines", "step,loss\n", "\n", "holds no losses");
        row("gaps", "step,loss\n", "1,\n", "holds no losses");
        row("a quote", "step,loss\n\"", "a", "does not end");
        row("digits", "step,loss\n", "1", "holds no losses"); // a last row that is cut short
        row("points", "loss\n", "1\n", "is behind 3000000 points");
        row("one step", "step,loss\n", "7,1\n", "is behind 3000000 points");
    }
    void hostile() {
        QFETCH(const QByteArray, begin);
        QFETCH(const QByteArray, repeated);
        QFETCH(const QByteArray, message);
        std::string text = begin.toStdString();
        const std::size_t size = std::size_t(isSanitized ? 13 : 20) << 20;
        text.reserve(size + 16);
        while (text.size() < size) text += repeated.toStdString();
        const std::string error = errorOf([&] { parseLogTable(text, "x.csv"); });
        QVERIFY2(hasText(error, message.toStdString()) && error.size() < 300, error.c_str());
    }
    void manyRuns() {
        std::string text = "run,loss\n";
        for (int i = 1; i <= 1001; ++i) text += std::to_string(i) + ",1\n";
        QCOMPARE(errorOf([&] { parseLogTable(text, "x.csv"); }),
                 std::string("x.csv: line 1002: is of one run more than 1000; allowed: at most as many"));
        text.resize(text.rfind('\n', text.size() - 2) + 1);
        QCOMPARE(parseLogTable(text, "x.csv").size(), std::size_t(1000));
    }
    void tooLargeAFile() {
        const TestFolder folder;
        writeText(folder.path("x.csv"), "step,loss\n");
        std::filesystem::resize_file(folder.path("x.csv"), (std::uintmax_t(64) << 20) + 1);
        QVERIFY_EXCEPTION_THROWN(readLogTable(folder.path("x.csv")), Error);
    }

    void recognised_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("log");
        const auto row = [](const char* name, const QByteArray& text, bool log) { QTest::newRow(name) << text << log; };
        row("Keras", "epoch,accuracy,loss,lr\n0,0.1,3,0.01\n1,0.2,2,0.01\n", true);
        row("Lightning", "epoch,lr-Adam,step,train_loss_step\n,0.1,0,\n0,,0,3\n,0.2,1,\n", true);
        row("W&B", "\"Step\",\"r - train/loss\"\n\"0\",\"3\"\n", true);
        row("no rates", "step,loss\n0,3\n", true);
        row("rates that fall", "lr,loss\n0.1,3\n0.01,2\n", true);
        row("one row", "step,lr,loss\n0,0.1,3\n", true);
        row("two runs", "run,step,lr,loss\na,0,0.1,3\na,1,0.2,3\nb,0,0.1,3\n", true);
        row("cut in quotes", "step,loss,note\n0,3,\"a", true);
        row("a range test", "lr,loss\n0.01,3\n0.1,2\n", false);
        row("a range test with steps", "run,step,epoch,lr,loss\na,0,0,0.01,3\na,1,0,0.1,2\n", false);
        row("a range test, cut", "lr,loss,note\n0.01,3,x\n0.1,2,\"y", false);
        row("names of a range test", "lr,loss\n", false);
        row("no loss", "step,reward\n0,1\n", false);
        row("JSON", "{\"lr\": [1, 2], \"loss\": [3, 2]}", false);
        row("a list", "[\"loss\"]", false);
        row("empty", "", false);
        row("blank", " \n", false);
    }
    void recognised() {
        QFETCH(const QByteArray, text);
        QFETCH(const bool, log);
        QCOMPARE(looksLikeLogTable(text.toStdString()), log);
    }

    // What `ratescope export` writes is read again as it was.
    void exported() {
        const TestFolder folder;
        std::vector<RunRecord> records(2);
        for (int i = 0; i < 2; ++i) {
            RunRecord& record = records[std::size_t(i)];
            record.config = tinyConfig("/nowhere", i == 0 ? "one, with a comma" : "two");
            record.length = {20, 10};
            record.append(someSteps(20));
            for (const std::uint64_t epoch : {1U, 2U})
                record.epochs.push_back({epoch, epoch * 10, 0.1, {0.75, 0.25}, Score{0.5 / double(epoch), 0.25}, 1.5});
        }
        exportCsv(records, qtText(folder.path("out")));
        const std::vector<LoggedRun> steps = readLogTable(folder.path("out/steps.csv"));
        const std::vector<LoggedRun> epochs = readLogTable(folder.path("out/epochs.csv"));
        QCOMPARE(steps.size(), std::size_t(2));
        QCOMPARE(steps[0].name, std::string("one, with a comma"));
        for (std::size_t i = 0; i < 20; ++i) {
            QCOMPARE(steps[1].loss[i].step, quint64(i));
            QCOMPARE(static_cast<float>(steps[1].loss[i].value), records[1].losses[i]);
            QCOMPARE(steps[1].rate[i].value, records[1].rates[i]);
        }
        QCOMPARE(textOf(steps[1].epoch), QByteArray("0=0 10=1"));
        QCOMPARE(textOf(epochs[1]), QByteArray("two: loss 10=0.75 20=0.75 | lr 10=0.1 20=0.1 | val 10=0.5 20=0.25 | "
                                               "acc 10=0.75 20=0.75 | epoch 10=1 20=2"));
        QCOMPARE(epochs[1].loss[0].seconds, 1.5);
    }
};

QTEST_APPLESS_MAIN(TestLogTable)
#include "tst_log_table.moc"
