// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/optimizer/radam.h"

#include "core/optimizer/adam_moments.h"

namespace ratescope {

namespace {

const std::vector<ParameterInfo>& parameterTable() {
    static const std::vector<ParameterInfo> table = {rule::beta1(), rule::beta2(), rule::epsilon(1e-8), rule::weightDecay()};
    return table;
}

class RAdam final : public Optimizer {
public:
    RAdam(const ParameterValues& values, std::size_t parameters)
        : Optimizer(parameters, {0.0F, 0.0F})
        , m_moments(rule::Reader(parameterTable(), values)) {}

    void prepareStep() override {
        const double correction2 = m_moments.correction2(steps());
        const double longest = 2.0 / (1.0 - m_moments.beta2) - 1.0;
        const double length = longest - 2.0 * static_cast<double>(steps()) * (1.0 - correction2) / correction2;
        m_correction1 = static_cast<float>(m_moments.correction1(steps()));
        m_correction2 = static_cast<float>(std::sqrt(correction2));
        m_isRectified = length > 5.0;
        if (m_isRectified)
            m_rectification = static_cast<float>(std::sqrt((length - 4.0) * (length - 2.0) * longest /
                                                           ((longest - 4.0) * (longest - 2.0) * length)));
    }

    void update(const UpdateSlice& slice) override {
        if (m_isRectified)
            updateAs<true>(slice);
        else
            updateAs<false>(slice);
    }

private:
    template <bool rectified> void updateAs(const UpdateSlice& slice) {
        float* __restrict w = slice.weights;
        const float* __restrict gradient = slice.gradients;
        float* __restrict mean = buffer(0, slice);
        float* __restrict square = buffer(1, slice);
        const rule::Moments moments = m_moments;
        const float rateHere = static_cast<float>(rate() * slice.multiplier);
        const float correction1 = m_correction1;
        [[maybe_unused]] const float correction2 = m_correction2;
        [[maybe_unused]] const float rectification = m_rectification;
        for (std::size_t k = 0; k < slice.count; ++k) {
            const float g = rule::multiplyAdd(moments.weightDecay, w[k], gradient[k]);
            const float m = moments.mean.of(mean[k], g);
            const float v = moments.square.ofSquare(square[k], g);
            mean[k] = m;
            square[k] = v;
            float move = m / correction1 * rateHere;
            if constexpr (rectified) move = move * (correction2 / (std::sqrt(v) + moments.epsilon)) * rectification;
            w[k] -= move;
        }
    }

    const rule::Moments m_moments;
    float m_correction1 = 1.0F;
    float m_correction2 = 1.0F; ///< its root
    float m_rectification = 1.0F;
    bool m_isRectified = false;
};

} // namespace

OptimizerInfo radamInfo() {
    return {.type = "radam",
            .label = "RAdam",
            .meaning = "Adam that trusts its scaling only once it has seen enough gradients: a warm-up built in.",
            .source = "Liu et al. 2020",
            .parameters = parameterTable(),
            .make = rule::make<RAdam>,
            .check = nullptr,
            .suggestedRate = 0.001};
}

} // namespace ratescope
