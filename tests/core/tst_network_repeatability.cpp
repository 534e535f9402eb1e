// SPDX-License-Identifier: GPL-3.0-or-later
#include "network_examples.h"

#include <QTest>

using namespace ratescope;

namespace {

/// All numbers that come out of a few steps of training, an evaluation and predictions.
struct Outcome {
    std::vector<double> losses;
    std::vector<std::uint32_t> errors;
    std::vector<std::uint32_t> gradients;
    std::vector<std::uint32_t> weights;
    std::vector<float> probabilities;
    bool operator==(const Outcome&) const = default;
};

Outcome outcome(const std::string& layers, const SampleSet& set, std::span<const std::uint32_t> samples, WorkerTeam& team,
                Loss loss) {
    Network network = makeNetwork(layers, set.rows, set.columns, useFor(samples.size(), loss));
    const Network::Batch batch{set, samples};
    Outcome result;
    const auto keep = [&result](const BatchLoss& found) {
        result.losses.push_back(found.lossSum);
        result.errors.push_back(found.errors);
    };
    for (std::uint64_t step = 0; step < 2; ++step) {
        keep(network.forwardBackward(batch, team, 40 + step));
        network.finishGradients(batch, team, [](const ParameterView& view, std::size_t first, std::size_t count) {
            for (std::size_t i = first; i < first + count; ++i) view.values[i] -= 0.05F * view.gradients[i];
        });
        const std::vector<std::uint32_t> bits = gradientBits(network);
        result.gradients.insert(result.gradients.end(), bits.begin(), bits.end());
    }
    result.weights = weightBits(network);
    keep(network.evaluate(batch, team));
    result.probabilities.resize(10 * samples.size());
    network.predict(batch, team, result.probabilities);
    return result;
}

void addNetworks() {
    QTest::addColumn<QString>("layers");
    for (const char* layers :
         {"dense 10", "dense 130, relu, dropout 0.3, dense 10", "flatten, dense 40, tanh, dense 33, sigmoid, dense 10",
          "dropout 0.2, dense 20, relu, dense 10", "relu, dense 12, relu, dense 10", "maxpool 2, dense 20, tanh, dense 10",
          "conv2d 5 3, relu, maxpool 2, dropout 0.25, conv2d 17 2, relu, maxpool 2, dropout 0.25, flatten, dense 20, relu, "
          "dense 10",
          "conv2d 16 2, tanh, conv2d 3 3, flatten, dense 10"})
        QTest::newRow(layers) << layers;
}

} // namespace

class TestNetworkRepeatability : public QObject {
    Q_OBJECT

private slots:
    void workersDoNotShow_data() { addNetworks(); }
    void workersDoNotShow() {
        QFETCH(QString, layers);
        const SampleSet set = makeImages(150, 11, 9, 5);
        WorkerTeam team(3);
        for (const std::uint32_t count : {1U, 9U, 34U, 150U}) {
            const std::vector<std::uint32_t> samples = backwards(count);
            const Loss loss = count % 2 == 0 ? Loss::Mse : Loss::CrossEntropy;
            team.use(1);
            const Outcome alone = outcome(layers.toStdString(), set, samples, team, loss);
            for (const unsigned workers : {2U, 3U}) {
                team.use(workers);
                QVERIFY(outcome(layers.toStdString(), set, samples, team, loss) == alone);
            }
            WorkerTeam single;
            QVERIFY(outcome(layers.toStdString(), set, samples, single, loss) == alone);
        }
    }

    void listedPixelsDoNotShow_data() { addNetworks(); }
    void listedPixelsDoNotShow() {
        QFETCH(QString, layers);
        const SampleSet full = makeImages(70, 11, 9, 5, 30);
        const SampleSet listed = withSparsePixels(full);
        QVERIFY(full.sparse.empty() && !listed.sparse.empty());
        WorkerTeam team;
        for (const std::uint32_t count : {1U, 3U, 4U, 9U, 70U}) {
            const std::vector<std::uint32_t> samples = backwards(count);
            for (const Loss loss : {Loss::CrossEntropy, Loss::Mse})
                QVERIFY(outcome(layers.toStdString(), listed, samples, team, loss) ==
                        outcome(layers.toStdString(), full, samples, team, loss));
        }
    }

    // Widths about those of the panels that the products are cut into.
    void listedPixelsDoNotShowForAnyWidth() {
        const SampleSet full = makeImages(13, 7, 9, 5, 30);
        const SampleSet listed = withSparsePixels(full);
        const std::vector<std::uint32_t> samples = backwards(13);
        WorkerTeam team;
        for (const int units : {1, 15, 16, 17, 32, 33, 48, 64, 80, 127, 128, 129, 144, 272}) {
            const std::string layers = "dense " + std::to_string(units) + ", tanh, dense 10";
            QVERIFY(outcome(layers, listed, samples, team, Loss::CrossEntropy) ==
                    outcome(layers, full, samples, team, Loss::CrossEntropy));
        }
    }

    // A batch may name a sample more than once and in any order.
    void samplesCountByTheirNumbers() {
        const SampleSet set = makeImages(10, 6, 7, 5, 30);
        SampleSet spelledOut{6, 7, {}, {}, {}};
        const std::vector<std::uint32_t> samples{3, 3, 9, 0, 3, 5, 8, 8, 1, 4, 6};
        for (const std::uint32_t sample : samples) {
            const auto image = set.image(sample);
            spelledOut.pixels.insert(spelledOut.pixels.end(), image.begin(), image.end());
            spelledOut.labels.push_back(set.labels[sample]);
        }
        std::vector<std::uint32_t> inOrder(samples.size());
        std::iota(inOrder.begin(), inOrder.end(), 0U);
        WorkerTeam team;
        for (const char* layers : {"dense 20, relu, dense 10", "conv2d 4 3, relu, maxpool 2, flatten, dense 10"}) {
            const Outcome expected = outcome(layers, spelledOut, inOrder, team, Loss::CrossEntropy);
            QVERIFY(outcome(layers, set, samples, team, Loss::CrossEntropy) == expected);
            QVERIFY(outcome(layers, withSparsePixels(set), samples, team, Loss::CrossEntropy) == expected);
        }
    }
};

QTEST_APPLESS_MAIN(TestNetworkRepeatability)
#include "tst_network_repeatability.moc"
