// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"

#include "core/analysis/spread.h"

#include <QTest>

#include <vector>

using namespace ratescope;

class TestSpread : public QObject {
    Q_OBJECT

private slots:
    void meanWithSampleDeviation() {
        // Mean 5; squares 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32, over n − 1 = 7.
        const std::vector<double> values = {2, 4, 4, 4, 5, 5, 7, 9};
        const ValueSpread spread = meanSpread(values);
        VERIFY_NEAR(spread.middle, 5.0, 1e-15);
        VERIFY_NEAR(spread.low, 5.0 - 2.13808993529939505, 1e-14);
        VERIFY_NEAR(spread.high, 5.0 + 2.13808993529939505, 1e-14);
    }

    /// A spread that is small beside the mean does not drown in it.
    void aSmallSpreadAroundALargeMean() {
        const std::vector<double> values = {1e9 + 1.0, 1e9 + 2.0, 1e9 + 3.0};
        const ValueSpread spread = meanSpread(values);
        QCOMPARE(spread.middle, 1e9 + 2.0);
        QCOMPARE(spread.low, 1e9 + 1.0);
        QCOMPARE(spread.high, 1e9 + 3.0);
    }

    void oneValueHasNoSpread() {
        std::vector<double> values = {-3.25};
        for (const ValueSpread& spread : {meanSpread(values), medianSpread(values)}) {
            QCOMPARE(spread.low, -3.25);
            QCOMPARE(spread.middle, -3.25);
            QCOMPARE(spread.high, -3.25);
        }
    }

    void twoValues() {
        std::vector<double> values = {4.0, 1.0};
        const ValueSpread mean = meanSpread(values);
        VERIFY_NEAR(mean.middle, 2.5, 1e-15);
        VERIFY_NEAR(mean.high, 2.5 + 3.0 / std::sqrt(2.0), 1e-15); // deviation |a − b|/√2
        VERIFY_NEAR(mean.low, 2.5 - 3.0 / std::sqrt(2.0), 1e-14);
        const ValueSpread median = medianSpread(values);
        VERIFY_NEAR(median.low, 1.75, 1e-15);
        VERIFY_NEAR(median.middle, 2.5, 1e-15);
        VERIFY_NEAR(median.high, 3.25, 1e-15);
    }

    /// Expected: numpy.percentile(values, [25, 50, 75]).
    void quartiles_data() {
        QTest::addColumn<QList<double>>("values");
        QTest::addColumn<QList<double>>("expected");
        QTest::newRow("three") << QList<double>{9, 1, 2} << QList<double>{1.5, 2.0, 5.5};
        QTest::newRow("four") << QList<double>{4, 3, 2, 1} << QList<double>{1.75, 2.5, 3.25};
        QTest::newRow("five") << QList<double>{10, 50, 20, 40, 30} << QList<double>{20, 30, 40};
        QTest::newRow("six") << QList<double>{7, 15, 36, 39, 40, 41} << QList<double>{20.25, 37.5, 39.75};
        QTest::newRow("ties") << QList<double>{1, 1, 1, 8} << QList<double>{1, 1, 2.75};
    }
    void quartiles() {
        QFETCH(const QList<double>, values);
        QFETCH(const QList<double>, expected);
        std::vector<double> sorted(values.begin(), values.end());
        const ValueSpread spread = medianSpread(sorted);
        VERIFY_NEAR(spread.low, expected[0], 1e-15);
        VERIFY_NEAR(spread.middle, expected[1], 1e-15);
        VERIFY_NEAR(spread.high, expected[2], 1e-15);
    }
};

QTEST_APPLESS_MAIN(TestSpread)
#include "tst_spread.moc"
