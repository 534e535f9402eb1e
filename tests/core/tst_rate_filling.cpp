// SPDX-License-Identifier: GPL-3.0-or-later
// A rate, or two bounds, put into a schedule; and its steps counted beyond a border.
#include "core/schedule/handles.h"
#include "core/schedule/rate_counter.h"
#include "core/schedule/rate_filling.h"
#include "tests/core/small_runs.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace ratescope;

class TestRateFilling : public QObject {
    Q_OBJECT

private:
    using Values = std::vector<std::pair<const char*, double>>;
    static constexpr std::uint64_t perEpoch = 50;

    static RunLength lengthOf(std::uint64_t steps) { return {.steps = steps, .stepsPerEpoch = perEpoch}; }

private Q_SLOTS:
    void aRateReplacesTheMainOne_data() {
        QTest::addColumn<ScheduleSpec>("before");
        QTest::addColumn<ScheduleSpec>("after");
        const auto row = [](const char* type, const Values& before, const Values& after) {
            QTest::newRow(type) << scheduleSpec(type, before) << scheduleSpec(type, after);
        };
        row("constant", {{"lr", 0.1}}, {{"lr", 0.03}});
        row("cosine", {{"lr", 0.1}, {"end", 0.001}, {"length", 300}}, {{"lr", 0.03}, {"end", 0.0003}, {"length", 300}});
        row("linear", {{"lr", 0.1}, {"end", 0.0}}, {{"lr", 0.03}, {"end", 0.0}});
        row("step", {{"lr", 0.1}, {"factor", 0.5}, {"period", 10}}, {{"lr", 0.03}, {"factor", 0.5}, {"period", 10}});
        row("warm_restarts", {{"lr", 0.2}, {"end", 0.02}, {"period", 9}}, {{"lr", 0.03}, {"end", 0.003}, {"period", 9}});
        row("cyclical", {{"lr", 0.01}, {"max_lr", 0.1}, {"half_period", 5}, {"mode", 1}},
            {{"lr", 0.003}, {"max_lr", 0.03}, {"half_period", 5}, {"mode", 1}});
        row("one_cycle", {{"max_lr", 0.5}, {"start_div", 25}}, {{"max_lr", 0.03}, {"start_div", 25}});
        row("inverse_sqrt", {{"lr", 0.1}, {"warmup", 7}}, {{"lr", 0.03}, {"warmup", 7}});
        row("warmup_stable_decay", {{"lr", 0.1}, {"warmup", 7}, {"decay", 9}, {"end", 0.05}},
            {{"lr", 0.03}, {"warmup", 7}, {"decay", 9}, {"end", 0.015}});
        row("plateau", {{"lr", 0.1}, {"min_lr", 1e-5}}, {{"lr", 0.03}, {"min_lr", 3e-6}});
        row("halving", {{"lr", 5}}, {{"lr", 0.03}});
        ScheduleSpec drawn = scheduleSpec("piecewise", {{"interpolation", 1}}, TimeUnit::Epoch);
        drawn.points = {{0, 0.1}, {2, 0.4}, {5, 0.0}};
        ScheduleSpec lower = drawn;
        lower.points = {{0, 0.0075}, {2, 0.03}, {5, 0.0}};
        QTest::newRow("piecewise") << drawn << lower;
        ScheduleSpec formula = scheduleSpec("formula", {{"lr", 0.1}});
        formula.expression = "lr / (t + 1)";
        ScheduleSpec filled = formula;
        filled.values.set("lr", 0.03);
        QTest::newRow("formula") << formula << filled;
        const auto chain = [](double rate) {
            ScheduleSpec sequence = scheduleSpec("sequence", {});
            sequence.parts = {{scheduleSpec("linear", {{"lr", rate / 10}, {"end", rate}}), 10.0},
                              {scheduleSpec("cosine", {{"lr", rate}}), std::nullopt}};
            return sequence;
        };
        QTest::newRow("sequence") << chain(0.3) << chain(0.03);
    }
    void aRateReplacesTheMainOne() {
        QFETCH(const ScheduleSpec, before);
        QFETCH(const ScheduleSpec, after);
        QVERIFY(validateSchedule(before).empty());
        const auto filled = withRate(before, 0.03);
        QVERIFY(filled.has_value());
        QVERIFY(*filled == after);
        QVERIFY(validateSchedule(*filled).empty());
        QCOMPARE(typicalRate(*filled), 0.03);
        QVERIFY(*withRate(*filled, 0.03) == after); // once is enough
    }

    void everyFamilyTakesARate_data() {
        QTest::addColumn<QString>("type");
        for (const ScheduleFamily& family : scheduleTable())
            QTest::newRow(family.type.c_str()) << QString::fromStdString(family.type);
    }
    void everyFamilyTakesARate() {
        QFETCH(const QString, type);
        for (const double rate : {1e-7, 0.04, 9.0}) {
            const ScheduleSpec before = suggestedSchedule(type.toStdString(), 0.1, 500, TimeUnit::Step);
            const auto after = withRate(before, rate);
            QVERIFY(after.has_value());
            QVERIFY(validateSchedule(*after).empty());
            QCOMPARE(typicalRate(*after), rate);
            // What it does is the same on another scale.
            const Schedule one(before, lengthOf(500));
            const Schedule other(*after, lengthOf(500));
            for (std::uint64_t step = 0; step < 500; step += 7)
                QVERIFY(std::abs(other.at(step) - one.at(step) * rate / 0.1) <= 1e-9 * rate);
        }
    }

    void otherRatesStayWithinTheirRanges() {
        const auto filled = withRate(scheduleSpec("linear", {{"lr", 0.001}, {"end", 900.0}}), 10.0);
        QVERIFY(filled.has_value());
        QCOMPARE(filled->values.get("end", 0), 1e6);
    }

    void aFormulaWithoutARateTakesNone() {
        ScheduleSpec formula = scheduleSpec("formula", {});
        formula.expression = "0.1 / (t + 1)";
        QVERIFY(!withRate(formula, 0.03));
        ScheduleSpec sequence = scheduleSpec("sequence", {});
        sequence.parts = {{scheduleSpec("constant", {{"lr", 0.1}}), 10.0}, {formula, std::nullopt}};
        QVERIFY(!withRate(sequence, 0.03));
    }

    void boundsBecomeASchedule_data() {
        QTest::addColumn<ScheduleSpec>("before");
        QTest::addColumn<int>("steps");
        QTest::addColumn<ScheduleSpec>("after");
        const auto triangles = [](double half, TimeUnit unit) {
            return scheduleSpec("cyclical", {{"lr", 0.01}, {"max_lr", 0.4}, {"half_period", half}, {"mode", 0}}, unit);
        };
        const Values cycles = {{"lr", 1e-3}, {"max_lr", 1}, {"half_period", 7}, {"mode", 2}, {"gamma", 0.99}};
        const Values cyclesAfter = {{"lr", 0.01}, {"max_lr", 0.4}, {"half_period", 7}, {"mode", 2}, {"gamma", 0.99}};
        QTest::newRow("cyclical keeps its own") << scheduleSpec("cyclical", cycles, TimeUnit::Epoch) << 500
                                                << scheduleSpec("cyclical", cyclesAfter, TimeUnit::Epoch);
        QTest::newRow("one cycle") << scheduleSpec("one_cycle", {{"max_lr", 1}, {"rise", 0.2}}) << 500
                                   << scheduleSpec("one_cycle", {{"max_lr", 0.4}, {"start_div", 40}, {"rise", 0.2}});
        const Values constant = {{"lr", 0.1}};
        QTest::newRow("steps") << scheduleSpec("constant", constant) << 500 << triangles(100, TimeUnit::Step);
        QTest::newRow("epochs") << scheduleSpec("constant", constant, TimeUnit::Epoch) << 500
                                << triangles(2, TimeUnit::Epoch);
        QTest::newRow("parts of epochs") << scheduleSpec("cosine", constant, TimeUnit::FractionalEpoch) << 500
                                         << triangles(2, TimeUnit::FractionalEpoch);
        QTest::newRow("four epochs") << scheduleSpec("constant", constant) << 200 << triangles(100, TimeUnit::Step);
        QTest::newRow("a short run") << scheduleSpec("constant", constant) << 75 << triangles(37, TimeUnit::Step);
        QTest::newRow("a short run in epochs")
            << scheduleSpec("constant", constant, TimeUnit::Epoch) << 100 << triangles(1, TimeUnit::Epoch);
        QTest::newRow("a short run in parts of epochs") << scheduleSpec("constant", constant, TimeUnit::FractionalEpoch)
                                                        << 75 << triangles(0.75, TimeUnit::FractionalEpoch);
        QTest::newRow("a single step") << scheduleSpec("constant", constant) << 1 << triangles(1, TimeUnit::Step);
        ScheduleSpec growing = scheduleSpec("cosine", constant);
        growing.batchGrowth = true;
        growing.maxBatch = 500;
        QTest::newRow("no growing batch") << growing << 500 << triangles(100, TimeUnit::Step);
    }
    void boundsBecomeASchedule() {
        QFETCH(const ScheduleSpec, before);
        QFETCH(const int, steps);
        QFETCH(const ScheduleSpec, after);
        const RunLength length = lengthOf(static_cast<std::uint64_t>(steps));
        const ScheduleSpec filled = withBounds(before, 0.01, 0.4, length);
        QVERIFY(filled == after);
        QVERIFY(validateSchedule(filled).empty());
        QVERIFY(std::abs(Schedule(filled, length).at(0) - 0.01) <= (filled.values.get("mode", 0) == 2 ? 0.5 : 1e-12));
    }

    void stepsAreCountedInPieces_data() {
        QTest::addColumn<int>("piece");
        for (const int piece : {1, 7, 999, 1000, 5000}) QTest::addRow("%d", piece) << piece;
    }
    void stepsAreCountedInPieces() {
        QFETCH(const int, piece);
        // 1, 0.999 … 0.001: a step for each border below that is reached.
        RateCounter counter(Schedule(scheduleSpec("linear", {{"lr", 1.0}, {"end", 0.0}}), lengthOf(1000)), 1000,
                            {0.5, 2.0, 0.0, 0.25});
        int calls = 0;
        while (!counter.isDone()) {
            const bool done = counter.advance(static_cast<std::uint64_t>(piece));
            QCOMPARE(done, counter.isDone());
            ++calls;
        }
        QCOMPARE(calls, (1000 + piece - 1) / piece);
        QCOMPARE(counter.counted(), std::uint64_t(1000));
        QCOMPARE(counter.beyond(0), std::uint64_t(501));
        QCOMPARE(counter.beyond(1), std::uint64_t(0));
        QCOMPARE(counter.beyond(2), std::uint64_t(1000));
        QCOMPARE(counter.beyond(3), std::uint64_t(751));
        QVERIFY(counter.advance(5)); // nothing more
        QCOMPARE(counter.beyond(2), std::uint64_t(1000));
    }

    void ratesThatWereUsedGoFirst() {
        RateCounter counter(Schedule(scheduleSpec("constant", {{"lr", 0.1}}), lengthOf(10)), 10, {0.5});
        std::vector<double> used = {0.6, 0.4, 0.5, std::numeric_limits<double>::quiet_NaN()};
        counter.advance(2, used);
        QCOMPARE(counter.beyond(0), std::uint64_t(1));
        used.push_back(0.9); // grown meanwhile
        counter.advance(100, used);
        QCOMPARE(counter.counted(), std::uint64_t(10));
        QCOMPARE(counter.beyond(0), std::uint64_t(3));
    }
};

QTEST_APPLESS_MAIN(TestRateFilling)
#include "tst_rate_filling.moc"
