// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/optimizer/update_rule.h"

#include <cmath>

// What Adam's relatives share; for their .cpp files alone.

namespace ratescope::rule {

/// Adam's two running means: of the gradients and of their squares, with the corrections for both having begun at 0.
struct Moments {
    explicit Moments(const Reader& read)
        : beta1(read.number("beta1"))
        , beta2(read.number("beta2"))
        , mean(beta1)
        , square(beta2)
        , epsilon(read.single("eps"))
        , weightDecay(read.single("weight_decay")) {}

    double correction1(std::uint64_t steps) const { return 1.0 - std::pow(beta1, static_cast<double>(steps)); }
    double correction2(std::uint64_t steps) const { return 1.0 - std::pow(beta2, static_cast<double>(steps)); }

    double beta1;
    double beta2;
    Average mean;
    Average square;
    float epsilon;
    float weightDecay;
};

/// The step that Adam and AdamW share; they differ in where the weight decay goes.
class AdamStep : public Optimizer {
protected:
    AdamStep(const Reader& read, std::size_t parameters)
        : Optimizer(parameters, std::vector<float>(read.flag("amsgrad") ? 3 : 2, 0.0F))
        , m_moments(read)
        , m_amsgrad(read.flag("amsgrad")) {}

    /// penalty: times the weight is added to its gradient; kept: what each weight is multiplied by first.
    void step(const UpdateSlice& slice, float penalty, float kept) {
        if (m_amsgrad)
            stepAs<true>(slice, penalty, kept);
        else
            stepAs<false>(slice, penalty, kept);
    }

    void prepareStep() override {
        m_correction1 = m_moments.correction1(steps());
        m_correction2 = m_moments.correction2(steps());
    }

    const Moments m_moments;

private:
    template <bool amsgrad> void stepAs(const UpdateSlice& slice, float penalty, float kept) {
        float* __restrict w = slice.weights;
        const float* __restrict gradient = slice.gradients;
        float* __restrict mean = buffer(0, slice);
        float* __restrict square = buffer(1, slice);
        [[maybe_unused]] float* __restrict largest = amsgrad ? buffer(2, slice) : nullptr;
        const Moments moments = m_moments;
        const float root2 = static_cast<float>(std::sqrt(m_correction2));
        const float step = -static_cast<float>(rate() * slice.multiplier / m_correction1);
        for (std::size_t k = 0; k < slice.count; ++k) {
            const float g = multiplyAdd(penalty, w[k], gradient[k]);
            const float m = moments.mean.of(mean[k], g);
            float v = moments.square.ofSquare(square[k], g);
            mean[k] = m;
            square[k] = v;
            if constexpr (amsgrad) largest[k] = v = larger(v, largest[k]);
            const float denominator = std::sqrt(v) / root2 + moments.epsilon;
            w[k] = multiplyAdd(kept, w[k], step * m / denominator);
        }
    }

    bool m_amsgrad;
    double m_correction1 = 1.0;
    double m_correction2 = 1.0;
};

} // namespace ratescope::rule
