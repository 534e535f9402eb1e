// SPDX-License-Identifier: GPL-3.0-or-later
// Training speed of the presets on MNIST, alone on the machine: samples a second, evaluation left out, and how long the
// data takes to load. Best of some repetitions: noise only ever slows down.
#include "core/data/dataset_store.h"
#include "core/training/trainer.h"
#include "tests/this_build.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

using namespace ratescope;

int main(int argc, char** argv) {
    const int repetitions = argc > 1 ? std::atoi(argv[1]) : 5;
    const auto start = std::chrono::steady_clock::now();
    DatasetStore store;
    const auto data = store.get(sourceDir("/resources/mnist"));
    std::printf("loading MNIST: %.3f s\n", std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    struct Case {
        const char* network;
        std::uint32_t batch;
    };
    for (const Case& one : {Case{"softmax", 128}, Case{"mlp", 64}}) {
        double best = 0.0;
        double accuracy = 0.0;
        for (int i = 0; i < repetitions; ++i) {
            RunConfig config;
            config.network = *findNetworkPreset(one.network);
            config.batchSize = one.batch;
            config.schedule = RunConfig::constantSchedule(0.1);
            TrainingControl control;
            MetricsChannel channel;
            RunObserver observer;
            const RunResult result = Trainer(config, data).run(control, channel, observer);
            best = std::max(best, static_cast<double>(result.samples) / result.trainSeconds);
            accuracy = 1.0 - result.test->error;
        }
        std::printf("%s, batch %u, SGD 0.1, 5 epochs: %.0f samples/s, test accuracy %.2f %%\n", one.network, one.batch, best, 100.0 * accuracy);
    }
}
