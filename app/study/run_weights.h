// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/network/safetensors.h"
#include "core/training/trainer.h"

#include <memory>
#include <vector>

namespace ratescope {

/// The weights that a run left: those that it ended with, and those of its snapshots. Tensors as safetensors files name them.
struct RunWeights {
    std::vector<Tensor> last;
    std::vector<Trainer::Snapshot> snapshots;

    bool empty() const { return last.empty(); }
};

using RunWeightsPointer = std::shared_ptr<const RunWeights>;

} // namespace ratescope
