// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "problems.h"
#include "small_runs.h"

#include "core/schedule/schedule.h"

#include <QTest>

#include <cmath>

using namespace ratescope;

namespace {

using Kind = ScheduleWarning::Kind;

ScheduleSpec formula(const std::string& expression) {
    ScheduleSpec spec{"formula", TimeUnit::Step, {}};
    spec.expression = expression;
    return spec;
}

std::vector<ScheduleWarning> warnings(const ScheduleSpec& spec, std::uint64_t steps) {
    return warningsOf(Schedule(spec, RunLength{steps, 10}), steps);
}

} // namespace

class TestScheduleWarnings : public QObject {
    Q_OBJECT

private slots:
    void kinds_data() {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<int>("kind");
        QTest::addColumn<quint64>("step");
        QTest::addColumn<QString>("says");
        QTest::newRow("below 0") << "1 - t/50" << int(Kind::Negative) << quint64(51) << "is -0.02";
        QTest::newRow("0") << "t < 30 ? 1 : 0" << int(Kind::Zero) << quint64(30)
                           << "is 0 at step 30: while the rate is 0 nothing is learned";
        QTest::newRow("too high") << "10^(t/10)" << int(Kind::TooHigh) << quint64(61)
                                  << "over 1e6 nothing can be learned";
        QTest::newRow("no number") << "sqrt(20 - t)" << int(Kind::NotFinite) << quint64(21) << "at step 21: no number";
        QTest::newRow("infinite") << "1/(t - 40)^2" << int(Kind::NotFinite) << quint64(40)
                                  << "is inf at step 40: no number";
    }
    void kinds() {
        QFETCH(const QString, expression);
        QFETCH(const int, kind);
        QFETCH(const quint64, step);
        QFETCH(const QString, says);
        const auto found = warnings(formula(expression.toStdString()), 100);
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(int(found[0].kind), kind);
        QCOMPARE(found[0].step, std::uint64_t(step));
        QVERIFY2(contains(found[0].message, says.toStdString()), found[0].message.c_str());
    }

    // Each kind once, by its first step.
    void several() {
        const auto found = warnings(formula("t < 10 ? 1 : t < 20 ? 0 : t < 30 ? -1 : t < 40 ? 2e6 : 0/(t*0)"), 100);
        QCOMPARE(found.size(), std::size_t(4));
        const std::uint64_t steps[] = {10, 20, 30, 40};
        for (std::size_t i = 0; i < 4; ++i) QCOMPARE(found[i].step, steps[i]);
        QCOMPARE(found[1].rate, -1.0);
        QCOMPARE(found[2].rate, 2e6);
    }

    // 0 for one step is where a warm-up begins, a triangle ends, or a run.
    void zeroForAStep() {
        QVERIFY(warnings(scheduleSpec("warmup_stable_decay", {{"lr", 1}, {"warmup", 5}, {"decay", 5}}), 50).empty());
        QVERIFY(warnings(scheduleSpec("cyclical", {{"lr", 0}, {"max_lr", 1}, {"half_period", 1}, {"mode", 0}}), 50)
                    .empty());
        QVERIFY(warnings(scheduleSpec("linear", {{"lr", 1}, {"length", 49}}), 50).empty());
        const auto found = warnings(scheduleSpec("linear", {{"lr", 1}, {"length", 48}}), 50);
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].step, std::uint64_t(48));
    }

    void allIsWell() {
        for (const std::uint64_t steps : {1U, 2U, 100U, 30'000U}) {
            QVERIFY(warnings(scheduleSpec("constant", {{"lr", 1e6}}), steps).empty());
            QVERIFY(warnings(scheduleSpec("cosine", {{"lr", 0.1}}), steps).empty());
        }
        QVERIFY(warnings(scheduleSpec("constant", {{"lr", 1}}), 0).empty());
    }

    // Of 200,000 steps every tenth is looked at, and every tenth is where a triangle ends: no reason to warn.
    void longRuns() {
        QVERIFY(warnings(scheduleSpec("cyclical", {{"lr", 0}, {"max_lr", 1}, {"half_period", 5}, {"mode", 0}}), 200'000)
                    .empty());
        const auto found = warnings(formula("t < 150000 ? 1 : 0"), 200'000);
        QCOMPARE(found.size(), std::size_t(1));
        QVERIFY(found[0].step >= 150'000 && found[0].step < 150'020);
        const auto last = warnings(formula("t < 199999 ? 1 : -1"), 200'000);
        QCOMPARE(last.size(), std::size_t(1)); // the last step is always looked at
        QCOMPARE(last[0].step, std::uint64_t(199'999));
    }
};

QTEST_APPLESS_MAIN(TestScheduleWarnings)
#include "tst_schedule_warnings.moc"
