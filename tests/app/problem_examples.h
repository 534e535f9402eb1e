// SPDX-License-Identifier: GPL-3.0-or-later
// Messages as the engine and the study room really make them: of a kind each, with its German where that is worth
// reading.
#pragma once

#include "app/study/experiment.h"
#include "app/study/run_config_json.h"
#include "core/network/safetensors.h"
#include "core/training/trainer.h"
#include "tests/app/picture_fixture.h"
#include "tests/app/study_fixture.h"

#include <QByteArray>

#include <algorithm>
#include <functional>
#include <limits>
#include <string>
#include <vector>

struct ProblemExample {
    QByteArray name;
    std::string message;
    const char* german = ""; ///< empty: looked at for its arguments alone
};
using ProblemExamples = std::vector<ProblemExample>;

inline std::string lineOf(const ratescope::Problems& problems, std::size_t which = 0) {
    return problems.size() > which ? problems[which].place + ": " + problems[which].message : std::string();
}

/// The first fault of a run over tiny data that is changed like that.
inline std::string faultOf(const std::function<void(ratescope::RunConfig&)>& change,
                           const ratescope::DatasetInfo& info = {200, 40, 4, 5}) {
    ratescope::RunConfig config = tinyConfig("data");
    change(config);
    const ratescope::Problems problems = config.validate();
    return lineOf(problems.empty() ? config.validate(info) : problems);
}

inline ratescope::ScheduleSpec scheduleOf(const char* type,
                                          std::initializer_list<std::pair<const char*, double>> values) {
    ratescope::ScheduleSpec spec;
    spec.type = type;
    for (const auto& [name, value] : values) spec.values.set(name, value);
    return spec;
}

/// What a parameter may be, in all forms.
inline ProblemExamples rangeExamples() {
    using enum ratescope::ParameterKind;
    constexpr double open = std::numeric_limits<double>::infinity();
    ProblemExamples all;
    ratescope::ParameterInfo info;
    info.choices = {"a list", "b"};
    const auto add = [&](ratescope::ParameterKind kind, double from, bool above, double to, const char* german) {
        info.kind = kind;
        info.minimum = from;
        info.aboveMinimum = above;
        info.maximum = to;
        all.push_back({QByteArray::number(all.size()), "is 7; allowed: " + ratescope::describeRange(info), german});
    };
    add(Flag, -open, false, open, "ist 7; erlaubt: true oder false");
    add(Choice, -open, false, open, "ist 7; erlaubt: eines von a list, b");
    add(Number, -open, false, open, "ist 7; erlaubt: eine Zahl");
    add(Number, 0.5, true, open, "ist 7; erlaubt: eine Zahl über 0.5");
    add(Number, 0, true, 5, "ist 7; erlaubt: eine Zahl über 0 und höchstens 5");
    add(Number, 8, false, open, "ist 7; erlaubt: eine Zahl ab 8");
    add(Number, 1, false, 5, "ist 7; erlaubt: eine Zahl von 1 bis 5");
    add(Number, -open, false, 5, "ist 7; erlaubt: eine Zahl bis 5");
    add(Integer, -open, false, open, "ist 7; erlaubt: eine ganze Zahl");
    add(Integer, 9, true, open, "ist 7; erlaubt: eine ganze Zahl über 9");
    add(Integer, 1, true, 5, "ist 7; erlaubt: eine ganze Zahl über 1 und höchstens 5");
    add(Integer, 8, false, open, "ist 7; erlaubt: eine ganze Zahl ab 8");
    add(Integer, 1, false, 5, "ist 7; erlaubt: eine ganze Zahl von 1 bis 5");
    add(Integer, -open, false, 5, "ist 7; erlaubt: eine ganze Zahl bis 5");
    info.name = "a";
    info.required = true;
    all.push_back({"missing", lineOf(ratescope::validateParameters({info}, {}, "the optimizer x")),
                   "a: der Optimierer x braucht diesen Parameter: eine ganze Zahl bis 5"});
    return all;
}

/// Schedules and optimizers.
inline ProblemExamples ruleExamples() {
    using ratescope::RunConfig;
    ProblemExamples all;
    const auto add = [&](const char* name, const std::function<void(RunConfig&)>& change, const char* german = "") {
        all.push_back({name, faultOf(change), german});
    };
    add(
        "rate", [](RunConfig& c) { c.schedule.values.set("lr", -1.5); },
        "schedule.lr: ist -1.5; erlaubt: eine Zahl über 0 und höchstens 1e+06");
    add(
        "no such parameter of a schedule", [](RunConfig& c) { c.schedule.values.set("warp", 1); },
        "schedule.warp: der Lernratenplan constant hat keinen Parameter dieses Namens");
    add(
        "parameter of a schedule missing", [](RunConfig& c) { c.schedule.values.clear("lr"); },
        "schedule.lr: der Lernratenplan constant braucht diesen Parameter: eine Zahl über 0 und höchstens 1e+06");
    add("no such schedule", [](RunConfig& c) { c.schedule.type = "straße"; });
    add(
        "growth of a rate that stays", [](RunConfig& c) { c.schedule.batchGrowth = true; },
        "schedule.batch_growth: braucht einen Lernratenplan, dessen Rate fällt; constant ist keiner");
    add(
        "largest batch alone", [](RunConfig& c) { c.schedule.maxBatch = 20; },
        "schedule.max_batch: bedeutet ohne batch_growth nichts");
    add(
        "upper rate below",
        [](RunConfig& c) {
            c.schedule = scheduleOf("cyclical", {{"lr", 0.5}, {"max_lr", 0.25}, {"half_period", 5}, {"mode", 0}});
        },
        "schedule.max_lr: ist 0.25 und liegt unter lr (0.5)");
    add("no such optimizer", [](RunConfig& c) { c.optimizer.type = "sdg"; });
    add(
        "no such parameter of an optimizer", [](RunConfig& c) { c.optimizer.values.set("warp", 1); },
        "optimizer.warp: der Optimierer sgd hat keinen Parameter dieses Namens");
    const auto nesterov = [](RunConfig& c, double momentum, double dampening) {
        c.optimizer.values.set("nesterov", 1);
        c.optimizer.values.set("momentum", momentum);
        c.optimizer.values.set("dampening", dampening);
    };
    add(
        "momentum for Nesterov", [&](RunConfig& c) { nesterov(c, 0, 0); },
        "optimizer.nesterov: braucht ein Momentum über 0");
    add(
        "dampening for Nesterov", [&](RunConfig& c) { nesterov(c, 0.9, 0.5); },
        "optimizer.nesterov: braucht eine Dämpfung von 0");
    add(
        "smallest step above largest",
        [](RunConfig& c) {
            c.optimizer = {"rprop", {}};
            c.optimizer.values.set("min_step", 2);
            c.optimizer.values.set("max_step", 1);
        },
        "optimizer.min_step: ist 2 und liegt über dem größten Schritt von 1");
    return all;
}

/// The rest of a configuration.
inline ProblemExamples configExamples() {
    using ratescope::RangeTestKind;
    using ratescope::RangeTestSpec;
    using ratescope::RunConfig;
    ProblemExamples all;
    const auto add = [&](const char* name, const std::function<void(RunConfig&)>& change, const char* german = "",
                         const ratescope::DatasetInfo& info = {200, 40, 4, 5}) {
        all.push_back({name, faultOf(change, info), german});
    };
    const auto falling = [](RunConfig& c) {
        c.schedule = scheduleOf("exponential", {{"lr", 0.1}, {"gamma", 0.5}, {"period", 100}});
        c.schedule.batchGrowth = true;
    };
    const auto cycles = [](RunConfig& c, double period) {
        c.schedule = scheduleOf("warm_restarts", {{"lr", 0.1}, {"period", period}});
        c.snapshots = true;
    };
    add(
        "no name", [](RunConfig& c) { c.name.clear(); }, "name: ist leer; ein Lauf braucht einen Namen");
    add(
        "long name", [](RunConfig& c) { c.name.assign(201, 'x'); }, "name: ist 201 Bytes lang; erlaubt: 200");
    add(
        "control character", [](RunConfig& c) { c.name = "a\nb"; }, "name: enthält ein Steuerzeichen");
    add(
        "color", [](RunConfig& c) { c.color = "a list"; }, "color: ist „a list“; erwartet: #rrggbb");
    add(
        "batch", [](RunConfig& c) { c.batchSize = 0; }, "batch_size: ist 0; erlaubt: eine ganze Zahl ab 1");
    add("seed", [](RunConfig& c) { c.seed = ~0ULL; });
    add(
        "numbers of rates",
        [](RunConfig& c) {
            c.layerRates = {1, 2};
        },
        "layer_rates: enthält 2 Zahlen; erwartet: 1, eine für jede Schicht mit Gewichten");
    add(
        "rate of a layer", [](RunConfig& c) { c.layerRates = {-1}; },
        "layer_rates[0]: ist -1; erlaubt: eine Zahl von 0 (eingefroren) bis 1e6");
    add("all frozen", [](RunConfig& c) { c.layerRates = {0}; });
    add(
        "patience", [](RunConfig& c) { c.earlyStopping.emplace().patience = 0; },
        "early_stopping.patience: ist 0; erlaubt: eine ganze Zahl von Epochen ab 1");
    add("early stopping of a range test", [](RunConfig& c) {
        c.earlyStopping.emplace();
        c.rangeTest.emplace();
    });
    add(
        "nothing to monitor",
        [](RunConfig& c) {
            c.earlyStopping.emplace();
            c.validation = 0;
        },
        "early_stopping.monitor: ist val_loss, aber es sind keine Beispiele zur Validierung zurückgelegt");
    add("growth in a range test", [&](RunConfig& c) {
        falling(c);
        c.rangeTest.emplace();
    });
    add("snapshots in a range test", [&](RunConfig& c) {
        cycles(c, 5);
        c.rangeTest.emplace();
    });
    add(
        "snapshots without cycles", [](RunConfig& c) { c.snapshots = true; },
        "snapshots: brauchen einen Lernratenplan in Zyklen, etwa warm_restarts oder cyclical; constant ist keiner");
    add("no snapshot", [&](RunConfig& c) { cycles(c, 500); });
    add(
        "many snapshots",
        [&](RunConfig& c) {
            cycles(c, 1);
            c.duration.epochs = 20;
        },
        "snapshots: wären 200, eine am Ende jedes Zyklus; erlaubt: 100");
    add("large snapshots", [&](RunConfig& c) {
        cycles(c, 1);
        c.network = ratescope::parseLayerList("dense 1000000, dense 10");
    });
    add(
        "start from nothing", [](RunConfig& c) { c.startFrom.emplace(); },
        "start_from: braucht entweder einen Lauf oder eine Datei");
    add(
        "range test from", [](RunConfig& c) { c.rangeTest.emplace().from = 0; },
        "range_test.from: ist 0; erlaubt: eine Rate über 0 und höchstens 1e6");
    add(
        "range test to", [](RunConfig& c) { c.rangeTest.emplace().to = 0; },
        "range_test.to: ist 0; erlaubt: eine Rate über „from“ und höchstens 1e6");
    const auto ofKind = [](RangeTestKind kind) { return std::optional(RangeTestSpec::of(kind)); };
    add(
        "steps of a sweep's rate",
        [](RunConfig& c) { c.rangeTest.emplace().stepsPerRate = 3; },
        "range_test.steps_per_rate: hat keinen Platz in einem Durchlauf, dessen Rate sich mit jedem Schritt ändert");
    add(
        "steps at each rate",
        [=](RunConfig& c) {
            c.rangeTest = ofKind(RangeTestKind::Sensitivity);
            c.rangeTest->stepsPerRate = 1'000'001;
        },
        "range_test.steps_per_rate: ist 1000001; erlaubt: eine ganze Zahl von 0 (eine Epoche) bis 1000000");
    add(
        "validation of a test",
        [](RunConfig& c) { c.rangeTest.emplace().validation = 1'000'001; },
        "range_test.validation: ist 1000001; erlaubt: eine ganze Zahl von Beispielen von 0 (keine) bis 1000000");
    add(
        "validation of a test without samples",
        [](RunConfig& c) {
            c.rangeTest.emplace().validation = 10;
            c.validation = 0;
        },
        "range_test.validation: ist 10, aber es sind keine Beispiele zur Validierung zurückgelegt");
    add(
        "validation of a halving",
        [=](RunConfig& c) {
            c.rangeTest = ofKind(RangeTestKind::Halving);
            c.rangeTest->validation = 10;
        },
        "range_test.validation: hat keinen Platz in einer Halbierung, die fragt, ob eine Rate hält, und nicht, wie gut "
        "sie lernt");
    add(
        "smoothing of a fresh start",
        [=](RunConfig& c) {
            c.rangeTest = ofKind(RangeTestKind::FreshStart);
            c.rangeTest->smoothing = 0.5;
        },
        "range_test.smoothing: ist 0.5; erlaubt: 0: Nur der Verlust eines Durchlaufs rauscht so, dass er geglättet "
        "werden muss");
    add(
        "nothing to halve",
        [=](RunConfig& c) {
            c.rangeTest = ofKind(RangeTestKind::Halving);
            c.rangeTest->from = 1;
            c.rangeTest->to = 1.5;
        },
        "range_test.to: ist 1.5; erlaubt: eine Rate, die wenigstens einmal halbiert werden kann, bevor sie unter "
        "„from“ liegt");
    add("nothing to train on", [](RunConfig& c) { c.validation = 0.9; },
        "validation: ist 0.9: Zum Trainieren bleiben keine Beispiele übrig", {1, 1, 4, 5});
    add("too many samples", [](RunConfig& c) { c.trainSamples = 201; });
    add(
        "batch above samples", [](RunConfig& c) { c.batchSize = 1000; },
        "batch_size: ist 1000; erlaubt: 1 bis 160, die Zahl der Trainingsbeispiele");
    add(
        "largest batch below",
        [&](RunConfig& c) {
            falling(c);
            c.schedule.maxBatch = 3;
        },
        "schedule.max_batch: ist 3; erlaubt: 16, der Batch am Anfang, bis 160, die Zahl der Trainingsbeispiele");
    add("memory", [](RunConfig& c) { c.batchSize = 40'000'000; }, "", {60'000'000, 10, 28, 28});
    add("epochs", [](RunConfig& c) { c.duration.epochs = 500'000'000; });
    add(
        "steps of growth",
        [&](RunConfig& c) {
            falling(c);
            c.duration.steps = 300'000;
        },
        "schedule.batch_growth: ist für Läufe von bis zu 200000 Schritten; dieser hat 300000");
    const auto network = [&](const char* name, const char* layers, const char* german = "") {
        add(
            name, [layers](RunConfig& c) { c.network = ratescope::parseLayerList(layers); }, german);
    };
    network("no layers", "");
    network("flatten", "conv2d 2 3, dense 10",
            "network[1]: ist „dense“ auf einem Bild von 2 × 3 mit 2 Kanälen; davor gehört ein „flatten“");
    network("kernel", "conv2d 2 9, flatten, dense 10",
            "network[0]: hat einen Kern von 9 × 9, vom Bild sind aber nur noch 4 × 5 übrig");
    network("pool", "maxpool 9, dense 10");
    network("weights", "dense 1000000, dense 1000000, dense 10");
    network("last layer", "dense 10, relu");
    network("last units", "dense 7",
            "network[0].units: ist 7; die letzte Schicht braucht 10 Einheiten, eine je Klasse");
    add("many layers", [](RunConfig& c) { c.network.layers.assign(101, {ratescope::LayerType::Relu}); });
    const auto list = [&](const char* name, const char* text, const char* german) {
        all.push_back({name, errorOf([text] { ratescope::parseLayerList(text); }), german});
    };
    list("no such layer", "dance 3", "");
    list("units of a layer", "dense", "dense braucht units, wie in „dense units“");
    list("units that are none", "dense few",
         "„few“ taugt bei dense nicht als units; erlaubt: eine ganze Zahl von 1 bis 1048576");
    list("too much for a layer", "relu 3", "relu kennt kein „3“; erwartet: „relu“");
    return all;
}
