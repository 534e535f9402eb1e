// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/network/safetensors.h"
#include "core/training/checkpoint.h"
#include "core/training/run_config.h"

#include <string>
#include <string_view>
#include <vector>

namespace ratescope {

/// A state as a study keeps it. The configuration is the run's and not written once more.
struct StoredCheckpoint {
    std::string state;   ///< all but the floats, as JSON
    std::string tensors; ///< a safetensors file: `weights`, `optimizer.0`, `best`, `initial`, `snapshot.0` …, each one flat
                         ///< array in the engine's own order
};

StoredCheckpoint storeCheckpoint(const Checkpoint& checkpoint);

/// Back, for a run of that configuration, after `step` updates. Checks types and ranges; whether the arrays fit the network
/// Trainer::restore() finds out. Throws ratescope::Error beginning with `source`.
Checkpoint parseCheckpoint(const std::string& state, std::vector<Tensor> tensors, const RunConfig& config,
                           std::uint64_t step, const std::string& source);
Checkpoint parseCheckpoint(const StoredCheckpoint& stored, const RunConfig& config, std::uint64_t step,
                           const std::string& source);

} // namespace ratescope
