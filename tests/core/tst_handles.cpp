// SPDX-License-Identifier: GPL-3.0-or-later
// Schedules to begin with, and schedules as handles.
#include "approx.h"
#include "problems.h"
#include "small_runs.h"

#include "core/schedule/handles.h"

#include <QTest>

#include <cmath>
#include <cstring>

using namespace ratescope;

namespace {

using enum TimeUnit;
using Points = std::vector<SchedulePoint>;
const TimeUnit allUnits[] = {Step, Epoch, FractionalEpoch};

ScheduleSpec drawn(Points points, TimeUnit unit = Step, double interpolation = 1) {
    ScheduleSpec spec{"piecewise", unit, {}};
    spec.points = std::move(points);
    spec.values.set("interpolation", interpolation);
    return spec;
}

bool sameBits(double a, double b) {
    return std::memcmp(&a, &b, sizeof a) == 0;
}

/// Largest difference between two schedules of a run, relative to the highest rate.
double farthest(const Schedule& a, const Schedule& b, std::uint64_t steps) {
    double highest = 0.0;
    double worst = 0.0;
    const std::uint64_t stride = std::max<std::uint64_t>(1, steps / 50'000);
    for (std::uint64_t step = 0; step < steps; step += stride) {
        highest = std::max(highest, a.at(step));
        worst = std::max(worst, std::abs(a.at(step) - b.at(step)));
    }
    return highest > 0.0 ? worst / highest : worst;
}

} // namespace

class TestHandles : public QObject {
    Q_OBJECT

private slots:
    void suggestions_data() {
        QTest::addColumn<QString>("type");
        for (const ScheduleFamily& family : scheduleTable())
            QTest::newRow(family.type.c_str()) << QString::fromStdString(family.type);
    }
    // Valid, at about the rate asked for, and something a run could use.
    void suggestions() {
        QFETCH(const QString, type);
        for (const TimeUnit unit : allUnits)
            for (const double length : {1.0, 2.5, 10.0, 1000.0, 1e6})
                for (const double rate : {1e-5, 0.1, 3.0}) {
                    const ScheduleSpec spec = suggestedSchedule(type.toStdString(), rate, length, unit);
                    QCOMPARE(problemText(validateSchedule(spec)), std::string());
                    QCOMPARE(spec.type, type.toStdString());
                    QVERIFY(spec.unit == unit);
                    VERIFY_NEAR(typicalRate(spec), rate, 1e-12);
                    const std::uint64_t perEpoch = unit == Step ? 10 : 7;
                    const auto steps = std::uint64_t(std::ceil(length * (unit == Step ? 1 : 7)));
                    const Schedule schedule(spec, RunLength{steps, perEpoch});
                    for (const std::uint64_t step : {std::uint64_t(0), steps / 3, steps - 1}) {
                        const double found = schedule.at(step);
                        QVERIFY2(std::isfinite(found) && found >= 0.0 && found <= rate * (1 + 1e-9),
                                 differ(found, rate).c_str());
                    }
                }
    }

    void suggestionsOfNothing() {
        const std::string error = errorOf([] { suggestedSchedule("cosin", 0.1, 10, Step); });
        QVERIFY2(contains(error, "“cosin” is no schedule"), error.c_str());
        QCOMPARE(typicalRate(scheduleSpec("constant", {})), 0.1);
        QCOMPARE(typicalRate(scheduleSpec("cyclical", {{"lr", 0.1}, {"max_lr", 0.7}})), 0.7);
        QCOMPARE(typicalRate(drawn({{0, 0.2}, {5, 0.9}, {9, 0.1}})), 0.9);
    }

    // What was there is kept as far as it fits: from every family to every other, also with what is allowed there
    // alone.
    void keepsWhatFits() {
        std::vector<ScheduleSpec> befores = {
            scheduleSpec("exponential", {{"lr", 0.1}, {"gamma", 5}, {"period", 33}}), // too much for cyclical's gamma
            scheduleSpec("plateau", {{"lr", 0.5}, {"patience", 0}, {"min_lr", 0.4}}), // too few for halving's patience
            scheduleSpec("cosine", {{"lr", 0.1}, {"end", 0.01}, {"length", 5}}),      // no room for a trapezium
            scheduleSpec("step", {{"lr", 0.1}, {"factor", 5}, {"period", 33}}),       // too much for plateau's factor
        };
        for (const ScheduleFamily& family : scheduleTable())
            befores.push_back(suggestedSchedule(family.type, 0.1, 1000, Step));
        for (const ScheduleSpec& before : befores)
            for (const ScheduleFamily& family : scheduleTable())
                for (const TimeUnit unit : allUnits) {
                    const ScheduleSpec spec = suggestedSchedule(family.type, 0.1, 1000, unit, &before);
                    QVERIFY2(validateSchedule(spec).empty(),
                             (before.type + " to " + problemText(validateSchedule(spec))).c_str());
                }
        const ScheduleSpec cosine = scheduleSpec("cosine", {{"lr", 0.3}, {"end", 0.01}, {"length", 500}});
        const ScheduleSpec linear = suggestedSchedule("linear", 0.3, 1000, Step, &cosine);
        QCOMPARE(linear.values.get("end", -1), 0.01);
        QCOMPARE(linear.values.get("length", -1), 500.0);
        // 500 steps are not 500 epochs.
        const ScheduleSpec epochs = suggestedSchedule("linear", 0.3, 10, Epoch, &cosine);
        QCOMPARE(epochs.values.get("end", -1), 0.01);
        QVERIFY(!epochs.values.contains("length"));
    }

    void times() {
        const RunLength run{25, 10};
        QCOMPARE(lengthIn(Step, run), 25.0);
        QCOMPARE(lengthIn(Epoch, run), 3.0);
        QCOMPARE(lengthIn(FractionalEpoch, run), 2.5);
        QCOMPARE(timeIn(Step, run, 17), 17.0);
        QCOMPARE(timeIn(Epoch, run, 17), 1.0);
        QCOMPARE(timeIn(FractionalEpoch, run, 17), 1.7);
        for (std::uint64_t step = 0; step <= 25; ++step) {
            QCOMPARE(stepAt(Step, run, double(step)), step);
            QCOMPARE(stepAt(FractionalEpoch, run, timeIn(FractionalEpoch, run, step)), step);
            QCOMPARE(stepAt(FractionalEpoch, run, 0.1 * double(step)), step); // 0.1 is no binary fraction
            QCOMPARE(stepAt(Epoch, run, timeIn(Epoch, run, step)), step / 10 * 10);
        }
        QCOMPARE(stepAt(Step, run, 3.2), std::uint64_t(4));
        QCOMPARE(stepAt(Step, run, -1), std::uint64_t(0));
        QCOMPARE(stepAt(Epoch, run, 99), std::uint64_t(25));
    }

    void asHandlesFollows_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<quint64>("steps");
        for (const ScheduleFamily& family : scheduleTable())
            for (const quint64 steps : {1U, 2U, 25U, 1000U, 100'000U})
                QTest::addRow("%s, %llu steps", family.type.c_str(), static_cast<unsigned long long>(steps))
                    << QString::fromStdString(family.type) << steps;
    }
    // Within a hundredth of the highest rate: what an eye can see of it.
    void asHandlesFollows() {
        QFETCH(const QString, type);
        QFETCH(const quint64, steps);
        const RunLength run{steps, std::max<std::uint64_t>(1, steps / 20)};
        for (const TimeUnit unit : {Step, FractionalEpoch}) {
            const Schedule schedule(suggestedSchedule(type.toStdString(), 0.1, lengthIn(unit, run), unit), run);
            for (const TimeUnit drawnIn : {Step, FractionalEpoch}) {
                const ScheduleSpec handles = asHandles(schedule, drawnIn);
                QCOMPARE(problemText(validateSchedule(handles)), std::string());
                QVERIFY(handles.unit == drawnIn);
                QVERIFY(handles.points.size() <= 24);
                const double off = farthest(schedule, Schedule(handles, run), steps);
                // Four cosines in a row want more.
                QVERIFY2(off <= (type == "warm_restarts" ? 0.03 : 0.01), std::to_string(off).c_str());
                const Schedule finer(asHandles(schedule, drawnIn, 48), run);
                QVERIFY(farthest(schedule, finer, steps) <= 0.01);
            }
        }
    }

    void asHandlesOfSteps_data() {
        QTest::addColumn<int>("unit");
        QTest::addColumn<double>("period");
        QTest::addColumn<quint64>("steps");
        QTest::addColumn<quint64>("perEpoch");
        QTest::newRow("every 30 of 100") << int(Step) << 30.0 << quint64(100) << quint64(10);
        QTest::newRow("every 7 of 100") << int(Step) << 7.0 << quint64(100) << quint64(9);
        QTest::newRow("of a long run") << int(Step) << 123'457.0 << quint64(1'000'000) << quint64(1000);
        QTest::newRow("every 3 epochs") << int(Epoch) << 3.0 << quint64(300) << quint64(7);
        QTest::newRow("every 0.7 epochs") << int(FractionalEpoch) << 0.7 << quint64(100) << quint64(10);
        QTest::newRow("of a long run, by epoch") << int(Epoch) << 13.0 << quint64(234'567) << quint64(1000);
    }
    // Flat stretches come out bit by bit.
    void asHandlesOfSteps() {
        QFETCH(const int, unit);
        QFETCH(const double, period);
        QFETCH(const quint64, steps);
        QFETCH(const quint64, perEpoch);
        const RunLength run{steps, perEpoch};
        const Schedule schedule(
            scheduleSpec("step", {{"lr", 0.3}, {"factor", 0.7}, {"period", period}}, static_cast<TimeUnit>(unit)), run);
        for (const TimeUnit drawnIn : allUnits) {
            if (drawnIn == Epoch && unit != int(Epoch)) continue; // drops within epochs
            const ScheduleSpec handles = asHandles(schedule, drawnIn);
            QCOMPARE(handles.values.get("interpolation", -1), 0.0);
            const Schedule found(handles, run);
            for (std::uint64_t step = 0; step < steps; ++step)
                if (!sameBits(found.at(step), schedule.at(step))) QFAIL(("step " + std::to_string(step)).c_str());
        }
    }

    void driven_data() {
        QTest::addColumn<QList<double>>("rates");
        QTest::newRow("nothing") << QList<double>{};
        QTest::newRow("one") << QList<double>{0.1};
        QTest::newRow("constant") << QList<double>(50, 0.1);
        QTest::newRow("every step another") << QList<double>{0.1, 0.2, 0.15, 0.1, 1.0 / 3};
        QList<double> stretches;
        for (int i = 0; i < 5000; ++i) stretches.push_back(std::pow(0.97, i / 13));
        QTest::newRow("stretches") << stretches;
        QList<double> most;
        for (int i = 0; i < 10'000; ++i) most.push_back(1.0 / (1 + i));
        QTest::newRow("as many as there may be") << most;
    }
    void driven() {
        QFETCH(const QList<double>, rates);
        const ScheduleSpec spec = drivenSchedule(std::span(rates.data(), std::size_t(rates.size())));
        QCOMPARE(problemText(validateSchedule(spec)), std::string());
        QVERIFY(spec.unit == Step);
        const Schedule schedule(spec, RunLength{std::max<std::uint64_t>(1, std::uint64_t(rates.size())), 10});
        for (qsizetype i = 0; i < rates.size(); ++i) QVERIFY(sameBits(schedule.at(std::uint64_t(i)), rates[i]));
    }

    void drivenFarAndSmoothly() {
        std::vector<double> rates;
        for (int i = 0; i < 50'000; ++i) rates.push_back(0.01 + 0.05 * (1 + std::cos(3.14159 * i / 50'000)));
        const ScheduleSpec spec = drivenSchedule(rates);
        QCOMPARE(problemText(validateSchedule(spec)), std::string());
        const Schedule schedule(spec, RunLength{50'000, 10});
        for (std::size_t i = 0; i < rates.size(); ++i) VERIFY_NEAR(schedule.at(i), rates[i], 1.1e-6);
    }

    void movesToAnotherUnit() {
        const RunLength run{100, 10};
        const ScheduleSpec steps = drawn({{0, 1.0}, {15, 0.5}, {60, 0.1}});
        const ScheduleSpec fractions = inUnit(steps, FractionalEpoch, run);
        QVERIFY(fractions.unit == FractionalEpoch);
        QCOMPARE(fractions.points, (Points{{0, 1.0}, {1.5, 0.5}, {6, 0.1}}));
        QCOMPARE(inUnit(fractions, Step, run), steps);
        QCOMPARE(inUnit(steps, Step, run), steps);
        QCOMPARE(inUnit(steps, Epoch, run).points, (Points{{0, 1.0}, {1, 0.5}, {6, 0.1}}));
        QVERIFY(farthest(Schedule(steps, run), Schedule(fractions, run), 100) < 1e-12);
        const ScheduleSpec epochs = drawn({{0, 1.0}, {3, 0.5}}, Epoch, 0);
        for (const TimeUnit unit : {Step, FractionalEpoch})
            QCOMPARE(farthest(Schedule(epochs, run), Schedule(inUnit(epochs, unit, run), run), 100), 0.0);
    }

    // A handle beyond the run still says how steep the way to it is.
    void movesHandlesBeyondTheRun() {
        const RunLength run{100, 10};
        const ScheduleSpec steps = drawn({{0, 1.0}, {50, 0.9}, {200, 0.1}, {250, 0.3}});
        const ScheduleSpec fractions = inUnit(steps, FractionalEpoch, run);
        QCOMPARE(fractions.points, (Points{{0, 1.0}, {5, 0.9}, {20, 0.1}, {25, 0.3}}));
        QCOMPARE(inUnit(fractions, Step, run), steps);
        QVERIFY(farthest(Schedule(steps, run), Schedule(fractions, run), 100) < 1e-12);
        QCOMPARE(problemText(validateSchedule(inUnit(steps, Epoch, RunLength{95, 10}))), std::string());
        QCOMPARE(problemText(validateSchedule(inUnit(drawn({{1, 1}, {3, 2}, {7, 3}}, Epoch), Step, RunLength{25, 10}))),
                 std::string());
    }
};

QTEST_APPLESS_MAIN(TestHandles)
#include "tst_handles.moc"
