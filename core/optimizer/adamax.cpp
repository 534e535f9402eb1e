// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/optimizer/adamax.h"

#include "core/optimizer/adam_moments.h"

namespace ratescope {

namespace {

const std::vector<ParameterInfo>& parameterTable() {
    static const std::vector<ParameterInfo> table = {
        rule::beta1(), rule::beta2("Share of the largest gradient so far that is kept at each step."), rule::epsilon(1e-8),
        rule::weightDecay()};
    return table;
}

class AdaMax final : public Optimizer {
public:
    AdaMax(const ParameterValues& values, std::size_t parameters)
        : Optimizer(parameters, {0.0F, 0.0F})
        , m_moments(rule::Reader(parameterTable(), values)) {}

    void prepareStep() override { m_correction1 = m_moments.correction1(steps()); }

    void update(const UpdateSlice& slice) override {
        float* __restrict w = slice.weights;
        const float* __restrict gradient = slice.gradients;
        float* __restrict mean = buffer(0, slice);
        float* __restrict norm = buffer(1, slice);
        const rule::Moments moments = m_moments;
        const float step = -static_cast<float>(rate() * slice.multiplier / m_correction1);
        for (std::size_t k = 0; k < slice.count; ++k) {
            const float g = rule::multiplyAdd(moments.weightDecay, w[k], gradient[k]);
            const float m = moments.mean.of(mean[k], g);
            const float u = rule::larger(moments.square.kept * norm[k], std::abs(g) + moments.epsilon);
            mean[k] = m;
            norm[k] = u;
            w[k] += step * m / u;
        }
    }

private:
    const rule::Moments m_moments;
    double m_correction1 = 1.0;
};

} // namespace

OptimizerInfo adamaxInfo() {
    return {.type = "adamax",
            .label = "AdaMax",
            .meaning = "Adam that divides by the largest recent gradient: calm where gradients come in bursts.",
            .source = "Kingma and Ba 2015, section 7.1",
            .parameters = parameterTable(),
            .make = rule::make<AdaMax>,
            .check = nullptr,
            .suggestedRate = 0.002};
}

} // namespace ratescope
