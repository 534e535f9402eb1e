// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "problems.h"

#include "core/network/network_spec.h"

#include <QTest>

using namespace ratescope;

class TestLayerList : public QObject {
    Q_OBJECT

private slots:
    void parses_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("again");
        const auto row = [](const char* title, const char* text, const char* again) {
            QTest::newRow(title) << text << again;
        };
        row("plain", "dense 128, relu, dense 10", "dense 128, relu, dense 10");
        row("every layer", "conv2d 8 5, maxpool 3, dropout 0.25, flatten, relu, tanh, sigmoid, dense 10",
            "conv2d 8 5, maxpool 3, dropout 0.25, flatten, relu, tanh, sigmoid, dense 10");
        row("defaults are left out", "conv2d 8 3, maxpool 2", "conv2d 8, maxpool");
        row("defaults", "conv2d 8, maxpool, dropout 0", "conv2d 8, maxpool, dropout 0");
        row("out of range", "dense 0, conv2d 123456789 0, maxpool 0, dropout 5",
            "dense 0, conv2d 123456789 0, maxpool 0, dropout 5");
        row("space", "  dense\t 5 ,relu,\n conv2d  4   7, dense 10 ", "dense 5, relu, conv2d 4 7, dense 10");
        row("other ways to write a number", "dense 1e2, dropout 2.5e-1, dense 5.0", "dense 100, dropout 0.25, dense 5");
        row("empty", " ", "");
    }
    void parses() {
        QFETCH(QString, text);
        QFETCH(QString, again);
        const NetworkSpec spec = parseLayerList(text.toStdString());
        QVERIFY(spec.preset.empty());
        QCOMPARE(QString::fromStdString(layerListText(spec)), again);
        QVERIFY(parseLayerList(again.toStdString()) == spec);
    }

    void parsesIntoLayers() {
        using enum LayerType;
        const NetworkSpec spec =
            parseLayerList("conv2d 8, tanh, maxpool 3, conv2d 9 5, maxpool, dropout 0.1, flatten, sigmoid, dense 7, relu");
        const std::vector<LayerSpec> expected{
            {Conv2d, 8, 3, 0.0},  {Tanh, 0, 0, 0.0},    {MaxPool, 0, 3, 0.0}, {Conv2d, 9, 5, 0.0}, {MaxPool, 0, 2, 0.0},
            {Dropout, 0, 0, 0.1}, {Flatten, 0, 0, 0.0}, {Sigmoid, 0, 0, 0.0}, {Dense, 7, 0, 0.0},  {Relu, 0, 0, 0.0}};
        QVERIFY(spec.layers == expected);
    }

    void presetsReadBack() {
        QCOMPARE(layerListText(*findNetworkPreset("cnn")),
                 std::string("conv2d 32, relu, maxpool, dropout 0.25, conv2d 64, relu, maxpool, dropout 0.25, flatten, "
                             "dense 256, relu, dense 10"));
        for (const NetworkSpec& preset : networkPresets())
            QVERIFY(parseLayerList(layerListText(preset)).layers == preset.layers);
    }

    void refuses_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("says");
        const auto row = [](const char* title, const char* text, const QStringList& says) {
            QTest::newRow(title) << text << says;
        };
        row("unknown", "dense 5, gelu, dense 10",
            {"“gelu”", "dense units", "conv2d filters [kernel]", "maxpool [size]", "dropout rate",
             "flatten, relu, tanh, sigmoid"});
        row("capital", "Dense 10", {"“Dense”"});
        row("nothing between commas", "dense 5,, dense 10", {"“”"});
        row("nothing before the comma", ", dense 10", {"“”"});
        row("no units", "dense, relu", {"dense needs its units", "“dense units”"});
        row("no filters", "conv2d", {"conv2d needs its filters", "“conv2d filters [kernel]”"});
        row("no rate", "dropout", {"dropout needs its rate"});
        row("negative", "dense -5", {"“-5”", "units of dense", "1 to 1048576"});
        row("fraction", "dense 5.5", {"“5.5”", "units of dense", "whole number"});
        row("half a kernel", "conv2d 5 2.5", {"“2.5”", "kernel of conv2d", "1 to 256"});
        row("not a number", "maxpool two", {"“two”", "size of maxpool"});
        row("a number and more", "dense 5x", {"“5x”", "units of dense"});
        row("nan", "dropout nan", {"“nan”", "rate of dropout"});
        row("infinite", "dropout inf", {"“inf”", "rate of dropout"});
        row("huge", "dense 1e300", {"“1e300”", "units of dense"});
        row("beyond a double", "dense 1e999", {"“1e999”", "units of dense"});
        row("negative rate", "dropout -0.5", {"“-0.5”", "rate of dropout", "0 to 0.99"});
        row("two numbers", "dense 5 6", {"dense takes no “6”", "“dense units”"});
        row("three numbers", "conv2d 5 3 2", {"conv2d takes no “2”"});
        row("no number wanted", "relu 3", {"relu takes no “3”"});
        row("missing comma", "flatten dense 10", {"flatten takes no “dense 10”"});
    }
    void refuses() {
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
            QVERIFY(!info.meaning.empty());
            QVERIFY(makeLayerSpec(info.type).type == info.type);
            // What a parameter writes it reads, and nothing else changes.
            for (const LayerParameter& parameter : info.parameters) {
                LayerSpec layer = makeLayerSpec(info.type);
                QVERIFY(parameter.info.required == !parameter.info.fallback);
                if (parameter.info.fallback) QCOMPARE(parameter.get(layer), *parameter.info.fallback);
                parameter.set(layer, parameter.info.maximum);
                for (const LayerParameter& other : info.parameters)
                    if (&other != &parameter) QCOMPARE(other.get(layer), other.get(makeLayerSpec(info.type)));
                QCOMPARE(parameter.get(layer), parameter.info.maximum);
            }
        }
        QCOMPARE(layerTable().size(), std::size_t(8));
        QVERIFY(findLayer("conv3d") == nullptr);
        QVERIFY(findLayer("") == nullptr);
    }
};

QTEST_APPLESS_MAIN(TestLayerList)
#include "tst_layer_list.moc"
