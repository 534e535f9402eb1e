// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/training/run_config.h"

#include <memory>
#include <string>
#include <vector>

namespace ratescope {

/// A network with batch size and optimizer whose speed is measured.
struct SpeedCase {
    std::string name; ///< `softmax`, `784-256-128-10`
    RunConfig config;
};

/// softmax, batch 128, SGD; mlp, 64, SGD; 784-256-128-10, 128, Adam; cnn, 250, Adam.
std::vector<SpeedCase> speedCases();

/// How fast a case trains and evaluates.
struct TrainingSpeed {
    double samplesPerSecond = 0.0;
    double operationsPerSecond = 0.0; ///< floating-point operations of the network as defined (networkCost())
    double evaluatedPerSecond = 0.0;  ///< samples, forward alone
};

/// Trains `config` on `threads` threads for about `seconds`, after a warm-up, and evaluates the test set for a third of that;
/// the best of five parts of the time, for other programs only ever slow it down. Blocks.
TrainingSpeed measureTraining(const RunConfig& config, const std::shared_ptr<const Dataset>& data, unsigned threads, double seconds);

/// Floating-point operations a second of Eigen's product of two 1024 × 1024 matrices of floats, one on each of `threads`
/// threads at once, in all: what the machine's products come to.
double measureProduct(unsigned threads, double seconds);

} // namespace ratescope
