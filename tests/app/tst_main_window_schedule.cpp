// SPDX-License-Identifier: GPL-3.0-or-later
// Schedules by hand in the window: handles on the plot, and the slider.
#include "core/schedule/handles.h"
#include "tests/app/schedule_window_fixture.h"

#include <QAbstractButton>
#include <QLineEdit>
#include <QSlider>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

using namespace ratescope;

class TestMainWindowSchedule : public ScheduleWindowFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(); }
    void init() { open(); }
    void cleanup() { close(); }

    void drawingTurnsAnyFamilyIntoHandles_data() {
        QTest::addColumn<QString>("type");
        for (const ScheduleFamily& family : scheduleTable())
            if (family.type != "piecewise") QTest::newRow(family.type.c_str()) << QString::fromStdString(family.type);
    }
    void drawingTurnsAnyFamilyIntoHandles() {
        QFETCH(const QString, type);
        const ScheduleSpec family = suggestedSchedule(type.toStdString(), 0.1, 20.0, TimeUnit::Step);
        const RunId id = m_window->addRun(config("a", family));
        QVERIFY(m_window->run(id)->config.schedule == family);
        m_window->key(Qt::Key_D);
        QCOMPARE(m_window->plots().handlesShown(), id);
        const RunRecord& run = *m_window->run(id);
        QCOMPARE(run.config.schedule.type, std::string("piecewise"));
        QVERIFY(run.config.validate().empty());
        const Schedule before(family, run.length);
        const Schedule after(run.config.schedule, run.length);
        double highest = 0.0;
        for (std::uint64_t step = 0; step < run.length.steps; ++step) highest = std::max(highest, before.at(step));
        for (std::uint64_t step = 0; step < run.length.steps; ++step)
            QVERIFY2(std::abs(after.at(step) - before.at(step)) <= 0.0101 * highest, qPrintable(QString::number(step)));
        m_window->key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(run.config.schedule == family);
        m_window->key(Qt::Key_D);
        QCOMPARE(m_window->plots().handlesShown(), RunId(0));
        QVERIFY(run.config.schedule == family);
    }

    void aDragOnAReadyRunIsOneUndo() {
        const RunId id = m_window->addRun(longer(falling(0.1, 0.02)));
        m_window->key(Qt::Key_D);
        const ScheduleSpec drawn = m_window->run(id)->config.schedule;
        QCOMPARE(drawn.points.size(), std::size_t(2));
        const int undoable = m_window->undoStack().count();
        m_window->drag(m_window->placeOf(id, 0.0, 0.1) + QPointF(2, 0), m_window->placeOf(id, 0.0, 0.05));
        QCOMPARE(m_window->undoStack().count(), undoable + 1);
        QCOMPARE(m_window->run(id)->config.schedule.points[0].rate, 0.05);
        m_window->click(m_window->placeOf(id, 50.0, 0.5 * (0.05 + drawn.points[1].rate)));
        QCOMPARE(m_window->run(id)->config.schedule.points.size(), std::size_t(3));
        QCOMPARE(m_window->undoStack().count(), undoable + 2);
        m_window->key(Qt::Key_Z, Qt::ControlModifier);
        m_window->key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(m_window->run(id)->config.schedule == drawn);
        m_window->key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(m_window->run(id)->config.schedule == falling(0.1, 0.02));
        QVERIFY(m_window->plots().isFollowing());
    }

    void deleteAndEscapeBelongToTheSelectedHandle() {
        const RunId id = m_window->addRun(longer(falling(0.1, 0.02)));
        m_window->key(Qt::Key_D);
        m_window->click(m_window->placeOf(id, 50.0, 0.06));
        QCOMPARE(m_window->run(id)->config.schedule.points.size(), std::size_t(3));
        for (const std::size_t left : {2, 1, 1}) { // the last one stays, and so does the run
            m_window->key(Qt::Key_Delete);
            QVERIFY(m_window->run(id));
            QCOMPARE(m_window->run(id)->config.schedule.points.size(), left);
        }
        m_window->key(Qt::Key_Escape);
        m_window->key(Qt::Key_Delete); // and now it is about the run
        QVERIFY(!m_window->run(id));
        QCOMPARE(m_window->plots().handlesShown(), RunId(0));
    }

    void escapeLetsGoOfTheHandleBeforeItStopsTheRun() {
        const RunId id = m_window->addRun(endlessConfig(falling(0.002, 0.001)));
        QVERIFY(m_window->begin(id));
        m_window->key(Qt::Key_D);
        m_window->key(Qt::Key_BracketLeft);
        m_window->key(Qt::Key_Escape);
        QVERIFY(m_window->run(id)->state == RunState::Running);
        m_window->key(Qt::Key_Escape);
        QVERIFY(m_window->waitFor([&] { return !m_window->controller().anyActive(); }));
        QVERIFY(m_window->run(id)->state == RunState::Cancelled);
        Window::settle();
        QCOMPARE(m_window->plots().handlesShown(), RunId(0)); // there is nothing left to be drawn
    }

    void aDragSteersARunThatGoesOn() {
        const RunId id = m_window->addRun(endlessConfig(falling(0.002, 0.001)));
        QVERIFY(m_window->begin(id));
        m_window->key(Qt::Key_D);
        QCOMPARE(m_window->plots().handlesShown(), id);
        QVERIFY(m_window->run(id)->config.schedule == falling(0.002, 0.001)); // what is configured stays
        m_window->drag(m_window->placeOf(id, double(endless), 0.001) + QPointF(-2, 0),
                       m_window->placeOf(id, double(endless), 0.0004));
        const ScheduleSpec drawn = ordered(id);
        QCOMPARE(drawn.type, std::string("piecewise"));
        QVERIFY(drawn.points[0].t > 0.0); // where the run was
        QVERIFY(std::abs(drawn.points.back().rate - 0.0004) < 1e-5);
        QVERIFY(m_window->waitFor([&] { return m_window->run(id)->followed() == drawn; }));
        QCOMPARE(m_window->run(id)->changes.size(), std::size_t(1)); // of one drag
        QVERIFY(m_window->run(id)->changes[0].cause == RateCause::Hand);
        m_window->key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(waitForChanges(id, 2));
        QVERIFY(m_window->run(id)->followed() == falling(0.002, 0.001));
        QVERIFY(m_window->run(id)->state == RunState::Running);
        m_window->undoStack().redo();
        QVERIFY(waitForChanges(id, 3));
        QVERIFY(m_window->run(id)->followed() == drawn);
    }

    /// Whose orders take hold only when it goes on: each undo is still about the last drag.
    void dragsOfAPausedRunAreUndoneOneByOne() {
        const RunId id = m_window->addRun(endlessConfig(falling(0.002, 0.001)));
        QVERIFY(m_window->begin(id));
        m_window->controller().pause(id);
        m_window->key(Qt::Key_D);
        std::vector<ScheduleSpec> drawn;
        double rate = 0.001;
        for (const double next : {0.0005, 0.0014}) {
            m_window->drag(m_window->placeOf(id, double(endless), rate) + QPointF(-2, 0),
                           m_window->placeOf(id, double(endless), next));
            drawn.push_back(ordered(id));
            QVERIFY(std::abs(drawn.back().points.back().rate - next) < 2e-5);
            rate = drawn.back().points.back().rate;
        }
        m_window->key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(ordered(id) == drawn[0]);
        // And the handles are where they were: one can be taken there.
        m_window->drag(m_window->placeOf(id, double(endless), drawn[0].points.back().rate) + QPointF(-2, 0),
                       m_window->placeOf(id, double(endless), 0.0009));
        QVERIFY(std::abs(ordered(id).points.back().rate - 0.0009) < 2e-5);
        m_window->key(Qt::Key_Z, Qt::ControlModifier);
        m_window->key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(ordered(id) == falling(0.002, 0.001));
        m_window->controller().resume(id);
        const std::uint64_t steps = m_window->run(id)->stepCount();
        QVERIFY(m_window->waitFor([&] { return m_window->run(id)->stepCount() > steps + 100; }));
        QVERIFY(m_window->run(id)->followed() == falling(0.002, 0.001)); // as if nothing had been
    }

    void handlesVanishWhereNothingCanBeDrawn() {
        const RunId id = m_window->addRun(config("a", falling(0.1, 0.02)));
        RunConfig test = config("test", falling(0.1, 0.02));
        test.rangeTest = RangeTestSpec{.steps = 20};
        const RunId other = m_window->addRun(test);
        RunConfig growing = config("growing", falling(0.1, 0.02));
        growing.schedule.batchGrowth = true;
        growing.schedule.maxBatch = 64;
        const RunId third = m_window->addRun(growing);
        m_window->select(id);
        m_window->action("Draw the rate")->trigger();
        Window::settle();
        for (const RunId chosen : {other, third}) {
            QCOMPARE(m_window->plots().handlesShown(), id);
            m_window->select(chosen);
            Window::settle();
            QCOMPARE(m_window->plots().handlesShown(), RunId(0));
            QVERIFY(m_window->run(chosen)->config.schedule.type == "linear");
            m_window->select(id);
            Window::settle();
        }
        m_window->controller().setVisible(id, false);
        Window::settle();
        QCOMPARE(m_window->plots().handlesShown(), RunId(0));
        m_window->controller().setVisible(id, true);
        Window::settle();
        QCOMPARE(m_window->plots().handlesShown(), id);
        QVERIFY(m_window->train(id));
        Window::settle();
        QCOMPARE(m_window->plots().handlesShown(), RunId(0));
    }

    void aRunThatEndsInTheHand() {
        const RunId id = m_window->addRun(endlessConfig(falling(0.002, 0.001)));
        QVERIFY(m_window->begin(id));
        m_window->key(Qt::Key_D);
        const QPointF from = m_window->placeOf(id, double(endless), 0.001) + QPointF(-2, 0);
        m_window->mouse(QEvent::MouseButtonPress, from);
        m_window->mouse(QEvent::MouseMove, from + QPointF(0, 20));
        m_window->controller().stop(id);
        QVERIFY(m_window->waitFor([&] { return !m_window->controller().anyActive(); }));
        Window::settle();
        const int undoable = m_window->undoStack().count();
        m_window->mouse(QEvent::MouseMove, from + QPointF(0, 40));
        m_window->mouse(QEvent::MouseButtonRelease, from + QPointF(0, 40));
        QCOMPARE(m_window->undoStack().count(), undoable);
        QVERIFY(m_window->plots().isFollowing());
    }

    /// The handles of a schedule that the data have made something else of begin where they have brought it.
    void handlesOfAPlateauHoldTheRateReached() {
        ScheduleSpec plateau = RunConfig::constantSchedule(0.05);
        plateau.type = "plateau";
        plateau.values.set("patience", 0);
        plateau.values.set("threshold", 0.9);
        plateau.values.set("min_lr", 0.02);
        RunConfig watched = endlessConfig(plateau);
        watched.validation = 0.2;
        const RunId id = m_window->addRun(watched);
        m_window->controller().start(id);
        QVERIFY(m_window->waitFor(
            [&] { return m_window->run(id)->stepCount() > 0 && m_window->run(id)->rates.back() == 0.02; }));
        m_window->controller().pause(id);
        m_window->plots().refresh();
        m_window->key(Qt::Key_D);
        m_window->click(m_window->placeOf(id, 0.5 * double(endless), 0.02));
        QCOMPARE(ordered(id).type, std::string("piecewise"));
        QVERIFY(std::abs(ordered(id).points.front().rate - 0.02) < 1e-9);
        QCOMPARE(ordered(id).points.back().rate, 0.02);
    }

    void theSliderDrivesWithOneMarkForOneDrag() {
        const ScheduleSpec scheduled = falling(0.002, 0.001);
        const RunId id = m_window->addRun(endlessConfig(scheduled));
        auto* slider = m_window->named<QSlider>("Rate by hand");
        QVERIFY(!slider->isVisible()); // it has not begun
        QVERIFY(m_window->begin(id));
        QVERIFY(slider->isVisible());
        QVERIFY(!m_window->button("Back to the schedule")->isEnabled());
        slider->setSliderDown(true);
        for (const int position : {-280, -290, -300}) slider->setValue(position);
        slider->setSliderDown(false);
        QVERIFY(ordered(id) == RunConfig::constantSchedule(0.001));
        QVERIFY(m_window->waitFor([&] { return m_window->run(id)->followed() == RunConfig::constantSchedule(0.001); }));
        QCOMPARE(m_window->run(id)->changes.size(), std::size_t(1));
        QCOMPARE(m_window->run(id)->changes[0].after, 0.001);
        QVERIFY(m_window->button("Back to the schedule")->isEnabled());
        const int undoable = m_window->undoStack().count();
        slider->setValue(-200); // with a click beside the handle
        QCOMPARE(m_window->undoStack().count(), undoable + 1);
        m_window->button("Back to the schedule")->click();
        QVERIFY(ordered(id) == scheduled);
        QVERIFY(!m_window->button("Back to the schedule")->isEnabled());
        for (const double rate : {0.01, 0.001}) {
            m_window->key(Qt::Key_Z, Qt::ControlModifier);
            QVERIFY(ordered(id) == RunConfig::constantSchedule(rate));
        }
        m_window->key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(ordered(id) == scheduled);
        QVERIFY(m_window->waitFor([&] { return m_window->run(id)->followed() == scheduled; }));
    }

    /// Back to the rate that the run had, before it has heard of another one.
    void aDragThatComesBackEndsWhereItBegan() {
        const RunId id = m_window->addRun(endlessConfig(RunConfig::constantSchedule(0.01)));
        QVERIFY(m_window->begin(id));
        m_window->controller().pause(id);
        auto* slider = m_window->named<QSlider>("Rate by hand");
        slider->setSliderDown(true);
        for (const int position : {-190, -180, -190, -200}) slider->setValue(position);
        slider->setSliderDown(false);
        QVERIFY(ordered(id) == RunConfig::constantSchedule(0.01));
    }

    void aNumberTakesHoldWhenItIsTyped() {
        const ScheduleSpec scheduled = falling(0.002, 0.001);
        const RunId id = m_window->addRun(endlessConfig(scheduled));
        QVERIFY(m_window->begin(id));
        auto* number = m_window->named<QLineEdit>("Rate by hand, as a number");
        number->setFocus();
        number->selectAll();
        QTest::keyClicks(number, QStringLiteral("1e-4"));
        QVERIFY(ordered(id) == scheduled); // no step is made with 1
        QTest::keyClick(number, Qt::Key_Return);
        QVERIFY(ordered(id) == RunConfig::constantSchedule(1e-4));
        const int undoable = m_window->undoStack().count();
        QTest::keyClick(number, Qt::Key_Return);
        m_window->plots().setFocus();
        QCOMPARE(m_window->undoStack().count(), undoable); // once is enough
        number->setFocus();
        QTest::keyClick(number, Qt::Key_Up);
        QVERIFY(ordered(id) == RunConfig::constantSchedule(1.26e-4));
        for (const char* nonsense : {"", "-1", "0", "1e7", "x"}) {
            number->selectAll();
            QTest::keyClick(number, Qt::Key_Delete);
            QTest::keyClicks(number, QString::fromLatin1(nonsense));
            QTest::keyClick(number, Qt::Key_Return);
            QVERIFY(ordered(id) == RunConfig::constantSchedule(1.26e-4));
        }
    }

    void aScrollingWheelLeavesTheSliderAlone() {
        const ScheduleSpec scheduled = falling(0.002, 0.001);
        const RunId id = m_window->addRun(endlessConfig(scheduled));
        QVERIFY(m_window->begin(id));
        auto* slider = m_window->named<QSlider>("Rate by hand");
        const auto wheel = [&] {
            const QPointF at = QRectF(slider->rect()).center();
            QWheelEvent event(at, slider->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                              Qt::NoScrollPhase, false);
            QApplication::sendEvent(slider, &event);
        };
        m_window->plots().setFocus();
        wheel();
        QVERIFY(ordered(id) == scheduled);
        slider->setFocus();
        wheel();
        QVERIFY(ordered(id) != scheduled);
    }

    void drivenRatesAreKeptAsASchedule() {
        const RunId id = m_window->addRun(endlessConfig(RunConfig::constantSchedule(0.001)));
        QVERIFY(m_window->begin(id));
        auto* slider = m_window->named<QSlider>("Rate by hand");
        std::size_t changes = 0;
        for (const int position : {-250, -200}) {
            slider->setValue(position);
            QVERIFY(waitForChanges(id, ++changes));
            const std::uint64_t steps = m_window->run(id)->stepCount();
            QVERIFY(m_window->waitFor([&] { return m_window->run(id)->stepCount() > steps + 10; }));
        }
        const std::vector<double> rates = m_window->run(id)->rates;
        m_window->button("Keep as a schedule")->click();
        Window::settle();
        const RunPointer kept = m_window->run(m_window->findChild<RunListPanel*>()->current());
        QVERIFY(kept && kept->id != id && kept->state == RunState::Ready);
        QCOMPARE(kept->config.schedule.type, std::string("piecewise"));
        QCOMPARE(kept->config.schedule.points.size(), std::size_t(3));
        const Schedule schedule(kept->config.schedule, kept->length);
        for (std::size_t i = 0; i < rates.size(); ++i) QCOMPARE(schedule.at(i), rates[i]);
        m_window->key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(!m_window->run(kept->id));
    }
};

QTEST_MAIN(TestMainWindowSchedule)
#include "tst_main_window_schedule.moc"
