// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/network/matrix_view.h"
#include "core/network/parameter_view.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace ratescope {

/// One layer of a running network. Activations and gradients are row-major, a row a sample, and belong to the network.
class Layer {
public:
    virtual ~Layer() = default;

    /// Whether input and output may be the same memory, as in an elementwise function.
    virtual bool inPlace() const = 0;

    /// The tensors this layer wants, empty for one without weights: suffix (`weight`) and shape.
    struct TensorShape {
        std::string suffix;
        std::vector<std::int64_t> shape;
    };
    virtual std::vector<TensorShape> tensorShapes() const { return {}; }

    /// Hands over the memory for tensorShapes(), in that order.
    virtual void bind(const std::vector<ParameterView>&) {}

    /// output = f(input). Same number of rows.
    virtual void forward(ConstMatrixView input, MatrixView output) = 0;

    /// From the gradient at the output to the gradients of the weights and, unless `inputGradient` is null, the
    /// gradient at the input. In-place layers get one memory for both gradients. `output` as forward() left it.
    virtual void backward(ConstMatrixView input, ConstMatrixView output, MatrixView outputGradient,
                          MatrixView inputGradient) = 0;
};

/// y = x·Wᵀ + b, with W of units × inputs.
std::unique_ptr<Layer> makeDenseLayer(std::int64_t inputs, std::int64_t units);

/// max(x, 0); the gradient at 0 is 0, as PyTorch's.
std::unique_ptr<Layer> makeReluLayer();
std::unique_ptr<Layer> makeTanhLayer();
/// 1/(1 + e^−x).
std::unique_ptr<Layer> makeSigmoidLayer();

} // namespace ratescope
