// SPDX-License-Identifier: GPL-3.0-or-later
#include "network_examples.h"

#include <QTest>

using namespace ratescope;

namespace {

constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();
constexpr float infinity = std::numeric_limits<float>::infinity();

} // namespace

// A run that has diverged must not look quiet: NaN goes through every kind of layer to the loss.
class TestNetworkNan : public QObject {
    Q_OBJECT

private slots:
    void nanReachesTheLoss_data() {
        QTest::addColumn<QString>("layers");
        for (const char* layers : {
                 "dense 10", "dense 37, relu, dense 10", "dense 37, tanh, dense 10", "dense 37, sigmoid, dense 10",
                 "conv2d 17 3, relu, maxpool 2, flatten, dense 10", "conv2d 17 3, tanh, maxpool 2, flatten, dense 10",
                 "conv2d 17 3, maxpool 2, sigmoid, flatten, dense 10", "conv2d 3 2, relu, flatten, maxpool 1, dense 10",
                 "conv2d 3 3, relu, maxpool 2, conv2d 5 1, maxpool 2, relu, flatten, dense 10",
                 "conv2d 3 2, relu, tanh, maxpool 3, dropout 0, flatten, sigmoid, dense 10"})
            QTest::newRow(layers) << layers;
    }
    // Vectorised loops end in scalar ones, tiles in smaller tiles: every weight and bias in turn.
    void nanReachesTheLoss() {
        QFETCH(QString, layers);
        const SampleSet set = makeImages(3, 7, 8, 2);
        const std::vector<std::uint32_t> samples = backwards(3);
        WorkerTeam team;
        for (const Loss loss : {Loss::CrossEntropy, Loss::Mse}) {
            Network network = makeNetwork(layers.toStdString(), 7, 8, useFor(3, loss));
            for (const ParameterView& view : network.parameters()) {
                std::vector<std::size_t> quiet;
                view.forEach([&](std::size_t place) {
                    const float before = std::exchange(view.values[place], notANumber);
                    network.weightsChanged();
                    if (!std::isnan(network.evaluate({set, samples}, team).lossSum) ||
                        !std::isnan(network.forwardBackward({set, samples}, team).lossSum))
                        quiet.push_back(place);
                    view.values[place] = before;
                });
                QVERIFY2(quiet.empty(), (view.name + " at " + std::to_string(quiet.empty() ? 0 : quiet.front())).c_str());
            }
            network.weightsChanged();
            QVERIFY(std::isfinite(network.evaluate({set, samples}, team).lossSum));
        }
    }

    // Infinity is honest work for a tanh, and −∞ for a ReLU; what a ReLU lets through makes the scores infinite.
    void infinityReachesTheLoss_data() {
        QTest::addColumn<QString>("layers");
        QTest::newRow("dense") << "dense 37, relu, dense 10";
        QTest::newRow("conv2d") << "conv2d 17 3, relu, maxpool 2, flatten, dense 10";
        QTest::newRow("two") << "conv2d 3 3, maxpool 2, conv2d 17 2, relu, flatten, dense 10";
    }
    void infinityReachesTheLoss() {
        QFETCH(QString, layers);
        const SampleSet set = makeImages(3, 7, 8, 2, 100);
        const std::vector<std::uint32_t> samples = backwards(3);
        WorkerTeam team;
        Network network = makeNetwork(layers.toStdString(), 7, 8, useFor(3));
        const ParameterView& weights = network.parameters()[0];
        const ParameterView& biases = network.parameters()[1];
        for (const ParameterView* view : {&weights, &biases}) {
            int quiet = 0;
            view->forEach([&](std::size_t place) {
                const float before = std::exchange(view->values[place], infinity);
                network.weightsChanged();
                quiet += std::isfinite(network.forwardBackward({set, samples}, team).lossSum);
                view->values[place] = before;
            });
            QVERIFY2(quiet == 0, view->name.c_str());
        }
    }

    // The gradients as well: a step from such a loss leaves weights that are not finite.
    void gradientsTell() {
        const SampleSet set = makeImages(9, 7, 8, 2);
        const std::vector<std::uint32_t> samples = backwards(9);
        WorkerTeam team;
        Network network = makeNetwork("conv2d 5 3, relu, maxpool 2, conv2d 4 2, relu, flatten, dense 10", 7, 8, useFor(9));
        network.parameters()[5].values[3] = notANumber;
        network.forwardBackward({set, samples}, team);
        network.finishGradients({set, samples}, team, [](const ParameterView& view, std::size_t first, std::size_t count) {
            for (std::size_t i = first; i < first + count; ++i) view.values[i] -= 0.1F * view.gradients[i];
        });
        for (const ParameterView& view : network.parameters()) {
            const auto notFinite = [](float value) { return !std::isfinite(value); };
            QVERIFY2(std::ranges::any_of(view.values, notFinite), view.name.c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestNetworkNan)
#include "tst_network_nan.moc"
