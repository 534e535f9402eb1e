// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "problems.h"
#include "small_runs.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace ratescope;

namespace {

constexpr std::uint32_t testSamples = 530; // more than two batches of evaluation

/// 8 steps an epoch, 40 in all.
RunConfig snapshotConfig(const ScheduleSpec& schedule) {
    RunConfig config = smallConfig("dense 14, tanh, dense 10", 0.1);
    config.schedule = schedule;
    config.duration.epochs = 5;
    config.snapshots = true;
    return config;
}

std::shared_ptr<const Dataset> data() { return makeDataset(120, testSamples); }

/// Probabilities of all test samples by these weights, a row of 10 each.
std::vector<float> predictionsOf(const RunConfig& config, const std::vector<Tensor>& weights, const SampleSet& set) {
    Network network(config.network, imageShape(set.rows, set.columns), {.evaluationBatch = 64});
    for (const ParameterView& tensor : network.parameters())
        assign(tensor, std::ranges::find(weights, tensor.name, &Tensor::name)->values);
    network.weightsChanged();
    WorkerTeam alone;
    std::vector<float> all(std::size_t(set.size()) * 10);
    std::vector<std::uint32_t> samples(set.size());
    std::iota(samples.begin(), samples.end(), 0U);
    for (std::size_t first = 0; first < samples.size(); first += 64) {
        const auto batch = std::span(samples).subspan(first, std::min<std::size_t>(64, samples.size() - first));
        network.predict({set, batch}, alone, std::span(all).subspan(first * 10, batch.size() * 10));
    }
    return all;
}

} // namespace

class TestSnapshots : public QObject {
    Q_OBJECT

private slots:
    void atTheEndOfEachCycle_data() {
        QTest::addColumn<int>("index");
        QTest::addColumn<QList<quint64>>("ends"); // updates made by then
        m_schedules.clear();
        const auto row = [this](const char* name, const ScheduleSpec& schedule, const QList<quint64>& ends) {
            QTest::newRow(name) << int(m_schedules.size()) << ends;
            m_schedules.push_back(schedule);
        };
        const auto restarts = [](double period, double factor, TimeUnit unit) {
            return scheduleSpec("warm_restarts", {{"lr", 0.3}, {"period", period}, {"period_factor", factor}}, unit);
        };
        const auto cyclical = [](double half, TimeUnit unit) {
            return scheduleSpec("cyclical", {{"lr", 0.01}, {"max_lr", 0.4}, {"half_period", half}, {"mode", 1}}, unit);
        };
        row("restarts", restarts(10, 1, TimeUnit::Step), {10, 20, 30, 40});
        row("restarts, ever longer", restarts(5, 2, TimeUnit::Step), {5, 15, 35});
        row("restarts, broken period", restarts(7.5, 1, TimeUnit::Step), {8, 15, 23, 30, 38});
        row("restarts by the epoch", restarts(1, 2, TimeUnit::Epoch), {8, 24});
        row("restarts by fractions of an epoch", restarts(0.5, 2, TimeUnit::FractionalEpoch), {4, 12, 28});
        row("restarts every tenth of an epoch", restarts(0.1, 1, TimeUnit::FractionalEpoch), [] {
            QList<quint64> all; // shorter than a step: one for each step
            for (quint64 step = 1; step <= 40; ++step) all.push_back(step);
            return all;
        }());
        row("triangles", cyclical(4, TimeUnit::Step), {8, 16, 24, 32, 40});
        row("triangles, broken", cyclical(4.5, TimeUnit::Step), {9, 18, 27, 36});
        row("triangles by the epoch", cyclical(1, TimeUnit::Epoch), {16, 32});
        row("triangles by fractions of an epoch", cyclical(0.75, TimeUnit::FractionalEpoch), {12, 24, 36});
        row("one at the very end", restarts(40, 1, TimeUnit::Step), {40});
    }
    // Each has the weights and the score of a run that ends there.
    void atTheEndOfEachCycle() {
        QFETCH(const int, index);
        QFETCH(const QList<quint64>, ends);
        RunConfig config = snapshotConfig(m_schedules[std::size_t(index)]);
        QCOMPARE(problemText(config.validate(infoOf(*data()))), std::string());
        const RunLength length = lengthOf(config, infoOf(*data()));
        QVERIFY(scheduleOf(config, length).cyclesWithin(length.steps) >= std::uint64_t(ends.size()));
        Trainer trainer(config, data());
        const RunRecord run = runToEnd(trainer);
        const std::vector<Trainer::Snapshot> snapshots = trainer.snapshots();
        QVERIFY(sameBits(trainer.weights(), run.weights)); // looking at them leaves the run's own
        QCOMPARE(snapshots.size(), std::size_t(ends.size()));
        QCOMPARE(run.result.snapshots.size(), std::size_t(ends.size()));
        QVERIFY(run.result.ensemble.has_value());
        config.snapshots = false;
        const RunRecord plain = runToEnd(config, data());
        QVERIFY(plain.steps == run.steps && plain.result.test == run.result.test && sameBits(plain.weights, run.weights));
        QVERIFY(plain.result.snapshots.empty() && !plain.result.ensemble);
        for (std::size_t i = 0; i < snapshots.size(); ++i) {
            QCOMPARE(snapshots[i].step, std::uint64_t(ends[qsizetype(i)]));
            QCOMPARE(run.result.snapshots[i].step, snapshots[i].step);
            config.duration.steps = snapshots[i].step;
            const RunRecord upToThere = runToEnd(config, data());
            QVERIFY(sameBits(snapshots[i].weights, upToThere.weights));
            QVERIFY(run.result.snapshots[i].test == *upToThere.result.test);
        }
    }

    void ensemble_data() {
        QTest::addColumn<int>("loss");
        QTest::addColumn<double>("rate");
        QTest::addColumn<double>("period");
        QTest::newRow("cross-entropy") << int(Loss::CrossEntropy) << 0.8 << 8.0;
        QTest::newRow("mse") << int(Loss::Mse) << 20.0 << 8.0;
        QTest::newRow("of one") << int(Loss::CrossEntropy) << 0.8 << 40.0;
    }
    // The average of what the snapshots predict, looked at as one prediction.
    void ensemble() {
        QFETCH(const int, loss);
        QFETCH(const double, rate);
        QFETCH(const double, period);
        RunConfig config = snapshotConfig(scheduleSpec("warm_restarts", {{"lr", rate}, {"period", period}}));
        config.loss = static_cast<Loss>(loss);
        Trainer trainer(config, data());
        const RunRecord run = runToEnd(trainer);
        const std::vector<Trainer::Snapshot> snapshots = trainer.snapshots();
        QCOMPARE(snapshots.size(), std::size_t(40.0 / period));
        std::vector<double> average(testSamples * 10, 0.0);
        for (const Trainer::Snapshot& snapshot : snapshots) {
            const std::vector<float> one = predictionsOf(config, snapshot.weights, data()->test);
            for (std::size_t i = 0; i < one.size(); ++i) average[i] += double(one[i]) / double(snapshots.size());
        }
        double total = 0.0;
        int errors = 0;
        const auto test = data()->test;
        for (std::size_t n = 0; n < testSamples; ++n) {
            const std::span<const double> row(&average[n * 10], 10);
            const std::uint8_t label = test.labels[n];
            VERIFY_NEAR(std::accumulate(row.begin(), row.end(), 0.0), 1.0, 1e-5);
            errors += std::ranges::max_element(row) - row.begin() != label;
            if (config.loss == Loss::CrossEntropy) {
                total -= std::log(row[label]);
                continue;
            }
            for (std::size_t c = 0; c < 10; ++c) total += std::pow(row[c] - (c == label ? 1.0 : 0.0), 2) / 10.0;
        }
        VERIFY_NEAR(run.result.ensemble->loss, total / testSamples, 1e-5);
        QCOMPARE(run.result.ensemble->error, double(errors) / testSamples);
        if (snapshots.size() > 1) {
            // No snapshot by itself would have done.
            for (const SnapshotScore& one : run.result.snapshots)
                QVERIFY(relativeDifference(one.test.loss, run.result.ensemble->loss) > 1e-3);
        } else {
            VERIFY_NEAR(run.result.ensemble->loss, run.result.test->loss, 1e-5);
            QCOMPARE(run.result.ensemble->error, run.result.test->error);
        }
    }

    // Those that were made stay, so that the run can go on; but a part of them is no ensemble.
    void aCancelledRunHasNoEnsemble() {
        const RunConfig config = snapshotConfig(scheduleSpec("warm_restarts", {{"lr", 0.3}, {"period", 4}}));
        Trainer trainer(config, data());
        TrainingControl control;
        MetricsChannel channel;
        RecordingObserver observer;
        observer.atEpoch = [&](const EpochMetrics& epoch) {
            if (epoch.epoch == 2) control.stop();
        };
        const RunResult result = trainer.run(control, channel, observer);
        QVERIFY(result.outcome == RunOutcome::Cancelled);
        QVERIFY(result.snapshots.empty() && !result.ensemble);
        QCOMPARE(trainer.snapshots().size(), std::size_t(4));
        QCOMPARE(trainer.checkpoint().snapshots.size(), std::size_t(4));
    }

    // A run that goes back to its best epoch keeps its snapshots as they were.
    void besideEarlyStopping() {
        RunConfig config = snapshotConfig(scheduleSpec("warm_restarts", {{"lr", 6.0}, {"period", 8}}));
        config.validation = 0.2; // 96 are trained: 6 steps an epoch
        config.duration.epochs = 20;
        config.earlyStopping = EarlyStoppingSpec{.patience = 1};
        Trainer trainer(config, data());
        const RunRecord run = runToEnd(trainer);
        QVERIFY(run.result.outcome == RunOutcome::StoppedEarly);
        QVERIFY(run.result.restoredBest);
        QCOMPARE(run.result.snapshots.size(), std::size_t(run.result.steps / 8));
        QVERIFY(!run.result.snapshots.empty());
        QVERIFY(sameBits(trainer.weights(), run.weights));
        const RunLength length = lengthOf(config, infoOf(*data()));
        config.earlyStopping.reset();
        config.snapshots = false;
        config.duration.steps = *run.result.bestEpoch * length.stepsPerEpoch;
        const RunRecord best = runToEnd(config, data());
        QVERIFY(sameBits(best.weights, run.weights));
        QVERIFY(best.result.test == run.result.test);
        config.duration.steps = run.result.snapshots.back().step;
        QVERIFY(*runToEnd(config, data()).result.test == run.result.snapshots.back().test);
    }

private:
    std::vector<ScheduleSpec> m_schedules;
};

QTEST_APPLESS_MAIN(TestSnapshots)
#include "tst_snapshots.moc"
