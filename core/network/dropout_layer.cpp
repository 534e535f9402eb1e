// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/layer.h"

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

/// 32 bits from a key and a counter, without a state, so that any worker can draw the mask of any sample, and backward can draw
/// it again instead of keeping it. A multiply-xorshift hash with the constants that Wellons found to mix best (2018).
inline std::uint32_t mixed(std::uint32_t x) {
    x ^= x >> 16;
    x *= 0x21F0AAADU;
    x ^= x >> 15;
    x *= 0xD35A2D97U;
    x ^= x >> 15;
    return x;
}

/// The SplitMix64 finaliser: keys of neighbouring steps, layers and samples have nothing in common.
std::uint64_t mixed64(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

class DropoutLayer final : public Layer {
public:
    DropoutLayer(Shape input, double rate, std::uint64_t layer)
        : m_shape(input)
        , m_layer(layer)
        , m_limit(static_cast<std::uint64_t>(std::llround(rate * 0x1p32)))
        , m_scale(static_cast<float>(1.0 / (1.0 - rate))) {}

    Shape outputShape() const override { return m_shape; }
    bool elementwise() const override { return true; }

    void forward(const LayerInput& input, Rows output, RowSpan rows, const Pass& pass, float*) override {
        for (std::int64_t n = rows.first; n < rows.last; ++n) {
            if (pass.training)
                apply(input.rows.row(n), output.row(n), n, pass.noise);
            else if (input.rows.row(n) != output.row(n))
                std::copy_n(input.rows.row(n), m_shape.stride(), output.row(n));
        }
    }

    void backward(const Backward& step, float*) override {
        if (!step.inputGradient.data) return;
        for (std::int64_t n = step.rows.first; n < step.rows.last; ++n)
            apply(step.outputGradient.row(n), step.inputGradient.row(n), n, step.pass.noise);
    }

private:
    void apply(const float* from, float* to, std::int64_t row, std::uint64_t noise) const {
        const std::uint64_t key = mixed64(mixed64(noise + m_layer * 0x9E3779B97F4A7C15U) + static_cast<std::uint64_t>(row));
        const auto high = static_cast<std::uint32_t>(key >> 32);
        const auto low = static_cast<std::uint32_t>(key);
        const float scale = m_scale;
        if (m_limit > 0xFFFFFFFFU) return; // a rate that rounds to 1 is refused before
        const auto limit = static_cast<std::uint32_t>(m_limit);
        const auto count = static_cast<std::uint32_t>(m_shape.stride());
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::uint32_t bits = mixed(mixed(i + low) ^ high);
            to[i] = bits < limit ? 0.0F : from[i] * scale;
        }
    }

    Shape m_shape;
    std::uint64_t m_layer;
    std::uint64_t m_limit; ///< of 2³² draws, so many drop the value
    float m_scale;
};

} // namespace

std::unique_ptr<Layer> makeDropoutLayer(Shape input, double rate, std::uint64_t layer) {
    return std::make_unique<DropoutLayer>(input, rate, layer);
}

} // namespace ratescope
