// SPDX-License-Identifier: GPL-3.0-or-later
// The handles of a piecewise schedule under the mouse.
#include "tests/app/handles_fixture.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QTest>
#include <QTimer>

using namespace ratescope;

class TestRateHandles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aClickOnTheLineAddsAHandle() {
        Hands hands(runOf(piecewiseOf(hill)));
        hands.click(hands.at(250.0, 0.06));
        QCOMPARE(hands.edits.size(), std::size_t(1));
        QCOMPARE(hands.ids[0], hands.run->id);
        QVERIFY(hands.gestures[0] != 0);
        QCOMPARE(hands.last().size(), std::size_t(4));
        QVERIFY2(std::abs(hands.last()[1].t - 250.0) <= 25.0, qPrintable(QString::number(hands.last()[1].t)));
        QCOMPARE(hands.last()[1].rate, 0.06);
        QVERIFY(hands.last()[0] == hill[0] && hands.last()[2] == hill[1] && hands.last()[3] == hill[2]);
        QVERIFY(hands.page.view().isFitted());
    }

    void aClickElsewhereAddsNone_data() {
        QTest::addColumn<double>("step");
        QTest::addColumn<double>("rate");
        QTest::addColumn<int>("modifiers");
        QTest::newRow("above the line") << 250.0 << 0.08 << int(Qt::NoModifier);
        QTest::newRow("below the line") << 250.0 << 0.03 << int(Qt::NoModifier);
        QTest::newRow("a box is begun on it") << 250.0 << 0.06 << int(Qt::ShiftModifier);
    }
    void aClickElsewhereAddsNone() {
        QFETCH(const double, step);
        QFETCH(const double, rate);
        QFETCH(const int, modifiers);
        Hands hands(runOf(piecewiseOf(hill)));
        hands.click(hands.at(step, rate), Qt::KeyboardModifiers(modifiers));
        QVERIFY(hands.edits.empty());
    }

    void aDoubleClickAddsOneHandleAnywhere_data() {
        QTest::addColumn<double>("rate");
        QTest::newRow("above the line") << 0.09;
        QTest::newRow("on the line") << 0.06;
    }
    void aDoubleClickAddsOneHandleAnywhere() {
        QFETCH(const double, rate);
        Hands hands(runOf(piecewiseOf(hill)));
        const PlotView zoomed = hands.page.currentView(); // a fit would show
        hands.page.setView(zoomed);
        hands.doubleClick(hands.at(250.0, rate));
        QCOMPARE(hands.edits.size(), std::size_t(1));
        QCOMPARE(hands.last().size(), std::size_t(4));
        QCOMPARE(hands.last()[1].rate, rate);
        QVERIFY(hands.page.view() == zoomed);
        // What is under the mouse afterwards is not dragged along.
        hands.hover(hands.at(300.0, 0.05));
        QCOMPARE(hands.edits.size(), std::size_t(1));
    }

    void aDragPutsItUnderTheMouse_data() {
        QTest::addColumn<int>("time");
        QTest::addColumn<int>("axis");
        QTest::addColumn<bool>("logRate");
        QTest::addColumn<bool>("snap");
        const char* times[] = {"steps", "epochs", "fractional epochs"};
        const char* axes[] = {"steps", "epochs", "samples", "seconds"};
        for (int time = 0; time < 3; ++time)
            for (int axis = 0; axis < 4; ++axis)
                for (const bool logRate : {false, true})
                    for (const bool snap : {false, true})
                        QTest::addRow("in %s over %s, %s%s", times[time], axes[axis],
                                      logRate ? "logarithmic" : "linear", snap ? ", snapping" : "")
                            << time << axis << logRate << snap;
    }
    void aDragPutsItUnderTheMouse() {
        QFETCH(const int, time);
        QFETCH(const int, axis);
        QFETCH(const bool, logRate);
        QFETCH(const bool, snap);
        const auto unit = static_cast<TimeUnit>(time);
        PlotView view;
        view.stepUnit = static_cast<StepUnit>(axis);
        view.logRate = logRate;
        if (view.stepUnit == StepUnit::Seconds) view.steps = AxisRange{0.0, 10.5}; // fitted to what was done alone
        const double end = unit == TimeUnit::Step ? 1000.0 : 5.0;
        const double middle = unit == TimeUnit::Step ? 500.0 : unit == TimeUnit::Epoch ? 2.0 : 2.5;
        Hands hands(runOf(piecewiseOf({{0.0, 0.02}, {middle, 0.1}, {end, 0.04}}, unit), 100), view);
        const QPointF from = hands.at(middle, 0.1);
        const QPointF to = from + QPointF(63.0, 81.0);
        const SchedulePoint exact = hands.under(to);
        hands.drag(from, to, snap ? Qt::NoModifier : Qt::AltModifier);
        QVERIFY(!hands.edits.empty());
        QCOMPARE(hands.last().size(), std::size_t(3));
        const SchedulePoint moved = hands.last()[1];
        const double pixel = std::abs(hands.under(to + QPointF(1, 0)).t - exact.t);
        const double whole = unit == TimeUnit::FractionalEpoch ? 1e-6 : 1.0;
        if (snap) {
            QVERIFY2(std::abs(moved.t - exact.t) <= std::max(0.5 * whole, 9.0 * pixel),
                     qPrintable(QString::number(moved.t)));
            QVERIFY2(hasFewDigits(moved.t, 3), qPrintable(QString::number(moved.t, 'g', 17)));
            QVERIFY2(hasFewDigits(moved.rate, 2), qPrintable(QString::number(moved.rate, 'g', 17)));
            QVERIFY(std::abs(moved.rate / exact.rate - 1.0) <= 0.0501);
        } else {
            QVERIFY2(std::abs(moved.t - exact.t) <= 0.5001 * whole, qPrintable(QString::number(moved.t, 'g', 17)));
            QVERIFY(std::abs(moved.rate / exact.rate - 1.0) < 1e-9);
            QVERIFY(!hasFewDigits(moved.rate, 6)); // as it is
        }
        if (unit != TimeUnit::FractionalEpoch) QCOMPARE(moved.t, std::round(moved.t));
        QVERIFY(hands.last()[2] == SchedulePoint({end, 0.04})); // the others stay
    }

    void aDragStaysBetweenTheNeighbours_data() {
        QTest::addColumn<int>("which");
        QTest::addColumn<double>("right");
        QTest::addColumn<double>("expected");
        QTest::newRow("the middle one to the left") << 1 << -5000.0 << 0.0;
        QTest::newRow("the middle one to the right") << 1 << 5000.0 << 1000.0;
        QTest::newRow("the last one to the left") << 2 << -5000.0 << 500.0;
        QTest::newRow("the last one to the right") << 2 << 5000.0 << 1000.0;
        QTest::newRow("the first one to the left") << 0 << -5000.0 << 0.0;
        QTest::newRow("the first one to the right") << 0 << 5000.0 << 500.0;
    }
    void aDragStaysBetweenTheNeighbours() {
        QFETCH(const int, which);
        QFETCH(const double, right);
        QFETCH(const double, expected);
        Hands hands(runOf(piecewiseOf(hill)));
        const QPointF from = hands.at(hill[static_cast<std::size_t>(which)]) + QPointF(which == 0 ? 2.0 : -2.0, 0.0);
        hands.drag(from, from + QPointF(right, 0.0));
        QCOMPARE(hands.last().size(), std::size_t(3));
        QCOMPARE(hands.last()[static_cast<std::size_t>(which)].t, expected);
        QVERIFY(isRising(hands.last()));
    }

    void aRateIsNeverNegative_data() {
        QTest::addColumn<int>("interpolation");
        QTest::newRow("step") << int(Interpolation::Step);
        QTest::newRow("linear") << int(Interpolation::Linear);
        QTest::newRow("log") << int(Interpolation::Log);
        QTest::newRow("smooth") << int(Interpolation::Smooth);
    }
    void aRateIsNeverNegative() {
        QFETCH(const int, interpolation);
        PlotView view;
        view.rate = AxisRange{-0.1, 0.2};
        Hands hands(runOf(piecewiseOf(hill, TimeUnit::Step, static_cast<Interpolation>(interpolation))), view);
        const QPointF from = hands.at(hill[1]);
        for (const auto modifiers : {Qt::NoModifier, Qt::AltModifier}) {
            hands.drag(from, from + QPointF(0.0, 3000.0), modifiers);
            const double rate = hands.last()[1].rate;
            if (interpolation == int(Interpolation::Log))
                QVERIFY(rate > 0.0);
            else
                QCOMPARE(rate, 0.0);
            QVERIFY(validateSchedule(hands.edits.back()).empty());
            hands.page.showHandles(nullptr, {});
            hands.page.showHandles(hands.run, hands.run->config.schedule);
        }
    }

    void aDragIsOneGesture() {
        Hands hands(runOf(piecewiseOf(hill)));
        hands.drag(hands.at(hill[1]), hands.at(600.0, 0.08));
        QVERIFY(hands.edits.size() >= 3);
        const quint64 first = hands.gestures[0];
        QVERIFY(first != 0);
        QVERIFY(std::ranges::all_of(hands.gestures, [&](quint64 one) { return one == first; }));
        hands.gestures.clear();
        hands.drag(hands.at(hands.last()[1]), hands.at(400.0, 0.06));
        QVERIFY(!hands.gestures.empty());
        QVERIFY(
            std::ranges::all_of(hands.gestures, [&](quint64 one) { return one == hands.gestures[0] && one != first; }));
        // A handle that is put on the line and dragged on is one gesture as well.
        hands.gestures.clear();
        hands.drag(hands.at(200.0, 0.02 + 0.04 * 200.0 / 400.0), hands.at(250.0, 0.1));
        QVERIFY(hands.gestures.size() >= 3);
        QVERIFY(std::ranges::all_of(hands.gestures, [&](quint64 one) { return one == hands.gestures[0]; }));
    }

    void aClickThatShakesMovesNothing() {
        Hands hands(runOf(piecewiseOf(hill)));
        hands.drag(hands.at(hill[1]), hands.at(hill[1]) + QPointF(2, 2));
        QVERIFY(hands.edits.empty());
    }

    void axesHoldStillWhileAHandleIsDragged() {
        Hands hands(runOf(piecewiseOf(hill)), {}, true);
        const auto steps = hands.steps();
        const auto rate = hands.rate();
        const QPointF top(hands.at(hill[1]).x(), hands.page.frameOf(PlotPart::Rate).top() + 1.0);
        hands.mouse(QEvent::MouseButtonPress, hands.at(hill[1]));
        for (const double share : {0.5, 1.0}) {
            hands.mouse(QEvent::MouseMove, hands.at(hill[1]) + share * (top - hands.at(hill[1])));
            hands.settle();
            QVERIFY(hands.steps() == steps && hands.rate() == rate);
        }
        hands.mouse(QEvent::MouseButtonRelease, top);
        hands.settle();
        QVERIFY(hands.page.isFollowing());
        QVERIFY(hands.rate().second > rate.second); // and fit what there is now
    }

    void aZoomMeanwhileStays() {
        Hands hands(runOf(piecewiseOf(hill)), {}, true);
        hands.mouse(QEvent::MouseButtonPress, hands.at(hill[1]));
        hands.mouse(QEvent::MouseMove, hands.at(600.0, 0.09));
        hands.settle();
        hands.wheel(hands.at(600.0, 0.09));
        const auto steps = hands.steps();
        hands.mouse(QEvent::MouseButtonRelease, hands.at(600.0, 0.09));
        hands.settle();
        QVERIFY(hands.steps() == steps);
        QVERIFY(!hands.page.view().rate); // fits again
    }

    /// The run may end, or somebody may choose another, while the mouse is down.
    void handlesMayVanishInTheHand() {
        Hands hands(runOf(piecewiseOf(hill)));
        hands.mouse(QEvent::MouseButtonPress, hands.at(hill[1]));
        hands.mouse(QEvent::MouseMove, hands.at(600.0, 0.09));
        hands.settle();
        const std::size_t edits = hands.edits.size();
        hands.page.showHandles(nullptr, {});
        QCOMPARE(hands.page.handlesShown(), RunId(0));
        hands.mouse(QEvent::MouseMove, hands.at(650.0, 0.08));
        hands.mouse(QEvent::MouseButtonRelease, hands.at(650.0, 0.08));
        hands.settle();
        QCOMPARE(hands.edits.size(), edits);
        QVERIFY(hands.page.isFollowing());
        for (const Qt::Key key : {Qt::Key_BracketRight, Qt::Key_Delete, Qt::Key_Insert}) hands.key(key);
        QCOMPARE(hands.edits.size(), edits);
    }

    void theMenuDeletesTheHandleUnderTheMouse() {
        Hands hands(runOf(piecewiseOf(hill)));
        const auto openMenu = [&](const QPointF& place, bool choose) {
            bool found = false;
            QTimer::singleShot(0, &hands.page, [&] {
                auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
                if (!menu) return;
                for (QAction* action : menu->actions())
                    if (action->text() == QStringLiteral("Delete this handle")) {
                        found = true;
                        if (choose) action->trigger();
                    }
                menu->close();
            });
            QContextMenuEvent event(QContextMenuEvent::Mouse, place.toPoint(),
                                    hands.page.canvas()->mapToGlobal(place.toPoint()));
            QApplication::sendEvent(&hands.page, &event);
            return found;
        };
        QVERIFY(!openMenu(hands.at(250.0, 0.03), true));
        QVERIFY(openMenu(hands.at(hill[1]), false));
        QVERIFY(hands.edits.empty());
        QVERIFY(openMenu(hands.at(hill[1]), true));
        QVERIFY(hands.last() == Points({hill[0], hill[2]}));
    }

    /// What the run has behind it: a handle stands where it is now, and none before that can be moved, added or
    /// deleted.
    void thePastIsFrozen_data() {
        QTest::addColumn<int>("axis");
        QTest::newRow("steps") << int(StepUnit::Step);
        QTest::newRow("epochs") << int(StepUnit::Epoch);
        QTest::newRow("samples") << int(StepUnit::Samples);
        QTest::newRow("seconds") << int(StepUnit::Seconds);
    }
    void thePastIsFrozen() {
        QFETCH(const int, axis);
        PlotView view;
        view.stepUnit = static_cast<StepUnit>(axis);
        if (view.stepUnit == StepUnit::Seconds) view.steps = AxisRange{0.0, 10.5}; // fitted to what was done alone
        const Points points = {{0.0, 0.02}, {200.0, 0.1}, {600.0, 0.06}, {1000.0, 0.01}};
        Hands hands(runOf(piecewiseOf(points), 400), view);
        const double now = Schedule(hands.run->config.schedule, hands.run->length).at(400);
        hands.click(hands.at(points[1]));
        hands.click(hands.at(100.0, 0.06));
        hands.doubleClick(hands.at(300.0, 0.05));
        QVERIFY(hands.edits.empty());
        hands.key(Qt::Key_BracketRight);
        QCOMPARE(hands.page.canvas()->accessibleDescription(), QStringLiteral("step 600: rate 0.06"));
        hands.key(Qt::Key_Escape);
        hands.drag(hands.at(points[2]), hands.at(700.0, 0.08));
        QCOMPARE(hands.last().size(), std::size_t(3));
        QVERIFY(hands.last()[0] == SchedulePoint({400.0, now}));
        QVERIFY(std::abs(hands.last()[1].t - 700.0) <= 10.0);
        QCOMPARE(hands.last()[1].rate, 0.08);
        QVERIFY(hands.last()[2] == points[3]);
        // And none is dragged back into it, however far it has come meanwhile.
        const QPointF from = hands.at(hands.last()[1]);
        hands.mouse(QEvent::MouseButtonPress, from);
        grow(*hands.run, 450);
        hands.refresh();
        hands.mouse(QEvent::MouseMove, hands.at(100.0, 0.05));
        hands.mouse(QEvent::MouseButtonRelease, hands.at(100.0, 0.05));
        QCOMPARE(hands.last()[1].t, 450.0);
        QVERIFY(isRising(hands.last()));
    }

    void aHandleThatTheRunHasPassedStays() {
        Hands hands(runOf(piecewiseOf({{0.0, 0.02}, {500.0, 0.1}, {800.0, 0.03}, {1000.0, 0.04}}), 400));
        hands.click(hands.at(500.0, 0.1));
        grow(*hands.run, 600);
        hands.refresh();
        for (const Qt::Key key : {Qt::Key_Up, Qt::Key_Left, Qt::Key_Right, Qt::Key_Delete}) hands.key(key);
        QVERIFY(hands.edits.empty());
        hands.key(Qt::Key_BracketRight);
        hands.key(Qt::Key_Delete);
        QCOMPARE(hands.last().size(), std::size_t(2)); // now, and the end
        QCOMPARE(hands.last()[0].t, 600.0);
    }

    /// Of a fork that has not begun, what it shares with its parent.
    void theTrunkOfAForkIsFrozen() {
        const Record run = runOf(piecewiseOf(hill), 300);
        run->state = RunState::Ready;
        run->config.fork = ForkSpec{"parent", 300};
        Hands hands(run);
        hands.drag(hands.at(hill[1]), hands.at(100.0, 0.1));
        QCOMPARE(hands.last()[0].t, 300.0);
        QCOMPARE(hands.last()[1].t, 300.0);
    }
};

QTEST_MAIN(TestRateHandles)
#include "tst_rate_handles.moc"
