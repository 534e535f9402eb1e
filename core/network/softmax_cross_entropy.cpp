// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/softmax_cross_entropy.h"

#include "core/network/eigen_views.h"

#include <cmath>

namespace ratescope {

BatchLoss softmaxCrossEntropy(MatrixView scores, std::span<const std::uint8_t> labels, MatrixView gradient) {
    BatchLoss result;
    const std::int64_t classes = scores.columns;
    // First pass: shift every row by its maximum; what is lost is s[label] − max, kept as the loss so far.
    for (std::int64_t i = 0; i < scores.rows; ++i) {
        float* row = scores.data + i * classes;
        std::int64_t best = 0;
        for (std::int64_t c = 1; c < classes; ++c)
            if (row[c] > row[best]) best = c;
        const float maximum = row[best];
        for (std::int64_t c = 0; c < classes; ++c) row[c] -= maximum;
        const std::uint8_t label = labels[static_cast<std::size_t>(i)];
        result.errors += best != label;
        result.lossSum -= row[label];
    }
    // The exponentials of all rows at once, so that they run through full vectors.
    array(scores) = array(scores).exp();
    const float scale = 1.0F / static_cast<float>(scores.rows);
    for (std::int64_t i = 0; i < scores.rows; ++i) {
        const float* row = scores.data + i * classes;
        float sum = 0.0F;
        for (std::int64_t c = 0; c < classes; ++c) sum += row[c];
        result.lossSum += std::log(static_cast<double>(sum));
        if (!gradient.data) continue;
        float* out = gradient.data + i * classes;
        const float factor = scale / sum;
        for (std::int64_t c = 0; c < classes; ++c) out[c] = row[c] * factor;
        out[labels[static_cast<std::size_t>(i)]] -= scale;
    }
    return result;
}

} // namespace ratescope
