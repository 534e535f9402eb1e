// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/main_window.h"
#include "app/panels/run_list_panel.h"
#include "app/plots/plot_page.h"
#include "app/plots/step_scale.h"
#include "tests/app/app_helpers.h"

#include <QAbstractButton>
#include <QMouseEvent>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

#include <memory>

inline constexpr int patience = 60'000; // ms, for the slowest machine under a sanitizer
inline constexpr std::uint64_t endless = 1'000'000'000;

inline ratescope::ScheduleSpec falling(double from, double to) {
    ratescope::ScheduleSpec spec;
    spec.type = "linear";
    spec.values.set("lr", from);
    spec.values.set("end", to);
    return spec;
}

/// A window with hands for its rate plot.
class Window : public ratescope::MainWindow {
public:
    explicit Window(const QString& state)
        : ratescope::MainWindow(state) {
        resize(1500, 800);
        show();
    }

    ratescope::RunPointer run(ratescope::RunId id) { return controller().find(id); }
    void select(ratescope::RunId id) { findChild<ratescope::RunListPanel*>()->select(id); }
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

    ratescope::RunId addRun(const ratescope::RunConfig& config) {
        const ratescope::RunId id = controller().add(config);
        select(id);
        settle();
        return id;
    }
    static void settle() {
        for (int i = 0; i < 8; ++i) QApplication::processEvents();
    }
    /// Until that holds, looked at whenever steps or changes of the rate have come.
    template <typename Condition> bool waitFor(Condition condition) {
        QSignalSpy steps(&controller(), &ratescope::RunController::stepsAppended);
        while (!condition()) // the last steps are told when the run is over
            if (!controller().anyActive() || !steps.wait(patience)) return condition();
        return true;
    }
    bool train(ratescope::RunId id) {
        controller().start(id);
        return waitFor([&] { return !controller().anyActive(); });
    }
    bool begin(ratescope::RunId id) {
        controller().start(id);
        const bool begun = waitFor([&] { return run(id)->stepCount() > 0; });
        settle();
        return begun;
    }

    QPointF placeOf(ratescope::RunId id, double step, double rate) {
        const ratescope::PlotView view = plots().currentView();
        const QRectF frame = plots().frameOf(ratescope::PlotPart::Rate);
        const ratescope::AxisMap x(*view.steps, view.logSteps, frame.left(), frame.left() + frame.width());
        const ratescope::AxisMap y(*view.rate, view.logRate, frame.top() + frame.height() - 1.0, frame.top() - 1.0);
        return {x.toPixel(ratescope::StepScale(*run(id), view.stepUnit).keyOf(step)), y.toPixel(rate)};
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

/// A new window for every test, over the tiny data.
class ScheduleWindowFixture : public QObject {
protected:
    TestFolder m_folder;
    std::string m_data;
    std::unique_ptr<QTemporaryDir> m_state;
    std::unique_ptr<Window> m_window;

    ratescope::RunConfig config(const std::string& name, const ratescope::ScheduleSpec& schedule) const {
        ratescope::RunConfig made = tinyConfig(m_data, name);
        made.schedule = schedule;
        return made;
    }
    /// Of more steps than a schedule has handles.
    ratescope::RunConfig longer(const ratescope::ScheduleSpec& schedule) const {
        ratescope::RunConfig made = config("longer", schedule);
        made.duration.steps = 101;
        return made;
    }
    ratescope::RunConfig endlessConfig(const ratescope::ScheduleSpec& schedule) const {
        ratescope::RunConfig made = config("endless", schedule);
        made.network = ratescope::parseLayerList("dense 64, relu, dense 10");
        made.validation = 0.0;
        made.duration.steps = endless;
        return made;
    }
    const ratescope::ScheduleSpec& ordered(ratescope::RunId id) const {
        return m_window->controller().ordered(*m_window->run(id));
    }
    bool waitForChanges(ratescope::RunId id, std::size_t count) {
        return m_window->waitFor([&] { return m_window->run(id)->changes.size() >= count; });
    }

    void prepare() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setApplicationName(QStringLiteral("ratescope-test"));
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, qtText(m_folder.path("settings")));
        m_data = writeTinyData(m_folder);
    }
    void open() {
        QSettings().clear();
        m_state = std::make_unique<QTemporaryDir>();
        m_window = std::make_unique<Window>(m_state->path());
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void close() {
        m_window.reset();
        m_state.reset();
    }
};
