// SPDX-License-Identifier: GPL-3.0-or-later
#include "range_shapes.h"

#include "core/analysis/range_noise.h"
#include "core/analysis/rate_rules.h"

#include <QTest>

using namespace ratescope;

class TestRangeNoise : public QObject {
    Q_OBJECT

private slots:
    // 0.6745·√6·σ is the median of |second differences| of normal noise; neither a slope nor a few leaps change it.
    void noiseOfValues() {
        Noise noise;
        std::vector<double> values;
        for (int i = 0; i < 2000; ++i) values.push_back(0.2 * noise.next() - 0.05 * i + (i % 100 == 0 ? 30.0 : 0.0));
        QVERIFY(std::abs(noiseOf(values) - 0.2) < 0.02);
        QCOMPARE(noiseOf(std::vector{1.0, 2.0}), 0.0);
        QVERIFY(std::abs(noiseOf(std::vector{0.0, 1.0, 0.0, 3.0}) - 3.0 / (0.6745 * std::sqrt(6.0))) <
                1e-12); // of 2 and 4
    }
    void largestFalls() {
        QCOMPARE(largestFall(std::vector<double>{}), 0.0);
        QCOMPARE(largestFall(std::vector{1.0, 2.0, 3.0}), 0.0);
        QCOMPARE(largestFall(std::vector{5.0, 4.0, 9.0, 7.5, 8.0, 6.0, 8.0}), 3.0);
    }

    void flatCurvesHoldNoAnswer_data() {
        QTest::addColumn<int>("count");
        QTest::addColumn<double>("beta");
        for (const int count : {20, 100, 500})
            for (const double beta : {0.0, 0.5, 0.9, 0.98}) QTest::addRow("%d, %g", count, beta) << count << beta;
    }
    void flatCurvesHoldNoAnswer() {
        QFETCH(int, count);
        QFETCH(double, beta);
        constexpr int curves = 600;
        Noise noise;
        int answered = 0;
        for (int k = 0; k < curves; ++k) {
            std::vector<double> losses;
            for (int i = 0; i < count; ++i) losses.push_back(2.3 + 0.1 * noise.next());
            const RangeAnswers answers = suggestAll(curveOf(losses, beta));
            if (answers.rules[0].rate) ++answered;
            for (const Suggestion& suggestion : answers.rules)
                QCOMPARE(suggestion.rate.has_value(), answers.rules[0].rate.has_value());
        }
        QVERIFY2(answered <= curves / 50, qPrintable(QString::number(answered))); // below 1 % of very many
    }

    void valleysAreAnswered_data() {
        QTest::addColumn<double>("sigma");
        QTest::addColumn<double>("beta");
        QTest::addColumn<double>("fall");
        for (const double sigma : {0.0, 0.05, 0.15, 0.3})
            for (const double beta : {0.0, 0.9, 0.98})
                for (const double fall : {-3.0, -2.0, -1.0})
                    QTest::addRow("σ %g, β %g, at %g", sigma, beta, fall) << sigma << beta << fall;
    }
    void valleysAreAnswered() {
        QFETCH(double, sigma);
        QFETCH(double, beta);
        QFETCH(double, fall);
        Noise noise;
        for (int k = 0; k < 50; ++k) {
            const std::vector<double> rates = grid(100);
            std::vector<double> losses;
            for (const double rate : rates) {
                const double x = std::log10(rate);
                losses.push_back(2.3 - 1.7 / (1.0 + std::exp((fall - x) / 0.25)) + std::exp((x - 0.5) * 4.0) +
                                 sigma * noise.next());
            }
            const RangeAnswers answers = suggestAll(rangeCurve(rates, losses, beta));
            for (const Suggestion& suggestion : answers.rules) QVERIFY2(suggestion.rate, suggestion.reason.c_str());
        }
    }

    // Nothing can be said about the noise of fewer than ten points.
    void fewPointsAreTakenAsTheyAre() {
        const std::vector<double> losses{2, 1, 3, 0.9, 4, 0.8, 5, 0.7, 6, 0.6};
        QVERIFY(fallsBeyondNoise(losses, 0, 9, 0.0));
        QVERIFY(!fallsBeyondNoise(losses, 0, 10, 0.0));
    }

    // After so many values of noise, smoothed: the spread over many curves.
    void noiseThatIsSmoothed_data() {
        QTest::addColumn<double>("beta");
        QTest::addColumn<int>("count");
        QTest::addRow("not smoothed") << 0.0 << 5;
        QTest::addRow("at the start") << 0.98 << 11;
        QTest::addRow("later") << 0.9 << 100;
    }
    void noiseThatIsSmoothed() {
        QFETCH(double, beta);
        QFETCH(int, count);
        constexpr int curves = 4000;
        Noise noise;
        double squares = 0.0;
        for (int k = 0; k < curves; ++k) {
            Smoother smoother(beta);
            double last = 0.0;
            for (int i = 0; i < count; ++i) last = smoother.next(0.3 * noise.next());
            squares += last * last;
        }
        const double found = smoothedNoise(0.3, beta, static_cast<std::size_t>(count));
        QVERIFY(std::abs(std::sqrt(squares / curves) / found - 1.0) < 0.05);
    }
};

QTEST_APPLESS_MAIN(TestRangeNoise)
#include "tst_range_noise.moc"
