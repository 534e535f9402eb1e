// SPDX-License-Identifier: GPL-3.0-or-later
// Stopping in the middle of a batch, however large: soon, and as if the batch had not been begun.
#include "core/network/layer.h"
#include "network_examples.h"
#include "small_runs.h"

#include <QTest>

#include <atomic>

using namespace ratescope;

namespace {

/// Says yes from its `last`th look on.
class Looks {
public:
    explicit Looks(std::uint64_t last)
        : m_last(last) {}
    bool operator()() const { return m_count.fetch_add(1) + 1 >= m_last; }
    std::uint64_t count() const { return m_count; }

private:
    std::uint64_t m_last;
    mutable std::atomic<std::uint64_t> m_count = 0;
};

constexpr std::uint64_t never = ~std::uint64_t(0);

/// Stops the run right after its first batch has been begun: a schedule that is ordered before takes hold just then.
class StopInBatch : public RunObserver {
public:
    explicit StopInBatch(TrainingControl& control)
        : m_control(control) {}
    void rateChanged(const RateChange&) override { m_control.stop(); }

private:
    TrainingControl& m_control;
};

const ScheduleOrder ordered{RunConfig::constantSchedule(0.02), 1};

} // namespace

class TestStopping : public QObject {
    Q_OBJECT

private slots:
    void looksAtEverySample_data() {
        QTest::addColumn<unsigned>("workers");
        QTest::newRow("one worker") << 1U;
        QTest::newRow("three workers") << 3U;
    }
    void looksAtEverySample() {
        QFETCH(const unsigned, workers);
        const SampleSet set = makeImages(2000, 8, 8, 1);
        const std::vector<std::uint32_t> samples = backwards(2000);
        Network network = makeNetwork("conv2d 4 3, relu, maxpool 2, flatten, dense 10", 8, 8, useFor(2000));
        WorkerTeam team(3);
        team.use(workers);
        const Network::Batch batch{set, samples};
        const Looks all(never);
        const double whole = network.forwardBackward(batch, team, 0, all).lossSum;
        QVERIFY2(all.count() >= 4000, qPrintable(QString::number(all.count())));
        const Looks evaluated(never);
        network.evaluate(batch, team, evaluated);
        QVERIFY(evaluated.count() >= 2000);
        for (const std::uint64_t last : {1U, 2U, 777U, 2500U}) {
            const Looks some(last);
            network.forwardBackward(batch, team, 0, some);
            QVERIFY2(some.count() < last + 80, qPrintable(QString::number(some.count()))); // a few for each of 16 groups
            const Looks fewer(std::min<std::uint64_t>(last, 1500));
            network.evaluate(batch, team, fewer);
            QVERIFY2(fewer.count() < last + 80, qPrintable(QString::number(fewer.count())));
        }
        QVERIFY(network.forwardBackward(batch, team, 0).lossSum == whole); // and nothing is left of it
    }

    // Rows of a group whose product alone would take long: every row once, in whole tiles, and a look before each piece.
    void cutsLongProducts_data() {
        QTest::addColumn<qint64>("operations");
        QTest::addColumn<qint64>("pieces");
        QTest::newRow("common") << qint64(200'000) << qint64(1);
        QTest::newRow("large") << qint64(10'000'000) << qint64(21);
        QTest::newRow("larger than a piece") << qint64(5'000'000'000) << qint64(63);
    }
    void cutsLongProducts() {
        QFETCH(const qint64, operations);
        QFETCH(const qint64, pieces);
        std::int64_t next = 7;
        std::int64_t made = 0;
        const Looks looks(never);
        inPieces({7, 3007}, operations, looks, [&](RowSpan rows) {
            QCOMPARE(rows.first, next);
            QVERIFY(rows.last == 3007 || rows.count() % 48 == 0);
            next = rows.last;
            ++made;
        });
        QCOMPARE(next, std::int64_t(3007));
        QCOMPARE(made, pieces);
        QCOMPARE(looks.count(), static_cast<std::uint64_t>(pieces));
    }

    void preparedGradientsAreTheSame() {
        const SampleSet set = makeImages(1100, 30, 30, 1);
        const std::vector<std::uint32_t> samples = backwards(1100);
        const Network::Batch batch{set, samples};
        std::vector<std::vector<std::uint32_t>> gradients;
        std::vector<std::vector<std::uint32_t>> weights;
        for (const bool prepared : {false, true}) {
            Network network = makeNetwork("dense 300, relu, dense 10", 30, 30, useFor(1100));
            WorkerTeam team(2);
            team.use(2);
            const Looks looks(never);
            network.forwardBackward(batch, team, 0, looks);
            QVERIFY(looks.count() >= 2 * 16);
            if (prepared) QVERIFY(network.prepareGradients(batch, team, looks));
            network.finishGradients(batch, team, [](const ParameterView& view, std::size_t first, std::size_t count) {
                for (std::size_t i = first; i < first + count; ++i) view.values[i] -= 0.05F * view.gradients[i];
            });
            gradients.push_back(gradientBits(network));
            weights.push_back(weightBits(network));
        }
        QVERIFY(gradients[0] == gradients[1]);
        QVERIFY(weights[0] == weights[1]);
    }

    void stopsBeforeWeightsMove() {
        const SampleSet set = makeImages(1100, 30, 30, 1);
        const std::vector<std::uint32_t> samples = backwards(1100);
        const Network::Batch batch{set, samples};
        Network network = makeNetwork("dense 300, relu, dense 10", 30, 30, useFor(1100));
        const std::vector<std::uint32_t> before = weightBits(network);
        WorkerTeam team;
        network.forwardBackward(batch, team);
        const Looks looks(5);
        QVERIFY(!network.prepareGradients(batch, team, looks));
        QVERIFY(weightBits(network) == before);
    }

    void aStoppedBatchIsNoStep_data() {
        QTest::addColumn<QString>("layers");
        QTest::addColumn<QString>("optimizer");
        QTest::addColumn<unsigned>("side");
        QTest::newRow("convolution") << "conv2d 8 3, relu, maxpool 2, dropout 0.25, flatten, dense 10" << "adam" << 8U;
        QTest::newRow("dense") << "dense 16, relu, dense 10" << "adamw" << 8U;
        QTest::newRow("long to finish") << "dense 128, relu, dense 10" << "nadam" << 10U;
    }
    void aStoppedBatchIsNoStep() {
        QFETCH(const QString, layers);
        QFETCH(const QString, optimizer);
        QFETCH(const unsigned, side);
        RunConfig config = smallConfig(layers.toStdString(), 0.01);
        config.optimizer.type = optimizer.toStdString();
        config.batchSize = 20'000;
        config.duration.steps = 2;
        const auto data = makeDataset(20'000, 100, side, side);
        Trainer trainer(config, data);
        const std::vector<Tensor> before = trainer.weights();
        TrainingControl control;
        control.steer(ordered);
        StopInBatch observer(control);
        MetricsChannel channel;
        const RunResult result = trainer.run(control, channel, observer);
        QCOMPARE(result.outcome, RunOutcome::Cancelled);
        QCOMPARE(result.steps, std::uint64_t(0)); // it would be 1 if the batch had been gone through
        QCOMPARE(result.samples, std::uint64_t(0));
        std::vector<StepMetrics> steps;
        channel.drain(steps);
        QVERIFY(steps.empty());
        QVERIFY(sameBits(trainer.weights(), before));
        // Who goes on from there comes to what it would have come to.
        Trainer onwards(config, data);
        onwards.restore(trainer.checkpoint());
        Trainer undisturbed(config, data);
        TrainingControl steering;
        steering.steer(ordered);
        RunRecord expected;
        RecordingObserver recorder;
        MetricsChannel all;
        expected.result = undisturbed.run(steering, all, recorder);
        all.drain(expected.steps);
        expected.epochs = recorder.epochs;
        expected.weights = undisturbed.weights();
        QCOMPARE(expected.steps.size(), std::size_t(2));
        VERIFY_SAME_RUN(runToEnd(onwards), expected);
    }
};

QTEST_APPLESS_MAIN(TestStopping)
#include "tst_stopping.moc"
