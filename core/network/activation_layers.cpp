// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/layer.h"

#include <Eigen/Core>

namespace ratescope {

namespace {

using Values = Eigen::Map<Eigen::ArrayXf>;
using ConstValues = Eigen::Map<const Eigen::ArrayXf>;

/// An elementwise function whose derivative is known from its output y. x and y, and both gradients, may be the same memory.
template <typename Function>
class ActivationLayer final : public Layer {
public:
    explicit ActivationLayer(Shape input)
        : m_shape(input) {}

    Shape outputShape() const override { return m_shape; }
    bool elementwise() const override { return true; }

    void forward(const LayerInput& input, Rows output, RowSpan rows, const Pass&, float*) override {
        for (std::int64_t n = rows.first; n < rows.last; ++n) {
            Function::apply(input.rows.row(n), output.row(n), m_shape.stride());
            if (Function::movesZero) clearPadding(output.row(n));
        }
    }

    void backward(const Backward& step, float*) override {
        if (!step.inputGradient.data) return;
        for (std::int64_t n = step.rows.first; n < step.rows.last; ++n)
            Function::differentiate(step.output.row(n), step.outputGradient.row(n), step.inputGradient.row(n), m_shape.stride());
    }

private:
    /// Padding stays 0, so that nobody above has to know where it is.
    void clearPadding(float* row) const {
        const std::int64_t stride = m_shape.channelStride();
        if (stride != m_shape.channels)
            for (std::int64_t p = 0; p < m_shape.positions(); ++p)
                std::fill(row + p * stride + m_shape.channels, row + (p + 1) * stride, 0.0F);
        std::fill(row + m_shape.positions() * stride, row + m_shape.stride(), 0.0F);
    }

    Shape m_shape;
};

struct Relu {
    static constexpr bool movesZero = false;
    // NaN has to go through, for a diverged run must not look like a quiet one.
    static void apply(const float* x, float* y, std::int64_t count) {
        for (std::int64_t i = 0; i < count; ++i) y[i] = x[i] < 0.0F ? 0.0F : x[i];
    }
    static void differentiate(const float* y, const float* dy, float* dx, std::int64_t count) {
        for (std::int64_t i = 0; i < count; ++i) dx[i] = y[i] > 0.0F ? dy[i] : 0.0F;
    }
};

struct Tanh {
    static constexpr bool movesZero = false;
    static void apply(const float* x, float* y, std::int64_t count) { Values(y, count) = ConstValues(x, count).tanh(); }
    static void differentiate(const float* y, const float* dy, float* dx, std::int64_t count) {
        for (std::int64_t i = 0; i < count; ++i) dx[i] = dy[i] * (1.0F - y[i] * y[i]);
    }
};

struct Sigmoid {
    static constexpr bool movesZero = true;
    static void apply(const float* x, float* y, std::int64_t count) { Values(y, count) = (1.0F + (-ConstValues(x, count)).exp()).inverse(); }
    static void differentiate(const float* y, const float* dy, float* dx, std::int64_t count) {
        for (std::int64_t i = 0; i < count; ++i) dx[i] = dy[i] * y[i] * (1.0F - y[i]);
    }
};

} // namespace

std::unique_ptr<Layer> makeReluLayer(Shape input) { return std::make_unique<ActivationLayer<Relu>>(input); }
std::unique_ptr<Layer> makeTanhLayer(Shape input) { return std::make_unique<ActivationLayer<Tanh>>(input); }
std::unique_ptr<Layer> makeSigmoidLayer(Shape input) { return std::make_unique<ActivationLayer<Sigmoid>>(input); }

} // namespace ratescope
