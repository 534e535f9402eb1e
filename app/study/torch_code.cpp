// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/schedule_code_parts.h"
#include "app/study/torch_schedulers.h"

#include <algorithm>
#include <map>

namespace ratescope {

namespace {

using python::append;
using python::Lines;
using python::linesOf;
using python::number;

/// A group of parameters of the optimizer: those of one layer.
struct Group {
    std::string layer; ///< `model[1]`
    double share = 1.0;
};

struct Model {
    Lines lines;
    std::vector<Group> groups;       ///< where layers have rates of their own; none frozen
    std::vector<std::string> frozen; ///< layers
    std::vector<double> shares() const {
        std::vector<double> result;
        for (const Group& group : groups) result.push_back(group.share);
        return result;
    }
};

std::string layerText(const LayerSpec& layer, const Shape& before) {
    const auto values = std::to_string(before.values());
    switch (layer.type) {
    case LayerType::Dense:
        return "Linear(" + values + ", " + std::to_string(layer.units) + ")";
    case LayerType::Conv2d:
        return "Conv2d(" + std::to_string(before.channels) + ", " + std::to_string(layer.units) + ", " +
               std::to_string(layer.side) + ")";
    case LayerType::MaxPool:
        return "MaxPool2d(" + std::to_string(layer.side) + ")";
    case LayerType::Dropout:
        return "Dropout(" + number(layer.rate) + ")";
    case LayerType::Flatten:
        return "Flatten()";
    case LayerType::Relu:
        return "ReLU()";
    case LayerType::Tanh:
        return "Tanh()";
    case LayerType::Sigmoid:
        return "Sigmoid()";
    }
    return {};
}

/// Whether a dense layer comes before any that looks at the image as one.
bool isFlatAtOnce(const NetworkSpec& network) {
    for (const LayerSpec& layer : network.layers) {
        if (layer.type == LayerType::Dense) return true;
        if (layer.type == LayerType::Flatten || layer.type == LayerType::Conv2d || layer.type == LayerType::MaxPool)
            return false;
    }
    return true;
}

Model makeModel(const RunConfig& config) {
    Model model;
    const std::vector<double> shares = layerShares(config);
    const bool fits = validateNetwork(config.network, imageShape(28, 28)).empty();
    const std::vector<Shape> shapes = fits ? layerShapes(config.network, imageShape(28, 28)) : std::vector<Shape>();
    Lines layers;
    bool flat = isFlatAtOnce(config.network);
    std::size_t weighted = 0;
    for (std::size_t i = 0; i < config.network.layers.size(); ++i) {
        const LayerSpec& layer = config.network.layers[i];
        if (layer.type == LayerType::Dense && !flat) layers.emplace_back("Flatten()"); // behind a pool of one channel
        flat = flat || layer.type == LayerType::Dense || layer.type == LayerType::Flatten;
        const std::string place = "model[" + std::to_string(layers.size()) + "]";
        if (hasWeights(layer.type) && !shares.empty()) {
            if (const double share = shares[weighted++]; share == 0.0)
                model.frozen.push_back(place);
            else
                model.groups.push_back({place, share});
        }
        if (fits)
            layers.push_back(layerText(layer, shapes[i]));
        else if (layer.type == LayerType::Dense)
            layers.push_back("LazyLinear(" + std::to_string(layer.units) + ")");
        else
            layers.push_back(layer.type == LayerType::Conv2d
                                 ? "LazyConv2d(" + std::to_string(layer.units) + ", " + std::to_string(layer.side) + ")"
                                 : layerText(layer, {}));
    }
    model.lines = {"model = torch.nn.Sequential("};
    for (const std::string& layer : layers) model.lines.push_back("    torch.nn." + layer + ",");
    model.lines.emplace_back(")");
    for (const std::string& layer : model.frozen)
        model.lines.push_back(layer + ".requires_grad_(False)  # frozen: its rate is 0");
    return model;
}

/// How PyTorch calls an optimizer, and which parameters it has under the same names.
struct TorchOptimizer {
    const char* name;
    std::vector<const char*> same;
    const char* remark = nullptr; ///< where it is not the run's rule
};

const TorchOptimizer& torchOptimizer(const std::string& type) {
    static const std::map<std::string, TorchOptimizer, std::less<>> table = {
        {"sgd", {"SGD", {"momentum", "dampening", "weight_decay", "nesterov"}}},
        {"adam", {"Adam", {"eps", "weight_decay", "amsgrad"}}},
        {"adamw", {"AdamW", {"eps", "weight_decay", "amsgrad"}}},
        {"rmsprop", {"RMSprop", {"alpha", "eps", "weight_decay", "momentum", "centered"}}},
        {"nadam", {"NAdam", {"eps", "weight_decay", "momentum_decay"}}},
        {"adamax", {"Adamax", {"eps", "weight_decay"}}},
        {"radam", {"RAdam", {"eps", "weight_decay"}}},
        {"adagrad", {"Adagrad", {"lr_decay", "weight_decay", "initial_accumulator_value", "eps"}}},
        {"adadelta", {"Adadelta", {"rho", "eps", "weight_decay"}}},
        {"rprop", {"Rprop", {}}},
        {"adabound",
         {"Adam",
          {"eps", "weight_decay"},
          "torch.optim has no AdaBound: this is Adam, without the bounds that close in on final_lr. The rates are the "
          "run's, "
          "the training is not."}},
        {"local_gains",
         {"SGD",
          {},
          "torch.optim has no local gains: this is plain SGD, without a gain for every weight. The rates are the "
          "run's, "
          "the training is not."}}};
    return table.find(type)->second;
}

std::string argument(const RunConfig& config, const char* name) {
    const ParameterInfo* info = findParameter(findOptimizer(config.optimizer.type)->parameters, name);
    const double value = optimizerValue(config, name);
    return std::string(name) + '=' +
           (info->kind == ParameterKind::Flag ? (value != 0.0 ? "True" : "False") : number(value));
}

Lines optimizerLines(const RunConfig& config, const Model& model, double base) {
    const TorchOptimizer& optimizer = torchOptimizer(config.optimizer.type);
    Lines arguments;
    const auto pair = [&](const std::string& name, const char* first, const char* second) {
        if (isOwnValue(config, first) || isOwnValue(config, second))
            arguments.push_back(name + "=(" + number(optimizerValue(config, first)) + ", " +
                                number(optimizerValue(config, second)) + ")");
    };
    pair("betas", "beta1", "beta2");
    pair("etas", "eta_minus", "eta_plus");
    pair("step_sizes", "min_step", "max_step");
    for (const char* name : optimizer.same)
        if (isOwnValue(config, name)) arguments.push_back(argument(config, name));
    if (config.optimizer.type == "adabound" && optimizerValue(config, "amsbound") != 0.0)
        arguments.emplace_back("amsgrad=True");

    Lines lines;
    if (optimizer.remark) lines = python::comment(optimizer.remark);
    const std::string head = std::string("optimizer = torch.optim.") + optimizer.name;
    if (model.groups.empty()) {
        arguments.insert(arguments.begin(), {"model.parameters()", "lr=" + python::decimal(base)});
        append(lines, python::call(head, arguments));
        return lines;
    }
    append(lines, python::comment("Each layer has its own share of the rate."));
    append(lines, {head + "(", "    ["});
    for (const Group& group : model.groups)
        lines.push_back("        {\"params\": " + group.layer +
                        ".parameters(), \"lr\": " + python::decimal(base * group.share) + "},");
    lines.emplace_back("    ],");
    arguments.insert(arguments.begin(), "lr=" + python::decimal(base));
    for (const std::string& one : arguments) lines.push_back("    " + one + ",");
    lines.emplace_back(")");
    return lines;
}

std::string together(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

/// What all schedulers of our own have in common, up to where they set the rate.
Lines schedulerClass(const std::string& name, const std::string& meaning, const std::string& state,
                     const std::string& now) {
    return {"class " + name + ":",
            "    \"\"\"" + meaning + "\"\"\"",
            "",
            "    def __init__(self, optimizer):",
            "        self.optimizer = optimizer",
            "        self.shares = [group[\"lr\"] for group in optimizer.param_groups]",
            "        self." + state + " = 0",
            "        self.set_rate()",
            "",
            "    def set_rate(self):",
            "        for group, share in zip(self.optimizer.param_groups, self.shares):",
            "            group[\"lr\"] = share * " + now,
            ""};
}

Lines plateauScheduler() {
    Lines lines = schedulerClass("PlateauScheduler", "Sets the plateau's rate: step() once an epoch, with its figure.",
                                 "epochs", "plateau.rate");
    append(lines, linesOf(R"(    def step(self, figure):
        self.epochs += 1
        plateau.step(figure)
        self.set_rate())"));
    return lines;
}

Lines sequenceScheduler(const PythonRate& rate) {
    Lines lines =
        schedulerClass("SequenceScheduler", "Sets the rate: step() after every update, epoch_done() after every epoch.",
                       "steps", "rate(self.steps)");
    append(lines, {"    def step(self):", "        self.steps += 1", "        self.set_rate()", "",
                   "    def epoch_done(self, " + together(monitorsOf(rate.plateaus)) + "):",
                   "        \"\"\"Shows the epoch's figure to the plateau whose turn it was.\"\"\""});
    for (const PlateauTurn& plateau : rate.plateaus) {
        const std::string step = plateau.name + ".step(" + monitorOf(plateau.spec) + ")";
        const std::string condition = turnCondition(plateau, "self.steps - 1");
        if (condition.empty())
            lines.push_back("        " + step);
        else
            append(lines, {"        if " + condition + ":", "            " + step});
    }
    lines.emplace_back("        self.set_rate()");
    return lines;
}

Lines halvingScheduler(const ScheduleSpec& spec) {
    const ScheduleSpec complete = completed(spec, 0.0);
    Lines lines =
        schedulerClass("HalvingScheduler", "One rate throughout; half of it each time that the loss has run away.",
                       "halvings", python::decimal(complete.values.get("lr", 0.0)) + " / 2.0**self.halvings");
    lines.insert(lines.begin() + 6, "        self.steps = 0  # with this rate");
    append(lines, {"    def step(self):", "        self.steps += 1", "", "    def diverged(self):",
                   "        \"\"\"Halves the rate; False where it had held for long enough to stay.\"\"\"",
                   "        if self.steps >= " + number(complete.values.get("patience", 100.0)) + ":",
                   "            return False", "        self.halvings += 1", "        self.steps = 0",
                   "        self.set_rate()", "        return True"});
    return lines;
}

Lines plateauNative(const ScheduleSpec& plateau, const std::vector<double>& shares) {
    const auto argument = [&](const char* name) {
        return std::string(name) + '=' + number(plateau.values.get(name, 0.0));
    };
    const double lowest = plateau.values.get("min_lr", 0.0);
    std::string floors;
    for (const double share : shares) floors += (floors.empty() ? "" : ", ") + number(lowest * share);
    Lines arguments = {
        "optimizer",           std::string("mode=") + (monitorOf(plateau) == "val_accuracy" ? "\"max\"" : "\"min\""),
        argument("factor"),    argument("patience"),
        argument("threshold"), "threshold_mode=\"rel\"",
        argument("cooldown")};
    if (lowest != 0.0) arguments.push_back("min_lr=" + (shares.empty() ? number(lowest) : '[' + floors + ']'));
    return python::call("scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau", arguments);
}

bool isNativePlateau(const ScheduleSpec& plateau) {
    return !plateau.values.contains("raise_factor") && plateau.values.get("factor", 0.1) < 1.0 &&
           plateau.values.get("threshold", 0.0) < 1.0;
}

Lines loop(const RunConfig& config, const RunLength& length, const PythonRate& rate,
           const std::optional<ScheduleSpec>& plateau) {
    const bool halves = !config.rangeTest && config.schedule.type == "halving";
    const bool turns = !plateau && !rate.plateaus.empty();
    const bool grows = config.schedule.batchGrowth && !config.rangeTest;
    Lines code = {config.loss == Loss::CrossEntropy ? "loss_function = torch.nn.CrossEntropyLoss()"
                                                    : "def loss_function(outputs, labels):  # softmax against one-hot"};
    if (config.loss == Loss::Mse)
        append(code, {"    wanted = torch.nn.functional.one_hot(labels, 10).float()",
                      "    return torch.nn.functional.mse_loss(torch.softmax(outputs, 1), wanted)", ""});
    if (halves) code.emplace_back("first_weights = copy.deepcopy(model.state_dict())  # with: import copy");
    code.push_back("for epoch in range(" + std::to_string(loopEpochs(config, length)) + "):");
    code.push_back(grows ? "    for images, labels in batches:  # of batch_size(step) samples, pixels from 0 to 1"
                         : "    for images, labels in batches:  # of " + std::to_string(config.batchSize) +
                               " samples, pixels from 0 to 1");
    // Not as a layer of its own, so that names and places are those of the weights that are exported.
    const std::string images = isFlatAtOnce(config.network) ? "images.flatten(1)" : "images";
    append(code, {"        optimizer.zero_grad()", "        loss = loss_function(model(" + images + "), labels)"});
    if (halves)
        append(code, {"        if not torch.isfinite(loss):", "            if not scheduler.diverged():",
                      "                raise SystemExit(\"The loss has run away.\")",
                      "            model.load_state_dict(first_weights)", "            optimizer.state.clear()",
                      "            continue  # better: from the first epoch on"});
    append(code, {"        loss.backward()", "        optimizer.step()"});
    if (!plateau) code.emplace_back("        scheduler.step()");
    if (plateau) code.push_back("    scheduler.step(" + monitorOf(*plateau) + ")  # the epoch's figure");
    if (turns)
        code.push_back("    scheduler.epoch_done(" + together(monitorsOf(rate.plateaus)) + ")  # the epoch's figures");
    Lines lines = {""};
    append(
        lines,
        python::comment(
            plateau
                ? "The loop. Once an epoch scheduler.step() is told the figure that it watches."
                : "The loop. With scheduler.step() after every optimizer.step(), update number t has the rate lr(t)."));
    if (config.rangeTest || config.duration.steps)
        append(lines, python::comment("The run ends after " + std::to_string(length.steps) + " updates."));
    lines.emplace_back("#");
    for (const std::string& line : code) lines.push_back(line.empty() ? "#" : "# " + line);
    return lines;
}

} // namespace

Lines torchCode(const RunConfig& config, const RunLength& length) {
    const Model model = makeModel(config);
    const std::optional<ScheduleSpec> plateau = wholePlateau(config);
    const bool halves = !config.rangeTest && config.schedule.type == "halving";
    Lines before;
    Lines scheduler;
    double base = 1.0;
    PythonRate rate;
    if (const auto native = torchScheduler(config, length, model.shares())) {
        base = native->base;
        scheduler = native->lines;
    } else if (halves) {
        before = halvingScheduler(config.schedule);
        scheduler = {"scheduler = HalvingScheduler(optimizer)"};
    } else if (plateau && isNativePlateau(*plateau)) {
        base = plateau->values.get("lr", 0.0);
        scheduler = plateauNative(*plateau, model.shares());
    } else {
        rate = pythonRate(config, length);
        before = plateauLines(rate.plateaus);
        if (plateau) {
            append(before, plateauScheduler());
            scheduler = {"scheduler = PlateauScheduler(optimizer)"};
        } else {
            append(before, rate.lines);
            if (!rate.plateaus.empty()) append(before, {"", ""});
            if (!rate.plateaus.empty()) append(before, sequenceScheduler(rate));
            scheduler = {rate.plateaus.empty() ? "scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)"
                                               : "scheduler = SequenceScheduler(optimizer)"};
        }
    }
    Lines lines;
    if (!before.empty()) {
        lines.emplace_back();
        append(lines, before);
        append(lines, {"", ""});
    }
    append(lines, model.lines);
    const bool isFactor = base == 1.0 && !before.empty();
    if (isFactor) append(lines, python::comment("The scheduler multiplies this rate of 1 by the run's own."));
    append(lines, optimizerLines(config, model, base));
    append(lines, scheduler);
    append(lines, loop(config, length, rate, plateau));
    return lines;
}

} // namespace ratescope
