// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/eigen_views.h"
#include "core/network/layer.h"

namespace ratescope {

namespace {

class DenseLayer final : public Layer {
public:
    DenseLayer(std::int64_t inputs, std::int64_t units)
        : m_inputs(inputs)
        , m_units(units) {}

    bool inPlace() const override { return false; }

    std::vector<TensorShape> tensorShapes() const override {
        return {{"weight", {m_units, m_inputs}}, {"bias", {m_units}}};
    }

    void bind(const std::vector<ParameterView>& tensors) override {
        m_weights = {tensors[0].values.data(), m_units, m_inputs};
        m_weightGradients = {tensors[0].gradients.data(), m_units, m_inputs};
        m_biases = {tensors[1].values.data(), 1, m_units};
        m_biasGradients = {tensors[1].gradients.data(), 1, m_units};
    }

    void forward(ConstMatrixView input, MatrixView output) override {
        MatrixMap out = matrix(output);
        out.rowwise() = ConstRowMap(m_biases.data, m_units);
        out.noalias() += matrix(input) * matrix(m_weights).transpose();
    }

    void backward(ConstMatrixView input, ConstMatrixView, MatrixView outputGradient, MatrixView inputGradient) override {
        const MatrixMap delta = matrix(outputGradient);
        matrix(m_weightGradients).noalias() = delta.transpose() * matrix(input);
        RowMap(m_biasGradients.data, m_units) = delta.colwise().sum();
        if (inputGradient.data) matrix(inputGradient).noalias() = delta * matrix(m_weights);
    }

private:
    std::int64_t m_inputs;
    std::int64_t m_units;
    MatrixView m_weights;
    MatrixView m_weightGradients;
    MatrixView m_biases;
    MatrixView m_biasGradients;
};

} // namespace

std::unique_ptr<Layer> makeDenseLayer(std::int64_t inputs, std::int64_t units) {
    return std::make_unique<DenseLayer>(inputs, units);
}

} // namespace ratescope
