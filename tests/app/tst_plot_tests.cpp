// SPDX-License-Identifier: GPL-3.0-or-later
// Range tests in the plots: what the rules have found, validation, seeds as one, rates of their own.
#include "app/plots/axis_ranges.h"
#include "app/plots/figure_image.h"
#include "app/plots/readings.h"
#include "app/plots/rule_shape.h"
#include "app/plots/value_table.h"
#include "tests/app/plot_page_fixture.h"
#include "tests/app/range_fixture.h"

#include <QTest>

#include <set>

using namespace ratescope;

namespace {

using Kind = Figure::Mark::Kind;

double medianOf(std::vector<double> values) { return medianSpread(values).middle; }

} // namespace

class TestPlotTests : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRuleHasAShapeOfItsOwn() {
        std::set<QString> letters;
        std::vector<QPainterPath> shapes;
        for (const char* rule : {"steepest", "minimum", "valley", "slide", "halving", "best"}) {
            letters.insert(ruleLetter(rule));
            shapes.push_back(ruleShape(rule, {10.0, 20.0}, 5.0));
            QVERIFY(shapes.back().contains(QPointF(10.0, 20.0)));
            QVERIFY(QRectF(0, 10, 20, 20).contains(shapes.back().boundingRect()));
            for (std::size_t i = 0; i + 1 < shapes.size(); ++i) QVERIFY(shapes[i] != shapes.back());
        }
        QCOMPARE(letters.size(), std::size_t(6));
    }

    /// On the curve, at the rule's rate, with a sentence in the window's words.
    void everyAnswerIsMarkedOnTheCurve() {
        const auto run = finishedRangeTest(1);
        const RangeCurve curve = rangeCurveOf(*run);
        const RangeAnswers answers = answersOf(*run);
        const DrawnFigure drawn({run});
        const auto marks = drawn.marks(Kind::Rule);
        const auto frame = drawn.frame(PlotPlace::TestLoss);
        std::size_t found = 0;
        for (const Suggestion& answer : answers.rules) {
            if (!answer.rate) continue;
            QVERIFY(found < marks.size());
            const Figure::Mark& mark = marks[found++];
            QVERIFY(std::abs(mark.at.x() - frame.x.toPixel(*answer.rate)) < 1e-6);
            QVERIFY2(mark.text.contains(QStringLiteral("test 1, %1: rate").arg(QString::fromStdString(answer.rule))),
                     qPrintable(mark.text));
            QVERIFY(mark.text.endsWith(QStringLiteral("\n«%1»").arg(QString::fromStdString(answer.reason))));
            QVERIFY(frame.rect.contains(mark.at));
        }
        QVERIFY(found >= 2);
        QCOMPARE(marks.size(), found);
        const auto rates = drawn.figure.ruleRates(1);
        QCOMPARE(rates.size(), found + (answers.bounds.rates ? 2 : 0));
    }

    void noTwoShapesCoverEachOther() {
        std::vector<RunPointer> runs;
        for (RunId id = 1; id <= 4; ++id) runs.push_back(finishedRangeTest(id)); // all the same
        const DrawnFigure drawn(runs);
        const auto marks = drawn.marks(Kind::Rule);
        QVERIFY(marks.size() >= 8);
        for (std::size_t i = 0; i < marks.size(); ++i)
            for (std::size_t k = 0; k < i; ++k) {
                const double apart = QLineF(marks[i].at, marks[k].at).length();
                QVERIFY2(apart > 8.8, qPrintable(QStringLiteral("%1 and %2: %3").arg(k).arg(i).arg(apart)));
            }
    }

    void theBoundsAreABarFromLowToHigh() {
        const auto run = finishedRangeTest(1);
        const auto bounds = answersOf(*run).bounds.rates;
        QVERIFY(bounds);
        const DrawnFigure drawn({run});
        const auto marks = drawn.marks(Kind::Bounds);
        QCOMPARE(marks.size(), std::size_t(1));
        const AxisMap& x = drawn.frame(PlotPlace::TestLoss).x;
        QVERIFY(std::abs(marks[0].at.x() - marks[0].halfWidth - x.toPixel(bounds->first)) < 1e-6);
        QVERIFY(std::abs(marks[0].at.x() + marks[0].halfWidth - x.toPixel(bounds->second)) < 1e-6);
        QCOMPARE(marks[0].distanceTo({x.toPixel(bounds->second), marks[0].at.y()}), 0.0);
        QVERIFY(std::abs(marks[0].distanceTo({x.toPixel(bounds->second) + 3.0, marks[0].at.y() + 4.0}) - 5.0) < 1e-6);
        const QColor color(QString::fromStdString(run->config.color));
        const QRect bar(int(x.toPixel(bounds->first)) + 2, int(marks[0].at.y()) - 1, int(2 * marks[0].halfWidth) - 4, 3);
        QVERIFY(countPixels(drawn.image, bar, color, 40) > bar.width());
    }

    void theCrosshairSaysHowARuleCameAbout() {
        const auto run = finishedRangeTest(1);
        PageFixture page({run});
        page.page.setCoreWords([](const QString& text) { return text.toUpper(); });
        page.settle();
        const DrawnFigure drawn({run}, {}, PlotPart::Page, page.page.size());
        const auto mark = drawn.marks(Kind::Rule).at(0);
        page.hover(mark.at);
        const QString reason = mark.text.section(QStringLiteral("«"), 1).chopped(1).toUpper();
        QVERIFY2(page.page.crosshairText().simplified().contains(reason), qPrintable(page.page.crosshairText()));
        page.hover(mark.at + QPointF(0.0, -40.0));
        QVERIFY(!page.page.crosshairText().simplified().contains(reason));
    }

    void aTestWithoutSmoothingShowsItsLoss() {
        const auto run = finishedRangeTest(1);
        QCOMPARE(DrawnFigure({run}).figure.usualTexts().y[2], QStringLiteral("Smoothed loss"));
        run->config.rangeTest->smoothing = 0.0;
        QCOMPARE(DrawnFigure({run}).figure.usualTexts().y[2], QStringLiteral("Loss"));
        PlotView view;
        view.testLower = TestLower::Accuracy;
        QCOMPARE(DrawnFigure({run}, view).figure.usualTexts().y[3], QStringLiteral("Accuracy (%)"));
    }

    /// Of a curve with few points each is a dot, wider than the line.
    void fewPointsAreDots() {
        const QColor pink(0xcc, 0x79, 0xa7);
        for (const std::size_t steps : {std::size_t(30), std::size_t(60)}) {
            const auto run = finishedRangeTest(1, steps);
            run->config.rangeTest->smoothing = 0.0;
            PlotView view;
            view.legend = false;
            const DrawnFigure drawn({run}, view);
            const auto frame = drawn.frame(PlotPlace::TestSlope);
            const auto slopes = rangeCurveOf(*run).slopes;
            int wide = 0;
            for (std::size_t i = 1; i + 1 < steps; ++i) {
                const QPointF at(frame.x.toPixel(run->rates[i]), frame.y.toPixel(slopes[i]));
                if (!frame.rect.adjusted(4, 4, -4, -4).contains(at)) continue;
                const int before = countPixels(drawn.image, QRect(qRound(at.x()), int(frame.rect.top()), 1,
                                                                  int(frame.rect.height())), pink, 60);
                wide += before >= 4;
            }
            QVERIFY2(steps < 40 ? wide > 15 : true, qPrintable(QString::number(wide)));
        }
    }

    void halvedRatesLieWhereTheyAre() {
        const auto run = halvingTest(1);
        const DrawnFigure drawn({run});
        for (std::size_t i = 1; i < run->rates.size(); ++i) {
            const auto readings = readTests(drawn.figure, run->rates[i] * 1.1);
            QCOMPARE(readings.size(), std::size_t(1));
            QCOMPARE(readings[0].rate, run->rates[i]);
            QCOMPARE(readings[0].loss, static_cast<double>(run->losses[i]));
        }
        QVERIFY(readTests(drawn.figure, 0.2).empty());
        QVERIFY(readTests(drawn.figure, 20.0).empty());
        // The lowest rate is the only one that trained: its loss decides what is in sight.
        const auto frame = drawn.frame(PlotPlace::TestLoss);
        QVERIFY(frame.y.range().second < 6.0);
        const QColor blue(0x00, 0x72, 0xb2);
        const QPointF between(frame.x.toPixel(std::sqrt(0.5)), 0.0);
        QVERIFY(countPixels(drawn.image, QRect(int(between.x()), int(frame.rect.center().y()), 2,
                                               int(frame.rect.height() / 2)), blue, 60) > 2);
        const auto [first, last] = StepScale(*run, StepUnit::Step).stepsWithin(AxisRange{0.9, 4.1}, 5);
        QCOMPARE(first, std::size_t(1));
        QCOMPARE(last, std::size_t(4));
    }

    void aCurveFromElsewhereLiesAtItsOwnRates() {
        const auto run = importedTest(1);
        const StepScale scale(*run, StepUnit::Step);
        const DrawnFigure drawn({run});
        for (std::size_t i = 0; i < run->rates.size(); ++i) {
            QVERIFY(std::abs(scale.stepOf(run->rates[i]) - static_cast<double>(i)) < 1e-9);
            QVERIFY(std::abs(scale.keyOf(static_cast<double>(i)) / run->rates[i] - 1.0) < 1e-12);
            const auto readings = readTests(drawn.figure, run->rates[i]);
            QCOMPARE(readings.size(), std::size_t(1));
            QCOMPARE(readings[0].loss, static_cast<double>(run->losses[i]));
        }
        const auto frame = drawn.frame(PlotPlace::TestLoss);
        QCOMPARE(frame.x.range(), AxisRange(run->rates.front(), run->rates.back()));
    }

    void validationIsReadAndDrawn() {
        const auto run = validated(finishedRangeTest(1));
        run->validations.resize(80); // it is on its way
        PlotView view;
        view.testLower = TestLower::Accuracy;
        const DrawnFigure drawn({run, finishedRangeTest(2)}, view);
        for (const std::size_t i : {std::size_t(0), std::size_t(37), std::size_t(79), std::size_t(80)}) {
            const TestReading reading = readTests(drawn.figure, run->rates[i]).at(0);
            QCOMPARE(reading.accuracy.has_value(), i < 80);
            if (i >= 80) continue;
            QCOMPARE(*reading.validation, run->validations[i].loss);
            QVERIFY(std::abs(*reading.accuracy - 100.0 * (1.0 - run->validations[i].error)) < 1e-9);
            QCOMPARE(reading.lower(TestLower::Accuracy), reading.accuracy);
        }
        QVERIFY(!readTests(drawn.figure, run->rates[3]).at(1).accuracy);
        const AxisRange lower = drawn.frame(PlotPlace::TestSlope).y.range();
        QVERIFY(lower.first >= 0.0 && lower.second <= 100.5 && lower.second > 80.0);
        PlotView other = view;
        other.testLower = TestLower::Slope;
        QVERIFY(differingPixels(drawn.image, DrawnFigure({run, finishedRangeTest(2)}, other).image) > 1000);
    }

    void validationIsInTableAndFile() {
        const auto run = validated(finishedRangeTest(1));
        CurveStore store;
        const std::vector<RunPointer> runs = {run, finishedRangeTest(2)};
        for (const RunPointer& one : runs) {
            WorkBudget everything;
            store.get(one)->update(0.9, everything);
        }
        ValueModel model;
        model.show(PlotPart::RangeTest, runs, {}, store);
        QCOMPARE(model.columnCount(), 3 + 2 + 3);
        QCOMPARE(model.headerData(3, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("test 1\nvalidation loss"));
        QCOMPARE(model.headerData(4, Qt::Horizontal, Qt::DisplayRole).toString(),
                 QStringLiteral("test 1\nvalidation accuracy (%)"));
        QCOMPARE(model.index(7, 3).data().toString(), QLocale::c().toString(run->validations[7].loss, 'g', 7));
        FigureRequest request;
        request.part = PlotPart::RangeTest;
        const QList<QByteArray> lines = figureCsv(runs, request).split('\n');
        QCOMPARE(lines[0], QByteArray("run,step,epoch,lr,loss,smoothed_loss,slope,val_loss,val_accuracy"));
        const QList<QByteArray> cells = lines[8].split(',');
        QCOMPARE(cells.size(), 9);
        QCOMPARE(cells[7].toDouble(), run->validations[7].loss);
        QVERIFY(std::abs(cells[8].toDouble() - (1.0 - run->validations[7].error)) < 1e-9);
        QCOMPARE(lines[101 + 5].split(',').size(), 9); // of the other test: empty
        QVERIFY(lines[101 + 5].endsWith(",,"));
        QCOMPARE(figureCsv({finishedRangeTest(2)}, request).split('\n')[0],
                 QByteArray("run,step,epoch,lr,loss,smoothed_loss,slope"));
    }

    void seedsOfATestAreOne_data() {
        QTest::addColumn<SeedDrawing>("drawing");
        QTest::newRow("mean") << SeedDrawing::Mean;
        QTest::newRow("median") << SeedDrawing::Median;
    }
    void seedsOfATestAreOne() {
        QFETCH(const SeedDrawing, drawing);
        std::vector<RunPointer> runs;
        std::vector<RangeCurve> curves;
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            const auto run = testOfSeed(static_cast<RunId>(seed), seed);
            if (seed == 2 || seed == 4) { // they diverge, one earlier than the other
                run->losses.resize(seed == 2 ? 90 : 95);
                run->rates.resize(run->losses.size());
            }
            runs.push_back(run);
            curves.push_back(rangeCurveOf(*run));
        }
        PlotView view;
        view.seeds = drawing;
        const DrawnFigure drawn(runs, view);
        QCOMPARE(drawn.figure.testGroups().size(), std::size_t(1));
        for (const std::size_t i : {std::size_t(0), std::size_t(40), std::size_t(89), std::size_t(92), std::size_t(97)}) {
            const auto readings = readTests(drawn.figure, curves[0].rates[i]);
            QCOMPARE(readings.size(), std::size_t(1));
            std::vector<double> losses;
            std::vector<double> slopes;
            for (const RangeCurve& curve : curves)
                if (i < curve.smoothed.size()) {
                    losses.push_back(curve.smoothed[i]);
                    slopes.push_back(curve.slopes[i]);
                }
            const bool mean = drawing == SeedDrawing::Mean;
            QVERIFY(std::abs(readings[0].loss - (mean ? meanSpread(losses).middle : medianOf(losses))) < 1e-12);
            QVERIFY(std::abs(*readings[0].slope - (mean ? meanSpread(slopes).middle : medianOf(slopes))) < 1e-9);
            QCOMPARE(readings[0].diverged, std::size_t(i < 89 ? 0 : i < 94 ? 1 : 2));
        }
        // The area of those that diverged hangs from the top, two fifths of its full height at the right end.
        const auto frame = drawn.frame(PlotPlace::TestLoss);
        const double full = SeedTest::divergenceHeight * frame.rect.height();
        const int x = int(frame.x.toPixel(curves[0].rates[97]));
        QVERIFY(drawn.image.pixel(x, int(frame.rect.top() + 0.3 * full)) != qRgb(255, 255, 255));
        QCOMPARE(drawn.image.pixel(x, int(frame.rect.top() + 0.55 * full)), qRgb(255, 255, 255));
        QVERIFY(drawn.figure.legend().size() == 1 && drawn.figure.legend()[0].runs.size() == 5);
    }

    void aRuleOverSeedsIsMarkedAtItsMedian() {
        std::vector<RunPointer> runs;
        std::vector<double> rates;
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            runs.push_back(testOfSeed(static_cast<RunId>(seed), seed));
            rates.push_back(*answersOf(*runs.back()).rules[0].rate);
        }
        PlotView view;
        view.seeds = SeedDrawing::Median;
        const DrawnFigure drawn(runs, view);
        const auto mark = drawn.marks(Kind::Rule).at(0);
        const auto frame = drawn.frame(PlotPlace::TestLoss);
        QVERIFY(std::abs(mark.at.x() - frame.x.toPixel(medianOf(rates))) < 1e-6);
        QVERIFY2(mark.text.contains(QStringLiteral("Found for 5 of 5 seeds.")), qPrintable(mark.text));
        std::ranges::sort(rates);
        const QString spread = QStringLiteral("(%1–%2)").arg(QLocale::c().toString(rates.front(), 'g', 2),
                                                             QLocale::c().toString(rates.back(), 'g', 2));
        QVERIFY2(mark.text.contains(spread), qPrintable(mark.text));
        QVERIFY(differingPixels(drawn.image, DrawnFigure(runs).image) > 1000);
    }

    /// The rate of a step is marked on what is drawn of the tests: the median, and the accuracy.
    void theCrosshairMarksTheRateOnSeedsAndAccuracy() {
        const auto run = finishedRun(9, 1000, "#0072b2");
        std::ranges::fill(run->rates, 0.02);
        std::vector<RunPointer> runs{run};
        for (std::uint64_t seed = 1; seed <= 3; ++seed)
            runs.push_back(validated(testOfSeed(static_cast<RunId>(seed), seed)));
        for (const TestLower lower : {TestLower::Slope, TestLower::Accuracy}) {
            PlotView view;
            view.seeds = SeedDrawing::Median;
            view.testLower = lower;
            view.legend = false;
            PageFixture page(runs, view);
            const DrawnFigure drawn(runs, view, PlotPart::Page, page.page.size());
            const TestReading reading = readTests(drawn.figure, 0.02).at(0);
            page.hover(page.middle(PlotPart::Loss));
            const QImage image = page.picture();
            for (const PlotPlace place : {PlotPlace::TestLoss, PlotPlace::TestSlope}) {
                const auto frame = drawn.frame(place);
                const double value = *reading.valueIn(place, lower);
                const QPoint at(qRound(frame.x.toPixel(reading.rate)), qRound(frame.y.toPixel(value)));
                QVERIFY(frame.rect.contains(at));
                QVERIFY2(countPixels(image, QRect(at - QPoint(2, 2), QSize(5, 5)), QColor(0x00, 0x72, 0xb2)) > 20,
                         qPrintable(QStringLiteral("%1 %2").arg(int(place)).arg(int(lower))));
            }
        }
    }
};

QTEST_MAIN(TestPlotTests)
#include "tst_plot_tests.moc"
