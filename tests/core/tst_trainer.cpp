// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "small_runs.h"

#include <QTest>

#include <cmath>
#include <latch>
#include <thread>

using namespace ratescope;

namespace {

/// What the initial weights of `config` make of a stretch of samples, one by one through Network alone.
Score scoreOfInitialWeights(const RunConfig& config, const SampleSet& set, std::uint32_t first, std::uint32_t count) {
    Network network(config.network, imageShape(set.rows, set.columns), {.evaluationBatch = 1});
    network.initialize(config.init, config.seed);
    WorkerTeam alone;
    double loss = 0.0;
    std::uint32_t errors = 0;
    for (std::uint32_t i = first; i < first + count; ++i) {
        const BatchLoss one = network.evaluate({set, std::span(&i, 1)}, alone);
        loss += one.lossSum;
        errors += one.errors;
    }
    return {loss / count, double(errors) / count};
}

void compareScores(const Score& found, const Score& expected) {
    VERIFY_NEAR(found.loss, expected.loss, 1e-6);
    QCOMPARE(found.error, expected.error);
}

/// Weight decay at such a rate multiplies every weight by about −1e7 with each update, until floats run out.
RunConfig explodingConfig(std::uint64_t steps) {
    RunConfig config = smallConfig("dense 12, relu, dense 10", 1e6);
    config.optimizer.values.set("weight_decay", 10.0);
    config.duration.steps = steps;
    return config;
}

constexpr double negligible = 1e-30; ///< a rate so small that no weight changes

} // namespace

class TestTrainer : public QObject {
    Q_OBJECT

private slots:
    void learns() {
        const auto data = makeDataset(300, 100);
        RunConfig config = smallConfig("dense 16, relu, dense 10", 0.5);
        config.duration.epochs = 8;
        const RunRecord run = runToEnd(config, data);
        QVERIFY(run.result.outcome == RunOutcome::Finished);
        QVERIFY(run.result.test->error < 0.05);
        QVERIFY(run.epochs.back().train.loss < 0.2 * run.epochs.front().train.loss);
    }

    // Two runs that differ in their schedule alone have the same weights and batches to begin with.
    void schedulesShareTheStart() {
        const auto data = makeDataset(60, 10);
        const RunConfig small = smallConfig("dense 10", 0.01);
        RunConfig large = small;
        large.schedule = RunConfig::constantSchedule(0.4);
        const RunRecord a = runToEnd(small, data);
        const RunRecord b = runToEnd(large, data);
        QCOMPARE(a.steps[0].loss, b.steps[0].loss);
        QVERIFY(a.steps[1].loss != b.steps[1].loss);
    }

    void countsOfSteps_data() {
        QTest::addColumn<int>("epochs"); // 0: steps
        QTest::addColumn<int>("steps");
        QTest::addColumn<QList<quint64>>("epochEnds");
        QTest::addColumn<double>("total"); // epochs
        QTest::addColumn<quint64>("samples");
        // 70 samples in batches of 16: 5 steps an epoch, the last of 6 samples.
        QTest::newRow("epochs") << 3 << 0 << QList<quint64>{5, 10, 15} << 3.0 << quint64(210);
        QTest::newRow("partial last epoch") << 0 << 12 << QList<quint64>{5, 10, 12} << 2.4 << quint64(172);
        QTest::newRow("whole epochs in steps") << 0 << 10 << QList<quint64>{5, 10} << 2.0 << quint64(140);
        QTest::newRow("less than an epoch") << 0 << 2 << QList<quint64>{2} << 0.4 << quint64(32);
        QTest::newRow("one step") << 0 << 1 << QList<quint64>{1} << 0.2 << quint64(16);
    }
    void countsOfSteps() {
        QFETCH(int, epochs);
        QFETCH(int, steps);
        QFETCH(QList<quint64>, epochEnds);
        QFETCH(double, total);
        QFETCH(quint64, samples);
        RunConfig config = smallConfig("dense 10", 0.1);
        config.duration.epochs = static_cast<std::uint64_t>(epochs);
        if (steps > 0) config.duration.steps = static_cast<std::uint64_t>(steps);
        const RunRecord run = runToEnd(config, makeDataset(70, 10));
        QVERIFY(run.result.outcome == RunOutcome::Finished);
        QCOMPARE(run.result.steps, std::uint64_t(epochEnds.back()));
        QCOMPARE(run.result.epochs, total);
        QCOMPARE(run.result.samples, std::uint64_t(samples));
        QVERIFY(!run.result.divergedAt);
        QVERIFY(run.result.test.has_value());
        QCOMPARE(run.steps.size(), std::size_t(epochEnds.back()));
        for (std::size_t s = 0; s < run.steps.size(); ++s) QCOMPARE(run.steps[s].step, std::uint64_t(s));
        QCOMPARE(run.epochs.size(), std::size_t(epochEnds.size()));
        for (std::size_t i = 0; i < run.epochs.size(); ++i) {
            QCOMPARE(run.epochs[i].epoch, std::uint64_t(i + 1));
            QCOMPARE(run.epochs[i].step, std::uint64_t(epochEnds[qsizetype(i)]));
            QVERIFY(!run.epochs[i].validation);
        }
    }

    // The loss of an epoch is that of its samples: a short batch counts for as much as it holds.
    void epochFigures() {
        RunConfig config = smallConfig("dense 10", 0.4);
        config.duration.steps = 13;
        const RunRecord run = runToEnd(config, makeDataset(70, 10));
        QCOMPARE(run.epochs.size(), std::size_t(3));
        for (std::size_t e = 0; e < 3; ++e) {
            double sum = 0.0;
            double samples = 0.0;
            for (std::size_t s = 5 * e; s < std::min<std::size_t>(5 * e + 5, 13); ++s) {
                const double size = s % 5 == 4 ? 6 : 16;
                sum += size * run.steps[s].loss;
                samples += size;
            }
            VERIFY_NEAR(run.epochs[e].train.loss, sum / samples, 1e-6);
        }
    }

    // With a rate that changes nothing every figure is one of the initial weights, and known.
    void figuresOfKnownWeights_data() {
        QTest::addColumn<double>("validation");
        QTest::addColumn<quint32>("trainSamples");
        QTest::addColumn<quint32>("train");
        QTest::addColumn<quint32>("held");
        QTest::newRow("no validation") << 0.0 << 0U << 700U << 0U;
        QTest::newRow("validation") << 0.4 << 0U << 420U << 280U; // more than one batch of evaluation
        QTest::newRow("some samples") << 0.1 << 50U << 50U << 70U;
    }
    void figuresOfKnownWeights() {
        QFETCH(double, validation);
        QFETCH(quint32, trainSamples);
        QFETCH(quint32, train);
        QFETCH(quint32, held);
        const auto data = makeDataset(700, 600);
        RunConfig config = smallConfig("dense 12, relu, dense 10", negligible);
        config.validation = validation;
        config.trainSamples = trainSamples;
        config.init = Init::He;
        config.seed = 77;
        const RunRecord run = runToEnd(config, data);
        QCOMPARE(run.epochs.size(), std::size_t(2));
        QCOMPARE(run.result.samples, std::uint64_t(2) * train);
        for (const EpochMetrics& epoch : run.epochs) {
            compareScores(epoch.train, scoreOfInitialWeights(config, data->train, 0, train));
            QCOMPARE(epoch.validation.has_value(), held > 0);
            if (held > 0)
                compareScores(*epoch.validation, scoreOfInitialWeights(config, data->train, 700 - held, held));
        }
        compareScores(*run.result.test, scoreOfInitialWeights(config, data->test, 0, 600));
    }

    void recordsTheRateThatItUsed() {
        RunConfig config = smallConfig("dense 10", 0.0);
        config.schedule = scheduleSpec("cosine", {{"lr", 0.3}, {"end", 0.05}}, TimeUnit::FractionalEpoch);
        const auto data = makeDataset(70, 10);
        const RunRecord run = runToEnd(config, data);
        const Schedule schedule(config.schedule, RunLength{10, 5});
        for (std::size_t s = 0; s < 10; ++s) QCOMPARE(run.steps[s].rate, schedule.at(s));
        QCOMPARE(run.epochs[0].rate, schedule.at(4));
        QCOMPARE(run.epochs[1].rate, schedule.at(9));
        QVERIFY(schedule.at(4) != schedule.at(5));
        // Used, not only recorded: the first update with half the rate goes half as far.
        const auto firstUpdate = [&](double rate) {
            RunConfig one = smallConfig("dense 10", rate);
            one.duration.steps = 1;
            Trainer trainer(one, data);
            const float before = trainer.network().parameters()[1].values[3];
            runToEnd(trainer);
            return double(trainer.network().parameters()[1].values[3] - before);
        };
        QVERIFY(firstUpdate(0.5) != 0.0);
        VERIFY_NEAR(firstUpdate(0.5), 2.0 * firstUpdate(0.25), 1e-5);
    }

    void stopFromTheObserver() {
        RunConfig config = smallConfig("dense 10", 0.1);
        config.duration.epochs = 100;
        Trainer trainer(config, makeDataset(70, 10));
        TrainingControl control;
        MetricsChannel channel;
        RecordingObserver observer;
        observer.atEpoch = [&](const EpochMetrics& epoch) {
            if (epoch.epoch == 3) control.stop();
        };
        const RunResult result = trainer.run(control, channel, observer);
        QVERIFY(result.outcome == RunOutcome::Cancelled);
        QCOMPARE(result.steps, std::uint64_t(15));
        QCOMPARE(result.epochs, 3.0);
        QVERIFY(!result.test);
        QVERIFY(!result.divergedAt);
        QCOMPARE(observer.epochs.size(), std::size_t(3));
        std::vector<StepMetrics> steps;
        channel.drain(steps);
        QCOMPARE(steps.size(), std::size_t(15));
    }

    // A stop at the end of the last epoch comes in time to spare the test.
    void stopBeforeTheTest() {
        Trainer trainer(smallConfig("dense 10", 0.1), makeDataset(70, 10));
        TrainingControl control;
        MetricsChannel channel;
        RecordingObserver observer;
        observer.atEpoch = [&](const EpochMetrics& epoch) {
            if (epoch.epoch == 2) control.stop();
        };
        const RunResult result = trainer.run(control, channel, observer);
        QVERIFY(result.outcome == RunOutcome::Cancelled);
        QCOMPARE(result.steps, std::uint64_t(10));
        QVERIFY(!result.test);
    }

    void stopBeforeTheStart() {
        Trainer trainer(smallConfig("dense 10", 0.1), makeDataset(70, 10));
        TrainingControl control;
        control.stop();
        MetricsChannel channel;
        RecordingObserver observer;
        const RunResult result = trainer.run(control, channel, observer);
        QVERIFY(result.outcome == RunOutcome::Cancelled);
        QCOMPARE(result.steps, std::uint64_t(0));
        QVERIFY(observer.epochs.empty());
    }

    // A run that would take days, stopped from outside once it is under way; a small ring that overflows on the way.
    void stopFromAnotherThread() {
        RunConfig config = smallConfig("dense 10", 0.01);
        config.duration.steps = 1'000'000'000;
        Trainer trainer(config, makeDataset(70, 10));
        TrainingControl control;
        MetricsChannel channel(16);
        RecordingObserver observer;
        RunResult result;
        std::vector<StepMetrics> steps;
        {
            std::jthread worker([&] { result = trainer.run(control, channel, observer); });
            while (steps.size() < 200) channel.drain(steps);
            control.pause();
            control.resume();
            control.stop();
        }
        channel.drain(steps);
        QVERIFY(result.outcome == RunOutcome::Cancelled);
        QCOMPARE(result.steps, std::uint64_t(steps.size()));
        for (std::size_t s = 0; s < steps.size(); ++s) QCOMPARE(steps[s].step, std::uint64_t(s));
        QCOMPARE(observer.epochs.size(), steps.size() / 5);
    }

    void pausingChangesNothing() {
        const auto data = makeDataset(70, 10);
        const RunConfig config = smallConfig("dense 10", 0.1);
        Trainer trainer(config, data);
        TrainingControl control;
        MetricsChannel channel;
        RecordingObserver observer;
        std::latch paused(1);
        observer.atEpoch = [&](const EpochMetrics& epoch) {
            if (epoch.epoch > 1) return;
            control.pause();
            paused.count_down();
        };
        RunRecord run;
        {
            std::jthread worker([&] { run.result = trainer.run(control, channel, observer); });
            paused.wait();
            channel.drain(run.steps);
            QCOMPARE(run.steps.size(), std::size_t(5));
            control.resume();
        }
        channel.drain(run.steps);
        run.epochs = observer.epochs;
        run.weights = trainer.weights();
        VERIFY_SAME_RUN(run, runToEnd(config, data));
    }

    void divergenceOfTheLoss() {
        const RunRecord run = runToEnd(explodingConfig(50), makeDataset(70, 10));
        QVERIFY(run.result.outcome == RunOutcome::Diverged);
        QVERIFY(run.result.divergedAt.has_value());
        QVERIFY(run.steps.size() >= 2 && run.steps.size() < 50);
        QCOMPARE(*run.result.divergedAt, std::uint64_t(run.steps.size()));
        QCOMPARE(run.result.steps, std::uint64_t(run.steps.size()));
        QVERIFY(!run.result.test);
        for (const StepMetrics& step : run.steps) QVERIFY(std::isfinite(step.loss));
    }

    // One update that takes biases beyond the range of floats. All being equal, nothing of the batch's loss tells.
    void divergenceOfTheWeights() {
        Trainer trainer(explodingConfig(1), makeDataset(70, 10));
        assign(trainer.network().parameters()[3], std::vector<float>(10, 1e33F));
        trainer.network().weightsChanged();
        const RunRecord run = runToEnd(trainer);
        QCOMPARE(run.steps.size(), std::size_t(1));
        QVERIFY(std::isfinite(run.steps[0].loss));
        QVERIFY(run.result.outcome == RunOutcome::Diverged);
        QCOMPARE(*run.result.divergedAt, std::uint64_t(1));
        QVERIFY(run.epochs.empty());
        QVERIFY(!run.result.test);
    }

    // A run that ends just before its loss overflows has finite weights, but no finite score: it has diverged all the
    // same, and no figure that is no number gets out.
    void divergenceThatOnlyTheEvaluationSees_data() {
        QTest::addColumn<double>("validation");
        QTest::newRow("test") << 0.0;
        QTest::newRow("validation") << 0.3;
    }
    void divergenceThatOnlyTheEvaluationSees() {
        QFETCH(double, validation);
        const auto data = makeDataset(70, 10);
        RunConfig config = explodingConfig(50);
        config.validation = validation;
        config.duration.steps = runToEnd(config, data).steps.size();
        Trainer trainer(config, data);
        const RunRecord run = runToEnd(trainer);
        QVERIFY(trainer.network().isFinite());
        QCOMPARE(run.steps.size(), std::size_t(*config.duration.steps));
        for (const EpochMetrics& epoch : run.epochs)
            QVERIFY(!epoch.validation || std::isfinite(epoch.validation->loss));
        QVERIFY(!run.result.test || std::isfinite(run.result.test->loss));
        QVERIFY(run.result.outcome == RunOutcome::Diverged);
    }

    void nanInTheWeightsDivergesAtOnce() {
        Trainer trainer(smallConfig("dense 10", 0.1), makeDataset(70, 10));
        trainer.network().parameters()[0].values[7] = std::nanf("");
        trainer.network().weightsChanged();
        const RunRecord run = runToEnd(trainer);
        QVERIFY(run.result.outcome == RunOutcome::Diverged);
        QCOMPARE(*run.result.divergedAt, std::uint64_t(0));
        QCOMPARE(run.result.steps, std::uint64_t(0));
        QVERIFY(run.steps.empty());
        QVERIFY(run.epochs.empty());
    }

    void secondsAreThoseOfTheChannel() {
        Trainer trainer(smallConfig("dense 10", 0.1), makeDataset(70, 10));
        const TrainingControl control;
        MetricsChannel channel;
        RecordingObserver observer;
        const RunResult result = trainer.run(control, channel, observer);
        QVERIFY(result.trainSeconds > 0.0);
        QCOMPARE(channel.trainSeconds(), result.trainSeconds);
        QCOMPARE(observer.epochs.back().seconds, result.trainSeconds);
        QVERIFY(observer.epochs[0].seconds < result.trainSeconds);
    }

    void outcomeNames() {
        QCOMPARE(outcomeName(RunOutcome::Finished), "finished");
        QCOMPARE(outcomeName(RunOutcome::Diverged), "diverged");
        QCOMPARE(outcomeName(RunOutcome::Cancelled), "cancelled");
        QCOMPARE(outcomeName(RunOutcome::StoppedEarly), "stopped_early");
    }
};

QTEST_APPLESS_MAIN(TestTrainer)
#include "tst_trainer.moc"
