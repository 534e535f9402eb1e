// SPDX-License-Identifier: GPL-3.0-or-later
#include "range_shapes.h"

#include "core/analysis/range_seeds.h"

#include <QTest>

using namespace ratescope;

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

RangeCurve curveOfLosses(const std::vector<double>& losses) {
    std::vector<double> rates;
    for (std::size_t i = 0; i < losses.size(); ++i) rates.push_back(std::pow(10.0, double(i) - 3.0));
    return rangeCurve(rates, losses, 0.0);
}

QList<double> spread(const ValueSpread& one) {
    return {one.low, one.middle, one.high};
}

Suggestion found(const char* rule, double rate) {
    return {rule, rate, "here"};
}

} // namespace

class TestRangeSeeds : public QObject {
    Q_OBJECT

private slots:
    // A decade apart, so that a slope is a difference.
    void curvesOfSeveralLengths() {
        const RangeCurve a = curveOfLosses({4, 3, 2, 1});
        const RangeCurve b = curveOfLosses({5, 5, 3});
        const RangeCurve c = curveOfLosses({6, 4});
        const SeedCurve curves[] = {{&a, {}}, {&b, 3}, {&c, 1}};
        const SeedRange range = overSeeds(curves);
        QCOMPARE(range.rates, a.rates);
        QCOMPARE(range.smoothed.size(), std::size_t(4));
        QCOMPARE(spread(range.smoothed[0]), (QList<double>{4.5, 5, 5.5}));
        QCOMPARE(spread(range.smoothed[1]), (QList<double>{3.5, 4, 4.5}));
        QCOMPARE(spread(range.smoothed[2]), (QList<double>{2.25, 2.5, 2.75})); // of two
        QCOMPARE(spread(range.smoothed[3]), (QList<double>{1, 1, 1}));
        QCOMPARE(range.slopes.size(), std::size_t(4));
        QCOMPARE(spread(range.slopes[0]), (QList<double>{-1.5, -1, -0.5})); // −1, 0, −2
        QCOMPARE(spread(range.slopes[1]), (QList<double>{-1.5, -1, -1}));   // −1, −1, −2
        QCOMPARE(spread(range.slopes[3]), (QList<double>{-1, -1, -1}));
        QCOMPARE(range.diverged, (std::vector<double>{0.0, 1.0 / 3.0, 1.0 / 3.0, 2.0 / 3.0}));
    }

    // A curve has come as far as its losses are finite; the slope before that looks to the left alone.
    void lossesThatAreNoNumbers() {
        const RangeCurve a = curveOfLosses({4, 3, 1, notANumber, notANumber});
        const RangeCurve b = curveOfLosses({4, 2});
        const SeedCurve curves[] = {{&b, {}}, {&a, 3}};
        const SeedRange range = overSeeds(curves);
        QCOMPARE(range.rates.size(), std::size_t(3));
        QCOMPARE(spread(range.smoothed[2]), (QList<double>{1, 1, 1}));
        QCOMPARE(spread(range.slopes[2]), (QList<double>{-2, -2, -2}));
        QCOMPARE(range.diverged, (std::vector<double>{0, 0, 0.5}));
    }

    void fewOrNone() {
        QVERIFY(overSeeds({}).rates.empty());
        const RangeCurve empty;
        const RangeCurve one = curveOfLosses({4});
        const SeedCurve nothing[] = {{&empty, {}}};
        QVERIFY(overSeeds(nothing).smoothed.empty());
        const SeedCurve curves[] = {{&empty, 0}, {&one, {}}};
        const SeedRange range = overSeeds(curves);
        QCOMPARE(range.rates.size(), std::size_t(1));
        QVERIFY(range.slopes.empty());
        QCOMPARE(range.diverged, std::vector<double>{0.5});
    }

    // A loss that was no finite number has no point: who ends so behind the last point of all counts there.
    void divergedBehindTheEnd() {
        const RangeCurve longer = curveOfLosses({3, 2, 1, 2});
        const RangeCurve shorter = curveOfLosses({3, 2});
        const SeedCurve curves[] = {{&longer, 4}, {&shorter, 2}, {&longer, {}}, {&longer, 9}};
        const SeedRange range = overSeeds(curves);
        QCOMPARE(range.diverged.size(), std::size_t(4));
        QCOMPARE(range.diverged[1], 0.0);
        QCOMPARE(range.diverged[2], 0.25);
        QCOMPARE(range.diverged[3], 0.75);
    }

    void spreads() {
        const RangeAnswers answers[] = {
            {{found("steepest", 0.3), {"slide", {}, "Too few"}}, {std::pair(0.01, 0.3), "from to"}},
            {{found("steepest", 0.1), {"slide", {}, "Other"}}, {{}, "No bounds"}},
            {{found("steepest", 0.2), found("slide", 5.0)}, {std::pair(0.04, 0.2), "from to"}},
            {{found("steepest", 0.8), found("slide", 5.0)}, {std::pair(0.02, 0.8), "from to"}},
        };
        const std::vector<RuleSpread> spreads = ruleSpreads(answers);
        QCOMPARE(spreads.size(), std::size_t(4));
        const auto check = [](const RuleSpread& one, const char* rule, std::size_t found, const QList<double>& rates,
                              const char* reason) {
            QCOMPARE(one.rule, std::string(rule));
            QCOMPARE(one.found, found);
            QCOMPARE(one.seeds, std::size_t(4));
            QCOMPARE(spread(one.rates.value()), rates);
            QCOMPARE(one.reason, std::string(reason));
        };
        check(spreads[0], "steepest", 4, {0.1, 0.25, 0.8}, "");
        check(spreads[1], "slide", 2, {5, 5, 5}, "Too few");
        check(spreads[2], "bounds.low", 3, {0.01, 0.02, 0.04}, "No bounds");
        check(spreads[3], "bounds.high", 3, {0.2, 0.3, 0.8}, "No bounds");
    }
    void spreadsOfNothing() {
        QVERIFY(ruleSpreads({}).empty());
        const RangeAnswers none[] = {{{{"steepest", {}, "Too few"}}, {{}, "Too few"}}};
        const std::vector<RuleSpread> spreads = ruleSpreads(none);
        QCOMPARE(spreads.size(), std::size_t(3));
        for (const RuleSpread& one : spreads) {
            QCOMPARE(one.found, std::size_t(0));
            QVERIFY(!one.rates);
            QCOMPARE(one.reason, std::string("Too few"));
        }
    }
};

QTEST_APPLESS_MAIN(TestRangeSeeds)
#include "tst_range_seeds.moc"
