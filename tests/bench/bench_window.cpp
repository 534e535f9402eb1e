// SPDX-License-Identifier: GPL-3.0-or-later
// How quick the window stays: the time to a painted window and to the first curve; ten runs that stream at full speed, with
// frames a second, how late a heartbeat of 10 ms in the GUI thread comes, and what the window costs the training; and a
// thousand runs of ten thousand steps in the list.
//   bench_window [seconds]      on a display, or with QT_QPA_PLATFORM=offscreen
#include "app/main_window.h"

#include "app/panels/run_list_actions.h"
#include "app/panels/run_list_panel.h"
#include "app/plots/frame_speed.h"
#include "app/plots/plot_page.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>
#include <QTreeView>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

using namespace ratescope;

namespace {

constexpr int beat = 10; // ms
constexpr int streams = 10;

/// Runs the event loop until `done()`; returns the milliseconds that took.
template <typename Done>
double waitUntil(const QElapsedTimer& clock, Done done) {
    while (!done()) QApplication::processEvents();
    return static_cast<double>(clock.nsecsElapsed()) * 1e-6;
}

/// Seconds that this thread has computed.
double threadSeconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

void runFor(int milliseconds) {
    QTimer::singleShot(milliseconds, qApp, [] { QApplication::exit(0); });
    QApplication::exec();
}

/// Counts the paintings of a widget.
class PaintCounter : public QObject {
public:
    explicit PaintCounter(QWidget* watched) { watched->installEventFilter(this); }
    int count = 0;

protected:
    bool eventFilter(QObject*, QEvent* event) override {
        count += event->type() == QEvent::Paint;
        return false;
    }
};

RunConfig streaming(int number) {
    RunConfig config;
    config.name = "stream " + std::to_string(number);
    config.network = *findNetworkPreset("softmax");
    config.batchSize = 128;
    config.schedule = RunConfig::constantSchedule(0.01 * number);
    config.duration.epochs = 100'000; // longer than anybody measures
    return config;
}

std::uint64_t startStreams(RunController& controller) {
    for (int i = 1; i <= streams; ++i) controller.start(controller.add(streaming(i)));
    QElapsedTimer clock;
    clock.start();
    const auto begun = [&] {
        return std::ranges::count_if(controller.runs(), [](const RunPointer& run) { return run->stepCount() > 0; }) >=
               8;
    };
    waitUntil(clock, begun);
    std::uint64_t steps = 0;
    for (const RunPointer& run : controller.runs()) steps += run->stepCount();
    return steps;
}

void stopStreams(RunController& controller) {
    controller.stopAll();
    QElapsedTimer clock;
    clock.start();
    waitUntil(clock, [&] { return !controller.anyActive(); });
}

/// Steps a second of ten runs; with a window also how it fares.
double streamInWindow(int seconds, bool report) {
    const QTemporaryDir state;
    MainWindow window(state.path());
    window.resize(1920, 1080);
    window.show();
    const std::uint64_t before = startStreams(window.controller());
    runFor(500);
    std::vector<double> late;
    QElapsedTimer since;
    QTimer heartbeat;
    heartbeat.setTimerType(Qt::PreciseTimer);
    heartbeat.setInterval(beat);
    QObject::connect(&heartbeat, &QTimer::timeout, &window, [&] {
        late.push_back(std::max(0.0, static_cast<double>(since.nsecsElapsed()) * 1e-6 - beat));
        since.restart();
    });
    PaintCounter frames(window.plots().canvas());
    since.start();
    heartbeat.start();
    const double computed = threadSeconds();
    QElapsedTimer clock;
    clock.start();
    runFor(seconds * 1000);
    heartbeat.stop();
    const double elapsed = static_cast<double>(clock.nsecsElapsed()) * 1e-9;
    const double busy = threadSeconds() - computed;
    std::uint64_t steps = 0;
    for (const RunPointer& run : window.controller().runs()) steps += run->stepCount();
    std::ranges::sort(late);
    const auto at = [&](double share) {
        return late[std::min(late.size() - 1, static_cast<std::size_t>(share * static_cast<double>(late.size())))];
    };
    if (report)
        std::printf("%d runs streaming for %d s: %.1f frames a second, heartbeat late by median %.2f ms, p99 %.2f ms, "
                    "worst %.2f ms; the GUI thread computes %.1f %% of a core\n",
                    streams, seconds, frames.count / elapsed, at(0.5), at(0.99), late.back(), 100.0 * busy / elapsed);
    stopStreams(window.controller());
    return static_cast<double>(steps - before) / (elapsed + 0.5);
}

double streamAlone(int seconds) {
    DataCatalog catalog(DataCatalog::findResources());
    DatasetStore datasets;
    const QTemporaryDir folder;
    StudyStore store; // the window's runs are written as well
    store.open(folder.filePath(QStringLiteral("s.ratescope")).toStdString());
    RunController controller(catalog, datasets, &store, {.maximumActive = 8, .background = true});
    const std::uint64_t before = startStreams(controller);
    QElapsedTimer clock;
    clock.start();
    runFor(seconds * 1000 + 500);
    const double elapsed = static_cast<double>(clock.nsecsElapsed()) * 1e-9;
    std::uint64_t steps = 0;
    for (const RunPointer& run : controller.runs()) steps += run->stepCount();
    stopStreams(controller);
    store.close();
    return static_cast<double>(steps - before) / elapsed;
}

template <typename Work>
void timeOf(const char* what, Work work) {
    QElapsedTimer clock;
    clock.start();
    work();
    QApplication::processEvents();
    std::printf("  %s: %.1f ms\n", what, static_cast<double>(clock.nsecsElapsed()) * 1e-6);
}

void manyRuns() {
    const QTemporaryDir state;
    MainWindow window(state.path());
    window.resize(1920, 1080);
    window.show();
    RunController& controller = window.controller();
    std::vector<RunId> ids;
    std::printf("1000 runs of 10000 steps\n");
    auto runs = benchmarkRuns(1000, 10'000, 0);
    timeOf("taken in", [&] {
        for (const auto& run : runs) {
            run->visible = false;
            ids.push_back(controller.adopt(std::move(*run), true));
        }
    });
    runFor(300);
    auto* list = window.findChild<RunListPanel*>();
    auto* view = list->view();
    timeOf("show one", [&] { list->actions().show({ids[500]}, true); });
    timeOf("show all", [&] { list->actions().showAll(true); });
    QElapsedTimer settling;
    settling.start();
    runFor(3000);
    timeOf("scroll", [&] { view->verticalScrollBar()->setValue(view->verticalScrollBar()->maximum() / 2); });
    timeOf("sort", [&] { view->sortByColumn(3, Qt::DescendingOrder); });
    timeOf("hide all", [&] { list->actions().showAll(false); });
    timeOf("show one", [&] { list->actions().show({ids[10]}, true); });
}

} // namespace

int main(int argc, char** argv) {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    QElapsedTimer clock;
    clock.start();
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    QCoreApplication::setApplicationName(QStringLiteral("ratescope-bench"));
    const QTemporaryDir state;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, state.path());
    const int seconds = argc > 1 ? std::atoi(argv[1]) : 20;
    {
        MainWindow window(state.path());
        window.resize(1920, 1080);
        window.show();
        std::printf("start to window: %.0f ms\n",
                    waitUntil(clock, [&] { return window.isVisible() && !window.visibleRegion().isEmpty(); }));
        clock.restart();
        window.watchANetworkLearn();
        const auto hasCurve = [&] {
            return std::ranges::any_of(window.controller().runs(),
                                       [](const RunPointer& run) { return run->stepCount() > 1; });
        };
        std::printf("click to first curve: %.0f ms\n", waitUntil(clock, hasCurve));
        stopStreams(window.controller());
    }
    double with = 0.0;
    double without = 0.0;
    constexpr int rounds = 3; // in turn: whatever else the machine does falls on both
    for (int round = 0; round < rounds; ++round) {
        with += streamInWindow(seconds / rounds, true) / rounds;
        without += streamAlone(seconds / rounds) / rounds;
    }
    std::printf("training: %.0f steps/s with the window, %.0f without: %.1f %% slower\n", with, without,
                100.0 * (1.0 - with / without));
    manyRuns();
}
