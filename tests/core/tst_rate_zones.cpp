// SPDX-License-Identifier: GPL-3.0-or-later
#include "range_shapes.h"

#include "core/analysis/rate_rules.h"
#include "core/analysis/rate_zones.h"

#include <QTest>

using namespace ratescope;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

std::optional<double> optional(double value) {
    return std::isnan(value) ? std::nullopt : std::optional(value);
}

/// 10^(i/10 − 5)
double rateAt(int i) {
    return std::pow(10.0, i / 10.0 - 5.0);
}

/// 3 up to 20, down to 1 at 40, flat up to 50, and up again by 0.25 a point.
RangeCurve trough(int count) {
    std::vector<double> rates;
    std::vector<double> losses;
    for (int i = 0; i < count; ++i) {
        rates.push_back(rateAt(i));
        losses.push_back(i < 20    ? 3.0
                         : i < 40  ? 3.0 - 0.1 * (i - 20)
                         : i <= 50 ? 1.0 - 0.001 * (i - 40)
                                   : 1.0 + 0.25 * (i - 50));
    }
    return rangeCurve(rates, losses, 0.0);
}

} // namespace

class TestRateZones : public QObject {
    Q_OBJECT

private slots:
    void zoneOfARate_data() {
        QTest::addColumn<double>("rate");
        QTest::addColumn<int>("zone");
        const auto row = [](double rate, RateZone zone) { QTest::addRow("%g", rate) << rate << int(zone); };
        row(0.0009, RateZone::Slow);
        row(0.001, RateZone::Fast);
        row(0.0099, RateZone::Fast);
        row(0.01, RateZone::Edge);
        row(0.099, RateZone::Edge);
        row(0.1, RateZone::Diverging);
        row(100.0, RateZone::Diverging);
    }
    void zoneOfARate() {
        QFETCH(double, rate);
        QFETCH(int, zone);
        QCOMPARE(int((RateZones{0.001, 0.01, 0.1}).of(rate)), zone);
    }
    void bordersThatAreMissing() {
        QCOMPARE(RateZones{}.of(1.0), RateZone::Fast);
        QCOMPARE((RateZones{0.001, {}, {}}).of(10.0), RateZone::Fast);
        QCOMPARE((RateZones{0.001, 0.01, {}}).of(10.0), RateZone::Edge);
        QCOMPARE((RateZones{0.001, 0.1, 0.1}).of(0.1), RateZone::Diverging); // none at the edge
    }

    void sweeps_data() {
        QTest::addColumn<int>("count");
        QTest::addColumn<bool>("ended");
        QTest::addColumn<double>("edge");
        QTest::addColumn<double>("diverging");
        // The slope falls below a tenth of −1 a decade between 19 and 20. At 58 the loss is 3 again.
        QTest::newRow("all of it") << 65 << false << rateAt(50) << rateAt(58);
        QTest::newRow("ended later") << 65 << true << rateAt(50) << rateAt(58);
        QTest::newRow("not back yet") << 56 << false << rateAt(50) << none;
        QTest::newRow("ended before it is back") << 56 << true << rateAt(50) << rateAt(56);
        QTest::newRow("still falling") << 46 << false << none << none;
        QTest::newRow("ended while it falls") << 46 << true << rateAt(45) << rateAt(46);
    }
    void sweeps() {
        QFETCH(int, count);
        QFETCH(bool, ended);
        QFETCH(double, edge);
        QFETCH(double, diverging);
        const auto zones = zonesOfSweep(trough(count), ended);
        QVERIFY(zones);
        const auto same = [](const std::optional<double>& found, double expected) {
            return std::isnan(expected) ? !found : found && std::abs(*found / expected - 1.0) < 1e-9;
        };
        QVERIFY(same(zones->fastFrom, rateAt(20)));
        QVERIFY(same(zones->edgeFrom, edge));
        QVERIFY(same(zones->divergingFrom, diverging));
        QCOMPARE(*zones->fastFrom, suggestBounds(trough(count)).rates->first);
    }
    void sweepThatEndsWithoutANumber() {
        const auto zones = zonesOfSweep(curveOf(smoothShape, 70), false);
        const RangeCurve whole = curveOf(smoothShape);
        QCOMPARE(zones->fastFrom, std::optional(whole.rates[27]));
        QCOMPARE(zones->edgeFrom, std::optional(whole.rates[69]));
        QCOMPARE(zones->divergingFrom, std::optional(whole.rates[70]));
    }
    void noValleyNoZones() {
        std::vector<double> losses(50, 2.0);
        std::vector<double> rates;
        for (int i = 0; i < 50; ++i) rates.push_back(rateAt(i));
        QVERIFY(!zonesOfSweep(rangeCurve(rates, losses, 0.0), true));
        QVERIFY(!zonesOfSweep({}, true));
        QVERIFY(!zonesOfSensitivity(rates, losses, true));
        QVERIFY(!zonesOfSensitivity({}, {}, true));
    }

    void sensitivity_data() {
        QTest::addColumn<QList<double>>("losses");
        QTest::addColumn<bool>("ended");
        QTest::addColumn<double>("fast");
        QTest::addColumn<double>("edge");
        QTest::addColumn<double>("diverging");
        const auto row = [](const char* name, const QList<double>& losses, bool ended, double fast, double edge,
                            double diverging) { QTest::newRow(name) << losses << ended << fast << edge << diverging; };
        row("all zones", {2.3, 2.0, 0.5, 0.3, 0.4, 1.0, 2.3, 9.0}, false, 4, 32, 64);
        row("diverged where it is no number", {2.3, 2.0, 0.3, 1.0, none, 1.0}, false, 4, 8, 16);
        row("none unstable", {2.3, 0.5, 0.3, 2.4}, false, 2, 8, 8);
        row("good to the end", {2.3, 2.0, 0.3}, false, 4, none, none);
        row("good until it ran away", {2.3, 2.0, 0.3}, true, 4, 8, 8);
        row("unstable until it ran away", {2.3, 2.0, 0.3, 1.0}, true, 4, 8, 16);
        row("good twice", {2.3, 0.4, 2.0, 0.3, 2.0, 0.4}, false, 8, 16, none);
    }
    void sensitivity() {
        QFETCH(QList<double>, losses);
        QFETCH(bool, ended);
        QFETCH(double, fast);
        QFETCH(double, edge);
        QFETCH(double, diverging);
        std::vector<double> rates;
        for (int i = 0; i < losses.size(); ++i) rates.push_back(std::ldexp(1.0, i));
        const auto zones = zonesOfSensitivity(rates, {losses.begin(), losses.end()}, ended);
        QVERIFY(zones);
        QVERIFY((*zones == RateZones{fast, optional(edge), optional(diverging)}));
    }
};

QTEST_APPLESS_MAIN(TestRateZones)
#include "tst_rate_zones.moc"
