// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/optimizer/sgd.h"

namespace ratescope {

namespace {

class Sgd final : public Optimizer {
public:
    Sgd(const ParameterValues& values, std::span<const ParameterView> parameters)
        : m_parameters(parameters)
        , m_momentum(static_cast<float>(values.get("momentum", 0.0)))
        , m_weightDecay(static_cast<float>(values.get("weight_decay", 0.0)))
        , m_nesterov(values.get("nesterov", 0.0) != 0.0) {
        if (m_momentum == 0.0F) return;
        for (const ParameterView& tensor : parameters) m_velocities.emplace_back(tensor.values.size(), 0.0F);
    }

    void step(double rate) override {
        for (std::size_t i = 0; i < m_parameters.size(); ++i) {
            const ParameterView& tensor = m_parameters[i];
            if (m_momentum == 0.0F)
                plainStep(tensor, static_cast<float>(rate));
            else
                momentumStep(tensor, m_velocities[i].data(), static_cast<float>(rate));
        }
        m_first = false;
    }

private:
    void plainStep(const ParameterView& tensor, float rate) const {
        float* __restrict w = tensor.values.data();
        const float* __restrict gradient = tensor.gradients.data();
        const std::size_t count = tensor.values.size();
        for (std::size_t k = 0; k < count; ++k) w[k] -= rate * (gradient[k] + m_weightDecay * w[k]);
    }

    void momentumStep(const ParameterView& tensor, float* __restrict velocity, float rate) const {
        float* __restrict w = tensor.values.data();
        const float* __restrict gradient = tensor.gradients.data();
        const std::size_t count = tensor.values.size();
        const float kept = m_first ? 0.0F : m_momentum;
        for (std::size_t k = 0; k < count; ++k) {
            const float g = gradient[k] + m_weightDecay * w[k];
            const float v = kept * velocity[k] + g;
            velocity[k] = v;
            w[k] -= rate * (m_nesterov ? g + m_momentum * v : v);
        }
    }

    std::span<const ParameterView> m_parameters;
    float m_momentum;
    float m_weightDecay;
    bool m_nesterov;
    bool m_first = true;
    std::vector<std::vector<float>> m_velocities;
};

} // namespace

OptimizerInfo sgdInfo() {
    OptimizerInfo info{"sgd", "SGD", "Stochastic gradient descent: a step against the gradient, with momentum if wanted.", {}, nullptr};
    info.parameters = {
        {.name = "momentum", .label = "Momentum", .fallback = 0.0, .minimum = 0.0, .maximum = 0.9999,
         .meaning = "Share of the last update that is kept; 0.9 is common."},
        {.name = "nesterov", .label = "Nesterov", .kind = ParameterKind::Flag, .fallback = 0.0, .minimum = 0.0, .maximum = 1.0,
         .meaning = "Look ahead along the momentum before taking the gradient's step."},
        {.name = "weight_decay", .label = "Weight decay", .fallback = 0.0, .minimum = 0.0, .maximum = 10.0,
         .meaning = "L2 penalty: this times the weight is added to its gradient."},
    };
    info.make = [](const ParameterValues& values, std::span<const ParameterView> parameters) -> std::unique_ptr<Optimizer> {
        return std::make_unique<Sgd>(values, parameters);
    };
    return info;
}

} // namespace ratescope
