// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "problems.h"

#include "core/schedule/formula.h"
#include "core/schedule/schedule.h"

#include <QTest>

#include <atomic>
#include <cmath>
#include <numbers>
#include <thread>

using namespace ratescope;

namespace {

const FormulaVariables some{7.0, 20.0, 3.0, 0.25};

ScheduleSpec formula(const std::string& expression, std::optional<double> rate = {}, TimeUnit unit = TimeUnit::Step) {
    ScheduleSpec spec{"formula", unit, {}};
    spec.expression = expression;
    if (rate) spec.values.set("lr", *rate);
    return spec;
}

} // namespace

class TestFormula : public QObject {
    Q_OBJECT

private slots:
    void values_data() {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<double>("value"); // t = 7, T = 20, epoch = 3, lr = 0.25
        const auto row = [](const char* expression, double value) { QTest::newRow(expression) << expression << value; };
        row("t", 7);
        row("T", 20);
        row("epoch", 3);
        row("lr", 0.25);
        row("1e-3", 1e-3);
        row("1.5E2", 150);
        row("t + 2*3 - 4/8", 12.5);
        row("2^3^2", 512);
        row("-2^2", -4);
        row("(1 + 2)*3", 9);
        row("pi", std::numbers::pi);
        row("e", std::numbers::e);
        row("sqrt(t)", std::sqrt(7.0));
        row("exp(-t/T)", std::exp(-0.35));
        row("log(t)", std::log(7.0));
        row("ln(t)", std::log(7.0));
        row("log10(1000)", 3);
        row("log2(8)", 3);
        row("sin(t)", std::sin(7.0));
        row("cos(pi*t/T)", std::cos(std::numbers::pi * 0.35));
        row("tan(1)", std::tan(1.0));
        row("abs(-t)", 7);
        row("sign(-t)", -1);
        row("min(t, T, 5)", 5);
        row("max(t, T, 5)", 20);
        row("floor(t/2)", 3);
        row("ceil(t/2)", 4);
        row("floor(-0.5)", -1);
        row("round(2.5)", 3);
        row("rint(2.4)", 2);
        row("pow(2, 10)", 1024);
        row("mod(t, 4)", 3);
        row("mod(-1, 4)", 3);
        row("mod(0.7, 0.5)", 0.2);
        row("t < 10 ? 1 : 2", 1);
        row("t >= 10 ? 1 : 2", 2);
        row("t < 5 ? 1 : t < 8 ? 2 : 3", 2);
        row("t == 7", 1);
        row("t != 7", 0);
        row("(t <= 7) + (t > 7)", 1);
        row("t > 5 && T > 30", 0);
        row("t > 5 || T > 30", 1);
        row("lr*0.5*(1 + cos(pi*t/T))", 0.125 * (1 + std::cos(std::numbers::pi * 0.35)));
        row("lr * 0.5^floor(epoch/2)", 0.125);
    }
    void values() {
        QFETCH(const QString, expression);
        QFETCH(const double, value);
        const double found = Formula(expression.toStdString())(some);
        QVERIFY2(std::abs(found - value) <= 1e-12 * std::max(1.0, std::abs(value)), differ(found, value).c_str());
    }

    void withoutValue() {
        QVERIFY(!std::isfinite(Formula("1/(t - 7)")(some)));
        QVERIFY(std::isnan(Formula("sqrt(-t)")(some)));
        QVERIFY(std::isnan(Formula("0/(t - 7)")(some)));
    }

    void usesRate() {
        QVERIFY(Formula("lr/t").usesRate());
        QVERIFY(!Formula("1/t").usesRate());
        QCOMPARE(problemText(validateSchedule(formula("1/(t+1)"))), std::string());
        QCOMPARE(problemText(validateSchedule(formula("lr/(t+1)", 0.1))), std::string());
        QCOMPARE(problemText(validateSchedule(formula("lr/(t+1)"))),
                 std::string("lr: is missing, but the expression speaks of it\n"));
    }

    void faults_data() {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<int>("character"); // from 1
        QTest::addColumn<QString>("says");
        const auto row = [](const char* expression, int character, const char* says) {
            QTest::addRow("“%s”", expression) << expression << character << says;
        };
        row("", 1, "it is empty");
        row("   ", 1, "it is empty");
        row("lr * foo", 6, "“foo” is not known");
        row("x", 1, "“x” is not known");
        row("t = 3", 3, "a single “=” has no meaning");
        row("\"a\"", 1, "text has no place");
        row("1 +", 4, "it ends too early");
        row("(t + 1", 7, "a “)” is missing");
        row("t + 1)", 6, "a parenthesis does not belong");
        row("t 2", 3, "an operator may be missing");
        row("t * * 2", 5, "the operator “*” does not belong");
        row("floor(1, 2)", 11, "too many arguments");
        row("pow(2)", 6, "too few arguments");
        row("1, 2", 5, "it gives more than one value");
        row("sin", 1, "“sin” is not known");
    }
    void faults() {
        QFETCH(const QString, expression);
        QFETCH(const int, character);
        QFETCH(const QString, says);
        const std::string text = problemText(validateSchedule(formula(expression.toStdString(), 0.1)));
        const std::string place =
            "expression: “" + expression.toStdString() + "”: at character " + std::to_string(character) + ": ";
        QVERIFY2(contains(text, place), text.c_str());
        QVERIFY2(contains(text, says.toStdString()), text.c_str());
    }

    // Characters are counted as people count them.
    void faultsBeyondAscii() {
        const std::string text = problemText(validateSchedule(formula("t + größe")));
        QVERIFY2(contains(text, "at character 5: ") || contains(text, "at character 7: "), text.c_str());
        QVERIFY2(!contains(problemText(validateSchedule(formula("é + ü*t"))), "at character 0"), text.c_str());
    }

    void tooLong() {
        const std::string text = problemText(validateSchedule(formula(std::string(1'001, '1'))));
        QCOMPARE(text, std::string("expression: is 1001 characters long; allowed: 1000\n"));
        QCOMPARE(problemText(validateSchedule(formula(std::string(499, '(') + '1' + std::string(499, ')')))),
                 std::string());
    }

    void units() {
        const RunLength run{25, 10};
        const auto at = [&](const char* expression, TimeUnit unit, std::uint64_t step) {
            return Schedule(formula(expression, 0.5, unit), run).at(step);
        };
        QCOMPARE(at("t", TimeUnit::Step, 17), 17.0);
        QCOMPARE(at("T", TimeUnit::Step, 17), 25.0);
        QCOMPARE(at("t", TimeUnit::Epoch, 17), 1.0);
        QCOMPARE(at("T", TimeUnit::Epoch, 17), 3.0);
        QCOMPARE(at("t", TimeUnit::FractionalEpoch, 17), 1.7);
        QCOMPARE(at("T", TimeUnit::FractionalEpoch, 17), 2.5);
        for (const TimeUnit unit : {TimeUnit::Step, TimeUnit::Epoch, TimeUnit::FractionalEpoch}) {
            QCOMPARE(at("epoch", unit, 17), 1.0);
            QCOMPARE(at("lr", unit, 17), 0.5);
        }
    }

    // In a part t, T and epoch are the part's.
    void inASequence() {
        ScheduleSpec spec{"sequence", TimeUnit::Step, {}};
        spec.parts = {{formula("t + 100*T", {}), 10.0},
                      {formula("t + 100*T + 10000*epoch", {}), 30.0},
                      {formula("t + 100*T", {}, TimeUnit::FractionalEpoch), {}}};
        QCOMPARE(problemText(validateSchedule(spec)), std::string());
        const Schedule schedule(spec, RunLength{65, 10});
        QCOMPARE(schedule.at(3), 1003.0);
        QCOMPARE(schedule.at(10), 3000.0);
        QCOMPARE(schedule.at(39), 29.0 + 3000.0 + 20000.0);
        QCOMPARE(schedule.at(40), 250.0);
        QCOMPARE(schedule.at(64), 252.4);
    }

    // Each thread has to get its own answers, from one schedule and while others make theirs.
    void threads() {
        const Schedule schedule(formula("lr * t + floor(T/2) + mod(epoch, 3)", 0.5), RunLength{1000, 10});
        std::atomic<int> wrong = 0;
        const auto work = [&](std::uint64_t first) {
            for (std::uint64_t step = first; step < 4000; step += 2) {
                if (schedule.at(step) != 0.5 * double(step) + 500.0 + double(step / 10 % 3)) ++wrong;
                if (step % 100 == first &&
                    Formula("t^2 + 0.5")({double(step), 1, 1, 1}) != double(step) * double(step) + 0.5)
                    ++wrong;
            }
        };
        std::thread even(work, 0);
        std::thread odd(work, 1);
        even.join();
        odd.join();
        QCOMPARE(wrong.load(), 0);
    }
};

QTEST_APPLESS_MAIN(TestFormula)
#include "tst_formula.moc"
