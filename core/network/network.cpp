// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/network.h"

#include "core/data/random.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ratescope {

namespace {

/// Fewest samples of a group: enough for the products to be quick, few enough that a common batch makes several groups.
constexpr std::int64_t groupRows = 32;
constexpr std::int64_t fewestRows = 8;

} // namespace

// Samples of each group of a batch. Depends on the batch alone, never on the workers.
std::int64_t Network::groupSize(std::int64_t samples) {
    if (samples <= 2 * groupRows) return std::max(fewestRows, (samples + 1) / 2);
    return std::max(groupRows, (samples + mostGroups - 1) / mostGroups);
}

std::int64_t Network::groupCount(std::int64_t samples) {
    const std::int64_t size = groupSize(samples);
    return (samples + size - 1) / size;
}

RowSpan Network::groupSpan(std::int64_t samples, std::size_t group) {
    const std::int64_t first = static_cast<std::int64_t>(group) * groupSize(samples);
    return {first, std::min(samples, first + groupSize(samples))};
}

void Network::initialize(Init init, std::uint64_t seed) {
    for (const ParameterView& tensor : m_parameters) initialize(tensor, init, seed);
}

void Network::initialize(const ParameterView& tensor, Init init, std::uint64_t seed) {
    const auto index = static_cast<std::uint64_t>(&tensor - m_parameters.data());
    if (tensor.shape.size() < 2) {
        std::ranges::fill(tensor.values, 0.0F);
    } else {
        const double fans = init == Init::Glorot ? tensor.fanIn() + tensor.fanOut() : tensor.fanIn();
        const auto limit = static_cast<float>(std::sqrt(6.0 / fans));
        RandomStream stream(seed, "weights", index);
        tensor.forEach([&](std::size_t place) { tensor.values[place] = stream.uniform(-limit, limit); });
    }
    weightsChanged();
}

void Network::setWeights(std::span<const float> weights) {
    std::ranges::copy(weights, m_values.data());
    weightsChanged();
}

void Network::weightsChanged() {
    for (const Stage& stage : m_stages)
        for (std::size_t task = 0; task < stage.layer->gradientTasks(); ++task) stage.layer->weightsMoved(task);
}

Rows Network::values(std::size_t buffer) { return {m_buffers[buffer].values.data(), m_buffers[buffer].shape.stride()}; }

Rows Network::gradients(std::size_t buffer) {
    if (m_buffers[buffer].gradients.size() == 0) return {};
    return {m_buffers[buffer].gradients.data(), m_buffers[buffer].shape.stride()};
}

bool Network::usesSparsePixels(const Batch& batch) const {
    return m_stages.front().layer->readsSparsePixels() && !batch.set.sparse.empty();
}

LayerInput Network::inputOf(std::size_t stage, const Batch& batch) {
    LayerInput input{values(inputBuffer(stage))};
    if (stage == 0 && usesSparsePixels(batch)) {
        input.sparse = &batch.set.sparse;
        input.samples = batch.samples.data();
    }
    return input;
}

void Network::fillInput(const Batch& batch, RowSpan rows) {
    const Rows input = values(0);
    const std::size_t features = batch.set.features();
    const bool sparse = usesSparsePixels(batch);
    for (std::int64_t n = rows.first; n < rows.last; ++n) {
        const std::uint32_t sample = batch.samples[static_cast<std::size_t>(n)];
        m_labels[static_cast<std::size_t>(n)] = batch.set.labels[sample];
        if (!sparse) scalePixels(batch.set.image(sample), {input.row(n), features});
    }
}

void Network::forward(const Batch& batch, RowSpan rows, const Pass& pass, float* scratch) {
    fillInput(batch, rows);
    for (std::size_t i = 0; i < m_stages.size() && !pass.stopped(); ++i)
        m_stages[i].layer->forward(inputOf(i, batch), values(m_stages[i].buffer), rows, pass, scratch);
}

void Network::backward(const Batch& batch, RowSpan rows, std::int64_t group, const Pass& pass, float* scratch) {
    for (std::size_t i = m_stages.size(); i-- > m_lowestTrained && !pass.stopped();) {
        const Stage& stage = m_stages[i];
        stage.layer->backward({inputOf(i, batch), values(stage.buffer), gradients(stage.buffer),
                               i == m_lowestTrained ? Rows{} : gradients(inputBuffer(i)), rows, group, stage.trained, pass},
                              scratch);
    }
}

BatchLoss Network::sumGroups(std::int64_t groups) const {
    BatchLoss total;
    for (std::int64_t g = 0; g < groups; ++g) {
        total.lossSum += m_groupLosses[static_cast<std::size_t>(g)].lossSum;
        total.errors += m_groupLosses[static_cast<std::size_t>(g)].errors;
    }
    return total;
}

BatchLoss Network::evaluate(const Batch& batch, WorkerTeam& team, StopRef stopped) {
    const auto samples = static_cast<std::int64_t>(batch.samples.size());
    const std::int64_t groups = groupCount(samples);
    team.run(static_cast<std::size_t>(groups), [&](std::size_t group, unsigned worker) {
        const RowSpan rows = groupSpan(samples, group);
        forward(batch, rows, {.stopped = stopped}, scratch(worker));
        m_groupLosses[group] = lossOf(m_use.loss, values(m_stages.back().buffer), rows, m_labels, {}, samples);
    });
    return sumGroups(groups);
}

void Network::predict(const Batch& batch, WorkerTeam& team, std::span<float> out, StopRef stopped) {
    const auto samples = static_cast<std::int64_t>(batch.samples.size());
    team.run(static_cast<std::size_t>(groupCount(samples)), [&](std::size_t group, unsigned worker) {
        const RowSpan rows = groupSpan(samples, group);
        forward(batch, rows, {.stopped = stopped}, scratch(worker));
        const Rows scores = values(m_stages.back().buffer);
        softmaxRows(scores, rows);
        for (std::int64_t n = rows.first; n < rows.last; ++n)
            std::copy_n(scores.row(n), classCount, out.data() + n * std::int64_t(classCount));
    });
}

BatchLoss Network::forwardBackward(const Batch& batch, WorkerTeam& team, std::uint64_t noise, StopRef stopped) {
    const auto samples = static_cast<std::int64_t>(batch.samples.size());
    const std::int64_t groups = groupCount(samples);
    const std::size_t top = m_stages.back().buffer;
    m_prepared = false;
    team.run(static_cast<std::size_t>(groups), [&](std::size_t group, unsigned worker) {
        const RowSpan rows = groupSpan(samples, group);
        const Pass pass{true, noise, stopped};
        forward(batch, rows, pass, scratch(worker));
        m_groupLosses[group] = lossOf(m_use.loss, values(top), rows, m_labels, gradients(top), samples);
        backward(batch, rows, static_cast<std::int64_t>(group), pass, scratch(worker));
    });
    return sumGroups(groups);
}

std::size_t Network::stageOfTask(std::size_t task) const {
    std::size_t index = m_lowestTrained;
    for (std::size_t i = index + 1; i < m_stages.size(); ++i)
        if (m_stages[i].trained && m_stages[i].firstTask <= task) index = i;
    return index;
}

ParameterRange Network::finishTask(std::size_t task, const Batch& batch) {
    const std::size_t index = stageOfTask(task);
    const Stage& stage = m_stages[index];
    const auto samples = static_cast<std::int64_t>(batch.samples.size());
    return stage.layer->finishGradient(task - stage.firstTask, inputOf(index, batch), gradients(stage.buffer), samples,
                                       groupCount(samples));
}

void Network::moveRange(std::size_t task, const ParameterRange& range, const RangeDone& moved) {
    const Stage& stage = m_stages[stageOfTask(task)];
    if (moved) moved(m_parameters[stage.firstTensor + range.tensor], range.first, range.count);
    stage.layer->weightsMoved(task - stage.firstTask);
}

// Whether finishing the gradients of such a batch takes so long; then going through the weights once more costs next to
// nothing. Else each stretch is moved while it is in the cache.
bool Network::takesLong(std::int64_t samples) const {
    return samples >= 1024 && 4 * samples * static_cast<std::int64_t>(parameterFloats()) >= operationsOfPiece;
}

bool Network::prepareGradients(const Batch& batch, WorkerTeam& team, StopRef stopped) {
    if (!takesLong(static_cast<std::int64_t>(batch.samples.size()))) return true;
    team.run(m_tasks, [&](std::size_t task, unsigned) {
        if (!stopped()) m_ranges[task] = finishTask(task, batch);
    });
    m_prepared = !stopped();
    return m_prepared;
}

void Network::finishGradients(const Batch& batch, WorkerTeam& team, const RangeDone& moved) {
    team.run(m_tasks, [&](std::size_t task, unsigned) {
        moveRange(task, m_prepared ? m_ranges[task] : finishTask(task, batch), moved);
    });
    m_prepared = false;
}

bool Network::isFinite() const {
    // x·0 is 0 for every finite x and NaN for the rest, so sums side by side tell, as vectors do them. The size is whole lines.
    std::array<float, AlignedBuffer::floatsPerLine> sums{};
    const float* values = m_values.data();
    for (std::size_t i = 0; i < m_values.size(); i += sums.size())
        for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += values[i + k] * 0.0F;
    return std::ranges::all_of(sums, [](float sum) { return sum == 0.0F; });
}

} // namespace ratescope
