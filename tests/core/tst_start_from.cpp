// SPDX-License-Identifier: GPL-3.0-or-later
#include "problems.h"
#include "small_runs.h"

#include <QTest>

#include <algorithm>
#include <limits>

using namespace ratescope;

namespace {

constexpr const char* mlp = "dense 14, tanh, dense 12, relu, dense 10";
constexpr const char* conv = "conv2d 5 2, relu, maxpool, flatten, dense 9, tanh, dense 10";

std::shared_ptr<const Dataset> data() { return makeDataset(96, 40, 6, 5); }

RunConfig configOf(const QString& layers) {
    RunConfig config = smallConfig(layers.toStdString(), 0.2);
    config.duration.epochs = 3;
    return config;
}

/// The same run of other initial weights.
RunConfig otherwise(RunConfig config) {
    config.seed = 99;
    return config;
}

std::vector<Tensor> reversed(std::vector<Tensor> tensors) {
    std::ranges::reverse(tensors);
    return tensors;
}

void addNetworks() {
    QTest::addColumn<QString>("layers");
    QTest::newRow("mlp") << mlp;
    QTest::newRow("conv") << conv;
}

} // namespace

class TestStartFrom : public QObject {
    Q_OBJECT

private slots:
    void takesTheWeights_data() { addNetworks(); }
    void takesTheWeights() {
        QFETCH(const QString, layers);
        const RunRecord source = runToEnd(configOf(layers), data());
        Trainer trainer(otherwise(configOf(layers)), data());
        QVERIFY(!sameBits(trainer.weights(), source.weights));
        trainer.startFrom(source.weights, false, "source");
        QVERIFY(sameBits(trainer.weights(), source.weights));
        // What it trains and evaluates are these weights: with a rate that moves nothing their figures are the source's.
        RunConfig still = otherwise(configOf(layers));
        still.schedule = RunConfig::constantSchedule(1e-30);
        Trainer other(still, data());
        other.startFrom(reversed(source.weights), false, "source"); // found by name
        const RunRecord run = runToEnd(other);
        QVERIFY(run.result.test == source.result.test);
        QVERIFY(sameBits(run.weights, source.weights));
    }

    // Training goes by them from the first update on, in all layers, backwards too.
    void trainsFromThem_data() { addNetworks(); }
    void trainsFromThem() {
        QFETCH(const QString, layers);
        const RunRecord source = runToEnd(configOf(layers), data());
        RunConfig config = otherwise(configOf(layers));
        config.duration.steps = 2;
        Trainer started(config, data());
        started.startFrom(source.weights, false, "source");
        Trainer given(config, data());
        for (std::size_t i = 0; i < source.weights.size(); ++i) assign(given.network().parameters()[i], source.weights[i].values);
        given.network().weightsChanged();
        VERIFY_SAME_RUN(runToEnd(started), runToEnd(given));
    }

    // Two runs that start from the same weights differ in nothing but what else their configurations say.
    void isRepeatable() {
        const RunRecord source = runToEnd(configOf(mlp), data());
        const auto continued = [&] {
            Trainer trainer(otherwise(configOf(mlp)), data());
            trainer.startFrom(source.weights, true, "source");
            return runToEnd(trainer);
        };
        VERIFY_SAME_RUN(continued(), continued());
        QVERIFY(!sameBits(continued().weights, source.weights));
    }

    // Tensors that this network does not have may be there as well.
    void leavesOutWhatItDoesNotNeed() {
        std::vector<Tensor> weights = runToEnd(configOf(mlp), data()).weights;
        const std::vector<Tensor> wanted = weights;
        weights.insert(weights.begin(), {"9.weight", {2}, {1.0F, 2.0F}});
        Trainer trainer(configOf(mlp), data());
        trainer.startFrom(weights, false, "source");
        QVERIFY(sameBits(trainer.weights(), wanted));
    }

    void drawsANewHead_data() { addNetworks(); }
    void drawsANewHead() {
        QFETCH(const QString, layers);
        for (const std::uint64_t seed : {1U, 5U}) {
            RunConfig config = configOf(layers);
            config.seed = seed;
            config.init = Init::He;
            const std::vector<Tensor> fresh = Trainer(config, data()).weights();
            const std::vector<Tensor> source = runToEnd(otherwise(configOf(layers)), data()).weights;
            Trainer trainer(config, data());
            trainer.startFrom(source, true, "source");
            const std::vector<Tensor> started = trainer.weights();
            for (std::size_t i = 0; i < started.size(); ++i) {
                const bool head = i + 2 >= started.size(); // the last weight and bias
                QVERIFY(started[i] == (head ? fresh[i] : source[i]));
                QVERIFY(started[i] != (head ? source[i] : fresh[i]));
            }
        }
    }

    // A head of another number of classes, or none at all, is no matter to one that begins anew.
    void aNewHeadNeedsNoOld() {
        std::vector<Tensor> source = runToEnd(configOf(mlp), data()).weights;
        source[4] = {"4.weight", {7, 12}, std::vector<float>(84, 0.5F)};
        source.pop_back();
        Trainer trainer(configOf(mlp), data());
        const Tensor head = trainer.weights()[4];
        trainer.startFrom(source, true, "source");
        QVERIFY(trainer.weights()[0] == source[0]);
        QVERIFY(trainer.weights()[4] == head);
    }

    void saysWhatIsWrong_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("target");
        QTest::addColumn<bool>("newHead");
        QTest::addColumn<QString>("says");
        QTest::newRow("fits") << mlp << mlp << false << "";
        QTest::newRow("other functions between") << mlp << "dense 14, relu, dense 12, sigmoid, dense 10" << false << "";
        QTest::newRow("missing layer") << mlp << "dense 14, tanh, dense 12, relu, dropout 0.1, dense 10" << false
                                       << "a.safetensors: holds no weights named “5.weight”, which this network has";
        QTest::newRow("missing head, drawn anew")
            << mlp << "dense 14, tanh, dense 12, relu, dropout 0.1, dense 10" << true << "";
        QTest::newRow("other width") << mlp << "dense 15, tanh, dense 12, relu, dense 10" << false
                                     << "a.safetensors: “0.weight” is 14 × 30; this network's is 15 × 30";
        QTest::newRow("other width above") << mlp << "dense 14, tanh, dense 11, relu, dense 10" << true
                                           << "a.safetensors: “2.weight” is 12 × 14; this network's is 11 × 14";
        QTest::newRow("kernels") << conv << "conv2d 5 3, relu, maxpool, flatten, dense 9, tanh, dense 10" << false
                                 << "a.safetensors: “0.weight” is 5 × 1 × 2 × 2; this network's is 5 × 1 × 3 × 3";
        QTest::newRow("filters") << conv << "conv2d 6 2, relu, maxpool, flatten, dense 9, tanh, dense 10" << false
                                 << "a.safetensors: “0.weight” is 5 × 1 × 2 × 2; this network's is 6 × 1 × 2 × 2";
    }
    void saysWhatIsWrong() {
        QFETCH(const QString, source);
        QFETCH(const QString, target);
        QFETCH(const bool, newHead);
        QFETCH(const QString, says);
        const std::vector<Tensor> weights = Trainer(configOf(source), data()).weights();
        Trainer trainer(configOf(target), data());
        const std::string text = errorOf([&] { trainer.startFrom(weights, newHead, "a.safetensors"); });
        QCOMPARE(text, says.toStdString());
    }

    void saysThatTheHeadCouldBeginAnew() {
        std::vector<Tensor> weights = Trainer(configOf(mlp), data()).weights();
        weights[4] = {"4.weight", {7, 12}, std::vector<float>(84, 0.5F)};
        Trainer trainer(configOf(mlp), data());
        QCOMPARE(errorOf([&] { trainer.startFrom(weights, false, "run “a”"); }),
                 std::string("run “a”: “4.weight” is 7 × 12; this network's is 10 × 12 "
                             "(new_head would begin the last layer anew)"));
        weights[4] = {"4.weight", {}, {0.5F}};
        QCOMPARE(errorOf([&] { trainer.startFrom(weights, false, "a"); }),
                 std::string("a: “4.weight” is a single number; this network's is 10 × 12 "
                             "(new_head would begin the last layer anew)"));
    }

    void refusesWhatIsNotFinite_data() {
        QTest::addColumn<float>("value");
        QTest::newRow("NaN") << std::numeric_limits<float>::quiet_NaN();
        QTest::newRow("infinity") << std::numeric_limits<float>::infinity();
    }
    void refusesWhatIsNotFinite() {
        QFETCH(const float, value);
        std::vector<Tensor> weights = Trainer(configOf(conv), data()).weights();
        weights[2].values[3] = value;
        Trainer trainer(configOf(conv), data());
        QCOMPARE(errorOf([&] { trainer.startFrom(weights, false, "a.safetensors"); }),
                 std::string("a.safetensors: holds weights that are not finite numbers"));
    }

    // Fine-tuning: what is frozen stays the source's, the new head learns.
    void besideFrozenLayers() {
        const RunRecord source = runToEnd(configOf(conv), data());
        RunConfig config = otherwise(configOf(conv));
        config.layerRates = {0.0, 0.0, 1.0};
        Trainer trainer(config, data());
        trainer.startFrom(source.weights, true, "source");
        const std::vector<Tensor> before = trainer.weights();
        const RunRecord run = runToEnd(trainer);
        for (std::size_t i = 0; i < 4; ++i) QVERIFY(run.weights[i] == source.weights[i]);
        QVERIFY(run.weights[4] != before[4]);
        QVERIFY(run.epochs.back().train.loss < run.epochs.front().train.loss);
    }
};

QTEST_APPLESS_MAIN(TestStartFrom)
#include "tst_start_from.moc"
