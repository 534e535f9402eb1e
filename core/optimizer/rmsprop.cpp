// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/optimizer/rmsprop.h"

#include "core/optimizer/update_rule.h"

namespace ratescope {

namespace {

const std::vector<ParameterInfo>& parameterTable() {
    static const std::vector<ParameterInfo> table = {
        rule::share("alpha", "Alpha", 0.99, "Share of the squared gradients' running mean that is kept at each step."),
        rule::epsilon(1e-8),
        rule::weightDecay(),
        // As in SGD: ends where a step would be ten thousand times the plain one.
        {.name = "momentum", .label = "Momentum", .fallback = 0.0, .minimum = 0.0, .maximum = 0.9999, .suggestion = 0.9,
         .meaning = "Share of the last update that is kept."},
        rule::flag("centered", "Centred", "Divide by the gradients' standard deviation, not by their root mean square."),
    };
    return table;
}

class RmsProp final : public Optimizer {
public:
    RmsProp(const ParameterValues& values, std::size_t parameters)
        : RmsProp(rule::Reader(parameterTable(), values), parameters) {}

    void update(const UpdateSlice& slice) override {
        if (m_centered)
            m_momentum > 0.0F ? updateAs<true, true>(slice) : updateAs<true, false>(slice);
        else
            m_momentum > 0.0F ? updateAs<false, true>(slice) : updateAs<false, false>(slice);
    }

private:
    RmsProp(const rule::Reader& read, std::size_t parameters)
        : Optimizer(parameters, std::vector<float>(std::size_t{1} + (read.flag("centered") ? 1 : 0) +
                                                       (read.single("momentum") > 0.0F ? 1 : 0), 0.0F))
        , m_average(read.number("alpha"))
        , m_epsilon(read.single("eps"))
        , m_weightDecay(read.single("weight_decay"))
        , m_momentum(read.single("momentum"))
        , m_centered(read.flag("centered")) {}

    template <bool centered, bool hasMomentum> void updateAs(const UpdateSlice& slice) {
        float* __restrict w = slice.weights;
        const float* __restrict gradient = slice.gradients;
        float* __restrict square = buffer(0, slice);
        [[maybe_unused]] float* __restrict mean = centered ? buffer(1, slice) : nullptr;
        [[maybe_unused]] float* __restrict velocity = hasMomentum ? buffer(centered ? 2 : 1, slice) : nullptr;
        const float step = -static_cast<float>(rate() * slice.multiplier);
        const rule::Average average = m_average;
        const float epsilon = m_epsilon;
        const float decay = m_weightDecay;
        [[maybe_unused]] const float momentum = m_momentum;
        for (std::size_t k = 0; k < slice.count; ++k) {
            const float g = rule::multiplyAdd(decay, w[k], gradient[k]);
            float v = average.ofSquare(square[k], g);
            square[k] = v;
            if constexpr (centered) {
                const float a = average.of(mean[k], g);
                mean[k] = a;
                const float variance = rule::multiplyAdd(-a, a, v);
                v = variance < 0.0F ? 0.0F : variance;
            }
            const float denominator = std::sqrt(v) + epsilon;
            if constexpr (hasMomentum) {
                const float b = rule::multiplyAdd(momentum, velocity[k], g / denominator);
                velocity[k] = b;
                w[k] = rule::multiplyAdd(step, b, w[k]);
            } else {
                w[k] += step * g / denominator;
            }
        }
    }

    rule::Average m_average;
    float m_epsilon;
    float m_weightDecay;
    float m_momentum;
    bool m_centered;
};

} // namespace

OptimizerInfo rmspropInfo() {
    return {.type = "rmsprop",
            .label = "RMSprop",
            .meaning = "Divides each gradient by the recent size of its weight's: evens out layers of different slopes.",
            .source = "Tieleman and Hinton 2012, lecture 6.5; centred: Graves 2013",
            .parameters = parameterTable(),
            .make = rule::make<RmsProp>,
            .check = nullptr,
            .suggestedRate = 0.001};
}

} // namespace ratescope
