// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/aligned_buffer.h"
#include "core/network/layer.h"
#include "core/network/product.h"
#include "core/network/simd.h"
#include "core/network/sparse_product.h"

#include <algorithm>

namespace ratescope {

namespace {

/// Weights lie as inputs × units, so that a row is what one input adds to all outputs.
class DenseLayer final : public Layer {
public:
    DenseLayer(Shape input, std::int64_t units)
        : m_image(input)
        , m_inputs(input.values())
        , m_units(units)
        , m_stride(outputShape().stride()) {
        // Blocks of inputs that are worth a task each: about a tenth of a millisecond with a batch of 64.
        const std::int64_t rows = std::clamp<std::int64_t>((1 << 15) / m_stride, 1, m_inputs);
        // Whole image rows where the input is an image, for the list of its pixels is kept by rows.
        m_blockRows = input.isVector() ? (rows + 11) / 12 * 12 : std::max<std::int64_t>(1, rows / input.width) * input.width;
        m_blocks = (m_inputs + m_blockRows - 1) / m_blockRows;
    }

    Shape outputShape() const override { return {1, 1, m_units}; }

    bool readsSparsePixels() const override { return true; }

    std::vector<TensorLayout> tensors() const override {
        return {{"weight", {m_units, m_inputs}, {1, m_stride}, static_cast<std::size_t>(m_inputs * m_stride)},
                {"bias", {m_units}, {1}, static_cast<std::size_t>(m_stride)}};
    }

    void bind(const std::vector<ParameterView>& tensors) override {
        m_weights = tensors[0].values.data();
        m_weightGradients = tensors[0].gradients.data();
        m_biases = tensors[1].values.data();
        m_biasGradients = tensors[1].gradients.data();
    }

    void reserve(std::int64_t, std::int64_t, bool inputGradients) override {
        if (!inputGradients) return;
        m_transposedStride = (m_inputs + simd::line - 1) / simd::line * simd::line;
        m_transposed = AlignedBuffer(static_cast<std::size_t>(m_units * m_transposedStride));
    }

    void forward(const LayerInput& input, Rows output, RowSpan all, const Pass& pass, float*) override {
        const std::ptrdiff_t start = 0;
        inPieces(all, operationsOfRow(), pass.stopped, [&](RowSpan rows) {
            if (input.sparse)
                multiplySparse(*input.sparse, {input.samples + rows.first, static_cast<std::size_t>(rows.count())}, m_weights,
                               m_biases, output.row(rows.first), output.stride, m_stride);
            else
                multiplyRows({input.rows.row(rows.first), 1, input.rows.stride, 0}, rows.count(), {&start, 1, m_inputs},
                             m_weights, m_stride, m_biases, output.row(rows.first), output.stride, m_stride);
        });
    }

    void backward(const Backward& step, float*) override {
        if (!step.inputGradient.data) return;
        const std::ptrdiff_t start = 0;
        inPieces(step.rows, operationsOfRow(), step.pass.stopped, [&](RowSpan rows) {
            multiplyRows({step.outputGradient.row(rows.first), 1, step.outputGradient.stride, 0}, rows.count(),
                         {&start, 1, m_units}, m_transposed.data(), m_transposedStride, nullptr,
                         step.inputGradient.row(rows.first), step.inputGradient.stride, m_transposedStride);
        });
    }

    std::size_t gradientTasks() const override { return static_cast<std::size_t>(m_blocks) + 1; } // the last one for the biases

    ParameterRange finishGradient(std::size_t task, const LayerInput& input, Rows delta, std::int64_t rows, std::int64_t) override {
        if (task == static_cast<std::size_t>(m_blocks)) {
            std::fill_n(m_biasGradients, m_stride, 0.0F);
            sumRows(delta.data, delta.stride, rows, m_biasGradients, m_stride);
            return {1, 0, static_cast<std::size_t>(m_stride)};
        }
        const auto [first, last] = block(task);
        if (input.sparse)
            multiplySparseTransposed(*input.sparse, {input.samples, static_cast<std::size_t>(rows)}, delta.data, delta.stride,
                                     first / m_image.width, last / m_image.width, m_weightGradients, m_stride);
        else
            multiplyTransposed(input.rows.data, input.rows.stride, rows, delta.data, delta.stride, first, last,
                               m_weightGradients, m_stride, m_stride);
        return {0, static_cast<std::size_t>(first * m_stride), static_cast<std::size_t>((last - first) * m_stride)};
    }

    void weightsMoved(std::size_t task) override {
        if (m_transposed.size() == 0 || task == static_cast<std::size_t>(m_blocks)) return;
        const auto [first, last] = block(task);
        transpose(m_weights + first * m_stride, m_stride, last - first, m_units, m_transposed.data() + first, m_transposedStride);
    }

private:
    std::int64_t operationsOfRow() const { return 2 * m_inputs * m_stride; }

    struct Block {
        std::int64_t first;
        std::int64_t last;
    };
    Block block(std::size_t task) const {
        const std::int64_t first = static_cast<std::int64_t>(task) * m_blockRows;
        return {first, std::min(m_inputs, first + m_blockRows)};
    }

    Shape m_image;
    std::int64_t m_inputs;
    std::int64_t m_units;
    std::int64_t m_stride;
    std::int64_t m_blockRows = 1;
    std::int64_t m_blocks = 1;
    float* m_weights = nullptr;
    float* m_weightGradients = nullptr;
    float* m_biases = nullptr;
    float* m_biasGradients = nullptr;
    AlignedBuffer m_transposed; ///< units × inputs, for the gradient at the input; empty where nobody asks for it
    std::int64_t m_transposedStride = 0;
};

} // namespace

std::unique_ptr<Layer> makeDenseLayer(Shape input, std::int64_t units) { return std::make_unique<DenseLayer>(input, units); }

} // namespace ratescope
