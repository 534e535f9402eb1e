// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/network.h"

#include <algorithm>

namespace ratescope {

namespace {

bool isActivation(LayerType type) {
    return type == LayerType::Relu || type == LayerType::Tanh || type == LayerType::Sigmoid;
}

std::unique_ptr<Layer> makeElementwise(const LayerSpec& spec, const Shape& input, std::size_t index) {
    switch (spec.type) {
    case LayerType::Relu: return makeReluLayer(input);
    case LayerType::Tanh: return makeTanhLayer(input);
    case LayerType::Sigmoid: return makeSigmoidLayer(input);
    default: return makeDropoutLayer(input, spec.rate, index);
    }
}

/// A layer of the experiment file as it is run, or two of them as one.
struct Planned {
    std::unique_ptr<Layer> layer;
    std::size_t spec = 0;
    LayerType type = LayerType::Dense;
};

/// The stages that a list of layers becomes. Each does what the list says, to the last rounding, in the cheapest order:
/// - A convolution takes the pooling behind it along. An activation between the two moves behind the pooling, for all of
///   them rise with their input, so the largest stays the largest; there are fewer values there.
/// - Flattening what is one vector or one grey image already is nothing, but that a convolution then sees one position.
std::vector<Planned> plan(const NetworkSpec& spec, const Shape& image) {
    std::vector<Planned> stages;
    Shape shape = image;
    bool flat = false; // although the shape is still the image's
    const auto add = [&](std::unique_ptr<Layer> layer, std::size_t index) {
        shape = layer->outputShape();
        stages.push_back({std::move(layer), index, spec.layers[index].type});
    };
    const auto is = [&](std::size_t index, LayerType type) { return index < spec.layers.size() && spec.layers[index].type == type; };
    for (std::size_t i = 0; i < spec.layers.size(); ++i) {
        const LayerSpec& layer = spec.layers[i];
        switch (layer.type) {
        case LayerType::Dense: add(makeDenseLayer(shape, layer.units), i); break;
        case LayerType::Conv2d: {
            const std::size_t next = i + 1;
            const bool activation = next < spec.layers.size() && isActivation(spec.layers[next].type) && is(next + 1, LayerType::MaxPool);
            const std::size_t pool = activation ? next + 1 : next;
            if (flat && shape.grey) shape = {1, 1, shape.values()};
            if (is(pool, LayerType::MaxPool)) {
                add(makeConvolutionLayer(shape, layer.units, layer.side, spec.layers[pool].side), i);
                if (activation) add(makeElementwise(spec.layers[next], shape, next), next);
                i = pool;
            } else {
                add(makeConvolutionLayer(shape, layer.units, layer.side, 1), i);
            }
            break;
        }
        case LayerType::MaxPool: add(makeMaxPoolLayer(shape, layer.side), i); break;
        case LayerType::Flatten:
            if (!shape.grey && !shape.isVector()) add(makeFlattenLayer(shape), i);
            flat = true;
            break;
        case LayerType::Dropout:
        case LayerType::Relu:
        case LayerType::Tanh:
        case LayerType::Sigmoid: add(makeElementwise(layer, shape, i), i); break;
        }
    }
    return stages;
}

/// Whether a stage may write its output over its input. Activations know their derivative from their output, so nobody may
/// write over that, save dropout over a ReLU: what it drops has no gradient anyway, and signs stay.
bool overwrites(const std::vector<Planned>& stages, std::size_t index) {
    if (index == 0 || !stages[index].layer->elementwise()) return false; // the input is never overwritten
    const Planned& below = stages[index - 1];
    return !below.layer->elementwise() || (below.type == LayerType::Relu && stages[index].type == LayerType::Dropout);
}

} // namespace

Network::Network(const NetworkSpec& spec, const Shape& image, NetworkUse use)
    : m_use(std::move(use)) {
    buildStages(spec, image);
    allocateParameters();
    allocateBuffers();
}

void Network::buildStages(const NetworkSpec& spec, const Shape& image) {
    m_buffers.push_back({image, {}, {}});
    std::vector<Planned> stages = plan(spec, image);
    std::vector<std::size_t> buffers;
    for (std::size_t i = 0; i < stages.size(); ++i) {
        if (!overwrites(stages, i)) m_buffers.push_back({stages[i].layer->outputShape(), {}, {}});
        buffers.push_back(m_buffers.size() - 1);
    }
    std::size_t weightLayer = 0;
    for (std::size_t i = 0; i < stages.size(); ++i) {
        Stage stage{std::move(stages[i].layer), stages[i].spec, weightLayer, false, buffers[i], 0, 0};
        if (hasWeights(stages[i].type)) {
            stage.trained = m_use.trainingBatch > 0 && (m_use.trained.empty() || m_use.trained[weightLayer]);
            ++weightLayer;
        }
        m_stages.push_back(std::move(stage));
    }
}

void Network::allocateParameters() {
    std::size_t total = 0;
    for (const Stage& stage : m_stages)
        for (const auto& tensor : stage.layer->tensors()) total += AlignedBuffer::padded(tensor.floats);
    m_values = AlignedBuffer(total);
    m_gradients = AlignedBuffer(m_use.trainingBatch > 0 ? total : 0);
    std::size_t offset = 0;
    for (Stage& stage : m_stages) {
        stage.firstTensor = m_parameters.size();
        for (auto& tensor : stage.layer->tensors()) {
            ParameterView view{std::to_string(stage.spec) + '.' + tensor.suffix, tensor.shape, tensor.strides, stage.weightLayer, offset,
                               m_values.span().subspan(offset, tensor.floats), {}};
            if (m_use.trainingBatch > 0) view.gradients = m_gradients.span().subspan(offset, tensor.floats);
            m_parameters.push_back(std::move(view));
            offset += AlignedBuffer::padded(tensor.floats);
        }
        if (const auto own = std::span(m_parameters).subspan(stage.firstTensor); !own.empty())
            stage.layer->bind({own.begin(), own.end()});
    }
}

void Network::allocateBuffers() {
    const std::size_t rows = std::max(m_use.trainingBatch, m_use.evaluationBatch);
    std::size_t scratchFloats = 0;
    m_lowestTrained = m_stages.size();
    for (std::size_t i = m_stages.size(); i-- > 0;)
        if (m_stages[i].trained) m_lowestTrained = i;
    for (Buffer& buffer : m_buffers) buffer.values = AlignedBuffer(rows * static_cast<std::size_t>(buffer.shape.stride()));
    for (std::size_t i = 0; i < m_stages.size(); ++i) {
        Stage& stage = m_stages[i];
        Buffer& buffer = m_buffers[stage.buffer];
        const std::size_t wanted = m_use.trainingBatch * static_cast<std::size_t>(buffer.shape.stride());
        if (i >= m_lowestTrained && buffer.gradients.size() == 0) buffer.gradients = AlignedBuffer(wanted);
        stage.layer->reserve(static_cast<std::int64_t>(rows), stage.trained ? mostGroups : 0, i > m_lowestTrained);
        scratchFloats = std::max(scratchFloats, stage.layer->scratchFloats());
        if (stage.trained) {
            stage.firstTask = m_tasks;
            m_tasks += stage.layer->gradientTasks();
        }
    }
    for (unsigned worker = 0; worker < std::max(1U, m_use.workers); ++worker) m_scratch.emplace_back(scratchFloats);
    m_ranges.resize(m_tasks);
    m_labels.resize(rows);
    m_groupLosses.resize(mostGroups);
}

std::uint64_t Network::batchBytes(const NetworkSpec& spec, const Shape& image, std::uint64_t trainingBatch) {
    std::uint64_t floats = static_cast<std::uint64_t>(image.stride());
    std::uint64_t groupFloats = 0;
    std::vector<Planned> stages = plan(spec, image);
    for (std::size_t i = 0; i < stages.size(); ++i) {
        if (stages[i].type == LayerType::Conv2d) {
            const std::vector<std::int64_t> shape = stages[i].layer->tensors()[0].shape;
            groupFloats += AlignedBuffer::padded(static_cast<std::size_t>(shape[0])) *
                           AlignedBuffer::padded(static_cast<std::size_t>(shape[1])) * static_cast<std::uint64_t>(shape[2] * shape[3]);
        }
        const auto stride = static_cast<std::uint64_t>(stages[i].layer->outputShape().stride());
        if (!overwrites(stages, i)) floats += 2 * stride;
        if (stages[i].type == LayerType::Conv2d || stages[i].type == LayerType::MaxPool) floats += (stride + 1) / 2;
    }
    return (floats * trainingBatch + groupFloats * (mostGroups + 1)) * sizeof(float);
}

} // namespace ratescope
