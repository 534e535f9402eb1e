// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocations.h"
#include "small_runs.h"

#include <QTest>

#include <atomic>

namespace {

std::atomic<long> allocations{0};

} // namespace

void allocated(std::size_t) { allocations.fetch_add(1, std::memory_order_relaxed); }

using namespace ratescope;

namespace {

struct Case {
    const char* name;
    const char* layers;
    const char* optimizer;
    unsigned threads;
    bool background;
};

// Batches large enough for the second thread to be called.
constexpr Case cases[] = {
    {"mlp with adam, 1 thread", "dense 96, relu, dense 10", "adam", 1, false},
    {"mlp with adam, 2 threads", "dense 96, relu, dense 10", "adam", 2, false},
    {"mlp on listed pixels, 2 threads", "dense 96, tanh, dense 10", "sgd", 2, true},
    {"conv with dropout, 1 thread",
     "conv2d 16, relu, maxpool, dropout 0.25, conv2d 16, tanh, maxpool, dropout 0.25, flatten, dense 10", "adam", 1, false},
    {"conv with dropout, 2 threads",
     "conv2d 16, relu, maxpool, dropout 0.25, conv2d 16, sigmoid, maxpool, dropout 0.2, flatten, dense 10", "rmsprop", 2,
     true},
    {"pooling alone, 2 threads", "maxpool, conv2d 64, relu, flatten, dense 10", "adabound", 2, false},
};

/// What run() takes memory for: threads that help, and whatever the test at the end needs.
long allocationsOf(const RunConfig& config, const std::shared_ptr<const Dataset>& data, unsigned threads) {
    CoreBudget budget(2);
    Trainer trainer(config, data, {&budget, threads});
    const TrainingControl control;
    MetricsChannel channel;
    RunObserver observer;
    const long before = allocations.load();
    trainer.run(control, channel, observer);
    return allocations.load() - before;
}

} // namespace

class TestTrainingAllocations : public QObject {
    Q_OBJECT

private slots:
    void theCounterCounts() {
        if (!RATESCOPE_SEES_ALLOCATIONS) QSKIP("no way to count allocations with this library");
        const long before = allocations.load();
        const auto one = std::make_unique<std::vector<int>>(1000);
        QCOMPARE(allocations.load() - before, 2L);
        QCOMPARE(one->size(), std::size_t(1000));
    }

    // A long run takes memory as often as a short one: none is taken from step to step or from epoch to epoch.
    void noneInTheLoop_data() {
        QTest::addColumn<int>("index");
        for (int i = 0; i < int(std::size(cases)); ++i) QTest::newRow(cases[i].name) << i;
    }
    void noneInTheLoop() {
        QFETCH(const int, index);
        if (!RATESCOPE_SEES_ALLOCATIONS) QSKIP("no way to count allocations with this library");
        const Case& one = cases[index];
        const auto data = makeDataset(50 * 20, 60, 12, 12, one.background);
        RunConfig config = smallConfig(one.layers, 0.01);
        config.optimizer.type = one.optimizer;
        config.schedule = scheduleSpec("cyclical", {{"lr", 0.001}, {"max_lr", 0.01}, {"half_period", 4}, {"mode", 0}});
        config.batchSize = 40;
        config.validation = 0.2; // 20 steps an epoch
        QVERIFY(networkCost(config.network, imageShape(12, 12)).training * config.batchSize > 2e6);
        const auto taken = [&](std::uint64_t steps) {
            config.duration.steps = steps;
            return allocationsOf(config, data, one.threads);
        };
        taken(1); // tables that are made once
        const long atFirst = taken(3);
        QCOMPARE(taken(20), atFirst);
        QCOMPARE(taken(45), atFirst);
    }
};

QTEST_APPLESS_MAIN(TestTrainingAllocations)
#include "tst_training_allocations.moc"
