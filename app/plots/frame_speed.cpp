// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/frame_speed.h"

#include "app/plots/plot_page.h"
#include "app/study/palette.h"
#include "core/data/random.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ratescope {

namespace {

constexpr double presentLineWidth = 3.0;

double median(std::vector<double>& times) {
    std::ranges::nth_element(times, times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2));
    return times[times.size() / 2];
}

/// The milliseconds that `work` and the painting that follows from it take; the median of some.
template <typename Work>
double timeOf(int repeats, Work work) {
    std::vector<double> times;
    for (int i = 0; i < repeats; ++i) {
        QElapsedTimer clock;
        clock.start();
        work(i);
        QApplication::processEvents();
        times.push_back(static_cast<double>(clock.nsecsElapsed()) * 1e-6);
    }
    return median(times);
}

void makeSteps(RunRecord& run, std::size_t steps, int number, RandomStream& random) {
    const Schedule sweep = scheduleOf(run.config, run.length);
    for (std::size_t i = 0; i < steps; ++i) {
        const double share = static_cast<double>(i) / static_cast<double>(steps);
        // The sum of four is near enough to a bell.
        const double noise = double(random.uniform()) + random.uniform() + random.uniform() + random.uniform() - 2.0;
        run.rates.push_back(run.isRangeTest() ? sweep.at(i)
                                              : 0.05 * (1.0 + 0.05 * number) *
                                                    (1.0 + std::cos(std::numbers::pi * share * (1 + number % 5))));
        run.losses.push_back(static_cast<float>((0.15 + 0.02 * number + 2.1 * std::exp(-share * (3.0 + number))) *
                                                std::exp(0.45 * noise)));
    }
}

} // namespace

std::vector<std::shared_ptr<RunRecord>> benchmarkRuns(int count, std::size_t steps, int rangeTests) {
    std::vector<std::shared_ptr<RunRecord>> runs;
    RandomStream random(1, "benchmark");
    for (int i = 0; i < count + rangeTests; ++i) {
        auto run = std::make_shared<RunRecord>();
        run->id = i + 1;
        run->config.name = "run " + std::to_string(i + 1);
        run->config.color = std::string(paletteColors()[static_cast<std::size_t>(i) % paletteColors().size()]);
        run->dash = i / 8 % 4;
        run->state = RunState::Finished;
        if (i >= count) run->config.rangeTest = RangeTestSpec{};
        run->length.steps = run->isRangeTest() ? run->config.rangeTest->steps : steps;
        run->length.stepsPerEpoch = std::max<std::size_t>(1, steps / 20);
        makeSteps(*run, run->length.steps, i, random);
        for (std::uint64_t epoch = 1; epoch <= 20 && !run->isRangeTest(); ++epoch) {
            const std::uint64_t step = epoch * run->length.stepsPerEpoch;
            const double loss = 0.2 + 0.02 * i + 2.0 * std::exp(-0.05 * static_cast<double>(epoch) * (3.0 + i));
            run->epochs.push_back(
                {epoch, step, 0.01, {loss, 0.1 * loss}, Score{1.05 * loss, 0.1 * loss}, static_cast<double>(epoch)});
        }
        runs.push_back(std::move(run));
    }
    return runs;
}

FrameSpeed measureFrames(const std::vector<std::shared_ptr<RunRecord>>& runs, int repeats) {
    PlotPage page;
    page.resize(1920, 1080);
    PlotTheme theme = PlotTheme::light();
    theme.lineWidth = presentLineWidth;
    page.setTheme(theme);
    page.setRuns({runs.begin(), runs.end()});
    page.show();
    QElapsedTimer settling;
    settling.start();
    while (settling.elapsed() < 300) QApplication::processEvents();

    FrameSpeed speed;
    const PlotView fitted = page.currentView();
    const double width = fitted.steps->second;
    speed.replot = timeOf(repeats, [&](int i) {
        PlotView view = page.view();
        view.steps = AxisRange{0.0, width * (0.9 + 0.001 * (i % 50))};
        page.setView(view);
    });
    const auto move = [&](QPointF at) {
        QMouseEvent event(QEvent::MouseMove, at, page.canvas()->mapToGlobal(at), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(page.canvas(), &event);
    };
    speed.crosshair = timeOf(repeats, [&](int i) { move({200.0 + 3 * (i % 100), 400.0 + 2 * (i % 30)}); });
    move({1.0, 1.0});
    speed.smoothing = timeOf(std::max(1, repeats / 10), [&](int i) {
        PlotView view = page.view();
        view.smoothing = i % 2 == 0 ? 0.9 : 0.99;
        page.setView(view);
        for (int round = 0; round < 12; ++round) QApplication::processEvents();
    });
    page.fit();
    for (const auto& run : runs) run->state = RunState::Running;
    for (const auto& run : runs)
        if (!run->isRangeTest()) run->length.steps = 2 * run->stepCount();
    page.refresh();
    QApplication::processEvents();
    speed.append = timeOf(repeats, [&](int) {
        for (const auto& run : runs) {
            if (run->isRangeTest()) continue;
            for (int k = 0; k < 60; ++k) {
                run->rates.push_back(0.02);
                run->losses.push_back(run->losses[run->losses.size() - 5000]);
            }
        }
        page.refresh();
    });
    return speed;
}

} // namespace ratescope
