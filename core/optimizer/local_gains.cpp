// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/optimizer/local_gains.h"

#include "core/optimizer/update_rule.h"

namespace ratescope {

namespace {

const std::vector<ParameterInfo>& parameterTable() {
    // The two bounds meet at 1, where the gains begin, so that they cannot cross.
    static const std::vector<ParameterInfo> table = {
        {.name = "increase", .label = "Increase", .fallback = 0.05, .minimum = 0.0, .maximum = 1.0, .suggestion = 0.05,
         .meaning = "Added to a weight's gain while its gradient keeps its sign."},
        {.name = "decrease", .label = "Decrease", .fallback = 0.95, .minimum = 0.0, .maximum = 1.0, .aboveMinimum = true,
         .suggestion = 0.95, .meaning = "What a weight's gain is multiplied by when its gradient flips its sign."},
        {.name = "min_gain", .label = "Smallest gain", .fallback = 0.1, .minimum = 0.0, .maximum = 1.0, .logarithmic = true,
         .suggestion = 0.1, .meaning = "The smallest gain that a weight may come to."},
        {.name = "max_gain", .label = "Largest gain", .fallback = 10.0, .minimum = 1.0, .maximum = 1e6, .logarithmic = true,
         .suggestion = 10.0, .meaning = "The largest gain that a weight may come to."},
    };
    return table;
}

class LocalGains final : public Optimizer {
public:
    LocalGains(const ParameterValues& values, std::size_t parameters)
        : LocalGains(rule::Reader(parameterTable(), values), parameters) {}

    void update(const UpdateSlice& slice) override {
        float* __restrict w = slice.weights;
        const float* __restrict gradient = slice.gradients;
        // Of the gradients before. Their signs, as a product with small gradients themselves might round to 0.
        float* __restrict sign = buffer(0, slice);
        float* __restrict gains = buffer(1, slice);
        const float rateHere = static_cast<float>(rate() * slice.multiplier);
        const float increase = m_increase;
        const float decrease = m_decrease;
        const float least = m_least;
        const float most = m_most;
        for (std::size_t k = 0; k < slice.count; ++k) {
            const float g = gradient[k];
            const float agreement = g * sign[k];
            const float changed = agreement > 0.0F ? gains[k] + increase : agreement < 0.0F ? gains[k] * decrease : gains[k];
            const float gain = rule::within(changed, least, most);
            sign[k] = g > 0.0F ? 1.0F : g < 0.0F ? -1.0F : 0.0F;
            gains[k] = gain;
            w[k] = rule::multiplyAdd(-(rateHere * gain), g, w[k]);
        }
    }

private:
    LocalGains(const rule::Reader& read, std::size_t parameters)
        : Optimizer(parameters, {0.0F, 1.0F})
        , m_increase(read.single("increase"))
        , m_decrease(read.single("decrease"))
        , m_least(read.single("min_gain"))
        , m_most(read.single("max_gain")) {}

    float m_increase;
    float m_decrease;
    float m_least;
    float m_most;
};

} // namespace

OptimizerInfo localGainsInfo() {
    return {.type = "local_gains",
            .label = "Local gains",
            .meaning = "SGD with a gain for every weight, which grows while its gradient keeps its sign: before Adam.",
            .source = "Hinton 2012, lecture 6; after Jacobs 1988",
            .parameters = parameterTable(),
            .make = rule::make<LocalGains>,
            .check = nullptr,
            .suggestedRate = 0.05};
}

} // namespace ratescope
