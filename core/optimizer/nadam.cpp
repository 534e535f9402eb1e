// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/optimizer/nadam.h"

#include "core/optimizer/adam_moments.h"

namespace ratescope {

namespace {

const std::vector<ParameterInfo>& parameterTable() {
    static const std::vector<ParameterInfo> table = {
        rule::beta1(),
        rule::beta2(),
        rule::epsilon(1e-8),
        rule::weightDecay(),
        // At 1 the momentum is all there after a hundred steps.
        {.name = "momentum_decay", .label = "Momentum decay", .fallback = 0.004, .minimum = 0.0, .maximum = 1.0,
         .logarithmic = true, .suggestion = 0.004,
         .meaning = "How fast the momentum grows from half of beta 1 to all of it; 0 keeps it at half."},
    };
    return table;
}

class NAdam final : public Optimizer {
public:
    NAdam(const ParameterValues& values, std::size_t parameters)
        : NAdam(rule::Reader(parameterTable(), values), parameters) {}

    void prepareStep() override {
        m_mu = momentumAt(steps());
        m_nextMu = momentumAt(steps() + 1);
        setScalar(product, scalar(product) * m_mu);
        m_correction2 = static_cast<float>(m_moments.correction2(steps()));
    }

    void update(const UpdateSlice& slice) override {
        float* __restrict w = slice.weights;
        const float* __restrict gradient = slice.gradients;
        float* __restrict mean = buffer(0, slice);
        float* __restrict square = buffer(1, slice);
        const rule::Moments moments = m_moments;
        const float correction2 = m_correction2;
        const double rateHere = rate() * slice.multiplier;
        const float gradientStep = -static_cast<float>(rateHere * (1.0 - m_mu) / (1.0 - scalar(product)));
        const float meanStep = -static_cast<float>(rateHere * m_nextMu / (1.0 - scalar(product) * m_nextMu));
        for (std::size_t k = 0; k < slice.count; ++k) {
            const float g = rule::multiplyAdd(moments.weightDecay, w[k], gradient[k]);
            const float m = moments.mean.of(mean[k], g);
            const float v = moments.square.ofSquare(square[k], g);
            mean[k] = m;
            square[k] = v;
            const float denominator = std::sqrt(v / correction2) + moments.epsilon;
            const float between = w[k] + gradientStep * g / denominator;
            w[k] = between + meanStep * m / denominator;
        }
    }

private:
    static constexpr std::size_t product = 0; ///< the scalar μ₁⋯μₜ

    NAdam(const rule::Reader& read, std::size_t parameters)
        : Optimizer(parameters, {0.0F, 0.0F}, {1.0})
        , m_moments(read)
        , m_momentumDecay(read.number("momentum_decay")) {}

    double momentumAt(std::uint64_t step) const {
        return m_moments.beta1 * (1.0 - 0.5 * std::pow(0.96, static_cast<double>(step) * m_momentumDecay));
    }

    const rule::Moments m_moments;
    double m_momentumDecay;
    double m_mu = 0.0;
    double m_nextMu = 0.0;
    float m_correction2 = 1.0F;
};

} // namespace

OptimizerInfo nadamInfo() {
    return {.type = "nadam",
            .label = "NAdam",
            .meaning = "Adam that looks ahead along its momentum, as Nesterov's SGD does: often a little faster early on.",
            .source = "Dozat 2016",
            .parameters = parameterTable(),
            .make = rule::make<NAdam>,
            .check = nullptr,
            .suggestedRate = 0.002};
}

} // namespace ratescope
