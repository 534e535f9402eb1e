// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/control/range_test_runs.h"

#include <QCoreApplication>

#include <algorithm>

namespace ratescope {

namespace {

struct RangeTestRuns {
    Q_DECLARE_TR_FUNCTIONS(RangeTestRuns)
};

constexpr std::size_t nameRoom = 40; ///< bytes for what stands behind a name

QString behindName(RangeTestKind kind) {
    switch (kind) {
    case RangeTestKind::Sweep: return RangeTestRuns::tr("range test");
    case RangeTestKind::FreshStart: return RangeTestRuns::tr("fresh start");
    case RangeTestKind::Halving: return RangeTestRuns::tr("halving");
    case RangeTestKind::Sensitivity: return RangeTestRuns::tr("sensitivity");
    }
    return {};
}

/// The name without what a test of it, or of a seed of it, has behind it.
QString stemOf(const QString& name) {
    for (const RangeTestKind kind :
         {RangeTestKind::Sweep, RangeTestKind::FreshStart, RangeTestKind::Halving, RangeTestKind::Sensitivity}) {
        const qsizetype at = name.lastIndexOf(QStringLiteral(", ") + behindName(kind));
        if (at > 0) return name.left(at);
    }
    return name;
}

std::string nameOf(const RunRecord* base, RangeTestKind kind, std::uint64_t seed) {
    QString name = behindName(kind);
    if (base) {
        const QString own = QString::fromStdString(base->config.name);
        const QString stem = base->isRangeTest() ? stemOf(own) : own;
        const bool bare = base->isRangeTest() && stem == own; // a test of another name
        name = bare && kind == base->config.rangeTest->kind
                   ? own
                   : QStringLiteral("%1, %2").arg(QString::fromStdString(fittedName(stem.toStdString(), nameRoom)), name);
    }
    if (seed > 0) name = RangeTestRuns::tr("%1, seed %2").arg(name, QString::number(seed));
    return fittedName(name.toStdString());
}

} // namespace

RangeTestOrder usualOrder(const RunRecord* base) {
    RangeTestOrder order;
    if (!base || base->isImported()) return order;
    order.trainSamples = base->config.trainSamples;
    if (!base->isRangeTest()) return order;
    order.test = *base->config.rangeTest;
    if (base->config.fork) order.goesOnAfter = base->config.fork->step;
    return order;
}

bool canGoOnFrom(const RunRecord& run) {
    if (run.isRangeTest()) return run.config.fork.has_value() && !run.isImported();
    return run.stepCount() > 0 && !run.config.schedule.batchGrowth && run.state != RunState::Diverged &&
           run.state != RunState::Failed;
}

std::vector<RunConfig> rangeTestRuns(const RunRecord* base, const RangeTestOrder& order) {
    if (base && base->isImported()) base = nullptr;
    RunConfig config = base ? base->config : RunConfig{};
    config.color.clear();
    config.earlyStopping.reset();
    config.snapshots = false;
    config.schedule.batchGrowth = false;
    config.schedule.maxBatch = 0;
    const bool goesOn = order.goesOnAfter && base && canGoOnFrom(*base);
    if (goesOn) {
        if (!base->isRangeTest()) config.fork = ForkSpec{base->config.name, std::min(*order.goesOnAfter, base->stepCount())};
        config.startFrom.reset();
    } else {
        config.fork.reset();
        config.trainSamples = order.trainSamples;
    }
    const std::uint64_t first = config.seed;
    const std::uint32_t seeds = goesOn ? 1 : std::max(1U, order.seeds); // a run that goes on has the seed of what it was
    std::vector<RunConfig> tests;
    for (std::uint64_t i = 0; i < seeds; ++i) {
        config.seed = first + i;
        const std::uint64_t shownSeed = i > 0 ? config.seed : 0;
        config.rangeTest = order.test;
        config.name = nameOf(base, order.test.kind, shownSeed);
        tests.push_back(config);
        if (!order.alsoFresh || order.test.kind != RangeTestKind::Sweep) continue;
        RangeTestSpec fresh = RangeTestSpec::of(RangeTestKind::FreshStart);
        fresh.from = order.test.from;
        fresh.to = order.test.to;
        fresh.steps = order.test.steps;
        fresh.exponential = order.test.exponential;
        fresh.stopFactor = order.test.stopFactor;
        fresh.validation = order.test.validation;
        fresh.stepsPerRate = order.freshSteps;
        config.rangeTest = fresh;
        config.name = nameOf(base, fresh.kind, shownSeed);
        tests.push_back(config);
    }
    return tests;
}

RunConfig trainingOf(const RunRecord& test) {
    RunConfig config = test.config;
    config.rangeTest.reset();
    config.color.clear();
    config.name = stemOf(QString::fromStdString(config.name)).toStdString();
    const std::uint64_t steps = config.duration.steps.value_or(config.duration.epochs * test.length.stepsPerEpoch);
    if (config.fork && steps <= config.fork->step)
        config.duration = {RunDuration{}.epochs, std::min(config.fork->step + steps, maximumSteps)};
    return config;
}

RangeTestEffort effortOf(const std::vector<RunConfig>& tests, std::uint64_t stepsPerEpoch) {
    RangeTestEffort effort;
    effort.tests = tests.size();
    constexpr double evaluation = 1.0 / 3.0; // of what training costs: no gradients
    for (const RunConfig& config : tests) {
        const RangeTestSpec& test = *config.rangeTest;
        const bool anew = test.kind != RangeTestKind::Sweep;
        effort.rates = test.rateCount();
        effort.stepsPerRate = test.updatesPerRate(stepsPerEpoch);
        effort.steps += effort.rates * effort.stepsPerRate;
        const double asked = test.validation + (anew ? rangeTestProbe : 0.0);
        effort.samples += static_cast<double>(effort.rates) *
                          (static_cast<double>(effort.stepsPerRate) * config.batchSize + asked * evaluation);
    }
    return effort;
}

} // namespace ratescope
