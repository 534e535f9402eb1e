// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"

#include "core/analysis/rate_rules.h"
#include "core/analysis/smoothing.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace ratescope;

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

/// A loss that falls around log10(rate) = fall and blows up beyond `blow`, with a wiggle.
struct Shape {
    int count;
    double from;
    double to;
    bool exponential;
    double fall;
    double width;
    double blow;
    double wiggle;
    double beta;
};

RangeCurve curveOf(const Shape& shape, std::size_t cutAt = std::numeric_limits<std::size_t>::max(),
                   double bad = notANumber) {
    std::vector<double> rates;
    std::vector<double> losses;
    for (int i = 0; i < shape.count; ++i) {
        const double share = double(i) / (shape.count - 1);
        rates.push_back(shape.exponential ? shape.from * std::pow(shape.to / shape.from, share)
                                          : shape.from + (shape.to - shape.from) * share);
        const double x = std::log10(rates.back());
        const double loss = 2.3 - 1.6 / (1.0 + std::exp(-(x - shape.fall) / shape.width)) +
                            std::exp((x - shape.blow) * 4.0) + shape.wiggle * std::sin(1.7 * i);
        losses.push_back(static_cast<std::size_t>(i) >= cutAt ? bad : loss);
    }
    return rangeCurve(rates, losses, shape.beta);
}

struct Expected {
    const char* name;
    Shape shape;
    double steepest;
    double minimum;
    std::vector<double> smoothed; ///< at 0, 1, n/3, n/2, n − 2, n − 1
    std::vector<double> slopes;
};

// numpy: the moving average as a loop, numpy.gradient(smoothed, log10(rates)), and argmin of both over [n//10, n − 5),
// the gradient made anew on that stretch.
const std::vector<Expected>& expectedCurves() {
    static const std::vector<Expected> all = {
        {"smooth",
         {100, 1e-5, 10, true, -2.5, 0.3, 0.5, 0.0, 0.9},
         0.00705480231072,
         0.0613590727341,
         {2.29961550154, 2.29957021028, 2.19536933636, 1.43106617634, 2.68022309725, 3.22112213643},
         {-0.0007473057711, -0.0008183246277, -0.3071334638, -0.9019043506, 7.962509462, 8.924834146}},
        {"wiggling, strongly smoothed",
         {100, 1e-5, 10, true, -2.5, 0.3, 0.5, 0.02, 0.98},
         0.0107226722201,
         0.187381742286,
         {2.29961550154, 2.3095888565, 2.24450854799, 1.87086614172, 1.62221326117, 1.77087604914},
         {0.1645603568, 0.03942098457, -0.1452925644, -0.5014021779, 2.178613684, 2.452936001}},
        {"odd count",
         {237, 1e-4, 1, true, -2, 0.2, -0.5, 0.05, 0.8},
         0.0126384820293,
         0.00650967523046,
         {2.29992819494, 2.32747090337, 2.26438169921, 1.62312021673, 6.1712830945, 6.54687288323},
         {1.625019797, 0.324876613, -0.2766372709, -1.685892305, 21.4694864, 22.15979753}},
        {"linear sweep",
         {60, 0.001, 0.3, false, -1.5, 0.1, -0.6, 0.0, 0.5},
         0.0364745762712,
         0.00770169491525,
         {2.30006723929, 2.30023719211, 0.906554985047, 1.10141961479, 1.98307056013, 2.02226149168},
         {0.000217044803, -0.02069060331, 0.6609882311, 1.628717848, 5.218898126, 5.296745132}},
        {"not smoothed",
         {40, 1e-5, 10, true, -1.5, 0.4, 0.4, 0.0, 0.0},
         0.0345510729459,
         0.041246263829,
         {2.29974650247, 2.29962762748, 2.26323744864, 1.88769100281, 6.66181290191, 11.7262591561},
         {-0.0007726873881, -0.0009537970278, -0.09171437238, -0.7620315954, 25.3503441, 32.91890065}},
        // The fall is over in the first tenth, which no rule looks at: the whole curve would be steepest at its third
        // point.
        {"fall within the first tenth",
         {100, 1e-5, 10, true, -4.9, 0.1, 0.5, 0.0, 0.0},
         4.0370172586e-05,
         5.72236765935e-05,
         {1.86969372609, 1.6555690682, 0.700000840493, 0.700051250362, 6.498363703, 8.08905609893},
         {-3.533056855, -3.747360261, 3.263555459e-06, 0.0002070153255, 23.42130131, 26.24642453}},
    };
    return all;
}

const Shape& smoothShape() {
    return expectedCurves()[0].shape;
}

} // namespace

class TestRangeCurve : public QObject {
    Q_OBJECT

private slots:
    void smoothing_data() {
        QTest::addColumn<double>("beta");
        for (const double beta : {0.0, 0.3, 0.98, 0.9999}) QTest::addRow("%g", beta) << beta;
    }
    void smoothing() {
        QFETCH(double, beta);
        std::vector<double> values;
        for (int i = 0; i < 500; ++i) values.push_back(2.0 + std::sin(0.3 * i) + 0.01 * i);
        const std::vector<double> found = smoothed(values, beta);
        QCOMPARE(found.size(), values.size());
        double average = 0.0;
        for (std::size_t i = 0; i < values.size(); ++i) {
            average = beta * average + (1.0 - beta) * values[i];
            VERIFY_NEAR(found[i], average / (1.0 - std::pow(beta, double(i + 1))), 1e-10);
        }
        VERIFY_NEAR(found[0], values[0], 1e-10); // no bias towards 0 at the start
        if (beta == 0.0) QVERIFY(found == values);
    }

    void smoothingOfAConstant() {
        for (const double value : smoothed(std::vector<double>(1000, 3.5), 0.98)) VERIFY_NEAR(value, 3.5, 1e-12);
        QVERIFY(smoothed({}, 0.9).empty());
    }

    // numpy.gradient([1, .7, .2, −.4, .3, 2], [0, .5, .6, 1.6, 1.9, 3])
    void gradientOfUnevenPoints() {
        const std::vector<double> x{0.0, 0.5, 0.6, 1.6, 1.9, 3.0};
        const std::vector<double> y{1.0, 0.7, 0.2, -0.4, 0.3, 2.0};
        const std::vector<double> expected{
            -0.6, -4.26666666666667, -4.6, 1.65641025641026, 2.16450216450217, 1.54545454545455};
        const std::vector<double> found = gradient(x, y);
        QCOMPARE(found.size(), expected.size());
        for (std::size_t i = 0; i < found.size(); ++i) VERIFY_NEAR(found[i], expected[i], 1e-12);
    }

    void gradientOfFewPoints() {
        QVERIFY(gradient({}, {}).empty());
        QVERIFY(gradient(std::vector{1.0}, std::vector{2.0}).empty());
        QCOMPARE(gradient(std::vector{1.0, 3.0}, std::vector{2.0, 1.0}), (std::vector{-0.5, -0.5}));
    }

    void gradientOfAParabolaIsExactInside() {
        std::vector<double> x;
        std::vector<double> y;
        for (int i = 0; i < 20; ++i) {
            x.push_back(std::pow(1.2, i));
            y.push_back(x.back() * x.back());
        }
        const std::vector<double> slopes = gradient(x, y);
        for (std::size_t i = 1; i + 1 < x.size(); ++i) VERIFY_NEAR(slopes[i], 2.0 * x[i], 1e-10);
    }

    void curves_data() {
        QTest::addColumn<int>("index");
        for (int i = 0; i < int(expectedCurves().size()); ++i)
            QTest::newRow(expectedCurves()[std::size_t(i)].name) << i;
    }
    void curves() {
        QFETCH(int, index);
        const Expected& expected = expectedCurves()[std::size_t(index)];
        const RangeCurve curve = curveOf(expected.shape);
        const std::size_t n = curve.rates.size();
        QCOMPARE(curve.smoothed.size(), n);
        QCOMPARE(curve.slopes.size(), n);
        const std::size_t places[] = {0, 1, n / 3, n / 2, n - 2, n - 1};
        for (std::size_t i = 0; i < std::size(places); ++i) {
            VERIFY_NEAR(curve.smoothed[places[i]], expected.smoothed[i], 1e-9);
            QVERIFY2(std::abs(curve.slopes[places[i]] - expected.slopes[i]) <
                         1e-8 * std::max(1.0, std::abs(expected.slopes[i])),
                     differ(curve.slopes[places[i]], expected.slopes[i]).c_str());
        }
        const std::vector<Suggestion> suggestions = suggestAll(curve).rules;
        QCOMPARE(suggestions.size(), std::size_t(2));
        QCOMPARE(suggestions[0].rule, std::string("steepest"));
        QCOMPARE(suggestions[1].rule, std::string("minimum"));
        for (const Suggestion& suggestion : suggestions) {
            QVERIFY(suggestion.rate.has_value());
            QVERIFY(!suggestion.reason.empty());
        }
        VERIFY_NEAR(*suggestions[0].rate, expected.steepest, 1e-9);
        VERIFY_NEAR(*suggestions[1].rate, expected.minimum, 1e-9);
    }

    // As above, cut at the first value that is not finite. At 41 the curve is still falling ever faster:
    // differentiating before the cut would leave its last points without a slope.
    void cutCurves_data() {
        QTest::addColumn<quint64>("cut");
        QTest::addColumn<double>("bad");
        QTest::addColumn<double>("steepest");
        QTest::addColumn<double>("minimum");
        QTest::newRow("35, NaN") << quint64(35) << notANumber << 0.0011497569954 << 0.00011497569954;
        QTest::newRow("41, infinity") << quint64(41) << infinity << 0.00265608778295 << 0.000265608778295;
        QTest::newRow("60, NaN") << quint64(60) << notANumber << 0.00705480231072 << 0.00376493580679;
        QTest::newRow("three left") << quint64(13) << notANumber << 5.33669923121e-05 << 5.33669923121e-06;
        QTest::newRow("last of the range") << quint64(95) << notANumber << 0.00705480231072 << 0.0613590727341;
    }
    void cutCurves() {
        QFETCH(quint64, cut);
        QFETCH(double, bad);
        QFETCH(double, steepest);
        QFETCH(double, minimum);
        const RangeCurve curve = curveOf(smoothShape(), cut, bad);
        const IndexRange range = ruleRange(curve);
        QCOMPARE(range.first, std::size_t(10));
        QCOMPARE(range.last, std::size_t(cut));
        QVERIFY(suggestSteepest(curve).rate.has_value());
        VERIFY_NEAR(*suggestSteepest(curve).rate, steepest, 1e-9);
        QVERIFY(suggestMinimum(curve).rate.has_value());
        VERIFY_NEAR(*suggestMinimum(curve).rate, minimum, 1e-9);
    }

    void ruleRanges_data() {
        QTest::addColumn<int>("count");
        QTest::addColumn<quint64>("first");
        QTest::addColumn<quint64>("last");
        const auto row = [](int count, quint64 first, quint64 last) {
            QTest::addRow("%d points", count) << count << first << last;
        };
        row(0, 0, 0);
        row(1, 0, 0);
        row(5, 0, 0);
        row(6, 0, 1);
        row(9, 0, 4);
        row(10, 1, 5);
        row(19, 1, 14);
        row(100, 10, 95);
    }
    void ruleRanges() {
        QFETCH(int, count);
        QFETCH(quint64, first);
        QFETCH(quint64, last);
        RangeCurve curve;
        curve.smoothed.assign(static_cast<std::size_t>(count), 1.0);
        const IndexRange range = ruleRange(curve);
        QCOMPARE(quint64(range.first), first);
        QCOMPARE(quint64(range.last), last);
    }

    void tooShort_data() {
        QTest::addColumn<int>("count");
        QTest::addColumn<quint64>("cut");
        QTest::newRow("empty") << 0 << quint64(1000);
        QTest::newRow("one point") << 1 << quint64(1000);
        QTest::newRow("two in the range") << 7 << quint64(1000);
        QTest::newRow("cut after two") << 100 << quint64(12);
        QTest::newRow("cut before the range") << 100 << quint64(3);
        QTest::newRow("cut at once") << 100 << quint64(0);
    }
    void tooShort() {
        QFETCH(int, count);
        QFETCH(quint64, cut);
        Shape shape = smoothShape();
        shape.count = count;
        for (const Suggestion& suggestion : suggestAll(curveOf(shape, cut)).rules) {
            QVERIFY(!suggestion.rate.has_value());
            QVERIFY2(contains(suggestion.reason, "Too few points"), suggestion.reason.c_str());
        }
    }

    void threeArePointsEnough() {
        const std::vector<double> losses{3, 2, 2.5, 9, 9, 9, 9, 9};
        const RangeCurve curve = rangeCurve(std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8}, losses, 0.0);
        QCOMPARE(*suggestSteepest(curve).rate, 1.0);
        QCOMPARE(*suggestMinimum(curve).rate, 0.2);
    }

    void neverFalling_data() {
        QTest::addColumn<double>("slope");
        QTest::newRow("rising") << 0.1;
        QTest::newRow("flat") << 0.0;
    }
    void neverFalling() {
        QFETCH(double, slope);
        std::vector<double> rates;
        std::vector<double> losses;
        for (int i = 0; i < 50; ++i) {
            rates.push_back(std::pow(10.0, -5.0 + 0.1 * i));
            losses.push_back(1.0 + slope * i);
        }
        for (const Suggestion& suggestion : suggestAll(rangeCurve(rates, losses, 0.0)).rules) {
            QVERIFY(!suggestion.rate.has_value());
            QVERIFY2(contains(suggestion.reason, "falls"), suggestion.reason.c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestRangeCurve)
#include "tst_range_curve.moc"
