// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/run_record.h"

#include <QImage>

#include <cmath>
#include <memory>

/// A finished run of `steps` updates whose loss falls from 2.3 with a known ripple.
inline std::shared_ptr<ratescope::RunRecord> finishedRun(ratescope::RunId id, std::size_t steps, const std::string& color = "#0072b2") {
    auto run = std::make_shared<ratescope::RunRecord>();
    run->id = id;
    run->config.name = "run " + std::to_string(id);
    run->config.color = color;
    run->length = {steps, std::max<std::size_t>(1, steps / 5)};
    run->state = ratescope::RunState::Finished;
    for (std::size_t i = 0; i < steps; ++i) {
        run->rates.push_back(0.01);
        run->losses.push_back(static_cast<float>(0.3 + 2.0 * std::exp(-5.0 * static_cast<double>(i) / static_cast<double>(steps)) +
                                                 0.05 * std::sin(static_cast<double>(i))));
    }
    return run;
}

/// A finished range test whose loss has a valley at rate 0.1.
inline std::shared_ptr<ratescope::RunRecord> finishedRangeTest(ratescope::RunId id, std::size_t steps = 100) {
    auto run = std::make_shared<ratescope::RunRecord>();
    run->id = id;
    run->config.name = "test " + std::to_string(id);
    run->config.color = "#cc79a7";
    run->config.rangeTest = ratescope::RangeTestSpec{.from = 1e-4, .to = 10.0, .steps = steps, .smoothing = 0.5};
    run->length = {steps, 1000};
    run->state = ratescope::RunState::Finished;
    const ratescope::Schedule sweep = ratescope::scheduleOf(run->config, run->length);
    for (std::size_t i = 0; i < steps; ++i) {
        const double rate = sweep.at(i);
        run->rates.push_back(rate);
        const double x = std::log10(rate) + 1.0; // 0 at rate 0.1
        run->losses.push_back(static_cast<float>(1.0 + std::tanh(x * x - 1.5) * (x < 0 ? 0.5 : 0.9)));
    }
    return run;
}

/// How many pixels of `area` are near that colour.
inline int countPixels(const QImage& image, const QRect& area, const QColor& color, int tolerance = 24) {
    int count = 0;
    for (int y = area.top(); y <= area.bottom(); ++y)
        for (int x = area.left(); x <= area.right(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            count += std::abs(pixel.red() - color.red()) <= tolerance && std::abs(pixel.green() - color.green()) <= tolerance &&
                     std::abs(pixel.blue() - color.blue()) <= tolerance;
        }
    return count;
}
