// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/optimizer/rprop.h"

#include "core/optimizer/update_rule.h"

namespace ratescope {

namespace {

const std::vector<ParameterInfo>& parameterTable() {
    static const std::vector<ParameterInfo> table = {
        // Strictly between 0 and 1: steps must come to shrink, but not at once to nothing.
        {.name = "eta_minus", .label = "Shrink factor", .fallback = 0.5, .minimum = 0.0, .maximum = rule::mostKept,
         .aboveMinimum = true, .suggestion = 0.5,
         .meaning = "What a weight's step size is multiplied by when its gradient flips its sign."},
        // Above 1: steps must come to grow; 100 leaps over the whole span of step sizes in four steps.
        {.name = "eta_plus", .label = "Growth factor", .fallback = 1.2, .minimum = 1.0, .maximum = 100.0,
         .aboveMinimum = true, .suggestion = 1.2,
         .meaning = "What a weight's step size is multiplied by while its gradient keeps its sign."},
        // Above 0: a step size of 0 could never grow again.
        {.name = "min_step", .label = "Smallest step", .fallback = 1e-6, .minimum = 0.0, .maximum = 1e6,
         .aboveMinimum = true, .logarithmic = true, .suggestion = 1e-6,
         .meaning = "The smallest step size that a weight may come to."},
        {.name = "max_step", .label = "Largest step", .fallback = 50.0, .minimum = 0.0, .maximum = 1e6,
         .aboveMinimum = true, .logarithmic = true, .suggestion = 50.0,
         .meaning = "The largest step size that a weight may come to."},
    };
    return table;
}

class Rprop final : public Optimizer {
public:
    Rprop(const ParameterValues& values, std::size_t parameters)
        : Rprop(rule::Reader(parameterTable(), values), parameters) {}

    void update(const UpdateSlice& slice) override {
        if (slice.multiplier == 0.0) return; // the bounds would lift a step size of 0
        float* __restrict w = slice.weights;
        const float* __restrict gradient = slice.gradients;
        float* __restrict previous = buffer(0, slice);
        float* __restrict size = buffer(1, slice);
        const float first = static_cast<float>(rate() * slice.multiplier);
        const float shrink = m_shrink;
        const float growth = m_growth;
        const float least = m_least;
        const float most = m_most;
        for (std::size_t k = 0; k < slice.count; ++k) {
            const float agreement = gradient[k] * previous[k];
            const float factor = agreement > 0.0F ? growth : agreement < 0.0F ? shrink : 1.0F;
            const float g = agreement < 0.0F ? 0.0F : gradient[k];
            // A size of 0 is one that has not begun: the bounds keep it above from the first step on.
            const float s = rule::within((size[k] == 0.0F ? first : size[k]) * factor, least, most);
            previous[k] = g;
            size[k] = s;
            w[k] -= g > 0.0F ? s : g < 0.0F ? -s : 0.0F;
        }
    }

private:
    Rprop(const rule::Reader& read, std::size_t parameters)
        : Optimizer(parameters, {0.0F, 0.0F})
        , m_shrink(read.single("eta_minus"))
        , m_growth(read.single("eta_plus"))
        , m_least(read.single("min_step"))
        , m_most(read.single("max_step")) {}

    float m_shrink;
    float m_growth;
    float m_least;
    float m_most;
};

Problems check(const ParameterValues& values) {
    return rule::checkOrder(rule::Reader(parameterTable(), values), "min_step", "max_step", "largest step");
}

} // namespace

OptimizerInfo rpropInfo() {
    return {.type = "rprop",
            .label = "Rprop",
            .meaning = "Steps by the gradient's sign alone, for large batches; the rate sets the first step.",
            .source = "Riedmiller and Braun 1993",
            .parameters = parameterTable(),
            .make = rule::make<Rprop>,
            .check = check,
            .suggestedRate = 0.001};
}

} // namespace ratescope
