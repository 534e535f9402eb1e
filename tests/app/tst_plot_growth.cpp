// SPDX-License-Identifier: GPL-3.0-or-later
// A curve that is drawn while it grows looks as if all of it had been there from the start.
#include "core/data/random.h"
#include "tests/app/plot_page_fixture.h"
#include "tests/app/range_fixture.h"

#include <QTest>

using namespace ratescope;

namespace {

MutableRun wholeRun(RunId id, std::size_t steps, int dash, const std::string& color = "#0072b2") {
    const MutableRun run = finishedRun(id, steps, color);
    run->dash = dash;
    run->config.schedule = {.type = "cosine", .unit = TimeUnit::Step, .values = {}, .batchGrowth = false, .maxBatch = 0};
    run->config.schedule.values.set("lr", 0.1);
    const Schedule schedule = scheduleOf(run->config, run->length);
    RandomStream random(static_cast<std::uint64_t>(id), "noise", 0);
    for (std::size_t i = 0; i < steps; ++i) {
        run->rates[i] = schedule.at(i);
        run->losses[i] += random.uniform(-0.2F, 0.2F);
    }
    const std::uint64_t epoch = run->length.stepsPerEpoch;
    for (std::uint64_t e = 1; e * epoch <= steps; ++e) {
        const double loss = 2.0 / static_cast<double>(e);
        run->epochs.push_back({.epoch = e,
                               .step = e * epoch,
                               .rate = 0.1,
                               .train = {loss, 0.4 / static_cast<double>(e)},
                               .validation = Score{loss + 0.1, 0.5 / static_cast<double>(e)},
                               .seconds = 3.0 * static_cast<double>(e)});
    }
    run->trainSeconds = 0.0;
    return run;
}

/// The first `count` steps of `whole`, in state `state`.
void take(RunRecord& run, const RunRecord& whole, std::size_t count, RunState state) {
    run.losses.assign(whole.losses.begin(), whole.losses.begin() + static_cast<std::ptrdiff_t>(count));
    run.rates.assign(whole.rates.begin(), whole.rates.begin() + static_cast<std::ptrdiff_t>(count));
    run.epochs.clear();
    for (const EpochMetrics& epoch : whole.epochs)
        if (epoch.step <= count) run.epochs.push_back(epoch);
    run.trainSeconds = static_cast<double>(count) / 100.0;
    run.state = state;
}

/// Axes are fixed in the way of a person who has zoomed, so that nothing but what is new is drawn.
PlotView fixedAxes(PlotView view, const RunRecord& run) {
    const bool logarithmic = view.logSteps;
    const auto steps = static_cast<double>(run.length.steps);
    const double end = view.stepUnit == StepUnit::Step      ? steps
                       : view.stepUnit == StepUnit::Epoch   ? 5.0
                       : view.stepUnit == StepUnit::Seconds ? steps / 100.0
                                                            : steps * 64.0;
    view.steps = AxisRange{logarithmic ? end / 3000.0 : 0.0, 1.02 * end};
    view.loss = view.quantity == Quantity::Loss ? AxisRange{0.0, 3.0} : AxisRange{0.0, 100.0};
    view.rate = AxisRange{0.0, 0.12};
    view.testLoss = AxisRange{0.0, 3.0};
    view.testSlope = AxisRange{-2.0, 2.0};
    view.testRate = AxisRange{1e-4, 10.0};
    return view;
}

} // namespace

class TestPlotGrowth : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void likeAtOnce_data() {
        QTest::addColumn<int>("steps");
        QTest::addColumn<int>("dash");
        QTest::addColumn<bool>("fixed");
        QTest::addColumn<double>("smoothing");
        QTest::addColumn<bool>("logSteps");
        QTest::addColumn<StepUnit>("unit");
        QTest::addColumn<Quantity>("quantity");
        const auto row = [](const char* name, int steps, int dash, bool fixed, double smoothing = 0.95,
                            bool logSteps = false, StepUnit unit = StepUnit::Step, Quantity quantity = Quantity::Loss) {
            QTest::newRow(name) << steps << dash << fixed << smoothing << logSteps << unit << quantity;
        };
        row("few steps", 150, 0, true);
        row("fitted axes", 2000, 0, false);
        row("as dense as pixels", 400, 0, true);
        row("a little denser", 480, 0, true);
        row("dense", 5000, 0, true);
        row("very dense", 90'000, 0, true);
        row("dashed", 5000, 1, true);
        row("dotted, few", 150, 2, true);
        row("no smoothing", 2000, 0, true, 0.0);
        row("log steps", 3000, 0, true, 0.95, true);
        row("log steps, very dense", 60'000, 0, true, 0.9, true);
        row("epochs", 3000, 0, true, 0.95, false, StepUnit::Epoch);
        row("log epochs", 3000, 0, false, 0.95, true, StepUnit::Epoch);
        row("samples", 3000, 0, true, 0.95, false, StepUnit::Samples);
        row("seconds", 3000, 0, true, 0.95, false, StepUnit::Seconds);
        row("error", 3000, 0, true, 0.95, false, StepUnit::Step, Quantity::Error);
        row("accuracy", 3000, 0, false, 0.95, false, StepUnit::Step, Quantity::Accuracy);
    }

    /// In 37 portions of all sizes; a run that is over, and one that waits, with its prediction.
    void likeAtOnce() {
        QFETCH(const int, steps);
        QFETCH(const int, dash);
        QFETCH(const bool, fixed);
        PlotView view;
        QFETCH(const double, smoothing);
        QFETCH(const bool, logSteps);
        QFETCH(const StepUnit, unit);
        QFETCH(const Quantity, quantity);
        view.smoothing = smoothing;
        view.logSteps = logSteps;
        view.stepUnit = unit;
        view.quantity = quantity;
        const MutableRun whole = wholeRun(1, static_cast<std::size_t>(steps), dash);
        if (fixed) view = fixedAxes(view, *whole);
        for (const RunState state : {RunState::Finished, RunState::Paused}) {
            const MutableRun run = wholeRun(1, static_cast<std::size_t>(steps), dash);
            take(*run, *whole, 0, state);
            PageFixture grown({run}, view);
            RandomStream random(11, "portions", static_cast<std::uint64_t>(steps));
            std::size_t count = 0;
            for (int portion = 0; portion < 36; ++portion) {
                count = std::min(whole->losses.size(), count + random.below(static_cast<std::uint32_t>(steps / 18)));
                take(*run, *whole, count, state);
                grown.refresh();
                if (portion % 9 != 8) continue;
                PageFixture fresh({run}, view);
                VERIFY_SAME(grown.picture(), fresh.picture());
                VERIFY_SAME(grown.screen(), grown.picture());
            }
            take(*run, *whole, whole->losses.size(), state);
            grown.refresh();
            PageFixture fresh({run}, view);
            VERIFY_SAME(grown.screen(), fresh.screen());
        }
    }

    void aRangeTest_data() {
        QTest::addColumn<bool>("fixed");
        QTest::newRow("fitted") << false;
        QTest::newRow("zoomed") << true;
    }
    void aRangeTest() {
        QFETCH(const bool, fixed);
        const auto whole = finishedRangeTest(1, 700);
        const PlotView view = fixed ? fixedAxes({}, *whole) : PlotView{};
        const auto run = finishedRangeTest(1, 700);
        take(*run, *whole, 0, RunState::Paused);
        PageFixture grown({run}, view);
        for (std::size_t count = 1; count < 700; count += 19) {
            take(*run, *whole, count, RunState::Paused);
            grown.refresh();
        }
        PageFixture half({run}, view);
        VERIFY_SAME(grown.picture(), half.picture());
        VERIFY_SAME(grown.screen(), half.screen());
        take(*run, *whole, 700, RunState::Paused);
        grown.refresh();
        run->state = RunState::Finished; // its suggestions come with no new step
        grown.refresh();
        PageFixture fresh({run}, view);
        VERIFY_SAME(grown.picture(), fresh.picture());
        VERIFY_SAME(grown.screen(), fresh.screen());
    }

    void severalRunsAtTheirOwnPace_data() {
        QTest::addColumn<SeedDrawing>("seeds");
        QTest::newRow("each for itself") << SeedDrawing::Single;
        QTest::newRow("mean") << SeedDrawing::Mean;
        QTest::newRow("median") << SeedDrawing::Median;
    }
    void severalRunsAtTheirOwnPace() {
        QFETCH(const SeedDrawing, seeds);
        std::vector<MutableRun> whole;
        std::vector<RunPointer> runs;
        std::vector<MutableRun> growing;
        for (const RunId id : {1, 2, 3}) {
            whole.push_back(wholeRun(id, 3000, 0, id == 2 ? "#d55e00" : "#0072b2"));
            whole.back()->config.seed = static_cast<std::uint64_t>(id);
            growing.push_back(std::make_shared<RunRecord>(*whole.back()));
            take(*growing.back(), *whole.back(), 0, RunState::Paused);
            runs.push_back(growing.back());
        }
        PlotView view = fixedAxes({}, *whole[0]);
        view.seeds = seeds;
        PageFixture grown(runs, view);
        for (std::size_t round = 1; round <= 20; ++round) {
            for (std::size_t i = 0; i < 3; ++i)
                take(*growing[i], *whole[i], std::min<std::size_t>(3000, round * (100 + 40 * i)), RunState::Paused);
            grown.refresh();
            if (round % 5 != 0) continue;
            PageFixture fresh(runs, view);
            VERIFY_SAME(grown.picture(), fresh.picture());
            VERIFY_SAME(grown.screen(), fresh.screen());
        }
    }

    void testsAtTheirOwnPace_data() {
        QTest::addColumn<SeedDrawing>("seeds");
        QTest::addColumn<TestLower>("lower");
        QTest::newRow("each for itself") << SeedDrawing::Single << TestLower::Slope;
        QTest::newRow("accuracy") << SeedDrawing::Single << TestLower::Accuracy;
        QTest::newRow("median") << SeedDrawing::Median << TestLower::Slope;
        QTest::newRow("mean, accuracy") << SeedDrawing::Mean << TestLower::Accuracy;
    }
    /// Seeds of a test with validation, one of halved rates and a run over their zones: live, and each ends at another time.
    void testsAtTheirOwnPace() {
        QFETCH(const SeedDrawing, seeds);
        QFETCH(const TestLower, lower);
        std::vector<MutableRun> whole{wholeRun(1, 3000, 0), halvingTest(2)};
        for (std::uint64_t seed = 1; seed <= 3; ++seed)
            whole.push_back(validated(testOfSeed(static_cast<RunId>(2 + seed), seed, 38))); // few enough to have dots
        std::vector<MutableRun> growing;
        for (const MutableRun& run : whole) growing.push_back(std::make_shared<RunRecord>(*run));
        const std::vector<RunPointer> runs(growing.begin(), growing.end());
        const auto grow = [&](std::size_t round) {
            for (std::size_t i = 0; i < whole.size(); ++i) {
                const std::size_t all = whole[i]->stepCount();
                const std::size_t count = std::min(all, i == 0 ? 160 * round : i == 1 ? round / 3 : round * (i + 1) / 2);
                take(*growing[i], *whole[i], count, count == all ? RunState::Finished : RunState::Paused);
                if (i > 1) growing[i]->validations.assign(whole[i]->validations.begin(), whole[i]->validations.begin() +
                                                                                             std::ptrdiff_t(count / 2));
            }
        };
        grow(0);
        PlotView view;
        view.seeds = seeds;
        view.testLower = lower;
        PageFixture grown(runs, view);
        for (std::size_t round = 1; round <= 28; ++round) {
            grow(round);
            grown.refresh();
            if (round % 4 != 0) continue;
            PageFixture fresh(runs, view);
            VERIFY_SAME(grown.picture(), fresh.picture());
            VERIFY_SAME(grown.screen(), fresh.screen());
        }
    }

    /// More than one frame takes in: the rest comes with the next ones.
    void aVeryLongRunIsTakenInPieces() {
        const auto run = finishedRun(1, 1'000'000);
        PageFixture page({run});
        for (int i = 0; i < 20; ++i) page.settle();
        PlotView view;
        view.smoothing = 0.99;
        page.page.setView(view);
        for (int i = 0; i < 20; ++i) page.settle();
        PageFixture fresh({run}, view);
        for (int i = 0; i < 20; ++i) fresh.settle();
        VERIFY_SAME(page.picture(), fresh.picture());
    }
};

QTEST_MAIN(TestPlotGrowth)
#include "tst_plot_growth.moc"
