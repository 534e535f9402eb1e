// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/network/aligned_buffer.h"
#include "core/network/init.h"
#include "core/network/layer.h"
#include "core/network/loss.h"
#include "core/network/network_spec.h"
#include "core/network/parameter_view.h"
#include "core/network/worker_team.h"
#include "core/stop_ref.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace ratescope {

/// What a network is made for.
struct NetworkUse {
    std::uint32_t trainingBatch = 0;    ///< most samples of a forwardBackward(); 0: the network is never trained
    std::uint32_t evaluationBatch = 256; ///< most samples of an evaluate()
    Loss loss = Loss::CrossEntropy;
    std::vector<bool> trained = {};     ///< for each layer with weights, input side first; empty: all
    unsigned workers = 1;               ///< most workers of the teams it is used with
};

/// A network with its weights, gradients and the memory for a batch. Nothing is allocated after construction.
/// A batch is split into groups of samples that a team's workers take one by one; every number that comes out is a
/// function of the groups alone, so one worker or many give the same bits. One call at a time.
class Network {
public:
    /// `spec` as validateNetwork() accepts it for that image.
    Network(const NetworkSpec& spec, const Shape& image, NetworkUse use);

    /// Draws all weights from the run's seed, each tensor from a stream of its own, in row-major order; biases are 0.
    void initialize(Init init, std::uint64_t seed);
    /// The same for one tensor, which begins anew.
    void initialize(const ParameterView& tensor, Init init, std::uint64_t seed);

    /// A batch: those samples of `set`, each with its label.
    struct Batch {
        const SampleSet& set;
        std::span<const std::uint32_t> samples;
    };

    /// Forward and backward through the batch: what its loss is. The gradients are complete after finishGradients().
    /// noise: what dropout draws from, another for every step. Once `stopped` says so, the rest is left out within
    /// hundredths of a second, however large the batch: what comes back then means nothing, and there is no gradient.
    BatchLoss forwardBackward(const Batch& batch, WorkerTeam& team, std::uint64_t noise = 0, StopRef stopped = {});

    /// A stretch of a tensor whose gradient is complete and whose weights may be moved: `first` and `count` in floats.
    using RangeDone = std::function<void(const ParameterView& tensor, std::size_t first, std::size_t count)>;
    /// Finishes the gradients of the batch that forwardBackward() saw, stretch by stretch, on the team's workers; `moved` is
    /// called for each, on the worker's thread, and may move those weights. Layers that are not trained are left out. Once for
    /// each forwardBackward().
    void finishGradients(const Batch& batch, WorkerTeam& team, const RangeDone& moved);
    /// Of a batch so large that somebody may stop it even then: all of finishGradients() that moves no weight yet. Between
    /// forwardBackward() and finishGradients(), or not at all. False once `stopped` says so: then there is no gradient.
    bool prepareGradients(const Batch& batch, WorkerTeam& team, StopRef stopped);

    /// Forward alone, without dropout: loss and errors. `stopped` as for forwardBackward().
    BatchLoss evaluate(const Batch& batch, WorkerTeam& team, StopRef stopped = {});

    /// Forward alone, without dropout: the probabilities of the 10 classes, a row a sample, into `out`.
    void predict(const Batch& batch, WorkerTeam& team, std::span<float> out, StopRef stopped = {});

    /// All tensors, input side first.
    std::span<const ParameterView> parameters() const { return m_parameters; }
    /// All weights with their padding, as one piece: to be copied and put back, not to be written to.
    std::span<const float> weights() const { return m_values.span(); }
    /// Puts back what weights() gave.
    void setWeights(std::span<const float> weights);
    /// After the values of parameters() were changed by hand.
    void weightsChanged();

    /// Whether every weight and bias is a finite number.
    bool isFinite() const;

    /// Floats that the weights take, with padding.
    std::size_t parameterFloats() const { return m_values.size(); }

    /// Bytes that training with such batches takes beside weights and their gradients: activations, their gradients, and what
    /// convolutions sum for each group of a batch.
    static std::uint64_t batchBytes(const NetworkSpec& spec, const Shape& image, std::uint64_t trainingBatch);

private:
    /// Most groups of a batch.
    static constexpr std::int64_t mostGroups = 16;

    struct Stage {
        std::unique_ptr<Layer> layer;
        std::size_t spec = 0;        ///< which layer of the experiment file: names the tensors
        std::size_t weightLayer = 0; ///< which of the layers with weights
        bool trained = false;
        std::size_t buffer = 0;      ///< which of m_buffers holds the output
        std::size_t firstTensor = 0;
        std::size_t firstTask = 0;   ///< among the tasks of all layers that are trained
    };
    struct Buffer {
        Shape shape;
        AlignedBuffer values;
        AlignedBuffer gradients; ///< empty where nobody below is trained
    };

    void buildStages(const NetworkSpec& spec, const Shape& image);
    void allocateParameters();
    void allocateBuffers();
    std::size_t inputBuffer(std::size_t stage) const { return stage == 0 ? 0 : m_stages[stage - 1].buffer; }
    Rows values(std::size_t buffer);
    Rows gradients(std::size_t buffer);
    LayerInput inputOf(std::size_t stage, const Batch& batch);
    bool usesSparsePixels(const Batch& batch) const;
    void fillInput(const Batch& batch, RowSpan rows);
    void forward(const Batch& batch, RowSpan rows, const Pass& pass, float* scratch);
    void backward(const Batch& batch, RowSpan rows, std::int64_t group, const Pass& pass, float* scratch);
    std::size_t stageOfTask(std::size_t task) const;
    ParameterRange finishTask(std::size_t task, const Batch& batch);
    void moveRange(std::size_t task, const ParameterRange& range, const RangeDone& moved);
    bool takesLong(std::int64_t samples) const;
    static std::int64_t groupSize(std::int64_t samples);
    static std::int64_t groupCount(std::int64_t samples);
    static RowSpan groupSpan(std::int64_t samples, std::size_t group);
    BatchLoss sumGroups(std::int64_t groups) const;
    float* scratch(unsigned worker) { return m_scratch[worker].data(); }

    NetworkUse m_use;
    std::vector<Stage> m_stages;
    std::vector<Buffer> m_buffers; ///< [0] is the input
    std::size_t m_lowestTrained = 0; ///< stage
    std::size_t m_tasks = 0;
    AlignedBuffer m_values;
    AlignedBuffer m_gradients;
    std::vector<ParameterView> m_parameters;
    std::vector<ParameterRange> m_ranges; ///< that each task has finished
    bool m_prepared = false;              ///< they are those of the present batch
    std::vector<AlignedBuffer> m_scratch;
    std::vector<std::uint8_t> m_labels;
    std::vector<BatchLoss> m_groupLosses;
};

} // namespace ratescope
