// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/optimizer/sgd.h"

#include "core/optimizer/update_rule.h"

namespace ratescope {

namespace {

const std::vector<ParameterInfo>& parameterTable() {
    // Momentum ends where a step would be ten thousand times that of the plain rule.
    static const std::vector<ParameterInfo> table = {
        {.name = "momentum", .label = "Momentum", .fallback = 0.0, .minimum = 0.0, .maximum = 0.9999, .suggestion = 0.9,
         .meaning = "Share of the last update that is kept; 0.9 is common."},
        {.name = "dampening", .label = "Dampening", .fallback = 0.0, .minimum = 0.0, .maximum = 1.0,
         .meaning = "Share of each new gradient that is left out of the momentum."},
        rule::flag("nesterov", "Nesterov", "Look ahead along the momentum before taking the gradient's step."),
        rule::weightDecay(),
    };
    return table;
}

class Sgd final : public Optimizer {
public:
    Sgd(const ParameterValues& values, std::size_t parameters)
        : Sgd(rule::Reader(parameterTable(), values), parameters) {}

    void update(const UpdateSlice& slice) override {
        if (m_momentum == 0.0F)
            plainUpdate(slice);
        else if (m_nesterov)
            momentumUpdate<true>(slice);
        else
            momentumUpdate<false>(slice);
    }

private:
    Sgd(const rule::Reader& read, std::size_t parameters)
        : Optimizer(parameters, std::vector<float>(read.single("momentum") == 0.0F ? 0 : 1, 0.0F))
        , m_momentum(read.single("momentum"))
        , m_fresh(static_cast<float>(1.0 - read.number("dampening")))
        , m_weightDecay(read.single("weight_decay"))
        , m_nesterov(read.flag("nesterov")) {}

    void plainUpdate(const UpdateSlice& slice) const {
        float* __restrict w = slice.weights;
        const float* __restrict gradient = slice.gradients;
        const float step = -static_cast<float>(rate() * slice.multiplier);
        const float decay = m_weightDecay;
        for (std::size_t k = 0; k < slice.count; ++k) {
            const float g = rule::multiplyAdd(decay, w[k], gradient[k]);
            w[k] = rule::multiplyAdd(step, g, w[k]);
        }
    }

    template <bool nesterov> void momentumUpdate(const UpdateSlice& slice) {
        float* __restrict w = slice.weights;
        const float* __restrict gradient = slice.gradients;
        float* __restrict velocity = buffer(0, slice);
        const float step = -static_cast<float>(rate() * slice.multiplier);
        const float decay = m_weightDecay;
        const float momentum = m_momentum;
        // The first step starts the velocity with the whole gradient, whatever the dampening.
        const float fresh = steps() == 1 ? 1.0F : m_fresh;
        for (std::size_t k = 0; k < slice.count; ++k) {
            const float g = rule::multiplyAdd(decay, w[k], gradient[k]);
            const float v = rule::multiplyAdd(fresh, g, momentum * velocity[k]);
            velocity[k] = v;
            w[k] = rule::multiplyAdd(step, nesterov ? rule::multiplyAdd(momentum, v, g) : v, w[k]);
        }
    }

    float m_momentum;
    float m_fresh;
    float m_weightDecay;
    bool m_nesterov;
};

Problems check(const ParameterValues& values) {
    const rule::Reader read(parameterTable(), values);
    if (!read.flag("nesterov")) return {};
    Problems problems;
    if (read.number("momentum") <= 0.0) problems.push_back({"nesterov", "needs a momentum above 0"});
    if (read.number("dampening") != 0.0) problems.push_back({"nesterov", "needs a dampening of 0"});
    return problems;
}

} // namespace

OptimizerInfo sgdInfo() {
    return {.type = "sgd",
            .label = "SGD",
            .meaning = "A step straight against the gradient, with momentum if wanted: the yardstick for all other rules.",
            .source = "Robbins and Monro 1951; momentum: Sutskever et al. 2013",
            .parameters = parameterTable(),
            .make = rule::make<Sgd>,
            .check = check,
            .suggestedRate = 0.1};
}

} // namespace ratescope
