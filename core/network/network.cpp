// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/network.h"

#include "core/data/random.h"

#include <cmath>
#include <string>

namespace ratescope {

namespace {

std::unique_ptr<Layer> makeLayer(const LayerSpec& spec, std::int64_t inputs) {
    switch (spec.type) {
    case LayerType::Dense: return makeDenseLayer(inputs, spec.units);
    case LayerType::Relu: return makeReluLayer();
    case LayerType::Tanh: return makeTanhLayer();
    case LayerType::Sigmoid: return makeSigmoidLayer();
    }
    throw Error("a layer of unknown type");
}

std::size_t elementCount(const std::vector<std::int64_t>& shape) {
    std::size_t count = 1;
    for (const std::int64_t extent : shape) count *= static_cast<std::size_t>(extent);
    return count;
}

} // namespace

Network::Network(const NetworkSpec& spec, std::uint32_t inputs, std::uint32_t maximumBatch)
    : m_inputs(inputs)
    , m_maximumBatch(maximumBatch) {
    std::int64_t width = inputs;
    m_activations.emplace_back(std::size_t(inputs) * maximumBatch);
    m_activationGradients.emplace_back();
    for (const LayerSpec& layerSpec : spec.layers) {
        Stage stage{makeLayer(layerSpec, width), width, m_activations.size() - 1};
        // The input is never overwritten, nor is the output of an elementwise layer: its derivative is made of it.
        if (!stage.layer->inPlace() || m_stages.empty() || m_stages.back().layer->inPlace()) {
            if (layerSpec.type == LayerType::Dense) stage.width = layerSpec.units;
            m_activations.emplace_back(static_cast<std::size_t>(stage.width) * maximumBatch);
            m_activationGradients.emplace_back(static_cast<std::size_t>(stage.width) * maximumBatch);
            stage.buffer = m_activations.size() - 1;
        }
        width = stage.width;
        m_stages.push_back(std::move(stage));
    }
    allocateParameters();
}

void Network::allocateParameters() {
    std::size_t total = 0;
    for (const Stage& stage : m_stages)
        for (const auto& tensor : stage.layer->tensorShapes()) total += AlignedBuffer::padded(elementCount(tensor.shape));
    m_values = AlignedBuffer(total);
    m_gradients = AlignedBuffer(total);
    std::size_t offset = 0;
    for (std::size_t i = 0; i < m_stages.size(); ++i) {
        std::vector<ParameterView> tensors;
        for (const auto& tensor : m_stages[i].layer->tensorShapes()) {
            const std::size_t count = elementCount(tensor.shape);
            tensors.push_back({std::to_string(i) + '.' + tensor.suffix, tensor.shape, m_values.span().subspan(offset, count),
                               m_gradients.span().subspan(offset, count)});
            offset += AlignedBuffer::padded(count);
        }
        m_stages[i].layer->bind(tensors);
        m_parameters.insert(m_parameters.end(), tensors.begin(), tensors.end());
    }
}

void Network::initialize(Init init, std::uint64_t seed) {
    for (std::size_t i = 0; i < m_parameters.size(); ++i) {
        const ParameterView& tensor = m_parameters[i];
        if (tensor.shape.size() < 2) {
            std::fill(tensor.values.begin(), tensor.values.end(), 0.0F);
            continue;
        }
        const auto units = static_cast<double>(tensor.shape[0]);
        const double fanIn = static_cast<double>(tensor.values.size()) / units;
        const auto limit = static_cast<float>(std::sqrt(6.0 / (init == Init::Glorot ? fanIn + units : fanIn)));
        RandomStream stream(seed, "weights", i);
        for (float& value : tensor.values) value = stream.uniform(-limit, limit);
    }
}

MatrixView Network::input(std::uint32_t samples) { return {m_activations[0].data(), samples, m_inputs}; }

MatrixView Network::activation(std::size_t layer, std::int64_t samples) {
    const Stage& stage = m_stages[layer];
    return {m_activations[stage.buffer].data(), samples, stage.width};
}

MatrixView Network::gradient(std::size_t layer, std::int64_t samples) {
    const Stage& stage = m_stages[layer];
    return {m_activationGradients[stage.buffer].data(), samples, stage.width};
}

MatrixView Network::forward(std::int64_t samples) {
    MatrixView current = input(static_cast<std::uint32_t>(samples));
    for (std::size_t i = 0; i < m_stages.size(); ++i) {
        const MatrixView output = activation(i, samples);
        m_stages[i].layer->forward(current, output);
        current = output;
    }
    return current;
}

BatchLoss Network::evaluate(std::span<const std::uint8_t> labels) {
    return softmaxCrossEntropy(forward(static_cast<std::int64_t>(labels.size())), labels, {});
}

BatchLoss Network::forwardBackward(std::span<const std::uint8_t> labels) {
    const auto samples = static_cast<std::int64_t>(labels.size());
    const MatrixView scores = forward(samples);
    const BatchLoss loss = softmaxCrossEntropy(scores, labels, gradient(m_stages.size() - 1, samples));
    for (std::size_t i = m_stages.size(); i-- > 0;) {
        const bool first = i == 0;
        const MatrixView below = first ? input(static_cast<std::uint32_t>(samples)) : activation(i - 1, samples);
        m_stages[i].layer->backward(below, activation(i, samples), gradient(i, samples),
                                    first ? MatrixView{} : gradient(i - 1, samples));
    }
    return loss;
}

bool Network::isFinite() const {
    // x·0 is 0 for every finite x and NaN for the rest, so one vectorised sum tells.
    float sum = 0.0F;
    for (const float value : m_values.span()) sum += value * 0.0F;
    return sum == 0.0F;
}

} // namespace ratescope
