// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "range_shapes.h"

#include "core/analysis/smoothing.h"

#include <QTest>

#include <cmath>

using namespace ratescope;

namespace {

struct Expected {
    const char* name;
    Shape shape;
    std::vector<double> smoothed; ///< at 0, 1, n/3, n/2, n − 2, n − 1
    std::vector<double> slopes;
};

// numpy: the moving average as a loop and numpy.gradient(smoothed, log10(rates)).
const std::vector<Expected>& expectedCurves() {
    static const std::vector<Expected> all = {
        {"smooth",
         smoothShape,
         {2.29961550154, 2.29957021028, 2.19536933636, 1.43106617634, 2.68022309725, 3.22112213643},
         {-0.0007473057711, -0.0008183246277, -0.3071334638, -0.9019043506, 7.962509462, 8.924834146}},
        {"wiggling, strongly smoothed",
         wigglingShape,
         {2.29961550154, 2.3095888565, 2.24450854799, 1.87086614172, 1.62221326117, 1.77087604914},
         {0.1645603568, 0.03942098457, -0.1452925644, -0.5014021779, 2.178613684, 2.452936001}},
        {"odd count",
         oddShape,
         {2.29992819494, 2.32747090337, 2.26438169921, 1.62312021673, 6.1712830945, 6.54687288323},
         {1.625019797, 0.324876613, -0.2766372709, -1.685892305, 21.4694864, 22.15979753}},
        {"linear sweep",
         linearShape,
         {2.30006723929, 2.30023719211, 0.906554985047, 1.10141961479, 1.98307056013, 2.02226149168},
         {0.000217044803, -0.02069060331, 0.6609882311, 1.628717848, 5.218898126, 5.296745132}},
        {"not smoothed",
         rawShape,
         {2.29974650247, 2.29962762748, 2.26323744864, 1.88769100281, 6.66181290191, 11.7262591561},
         {-0.0007726873881, -0.0009537970278, -0.09171437238, -0.7620315954, 25.3503441, 32.91890065}},
        {"fall within the first tenth",
         earlyShape,
         {1.86969372609, 1.6555690682, 0.700000840493, 0.700051250362, 6.498363703, 8.08905609893},
         {-3.533056855, -3.747360261, 3.263555459e-06, 0.0002070153255, 23.42130131, 26.24642453}},
    };
    return all;
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
        QCOMPARE(curve.beta, expected.shape.beta);
    }
};

QTEST_APPLESS_MAIN(TestRangeCurve)
#include "tst_range_curve.moc"
