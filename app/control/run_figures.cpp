// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/control/run_figures.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

/// The texts' place among the translations.
struct RunFigures {
    Q_DECLARE_TR_FUNCTIONS(RunListModel)
};

} // namespace

std::optional<double> lastLoss(const RunRecord& run) {
    // A single batch's loss jumps; the mean of the last ones is what a person wants to read.
    constexpr std::size_t window = 50;
    if (run.losses.empty()) return std::nullopt;
    const std::size_t count = run.isRangeTest() ? 1 : std::min(window, run.losses.size());
    double sum = 0.0;
    for (std::size_t i = run.losses.size() - count; i < run.losses.size(); ++i) sum += run.losses[i];
    return sum / static_cast<double>(count);
}

std::optional<double> validationAccuracy(const RunRecord& run) {
    if (run.epochs.empty() || !run.epochs.back().validation) return std::nullopt;
    const double error = run.epochs.back().validation->error;
    return std::isnan(error) ? std::nullopt : std::optional(1.0 - error); // a log may know the loss alone
}

std::optional<double> epochsTrained(const RunRecord& run) {
    if (run.isRangeTest() || run.stepCount() == 0) return std::nullopt;
    if (run.isLog()) // one that tells of no epochs is no epoch
        return run.length.stepsPerEpoch < run.length.steps ? std::optional(run.length.epochsOf(run.length.steps)) : std::nullopt;
    return run.length.epochsOf(run.stepCount());
}

QString durationText(double seconds) {
    const auto whole = static_cast<qint64>(std::ceil(seconds));
    const auto two = [](qint64 value) { return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0')); };
    if (whole >= 3600) return QStringLiteral("%1:%2:%3").arg(whole / 3600).arg(two(whole / 60 % 60), two(whole % 60));
    return QStringLiteral("%1:%2").arg(whole / 60).arg(two(whole % 60));
}

QString figureText(double value) { return QString::number(value, 'g', 4); }

QString stateText(const RunRecord& run) {
    switch (run.state) {
    case RunState::Ready: return RunFigures::tr("ready");
    case RunState::Waiting: return RunFigures::tr("waiting");
    case RunState::Running: {
        if (run.stepCount() == 0) return RunFigures::tr("loading");
        const QString percent = QStringLiteral("%1 %").arg(static_cast<int>(run.progress() * 100.0));
        const auto left = run.secondsLeft();
        return left ? RunFigures::tr("%1 · %2 left").arg(percent, durationText(*left)) : percent;
    }
    case RunState::Paused: return RunFigures::tr("paused at %1 %").arg(static_cast<int>(run.progress() * 100.0));
    case RunState::Finished: return RunFigures::tr("finished");
    case RunState::Diverged: return RunFigures::tr("diverged at %1").arg(run.result.divergedAt.value_or(run.stepCount()));
    case RunState::StoppedEarly: return RunFigures::tr("stopped early");
    case RunState::Cancelled: return RunFigures::tr("stopped at %1").arg(run.stepCount());
    case RunState::Failed: return RunFigures::tr("failed");
    }
    return {};
}

QString stateName(RunState state) {
    switch (state) {
    case RunState::Ready: return RunFigures::tr("ready");
    case RunState::Waiting: return RunFigures::tr("waiting");
    case RunState::Running: return RunFigures::tr("running");
    case RunState::Paused: return RunFigures::tr("paused");
    case RunState::Finished: return RunFigures::tr("finished");
    case RunState::Diverged: return RunFigures::tr("diverged");
    case RunState::StoppedEarly: return RunFigures::tr("stopped early");
    case RunState::Cancelled: return RunFigures::tr("stopped");
    case RunState::Failed: return RunFigures::tr("failed");
    }
    return {};
}

QString shareText(double share) { return QString::number(share * 100.0, 'f', 2) + QStringLiteral(" %"); }

QString speedText(double speed) {
    if (speed >= 1e6) return RunFigures::tr("%1 M").arg(speed / 1e6, 0, 'f', 2);
    return speed >= 1e4 ? RunFigures::tr("%1 k").arg(speed / 1000.0, 0, 'f', 0) : QString::number(speed, 'f', 0);
}

} // namespace ratescope
