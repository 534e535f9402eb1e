// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/network/layer.h"

#include <cstdint>
#include <span>

namespace ratescope {

/// What training makes small; the softmax belongs to it.
enum class Loss {
    CrossEntropy, ///< −log softmax(scores)[label], mean over samples
    Mse,          ///< (softmax(scores) − one-hot)², mean over samples and classes
};

/// What a batch came to: both sums over its samples.
struct BatchLoss {
    double lossSum = 0.0;     ///< divided by the number of samples: the loss
    std::uint32_t errors = 0; ///< samples whose largest score is not their label's
};

/// The loss of the rows `rows` of `scores` (10 classes and padding each). If `gradient` has memory, its rows receive the
/// gradient of the loss over a batch of `batch` samples, and 0 in the padding.
/// Cross-entropy is computed as log Σ exp(s − max) + max − s[label], which neither overflows nor underflows.
BatchLoss lossOf(Loss loss, Rows scores, RowSpan rows, std::span<const std::uint8_t> labels, Rows gradient, std::int64_t batch);

/// The loss and the share of errors of predictions that are probabilities already: 10 a sample, one after the other. The loss
/// is its mean, as BatchLoss::lossSum over the samples.
BatchLoss lossOfProbabilities(Loss loss, std::span<const float> probabilities, std::span<const std::uint8_t> labels);

/// Softmax of the rows, in place; the padding becomes 0.
void softmaxRows(Rows scores, RowSpan rows);

} // namespace ratescope
