// SPDX-License-Identifier: GPL-3.0-or-later
// The handles of a piecewise schedule under mouse and keys.
#include "app/plots/step_scale.h"
#include "core/schedule/handles.h"
#include "core/schedule/piecewise.h"
#include "tests/app/plot_page_fixture.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <cmath>

using namespace ratescope;

namespace {

using Record = std::shared_ptr<RunRecord>;
using Points = std::vector<SchedulePoint>;

ScheduleSpec piecewiseOf(Points points, TimeUnit unit = TimeUnit::Step, Interpolation interpolation = Interpolation::Linear) {
    ScheduleSpec spec;
    spec.type = "piecewise";
    spec.unit = unit;
    spec.values.set("interpolation", static_cast<double>(interpolation));
    spec.points = std::move(points);
    return spec;
}

/// A run of 1000 steps in 5 epochs that follows the schedule and has made `done` of them, a hundredth of a second each.
Record runOf(const ScheduleSpec& schedule, std::size_t done = 0) {
    const Record run = finishedRun(1, 1000);
    run->config.schedule = schedule;
    run->state = done > 0 ? RunState::Running : RunState::Ready;
    run->trainSeconds = 0.01 * static_cast<double>(done);
    run->losses.resize(done);
    run->rates.clear();
    const Schedule rates(schedule, run->length);
    for (std::size_t i = 0; i < done; ++i) run->rates.push_back(rates.at(i));
    return run;
}

void grow(RunRecord& run, std::size_t done) {
    const Schedule rates(run.config.schedule, run.length);
    while (run.stepCount() < done) run.append(std::vector{StepMetrics{run.stepCount(), rates.at(run.stepCount()), 1.0F}});
    run.trainSeconds = 0.01 * static_cast<double>(done);
}

const Points hill = {{0.0, 0.02}, {500.0, 0.1}, {1000.0, 0.04}};

/// The page with the handles of one run, and what it told.
class Hands : public PageFixture {
public:
    explicit Hands(Record made, const PlotView& view = {}, bool listens = false)
        : PageFixture({made}, view)
        , run(std::move(made)) {
        QObject::connect(&page, &PlotPage::handlesEdited, &page, [this, listens](RunId id, const ScheduleSpec& edit, quint64 gesture) {
            ids.push_back(id);
            edits.push_back(edit);
            gestures.push_back(gesture);
            if (!listens) return;
            run->config.schedule = edit; // as the window does
            page.showHandles(run, edit);
            page.refresh();
        });
        page.showHandles(run, run->config.schedule);
        settle();
    }

    AxisMap xAxis() {
        const QRectF frame = page.frameOf(PlotPart::Rate);
        const PlotView view = page.currentView();
        return {*view.steps, view.logSteps, frame.left(), frame.left() + frame.width()};
    }
    AxisMap yAxis() {
        const QRectF frame = page.frameOf(PlotPart::Rate);
        const PlotView view = page.currentView();
        return {*view.rate, view.logRate, frame.top() + frame.height() - 1.0, frame.top() - 1.0};
    }
    double stepsOf(double t) const {
        return run->config.schedule.unit == TimeUnit::Step ? t : t * static_cast<double>(run->length.stepsPerEpoch);
    }
    /// Where that time and rate lie.
    QPointF at(double t, double rate) {
        return {xAxis().toPixel(StepScale(*run, page.view().stepUnit).keyOf(stepsOf(t))), yAxis().toPixel(rate)};
    }
    QPointF at(const SchedulePoint& point) { return at(point.t, point.rate); }
    /// What lies there.
    SchedulePoint under(const QPointF& place) {
        const double steps = StepScale(*run, page.view().stepUnit).stepOf(xAxis().toValue(place.x()));
        return {steps / stepsOf(1.0), yAxis().toValue(place.y())};
    }
    const Points& last() const { return edits.back().points; }

    Record run;
    std::vector<RunId> ids;
    std::vector<ScheduleSpec> edits;
    std::vector<quint64> gestures;
};

bool hasFewDigits(double value, int digits) { return QString::number(value, 'g', digits).toDouble() == value; }

bool isRising(const Points& points) {
    return std::ranges::is_sorted(points, {}, &SchedulePoint::t);
}

} // namespace

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
                        QTest::addRow("in %s over %s, %s%s", times[time], axes[axis], logRate ? "logarithmic" : "linear", snap ? ", snapping" : "")
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
            QVERIFY2(std::abs(moved.t - exact.t) <= std::max(0.5 * whole, 9.0 * pixel), qPrintable(QString::number(moved.t)));
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
            if (interpolation == int(Interpolation::Log)) QVERIFY(rate > 0.0);
            else QCOMPARE(rate, 0.0);
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
        QVERIFY(std::ranges::all_of(hands.gestures, [&](quint64 one) { return one == hands.gestures[0] && one != first; }));
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

    void keysChooseInOrder() {
        Hands hands(runOf(piecewiseOf(hill)));
        const auto chosen = [&] { return hands.page.canvas()->accessibleDescription(); };
        for (const char* expected : {"step 0: rate 0.02", "step 500: rate 0.1", "step 1000: rate 0.04", "step 0: rate 0.02"}) {
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
                QTest::addRow("%d steps, in %s", steps, std::string(timeUnitName(unit)).c_str()) << int(unit) << steps << epochs;
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
        if (unit == TimeUnit::FractionalEpoch || smallest < 4.0) QVERIFY2(pixels < 18.0, qPrintable(QString::number(pixels)));
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
            QContextMenuEvent event(QContextMenuEvent::Mouse, place.toPoint(), hands.page.canvas()->mapToGlobal(place.toPoint()));
            QApplication::sendEvent(&hands.page, &event);
            return found;
        };
        QVERIFY(!openMenu(hands.at(250.0, 0.03), true));
        QVERIFY(openMenu(hands.at(hill[1]), false));
        QVERIFY(hands.edits.empty());
        QVERIFY(openMenu(hands.at(hill[1]), true));
        QVERIFY(hands.last() == Points({hill[0], hill[2]}));
    }

    /// What the run has behind it: a handle stands where it is now, and none before that can be moved, added or deleted.
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
            for (const SchedulePoint& point : edit.points) QVERIFY(std::isfinite(point.t) && std::isfinite(point.rate) && point.rate >= 0.0);
        }
        QCOMPARE(hands.last()[3].rate, 0.0); // moved sideways, it keeps its rate
        const QPointF bottom(hands.at(900.0, 0.1).x(), hands.page.frameOf(PlotPart::Rate).bottom() - 1.0);
        hands.drag(bottom, hands.at(900.0, 0.01));
        QVERIFY2(std::abs(hands.last()[2].rate - 0.01) < 1e-3, qPrintable(QString::number(hands.last()[2].rate)));
    }
};

QTEST_MAIN(TestRateHandles)
#include "tst_rate_handles.moc"
