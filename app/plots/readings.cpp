// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/readings.h"

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

/// Error or accuracy of the first epoch that ends at that step or later.
std::optional<double> scoreAt(const RunRecord& run, std::uint64_t step, Quantity quantity) {
    for (const EpochMetrics& epoch : run.epochs)
        if (epoch.step >= step) {
            const double score = scoreValue(epoch.train, quantity);
            return std::isnan(score) ? std::nullopt : std::optional(score); // a log may not tell
        }
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
        if (!(place >= 0.0 && place < static_cast<double>(run.isLog() ? run.stepCount() : run.length.steps))) continue;
        RunReading reading;
        reading.entry = entry;
        reading.step = static_cast<std::uint64_t>(place);
        if (reading.step < entry->begin) continue; // there its parent speaks for it
        const std::size_t done = entry->curves->count();
        if (reading.step < done) {
            reading.value = view.quantity == Quantity::Difference ? figure.differenceAt(*entry, reading.step)
                            : isScore(view.quantity)              ? scoreAt(run, run.stepNumber(reading.step), view.quantity)
                                                                  : entry->curves->smoothedLoss(reading.step);
            reading.rate = run.rateAt(reading.step);
        } else if (!isOver(run.state)) {
            reading.rate = entry->curves->rateAhead(reading.step);
        } else {
            continue;
        }
        readings.push_back(reading);
    }
    return readings;
}

namespace {

std::optional<TestReading> readTest(const Figure::Entry& entry, double rate) {
    const RangeCurve& curve = entry.curves->range();
    const double place = std::round(StepScale(entry.run(), StepUnit::Step).stepOf(rate));
    if (!(place >= 0.0 && place < static_cast<double>(curve.smoothed.size()))) return std::nullopt;
    const auto step = static_cast<std::size_t>(place);
    TestReading reading{.entry = &entry, .rate = curve.rates[step], .loss = curve.smoothed[step]};
    if (step < curve.slopes.size()) reading.slope = curve.slopes[step];
    if (step < entry.curves->validated()) {
        reading.validation = entry.run().validations[step].loss;
        reading.accuracy = scoreValue(entry.run().validations[step], Quantity::Accuracy);
    }
    return reading;
}

std::optional<TestReading> readSeeds(const Figure& figure, const SeedTest& group, double rate) {
    const auto step = group.indexAt(rate);
    const SeedRange& range = group.range();
    if (!step || *step >= range.smoothed.size()) return std::nullopt;
    TestReading reading{.entry = figure.entryOf(group.members().front()->run().id),
                        .group = &group,
                        .rate = range.rates[*step],
                        .loss = range.smoothed[*step].middle};
    const auto middle = [&](const std::vector<ValueSpread>& values) {
        return *step < values.size() ? std::optional(values[*step].middle) : std::nullopt;
    };
    reading.slope = middle(range.slopes);
    reading.validation = middle(group.validation());
    reading.accuracy = middle(group.accuracy());
    if (*step < range.diverged.size())
        reading.diverged =
            static_cast<std::size_t>(std::lround(range.diverged[*step] * static_cast<double>(group.members().size())));
    return reading;
}

} // namespace

std::vector<TestReading> readTests(const Figure& figure, double rate) {
    std::vector<TestReading> readings;
    for (const Figure::Entry* entry : figure.shown())
        if (entry->run().isRangeTest() && entry->drawn)
            if (const auto reading = readTest(*entry, rate)) readings.push_back(*reading);
    for (const auto& group : figure.testGroups())
        if (const auto reading = readSeeds(figure, *group, rate)) readings.push_back(*reading);
    return readings;
}

} // namespace ratescope
