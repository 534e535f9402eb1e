// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/layer.h"
#include "core/network/product.h"

#include <algorithm>

namespace ratescope {

namespace {

/// Turns positions × channels into channels × positions.
class FlattenLayer final : public Layer {
public:
    explicit FlattenLayer(Shape input)
        : m_input(input) {}

    Shape outputShape() const override { return {1, 1, m_input.values()}; }

    void forward(const LayerInput& input, Rows output, RowSpan rows, const Pass&, float*) override {
        for (std::int64_t n = rows.first; n < rows.last; ++n)
            transpose(input.rows.row(n), m_input.channelStride(), m_input.positions(), m_input.channels, output.row(n), m_input.positions());
    }

    void backward(const Backward& step, float*) override {
        if (!step.inputGradient.data) return;
        for (std::int64_t n = step.rows.first; n < step.rows.last; ++n) {
            float* to = step.inputGradient.row(n);
            if (m_input.channels != m_input.channelStride()) std::fill_n(to, m_input.stride(), 0.0F);
            transpose(step.outputGradient.row(n), m_input.positions(), m_input.channels, m_input.positions(), to, m_input.channelStride());
        }
    }

private:
    Shape m_input;
};

} // namespace

std::unique_ptr<Layer> makeFlattenLayer(Shape input) { return std::make_unique<FlattenLayer>(input); }

} // namespace ratescope
