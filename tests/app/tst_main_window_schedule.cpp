// SPDX-License-Identifier: GPL-3.0-or-later
// Schedules by hand in the window: handles on the plot, the slider, forks.
#include "app/main_window.h"
#include "app/panels/fork_dialog.h"
#include "app/panels/run_list_panel.h"
#include "app/plots/plot_page.h"
#include "app/plots/step_scale.h"
#include "core/schedule/handles.h"
#include "tests/app/app_helpers.h"

#include <QAbstractButton>
#include <QContextMenuEvent>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QTreeWidget>
#include <QUndoStack>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

using namespace ratescope;

namespace {

constexpr int patience = 60'000; // ms, for the slowest machine under a sanitizer
constexpr std::uint64_t endless = 1'000'000'000;

ScheduleSpec falling(double from, double to) {
    ScheduleSpec spec;
    spec.type = "linear";
    spec.values.set("lr", from);
    spec.values.set("end", to);
    return spec;
}

/// A window with hands for its rate plot.
class Window : public MainWindow {
public:
    explicit Window(const QString& state)
        : MainWindow(state) {
        resize(1500, 800);
        show();
    }

    RunPointer run(RunId id) { return controller().find(id); }
    void select(RunId id) { findChild<RunListPanel*>()->select(id); }
    QUndoStack& undoStack() { return *findChild<QUndoStack*>(); }
    QAction* action(const char* text) {
        for (QAction* one : actions() + findChildren<QAction*>())
            if (one->text() == QLatin1String(text)) return one;
        return nullptr;
    }
    template <typename Widget> Widget* named(const char* name) {
        for (Widget* one : findChildren<Widget*>())
            if (one->accessibleName() == QLatin1String(name)) return one;
        return nullptr;
    }
    QAbstractButton* button(const char* text) {
        for (auto* one : findChildren<QAbstractButton*>())
            if (one->text() == QLatin1String(text)) return one;
        return nullptr;
    }

    RunId addRun(const RunConfig& config) {
        const RunId id = controller().add(config);
        select(id);
        settle();
        return id;
    }
    static void settle() {
        for (int i = 0; i < 8; ++i) QApplication::processEvents();
    }
    /// Until that holds, looked at whenever steps or changes of the rate have come.
    template <typename Condition> bool waitFor(Condition condition) {
        QSignalSpy steps(&controller(), &RunController::stepsAppended);
        while (!condition()) // the last steps are told when the run is over
            if (!controller().anyActive() || !steps.wait(patience)) return condition();
        return true;
    }
    bool train(RunId id) {
        controller().start(id);
        return waitFor([&] { return !controller().anyActive(); });
    }
    bool begin(RunId id) {
        controller().start(id);
        const bool begun = waitFor([&] { return run(id)->stepCount() > 0; });
        settle();
        return begun;
    }

    QPointF placeOf(RunId id, double step, double rate) {
        const PlotView view = plots().currentView();
        const QRectF frame = plots().frameOf(PlotPart::Rate);
        const AxisMap x(*view.steps, view.logSteps, frame.left(), frame.left() + frame.width());
        const AxisMap y(*view.rate, view.logRate, frame.top() + frame.height() - 1.0, frame.top() - 1.0);
        return {x.toPixel(StepScale(*run(id), view.stepUnit).keyOf(step)), y.toPixel(rate)};
    }
    void mouse(QEvent::Type type, const QPointF& at) {
        const auto button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
        const auto held = type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton;
        QMouseEvent event(type, at, plots().canvas()->mapToGlobal(at), button, held, Qt::NoModifier);
        QApplication::sendEvent(plots().canvas(), &event);
    }
    void click(const QPointF& at) {
        mouse(QEvent::MouseButtonPress, at);
        mouse(QEvent::MouseButtonRelease, at);
        settle();
    }
    void drag(const QPointF& from, const QPointF& to) {
        mouse(QEvent::MouseButtonPress, from);
        for (const double share : {0.4, 0.7, 1.0}) mouse(QEvent::MouseMove, from + share * (to - from));
        mouse(QEvent::MouseButtonRelease, to);
        settle();
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(&plots(), key, modifiers);
        settle();
    }
};

} // namespace

class TestMainWindowSchedule : public QObject {
    Q_OBJECT

private:
    TestFolder m_folder;
    std::string m_data;
    std::unique_ptr<QTemporaryDir> m_state;
    std::unique_ptr<Window> m_window;

    RunConfig config(const std::string& name, const ScheduleSpec& schedule) const {
        RunConfig made = tinyConfig(m_data, name);
        made.schedule = schedule;
        return made;
    }
    /// Of more steps than a schedule has handles.
    RunConfig longer(const ScheduleSpec& schedule) const {
        RunConfig made = config("longer", schedule);
        made.duration.steps = 101;
        return made;
    }
    RunConfig endlessConfig(const ScheduleSpec& schedule) const {
        RunConfig made = config("endless", schedule);
        made.network = parseLayerList("dense 64, relu, dense 10");
        made.validation = 0.0;
        made.duration.steps = endless;
        return made;
    }
    const ScheduleSpec& ordered(RunId id) const { return m_window->controller().ordered(*m_window->run(id)); }
    bool waitForChanges(RunId id, std::size_t count) {
        return m_window->waitFor([&] { return m_window->run(id)->changes.size() >= count; });
    }

private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setApplicationName(QStringLiteral("ratescope-test"));
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, qtText(m_folder.path("settings")));
        m_data = writeTinyData(m_folder);
    }
    void init() {
        QSettings().clear();
        m_state = std::make_unique<QTemporaryDir>();
        m_window = std::make_unique<Window>(m_state->path());
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void cleanup() {
        m_window.reset();
        m_state.reset();
    }

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
        m_window->drag(m_window->placeOf(id, double(endless), 0.001) + QPointF(-2, 0), m_window->placeOf(id, double(endless), 0.0004));
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
            m_window->drag(m_window->placeOf(id, double(endless), rate) + QPointF(-2, 0), m_window->placeOf(id, double(endless), next));
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
        QVERIFY(m_window->waitFor([&] { return m_window->run(id)->stepCount() > 0 && m_window->run(id)->rates.back() == 0.02; }));
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
            QWheelEvent event(at, slider->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
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

    void aForkOfARunThatGoesOn() {
        const RunId id = m_window->addRun(endlessConfig(falling(0.002, 0.001)));
        QVERIFY(!m_window->action("Fork")->isEnabled());
        QVERIFY(m_window->begin(id));
        QSignalSpy forked(&m_window->controller(), &RunController::forked);
        m_window->key(Qt::Key_B, Qt::ControlModifier);
        QVERIFY(!forked.isEmpty() || forked.wait(patience));
        const auto child = forked[0][1].value<RunId>();
        const std::uint64_t step = m_window->run(child)->config.fork->step;
        QVERIFY(step > 0);
        QCOMPARE(m_window->run(child)->config.fork->run, std::string("endless"));
        QCOMPARE(m_window->findChild<RunListPanel*>()->current(), child);
        QVERIFY(m_window->run(child)->state == RunState::Ready);
        QVERIFY(m_window->run(id)->state == RunState::Running);
        QVERIFY(std::equal(m_window->run(child)->losses.begin(), m_window->run(child)->losses.end(), m_window->run(id)->losses.begin()));
        QVERIFY2(m_window->statusBar()->currentMessage().contains(QStringLiteral("fork at step %1").arg(step)),
                 qPrintable(m_window->statusBar()->currentMessage()));
        m_window->key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(!m_window->run(child));
        m_window->undoStack().redo();
        QVERIFY(m_window->run(child));
        m_window->controller().start(child);
        QVERIFY(m_window->waitFor([&] { return m_window->run(child)->stepCount() > step + 20; }));
    }

    void theForkDialogShowsWhatIsKept() {
        RunConfig three = config("base", falling(0.1, 0.02));
        three.duration.epochs = 3;
        const RunId id = m_window->addRun(three);
        QVERIFY(m_window->train(id));
        m_window->forkRun();
        auto* dialog = m_window->findChild<ForkDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        const auto* states = dialog->findChild<QTreeWidget*>();
        QCOMPARE(states->topLevelItemCount(), 3);
        for (int i = 0; i < 3; ++i) {
            const QTreeWidgetItem* item = states->topLevelItem(i);
            const auto step = static_cast<std::size_t>(10 * (i + 1));
            QCOMPARE(item->text(0), QString::number(step));
            QCOMPARE(item->text(1), QString::number(i + 1));
            QCOMPARE(item->text(2), QLocale::c().toString(m_window->run(id)->rates[step - 1], 'g', 4));
            QCOMPARE(item->text(3), QLocale::c().toString(double(m_window->run(id)->losses[step - 1]), 'g', 4));
            QVERIFY(!item->text(4).isEmpty());
        }
        const auto says = [&](const char* text) {
            return std::ranges::any_of(dialog->findChildren<QLabel*>(), [&](const QLabel* one) { return one->text().contains(QLatin1String(text)); });
        };
        auto* step = dialog->findChild<QSpinBox*>();
        for (auto* one : dialog->findChildren<QSpinBox*>())
            if (one->accessibleName() == QStringLiteral("Step to fork at")) step = one;
        QCOMPARE(step->value(), 20); // the last one that has steps before it
        QVERIFY(says("This state is kept"));
        QVERIFY(says("3 state"));
        QVERIFY(says("MB; of all runs"));
        step->setValue(30);
        QVERIFY(says("From the end it goes on as long again."));
        step->setValue(7);
        QVERIFY(says("trained again"));
        QVERIFY(states->selectedItems().isEmpty());
        dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->click();
        QCOMPARE(m_window->controller().runs().size(), std::size_t(2));
        const RunPointer child = m_window->controller().runs()[1];
        QCOMPARE(child->config.fork, std::optional(ForkSpec{"base", 7}));
        QVERIFY(m_window->train(child->id));
        QVERIFY(m_window->run(child->id)->losses == m_window->run(id)->losses); // nothing was changed
    }

    void returnInTheDialogForksOnce() {
        const RunId id = m_window->addRun(config("base", falling(0.1, 0.02)));
        QVERIFY(m_window->train(id));
        m_window->forkRun();
        auto* dialog = m_window->findChild<ForkDialog*>();
        auto* states = dialog->findChild<QTreeWidget*>();
        states->setFocus();
        states->setCurrentItem(states->topLevelItem(0));
        QTest::keyClick(states, Qt::Key_Return);
        Window::settle();
        QCOMPARE(m_window->controller().runs().size(), std::size_t(2));
        QCOMPARE(m_window->controller().runs()[1]->config.fork->step, std::uint64_t(10));
        const int undoable = m_window->undoStack().count();
        m_window->undoStack().undo();
        QCOMPARE(m_window->controller().runs().size(), std::size_t(1));
        QCOMPARE(m_window->undoStack().count(), undoable);
    }

    void theMemoryForStatesIsRemembered() {
        const RunId id = m_window->addRun(config("base", falling(0.1, 0.02)));
        QVERIFY(m_window->train(id));
        m_window->forkRun();
        QApplication::setActiveWindow(m_window->findChild<ForkDialog*>());
        auto* limit = m_window->named<QSpinBox>("Memory for states of all runs");
        limit->setFocus();
        limit->selectAll();
        QTest::keyClicks(limit, QStringLiteral("1024"));
        QCOMPARE(m_window->controller().checkpoints().limit(), CheckpointShelf::defaultLimit); // 102 is not meant
        QTest::keyClick(limit, Qt::Key_Tab);
        QCOMPARE(m_window->controller().checkpoints().limit(), std::size_t(1024) << 20);
        QCOMPARE(QSettings().value(QStringLiteral("checkpointMegabytes")).toInt(), 1024);
        QTemporaryDir other;
        Window again(other.path());
        QCOMPARE(again.controller().checkpoints().limit(), std::size_t(1024) << 20);
    }

    void theMenuForksAtTheStepUnderTheMouse_data() {
        QTest::addColumn<int>("unit");
        QTest::newRow("steps") << int(StepUnit::Step);
        QTest::newRow("epochs") << int(StepUnit::Epoch);
        QTest::newRow("seconds") << int(StepUnit::Seconds);
    }
    void theMenuForksAtTheStepUnderTheMouse() {
        QFETCH(const int, unit);
        const RunId id = m_window->addRun(config("base", falling(0.1, 0.02)));
        QVERIFY(m_window->train(id));
        PlotView view;
        view.stepUnit = static_cast<StepUnit>(unit);
        m_window->plots().setView(view);
        Window::settle();
        const auto choose = [&](const QPointF& place) {
            QString found;
            QTimer::singleShot(0, m_window.get(), [&] {
                auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
                if (!menu) return;
                for (QAction* action : menu->actions())
                    if (action->text().startsWith(QStringLiteral("Fork “"))) {
                        found = action->text();
                        action->trigger();
                    }
                menu->close();
            });
            QContextMenuEvent event(QContextMenuEvent::Mouse, place.toPoint(), m_window->plots().canvas()->mapToGlobal(place.toPoint()));
            QApplication::sendEvent(&m_window->plots(), &event);
            return found;
        };
        QCOMPARE(choose(m_window->plots().frameOf(PlotPart::RangeTest).center()), QString());
        QCOMPARE(choose(m_window->placeOf(id, 7.0, 0.05)), QStringLiteral("Fork “base” at step 7"));
        QCOMPARE(m_window->controller().runs().size(), std::size_t(2));
        QCOMPARE(m_window->controller().runs()[1]->config.fork, std::optional(ForkSpec{"base", 7}));
    }

    void warningsAreToldAtTheStart_data() {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("told");
        QTest::newRow("negative") << QStringLiteral("0.1 - 0.02*t") << QStringLiteral("at step 6");
        QTest::newRow("zero") << QStringLiteral("max(0, 0.1 - 0.01*t)") << QStringLiteral("at step 10");
        QTest::newRow("too high") << QStringLiteral("(t < 12) ? 0.1 : 2e6") << QStringLiteral("at step 12");
        QTest::newRow("none") << QStringLiteral("0.1 / (1 + t)") << QString();
    }
    void warningsAreToldAtTheStart() {
        QFETCH(const QString, expression);
        QFETCH(const QString, told);
        ScheduleSpec formula;
        formula.type = "formula";
        formula.expression = expression.toStdString();
        const RunId id = m_window->addRun(config("strange", formula));
        QSignalSpy warned(&m_window->controller(), &RunController::warned);
        m_window->controller().start(id);
        QCOMPARE(warned.size(), told.isEmpty() ? 0 : 1);
        const QString message = m_window->statusBar()->currentMessage();
        if (told.isEmpty()) QVERIFY2(!message.contains(QStringLiteral("strange")), qPrintable(message));
        else QVERIFY2(message.startsWith(QStringLiteral("strange: the rate is ")) && message.contains(told), qPrintable(message));
        QVERIFY(m_window->waitFor([&] { return !m_window->controller().anyActive(); }));
    }
};

QTEST_MAIN(TestMainWindowSchedule)
#include "tst_main_window_schedule.moc"
