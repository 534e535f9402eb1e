// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "reference_network.h"

#include "core/data/random.h"
#include "core/network/network.h"

#include <QTest>

using namespace ratescope;

namespace {

/// A network of random weights and biases with a batch of random inputs, and its reference.
struct Example {
    Example(const std::string& layers, std::uint32_t inputs, std::uint32_t samples, std::uint32_t maximumBatch)
        : network(parseLayerList(layers), inputs, maximumBatch)
        , reference(parseLayerList(layers), inputs)
        , x(std::size_t(inputs) * samples)
        , labels(samples) {
        RandomStream stream(11, layers);
        for (const ParameterView& tensor : network.parameters()) {
            for (float& value : tensor.values) value = stream.uniform(-0.8F, 0.8F);
            reference.tensors.emplace_back(tensor.values.begin(), tensor.values.end());
        }
        for (float& value : x) value = stream.uniform(-1.0F, 1.0F);
        for (std::uint8_t& label : labels) label = static_cast<std::uint8_t>(stream.below(10));
        fill();
    }
    void fill() { std::ranges::copy(x, network.input(static_cast<std::uint32_t>(labels.size())).data); }

    Network network;
    ReferenceNetwork reference;
    std::vector<float> x;
    std::vector<std::uint8_t> labels;
};

/// One dense layer without weights: its scores are its biases.
Network scoring(const std::vector<float>& scores) {
    Network network(parseLayerList("dense 10"), 1, 4);
    std::ranges::copy(scores, network.parameters()[1].values.begin());
    return network;
}

} // namespace

class TestNetwork : public QObject {
    Q_OBJECT

private slots:
    void gradients_data() {
        QTest::addColumn<QString>("layers");
        QTest::addColumn<quint32>("inputs");
        QTest::addColumn<quint32>("samples");
        QTest::newRow("softmax") << "dense 10" << 7U << 5U;
        QTest::newRow("relu") << "dense 9, relu, dense 10" << 6U << 8U;
        QTest::newRow("tanh") << "dense 9, tanh, dense 10" << 6U << 8U;
        QTest::newRow("sigmoid") << "dense 9, sigmoid, dense 10" << 6U << 8U;
        QTest::newRow("deep") << "dense 12, relu, dense 11, tanh, dense 8, sigmoid, dense 10" << 5U << 17U;
        QTest::newRow("dense on dense") << "dense 6, dense 10" << 4U << 3U;
        QTest::newRow("one sample") << "dense 5, tanh, dense 10" << 3U << 1U;
        QTest::newRow("one unit") << "dense 1, tanh, dense 10" << 3U << 4U;
        QTest::newRow("wide") << "dense 40, relu, dense 10" << 33U << 20U;
        for (const char* first : {"relu", "tanh", "sigmoid"}) {
            QTest::addRow("first layer %s", first) << QString("%1, dense 7, tanh, dense 10").arg(first) << 4U << 6U;
            for (const char* second : {"relu", "tanh", "sigmoid"})
                QTest::addRow("%s on %s", second, first)
                    << QString("dense 8, %1, %2, dense 10").arg(first, second) << 5U << 6U;
        }
        QTest::newRow("two activations first") << "tanh, sigmoid, dense 7, sigmoid, tanh, relu, dense 10" << 4U << 6U;
    }
    // Central differences of the reference, in double: the float network has nothing to do with how good they are.
    void gradients() {
        QFETCH(QString, layers);
        QFETCH(quint32, inputs);
        QFETCH(quint32, samples);
        Example example(layers.toStdString(), inputs, samples, samples + 3);
        const BatchLoss loss = example.network.forwardBackward(example.labels);
        VERIFY_NEAR(loss.lossSum / samples, example.reference.meanLoss(example.x, example.labels), 2e-6);
        const auto parameters = example.network.parameters();
        for (std::size_t t = 0; t < parameters.size(); ++t) {
            double error = 0.0;
            double norm = 0.0;
            for (std::size_t k = 0; k < parameters[t].values.size(); ++k) {
                const double difference = centralDifference(example, t, k);
                error += std::pow(difference - parameters[t].gradients[k], 2);
                norm += difference * difference;
            }
            QVERIFY(norm > 0.0);
            const double relative = std::sqrt(error / norm);
            QVERIFY2(relative < 1e-5, (parameters[t].name + " is off by " + std::to_string(relative)).c_str());
        }
    }

    void gradientsAreNotAddedUp() {
        Example example("dense 5, tanh, dense 10", 3, 6, 6);
        example.network.forwardBackward(example.labels);
        const std::span<float> gradients = example.network.parameters()[0].gradients;
        const std::vector<float> first(gradients.begin(), gradients.end());
        example.network.forwardBackward(example.labels);
        QVERIFY(std::ranges::equal(gradients, first));
    }

    void evaluationIsTheSameLossAndLeavesGradients() {
        Example example("tanh, dense 5, relu, dense 10", 3, 6, 6);
        const BatchLoss evaluated = example.network.evaluate(example.labels);
        for (const ParameterView& tensor : example.network.parameters())
            for (const float gradient : tensor.gradients) QVERIFY(gradient == 0.0F);
        const BatchLoss trained = example.network.forwardBackward(example.labels);
        QVERIFY(trained.lossSum == evaluated.lossSum);
        QCOMPARE(trained.errors, evaluated.errors);
        // A first layer that is an activation works in memory of its own: the input is still there.
        QVERIFY(std::equal(example.x.begin(), example.x.end(), example.network.input(6).data));
    }

    // What a larger batch left behind must not show in a smaller one.
    void shortBatchAfterAFullOne() {
        Example full("dense 6, sigmoid, dense 10", 4, 9, 9);
        full.network.forwardBackward(full.labels);
        Example fresh("dense 6, sigmoid, dense 10", 4, 9, 9);
        const std::span<const std::uint8_t> two(full.labels.data(), 2);
        const BatchLoss loss = full.network.forwardBackward(two);
        const BatchLoss expected = fresh.network.forwardBackward(two);
        VERIFY_NEAR(loss.lossSum, expected.lossSum, 1e-6);
        VERIFY_NEAR(loss.lossSum / 2, full.reference.meanLoss(std::span(full.x).first(8), two), 2e-6);
        QCOMPARE(loss.errors, expected.errors);
        for (std::size_t t = 0; t < full.network.parameters().size(); ++t)
            QVERIFY(
                std::ranges::equal(full.network.parameters()[t].gradients, fresh.network.parameters()[t].gradients));
    }

    void lossByHand_data() {
        QTest::addColumn<QList<float>>("scores");
        QTest::addColumn<int>("label");
        QTest::addColumn<double>("loss");
        QTest::addColumn<quint32>("errors");
        const QList<float> ramp{0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        const auto with = [](float rest, int index, float value) {
            QList<float> scores(10, rest);
            scores[index] = value;
            return scores;
        };
        // log 10; log Σ e^−k for k = 0 … 9 is 0.458629744 …, so 0.4586297444 + 9 − label.
        QTest::newRow("equal, first") << QList<float>(10, 3.5F) << 0 << 2.302585092994046 << 0U;
        QTest::newRow("equal, not the first") << QList<float>(10, 3.5F) << 4 << 2.302585092994046 << 1U;
        QTest::newRow("ramp, right") << ramp << 9 << 0.4586297444267113 << 0U;
        QTest::newRow("ramp, wrong") << ramp << 2 << 7.4586297444267113 << 1U;
        QTest::newRow("huge, right") << with(-1e4F, 3, 1e4F) << 3 << 0.0 << 0U;
        QTest::newRow("huge, wrong") << with(-1e4F, 3, 1e4F) << 4 << 2e4 << 1U;
        QTest::newRow("all huge") << QList<float>(10, 1e4F) << 0 << 2.302585092994046 << 0U;
        QTest::newRow("all hugely negative") << QList<float>(10, -1e4F) << 0 << 2.302585092994046 << 0U;
        QTest::newRow("one hugely negative") << with(0.0F, 7, -1e4F) << 7 << 10002.19722457734 << 1U;
        QTest::newRow("beyond exp's range") << with(0.0F, 1, 100.0F) << 0 << 100.0 << 1U;
    }
    void lossByHand() {
        QFETCH(QList<float>, scores);
        QFETCH(int, label);
        QFETCH(double, loss);
        QFETCH(quint32, errors);
        Network network = scoring({scores.begin(), scores.end()});
        const auto byte = static_cast<std::uint8_t>(label);
        const std::vector<std::uint8_t> labels{byte, byte, byte};
        const BatchLoss batch = network.forwardBackward(labels);
        QVERIFY2(std::abs(batch.lossSum / 3.0 - loss) <= 1e-6 * std::max(1.0, loss),
                 differ(batch.lossSum / 3.0, loss).c_str());
        QCOMPARE(batch.errors, 3 * errors);
        for (const float gradient : network.parameters()[1].gradients) QVERIFY(std::isfinite(gradient));
    }

    void countsErrors() {
        Example example("dense 8, tanh, dense 10", 4, 50, 50);
        std::uint32_t expected = 0;
        for (std::size_t i = 0; i < 50; ++i) {
            const std::vector<double> scores = example.reference.scores(std::span(example.x).subspan(i * 4, 4));
            expected += std::ranges::max_element(scores) - scores.begin() != example.labels[i];
        }
        QVERIFY(expected > 0 && expected < 50);
        QCOMPARE(example.network.evaluate(example.labels).errors, expected);
    }

    // A run that has diverged must not look quiet: NaN and infinity go through every kind of layer to the loss.
    void nanReachesTheLoss_data() {
        QTest::addColumn<QString>("layers");
        QTest::addColumn<int>("tensor");
        const char* nets[] = {"dense 10", "dense 37, relu, dense 10", "dense 37, tanh, dense 10",
                              "dense 37, sigmoid, dense 10"};
        for (const char* layers : nets) {
            QTest::addRow("%s: input", layers) << layers << -1;
            QTest::addRow("%s: weight", layers) << layers << 0;
            QTest::addRow("%s: bias", layers) << layers << 1;
        }
    }
    void nanReachesTheLoss() {
        QFETCH(QString, layers);
        QFETCH(int, tensor);
        // Vectorised loops end in scalar ones: look at every place.
        const std::size_t places = Example(layers.toStdString(), 6, 5, 5).network.parameters()[1].values.size();
        for (std::size_t place = 0; place < (tensor < 0 ? 30 : places); ++place) {
            Example example(layers.toStdString(), 6, 5, 5);
            if (tensor < 0)
                example.x[place] = std::numeric_limits<float>::quiet_NaN();
            else
                example.network.parameters()[static_cast<std::size_t>(tensor)].values[place] =
                    std::numeric_limits<float>::quiet_NaN();
            example.fill();
            QVERIFY2(std::isnan(example.network.evaluate(example.labels).lossSum), std::to_string(place).c_str());
            QVERIFY(std::isnan(example.network.forwardBackward(example.labels).lossSum));
        }
    }

    void nanScoresAndInfiniteScores() {
        for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()})
            for (std::size_t place = 0; place < 10; ++place)
                for (std::uint8_t label = 0; label < 10; ++label) {
                    std::vector<float> scores(10, 0.5F);
                    scores[place] = bad;
                    Network network = scoring(scores);
                    const std::uint8_t labels[] = {label, label, label};
                    QVERIFY(!std::isfinite(network.evaluate(labels).lossSum));
                }
    }

    void isFinite() {
        Network network(parseLayerList("dense 37, relu, dense 10"), 9, 2);
        network.initialize(Init::He, 1);
        QVERIFY(network.isFinite());
        for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                                -std::numeric_limits<float>::infinity()})
            for (const ParameterView& tensor : network.parameters())
                for (float& value : tensor.values) {
                    const float before = std::exchange(value, bad);
                    QVERIFY(!network.isFinite());
                    value = before;
                }
        // Large is not infinite, not even in sum.
        for (const ParameterView& tensor : network.parameters())
            std::ranges::fill(tensor.values, std::numeric_limits<float>::max());
        QVERIFY(network.isFinite());
    }

    void parameterNamesAndShapes() {
        const Network network(parseLayerList("tanh, dense 7, relu, dense 10"), 5, 2);
        const auto parameters = network.parameters();
        QCOMPARE(parameters.size(), std::size_t(4));
        const char* names[] = {"1.weight", "1.bias", "3.weight", "3.bias"};
        const std::vector<std::int64_t> shapes[] = {{7, 5}, {7}, {10, 7}, {10}};
        const std::size_t sizes[] = {35, 7, 70, 10};
        for (std::size_t i = 0; i < 4; ++i) {
            QCOMPARE(parameters[i].name, std::string(names[i]));
            QCOMPARE(parameters[i].shape, shapes[i]);
            QCOMPARE(parameters[i].values.size(), sizes[i]);
            QCOMPARE(parameters[i].gradients.size(), sizes[i]);
            QCOMPARE(reinterpret_cast<std::uintptr_t>(parameters[i].values.data()) % 64, std::uintptr_t(0));
        }
        QCOMPARE(network.inputs(), 5U);
        QCOMPARE(network.maximumBatch(), 2U);
    }

    void initialWeights_data() {
        QTest::addColumn<bool>("he");
        QTest::addColumn<QList<double>>("limits");
        // √(6/(inputs + units)) and √(6/inputs) of 90 → 60 → 10.
        QTest::newRow("glorot") << false << QList<double>{0.2, 0.29277002188455997};
        QTest::newRow("he") << true << QList<double>{0.2581988897471611, 0.31622776601683794};
    }
    void initialWeights() {
        QFETCH(bool, he);
        QFETCH(QList<double>, limits);
        Network network(parseLayerList("dense 60, relu, dense 10"), 90, 2);
        for (const ParameterView& tensor : network.parameters()) std::ranges::fill(tensor.values, 9.0F);
        network.initialize(he ? Init::He : Init::Glorot, 42);
        const auto parameters = network.parameters();
        for (std::size_t i = 0; i < 2; ++i) {
            const auto [low, high] = std::ranges::minmax(parameters[2 * i].values);
            QVERIFY(low >= -limits[qsizetype(i)] && low < -0.98 * limits[qsizetype(i)]);
            QVERIFY(high <= limits[qsizetype(i)] && high > 0.98 * limits[qsizetype(i)]);
            for (const float bias : parameters[2 * i + 1].values) QVERIFY(bias == 0.0F);
        }
    }

    void initialWeightsAreTheSeeds() {
        const auto weights = [](std::uint64_t seed) {
            Network network(parseLayerList("dense 10, tanh, dense 10"), 10, 1);
            network.initialize(Init::Glorot, seed);
            std::vector<float> all;
            for (const ParameterView& tensor : network.parameters())
                all.insert(all.end(), tensor.values.begin(), tensor.values.end());
            return all;
        };
        const std::vector<float> first = weights(1);
        QVERIFY(weights(1) == first);
        QVERIFY(weights(2) != first);
        // Both layers are of one size and one limit, and yet from streams of their own.
        QVERIFY(!std::equal(first.begin(), first.begin() + 100, first.begin() + 110));
        // The first weight of seed 1, from the first draw that tst_random records: (2·0.18854546546936035 − 1)·√(6/20).
        VERIFY_NEAR(first[0], -0.3411813484, 1e-6);
    }

private:
    static double centralDifference(Example& example, std::size_t tensor, std::size_t index) {
        double& value = example.reference.tensors[tensor][index];
        const double before = value;
        constexpr double eps = 1e-6;
        value = before + eps;
        const double above = example.reference.meanLoss(example.x, example.labels);
        value = before - eps;
        const double below = example.reference.meanLoss(example.x, example.labels);
        value = before;
        return (above - below) / (2.0 * eps);
    }
};

QTEST_APPLESS_MAIN(TestNetwork)
#include "tst_network.moc"
