// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/optimizer/adadelta.h"

#include "core/optimizer/update_rule.h"

namespace ratescope {

namespace {

const std::vector<ParameterInfo>& parameterTable() {
    ParameterInfo epsilon = rule::epsilon(1e-6);
    epsilon.meaning = "Added under both roots: the first steps come of it, so that more starts faster; 0 never starts.";
    static const std::vector<ParameterInfo> table = {
        rule::share("rho", "Rho", 0.9, "Share of the running means, of squared gradients and squared steps, that is kept."),
        epsilon, rule::weightDecay()};
    return table;
}

class Adadelta final : public Optimizer {
public:
    Adadelta(const ParameterValues& values, std::size_t parameters)
        : Adadelta(rule::Reader(parameterTable(), values), parameters) {}

    void update(const UpdateSlice& slice) override {
        float* __restrict w = slice.weights;
        const float* __restrict gradient = slice.gradients;
        float* __restrict square = buffer(0, slice);
        float* __restrict moved = buffer(1, slice);
        const float step = -static_cast<float>(rate() * slice.multiplier);
        const rule::Average average = m_average;
        const float epsilon = m_epsilon;
        const float decay = m_weightDecay;
        for (std::size_t k = 0; k < slice.count; ++k) {
            const float g = rule::multiplyAdd(decay, w[k], gradient[k]);
            const float v = average.ofSquare(square[k], g);
            const float delta = std::sqrt(moved[k] + epsilon) / std::sqrt(v + epsilon) * g;
            square[k] = v;
            moved[k] = average.ofSquare(moved[k], delta);
            w[k] = rule::multiplyAdd(step, delta, w[k]);
        }
    }

private:
    Adadelta(const rule::Reader& read, std::size_t parameters)
        : Optimizer(parameters, {0.0F, 0.0F})
        , m_average(read.number("rho"))
        , m_epsilon(read.single("eps"))
        , m_weightDecay(read.single("weight_decay")) {}

    rule::Average m_average;
    float m_epsilon;
    float m_weightDecay;
};

} // namespace

OptimizerInfo adadeltaInfo() {
    return {.type = "adadelta",
            .label = "Adadelta",
            .meaning = "Scales each step by the size of the steps before it: meant to need no rate, so begin with 1.",
            .source = "Zeiler 2012",
            .parameters = parameterTable(),
            .make = rule::make<Adadelta>,
            .check = nullptr,
            .suggestedRate = 1.0};
}

} // namespace ratescope
