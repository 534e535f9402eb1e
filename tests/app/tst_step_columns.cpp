// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/step_columns.h"
#include "core/data/random.h"
#include "tests/app/gui_helpers.h"

#include <QTest>

using namespace ratescope;

namespace {

RunRecord runOf(std::uint64_t steps, std::uint64_t stepsPerEpoch = 49) {
    RunRecord run;
    run.length = {steps, stepsPerEpoch};
    return run;
}

void addAxes() {
    QTest::addColumn<StepUnit>("unit");
    QTest::addColumn<bool>("logarithmic");
    QTest::addColumn<double>("lower");
    QTest::addColumn<double>("upper");
    QTest::addColumn<int>("steps");
    const auto row = [](const char* name, StepUnit unit, bool logarithmic, double lower, double upper, int steps) {
        QTest::newRow(name) << unit << logarithmic << lower << upper << steps;
    };
    row("a few steps", StepUnit::Step, false, 0.0, 20.3, 20);
    row("a step a pixel", StepUnit::Step, false, 0.0, 400.0, 400);
    row("a little more than one", StepUnit::Step, false, 0.0, 570.0, 560);
    row("ten a pixel", StepUnit::Step, false, 0.0, 4050.0, 4000);
    row("very many", StepUnit::Step, false, 0.0, 101'500.0, 100'000);
    row("the middle of many", StepUnit::Step, false, 30'123.4, 61'000.0, 100'000);
    row("zoomed in", StepUnit::Step, false, 50'000.2, 50'019.7, 100'000);
    row("left of the run", StepUnit::Step, false, -3000.0, 3000.0, 4000);
    row("epochs", StepUnit::Epoch, false, 0.0, 84.0, 4000);
    row("log steps", StepUnit::Step, true, 1.0, 110'000.0, 100'000);
    row("log steps from below the first", StepUnit::Step, true, 0.3, 110'000.0, 100'000);
    row("log epochs from the first step", StepUnit::Epoch, true, 1.0 / 49.0, 2100.0, 100'000);
    row("log steps from below the first, fewer", StepUnit::Step, true, 0.3, 11'000.0, 10'000);
    row("log epochs from the first step, fewer", StepUnit::Epoch, true, 1.0 / 49.0, 410.0, 20'000);
    row("log, in the middle", StepUnit::Step, true, 90.0, 30'000.0, 100'000);
    row("log, few", StepUnit::Step, true, 1.0, 33.0, 30);
}

struct Case {
    AxisMap axis;
    RunRecord run;
    StepUnit unit;
    std::size_t steps;
};

constexpr double width = 400.0;

Case fetched() {
    QFETCH(const StepUnit, unit);
    QFETCH(const bool, logarithmic);
    QFETCH(const double, lower);
    QFETCH(const double, upper);
    QFETCH(const int, steps);
    return {AxisMap({lower, upper}, logarithmic, 0.5, width + 0.5), runOf(static_cast<std::uint64_t>(steps)), unit,
            static_cast<std::size_t>(steps)};
}

void compare(const StepColumns& found, const StepColumns& expected, std::size_t count) {
    QVERIFY2(
        found.edges() == expected.edges(),
        qPrintable(QStringLiteral("%1 steps: %2 columns instead of %3").arg(count).arg(found.size()).arg(expected.size())));
    for (std::size_t i = 0; i < found.size(); ++i) QCOMPARE(found.x(i), expected.x(i));
    QCOMPARE(found.isDense(), expected.isDense());
}

} // namespace

class TestStepColumns : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyVisibleStepHasOneColumn_data() { addAxes(); }
    void everyVisibleStepHasOneColumn() {
        const Case test = fetched();
        const StepScale scale(test.run, test.unit);
        StepColumns columns;
        QCOMPARE(columns.update(test.axis, scale, test.steps), std::size_t(0));
        const std::vector<std::size_t>& edges = columns.edges();
        QVERIFY(columns.size() > 0);
        QCOMPARE(edges.size(), columns.size() + 1);
        for (std::size_t i = 0; i + 1 < edges.size(); ++i) QVERIFY(edges[i] < edges[i + 1]);
        for (std::size_t i = 0; i + 1 < columns.size(); ++i) QVERIFY(columns.x(i) < columns.x(i + 1));
        // No step that lies in the frame is left out.
        for (std::size_t step = 0; step < test.steps; ++step) {
            const double x = test.axis.toPixel(scale.keyOf(static_cast<double>(step)));
            if (x >= 0.5 && x <= width + 0.5)
                QVERIFY2(step >= edges.front() && step < edges.back(), qPrintable(QString::number(step)));
        }
        // A column's steps lie where it stands; wide ones may be off by a small part of a pixel.
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const double from = test.axis.toPixel(scale.keyOf(static_cast<double>(edges[i])));
            const double to = test.axis.toPixel(scale.keyOf(static_cast<double>(edges[i + 1] - 1)));
            const auto x = static_cast<double>(columns.x(i));
            if (edges[i + 1] - edges[i] == 1)
                QVERIFY(std::abs(x - from) < 0.02);
            else
                QVERIFY2(from > x - 0.65 && to < x + 0.65,
                         qPrintable(QStringLiteral("%1: %2 … %3").arg(x).arg(from).arg(to)));
        }
        // No more columns than pixels and, where they are sparser, steps.
        const std::size_t most = std::min(edges.back() - edges.front(), static_cast<std::size_t>(width) + 3);
        QVERIFY2(columns.size() <= most, qPrintable(QString::number(columns.size())));
    }

    void columnOfAStep() {
        const RunRecord run = runOf(4000);
        StepColumns columns;
        QCOMPARE(columns.columnOf(3), std::size_t(0));
        columns.update(AxisMap({500.0, 3000.0}, false, 0.5, width + 0.5), StepScale(run, StepUnit::Step), 4000);
        const auto& edges = columns.edges();
        QCOMPARE(columns.columnOf(0), std::size_t(0));
        for (std::size_t step = edges.front(); step < edges.back(); ++step) {
            const std::size_t i = columns.columnOf(step);
            QVERIFY(edges[i] <= step && step < edges[i + 1]);
        }
        QCOMPARE(columns.columnOf(3999), columns.size());
    }

    void zoomedInEachStepStandsAtItsPlace() {
        const RunRecord run = runOf(100'000);
        const AxisMap axis({50'000.2, 50'019.7}, false, 0.5, width + 0.5);
        StepColumns columns;
        columns.update(axis, StepScale(run, StepUnit::Step), 100'000);
        QCOMPARE(columns.edges().front(),
                 std::size_t(50'000)); // one farther on either side, so that the line leaves the frame
        QCOMPARE(columns.edges().back(), std::size_t(50'021));
        QCOMPARE(columns.size(), std::size_t(21));
        for (std::size_t i = 0; i < columns.size(); ++i)
            QCOMPARE(columns.x(i), static_cast<float>(axis.toPixel(50'000.0 + static_cast<double>(i))));
        QVERIFY(!columns.isDense());
    }

    /// However the portions fall, and wherever steps become denser than pixels, the columns are those of all steps at once.
    void growingIsTheSameAsAtOnce_data() { addAxes(); }
    void growingIsTheSameAsAtOnce() {
        const Case test = fetched();
        const StepScale scale(test.run, test.unit);
        RandomStream random(7, "portions", 0);
        StepColumns grown;
        std::vector<std::size_t> edges;
        std::vector<float> x;
        // One by one at first and at the end, in portions of any size between.
        for (std::size_t count = 0; count <= test.steps;) {
            const std::size_t changed = grown.update(test.axis, scale, count);
            StepColumns fresh;
            fresh.update(test.axis, scale, count);
            compare(grown, fresh, count);
            if (QTest::currentTestFailed()) return;
            // What is said to be unchanged is.
            QVERIFY(changed <= grown.size() && changed <= x.size());
            for (std::size_t i = 0; i < changed; ++i) QVERIFY(grown.x(i) == x[i] && grown.edges()[i + 1] == edges[i + 1]);
            edges = grown.edges();
            x.clear();
            for (std::size_t i = 0; i < grown.size(); ++i) x.push_back(grown.x(i));
            const bool single = count < 1200 || (count > 70'000 && count < 70'600) || count + 300 > test.steps;
            const std::size_t next = count + (single ? 1 : 1 + random.below(500));
            count = count == test.steps ? next : std::min(next, test.steps);
        }
    }

    void anotherAxisIsBegunAnew() {
        const RunRecord run = runOf(4000);
        const StepScale scale(run, StepUnit::Step);
        StepColumns columns;
        columns.update(AxisMap({0.0, 4000.0}, false, 0.5, width + 0.5), scale, 4000);
        QCOMPARE(columns.update(AxisMap({0.0, 4000.0}, false, 0.5, width + 0.5), scale, 4000),
                 columns.size()); // nothing changed
        for (const AxisMap& axis :
             {AxisMap({0.0, 400.0}, false, 0.5, width + 0.5), AxisMap({1.0, 4000.0}, true, 0.5, width + 0.5)}) {
            QCOMPARE(columns.update(axis, scale, 4000), std::size_t(0));
            StepColumns fresh;
            fresh.update(axis, scale, 4000);
            compare(columns, fresh, 4000);
        }
        columns.update(AxisMap({0.0, 4000.0}, false, 0.5, width + 0.5), scale, 100); // fewer than before
        QCOMPARE(columns.edges().back(), std::size_t(100));
    }

    void nothingToShow() {
        const RunRecord run = runOf(4000);
        StepColumns columns;
        const StepScale scale(run, StepUnit::Step);
        columns.update(AxisMap({0.0, 100.0}, false, 0.5, width + 0.5), scale, 0);
        QCOMPARE(columns.size(), std::size_t(0));
        QVERIFY(!columns.isDense());
        columns.update(AxisMap({1.0, 100.0}, true, 0.5, width + 0.5), scale, 1); // step 0 has no place on a logarithmic axis
        QCOMPARE(columns.size(), std::size_t(0));
        columns.update(AxisMap({-100.0, -50.0}, false, 0.5, width + 0.5), scale, 4000);
        for (std::size_t i = 0; i < columns.size(); ++i) QVERIFY(columns.x(i) > 400.0F);
        columns.update(AxisMap({5000.0, 6000.0}, false, 0.5, width + 0.5), scale, 4000);
        QCOMPARE(columns.size(), std::size_t(0));
    }
};

QTEST_APPLESS_MAIN(TestStepColumns)
#include "tst_step_columns.moc"
