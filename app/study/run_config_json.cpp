// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/run_config_json.h"

#include "app/study/parameter_json.h"
#include "app/study/schedule_json.h"

#include <limits>

namespace ratescope {

namespace {

constexpr std::uint32_t anyCount = std::numeric_limits<std::uint32_t>::max();

OptimizerSpec readOptimizer(JsonObject object) {
    const OptimizerInfo& info = typeIn(object, optimizerTable());
    OptimizerSpec spec;
    spec.type = info.type;
    std::vector<std::string> keys = {"type"};
    std::vector<double> betas;
    if (findParameter(info.parameters, "beta1")) { // PyTorch writes the two of them as one
        keys.emplace_back("betas");
        if (object.has("betas")) betas = readNumbers(object, "betas", 2);
        if (object.has("betas") && betas.size() != 2)
            object.fail(object.placeOf("betas"),
                        "holds " + std::to_string(betas.size()) + " numbers; expected two, beta1 and beta2");
        if (!betas.empty() && (object.has("beta1") || object.has("beta2")))
            object.fail(object.placeOf("betas"), "stands beside beta1 or beta2; give one or the other");
    }
    spec.values = readParameters(object, info.parameters, keys);
    if (!betas.empty()) {
        spec.values.set("beta1", betas[0]);
        spec.values.set("beta2", betas[1]);
    }
    return spec;
}

LayerSpec readLayer(JsonObject object) {
    std::vector<std::string> names;
    for (const LayerInfo& info : layerTable()) names.emplace_back(info.name);
    const LayerInfo& info = layerTable()[object.choice("type", names)];
    LayerSpec layer = makeLayerSpec(info.type);
    std::vector<std::string> keys = {"type"};
    for (const LayerParameter& parameter : info.parameters) {
        const char* key = parameter.info.name.c_str();
        keys.emplace_back(key);
        if (!parameter.info.required && !object.has(key)) continue;
        // Required ones that are missing are told by the reader.
        if (parameter.info.kind == ParameterKind::Integer)
            parameter.set(layer, static_cast<double>(object.integer(key, static_cast<std::uint64_t>(parameter.info.minimum),
                                                                     static_cast<std::uint64_t>(parameter.info.maximum))));
        else
            parameter.set(layer, object.number(key));
    }
    object.finish(keys);
    return layer;
}

NetworkSpec readNetwork(JsonObject& object) {
    const Json& value = object.value("network");
    if (!value.is_array()) {
        std::vector<std::string> names;
        for (const NetworkSpec& preset : networkPresets()) names.push_back(preset.preset);
        if (!value.is_string())
            object.fail(object.placeOf("network"),
                        "is " + briefly(value) + "; expected a preset's name or a list of layers");
        return networkPresets()[object.choice("network", names)];
    }
    if (value.size() > maximumLayers)
        object.fail(object.placeOf("network"),
                    "has " + std::to_string(value.size()) + " layers; allowed: " + std::to_string(maximumLayers));
    NetworkSpec spec;
    for (std::size_t i = 0; i < value.size(); ++i)
        spec.layers.push_back(
            readLayer({value[i], object.placeOf("network") + '[' + std::to_string(i) + ']', object.source()}));
    return spec;
}

/// The keys that a test of that kind has; any other would do nothing.
std::vector<std::string> rangeTestKeys(RangeTestKind kind) {
    switch (kind) {
    case RangeTestKind::Sweep: return {"from", "to", "steps", "scale", "smoothing", "stop_factor", "validation", "kind"};
    case RangeTestKind::FreshStart:
        return {"from", "to", "steps", "scale", "stop_factor", "steps_per_rate", "validation", "kind"};
    case RangeTestKind::Halving: return {"from", "to", "steps_per_rate", "kind"};
    case RangeTestKind::Sensitivity: break;
    }
    return {"from", "to", "steps", "scale", "steps_per_rate", "validation", "kind"};
}

/// `holdsOut`: whether the run has samples for validation.
RangeTestSpec readRangeTest(JsonObject object, bool holdsOut) {
    RangeTestSpec test;
    if (object.has("kind"))
        test = RangeTestSpec::of(static_cast<RangeTestKind>(
            object.choice("kind", {std::begin(rangeTestKindNames), std::end(rangeTestKindNames)})));
    const std::vector<std::string> keys = rangeTestKeys(test.kind);
    const auto has = [&](const char* key) { return std::ranges::find(keys, key) != keys.end() && object.has(key); };
    if (has("from")) test.from = object.number("from");
    if (has("to")) test.to = object.number("to");
    if (has("steps")) test.steps = object.integer("steps", 2, 1'000'000);
    if (has("scale")) test.exponential = object.choice("scale", {"exponential", "linear"}) == 0;
    if (has("smoothing")) test.smoothing = object.number("smoothing");
    if (has("stop_factor")) test.stopFactor = object.number("stop_factor");
    if (has("steps_per_rate")) test.stepsPerRate = object.integer("steps_per_rate", 0, 1'000'000);
    if (!holdsOut) test.validation = 0; // the kind's own; one that is written is refused
    if (has("validation")) test.validation = static_cast<std::uint32_t>(object.integer("validation", 0, 1'000'000));
    object.finish(keys);
    if (test.kind == RangeTestKind::Halving && test.to > test.from && test.from > 0.0) test.steps = test.rateCount();
    return test;
}

EarlyStoppingSpec readEarlyStopping(JsonObject object) {
    EarlyStoppingSpec stop;
    if (object.has("monitor"))
        stop.monitor = static_cast<Monitor>(object.choice("monitor", {std::begin(monitorNames), std::end(monitorNames)}));
    if (object.has("patience")) stop.patience = object.integer("patience", 1, maximumSteps);
    if (object.has("min_delta")) stop.minimumDelta = object.number("min_delta");
    if (object.has("restore_best")) stop.restoreBest = object.flag("restore_best");
    object.finish({"monitor", "patience", "min_delta", "restore_best"});
    return stop;
}

StartFromSpec readStartFrom(JsonObject object) {
    StartFromSpec start;
    if (object.has("run")) start.run = object.text("run");
    if (object.has("file")) start.file = object.text("file");
    if (object.has("new_head")) start.newHead = object.flag("new_head");
    object.finish({"run", "file", "new_head"});
    return start;
}

ForkSpec readFork(JsonObject object) {
    ForkSpec fork;
    fork.run = object.text("run");
    fork.step = object.integer("step", 0, maximumSteps);
    object.finish({"run", "step"});
    return fork;
}

void readDuration(JsonObject& object, RunDuration& duration) {
    if (object.has("epochs") && object.has("steps"))
        object.fail(object.placeOf("steps"), "stands beside epochs; a run has one or the other");
    if (object.has("epochs")) duration = {object.integer("epochs", 1, maximumSteps), std::nullopt};
    if (object.has("steps")) duration.steps = object.integer("steps", 1, maximumSteps);
}

/// An object, or “off” to undo what the defaults switch on.
template <typename Read>
auto readOptional(JsonObject& object, const char* key, const Read& read)
    -> std::optional<decltype(read(object.object(key)))> {
    if (const Json& value = object.value(key); value.is_string()) {
        object.choice(key, {"off"});
        return std::nullopt;
    }
    return read(object.object(key));
}

void writeExtras(Json& json, const RunConfig& config) {
    if (!config.layerRates.empty()) {
        json["layer_rates"] = Json::array();
        for (const double rate : config.layerRates) json["layer_rates"].push_back(plainNumber(rate));
    }
    if (const auto& stop = config.earlyStopping)
        json["early_stopping"] = {{"monitor", monitorNames[static_cast<int>(stop->monitor)]}, {"patience", stop->patience},
                                  {"min_delta", plainNumber(stop->minimumDelta)}, {"restore_best", stop->restoreBest}};
    if (config.snapshots) json["snapshots"] = "cycle";
    if (const auto& start = config.startFrom) {
        json["start_from"] = start->run.empty() ? Json{{"file", start->file}} : Json{{"run", start->run}};
        if (start->newHead) json["start_from"]["new_head"] = true;
    }
    if (config.fork) json["fork"] = {{"run", config.fork->run}, {"step", config.fork->step}};
}

Json toJson(const RangeTestSpec& test) {
    const Json all = {{"kind", rangeTestKindNames[static_cast<int>(test.kind)]},
                      {"from", test.from},
                      {"to", test.to},
                      {"steps", test.steps},
                      {"scale", test.exponential ? "exponential" : "linear"},
                      {"smoothing", test.smoothing},
                      {"stop_factor", test.stopFactor},
                      {"steps_per_rate", test.stepsPerRate},
                      {"validation", test.validation}};
    Json json;
    for (const std::string& key : rangeTestKeys(test.kind)) json[key] = all[key];
    return json;
}

} // namespace

const std::vector<std::string>& runKeys() {
    static const std::vector<std::string> keys = {"name",     "color",     "data",     "validation", "train_samples",
                                                  "network",  "init",      "loss",     "optimizer",  "schedule",
                                                  "batch_size", "epochs",  "steps",    "seed",       "layer_rates",
                                                  "early_stopping", "snapshots", "start_from", "fork", "range_test"};
    return keys;
}

void applyRunKeys(JsonObject& object, RunConfig& config) {
    if (object.has("name")) config.name = object.text("name");
    if (object.has("color")) config.color = object.text("color");
    if (object.has("data")) config.data = object.text("data");
    if (object.has("validation")) config.validation = object.number("validation");
    if (object.has("train_samples"))
        config.trainSamples = static_cast<std::uint32_t>(object.integer("train_samples", 0, anyCount));
    if (object.has("network")) config.network = readNetwork(object);
    if (object.has("init")) config.init = object.choice("init", {"glorot", "he"}) == 0 ? Init::Glorot : Init::He;
    if (object.has("loss"))
        config.loss = object.choice("loss", {"cross_entropy", "mse"}) == 0 ? Loss::CrossEntropy : Loss::Mse;
    if (object.has("optimizer")) config.optimizer = readOptimizer(object.object("optimizer"));
    if (object.has("schedule")) config.schedule = readSchedule(object.object("schedule"), TimeUnit::Step);
    if (object.has("batch_size")) config.batchSize = static_cast<std::uint32_t>(object.integer("batch_size", 1, anyCount));
    readDuration(object, config.duration);
    if (object.has("seed")) config.seed = object.integer("seed", 0, maximumSeed);
    if (object.has("layer_rates")) config.layerRates = readNumbers(object, "layer_rates", maximumLayers);
    if (object.has("early_stopping")) config.earlyStopping = readOptional(object, "early_stopping", readEarlyStopping);
    if (object.has("snapshots")) config.snapshots = object.choice("snapshots", {"off", "cycle"}) == 1;
    if (object.has("start_from")) config.startFrom = readOptional(object, "start_from", readStartFrom);
    if (object.has("fork")) config.fork = readOptional(object, "fork", readFork);
    if (object.has("range_test")) config.rangeTest = readRangeTest(object.object("range_test"), config.validation > 0.0);
}

Json toJson(const RunConfig& config) {
    Json json;
    json["name"] = config.name;
    if (!config.color.empty()) json["color"] = config.color;
    json["data"] = config.data;
    json["validation"] = config.validation;
    json["train_samples"] = config.trainSamples;
    if (!config.network.preset.empty()) {
        json["network"] = config.network.preset;
    } else {
        json["network"] = Json::array();
        for (const LayerSpec& layer : config.network.layers) {
            Json one = {{"type", layerInfo(layer.type).name}};
            for (const LayerParameter& parameter : layerInfo(layer.type).parameters)
                one[parameter.info.name] = plainNumber(parameter.get(layer));
            json["network"].push_back(one);
        }
    }
    json["init"] = config.init == Init::Glorot ? "glorot" : "he";
    json["loss"] = config.loss == Loss::CrossEntropy ? "cross_entropy" : "mse";
    json["optimizer"] = {{"type", config.optimizer.type}};
    if (const OptimizerInfo* info = findOptimizer(config.optimizer.type))
        writeParameters(json["optimizer"], info->parameters, config.optimizer.values);
    json["schedule"] = toJson(config.schedule);
    json["batch_size"] = config.batchSize;
    if (config.duration.steps)
        json["steps"] = *config.duration.steps;
    else
        json["epochs"] = config.duration.epochs;
    json["seed"] = config.seed;
    writeExtras(json, config);
    if (config.rangeTest) json["range_test"] = toJson(*config.rangeTest);
    return json;
}

std::string allButSeed(const RunConfig& config) {
    RunConfig common = config;
    common.name.clear();
    common.color.clear();
    common.seed = 0;
    return toJson(common).dump(-1, ' ', false, Json::error_handler_t::replace);
}

RunConfig runConfigFromJson(std::string_view text, const std::string& source) {
    const Json json = parseStrictJson(text, source);
    JsonObject object(json, "", source);
    RunConfig config;
    applyRunKeys(object, config);
    object.finish(runKeys());
    const Problems problems = config.validate();
    if (!problems.empty()) object.fail(problems[0].place, problems[0].message);
    return config;
}

} // namespace ratescope
