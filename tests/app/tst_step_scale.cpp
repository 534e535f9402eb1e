// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/step_scale.h"
#include "tests/app/gui_helpers.h"

#include <QTest>

using namespace ratescope;

namespace {

using Steps = QList<double>;

/// A run of batches of 64 over so many samples: the last batch of an epoch is shorter where they do not divide.
RunRecord fixedRun(std::uint32_t samples, std::uint64_t epochs) {
    RunRecord run;
    run.config.batchSize = 64;
    run.config.duration.epochs = epochs;
    run.length = lengthOf(run.config, samples);
    return run;
}

RunRecord growingRun() {
    RunRecord run;
    run.config.batchSize = 16;
    run.config.duration.epochs = 6;
    run.config.schedule = {
        .type = "exponential", .unit = TimeUnit::Epoch, .values = {}, .batchGrowth = true, .maxBatch = 100};
    run.config.schedule.values.set("lr", 0.1);
    run.config.schedule.values.set("gamma", 0.6);
    run.config.schedule.values.set("period", 1.0);
    run.length = lengthOf(run.config, 1000);
    return run;
}

void grow(RunRecord& run, std::size_t steps, double seconds) {
    run.losses.resize(steps, 1.0F);
    run.rates.resize(steps, 0.1);
    run.trainSeconds = seconds;
}

void endEpoch(RunRecord& run, std::uint64_t step, double seconds) {
    run.epochs.push_back(
        {.epoch = run.epochs.size() + 1, .step = step, .rate = 0.1, .train = {}, .validation = {}, .seconds = seconds});
}

void verifyThereAndBack(const StepScale& scale, double last) {
    double before = scale.keyOf(0.0);
    for (double step = 1.0; step <= last; ++step) {
        const double key = scale.keyOf(step);
        QVERIFY2(key > before, qPrintable(QStringLiteral("step %1").arg(step)));
        const double back = scale.stepOf(key);
        QVERIFY2(std::abs(back - step) < 1e-6,
                 qPrintable(QStringLiteral("%1 came back as %2").arg(step).arg(back, 0, 'g', 12)));
        const double between = scale.stepOf(0.5 * (before + key));
        QVERIFY2(between >= step - 1.0 - 1e-9 && between <= step + 1e-9,
                 qPrintable(QStringLiteral("%1 between").arg(between)));
        before = key;
    }
}

} // namespace

class TestStepScale : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stepsAreThemselves() {
        const RunRecord run = fixedRun(1000, 3);
        const StepScale scale(run, StepUnit::Step);
        for (const double step : {0.0, 0.25, 7.0, 48.0, 1e6}) {
            QCOMPARE(scale.keyOf(step), step);
            QCOMPARE(scale.stepOf(step), step);
        }
    }

    /// 1000 samples in batches of 64: 16 updates an epoch, the last of 40 samples.
    void samplesWithAShortLastBatch() {
        const RunRecord run = fixedRun(1000, 3);
        QCOMPARE(run.length.stepsPerEpoch, std::uint64_t(16));
        const StepScale scale(run, StepUnit::Samples);
        QCOMPARE(scale.keyOf(1.0), 64.0);
        QCOMPARE(scale.keyOf(15.0), 960.0);
        QCOMPARE(scale.keyOf(16.0), 1000.0);
        QCOMPARE(scale.keyOf(17.0), 1064.0);
        QCOMPARE(scale.keyOf(48.0), 3000.0);
        verifyThereAndBack(scale, 48.0);
        const StepScale epochs(run, StepUnit::Epoch);
        QCOMPARE(epochs.keyOf(16.0), 1.0);
        QCOMPARE(epochs.keyOf(24.0), 1.5);
        verifyThereAndBack(epochs, 48.0);
    }

    /// As of a study that was written before the number was kept: all batches are taken to be whole.
    void samplesWhereTheEpochsSizeIsNotKnown() {
        RunRecord run = fixedRun(1000, 3);
        run.length.epochSamples = 0;
        const StepScale scale(run, StepUnit::Samples);
        QCOMPARE(scale.keyOf(16.0), 1024.0);
        QCOMPARE(scale.keyOf(17.0), 1088.0);
        verifyThereAndBack(scale, 48.0);
    }

    void aGrowingBatch() {
        const RunRecord run = growingRun();
        QVERIFY(run.length.grown);
        QVERIFY(run.length.steps < 6 * 63); // of which the first epoch alone has
        const StepScale epochs(run, StepUnit::Epoch);
        const StepScale samples(run, StepUnit::Samples);
        const auto last = static_cast<double>(run.length.steps);
        double step = 0.0;
        for (std::uint64_t i = 0; i <= run.length.steps; ++i, ++step) {
            QVERIFY(std::abs(epochs.keyOf(step) - run.length.epochsOf(i)) < 1e-12);
            QVERIFY(std::abs(samples.keyOf(step) - 1000.0 * run.length.epochsOf(i)) < 1e-8);
        }
        QVERIFY(std::abs(samples.keyOf(1.0) - 16.0) < 1e-9);
        QVERIFY(std::abs(samples.keyOf(last) - 6000.0) < 1e-6);
        verifyThereAndBack(epochs, last);
        verifyThereAndBack(samples, last);
        QVERIFY(samples.stepOf(-100.0) <= 0.0); // left of the frame's start is left of the run
        QVERIFY(samples.stepOf(1e6) >= last);
    }

    /// Ten steps in the first second, ten in the next four, the rest as fast as it goes on.
    void secondsAtEpochEnds() {
        RunRecord run = fixedRun(640, 4);
        run.state = RunState::Running;
        grow(run, 25, 7.0);
        endEpoch(run, 10, 1.0);
        endEpoch(run, 20, 5.0);
        const StepScale scale(run, StepUnit::Seconds);
        QCOMPARE(scale.keyOf(0.0), 0.0);
        QCOMPARE(scale.keyOf(5.0), 0.5);
        QCOMPARE(scale.keyOf(10.0), 1.0);
        QCOMPARE(scale.keyOf(15.0), 3.0);
        QCOMPARE(scale.keyOf(25.0), 7.0);
        QCOMPARE(scale.keyOf(40.0), 13.0);
        verifyThereAndBack(scale, 40.0);
    }

    void secondsBeforeAnyEpoch() {
        RunRecord run = fixedRun(640, 4);
        verifyThereAndBack(StepScale(run, StepUnit::Seconds), 40.0); // nothing is known: anything increasing will do
        run.state = RunState::Running;
        grow(run, 8, 2.0);
        const StepScale scale(run, StepUnit::Seconds);
        QCOMPARE(scale.keyOf(4.0), 1.0);
        QCOMPARE(scale.keyOf(8.0), 2.0);
        verifyThereAndBack(scale, 40.0);
        run.state = RunState::Finished;
        run.result.trainSeconds = 4.0;
        QCOMPARE(StepScale(run, StepUnit::Seconds).keyOf(8.0), 4.0);
    }

    void rangeTests_data() {
        QTest::addColumn<bool>("exponential");
        QTest::addColumn<int>("steps");
        QTest::newRow("exponential") << true << 100;
        QTest::newRow("linear") << false << 100;
        QTest::newRow("exponential, two steps") << true << 2;
        QTest::newRow("linear, two steps") << false << 2;
    }
    void rangeTests() {
        QFETCH(const bool, exponential);
        QFETCH(const int, steps);
        RunRecord run;
        run.config.rangeTest =
            RangeTestSpec{.from = 1e-4, .to = 5.0, .steps = static_cast<std::uint64_t>(steps), .smoothing = 0.5};
        run.config.rangeTest->exponential = exponential;
        run.length = lengthOf(run.config, 1000);
        const Schedule sweep = scheduleOf(run.config, run.length);
        for (const StepUnit unit : {StepUnit::Step, StepUnit::Epoch, StepUnit::Seconds}) { // of no matter to it
            const StepScale scale(run, unit);
            double step = 0.0;
            for (std::uint64_t i = 0; i < run.length.steps; ++i, ++step)
                QVERIFY(std::abs(scale.keyOf(step) - sweep.at(i)) < 1e-12 * sweep.at(i));
            verifyThereAndBack(scale, static_cast<double>(steps - 1));
        }
    }

    void theSameAsLongAsNoPlaceHasChanged() {
        RunRecord run = fixedRun(640, 4);
        run.state = RunState::Running;
        grow(run, 8, 2.0);
        const StepScale steps(run, StepUnit::Step);
        const StepScale epochs(run, StepUnit::Epoch);
        const StepScale seconds(run, StepUnit::Seconds);
        QVERIFY(!(steps == epochs));
        grow(run, 16, 4.5);
        QVERIFY(steps == StepScale(run, StepUnit::Step));
        QVERIFY(epochs == StepScale(run, StepUnit::Epoch));
        QVERIFY(!(seconds == StepScale(run, StepUnit::Seconds)));
        run.config.name = "another";
        QVERIFY(epochs == StepScale(run, StepUnit::Epoch));
        run.length = lengthOf(run.config, 1280);
        QVERIFY(!(epochs == StepScale(run, StepUnit::Epoch)));
        const RunRecord other = run;
        QVERIFY(!(StepScale(other, StepUnit::Step) == StepScale(run, StepUnit::Step)));
    }

    // Rates that follow no formula: between two of them by even factors, and on like that beyond the ends.
    void curveFromElsewhere() {
        RunRecord run;
        run.origin = QStringLiteral("somewhere");
        run.config.rangeTest = RangeTestSpec{};
        run.config.rangeTest->from = 0.001;
        run.config.rangeTest->to = 100.0;
        run.config.rangeTest->steps = 6; // of which the last had no loss
        run.rates = {0.001, 0.002, 0.01, 0.04, 10.0};
        run.losses.resize(5, 1.0F);
        const StepScale scale(run, StepUnit::Epoch);
        for (int i = 0; i < 5; ++i) {
            QCOMPARE(scale.keyOf(i), run.rates[std::size_t(i)]);
            QVERIFY(std::abs(scale.stepOf(run.rates[std::size_t(i)]) - i) < 1e-12);
        }
        QCOMPARE(scale.keyOf(2.5), 0.02);
        QCOMPARE(scale.stepOf(0.02), 2.5);
        QCOMPARE(scale.keyOf(-1.0), 0.0005);
        QCOMPARE(scale.stepOf(0.0005), -1.0);
        QCOMPARE(scale.keyOf(5.0), 2500.0);
        QCOMPARE(scale.stepOf(2500.0), 5.0);
        verifyThereAndBack(scale, 6.0);
        using Pair = std::pair<std::size_t, std::size_t>;
        QVERIFY((scale.stepsWithin(AxisRange{0.002, 0.04}, 5) == Pair{1, 4}));
        QVERIFY((scale.stepsWithin(AxisRange{0.003, 0.03}, 5) == Pair{2, 3}));
        QVERIFY((scale.stepsWithin(AxisRange{20.0, 30.0}, 5) == Pair{5, 5}));
    }
    // One point has no neighbour to go on from: then the formula holds.
    void curveOfOnePoint() {
        RunRecord run;
        run.origin = QStringLiteral("somewhere");
        run.config.rangeTest = RangeTestSpec{};
        run.rates = {1e-5};
        run.losses = {1.0F};
        QVERIFY(std::abs(StepScale(run, StepUnit::Step).keyOf(99.0) - 10.0) < 1e-9);
    }
};

QTEST_APPLESS_MAIN(TestStepScale)
#include "tst_step_scale.moc"
