// SPDX-License-Identifier: GPL-3.0-or-later
// Trainings that other programs have logged, as runs: their points, their axes, their way through a study.
#include "app/plots/run_curves.h"
#include "app/plots/step_scale.h"
#include "app/study/log_record.h"
#include "tests/app/study_fixture.h"
#include "tests/core/problems.h"

#include <QTest>

#include <cmath>

using namespace ratescope;

namespace {

const double unknown = std::nan("");

/// Every 50 steps a loss, a rate now and then, validation in between.
LoggedRun sparse() {
    LoggedRun log;
    log.name = "job";
    for (std::uint64_t i = 0; i < 10; ++i) log.loss.push_back({49 + 50 * i, 2.0 / double(i + 1), double(i) * 0.5});
    log.rate = {{100, 0.1, unknown}, {300, 0.01, unknown}};
    log.validationLoss = {{240, 0.75, 2.0}, {480, 0.5, 4.5}};
    log.validationAccuracy = {{480, 0.875, 4.5}};
    log.epoch = {{0, 0.0, unknown}, {240, 1.0, unknown}, {480, 2.0, unknown}};
    return log;
}

} // namespace

class TestLogRecord : public StudyFixture {
    Q_OBJECT

private slots:
    void points();
    void epochsEndWithValidation();
    void byEpochs();
    void divergence_data();
    void divergence();
    void withoutRates();
    void refuses();
    void scale();
    void throughAStudy();
    void curves();
};

void TestLogRecord::points() {
    const RunRecord run = recordOf(sparse(), "x/metrics.csv");
    QVERIFY(run.isImported() && run.isLog() && !run.isRangeTest());
    QCOMPARE(run.config.name, std::string("job"));
    QCOMPARE(run.origin, QStringLiteral("imported from metrics.csv"));
    QCOMPARE(run.state, RunState::Finished);
    QCOMPARE(run.stepCount(), std::uint64_t(10));
    QVERIFY((run.stepNumbers == std::vector<std::uint64_t>{49, 99, 149, 199, 249, 299, 349, 399, 449, 499}));
    QVERIFY((run.rates == std::vector<double>{0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.01, 0.01, 0.01, 0.01}));
    QCOMPARE(run.length.steps, std::uint64_t(500));
    QCOMPARE(run.length.stepsPerEpoch, std::uint64_t(240));
    QCOMPARE(run.epochs.size(), std::size_t(2));
    QCOMPARE(run.epochs[0].step, std::uint64_t(240));
    QCOMPARE(run.epochs[0].validation->loss, 0.75);
    QVERIFY(std::isnan(run.epochs[0].validation->error) && std::isnan(run.epochs[0].train.loss));
    QCOMPARE(run.epochs[1].validation->error, 0.125);
    QCOMPARE(run.trainSeconds, 4.5);
    QVERIFY(run.config.validate().empty());
    QVERIFY(run.pointOf(99) == std::optional<std::size_t>(1) && !run.pointOf(100) && !run.samplesPerSecond());
}

/// Few log the first step of an epoch, but many validate at its end.
void TestLogRecord::epochsEndWithValidation() {
    LoggedRun log;
    log.name = "lightning";
    log.loss = {{49, 2.1, unknown}, {99, 1.5, unknown}, {149, 0.8, unknown}};
    log.validationLoss = {{117, 0.7, unknown}, {235, 0.5, unknown}};
    log.epoch = {{49, 0.0, unknown}, {149, 1.0, unknown}};
    const RunRecord run = recordOf(log, "metrics.csv");
    QCOMPARE(run.length.stepsPerEpoch, std::uint64_t(118));
    QCOMPARE(run.updates(), std::uint64_t(236));
    QCOMPARE(run.stepCount(), std::uint64_t(3));
    // Within an epoch it ends none.
    log.validationLoss = {{58, 0.7, unknown}, {117, 0.6, unknown}, {130, 0.5, unknown}};
    log.epoch = {{0, 0.0, unknown}, {118, 1.0, unknown}};
    QCOMPARE(recordOf(log, "metrics.csv").length.stepsPerEpoch, std::uint64_t(118));
}

/// A row for each epoch: what was measured at its end stands there.
void TestLogRecord::byEpochs() {
    LoggedRun log;
    log.name = "keras";
    log.stepsAreEpochs = true;
    log.loss = {{0, 1.0, unknown}, {1, 0.5, unknown}, {2, 0.25, unknown}};
    log.validationLoss = {{0, 0.9, unknown}, {2, 0.3, unknown}};
    const RunRecord run = recordOf(log, "log.csv");
    QCOMPARE(run.length.stepsPerEpoch, std::uint64_t(1));
    QCOMPARE(run.length.steps, std::uint64_t(3));
    QCOMPARE(run.epochs.front().step, std::uint64_t(1));
    QCOMPARE(run.epochs.back().step, std::uint64_t(3));
}

void TestLogRecord::divergence_data() {
    QTest::addColumn<QList<double>>("losses");
    QTest::addColumn<int>("points");
    QTest::addColumn<int>("divergedAt");
    QTest::newRow("to the end") << QList<double>{1.0, 0.5, unknown, unknown} << 2 << 2;
    QTest::newRow("infinite") << QList<double>{1.0, 0.5, 0.3, HUGE_VAL} << 3 << 3;
    QTest::newRow("too large for a float") << QList<double>{1.0, 1e300} << 1 << 1;
    QTest::newRow("a batch in between") << QList<double>{1.0, unknown, 0.5} << 2 << -1;
}

void TestLogRecord::divergence() {
    QFETCH(const QList<double>, losses);
    QFETCH(const int, points);
    QFETCH(const int, divergedAt);
    LoggedRun log;
    log.name = "a";
    for (const double loss : losses) log.loss.push_back({log.loss.size(), loss, unknown});
    const RunRecord run = recordOf(log, "a.csv");
    QCOMPARE(run.stepCount(), std::uint64_t(points));
    QCOMPARE(run.state, divergedAt < 0 ? RunState::Finished : RunState::Diverged);
    if (divergedAt >= 0) QCOMPARE(run.result.divergedAt, std::optional<std::uint64_t>(divergedAt));
}

void TestLogRecord::withoutRates() {
    LoggedRun log = sparse();
    log.rate = {{3, unknown, unknown}};
    const RunRecord run = recordOf(log, "a.csv");
    QVERIFY(run.rates.empty() && !run.rateAt(0));
}

void TestLogRecord::refuses() {
    LoggedRun log;
    log.name = "a";
    log.loss = {{0, unknown, unknown}};
    std::string error = errorOf([&] { recordOf(log, "a.csv"); });
    QVERIFY2(hasText(error, "a.csv: the run “a” has no loss that is a finite number"), error.c_str());
    log.loss = {{maximumSteps, 1.0, unknown}};
    error = errorOf([&] { recordOf(log, "a.csv"); });
    QVERIFY2(hasText(error, "allowed: steps below 1000000000"), error.c_str());
}

/// A point lies where its step is, in whatever unit; an epoch's figures where its updates are.
void TestLogRecord::scale() {
    const RunRecord run = recordOf(sparse(), "a.csv");
    const StepScale steps(run, StepUnit::Step);
    for (std::size_t i = 0; i < run.losses.size(); ++i) {
        QCOMPARE(steps.keyOf(double(i)), double(run.stepNumbers[i]));
        QCOMPARE(steps.stepOf(double(run.stepNumbers[i])), double(i));
    }
    QCOMPARE(steps.keyOf(0.5), 74.0);
    QCOMPARE(steps.keyOf(-1.0), -1.0);
    QCOMPARE(steps.keyOf(10.0), 549.0);
    QCOMPARE(steps.keyOfUpdates(240.0), 240.0);
    QVERIFY((steps.stepsWithin(AxisRange{99.0, 260.0}, 10) == std::pair<std::size_t, std::size_t>(1, 5)));
    const StepScale epochs(run, StepUnit::Epoch);
    QCOMPARE(epochs.keyOfUpdates(240.0), 1.0);
    QVERIFY(std::abs(epochs.keyOf(3.0) - 199.0 / 240.0) < 1e-12);
    QVERIFY(std::abs(epochs.stepOf(199.0 / 240.0) - 3.0) < 1e-9);
    QCOMPARE(StepScale(run, StepUnit::Seconds).keyOfUpdates(240.0), 2.0);
}

void TestLogRecord::throughAStudy() {
    LoggedRun bare = sparse();
    bare.name = "bare";
    bare.rate.clear();
    const std::vector<RunRecord> logs = {recordOf(sparse(), "a.csv"), recordOf(bare, "a.csv")};
    const auto path = fresh();
    {
        StudyFile file(path, StudyFile::Access::Write);
        for (const RunRecord& log : logs) file.addWhole(log);
        file.settle();
    }
    const std::vector<RunRecord> read = StudyFile(path, StudyFile::Access::Read).readRuns();
    QCOMPARE(read.size(), logs.size());
    for (std::size_t i = 0; i < logs.size(); ++i) {
        QVERIFY(read[i].isLog());
        QVERIFY(read[i].stepNumbers == logs[i].stepNumbers);
        QVERIFY(read[i].losses == logs[i].losses);
        QVERIFY(read[i].rates == logs[i].rates);
        QCOMPARE(read[i].length.stepsPerEpoch, std::uint64_t(240));
        QCOMPARE(read[i].epochs.size(), std::size_t(2));
        QVERIFY(std::isnan(read[i].epochs[0].validation->error));
        QCOMPARE(read[i].epochs[1].validation->error, 0.125);
        QCOMPARE(read[i].epochs[1].seconds, 4.5);
    }
    QCOMPARE(tool(path).integer("SELECT count(*) FROM step WHERE run=2 AND lr IS NULL"), std::int64_t(10));
}

/// What the plots make of it, rates or none.
void TestLogRecord::curves() {
    for (const bool rates : {true, false}) {
        LoggedRun log = sparse();
        if (!rates) log.rate.clear();
        RunCurves curves(std::make_shared<const RunRecord>(recordOf(log, "a.csv")));
        WorkBudget budget;
        QVERIFY(curves.update(0.0, budget));
        QCOMPARE(curves.count(), std::size_t(10));
        QCOMPARE(curves.rates().size(), rates ? std::size_t(10) : std::size_t(0));
        QCOMPARE(curves.rateExtent().empty(), !rates);
        QCOMPARE(curves.smoothedLoss(9), double(0.2F));
    }
}

QTEST_GUILESS_MAIN(TestLogRecord)
#include "tst_log_record.moc"
