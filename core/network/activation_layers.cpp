// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/eigen_views.h"
#include "core/network/layer.h"

namespace ratescope {

namespace {

/// An elementwise function whose derivative is known from its output y. x and y, and both gradients, may be the same memory.
template <typename Function>
class ActivationLayer final : public Layer {
public:
    bool inPlace() const override { return true; }

    void forward(ConstMatrixView input, MatrixView output) override { Function::apply(array(input), array(output)); }

    void backward(ConstMatrixView, ConstMatrixView output, MatrixView outputGradient, MatrixView inputGradient) override {
        if (inputGradient.data) Function::differentiate(array(output), array(outputGradient), array(inputGradient));
    }
};

struct Relu {
    // Written as loops: Eigen's select() is not vectorised, these are. NaN has to go through, for a diverged run must not
    // look like a quiet one.
    static void apply(const ConstArrayMap& x, ArrayMap y) {
        for (Eigen::Index i = 0; i < x.size(); ++i) y[i] = x[i] < 0.0F ? 0.0F : x[i];
    }
    static void differentiate(const ConstArrayMap& y, const ArrayMap& dy, ArrayMap dx) {
        for (Eigen::Index i = 0; i < y.size(); ++i) dx[i] = y[i] > 0.0F ? dy[i] : 0.0F;
    }
};

struct Tanh {
    static void apply(const ConstArrayMap& x, ArrayMap y) { y = x.tanh(); }
    static void differentiate(const ConstArrayMap& y, const ArrayMap& dy, ArrayMap dx) { dx = dy * (1.0F - y.square()); }
};

struct Sigmoid {
    static void apply(const ConstArrayMap& x, ArrayMap y) { y = x.logistic(); }
    static void differentiate(const ConstArrayMap& y, const ArrayMap& dy, ArrayMap dx) { dx = dy * y * (1.0F - y); }
};

} // namespace

std::unique_ptr<Layer> makeReluLayer() { return std::make_unique<ActivationLayer<Relu>>(); }
std::unique_ptr<Layer> makeTanhLayer() { return std::make_unique<ActivationLayer<Tanh>>(); }
std::unique_ptr<Layer> makeSigmoidLayer() { return std::make_unique<ActivationLayer<Sigmoid>>(); }

} // namespace ratescope
