// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "problems.h"

#include "core/network/network_spec.h"

#include <QTest>

using namespace ratescope;

namespace {

/// `28×28×1, 26×26×32, …`.
QString shapesText(const std::vector<Shape>& shapes) {
    QStringList parts;
    for (const Shape& shape : shapes) parts << QString("%1x%2x%3").arg(shape.height).arg(shape.width).arg(shape.channels);
    return parts.join(", ");
}

} // namespace

class TestNetworkSpec : public QObject {
    Q_OBJECT

private slots:
    void presets() {
        QStringList names;
        for (const NetworkSpec& preset : networkPresets()) {
            names << QString::fromStdString(preset.preset);
            QVERIFY(findNetworkPreset(preset.preset) == &preset);
            QVERIFY(validateNetwork(preset, imageShape(28, 28)).empty());
            QVERIFY(validateNetwork(preset, std::nullopt).empty());
        }
        QCOMPARE(names, (QStringList{"softmax", "mlp", "cnn"}));
        QVERIFY(!findNetworkPreset("MLP"));
        QVERIFY(!findNetworkPreset(""));
    }

    void presetsLayerByLayer() {
        using enum LayerType;
        using Layers = std::vector<LayerSpec>;
        QVERIFY(findNetworkPreset("softmax")->layers == (Layers{{Dense, 10, 0, 0.0}}));
        QVERIFY(findNetworkPreset("mlp")->layers == (Layers{{Dense, 128, 0, 0.0}, {Relu, 0, 0, 0.0}, {Dense, 10, 0, 0.0}}));
        QVERIFY(findNetworkPreset("cnn")->layers ==
                (Layers{{Conv2d, 32, 3, 0.0}, {Relu, 0, 0, 0.0}, {MaxPool, 0, 2, 0.0}, {Dropout, 0, 0, 0.25},
                        {Conv2d, 64, 3, 0.0}, {Relu, 0, 0, 0.0}, {MaxPool, 0, 2, 0.0}, {Dropout, 0, 0, 0.25},
                        {Flatten, 0, 0, 0.0}, {Dense, 256, 0, 0.0}, {Relu, 0, 0, 0.0}, {Dense, 10, 0, 0.0}}));
    }

    void shapes_data() {
        QTest::addColumn<QString>("layers");
        QTest::addColumn<quint32>("rows");
        QTest::addColumn<quint32>("columns");
        QTest::addColumn<QString>("shapes");
        QTest::newRow("softmax") << "dense 10" << 28U << 28U << "28x28x1, 1x1x10";
        QTest::newRow("cnn")
            << QString::fromStdString(layerListText(*findNetworkPreset("cnn"))) << 28U << 28U
            << "28x28x1, 26x26x32, 26x26x32, 13x13x32, 13x13x32, 11x11x64, 11x11x64, 5x5x64, 5x5x64, 1x1x1600, 1x1x256, "
               "1x1x256, 1x1x10";
        QTest::newRow("not square") << "conv2d 4 5, maxpool 3, flatten, dense 10" << 12U << 21U
                                    << "12x21x1, 8x17x4, 2x5x4, 1x1x40, 1x1x10";
        QTest::newRow("down to one position") << "conv2d 7 4, dense 10" << 4U << 4U << "4x4x1, 1x1x7, 1x1x10";
        QTest::newRow("pooled image") << "maxpool 2, dropout 0.5, dense 10" << 7U << 5U << "7x5x1, 3x2x1, 3x2x1, 1x1x10";
        QTest::newRow("flattened image") << "flatten, sigmoid, dense 10" << 3U << 5U << "3x5x1, 1x1x15, 1x1x15, 1x1x10";
    }
    void shapes() {
        QFETCH(QString, layers);
        QFETCH(quint32, rows);
        QFETCH(quint32, columns);
        QFETCH(QString, shapes);
        const NetworkSpec spec = parseLayerList(layers.toStdString());
        QVERIFY2(validateNetwork(spec, imageShape(rows, columns)).empty(),
                 problemText(validateNetwork(spec, imageShape(rows, columns))).c_str());
        QCOMPARE(shapesText(layerShapes(spec, imageShape(rows, columns))), shapes);
    }

    void validates_data() {
        QTest::addColumn<QString>("layers");
        QTest::addColumn<quint32>("side"); // of the image; 0: none known
        QTest::addColumn<QStringList>("places");
        QTest::addColumn<QStringList>("says");
        const auto row = [](const char* title, const char* layers, quint32 side, const QStringList& places,
                            const QStringList& says) { QTest::newRow(title) << layers << side << places << says; };
        row("good", "dense 128, relu, dense 10", 28, {}, {});
        row("first layer an activation", "tanh, dense 10", 28, {}, {});
        row("one unit", "dense 1, dense 10", 28, {}, {});
        row("most units", "dense 1048576, dense 10", 1, {}, {});
        row("no layers", "", 28, {""}, {"no layers", "dense layer of 10 units"});
        row("no units", "dense 5, relu, dense 0, dense 10", 28, {"[2].units"}, {"is 0", "1 to 1048576"});
        row("too many units", "dense 1048577, dense 10", 1, {"[0].units"}, {"is 1048577", "1 to 1048576"});
        row("no filters", "conv2d 0, flatten, dense 10", 28, {"[0].filters"}, {"is 0", "1 to 1048576"});
        row("no kernel", "conv2d 5 0, flatten, dense 10", 28, {"[0].kernel"}, {"is 0", "1 to 256"});
        row("kernel beyond the most", "conv2d 5 257, flatten, dense 10", 28, {"[0].kernel"}, {"is 257", "1 to 256"});
        row("no window", "maxpool 0, dense 10", 28, {"[0].size"}, {"is 0", "1 to 256"});
        row("window beyond the most", "maxpool 257, dense 10", 28, {"[0].size"}, {"is 257", "1 to 256"});
        row("dropping nothing", "dropout 0, dense 10", 28, {}, {});
        row("dropping almost all", "dropout 0.99, dense 10", 28, {}, {});
        row("dropping too much", "dropout 0.995, dense 10", 28, {"[0].rate"}, {"is 0.995", "0 to 0.99"});
        row("several faults", "dense 0, conv2d 0 0, relu, maxpool 1000, dropout 1, dense 0", 1,
            {"[0].units", "[1].filters", "[1].kernel", "[3].size", "[4].rate", "[5].units"}, {});
        row("last layer an activation", "dense 10, relu", 28, {"[1]"}, {"relu", "dense with 10 units"});
        row("last layer a flatten", "dense 10, flatten", 28, {"[1]"}, {"flatten", "dense with 10 units"});
        row("last layer too narrow", "dense 128, tanh, dense 9", 28, {"[2].units"}, {"is 9", "10 units"});
        row("last layer too wide", "dense 11", 28, {"[0].units"}, {"is 11", "10 units"});
        // How layers fit onto each other.
        row("kernel as large as the image", "conv2d 5 28, flatten, dense 10", 28, {}, {});
        row("kernel larger than the image", "conv2d 5 29, flatten, dense 10", 28, {"[0]"}, {"kernel of 29 × 29", "28 × 28"});
        row("kernel larger than what is left", "conv2d 5 5, maxpool 4, relu, conv2d 4 7, flatten, dense 10", 28, {"[3]"},
            {"7 × 7", "6 × 6"});
        row("convolution behind a flatten", "conv2d 4, flatten, conv2d 4, dense 10", 28, {"[2]"}, {"3 × 3", "1 × 1"});
        row("kernel of one behind a dense", "dense 7, conv2d 4 1, dense 10", 28, {}, {});
        row("window as large as the image", "conv2d 5, maxpool 26, dense 10", 28, {}, {});
        row("pooling to nothing", "conv2d 5, maxpool 27, dense 10", 28, {"[1]"},
            {"27 × 27", "26 × 26", "nothing would remain"});
        row("pooling a vector", "dense 7, maxpool 2, dense 10", 28, {"[1]"}, {"1 × 1", "nothing would remain"});
        row("dense on channels", "conv2d 5, relu, dense 10", 28, {"[2]"}, {"26 × 26", "5 channels", "flatten"});
        row("dense on one channel", "conv2d 1, dropout 0.5, dense 7, dense 10", 28, {"[2]"}, {"1 channels", "flatten"});
        row("only the first misfit", "conv2d 5 30, maxpool 99, dense 10", 28, {"[0]"}, {"30 × 30"});
        // Without the data nobody knows what fits; ranges and the last layer are seen.
        row("misfits without data", "conv2d 5 200, maxpool 99, dense 10", 0, {}, {});
        row("ranges without data", "conv2d 5 300, maxpool 99, dense 10", 0, {"[0].kernel"}, {"is 300"});
        row("last layer without data", "conv2d 5, flatten", 0, {"[1]"}, {"flatten"});
        // (784 + 1)·340000 weights are 1019 MiB, with 340001·10 more 1032; with 337000 units they are 1022.
        row("over 1 GiB", "dense 340000, dense 10", 28, {"[1]"}, {"1032 MiB", "1024 MiB"});
        row("just below 1 GiB", "dense 337000, dense 10", 28, {}, {});
        row("over 1 GiB by far", "relu, dense 1048576, dense 1048576, dense 10", 28, {"[1]"}, {"3140 MiB", "1024 MiB"});
        row("large convolutions", "conv2d 600 20, tanh, conv2d 1200 9, flatten, dense 10", 28, {}, {});
        row("over 1 GiB in a convolution", "conv2d 2000, tanh, conv2d 20000, flatten, dense 10", 28, {"[2]"},
            {"1374 MiB", "1024 MiB"});
        row("over 1 GiB where 64 bits are needed", "conv2d 1048576 1, conv2d 1048576 256, flatten, dense 10", 256, {"[1]"},
            {"274877906956 MiB", "1024 MiB"});
    }
    void validates() {
        QFETCH(QString, layers);
        QFETCH(quint32, side);
        QFETCH(QStringList, places);
        QFETCH(QStringList, says);
        const std::optional<Shape> image = side > 0 ? std::optional(imageShape(side, side)) : std::nullopt;
        const Problems problems = validateNetwork(parseLayerList(layers.toStdString()), image);
        const std::string text = problemText(problems);
        QStringList found;
        for (const Problem& problem : problems) found << QString::fromStdString(problem.place);
        QVERIFY2(found == places, text.c_str());
        for (const QString& part : says) QVERIFY2(contains(text, part.toStdString()), text.c_str());
    }

    void sidesOfTheImageCountEach() {
        const NetworkSpec spec = parseLayerList("conv2d 3 5, flatten, dense 10");
        QVERIFY(validateNetwork(spec, imageShape(5, 9)).empty());
        QVERIFY(!validateNetwork(spec, imageShape(4, 9)).empty());
        QVERIFY(!validateNetwork(spec, imageShape(9, 4)).empty());
        QVERIFY(!validateNetwork(parseLayerList("maxpool 5, dense 10"), imageShape(9, 4)).empty());
    }

    void howManyLayers() {
        NetworkSpec spec;
        spec.layers.assign(maximumLayers, {LayerType::Relu});
        spec.layers.back() = {LayerType::Dense, 10};
        QVERIFY(validateNetwork(spec, imageShape(28, 28)).empty());
        spec.layers.insert(spec.layers.begin(), {LayerType::Relu});
        const std::string text = problemText(validateNetwork(spec, imageShape(28, 28)));
        QVERIFY2(contains(text, "101 layers") && contains(text, "100"), text.c_str());
    }

    void counts() {
        const Shape image = imageShape(28, 28);
        QCOMPARE(parameterCount(*findNetworkPreset("softmax"), image), std::uint64_t(7850));
        QCOMPARE(parameterCount(*findNetworkPreset("mlp"), image), std::uint64_t(101770));
        // (9 + 1)·32 + (288 + 1)·64 + (1600 + 1)·256 + (256 + 1)·10
        QCOMPARE(parameterCount(*findNetworkPreset("cnn"), image), std::uint64_t(320 + 18496 + 409856 + 2570));
        QCOMPARE(parameterCount(parseLayerList("tanh, dense 3, relu, sigmoid, dense 10"), imageShape(1, 5)),
                 std::uint64_t(6 * 3 + 4 * 10));
        QCOMPARE(parameterCount(parseLayerList("maxpool 2, conv2d 3 2, flatten, dense 10"), imageShape(7, 9)),
                 std::uint64_t(5 * 3 + (3 * 2 * 3 + 1) * 10));
        QCOMPARE(weightLayerCount(*findNetworkPreset("cnn")), std::size_t(4));
        QCOMPARE(weightLayerCount(NetworkSpec{}), std::size_t(0));
        for (const LayerInfo& info : layerTable())
            QCOMPARE(hasWeights(info.type), info.type == LayerType::Dense || info.type == LayerType::Conv2d);
    }

    void cost() {
        const Shape image = imageShape(28, 28);
        const auto check = [&](const char* preset, double forward, double training) {
            const NetworkCost cost = networkCost(*findNetworkPreset(preset), image);
            QCOMPARE(cost.forward, forward);
            QCOMPARE(cost.training, training);
        };
        check("softmax", 2.0 * 7840, 4.0 * 7840);
        check("mlp", 2.0 * (784 * 128 + 1280), 4.0 * 784 * 128 + 6.0 * 1280);
        // Patches of 9 at 26² positions into 32 filters, of 288 at 11² into 64; 1600 → 256 → 10.
        constexpr double first = 9.0 * 26 * 26 * 32;
        constexpr double rest = 288.0 * 11 * 11 * 64 + 1600.0 * 256 + 2560;
        check("cnn", 2.0 * (first + rest), 4.0 * first + 6.0 * rest);
    }

    void shapesInMemory() {
        QCOMPARE(imageShape(28, 28).stride(), std::int64_t(784));
        QCOMPARE(imageShape(9, 5).stride(), std::int64_t(48));
        QCOMPARE(imageShape(9, 5).channelStride(), std::int64_t(1));
        const Shape channels{3, 5, 17};
        QCOMPARE(channels.channelStride(), std::int64_t(32));
        QCOMPARE(channels.stride(), std::int64_t(3 * 5 * 32));
        QCOMPARE(channels.values(), std::int64_t(3 * 5 * 17));
        QVERIFY((Shape{1, 1, 7}.isVector()) && !channels.isVector() && !imageShape(1, 2).isVector());
    }
};

QTEST_APPLESS_MAIN(TestNetworkSpec)
#include "tst_network_spec.moc"
