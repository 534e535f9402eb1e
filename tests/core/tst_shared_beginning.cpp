// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/shared_beginning.h"

#include <QTest>

#include <functional>

using namespace ratescope;

using Change = std::function<void(RunConfig&)>;
Q_DECLARE_METATYPE(Change)

class TestSharedBeginning : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void dependsOn_data() {
        QTest::addColumn<Change>("change");
        QTest::addColumn<bool>("shared");
        const auto row = [](const char* name, bool shared, const Change& change) {
            QTest::newRow(name) << change << shared;
        };
        row("nothing", true, [](RunConfig&) {});
        row("name and colour", true, [](RunConfig& run) {
            run.name = "other";
            run.color = "#123456";
        });
        row("schedule", true, [](RunConfig& run) { run.schedule.type = "cosine"; });
        row("optimizer", true, [](RunConfig& run) { run.optimizer.type = "adam"; });
        row("rates of layers", true, [](RunConfig& run) { run.layerRates = {1.0, 0.5}; });
        row("early stopping", true, [](RunConfig& run) { run.earlyStopping = EarlyStoppingSpec{}; });
        row("epochs", true, [](RunConfig& run) { run.duration.epochs = 77; });
        row("steps", true, [](RunConfig& run) { run.duration.steps = 10; });
        row("snapshots", true, [](RunConfig& run) { run.snapshots = true; });
        row("a preset written out", true, [](RunConfig& run) { run.network.preset.clear(); });
        row("data", false, [](RunConfig& run) { run.data = "fashion-mnist"; });
        row("validation", false, [](RunConfig& run) { run.validation = 0.1; });
        row("training samples", false, [](RunConfig& run) { run.trainSamples = 1000; });
        row("network", false, [](RunConfig& run) { run.network = *findNetworkPreset("softmax"); });
        row("initial weights", false, [](RunConfig& run) { run.init = Init::He; });
        row("batch size", false, [](RunConfig& run) { run.batchSize = 128; });
        row("seed", false, [](RunConfig& run) { run.seed = 2; });
        row("loss", false, [](RunConfig& run) { run.loss = Loss::Mse; });
        row("weights of another run", false,
            [](RunConfig& run) { run.startFrom = StartFromSpec{.run = "first", .file = {}}; });
        row("a range test", false, [](RunConfig& run) { run.rangeTest = RangeTestSpec{}; });
        row("a batch that grows", false, [](RunConfig& run) { run.schedule.batchGrowth = true; });
    }

    void dependsOn() {
        QFETCH(const Change, change);
        QFETCH(const bool, shared);
        const RunConfig one;
        RunConfig other;
        change(other);
        QCOMPARE(sharesBeginning(one, other), shared);
        QCOMPARE(sharesBeginning(other, one), shared); // it is mutual
    }

    void noTestSharesWithItself() {
        RunConfig run;
        run.rangeTest = RangeTestSpec{};
        QVERIFY(!sharesBeginning(run, run));
        run.rangeTest.reset();
        run.schedule.batchGrowth = true;
        QVERIFY(!sharesBeginning(run, run));
    }

    void startsFromTheSameRun() {
        RunConfig one;
        one.startFrom = StartFromSpec{.run = "first", .file = {}};
        RunConfig other = one;
        QVERIFY(sharesBeginning(one, other));
        other.startFrom->newHead = true;
        QVERIFY(!sharesBeginning(one, other));
    }
};

QTEST_APPLESS_MAIN(TestSharedBeginning)
#include "tst_shared_beginning.moc"
