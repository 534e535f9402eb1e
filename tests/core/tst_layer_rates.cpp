// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "problems.h"
#include "small_runs.h"

#include <QTest>

#include <cmath>

using namespace ratescope;

namespace {

std::shared_ptr<const Dataset> data() { return makeDataset(80, 20, 6, 5); }

RunConfig configOf(const char* layers, const char* optimizer, double rate, const std::vector<double>& layerRates) {
    RunConfig config = smallConfig(layers, rate);
    config.optimizer.type = optimizer;
    config.layerRates = layerRates;
    return config;
}

/// The weights and biases of that layer among those with weights.
std::vector<float> layerOf(const std::vector<Tensor>& weights, std::size_t layer) {
    std::vector<float> values = weights[2 * layer].values;
    values.insert(values.end(), weights[2 * layer + 1].values.begin(), weights[2 * layer + 1].values.end());
    return values;
}

bool sameFloats(const std::vector<float>& a, const std::vector<float>& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

constexpr const char* mlp = "dense 14, tanh, dropout 0.2, dense 12, relu, dense 10";
constexpr const char* conv = "conv2d 5 2, relu, maxpool, conv2d 4 2, tanh, flatten, dense 10";

} // namespace

class TestLayerRates : public QObject {
    Q_OBJECT

private slots:
    // With every rule, weight decay included where it has one: 0 leaves weights as they are, to the bit; the others move.
    void zeroFreezes_data() {
        QTest::addColumn<QString>("layers");
        QTest::addColumn<QString>("optimizer");
        for (const OptimizerInfo& rule : optimizerTable())
            for (const char* layers : {mlp, conv})
                QTest::addRow("%s, %s", rule.type.c_str(), layers == mlp ? "mlp" : "conv")
                    << layers << QString::fromStdString(rule.type);
    }
    void zeroFreezes() {
        QFETCH(const QString, layers);
        QFETCH(const QString, optimizer);
        const std::vector<double> patterns[] = {{0, 1, 1}, {1, 0, 1}, {1, 1, 0}, {0, 0, 1}, {1, 0, 0}, {0, 0.5, 0}};
        for (const std::vector<double>& rates : patterns) {
            RunConfig config = configOf(qPrintable(layers), qPrintable(optimizer), 0.02, rates);
            if (findParameter(findOptimizer(config.optimizer.type)->parameters, "weight_decay"))
                config.optimizer.values.set("weight_decay", 0.1);
            QCOMPARE(problemText(config.validate(infoOf(*data()))), std::string());
            Trainer trainer(config, data());
            const std::vector<Tensor> before = trainer.weights();
            const RunRecord run = runToEnd(trainer);
            QVERIFY(run.result.outcome == RunOutcome::Finished);
            for (std::size_t layer = 0; layer < 3; ++layer)
                QCOMPARE(sameFloats(layerOf(before, layer), layerOf(run.weights, layer)), rates[layer] == 0.0);
        }
    }

    // For SGD a layer's rate is the rate: all of them halved are the run at half the rate, bit by bit.
    void isTheRateOfSgd_data() {
        QTest::addColumn<double>("momentum");
        QTest::newRow("plain") << 0.0;
        QTest::newRow("momentum") << 0.9;
    }
    void isTheRateOfSgd() {
        QFETCH(const double, momentum);
        RunConfig halved = configOf(mlp, "sgd", 0.2, {0.5, 0.5, 0.5});
        halved.optimizer.values.set("momentum", momentum);
        RunConfig plain = configOf(mlp, "sgd", 0.1, {});
        plain.optimizer.values.set("momentum", momentum);
        const RunRecord a = runToEnd(halved, data());
        const RunRecord b = runToEnd(plain, data());
        QVERIFY(sameBits(a.weights, b.weights));
        for (std::size_t s = 0; s < a.steps.size(); ++s) {
            QCOMPARE(a.steps[s].loss, b.steps[s].loss);
            QCOMPARE(a.steps[s].rate, 0.2); // what is recorded is the schedule's
        }
    }

    // The first update knows nothing of the other layers' rates: each goes as far as its own takes it.
    void eachLayerHasItsOwn() {
        RunConfig config = configOf(conv, "sgd", 0.2, {});
        config.duration.steps = 1;
        Trainer fresh(config, data());
        const std::vector<Tensor> before = fresh.weights();
        const RunRecord plain = runToEnd(config, data());
        config.layerRates = {0.25, 1.0, 3.0};
        const RunRecord scaled = runToEnd(config, data());
        QCOMPARE(scaled.steps[0].loss, plain.steps[0].loss);
        for (std::size_t layer = 0; layer < 3; ++layer) {
            const std::vector<float> from = layerOf(before, layer);
            const std::vector<float> to = layerOf(plain.weights, layer);
            const std::vector<float> found = layerOf(scaled.weights, layer);
            for (std::size_t k = 0; k < from.size(); ++k) {
                const double expected = from[k] + config.layerRates[layer] * (double(to[k]) - from[k]);
                QVERIFY(std::abs(found[k] - expected) < 1e-6);
            }
        }
        QVERIFY(sameFloats(layerOf(scaled.weights, 1), layerOf(plain.weights, 1)));
        QVERIFY(!sameFloats(layerOf(scaled.weights, 0), layerOf(plain.weights, 0)));
    }

    void onesAreNone() {
        for (const OptimizerInfo& rule : optimizerTable()) {
            const RunRecord given = runToEnd(configOf(mlp, rule.type.c_str(), 0.01, {1.0, 1.0, 1.0}), data());
            VERIFY_SAME_RUN(given, runToEnd(configOf(mlp, rule.type.c_str(), 0.01, {}), data()));
        }
    }

    // A range test and a growing batch see to the schedule; the layers' rates multiply whatever it is.
    void besideARangeTest() {
        RunConfig config = configOf(mlp, "adam", 0.1, {0.0, 1.0, 2.0});
        config.rangeTest = RangeTestSpec{.from = 1e-4, .to = 1e-2, .steps = 12};
        const RunRecord run = runToEnd(config, data());
        QCOMPARE(run.steps.size(), std::size_t(12));
        // Its losses are those of a training whose schedule goes the same way.
        RunConfig plain = config;
        plain.rangeTest.reset();
        plain.duration.steps = 12;
        plain.schedule = scheduleSpec("exponential", {{"lr", 1e-4}, {"gamma", 100.0}, {"period", 11}});
        const RunRecord trained = runToEnd(plain, data());
        for (std::size_t i = 0; i < 12; ++i) VERIFY_NEAR(run.steps[i].loss, trained.steps[i].loss, 1e-6);
        config.layerRates.clear();
        QVERIFY(std::abs(runToEnd(config, data()).steps[11].loss - run.steps[11].loss) > 1e-3);
    }

    void validation_data() {
        QTest::addColumn<QList<double>>("rates");
        QTest::addColumn<QString>("says");
        QTest::newRow("none") << QList<double>{} << "";
        QTest::newRow("three") << QList<double>{0, 1, 1e6} << "";
        QTest::newRow("two") << QList<double>{1, 1}
                             << "layer_rates: holds 2 numbers; expected 3, one for each layer with weights\n";
        QTest::newRow("four") << QList<double>{1, 1, 1, 1}
                              << "layer_rates: holds 4 numbers; expected 3, one for each layer with weights\n";
        QTest::newRow("negative") << QList<double>{1, -0.5, 1}
                                  << "layer_rates[1]: is -0.5; allowed: a number from 0 (frozen) to 1e6\n";
        QTest::newRow("too large") << QList<double>{1, 1, 1.5e6}
                                   << "layer_rates[2]: is 1500000; allowed: a number from 0 (frozen) to 1e6\n";
        QTest::newRow("two at once") << QList<double>{-1, 1, std::nan("")}
                                     << "layer_rates[0]: is -1; allowed: a number from 0 (frozen) to 1e6\n"
                                        "layer_rates[2]: is nan; allowed: a number from 0 (frozen) to 1e6\n";
        QTest::newRow("all frozen") << QList<double>{0, 0, 0}
                                    << "layer_rates: freezes every layer; nothing is left to train\n";
    }
    void validation() {
        QFETCH(const QList<double>, rates);
        QFETCH(const QString, says);
        const RunConfig config = configOf(mlp, "sgd", 0.1, {rates.begin(), rates.end()});
        QCOMPARE(problemText(config.validate()), says.toStdString());
        QCOMPARE(problemText(config.validate(infoOf(*data()))), says.toStdString());
    }
};

QTEST_APPLESS_MAIN(TestLayerRates)
#include "tst_layer_rates.moc"
