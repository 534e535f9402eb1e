// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/schedule_curve.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

class ScheduleWords {
    Q_DECLARE_TR_FUNCTIONS(ScheduleWords)
};

constexpr std::uint64_t mostEpochs = 3000; ///< of an example

/// Where in its stretch of steps a sample is taken: 0 … 1, spread as evenly as any rule can without a period.
double offset(int i) {
    const double x = i * 0.61803398874989485;
    return x - std::floor(x);
}

/// A loss that approaches a floor; the floor falls with the rate.
class MadeUpLoss {
public:
    EpochFigures next(double rateShare) {
        const double floor = 0.15 + 0.45 * std::pow(std::clamp(rateShare, 1e-6, 4.0), 0.35);
        m_loss = floor + (m_loss - floor) * 0.35;
        return {.trainLoss = m_loss, .validationLoss = m_loss, .validationAccuracy = 1.0 - m_loss};
    }
    double value() const { return m_loss; }

private:
    double m_loss = 1.0;
};

DataExample halvingExample(const Schedule& schedule, const RunLength& length, std::uint64_t patience) {
    DataExample example;
    const auto end = static_cast<double>(length.steps - 1);
    const double turn = std::min(static_cast<double>(patience) * 0.6, end / 4.0);
    RateFeedback feedback;
    for (unsigned i = 0; i < 3; ++i) {
        feedback.halvings = i;
        const double from = i * turn;
        const double to = i < 2 ? from + turn : end;
        const double rate = schedule.at(ScheduleTime{}, feedback);
        example.rates.insert(example.rates.end(), {{from, rate}, {to, rate}});
        constexpr int parts = 24;
        for (int k = 0; k <= parts; ++k) {
            const double x = static_cast<double>(k) / parts;
            const double loss =
                i < 2 ? 0.45 - 0.1 * std::sin(3.0 * x) + 0.55 * std::pow(x, 6.0) : 0.12 + 0.33 * std::exp(-4.0 * x);
            example.losses.push_back({from + (to - from) * x, loss});
        }
    }
    return example;
}

bool acts(const Schedule& schedule, const RunLength& length, bool hopeless) {
    RateFeedback feedback;
    MadeUpLoss loss;
    for (std::uint64_t epoch = 0; epoch < std::min(length.epochOf(length.steps - 1), mostEpochs); ++epoch) {
        EpochFigures figures = loss.next(1.0);
        if (hopeless) figures = {.trainLoss = 1.0, .validationLoss = 1.0, .validationAccuracy = 0.1};
        schedule.epochDone((epoch + 1) * length.stepsPerEpoch - 1, figures, feedback);
        if (std::ranges::any_of(feedback.plateaus, [](const PlateauState& one) { return one.rate.has_value(); }))
            return true;
    }
    return false;
}

} // namespace

std::vector<RatePoint> sampledRates(const Schedule& schedule, const RunLength& length, int columns) {
    const auto most = static_cast<std::uint64_t>(std::max(columns, 8)) * 3;
    std::vector<RatePoint> points;
    const auto add = [&](std::uint64_t step) { points.push_back({static_cast<double>(step), schedule.at(step)}); };
    if (length.steps <= most) {
        points.reserve(length.steps + 1);
        for (std::uint64_t step = 0; step < length.steps; ++step) add(step);
        if (length.steps == 1) points.push_back({1.0, points.front().rate});
        return points;
    }
    points.reserve(most + 2);
    add(0);
    const double stretch = static_cast<double>(length.steps - 2) / static_cast<double>(most);
    for (std::uint64_t i = 0; i < most; ++i)
        add(1 + static_cast<std::uint64_t>((static_cast<double>(i) + offset(static_cast<int>(i))) * stretch));
    add(length.steps - 1);
    return points;
}

DataExample exampleOf(const Schedule& schedule, const RunLength& length) {
    if (!schedule.needsFeedback() || length.steps < 2) return {};
    if (const auto patience = schedule.halvingPatience()) return halvingExample(schedule, length, *patience);
    DataExample example;
    const std::uint64_t epochs = length.epochOf(length.steps - 1) + 1;
    if (epochs > mostEpochs) return {};
    RateFeedback feedback;
    MadeUpLoss loss;
    const double first = std::max(schedule.at(0), 1e-12);
    const std::uint64_t pieces = std::clamp<std::uint64_t>(600 / epochs, 1, 60);
    std::uint64_t begin = 0;
    for (std::uint64_t epoch = 0; epoch < epochs && begin < length.steps; ++epoch) {
        std::uint64_t end = std::min(begin + length.stepsPerEpoch, length.steps);
        if (length.grown && epoch + 1 < length.grown->epochStarts.size()) end = length.grown->epochStarts[epoch + 1];
        example.losses.push_back({static_cast<double>(begin), loss.value()});
        for (std::uint64_t i = 0; i <= pieces; ++i) {
            const std::uint64_t step = begin + (end - 1 - begin) * i / pieces;
            example.rates.push_back({static_cast<double>(step), schedule.at(length.timeOf(step), feedback)});
        }
        schedule.epochDone(end - 1, loss.next(example.rates.back().rate / first), feedback);
        begin = end;
    }
    return example;
}

QString noteOnData(const Schedule& schedule, const RunLength& length, const DataExample& example) {
    if (!schedule.needsFeedback()) return {};
    if (schedule.halvingPatience())
        return ScheduleWords::tr(
            "The data decide: the line is what happens as long as the loss holds; dashed: a loss that "
            "runs away twice.");
    const bool drawn = std::ranges::any_of(example.rates, [&](const RatePoint& point) {
        return point.rate != schedule.at(static_cast<std::uint64_t>(point.step));
    });
    if (drawn)
        return ScheduleWords::tr(
            "The data decide: the line is what happens while there is progress; dashed: an example with "
            "made-up data.");
    if (acts(schedule, length, true))
        return ScheduleWords::tr("The data decide: the line is what happens while there is progress.");
    return ScheduleWords::tr("The data decide, but this run ends before the patience does: the rate will not move.");
}

QString warningText(const ScheduleWarning& warning) {
    const QString step = QLocale::c().toString(static_cast<qulonglong>(warning.step));
    const QString rate = numberText(warning.rate);
    switch (warning.kind) {
    case ScheduleWarning::Kind::Negative:
        return ScheduleWords::tr("The rate is below 0 at step %1 (%2): there the loss is climbed, not descended.")
            .arg(step, rate);
    case ScheduleWarning::Kind::Zero:
        return ScheduleWords::tr("The rate is 0 from step %1 on: nothing is learned while it is.").arg(step);
    case ScheduleWarning::Kind::TooHigh:
        return ScheduleWords::tr("The rate is over 1e6 at step %1 (%2): nothing can be learned with it.")
            .arg(step, rate);
    case ScheduleWarning::Kind::NotFinite:
        return ScheduleWords::tr("The rate is no number at step %1: there the run diverges.").arg(step);
    }
    return {};
}

QString numberText(double value) {
    return QLocale::c().toString(value, 'g', 4);
}

} // namespace ratescope
