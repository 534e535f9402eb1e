// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "network_examples.h"
#include "reference_network.h"

#include <QTest>

using namespace ratescope;

namespace {

double norm(const std::vector<double>& values) {
    double sum = 0.0;
    for (const double value : values) sum += value * value;
    return std::sqrt(sum);
}

double dot(const std::vector<double>& a, const std::vector<double>& b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// Directions in which a tensor's gradient is looked at: the gradient's own, three of random signs, which take in every
/// element, and single elements, all of them where they are few.
std::vector<std::vector<double>> directions(const std::vector<double>& gradient) {
    const std::size_t size = gradient.size();
    std::vector<std::vector<double>> all{gradient};
    const double length = norm(gradient);
    for (double& value : all.front()) value /= length;
    RandomStream stream(3, "directions");
    for (int i = 0; i < 3; ++i) {
        std::vector<double>& signs = all.emplace_back();
        for (std::size_t k = 0; k < size; ++k)
            signs.push_back((stream.below(2) == 0 ? -1.0 : 1.0) / std::sqrt(double(size)));
    }
    constexpr std::size_t most = 8;
    for (std::size_t i = 0; i < std::min(size, most); ++i) {
        const std::size_t element = size <= most ? i : i == 0 ? 0 : i == 1 ? size - 1 : stream.below(std::uint32_t(size));
        all.emplace_back(size, 0.0)[element] = 1.0;
    }
    return all;
}

/// Weights under which neither ReLUs nor windows are near their kinks, for the double's decisions have to be the floats'.
Network settledNetwork(const std::string& layers, const SampleSet& set, Loss loss, ReferenceNetwork& reference) {
    constexpr double enough = 4e-6;
    for (std::uint64_t seed = 1;; ++seed) {
        Network network = makeNetwork(layers, set.rows, set.columns, useFor(set.size(), loss), seed);
        reference.takeWeights(network.parameters());
        reference.margin = 1.0;
        for (std::uint32_t sample = 0; sample < set.size() && reference.margin >= enough; ++sample)
            reference.scores(ReferenceNetwork::image(set, sample));
        if (reference.margin >= enough) return network;
        if (seed > 200) qFatal("no weights without a tie");
    }
}

} // namespace

class TestNetworkGradients : public QObject {
    Q_OBJECT

private slots:
    void gradients_data() {
        QTest::addColumn<QString>("layers");
        QTest::addColumn<quint32>("rows");
        QTest::addColumn<quint32>("columns");
        QTest::addColumn<quint32>("samples");
        const auto row = [](const char* layers, quint32 rows, quint32 columns, quint32 samples) {
            QTest::addRow("%s: %ux%ux%u", layers, samples, rows, columns) << layers << rows << columns << samples;
        };
        for (const quint32 samples : {1U, 3U, 9U, 33U, 70U}) {
            row("dense 10", 4, 5, samples);
            row("dense 17, relu, dense 10", 4, 5, samples);
            row("conv2d 3 3, relu, maxpool 2, flatten, dense 10", 9, 8, samples);
        }
        row("dense 9, tanh, dense 10", 3, 3, 9);
        row("dense 33, sigmoid, dense 10", 6, 5, 33);
        row("dense 1, tanh, dense 10", 3, 1, 5);
        row("dense 16, dense 10", 1, 1, 5);
        row("dense 12, relu, dense 47, tanh, dense 8, sigmoid, dense 10", 5, 4, 33);
        row("dense 140, tanh, dense 10", 4, 4, 70);
        row("dense 20, tanh, sigmoid, dense 18, relu, tanh, dense 10", 4, 4, 17);
        row("tanh, dense 9, relu, dense 10", 5, 3, 9);
        row("sigmoid, relu, tanh, dense 9, sigmoid, relu, dense 10", 5, 3, 9);
        // Weights that are finished in several tasks.
        row("dense 290, sigmoid, dense 130, tanh, dense 10", 12, 11, 3);
        // Convolutions: filters and kernels about the vectors' widths, pooling with leftovers, images of all proportions.
        row("conv2d 1 3, flatten, dense 10", 9, 8, 9);
        row("conv2d 16 1, tanh, flatten, dense 10", 5, 4, 9);
        row("conv2d 17 2, relu, flatten, dense 10", 5, 6, 9);
        row("conv2d 40 5, sigmoid, flatten, dense 10", 7, 9, 3);
        row("conv2d 16 5, flatten, dense 10", 5, 9, 9);
        row("conv2d 20 5, tanh, dense 10", 5, 5, 9);
        row("conv2d 17 3, relu, maxpool 2, flatten, dense 10", 9, 8, 17);
        row("conv2d 5 3, tanh, maxpool 2, flatten, dense 10", 12, 7, 17);
        row("conv2d 40 2, maxpool 3, sigmoid, flatten, dense 10", 9, 12, 3);
        row("conv2d 16 3, maxpool 3, relu, flatten, dense 10", 10, 13, 9);
        row("conv2d 3 2, sigmoid, maxpool 2, flatten, dense 10", 12, 6, 9);
        row("conv2d 4 4, relu, tanh, maxpool 2, flatten, dense 10", 9, 10, 9);
        row("conv2d 6 3, maxpool 2, maxpool 2, flatten, dense 10", 11, 12, 9);
        row("conv2d 6 3, relu, maxpool 1, flatten, dense 10", 6, 7, 9);
        // Two and more of them: the gradient at the input, over channels with padding and without.
        row("conv2d 3 3, conv2d 5 2, flatten, dense 10", 8, 7, 9);
        row("conv2d 17 2, relu, conv2d 3 3, tanh, flatten, dense 10", 7, 8, 3);
        row("conv2d 16 3, tanh, conv2d 16 1, relu, flatten, dense 10", 6, 7, 9);
        row("conv2d 1 3, relu, maxpool 2, conv2d 18 3, tanh, maxpool 2, flatten, dense 10", 12, 13, 9);
        row("conv2d 18 2, tanh, conv2d 7 4, sigmoid, maxpool 2, flatten, dense 12, relu, dense 10", 9, 11, 3);
        row("conv2d 3 2, relu, maxpool 2, conv2d 17 2, relu, maxpool 2, flatten, dense 12, relu, dense 10", 12, 10, 9);
        row("conv2d 5 2, maxpool 2, conv2d 4 2, conv2d 6 2, maxpool 2, flatten, dense 10", 11, 9, 9);
        row("conv2d 33 1, relu, conv2d 2 5, flatten, dense 10", 6, 6, 5);
        // Pooling and flattening where they change nothing that is trained, or little.
        row("maxpool 2, dense 9, tanh, dense 10", 9, 8, 9);
        row("maxpool 3, flatten, dense 10", 10, 11, 33);
        row("maxpool 2, conv2d 5 2, relu, maxpool 2, flatten, dense 10", 11, 12, 9);
        row("flatten, dense 10", 5, 6, 9);
        row("flatten, dense 9, relu, flatten, dense 10", 5, 6, 9);
        row("tanh, conv2d 5 3, flatten, dense 10", 6, 5, 9);
        row("flatten, conv2d 5 1, tanh, dense 10", 3, 4, 9);
        row("flatten, maxpool 1, relu, conv2d 17 1, dense 10", 4, 3, 9);
        row("dense 9, conv2d 5 1, tanh, maxpool 1, flatten, conv2d 4 1, dense 10", 4, 3, 9);
        row("conv2d 5 3, flatten, sigmoid, dense 10", 6, 5, 9);
        row("conv2d 4 2, relu, flatten, relu, dense 10", 5, 5, 9);
        // Dropout that drops nothing, in every place where it shares memory with what is below or does not.
        row("dropout 0, dense 9, relu, dropout 0, dense 10", 5, 4, 9);
        row("dense 18, dropout 0, tanh, dropout 0, dense 10", 5, 4, 9);
        row("conv2d 5 3, relu, maxpool 2, dropout 0, conv2d 6 2, dropout 0, relu, flatten, dropout 0, dense 10", 10, 9, 9);
        row("conv2d 5 3, dropout 0, maxpool 2, dropout 0, flatten, dense 10", 8, 9, 9);
        row("dense 9, relu, dropout 0, relu, dropout 0, dropout 0, sigmoid, dense 10", 5, 4, 9);
    }
    // Central differences of the reference, in double: the float network has nothing to do with how good they are.
    void gradients() {
        QFETCH(QString, layers);
        QFETCH(quint32, rows);
        QFETCH(quint32, columns);
        QFETCH(quint32, samples);
        const SampleSet set = makeImages(samples, rows, columns, 7);
        WorkerTeam team;
        for (const Loss loss : {Loss::CrossEntropy, Loss::Mse}) {
            ReferenceNetwork reference(parseLayerList(layers.toStdString()), loss);
            Network network = settledNetwork(layers.toStdString(), set, loss, reference);
            const std::vector<std::uint32_t> order = backwards(samples);
            const Network::Batch batch{set, order};
            const BatchLoss found = network.forwardBackward(batch, team);
            network.finishGradients(batch, team, {});
            NumericGradient numeric(reference, set, order);
            VERIFY_NEAR(found.lossSum / samples, numeric.meanLoss(0), 2e-6);
            for (std::size_t t = 0; t < network.parameters().size(); ++t) {
                const std::string wrong = compare(network.parameters()[t], t, numeric);
                QVERIFY2(wrong.empty(), wrong.c_str());
            }
        }
    }

private:
    /// Where the gradient of one tensor is not the reference's; empty where it is.
    static std::string compare(const ParameterView& view, std::size_t tensor, NumericGradient& numeric) {
        const Tensor found = gradientOf(view);
        const std::vector<double> gradient(found.values.begin(), found.values.end());
        const double length = norm(gradient);
        if (!(length > 1e-7)) return view.name + " has no gradient";
        for (const std::vector<double>& direction : directions(gradient)) {
            const double expected = numeric.along(tensor, direction);
            const double off = std::abs(dot(gradient, direction) - expected);
            // Rounding in float relative to the gradient, and of the reference's loss relative to its step.
            if (!(off <= 4e-6 * length + 4e-9))
                return view.name + ": " + differ(dot(gradient, direction), expected) + " of " + std::to_string(length) +
                       ", relative " + std::to_string(off / length * 1e6) + "e-6";
        }
        const std::vector<bool> padding = paddingOf(view);
        for (std::size_t place = 0; place < padding.size(); ++place)
            if (padding[place] && view.gradients[place] != 0.0F) return view.name + " has a gradient in its padding";
        return {};
    }
};

QTEST_APPLESS_MAIN(TestNetworkGradients)
#include "tst_network_gradients.moc"
