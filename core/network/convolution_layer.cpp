// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/aligned_buffer.h"
#include "core/network/filter_gradient.h"
#include "core/network/layer.h"
#include "core/network/patch_sum.h"
#include "core/network/pooling.h"
#include "core/network/product.h"
#include "core/network/simd.h"
#include "core/network/sparse_product.h"

#include <algorithm>

namespace ratescope {

namespace {

/// Weights lie as kernel rows × kernel columns × channels × filters, so that a row is what one input adds to all filters.
/// Forward is a direct convolution: the product of product.h over the patches where they lie. Backward runs over those
/// outputs alone that have a gradient: one of each pooling window at most, fewer behind a ReLU.
class ConvolutionLayer final : public Layer {
public:
    ConvolutionLayer(Shape input, std::int64_t filters, std::int64_t kernel, std::int64_t pool)
        : m_input(input)
        , m_filters(filters)
        , m_kernel(kernel)
        , m_pool(pool)
        , m_output{(input.height - kernel + 1) / pool, (input.width - kernel + 1) / pool, filters}
        , m_filterStride((filters + simd::line - 1) / simd::line * simd::line)
        , m_rowStride(input.width * input.channelStride())
        , m_patchRow(kernel * input.channelStride())
        , m_depth(kernel * kernel * input.channels) {
        // A kernel's row is one stretch of the image unless its channels are padded.
        const bool whole = input.channels == input.channelStride();
        for (std::int64_t y = 0; y < kernel; ++y)
            for (std::int64_t x = 0; x < (whole ? 1 : kernel); ++x) m_offsets.push_back(y * m_rowStride + x * input.channelStride());
        for (std::int64_t p = 0; p < pool * pool; ++p)
            m_windowOffsets.push_back(static_cast<std::int32_t>(p / pool * m_rowStride + p % pool * input.channelStride()));
        for (std::int64_t p = 0; p < kernel * kernel; ++p) m_taps.push_back(p / kernel * m_rowStride + p % kernel);
        m_layout = {m_offsets.data(), static_cast<std::int64_t>(m_offsets.size()), whole ? m_patchRow : input.channels};
    }

    Shape outputShape() const override { return m_output; }

    std::vector<TensorLayout> tensors() const override {
        const std::int64_t channels = m_input.channels;
        return {{"weight", {m_filters, channels, m_kernel, m_kernel},
                 {1, m_filterStride, m_kernel * channels * m_filterStride, channels * m_filterStride},
                 static_cast<std::size_t>(m_depth * m_filterStride)},
                {"bias", {m_filters}, {1}, static_cast<std::size_t>(m_filterStride)}};
    }

    void bind(const std::vector<ParameterView>& tensors) override {
        m_weights = tensors[0].values.data();
        m_weightGradients = tensors[0].gradients.data();
        m_biases = tensors[1].values.data();
        m_biasGradients = tensors[1].gradients.data();
    }

    void reserve(std::int64_t rows, std::int64_t groups, bool inputGradients) override {
        if (m_pool > 1) m_winners.resize(static_cast<std::size_t>(rows * m_output.stride()));
        m_groupGradients = AlignedBuffer(static_cast<std::size_t>(groups * groupStride()));
        if (inputGradients) m_byFilter = AlignedBuffer(static_cast<std::size_t>(m_filters * patchFloats()));
    }

    std::size_t scratchFloats() const override {
        const std::int64_t forward = m_pool > 1 ? m_pool * m_output.width * m_pool * m_filterStride : 0;
        return static_cast<std::size_t>(std::max(forward, FilterLists::floats(m_output.positions(), m_filters, m_pool * m_pool)));
    }

    void forward(const LayerInput& input, Rows output, RowSpan rows, const Pass& pass, float* scratch) override {
        const std::int64_t columns = m_output.width * m_pool;
        for (std::int64_t n = rows.first; n < rows.last && !pass.stopped(); ++n) {
            for (std::int64_t y = 0; y < m_output.height; ++y) {
                const RowGrid grid{input.rows.row(n) + y * m_pool * m_rowStride, columns, m_rowStride, m_input.channelStride()};
                float* out = output.row(n) + y * m_output.width * m_filterStride;
                multiplyRows(grid, m_pool * columns, m_layout, m_weights, m_filterStride, m_biases, m_pool > 1 ? scratch : out,
                             m_filterStride, m_filterStride);
                if (m_pool > 1)
                    poolRow({scratch, columns * m_filterStride, m_filterStride, m_output.width, m_pool, m_filterStride}, out,
                            winnersOf(n) + y * m_output.width * m_filterStride);
            }
        }
    }

    void backward(const Backward& step, float* scratch) override {
        float* sums = step.weights ? m_groupGradients.data() + step.group * groupStride() : nullptr;
        if (sums) std::fill_n(sums, groupStride(), 0.0F);
        for (std::int64_t n = step.rows.first; n < step.rows.last && !step.pass.stopped(); ++n) {
            const PooledGradient gradient{step.outputGradient.row(n), m_pool > 1 ? winnersOf(n) : nullptr, m_output,
                                          m_windowOffsets.data(), m_pool * m_pool, m_pool * m_rowStride,
                                          m_pool * m_input.channelStride()};
            if (sums) sumRows(gradient.values, m_filterStride, m_output.positions(), sums + weightFloats(), m_filterStride);
            if (m_input.grey) { // the data itself: nobody asks for a gradient there
                if (sums) addGreyFilterGradient(gradient, step.input.rows.row(n), m_taps, sums, m_filterStride);
                continue;
            }
            const FilterLists lists(gradient, scratch);
            if (sums) filterGradient(lists, step.input.rows.row(n), sums);
            if (step.inputGradient.data) inputGradient(lists, step.inputGradient.row(n));
        }
    }

    std::size_t gradientTasks() const override { return 2; } // weights and biases

    ParameterRange finishGradient(std::size_t task, const LayerInput&, Rows, std::int64_t, std::int64_t groups) override {
        if (task == 1) {
            sumGroups(groups, weightFloats(), m_biasGradients, m_filterStride);
            return {1, 0, static_cast<std::size_t>(m_filterStride)};
        }
        if (m_input.grey) {
            sumGroups(groups, 0, m_weightGradients, m_depth * m_filterStride);
        } else {
            // The groups' sums lie filter by filter: the first group's take all others in, then they are turned.
            sumGroups(groups, 0, m_groupGradients.data(), weightFloats());
            forEachPatchRow([&](std::int64_t inPatch, std::int64_t weightRow) {
                transpose(m_groupGradients.data() + inPatch, patchFloats(), m_filters, m_input.channels,
                          m_weightGradients + weightRow * m_filterStride, m_filterStride);
            });
        }
        return {0, 0, static_cast<std::size_t>(m_depth * m_filterStride)};
    }

    void weightsMoved(std::size_t task) override {
        if (task != 0 || m_byFilter.size() == 0) return;
        forEachPatchRow([&](std::int64_t inPatch, std::int64_t weightRow) {
            transpose(m_weights + weightRow * m_filterStride, m_filterStride, m_input.channels, m_filters, m_byFilter.data() + inPatch,
                      patchFloats());
        });
    }

private:
    /// A patch as it lies in the image: kernel rows × kernel columns × channels with their padding.
    std::int64_t patchFloats() const { return m_kernel * m_patchRow; }
    /// A group's sums: weights filter by filter (or as the weights lie, for a grey image), then biases.
    std::int64_t weightFloats() const {
        return m_input.grey ? m_depth * m_filterStride : m_filters * patchFloats();
    }
    std::int64_t groupStride() const { return weightFloats() + m_filterStride; }
    std::uint16_t* winnersOf(std::int64_t sample) { return m_winners.data() + sample * m_output.stride(); }

    /// visit(place of a position's channels in a patch, row of the weights) for each of the kernel's positions.
    template <typename Visit>
    void forEachPatchRow(const Visit& visit) const {
        for (std::int64_t p = 0; p < m_kernel * m_kernel; ++p) visit(p * m_input.channelStride(), p * m_input.channels);
    }

    void sumGroups(std::int64_t groups, std::int64_t first, float* out, std::int64_t count) {
        for (std::int64_t c = 0; c < count; c += simd::width) {
            simd::Vec sum{};
            for (std::int64_t g = 0; g < groups; ++g) sum += simd::load(m_groupGradients.data() + g * groupStride() + first + c);
            simd::store(out + c, sum);
        }
    }

    void filterGradient(const FilterLists& lists, const float* image, float* sums) const {
        for (std::int64_t f = 0; f < m_filters; ++f)
            addPatches(lists.ofFilter(f), image, m_rowStride, {m_kernel, m_patchRow}, sums + f * patchFloats(), m_patchRow);
    }

    void inputGradient(const FilterLists& lists, float* to) const {
        std::fill_n(to, m_input.stride(), 0.0F);
        lists.forEachPosition(patchFloats(), [&](std::span<const WeightedPatch> filters, std::ptrdiff_t place) {
            addPatches(filters, m_byFilter.data(), m_patchRow, {m_kernel, m_patchRow}, to + place, m_rowStride);
        });
    }

    Shape m_input;
    std::int64_t m_filters;
    std::int64_t m_kernel;
    std::int64_t m_pool;
    Shape m_output;
    std::int64_t m_filterStride;
    std::int64_t m_rowStride; ///< from one row of the image to the next
    std::int64_t m_patchRow;  ///< floats of a kernel's row
    std::int64_t m_depth;     ///< inputs of an output
    std::vector<std::ptrdiff_t> m_offsets;       ///< of the stretches of a patch
    std::vector<std::ptrdiff_t> m_taps;          ///< of each pixel of a patch of a grey image
    std::vector<std::int32_t> m_windowOffsets;   ///< of the positions of a pooling window
    PatchLayout m_layout;
    float* m_weights = nullptr;
    float* m_weightGradients = nullptr;
    float* m_biases = nullptr;
    float* m_biasGradients = nullptr;
    std::vector<std::uint16_t> m_winners;
    AlignedBuffer m_groupGradients;
    AlignedBuffer m_byFilter; ///< the weights filter by filter, each as a patch lies in the image
};

} // namespace

std::unique_ptr<Layer> makeConvolutionLayer(Shape input, std::int64_t filters, std::int64_t kernel, std::int64_t pool) {
    return std::make_unique<ConvolutionLayer>(input, filters, kernel, pool);
}

} // namespace ratescope
