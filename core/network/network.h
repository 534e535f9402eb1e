// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/network/aligned_buffer.h"
#include "core/network/init.h"
#include "core/network/layer.h"
#include "core/network/network_spec.h"
#include "core/network/parameter_view.h"
#include "core/network/softmax_cross_entropy.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace ratescope {

/// A network with its weights, gradients and the memory for a batch. Nothing is allocated after construction.
/// One thread at a time.
class Network {
public:
    /// `spec` as validateNetwork() accepts it; inputs: features of a sample; maximumBatch: most rows of a batch.
    Network(const NetworkSpec& spec, std::uint32_t inputs, std::uint32_t maximumBatch);

    /// Draws all weights from the run's seed, each tensor from a stream of its own.
    void initialize(Init init, std::uint64_t seed);

    /// Memory for a batch's inputs: `samples` rows of inputs() floats, to be filled before forward.
    MatrixView input(std::uint32_t samples);

    /// Forward and backward through the batch in input(): fills the gradients with those of the mean loss.
    /// labels: one a sample, 0–9; their number says how many rows of the input count.
    BatchLoss forwardBackward(std::span<const std::uint8_t> labels);

    /// Forward alone: loss and errors, no gradients.
    BatchLoss evaluate(std::span<const std::uint8_t> labels);

    std::uint32_t inputs() const { return m_inputs; }
    std::uint32_t maximumBatch() const { return m_maximumBatch; }

    /// All tensors, input side first.
    std::span<const ParameterView> parameters() const { return m_parameters; }

    /// Whether every weight and bias is a finite number.
    bool isFinite() const;

private:
    MatrixView forward(std::int64_t samples);
    MatrixView activation(std::size_t layer, std::int64_t samples);
    MatrixView gradient(std::size_t layer, std::int64_t samples);
    void allocateParameters();

    struct Stage {
        std::unique_ptr<Layer> layer;
        std::int64_t width = 0;   ///< columns of the output
        std::size_t buffer = 0;   ///< which of m_activations holds the output
    };

    std::uint32_t m_inputs;
    std::uint32_t m_maximumBatch;
    std::vector<Stage> m_stages;
    AlignedBuffer m_values;
    AlignedBuffer m_gradients;
    std::vector<ParameterView> m_parameters;
    std::vector<AlignedBuffer> m_activations; ///< [0] is the input
    std::vector<AlignedBuffer> m_activationGradients;
};

} // namespace ratescope
