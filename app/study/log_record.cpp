// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/log_record.h"

#include "core/data/idx_reader.h"
#include "core/error.h"

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

bool isFinite(const LoggedPoint& point) { return std::isfinite(static_cast<float>(point.value)); }

/// A series as a function of the step: what was logged last holds, and before the first that.
class HeldValue {
public:
    explicit HeldValue(const LoggedSeries& series)
        : m_series(series) {
        std::erase_if(m_series, [](const LoggedPoint& one) { return !std::isfinite(one.value); });
    }
    bool isKnown() const { return !m_series.empty(); }
    double at(std::uint64_t step) const {
        if (!isKnown()) return std::nan("");
        const auto next = std::ranges::upper_bound(m_series, step, {}, &LoggedPoint::step);
        return (next == m_series.begin() ? *next : *(next - 1)).value;
    }

private:
    LoggedSeries m_series;
};

const LoggedSeries& validationsOf(const LoggedRun& log) {
    return log.validationLoss.empty() ? log.validationAccuracy : log.validationLoss;
}

/// Updates of an epoch where validation ends each; none where that cannot be, with the steps at which its number changes.
std::optional<std::uint64_t> stepsPerValidation(const LoggedRun& log) {
    const LoggedSeries& ends = validationsOf(log);
    if (ends.empty() || log.epoch.empty()) return std::nullopt;
    const HeldValue epoch(log.epoch);
    const double first = log.epoch.front().value;
    const std::uint64_t steps = ends.back().step + 1;
    const double epochs = epoch.at(ends.back().step) - first + 1.0;
    if (!(epochs >= 1.0) || std::fmod(static_cast<double>(steps), epochs) != 0.0) return std::nullopt;
    const double each = static_cast<double>(steps) / epochs;
    const auto fits = [&](const LoggedPoint& one) {
        return std::floor(static_cast<double>(one.step) / each) == one.value - first;
    };
    return std::ranges::all_of(log.epoch, fits) ? std::optional(static_cast<std::uint64_t>(each)) : std::nullopt;
}

/// Updates of an epoch, judged by the steps at which its number changes; none where the log does not tell.
std::optional<std::uint64_t> stepsPerEpoch(const LoggedRun& log) {
    if (log.stepsAreEpochs) return 1;
    if (log.epoch.size() < 2) return std::nullopt;
    const LoggedPoint& first = log.epoch.front();
    const LoggedPoint& last = log.epoch.back();
    const double steps = static_cast<double>(last.step - first.step) / (last.value - first.value);
    if (!(steps >= 1.0 && steps <= static_cast<double>(maximumSteps))) return std::nullopt;
    return static_cast<std::uint64_t>(std::llround(steps));
}

void addLosses(const LoggedRun& log, RunRecord& record) {
    const HeldValue rate(log.rate);
    for (const LoggedPoint& point : log.loss) {
        if (!isFinite(point)) continue;
        record.stepNumbers.push_back(point.step);
        record.losses.push_back(static_cast<float>(point.value));
        if (rate.isKnown()) record.rates.push_back(rate.at(point.step));
    }
    record.result.outcome = RunOutcome::Finished;
    if (!log.loss.empty() && !isFinite(log.loss.back())) {
        const auto lastGood = std::ranges::find_if(log.loss.rbegin(), log.loss.rend(), isFinite).base();
        record.result.divergedAt = lastGood->step; // the first behind it
        record.result.outcome = RunOutcome::Diverged;
    }
    record.state = stateOf(record.result.outcome);
}

void addEpochs(const LoggedRun& log, RunRecord& record) {
    const HeldValue rate(log.rate);
    auto loss = log.validationLoss.begin();
    auto accuracy = log.validationAccuracy.begin();
    while (loss != log.validationLoss.end() || accuracy != log.validationAccuracy.end()) {
        const bool hasLoss = loss != log.validationLoss.end() &&
                             (accuracy == log.validationAccuracy.end() || loss->step <= accuracy->step);
        const bool hasAccuracy = accuracy != log.validationAccuracy.end() &&
                                 (loss == log.validationLoss.end() || accuracy->step <= loss->step);
        const LoggedPoint& point = hasLoss ? *loss : *accuracy;
        EpochMetrics epoch;
        epoch.epoch = record.epochs.size() + 1;
        epoch.step = point.step + (log.stepsAreEpochs ? 1 : 0);
        epoch.rate = rate.at(point.step);
        epoch.train = {std::nan(""), std::nan("")};
        epoch.validation = Score{hasLoss ? loss->value : std::nan(""), hasAccuracy ? 1.0 - accuracy->value : std::nan("")};
        epoch.seconds = point.seconds;
        const bool known = std::isfinite(epoch.validation->loss) || std::isfinite(epoch.validation->error);
        if (hasLoss) ++loss;
        if (hasAccuracy) ++accuracy;
        if (known) record.epochs.push_back(epoch);
    }
}

double lastSecond(const LoggedRun& log) {
    double seconds = 0.0;
    for (const LoggedSeries* series : {&log.loss, &log.validationLoss, &log.validationAccuracy})
        if (!series->empty() && series->back().seconds > seconds) seconds = series->back().seconds;
    return std::isfinite(seconds) ? seconds : 0.0;
}

} // namespace

RunRecord recordOf(const LoggedRun& log, const std::filesystem::path& file) {
    RunRecord record;
    record.config.name = fittedName(log.name);
    record.config.validation = 0.0;
    record.config.batchSize = 1; // nobody knows
    record.origin = QStringLiteral("imported from %1").arg(QString::fromStdString(file.filename().string()));
    addLosses(log, record);
    addEpochs(log, record);
    if (record.losses.empty())
        throw Error(file.string() + ": the run “" + record.config.name + "” has no loss that is a finite number");
    std::uint64_t steps = record.stepNumbers.back() + 1;
    if (!record.epochs.empty()) steps = std::max(steps, record.epochs.back().step);
    std::optional<std::uint64_t> perEpoch = stepsPerValidation(log); // few log the first step of each epoch
    if (perEpoch)
        steps = std::max(steps, validationsOf(log).back().step + 1);
    else
        perEpoch = stepsPerEpoch(log);
    if (record.result.divergedAt) steps = std::max(steps, *record.result.divergedAt + 1);
    if (steps > maximumSteps)
        throw Error(file.string() + ": the run “" + record.config.name + "” has step " + std::to_string(steps - 1) +
                    "; allowed: steps below " + std::to_string(maximumSteps));
    record.config.duration.steps = steps;
    record.length.steps = steps;
    record.length.stepsPerEpoch = std::min(perEpoch.value_or(steps), steps);
    if (record.length.stepsPerEpoch <= idxMaximumCount)
        record.length.epochSamples = static_cast<std::uint32_t>(record.length.stepsPerEpoch);
    record.trainSeconds = record.result.trainSeconds = lastSecond(log);
    record.result.steps = steps;
    record.result.epochs = record.length.epochsOf(steps);
    return record;
}

} // namespace ratescope
