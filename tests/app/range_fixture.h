// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/figure.h"
#include "tests/app/gui_helpers.h"

#include <qcustomplot.h>

#include <vector>

using MutableRun = std::shared_ptr<ratescope::RunRecord>;

/// The seed's range test: another curve than the other seeds', its valley a little elsewhere.
inline MutableRun testOfSeed(ratescope::RunId id, std::uint64_t seed, std::size_t steps = 100) {
    auto run = finishedRangeTest(id, steps);
    run->config.seed = seed;
    for (std::size_t i = 0; i < steps; ++i) {
        const double x = std::log10(run->rates[i]) + 1.0 + 0.1 * static_cast<double>(seed);
        run->losses[i] = static_cast<float>(1.0 + 0.05 * static_cast<double>(seed * seed) +
                                            std::tanh(x * x - 1.5) * (x < 0 ? 0.5 : 0.9));
    }
    return run;
}

/// With validation figures after each of its rates.
inline MutableRun validated(MutableRun run) {
    run->config.rangeTest->validation = 100;
    for (const float loss : run->losses) run->validations.push_back({loss + 0.25, 0.2 * static_cast<double>(loss)});
    return run;
}

/// Rates 8, 4, 2 … that end where the loss is a number.
inline MutableRun halvingTest(ratescope::RunId id) {
    auto run = std::make_shared<ratescope::RunRecord>();
    run->id = id;
    run->config.name = "halving";
    run->config.color = "#0072b2";
    run->config.rangeTest = ratescope::RangeTestSpec::of(ratescope::RangeTestKind::Halving);
    run->config.rangeTest->from = 0.01;
    run->config.rangeTest->to = 8.0;
    run->state = ratescope::RunState::Finished;
    run->rates = {8.0, 4.0, 2.0, 1.0, 0.5};
    run->losses = {std::numeric_limits<float>::infinity(), 30.0F, 5.0F, 3.0F, 0.9F};
    run->length = {5, 100};
    return run;
}

/// A curve that was measured elsewhere, at rates of its own.
inline MutableRun importedTest(ratescope::RunId id) {
    auto run = std::make_shared<ratescope::RunRecord>();
    run->id = id;
    run->config.name = "finder";
    run->config.color = "#009e73";
    run->config.rangeTest = ratescope::RangeTestSpec{.smoothing = 0.0};
    run->origin = QStringLiteral("finder.csv");
    run->state = ratescope::RunState::Finished;
    double rate = 2e-4;
    for (int i = 0; i < 60; ++i) {
        run->rates.push_back(rate);
        run->losses.push_back(static_cast<float>(2.0 - 0.02 * i));
        rate *= i % 5 == 0 ? 1.6 : 1.03;
    }
    run->length = {60, 1};
    return run;
}

/// A figure that is laid out and drawn as for a picture.
struct DrawnFigure {
    explicit DrawnFigure(const std::vector<ratescope::RunPointer>& runs, const ratescope::PlotView& view = {},
                         ratescope::PlotPart part = ratescope::PlotPart::Page, QSize size = {1500, 600})
        : figure(plot, part) {
        figure.setCoreWords([](const QString& text) { return QStringLiteral("«%1»").arg(text); });
        figure.setView(view);
        figure.setRuns(runs);
        ratescope::FigureDrawing drawing = figure.record(size, 1.0);
        drawing.axes = QPicture(); // the curves alone, and what belongs to them
        drawing.background = Qt::white;
        image = drawing.toImage();
    }
    ratescope::Figure::FrameView frame(ratescope::PlotPlace place) const { return *figure.frame(place); }
    std::vector<ratescope::Figure::Mark> marks(ratescope::Figure::Mark::Kind kind) const {
        std::vector<ratescope::Figure::Mark> found;
        for (const auto& mark : figure.marks())
            if (mark.kind == kind) found.push_back(mark);
        return found;
    }

    QCustomPlot plot;
    ratescope::Figure figure;
    QImage image;
};
