// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/range_answers.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace ratescope {

RangeAnswers answersOf(const RunRecord& test) { return answersOf(test, rangeCurveOf(test)); }

namespace {

/// A curve from elsewhere with the rates whose losses were no finite numbers: rules count them among the points.
RangeCurve withoutEnd(RangeCurve curve, std::size_t count) {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    if (curve.rates.empty() || curve.rates.size() >= count) return curve;
    curve.rates.resize(count, curve.rates.back());
    for (std::vector<double>* values : {&curve.losses, &curve.smoothed, &curve.slopes}) values->resize(count, none);
    return curve;
}

} // namespace

RangeAnswers answersOf(const RunRecord& test, const RangeCurve& curve) {
    if (test.isImported()) return suggestAll(withoutEnd(curve, test.config.rangeTest.value_or(RangeTestSpec{}).steps));
    switch (test.config.rangeTest.value_or(RangeTestSpec{}).kind) {
    case RangeTestKind::Halving: return suggestHalving(curve, test.state == RunState::Finished);
    case RangeTestKind::Sensitivity: return suggestBest(curve.rates, finalLosses(test));
    case RangeTestKind::FreshStart: return suggestFresh(curve);
    case RangeTestKind::Sweep: break;
    }
    return suggestAll(curve);
}

std::optional<RateZones> zonesOf(const RunRecord& test) { return zonesOf(test, rangeCurveOf(test)); }

std::optional<RateZones> zonesOf(const RunRecord& test, const RangeCurve& curve) {
    const bool ended = divergedFrom(test).has_value();
    switch (test.config.rangeTest.value_or(RangeTestSpec{}).kind) {
    case RangeTestKind::Halving: return std::nullopt; // it knows of one rate that it holds, and of none how well it learns
    case RangeTestKind::Sensitivity: return zonesOfSensitivity(curve.rates, finalLosses(test), ended);
    case RangeTestKind::Sweep:
    case RangeTestKind::FreshStart: break;
    }
    return zonesOfSweep(curve, ended);
}

std::optional<std::size_t> divergedFrom(const RunRecord& test) {
    if (!test.isRangeTest() || test.stepCount() == 0) return std::nullopt;
    const RangeTestSpec& spec = *test.config.rangeTest;
    // A sweep's loss is that before the update: the rate of the step before has led to it.
    if (test.state == RunState::Diverged) return test.stepCount() - (spec.kind == RangeTestKind::Sweep ? 1 : 0);
    if (test.state == RunState::Finished && !test.isImported() && spec.stops() && test.stepCount() < spec.rateCount())
        return test.stepCount() - 1;
    return std::nullopt;
}

std::vector<double> finalLosses(const RunRecord& test) {
    const std::size_t count = test.losses.size();
    std::vector<double> losses(test.losses.begin(), test.losses.end());
    if (test.validations.size() >= count)
        std::ranges::transform(test.validations.begin(), test.validations.begin() + static_cast<std::ptrdiff_t>(count),
                               losses.begin(), &Score::loss);
    return losses;
}

RunPointer testFor(const RunRecord& run, const std::vector<RunPointer>& runs) {
    if (run.isRangeTest() || run.isImported()) return nullptr;
    const RunConfig& wanted = run.config;
    const auto rank = [&](const RunRecord& test) {
        return std::tuple(test.config.seed == wanted.seed, test.config.rangeTest->kind == RangeTestKind::Sweep,
                          test.config.optimizer == wanted.optimizer);
    };
    RunPointer best;
    for (const RunPointer& test : runs) {
        if (!test->isRangeTest() || test->isImported() || !test->visible || test->config.fork) continue;
        if (test->state != RunState::Finished && test->state != RunState::Diverged) continue;
        if (test->config.rangeTest->kind == RangeTestKind::Halving) continue;
        const RunConfig& config = test->config;
        if (config.batchSize != wanted.batchSize || config.loss != wanted.loss ||
            config.optimizer.type != wanted.optimizer.type || config.network.layers != wanted.network.layers ||
            config.data != wanted.data || config.startFrom != wanted.startFrom)
            continue;
        if (!best || rank(*test) >= rank(*best)) best = test;
    }
    return best;
}

} // namespace ratescope
