// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/run_config_json.h"
#include "tests/core/problems.h"

#include <QTest>

#include <cmath>

using namespace ratescope;

namespace {

/// A valid value of a parameter, one with a long decimal form where that may be.
double valueFor(const ParameterInfo& info) {
    switch (info.kind) {
    case ParameterKind::Flag:
        return 1.0;
    case ParameterKind::Choice:
        return info.maximum;
    case ParameterKind::Integer:
        return std::floor(info.minimum) + 1.0;
    default:
        break;
    }
    const double most = std::isfinite(info.maximum) ? info.maximum : 1e3;
    const double least = std::isfinite(info.minimum) ? info.minimum : 0.0;
    return std::min(most, least + (most - least) / 3e3 + 1.0 / 7.0 * std::min(1.0, most - least));
}

ParameterValues fullValues(const std::vector<ParameterInfo>& table) {
    ParameterValues values;
    for (const ParameterInfo& info : table)
        if (info.isValue()) values.set(info.name, valueFor(info));
    return values;
}

RunConfig throughJson(const RunConfig& config) {
    return runConfigFromJson(toJson(config).dump(), "study");
}

} // namespace

class TestRunConfigJson : public QObject {
    Q_OBJECT

private slots:
    void defaults();
    void everyFamily_data();
    void everyFamily();
    void everyOptimizer();
    void everyChoice_data();
    void everyChoice();
    void everyNetwork();
    void everythingElse();
    void exactNumbers_data();
    void exactNumbers();
    void keysAreKnown();
    void faults_data();
    void faults();
};

void TestRunConfigJson::defaults() {
    const RunConfig config;
    QVERIFY(throughJson(config) == config);
    QCOMPARE(toJson(config).dump(),
             std::string(
                 R"({"name":"run","data":"mnist","validation":0.2,"train_samples":0,"network":"mlp","init":"glorot",)"
                 R"("loss":"cross_entropy","optimizer":{"type":"sgd"},)"
                 R"("schedule":{"type":"constant","unit":"step","lr":0.01},"batch_size":64,"epochs":5,"seed":1})"));
}

void TestRunConfigJson::everyFamily_data() {
    QTest::addColumn<int>("index");
    QTest::addColumn<int>("unit");
    int index = 0;
    for (const ScheduleFamily& family : scheduleTable()) {
        for (const TimeUnit unit : {TimeUnit::Step, TimeUnit::Epoch, TimeUnit::FractionalEpoch})
            QTest::addRow("%s by %s", family.type.c_str(), timeUnitName(unit).data())
                << index << static_cast<int>(unit);
        ++index;
    }
}

void TestRunConfigJson::everyFamily() {
    QFETCH(const int, index);
    QFETCH(const int, unit);
    const ScheduleFamily& family = scheduleTable().at(static_cast<std::size_t>(index));
    RunConfig config;
    config.schedule = {family.type, static_cast<TimeUnit>(unit), fullValues(family.parameters)};
    if (config.schedule.values.contains("max_lr") && config.schedule.values.contains("lr"))
        config.schedule.values.set("max_lr", config.schedule.values.get("lr", 0) * 1.1);
    if (config.schedule.values.contains("min_lr"))
        config.schedule.values.set("min_lr", config.schedule.values.get("lr", 0) * 0.1);
    if (family.type == "warmup_stable_decay") config.schedule.values.set("length", 1e9); // room for the two others
    if (family.type == "multistep") config.schedule.milestones = {1.0 / 3, 5};
    if (family.type == "piecewise") config.schedule.points = {{0, 0.1}, {1.0 / 3, 0.2}};
    if (family.type == "formula") config.schedule.expression = "1/(t + 1)";
    if (family.type == "sequence") config.schedule.parts = {{RunConfig::constantSchedule(0.1), {}}};
    QCOMPARE(problemText(config.validate()), std::string());
    QVERIFY(throughJson(config) == config);
    // What is left out stays left out.
    for (const ParameterInfo& info : family.parameters) {
        if (info.required || !info.isValue()) continue;
        RunConfig shorter = config;
        shorter.schedule.values.clear(info.name);
        QVERIFY2(throughJson(shorter) == shorter, info.name.c_str());
    }
}

void TestRunConfigJson::everyOptimizer() {
    for (const OptimizerInfo& info : optimizerTable()) {
        RunConfig config;
        config.optimizer = {info.type, fullValues(info.parameters)};
        if (info.type == "sgd") config.optimizer.values.set("dampening", 0.0); // as Nesterov's momentum needs it
        QCOMPARE(problemText(config.validate()), std::string());
        QVERIFY2(throughJson(config) == config, info.type.c_str());
        config.optimizer.values = {};
        QVERIFY2(throughJson(config) == config, info.type.c_str());
    }
}

void TestRunConfigJson::everyChoice_data() {
    QTest::addColumn<int>("mode");
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("triangular") << 0 << QByteArray("triangular");
    QTest::newRow("triangular2") << 1 << QByteArray("triangular2");
    QTest::newRow("exp_range") << 2 << QByteArray("exp_range");
}

void TestRunConfigJson::everyChoice() {
    QFETCH(const int, mode);
    QFETCH(const QByteArray, name);
    RunConfig config;
    config.schedule.type = "cyclical";
    config.schedule.values = {};
    for (const auto& [key, value] : {std::pair("lr", 0.0), {"max_lr", 0.1}, {"half_period", 3.0}})
        config.schedule.values.set(key, value);
    config.schedule.values.set("mode", mode);
    QCOMPARE(toJson(config)["schedule"]["mode"].get<std::string>(), name.toStdString());
    QVERIFY(throughJson(config) == config);
}

void TestRunConfigJson::everyNetwork() {
    RunConfig config;
    for (const NetworkSpec& preset : networkPresets()) {
        config.network = preset;
        QVERIFY2(throughJson(config) == config, preset.preset.c_str());
    }
    for (const char* layers :
         {"dense 10", "dense 1048576, dense 1, dense 10", "tanh, relu, sigmoid, dense 3, tanh, dense 10",
          "conv2d 8, conv2d 1 256, maxpool 1, dropout 0, flatten, dropout 0.99, dense 10",
          "dropout 0.3, conv2d 3 5, maxpool 7, flatten, dense 10",
          "dense 1048576, dense 1048576, dense 10"}) { // too large for any data, which only the data can tell
        config.network = parseLayerList(layers);
        QVERIFY2(throughJson(config) == config, layers);
    }
}

void TestRunConfigJson::everythingElse() {
    RunConfig config;
    config.name = "größer, “𝄞”\\\"/ <b>";
    config.color = "#0a1B2c";
    config.data = "/tmp/a b/ü\"x";
    config.validation = 0.1 + 0.2;
    config.trainSamples = 4294967295U;
    config.init = Init::He;
    config.batchSize = 4294967295U;
    config.seed = maximumSeed;
    config.duration = {5, 1'000'000'000};
    config.rangeTest = RangeTestSpec{RangeTestKind::Sweep, 1.0 / 3e5, 10.0 / 3.0, 1'000'000, false, 1.0 / 3.0, 4.1};
    QVERIFY(throughJson(config) == config);
    config.duration = {1'000'000'000, std::nullopt};
    config.seed = 0;
    for (const RangeTestKind kind :
         {RangeTestKind::Sweep, RangeTestKind::FreshStart, RangeTestKind::Halving, RangeTestKind::Sensitivity}) {
        config.rangeTest = RangeTestSpec::of(kind);
        QVERIFY2(throughJson(config) == config, rangeTestKindNames[static_cast<int>(kind)]);
    }
    config.rangeTest = RangeTestSpec{};
    QVERIFY(throughJson(config) == config);
}

void TestRunConfigJson::exactNumbers_data() {
    QTest::addColumn<double>("rate");
    for (const double rate :
         {0.1, 1.0 / 3.0, 0.1 + 0.2, 5e-324, 2.2250738585072014e-308, 1e-7, 123456.78901234567, 1.0, 1000.0, 1e6,
          std::nextafter(1.0, 0.0), std::nextafter(1.0, 2.0), std::nextafter(1e6, 0.0)})
        QTest::addRow("%.17g", rate) << rate;
}

void TestRunConfigJson::exactNumbers() {
    QFETCH(const double, rate);
    RunConfig config;
    config.schedule = RunConfig::constantSchedule(rate);
    const double back = throughJson(config).schedule.values.get("lr", 0);
    QVERIFY2(back == rate, toJson(config).dump().c_str());
}

void TestRunConfigJson::keysAreKnown() {
    RunConfig config;
    config.color = "#000000";
    config.duration.steps = 3;
    config.layerRates = {0.5, 1.0};
    config.earlyStopping = EarlyStoppingSpec{};
    config.snapshots = true;
    config.startFrom = StartFromSpec{"a", {}, false};
    config.fork = ForkSpec{"a", 3};
    config.rangeTest = RangeTestSpec{};
    Json json = toJson(config);
    json.erase("steps");
    json["epochs"] = 3;
    std::set<std::string> written;
    for (const auto& [key, value] : json.items()) written.insert(key);
    written.insert("steps");
    QVERIFY(written == std::set<std::string>(runKeys().begin(), runKeys().end()));
}

void TestRunConfigJson::faults_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("part");
    const auto row = [](const char* name, const QByteArray& text, const char* part) {
        QTest::newRow(name) << text << QByteArray(part);
    };
    row("no JSON", "x", "study: line 1, column 1: is not JSON");
    row("nothing", "", "study: line 1, column 1: is not JSON");
    row("list", "[]", "study: is a list; expected an object");
    row("unknown key", R"({"nmae":"a"})", "study: nmae: is not a key that is known here");
    row("value", R"({"validation":-1})", "study: validation: is -1; allowed");
    row("nested value", R"({"schedule":{"type":"constant","lr":1e9}})", "study: schedule.lr: is 1e+09; allowed");
    row("steps", R"({"steps":1000000001})", "study: steps: is 1000000001; expected");
    const QByteArray relus = QByteArray(R"({"type":"relu"},)").repeated(100);
    row("too many layers", "{\"network\":[" + relus + "{\"type\":\"dense\",\"units\":10}]}",
        "study: network: has 101 layers; allowed: 100");
}

void TestRunConfigJson::faults() {
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, part);
    const std::string error = errorOf([&] { runConfigFromJson(text.toStdString(), "study"); });
    QVERIFY2(error.find(part.toStdString()) != std::string::npos, error.c_str());
}

QTEST_GUILESS_MAIN(TestRunConfigJson)
#include "tst_run_config_json.moc"
