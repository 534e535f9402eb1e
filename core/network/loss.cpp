// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/loss.h"

#include "core/network/network_spec.h"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <limits>

namespace ratescope {

namespace {

constexpr std::int64_t classes = classCount;
constexpr int lineFloats = 16;
using Line = Eigen::Map<Eigen::Array<float, lineFloats, 1>>;

struct Shifted {
    std::int64_t best = 0;
    float sum = 0.0F; ///< Σ exp(s − max)
};

/// row := exp(row − max), 0 in the padding. NaN anywhere makes the sum NaN.
Shifted exponentials(float* row) {
    Shifted result;
    for (std::int64_t c = 1; c < classes; ++c)
        if (row[c] > row[result.best]) result.best = c;
    const float maximum = row[result.best];
    Line line(row);
    line = (line - maximum).exp();
    std::fill(row + classes, row + lineFloats, 0.0F);
    for (std::int64_t c = 0; c < classes; ++c) result.sum += row[c];
    return result;
}

void crossEntropyGradient(const float* exponential, float sum, std::uint8_t label, float scale, float* out) {
    const float factor = scale / sum;
    for (std::int64_t c = 0; c < lineFloats; ++c) out[c] = exponential[c] * factor;
    out[label] -= scale;
}

/// Squared distance to the one-hot vector, summed; fills `out` with its gradient by the scores, times `scale`.
double squaredError(const float* exponential, float sum, std::uint8_t label, float scale, float* out) {
    const float factor = 1.0F / sum;
    float probability[lineFloats] = {};
    float slope[lineFloats] = {};
    double total = 0.0;
    float mean = 0.0F;
    for (std::int64_t c = 0; c < classes; ++c) {
        probability[c] = exponential[c] * factor;
        const float difference = probability[c] - (c == label ? 1.0F : 0.0F);
        total += static_cast<double>(difference) * difference;
        slope[c] = 2.0F * difference * scale;
        mean += slope[c] * probability[c];
    }
    if (out)
        for (std::int64_t c = 0; c < lineFloats; ++c) out[c] = probability[c] * (slope[c] - mean);
    return total;
}

} // namespace

BatchLoss lossOf(Loss loss, Rows scores, RowSpan rows, std::span<const std::uint8_t> labels, Rows gradient, std::int64_t batch) {
    BatchLoss result;
    for (std::int64_t n = rows.first; n < rows.last; ++n) {
        float* row = scores.row(n);
        const std::uint8_t label = labels[static_cast<std::size_t>(n)];
        const float score = row[label];
        float maximum = row[0];
        for (std::int64_t c = 1; c < classes; ++c) maximum = row[c] > maximum ? row[c] : maximum;
        const Shifted shifted = exponentials(row);
        result.errors += shifted.best != label;
        float* out = gradient.data ? gradient.row(n) : nullptr;
        if (loss == Loss::CrossEntropy) {
            result.lossSum += std::log(static_cast<double>(shifted.sum)) + static_cast<double>(maximum - score);
            if (out) crossEntropyGradient(row, shifted.sum, label, 1.0F / static_cast<float>(batch), out);
        } else {
            result.lossSum += squaredError(row, shifted.sum, label, 1.0F / static_cast<float>(batch * classes), out) / classes;
        }
    }
    return result;
}

BatchLoss lossOfProbabilities(Loss loss, std::span<const float> probabilities, std::span<const std::uint8_t> labels) {
    BatchLoss result;
    for (std::size_t n = 0; n < labels.size(); ++n) {
        const std::span<const float> row = probabilities.subspan(n * classCount, classCount);
        result.errors += std::ranges::max_element(row) - row.begin() != labels[n];
        if (loss == Loss::CrossEntropy) {
            result.lossSum -= std::log(std::max<double>(row[labels[n]], std::numeric_limits<float>::min()));
            continue;
        }
        for (std::size_t c = 0; c < classCount; ++c) {
            const double difference = row[c] - (c == labels[n] ? 1.0 : 0.0);
            result.lossSum += difference * difference / classes;
        }
    }
    return result;
}

void softmaxRows(Rows scores, RowSpan rows) {
    for (std::int64_t n = rows.first; n < rows.last; ++n) {
        const Shifted shifted = exponentials(scores.row(n));
        for (std::int64_t c = 0; c < classes; ++c) scores.row(n)[c] /= shifted.sum;
    }
}

} // namespace ratescope
