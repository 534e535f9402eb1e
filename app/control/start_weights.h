// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/run_record.h"
#include "app/study/run_weights.h"
#include "app/study/study_store.h"
#include "core/training/trainer.h"

#include <QString>

#include <string>

namespace ratescope {

/// Where a run's first weights come from, fixed as it is launched and fetched on the run's own thread.
struct StartWeights {
    RunWeightsPointer kept;     ///< of the other run, where they are still in memory
    RunId run = 0;              ///< the other run, to be asked of the store; 0: none
    StudyStore* store = nullptr;
    std::string file;           ///< a safetensors file
    bool newHead = false;
    std::string source;         ///< for messages

    bool wanted() const { return kept || run != 0 || !file.empty(); }

    /// Reads the weights and hands them to the trainer. Blocks; false where `control` has stopped it. Throws
    /// ratescope::Error for what cannot be read or does not fit.
    bool apply(Trainer& trainer, const TrainingControl& control) const;
};

/// Reads a file of weights for a network of that many numbers: what is far larger belongs to another one, and is not read.
/// Blocks; throws ratescope::Error.
std::vector<Tensor> readStartWeights(const std::string& file, std::uint64_t parameters);

/// Why `run` cannot start from the run that it names, which is `source` (null: not there); empty if nothing speaks against it.
/// A source that is not over yet is waited for.
QString startProblem(const RunRecord& run, const RunRecord* source);

} // namespace ratescope
