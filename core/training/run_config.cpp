// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/run_config.h"

#include "core/brief_text.h"
#include "core/network/network.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

namespace ratescope {

namespace {

constexpr std::size_t maximumPathBytes = 4096; ///< as Linux has it

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

Problems validateRangeTest(const RangeTestSpec& test) {
    Problems problems;
    const auto check = [&](bool good, const char* place, double value, const char* allowed) {
        if (!good) problems.push_back({place, "is " + shortest(value) + "; allowed: " + allowed});
    };
    check(test.from > 0 && test.from <= 1e6, "from", test.from, "a rate above 0 and at most 1e6");
    // Far enough that each of the rates is another one.
    const double least = test.from * (1.0 + 1e-9 * static_cast<double>(std::min<std::uint64_t>(test.steps, 1'000'000)));
    check(test.to > least && test.to <= 1e6, "to", test.to, "a rate above “from” and at most 1e6");
    check(test.steps >= 2 && test.steps <= 1'000'000, "steps", static_cast<double>(test.steps),
          "a whole number from 2 to 1000000");
    check(test.smoothing >= 0 && test.smoothing <= 0.9999, "smoothing", test.smoothing, "a number from 0 to 0.9999");
    check(test.stopFactor > 1 && std::isfinite(test.stopFactor), "stop_factor", test.stopFactor, "a number above 1");
    if (test.kind == RangeTestKind::Sweep && test.stepsPerRate != 0)
        problems.push_back({"steps_per_rate", "has no place in a sweep, whose rate changes with every step"});
    check(test.stepsPerRate <= 1'000'000, "steps_per_rate", static_cast<double>(test.stepsPerRate),
          "a whole number from 0 (an epoch) to 1000000");
    check(test.validation <= 1'000'000, "validation", test.validation, "a whole number of samples from 0 (none) to 1000000");
    if (test.kind == RangeTestKind::Halving && test.validation != 0)
        problems.push_back(
            {"validation", "has no place in a halving, which asks whether a rate holds and not how well it learns"});
    if (test.kind != RangeTestKind::Sweep)
        check(test.smoothing == 0.0, "smoothing", test.smoothing, "0: only a sweep's loss is noisy enough to be smoothed");
    if (test.kind == RangeTestKind::Halving && problems.empty())
        check(test.to / test.from >= 2.0, "to", test.to,
              "a rate that can be halved at least once before it is below “from”");
    return problems;
}

Problems validateLayerRates(const std::vector<double>& rates, const NetworkSpec& network) {
    Problems problems;
    const std::size_t layers = weightLayerCount(network);
    if (rates.empty() || layers == 0) return problems;
    if (rates.size() != layers)
        return {{"", "holds " + std::to_string(rates.size()) + " numbers; expected " + std::to_string(layers) +
                         ", one for each layer with weights"}};
    for (std::size_t i = 0; i < rates.size(); ++i)
        if (!(rates[i] >= 0.0 && rates[i] <= 1e6))
            problems.push_back({"[" + std::to_string(i) + "]",
                                "is " + shortest(rates[i]) + "; allowed: a number from 0 (frozen) to 1e6"});
    if (std::ranges::all_of(rates, [](double rate) { return rate == 0.0; }))
        problems.push_back({"", "freezes every layer; nothing is left to train"});
    return problems;
}

/// A plateau in the schedule, or in its parts, that watches a figure of validation; or null.
const ScheduleSpec* plateauOfValidation(const ScheduleSpec& spec) {
    if (spec.type == "plateau" && spec.values.get("monitor", 0.0) != static_cast<double>(PlateauMonitor::TrainingLoss))
        return &spec;
    for (const SchedulePart& part : spec.parts)
        if (const ScheduleSpec* found = plateauOfValidation(part.schedule)) return found;
    return nullptr;
}

Problems validateStops(const RunConfig& config) {
    Problems problems;
    const auto refuse = [&](const char* place, const std::string& message) { problems.push_back({place, message}); };
    if (const auto& stop = config.earlyStopping) {
        if (stop->patience < 1 || stop->patience > maximumSteps)
            refuse("early_stopping.patience",
                   "is " + std::to_string(stop->patience) + "; allowed: a whole number of epochs from 1 on");
        if (!(stop->minimumDelta >= 0.0 && std::isfinite(stop->minimumDelta)))
            refuse("early_stopping.min_delta", "is " + shortest(stop->minimumDelta) + "; allowed: a number from 0 on");
        if (config.rangeTest) refuse("early_stopping", "has no place in a range test, which knows no epochs");
        if (stop->monitor != Monitor::TrainingLoss && config.validation == 0.0)
            refuse("early_stopping.monitor", std::string("is ") + monitorNames[static_cast<int>(stop->monitor)] +
                                                 ", but no samples are held out for validation");
    }
    if (config.snapshots) {
        if (config.rangeTest)
            refuse("snapshots", "have no place in a range test");
        else if (findScheduleFamily(config.schedule.type) && !goesInCycles(config.schedule))
            refuse("snapshots", "need a schedule that goes round in cycles, such as warm_restarts or cyclical; " +
                                    config.schedule.type + " does not");
    }
    if (!config.rangeTest && config.validation == 0.0)
        if (const ScheduleSpec* plateau = plateauOfValidation(config.schedule))
            refuse("schedule", "has a plateau that watches " +
                                   findParameter(findScheduleFamily("plateau")->parameters, "monitor")
                                       ->choices[static_cast<std::size_t>(plateau->values.get("monitor", 0.0))] +
                                   ", but no samples are held out for validation");
    if (config.fork) {
        if (config.fork->run.empty()) refuse("fork.run", "is empty; expected the name of a run");
        if (config.startFrom) refuse("fork", "stands beside start_from; a run begins in one way");
        if (config.schedule.batchGrowth) refuse("fork", "has no place in a run whose batch grows");
    }
    if (const auto& start = config.startFrom; start && start->run.empty() == start->file.empty())
        refuse("start_from", "needs either a run or a file");
    return problems;
}

/// How many snapshots there will be, held against what memory and patience allow.
Problems validateSnapshots(const RunConfig& config, const DatasetInfo& info) {
    const RunLength length = lengthOf(config, info);
    const std::uint64_t count = scheduleOf(config, length).cyclesWithin(length.steps);
    if (count == 0) return {{"", "would be none: the run ends before the schedule's first cycle does"}};
    if (count > maximumSnapshots)
        return {{"", "would be " + std::to_string(count) +
                         ", one at each end of a cycle; allowed: " + std::to_string(maximumSnapshots)}};
    const std::uint64_t bytes = count * parameterCount(config.network, imageShape(info.rows, info.columns)) * sizeof(float);
    if (bytes > maximumNetworkBytes)
        return {{"", "would take " + std::to_string(bytes >> 20) +
                         " MiB; allowed: " + std::to_string(maximumNetworkBytes >> 20) + " MiB"}};
    return {};
}

/// Whether UTF-8 has what breaks a line, is not seen, or turns the order of the letters behind it: a name is one line that
/// shows what it is.
bool holdsControls(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
        const unsigned first = byte(i);
        const unsigned last = byte(i + 2);
        if (first < 0x20 || first == 0x7F) return true;
        if (first == 0xC2 && byte(i + 1) >= 0x80 && byte(i + 1) < 0xA0) return true;                  // U+0080 to U+009F
        if (first == 0xE2 && byte(i + 1) == 0x80 && last >= 0xA8 && last <= 0xAE) return true; // U+2028 to U+202E
        if (first == 0xE2 && byte(i + 1) == 0x81 && last >= 0xA6 && last <= 0xA9) return true; // U+2066 to U+2069
    }
    return false;
}

} // namespace

RangeTestSpec RangeTestSpec::of(RangeTestKind kind) {
    RangeTestSpec spec{.kind = kind};
    if (kind == RangeTestKind::Sweep) return spec;
    spec.smoothing = 0.0;
    if (kind == RangeTestKind::FreshStart) spec.stepsPerRate = 10;
    if (kind == RangeTestKind::Halving) spec.stepsPerRate = 100;
    if (kind == RangeTestKind::Sensitivity) {
        spec.from = 1e-4;
        spec.steps = 16;
        spec.validation = 10000;
    }
    if (kind == RangeTestKind::Halving) spec.steps = spec.rateCount();
    return spec;
}

std::uint64_t RangeTestSpec::rateCount() const {
    if (kind != RangeTestKind::Halving) return steps;
    return 1 + static_cast<std::uint64_t>(std::floor(std::log2(to / from) + 1e-9));
}

std::uint64_t RangeTestSpec::updatesPerRate(std::uint64_t stepsPerEpoch) const {
    if (kind == RangeTestKind::Sweep) return 1;
    return stepsPerRate > 0 ? stepsPerRate : stepsPerEpoch;
}

Problems RunConfig::validate() const {
    Problems problems;
    const auto refuse = [&](const char* place, const std::string& message) { problems.push_back({place, message}); };
    if (name.empty()) refuse("name", "is empty; a run needs a name");
    if (holdsControls(name)) refuse("name", "holds a control character");
    const auto limit = [&](const char* place, const std::string& text, std::size_t most) {
        if (text.size() > most)
            refuse(place, "is " + std::to_string(text.size()) + " bytes long; allowed: " + std::to_string(most));
    };
    limit("name", name, maximumNameBytes);
    limit("data", data, maximumPathBytes);
    if (startFrom) limit("start_from.run", startFrom->run, maximumNameBytes);
    if (startFrom) limit("start_from.file", startFrom->file, maximumPathBytes);
    if (fork) limit("fork.run", fork->run, maximumNameBytes);
    if (!color.empty() && !isColor(color)) refuse("color", "is “" + briefText(color) + "”; expected #rrggbb");
    if (!(validation >= 0.0 && validation <= 0.9))
        refuse("validation", "is " + shortest(validation) + "; allowed: a number from 0 to 0.9");
    if (batchSize < 1) refuse("batch_size", "is 0; allowed: a whole number from 1 on");
    if (duration.steps && (*duration.steps < 1 || *duration.steps > maximumSteps))
        refuse("steps", "is " + std::to_string(*duration.steps) + "; allowed: a whole number from 1 to 1e9");
    if (!duration.steps && (duration.epochs < 1 || duration.epochs > maximumSteps))
        refuse("epochs", "is " + std::to_string(duration.epochs) + "; allowed: a whole number from 1 on");
    if (seed > maximumSeed)
        refuse("seed", "is " + std::to_string(seed) + "; allowed: a whole number from 0 to 9007199254740991");
    add(problems, "network", validateNetwork(network, std::nullopt));
    add(problems, "optimizer", validateOptimizer(optimizer));
    add(problems, "schedule", validateSchedule(schedule));
    add(problems, "layer_rates", validateLayerRates(layerRates, network));
    for (const Problem& problem : validateStops(*this)) problems.push_back(problem);
    if (rangeTest && schedule.batchGrowth)
        refuse("schedule.batch_growth", "has no place in a range test, whose rate is its own");
    if (rangeTest) add(problems, "range_test", validateRangeTest(*rangeTest));
    if (rangeTest && rangeTest->validation > 0 && validation == 0.0)
        refuse("range_test.validation", "is " + std::to_string(rangeTest->validation) +
                                            ", but no samples are held out for validation");
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
        refuse("batch_size", "is " + std::to_string(batchSize) + "; allowed: 1 to " + std::to_string(train) +
                                 ", the training samples");
    if (earlyStopping && earlyStopping->monitor != Monitor::TrainingLoss && validation > 0.0 && info.trainCount == all.train)
        refuse("early_stopping.monitor", std::string("is ") + monitorNames[static_cast<int>(earlyStopping->monitor)] +
                                             ", but no samples are held out for validation");
    if (!rangeTest && validation > 0.0 && info.trainCount == all.train && plateauOfValidation(schedule))
        refuse("schedule", "has a plateau that watches a figure of validation, but no samples are held out for it");
    const std::size_t before = problems.size();
    const Shape image = imageShape(info.rows, info.columns);
    add(problems, "network", validateNetwork(network, image));
    if (problems.size() > before) return problems;
    if (schedule.maxBatch > 0 && (schedule.maxBatch < batchSize || schedule.maxBatch > train))
        refuse("schedule.max_batch", "is " + std::to_string(schedule.maxBatch) +
                                         "; allowed: " + std::to_string(batchSize) + ", the batch it grows from, to " +
                                         std::to_string(train) + ", the training samples");
    if (problems.empty()) {
        const std::uint32_t batch = largestBatch(*this, train);
        if (const std::uint64_t bytes = Network::batchBytes(network, image, batch); bytes > maximumActivationBytes)
            refuse(schedule.batchGrowth && batch > batchSize ? "schedule.max_batch" : "batch_size",
                   "is " + std::to_string(batch) + ", which takes " + std::to_string(bytes >> 20) +
                       " MiB for this network's activations and gradients; allowed: " +
                       std::to_string(maximumActivationBytes >> 20) + " MiB");
    }
    if (!problems.empty()) return problems;
    const std::uint64_t perEpoch = (train + batchSize - 1) / batchSize;
    if (!duration.steps && duration.epochs > maximumSteps / perEpoch)
        refuse("epochs", "is " + std::to_string(duration.epochs) + ", over 1e9 steps of training; allowed: up to " +
                             std::to_string(maximumSteps / perEpoch));
    else if (const std::uint64_t steps = duration.steps.value_or(duration.epochs * perEpoch);
             schedule.batchGrowth && steps > maximumGrowingSteps)
        refuse("schedule.batch_growth", "is for runs of up to " + std::to_string(maximumGrowingSteps) +
                                            " steps; this one has " + std::to_string(steps));
    else if (fork && !rangeTest && fork->step >= steps)
        refuse("fork.step", "is " + std::to_string(fork->step) + "; allowed: a whole number below the run's length, " +
                                std::to_string(steps));
    else if (snapshots)
        add(problems, "snapshots", validateSnapshots(*this, info));
    return problems;
}

Problems validateFork(const RunConfig& child, const RunConfig& parent) {
    Problems problems;
    const auto check = [&](bool same, const char* place) {
        if (!same) problems.push_back({place, "is not that of “" + parent.name + "”, where this fork goes on"});
    };
    check(child.data == parent.data, "data");
    check(child.validation == parent.validation, "validation");
    check(child.trainSamples == parent.trainSamples, "train_samples");
    check(child.network.layers == parent.network.layers, "network");
    check(child.init == parent.init, "init");
    check(child.loss == parent.loss, "loss");
    check(child.optimizer.type == parent.optimizer.type, "optimizer.type");
    check(child.batchSize == parent.batchSize, "batch_size");
    check(child.seed == parent.seed, "seed");
    if (parent.rangeTest || parent.schedule.batchGrowth)
        problems.push_back({"fork.run", "is “" + parent.name + "”, which is " +
                                            (parent.rangeTest ? "a range test" : "a run whose batch grows")});
    return problems;
}

DataSplit splitOf(const RunConfig& config, std::uint32_t trainCount) {
    DataSplit split;
    split.validation = static_cast<std::uint32_t>(std::llround(config.validation * trainCount));
    split.validationFirst = trainCount - split.validation;
    split.train = config.trainSamples > 0 ? std::min(config.trainSamples, split.validationFirst) : split.validationFirst;
    return split;
}

namespace {

/// Walks through a run whose batch grows. Its length depends on its batches and these on the rate, which must not depend on
/// the length: a schedule's open length is that of the run without growth.
void growBatches(const RunConfig& config, std::uint32_t train, RunLength& length) {
    auto grown = std::make_shared<GrownBatches>();
    grown->samples = train;
    grown->largest = largestBatch(config, train);
    length.grown = grown;
    const Schedule schedule = scheduleOf(config, length);
    const std::uint64_t most = std::min(config.duration.steps.value_or(maximumGrowingSteps), maximumGrowingSteps);
    const std::uint64_t epochs = config.duration.steps ? maximumSteps : config.duration.epochs;
    for (std::uint64_t epoch = 0; epoch < epochs && grown->firsts.size() < most; ++epoch) {
        grown->epochStarts.push_back(grown->firsts.size());
        std::uint32_t first = 0;
        while (first < train && grown->firsts.size() < most) {
            const double epochsSoFar = static_cast<double>(epoch) + static_cast<double>(first) / train;
            const std::uint32_t batch = schedule.batchAt({grown->firsts.size(), epoch, epochsSoFar});
            grown->firsts.push_back(first);
            first += std::min(batch, train - first);
        }
        grown->lastEnd = first;
    }
    length.steps = grown->firsts.size();
}

} // namespace

std::uint32_t largestBatch(const RunConfig& config, std::uint32_t trainSamples) {
    if (!config.schedule.batchGrowth || config.rangeTest) return config.batchSize;
    const std::uint32_t most = config.schedule.maxBatch > 0 ? config.schedule.maxBatch : trainSamples / 10;
    return std::clamp(most, config.batchSize, std::max(config.batchSize, trainSamples));
}

RunLength lengthOf(const RunConfig& config, const DatasetInfo& data) {
    return lengthOf(config, splitOf(config, data.trainCount).train);
}

RunLength lengthOf(const RunConfig& config, std::uint32_t train) {
    RunLength length;
    length.epochSamples = train;
    length.stepsPerEpoch = std::max<std::uint64_t>(1, (std::uint64_t(train) + config.batchSize - 1) / config.batchSize);
    length.steps = config.rangeTest        ? config.rangeTest->rateCount()
                   : config.duration.steps ? *config.duration.steps
                                           : config.duration.epochs * length.stepsPerEpoch;
    if (config.schedule.batchGrowth && !config.rangeTest) growBatches(config, train, length);
    return length;
}

Schedule scheduleOf(const RunConfig& config, const RunLength& length) {
    if (const auto& test = config.rangeTest) {
        if (test->kind != RangeTestKind::Halving)
            return Schedule::sweep(test->from, test->to, test->steps, test->exponential);
        ScheduleSpec halves;
        halves.type = "step";
        for (const auto& [name, value] : {std::pair("lr", test->to), {"factor", 0.5}, {"period", 1.0}})
            halves.values.set(name, value);
        return Schedule(halves, length);
    }
    if (!config.schedule.batchGrowth) return Schedule(config.schedule, length);
    Schedule schedule(config.schedule, length,
                      config.duration.steps.value_or(config.duration.epochs * length.stepsPerEpoch));
    schedule.growBatch(config.batchSize, length.grown ? length.grown->largest : config.batchSize);
    return schedule;
}

} // namespace ratescope
