// SPDX-License-Identifier: GPL-3.0-or-later
// Closed forms of the families beyond the first ones, their units and their lengths.
#include "approx.h"
#include "problems.h"
#include "small_runs.h"

#include "core/schedule/schedule.h"

#include <QTest>

#include <cmath>
#include <functional>
#include <numbers>

using namespace ratescope;

namespace {

using Closed = std::function<double(double t)>; ///< t in the schedule's unit

struct Case {
    const char* name;
    ScheduleSpec spec;
    double length; ///< in the schedule's unit; beyond it the rate holds; 0: it has none
    Closed closed;
};

double half(double x) {
    return 0.5 * (1.0 + std::cos(std::numbers::pi * x));
}

ScheduleSpec withMilestones(std::vector<double> milestones) {
    ScheduleSpec spec = scheduleSpec("multistep", {{"lr", 0.8}, {"factor", 0.5}});
    spec.milestones = std::move(milestones);
    return spec;
}

ScheduleSpec trapezium(double warmup, double decay, double length, int shape, double end = 0.0) {
    return scheduleSpec("warmup_stable_decay", {{"lr", 2.0},
                                                {"warmup", warmup},
                                                {"decay", decay},
                                                {"end", end},
                                                {"length", length},
                                                {"shape", double(shape)}});
}

const std::vector<Case>& cases() {
    static const std::vector<Case> all = {
        {"polynomial, power 2", scheduleSpec("polynomial", {{"lr", 1.0}, {"end", 0.2}, {"length", 20}, {"power", 2}}),
         20, [](double t) { return 0.2 + 0.8 * (1 - t / 20) * (1 - t / 20); }},
        {"polynomial, up", scheduleSpec("polynomial", {{"lr", 0.2}, {"end", 1.0}, {"length", 20}, {"power", 0.5}}), 20,
         [](double t) { return 1.0 - 0.8 * std::sqrt(1 - t / 20); }},
        {"polynomial, default power", scheduleSpec("polynomial", {{"lr", 1.0}, {"length", 8}}), 8,
         [](double t) { return 1 - t / 8; }},
        {"polynomial, length 1", scheduleSpec("polynomial", {{"lr", 1.0}, {"end", 0.1}, {"length", 1}, {"power", 3}}),
         1, [](double t) { return 0.1 + 0.9 * std::pow(1 - t, 3); }},
        {"milestones", withMilestones({3, 7.5, 12}), 0,
         [](double t) {
             return t < 3 ? 0.8 : t < 7.5 ? 0.4 : t < 12 ? 0.2 : 0.1;
         }},
        {"milestones in disorder, one of them twice", withMilestones({12, 3, 3}), 0,
         [](double t) { return t < 3    ? 0.8
                               : t < 12 ? 0.2
                                        : 0.1; }},
        {"a milestone at 0", withMilestones({0, 4}), 0, [](double t) { return t < 4 ? 0.4 : 0.2; }},
        {"inverse square root", scheduleSpec("inverse_sqrt", {{"lr", 0.6}, {"warmup", 9}}), 0,
         [](double t) { return t + 1 < 9 ? 0.6 * (t + 1) / 9 : 0.6 * 3 / std::sqrt(t + 1); }},
        {"inverse square root, warm-up of 1", scheduleSpec("inverse_sqrt", {{"lr", 0.6}, {"warmup", 1}}), 0,
         [](double t) { return 0.6 / std::sqrt(t + 1); }},
        {"inverse square root, half a warm-up", scheduleSpec("inverse_sqrt", {{"lr", 0.6}, {"warmup", 0.25}}), 0,
         [](double t) { return 0.3 / std::sqrt(t + 1); }},
        {"trapezium, linear", trapezium(4, 8, 30, 0, 0.4), 30,
         [](double t) { return t < 4    ? t / 2
                               : t < 22 ? 2.0
                                        : 0.4 + 1.6 * (30 - t) / 8; }},
        {"trapezium, cosine", trapezium(4, 8, 30, 1, 0.4), 30,
         [](double t) { return t < 4    ? t / 2
                               : t < 22 ? 2.0
                                        : 0.4 + 1.6 * half((t - 22) / 8); }},
        {"trapezium, square root", trapezium(4, 8, 30, 2, 0.4), 30,
         [](double t) { return t < 4    ? t / 2
                               : t < 22 ? 2.0
                                        : 0.4 + 1.6 * (1 - std::sqrt((t - 22) / 8)); }},
        {"trapezium, no warm-up", trapezium(0, 5, 10, 0), 10, [](double t) { return t < 5 ? 2.0 : 0.4 * (10 - t); }},
        {"trapezium, no decay", trapezium(5, 0, 10, 0), 10, [](double t) { return t < 5 ? 0.4 * t : 2.0; }},
        {"trapezium, neither", trapezium(0, 0, 10, 1), 10, [](double) { return 2.0; }},
        {"trapezium without a flat part", trapezium(4, 6, 10, 0), 10,
         [](double t) { return t < 4 ? t / 2 : (10 - t) / 3; }},
        {"one cycle",
         scheduleSpec("one_cycle",
                      {{"max_lr", 1.0}, {"length", 20}, {"rise", 0.25}, {"start_div", 10}, {"end_div", 10}}),
         19, [](double t) { return t < 4 ? 0.1 + 0.9 * (1 - half(t / 4)) : 0.01 + 0.99 * half((t - 4) / 15); }},
        {"one cycle, straight",
         scheduleSpec(
             "one_cycle",
             {{"max_lr", 1.0}, {"length", 20}, {"rise", 0.25}, {"start_div", 10}, {"end_div", 10}, {"shape", 1}}),
         19, [](double t) { return t < 4 ? 0.1 + 0.9 * t / 4 : 1.0 - 0.99 * (t - 4) / 15; }},
        {"one cycle, up alone",
         scheduleSpec("one_cycle", {{"max_lr", 1.0}, {"length", 11}, {"rise", 1}, {"start_div", 10}, {"shape", 1}}), 10,
         [](double t) { return 0.1 + 0.09 * t; }},
        // Where PyTorch divides by nothing: the peak is at t = 0.
        {"one cycle, down alone",
         scheduleSpec("one_cycle", {{"max_lr", 1.0}, {"length", 10}, {"rise", 0.1}, {"end_div", 4}, {"shape", 1}}), 9,
         [](double t) { return 1.0 - 0.99 * t / 9; }},
    };
    return all;
}

} // namespace

class TestScheduleFamilies : public QObject {
    Q_OBJECT

private slots:
    void closedForms_data() {
        QTest::addColumn<int>("index");
        QTest::addColumn<int>("unit");
        for (int i = 0; i < int(cases().size()); ++i)
            for (const TimeUnit unit : {TimeUnit::Step, TimeUnit::Epoch, TimeUnit::FractionalEpoch})
                QTest::addRow("%s, %s", cases()[std::size_t(i)].name, timeUnitName(unit).data()) << i << int(unit);
    }
    // In every unit, at every step, far beyond its length.
    void closedForms() {
        QFETCH(const int, index);
        QFETCH(const int, unit);
        const Case& one = cases()[std::size_t(index)];
        ScheduleSpec spec = one.spec;
        spec.unit = static_cast<TimeUnit>(unit);
        QCOMPARE(problemText(validateSchedule(spec)), std::string());
        const Schedule schedule(spec, RunLength{500, 7});
        for (std::uint64_t step = 0; step < 500; ++step) {
            const double t = spec.unit == TimeUnit::Step    ? double(step)
                             : spec.unit == TimeUnit::Epoch ? double(step / 7)
                                                            : double(step) / 7.0;
            const double expected = one.closed(one.length > 0.0 ? std::min(t, one.length) : t);
            const double found = schedule.at(step);
            QVERIFY2(std::abs(found - expected) < 1e-12,
                     ("step " + std::to_string(step) + ": " + differ(found, expected)).c_str());
        }
    }

    // Left open, it is the run's length in that unit: 25 steps, 3 epochs begun, 2.5 epochs.
    void openLengths_data() {
        QTest::addColumn<QString>("type");
        for (const char* type : {"linear", "polynomial", "cosine", "one_cycle", "warmup_stable_decay"})
            QTest::newRow(type) << type;
    }
    void openLengths() {
        QFETCH(const QString, type);
        const double lengths[] = {25.0, 3.0, 2.5};
        for (const TimeUnit unit : {TimeUnit::Step, TimeUnit::Epoch, TimeUnit::FractionalEpoch}) {
            ScheduleSpec open = scheduleSpec(type.toStdString(), {}, unit);
            open.values.set(type == "one_cycle" ? "max_lr" : "lr", 0.5);
            if (type == "warmup_stable_decay") {
                open.values.set("warmup", 0.5);
                open.values.set("decay", 1.5);
            }
            QCOMPARE(problemText(validateSchedule(open)), std::string());
            ScheduleSpec given = open;
            given.values.set("length", lengths[int(unit)]);
            const RunLength run{25, 10};
            for (std::uint64_t step = 0; step < 40; ++step)
                QCOMPARE(Schedule(open, run).at(step), Schedule(given, run).at(step));
            // As an open length of its own, whatever the run's.
            for (std::uint64_t step = 0; step < 40; ++step)
                QCOMPARE(Schedule(open, RunLength{100, 10}, 25).at(step), Schedule(given, run).at(step));
        }
    }

    // A run too short for warm-up and decay: whichever is lower, so that it never jumps.
    void trapeziumOfAShortRun() {
        const ScheduleSpec spec = scheduleSpec("warmup_stable_decay", {{"lr", 1.0}, {"warmup", 20}, {"decay", 20}});
        const Schedule schedule(spec, RunLength{30, 10});
        for (std::uint64_t t = 0; t <= 30; ++t)
            QVERIFY(std::abs(schedule.at(t) - std::min(double(t) / 20, (30.0 - double(t)) / 20)) < 1e-12);
        const Schedule shorter(spec, RunLength{10, 10});
        for (std::uint64_t t = 0; t <= 10; ++t)
            QVERIFY(std::abs(shorter.at(t) - std::min(double(t) / 20, (10.0 - double(t)) / 20)) < 1e-12);
    }

    void oneStep_data() {
        QTest::addColumn<int>("shape");
        QTest::newRow("cosine") << 0;
        QTest::newRow("linear") << 1;
    }
    // A cycle of one step is at its end at once; of two, it is 0.4/1.4 of the way down from a peak before the first.
    void oneStep() {
        QFETCH(const int, shape);
        const auto cycle = [&](double length) {
            return Schedule(scheduleSpec("one_cycle", {{"max_lr", 1.0}, {"length", length}, {"shape", double(shape)}}),
                            RunLength{100, 10});
        };
        const double last = 1.0 / 25 / 1e4;
        QVERIFY(std::abs(cycle(1).at(0) - last) < 1e-15);
        QVERIFY(std::abs(cycle(1).at(5) - last) < 1e-15);
        const double x = 0.4 / 1.4;
        QVERIFY(std::abs(cycle(2).at(0) - (last + (1 - last) * (shape == 0 ? half(x) : 1 - x))) < 1e-12);
        QVERIFY(std::abs(cycle(2).at(1) - last) < 1e-15);
    }

    void bordersInFractionsOfEpochs_data() {
        QTest::addColumn<double>("period");
        QTest::addColumn<quint64>("perEpoch");
        QTest::addColumn<quint64>("every");
        QTest::newRow("0.1 of 10") << 0.1 << quint64(10) << quint64(1);
        QTest::newRow("0.3 of 10") << 0.3 << quint64(10) << quint64(3);
        QTest::newRow("0.7 of 30") << 0.7 << quint64(30) << quint64(21);
        QTest::newRow("1.1 of 100") << 1.1 << quint64(100) << quint64(110);
        QTest::newRow("1/7") << 1.0 / 7 << quint64(7) << quint64(1);
    }
    // Drops come with the very step, though neither the period nor the time is a binary fraction.
    void bordersInFractionsOfEpochs() {
        QFETCH(const double, period);
        QFETCH(const quint64, perEpoch);
        QFETCH(const quint64, every);
        const RunLength run{10'000, perEpoch};
        const Schedule drops(
            scheduleSpec("step", {{"lr", 1.0}, {"factor", 0.999}, {"period", period}}, TimeUnit::FractionalEpoch), run);
        ScheduleSpec listed = scheduleSpec("multistep", {{"lr", 1.0}, {"factor", 0.999}}, TimeUnit::FractionalEpoch);
        for (int i = 1; i < 200; ++i) listed.milestones.push_back(period * i);
        const Schedule milestones(listed, run);
        for (std::uint64_t step = 0; step < 200 * every; ++step) {
            const double expected = std::pow(0.999, double(step / every));
            VERIFY_NEAR(drops.at(step), expected, 1e-12);
            VERIFY_NEAR(milestones.at(step), expected, 1e-12);
        }
    }

    void growsBatches_data() {
        QTest::addColumn<QString>("type");
        for (const ScheduleFamily& family : scheduleTable())
            if (family.decays) QTest::newRow(family.type.c_str()) << QString::fromStdString(family.type);
    }
    // batch/rate goes as it would have without: the batch takes what it can, the rate the rest.
    void growsBatches() {
        QFETCH(const QString, type);
        ScheduleSpec spec = scheduleSpec(type.toStdString(), {{"lr", 0.8}});
        if (type == "linear" || type == "polynomial" || type == "cosine") spec.values.set("length", 100);
        if (type == "step") spec.values.set("period", 30);
        if (type == "exponential") spec.values.set("gamma", 0.97);
        if (type == "time") spec.values.set("decay", 0.1);
        if (type == "multistep") spec.milestones = {20, 50, 80};
        spec.batchGrowth = true;
        spec.maxBatch = 320;
        QCOMPARE(problemText(validateSchedule(spec)), std::string());
        const RunLength run{100, 10};
        const Schedule falling(spec, run);
        Schedule growing(spec, run);
        growing.growBatch(32, 320);
        for (std::uint64_t step = 0; step < 100; ++step) {
            const double share = falling.at(step) / falling.at(0);
            const ScheduleTime time = run.timeOf(step);
            if (share >= 0.1) {
                QCOMPARE(growing.at(step), 0.8);
                QCOMPARE(growing.batchAt(time), std::uint32_t(std::llround(32.0 / share)));
            } else {
                QVERIFY(std::abs(growing.at(step) - 0.8 * share * 10) < 1e-12);
                QCOMPARE(growing.batchAt(time), 320U);
            }
        }
    }

    void noBatchesToGrow() {
        for (const ScheduleFamily& family : scheduleTable()) {
            if (family.decays) continue;
            ScheduleSpec spec = scheduleSpec(family.type, {});
            spec.batchGrowth = true;
            const std::string text = problemText(validateSchedule(spec));
            QVERIFY2(contains(text, "batch_growth: needs a schedule whose rate falls; " + family.type + " is none"),
                     text.c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestScheduleFamilies)
#include "tst_schedule_families.moc"
