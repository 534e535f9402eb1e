// SPDX-License-Identifier: GPL-3.0-or-later
// What the plot page says in numbers: crosshair, cursors; and runs that differ in their seed drawn as one.
#include "app/plots/seed_shape.h"
#include "tests/app/plot_page_fixture.h"

#include <QTest>

#include <array>
#include <numeric>

using namespace ratescope;

namespace {

QString figureOf(double value) { return QLocale::c().toString(value, 'g', 4); }

std::vector<double> smoothedLosses(const RunRecord& run, double beta) { return smoothed(std::vector<double>(run.losses.begin(), run.losses.end()), beta); }

QString lineOf(const PageFixture& page, const QString& name) {
    for (const QString& line : page.page.crosshairText().split(QLatin1Char('\n')))
        if (line.startsWith(name + QLatin1Char(':'))) return line;
    return {};
}

double stepAt(PageFixture& page, const QPointF& at) {
    const QRectF frame = page.page.frameOf(PlotPart::Loss);
    return page.steps().first + (at.x() - frame.left()) / frame.width() * (page.steps().second - page.steps().first);
}

/// Whether an upright line in the colour of text stands in that column of the frame's upper half.
bool hasCursor(const QImage& image, const QRectF& frame, double x) {
    int most = 0;
    for (int column = qRound(x) - 1; column <= qRound(x) + 1; ++column) {
        int dark = 0;
        for (int y = int(frame.top()) + 2; y < int(frame.center().y()); ++y) dark += qGray(image.pixel(column, y)) < 160;
        most = std::max(most, dark);
    }
    return most > 0.45 * frame.height();
}

/// Seeds of one configuration, each with a curve of its own, as the figure draws them.
struct Seeds {
    explicit Seeds(const std::vector<std::size_t>& steps) {
        for (std::size_t i = 0; i < steps.size(); ++i) {
            auto run = finishedRun(static_cast<RunId>(i + 1), 2000);
            run->losses.resize(steps[i]);
            run->rates.resize(steps[i]);
            for (std::size_t k = 0; k < steps[i]; ++k) run->losses[k] += 0.3F * float(i * i) + 0.1F * std::sin(float(k * (i + 1)));
            run->trainSeconds = static_cast<double>(steps[i]) / (100.0 + 10.0 * static_cast<double>(i));
            run->state = RunState::Paused;
            runs.push_back(run);
        }
    }
    /// The line and the band on that frame.
    std::array<std::vector<RibbonPoint>, 2> drawn(const PlotFrame& frame, const PlotView& view) {
        std::vector<std::unique_ptr<RunCurves>> curves;
        std::vector<std::unique_ptr<RunShapes>> shapes;
        std::vector<SeedShape::Member> members;
        for (const auto& run : runs) {
            curves.push_back(std::make_unique<RunCurves>(run));
            WorkBudget everything;
            curves.back()->update(view.smoothing, everything);
            shapes.push_back(std::make_unique<RunShapes>(*curves.back()));
            shapes.back()->updateLoss(frame, view);
            members.push_back({run, shapes.back().get()});
        }
        SeedShape shape(members, {});
        shape.update(frame, view);
        std::vector<Ribbon> ribbons;
        shape.addLine(ribbons);
        shape.addBand(ribbons);
        return {std::vector(ribbons[0].points.begin(), ribbons[0].points.end()), std::vector(ribbons[1].points.begin(), ribbons[1].points.end())};
    }
    std::vector<std::shared_ptr<RunRecord>> runs;
};

constexpr double beta = 0.9;

PlotFrame frameOf(AxisRange steps, bool logarithmic = false) {
    return {QSize(400, 300), AxisMap(steps, logarithmic, 0.5, 400.5), AxisMap({0.0, 4.0}, false, 299.5, -0.5)};
}

PlotView viewOf(SeedDrawing seeds, StepUnit unit = StepUnit::Step) {
    PlotView view;
    view.smoothing = beta;
    view.seeds = seeds;
    view.stepUnit = unit;
    return view;
}

} // namespace

class TestPlotReadings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theCrosshairReadsEveryRun() {
        const auto first = finishedRun(1, 1000);
        const auto second = finishedRun(2, 600, "#d55e00");
        const auto hidden = finishedRun(3, 1000);
        for (std::size_t i = 0; i < 600; ++i) second->rates[i] = 0.02 + 1e-5 * static_cast<double>(i);
        hidden->visible = false;
        PlotView view;
        view.smoothing = 0.95;
        PageFixture page({first, second, hidden}, view);
        QVERIFY(page.page.crosshairText().isEmpty());
        const auto one = smoothedLosses(*first, 0.95);
        const auto two = smoothedLosses(*second, 0.95);
        for (const PlotPart part : {PlotPart::Loss, PlotPart::Rate})
            for (const double share : {0.02, 0.31, 0.55, 0.9}) {
                const QRectF frame = page.page.frameOf(part);
                const QPointF at(frame.left() + std::round(share * frame.width()), frame.center().y());
                page.hover(at);
                const double x = stepAt(page, at - QPointF(frame.left() - page.page.frameOf(PlotPart::Loss).left(), 0.0));
                const auto step = static_cast<std::size_t>(std::round(x));
                QVERIFY(page.page.crosshairText().startsWith(QStringLiteral("Step %1\n").arg(step)));
                QCOMPARE(lineOf(page, QStringLiteral("run 1")), QStringLiteral("run 1: loss %1, rate 0.01").arg(figureOf(one[step])));
                QCOMPARE(lineOf(page, QStringLiteral("run 2")),
                         step < 600 ? QStringLiteral("run 2: loss %1, rate %2").arg(figureOf(two[step]), figureOf(second->rates[step])) : QString());
                QVERIFY(lineOf(page, QStringLiteral("run 3")).isEmpty());
            }
        page.hover({2, 2}); // beside all frames
        QVERIFY(page.page.crosshairText().isEmpty());
    }

    void theNearestRunComesFirst() {
        const auto low = finishedRun(1, 1000);
        const auto high = finishedRun(2, 1000, "#d55e00");
        for (float& loss : high->losses) loss += 2.0F;
        PageFixture page({low, high});
        const QRectF frame = page.page.frameOf(PlotPart::Loss);
        page.hover({frame.center().x(), frame.top() + 2});
        QVERIFY(page.page.crosshairText().indexOf(QStringLiteral("run 2")) < page.page.crosshairText().indexOf(QStringLiteral("run 1")));
        page.hover({frame.center().x(), frame.bottom() - 2});
        QVERIFY(page.page.crosshairText().indexOf(QStringLiteral("run 1")) < page.page.crosshairText().indexOf(QStringLiteral("run 2")));
    }

    void aRunsFutureHasARate() {
        const auto run = finishedRun(1, 1000);
        run->losses.resize(100);
        run->rates.resize(100);
        run->state = RunState::Paused;
        run->config.schedule.values.set("lr", 0.03);
        PageFixture page({run});
        page.hover(page.middle(PlotPart::Rate));
        QCOMPARE(lineOf(page, QStringLiteral("run 1")), QStringLiteral("run 1: loss –, rate 0.03"));
    }

    void theCrosshairReadsErrors() {
        const auto run = finishedRun(1, 1000);
        for (std::uint64_t epoch = 1; epoch <= 5; ++epoch)
            run->epochs.push_back({.epoch = epoch, .step = 200 * epoch, .rate = 0.01, .train = {1.0, 0.5 / static_cast<double>(epoch)}, .validation = {}, .seconds = 1.0});
        PlotView view;
        view.quantity = Quantity::Accuracy;
        PageFixture page({run}, view);
        const QRectF frame = page.page.frameOf(PlotPart::Loss);
        page.hover({frame.left() + 0.3 * frame.width(), frame.center().y()}); // in the second epoch
        QCOMPARE(lineOf(page, QStringLiteral("run 1")), QStringLiteral("run 1: accuracy % 75, rate 0.01"));
    }

    void onARangeTestItReadsLossAndSlope() {
        const auto test = finishedRangeTest(3, 120);
        PageFixture page({finishedRun(1, 1000), test});
        const RangeCurve curve = rangeCurve(test->rates, std::vector<double>(test->losses.begin(), test->losses.end()), 0.5);
        const QRectF frame = page.page.frameOf(PlotPart::RangeTest);
        const AxisRange rates = *page.page.currentView().testRate;
        for (const double share : {0.1, 0.5, 0.8}) {
            const QPointF at(frame.left() + std::round(share * frame.width()), frame.center().y());
            page.hover(at);
            const double rate = rates.first * std::pow(rates.second / rates.first, (at.x() - frame.left()) / frame.width());
            std::size_t nearest = 0;
            for (std::size_t i = 0; i < curve.rates.size(); ++i)
                if (std::abs(std::log(curve.rates[i] / rate)) < std::abs(std::log(curve.rates[nearest] / rate))) nearest = i;
            QCOMPARE(lineOf(page, QStringLiteral("test 3")), QStringLiteral("test 3: loss %1, slope %2").arg(figureOf(curve.smoothed[nearest]), figureOf(curve.slopes[nearest])));
            QVERIFY(lineOf(page, QStringLiteral("run 1")).isEmpty());
        }
    }

    void theCrosshairByKeyboard() {
        PageFixture page({finishedRun(1, 100'000)});
        const auto step = [&] { return page.page.crosshairText().section(QLatin1Char('\n'), 0, 0).section(QLatin1Char(' '), 1).toDouble(); };
        page.key(Qt::Key_Period); // shows it
        const double start = step();
        QVERIFY(start > 40'000 && start < 60'000);
        const double pixel = (page.steps().second - page.steps().first) / page.page.frameOf(PlotPart::Loss).width();
        page.key(Qt::Key_Period);
        QVERIFY(std::abs(step() - start - pixel) <= 1.0);
        page.key(Qt::Key_Comma);
        QCOMPARE(step(), start);
        page.key(Qt::Key_Greater, Qt::ShiftModifier);
        QVERIFY(std::abs(step() - start - 0.1 * (page.steps().second - page.steps().first)) <= 1.0);
        for (int i = 0; i < 30; ++i) page.key(Qt::Key_Less, Qt::ShiftModifier);
        QCOMPARE(step(), 0.0); // at the frame's edge it stays
        QVERIFY(page.page.view().isFitted());
    }

    void theCrosshairFollowsAGrowingRun() {
        const auto whole = finishedRun(1, 1000);
        const auto run = finishedRun(1, 1000);
        run->losses.resize(200);
        run->rates.resize(200);
        run->state = RunState::Paused;
        PageFixture page({run});
        page.hover(page.middle(PlotPart::Loss));
        QVERIFY(lineOf(page, QStringLiteral("run 1")).contains(QStringLiteral("loss –")));
        run->losses = whole->losses;
        run->rates = whole->rates;
        page.refresh();
        const auto step = static_cast<std::size_t>(std::round(stepAt(page, page.middle(PlotPart::Loss))));
        QVERIFY(lineOf(page, QStringLiteral("run 1")).contains(figureOf(smoothedLosses(*run, page.page.view().smoothing)[step])));
    }

    void theCrosshairLeavesNothingBehind_data() {
        QTest::addColumn<PlotView>("view");
        QTest::newRow("fitted") << PlotView();
        PlotView few;
        few.steps = AxisRange{500.0, 504.0};
        QTest::newRow("few steps in sight") << few;
    }
    /// Neither where it was nor, of what it shows, where nothing was painted anew.
    void theCrosshairLeavesNothingBehind() {
        QFETCH(const PlotView, view);
        const auto run = finishedRun(1, 1000);
        for (std::size_t i = 0; i < run->rates.size(); ++i) run->rates[i] = 1e-4 * std::pow(1e4, static_cast<double>(i) / 1000.0);
        PageFixture page({run, finishedRun(2, 700, "#d55e00"), finishedRangeTest(3, 12)}, view);
        const QImage none = page.screen();
        for (const PlotPart part : {PlotPart::Loss, PlotPart::Rate, PlotPart::RangeTest})
            for (const double share : {0.05, 0.13, 0.36, 0.38, 0.61, 0.9}) {
                const QRectF frame = page.page.frameOf(part);
                page.hover({frame.left() + std::round(share * frame.width()), frame.top() + std::round(share * frame.height())});
                page.settle();
                VERIFY_SAME(page.screen(), page.picture());
                if (share != 0.38) continue;
                page.hover({2, 2});
                page.settle();
                VERIFY_SAME(page.screen(), none);
            }
    }

    void twoCursors() {
        PageFixture page({finishedRun(1, 1000)});
        const QRectF frame = page.page.frameOf(PlotPart::Loss);
        const auto mark = [&](int which, double share) {
            page.hover({frame.left() + std::round(share * frame.width()), frame.center().y()});
            page.page.setCursor(which);
        };
        const auto standsAt = [&](double share) {
            page.hover({2, 2});
            page.settle();
            return hasCursor(page.picture(), frame, frame.left() + std::round(share * frame.width()));
        };
        const QImage none = page.picture();
        mark(0, 0.2);
        QVERIFY(standsAt(0.2));
        QVERIFY(!standsAt(0.6));
        mark(1, 0.6);
        QVERIFY(standsAt(0.2) && standsAt(0.6));
        mark(0, 0.3); // there is one A
        QVERIFY(!standsAt(0.2) && standsAt(0.3));
        const QPointF a(frame.left() + std::round(0.3 * frame.width()), frame.top() + 0.4 * frame.height());
        page.drag(a, {frame.left() + std::round(0.45 * frame.width()), a.y()});
        QVERIFY(page.page.view().isFitted()); // the cursor was dragged, not the plot
        QVERIFY(!standsAt(0.3) && standsAt(0.45) && standsAt(0.6));
        page.page.clearCursors();
        page.settle();
        VERIFY_SAME(page.picture(), none);
    }

    /// The box with their differences is that of now while a run goes past the second.
    void cursorsOfAGrowingRun() {
        const auto whole = finishedRun(1, 1000);
        const auto run = finishedRun(1, 1000);
        run->losses.clear();
        run->rates.clear();
        run->state = RunState::Paused;
        PlotView view;
        view.steps = AxisRange{0.0, 1010.0};
        view.loss = AxisRange{0.0, 3.0};
        view.rate = AxisRange{0.0, 0.02};
        PageFixture page({run}, view);
        for (const int which : {0, 1}) {
            page.hover(page.page.frameOf(PlotPart::Loss).center() + QPointF(which == 0 ? -60 : 40, 0));
            page.page.setCursor(which);
        }
        page.hover({2, 2});
        for (const std::size_t count : {200U, 390U, 550U, 800U, 1000U}) {
            run->losses.assign(whole->losses.begin(), whole->losses.begin() + static_cast<std::ptrdiff_t>(count));
            run->rates.assign(whole->rates.begin(), whole->rates.begin() + static_cast<std::ptrdiff_t>(count));
            page.refresh();
            VERIFY_SAME(page.screen(), page.picture());
        }
    }

    void seedsAreOneConfiguration() {
        RunConfig a;
        RunConfig b = a;
        b.seed = 42;
        b.name = "another";
        b.color = "#112233";
        QCOMPARE(seedGroupOf(a), seedGroupOf(b));
        b.batchSize = 65;
        QVERIFY(seedGroupOf(a) != seedGroupOf(b));
    }

    void theMeanOfSeeds_data() {
        QTest::addColumn<SeedDrawing>("drawing");
        QTest::newRow("mean") << SeedDrawing::Mean;
        QTest::newRow("median") << SeedDrawing::Median;
    }
    /// Zoomed in to single steps; the third run ends among them.
    void theMeanOfSeeds() {
        QFETCH(const SeedDrawing, drawing);
        Seeds seeds({2000, 2000, 1010});
        const PlotFrame frame = frameOf({1000.0, 1020.0});
        const auto [line, band] = seeds.drawn(frame, viewOf(drawing));
        QCOMPARE(line.size(), std::size_t(21));
        for (std::size_t i = 0; i < line.size(); ++i) {
            const std::size_t step = 1000 + i;
            std::vector<double> values;
            for (const auto& run : seeds.runs)
                if (step < run->losses.size()) values.push_back(smoothedLosses(*run, beta)[step]);
            QCOMPARE(values.size(), std::size_t(step < 1010 ? 3 : 2));
            std::ranges::sort(values);
            const double mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
            const double median = values.size() == 3 ? values[1] : mean;
            QVERIFY(std::abs(static_cast<double>(line[i].x) - frame.x.toPixel(static_cast<double>(step))) < 1e-3);
            QVERIFY(std::abs(static_cast<double>(line[i].top) - frame.y.toPixel(drawing == SeedDrawing::Mean ? mean : median)) < 1e-3);
            QVERIFY(band[i].top < line[i].top && band[i].bottom > line[i].bottom);
        }
    }

    void seedsOfAnyLengthOnAnyAxis_data() {
        QTest::addColumn<bool>("logarithmic");
        QTest::addColumn<StepUnit>("unit");
        QTest::addColumn<double>("lower");
        QTest::addColumn<double>("upper");
        QTest::newRow("steps") << false << StepUnit::Step << 0.0 << 2050.0;
        QTest::newRow("log steps") << true << StepUnit::Step << 1.0 << 2050.0;
        QTest::newRow("seconds") << false << StepUnit::Seconds << 0.0 << 20.5;
        QTest::newRow("log seconds") << true << StepUnit::Seconds << 0.01 << 20.5;
        QTest::newRow("seconds, zoomed in") << false << StepUnit::Seconds << 1.1 << 1.4;
    }
    /// At each place the mean is over all the runs that have come as far, however dense each of them lies there.
    void seedsOfAnyLengthOnAnyAxis() {
        QFETCH(const bool, logarithmic);
        QFETCH(const StepUnit, unit);
        Seeds seeds({2000, 1500, 150});
        for (std::size_t i = 0; i < 3; ++i) std::ranges::fill(seeds.runs[i]->losses, 1.0F + float(i * i)); // 1, 2, 5
        QFETCH(const double, lower);
        QFETCH(const double, upper);
        const PlotFrame frame = frameOf({lower, upper}, logarithmic);
        const auto [line, band] = seeds.drawn(frame, viewOf(SeedDrawing::Mean, unit));
        QVERIFY(line.size() > 25);
        std::array<double, 3> ends{};
        for (std::size_t i = 0; i < 3; ++i)
            ends[i] = frame.x.toPixel(StepScale(*seeds.runs[i], unit).keyOf(static_cast<double>(seeds.runs[i]->losses.size() - 1)));
        for (const RibbonPoint& point : line) {
            const auto x = static_cast<double>(point.x);
            double sum = 0.0;
            double count = 0.0;
            bool atAnEnd = false;
            for (std::size_t i = 0; i < 3; ++i) {
                atAnEnd |= std::abs(x - ends[i]) < 2.0;
                const double start = frame.x.toPixel(StepScale(*seeds.runs[i], unit).keyOf(logarithmic ? 1.0 : 0.0));
                atAnEnd |= std::abs(x - start) < 2.0;
                if (x > ends[i] || x < start) continue;
                sum += 1.0 + static_cast<double>(i * i);
                ++count;
            }
            if (atAnEnd) continue;
            QVERIFY2(std::abs(frame.y.toValue(static_cast<double>(point.top)) - sum / count) < 1e-3,
                     qPrintable(QStringLiteral("%1 at %2, not %3").arg(frame.y.toValue(static_cast<double>(point.top))).arg(x).arg(sum / count)));
        }
    }
};

QTEST_MAIN(TestPlotReadings)
#include "tst_plot_readings.moc"
