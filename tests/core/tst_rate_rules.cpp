// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "range_shapes.h"

#include "core/analysis/rate_rules.h"

#include <QTest>

using namespace ratescope;

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr int none = -1;

/// Indices into the whole curve.
struct Expected {
    int steepest;
    int minimum; ///< of the lowest: the rate is a tenth
    int valley;
    int slide;
    int boundsFrom;
};

void compare(const RangeCurve& curve, const Expected& expected) {
    const RangeAnswers answers = suggestAll(curve);
    const char* names[] = {"steepest", "minimum", "valley", "slide"};
    const int indices[] = {expected.steepest, expected.minimum, expected.valley, expected.slide};
    QCOMPARE(answers.rules.size(), std::size(names));
    for (std::size_t i = 0; i < std::size(names); ++i) {
        const Suggestion& found = answers.rules[i];
        QCOMPARE(found.rule, std::string(names[i]));
        QVERIFY(!found.reason.empty());
        QVERIFY2(found.rate.has_value() == (indices[i] != none), names[i]);
        if (!found.rate) continue;
        const double rate = curve.rates[static_cast<std::size_t>(indices[i])];
        QCOMPARE(*found.rate, i == 1 ? rate / 10.0 : rate);
    }
    QVERIFY(!answers.bounds.reason.empty());
    QCOMPARE(answers.bounds.rates.has_value(), expected.boundsFrom != none);
    if (!answers.bounds.rates) return;
    QCOMPARE(answers.bounds.rates->first, curve.rates[static_cast<std::size_t>(expected.boundsFrom)]);
    QCOMPARE(answers.bounds.rates->second, curve.rates[static_cast<std::size_t>(expected.steepest)]);
    QVERIFY(beginningOfFall(curve).value() >= static_cast<std::size_t>(expected.boundsFrom)); // or behind a dip
}

/// Every rule and the bounds have none, for that reason.
void compareNone(const RangeCurve& curve, const char* reason) {
    const RangeAnswers answers = suggestAll(curve);
    for (const Suggestion& suggestion : answers.rules) {
        QVERIFY(!suggestion.rate.has_value());
        QVERIFY2(contains(suggestion.reason, reason), suggestion.reason.c_str());
    }
    QVERIFY(!answers.bounds.rates.has_value());
    QVERIFY2(contains(answers.bounds.reason, reason), answers.bounds.reason.c_str());
    QVERIFY(!beginningOfFall(curve));
}

} // namespace

Q_DECLARE_METATYPE(Expected)
Q_DECLARE_METATYPE(Shape)

class TestRateRules : public QObject {
    Q_OBJECT

private slots:
    // numpy.gradient and argmin, fastai's valley and slide, and the bounds in Python, over [n//10, n − 5) of the
    // smoothed losses.
    void shapes_data() {
        QTest::addColumn<Shape>("shape");
        QTest::addColumn<Expected>("expected");
        QTest::newRow("smooth") << smoothShape << Expected{47, 79, 44, 41, 27};
        QTest::newRow("wiggling, strongly smoothed") << wigglingShape << Expected{50, 87, 50, 46, 27};
        QTest::newRow("odd count") << oddShape << Expected{124, 166, 118, 120, 24};
        QTest::newRow("linear sweep") << linearShape << Expected{7, 15, 10, 6, 6};
        QTest::newRow("not smoothed") << rawShape << Expected{23, 30, 16, 4, 14};
        QTest::newRow("fall within the first tenth") << earlyShape << Expected{10, 29, 19, 60, none};
    }
    void shapes() {
        QFETCH(Shape, shape);
        QFETCH(Expected, expected);
        compare(curveOf(shape), expected);
    }

    // The same, cut at the first value that is not finite. At 41 the curve is still falling ever faster:
    // differentiating before the cut would leave its last points without a slope.
    void cutShapes_data() {
        QTest::addColumn<quint64>("cut");
        QTest::addColumn<double>("bad");
        QTest::addColumn<Expected>("expected");
        QTest::newRow("35, NaN") << quint64(35) << notANumber << Expected{34, 34, 22, 11, 21};
        QTest::newRow("41, infinity") << quint64(41) << infinity << Expected{40, 40, 25, 11, 25};
        QTest::newRow("60, NaN") << quint64(60) << notANumber << Expected{47, 59, 34, 41, 27};
        QTest::newRow("three left") << quint64(13) << notANumber << Expected{12, 12, 10, none, 10};
        QTest::newRow("last of the range") << quint64(95) << notANumber << Expected{47, 79, 44, 41, 27};
    }
    void cutShapes() {
        QFETCH(quint64, cut);
        QFETCH(double, bad);
        QFETCH(Expected, expected);
        const RangeCurve curve = curveOf(smoothShape, cut, bad);
        const IndexRange range = ruleRange(curve);
        QCOMPARE(range.first, std::size_t(10));
        QCOMPARE(range.last, std::size_t(cut));
        compare(curve, expected);
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
        Shape shape = smoothShape;
        shape.count = count;
        compareNone(curveOf(shape, cut), "Too few points");
    }

    void threeArePointsEnough() {
        const std::vector<double> losses{3, 2, 2.5, 9, 9, 9, 9, 9};
        const RangeCurve curve = rangeCurve(std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8}, losses, 0.0);
        QCOMPARE(*suggestSteepest(curve).rate, 1.0);
        QCOMPARE(*suggestMinimum(curve).rate, 0.2);
        QCOMPARE(*suggestValley(curve).rate, 1.0);
        QVERIFY(!suggestSlide(curve).rate);
        QVERIFY2(contains(suggestSlide(curve).reason, "sixteen"), suggestSlide(curve).reason.c_str());
        QVERIFY(!suggestBounds(curve).rates);
        QVERIFY2(contains(suggestBounds(curve).reason, "no rates between"), suggestBounds(curve).reason.c_str());
    }

    void neverFalling_data() {
        QTest::addColumn<double>("slope");
        QTest::newRow("rising") << 0.1;
        QTest::newRow("flat") << 0.0;
    }
    void neverFalling() {
        QFETCH(double, slope);
        std::vector<double> losses;
        for (int i = 0; i < 50; ++i) losses.push_back(1.0 + slope * i);
        compareNone(curveOf(losses), "falls at none");
    }

    // Runs away at once and comes back: what it falls by then is nothing learned.
    void neverBelowTheFirst() {
        std::vector<double> losses{2.3};
        for (int i = 1; i < 50; ++i) losses.push_back(30.0 - 0.5 * i);
        compareNone(curveOf(losses), "never comes below");
        losses.front() = 8.1; // the last that counts is 8
        QVERIFY(suggestSteepest(curveOf(losses)).rate);
    }

    // Dips at the beginning, steeper than a tenth of the steepest fall, are no beginning of it.
    void beginsWhereTheFallIsClear() {
        Noise noise;
        const std::vector<double> rates = grid(100);
        for (int k = 0; k < 50; ++k) {
            std::vector<double> losses;
            for (const double rate : rates)
                losses.push_back(2.3 - 1.7 / (1.0 + std::exp((-2.0 - std::log10(rate)) / 0.25)) + 0.05 * noise.next());
            const auto begin = beginningOfFall(rangeCurve(rates, losses, 0.98));
            QVERIFY(begin);
            const double from = std::log10(rates[*begin]); // at −2.6 the loss has fallen by 0.14, its noise threefold
            QVERIFY2(from > -3.1 && from < -2.3, qPrintable(QString::number(from)));
        }
    }

    // One loss is lower than the one before it, and yet every central difference rises.
    void zigzagUpwards() {
        const RangeCurve curve = curveOf({9, 0, 2, 1.9, 4, 6, 9, 9, 9, 9, 9});
        for (const bool found : {suggestSteepest(curve).rate.has_value(), suggestBounds(curve).rates.has_value(),
                                 suggestMinimum(curve).rate.has_value(), beginningOfFall(curve).has_value()})
            QVERIFY(!found);
        QVERIFY(suggestValley(curve).rate);
    }

    // All fall: L = 40 at index 39, whose start would be −1, so that it is 0: ⌊13⌋ + ⌊6.5⌋. Of fastai's own, −1 + 13
    // + 6.
    void valleyOfAFallFromTheFirst() {
        std::vector<double> losses;
        for (int i = 0; i < 50; ++i) losses.push_back(100.0 - i * i / 50.0); // [5, 45)
        const RangeCurve curve = curveOf(losses);
        QCOMPARE(*suggestValley(curve).rate, curve.rates[5 + 13 + 6]);
    }
    // 5 5 4 4 3 3 …: equal losses are no fall, and of the longest the one that ends first counts.
    void valleyWithTies() {
        std::vector<double> losses(5, 100.0);
        for (int i = 0; i < 40; ++i) losses.push_back(50.0 - i / 2);
        losses.insert(losses.end(), 5, 0.0);
        const RangeCurve curve = curveOf(losses);
        // L = 20 at 38, start 18, s = 6.67
        QCOMPARE(*suggestValley(curve).rate, curve.rates[5 + 18 + 6 + 3]);
    }
    void valleyOfAMillionPoints() {
        std::vector<double> losses;
        for (int i = 0; i < 1'000'000; ++i) losses.push_back(1e6 - i + (i % 2 ? 0.5 : 0.0));
        const RangeCurve curve = curveOf(losses);
        const Suggestion valley = suggestValley(curve); // a quadratic one would take an hour
        QCOMPARE(*valley.rate, curve.rates[100'000 + 299'998 + 149'999]);
    }

    void slideReasons_data() {
        QTest::addColumn<double>("bend");
        QTest::addColumn<QByteArray>("reason");
        QTest::addColumn<int>("index");
        // Its slope by index changes by 15 times `bend` between the marks, all the way.
        QTest::newRow("agrees at once") << 0.0003 << QByteArray("They agree at once") << 45 - 16;
        QTest::newRow("never agrees") << 0.0004 << QByteArray("never agreed") << 5;
    }
    void slideReasons() {
        QFETCH(double, bend);
        QFETCH(QByteArray, reason);
        QFETCH(int, index);
        std::vector<double> losses;
        for (int i = 0; i < 50; ++i) losses.push_back(10.0 - 0.1 * i - 0.5 * bend * i * i);
        const RangeCurve curve = curveOf(losses);
        const Suggestion slide = suggestSlide(curve);
        QVERIFY2(contains(slide.reason, reason.toStdString()), slide.reason.c_str());
        QCOMPARE(*slide.rate, curve.rates[static_cast<std::size_t>(index)]);
    }

    void lowestAtTheEnd_data() {
        QTest::addColumn<bool>("rises");
        QTest::newRow("falling to the end") << false;
        QTest::newRow("rising in the last five") << true;
    }
    void lowestAtTheEnd() {
        QFETCH(bool, rises);
        std::vector<double> losses;
        for (int i = 0; i < 50; ++i) losses.push_back(50.0 - i + (rises && i > 46 ? 10.0 * (i - 46) : 0.0));
        const RangeCurve curve = curveOf(losses);
        QCOMPARE(*suggestMinimum(curve).rate, curve.rates[44] / 10.0);
        QCOMPARE(contains(suggestMinimum(curve).reason, "larger rates"), !rises);
    }

    void halving_data() {
        QTest::addColumn<int>("count");
        QTest::addColumn<bool>("held");
        QTest::addColumn<double>("rate");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("none yet") << 0 << false << notANumber << QByteArray("No rate has held");
        QTest::newRow("ran away") << 3 << false << notANumber << QByteArray("No rate has held");
        QTest::newRow("nothing recorded") << 0 << true << notANumber << QByteArray("No rate has held");
        QTest::newRow("at once") << 1 << true << 8.0 << QByteArray("each half the one before");
        QTest::newRow("after two halves") << 3 << true << 2.0 << QByteArray("each half the one before");
    }
    void halving() {
        QFETCH(int, count);
        QFETCH(bool, held);
        QFETCH(double, rate);
        QFETCH(QByteArray, reason);
        const std::vector<double> rates{8.0, 4.0, 2.0};
        const auto used = std::span(rates).first(static_cast<std::size_t>(count));
        const RangeAnswers answers = suggestHalving(rangeCurve(used, rates, 0.0), held);
        QCOMPARE(answers.rules.size(), std::size_t(1));
        QCOMPARE(answers.rules[0].rule, std::string("halving"));
        QCOMPARE(answers.rules[0].rate.has_value(), !std::isnan(rate));
        if (answers.rules[0].rate) QCOMPARE(*answers.rules[0].rate, rate);
        QVERIFY2(contains(answers.rules[0].reason, reason.toStdString()), answers.rules[0].reason.c_str());
        QVERIFY(!answers.bounds.rates);
        QVERIFY(!answers.bounds.reason.empty());
    }

    // Behind the edge the losses of a fresh start go up and down: no rule looks there.
    void freshStart() {
        std::vector<double> losses;
        for (int i = 0; i < 60; ++i) {
            const double valley = 2.0 - 1.5 * std::exp(-std::pow((i - 24) / 8.0, 2.0));
            losses.push_back(i < 40 ? valley : i % 4 < 2 ? 40.0 : 0.1);
        }
        const RangeCurve curve = curveOf(losses);
        const RangeAnswers found = suggestFresh(curve);
        QCOMPARE(found.rules.size(), std::size_t(4));
        // Steepest on its way down: an inflection of the bell, 8/√2 before its middle.
        QCOMPARE(*found.rules[0].rate, curve.rates[18]);
        QCOMPARE(*found.rules[1].rate, curve.rates[24] / 10.0);
        QVERIFY(*found.rules[2].rate < curve.rates[24]);
        QVERIFY(!found.rules[3].rate);
        QCOMPARE(found.bounds.rates->second, curve.rates[18]);
        QVERIFY(*suggestAll(curve).rules[0].rate > curve.rates[40]); // which it would be misled to
        QVERIFY(!suggestFresh(RangeCurve{}).rules[0].rate);
    }

    void best_data() {
        QTest::addColumn<QList<double>>("losses");
        QTest::addColumn<double>("rate");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char* name, const QList<double>& losses, double rate, double low, double high,
                            const char* reason) {
            QTest::newRow(name) << losses << rate << low << high << QByteArray(reason);
        };
        // A tenth of the gain of 2 is 0.2: up to 0.5 is good.
        row("inside", {2.3, 2.0, 0.5, 0.3, 0.49, 0.51, 3.0}, 8, 4, 16, "ends with the lowest loss.");
        row("good apart from it", {2.3, 0.5, 2.0, 0.3, 2.0, 0.4}, 8, notANumber, notANumber,
            "ends with the lowest loss.");
        row("at the end", {2.3, 2.0, 0.4, 0.3}, 8, 4, 8, "test larger");
        row("nothing learned", {2.3, 2.3, 2.4}, notANumber, notANumber, notANumber, "smaller rates");
        row("the lowest is the best", {0.3, 0.5, 2.0}, notANumber, notANumber, notANumber, "smaller rates");
        row("behind what is no number", {2.3, 0.5, 0.3, notANumber, 0.2}, 16, notANumber, notANumber,
            "ends with the lowest loss. It");
        row("one rate", {2.3}, notANumber, notANumber, notANumber, "Too few rates");
        row("none", {}, notANumber, notANumber, notANumber, "Too few rates");
    }
    void best() {
        QFETCH(QList<double>, losses);
        QFETCH(double, rate);
        QFETCH(double, low);
        QFETCH(double, high);
        QFETCH(QByteArray, reason);
        const std::vector<double> rates{1, 2, 4, 8, 16, 32, 64};
        const RangeAnswers answers = suggestBest(rates, {losses.begin(), losses.end()});
        QCOMPARE(answers.rules.size(), std::size_t(1));
        QCOMPARE(answers.rules[0].rule, std::string("best"));
        QCOMPARE(answers.rules[0].rate.has_value(), !std::isnan(rate));
        if (answers.rules[0].rate) QCOMPARE(*answers.rules[0].rate, rate);
        QVERIFY2(contains(answers.rules[0].reason, reason.toStdString()), answers.rules[0].reason.c_str());
        QCOMPARE(answers.bounds.rates.has_value(), !std::isnan(low));
        if (answers.bounds.rates) QCOMPARE(*answers.bounds.rates, std::pair(low, high));
        QVERIFY(!answers.bounds.reason.empty());
    }
};

QTEST_APPLESS_MAIN(TestRateRules)
#include "tst_rate_rules.moc"
