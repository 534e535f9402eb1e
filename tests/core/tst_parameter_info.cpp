// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/parameter_info.h"

#include <QTest>

#include <stdexcept>

using namespace ratescope;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

ParameterInfo parameter(ParameterKind kind, double minimum, double maximum, bool aboveMinimum = false) {
    ParameterInfo info;
    info.name = "p";
    info.kind = kind;
    info.minimum = minimum;
    info.maximum = maximum;
    info.aboveMinimum = aboveMinimum;
    return info;
}

} // namespace

class TestParameterInfo : public QObject {
    Q_OBJECT

private slots:
    void shortestReadsBackTheSame_data() {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("0.1") << 0.1 << "0.1";
        QTest::newRow("whole") << 5.0 << "5";
        QTest::newRow("small") << 1e-5 << "1e-05";
        QTest::newRow("third") << 1.0 / 3 << "0.3333333333333333";
        QTest::newRow("sum") << 0.1 + 0.2 << "0.30000000000000004";
        QTest::newRow("largest") << 1.7976931348623157e308 << "1.7976931348623157e+308";
        QTest::newRow("smallest") << 5e-324 << "5e-324";
        QTest::newRow("negative") << -2.5 << "-2.5";
    }
    void shortestReadsBackTheSame() {
        QFETCH(double, value);
        QFETCH(QString, text);
        QCOMPARE(QString::fromStdString(shortest(value)), text);
        QVERIFY(text.toDouble() == value);
    }

    void ranges_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<double>("minimum");
        QTest::addColumn<double>("maximum");
        QTest::addColumn<bool>("above");
        QTest::addColumn<QString>("text");
        const int number = int(ParameterKind::Number);
        QTest::newRow("free") << number << -infinity << infinity << false << "a number";
        QTest::newRow("closed") << number << 0.0 << 1.0 << false << "a number from 0 to 1";
        QTest::newRow("open below") << number << 0.0 << 10.0 << true << "a number above 0 and at most 10";
        QTest::newRow("from") << number << 2.0 << infinity << false << "a number from 2 on";
        QTest::newRow("above") << number << 2.0 << infinity << true << "a number above 2";
        QTest::newRow("up to") << number << -infinity << 3.5 << false << "a number up to 3.5";
        QTest::newRow("integer") << int(ParameterKind::Integer) << 1.0 << 9.0 << false << "a whole number from 1 to 9";
        QTest::newRow("flag") << int(ParameterKind::Flag) << 0.0 << 1.0 << false << "true or false";
        QTest::newRow("choice") << int(ParameterKind::Choice) << 0.0 << 1.0 << false << "one of this, that";
    }
    void ranges() {
        QFETCH(int, kind);
        QFETCH(double, minimum);
        QFETCH(double, maximum);
        QFETCH(bool, above);
        QFETCH(QString, text);
        ParameterInfo info = parameter(static_cast<ParameterKind>(kind), minimum, maximum, above);
        info.choices = {"this", "that"};
        QCOMPARE(QString::fromStdString(describeRange(info)), text);
    }

    void validates_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<double>("value");
        QTest::addColumn<bool>("good");
        for (const auto& [kind, name] : {std::pair(ParameterKind::Number, "number"),
                                         {ParameterKind::Integer, "integer"},
                                         {ParameterKind::Flag, "flag"},
                                         {ParameterKind::Choice, "choice"}}) {
            QTest::addRow("%s: 0", name) << int(kind) << 0.0 << true;
            QTest::addRow("%s: 1", name) << int(kind) << 1.0 << true;
            QTest::addRow("%s: 2", name) << int(kind) << 2.0 << false;
            QTest::addRow("%s: -1", name) << int(kind) << -1.0 << false;
            QTest::addRow("%s: NaN", name) << int(kind) << std::numeric_limits<double>::quiet_NaN() << false;
            // Between its values only a number is good: half a flag is as little as half a choice.
            QTest::addRow("%s: 0.5", name) << int(kind) << 0.5 << (kind == ParameterKind::Number);
        }
    }
    void validates() {
        QFETCH(int, kind);
        QFETCH(double, value);
        QFETCH(bool, good);
        ParameterValues values;
        values.set("p", value);
        const Problems problems = validateParameters({parameter(static_cast<ParameterKind>(kind), 0, 1)}, values, "it");
        QCOMPARE(problems.empty(), good);
        if (!good) QCOMPARE(problems[0].place, std::string("p"));
    }

    void minimumItself() {
        ParameterValues values;
        values.set("p", 0.0);
        QVERIFY(validateParameters({parameter(ParameterKind::Number, 0, 1, false)}, values, "it").empty());
        QVERIFY(!validateParameters({parameter(ParameterKind::Number, 0, 1, true)}, values, "it").empty());
    }

    void valuesAndFallbacks() {
        ParameterInfo info = parameter(ParameterKind::Number, 0, 1);
        info.fallback = 0.75;
        ParameterInfo open = info;
        open.name = "open";
        open.fallback.reset();
        const std::vector<ParameterInfo> table{info, open};
        ParameterValues values;
        QCOMPARE(valueOf(table, values, "p"), 0.75);
        QVERIFY_THROWS_EXCEPTION(std::out_of_range, valueOf(table, values, "open"));
        QVERIFY_THROWS_EXCEPTION(std::out_of_range, valueOf(table, values, "missing"));
        values.set("p", 0.5);
        values.set("open", 0.25);
        QCOMPARE(valueOf(table, values, "p"), 0.5);
        QCOMPARE(valueOf(table, values, "open"), 0.25);
        values.set("p", 0.125);
        QCOMPARE(values.get("p", 9.0), 0.125);
        values.clear("p");
        values.clear("never there");
        QVERIFY(!values.contains("p"));
        QCOMPARE(values.get("p", 9.0), 9.0);
        QVERIFY(findParameter(table, "open") == &table[1]);
        QVERIFY(findParameter(table, "missing") == nullptr);
    }
};

QTEST_APPLESS_MAIN(TestParameterInfo)
#include "tst_parameter_info.moc"
