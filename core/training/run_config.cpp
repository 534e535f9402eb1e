// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/run_config.h"

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

void add(Problems& problems, const std::string& place, const Problems& more) {
    for (const Problem& problem : more) {
        const bool index = problem.place.starts_with('[');
        const std::string dot = problem.place.empty() || index ? "" : ".";
        problems.push_back({place + dot + problem.place, problem.message});
    }
}

bool isColor(const std::string& text) {
    return text.size() == 7 && text[0] == '#' &&
           std::all_of(text.begin() + 1, text.end(), [](unsigned char c) { return std::isxdigit(c) != 0; });
}

std::uint64_t activationBytes(const NetworkSpec& network, std::uint32_t inputs, std::uint64_t batch) {
    std::uint64_t width = inputs;
    std::uint64_t floats = inputs;
    for (const LayerSpec& layer : network.layers) {
        if (layer.type == LayerType::Dense) width = layer.units;
        floats += 2 * width;
    }
    return floats * batch * sizeof(float);
}

Problems validateRangeTest(const RangeTestSpec& test) {
    Problems problems;
    const auto check = [&](bool good, const char* place, double value, const char* allowed) {
        if (!good) problems.push_back({place, "is " + shortest(value) + "; allowed: " + allowed});
    };
    check(test.from > 0 && test.from <= 1e6, "from", test.from, "a rate above 0 and at most 1e6");
    check(test.to > test.from && test.to <= 1e6, "to", test.to, "a rate above “from” and at most 1e6");
    check(test.steps >= 2 && test.steps <= 1'000'000, "steps", static_cast<double>(test.steps), "a whole number from 2 to 1000000");
    check(test.smoothing >= 0 && test.smoothing <= 0.9999, "smoothing", test.smoothing, "a number from 0 to 0.9999");
    check(test.stopFactor > 1 && std::isfinite(test.stopFactor), "stop_factor", test.stopFactor, "a number above 1");
    return problems;
}

} // namespace

Problems RunConfig::validate() const {
    Problems problems;
    const auto refuse = [&](const char* place, const std::string& message) { problems.push_back({place, message}); };
    if (name.empty()) refuse("name", "is empty; a run needs a name");
    if (name.size() > maximumNameBytes)
        refuse("name", "is " + std::to_string(name.size()) + " bytes long; allowed: " + std::to_string(maximumNameBytes));
    if (std::ranges::any_of(name, [](unsigned char c) { return c < 0x20 || c == 0x7F; }))
        refuse("name", "holds a control character");
    if (!color.empty() && !isColor(color)) refuse("color", "is “" + color + "”; expected #rrggbb");
    if (!(validation >= 0.0 && validation <= 0.9))
        refuse("validation", "is " + shortest(validation) + "; allowed: a number from 0 to 0.9");
    if (batchSize < 1) refuse("batch_size", "is 0; allowed: a whole number from 1 on");
    if (duration.steps && (*duration.steps < 1 || *duration.steps > maximumSteps))
        refuse("steps", "is " + std::to_string(*duration.steps) + "; allowed: a whole number from 1 to 1e9");
    if (!duration.steps && (duration.epochs < 1 || duration.epochs > maximumSteps))
        refuse("epochs", "is " + std::to_string(duration.epochs) + "; allowed: a whole number from 1 on");
    if (seed > maximumSeed) refuse("seed", "is " + std::to_string(seed) + "; allowed: a whole number from 0 to 9007199254740991");
    add(problems, "network", validateNetwork(network, 1));
    add(problems, "optimizer", validateOptimizer(optimizer));
    add(problems, "schedule", validateSchedule(schedule));
    if (rangeTest) add(problems, "range_test", validateRangeTest(*rangeTest));
    return problems;
}

Problems RunConfig::validate(const DatasetInfo& info) const {
    Problems problems = validate();
    if (!problems.empty()) return problems;
    const auto refuse = [&](const char* place, const std::string& message) { problems.push_back({place, message}); };
    const DataSplit all = [&] {
        RunConfig whole = *this;
        whole.trainSamples = 0;
        return splitOf(whole, info.trainCount);
    }();
    if (all.train == 0) refuse("validation", "is " + shortest(validation) + ": nothing is left to train on");
    if (trainSamples > all.train)
        refuse("train_samples", "is " + std::to_string(trainSamples) + "; allowed: 0 (all) to " + std::to_string(all.train) +
                                    ", the samples that are not held out for validation");
    const std::uint32_t train = trainSamples > 0 ? trainSamples : all.train;
    if (batchSize > train)
        refuse("batch_size", "is " + std::to_string(batchSize) + "; allowed: 1 to " + std::to_string(train) + ", the training samples");
    add(problems, "network", validateNetwork(network, info.rows * info.columns));
    if (const std::uint64_t bytes = activationBytes(network, info.rows * info.columns, batchSize); bytes > maximumActivationBytes)
        refuse("batch_size", "is " + std::to_string(batchSize) + ", which takes " + std::to_string(bytes >> 20) +
                                 " MiB for this network's activations; allowed: " + std::to_string(maximumActivationBytes >> 20) + " MiB");
    if (problems.empty() && !duration.steps) {
        const std::uint64_t perEpoch = (train + batchSize - 1) / batchSize;
        if (duration.epochs > maximumSteps / perEpoch)
            refuse("epochs", "is " + std::to_string(duration.epochs) + ", over 1e9 steps of training; allowed: up to " +
                                 std::to_string(maximumSteps / perEpoch));
    }
    return problems;
}

DataSplit splitOf(const RunConfig& config, std::uint32_t trainCount) {
    DataSplit split;
    split.validation = static_cast<std::uint32_t>(std::llround(config.validation * trainCount));
    split.validationFirst = trainCount - split.validation;
    split.train = config.trainSamples > 0 ? std::min(config.trainSamples, split.validationFirst) : split.validationFirst;
    return split;
}

RunLength lengthOf(const RunConfig& config, const DatasetInfo& data) {
    const std::uint32_t train = splitOf(config, data.trainCount).train;
    RunLength length;
    length.stepsPerEpoch = std::max<std::uint64_t>(1, (std::uint64_t(train) + config.batchSize - 1) / config.batchSize);
    length.steps = config.rangeTest        ? config.rangeTest->steps
                   : config.duration.steps ? *config.duration.steps
                                           : config.duration.epochs * length.stepsPerEpoch;
    return length;
}

Schedule scheduleOf(const RunConfig& config, const RunLength& length) {
    if (const auto& test = config.rangeTest) return Schedule::sweep(test->from, test->to, test->steps, test->exponential);
    return Schedule(config.schedule, length);
}

} // namespace ratescope
