// SPDX-License-Identifier: GPL-3.0-or-later
// A look at a log before anybody has said what its columns mean, and what is called what.
#include "app/study/log_preview.h"
#include "app/study/log_table.h"
#include "app/study/logged_run.h"
#include "core/error.h"
#include "tests/app/app_helpers.h"
#include "tests/app/event_bytes.h"
#include "tests/core/problems.h"

#include <QTest>

#include <algorithm>

#include <sys/stat.h>

using namespace ratescope;

namespace {

QByteArray namesOf(const LogPreview& log) {
    QByteArrayList names;
    for (const LogPreviewColumn& column : log.columns) names << QByteArray::fromStdString(column.name);
    return names.join('|');
}

QByteArray guessOf(const LogPreview& log) { return QByteArray::fromStdString(logMappingText(log.guess)); }

std::string refusalOf(const std::filesystem::path& path) {
    return errorOf([&] { previewLog(path); });
}

} // namespace

class TestLogPreview : public QObject {
    Q_OBJECT

private:
    TestFolder m_folder;

private Q_SLOTS:
    void tables_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("names");
        QTest::addColumn<QByteArray>("guess");
        QTest::addColumn<bool>("known");
        const auto row = [](const char* name, const char* text, const char* names, const char* guess, bool known) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(names) << QByteArray(guess) << known;
        };
        row("Keras", "epoch,accuracy,loss,lr,val_accuracy,val_loss\n0,0.5,2,0.1,0.6,1.9\n",
            "epoch|accuracy|loss|lr|val_accuracy|val_loss",
            "epoch=epoch,loss=loss,lr=lr,val_loss=val_loss,val_accuracy=val_accuracy", true);
        row("W&B", "Step;a - train/loss;a - train/loss__MIN;b - train/loss\n0;2;2;1\n", "Step|train/loss",
            "step=Step,loss=train/loss", true);
        row("names of one's own", "Batches done\tTrain NLL\tHeld-out NLL (val)\tEta\n1\t2\t3\t0.1\n",
            "Batches done|Train NLL|Held-out NLL (val)|Eta",
            "step=Batches done,loss=Train NLL,lr=Eta,val_loss=Held-out NLL (val)", false);
        row("a text is no loss", "loss name,objective\nmse,2\n", "loss name|objective", "loss=objective", false);
        row("names of nothing", "a,b\n1,2\n", "a|b", "", false);
        row("one name twice", "a,b,a\n1,2,3\n", "a|b", "", false);
        row("a mark in front", "\xEF\xBB\xBF" "a,b\n1,2\n", "a|b", "", false);
    }

    void tables() {
        QFETCH(const QByteArray, text);
        const auto path = m_folder.path("t.csv");
        writeText(path, text.toStdString());
        const LogPreview log = previewLog(path);
        QVERIFY(log.isTable);
        QTEST(namesOf(log), "names");
        QTEST(guessOf(log), "guess");
        QTEST(log.isKnown, "known");
    }

    void rowsAreTheFirstOnes() {
        std::string text = "a,\"b, c\",d\n";
        for (int i = 0; i < 100; ++i)
            text += std::to_string(i) + ",\"x\"\"y\"," + std::string(i == 1 ? 100'000 : 1, 'z') + "\n\n";
        const auto path = m_folder.path("rows.csv");
        writeText(path, text);
        const LogPreview log = previewLog(path);
        QCOMPARE(namesOf(log), QByteArray("a|b, c|d"));
        QCOMPARE(log.columns[0].values, (std::vector<std::string>{"0", "1", "2", "3", "4", "5", "6", "7"}));
        QVERIFY(log.columns[2].values[1].size() < 200);
    }

    /// Of a table of any size the beginning is looked at.
    void muchIsNotShown() {
        std::string text = "n0";
        for (int i = 1; i < 2'000; ++i) text += ",n" + std::to_string(i);
        text += '\n';
        for (int row = 0; row < 3'000; ++row) text += "1" + std::string(1'999, ',') + '\n';
        const auto path = m_folder.path("wide.csv");
        writeText(path, text);
        const LogPreview log = previewLog(path);
        QCOMPARE(log.columns.size(), mostPreviewColumns);
        QCOMPARE(log.columns[0].values.size(), mostPreviewRows);
    }

    void eventsHaveTags() {
        using namespace eventbytes;
        const auto folder = m_folder.path("logs");
        std::filesystem::create_directories(folder / "a");
        const std::string bytes = version(1e9) + simple(1e9, 0, "objective", 2.5) + simple(1e9, 1, "objective", 2) +
                                  simple(1e9, 1, "eta", 0.1F) + simple(1e9, 1, "reward", 7);
        writeText(folder / "a" / "events.out.tfevents.1.x", bytes);
        const LogPreview log = previewLog(folder / "a" / "events.out.tfevents.1.x");
        QVERIFY(!log.isTable && !log.isKnown);
        QCOMPARE(namesOf(log), QByteArray("objective|eta|reward"));
        QCOMPARE(log.columns[0].values, (std::vector<std::string>{"2.5", "2"}));
        QCOMPARE(guessOf(log), QByteArray("loss=objective,lr=eta"));
        QCOMPARE(namesOf(previewLog(folder)), namesOf(log));
        QVERIFY(previewLog(folder).identity() == log.identity());
        QVERIFY(std::ranges::count(log.fields(), LogField::Step) == 0);
    }

    void othersAreNoLogs_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("blanks") << QByteArray("\n \n");
        QTest::newRow("experiment") << QByteArray("{\"ratescope\": 1,\n\"a\": 2}");
        QTest::newRow("page") << QByteArray("<html>,a\n1,2\n");
        QTest::newRow("words") << QByteArray("Dear all,\nthis, as you see, is no table\n");
        QTest::newRow("one column") << QByteArray("a\n1\n2\n");
        QTest::newRow("no rows") << QByteArray("a,b\n");
        QTest::newRow("study") << QByteArray("SQLite format 3\0,1\n1,2\n", 23);
        QTest::newRow("picture") << QByteArray("\x89PNG\r\n\x1a\n,1\n1,2\n");
    }

    void othersAreNoLogs() {
        QFETCH(const QByteArray, text);
        const auto path = m_folder.path("other");
        writeText(path, text.toStdString());
        QCOMPARE(refusalOf(path), path.string() + ": is no table with numbers; expected a log, with a loss for each step");
    }

    void placesWithoutLogs() {
        QVERIFY(hasText(refusalOf(m_folder.path("missing.csv")), "missing.csv: does not exist"));
        const auto pipe = m_folder.path("pipe.csv");
        QCOMPARE(mkfifo(pipe.c_str(), 0600), 0);
        QVERIFY(hasText(refusalOf(pipe), "is not an ordinary file"));
        std::filesystem::create_directory(m_folder.path("nothing"));
        QVERIFY(hasText(refusalOf(m_folder.path("nothing")), "is a folder without event files"));
        writeText(m_folder.path("tfevents.x"), "no events at all");
        QVERIFY(!refusalOf(m_folder.path("tfevents.x")).empty());
    }

    void mappingsAreTexts_data() {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"loss=a", "step=_step,loss=train/loss,lr=lr-Adam/pg1", "loss=\"a, b\"",
                                 "loss=\"\"\"a\"\"\"", "loss=a\"b"})
            QTest::newRow(text) << QByteArray(text);
    }

    void mappingsAreTexts() {
        QFETCH(const QByteArray, text);
        const LogMapping mapping = parseLogMapping(text.toStdString());
        QCOMPARE(parseLogMapping(logMappingText(mapping)), mapping);
    }

    /// Who has named the columns one by one means no others.
    void onlyWhatIsNamed() {
        const char* text = "epoch,loss,other,lr,val_loss\n1,2,5,0.1,3\n1,1,4,0.1,3\n";
        const LogMapping mapping{.loss = "other", .only = true};
        const auto runs = parseLogTable(text, "x.csv", mapping);
        QCOMPARE(runs.size(), std::size_t(1));
        QCOMPARE(runs[0].loss.size(), std::size_t(2));
        QCOMPARE(runs[0].loss[1].value, 4.0);
        QVERIFY(runs[0].rate.empty() && runs[0].validationLoss.empty() && runs[0].epoch.empty());
        QCOMPARE(parseLogTable(text, "x.csv", {.loss = "other"})[0].rate.size(), std::size_t(2));
    }

    void runsAreCalledAfterWhatMatters_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("name");
        const auto row = [](const char* path, const char* name) {
            QTest::newRow(path) << QByteArray(path) << QByteArray(name);
        };
        row("/w/resnet_lr0.1/version_3/metrics.csv", "resnet_lr0.1/version_3");
        row("/w/resnet/lightning_logs/version_0/metrics.csv", "resnet/version_0");
        row("/w/resnet/logs/lightning_logs/version_0/metrics.csv", "resnet/version_0");
        row("/w/sweep/7/log.csv", "sweep/7");
        row("/w/resnet_lr0.1/log.csv", "resnet_lr0.1");
        row("/w/resnet_lr0.1/training.csv", "resnet_lr0.1");
        row("/w/resnet_lr0.1/../b/history.csv", "b");
        row("/w/resnet/version_3/mine.csv", "mine");
        row("/w/resnet/job/metrics.csv", "job");
        row("/version_3/metrics.csv", "version_3");
        row("/metrics.csv", "metrics");
    }

    void runsAreCalledAfterWhatMatters() {
        QFETCH(const QByteArray, path);
        const auto runs = parseLogTable("step,loss\n1,2\n", path.toStdString());
        QTEST(QByteArray::fromStdString(runs[0].name), "name");
    }
};

QTEST_GUILESS_MAIN(TestLogPreview)
#include "tst_log_preview.moc"
