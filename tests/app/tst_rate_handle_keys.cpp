// SPDX-License-Identifier: GPL-3.0-or-later
// The handles of a piecewise schedule by keyboard.
#include "core/schedule/handles.h"
#include "tests/app/handles_fixture.h"

#include <QTest>

using namespace ratescope;

class TestRateHandleKeys : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keysChooseInOrder() {
        Hands hands(runOf(piecewiseOf(hill)));
        const auto chosen = [&] { return hands.page.canvas()->accessibleDescription(); };
        for (const char* expected :
             {"step 0: rate 0.02", "step 500: rate 0.1", "step 1000: rate 0.04", "step 0: rate 0.02"}) {
            hands.key(Qt::Key_BracketRight);
            QCOMPARE(chosen(), QString::fromLatin1(expected));
        }
        hands.key(Qt::Key_BracketLeft);
        QCOMPARE(chosen(), QStringLiteral("step 1000: rate 0.04"));
        hands.key(Qt::Key_Escape);
        hands.key(Qt::Key_BracketLeft);
        QCOMPARE(chosen(), QStringLiteral("step 1000: rate 0.04"));
        QVERIFY(hands.edits.empty());
    }

    void arrowsMoveAHandle_data() {
        QTest::addColumn<int>("time");
        QTest::addColumn<int>("steps");
        QTest::addColumn<int>("epochs");
        for (const auto& [steps, epochs] : {std::pair(1000, 5), std::pair(20, 2), std::pair(40, 10), std::pair(1280, 4),
                                            std::pair(60'000, 64), std::pair(4'000'000, 500)})
            for (const TimeUnit unit : {TimeUnit::Step, TimeUnit::Epoch, TimeUnit::FractionalEpoch})
                QTest::addRow("%d steps, in %s", steps, std::string(timeUnitName(unit)).c_str())
                    << int(unit) << steps << epochs;
    }
    void arrowsMoveAHandle() {
        QFETCH(const int, time);
        QFETCH(const int, steps);
        QFETCH(const int, epochs);
        const auto unit = static_cast<TimeUnit>(time);
        const double end = unit == TimeUnit::Step ? steps : epochs;
        const double middle = std::round(0.5 * end);
        const Record run = runOf(piecewiseOf({{0.0, 0.02}, {middle, 0.1}, {end, 0.04}}, unit));
        run->length = {std::uint64_t(steps), std::uint64_t(steps / epochs)};
        Hands hands(run);
        for (int i = 0; i < 2; ++i) hands.key(Qt::Key_BracketRight);
        const auto now = [&] { return hands.edits.empty() ? run->config.schedule.points[1] : hands.last()[1]; };
        hands.key(Qt::Key_Right);
        QCOMPARE(hands.edits.size(), std::size_t(1));
        const double once = now().t;
        QVERIFY2(once > middle && once <= end, qPrintable(QString::number(once)));
        const double pixels = hands.at(once, 0.1).x() - hands.at(middle, 0.1).x();
        const double smallest = hands.at(middle + 1.0, 0.1).x() - hands.at(middle, 0.1).x();
        if (unit == TimeUnit::FractionalEpoch || smallest < 4.0)
            QVERIFY2(pixels < 18.0, qPrintable(QString::number(pixels)));
        QCOMPARE(now().rate, 0.1);
        hands.key(Qt::Key_Left);
        hands.key(Qt::Key_Left);
        QVERIFY(now().t < middle);
        hands.key(Qt::Key_Right);
        const double back = now().t;
        QVERIFY(std::abs(hands.at(back, 0.1).x() - hands.at(middle, 0.1).x()) < 18.0);
        hands.key(Qt::Key_Up);
        QVERIFY(now().rate > 0.1 && now().rate < 0.11);
        QCOMPARE(now().t, back);
        hands.key(Qt::Key_Down, Qt::ShiftModifier);
        QVERIFY(now().rate < 0.1);
        QCOMPARE(now().t, back);
        const std::vector<quint64> gestures = hands.gestures;
        QVERIFY(std::ranges::adjacent_find(gestures) == gestures.end()); // each key is a gesture
        for (int i = 0; i < 400; ++i) hands.key(Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(now().t, end); // no farther than the next
    }

    void insertPutsOneBesideWithoutChangingTheRate_data() {
        QTest::addColumn<int>("time");
        QTest::addColumn<int>("interpolation");
        for (const TimeUnit unit : {TimeUnit::Step, TimeUnit::FractionalEpoch})
            for (const Interpolation interpolation : {Interpolation::Step, Interpolation::Linear, Interpolation::Log})
                QTest::addRow("%s, in %s", interpolationNames()[static_cast<std::size_t>(interpolation)].c_str(),
                              std::string(timeUnitName(unit)).c_str())
                    << int(unit) << int(interpolation);
    }
    void insertPutsOneBesideWithoutChangingTheRate() {
        QFETCH(const int, time);
        QFETCH(const int, interpolation);
        const auto unit = static_cast<TimeUnit>(time);
        const double epoch = unit == TimeUnit::Step ? 200.0 : 1.0;
        const Points points = {{0.0, 0.02}, {2.5 * epoch, 0.1}, {5.0 * epoch, 0.04}};
        Hands hands(runOf(piecewiseOf(points, unit, static_cast<Interpolation>(interpolation))));
        hands.key(Qt::Key_Insert);
        QVERIFY(hands.edits.empty()); // none is chosen
        hands.key(Qt::Key_BracketRight);
        for (int i = 0; i < 3; ++i) hands.key(Qt::Key_Insert);
        QCOMPARE(hands.edits.size(), std::size_t(3));
        QCOMPARE(hands.last().size(), std::size_t(6));
        QVERIFY(isRising(hands.last()));
        for (std::size_t i = 1; i < 6; ++i) QVERIFY(hands.last()[i].t > hands.last()[i - 1].t);
        const Schedule before(hands.run->config.schedule, hands.run->length);
        const Schedule after(hands.edits.back(), hands.run->length);
        for (std::uint64_t step = 0; step < 1000; ++step)
            QVERIFY2(std::abs(after.at(step) / before.at(step) - 1.0) < 0.005, qPrintable(QString::number(step)));
    }

    void betweenTwoThatLieCloseThereIsRoom() {
        const Points close = {{0.0, 0.02}, {500.0, 0.1}, {504.0, 0.05}, {1000.0, 0.04}};
        Hands hands(runOf(piecewiseOf(close)));
        for (int i = 0; i < 2; ++i) hands.key(Qt::Key_BracketRight);
        hands.key(Qt::Key_Insert);
        QCOMPARE(hands.last().size(), std::size_t(5));
        QVERIFY(hands.last()[2].t > 500.0 && hands.last()[2].t < 504.0);
    }

    void deleteTakesOneAfterAnotherAndLeavesOne() {
        Hands hands(runOf(piecewiseOf(hill)));
        hands.click(hands.at(hill[1]));
        QVERIFY(hands.edits.empty());
        hands.key(Qt::Key_Delete);
        QVERIFY(hands.last() == Points({hill[0], hill[2]}));
        hands.key(Qt::Key_Delete); // the next one
        QVERIFY(hands.last() == Points({hill[0]}));
        hands.key(Qt::Key_Delete);
        QCOMPARE(hands.edits.size(), std::size_t(2));
        QVERIFY(hands.gestures[0] != hands.gestures[1]);
    }

    void theSelectedHandleKeepsItsKeysFromShortcuts() {
        Hands hands(runOf(piecewiseOf(hill)));
        const auto overrides = [&](Qt::Key key) {
            QKeyEvent event(QEvent::ShortcutOverride, key, Qt::NoModifier);
            event.ignore();
            QApplication::sendEvent(&hands.page, &event);
            return event.isAccepted();
        };
        QVERIFY(!overrides(Qt::Key_Delete) && !overrides(Qt::Key_Escape));
        hands.click(hands.at(hill[1]));
        QVERIFY(overrides(Qt::Key_Delete) && overrides(Qt::Key_Escape));
        QVERIFY(!overrides(Qt::Key_F) && !overrides(Qt::Key_Backspace));
        hands.key(Qt::Key_Escape);
        QVERIFY(!overrides(Qt::Key_Delete) && !overrides(Qt::Key_Escape));
    }

    /// A step 0 that a logarithmic axis cannot show, and a rate of 0.
    void onLogarithmicAxesNothingIsLost() {
        PlotView view;
        view.logSteps = view.logRate = true;
        Hands hands(runOf(piecewiseOf({{0.0, 0.02}, {500.0, 0.1}, {900.0, 0.0}, {1000.0, 0.0}})), view);
        hands.key(Qt::Key_BracketRight);
        for (const Qt::Key key : {Qt::Key_Right, Qt::Key_Up, Qt::Key_Left}) hands.key(key);
        hands.key(Qt::Key_BracketLeft);
        for (const Qt::Key key : {Qt::Key_Left, Qt::Key_Right}) hands.key(key);
        for (const ScheduleSpec& edit : hands.edits) {
            QVERIFY(isRising(edit.points));
            for (const SchedulePoint& point : edit.points)
                QVERIFY(std::isfinite(point.t) && std::isfinite(point.rate) && point.rate >= 0.0);
        }
        QCOMPARE(hands.last()[3].rate, 0.0); // moved sideways, it keeps its rate
        const QPointF bottom(hands.at(900.0, 0.1).x(), hands.page.frameOf(PlotPart::Rate).bottom() - 1.0);
        hands.drag(bottom, hands.at(900.0, 0.01));
        QVERIFY2(std::abs(hands.last()[2].rate - 0.01) < 1e-3, qPrintable(QString::number(hands.last()[2].rate)));
    }
};

QTEST_MAIN(TestRateHandleKeys)
#include "tst_rate_handle_keys.moc"
