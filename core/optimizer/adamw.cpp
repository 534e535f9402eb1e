// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/optimizer/adamw.h"

#include "core/optimizer/adam_moments.h"

namespace ratescope {

namespace {

const std::vector<ParameterInfo>& parameterTable() {
    static const std::vector<ParameterInfo> table = {
        rule::beta1(), rule::beta2(), rule::epsilon(1e-8),
        rule::weightDecay(0.01, "This times the rate is the share that each step takes off every weight."), rule::amsgrad()};
    return table;
}

class AdamW final : public rule::AdamStep {
public:
    AdamW(const ParameterValues& values, std::size_t parameters)
        : AdamW(rule::Reader(parameterTable(), values), parameters) {}

    void update(const UpdateSlice& slice) override {
        step(slice, 0.0F, static_cast<float>(1.0 - rate() * slice.multiplier * m_weightDecay));
    }

private:
    AdamW(const rule::Reader& read, std::size_t parameters)
        : AdamStep(read, parameters)
        , m_weightDecay(read.number("weight_decay")) {}

    double m_weightDecay; ///< not rounded: 1 − rate·weight_decay is rounded once
};

} // namespace

OptimizerInfo adamwInfo() {
    return {.type = "adamw",
            .label = "AdamW",
            .meaning = "Adam with a weight decay that its scaling leaves alone: for keeping weights small.",
            .source = "Loshchilov and Hutter 2019",
            .parameters = parameterTable(),
            .make = rule::make<AdamW>,
            .check = nullptr,
            .suggestedRate = 0.001};
}

} // namespace ratescope
