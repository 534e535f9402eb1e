// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/network/parameter_view.h"
#include "core/network/shape.h"
#include "core/stop_ref.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace ratescope {

/// Rows of floats that belong to somebody else, a row a sample, `stride` floats apart.
struct Rows {
    float* data = nullptr;
    std::ptrdiff_t stride = 0;
    float* row(std::int64_t index) const { return data + index * stride; }
};

/// The samples first … last − 1 of a batch.
struct RowSpan {
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::int64_t count() const { return last - first; }
};

/// What a layer reads: the rows of the layer below; below the first layer also where the batch's pixels other than 0 are,
/// if the data has many zeros (`sparse` is null otherwise, and the rows are not filled where it is not).
struct LayerInput {
    Rows rows;
    const SparsePixels* sparse = nullptr;
    const std::uint32_t* samples = nullptr; ///< the batch's samples, as numbered in `sparse`
};

/// What a pass through the layers is for.
struct Pass {
    bool training = false;
    std::uint64_t noise = 0; ///< what dropout's masks are drawn from: of the run's seed and the step
    StopRef stopped = {};    ///< then the rest is not wanted: what takes long looks now and then
};

/// Most floating-point operations between two looks at whether the rest is still wanted: a hundredth of a second or so.
inline constexpr std::int64_t operationsOfPiece = 1'000'000'000;

/// work(rows) for pieces of so many operations at most, as long as they are wanted. Common batches are one piece.
template <typename Work>
void inPieces(RowSpan rows, std::int64_t operationsOfRow, const StopRef& stopped, const Work& work) {
    constexpr std::int64_t fewestRows = 48; // whole tiles of the products
    const std::int64_t piece = operationsOfPiece / (operationsOfRow + 1) / fewestRows * fewestRows + fewestRows;
    for (std::int64_t first = rows.first; first < rows.last && !stopped(); first += piece)
        work(RowSpan{first, std::min(rows.last, first + piece)});
}

/// A stretch of one tensor whose gradient is complete.
struct ParameterRange {
    std::size_t tensor = 0; ///< index into the tensors that were bound
    std::size_t first = 0;
    std::size_t count = 0;
};

/// One stage of a running network. A batch is cut into groups of rows, on which forward() and backward() work, several
/// groups at once on several threads; then the gradients of the weights are finished in tasks, again several at once. All
/// results are functions of the groups, never of the threads. Memory of activations belongs to the network.
class Layer {
public:
    virtual ~Layer() = default;

    virtual Shape outputShape() const = 0;

    /// A function of each value by itself: its output may lie where its input lies.
    virtual bool elementwise() const { return false; }

    /// Whether, as the first layer, it makes use of LayerInput::sparse instead of the rows.
    virtual bool readsSparsePixels() const { return false; }

    /// The tensors this layer wants, empty for one without weights.
    struct TensorLayout {
        std::string suffix; ///< `weight`
        std::vector<std::int64_t> shape;
        std::vector<std::ptrdiff_t> strides;
        std::size_t floats = 0; ///< with padding
    };
    virtual std::vector<TensorLayout> tensors() const { return {}; }

    /// Hands over the memory for tensors(), in that order.
    virtual void bind(const std::vector<ParameterView>&) {}

    /// Most rows and groups of a batch, and of the batches that gradients are wanted for; memory is taken here.
    virtual void reserve(std::int64_t /*rows*/, std::int64_t /*groups*/, bool /*inputGradients*/) {}
    /// Floats of scratch memory that each worker brings along.
    virtual std::size_t scratchFloats() const { return 0; }

    /// output = f(input) for the rows of one group, unless the pass is stopped: then for some of them.
    virtual void forward(const LayerInput& input, Rows output, RowSpan rows, const Pass& pass, float* scratch) = 0;

    /// From the gradient at the output to the gradient at the input (unless its data is null) for the rows of group
    /// number `group`, and to whatever of the weights' gradient can be summed on the way, if `weights` are trained.
    /// Elementwise layers get one memory for both. `output` as forward() left it.
    struct Backward {
        LayerInput input;
        Rows output;
        Rows outputGradient;
        Rows inputGradient;
        RowSpan rows;
        std::int64_t group = 0;
        bool weights = true;
        Pass pass;
    };
    virtual void backward(const Backward& step, float* scratch) = 0;

    /// How the gradients of the weights are finished: in so many tasks, each of which fills and names a stretch of them.
    virtual std::size_t gradientTasks() const { return 0; }
    virtual ParameterRange finishGradient(std::size_t /*task*/, const LayerInput&, Rows /*outputGradient*/,
                                          std::int64_t /*rows*/, std::int64_t /*groups*/) {
        return {};
    }
    /// After the weights of that task's stretch have moved: brings what is derived from them up to date.
    virtual void weightsMoved(std::size_t /*task*/) {}
};

/// y = x·Wᵀ + b, with W of units × inputs.
std::unique_ptr<Layer> makeDenseLayer(Shape input, std::int64_t units);

/// Valid convolution (no padding, stride 1) with `filters` of kernel × kernel × channels, followed by the maximum over
/// windows of pool × pool if pool > 1; positions that no window covers are not computed.
std::unique_ptr<Layer> makeConvolutionLayer(Shape input, std::int64_t filters, std::int64_t kernel, std::int64_t pool);

/// Maximum over windows of size × size, side by side; what is left over at the right and below is dropped.
std::unique_ptr<Layer> makeMaxPoolLayer(Shape input, std::int64_t size);

/// Image to vector in PyTorch's order: channel by channel, row by row.
std::unique_ptr<Layer> makeFlattenLayer(Shape input);

/// Sets each value to 0 with probability `rate` and divides the rest by 1 − rate while training; nothing otherwise
/// (“inverted” dropout, Srivastava et al. 2014). `layer` tells the masks of several such layers apart.
std::unique_ptr<Layer> makeDropoutLayer(Shape input, double rate, std::uint64_t layer);

/// max(x, 0); the gradient at 0 is 0, as PyTorch's.
std::unique_ptr<Layer> makeReluLayer(Shape input);
std::unique_ptr<Layer> makeTanhLayer(Shape input);
/// 1/(1 + e^−x).
std::unique_ptr<Layer> makeSigmoidLayer(Shape input);

} // namespace ratescope
