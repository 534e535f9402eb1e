// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/axis_ranges.h"
#include "app/plots/figure_image.h"
#include "app/plots/plot_page.h"
#include "app/study/run_config_json.h"
#include "tests/app/gui_helpers.h"

#include <QLocale>
#include <QTest>
#include <QWheelEvent>

#include <qcustomplot.h>

using namespace ratescope;

namespace {

FigureRequest request(PlotPart part, QSize size = {600, 400}) {
    FigureRequest made;
    made.part = part;
    made.size = size;
    made.scale = 1.0;
    return made;
}

const QColor blue(0x00, 0x72, 0xb2);
const QColor orange(0xd5, 0x5e, 0x00);
const QColor pink(0xcc, 0x79, 0xa7);

/// The frame of a figure of one plot, as its fixed margins leave it.
QRect frameOf(const QImage& image) { return QRect(QPoint(70, 40), QPoint(image.width() - 24, image.height() - 54)); }

QVector<int> columnsWith(const QImage& image, const QRect& area, const QColor& color) {
    QVector<int> found;
    for (int x = area.left(); x <= area.right(); ++x)
        if (countPixels(image, QRect(x, area.top(), 1, area.height()), color) > 0) found << x;
    return found;
}

} // namespace

class TestPlots : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCurveRunsThroughTheWholeFrame_data() {
        QTest::addColumn<int>("steps");
        QTest::newRow("few") << 20;
        QTest::newRow("as many as pixels") << 500;
        QTest::newRow("many") << 100'000;
    }

    void aCurveRunsThroughTheWholeFrame() {
        QFETCH(const int, steps);
        const QImage image = renderFigure({finishedRun(1, static_cast<std::size_t>(steps))}, request(PlotPart::Loss));
        const QRect frame = frameOf(image);
        const QVector<int> columns = columnsWith(image, frame.adjusted(4, 60, -14, 0), blue);
        QVERIFY2(columns.size() > frame.width() * 78 / 100, qPrintable(QString::number(columns.size())));
    }

    void aHiddenRunIsNotDrawn() {
        const auto shown = finishedRun(1, 1000);
        const auto hidden = finishedRun(2, 1000, "#d55e00");
        hidden->visible = false;
        const QImage image = renderFigure({shown, hidden}, request(PlotPart::Page));
        QVERIFY(countPixels(image, image.rect(), blue) > 100);
        QCOMPARE(countPixels(image, image.rect(), orange), 0);
    }

    /// One outlier among a hundred thousand losses has to show in the spread, though no vertex is drawn for it alone.
    void theSpreadShowsASingleOutlier() {
        const auto run = finishedRun(1, 100'000);
        FigureRequest wanted = request(PlotPart::Loss);
        wanted.view.validation = false;
        wanted.view.loss = PlotView::Range{0.0, 3.0};
        const QImage calm = renderFigure({run}, wanted);
        run->losses[60'000] = 2.9F;
        const QImage spike = renderFigure({run}, wanted);
        const QRect high(frameOf(calm).left() + 200, frameOf(calm).top() + 20, 220, 150);
        int differing = 0;
        for (int x = high.left(); x <= high.right(); ++x)
            for (int y = high.top(); y <= high.bottom(); ++y) differing += calm.pixel(x, y) != spike.pixel(x, y);
        QVERIFY(differing > 40);
    }

    void zoomedInEveryStepIsThere() {
        const auto run = finishedRun(1, 100'000);
        run->losses[50'007] = 1.4F;
        FigureRequest wanted = request(PlotPart::Loss);
        wanted.view.smoothing = 0.0; // the line is the loss itself
        wanted.view.steps = PlotView::Range{50'000.0, 50'020.0};
        wanted.view.loss = PlotView::Range{0.0, 2.0};
        const QImage image = renderFigure({run}, wanted);
        const QRect frame = frameOf(image);
        const QVector<int> columns =
            columnsWith(image, QRect(frame.left(), frame.top(), frame.width() - 90, frame.height() / 2), blue);
        QVERIFY(!columns.isEmpty());
        const double middle = 0.5 * (columns.first() + columns.last());
        QVERIFY2(std::abs(middle - (frame.left() + frame.width() * 7.0 / 20.0)) < 14, qPrintable(QString::number(middle)));
    }

    void theRateIsPredictedFaintly() {
        const auto run = finishedRun(1, 1000);
        run->state = RunState::Running;
        run->rates.resize(500);
        run->losses.resize(500);
        run->config.schedule.values.set("lr", 0.01);
        FigureRequest wanted = request(PlotPart::Rate);
        wanted.view.legend = false;
        const QImage image = renderFigure({run}, wanted);
        const QRect frame = frameOf(image);
        const QRect left = frame.adjusted(10, 4, -frame.width() / 2 - 10, 0);
        const QRect right = frame.adjusted(frame.width() / 2 + 10, 4, -20, 0);
        QVERIFY(countPixels(image, left, blue) > 200);
        QCOMPARE(countPixels(image, right, blue), 0);
        QVERIFY(countPixels(image, right, QColor(0xa5, 0xce, 0xe4), 30) > 200);
    }

    void manyCyclesStayCheapAndFillTheirRange() {
        const auto run = finishedRun(1, 100'000);
        for (std::size_t i = 0; i < run->rates.size(); ++i) run->rates[i] = 0.1 + 0.05 * std::sin(static_cast<double>(i));
        const QImage image = renderFigure({run}, request(PlotPart::Rate));
        const QRect frame = frameOf(image);
        // From 0.05 to 0.15 on an axis from 0 to 0.159.
        const int inside = countPixels(image, frame.adjusted(20, frame.height() / 4, -40, -frame.height() / 2), blue, 80);
        QVERIFY(inside > frame.width() * frame.height() / 8);
        QCOMPARE(countPixels(image, frame.adjusted(20, frame.height() * 8 / 10, -40, 0), blue, 80), 0);
    }

    void aRangeTestIsDrawnWithItsSlope() {
        const QImage image = renderFigure({finishedRangeTest(1)}, request(PlotPart::RangeTest, {500, 600}));
        QVERIFY(countPixels(image, QRect(70, 40, 400, 300), pink) > 300);  // loss
        QVERIFY(countPixels(image, QRect(70, 360, 400, 190), pink) > 200); // slope
    }

    void aRunThatBecomesARangeTestMovesToItsPlot() {
        const auto run = finishedRun(1, 1000);
        run->losses.clear();
        run->rates.clear();
        run->state = RunState::Ready;
        PlotPage page;
        page.resize(1200, 500);
        page.setRuns({run});
        page.show();
        const auto inkIn = [&](int column) { // of the three plots side by side
            page.refresh();
            QApplication::processEvents();
            const QImage image = page.grab().toImage();
            return countPixels(image, QRect(column * 400 + 72, 40, 300, 390), QColor(0xa5, 0xce, 0xe4),
                               30); // its prediction
        };
        QVERIFY(inkIn(1) > 200); // its schedule
        run->config.rangeTest = RangeTestSpec{};
        QVERIFY(inkIn(1) < 60); // but for the edges of a few letters
        run->config.rangeTest.reset();
        QVERIFY(inkIn(1) > 200);
    }

    void divergenceIsMarked() {
        const auto run = finishedRun(1, 200);
        const QImage before = renderFigure({run}, request(PlotPart::Loss));
        run->state = RunState::Diverged;
        run->result.divergedAt = 200;
        const QImage after = renderFigure({run}, request(PlotPart::Loss));
        QVERIFY(countPixels(after, frameOf(after), blue) > countPixels(before, frameOf(before), blue) + 20);
    }

    void strangeValuesDrawSomething_data() {
        QTest::addColumn<QString>("what");
        for (const char* what : {"nothing", "one step", "log of zero", "huge", "one step of a test", "dash"})
            QTest::newRow(what) << QString::fromLatin1(what);
    }

    void strangeValuesDrawSomething() {
        QFETCH(const QString, what);
        auto run = finishedRun(1, what == QLatin1String("one step") ? 1 : 300);
        FigureRequest wanted = request(PlotPart::Page, {1200, 400});
        std::vector<RunPointer> runs = {run};
        if (what == QLatin1String("nothing")) runs.clear();
        if (what == QLatin1String("log of zero")) {
            std::ranges::fill(run->losses, 0.0F);
            std::ranges::fill(run->rates, 0.0);
            wanted.view.logLoss = wanted.view.logRate = wanted.view.logSteps = true;
        }
        if (what == QLatin1String("huge")) run->losses[150] = 3e38F;
        if (what == QLatin1String("one step of a test")) runs = {finishedRangeTest(2, 2)};
        if (what == QLatin1String("dash")) run->dash = 3;
        const QImage image = renderFigure(runs, wanted);
        QCOMPARE(image.size(), QSize(1200, 400));
        QVERIFY(image.pixelColor(600, 399).isValid());
    }

    void fittedRangesIgnoreADivergingRun() {
        const auto calm = finishedRun(1, 500);
        const auto wild = finishedRun(2, 500);
        for (std::size_t i = 0; i < wild->losses.size(); ++i) wild->losses[i] = 2.3F + static_cast<float>(i * i);
        RunCurves a(calm);
        RunCurves b(wild);
        WorkBudget everything;
        a.update(0.9, everything);
        b.update(0.9, everything);
        const PlotView::Range range = fittedLoss({&a, &b}, false);
        QVERIFY(range.second < 3.5);
        QVERIFY(range.second > 2.3);
        QCOMPARE(range.first, 0.0);
        QVERIFY(fittedLoss({&a, &b}, true).first > 0.0);
        QCOMPARE(fittedSteps({&a, &b}, StepUnit::Step, true).first, 1.0);
        QVERIFY(fittedRate({&a}, true).first > 0.0);
    }

    void theSamePictureHasTheSameBytes() {
        const std::vector<RunPointer> runs = {finishedRun(1, 2000), finishedRangeTest(2)};
        const FigureRequest wanted = request(PlotPart::Page, {900, 300});
        const QByteArray first = encodePng(renderFigure(runs, wanted), experimentJson(runs));
        const QLocale before;
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        const QByteArray second = encodePng(renderFigure(runs, wanted), experimentJson(runs));
        QLocale::setDefault(before);
        QCOMPARE(second, first);
        const QImage read = QImage::fromData(first, "PNG");
        QCOMPARE(read.size(), QSize(900, 300));
        const Json experiment = Json::parse(read.text(QStringLiteral("ratescope-experiment")).toStdString());
        QCOMPARE(experiment["runs"].size(), std::size_t(2));
        QCOMPARE(QString::fromStdString(experiment["runs"][0]["name"]), QStringLiteral("run 1"));
    }

    void wheelDragAndDoubleClick() {
        PlotPage page;
        page.resize(1200, 500);
        page.setRuns({finishedRun(1, 1000)});
        page.show();
        auto* plot = page.findChild<QCustomPlot*>();
        plot->replot();
        QApplication::processEvents();
        QVERIFY(page.view().isFitted());
        const QPointF inLoss = page.frameOf(PlotPart::Loss).center();
        const auto steps = [&] { return *page.currentView().steps; };
        const auto loss = [&] { return *page.currentView().loss; };
        const auto wheel = [&](Qt::KeyboardModifiers modifiers) {
            QWheelEvent event(inLoss, plot->mapToGlobal(inLoss), {}, {0, 120}, Qt::NoButton, modifiers,
                              Qt::NoScrollPhase, false);
            QApplication::sendEvent(plot, &event);
        };
        const auto width = [](const PlotView::Range& range) { return range.second - range.first; };
        const auto stepsBefore = steps();
        const auto lossBefore = loss();
        wheel(Qt::NoModifier);
        QVERIFY(!page.view().isFitted());
        QVERIFY(width(steps()) < 0.9 * width(stepsBefore));
        QCOMPARE(loss(), lossBefore);
        plot->replot();
        // The learning rate's plot has gone along.
        for (const QCPAxisRect* rect : plot->axisRects())
            if (QRectF(rect->rect()) == page.frameOf(PlotPart::Rate))
                QCOMPARE(rect->axis(QCPAxis::atBottom)->range().lower, steps().first);
        const auto stepsZoomed = steps();
        wheel(Qt::ControlModifier);
        QCOMPARE(steps(), stepsZoomed);
        QVERIFY(width(loss()) < 0.9 * width(lossBefore));

        QTest::mousePress(plot, Qt::LeftButton, Qt::NoModifier, inLoss.toPoint());
        QTest::mouseMove(plot, inLoss.toPoint() + QPoint(40, 0));
        QTest::mouseRelease(plot, Qt::LeftButton, Qt::NoModifier, inLoss.toPoint() + QPoint(40, 0));
        QVERIFY(steps().first < stepsZoomed.first);
        QVERIFY(std::abs(width(steps()) - width(stepsZoomed)) < 1e-6);

        QTest::mouseDClick(plot, Qt::LeftButton, Qt::NoModifier, inLoss.toPoint());
        QVERIFY(page.view().isFitted());
        QCOMPARE(steps(), stepsBefore);
    }

    /// Painted before the page has had time to take the change in.
    void aRunThatIsGoneLeavesNothingBehind() {
        PlotPage page;
        page.resize(1200, 500);
        const auto gone = finishedRun(2, 1000, "#d55e00");
        gone->state = RunState::Diverged;
        gone->epochs.push_back({1, 200, 0.01, {0.8, 0.2}, Score{0.9, 0.3}, 1.0});
        page.setRuns({finishedRun(1, 1000), gone});
        page.show();
        QApplication::processEvents();
        page.canvas()->grab();
        QVERIFY(!page.legendRect(2).isEmpty());
        page.setRuns({page.runs().front()});
        page.canvas()->grab();
        QVERIFY(page.legendRect(2).isEmpty());
        QVERIFY(!page.legendRect(1).isEmpty());
    }

    void aZoomedPageStaysWhereItIsWhileRunsGrow() {
        const auto run = finishedRun(1, 1000);
        run->state = RunState::Running;
        PlotPage page;
        page.resize(1200, 500);
        page.setRuns({run});
        PlotView view = page.view();
        view.steps = PlotView::Range{10, 20};
        page.setView(view);
        run->losses.push_back(1.0F);
        run->rates.push_back(0.01);
        page.refresh();
        QCOMPARE(*page.currentView().steps, (PlotView::Range{10, 20}));
        page.fit();
        QCOMPARE(page.currentView().steps->first, 0.0);
    }
};

QTEST_MAIN(TestPlots)
#include "tst_plots.moc"
