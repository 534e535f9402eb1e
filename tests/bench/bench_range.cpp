// SPDX-License-Identifier: GPL-3.0-or-later
// What the rules suggest for softmax, mlp and cnn with three optimizers over five seeds; how far the sweep's answer lies
// from that of a fresh start at each rate; which rule wins when ⅓, 1 and 3 times its rate are tried for an equal, short
// budget; and how long a test takes.
//   bench_range [NETWORK]...
#include "core/analysis/range_seeds.h"
#include "core/analysis/rate_rules.h"
#include "core/data/dataset_store.h"
#include "core/training/trainer.h"
#include "tests/this_build.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <limits>
#include <map>
#include <string>
#include <vector>

using namespace ratescope;

namespace {

using Clock = std::chrono::steady_clock;
using Data = std::shared_ptr<const Dataset>;

constexpr std::uint64_t seeds = 5;
constexpr double factors[] = {1.0 / 3.0, 1.0, 3.0};

struct Setting {
    const char* name;
    const char* optimizer;
    double momentum;
    double from;
    double to;
};
constexpr Setting settings[] = {{"SGD", "sgd", 0.0, 1e-4, 100.0},
                                {"SGD, momentum 0.9", "sgd", 0.9, 1e-5, 10.0},
                                {"Adam", "adam", 0.0, 1e-6, 1.0}};

RunConfig configOf(const std::string& network, const Setting& setting, std::uint64_t seed) {
    RunConfig config;
    config.network = *findNetworkPreset(network);
    config.optimizer.type = setting.optimizer;
    if (setting.momentum > 0.0) config.optimizer.values.set("momentum", setting.momentum);
    config.seed = seed;
    return config;
}

struct Outcome {
    RunResult result;
    RangeCurve curve;
    std::vector<EpochMetrics> epochs;
    double seconds = 0.0;
};

struct Listener : RunObserver {
    void epochDone(const EpochMetrics& epoch) override { epochs.push_back(epoch); }
    std::vector<EpochMetrics> epochs;
};

Outcome run(const RunConfig& config, const Data& data, CoreBudget& cores) {
    const Clock::time_point start = Clock::now();
    Trainer trainer(config, data, {&cores, 0});
    MetricsChannel channel;
    Listener listener;
    Outcome outcome;
    outcome.result = trainer.run(TrainingControl{}, channel, listener);
    std::vector<StepMetrics> steps;
    channel.drain(steps);
    if (config.rangeTest) {
        RangeCurveBuilder builder(config.rangeTest->smoothing);
        for (const StepMetrics& step : steps) builder.add(step.rate, double(step.loss));
        outcome.curve = builder.curve();
    }
    outcome.epochs = listener.epochs;
    outcome.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return outcome;
}

RunConfig testOf(RunConfig config, const Setting& setting, RangeTestKind kind) {
    config.rangeTest = RangeTestSpec::of(kind);
    config.rangeTest->from = setting.from;
    config.rangeTest->to = setting.to;
    return config;
}

/// The validation loss after a short budget; infinite where it diverged.
double tried(RunConfig config, double rate, std::uint64_t steps, const Data& data, CoreBudget& cores, double* accuracy) {
    config.schedule = RunConfig::constantSchedule(rate);
    config.duration.steps = steps;
    const Outcome outcome = run(config, data, cores);
    if (outcome.result.outcome == RunOutcome::Diverged || outcome.epochs.empty() || !outcome.epochs.back().validation)
        return std::numeric_limits<double>::infinity();
    *accuracy = 1.0 - outcome.epochs.back().validation->error;
    return outcome.epochs.back().validation->loss;
}

std::string text(double value) {
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "%.3g", value);
    return buffer;
}

std::string spread(const RuleSpread& rule) {
    if (!rule.rates) return "none (" + rule.reason + ")";
    return text(rule.rates->middle) + " (" + text(rule.rates->low) + "–" + text(rule.rates->high) + ")" +
           (rule.found < rule.seeds ? ", " + std::to_string(rule.found) + " of " + std::to_string(rule.seeds) + " seeds"
                                    : "");
}

void measure(const std::string& network, const Setting& setting, const Data& data, CoreBudget& cores) {
    std::vector<RangeAnswers> sweeps;
    std::vector<RangeAnswers> fresh;
    std::vector<double> seconds;
    std::vector<double> freshSeconds;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        const RunConfig config = configOf(network, setting, seed);
        const Outcome sweep = run(testOf(config, setting, RangeTestKind::Sweep), data, cores);
        sweeps.push_back(suggestAll(sweep.curve));
        seconds.push_back(sweep.seconds);
        RunConfig anew = testOf(config, setting, RangeTestKind::FreshStart);
        anew.rangeTest->steps = 60;
        const Outcome start = run(anew, data, cores);
        fresh.push_back(suggestFresh(start.curve));
        freshSeconds.push_back(start.seconds);
    }
    std::ranges::sort(seconds);
    std::ranges::sort(freshSeconds);
    std::printf("\n%s, %s: a test of 100 steps %.3f s, a fresh start at 60 rates %.3f s (medians)\n", network.c_str(),
                setting.name, seconds[seeds / 2], freshSeconds[seeds / 2]);
    const std::vector<RuleSpread> rules = ruleSpreads(sweeps);
    const std::vector<RuleSpread> anew = ruleSpreads(fresh);
    const std::uint64_t budget = network == "cnn" ? 200 : 750;
    std::string winner;
    double best = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < rules.size(); ++i) {
        std::printf("  %-12s %s; fresh start %s", rules[i].rule.c_str(), spread(rules[i]).c_str(), spread(anew[i]).c_str());
        if (rules[i].rates && anew[i].rates)
            std::printf(", sweep/fresh = %.2f", rules[i].rates->middle / anew[i].rates->middle);
        std::printf("\n");
        if (!rules[i].rates || rules[i].rule.starts_with("bounds")) continue;
        std::printf("  %-12s after %llu steps:", "", static_cast<unsigned long long>(budget));
        for (const double factor : factors) {
            double accuracy = 0.0;
            const double loss =
                tried(configOf(network, setting, 1), factor * rules[i].rates->middle, budget, data, cores, &accuracy);
            std::printf("  ×%.2g: %.4f (%.2f %%)", factor, loss, 100.0 * accuracy);
            if (factor == 1.0 && loss < best) {
                best = loss;
                winner = rules[i].rule;
            }
        }
        std::printf("\n");
        std::fflush(stdout);
    }
    if (!winner.empty()) std::printf("  winner: %s\n", winner.c_str());
}

} // namespace

int main(int count, char** arguments) {
    std::vector<std::string> networks(arguments + 1, arguments + count);
    if (networks.empty()) networks = {"softmax", "mlp", "cnn"};
    DatasetStore store;
    const Data data = store.get(sourceDir("/resources/mnist"));
    CoreBudget cores;
    for (const std::string& network : networks)
        for (const Setting& setting : settings) measure(network, setting, data, cores);
}
