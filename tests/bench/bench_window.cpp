// SPDX-License-Identifier: GPL-3.0-or-later
// How quick the window stays while five runs and range tests go on: a heartbeat of 10 ms in the GUI thread, and how late
// it comes, over a minute. Also the time from start to a painted window and from the click to the first curve.
//   bench_window [seconds]      on a display, or with QT_QPA_PLATFORM=offscreen
#include "app/main_window.h"

#include "app/plots/plot_page.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace ratescope;

namespace {

constexpr int beat = 10; // ms

/// Runs the event loop until `done()`; returns the milliseconds that took.
template <typename Done>
double waitUntil(const QElapsedTimer& clock, Done done) {
    while (!done()) QApplication::processEvents();
    return static_cast<double>(clock.nsecsElapsed()) * 1e-6;
}

void startFiveRuns(RunController& controller) {
    for (const double rate : {0.5, 0.2, 0.1, 0.05, 0.01}) {
        RunConfig config;
        config.name = "rate " + shortest(rate);
        config.schedule = RunConfig::constantSchedule(rate);
        config.duration.epochs = 100000; // longer than anybody measures
        controller.start(controller.add(config));
    }
}

void startRangeTest(RunController& controller) {
    RunConfig config;
    config.name = "range test";
    config.rangeTest = RangeTestSpec{.from = 1e-5, .to = 1.0, .steps = 20000};
    controller.start(controller.add(config));
}

} // namespace

int main(int argc, char** argv) {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    QElapsedTimer clock;
    clock.start();
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("ratescope-bench"));
    QTemporaryDir state;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, state.path());
    const int seconds = argc > 1 ? std::atoi(argv[1]) : 60;
    MainWindow window(state.path());
    window.resize(1920, 1080);
    window.show();
    std::printf("start to window: %.0f ms\n", waitUntil(clock, [&] { return window.isVisible() && !window.visibleRegion().isEmpty(); }));

    clock.restart();
    window.watchANetworkLearn();
    const auto hasCurve = [&] {
        return std::ranges::any_of(window.controller().runs(), [](const RunPointer& run) { return run->stepCount() > 1; });
    };
    std::printf("click to first curve: %.0f ms\n", waitUntil(clock, hasCurve));
    window.controller().stopAll();
    waitUntil(clock, [&] { return !window.controller().anyActive(); });

    startFiveRuns(window.controller());
    startRangeTest(window.controller());
    std::vector<double> late;
    QElapsedTimer since;
    QTimer heartbeat;
    heartbeat.setTimerType(Qt::PreciseTimer);
    heartbeat.setInterval(beat);
    QObject::connect(&heartbeat, &QTimer::timeout, &window, [&] {
        late.push_back(std::max(0.0, static_cast<double>(since.nsecsElapsed()) * 1e-6 - beat));
        since.restart();
    });
    // One range test after the other, so that there is always one going on.
    QTimer again;
    QObject::connect(&again, &QTimer::timeout, &window, [&] {
        const auto& runs = window.controller().runs();
        if (std::ranges::none_of(runs, [](const RunPointer& run) { return run->isRangeTest() && isActive(run->state); }))
            startRangeTest(window.controller());
    });
    since.start();
    heartbeat.start();
    again.start(1000);
    QTimer::singleShot(seconds * 1000, &application, [] { QApplication::exit(0); }); // quit() would ask about saving
    QApplication::exec();
    heartbeat.stop();
    again.stop();

    std::uint64_t steps = 0;
    for (const RunPointer& run : window.controller().runs()) steps += run->stepCount();
    std::ranges::sort(late);
    const auto at = [&](double share) { return late[std::min(late.size() - 1, static_cast<std::size_t>(share * static_cast<double>(late.size())))]; };
    std::printf("heartbeat over %d s: %zu beats, late by median %.2f ms, p99 %.2f ms, worst %.2f ms; %llu steps plotted\n", seconds, late.size(),
                at(0.5), at(0.99), late.back(), static_cast<unsigned long long>(steps));
    window.controller().stopAll();
}
