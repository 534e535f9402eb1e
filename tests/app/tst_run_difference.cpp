// SPDX-License-Identifier: GPL-3.0-or-later
// One run's loss less another's, as numbers.
#include "app/plots/run_difference.h"
#include "core/analysis/smoothing.h"
#include "core/data/random.h"
#include "tests/app/gui_helpers.h"

#include <QTest>

using namespace ratescope;

namespace {

using MutableRun = std::shared_ptr<RunRecord>;

MutableRun noisyRun(RunId id, std::size_t steps) {
    MutableRun run = finishedRun(id, steps);
    RandomStream random(static_cast<std::uint64_t>(id), "noise", 0);
    for (float& loss : run->losses) loss += random.uniform(-0.4F, 0.4F);
    return run;
}

std::vector<double> smoothedLosses(const RunRecord& run, double beta) {
    return smoothed(std::vector<double>(run.losses.begin(), run.losses.end()), beta);
}

MutableRun beginningOf(const RunRecord& whole, std::size_t steps) {
    auto run = std::make_shared<RunRecord>(whole);
    run->losses.resize(steps);
    run->rates.resize(steps);
    return run;
}

/// Until nothing is left; returns how many calls that took.
int takeAll(RunDifference& difference, double smoothing, std::size_t budget) {
    for (int calls = 1;; ++calls) {
        WorkBudget one(budget);
        if (difference.update(smoothing, one) || calls > 100'000) return calls;
    }
}

void compareWhole(const RunDifference& found, const RunRecord& run, const RunRecord& reference, double smoothing) {
    RunDifference whole(beginningOf(run, run.losses.size()), beginningOf(reference, reference.losses.size()));
    takeAll(whole, smoothing, std::numeric_limits<std::size_t>::max());
    QCOMPARE(found.count(), whole.count());
    QVERIFY(found.values() == whole.values());
    for (std::size_t step = 0; step < whole.count(); ++step) QCOMPARE(found.smoothed(step), whole.smoothed(step));
    QCOMPARE(found.extent().low(), whole.extent().low());
    QCOMPARE(found.extent().high(), whole.extent().high());
}

} // namespace

class TestRunDifference : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isThatOfTheSmoothedLosses_data() {
        QTest::addColumn<double>("smoothing");
        QTest::addColumn<int>("steps");
        QTest::addColumn<int>("referenceSteps");
        for (const double smoothing : {0.0, 0.5, 0.95, 0.999}) {
            QTest::addRow("%g", smoothing) << smoothing << 3000 << 3000;
            QTest::addRow("%g, a shorter run", smoothing) << smoothing << 700 << 3000;
            QTest::addRow("%g, a shorter reference", smoothing) << smoothing << 3000 << 701;
        }
        QTest::newRow("one step") << 0.9 << 1 << 5;
        QTest::newRow("no step") << 0.9 << 0 << 5;
    }
    void isThatOfTheSmoothedLosses() {
        QFETCH(const double, smoothing);
        QFETCH(const int, steps);
        QFETCH(const int, referenceSteps);
        const MutableRun run = noisyRun(2, static_cast<std::size_t>(steps));
        const MutableRun reference = noisyRun(1, static_cast<std::size_t>(referenceSteps));
        RunDifference difference(run, reference);
        QCOMPARE(takeAll(difference, smoothing, std::numeric_limits<std::size_t>::max()), 1);
        QCOMPARE(difference.count(), static_cast<std::size_t>(std::min(steps, referenceSteps)));
        const auto one = smoothedLosses(*run, smoothing);
        const auto two = smoothedLosses(*reference, smoothing);
        for (std::size_t step = 0; step < difference.count(); ++step) {
            QCOMPARE(difference.values()[step],
                     static_cast<float>(double(run->losses[step]) - double(reference->losses[step])));
            QVERIFY(std::abs(difference.smoothed(step) - (one[step] - two[step])) < 1e-6);
        }
    }

    void growsAsIfItHadBeenThere_data() {
        QTest::addColumn<double>("smoothing");
        QTest::newRow("raw") << 0.0;
        QTest::newRow("smoothed") << 0.97;
    }
    /// Each run at its own pace.
    void growsAsIfItHadBeenThere() {
        QFETCH(const double, smoothing);
        const MutableRun whole = noisyRun(2, 2000);
        const MutableRun wholeReference = noisyRun(1, 2000);
        const MutableRun run = beginningOf(*whole, 0);
        const MutableRun reference = beginningOf(*wholeReference, 0);
        RunDifference difference(run, reference);
        RandomStream random(3, "portions", 0);
        const auto grow = [&](RunRecord& one, const RunRecord& all, std::size_t to) {
            for (std::size_t i = one.losses.size(); i < std::min(to, all.losses.size()); ++i)
                one.losses.push_back(all.losses[i]);
        };
        for (int portion = 0; portion < 30; ++portion) {
            grow(*run, *whole, run->losses.size() + random.below(100));
            grow(*reference, *wholeReference, reference->losses.size() + random.below(100));
            takeAll(difference, smoothing, 1000);
            if (portion % 7 == 0) compareWhole(difference, *run, *reference, smoothing);
        }
        for (std::size_t step = run->losses.size(); step < 2000; ++step) { // one by one
            grow(*run, *whole, step + 1);
            grow(*reference, *wholeReference, step + 1);
            takeAll(difference, smoothing, 1000);
        }
        compareWhole(difference, *whole, *wholeReference, smoothing);
    }

    void keepsToTheBudget() {
        const MutableRun run = noisyRun(2, 1000);
        const MutableRun reference = noisyRun(1, 1000);
        RunDifference difference(run, reference);
        WorkBudget budget(300);
        QVERIFY(!difference.update(0.9, budget));
        QVERIFY(difference.count() <= 300);
        QVERIFY(difference.values().size() <= 300);
        QVERIFY(budget.isSpent());
        QVERIFY(!difference.update(0.9, budget)); // nothing is left of it
        QVERIFY(difference.values().size() <= 300);
        QVERIFY(takeAll(difference, 0.9, 300) <= 4);
        compareWhole(difference, *run, *reference, 0.9);
    }

    /// The old curve stays until the new one is complete.
    void takesAnotherSmoothing() {
        const MutableRun run = noisyRun(2, 1000);
        const MutableRun reference = noisyRun(1, 1000);
        RunDifference difference(run, reference);
        takeAll(difference, 0.9, 5000);
        const auto generation = difference.series().generation();
        const double before = difference.smoothed(700);
        WorkBudget budget(400);
        QVERIFY(!difference.update(0.99, budget));
        QCOMPARE(difference.smoothed(700), before);
        QCOMPARE(difference.series().generation(), generation);
        takeAll(difference, 0.99, 400);
        QVERIFY(difference.series().generation() > generation);
        compareWhole(difference, *run, *reference, 0.99);
    }

    void validationsAreComparedAtEqualSteps() {
        const MutableRun run = noisyRun(2, 300);
        const MutableRun reference = noisyRun(1, 300);
        const auto end = [](RunRecord& one, std::uint64_t step, std::optional<double> loss) {
            EpochMetrics epoch;
            epoch.epoch = one.epochs.size() + 1;
            epoch.step = step;
            if (loss) epoch.validation = Score{*loss, 0.1};
            one.epochs.push_back(epoch);
        };
        for (const std::uint64_t step : {100, 200, 250, 300}) end(*run, step, 1.0 + static_cast<double>(step));
        end(*reference, 100, 0.5);
        end(*reference, 200, std::nullopt);
        end(*reference, 300, 0.25);
        const RunDifference difference(run, reference);
        const std::vector<std::optional<double>> expected = {100.5, std::nullopt, std::nullopt, 300.75};
        for (std::size_t i = 0; i < expected.size(); ++i) QCOMPARE(difference.validation(run->epochs[i]), expected[i]);
        QCOMPARE(difference.extent().high(), 300.75);
    }

    void theReferenceIsTheChosenOneOrTheFirst() {
        const MutableRun other = finishedRun(1, 10);
        other->config.seed = 9;
        const MutableRun test = finishedRangeTest(2, 10);
        const MutableRun hidden = finishedRun(3, 10);
        hidden->visible = false;
        const MutableRun first = finishedRun(4, 10);
        const MutableRun second = finishedRun(5, 10);
        const std::vector<RunPointer> runs = {other, test, hidden, first, second};
        PlotView view;
        QVERIFY(!referenceOf(runs, view)); // of losses there is none
        view.quantity = Quantity::Difference;
        QCOMPARE(referenceOf(runs, view), RunPointer(first));
        for (const RunPointer& run : {RunPointer(hidden), RunPointer(second), RunPointer(other)}) {
            view.reference = run->id;
            QCOMPARE(referenceOf(runs, view), run);
        }
        view.reference = 77; // is gone
        QCOMPARE(referenceOf(runs, view), RunPointer(first));
        second->visible = false;
        QVERIFY(!referenceOf(runs, view));
        QVERIFY(!referenceOf({}, view));
    }
};

QTEST_APPLESS_MAIN(TestRunDifference)
#include "tst_run_difference.moc"
