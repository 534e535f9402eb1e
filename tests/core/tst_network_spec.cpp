// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "problems.h"

#include "core/network/network_spec.h"

#include <QTest>

using namespace ratescope;

class TestNetworkSpec : public QObject {
    Q_OBJECT

private slots:
    void validates_data() {
        QTest::addColumn<QString>("layers");
        QTest::addColumn<quint32>("inputs");
        QTest::addColumn<QStringList>("places");
        QTest::addColumn<QStringList>("says");
        const auto row = [](const char* title, const char* layers, quint32 inputs, const QStringList& places,
                            const QStringList& says) { QTest::newRow(title) << layers << inputs << places << says; };
        row("good", "dense 128, relu, dense 10", 784, {}, {});
        row("first layer an activation", "tanh, dense 10", 784, {}, {});
        row("one unit", "dense 1, dense 10", 784, {}, {});
        row("most units", "dense 1048576, dense 10", 1, {}, {});
        row("no layers", "", 784, {""}, {"no layers"});
        row("no units", "dense 5, relu, dense 0, dense 10", 784, {"[2].units"}, {"is 0", "1 to 1048576"});
        row("too many units", "dense 1048577, dense 10", 1, {"[0].units"}, {"is 1048577", "1 to 1048576"});
        row("several faults", "dense 0, relu, dense 4294967295, dense 0", 1, {"[0].units", "[2].units", "[3].units"},
            {});
        row("last layer an activation", "dense 10, relu", 784, {"[1]"}, {"relu", "dense with 10 units"});
        row("last layer too narrow", "dense 128, tanh, dense 9", 784, {"[2].units"}, {"is 9", "10 units"});
        row("last layer too wide", "dense 11", 784, {"[0].units"}, {"is 11", "10 units"});
        // (784 + 1)·340000 + 340001·10 weights are 1032 MiB; with 337000 units they are 1022.
        row("over 1 GiB", "dense 340000, dense 10", 784, {""}, {"1032 MiB", "1024 MiB"});
        row("just below 1 GiB", "dense 337000, dense 10", 784, {}, {});
        row("over 1 GiB by far", "dense 1048576, dense 1048576, dense 10", 784, {""}, {"1024 MiB"});
    }
    void validates() {
        QFETCH(QString, layers);
        QFETCH(quint32, inputs);
        QFETCH(QStringList, places);
        QFETCH(QStringList, says);
        const Problems problems = validateNetwork(parseLayerList(layers.toStdString()), inputs);
        const std::string text = problemText(problems);
        QStringList found;
        for (const Problem& problem : problems) found << QString::fromStdString(problem.place);
        QCOMPARE(found, places);
        for (const QString& part : says) QVERIFY2(contains(text, part.toStdString()), text.c_str());
    }

    void counts() {
        QCOMPARE(parameterCount(parseLayerList("dense 10"), 784), std::uint64_t(7850));
        QCOMPARE(parameterCount(*findNetworkPreset("mlp"), 784), std::uint64_t(101770));
        QCOMPARE(parameterCount(parseLayerList("tanh, dense 3, relu, sigmoid, dense 10"), 5),
                 std::uint64_t(6 * 3 + 4 * 10));
    }

    void presets() {
        QCOMPARE(layerListText(*findNetworkPreset("softmax")), std::string("dense 10"));
        QCOMPARE(layerListText(*findNetworkPreset("mlp")), std::string("dense 128, relu, dense 10"));
        QVERIFY(!findNetworkPreset("MLP"));
        QVERIFY(!findNetworkPreset(""));
        for (const NetworkSpec& preset : networkPresets()) QVERIFY(validateNetwork(preset, 784).empty());
    }

    void parses_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("again");
        QTest::newRow("plain") << "dense 128, relu, dense 10"
                               << "dense 128, relu, dense 10";
        QTest::newRow("every layer") << "tanh, dense 4294967295, sigmoid, relu, dense 0"
                                     << "tanh, dense 4294967295, sigmoid, relu, dense 0";
        QTest::newRow("space") << "  dense\t 5 ,relu,\n dense 10 "
                               << "dense 5, relu, dense 10";
        QTest::newRow("empty") << " "
                               << "";
    }
    void parses() {
        QFETCH(QString, text);
        QFETCH(QString, again);
        const NetworkSpec spec = parseLayerList(text.toStdString());
        QCOMPARE(QString::fromStdString(layerListText(spec)), again);
        QVERIFY(parseLayerList(again.toStdString()) == spec);
    }

    void parsesIntoLayers() {
        const NetworkSpec spec = parseLayerList("dense 7, tanh, sigmoid, relu");
        const std::vector<LayerSpec> expected{
            {LayerType::Dense, 7}, {LayerType::Tanh, 0}, {LayerType::Sigmoid, 0}, {LayerType::Relu, 0}};
        QVERIFY(spec.layers == expected);
        QVERIFY(spec.preset.empty());
    }

    void refusesText_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("says");
        QTest::newRow("unknown") << "dense 5, gelu, dense 10" << QStringList{"“gelu”", "dense N, relu, tanh, sigmoid"};
        QTest::newRow("capital") << "Dense 10" << QStringList{"“Dense”"};
        QTest::newRow("nothing between commas") << "dense 5,, dense 10" << QStringList{"“”"};
        QTest::newRow("no number") << "dense, relu" << QStringList{"dense", "number of units"};
        QTest::newRow("negative") << "dense -5" << QStringList{"dense", "number of units"};
        QTest::newRow("fraction") << "dense 5.5" << QStringList{"dense", "number of units"};
        QTest::newRow("two numbers") << "dense 5 6" << QStringList{"dense", "number of units"};
        QTest::newRow("beyond 32 bits") << "dense 4294967296" << QStringList{"dense", "number of units"};
        QTest::newRow("no number wanted") << "relu 3" << QStringList{"relu takes no number"};
    }
    void refusesText() {
        QFETCH(QString, text);
        QFETCH(QStringList, says);
        const std::string error = errorOf([&] { parseLayerList(text.toStdString()); });
        QVERIFY(!error.empty());
        for (const QString& part : says) QVERIFY2(contains(error, part.toStdString()), error.c_str());
    }

    void tableAndNames() {
        for (const LayerInfo& info : layerTable()) {
            QVERIFY(findLayer(info.name) == &info);
            QVERIFY(&layerInfo(info.type) == &info);
        }
        QVERIFY(findLayer("conv3d") == nullptr);
    }
};

QTEST_APPLESS_MAIN(TestNetworkSpec)
#include "tst_network_spec.moc"
