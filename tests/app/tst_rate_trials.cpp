// SPDX-License-Identifier: GPL-3.0-or-later
// What a range test's suggestions are worth: the runs that try them, found again among all runs, and judged.
#include "app/control/rate_advice.h"
#include "app/control/rate_trials.h"
#include "app/study/run_config_json.h"
#include "tests/app/controller_fixture.h"
#include "tests/app/gui_helpers.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace ratescope;

class TestRateTrials : public ControllerFixture {
    Q_OBJECT

private:
    /// A finished test over the tiny data.
    std::shared_ptr<RunRecord> testRun(const std::string& name = "t, range test") const {
        auto run = finishedRangeTest(1);
        const RangeTestSpec spec = *run->config.rangeTest;
        run->config = tinyConfig(m_data, name);
        run->config.rangeTest = spec;
        run->config.seed = 7;
        run->length = {.steps = 100, .stepsPerEpoch = 10};
        return run;
    }
    static std::vector<double> ratesOf(const TrialPlan& plan) {
        std::vector<double> rates;
        for (const RunConfig& run : plan.runs) rates.push_back(run.schedule.values.get("lr", 0));
        return rates;
    }
    /// The plan's runs as they would be after training, with those losses.
    static std::vector<RunPointer> endedWith(const TrialPlan& plan, const std::vector<double>& losses) {
        std::vector<RunPointer> runs;
        for (std::size_t i = 0; i < losses.size(); ++i) {
            auto run = std::make_shared<RunRecord>();
            run->id = static_cast<RunId>(i) + 10;
            run->config = plan.runs[i];
            run->state = std::isfinite(losses[i]) ? RunState::Finished : RunState::Diverged;
            run->epochs = {{1, 10, 0.1, {9.0, 0.5}, Score{losses[i], 0.25}, 0.1}};
            runs.push_back(run);
        }
        return runs;
    }

private Q_SLOTS:
    void aThirdOnceAndThreeTimes() {
        auto test = testRun();
        test->config.earlyStopping.emplace();
        test->config.snapshots = true;
        test->config.startFrom = StartFromSpec{"other", {}, false};
        test->config.color = "#112233";
        const TrialPlan plan = planTrials(*test, {{"steepest", 0.03}, {"valley", 0.2}}, RunDuration{3, {}});
        QCOMPARE(plan.runs.size(), std::size_t(6));
        QCOMPARE(ratesOf(plan), (std::vector<double>{0.03 * (1.0 / 3.0), 0.03, 0.09, 0.2 * (1.0 / 3.0), 0.2, 0.2 * 3.0}));
        QCOMPARE(plan.runs[0].name, std::string("steepest ×⅓ · t"));
        QCOMPARE(plan.runs[4].name, std::string("valley ×1 · t"));
        QCOMPARE(plan.rules[1].runs, (std::array<std::size_t, 3>{3, 4, 5}));
        for (const RunConfig& run : plan.runs) {
            RunConfig expected = test->config; // the test's, but for what makes it one
            expected.rangeTest.reset();
            expected.earlyStopping.reset();
            expected.snapshots = false;
            expected.color.clear();
            expected.name = run.name;
            expected.schedule = run.schedule;
            expected.duration.epochs = 3;
            QVERIFY(run == expected);
            QVERIFY(run.validate().empty());
            QCOMPARE(run.seed, std::uint64_t(7));
        }
    }

    void ratesThatMeetAreTriedOnce_data() {
        QTest::addColumn<double>("second");
        QTest::addColumn<int>("runs");
        QTest::addColumn<int>("shared"); // which of the first rule's runs is the second's plain one
        QTest::newRow("the same") << 0.1 << 3 << 1;
        QTest::newRow("as good as the same") << 0.1 * (1.0 + 5e-10) << 3 << 1;
        QTest::newRow("another") << 0.1 * (1.0 + 2e-9) << 6 << -1;
        QTest::newRow("three times") << 0.3 << 4 << 2;
        QTest::newRow("a third") << 0.1 / 3.0 << 4 << 0;
        QTest::newRow("nine times") << 0.9 << 5 << -1; // whose third is three times the first
    }
    void ratesThatMeetAreTriedOnce() {
        QFETCH(const double, second);
        QFETCH(const int, runs);
        QFETCH(const int, shared);
        const TrialPlan plan = planTrials(*testRun(), {{"a", 0.1}, {"b", second}}, {});
        QCOMPARE(plan.runs.size(), static_cast<std::size_t>(runs));
        if (shared >= 0) QCOMPARE(plan.rules[1].runs[plainTrial], static_cast<std::size_t>(shared));
        if (runs == 5) QCOMPARE(plan.rules[1].runs[0], std::size_t(2));
    }

    void aForkTrainsTheBudgetFromItsStepOn() {
        auto test = testRun();
        test->config.fork = ForkSpec{"parent", 25};
        QCOMPARE(planTrials(*test, {{"a", 0.1}}, RunDuration{2, {}}).runs[0].duration.steps,
                 std::optional<std::uint64_t>(45));
        QCOMPARE(planTrials(*test, {{"a", 0.1}}, RunDuration{1, 8}).runs[0].duration.steps,
                 std::optional<std::uint64_t>(33));
        QCOMPARE(planTrials(*test, {{"a", 0.1}}, RunDuration{1, 8}).runs[0].fork->step, std::uint64_t(25));
    }

    void longNamesMakeRoom() {
        const TrialPlan plan = planTrials(*testRun(std::string(200, 'x')), {{"steepest", 0.03}}, {});
        for (const RunConfig& run : plan.runs) {
            QVERIFY(run.validate().empty());
            QVERIFY(run.name.size() == maximumNameBytes);
        }
        QVERIFY(plan.runs[2].name.starts_with("steepest ×3 · "));
    }

    void trialsAreFoundByWhatTheyAre() {
        const TrialPlan plan = planTrials(*testRun(), {{"steepest", 0.03}, {"valley", 0.2}}, RunDuration{1, {}});
        std::vector<RunPointer> runs = endedWith(plan, {1, 1, 1, 1, 1, 1});
        std::ranges::reverse(runs);
        QCOMPARE(findTrials(plan, runs)[0], runs[5]);
        QCOMPARE(findTrials(plan, runs)[4], runs[1]);
        // Another name, another colour, a study that was saved and opened.
        auto renamed = std::make_shared<RunRecord>(*runs[5]);
        renamed->config = runConfigFromJson(toJson(renamed->config).dump(), "study");
        renamed->config.name = "mine";
        renamed->config.color = "#445566";
        QCOMPARE(findTrials(plan, {renamed})[0], RunPointer(renamed));
        QCOMPARE(findTrials(plan, {renamed})[1], RunPointer());
    }

    void othersAreNoTrials_data() {
        QTest::addColumn<int>("what");
        QTest::newRow("another seed") << 0;
        QTest::newRow("longer") << 1;
        QTest::newRow("another network") << 2;
        QTest::newRow("stopped by hand") << 3;
        QTest::newRow("failed") << 4;
        QTest::newRow("steered by hand") << 5;
        QTest::newRow("another rate") << 6;
        QTest::newRow("a range test") << 7;
        QTest::newRow("early stopping") << 8;
    }
    void othersAreNoTrials() {
        QFETCH(const int, what);
        const TrialPlan plan = planTrials(*testRun(), {{"a", 0.1}}, RunDuration{1, {}});
        const RunPointer good = endedWith(plan, {1, 1, 1})[1];
        QCOMPARE(findTrials(plan, {good})[1], good);
        auto run = std::make_shared<RunRecord>(*good);
        if (what == 0) run->config.seed = 8;
        if (what == 1) run->config.duration.epochs = 2;
        if (what == 2) run->config.network = parseLayerList("dense 8, relu, dense 10");
        if (what == 3) run->state = RunState::Cancelled;
        if (what == 4) run->state = RunState::Failed;
        if (what == 5) run->changes.push_back({.cause = RateCause::Hand});
        if (what == 6) run->config.schedule.values.set("lr", 0.1001);
        if (what == 7) run->config.rangeTest.emplace();
        if (what == 8) run->config.earlyStopping.emplace();
        for (const RunPointer& found : findTrials(plan, {run})) QCOMPARE(found, RunPointer());
        QCOMPARE(findTrials(plan, {good, run})[1], good);
    }

    void theLossDecides_data() {
        QTest::addColumn<std::vector<double>>("losses"); // ⅓, 1, 3 of a, then of b
        QTest::addColumn<std::vector<std::size_t>>("winners");
        QTest::addColumn<std::vector<std::size_t>>("factors");
        constexpr double diverged = std::numeric_limits<double>::infinity();
        using Losses = std::vector<double>;
        using Indices = std::vector<std::size_t>;
        QTest::newRow("a") << Losses{2, 1, 3, 2, 1.5, 3} << Indices{0} << Indices{1, 1};
        QTest::newRow("b, though a third of a is better") << Losses{0.5, 2, 3, 4, 1.5, 3} << Indices{1} << Indices{0, 1};
        QTest::newRow("both") << Losses{2, 1, 0.9, 2, 1 + 5e-13, 3} << Indices{0, 1} << Indices{2, 1};
        QTest::newRow("not quite both") << Losses{2, 1, 3, 2, 1 + 2e-12, 3} << Indices{0} << Indices{1, 1};
        QTest::newRow("b, as a diverges") << Losses{2, diverged, diverged, 2, 9, diverged} << Indices{1} << Indices{0, 0};
        QTest::newRow("equals stay with the rule's own") << Losses{1, 1, 1, 3, 2, 2} << Indices{0} << Indices{1, 1};
    }
    void theLossDecides() {
        QFETCH(const std::vector<double>, losses);
        QFETCH(const std::vector<std::size_t>, winners);
        QFETCH(const std::vector<std::size_t>, factors);
        const TrialPlan plan = planTrials(*testRun(), {{"a", 0.01}, {"b", 0.2}}, RunDuration{1, {}});
        const auto verdict = judgeTrials(plan, endedWith(plan, losses));
        QVERIFY(verdict.has_value());
        QCOMPARE(verdict->winners, winners);
        QCOMPARE(verdict->factors, factors);
        QCOMPARE(verdict->best.measure, TrialMeasure::Validation);
        QVERIFY(std::abs(verdict->best.loss - losses[3 * winners[0] + 1]) <= 1e-12);
        QCOMPARE(verdict->best.accuracy, std::optional(0.75));
    }

    void nothingIsJudgedTooEarly() {
        const TrialPlan plan = planTrials(*testRun(), {{"a", 0.01}}, RunDuration{1, {}});
        std::vector<RunPointer> runs = endedWith(plan, {3, 2, 1});
        QVERIFY(judgeTrials(plan, runs));
        for (const RunState state : {RunState::Ready, RunState::Waiting, RunState::Running, RunState::Paused}) {
            auto active = std::make_shared<RunRecord>(*runs[2]);
            active->state = state;
            QVERIFY(!judgeTrials(plan, {runs[0], runs[1], active}));
        }
        QVERIFY(!judgeTrials(plan, {runs[0], runs[1], nullptr}));
        QVERIFY(!judgeTrials(planTrials(*testRun(), {}, {}), {}));
        constexpr double diverged = std::numeric_limits<double>::infinity();
        QVERIFY(!judgeTrials(plan, endedWith(plan, {1, diverged, diverged})));
    }

    void withoutValidationTheTestSetIsAskedThenTheTraining() {
        auto run = finishedRun(1, 100);
        QCOMPARE(scoreOf(*run)->measure, TrialMeasure::Training);
        QVERIFY(!scoreOf(*run)->accuracy);
        double mean = 0.0;
        for (std::size_t i = 50; i < 100; ++i) mean += run->losses[i] / 50.0;
        QVERIFY(std::abs(scoreOf(*run)->loss - mean) < 1e-6);
        run->result.test = Score{0.4, 0.1};
        run->epochs = {{1, 20, 0.1, {9.0, 0.5}, std::nullopt, 0.1}};
        QCOMPARE(scoreOf(*run)->measure, TrialMeasure::Test);
        QCOMPARE(scoreOf(*run)->loss, 0.4);
        QCOMPARE(scoreOf(*run)->accuracy, std::optional(0.9));
    }

    void whatWasTrainedIsReused() {
        restart(4);
        const auto test = testRun();
        const TrialPlan plan = planTrials(*test, {{"a", 0.03}}, RunDuration{2, {}});
        add("t", 0.5);
        for (const RunConfig& config : plan.runs) m_controller->start(m_controller->add(config));
        QVERIFY(waitIdle());
        const std::vector<RunPointer> trials = findTrials(plan, m_controller->runs());
        const auto verdict = judgeTrials(plan, trials);
        QVERIFY(verdict.has_value());
        QCOMPARE(trials[2]->config.schedule.values.get("lr", 0), 0.09);
        QCOMPARE(verdict->best.loss, trials[1]->epochs.back().validation->loss);
        // Of another rule a third of whose rate this one's is, one run alone is missing.
        const TrialPlan other = planTrials(*test, {{"a", 0.03}, {"b", 0.09}}, RunDuration{2, {}});
        const std::vector<RunPointer> found = findTrials(other, m_controller->runs());
        QCOMPARE(std::ranges::count(found, nullptr), 1);
        QVERIFY(!judgeTrials(other, found));
        // With another budget all are.
        QCOMPARE(std::ranges::count(
                     findTrials(planTrials(*test, {{"a", 0.03}}, RunDuration{1, {}}), m_controller->runs()), nullptr),
                 3);
    }

    void seedsOfOneTestAreOne() {
        std::vector<RunPointer> runs;
        const auto add = [&](std::uint64_t seed, auto change) {
            auto run = testRun("t " + std::to_string(runs.size()));
            run->id = static_cast<RunId>(runs.size()) + 1;
            run->config.seed = seed;
            change(*run);
            runs.push_back(run);
        };
        const auto nothing = [](RunRecord&) {};
        add(3, nothing);
        add(1, nothing);
        add(2, [](RunRecord& run) { run.state = RunState::Diverged; });
        add(1, nothing);                                                      // of one seed the last
        add(4, [](RunRecord& run) { run.state = RunState::Cancelled; });
        add(5, [](RunRecord& run) { run.visible = false; });
        add(6, [](RunRecord& run) { run.config.rangeTest->to = 1.0; });
        add(7, [](RunRecord& run) { run.config.batchSize = 8; });
        add(8, [](RunRecord& run) { run.config.rangeTest.reset(); });
        add(9, [](RunRecord& run) { run.state = RunState::Running; });
        QCOMPARE(seedGroupOf(runs[0], runs), (std::vector<RunPointer>{runs[3], runs[2], runs[0]}));
        // Itself in any case: while it goes on, too.
        QCOMPARE(seedGroupOf(runs[9], runs), (std::vector<RunPointer>{runs[3], runs[2], runs[0], runs[9]}));
        QCOMPARE(seedGroupOf(runs[1], runs), (std::vector<RunPointer>{runs[1], runs[2], runs[0]}));
        QCOMPARE(seedGroupOf(runs[6], runs), (std::vector<RunPointer>{runs[6]}));
    }

    void adviceHasTheDigitsThatAreShown() {
        RangeAnswers answers;
        answers.rules = {{"a", 0.123456, "So."}, {"b", std::nullopt, "Not so."}};
        answers.bounds = {std::pair(0.0123456, 0.76543), "Between."};
        const RateAdvice advice = adviceOf({answers});
        QCOMPARE(advice.rules.size(), std::size_t(2));
        QCOMPARE(advice.rules[0].rate, std::optional(0.1235));
        QCOMPARE(advice.rules[0].reason, std::string("So."));
        QVERIFY(!advice.rules[1].rate);
        QCOMPARE(advice.rules[1].reason, std::string("Not so."));
        QCOMPARE(advice.bounds, std::optional(std::pair(0.01235, 0.7654)));
        QCOMPARE(advice.low.reason, std::string("Between."));
        answers.bounds = {std::nullopt, "No."};
        QVERIFY(!adviceOf({answers}).bounds);
        QCOMPARE(adviceOf({answers}).low.reason, std::string("No."));
    }

    void overSeedsItIsTheMedian() {
        const auto answered = [](std::optional<double> a, const char* why, std::optional<std::pair<double, double>> bounds) {
            RangeAnswers answers;
            answers.rules = {{"a", a, why}, {"b", std::nullopt, "Never."}};
            answers.bounds = {bounds, bounds ? "Between." : "No."};
            return answers;
        };
        const RateAdvice advice =
            adviceOf({answered(std::nullopt, "Too few.", std::nullopt), answered(0.4, "Here.", std::pair(0.02, 0.5)),
                      answered(0.1, "Here.", std::pair(0.01, 0.7)), answered(0.2, "Here.", std::pair(0.03, 0.9))});
        QCOMPARE(advice.rules[0].rate, std::optional(0.2));
        QCOMPARE(advice.rules[0].low, 0.1);
        QCOMPARE(advice.rules[0].high, 0.4);
        QCOMPARE(advice.rules[0].found, std::size_t(3));
        QCOMPARE(advice.rules[0].seeds, std::size_t(4));
        QCOMPARE(advice.rules[0].reason, std::string("Here."));
        QVERIFY(!advice.rules[1].rate);
        QCOMPARE(advice.rules[1].reason, std::string("Never."));
        QCOMPARE(advice.bounds, std::optional(std::pair(0.02, 0.7)));
        QCOMPARE(advice.low.low, 0.01);
        QCOMPARE(advice.high.high, 0.9);
        QCOMPARE(advice.low.reason, std::string("Between."));
    }
};

QTEST_MAIN(TestRateTrials)
#include "tst_rate_trials.moc"
