// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/speed.h"

#include "core/training/seconds_since.h"
#include "core/training/trainer.h"

#include <Eigen/Core>

#include <algorithm>
#include <chrono>
#include <numeric>
#include <thread>

namespace ratescope {

namespace {

using Clock = std::chrono::steady_clock;

/// The time is cut into parts, unless there is too little of it.
int partsOf(double seconds) { return seconds < 0.5 ? 1 : 5; }

/// Calls `work`, which returns what it did, again and again for `seconds`: the most done in a second by one of the parts.
template <typename Work>
double bestRate(double seconds, const Work& work) {
    const int parts = partsOf(seconds);
    double best = 0.0;
    for (int part = 0; part < parts; ++part) {
        const Clock::time_point start = Clock::now();
        double done = 0.0;
        double elapsed = 0.0;
        do {
            done += work();
            elapsed = secondsSince(start);
        } while (elapsed < seconds / parts);
        best = std::max(best, done / elapsed);
    }
    return best;
}

double trainedPerSecond(RunConfig config, const std::shared_ptr<const Dataset>& data, CoreBudget& budget, double seconds) {
    config.validation = 0.0;
    const auto train = [&](std::uint64_t steps) {
        config.duration.steps = steps;
        TrainingControl control;
        MetricsChannel channel(1 << 16);
        RunObserver observer;
        return Trainer(config, data, {&budget, 0}).run(control, channel, observer);
    };
    const int parts = partsOf(seconds);
    const RunResult trial = train(5);
    const double perStep = trial.trainSeconds / static_cast<double>(trial.steps);
    const auto steps = static_cast<std::uint64_t>(std::clamp(seconds / parts / perStep, 2.0, 60'000.0));
    double best = 0.0;
    for (int part = 0; part < parts; ++part) {
        const RunResult result = train(steps);
        best = std::max(best, static_cast<double>(result.samples) / result.trainSeconds);
    }
    return best;
}

double evaluatedPerSecond(const RunConfig& config, const Dataset& data, unsigned threads, double seconds) {
    constexpr std::uint32_t batch = 256;
    Network network(config.network, imageShape(data.test.rows, data.test.columns), {0, batch, config.loss, {}, threads});
    network.initialize(config.init, config.seed);
    WorkerTeam team(threads);
    team.use(threads);
    std::vector<std::uint32_t> samples(std::min(batch, data.test.size()));
    std::uint32_t first = 0;
    return bestRate(seconds, [&] {
        if (first + samples.size() > data.test.size()) first = 0;
        std::iota(samples.begin(), samples.end(), first);
        first += batch;
        network.evaluate({data.test, samples}, team);
        return static_cast<double>(samples.size());
    });
}

} // namespace

std::vector<SpeedCase> speedCases() {
    std::vector<SpeedCase> cases;
    const auto add = [&](const char* name, NetworkSpec network, std::uint32_t batch, const char* optimizer, double rate) {
        RunConfig config;
        config.name = name;
        config.network = std::move(network);
        config.batchSize = batch;
        config.optimizer.type = optimizer;
        config.schedule = RunConfig::constantSchedule(rate);
        cases.push_back({name, config});
    };
    add("softmax", *findNetworkPreset("softmax"), 128, "sgd", 0.1);
    add("mlp", *findNetworkPreset("mlp"), 64, "sgd", 0.1);
    add("784-256-128-10", parseLayerList("dense 256, relu, dense 128, relu, dense 10"), 128, "adam", 0.001);
    add("cnn", *findNetworkPreset("cnn"), 250, "adam", 0.001);
    return cases;
}

TrainingSpeed measureTraining(const RunConfig& config, const std::shared_ptr<const Dataset>& data, unsigned threads, double seconds) {
    CoreBudget budget(threads);
    TrainingSpeed speed;
    speed.samplesPerSecond = trainedPerSecond(config, data, budget, seconds);
    speed.operationsPerSecond = speed.samplesPerSecond * networkCost(config.network, imageShape(data->train.rows, data->train.columns)).training;
    speed.evaluatedPerSecond = evaluatedPerSecond(config, *data, threads, seconds / 3.0);
    return speed;
}

double measureProduct(unsigned threads, double seconds) {
    constexpr Eigen::Index side = 1024;
    std::vector<double> rates(threads);
    std::vector<std::jthread> workers;
    const auto measure = [&](unsigned worker) {
        const Eigen::MatrixXf a = Eigen::MatrixXf::Constant(side, side, 0.5F);
        const Eigen::MatrixXf b = Eigen::MatrixXf::Constant(side, side, 0.25F);
        Eigen::MatrixXf c(side, side);
        rates[worker] = bestRate(seconds, [&] {
            c.noalias() = a * b;
            return 2.0 * side * side * side;
        });
    };
    for (unsigned worker = 1; worker < threads; ++worker) workers.emplace_back([&measure, worker] { measure(worker); });
    measure(0);
    workers.clear(); // joins
    return std::accumulate(rates.begin(), rates.end(), 0.0);
}

} // namespace ratescope
