// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "problems.h"

#include "core/schedule/schedule.h"

#include <QTest>

#include <cmath>
#include <numbers>

using namespace ratescope;

namespace {

using Parameters = std::vector<std::pair<const char*, double>>;

ScheduleSpec specOf(const std::string& type, const Parameters& parameters, TimeUnit unit = TimeUnit::Step) {
    ScheduleSpec spec{type, unit, {}};
    for (const auto& [name, value] : parameters) spec.values.set(name, value);
    return spec;
}

const RunLength longRun{1'000'000, 100};

} // namespace

class TestSchedule : public QObject {
    Q_OBJECT

private slots:
    void closedForms_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<int>("index");
        QTest::addColumn<QList<std::pair<quint64, double>>>("rates");
        m_closedForms.clear();
        const auto row = [this](const char* title, const char* type, const Parameters& parameters,
                                QList<std::pair<quint64, double>> rates) {
            QTest::newRow(title) << type << int(m_closedForms.size()) << rates;
            m_closedForms.push_back(parameters);
        };
        row("constant", "constant", {{"lr", 0.3}}, {{0, 0.3}, {1, 0.3}, {999999, 0.3}});
        row("linear up", "linear", {{"lr", 0.1}, {"end", 0.5}, {"length", 4}},
            {{0, 0.1}, {1, 0.2}, {3, 0.4}, {4, 0.5}, {5, 0.5}, {999, 0.5}});
        row("linear to 0", "linear", {{"lr", 0.1}, {"length", 8}},
            {{0, 0.1}, {4, 0.05}, {7, 0.0125}, {8, 0.0}, {9, 0.0}});
        row("linear, length 1", "linear", {{"lr", 0.1}, {"end", 0.02}, {"length", 1}},
            {{0, 0.1}, {1, 0.02}, {2, 0.02}});
        row("linear, broken length", "linear", {{"lr", 1.0}, {"length", 2.5}},
            {{0, 1.0}, {1, 0.6}, {2, 0.2}, {3, 0.0}});
        row("cosine, length 1", "cosine", {{"lr", 0.1}, {"end", 0.02}, {"length", 1}},
            {{0, 0.1}, {1, 0.02}, {2, 0.02}});
        row("cosine holds", "cosine", {{"lr", 0.1}, {"end", 0.02}, {"length", 10}},
            {{5, 0.06}, {10, 0.02}, {11, 0.02}, {20, 0.02}, {999, 0.02}});
        row("step, default factor", "step", {{"lr", 2.0}, {"period", 5}}, {{4, 2.0}, {5, 0.2}, {9, 0.2}, {10, 0.02}});
        row("step, offset 1", "step", {{"lr", 2.0}, {"factor", 0.5}, {"period", 5}, {"offset", 1}},
            {{3, 2.0}, {4, 1.0}, {8, 1.0}, {9, 0.5}, {14, 0.25}});
        row("step, broken period", "step", {{"lr", 1.0}, {"factor", 0.5}, {"period", 2.5}},
            {{2, 1.0}, {3, 0.5}, {4, 0.5}, {5, 0.25}, {7, 0.25}, {8, 0.125}});
        row("time", "time", {{"lr", 0.5}, {"decay", 0.25}}, {{0, 0.5}, {1, 0.4}, {4, 0.25}, {12, 0.125}, {996, 0.002}});
        row("time without decay", "time", {{"lr", 0.5}, {"decay", 0}, {"compounding", 1}},
            {{0, 0.5}, {1, 0.5}, {500, 0.5}});
        row("time, compounding", "time", {{"lr", 0.5}, {"decay", 0.5}, {"compounding", 1}},
            {{0, 0.5}, {1, 1.0 / 3}, {2, 1.0 / 6}, {3, 1.0 / 15}, {4, 1.0 / 45}});
        row("exponential with period", "exponential", {{"lr", 0.8}, {"gamma", 0.25}, {"period", 10}},
            {{0, 0.8}, {5, 0.4}, {10, 0.2}, {15, 0.1}, {50, 0.00078125}});
        row("exponential up", "exponential", {{"lr", 0.001}, {"gamma", 10}, {"period", 100}},
            {{0, 0.001}, {50, 0.0031622776601683794}, {300, 1.0}});
        row("restarts with falling peaks", "warm_restarts",
            {{"lr", 1.1}, {"end", 0.1}, {"period", 4}, {"period_factor", 2}, {"peak_factor", 0.5}},
            {{0, 1.1}, {2, 0.6}, {4, 0.6}, {8, 0.35}, {12, 0.35}, {20, 0.225}, {28, 0.225}, {60, 0.1625}});
        row("restarts with rising peaks", "warm_restarts", {{"lr", 0.1}, {"period", 2}, {"peak_factor", 2}},
            {{0, 0.1}, {1, 0.05}, {2, 0.2}, {3, 0.1}, {4, 0.4}, {8, 1.6}});
        row("cyclical between equal bounds", "cyclical",
            {{"lr", 0.1}, {"max_lr", 0.1}, {"half_period", 3}, {"mode", 0}}, {{0, 0.1}, {2, 0.1}, {3, 0.1}});
        row("cyclical from 0, half period 1", "cyclical", {{"lr", 0}, {"max_lr", 1}, {"half_period", 1}, {"mode", 1}},
            {{0, 0}, {1, 1}, {2, 0}, {3, 0.5}, {4, 0}, {5, 0.25}});
        row("cyclical, gamma left out", "cyclical", {{"lr", 0.2}, {"max_lr", 1}, {"half_period", 4}, {"mode", 2}},
            {{1, 0.4}, {4, 1}, {12, 1}, {14, 0.6}});
    }
    void closedForms() {
        QFETCH(QString, type);
        QFETCH(int, index);
        using Rates = QList<std::pair<quint64, double>>;
        QFETCH(Rates, rates);
        const ScheduleSpec spec = specOf(type.toStdString(), m_closedForms[std::size_t(index)]);
        QCOMPARE(problemText(validateSchedule(spec)), std::string());
        const Schedule schedule(spec, longRun);
        for (const auto& [t, rate] : rates) {
            const double found = schedule.at(t);
            QVERIFY2(std::abs(found - rate) <= 1e-12 * std::max(rate, 1e-3), differ(found, rate).c_str());
        }
    }

    // A family that joins the table has to join these tests.
    void everyFamilyIsTested() {
        std::vector<std::string> types;
        for (const ScheduleFamily& family : scheduleTable()) types.push_back(family.type);
        const std::vector<std::string> tested{
            "constant", "linear",        "polynomial", "step",      "multistep",    "exponential",         "time",
            "cosine",   "warm_restarts", "cyclical",   "one_cycle", "inverse_sqrt", "warmup_stable_decay", "plateau",
            "halving",  "piecewise",     "formula",    "sequence"};
        QCOMPARE(types, tested);
    }

    void compoundingFollowsTheRecursion_data() {
        QTest::addColumn<double>("decay");
        for (const double decay : {1e-12, 1e-9, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1.0, 10.0})
            QTest::addRow("%g", decay) << decay;
    }
    void compoundingFollowsTheRecursion() {
        QFETCH(double, decay);
        const Schedule schedule(specOf("time", {{"lr", 0.7}, {"decay", decay}, {"compounding", 1}}), longRun);
        long double rate = 0.7L;
        for (std::uint64_t t = 0; t <= 100000; ++t) {
            if (t > 0) rate /= 1.0L + static_cast<long double>(decay) * static_cast<long double>(t);
            const bool looked = t < 300 || t % 997 == 0 || t == 100000;
            if (!looked) continue;
            // Where doubles run out both are nothing.
            if (rate < 1e-290L)
                QVERIFY(schedule.at(t) <= 1e-290);
            else
                VERIFY_NEAR(schedule.at(t), static_cast<double>(rate), 1e-9);
        }
    }

    void restartsAtEveryBorder_data() {
        QTest::addColumn<double>("period");
        QTest::addColumn<double>("factor");
        for (const auto& [period, factor] : std::initializer_list<std::pair<double, double>>{{7, 1},
                                                                                             {2.5, 1},
                                                                                             {1, 1},
                                                                                             {10, 2},
                                                                                             {10, 3},
                                                                                             {3, 10},
                                                                                             {64, 1.5},
                                                                                             {1024, 1.25},
                                                                                             {7, 1.3},
                                                                                             {12.7, 1.05},
                                                                                             {3.7, 1.01},
                                                                                             {5, 1.618},
                                                                                             {1, 1.0001}})
            QTest::addRow("period %g, factor %g", period, factor) << period << factor;
    }
    // Cycle after cycle added up in long double; each looked at on both sides of its borders.
    void restartsAtEveryBorder() {
        QFETCH(double, period);
        QFETCH(double, factor);
        constexpr double peakFactor = 0.97;
        const Schedule schedule(specOf("warm_restarts", {{"lr", 0.5},
                                                         {"end", 0.01},
                                                         {"period", period},
                                                         {"period_factor", factor},
                                                         {"peak_factor", peakFactor}}),
                                longRun);
        long double start = 0.0L;
        long double length = period;
        for (int cycle = 0; cycle < 400 && start + length < 1e6L; ++cycle) {
            const double peak = 0.01 + 0.49 * std::pow(peakFactor, cycle);
            const auto first = static_cast<std::uint64_t>(std::ceil(start));
            const auto next = static_cast<std::uint64_t>(std::ceil(start + length));
            for (const std::uint64_t t : {first, first + 1, (first + next) / 2, next - 1}) {
                if (t < first || t >= next) continue;
                const auto x = static_cast<double>((static_cast<long double>(t) - start) / length);
                VERIFY_NEAR(schedule.at(t), 0.01 + (peak - 0.01) * 0.5 * (1.0 + std::cos(std::numbers::pi * x)), 1e-8);
            }
            start += length;
            length *= factor;
        }
    }

    void restartsWhereDecimalsSay_data() {
        QTest::addColumn<double>("period");
        QTest::addColumn<double>("factor");
        QTest::addColumn<QList<quint64>>("starts");
        // Cycles of 10 and 11; 1000, 1100, 1210, 1331, 1464.1; and so on: whole in decimals, not in binary.
        QTest::newRow("10, 1.1") << 10.0 << 1.1 << QList<quint64>{0, 10, 21};
        QTest::newRow("1000, 1.1") << 1000.0 << 1.1 << QList<quint64>{0, 1000, 2100, 3310, 4641};
        QTest::newRow("100, 1.2") << 100.0 << 1.2 << QList<quint64>{0, 100, 220, 364};
        QTest::newRow("100, 1.3") << 100.0 << 1.3 << QList<quint64>{0, 100, 230, 399};
        QTest::newRow("1000, 1.4") << 1000.0 << 1.4 << QList<quint64>{0, 1000, 2400, 4360, 7104};
        QTest::newRow("1000, 1.7") << 1000.0 << 1.7 << QList<quint64>{0, 1000, 2700, 5590, 10503};
        QTest::newRow("0.1 ten times") << 0.1 << 1.0 << QList<quint64>{0, 1, 2, 3, 7, 1000};
    }
    void restartsWhereDecimalsSay() {
        QFETCH(double, period);
        QFETCH(double, factor);
        QFETCH(QList<quint64>, starts);
        const Schedule schedule(
            specOf("warm_restarts", {{"lr", 0.5}, {"end", 0.01}, {"period", period}, {"period_factor", factor}}),
            longRun);
        for (const quint64 t : starts) VERIFY_NEAR(schedule.at(t), 0.5, 1e-9);
    }

    // More cycles in a step than numbers can tell apart: whatever the rate is then, it comes at once and is between the
    // bounds.
    void periodsFarBelowAStep_data() {
        QTest::addColumn<double>("period");
        QTest::addColumn<double>("factor");
        for (const double period : {1e-6, 1e-9, 1e-12, 1e-300})
            for (const double factor : {1.0, 1.1, 2.0})
                QTest::addRow("period %g, factor %g", period, factor) << period << factor;
    }
    void periodsFarBelowAStep() {
        QFETCH(double, period);
        QFETCH(double, factor);
        const ScheduleSpec spec =
            specOf("warm_restarts", {{"lr", 0.5}, {"end", 0.01}, {"period", period}, {"period_factor", factor}});
        if (!validateSchedule(spec).empty()) return; // refusing it is an answer as well
        const Schedule schedule(spec, longRun);
        for (const std::uint64_t t : {0U, 1U, 50U, 999'999'999U}) {
            const double rate = schedule.at(t);
            QVERIFY2(rate >= 0.01 && rate <= 0.5, std::to_string(rate).c_str());
        }
    }

    void units_data() {
        QTest::addColumn<int>("unit");
        QTest::addColumn<QList<double>>("rates");
        // 25 steps, 10 an epoch, the length left out: 25 steps, 3 epochs begun, 2.5 epochs; at the steps 0, 5, 9, 10,
        // 20, 24, 25, 30, 99.
        const auto ramp = [](QList<double> shares) {
            for (double& share : shares) share = 1.0 - share;
            return shares;
        };
        QTest::newRow("step") << int(TimeUnit::Step)
                              << ramp({0, 5 / 25.0, 9 / 25.0, 10 / 25.0, 20 / 25.0, 24 / 25.0, 1, 1, 1});
        QTest::newRow("epoch") << int(TimeUnit::Epoch) << ramp({0, 0, 0, 1 / 3.0, 2 / 3.0, 2 / 3.0, 2 / 3.0, 1, 1});
        QTest::newRow("fractional epoch")
            << int(TimeUnit::FractionalEpoch) << ramp({0, 0.5 / 2.5, 0.9 / 2.5, 1 / 2.5, 2 / 2.5, 2.4 / 2.5, 1, 1, 1});
    }
    void units() {
        QFETCH(int, unit);
        QFETCH(QList<double>, rates);
        const Schedule schedule(specOf("linear", {{"lr", 1.0}}, static_cast<TimeUnit>(unit)), RunLength{25, 10});
        const std::uint64_t steps[] = {0, 5, 9, 10, 20, 24, 25, 30, 99};
        for (std::size_t i = 0; i < std::size(steps); ++i)
            QVERIFY(std::abs(schedule.at(steps[i]) - rates[qsizetype(i)]) < 1e-12);
    }

    void givenLengthsAreInTheUnit() {
        const Parameters parameters{{"lr", 1.0}, {"length", 4}};
        QCOMPARE(Schedule(specOf("linear", parameters, TimeUnit::Epoch), RunLength{1000, 10}).at(29), 0.5);
        QCOMPARE(Schedule(specOf("linear", parameters, TimeUnit::FractionalEpoch), RunLength{1000, 10}).at(25), 0.375);
        QCOMPARE(Schedule(specOf("linear", parameters, TimeUnit::Step), RunLength{1000, 10}).at(3), 0.25);
    }

    void unitNames() {
        QCOMPARE(timeUnitName(TimeUnit::Step), std::string_view("step"));
        QCOMPARE(timeUnitName(TimeUnit::Epoch), std::string_view("epoch"));
        QCOMPARE(timeUnitName(TimeUnit::FractionalEpoch), std::string_view("fractional_epoch"));
        for (const TimeUnit unit : {TimeUnit::Step, TimeUnit::Epoch, TimeUnit::FractionalEpoch})
            QVERIFY(findTimeUnit(timeUnitName(unit)) == unit);
        QVERIFY(!findTimeUnit("epochs"));
        QVERIFY(!findTimeUnit(""));
    }

    void sweeps() {
        const Schedule exponential = Schedule::sweep(1e-4, 1.0, 5, true);
        const Schedule linear = Schedule::sweep(0.1, 0.9, 5, false);
        for (std::uint64_t i = 0; i < 5; ++i) {
            VERIFY_NEAR(exponential.at(i), std::pow(10.0, double(i) - 4.0), 1e-12);
            VERIFY_NEAR(linear.at(i), 0.1 + 0.2 * double(i), 1e-12);
        }
        QCOMPARE(Schedule::sweep(1e-4, 1.0, 1, true).at(0), 1e-4);
        QCOMPARE(Schedule::sweep(0.1, 0.9, 1, false).at(0), 0.1);
        const Schedule falling = Schedule::sweep(1.0, 0.01, 3, true);
        VERIFY_NEAR(falling.at(1), 0.1, 1e-12);
    }

    void refusesAnUnknownFamily() {
        const ScheduleSpec spec = specOf("cosin", {{"lr", 0.1}});
        const std::string text = problemText(validateSchedule(spec));
        QVERIFY2(contains(text, "type: “cosin” is no schedule; allowed: constant, linear") &&
                     contains(text, "cyclical"),
                 text.c_str());
        const std::string error = errorOf([&] { Schedule(spec, RunLength{}); });
        QVERIFY2(contains(error, "“cosin” is no schedule"), error.c_str());
    }

    void validates_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("name");
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("says"); // empty: allowed
        const auto row = [](const char* type, const char* name, double value, const char* says) {
            QTest::addRow("%s %s %g", type, name, value) << type << name << value << says;
        };
        row("constant", "lr", 1e6, "");
        row("constant", "lr", 0, "lr: is 0; allowed: a number above 0 and at most 1e+06");
        row("constant", "lr", -1, "lr: is -1; allowed");
        row("constant", "lr", 1.1e6, "lr: is 1100000; allowed");
        row("constant", "lr", std::nan(""), "lr: is nan; allowed");
        row("constant", "lr", std::numeric_limits<double>::infinity(), "lr: is inf; allowed");
        row("constant", "period", 3, "period: the schedule constant has no parameter of this name");
        row("linear", "end", 0, "");
        row("linear", "end", -0.1, "end: is -0.1; allowed: a number from 0 to 1e+06");
        row("linear", "length", 0, "length: is 0; allowed: a number above 0 and at most 1e+09");
        row("linear", "length", 1e9, "");
        row("step", "period", 0, "period: is 0; allowed: a number above 0");
        row("step", "factor", 0, "factor: is 0; allowed: a number above 0 and at most 100");
        row("step", "offset", -1, "offset: is -1; allowed: a number from 0");
        row("time", "decay", 0, "");
        row("time", "decay", -1e-3, "decay: is -0.001; allowed: a number from 0 to 1000");
        row("time", "compounding", 2, "compounding: is 2; allowed: true or false");
        row("exponential", "gamma", 0, "gamma: is 0; allowed: a number above 0");
        row("exponential", "period", -5, "period: is -5; allowed");
        row("warm_restarts", "period_factor", 1, "");
        row("warm_restarts", "period_factor", 0.99, "period_factor: is 0.99; allowed: a number from 1 to 100");
        row("warm_restarts", "peak_factor", 0, "peak_factor: is 0; allowed: a number above 0");
        row("cyclical", "lr", 0, "");
        row("cyclical", "max_lr", 0.4, "max_lr: is 0.4, below lr (0.5)");
        row("cyclical", "max_lr", 0.5, "");
        row("cyclical", "mode", 3, "mode: is 3; allowed: one of triangular, triangular2, exp_range");
        row("cyclical", "mode", 0.5, "mode: is 0.5; allowed: one of triangular");
        row("cyclical", "gamma", 1.01, "gamma: is 1.01; allowed: a number above 0 and at most 1");
        row("cyclical", "half_period", 0, "half_period: is 0; allowed");
    }
    void validates() {
        QFETCH(QString, type);
        QFETCH(QString, name);
        QFETCH(double, value);
        QFETCH(QString, says);
        ScheduleSpec spec = complete(type.toStdString());
        spec.values.set(name.toStdString(), value);
        const Problems problems = validateSchedule(spec);
        const std::string text = problemText(problems);
        QVERIFY2(problems.size() == (says.isEmpty() ? 0U : 1U), text.c_str());
        QVERIFY2(contains(text, says.toStdString()), text.c_str());
    }

    void namesWhatIsMissing() {
        for (const ScheduleFamily& family : scheduleTable()) {
            const ScheduleSpec full = complete(family.type);
            QCOMPARE(problemText(validateSchedule(full)), std::string());
            for (const ParameterInfo& info : family.parameters) {
                if (!info.required || !info.isValue()) continue;
                ScheduleSpec spec = full;
                spec.values.clear(info.name);
                const std::string text = problemText(validateSchedule(spec));
                QVERIFY2(contains(text, info.name + ": the schedule " + family.type + " needs this parameter"),
                         text.c_str());
            }
        }
    }

    // What is no number has words of its own.
    void namesWhatIsMissingOfLists_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("says");
        QTest::newRow("multistep") << "multistep" << "milestones: holds none; expected the times of the drops";
        QTest::newRow("piecewise") << "piecewise" << "points: holds none; expected handles [t, lr]";
        QTest::newRow("formula") << "formula" << "expression: “”: at character 1: it is empty";
        QTest::newRow("sequence") << "sequence" << "parts: holds none; expected [{\"schedule\"";
    }
    void namesWhatIsMissingOfLists() {
        QFETCH(const QString, type);
        QFETCH(const QString, says);
        ScheduleSpec spec = complete(type.toStdString());
        spec.milestones.clear();
        spec.points.clear();
        spec.expression.clear();
        spec.parts.clear();
        const std::string text = problemText(validateSchedule(spec));
        QVERIFY2(contains(text, says.toStdString()), text.c_str());
    }

private:
    /// A family with some good value for all that it requires.
    static ScheduleSpec complete(const std::string& type) {
        ScheduleSpec spec{type, TimeUnit::Step, {}};
        for (const ParameterInfo& info : findScheduleFamily(type)->parameters)
            if (info.required && info.isValue())
                spec.values.set(info.name, info.kind == ParameterKind::Choice ? 0.0
                                           : info.name == "max_lr"            ? 0.9
                                                                              : 0.5);
        if (type == "multistep") spec.milestones = {5};
        if (type == "piecewise") spec.points = {{0, 0.1}};
        if (type == "formula") spec.expression = "1/(t + 1)";
        if (type == "sequence") spec.parts = {{specOf("constant", {{"lr", 0.1}}), std::nullopt}};
        return spec;
    }

    std::vector<Parameters> m_closedForms;
};

QTEST_APPLESS_MAIN(TestSchedule)
#include "tst_schedule.moc"
