// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "small_runs.h"

#include "core/training/stop_condition.h"

#include <QTest>

#include <cmath>

using namespace ratescope;

namespace {

/// The stop rule as schedules.md puts it: the index of the step that ends the test, or the number of losses.
std::size_t stopByHand(const std::vector<double>& losses, double beta, double factor) {
    double best = std::numeric_limits<double>::infinity();
    double average = 0.0;
    for (std::size_t i = 0; i < losses.size(); ++i) {
        average = beta * average + (1.0 - beta) * losses[i];
        const double out = average / (1.0 - std::pow(beta, double(i + 1)));
        if (i >= 10 && out > factor * best) return i;
        best = std::min(best, out);
    }
    return losses.size();
}

std::size_t stopOf(const std::vector<double>& losses, double beta, double factor) {
    RangeTestStop stop(beta, factor);
    for (std::size_t i = 0; i < losses.size(); ++i)
        if (stop.reached(losses[i])) return i;
    return losses.size();
}

RunConfig testConfig(double from, double to, std::uint64_t steps) {
    RunConfig config = smallConfig("dense 12, relu, dense 10", 0.1);
    config.rangeTest = RangeTestSpec{.from = from, .to = to, .steps = steps};
    return config;
}

} // namespace

class TestRangeTest : public QObject {
    Q_OBJECT

private slots:
    void rule_data() {
        QTest::addColumn<double>("beta");
        QTest::addColumn<double>("factor");
        QTest::addColumn<double>("growth");
        for (const double beta : {0.0, 0.5, 0.98})
            for (const double factor : {1.01, 2.0, 4.0})
                for (const double growth : {0.99, 1.03, 1.3, 3.0})
                    QTest::addRow("beta %g, factor %g, growth %g", beta, factor, growth) << beta << factor << growth;
    }
    void rule() {
        QFETCH(double, beta);
        QFETCH(double, factor);
        QFETCH(double, growth);
        RandomStream random(1, "losses");
        for (int round = 0; round < 20; ++round) {
            std::vector<double> losses;
            for (int i = 0; i < 120; ++i)
                losses.push_back(0.5 + std::pow(growth, i - 40) * (0.8 + 0.4 * double(random.uniform())) +
                                 std::exp(-0.1 * i));
            QCOMPARE(stopOf(losses, beta, factor), stopByHand(losses, beta, factor));
        }
    }

    void neverWithinTheFirstTenSteps() {
        std::vector<double> losses(30, 1000.0);
        losses[0] = 1.0;
        QCOMPARE(stopOf(losses, 0.0, 4.0), std::size_t(10)); // the eleventh
        losses.assign(30, 1.0);
        for (std::size_t i = 1; i < 10; ++i) losses[i] = 1000.0;
        QCOMPARE(stopOf(losses, 0.0, 4.0), std::size_t(30)); // a bump that is over by then
    }

    // The best is the best of all, those of the first ten steps among them; exactly `factor` times it is not more.
    void comparesWithTheBest() {
        std::vector<double> losses(20, 2.0);
        losses[3] = 0.5;
        QCOMPARE(stopOf(losses, 0.0, 4.0), std::size_t(20));
        losses[12] = std::nextafter(2.0, 3.0);
        QCOMPARE(stopOf(losses, 0.0, 4.0), std::size_t(12));
    }

    void sweepsItsRates_data() {
        QTest::addColumn<bool>("exponential");
        QTest::newRow("exponential") << true;
        QTest::newRow("linear") << false;
    }
    void sweepsItsRates() {
        QFETCH(bool, exponential);
        RunConfig config = testConfig(1e-5, 1e-3, 41);
        config.rangeTest->exponential = exponential;
        config.validation = 0.2;
        const RunRecord run = runToEnd(config, makeDataset(70, 10));
        QVERIFY(run.result.outcome == RunOutcome::Finished);
        QCOMPARE(run.steps.size(), std::size_t(41));
        for (std::size_t i = 0; i < 41; ++i) {
            const double share = double(i) / 40.0;
            VERIFY_NEAR(run.steps[i].rate, exponential ? 1e-5 * std::pow(100.0, share) : 1e-5 + (1e-3 - 1e-5) * share,
                        1e-12);
        }
        // No figures but the curve's: neither epochs nor a test score.
        QVERIFY(run.epochs.empty());
        QVERIFY(!run.result.test);
        QCOMPARE(run.result.epochs, 41.0 / 4.0);
    }

    void sweptRatesAreUsed() {
        const auto data = makeDataset(70, 10);
        // Its losses are those of a schedule that goes the same way.
        RunConfig test = testConfig(0.1, 0.3, 9);
        test.rangeTest->exponential = false;
        RunConfig plain = test;
        plain.rangeTest.reset();
        plain.duration.steps = 9;
        plain.schedule = scheduleSpec("linear", {{"lr", 0.1}, {"end", 0.3}, {"length", 8}});
        const RunRecord tested = runToEnd(test, data);
        const RunRecord trained = runToEnd(plain, data);
        QCOMPARE(tested.steps.size(), trained.steps.size());
        for (std::size_t i = 0; i < tested.steps.size(); ++i) {
            VERIFY_NEAR(tested.steps[i].rate, trained.steps[i].rate, 1e-15);
            VERIFY_NEAR(tested.steps[i].loss, trained.steps[i].loss, 1e-6);
        }
    }

    void endsWhereTheRuleSays_data() {
        QTest::addColumn<double>("smoothing");
        QTest::addColumn<double>("factor");
        QTest::newRow("default") << 0.98 << 4.0;
        QTest::newRow("raw") << 0.0 << 1.5;
        QTest::newRow("some") << 0.7 << 2.0;
    }
    void endsWhereTheRuleSays() {
        QFETCH(double, smoothing);
        QFETCH(double, factor);
        RunConfig config = testConfig(1e-3, 1e3, 200);
        config.rangeTest->smoothing = smoothing;
        config.rangeTest->stopFactor = factor;
        const RunRecord run = runToEnd(config, makeDataset(70, 10));
        QVERIFY(run.result.outcome == RunOutcome::Finished);
        QVERIFY(run.steps.size() < 200);
        QCOMPARE(run.result.steps, std::uint64_t(run.steps.size()));
        std::vector<double> losses;
        for (const StepMetrics& step : run.steps) losses.push_back(step.loss);
        // The step that is too much is the last one, and is on the curve.
        QCOMPARE(stopByHand(losses, smoothing, factor), losses.size() - 1);
        QVERIFY(!run.result.test);
    }

    void aLossThatIsNotFiniteEndsIt() {
        RunConfig config = testConfig(1e5, 1e6, 100);
        config.optimizer.values.set("weight_decay", 10.0); // each update multiplies the weights by about −1e6
        const RunRecord run = runToEnd(config, makeDataset(70, 10));
        QVERIFY(run.result.outcome == RunOutcome::Diverged);
        QCOMPARE(*run.result.divergedAt, std::uint64_t(run.steps.size()));
        QVERIFY(run.steps.size() < 11);
        for (const StepMetrics& step : run.steps) QVERIFY(std::isfinite(step.loss));
    }
};

QTEST_APPLESS_MAIN(TestRangeTest)
#include "tst_range_test.moc"
