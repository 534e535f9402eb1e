// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of a run that say how it trains: as they are read, and as they are written into a study.
#include "app/study/run_config_json.h"
#include "tests/core/problems.h"

#include <QTest>

#include <functional>

using namespace ratescope;

namespace {

RunConfig throughJson(const RunConfig& config) {
    return runConfigFromJson(toJson(config).dump(), "study");
}

RunConfig cyclical() {
    RunConfig config;
    config.schedule = {"warm_restarts", TimeUnit::Step, {}};
    config.schedule.values.set("lr", 0.1);
    config.schedule.values.set("period", 100);
    return config;
}

/// What a key of a run reads as, and what it is written as.
struct Reading {
    const char* text;
    std::function<void(RunConfig&)> change;
    const char* written; ///< the key's value; null: the key is not written
};

} // namespace

class TestRunConfigTraining : public QObject {
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void roundTrips_data();
    void roundTrips();
    void betas();
    void layerDefaults();
    void nothingIsWrittenThatIsNotUsed();
    void faults_data();
    void faults();

private:
    std::vector<Reading> m_readings;
};

void TestRunConfigTraining::reads_data() {
    QTest::addColumn<std::size_t>("index");
    QTest::addColumn<QByteArray>("key");
    m_readings.clear();
    const auto row = [&](const char* name, const char* key, const char* text, std::function<void(RunConfig&)> change,
                         const char* written) {
        QTest::newRow(name) << m_readings.size() << QByteArray(key);
        m_readings.push_back({text, std::move(change), written});
    };
    row(
        "loss mse", "loss", R"("mse")", [](RunConfig& c) { c.loss = Loss::Mse; }, R"("mse")");
    row(
        "loss cross_entropy", "loss", R"("cross_entropy")", [](RunConfig&) {}, R"("cross_entropy")");
    row(
        "layer_rates", "layer_rates", "[0,0.125]",
        [](RunConfig& c) {
            c.layerRates = {0.0, 0.125};
        },
        "[0,0.125]");
    row(
        "layer_rates, a million", "layer_rates", "[1e6,1e-3]",
        [](RunConfig& c) {
            c.layerRates = {1e6, 1e-3};
        },
        "[1000000,0.001]");
    row(
        "layer_rates, none", "layer_rates", "[]", [](RunConfig&) {}, nullptr);
    row(
        "early_stopping as it is", "early_stopping", "{}",
        [](RunConfig& c) {
            c.earlyStopping = EarlyStoppingSpec{Monitor::ValidationLoss, 3, 0.0, true};
        },
        R"({"monitor":"val_loss","patience":3,"min_delta":0,"restore_best":true})");
    row(
        "early_stopping, every key", "early_stopping",
        R"({"monitor":"val_accuracy","patience":1,"min_delta":0.1,"restore_best":false})",
        [](RunConfig& c) {
            c.earlyStopping = EarlyStoppingSpec{Monitor::ValidationAccuracy, 1, 0.1, false};
        },
        R"({"monitor":"val_accuracy","patience":1,"min_delta":0.1,"restore_best":false})");
    row(
        "early_stopping, longest", "early_stopping", R"({"monitor":"train_loss","patience":1e9})",
        [](RunConfig& c) {
            c.earlyStopping = EarlyStoppingSpec{Monitor::TrainingLoss, maximumSteps, 0.0, true};
        },
        R"({"monitor":"train_loss","patience":1000000000,"min_delta":0,"restore_best":true})");
    row(
        "early_stopping off", "early_stopping", R"("off")", [](RunConfig&) {}, nullptr);
    row(
        "snapshots off", "snapshots", R"("off")", [](RunConfig&) {}, nullptr);
    row(
        "start_from off", "start_from", R"("off")", [](RunConfig&) {}, nullptr);
    row(
        "start_from a run", "start_from", R"({"run":"größer “𝄞”"})",
        [](RunConfig& c) {
            c.startFrom = StartFromSpec{"größer “𝄞”", {}, false};
        },
        R"({"run":"größer “𝄞”"})");
    row(
        "start_from a file", "start_from", R"({"new_head":true,"file":"a/b.safetensors"})",
        [](RunConfig& c) {
            c.startFrom = StartFromSpec{{}, "a/b.safetensors", true};
        },
        R"({"file":"a/b.safetensors","new_head":true})");
    row(
        "start_from, the head kept", "start_from", R"({"run":"a","new_head":false})",
        [](RunConfig& c) {
            c.startFrom = StartFromSpec{"a", {}, false};
        },
        R"({"run":"a"})");
    row(
        "batch_growth", "schedule", R"({"type":"cosine","lr":0.5,"batch_growth":true})",
        [](RunConfig& c) {
            c.schedule = {"cosine", TimeUnit::Step, {}};
            c.schedule.values.set("lr", 0.5);
            c.schedule.batchGrowth = true;
        },
        R"({"type":"cosine","unit":"step","lr":0.5,"batch_growth":true})");
    row(
        "max_batch", "schedule",
        R"({"max_batch":512,"batch_growth":true,"type":"step","lr":0.5,"period":2,"unit":"epoch"})",
        [](RunConfig& c) {
            c.schedule = {"step", TimeUnit::Epoch, {}};
            c.schedule.values.set("lr", 0.5);
            c.schedule.values.set("period", 2);
            c.schedule.batchGrowth = true;
            c.schedule.maxBatch = 512;
        },
        R"({"type":"step","unit":"epoch","lr":0.5,"period":2,"batch_growth":true,"max_batch":512})");
    row(
        "batch_growth off", "schedule", R"({"type":"constant","lr":0.01,"batch_growth":false})", [](RunConfig&) {},
        R"({"type":"constant","unit":"step","lr":0.01})");
}

void TestRunConfigTraining::reads() {
    QFETCH(const std::size_t, index);
    QFETCH(const QByteArray, key);
    const Reading& reading = m_readings.at(index);
    RunConfig expected;
    reading.change(expected);
    const RunConfig found = runConfigFromJson("{\"" + key.toStdString() + "\":" + reading.text + "}", "study");
    QVERIFY2(found == expected, toJson(found).dump().c_str());
    const Json json = toJson(found);
    QCOMPARE(json.contains(key.toStdString()), reading.written != nullptr);
    if (reading.written) QCOMPARE(json[key.toStdString()].dump(), std::string(reading.written));
    QVERIFY(throughJson(found) == expected);
}

void TestRunConfigTraining::roundTrips_data() {
    QTest::addColumn<int>("monitor");
    QTest::addColumn<double>("delta");
    QTest::newRow("val_loss") << 0 << 1.0 / 3.0;
    QTest::newRow("val_accuracy") << 1 << 5e-324;
    QTest::newRow("train_loss") << 2 << 1e300;
}

void TestRunConfigTraining::roundTrips() {
    QFETCH(const int, monitor);
    QFETCH(const double, delta);
    RunConfig config = cyclical();
    config.loss = Loss::Mse;
    config.snapshots = true;
    config.layerRates = {1.0 / 3.0, 5e-324};
    config.earlyStopping = EarlyStoppingSpec{static_cast<Monitor>(monitor), 7, delta, false};
    config.startFrom = StartFromSpec{"b \"c\" / \\", {}, true};
    QCOMPARE(problemText(config.validate()), std::string());
    QVERIFY(throughJson(config) == config);
    QCOMPARE(toJson(config)["snapshots"].dump(), std::string("\"cycle\""));
    config.startFrom = StartFromSpec{{}, "/tmp/ü x.safetensors", false};
    QVERIFY(throughJson(config) == config);
}

void TestRunConfigTraining::betas() {
    for (const char* type : {"adam", "adamw", "adamax", "nadam", "radam", "adabound"}) {
        const std::string start = std::string(R"({"optimizer":{"type":")") + type + "\",";
        const RunConfig pair = runConfigFromJson(start + R"("betas":[0.8,0.95]}})", "study");
        const RunConfig each = runConfigFromJson(start + R"("beta1":0.8,"beta2":0.95}})", "study");
        QVERIFY2(pair == each, type);
        QCOMPARE(pair.optimizer.values.find("beta1"), std::optional(0.8));
        QCOMPARE(pair.optimizer.values.find("beta2"), std::optional(0.95));
        QVERIFY2(!toJson(pair)["optimizer"].contains("betas"), type);
        QVERIFY2(throughJson(pair) == pair, type);
    }
}

void TestRunConfigTraining::layerDefaults() {
    const RunConfig config = runConfigFromJson(
        R"({"network":[{"type":"conv2d","filters":4},{"type":"maxpool"},{"type":"dropout","rate":0.125},{"type":"flatten"},{"type":"dense","units":10}]})",
        "study");
    QVERIFY(config.network == parseLayerList("conv2d 4 3, maxpool 2, dropout 0.125, flatten, dense 10"));
    QCOMPARE(
        toJson(config)["network"].dump(),
        std::string(
            R"([{"type":"conv2d","filters":4,"kernel":3},{"type":"maxpool","size":2},{"type":"dropout","rate":0.125},)"
            R"({"type":"flatten"},{"type":"dense","units":10}])"));
    QVERIFY(throughJson(config) == config);
}

void TestRunConfigTraining::nothingIsWrittenThatIsNotUsed() {
    const Json json = toJson(RunConfig{});
    for (const char* key : {"layer_rates", "early_stopping", "snapshots", "start_from", "range_test"})
        QVERIFY2(!json.contains(key), key);
    for (const char* key : {"batch_growth", "max_batch"}) QVERIFY2(!json["schedule"].contains(key), key);
}

void TestRunConfigTraining::faults_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("part");
    const auto row = [](const char* name, const char* text, const char* part) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(part);
    };
    row("early_stopping in a range test", R"({"range_test":{},"early_stopping":{}})",
        "study: early_stopping: has no place in a range test");
    row("snapshots in a range test",
        R"({"range_test":{},"snapshots":"cycle","schedule":{"type":"warm_restarts","lr":1,"period":5}})",
        "study: snapshots: have no place in a range test");
    row("batch_growth in a range test", R"({"range_test":{},"schedule":{"type":"cosine","lr":1,"batch_growth":true}})",
        "study: schedule.batch_growth: has no place in a range test");
    row("snapshots without cycles", R"({"snapshots":"cycle","schedule":{"type":"cosine","lr":1}})",
        "study: snapshots: need a schedule that goes round in cycles, such as warm_restarts or cyclical; cosine does "
        "not");
    row("batch_growth of a rate that stays", R"({"schedule":{"type":"constant","lr":1,"batch_growth":true}})",
        "study: schedule.batch_growth: needs a schedule whose rate falls; constant is none");
    row("max_batch alone", R"({"schedule":{"type":"cosine","lr":1,"max_batch":100}})",
        "study: schedule.max_batch: means nothing without batch_growth");
    row("nothing held out", R"({"validation":0,"early_stopping":{"monitor":"val_accuracy"}})",
        "study: early_stopping.monitor: is val_accuracy, but no samples are held out for validation");
    row("layer_rates too few", R"({"layer_rates":[1]})",
        "study: layer_rates: holds 1 numbers; expected 2, one for each layer with weights");
    row("layer_rates too many", R"({"network":"cnn","layer_rates":[1,1,1,1,1]})",
        "study: layer_rates: holds 5 numbers; expected 4");
    row("layer_rates negative", R"({"layer_rates":[1,-0.5]})",
        "study: layer_rates[1]: is -0.5; allowed: a number from 0 (frozen) to 1e6");
    row("layer_rates huge", R"({"layer_rates":[1e7,1]})", "study: layer_rates[0]: is 1e+07; allowed");
    row("layer_rates all frozen", R"({"layer_rates":[0,0]})", "study: layer_rates: freezes every layer");
    row("min_delta negative", R"({"early_stopping":{"min_delta":-1}})",
        "study: early_stopping.min_delta: is -1; allowed: a number from 0 on");
    row("min_delta beyond numbers", R"({"early_stopping":{"min_delta":1e999}})", "study: ");
    row("start_from nothing", R"({"start_from":{}})", "study: start_from: needs either a run or a file");
    row("start_from an empty name", R"({"start_from":{"run":""}})", "study: start_from: needs either a run or a file");
    row("start_from both", R"({"start_from":{"run":"a","file":"b"}})",
        "study: start_from: needs either a run or a file");
    row("dampening beside nesterov", R"({"optimizer":{"type":"sgd","momentum":0.9,"nesterov":true,"dampening":0.1}})",
        "study: optimizer.nesterov: needs a dampening of 0");
}

void TestRunConfigTraining::faults() {
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, part);
    const std::string error = errorOf([&] { runConfigFromJson(text.toStdString(), "study"); });
    QVERIFY2(error.starts_with(part.toStdString()), error.c_str());
}

QTEST_GUILESS_MAIN(TestRunConfigTraining)
#include "tst_run_config_training.moc"
