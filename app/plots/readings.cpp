// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/readings.h"

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

/// Error or accuracy of the first epoch that ends at that step or later.
std::optional<double> scoreAt(const RunRecord& run, std::uint64_t step, Quantity quantity) {
    for (const EpochMetrics& epoch : run.epochs)
        if (epoch.step >= step) return scoreValue(epoch.train, quantity);
    return std::nullopt;
}

} // namespace

std::vector<RunReading> readRuns(const Figure& figure, double x) {
    std::vector<RunReading> readings;
    const PlotView& view = figure.view();
    for (const Figure::Entry* entry : figure.shown()) {
        const RunRecord& run = entry->run();
        if (run.isRangeTest()) continue;
        const double place = std::round(StepScale(run, view.stepUnit).stepOf(x));
        if (!(place >= 0.0 && place < static_cast<double>(run.length.steps))) continue;
        RunReading reading;
        reading.entry = entry;
        reading.step = static_cast<std::uint64_t>(place);
        if (reading.step < entry->begin) continue; // there its parent speaks for it
        const std::size_t done = entry->curves->count();
        if (reading.step < done) {
            reading.value = view.quantity == Quantity::Difference ? figure.differenceAt(*entry, reading.step)
                            : isScore(view.quantity)              ? scoreAt(run, reading.step, view.quantity)
                                                                  : entry->curves->smoothedLoss(reading.step);
            reading.rate = run.rates[reading.step];
        } else if (!isOver(run.state)) {
            reading.rate = entry->curves->rateAhead(reading.step);
        } else {
            continue;
        }
        readings.push_back(reading);
    }
    return readings;
}

std::vector<TestReading> readTests(const Figure& figure, double rate) {
    std::vector<TestReading> readings;
    for (const Figure::Entry* entry : figure.shown()) {
        if (!entry->run().isRangeTest()) continue;
        const RangeCurve& curve = entry->curves->range();
        const double place = std::round(StepScale(entry->run(), StepUnit::Step).stepOf(rate));
        if (!(place >= 0.0 && place < static_cast<double>(curve.smoothed.size()))) continue;
        const auto step = static_cast<std::size_t>(place);
        TestReading reading{entry, curve.rates[step], curve.smoothed[step], std::nullopt};
        if (step < curve.slopes.size()) reading.slope = curve.slopes[step];
        readings.push_back(reading);
    }
    return readings;
}

} // namespace ratescope
