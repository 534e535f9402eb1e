// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "small_runs.h"

#include "core/data/batch_order.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

using namespace ratescope;

namespace {

const char* const layers = "dense 12, relu, dropout 0.2, dense 10";

std::shared_ptr<const Dataset> data() {
    static const auto made = makeDataset(90, 10);
    return made;
}

RunConfig testOf(RangeTestKind kind, double from, double to, std::uint64_t rates, std::uint64_t stepsPerRate) {
    RunConfig config = smallConfig(layers, 0.1);
    config.optimizer = {"adam", {}};
    config.validation = 0.2;
    config.rangeTest = RangeTestSpec::of(kind);
    config.rangeTest->from = from;
    config.rangeTest->to = to;
    config.rangeTest->steps = rates;
    config.rangeTest->stepsPerRate = stepsPerRate;
    config.rangeTest->validation = 0;
    if (kind == RangeTestKind::Halving) config.rangeTest->steps = config.rangeTest->rateCount();
    return config;
}

/// The same training at one rate, without a test.
RunConfig plain(RunConfig config, double rate, std::uint64_t steps) {
    config.rangeTest.reset();
    config.schedule = RunConfig::constantSchedule(rate);
    config.duration.steps = steps;
    return config;
}

/// The loss over what is meant by the probe: the samples that the first epoch comes to last.
double probeLoss(Trainer& trainer, const RunConfig& config) {
    const DataSplit split = splitOf(config, data()->train.size());
    BatchOrder order(config.seed, split.train, config.batchSize);
    const std::uint32_t count = std::min(rangeTestProbe, split.train);
    const auto samples = order.batch(0, split.train - count, count);
    WorkerTeam team;
    return trainer.network().evaluate({data()->train, samples}, team).lossSum / count;
}

Score validationOf(Trainer& trainer, const RunConfig& config, std::uint32_t count) {
    const DataSplit split = splitOf(config, data()->train.size());
    std::vector<std::uint32_t> samples(count);
    std::iota(samples.begin(), samples.end(), split.validationFirst);
    WorkerTeam team;
    const BatchLoss sum = trainer.network().evaluate({data()->train, samples}, team);
    return {sum.lossSum / count, double(sum.errors) / count};
}

struct Listener : RunObserver {
    void rateValidated(std::uint64_t step, const Score& validation) override {
        steps.push_back(step);
        scores.push_back(validation);
        if (then) then(step);
    }
    std::vector<std::uint64_t> steps;
    std::vector<Score> scores;
    std::function<void(std::uint64_t)> then;
};

struct TestRecord {
    RunResult result;
    std::vector<StepMetrics> steps;
};

TestRecord runTest(Trainer& trainer, RunObserver& observer, const TrainingControl& control = {}) {
    MetricsChannel channel;
    TestRecord record{trainer.run(control, channel, observer), {}};
    channel.drain(record.steps);
    return record;
}

TestRecord runTest(const RunConfig& config) {
    Trainer trainer(config, data());
    RunObserver observer;
    return runTest(trainer, observer);
}

} // namespace

class TestRangeKinds : public QObject {
    Q_OBJECT

private slots:
    void freshStartBeginsAnewAtEachRate();
    void epochAtEachRate();
    void validates_data();
    void validates();
    void halves();
    void halvesToNoAvail();
    void runsAway();
    void leavesNoTrace_data();
    void leavesNoTrace();
    void testsARunAsItStands();
    void stopsFreshStart();
    void refusesWhatMakesNoSense_data();
    void refusesWhatMakesNoSense();
};

void TestRangeKinds::freshStartBeginsAnewAtEachRate() {
    const RunConfig config = testOf(RangeTestKind::FreshStart, 1e-4, 1e-1, 4, 3);
    const TestRecord found = runTest(config);
    QVERIFY(found.result.outcome == RunOutcome::Finished);
    QCOMPARE(found.steps.size(), std::size_t(4));
    QCOMPARE(found.result.steps, std::uint64_t(4));
    QCOMPARE(found.result.samples, std::uint64_t(4 * 3 * 16));
    for (std::size_t i = 0; i < 4; ++i) {
        QCOMPARE(found.steps[i].step, std::uint64_t(i));
        VERIFY_NEAR(found.steps[i].rate, 1e-4 * std::pow(10.0, double(i)), 1e-12);
        Trainer trainer(plain(config, found.steps[i].rate, 3), data());
        runToEnd(trainer);
        QCOMPARE(found.steps[i].loss, static_cast<float>(probeLoss(trainer, config)));
    }
}

void TestRangeKinds::epochAtEachRate() {
    RunConfig config = testOf(RangeTestKind::Sensitivity, 1e-3, 1e-1, 3, 0);
    config.rangeTest->validation = 1'000'000; // all there are
    Trainer trainer(config, data());
    Listener listener;
    const TestRecord found = runTest(trainer, listener);
    QCOMPARE(found.steps.size(), std::size_t(3));
    QCOMPARE(listener.scores.size(), std::size_t(3));
    for (std::size_t i = 0; i < 3; ++i) {
        RunConfig one = plain(config, found.steps[i].rate, 1);
        one.duration = {1, std::nullopt};
        Trainer alone(one, data());
        const RunRecord trained = runToEnd(alone);
        QVERIFY(*trained.epochs.at(0).validation == listener.scores[i]); // the very same training
        QCOMPARE(found.steps[i].loss, static_cast<float>(probeLoss(alone, config)));
    }
}

void TestRangeKinds::validates_data() {
    QTest::addColumn<int>("samples");
    QTest::addColumn<int>("used");
    QTest::newRow("some") << 7 << 7;
    QTest::newRow("as many as there are") << 18 << 18;
    QTest::newRow("more than there are") << 1000 << 18;
}

void TestRangeKinds::validates() {
    QFETCH(int, samples);
    QFETCH(int, used);
    RunConfig config = testOf(RangeTestKind::Sweep, 0.02, 0.02000001, 5, 0);
    config.rangeTest->exponential = false;
    config.rangeTest->validation = static_cast<std::uint32_t>(samples);
    Trainer trainer(config, data());
    Listener listener;
    const TestRecord found = runTest(trainer, listener);
    QCOMPARE(found.steps.size(), std::size_t(5));
    QVERIFY((listener.steps == std::vector<std::uint64_t>{0, 1, 2, 3, 4}));
    for (std::size_t i = 0; i < 5; ++i) { // after the update with that rate
        Trainer alone(plain(config, 0.02, i + 1), data());
        runToEnd(alone);
        const Score expected = validationOf(alone, config, static_cast<std::uint32_t>(used));
        VERIFY_NEAR(listener.scores[i].loss, expected.loss, 1e-6);
        QCOMPARE(listener.scores[i].error, expected.error);
    }
}

void TestRangeKinds::halves() {
    RunConfig config = testOf(RangeTestKind::Halving, 1e-4, 64.0, 0, 20);
    config.optimizer = {};
    Trainer untrained(plain(config, 1.0, 1), data());
    const double before = probeLoss(untrained, config);
    Trainer trainer(config, data());
    RunObserver observer;
    const TestRecord found = runTest(trainer, observer);
    QVERIFY(found.result.outcome == RunOutcome::Finished);
    QVERIFY(found.steps.size() > 2);
    for (std::size_t i = 0; i < found.steps.size(); ++i) {
        QCOMPARE(found.steps[i].rate, 64.0 / double(1 << i)); // exactly
        Trainer alone(plain(config, found.steps[i].rate, 20), data());
        const RunRecord trained = runToEnd(alone);
        const double after = trained.result.outcome == RunOutcome::Diverged ? std::numeric_limits<double>::infinity()
                                                                            : probeLoss(alone, config);
        QCOMPARE(after < before, i + 1 == found.steps.size()); // the last one holds, and no other
        if (std::isfinite(after)) QCOMPARE(found.steps[i].loss, static_cast<float>(after));
    }
}

void TestRangeKinds::halvesToNoAvail() {
    RunConfig config = testOf(RangeTestKind::Halving, 1e5, 8e5, 0, 20);
    config.optimizer = {};
    const TestRecord found = runTest(config);
    QVERIFY(found.result.outcome == RunOutcome::Diverged);
    QCOMPARE(found.steps.size(), std::size_t(4)); // 8, 4, 2, 1 · 10⁵
    QCOMPARE(*found.result.divergedAt, std::uint64_t(4));
    for (const StepMetrics& step : found.steps) QVERIFY(std::isfinite(step.loss));
}

void TestRangeKinds::runsAway() {
    RunConfig config = testOf(RangeTestKind::Sensitivity, 1.0, 1e6, 13, 6);
    config.optimizer = {};
    config.optimizer.values.set("weight_decay", 10.0);
    const TestRecord found = runTest(config);
    QVERIFY(found.result.outcome == RunOutcome::Diverged);
    QVERIFY(!found.steps.empty() && found.steps.size() < 13);
    QCOMPARE(*found.result.divergedAt, std::uint64_t(found.steps.size()));
    for (const StepMetrics& step : found.steps) QVERIFY(std::isfinite(step.loss));
}

void TestRangeKinds::leavesNoTrace_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("stopAt"); ///< rate; -1: to the end
    for (int kind = 0; kind < 4; ++kind)
        for (const int stopAt : {-1, 0, 1})
            QTest::addRow("%s %s", rangeTestKindNames[kind],
                          stopAt < 0    ? "to the end"
                          : stopAt == 0 ? "stopped at once"
                                        : "stopped")
                << kind << stopAt;
}

void TestRangeKinds::leavesNoTrace() {
    QFETCH(int, kind);
    QFETCH(int, stopAt);
    RunConfig config = testOf(static_cast<RangeTestKind>(kind), 1e-3, 1e3, 30, kind == 0 ? 0 : 4);
    if (kind != static_cast<int>(RangeTestKind::Halving)) config.rangeTest->validation = 5;
    // Of a run that has trained, so that there is an optimizer's state to be lost.
    Trainer parent(plain(config, 0.01, 7), data());
    runToEnd(parent);
    const Checkpoint state = parent.checkpoint();
    config.fork = ForkSpec{"parent", 7};
    Trainer trainer(config, data());
    trainer.restore(state);
    TrainingControl control;
    Listener listener;
    listener.then = [&](std::uint64_t step) {
        if (stopAt >= 0 && step >= static_cast<std::uint64_t>(stopAt)) control.stop();
    };
    if (kind == static_cast<int>(RangeTestKind::Halving) && stopAt >= 0) control.stop();
    const TestRecord found = runTest(trainer, listener, control);
    if (stopAt >= 0) QVERIFY(found.result.outcome == RunOutcome::Cancelled);
    QVERIFY(trainer.checkpoint().weights.values == state.weights.values);
    QVERIFY(trainer.checkpoint().optimizer == state.optimizer);
}

void TestRangeKinds::testsARunAsItStands() {
    RunConfig config = testOf(RangeTestKind::Sweep, 0.01, 0.5, 12, 0);
    RunConfig whole = plain(config, 0.01, 20);
    const RunRecord trained = runToEnd(whole, data());
    Trainer parent(plain(config, 0.01, 9), data());
    runToEnd(parent);
    config.fork = ForkSpec{"parent", 9};
    Trainer trainer(config, data());
    trainer.restore(parent.checkpoint());
    RunObserver observer;
    const TestRecord found = runTest(trainer, observer);
    // The weights, the batch and the dropout that the run goes on with; and its first rate is the run's.
    QCOMPARE(found.steps.at(0).loss, trained.steps.at(9).loss);
    QCOMPARE(found.steps.at(1).loss, trained.steps.at(10).loss);
    QVERIFY(found.steps.at(2).loss != trained.steps.at(11).loss);
}

void TestRangeKinds::stopsFreshStart() {
    RunConfig config = testOf(RangeTestKind::FreshStart, 1e-2, 1e5, 60, 5);
    config.optimizer = {};
    config.rangeTest->stopFactor = 1.5;
    const TestRecord found = runTest(config);
    QVERIFY(found.result.outcome == RunOutcome::Finished);
    QVERIFY(found.steps.size() > 10 && found.steps.size() < 60);
    float best = std::numeric_limits<float>::max();
    for (std::size_t i = 0; i < found.steps.size(); ++i) {
        if (i >= 10) QCOMPARE(found.steps[i].loss > 1.5 * best, i + 1 == found.steps.size());
        best = std::min(best, found.steps[i].loss);
    }
}

void TestRangeKinds::refusesWhatMakesNoSense_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("place");
    QTest::addColumn<std::function<void(RunConfig&)>>("change");
    const auto row = [](const char* name, RangeTestKind kind, const char* place, std::function<void(RunConfig&)> change) {
        QTest::newRow(name) << static_cast<int>(kind) << QString::fromLatin1(place) << std::move(change);
    };
    row("steps at each rate of a sweep", RangeTestKind::Sweep, "range_test.steps_per_rate",
        [](RunConfig& config) { config.rangeTest->stepsPerRate = 3; });
    row("smoothing where nothing is noisy", RangeTestKind::FreshStart, "range_test.smoothing",
        [](RunConfig& config) { config.rangeTest->smoothing = 0.5; });
    row("nothing to halve", RangeTestKind::Halving, "range_test.to", [](RunConfig& config) {
        config.rangeTest->from = 1.0;
        config.rangeTest->to = 1.9;
    });
    row("validation without samples", RangeTestKind::Sweep, "range_test.validation", [](RunConfig& config) {
        config.rangeTest->validation = 10;
        config.validation = 0.0;
    });
    row("validation of a halving", RangeTestKind::Halving, "range_test.validation", [](RunConfig& config) {
        config.rangeTest->validation = 10;
        config.validation = 0.2;
    });
    row("far too many steps", RangeTestKind::Sensitivity, "range_test.steps_per_rate",
        [](RunConfig& config) { config.rangeTest->stepsPerRate = 1'000'001; });
}

void TestRangeKinds::refusesWhatMakesNoSense() {
    QFETCH(int, kind);
    QFETCH(QString, place);
    QFETCH(std::function<void(RunConfig&)>, change);
    RunConfig config = testOf(static_cast<RangeTestKind>(kind), 1e-3, 10.0, 30, kind == 0 ? 0 : 4);
    QVERIFY(config.validate().empty());
    change(config);
    const Problems problems = config.validate();
    QCOMPARE(problems.size(), std::size_t(1));
    QCOMPARE(QString::fromStdString(problems[0].place), place);
}

QTEST_APPLESS_MAIN(TestRangeKinds)
#include "tst_range_kinds.moc"
