// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "network_examples.h"
#include "reference_network.h"

#include <QTest>

using namespace ratescope;

namespace {

/// Layers that pad their weights, and that do not.
constexpr const char* paddedNetwork = "conv2d 3 3, relu, maxpool 2, conv2d 17 2, tanh, flatten, dense 21, relu, dense 10";

std::vector<float> valuesOf(const ParameterView& view) { return tensorOf(view).values; }

} // namespace

class TestNetwork : public QObject {
    Q_OBJECT

private slots:
    void namesAndShapesOfThePresets() {
        using Extents = std::vector<std::int64_t>;
        struct Expected {
            std::string name;
            Extents shape;
            std::size_t layer;
        };
        const std::map<std::string, std::vector<Expected>> presets{
            {"softmax", {{"0.weight", {10, 784}, 0}, {"0.bias", {10}, 0}}},
            {"mlp", {{"0.weight", {128, 784}, 0}, {"0.bias", {128}, 0}, {"2.weight", {10, 128}, 1}, {"2.bias", {10}, 1}}},
            {"cnn",
             {{"0.weight", {32, 1, 3, 3}, 0}, {"0.bias", {32}, 0}, {"4.weight", {64, 32, 3, 3}, 1}, {"4.bias", {64}, 1},
              {"9.weight", {256, 1600}, 2}, {"9.bias", {256}, 2}, {"11.weight", {10, 256}, 3}, {"11.bias", {10}, 3}}},
        };
        for (const auto& [name, tensors] : presets) {
            const Network network(*findNetworkPreset(name), imageShape(28, 28), useFor(2));
            QCOMPARE(network.parameters().size(), tensors.size());
            std::uint64_t count = 0;
            for (std::size_t t = 0; t < tensors.size(); ++t) {
                const ParameterView& view = network.parameters()[t];
                QCOMPARE(view.name, tensors[t].name);
                QCOMPARE(view.shape, tensors[t].shape);
                QCOMPARE(view.layer, tensors[t].layer);
                QCOMPARE(view.gradients.size(), view.values.size());
                QCOMPARE(reinterpret_cast<std::uintptr_t>(view.values.data()) % 64, std::uintptr_t(0));
                QCOMPARE(view.values.data(), network.weights().data() + view.offset);
                count += static_cast<std::uint64_t>(view.count());
            }
            QCOMPARE(count, parameterCount(*findNetworkPreset(name), imageShape(28, 28)));
            QCOMPARE(network.parameterFloats(), network.weights().size());
        }
    }

    void networksThatAreNeverTrainedHaveNoGradients() {
        Network network = makeNetwork(paddedNetwork, 10, 9, {.evaluationBatch = 5});
        const SampleSet set = makeImages(5, 10, 9, 1);
        WorkerTeam team;
        for (const ParameterView& view : network.parameters()) QVERIFY(view.gradients.empty());
        QVERIFY(std::isfinite(network.evaluate({set, backwards(5)}, team).lossSum));
    }

    // The limits of both rules, by hand: fan in is what an output is made of, fan out what an input goes into.
    void initialWeights_data() {
        QTest::addColumn<QString>("layers");
        QTest::addColumn<QList<double>>("glorot");
        QTest::addColumn<QList<double>>("he");
        // Images of 10 × 9: 90 → 60 → 10.
        QTest::newRow("dense") << "dense 60, relu, dense 10" << QList<double>{6.0 / 150, 6.0 / 70}
                               << QList<double>{6.0 / 90, 6.0 / 60};
        // 1·3² → 24·3²; 24·2² → 40·2²; then 40·7·6 values.
        QTest::newRow("conv2d") << "conv2d 24 3, conv2d 40 2, flatten, dense 10"
                                << QList<double>{6.0 / (9 + 216), 6.0 / (96 + 160), 6.0 / (1680 + 10)}
                                << QList<double>{6.0 / 9, 6.0 / 96, 6.0 / 1680};
    }
    void initialWeights() {
        QFETCH(QString, layers);
        QFETCH(QList<double>, glorot);
        QFETCH(QList<double>, he);
        for (const Init init : {Init::Glorot, Init::He}) {
            const QList<double>& squares = init == Init::Glorot ? glorot : he;
            Network network = makeNetwork(layers.toStdString(), 10, 9, useFor(1));
            network.initialize(init, 42);
            const auto parameters = network.parameters();
            for (std::size_t t = 0; t < parameters.size(); t += 2) {
                const double limit = std::sqrt(squares[qsizetype(t / 2)]);
                const std::vector<float> values = valuesOf(parameters[t]);
                const auto [low, high] = std::ranges::minmax(values);
                QVERIFY(low >= -limit && low < -0.98 * limit);
                QVERIFY(high <= limit && high > 0.98 * limit);
                // The tensor's values, as PyTorch numbers them, are the draws of its own stream, one after the other.
                RandomStream stream(42, "weights", t);
                for (const float value : values)
                    QVERIFY(std::abs(value - stream.uniform(-float(limit), float(limit))) <= 2e-7 * limit);
                for (const float bias : valuesOf(parameters[t + 1])) QVERIFY(bias == 0.0F);
            }
            QVERIFY(paddingIsZero(network));
        }
    }

    void initialWeightsAreTheSeeds() {
        const auto weights = [](std::uint64_t seed) {
            Network network = makeNetwork("dense 10, tanh, dense 10", 2, 5, useFor(1));
            network.initialize(Init::Glorot, seed);
            return std::pair(valuesOf(network.parameters()[0]), valuesOf(network.parameters()[2]));
        };
        QVERIFY(weights(1) == weights(1));
        QVERIFY(weights(2) != weights(1));
        // Both layers are of one size and one limit, and yet from streams of their own.
        QVERIFY(weights(1).first != weights(1).second);
        // The first weight of seed 1, from the first draw that tst_random records: (2·0.18854546546936035 − 1)·√(6/20).
        VERIFY_NEAR(weights(1).first[0], -0.3411813484, 1e-6);
    }

    // A fresh last layer is drawn as if it had been drawn with all others, which stay.
    void initializesOneTensorAnew() {
        Network whole = makeNetwork(paddedNetwork, 10, 9, useFor(1), 1);
        whole.initialize(Init::He, 5);
        Network part = makeNetwork(paddedNetwork, 10, 9, useFor(1), 2);
        const std::vector<std::vector<float>> before = tensorsOf(part);
        part.initialize(part.parameters()[6], Init::He, 5);
        part.initialize(part.parameters()[7], Init::He, 5);
        for (std::size_t t = 0; t < 8; ++t)
            QVERIFY(valuesOf(part.parameters()[t]) == (t < 6 ? before[t] : valuesOf(whole.parameters()[t])));
    }

    // The reference reads tensorOf(), and gives the same scores: so index (i, j, …) is where PyTorch has it. Here: and back.
    void assignsWhatTensorOfGives() {
        const Network from = makeNetwork(paddedNetwork, 10, 9, useFor(1), 1);
        Network to = makeNetwork(paddedNetwork, 10, 9, useFor(1), 2);
        for (std::size_t t = 0; t < from.parameters().size(); ++t) {
            const Tensor tensor = tensorOf(from.parameters()[t]);
            QCOMPARE(tensor.name, from.parameters()[t].name);
            QCOMPARE(tensor.shape, from.parameters()[t].shape);
            assign(to.parameters()[t], tensor.values);
            QVERIFY(valuesOf(to.parameters()[t]) == tensor.values);
        }
        QVERIFY(weightBits(to) == weightBits(from));
        // Element by element: a convolution's (filter, channel, row, column) and a dense layer's (unit, input).
        const ParameterView& filters = to.parameters()[2];
        const ParameterView& dense = to.parameters()[4];
        const std::size_t places[] = {((4 * 3 + 2) * 2 + 1) * 2 + 0, 5 * std::size_t(dense.shape[1]) + 7};
        const std::ptrdiff_t found[] = {4 * filters.strides[0] + 2 * filters.strides[1] + filters.strides[2],
                                        5 * dense.strides[0] + 7 * dense.strides[1]};
        QCOMPARE(valuesOf(filters)[places[0]], filters.values[std::size_t(found[0])]);
        QCOMPARE(valuesOf(dense)[places[1]], dense.values[std::size_t(found[1])]);
    }

    // Whatever is derived from the weights follows them: setWeights(), weightsChanged() and steps of training alike.
    void derivedWeightsFollow() {
        const SampleSet set = makeImages(20, 10, 9, 3);
        const std::vector<std::uint32_t> order = backwards(20);
        WorkerTeam team;
        Network network = makeNetwork(paddedNetwork, 10, 9, useFor(20));
        for (int step = 0; step < 4; ++step) trainStep(network, {set, order}, team, 0.1F);
        QVERIFY(paddingIsZero(network));
        Network copied = makeNetwork(paddedNetwork, 10, 9, useFor(20), 2);
        copied.setWeights(network.weights());
        Network assigned = makeNetwork(paddedNetwork, 10, 9, useFor(20), 3);
        for (std::size_t t = 0; t < network.parameters().size(); ++t)
            assign(assigned.parameters()[t], valuesOf(network.parameters()[t]));
        assigned.weightsChanged();
        std::vector<std::vector<std::uint32_t>> gradients;
        for (Network* each : {&network, &copied, &assigned}) {
            QVERIFY(weightBits(*each) == weightBits(network));
            each->forwardBackward({set, order}, team);
            each->finishGradients({set, order}, team, {});
            gradients.push_back(gradientBits(*each));
        }
        QVERIFY(gradients[1] == gradients[0]);
        QVERIFY(gradients[2] == gradients[0]);
    }

    void trainingMakesTheLossSmall() {
        const SampleSet set = makeImages(40, 10, 9, 3);
        const std::vector<std::uint32_t> order = backwards(40);
        WorkerTeam team;
        Network network = makeNetwork(paddedNetwork, 10, 9, useFor(40));
        const double before = network.evaluate({set, order}, team).lossSum;
        for (int step = 0; step < 300; ++step) trainStep(network, {set, order}, team, 0.2F);
        QVERIFY(network.evaluate({set, order}, team).lossSum < 0.5 * before);
    }

    void gradientsAreNotAddedUp() {
        const SampleSet set = makeImages(40, 10, 9, 3);
        const std::vector<std::uint32_t> order = backwards(40);
        WorkerTeam team;
        Network network = makeNetwork(paddedNetwork, 10, 9, useFor(40));
        std::vector<std::uint32_t> first;
        for (int i = 0; i < 3; ++i) {
            network.forwardBackward({set, order}, team);
            network.finishGradients({set, order}, team, {});
            if (i == 0) first = gradientBits(network);
        }
        QVERIFY(gradientBits(network) == first);
    }

    void evaluationIsTheSameLossAndLeavesGradients() {
        const SampleSet set = makeImages(70, 10, 9, 3);
        WorkerTeam team;
        for (const Loss loss : {Loss::CrossEntropy, Loss::Mse}) {
            Network network = makeNetwork(paddedNetwork, 10, 9, useFor(70, loss));
            for (const std::uint32_t count : {1U, 8U, 9U, 64U, 65U, 70U}) {
                const std::vector<std::uint32_t> order = backwards(count);
                const BatchLoss trained = network.forwardBackward({set, order}, team);
                network.finishGradients({set, order}, team, {});
                const std::vector<std::uint32_t> gradients = gradientBits(network);
                const BatchLoss evaluated = network.evaluate({set, order}, team);
                QVERIFY(trained.lossSum == evaluated.lossSum);
                QCOMPARE(trained.errors, evaluated.errors);
                QVERIFY(gradientBits(network) == gradients);
            }
        }
    }

    // What a larger batch left behind must not show in a smaller one, whatever its groups.
    void shortBatchAfterAFullOne() {
        const SampleSet set = makeImages(70, 10, 9, 3);
        WorkerTeam team;
        Network used = makeNetwork(paddedNetwork, 10, 9, useFor(70));
        used.forwardBackward({set, backwards(70)}, team);
        used.finishGradients({set, backwards(70)}, team, {});
        for (const std::uint32_t count : {33U, 2U}) {
            const std::vector<std::uint32_t> order = backwards(count);
            Network fresh = makeNetwork(paddedNetwork, 10, 9, useFor(count));
            double loss[2];
            for (Network* each : {&used, &fresh}) {
                loss[each == &fresh] = each->forwardBackward({set, order}, team).lossSum;
                each->finishGradients({set, order}, team, {});
            }
            QVERIFY(loss[0] == loss[1]);
            QVERIFY(gradientBits(used) == gradientBits(fresh));
        }
    }

    void predictionsAndErrors_data() {
        QTest::addColumn<QString>("layers");
        for (const char* layers : {"dense 10", "dense 33, tanh, dense 10",
                                   "dropout 0.5, dense 33, sigmoid, dropout 0.5, dense 10", paddedNetwork})
            QTest::newRow(layers) << layers;
    }
    void predictionsAndErrors() {
        QFETCH(QString, layers);
        const SampleSet set = makeImages(50, 10, 9, 3);
        const std::vector<std::uint32_t> order = backwards(50);
        WorkerTeam team;
        Network network = makeNetwork(layers.toStdString(), 10, 9, useFor(50));
        ReferenceNetwork reference(parseLayerList(layers.toStdString()), Loss::CrossEntropy);
        reference.takeWeights(network.parameters());
        std::vector<float> probabilities(500, -1.0F);
        network.predict({set, order}, team, probabilities);
        std::uint32_t errors = 0;
        for (std::size_t n = 0; n < 50; ++n) {
            const std::vector<double> expected =
                ReferenceNetwork::softmax(reference.scores(ReferenceNetwork::image(set, order[n])).x);
            for (std::size_t c = 0; c < 10; ++c) VERIFY_NEAR(probabilities[10 * n + c], expected[c], 5e-6);
            errors += std::ranges::max_element(expected) - expected.begin() != set.labels[order[n]];
        }
        QVERIFY(errors > 0 && errors < 50);
        QCOMPARE(network.evaluate({set, order}, team).errors, errors);
    }

    void cnnPresetAgainstTheReference() {
        const SampleSet set = makeImages(3, 28, 28, 3, 30);
        const std::vector<std::uint32_t> order = backwards(3);
        WorkerTeam team;
        for (const Loss loss : {Loss::CrossEntropy, Loss::Mse}) {
            Network network(*findNetworkPreset("cnn"), imageShape(28, 28), useFor(3, loss));
            fillRandomly(network, 1);
            ReferenceNetwork reference(*findNetworkPreset("cnn"), loss);
            reference.takeWeights(network.parameters());
            VERIFY_NEAR(network.evaluate({set, order}, team).lossSum / 3,
                        NumericGradient(reference, set, order).meanLoss(11), 2e-6);
        }
    }

    void isFinite() {
        Network network = makeNetwork(paddedNetwork, 10, 9, useFor(2));
        QVERIFY(network.isFinite());
        constexpr float infinity = std::numeric_limits<float>::infinity();
        for (const float bad : {std::numeric_limits<float>::quiet_NaN(), infinity, -infinity})
            for (const ParameterView& view : network.parameters()) {
                int missed = 0;
                view.forEach([&](std::size_t place) {
                    const float before = std::exchange(view.values[place], bad);
                    missed += network.isFinite();
                    view.values[place] = before;
                });
                QCOMPARE(missed, 0);
            }
        QVERIFY(network.isFinite());
        // Large is not infinite, not even in sum.
        for (const ParameterView& view : network.parameters())
            std::ranges::fill(view.values, std::numeric_limits<float>::max());
        QVERIFY(network.isFinite());
    }

    void batchBytesGrowWithTheBatch() {
        const NetworkSpec& cnn = *findNetworkPreset("cnn");
        // Beside what each sample takes there is what the convolutions' groups take, whatever the batch.
        const std::uint64_t none = Network::batchBytes(cnn, imageShape(28, 28), 0);
        QVERIFY(none >= std::uint64_t(4) * 16 * (9 * 32 + 9 * 32 * 64));
        const std::uint64_t one = Network::batchBytes(cnn, imageShape(28, 28), 1) - none;
        QCOMPARE(Network::batchBytes(cnn, imageShape(28, 28), 128), 128 * one + none);
        // At least the two pooled images, the two hidden vectors and the input, and their gradients but the input's.
        QVERIFY(one >= 4 * (784 + 2 * (13 * 13 * 32 + 5 * 5 * 64 + 1600 + 256)));
        QVERIFY(one < 100'000);
    }

private:
    static void trainStep(Network& network, const Network::Batch& batch, WorkerTeam& team, float rate) {
        network.forwardBackward(batch, team);
        network.finishGradients(batch, team, [rate](const ParameterView& view, std::size_t first, std::size_t count) {
            for (std::size_t i = first; i < first + count; ++i) view.values[i] -= rate * view.gradients[i];
        });
    }

    static bool paddingIsZero(const Network& network) {
        std::size_t elements = 0;
        for (const ParameterView& view : network.parameters()) {
            const std::vector<bool> padding = paddingOf(view);
            elements += static_cast<std::size_t>(std::ranges::count(padding, false));
            if (std::int64_t(std::ranges::count(padding, false)) != view.count()) return false; // two elements in one place
            for (std::size_t place = 0; place < padding.size(); ++place)
                if (padding[place] && view.values[place] != 0.0F) return false;
        }
        const auto notZero = [](float value) { return value != 0.0F; };
        return std::size_t(std::ranges::count_if(network.weights(), notZero)) <= elements;
    }

    static std::vector<std::vector<float>> tensorsOf(const Network& network) {
        std::vector<std::vector<float>> all;
        for (const ParameterView& view : network.parameters()) all.push_back(valuesOf(view));
        return all;
    }
};

QTEST_APPLESS_MAIN(TestNetwork)
#include "tst_network.moc"
