// SPDX-License-Identifier: GPL-3.0-or-later
// Schedules that take turns: where each begins, in what it counts, and what holds after the last.
#include "approx.h"
#include "problems.h"
#include "small_runs.h"

#include "core/schedule/schedule.h"

#include <QTest>

#include <cmath>
#include <numbers>

using namespace ratescope;

namespace {

using enum TimeUnit;

ScheduleSpec sequence(std::vector<SchedulePart> parts, TimeUnit unit = Step) {
    ScheduleSpec spec{"sequence", unit, {}};
    spec.parts = std::move(parts);
    return spec;
}

ScheduleSpec constant(double lr) {
    return scheduleSpec("constant", {{"lr", lr}});
}

/// t + 1, as a rate: tells what a part takes for its time.
ScheduleSpec clock(TimeUnit unit) {
    ScheduleSpec spec{"formula", unit, {}};
    spec.expression = "t + 1";
    return spec;
}

ScheduleSpec drops(double period, TimeUnit unit) {
    return scheduleSpec("step", {{"lr", 1.0}, {"factor", 0.5}, {"period", period}}, unit);
}

} // namespace

class TestSequence : public QObject {
    Q_OBJECT

private slots:
    // Warm-up, cosine over what is left.
    void openLastPart() {
        const ScheduleSpec spec = sequence(
            {{scheduleSpec("linear", {{"lr", 0.1}, {"end", 1.0}}), 10.0}, {scheduleSpec("cosine", {{"lr", 1.0}}), {}}});
        QCOMPARE(problemText(validateSchedule(spec)), std::string());
        const Schedule schedule(spec, RunLength{50, 10});
        for (std::uint64_t step = 0; step < 60; ++step) {
            const double t = double(step);
            const double expected =
                step < 10 ? 0.1 + 0.09 * t : 0.5 * (1 + std::cos(std::numbers::pi * std::min(1.0, (t - 10) / 40)));
            QVERIFY2(std::abs(schedule.at(step) - expected) < 1e-12, differ(schedule.at(step), expected).c_str());
        }
    }

    void ownTime_data() {
        QTest::addColumn<int>("outer");
        QTest::addColumn<int>("inner");
        QTest::addColumn<double>("length");
        QTest::addColumn<quint64>("begins"); // the first step of the second part, of 10 an epoch
        const TimeUnit units[] = {Step, Epoch, FractionalEpoch};
        for (const TimeUnit inner : units) {
            const auto row = [&](TimeUnit outer, double length, quint64 begins) {
                QTest::addRow("%s in %s, from %g", timeUnitName(inner).data(), timeUnitName(outer).data(), length)
                    << int(outer) << int(inner) << length << begins;
            };
            row(Step, 20, 20);
            row(Step, 7, 7);
            row(Step, 1, 1);
            row(Epoch, 2, 20);
            row(Epoch, 1.5, 20);
            row(FractionalEpoch, 2, 20);
            row(FractionalEpoch, 0.3, 3);
            row(FractionalEpoch, 1.7, 17);
            row(FractionalEpoch, 10.1, 101);
        }
    }
    // The second part counts from where it begins; epochs by their ends, wherever it begins in one.
    void ownTime() {
        QFETCH(const int, outer);
        QFETCH(const int, inner);
        QFETCH(const double, length);
        QFETCH(const quint64, begins);
        const auto unit = static_cast<TimeUnit>(inner);
        const Schedule schedule(sequence({{constant(100), length}, {clock(unit), {}}}, static_cast<TimeUnit>(outer)),
                                RunLength{200, 10});
        for (std::uint64_t step = 0; step < 200; ++step) {
            double expected = 100;
            if (step >= begins) {
                expected = 1.0 + (unit == Step    ? double(step - begins)
                                  : unit == Epoch ? double(step / 10 - begins / 10)
                                                  : double(step - begins) / 10);
                // 1.5 epochs, seen at whole ones: 0.5 have gone when the part begins.
                if (unit == Epoch && outer == int(Epoch) && length == 1.5) expected += 0.5;
            }
            QVERIFY2(std::abs(schedule.at(step) - expected) < 1e-9,
                     ("step " + std::to_string(step) + ": " + differ(schedule.at(step), expected)).c_str());
        }
    }

    // What is left open is what is left of the run, in the part's unit: 25 steps are 2.5 epochs, of which 3 have begun.
    void openLengthInOtherUnits_data() {
        QTest::addColumn<int>("outer");
        QTest::addColumn<int>("inner");
        QTest::addColumn<double>("left");
        const double left[] = {15, 2, 1.5};
        for (const TimeUnit outer : {Step, Epoch, FractionalEpoch})
            for (const TimeUnit inner : {Step, Epoch, FractionalEpoch})
                QTest::addRow("%s in %s", timeUnitName(inner).data(), timeUnitName(outer).data())
                    << int(outer) << int(inner) << left[int(inner)];
    }
    void openLengthInOtherUnits() {
        QFETCH(const int, outer);
        QFETCH(const int, inner);
        QFETCH(const double, left);
        ScheduleSpec length{"formula", static_cast<TimeUnit>(inner), {}};
        length.expression = "T";
        const double first = static_cast<TimeUnit>(outer) == Step ? 10 : 1;
        const Schedule schedule(sequence({{constant(1), first}, {length, {}}}, static_cast<TimeUnit>(outer)),
                                RunLength{25, 10});
        VERIFY_NEAR(schedule.at(12), left, 1e-12);
    }

    void partLengths_data() {
        QTest::addColumn<int>("inner");
        QTest::addColumn<double>("length");
        QTest::newRow("step") << int(Step) << 15.0;
        QTest::newRow("epoch") << int(Epoch) << 2.0;
        QTest::newRow("fractional epoch") << int(FractionalEpoch) << 1.5;
    }
    void partLengths() {
        QFETCH(const int, inner);
        QFETCH(const double, length);
        ScheduleSpec spec{"formula", static_cast<TimeUnit>(inner), {}};
        spec.expression = "T";
        QCOMPARE(Schedule(sequence({{spec, 15.0}, {constant(1), {}}}), RunLength{100, 10}).at(3), length);
        // Cut short, a part still has the length that it says itself.
        const ScheduleSpec slow = scheduleSpec("linear", {{"lr", 1.0}, {"length", 30}});
        QCOMPARE(Schedule(sequence({{slow, 15.0}, {constant(9), {}}}), RunLength{100, 10}).at(12), 0.6);
    }

    void bordersInFractions_data() {
        QTest::addColumn<QList<double>>("lengths");
        QTest::addColumn<quint64>("perEpoch");
        QTest::newRow("0.1 + 0.2") << QList<double>{0.1, 0.2} << quint64(10);
        QTest::newRow("0.1 ten times") << QList<double>(10, 0.1) << quint64(10);
        QTest::newRow("0.7 + 0.1 + 0.2") << QList<double>{0.7, 0.1, 0.2} << quint64(10);
        QTest::newRow("1/3 + 1/3 + 1/3") << QList<double>{1.0 / 3, 1.0 / 3, 1.0 / 3} << quint64(30);
        QTest::newRow("sevenths") << QList<double>(20, 1.0 / 7) << quint64(7);
        QTest::newRow("100.1 + 0.3") << QList<double>{100.1, 0.3} << quint64(10);
    }
    // Each border at its very step, and each part's own drops at theirs.
    void bordersInFractions() {
        QFETCH(const QList<double>, lengths);
        QFETCH(const quint64, perEpoch);
        std::vector<SchedulePart> parts;
        std::vector<std::uint64_t> starts = {0};
        for (const double length : lengths) {
            parts.push_back({constant(double(parts.size() + 1)), length});
            starts.push_back(starts.back() + std::uint64_t(std::llround(length * double(perEpoch))));
        }
        parts.push_back({drops(1.0 / double(perEpoch), FractionalEpoch), {}});
        const Schedule schedule(sequence(parts, FractionalEpoch), RunLength{5000, perEpoch});
        for (std::size_t i = 0; i + 1 < starts.size(); ++i)
            for (std::uint64_t step = starts[i]; step < starts[i + 1]; ++step)
                QCOMPARE(schedule.at(step), double(i + 1));
        for (std::uint64_t k = 0; k < 50; ++k)
            VERIFY_NEAR(schedule.at(starts.back() + k), std::ldexp(1.0, -int(k)), 1e-12);
    }

    // Drops and handles in a part that does not begin at 0.
    void dropsWithinParts_data() {
        QTest::addColumn<double>("start");
        for (const double start : {0.1, 0.7, 10.1, 33.3, 1000.7}) QTest::addRow("%g", start) << start;
    }
    void dropsWithinParts() {
        QFETCH(const double, start);
        ScheduleSpec handles{"piecewise", FractionalEpoch, {}};
        handles.points = {{0, 1.0}, {0.3, 0.5}, {0.6, 0.25}, {0.9, 0.125}, {1.2, 0.0625}};
        handles.values.set("interpolation", 0);
        ScheduleSpec milestones = scheduleSpec("multistep", {{"lr", 1.0}, {"factor", 0.5}}, FractionalEpoch);
        milestones.milestones = {0.3, 0.6, 0.9, 1.2};
        const auto first = std::uint64_t(std::llround(start * 10));
        for (const ScheduleSpec& part : {drops(0.3, FractionalEpoch), handles, milestones}) {
            const Schedule schedule(sequence({{constant(1), start}, {part, {}}}, FractionalEpoch),
                                    RunLength{20'000, 10});
            for (std::uint64_t k = 0; k < 15; ++k)
                VERIFY_NEAR(schedule.at(first + k), std::ldexp(1.0, -int(k / 3)), 1e-12);
        }
    }

    void holdsBeyondItsLength_data() {
        QTest::addColumn<int>("unit");
        QTest::newRow("step") << int(Step);
        QTest::newRow("epoch") << int(Epoch);
        QTest::newRow("fractional epoch") << int(FractionalEpoch);
    }
    void holdsBeyondItsLength() {
        QFETCH(const int, unit);
        const auto outer = static_cast<TimeUnit>(unit);
        const double length = outer == Step ? 20 : 2;
        const ScheduleSpec fall = scheduleSpec("linear", {{"lr", 1.0}, {"end", 0.2}}, outer);
        const Schedule schedule(sequence({{constant(3), length}, {fall, length}}, outer), RunLength{100, 10});
        for (const std::uint64_t step : {40U, 41U, 60U, 99U, 1000U}) VERIFY_NEAR(schedule.at(step), 0.2, 1e-12);
        // A part that would go on for ever stops as well: 20 steps, or 2 epochs, of its own.
        const Schedule stopped(sequence({{constant(3), length}, {clock(Step), length}}, outer), RunLength{100, 10});
        QCOMPARE(stopped.at(30), 11.0);
        for (const std::uint64_t step : {40U, 41U, 60U, 99U}) QCOMPARE(stopped.at(step), 21.0);
    }

    void nested() {
        const ScheduleSpec inner = sequence({{constant(2), 5.0}, {clock(Step), 5.0}});
        const ScheduleSpec middle = sequence({{inner, 1.0}, {constant(7), {}}}, Epoch);
        const ScheduleSpec outer = sequence({{constant(1), 20.0}, {middle, 30.0}, {inner, {}}});
        QCOMPARE(problemText(validateSchedule(outer)), std::string());
        const Schedule schedule(outer, RunLength{100, 10});
        const auto expected = [](std::uint64_t step) {
            const auto within = [](std::uint64_t t) { return t < 5 ? 2.0 : std::min(double(t) - 4.0, 6.0); };
            return step < 20 ? 1.0 : step < 30 ? within(step - 20) : step < 50 ? 7.0 : within(step - 50);
        };
        for (std::uint64_t step = 0; step < 100; ++step) QCOMPARE(schedule.at(step), expected(step));
    }

    // Cycles of all parts are counted, those cut short are none.
    void cycles() {
        const ScheduleSpec restarts = scheduleSpec("warm_restarts", {{"lr", 1.0}, {"period", 4}});
        const ScheduleSpec spec = sequence({{restarts, 10.0}, {constant(1), 5.0}, {restarts, {}}});
        QVERIFY(goesInCycles(spec));
        QVERIFY(!goesInCycles(sequence({{constant(1), {}}})));
        const Schedule schedule(spec, RunLength{30, 10});
        std::vector<std::uint64_t> ends;
        for (std::uint64_t step = 0; step < 30; ++step)
            if (schedule.cycleEndsWith(step)) ends.push_back(step + 1);
        QCOMPARE(ends, (std::vector<std::uint64_t>{4, 8, 19, 23, 27}));
    }

    // More parts than the run has room for: the run just ends.
    void longerThanTheRun() {
        const ScheduleSpec spec =
            sequence({{constant(1), 10.0}, {constant(2), 1000.0}, {scheduleSpec("cosine", {{"lr", 1.0}}), {}}});
        const Schedule schedule(spec, RunLength{20, 10});
        QCOMPARE(schedule.at(19), 2.0);
        QVERIFY(std::isfinite(schedule.at(5000)));
    }
};

QTEST_APPLESS_MAIN(TestSequence)
#include "tst_sequence.moc"
