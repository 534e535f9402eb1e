// SPDX-License-Identifier: GPL-3.0-or-later
// The zones of a range test on the rate plot, what of a run lies beyond them, and the marker of a chosen rate.
#include "app/plots/figure_image.h"
#include "app/study/range_answers.h"
#include "tests/app/plot_page_fixture.h"
#include "tests/app/range_fixture.h"

#include <QSignalSpy>
#include <QTest>

#include <map>
#include <set>

using namespace ratescope;

namespace {

/// A run that goes from a high rate to a low one and has made `done` of its 1000 steps.
MutableRun cosineRun(RunId id, double rate, std::size_t done, RunState state) {
    const auto run = finishedRun(id, 1000);
    run->config.schedule = {};
    run->config.schedule.type = "cosine";
    run->config.schedule.values.set("lr", rate);
    run->config.schedule.values.set("end", 1e-3);
    run->losses.resize(done);
    run->rates.clear();
    const Schedule schedule(run->config.schedule, run->length);
    for (std::size_t i = 0; i < done; ++i) run->rates.push_back(schedule.at(i));
    run->state = state;
    return run;
}

std::uint64_t stepsBeyond(const RunRecord& run, double edge) {
    std::uint64_t count = 0;
    for (const double rate : run.rates) count += rate >= edge;
    const Schedule schedule(run.config.schedule, run.length);
    if (!isOver(run.state))
        for (std::uint64_t i = run.stepCount(); i < run.length.steps; ++i) count += schedule.at(i) >= edge;
    return count;
}

/// Seen through what lies over it: the colour that most pixels of a row have.
QRgb groundAt(const QImage& image, const QRectF& frame, double y) {
    std::map<QRgb, int> counts;
    for (int x = int(frame.left()) + 2; x < int(frame.right()) - 2; ++x) ++counts[image.pixel(x, qRound(y))];
    return std::ranges::max_element(counts, {}, [](const auto& one) { return one.second; })->first;
}

PlotView logarithmic() {
    PlotView view;
    view.logRate = true;
    view.rate = AxisRange{1e-4, 10.0};
    return view;
}

} // namespace

class TestPlotZones : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Four bands between the borders; the same in the light theme, where they are faint, and in the dark one.
    void zonesLieBetweenTheirBorders() {
        const auto test = finishedRangeTest(1);
        const auto zones = zonesOf(*test);
        QVERIFY(zones && zones->fastFrom && zones->edgeFrom && zones->divergingFrom);
        const auto run = cosineRun(2, 0.05, 1000, RunState::Finished);
        const DrawnFigure drawn({test, run}, logarithmic());
        const auto frame = drawn.frame(PlotPlace::Rate);
        std::set<QRgb> colors;
        const std::array rates = {2e-4, std::sqrt(*zones->fastFrom * *zones->edgeFrom),
                                  std::sqrt(*zones->edgeFrom * *zones->divergingFrom), 9.0};
        for (const double rate : rates) colors.insert(groundAt(drawn.image, frame.rect, frame.y.toPixel(rate)));
        QCOMPARE(colors.size(), std::size_t(4));
        QVERIFY(!colors.contains(qRgb(255, 255, 255)));
        for (const QRgb color : colors) QVERIFY(qGray(color) > 215); // nothing is hard to see on it
        for (const double border : {*zones->fastFrom, *zones->edgeFrom, *zones->divergingFrom}) {
            const double y = frame.y.toPixel(border);
            QVERIFY(groundAt(drawn.image, frame.rect, y - 3) != groundAt(drawn.image, frame.rect, y + 3));
        }
        PlotView without = logarithmic();
        without.zones = false;
        const DrawnFigure plain({test, run}, without);
        QCOMPARE(groundAt(plain.image, frame.rect, frame.y.toPixel(9.0)), qRgb(255, 255, 255));
    }

    void zonesAreOfTheTestThatAllRunsHaveInCommon() {
        const auto test = finishedRangeTest(1);
        const auto other = finishedRangeTest(2);
        other->config.batchSize = 128;
        const auto run = cosineRun(3, 0.05, 1000, RunState::Finished);
        const auto stranger = cosineRun(4, 0.05, 1000, RunState::Finished);
        stranger->config.batchSize = 128;
        const auto hasZones = [](const std::vector<RunPointer>& runs, RunId chosen) {
            PlotView view = logarithmic();
            view.zonesOf = chosen;
            const DrawnFigure drawn(runs, view);
            const auto frame = drawn.frame(PlotPlace::Rate);
            return groundAt(drawn.image, frame.rect, frame.y.toPixel(9.0)) != qRgb(255, 255, 255);
        };
        QVERIFY(hasZones({test, run}, 0));
        QVERIFY(hasZones({test, other, run}, 0));
        QVERIFY(!hasZones({other, run}, 0));
        QVERIFY(!hasZones({test, other, run, stranger}, 0)); // each has another one
        QVERIFY(hasZones({test, other, run, stranger}, 2));
        other->visible = false;
        QVERIFY(!hasZones({test, other, stranger}, 2)); // a hidden one does not speak
        test->state = RunState::Running;
        QVERIFY(!hasZones({test, run}, 0));
    }

    void stepsBeyondTheEdgeAreCounted_data() {
        QTest::addColumn<std::size_t>("done");
        QTest::addColumn<RunState>("state");
        QTest::newRow("to come") << std::size_t(0) << RunState::Ready;
        QTest::newRow("on its way") << std::size_t(300) << RunState::Running;
        QTest::newRow("done") << std::size_t(1000) << RunState::Finished;
        QTest::newRow("stopped") << std::size_t(300) << RunState::Cancelled;
    }
    void stepsBeyondTheEdgeAreCounted() {
        QFETCH(const std::size_t, done);
        QFETCH(const RunState, state);
        const auto test = finishedRangeTest(1);
        const auto run = cosineRun(2, 4.0, done, state);
        const double edge = *zonesOf(*test)->divergingFrom;
        PageFixture page({test, run});
        const auto found = page.page.beyondEdge(2);
        QVERIFY(found);
        QCOMPARE(found->edge, edge);
        QCOMPARE(found->steps, std::uint64_t(isOver(state) ? done : 1000));
        QVERIFY(found->beyond > 200);
        QCOMPARE(found->beyond, stepsBeyond(*run, edge));
        QVERIFY(!page.page.beyondEdge(1));
        QVERIFY(!page.page.beyondEdge(7));
        page.hover(page.middle(PlotPart::Rate));
        QVERIFY(page.page.crosshairText().endsWith(
            QStringLiteral("run 2: %1 of %2 steps beyond the edge (%3)")
                .arg(found->beyond).arg(found->steps).arg(QLocale::c().toString(edge, 'g', 2))));
        test->visible = false;
        page.refresh();
        QVERIFY(!page.page.beyondEdge(2));
    }

    /// However small the pieces are, and while the run goes on and its rate is changed, the count is that of all steps.
    void countingInPieces() {
        constexpr double edge = 0.5;
        const auto run = cosineRun(1, 1.0, 0, RunState::Running);
        const Schedule schedule(run->config.schedule, run->length);
        RunCurves curves(run);
        curves.setEdge(edge);
        int pieces = 0;
        const auto finish = [&] {
            for (int i = 0; i < 500; ++i, ++pieces) {
                WorkBudget everything;
                curves.update(0.9, everything);
                WorkBudget budget(300);
                if (curves.countBeyondEdge(budget)) return true;
            }
            return false;
        };
        WorkBudget little(300);
        QVERIFY(!curves.countBeyondEdge(little));
        QVERIFY(!curves.beyondEdge());
        QVERIFY(finish());
        QVERIFY(pieces > 50);
        QCOMPARE(curves.beyondEdge()->beyond, stepsBeyond(*run, edge));
        while (run->stepCount() < 400) { // it does not follow its schedule
            run->append(std::vector{StepMetrics{run->stepCount(), run->stepCount() % 2 == 0 ? 0.1 : 0.7, 1.0F}});
            if (run->stepCount() % 37 != 0) continue;
            QVERIFY(finish());
            QCOMPARE(curves.beyondEdge()->beyond, stepsBeyond(*run, edge));
            QCOMPARE(curves.beyondEdge()->steps, std::uint64_t(1000));
        }
        curves.setEdge(0.05);
        QVERIFY(!curves.beyondEdge());
        QVERIFY(finish());
        QCOMPARE(curves.beyondEdge()->beyond, stepsBeyond(*run, 0.05));
        run->state = RunState::Cancelled;
        QVERIFY(finish());
        QCOMPARE(*curves.beyondEdge(), (EdgeSteps{stepsBeyond(*run, 0.05), run->stepCount(), 0.05}));
        curves.setEdge(std::nullopt);
        QVERIFY(!curves.beyondEdge());
    }

    void theMarkerIsDraggedOntoWhatARuleFound() {
        const auto test = finishedRangeTest(1);
        PageFixture page({test, cosineRun(2, 0.05, 1000, RunState::Finished)});
        const DrawnFigure drawn({test}, {}, PlotPart::Page, page.page.size());
        const auto frame = drawn.frame(PlotPlace::TestSlope);
        QSignalSpy moved(&page.page, &PlotPage::rateMarkerMoved);
        page.page.showRateMarker(1, 0.5);
        page.settle();
        QCOMPARE(page.page.rateMarker(), std::optional(0.5));
        QVERIFY(moved.isEmpty()); // nobody has moved it
        const AxisRange before = *page.page.currentView().testRate;
        const auto at = [&](double rate) { return QPointF(frame.x.toPixel(rate), frame.rect.center().y()); };
        const double rule = drawn.figure.ruleRates(1).at(0);
        page.drag(at(0.5), at(rule) + QPointF(4.0, 0.0));
        QCOMPARE(*page.page.rateMarker(), rule);
        QVERIFY(moved.size() >= 2);
        QCOMPARE(moved.last()[0].toLongLong(), RunId(1));
        QCOMPARE(moved.last()[1].toDouble(), rule);
        QCOMPARE(*page.page.currentView().testRate, before); // the plot was not panned
        page.drag(at(rule), at(rule) + QPointF(14.0, 0.0), Qt::AltModifier);
        QVERIFY(std::abs(frame.x.toPixel(*page.page.rateMarker()) - at(rule).x() - 14.0) < 1e-6);
        page.drag(at(*page.page.rateMarker()), at(rule) + QPointF(30.0, 0.0));
        page.drag(at(*page.page.rateMarker()), at(rule) - QPointF(3.0, 0.0), Qt::AltModifier); // near, and yet beside it
        QVERIFY(std::abs(frame.x.toPixel(*page.page.rateMarker()) - at(rule).x() + 3.0) < 1e-6);
        page.drag(at(*page.page.rateMarker()), at(rule) + QPointF(30.0, 0.0));
        page.drag(at(*page.page.rateMarker()), at(0.731234));
        QCOMPARE(QString::number(*page.page.rateMarker(), 'g', 3).toDouble(), *page.page.rateMarker());
        page.drag(at(*page.page.rateMarker()), {frame.rect.right() + 200.0, at(1.0).y()});
        QVERIFY(std::abs(*page.page.rateMarker() - before.second) < 1e-9 * before.second);
        page.page.hideRateMarker();
        QVERIFY(!page.page.rateMarker());
        QCOMPARE(page.page.rateMarkerShown(), RunId(0));
    }

    void theMarkerIsMovedByKeys() {
        PageFixture page({finishedRangeTest(1)});
        const AxisRange before = *page.page.currentView().testRate;
        page.page.showRateMarker(1, 0.1);
        page.key(Qt::Key_BracketRight);
        QCOMPARE(page.page.canvas()->accessibleDescription(), QStringLiteral("Chosen rate 0.1"));
        page.key(Qt::Key_Right);
        QVERIFY(std::abs(std::log10(*page.page.rateMarker()) + 0.99) < 1e-3);
        page.key(Qt::Key_Left);
        QVERIFY(std::abs(*page.page.rateMarker() - 0.1) < 1e-4);
        page.key(Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY(std::abs(std::log10(*page.page.rateMarker()) + 0.9) < 3e-3);
        QCOMPARE(*page.page.currentView().testRate, before);
        page.key(Qt::Key_Escape); // from now on the arrows move the plot
        const double last = *page.page.rateMarker();
        page.key(Qt::Key_Right);
        QCOMPARE(*page.page.rateMarker(), last);
    }

    /// Through both of the test's frames, level on the rate plot; and gone without a trace.
    void theMarkerIsDrawnOnThePageAlone() {
        const auto test = finishedRangeTest(1);
        const auto run = cosineRun(2, 0.05, 1000, RunState::Finished);
        const PlotView view = logarithmic();
        PageFixture page({test, run}, view);
        const QImage before = page.picture();
        const DrawnFigure drawn({test, run}, view, PlotPart::Page, page.page.size());
        page.page.showRateMarker(1, 0.5);
        page.settle();
        const QImage image = page.picture();
        const auto darker = [&](QPointF at) {
            int most = 0;
            for (int x = -1; x <= 1; ++x)
                for (int y = -1; y <= 1; ++y)
                    most = std::max(most, qGray(before.pixel(at.toPoint() + QPoint(x, y))) -
                                              qGray(image.pixel(at.toPoint() + QPoint(x, y))));
            return most;
        };
        for (const PlotPlace place : {PlotPlace::TestLoss, PlotPlace::TestSlope}) {
            const auto frame = drawn.frame(place);
            QVERIFY(darker({frame.x.toPixel(0.5), frame.rect.center().y() + 7.0}) > 80);
        }
        const auto rate = drawn.frame(PlotPlace::Rate);
        int dark = 0;
        for (double x = rate.rect.left() + 4; x < rate.rect.right() - 4; ++x) dark += darker({x, rate.y.toPixel(0.5)}) > 60;
        QVERIFY(dark > 0.4 * rate.rect.width());
        VERIFY_SAME(page.screen(), image);
        page.page.hideRateMarker();
        page.settle();
        VERIFY_SAME(page.screen(), before);
    }
};

QTEST_MAIN(TestPlotZones)
#include "tst_plot_zones.moc"
