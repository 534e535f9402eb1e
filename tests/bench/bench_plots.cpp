// SPDX-License-Identifier: GPL-3.0-or-later
// How quickly the plot page draws 20 runs of 100,000 steps, or what is asked for.
//   bench_plots [runs] [steps] [repeats]      with QT_QPA_PLATFORM=offscreen, or on a display
#include "app/plots/frame_speed.h"

#include <QApplication>

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const int runs = argc > 1 ? std::atoi(argv[1]) : 20;
    const auto steps = static_cast<std::size_t>(argc > 2 ? std::atoi(argv[2]) : 100'000);
    const int repeats = argc > 3 ? std::atoi(argv[3]) : 100;
    const ratescope::FrameSpeed speed = ratescope::measureFrames(ratescope::benchmarkRuns(runs, steps, 4), repeats);
    std::printf("replot %.2f ms, crosshair %.2f ms, all runs grown %.2f ms, smoothing %.1f ms\n", speed.replot,
                speed.crosshair, speed.append, speed.smoothing);
}
