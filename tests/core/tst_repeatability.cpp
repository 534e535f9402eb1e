// SPDX-License-Identifier: GPL-3.0-or-later
#include "problems.h"
#include "small_runs.h"

#include <QTest>

#include <array>
#include <thread>

using namespace ratescope;

namespace {

struct Case {
    const char* name;
    const char* layers;
    const char* optimizer;
    double rate;
    std::uint32_t batch;
    bool background; ///< whether two thirds of the pixels are 0 and listed
};

// Large enough for helpers to be called (Trainer leaves small batches to one thread), and dropout wherever it can stand.
constexpr Case cases[] = {
    {"mlp", "dense 96, tanh, dropout 0.3, dense 10", "adam", 0.01, 64, false},
    {"mlp on listed pixels", "dropout 0.2, dense 96, relu, dropout 0.3, dense 10", "adamw", 0.01, 64, false},
    {"listed pixels first", "dense 96, sigmoid, dense 24, relu, dropout 0.5, dense 10", "rmsprop", 0.005, 50, true},
    {"conv", "conv2d 16, relu, maxpool, dropout 0.25, conv2d 16, tanh, maxpool, flatten, dense 16, dropout 0.5, dense 10",
     "nadam", 0.01, 40, false},
    {"conv on listed pixels", "conv2d 20 5, relu, maxpool, flatten, dropout 0.4, dense 10", "local_gains", 0.1, 64, true},
};

RunConfig configOf(const Case& one) {
    RunConfig config = smallConfig(one.layers, one.rate);
    config.optimizer.type = one.optimizer;
    config.batchSize = one.batch;
    config.validation = 0.25;
    return config;
}

std::shared_ptr<const Dataset> dataOf(const Case& one) { return makeDataset(300, 270, 12, 12, one.background); }

void addRows() {
    QTest::addColumn<int>("index");
    for (int i = 0; i < int(std::size(cases)); ++i) QTest::newRow(cases[i].name) << i;
}

} // namespace

/// A run is a function of its configuration, to the last bit: losses, figures, weights.
class TestRepeatability : public QObject {
    Q_OBJECT

private slots:
    void coresMakeNoDifference_data() { addRows(); }
    void coresMakeNoDifference() {
        QFETCH(const int, index);
        const RunConfig config = configOf(cases[index]);
        const auto data = dataOf(cases[index]);
        QCOMPARE(problemText(config.validate(infoOf(*data))), std::string());
        QVERIFY(networkCost(config.network, imageShape(12, 12)).training * config.batchSize > 2e6);
        const RunRecord alone = runToEnd(config, data);
        QVERIFY(alone.result.outcome == RunOutcome::Finished);
        VERIFY_SAME_RUN(runToEnd(config, data), alone);
        for (const unsigned cores : {1U, 2U, 3U}) {
            CoreBudget budget(cores);
            VERIFY_SAME_RUN(runToEnd(config, data, {&budget, 0}), alone);
        }
        CoreBudget budget(3);
        VERIFY_SAME_RUN(runToEnd(config, data, {&budget, 2}), alone);
    }

    // Runs that share the cores get fewer or more of them as others come and go.
    void runsBesideMakeNoDifference_data() { addRows(); }
    void runsBesideMakeNoDifference() {
        QFETCH(const int, index);
        const auto data = dataOf(cases[index]);
        std::array<RunConfig, 3> configs;
        configs.fill(configOf(cases[index]));
        configs[1].duration.epochs = 1;
        configs[2].seed = 2;
        std::array<RunRecord, 3> alone;
        for (std::size_t i = 0; i < 3; ++i) alone[i] = runToEnd(configs[i], data);
        std::array<RunRecord, 3> together;
        CoreBudget budget(3);
        {
            std::array<std::jthread, 3> threads;
            for (std::size_t i = 0; i < 3; ++i)
                threads[i] = std::jthread([&, i] { together[i] = runToEnd(configs[i], data, {&budget, 0}); });
        }
        for (std::size_t i = 0; i < 3; ++i) VERIFY_SAME_RUN(together[i], alone[i]);
    }

    void seedsDiffer() {
        const auto data = dataOf(cases[0]);
        RunConfig config = configOf(cases[0]);
        const RunRecord first = runToEnd(config, data);
        config.seed = 2;
        const RunRecord second = runToEnd(config, data);
        QVERIFY(first.steps[0].loss != second.steps[0].loss);
        QVERIFY(first.result.test != second.result.test);
        QVERIFY(!sameBits(first.weights, second.weights));
    }

    // The same weights and the same samples in every step: what differs is the mask. It has to, and with the seed too.
    void masksDifferFromStepToStep() {
        const auto data = makeDataset(60, 10);
        RunConfig config = smallConfig("dense 30, relu, dropout 0.5, dense 10", 1e-30);
        config.batchSize = 60;
        config.duration.epochs = 4;
        const RunRecord dropping = runToEnd(config, data);
        config.seed = 2;
        const RunRecord otherwise = runToEnd(config, data);
        config.network = parseLayerList("dense 30, relu, dense 10");
        const RunRecord whole = runToEnd(config, data);
        for (std::size_t s = 1; s < 4; ++s) {
            QVERIFY(std::abs(dropping.steps[s].loss - dropping.steps[0].loss) > 1e-3F);
            QVERIFY(std::abs(otherwise.steps[s].loss - dropping.steps[s].loss) > 1e-3F);
            QVERIFY(std::abs(whole.steps[s].loss - whole.steps[0].loss) < 1e-5F); // in another order
        }
        QCOMPARE(otherwise.result.test, whole.result.test); // evaluation drops nothing
    }
};

QTEST_APPLESS_MAIN(TestRepeatability)
#include "tst_repeatability.moc"
