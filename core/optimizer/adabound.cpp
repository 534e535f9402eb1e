// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/optimizer/adabound.h"

#include "core/optimizer/adam_moments.h"

namespace ratescope {

namespace {

const std::vector<ParameterInfo>& parameterTable() {
    static const std::vector<ParameterInfo> table = {
        rule::beta1(),
        rule::beta2(),
        // As high as a schedule's rates may go.
        {.name = "final_lr", .label = "Final rate", .fallback = 0.1, .minimum = 0.0, .maximum = 1e6, .logarithmic = true,
         .suggestion = 0.1, .meaning = "The rate that the rule ends with as SGD; it goes up and down with the schedule's."},
        // Above 0, for the upper bound is divided by it; from 1 on the bounds would have closed after a few steps.
        {.name = "gamma", .label = "Gamma", .fallback = 1e-3, .minimum = 0.0, .maximum = 1.0, .aboveMinimum = true,
         .logarithmic = true, .suggestion = 1e-3,
         .meaning = "How fast the bounds close in: after 1/gamma steps they are a factor of 4 apart."},
        rule::epsilon(1e-8),
        rule::weightDecay(),
        rule::flag("amsbound", "AMSBound", "Divide by the largest second moment so far, so that no step size grows again."),
    };
    return table;
}

class AdaBound final : public Optimizer {
public:
    AdaBound(const ParameterValues& values, std::size_t parameters)
        : AdaBound(rule::Reader(parameterTable(), values), parameters) {}

    void prepareStep() override {
        if (scalar(base) == 0.0) setScalar(base, rate());
        const double final = scalar(base) == 0.0 ? 0.0 : m_finalRate * rate() / scalar(base);
        const double progress = m_gamma * static_cast<double>(steps());
        m_least = static_cast<float>(final * (1.0 - 1.0 / (progress + 1.0)));
        m_most = static_cast<float>(final * (1.0 + 1.0 / progress));
        m_correction = std::sqrt(m_moments.correction2(steps())) / m_moments.correction1(steps());
    }

    void update(const UpdateSlice& slice) override {
        if (m_amsbound)
            updateAs<true>(slice);
        else
            updateAs<false>(slice);
    }

private:
    static constexpr std::size_t base = 0; ///< the scalar that the rates are measured against; 0: not known yet

    AdaBound(const rule::Reader& read, std::size_t parameters)
        : Optimizer(parameters, std::vector<float>(read.flag("amsbound") ? 3 : 2, 0.0F), {0.0})
        , m_moments(read)
        , m_finalRate(read.number("final_lr"))
        , m_gamma(read.number("gamma"))
        , m_amsbound(read.flag("amsbound")) {}

    template <bool amsbound> void updateAs(const UpdateSlice& slice) {
        float* __restrict w = slice.weights;
        const float* __restrict gradient = slice.gradients;
        float* __restrict mean = buffer(0, slice);
        float* __restrict square = buffer(1, slice);
        [[maybe_unused]] float* __restrict largest = amsbound ? buffer(2, slice) : nullptr;
        const rule::Moments moments = m_moments;
        const float size = static_cast<float>(rate() * slice.multiplier * m_correction);
        const float least = m_least;
        const float most = slice.multiplier == 0.0 ? 0.0F : m_most; // the lower bound would move a frozen layer
        for (std::size_t k = 0; k < slice.count; ++k) {
            const float g = rule::multiplyAdd(moments.weightDecay, w[k], gradient[k]);
            const float m = moments.mean.of(mean[k], g);
            float v = moments.square.ofSquare(square[k], g);
            mean[k] = m;
            square[k] = v;
            if constexpr (amsbound) largest[k] = v = rule::larger(v, largest[k]);
            const float step = rule::within(size / (std::sqrt(v) + moments.epsilon), least, most);
            w[k] = rule::multiplyAdd(-step, m, w[k]);
        }
    }

    const rule::Moments m_moments;
    double m_finalRate;
    double m_gamma;
    bool m_amsbound;
    float m_least = 0.0F;
    float m_most = 0.0F;
    double m_correction = 1.0;
};

} // namespace

OptimizerInfo adaboundInfo() {
    return {.type = "adabound",
            .label = "AdaBound",
            .meaning = "Begins as Adam and turns into SGD, between bounds that close in: fast at first, steady in the end.",
            .source = "Luo et al. 2019",
            .parameters = parameterTable(),
            .make = rule::make<AdaBound>,
            .check = nullptr,
            .suggestedRate = 0.001};
}

} // namespace ratescope
