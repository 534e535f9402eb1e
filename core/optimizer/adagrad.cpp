// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/optimizer/adagrad.h"

#include "core/optimizer/update_rule.h"

namespace ratescope {

namespace {

const std::vector<ParameterInfo>& parameterTable() {
    static const std::vector<ParameterInfo> table = {
        // At 1 the rate falls as 1/t already, on top of the rule's own 1/√t and the schedule.
        {.name = "lr_decay", .label = "Rate decay", .fallback = 0.0, .minimum = 0.0, .maximum = 1.0, .logarithmic = true,
         .meaning = "Divides the schedule's rate by 1 plus this times the steps before."},
        rule::weightDecay(),
        // A thousand gradients of size 1000 squared: no network here needs more.
        {.name = "initial_accumulator_value", .label = "Initial sum", .fallback = 0.0, .minimum = 0.0, .maximum = 1e9,
         .logarithmic = true, .suggestion = 0.1,
         .meaning = "Where the sums of squared gradients begin; above 0 it makes the first steps smaller."},
        rule::epsilon(1e-10),
    };
    return table;
}

class Adagrad final : public Optimizer {
public:
    Adagrad(const ParameterValues& values, std::size_t parameters)
        : Adagrad(rule::Reader(parameterTable(), values), parameters) {}

    void update(const UpdateSlice& slice) override {
        float* __restrict w = slice.weights;
        const float* __restrict gradient = slice.gradients;
        float* __restrict sum = buffer(0, slice);
        const double slowed = 1.0 + static_cast<double>(steps() - 1) * m_rateDecay;
        const float step = -static_cast<float>(rate() * slice.multiplier / slowed);
        const float epsilon = m_epsilon;
        const float decay = m_weightDecay;
        for (std::size_t k = 0; k < slice.count; ++k) {
            const float g = rule::multiplyAdd(decay, w[k], gradient[k]);
            const float s = rule::multiplyAdd(g, g, sum[k]);
            sum[k] = s;
            w[k] += step * g / (std::sqrt(s) + epsilon);
        }
    }

private:
    Adagrad(const rule::Reader& read, std::size_t parameters)
        : Optimizer(parameters, {read.single("initial_accumulator_value")})
        , m_rateDecay(read.number("lr_decay"))
        , m_weightDecay(read.single("weight_decay"))
        , m_epsilon(read.single("eps")) {}

    double m_rateDecay;
    float m_weightDecay;
    float m_epsilon;
};

} // namespace

OptimizerInfo adagradInfo() {
    return {.type = "adagrad",
            .label = "Adagrad",
            .meaning = "Divides by the root of all squared gradients so far: large steps for rarely used weights.",
            .source = "Duchi et al. 2011",
            .parameters = parameterTable(),
            .make = rule::make<Adagrad>,
            .check = nullptr,
            .suggestedRate = 0.01};
}

} // namespace ratescope
