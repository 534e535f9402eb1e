// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/optimizer/adam.h"

#include "core/optimizer/adam_moments.h"

namespace ratescope {

namespace {

const std::vector<ParameterInfo>& parameterTable() {
    static const std::vector<ParameterInfo> table = {rule::beta1(), rule::beta2(), rule::epsilon(1e-8), rule::weightDecay(),
                                                     rule::amsgrad()};
    return table;
}

class Adam final : public rule::AdamStep {
public:
    Adam(const ParameterValues& values, std::size_t parameters)
        : AdamStep(rule::Reader(parameterTable(), values), parameters) {}

    void update(const UpdateSlice& slice) override { step(slice, m_moments.weightDecay, 1.0F); }
};

} // namespace

OptimizerInfo adamInfo() {
    return {.type = "adam",
            .label = "Adam",
            .meaning = "Scales each weight's step by its gradients' running mean and size: one rate does nearly everywhere.",
            .source = "Kingma and Ba 2015; AMSGrad: Reddi et al. 2018",
            .parameters = parameterTable(),
            .make = rule::make<Adam>,
            .check = nullptr,
            .suggestedRate = 0.001};
}

} // namespace ratescope
