// SPDX-License-Identifier: GPL-3.0-or-later
// What the plot page says in numbers: crosshair and cursors.
#include "tests/app/plot_page_fixture.h"

#include <QTest>

using namespace ratescope;

namespace {

QString figureOf(double value) {
    return QLocale::c().toString(value, 'g', 4);
}

std::vector<double> smoothedLosses(const RunRecord& run, double beta) {
    return smoothed(std::vector<double>(run.losses.begin(), run.losses.end()), beta);
}

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
                QCOMPARE(lineOf(page, QStringLiteral("run 1")),
                         QStringLiteral("run 1: loss %1, rate 0.01").arg(figureOf(one[step])));
                QCOMPARE(
                    lineOf(page, QStringLiteral("run 2")),
                    step < 600
                        ? QStringLiteral("run 2: loss %1, rate %2").arg(figureOf(two[step]), figureOf(second->rates[step]))
                        : QString());
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
        QVERIFY(page.page.crosshairText().indexOf(QStringLiteral("run 2")) <
                page.page.crosshairText().indexOf(QStringLiteral("run 1")));
        page.hover({frame.center().x(), frame.bottom() - 2});
        QVERIFY(page.page.crosshairText().indexOf(QStringLiteral("run 1")) <
                page.page.crosshairText().indexOf(QStringLiteral("run 2")));
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
            run->epochs.push_back({.epoch = epoch,
                                   .step = 200 * epoch,
                                   .rate = 0.01,
                                   .train = {1.0, 0.5 / static_cast<double>(epoch)},
                                   .validation = {},
                                   .seconds = 1.0});
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
            QCOMPARE(lineOf(page, QStringLiteral("test 3")),
                     QStringLiteral("test 3: loss %1, slope %2")
                         .arg(figureOf(curve.smoothed[nearest]), figureOf(curve.slopes[nearest])));
            QVERIFY(lineOf(page, QStringLiteral("run 1")).isEmpty());
        }
    }

    void theCrosshairByKeyboard() {
        PageFixture page({finishedRun(1, 100'000)});
        const auto step = [&] {
            return page.page.crosshairText().section(QLatin1Char('\n'), 0, 0).section(QLatin1Char(' '), 1).toDouble();
        };
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
        QVERIFY(lineOf(page, QStringLiteral("run 1"))
                    .contains(figureOf(smoothedLosses(*run, page.page.view().smoothing)[step])));
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
        for (std::size_t i = 0; i < run->rates.size(); ++i)
            run->rates[i] = 1e-4 * std::pow(1e4, static_cast<double>(i) / 1000.0);
        PageFixture page({run, finishedRun(2, 700, "#d55e00"), finishedRangeTest(3, 12)}, view);
        const QImage none = page.screen();
        for (const PlotPart part : {PlotPart::Loss, PlotPart::Rate, PlotPart::RangeTest})
            for (const double share : {0.05, 0.13, 0.36, 0.38, 0.61, 0.9}) {
                const QRectF frame = page.page.frameOf(part);
                page.hover(
                    {frame.left() + std::round(share * frame.width()), frame.top() + std::round(share * frame.height())});
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
};

QTEST_MAIN(TestPlotReadings)
#include "tst_plot_readings.moc"
