// SPDX-License-Identifier: GPL-3.0-or-later
#include "problems.h"
#include "small_runs.h"

#include "core/training/early_stopping.h"

#include <QTest>

#include <limits>

using namespace ratescope;

namespace {

/// Epochs with that validation loss; its error is 1/64 of it, the training loss ten times.
EpochMetrics epochOf(std::uint64_t number, double loss) {
    EpochMetrics epoch;
    epoch.epoch = number;
    epoch.train = {10.0 * loss, 0.5};
    epoch.validation = Score{loss, loss / 64.0};
    return epoch;
}

/// Learns for 12 epochs, and then at a rate that ruins all of it: on every machine, though the ruins look different.
RunConfig ruinedConfig() {
    RunConfig config = smallConfig("dense 12, tanh, dense 10", 0.1);
    config.schedule = scheduleSpec("step", {{"lr", 0.1}, {"factor", 80.0}, {"period", 12}}, TimeUnit::Epoch);
    config.validation = 0.25;
    config.duration.epochs = 24;
    return config;
}

std::shared_ptr<const Dataset> data() { return makeDataset(120, 40); }

double figureOf(const EpochMetrics& epoch, Monitor monitor) {
    return monitor == Monitor::TrainingLoss     ? epoch.train.loss
           : monitor == Monitor::ValidationLoss ? epoch.validation->loss
                                                : -(1.0 - epoch.validation->error); // an accuracy should be large
}

struct Expected {
    std::size_t best = 0;  ///< epoch from 1
    std::size_t epochs = 0; ///< trained
};

/// The rule written down once more.
Expected byHand(const std::vector<EpochMetrics>& epochs, const EarlyStoppingSpec& spec) {
    Expected expected;
    double best = std::numeric_limits<double>::infinity();
    std::size_t lastGood = 0;
    for (std::size_t e = 1; e <= epochs.size(); ++e) {
        expected.epochs = e;
        if (best - figureOf(epochs[e - 1], spec.monitor) > spec.minimumDelta) {
            best = figureOf(epochs[e - 1], spec.monitor);
            expected.best = lastGood = e;
        }
        if (e - lastGood == spec.patience) break;
    }
    return expected;
}

} // namespace

class TestEarlyStopping : public QObject {
    Q_OBJECT

private slots:
    void rule_data() {
        QTest::addColumn<int>("patience");
        QTest::addColumn<double>("minimumDelta");
        QTest::addColumn<QList<double>>("losses");
        QTest::addColumn<int>("exhaustedAt"); // epoch from 1; 0: never
        QTest::addColumn<int>("best");
        QTest::newRow("ever better") << 1 << 0.0 << QList<double>{5, 4, 3, 2, 1} << 0 << 5;
        QTest::newRow("patience 1") << 1 << 0.0 << QList<double>{5, 4, 4.5, 3} << 3 << 2;
        QTest::newRow("patience 3") << 3 << 0.0 << QList<double>{5, 4, 6, 7, 4.5, 1} << 5 << 2;
        QTest::newRow("better in time") << 3 << 0.0 << QList<double>{5, 4, 6, 7, 3, 6, 7, 8} << 8 << 5;
        QTest::newRow("as good is no better") << 2 << 0.0 << QList<double>{5, 5, 5, 5} << 3 << 1;
        QTest::newRow("just enough is not enough") << 2 << 0.5 << QList<double>{5, 4.5, 4.4375} << 0 << 3;
        QTest::newRow("too little each time, enough in all") << 3 << 0.5 << QList<double>{5, 4.75, 4.5, 4.25} << 0 << 4;
        QTest::newRow("never enough") << 2 << 1.0 << QList<double>{5, 4.5, 4} << 3 << 1;
        QTest::newRow("worse all along") << 4 << 0.0 << QList<double>{1, 2, 3, 4, 5} << 5 << 1;
    }
    void rule() {
        QFETCH(const int, patience);
        QFETCH(const double, minimumDelta);
        QFETCH(const QList<double>, losses);
        QFETCH(const int, exhaustedAt);
        QFETCH(const int, best);
        for (const Monitor monitor : {Monitor::ValidationLoss, Monitor::ValidationAccuracy, Monitor::TrainingLoss}) {
            const double scale = monitor == Monitor::TrainingLoss       ? 10.0
                                 : monitor == Monitor::ValidationLoss ? 1.0
                                                                      : 1.0 / 64.0;
            EarlyStopping stopping({monitor, std::uint64_t(patience), minimumDelta * scale, true});
            int end = 0;
            for (int e = 1; e <= losses.size() && end == 0; ++e) {
                const std::uint64_t before = stopping.bestEpoch();
                const bool isBest = stopping.isBest(epochOf(std::uint64_t(e), losses[e - 1]));
                QCOMPARE(stopping.bestEpoch(), isBest ? std::uint64_t(e) : before);
                if (stopping.exhausted()) end = e;
            }
            QCOMPARE(end, exhaustedAt);
            QCOMPARE(stopping.bestEpoch(), std::uint64_t(best));
        }
    }

    void runs_data() {
        QTest::addColumn<int>("monitor");
        QTest::addColumn<quint64>("patience");
        QTest::addColumn<double>("minimumDelta");
        for (const Monitor monitor : {Monitor::ValidationLoss, Monitor::ValidationAccuracy, Monitor::TrainingLoss})
            for (const quint64 patience : {1U, 2U, 4U})
                for (const double delta : {0.0, 0.11})
                    QTest::addRow("%s, patience %d, min_delta %g", monitorNames[int(monitor)], int(patience), delta)
                        << int(monitor) << patience << delta;
    }
    // What comes of a run is what its epochs without early stopping say by hand.
    void runs() {
        QFETCH(const int, monitor);
        QFETCH(const quint64, patience);
        QFETCH(const double, minimumDelta);
        RunConfig config = ruinedConfig();
        const RunRecord whole = runToEnd(config, data());
        QVERIFY(!whole.result.bestEpoch && !whole.result.restoredBest);
        config.earlyStopping = EarlyStoppingSpec{static_cast<Monitor>(monitor), patience, minimumDelta, true};
        const Expected expected = byHand(whole.epochs, *config.earlyStopping);
        QVERIFY(expected.epochs < whole.epochs.size()); // or the row would show nothing
        const RunRecord stopped = runToEnd(config, data());
        QVERIFY(stopped.result.outcome == RunOutcome::StoppedEarly);
        QCOMPARE(stopped.epochs.size(), expected.epochs);
        QCOMPARE(stopped.steps.size(), expected.epochs * 6);
        QCOMPARE(stopped.result.steps, std::uint64_t(expected.epochs * 6));
        QCOMPARE(stopped.result.epochs, double(expected.epochs));
        for (std::size_t s = 0; s < stopped.steps.size(); ++s) QCOMPARE(stopped.steps[s], whole.steps[s]);
        QVERIFY(stopped.result.bestEpoch == std::uint64_t(expected.best));
        QVERIFY(stopped.result.restoredBest);
        // The weights and their score are those of a run that only went as far as the best epoch.
        config.earlyStopping.reset();
        config.duration.epochs = expected.best;
        const RunRecord best = runToEnd(config, data());
        QVERIFY(sameBits(stopped.weights, best.weights));
        QVERIFY(stopped.result.test == best.result.test);
        // And without restore_best those of the last one.
        config.earlyStopping = EarlyStoppingSpec{static_cast<Monitor>(monitor), patience, minimumDelta, false};
        config.duration.epochs = 24;
        const RunRecord kept = runToEnd(config, data());
        QVERIFY(kept.result.outcome == RunOutcome::StoppedEarly);
        QVERIFY(kept.result.bestEpoch == std::uint64_t(expected.best));
        QVERIFY(!kept.result.restoredBest);
        config.earlyStopping.reset();
        config.duration.epochs = expected.epochs;
        const RunRecord last = runToEnd(config, data());
        QVERIFY(sameBits(kept.weights, last.weights));
        QVERIFY(kept.result.test == last.result.test);
        QVERIFY(!sameBits(kept.weights, stopped.weights));
    }

    // A run that comes to its end before its patience does goes back to its best epoch all the same.
    void theRunsEndRestoresToo() {
        RunConfig config = ruinedConfig();
        const RunRecord whole = runToEnd(config, data());
        config.earlyStopping = EarlyStoppingSpec{.patience = 1000};
        const std::size_t best = byHand(whole.epochs, *config.earlyStopping).best;
        QCOMPARE(best, std::size_t(12));
        const RunRecord run = runToEnd(config, data());
        QVERIFY(run.result.outcome == RunOutcome::Finished);
        QCOMPARE(run.result.steps, std::uint64_t(144));
        QVERIFY(run.result.bestEpoch == std::uint64_t(best));
        QVERIFY(run.result.restoredBest);
        config.earlyStopping.reset();
        config.duration.epochs = best;
        const RunRecord reference = runToEnd(config, data());
        QVERIFY(sameBits(run.weights, reference.weights));
        QVERIFY(run.result.test == reference.result.test);
    }

    // Patience that ends with the run's last epoch: the run has finished.
    void exhaustedByTheLastEpochIsFinished() {
        RunConfig config = ruinedConfig();
        config.earlyStopping = EarlyStoppingSpec{.patience = 1};
        const RunRecord stopped = runToEnd(config, data());
        config.duration.epochs = stopped.epochs.size();
        const RunRecord run = runToEnd(config, data());
        QVERIFY(run.result.outcome == RunOutcome::Finished);
        QVERIFY(run.result.test == stopped.result.test);
        QVERIFY(sameBits(run.weights, stopped.weights));
    }

    // The best epoch is the last: nothing to go back to.
    void nothingToRestore() {
        RunConfig config = smallConfig("dense 12, tanh, dense 10", 0.1);
        config.validation = 0.25;
        config.duration.epochs = 4;
        const RunRecord plain = runToEnd(config, data());
        config.earlyStopping = EarlyStoppingSpec{};
        const RunRecord run = runToEnd(config, data());
        QVERIFY(run.result.outcome == RunOutcome::Finished);
        QVERIFY(run.result.bestEpoch == std::uint64_t(4));
        QVERIFY(!run.result.restoredBest);
        QVERIFY(sameBits(run.weights, plain.weights));
    }

    // An epoch that the run's end cuts short is watched as well.
    void aShortLastEpochCounts() {
        RunConfig config = smallConfig("dense 12, tanh, dense 10", 0.1);
        config.validation = 0.25;
        config.duration.steps = 15;
        config.earlyStopping = EarlyStoppingSpec{};
        const RunRecord run = runToEnd(config, data());
        QCOMPARE(run.epochs.size(), std::size_t(3));
        QVERIFY(run.result.bestEpoch == std::uint64_t(3));
    }

    void aCancelledRunRestoresNothing() {
        RunConfig config = ruinedConfig();
        config.earlyStopping = EarlyStoppingSpec{.patience = 1000};
        Trainer trainer(config, data());
        TrainingControl control;
        MetricsChannel channel;
        RecordingObserver observer;
        observer.atEpoch = [&](const EpochMetrics& epoch) {
            if (epoch.epoch == 24) control.stop();
        };
        const RunResult result = trainer.run(control, channel, observer);
        QVERIFY(result.outcome == RunOutcome::Cancelled);
        QVERIFY(result.bestEpoch && *result.bestEpoch == 12);
        QVERIFY(!result.test);
    }
};

QTEST_APPLESS_MAIN(TestEarlyStopping)
#include "tst_early_stopping.moc"
