// SPDX-License-Identifier: GPL-3.0-or-later
#include "problems.h"
#include "small_runs.h"

#include "core/schedule/schedule.h"

#include <QTest>

#include <cmath>

using namespace ratescope;

namespace {

ScheduleSpec restarts(double period, double factor, TimeUnit unit = TimeUnit::Step) {
    return scheduleSpec("warm_restarts", {{"lr", 0.5}, {"end", 0.01}, {"period", period}, {"period_factor", factor}}, unit);
}

ScheduleSpec triangles(double half, TimeUnit unit = TimeUnit::Step) {
    return scheduleSpec("cyclical", {{"lr", 0.01}, {"max_lr", 0.5}, {"half_period", half}, {"mode", 0}}, unit);
}

struct Case {
    const char* name;
    ScheduleSpec schedule;
    std::uint64_t perEpoch;
    std::vector<std::uint64_t> ends; ///< updates made as each of the first cycles ends
};

const std::vector<Case>& cases() {
    using enum TimeUnit;
    static const std::vector<Case> all = {
        {"restarts", restarts(4, 1), 10, {4, 8, 12, 16, 20, 24, 28, 32, 36, 40}},
        {"restarts, doubling", restarts(3, 2), 10, {3, 9, 21, 45, 93, 189, 381}},
        {"restarts of 10, 11, 12.1, 13.31 …", restarts(10, 1.1), 10, {10, 21, 34, 47, 62, 78, 95}},
        {"restarts of 100, 120, 144 …", restarts(100, 1.2), 10, {100, 220, 364, 537}},
        {"restarts of 2.5", restarts(2.5, 1), 10, {3, 5, 8, 10, 13, 15, 18, 20}},
        {"restarts of an epoch", restarts(1, 1, Epoch), 7, {7, 14, 21, 28, 35}},
        {"restarts of 1, 3, 9 epochs", restarts(1, 3, Epoch), 7, {7, 28, 91, 280}},
        {"restarts of 1.5 epochs, at whole ones", restarts(1.5, 1, Epoch), 7, {14, 21, 35, 42}},
        {"restarts of 1.5 epochs", restarts(1.5, 1, FractionalEpoch), 10, {15, 30, 45, 60}},
        // 0.1 is not a binary fraction: 3 × 0.1 lies beside 0.3.
        {"restarts of 0.1 epochs", restarts(0.1, 1, FractionalEpoch), 10, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}},
        {"restarts of 0.3 epochs", restarts(0.3, 1, FractionalEpoch), 70, {21, 42, 63, 84, 105, 126, 147, 168, 189, 210}},
        {"triangles", triangles(3), 10, {6, 12, 18, 24, 30}},
        {"triangles of 2 × 2.5", triangles(2.5), 10, {5, 10, 15, 20}},
        {"triangles of 2 × 0.7", triangles(0.7), 10, {2, 3, 5, 6, 7, 9, 10, 12, 13, 14}},
        {"triangles of 2 epochs", triangles(1, Epoch), 7, {14, 28, 42}},
        {"triangles of 0.3 epochs", triangles(0.15, FractionalEpoch), 10, {3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33}},
        {"triangles of 0.1 epochs", triangles(0.05, FractionalEpoch), 30, {3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36}},
        {"triangles of 1/7 epochs", triangles(1.0 / 14, FractionalEpoch), 7, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}},
    };
    return all;
}

} // namespace

class TestScheduleCycles : public QObject {
    Q_OBJECT

private slots:
    void ends_data() {
        QTest::addColumn<int>("index");
        for (int i = 0; i < int(cases().size()); ++i) QTest::newRow(cases()[std::size_t(i)].name) << i;
    }
    void ends() {
        QFETCH(const int, index);
        const Case& one = cases()[std::size_t(index)];
        QCOMPARE(problemText(validateSchedule(one.schedule)), std::string());
        const Schedule schedule(one.schedule, RunLength{1'000'000, one.perEpoch});
        std::vector<std::uint64_t> found;
        for (std::uint64_t step = 0; step < one.ends.back(); ++step) {
            QCOMPARE(schedule.cyclesWithin(step), std::uint64_t(found.size()));
            if (schedule.cycleEndsWith(step)) found.push_back(step + 1);
        }
        QCOMPARE(found, one.ends);
        QCOMPARE(schedule.cyclesWithin(one.ends.back()), std::uint64_t(found.size()));
    }

    // A restart is where the rate jumps up: cycles that end on a step end with the whole rate again.
    void restartsBeginAnew() {
        for (const auto& [period, factor] : std::initializer_list<std::pair<double, double>>{{4, 1}, {3, 2}, {5, 3}}) {
            const Schedule schedule(restarts(period, factor), RunLength{1'000'000, 10});
            for (std::uint64_t step = 1; step < 500; ++step)
                QCOMPARE(schedule.cycleEndsWith(step - 1), std::abs(schedule.at(step) - 0.5) < 1e-9);
        }
    }

    // Many cycles in one step end with it, once.
    void cyclesShorterThanAStep() {
        const Schedule schedule(restarts(0.25, 1), RunLength{100, 10});
        QCOMPARE(schedule.cyclesWithin(10), std::uint64_t(40));
        for (std::uint64_t step = 0; step < 10; ++step) QVERIFY(schedule.cycleEndsWith(step));
    }

    void familiesWithoutCycles() {
        for (const ScheduleFamily& family : scheduleTable()) {
            const bool cycles = family.type == "warm_restarts" || family.type == "cyclical";
            QCOMPARE(family.makeCycle != nullptr, cycles);
        }
        const Schedule schedule(scheduleSpec("step", {{"lr", 0.5}, {"period", 5}}), RunLength{100, 10});
        for (std::uint64_t step = 0; step < 100; ++step) QVERIFY(!schedule.cycleEndsWith(step));
        QCOMPARE(schedule.cyclesWithin(100), std::uint64_t(0));
        const Schedule sweep = Schedule::sweep(0.1, 1.0, 20, true);
        QVERIFY(!sweep.cycleEndsWith(19));
        QCOMPARE(sweep.cyclesWithin(20), std::uint64_t(0));
    }

    // Which families may grow the batch instead: those that fall from lr on.
    void familiesThatDecay() {
        std::vector<std::string> decaying;
        for (const ScheduleFamily& family : scheduleTable())
            if (family.decays) decaying.push_back(family.type);
        const std::vector<std::string> expected = {"linear",      "polynomial", "step",  "multistep",
                                                   "exponential", "time",       "cosine"};
        QCOMPARE(decaying, expected);
    }

    void batchAt_data() {
        QTest::addColumn<quint64>("step");
        QTest::addColumn<quint32>("batch");
        QTest::addColumn<double>("rate");
        // lr(t) = 0.8·0.5^(t/2), batches of 10 to at most 70.
        QTest::newRow("start") << quint64(0) << 10U << 0.8;
        QTest::newRow("10·√2 = 14.14") << quint64(1) << 14U << 0.8;
        QTest::newRow("doubled") << quint64(2) << 20U << 0.8;
        QTest::newRow("28.28") << quint64(3) << 28U << 0.8;
        QTest::newRow("40") << quint64(4) << 40U << 0.8;
        QTest::newRow("56.57") << quint64(5) << 57U << 0.8;
        QTest::newRow("80 is too large: the rate takes what is left") << quint64(6) << 70U << 0.8 / 8 * 7;
        QTest::newRow("later") << quint64(16) << 70U << 0.8 / 256 * 7;
    }
    void batchAt() {
        QFETCH(const quint64, step);
        QFETCH(const quint32, batch);
        QFETCH(const double, rate);
        Schedule schedule(scheduleSpec("exponential", {{"lr", 0.8}, {"gamma", 0.5}, {"period", 2}}), RunLength{100, 10});
        schedule.growBatch(10, 70);
        const ScheduleTime time{step, step / 10, double(step) / 10};
        QCOMPARE(schedule.batchAt(time), batch);
        QVERIFY(std::abs(schedule.at(time) - rate) < 1e-12);
        QVERIFY(std::abs(schedule.at(step) - rate) < 1e-12);
    }

    // A family that decays can be made to rise: then there is nothing to grow, and the rate does as it says. And a rate of
    // 0 would want a batch without end.
    void risingAndVanishingRates() {
        Schedule rising(scheduleSpec("linear", {{"lr", 0.1}, {"end", 0.5}, {"length", 10}}), RunLength{100, 10});
        rising.growBatch(10, 70);
        QCOMPARE(rising.batchAt({5, 0, 0.5}), 10U);
        QVERIFY(std::abs(rising.at(5) - 0.3) < 1e-12);
        Schedule vanishing(scheduleSpec("linear", {{"lr", 0.1}, {"length", 10}}), RunLength{100, 10});
        vanishing.growBatch(10, 70);
        QCOMPARE(vanishing.batchAt({10, 1, 1.0}), 70U);
        QCOMPARE(vanishing.at(10), 0.0);
        QCOMPARE(vanishing.batchAt({5, 0, 0.5}), 20U);
        QCOMPARE(vanishing.at(5), 0.1);
        Schedule capped(scheduleSpec("linear", {{"lr", 0.1}, {"length", 10}}), RunLength{100, 10});
        capped.growBatch(10, 10); // no room: the rate falls as ever
        QCOMPARE(capped.batchAt({5, 0, 0.5}), 10U);
        QVERIFY(std::abs(capped.at(5) - 0.05) < 1e-12);
    }
};

QTEST_APPLESS_MAIN(TestScheduleCycles)
#include "tst_schedule_cycles.moc"
