// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/keras_schedules.h"
#include "app/study/schedule_code_parts.h"

#include <algorithm>
#include <map>

namespace ratescope {

namespace {

using python::append;
using python::Lines;
using python::number;

std::string layerText(const LayerSpec& layer, const std::string& init) {
    switch (layer.type) {
    case LayerType::Dense:
        return "Dense(" + std::to_string(layer.units) + init + ")";
    case LayerType::Conv2d:
        return "Conv2D(" + std::to_string(layer.units) + ", " + std::to_string(layer.side) + init + ")";
    case LayerType::MaxPool:
        return "MaxPooling2D(" + std::to_string(layer.side) + ")";
    case LayerType::Dropout:
        return "Dropout(" + number(layer.rate) + ")";
    case LayerType::Flatten:
        return "Flatten()";
    case LayerType::Relu:
        return "ReLU()";
    case LayerType::Tanh:
        return "Activation(\"tanh\")";
    case LayerType::Sigmoid:
        return "Activation(\"sigmoid\")";
    }
    return {};
}

Lines modelLines(const RunConfig& config) {
    const std::string init = config.init == Init::He ? ", kernel_initializer=\"he_uniform\"" : "";
    const std::vector<double> shares = layerShares(config);
    Lines layers;
    Lines frozen;
    bool flat = false;
    std::size_t weighted = 0;
    for (const LayerSpec& layer : config.network.layers) {
        if (layer.type == LayerType::Dense && !flat) layers.emplace_back("Flatten()");
        flat = flat || layer.type == LayerType::Flatten || layer.type == LayerType::Dense;
        if (hasWeights(layer.type) && !shares.empty() && shares[weighted++] == 0.0)
            frozen.push_back("model.layers[" + std::to_string(layers.size()) +
                             "].trainable = False  # frozen: its rate is 0");
        layers.push_back(layerText(layer, init));
    }
    if (config.loss == Loss::Mse) layers.emplace_back("Softmax()");
    Lines lines = {"model = keras.Sequential(", "    [", "        keras.Input((28, 28, 1)),"};
    for (const std::string& layer : layers) lines.push_back("        keras.layers." + layer + ",");
    append(lines, {"    ]", ")"});
    append(lines, frozen);
    if (std::ranges::any_of(shares, [](double share) { return share != 0.0 && share != 1.0; })) {
        std::string list;
        for (const double share : shares) list += (list.empty() ? "" : ", ") + number(share);
        append(lines, python::comment("In the run the layers' rates are multiplied by " + list +
                                      ", input side first; Keras' optimizers have one rate for all layers."));
    }
    return lines;
}

/// How Keras calls an optimizer, and its parameters: Keras' name, and ours.
struct KerasOptimizer {
    const char* name;
    std::vector<std::pair<const char*, const char*>> parameters;
    const char* remark = nullptr; ///< where it is not the run's rule
};

const KerasOptimizer& kerasOptimizer(const std::string& type) {
    static const std::vector<std::pair<const char*, const char*>> moments = {
        {"beta_1", "beta1"}, {"beta_2", "beta2"}, {"epsilon", "eps"}};
    static const std::vector<std::pair<const char*, const char*>> adam = {
        {"beta_1", "beta1"}, {"beta_2", "beta2"}, {"epsilon", "eps"}, {"amsgrad", "amsgrad"}};
    static const std::map<std::string, KerasOptimizer, std::less<>> table = {
        {"sgd", {"SGD", {{"momentum", "momentum"}, {"nesterov", "nesterov"}}}},
        {"adam", {"Adam", adam}},
        {"adamw",
         {"AdamW",
          {{"weight_decay", "weight_decay"},
           {"beta_1", "beta1"},
           {"beta_2", "beta2"},
           {"epsilon", "eps"},
           {"amsgrad", "amsgrad"}}}},
        {"rmsprop",
         {"RMSprop", {{"rho", "alpha"}, {"momentum", "momentum"}, {"epsilon", "eps"}, {"centered", "centered"}}}},
        {"nadam", {"Nadam", moments}},
        {"adamax", {"Adamax", moments}},
        {"adagrad", {"Adagrad", {{"initial_accumulator_value", "initial_accumulator_value"}, {"epsilon", "eps"}}}},
        {"adadelta", {"Adadelta", {{"rho", "rho"}, {"epsilon", "eps"}}}},
        {"radam", {"Adam", moments, "Keras has no RAdam: this is Adam, without the warm-up that is built in."}},
        {"rprop", {"SGD", {}, "Keras has no Rprop: this is SGD, which looks at the gradients' size too."}},
        {"adabound",
         {"Adam",
          {{"beta_1", "beta1"}, {"beta_2", "beta2"}, {"epsilon", "eps"}, {"amsgrad", "amsbound"}},
          "Keras has no AdaBound: this is Adam, without the bounds that close in on final_lr."}},
        {"local_gains", {"SGD", {}, "Keras has no local gains: this is plain SGD, without a gain for every weight."}}};
    return table.find(type)->second;
}

Lines optimizerLines(const RunConfig& config, const std::string& rate) {
    const KerasOptimizer& optimizer = kerasOptimizer(config.optimizer.type);
    const std::vector<ParameterInfo>& table = findOptimizer(config.optimizer.type)->parameters;
    Lines lines;
    if (optimizer.remark)
        lines = python::comment(std::string(optimizer.remark) + " The rates are the run's, the training is not.");
    const bool penalty = config.optimizer.type != "adamw" && findParameter(table, "weight_decay") &&
                         optimizerValue(config, "weight_decay") != 0.0;
    if (penalty)
        append(lines, python::comment("The run's weight_decay of " + number(optimizerValue(config, "weight_decay")) +
                                      " is an L2 penalty, which Keras has in its layers: kernel_regularizer and "
                                      "bias_regularizer, both keras.regularizers.L2(" +
                                      number(optimizerValue(config, "weight_decay") / 2.0) + ")."));
    for (const char* name : {"dampening", "lr_decay", "momentum_decay"})
        if (findParameter(table, name) && isOwnValue(config, name))
            append(lines, python::comment(std::string("The run's ") + name + " of " +
                                          number(optimizerValue(config, name)) + " has no counterpart in Keras."));
    Lines arguments = {"learning_rate=" + rate};
    for (const auto& [theirs, ours] : optimizer.parameters) {
        const double value = optimizerValue(config, ours);
        const bool flag = findParameter(table, ours)->kind == ParameterKind::Flag;
        if (flag && value == 0.0) continue;
        if (std::string_view(ours) == "momentum" && value == 0.0) continue;
        arguments.push_back(std::string(theirs) + '=' + (flag ? "True" : number(value)));
    }
    append(lines, python::call(std::string("optimizer = keras.optimizers.") + optimizer.name, arguments));
    return lines;
}

/// Where Keras keeps the figure of an epoch.
std::string logged(const std::string& monitor) {
    return monitor == "train_loss" ? "loss" : monitor;
}

/// Keras' own class, which measures progress by an amount where the run takes a share: the same for neither.
std::optional<Lines> plateauNative(const ScheduleSpec& plateau) {
    const ParameterValues& values = plateau.values;
    if (values.contains("raise_factor") || values.get("factor", 0.1) >= 1.0 || values.get("threshold", 0.0) != 0.0)
        return std::nullopt;
    Lines lines = python::comment(
        "Keras counts the epoch that moves the rate among its patience and its cool-down: hence one more of each.");
    append(lines,
           python::call("scheduler = keras.callbacks.ReduceLROnPlateau",
                        {"monitor=\"" + logged(monitorOf(plateau)) + '"', "factor=" + number(values.get("factor", 0.1)),
                         "patience=" + number(values.get("patience", 0.0) + 1.0),
                         std::string("mode=") + (monitorOf(plateau) == "val_accuracy" ? "\"max\"" : "\"min\""),
                         "min_delta=0", "cooldown=" + number(values.get("cooldown", 0.0) + 1.0),
                         "min_lr=" + number(values.get("min_lr", 0.0))}));
    return lines;
}

Lines rateCallback(const PythonRate& rate) {
    Lines lines = python::linesOf(R"(class RateCallback(keras.callbacks.Callback):
    """Sets the rate before every update."""

    def __init__(self):
        super().__init__()
        self.step = 0

    def on_train_batch_begin(self, batch, logs=None):
        self.model.optimizer.learning_rate = rate(self.step)
        self.step += 1)");
    if (rate.plateaus.empty()) return lines;
    append(lines, {"", "    def on_epoch_end(self, epoch, logs=None):"});
    for (const PlateauTurn& plateau : rate.plateaus) {
        const std::string step = plateau.name + ".step(logs[\"" + logged(monitorOf(plateau.spec)) + "\"])";
        const std::string condition = turnCondition(plateau, "self.step - 1");
        if (condition.empty())
            lines.push_back("        " + step);
        else
            append(lines, {"        if " + condition + ":", "            " + step});
    }
    return lines;
}

Lines halvingCallback(const ScheduleSpec& spec) {
    const ScheduleSpec complete = completed(spec, 0.0);
    Lines lines = python::linesOf(R"(class HalvingCallback(keras.callbacks.Callback):
    """One rate; half of it, and the first weights, each time that the loss has run away."""

    def __init__(self):
        super().__init__()
        self.halvings = 0
        self.steps = 0  # with this rate

    def on_train_begin(self, logs=None):
        self.first_weights = self.model.get_weights()

    def on_train_batch_begin(self, batch, logs=None):
        self.model.optimizer.learning_rate = FIRST_RATE / 2.0**self.halvings

    def on_train_batch_end(self, batch, logs=None):
        self.steps += 1
        if math.isfinite(logs["loss"]):
            return
        if self.steps > PATIENCE:  # it had held for long enough to stay
            self.model.stop_training = True
            return
        self.halvings += 1
        self.steps = 0
        self.model.set_weights(self.first_weights)
        self.model.reset_metrics()  # the loss is a mean that the runaway is part of)");
    const auto insert = [&](std::string_view word, const std::string& text) {
        for (std::string& line : lines)
            if (const std::size_t at = line.find(word); at != std::string::npos) line.replace(at, word.size(), text);
    };
    insert("FIRST_RATE", python::decimal(complete.values.get("lr", 0.0)));
    insert("PATIENCE", number(complete.values.get("patience", 100.0)));
    return lines;
}

Lines fitLines(const RunConfig& config, const RunLength& length, bool callback) {
    const bool mse = config.loss == Loss::Mse;
    Lines lines =
        python::call("model.compile", {"optimizer=optimizer",
                                       mse ? "loss=keras.losses.MeanSquaredError()"
                                           : "loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True)",
                                       "metrics=[\"accuracy\"]"});
    const bool grows = config.schedule.batchGrowth && !config.rangeTest;
    Lines arguments = {"images", mse ? "keras.utils.to_categorical(labels, 10)" : "labels",
                       "batch_size=" + std::to_string(config.batchSize),
                       "epochs=" + std::to_string(loopEpochs(config, length))};
    if (grows) arguments = {"batches", "epochs=" + std::to_string(loopEpochs(config, length))};
    if (config.validation > 0.0 && !grows) arguments.push_back("validation_split=" + number(config.validation));
    if (callback) arguments.emplace_back("callbacks=[scheduler]");
    lines.emplace_back();
    append(lines,
           python::comment("Training: images of 28 × 28 × 1 pixels from 0 to 1. Update number t has the rate lr(t)."));
    if (config.rangeTest || config.duration.steps)
        append(lines, python::comment("The run ends after " + std::to_string(length.steps) + " updates."));
    if (grows)
        append(lines, python::comment(
                          "batches: a generator, whose batch for update number step has batch_size(step) samples."));
    lines.emplace_back("#");
    for (const std::string& line : python::call("model.fit", arguments, {}, 2)) lines.push_back("# " + line);
    return lines;
}

} // namespace

Lines kerasCode(const RunConfig& config, const RunLength& length) {
    const std::optional<ScheduleSpec> plateau = wholePlateau(config);
    Lines before;
    Lines scheduler;
    Lines remark;
    std::string rate = "scheduler";
    bool callback = false;
    if (!config.rangeTest && config.schedule.type == "constant") {
        rate = python::decimal(config.schedule.values.get("lr", 0.0));
        remark = python::comment("A constant rate needs no scheduler.");
    } else if (const auto native = kerasSchedule(config, length)) {
        scheduler = *native;
    } else if (const auto reducing = plateau ? plateauNative(*plateau) : std::nullopt) {
        rate = python::decimal(plateau->values.get("lr", 0.0));
        scheduler = *reducing;
        callback = true;
    } else if (!config.rangeTest && config.schedule.type == "halving") {
        before = halvingCallback(config.schedule);
        rate = python::decimal(config.schedule.values.get("lr", 0.0));
        scheduler = {"scheduler = HalvingCallback()"};
        callback = true;
    } else {
        const PythonRate written = pythonRate(config, length);
        before = plateauLines(written.plateaus);
        append(before, written.lines);
        append(before, {"", ""});
        append(before, rateCallback(written));
        rate = "0.0";
        remark = python::comment("The scheduler sets the rate.");
        scheduler = {"scheduler = RateCallback()"};
        callback = true;
    }
    Lines lines;
    if (!before.empty()) {
        lines.emplace_back();
        append(lines, before);
        append(lines, {"", ""});
    }
    append(lines, modelLines(config));
    if (!callback) append(lines, scheduler);
    append(lines, remark);
    append(lines, optimizerLines(config, rate));
    if (callback) append(lines, scheduler);
    append(lines, fitLines(config, length, callback));
    return lines;
}

} // namespace ratescope
