// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/network/matrix_view.h"

#include <cstdint>
#include <span>

namespace ratescope {

/// What a batch came to: both sums over its samples.
struct BatchLoss {
    double lossSum = 0.0;
    std::uint32_t errors = 0; ///< samples whose largest score is not their label's
};

/// Softmax with cross-entropy: −log softmax(scores)[label], computed as log Σ exp(s − max) + max − s[label], which
/// neither overflows nor underflows.
///
/// scores: samples × classes. If `gradient` has memory (same shape) it receives the gradient of the *mean* loss,
/// (softmax − one-hot)/samples. `scores` is used as scratch memory and holds exp(s − max) afterwards.
BatchLoss softmaxCrossEntropy(MatrixView scores, std::span<const std::uint8_t> labels, MatrixView gradient);

} // namespace ratescope
