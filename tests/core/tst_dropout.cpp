// SPDX-License-Identifier: GPL-3.0-or-later
#include "network_examples.h"

#include <QTest>

using namespace ratescope;

namespace {

constexpr std::int64_t values = 2000;

/// Which values of the rows 0 … rows − 1 a dropout layer keeps, times what it multiplies them by.
std::vector<float> mask(double rate, std::uint64_t layer, std::uint64_t noise, std::int64_t rows = 1) {
    const Shape shape{1, 1, values};
    const std::unique_ptr<Layer> dropout = makeDropoutLayer(shape, rate, layer);
    AlignedBuffer in(static_cast<std::size_t>(rows * shape.stride()));
    AlignedBuffer out(in.size());
    std::ranges::fill(in.span(), 1.0F);
    dropout->forward({{in.data(), shape.stride()}}, {out.data(), shape.stride()}, {0, rows}, {true, noise}, nullptr);
    std::vector<float> kept;
    for (std::int64_t n = 0; n < rows; ++n)
        kept.insert(kept.end(), out.data() + n * shape.stride(), out.data() + n * shape.stride() + values);
    return kept;
}

/// Share of the values that both keep or both drop.
double agreement(const std::vector<float>& a, const std::vector<float>& b) {
    std::size_t same = 0;
    for (std::size_t i = 0; i < a.size(); ++i) same += (a[i] == 0.0F) == (b[i] == 0.0F);
    return static_cast<double>(same) / static_cast<double>(a.size());
}

double length(const ParameterView& view) {
    double sum = 0.0;
    for (const float gradient : view.gradients) sum += static_cast<double>(gradient) * gradient;
    return std::sqrt(sum);
}

} // namespace

class TestDropout : public QObject {
    Q_OBJECT

private slots:
    void shareAndScale_data() {
        QTest::addColumn<double>("rate");
        for (const double rate : {0.0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99}) QTest::addRow("%g", rate) << rate;
    }
    void shareAndScale() {
        QFETCH(double, rate);
        for (const std::uint64_t noise : {0U, 1U, 2U, 1000000U}) {
            const std::vector<float> kept = mask(rate, 3, noise, 100);
            std::size_t zeros = 0;
            for (const float value : kept) {
                if (value == 0.0F)
                    ++zeros;
                else
                    QVERIFY(value == static_cast<float>(1.0 / (1.0 - rate)));
            }
            // Five standard deviations of the binomial distribution.
            const auto count = static_cast<double>(kept.size());
            QVERIFY(std::abs(static_cast<double>(zeros) - rate * count) <= 5.0 * std::sqrt(count * rate * (1.0 - rate)));
        }
    }

    // Every place of a row has its turn, and every row: over many steps none is dropped more often than chance has it.
    void everyPlaceIsDroppedAsOften() {
        std::vector<int> drops(values);
        constexpr int steps = 400;
        for (std::uint64_t noise = 0; noise < steps; ++noise) {
            const std::vector<float> kept = mask(0.5, 0, noise);
            for (std::size_t i = 0; i < kept.size(); ++i) drops[i] += kept[i] == 0.0F;
        }
        double chiSquare = 0.0;
        for (const int count : drops) chiSquare += std::pow(count - steps / 2.0, 2) / (steps / 4.0);
        // Mean 2000, standard deviation √4000.
        QVERIFY2(std::abs(chiSquare - values) < 5.0 * std::sqrt(2.0 * values), std::to_string(chiSquare).c_str());
    }

    void sameForTheSame() {
        QVERIFY(mask(0.5, 3, 17, 4) == mask(0.5, 3, 17, 4));
        // Rows of a longer batch are those of a shorter one.
        const std::vector<float> longer = mask(0.5, 3, 17, 4);
        QVERIFY(std::equal(longer.begin(), longer.begin() + 2 * values, mask(0.5, 3, 17, 2).begin()));
    }

    // Masks of two rows, layers or steps agree in half of the values, as independent ones do.
    void anotherForAnother() {
        const std::vector<float> first = mask(0.5, 3, 17, 3);
        const auto independent = [](const std::vector<float>& a, const std::vector<float>& b) {
            const double share = agreement(a, b);
            return std::abs(share - 0.5) <= 5.0 * 0.5 / std::sqrt(static_cast<double>(a.size()));
        };
        for (const std::uint64_t noise : {0U, 16U, 18U, 17U + 256U}) QVERIFY(independent(mask(0.5, 3, noise, 3), first));
        for (const std::uint64_t layer : {0U, 2U, 4U}) QVERIFY(independent(mask(0.5, layer, 17, 3), first));
        const auto row = [&](int n) {
            return std::vector<float>(first.begin() + n * values, first.begin() + (n + 1) * values);
        };
        QVERIFY(independent(row(0), row(1)));
        QVERIFY(independent(row(1), row(2)));
        QVERIFY(independent(row(0), row(2)));
        // Nor is one the other shifted by a few places.
        for (std::size_t shift = 1; shift < 20; ++shift)
            QVERIFY(independent({first.begin() + std::ptrdiff_t(shift), first.begin() + values},
                                {first.begin(), first.begin() + values - std::ptrdiff_t(shift)}));
    }

    void backwardHasTheMaskOfForward() {
        const Shape shape{1, 1, values};
        const std::unique_ptr<Layer> dropout = makeDropoutLayer(shape, 0.4, 2);
        AlignedBuffer in(static_cast<std::size_t>(6 * shape.stride()));
        AlignedBuffer out(in.size());
        AlignedBuffer gradient(in.size());
        RandomStream stream(1, "values");
        for (float& value : in.span()) value = stream.uniform(0.5F, 1.0F);
        const Pass pass{true, 99};
        const Rows rows{in.data(), shape.stride()};
        dropout->forward({rows}, {out.data(), shape.stride()}, {2, 6}, pass, nullptr);
        dropout->backward(
            {{rows}, {out.data(), shape.stride()}, rows, {gradient.data(), shape.stride()}, {2, 6}, 0, true, pass}, nullptr);
        QVERIFY(std::ranges::equal(gradient.span(), out.span()));
        // The rows before the group were not touched.
        QVERIFY(std::all_of(out.data(), out.data() + 2 * shape.stride(), [](float value) { return value == 0.0F; }));
        QVERIFY(std::any_of(out.data() + 2 * shape.stride(), out.data() + 3 * shape.stride(),
                            [](float value) { return value != 0.0F; }));
    }

    void nothingInEvaluation_data() {
        QTest::addColumn<QString>("layers");
        QTest::addColumn<QString>("without");
        QTest::newRow("dense") << "dense 20, relu, dropout 0.5, dense 10" << "dense 20, relu, dense 10";
        QTest::newRow("first") << "dropout 0.5, dense 20, tanh, dropout 0.9, dense 10" << "dense 20, tanh, dense 10";
        QTest::newRow("conv2d") << "conv2d 5 3, dropout 0.3, relu, maxpool 2, dropout 0.25, flatten, dropout 0.5, dense 10"
                                << "conv2d 5 3, relu, maxpool 2, flatten, dense 10";
    }
    void nothingInEvaluation() {
        QFETCH(QString, layers);
        QFETCH(QString, without);
        const SampleSet set = makeImages(40, 9, 8, 2);
        const std::vector<std::uint32_t> samples = backwards(40);
        WorkerTeam team;
        Network network = makeNetwork(layers.toStdString(), 9, 8, useFor(40));
        Network plain = makeNetwork(without.toStdString(), 9, 8, useFor(40));
        const double expected = plain.evaluate({set, samples}, team).lossSum;
        QVERIFY(network.evaluate({set, samples}, team).lossSum == expected);
        const double trained = network.forwardBackward({set, samples}, team, 1).lossSum;
        QVERIFY(trained != expected);
        QVERIFY(network.forwardBackward({set, samples}, team, 2).lossSum != trained);
        QVERIFY(network.forwardBackward({set, samples}, team, 1).lossSum == trained);
        QVERIFY(network.evaluate({set, samples}, team).lossSum == expected);
    }

    // Where it is written before the pooling, it drops there: of windows of 25 equal values one at least is kept.
    void dropsBeforePooling() {
        const SampleSet set = makeImages(40, 11, 12, 2);
        const std::vector<std::uint32_t> samples = backwards(40);
        WorkerTeam team;
        const auto loss = [&](const char* layers, float bias, std::uint64_t noise) {
            Network network = makeNetwork(layers, 11, 12, useFor(40));
            std::ranges::fill(network.parameters()[0].values, 0.0F);
            std::fill_n(network.parameters()[1].values.data(), 3, bias);
            network.weightsChanged();
            return network.forwardBackward({set, samples}, team, noise).lossSum;
        };
        const double kept = loss("conv2d 3 2, maxpool 5, flatten, dense 10", 2.0F, 0);
        for (std::uint64_t noise = 0; noise < 5; ++noise) {
            QCOMPARE(loss("conv2d 3 2, dropout 0.5, maxpool 5, flatten, dense 10", 1.0F, noise), kept);
            QCOMPARE(loss("conv2d 3 2, relu, dropout 0.5, maxpool 5, flatten, dense 10", 1.0F, noise), kept);
            QVERIFY(loss("conv2d 3 2, maxpool 5, dropout 0.5, flatten, dense 10", 1.0F, noise) != kept);
        }
    }

    void gradientsGoThroughTheMask_data() {
        QTest::addColumn<QString>("layers");
        for (const char* layers :
             {"dropout 0.3, dense 30, tanh, dense 10",
              "dense 30, tanh, dropout 0.5, dense 20, sigmoid, dropout 0.2, dense 10",
              "dense 30, dropout 0.5, tanh, dense 10", "dense 40, relu, dropout 0.5, dense 40, relu, dropout 0.5, dense 10",
              "dense 40, tanh, dropout 0.5, dropout 0.5, dense 10",
              "conv2d 6 3, relu, maxpool 2, dropout 0.25, conv2d 17 2, tanh, dropout 0.4, flatten, dropout 0.2, dense 10",
              "conv2d 6 3, dropout 0.4, maxpool 2, flatten, dense 10"})
            QTest::newRow(layers) << layers;
    }
    // Along each tensor's own gradient the loss rises as steeply as the gradient is long. The rest is the ReLUs' kinks;
    // another mask would be off by tens of percents.
    void gradientsGoThroughTheMask() {
        QFETCH(QString, layers);
        const SampleSet set = makeImages(33, 10, 9, 2);
        const std::vector<std::uint32_t> samples = backwards(33);
        const Network::Batch batch{set, samples};
        WorkerTeam team;
        Network network = makeNetwork(layers.toStdString(), 10, 9, useFor(33));
        network.forwardBackward(batch, team, 77);
        network.finishGradients(batch, team, {});
        for (const ParameterView& view : network.parameters()) {
            const std::vector<float> before(view.values.begin(), view.values.end());
            const std::vector<float> gradient(view.gradients.begin(), view.gradients.end());
            const double expected = length(view);
            double slope = 0.0;
            constexpr double step = 2e-3;
            for (const double side : {1.0, -1.0}) {
                for (std::size_t i = 0; i < before.size(); ++i)
                    view.values[i] =
                        static_cast<float>(before[i] + side * step * static_cast<double>(gradient[i]) / expected);
                network.weightsChanged();
                slope += side * network.forwardBackward(batch, team, 77).lossSum / 33 / (2.0 * step);
            }
            std::ranges::copy(before, view.values.begin());
            QVERIFY2(std::abs(slope - expected) <= 2e-2 * expected,
                     (view.name + ": " + std::to_string(slope) + " instead of " + std::to_string(expected)).c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestDropout)
#include "tst_dropout.moc"
