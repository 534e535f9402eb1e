// SPDX-License-Identifier: GPL-3.0-or-later
// The plot page under mouse and keyboard.
#include "tests/app/plot_page_fixture.h"

#include <QSignalSpy>
#include <QTest>

using namespace ratescope;

namespace {

using Range = AxisRange;

double width(const Range& range) {
    return range.second - range.first;
}

double xAt(const Range& range, const QRectF& frame, double pixel) {
    return range.first + (pixel - frame.left()) / frame.width() * width(range);
}
/// Upwards from the middle of the frame's last row, where the axis stands.
double yAt(const Range& range, const QRectF& frame, double pixel) {
    return range.first + (frame.bottom() - 1.0 - pixel) / frame.height() * width(range);
}

bool near(double a, double b, double scale) {
    return std::abs(a - b) < 1e-9 * scale;
}
bool near(const Range& a, const Range& b) {
    return near(a.first, b.first, width(b)) && near(a.second, b.second, width(b));
}

#define VERIFY_RANGE(found, expected)                                                                                       \
    do {                                                                                                                    \
        const Range foundRange = (found);                                                                                   \
        const Range expectedRange = (expected);                                                                             \
        QVERIFY2(near(foundRange, expectedRange), qPrintable(QStringLiteral("%1 … %2 instead of %3 … %4")                   \
                                                                 .arg(foundRange.first)                                     \
                                                                 .arg(foundRange.second)                                    \
                                                                 .arg(expectedRange.first)                                  \
                                                                 .arg(expectedRange.second)));                              \
    } while (false)

std::vector<RunPointer> twoRunsAndATest() {
    return {finishedRun(1, 1000), finishedRun(2, 800, "#d55e00"), finishedRangeTest(3)};
}

} // namespace

class TestPlotHands : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theWheelZoomsAroundTheMouse_data() {
        QTest::addColumn<PlotPart>("part");
        QTest::addColumn<bool>("upright");
        QTest::addColumn<int>("delta");
        for (const int delta : {120, -120, 360, 15}) {
            QTest::addRow("loss, %d", delta) << PlotPart::Loss << false << delta;
            QTest::addRow("loss upright, %d", delta) << PlotPart::Loss << true << delta;
            QTest::addRow("rate upright, %d", delta) << PlotPart::Rate << true << delta;
        }
    }
    void theWheelZoomsAroundTheMouse() {
        QFETCH(const PlotPart, part);
        QFETCH(const bool, upright);
        QFETCH(const int, delta);
        PageFixture page(twoRunsAndATest());
        const auto range = [&] { return !upright ? page.steps() : part == PlotPart::Loss ? page.loss() : page.rate(); };
        const PlotView before = page.page.currentView();
        const Range was = range();
        const QRectF frame = page.page.frameOf(part);
        const QPointF mouse(frame.left() + 0.3 * frame.width(), frame.top() + 0.2 * frame.height());
        page.wheel(mouse, delta, upright ? Qt::ControlModifier : Qt::NoModifier);
        QVERIFY(near(width(range()), width(was) * std::pow(0.85, delta / 120.0), width(was)));
        const double value = upright ? yAt(was, frame, mouse.y()) : xAt(was, frame, mouse.x());
        QVERIFY(near(upright ? yAt(range(), frame, mouse.y()) : xAt(range(), frame, mouse.x()), value, width(was)));
        PlotView after = page.page.currentView();
        (!upright ? after.steps : part == PlotPart::Loss ? after.loss : after.rate) = was; // all else is as it was
        QCOMPARE(after, before);
    }

    void theWheelOnALogarithmicAxis() {
        PlotView view;
        view.logLoss = true;
        view.loss = Range{0.01, 100.0};
        PageFixture page(twoRunsAndATest(), view);
        const QRectF frame = page.page.frameOf(PlotPart::Loss);
        page.wheel({frame.center().x(), frame.bottom() - 1.0 - 0.5 * frame.height()}, 120, Qt::ControlModifier); // around 1
        QVERIFY(near(page.loss().first, std::pow(10.0, -2.0 * 0.85), 1.0));
        QVERIFY(near(page.loss().second, std::pow(10.0, 2.0 * 0.85), 100.0));
    }

    /// However quickly notches follow each other, each counts; together they are one step back.
    void severalNotchesAreOneGesture() {
        PageFixture page(twoRunsAndATest());
        QSignalSpy edited(&page.page, &PlotPage::viewEdited);
        const Range was = page.steps();
        for (int i = 0; i < 4; ++i) page.wheel(page.middle(PlotPart::Loss));
        page.settle();
        QVERIFY(near(width(page.steps()), width(was) * std::pow(0.85, 4.0), width(was)));
        QCOMPARE(edited.size(), 4);
        for (const auto& arguments : edited) QVERIFY(arguments[0].value<PlotView>().isFitted()); // all of one gesture
        page.key(Qt::Key_Backspace);
        QVERIFY(page.page.view().isFitted());
        VERIFY_RANGE(page.steps(), was);
        QVERIFY(!page.page.goBack());
    }

    void aNotchInAnotherPlotIsAnotherGesture() {
        PageFixture page(twoRunsAndATest());
        page.wheel(page.middle(PlotPart::Loss));
        const PlotView first = page.page.view();
        page.wheel(page.middle(PlotPart::RangeTest));
        page.key(Qt::Key_Backspace);
        QCOMPARE(page.page.view(), first);
        page.key(Qt::Key_Backspace);
        QVERIFY(page.page.view().isFitted());
    }

    /// What comes between two notches ends the gesture, be it ever so short.
    void aNotchAfterSomethingElseIsAnotherGesture() {
        PageFixture page(twoRunsAndATest());
        page.wheel(page.middle(PlotPart::Loss));
        page.key(Qt::Key_Backspace);
        page.wheel(page.middle(PlotPart::Loss));
        QVERIFY(!page.page.view().isFitted());
        page.key(Qt::Key_Backspace);
        QVERIFY(page.page.view().isFitted());

        page.wheel(page.middle(PlotPart::Loss));
        page.drag(page.middle(PlotPart::Loss), page.middle(PlotPart::Loss) + QPointF(50, 20));
        const PlotView dragged = page.page.view();
        page.wheel(page.middle(PlotPart::Loss));
        page.key(Qt::Key_Backspace);
        QCOMPARE(page.page.view(), dragged);
    }

    void draggingMovesBothAxesExactly_data() {
        QTest::addColumn<PlotPart>("part");
        QTest::newRow("loss") << PlotPart::Loss;
        QTest::newRow("rate") << PlotPart::Rate;
    }
    void draggingMovesBothAxesExactly() {
        QFETCH(const PlotPart, part);
        PageFixture page(twoRunsAndATest());
        const auto upright = [&] { return part == PlotPart::Loss ? page.loss() : page.rate(); };
        const Range steps = page.steps();
        const Range values = upright();
        const QRectF frame = page.page.frameOf(part);
        page.drag(frame.center(), frame.center() + QPointF(37, -53));
        const double x = 37.0 / frame.width() * width(steps);
        const double y = 53.0 / frame.height() * width(values);
        VERIFY_RANGE(page.steps(), (Range{steps.first - x, steps.second - x}));
        VERIFY_RANGE(upright(), (Range{values.first - y, values.second - y}));
        page.key(Qt::Key_Backspace);
        QVERIFY(page.page.view().isFitted());
        QVERIFY(!page.page.goBack()); // the whole drag was one step
    }

    void draggingARangeTestMovesDecades() {
        PageFixture page(twoRunsAndATest());
        const Range before = *page.page.currentView().testRate;
        const QRectF frame = page.page.frameOf(PlotPart::RangeTest);
        page.drag(frame.center(), frame.center() + QPointF(40, 0));
        const double factor = std::pow(before.second / before.first, 40.0 / frame.width());
        const Range after = *page.page.currentView().testRate;
        QVERIFY(std::abs(after.first * factor / before.first - 1.0) < 1e-9);
        QVERIFY(std::abs(after.second * factor / before.second - 1.0) < 1e-9);
    }

    void aClickThatShakesIsNoDrag() {
        PageFixture page(twoRunsAndATest());
        page.drag(page.middle(PlotPart::Loss), page.middle(PlotPart::Loss) + QPointF(2, 2));
        QVERIFY(page.page.view().isFitted());
        QVERIFY(!page.page.goBack());
    }

    void aBoxIsZoomedTo_data() {
        QTest::addColumn<QPointF>("to");
        QTest::addColumn<bool>("x");
        QTest::addColumn<bool>("y");
        QTest::newRow("down right") << QPointF(80, 60) << true << true;
        QTest::newRow("up left") << QPointF(-80, -60) << true << true;
        QTest::newRow("flat") << QPointF(80, 3) << true << false;
        QTest::newRow("narrow") << QPointF(-2, 70) << false << true;
        QTest::newRow("out of the frame") << QPointF(5000, 60) << true << true;
    }
    void aBoxIsZoomedTo() {
        QFETCH(const QPointF, to);
        QFETCH(const bool, x);
        QFETCH(const bool, y);
        PageFixture page(twoRunsAndATest());
        const PlotView before = page.page.currentView();
        const QRectF frame = page.page.frameOf(PlotPart::Loss);
        const QPointF from = frame.center() + QPointF(3, 4);
        page.drag(from, from + to, Qt::ShiftModifier);
        const QRectF box = QRectF(from, from + to).normalized().intersected(frame);
        QCOMPARE(page.page.view().steps.has_value(), x);
        QCOMPARE(page.page.view().loss.has_value(), y);
        if (x)
            VERIFY_RANGE(page.steps(),
                         (Range{xAt(*before.steps, frame, box.left()), xAt(*before.steps, frame, box.right())}));
        if (y)
            VERIFY_RANGE(page.loss(), (Range{yAt(*before.loss, frame, box.bottom()), yAt(*before.loss, frame, box.top())}));
        page.key(Qt::Key_Backspace);
        QVERIFY(page.page.view().isFitted());
    }

    void aSmallBoxIsNone() {
        PageFixture page(twoRunsAndATest());
        const QPointF from = page.middle(PlotPart::Loss);
        page.drag(from, from + QPointF(5, 5), Qt::ShiftModifier);
        QVERIFY(page.page.view().isFitted());
    }

    void aDoubleClickFits() {
        PageFixture page(twoRunsAndATest());
        const PlotView before = page.page.currentView();
        page.drag(page.middle(PlotPart::Loss), page.middle(PlotPart::Loss) + QPointF(50, 50));
        page.drag(page.middle(PlotPart::RangeTest), page.middle(PlotPart::RangeTest) + QPointF(50, 50));
        const PlotView zoomed = page.page.view();
        page.doubleClick(page.middle(PlotPart::Rate));
        QVERIFY(page.page.view().isFitted() && page.page.isFollowing());
        QCOMPARE(page.page.currentView(), before);
        page.key(Qt::Key_Backspace);
        QCOMPARE(page.page.view(), zoomed);
    }

    void backspaceGoesBackOneGestureAtATime() {
        PageFixture page(twoRunsAndATest());
        std::vector<PlotView> views{page.page.view()};
        page.drag(page.middle(PlotPart::Loss), page.middle(PlotPart::Loss) + QPointF(50, 0));
        views.push_back(page.page.view());
        page.drag(page.middle(PlotPart::Rate), page.middle(PlotPart::Rate) + QPointF(70, 60), Qt::ShiftModifier);
        views.push_back(page.page.view());
        page.wheel(page.middle(PlotPart::Rate), 120, Qt::ControlModifier);
        views.push_back(page.page.view());
        page.key(Qt::Key_Right);
        for (; !views.empty(); views.pop_back()) {
            page.key(Qt::Key_Backspace);
            QCOMPARE(page.page.view(), views.back());
        }
        page.key(Qt::Key_Backspace);
        QVERIFY(page.page.view().isFitted());
    }

    /// Going back is about ranges: what was switched on since stays on.
    void backspaceLeavesOtherSettings() {
        PageFixture page(twoRunsAndATest());
        page.wheel(page.middle(PlotPart::Loss));
        PlotView view = page.page.view();
        view.smoothing = 0.5;
        page.page.setView(view);
        page.key(Qt::Key_Backspace);
        QVERIFY(page.page.view().isFitted());
        QCOMPARE(page.page.view().smoothing, 0.5);
    }

    void keys() {
        PageFixture page(twoRunsAndATest());
        const Range steps = page.steps();
        const Range loss = page.loss();
        page.key(Qt::Key_Right);
        VERIFY_RANGE(page.steps(), (Range{steps.first + 0.1 * width(steps), steps.second + 0.1 * width(steps)}));
        page.key(Qt::Key_Left);
        VERIFY_RANGE(page.steps(), steps);
        page.key(Qt::Key_Up);
        VERIFY_RANGE(page.loss(), (Range{loss.first + 0.1 * width(loss), loss.second + 0.1 * width(loss)}));
        page.key(Qt::Key_Down);
        VERIFY_RANGE(page.loss(), loss);
        page.key(Qt::Key_Plus);
        VERIFY_RANGE(page.steps(), (Range{steps.first + 0.075 * width(steps), steps.second - 0.075 * width(steps)}));
        page.key(Qt::Key_Minus);
        VERIFY_RANGE(page.steps(), steps);
        page.key(Qt::Key_Plus, Qt::ControlModifier);
        VERIFY_RANGE(page.steps(), steps);
        QVERIFY(near(width(page.loss()), 0.85 * width(loss), width(loss)));
    }

    void zoomingEndsWhereNumbersEnd() {
        PageFixture page(twoRunsAndATest());
        for (const int delta : {1200, -1200})
            for (int i = 0; i < 60; ++i) {
                page.wheel(page.middle(PlotPart::Loss), delta);
                page.wheel(page.middle(PlotPart::Loss), delta, Qt::ControlModifier);
                page.wheel(page.middle(PlotPart::RangeTest), delta);
                page.settle();
                for (const Range& range : {page.steps(), page.loss(), *page.page.currentView().testRate})
                    QVERIFY(std::isfinite(range.first) && std::isfinite(range.second) && range.first < range.second);
            }
    }

    void theLegendIsClicked() {
        PageFixture page(twoRunsAndATest());
        QSignalSpy clicked(&page.page, &PlotPage::legendClicked);
        page.picture();
        const QRectF line = page.page.legendRect(2);
        QVERIFY(!line.isEmpty());
        page.click(line.center());
        QCOMPARE(clicked.size(), 1);
        QCOMPARE(clicked[0][0].value<QList<RunId>>(), QList<RunId>{2});
        QCOMPARE(clicked[0][1].toBool(), false);
        page.click(page.page.legendRect(3).center(), Qt::ControlModifier);
        QCOMPARE(clicked.size(), 2);
        QCOMPARE(clicked[1][0].value<QList<RunId>>(), QList<RunId>{3});
        QCOMPARE(clicked[1][1].toBool(), true);
        page.drag(line.center(), line.center() + QPointF(-100, 100)); // neither a click nor a pan
        QCOMPARE(clicked.size(), 2);
        QVERIFY(page.page.view().isFitted());
    }

    /// Two clicks that follow each other quickly arrive as a double click.
    void theLegendIsClickedTwice() {
        PageFixture page(twoRunsAndATest());
        page.wheel(page.middle(PlotPart::Loss));
        page.settle();
        const PlotView zoomed = page.page.view();
        QSignalSpy clicked(&page.page, &PlotPage::legendClicked);
        page.picture();
        page.doubleClick(page.page.legendRect(2).center());
        QCOMPARE(clicked.size(), 2);
        QCOMPARE(page.page.view(), zoomed);
    }

    void theLegendOfSeedsMeansAllOfThem() {
        auto first = finishedRun(1, 500);
        auto second = finishedRun(2, 500);
        second->config.name = first->config.name;
        second->config.seed = 7;
        PlotView view;
        view.seeds = SeedDrawing::Mean;
        PageFixture page({first, second}, view);
        QSignalSpy clicked(&page.page, &PlotPage::legendClicked);
        page.picture();
        QCOMPARE(page.page.legendRect(1), page.page.legendRect(2));
        page.click(page.page.legendRect(1).center());
        QCOMPARE(clicked.size(), 1);
        QCOMPARE(clicked[0][0].value<QList<RunId>>(), (QList<RunId>{1, 2}));
    }

    void followingIsSwitched() {
        PageFixture page(twoRunsAndATest());
        const PlotView before = page.page.currentView();
        page.page.setFollowing(false);
        QVERIFY(!page.page.isFollowing());
        QCOMPARE(page.page.view(), before);
        page.page.setFollowing(true);
        QVERIFY(page.page.isFollowing());
    }
};

QTEST_MAIN(TestPlotHands)
#include "tst_plot_hands.moc"
