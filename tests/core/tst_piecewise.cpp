// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "problems.h"

#include "core/schedule/piecewise.h"
#include "core/schedule/schedule.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace ratescope;

namespace {

using Points = std::vector<SchedulePoint>;

ScheduleSpec drawn(Points points, Interpolation interpolation, TimeUnit unit = TimeUnit::Step) {
    ScheduleSpec spec{"piecewise", unit, {}};
    spec.points = std::move(points);
    spec.values.set("interpolation", double(int(interpolation)));
    return spec;
}

const Interpolation all[] = {Interpolation::Step, Interpolation::Linear, Interpolation::Log, Interpolation::Smooth};

} // namespace

class TestPiecewise : public QObject {
    Q_OBJECT

private slots:
    void closedForms() {
        const Points points = {{2, 0.1}, {6, 0.9}, {10, 0.3}};
        const Piecewise step(points, Interpolation::Step);
        const Piecewise linear(points, Interpolation::Linear);
        const Piecewise log(points, Interpolation::Log);
        for (double t = 0; t < 14; t += 0.25) {
            const bool first = t < 6;
            const double x = first ? std::max(0.0, (t - 2) / 4) : std::min(1.0, (t - 6) / 4);
            const double a = first ? 0.1 : 0.9;
            const double b = first ? 0.9 : 0.3;
            QCOMPARE(step(t), t < 6 ? 0.1 : t < 10 ? 0.9 : 0.3);
            VERIFY_NEAR(linear(t), a + (b - a) * x, 1e-12);
            VERIFY_NEAR(log(t), std::exp(std::log(a) + (std::log(b) - std::log(a)) * x), 1e-12);
        }
    }

    // Of a cubic with flat ends there is one alone: 3x² − 2x³.
    void smoothBetweenTwo() {
        const Piecewise smooth({{0, 1}, {8, 3}}, Interpolation::Smooth);
        for (double t = 0; t <= 8; t += 0.5) {
            const double x = t / 8;
            VERIFY_NEAR(smooth(t), 1 + 2 * (3 * x * x - 2 * x * x * x), 1e-12);
        }
    }

    // On a straight line the slopes in the middle are the line's.
    void smoothKeepsALine() {
        const Piecewise smooth({{0, 1}, {1, 2}, {3, 4}, {4, 5}, {9, 10}}, Interpolation::Smooth);
        QCOMPARE(smooth.slopes().front(), 0.0);
        QCOMPARE(smooth.slopes().back(), 0.0);
        for (std::size_t i = 1; i < 4; ++i) VERIFY_NEAR(smooth.slopes()[i], 1.0, 1e-12);
        for (double t = 1; t <= 4; t += 0.125) VERIFY_NEAR(smooth(t), t + 1, 1e-12);
    }

    void handlesAreMet_data() {
        QTest::addColumn<int>("seed");
        for (int seed = 0; seed < 20; ++seed) QTest::addRow("%d", seed) << seed;
    }
    // All four go through their handles, stay between neighbours and, between them, go one way only.
    void handlesAreMet() {
        QFETCH(const int, seed);
        std::mt19937 random(static_cast<unsigned>(seed));
        std::uniform_real_distribution<double> unit(0.0, 1.0);
        Points points;
        double t = 0.0;
        for (int i = 0; i < 12; ++i) {
            points.push_back({t, std::pow(10.0, -4.0 * unit(random))});
            t += 0.1 + 20.0 * unit(random) * unit(random);
        }
        if (seed % 2 == 1) points[5].rate = points[4].rate; // a flat stretch
        for (const Interpolation interpolation : all) {
            const Piecewise curve(points, interpolation);
            for (std::size_t i = 0; i + 1 < points.size(); ++i) {
                QCOMPARE(curve(points[i].t), points[i].rate);
                const double low = std::min(points[i].rate, points[i + 1].rate);
                const double high = std::max(points[i].rate, points[i + 1].rate);
                const double way = points[i + 1].rate - points[i].rate;
                double before = points[i].rate;
                for (int k = 1; k < 100; ++k) {
                    const double rate = curve(points[i].t + (points[i + 1].t - points[i].t) * k / 100);
                    QVERIFY2(rate >= low * (1 - 1e-12) && rate <= high * (1 + 1e-12), differ(rate, low).c_str());
                    QVERIFY((rate - before) * way >= -1e-15);
                    before = rate;
                }
            }
            QCOMPARE(curve(0.0), points.front().rate);
            QCOMPARE(curve(points.back().t), points.back().rate);
            QCOMPARE(curve(1e9), points.back().rate);
        }
    }

    // Of two at one time the first counts up to there, the last from there on.
    void jumps() {
        const Points points = {{0, 0.1}, {4, 0.5}, {4, 0.3}, {4, 0.2}, {8, 0.4}};
        for (const Interpolation interpolation : all) {
            const Piecewise curve(points, interpolation);
            QCOMPARE(curve(4.0), 0.2);
            const double before = curve(std::nextafter(4.0, 0.0));
            VERIFY_NEAR(before, interpolation == Interpolation::Step ? 0.1 : 0.5, 1e-9);
            QVERIFY(std::isfinite(curve(2.0)) && std::isfinite(curve(6.0)));
        }
        VERIFY_NEAR(Piecewise(points, Interpolation::Linear)(6.0), 0.3, 1e-12);
        VERIFY_NEAR(Piecewise(points, Interpolation::Smooth)(2.0), 0.3, 1e-12);
        // All at one time.
        QCOMPARE(Piecewise({{3, 1}, {3, 2}}, Interpolation::Linear)(3.0), 2.0);
        QCOMPARE(Piecewise({{3, 1}, {3, 2}}, Interpolation::Smooth)(2.0), 1.0);
    }

    void oneHandle() {
        for (const Interpolation interpolation : all)
            for (const double t : {0.0, 5.0, 6.0}) QCOMPARE(Piecewise({{5, 0.3}}, interpolation)(t), 0.3);
    }

    void units() {
        const RunLength run{100, 10};
        const Points points = {{0, 1.0}, {4, 0.2}};
        QCOMPARE(Schedule(drawn(points, Interpolation::Linear), run).at(2), 0.6);
        QCOMPARE(Schedule(drawn(points, Interpolation::Linear, TimeUnit::Epoch), run).at(29), 0.6);
        VERIFY_NEAR(Schedule(drawn(points, Interpolation::Linear, TimeUnit::FractionalEpoch), run).at(25), 0.5, 1e-12);
        QCOMPARE(Schedule(drawn({{0, 1.0}, {0.3, 0.5}}, Interpolation::Step, TimeUnit::FractionalEpoch), run).at(3),
                 0.5);
        // Left out, the lines are straight.
        ScheduleSpec plain{"piecewise", TimeUnit::Step, {}};
        plain.points = points;
        QCOMPARE(Schedule(plain, run).at(2), 0.6);
    }

    void validates_data() {
        QTest::addColumn<int>("index");
        QTest::addColumn<QString>("says");
        static const std::vector<ScheduleSpec> specs = {
            drawn({{0, 0.0}}, Interpolation::Linear),
            drawn({}, Interpolation::Linear),
            drawn({{0, 1}, {2, 1}, {1, 1}}, Interpolation::Linear),
            drawn({{0, 1}, {-1, 1}}, Interpolation::Linear),
            drawn({{0, 1}, {1, -0.5}}, Interpolation::Linear),
            drawn({{0, 1}, {1, 0}}, Interpolation::Log),
            drawn({{0, 1}, {1, std::nan("")}}, Interpolation::Step),
            drawn({{std::nan(""), 1}}, Interpolation::Step),
            drawn({{0, 1}, {2e9, 1}}, Interpolation::Step),
            drawn({{0, 2e6}}, Interpolation::Step),
            drawn(Points(10'001, {1, 1}), Interpolation::Step),
            drawn(Points(10'000, {1, 1}), Interpolation::Step),
        };
        m_specs = &specs;
        const char* says[] = {"",
                              "points: holds none; expected handles [t, lr]",
                              "points[2]: has the time 1, before that of the handle before it (2)",
                              "points[1]: has the time -1; allowed: a number from 0 to 1e+09",
                              "points[1]: has the rate -0.5; allowed: a number from 0 to 1e+06",
                              "points[1]: has the rate 0, to which no line leads on a log axis",
                              "points[1]: has the rate nan",
                              "points[0]: has the time nan",
                              "points[1]: has the time 2e+09",
                              "points[0]: has the rate 2e+06",
                              "points: holds 10001 handles; allowed: 10000",
                              ""};
        for (int i = 0; i < int(specs.size()); ++i) QTest::addRow("%d %s", i, says[i]) << i << says[i];
    }
    void validates() {
        QFETCH(const int, index);
        QFETCH(const QString, says);
        const Problems problems = validateSchedule((*m_specs)[std::size_t(index)]);
        const std::string text = problemText(problems);
        QVERIFY2(problems.size() == (says.isEmpty() ? 0U : 1U) && contains(text, says.toStdString()), text.c_str());
    }

    void thinsOut() {
        Points line;
        for (int i = 0; i <= 1000; ++i) line.push_back({double(i), 1.0 + i});
        QCOMPARE(thinned(line, 1e-9, 100), (Points{{0, 1}, {1000, 1001}}));
        Points bend = line;
        for (int i = 500; i <= 1000; ++i) bend[std::size_t(i)].rate = 1001.0 - i;
        const Points kept = thinned(bend, 1e-6, 100);
        QCOMPARE(kept, (Points{{0, 1}, {500, 501}, {1000, 1}}));
        Points wave;
        for (int i = 0; i <= 1000; ++i) wave.push_back({double(i), 2.0 + std::sin(i / 50.0)});
        const Points near = thinned(wave, 0.01, 1000);
        QVERIFY(near.size() < 60);
        const Piecewise curve(near, Interpolation::Linear);
        for (const SchedulePoint& point : wave)
            QVERIFY(std::abs(curve(point.t) - point.rate) <= 0.01 * point.rate * (1 + 1e-9));
        for (const std::size_t most : {2U, 3U, 10U}) QVERIFY(thinned(wave, 0.001, most).size() <= most);
        QCOMPARE(thinned({{0, 1}, {1, 5}}, 0.1, 1).size(), std::size_t(2)); // two it takes in any case
        const Points zeros(10, {1, 0});
        QVERIFY(thinned(zeros, 0.01, 5).size() <= 5);
    }

private:
    const std::vector<ScheduleSpec>* m_specs = nullptr;
};

QTEST_APPLESS_MAIN(TestPiecewise)
#include "tst_piecewise.moc"
