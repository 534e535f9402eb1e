// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/pooling.h"

#include "core/network/layer.h"
#include "core/network/simd.h"

#include <cstring>
#include <vector>

namespace ratescope {

namespace {

using Ints [[gnu::vector_size(simd::width * sizeof(std::int32_t))]] = std::int32_t;
using Shorts [[gnu::vector_size(simd::width * sizeof(std::uint16_t))]] = std::uint16_t;

/// The winner among size × size values of `simd::width` channels.
inline void poolLanes(const PoolingRow& row, const float* in, float* out, std::uint16_t* winners) {
    simd::Vec best = simd::load(in);
    Ints winner{};
    std::int32_t number = 0;
    for (std::int64_t y = 0; y < row.size; ++y) {
        for (std::int64_t x = 0; x < row.size; ++x, ++number) {
            const simd::Vec value = simd::load(in + y * row.rowStride + x * row.columnStride);
            const Ints better = (value > best) | (value != value);
            best = better ? value : best;
            winner = better ? Ints{} + number : winner;
        }
    }
    simd::store(out, best);
    const Shorts narrow = __builtin_convertvector(winner, Shorts);
    std::memcpy(winners, &narrow, sizeof narrow);
}

inline void poolOne(const PoolingRow& row, const float* in, float* out, std::uint16_t* winners) {
    *out = *in;
    *winners = 0;
    std::uint16_t number = 0;
    for (std::int64_t y = 0; y < row.size; ++y) {
        for (std::int64_t x = 0; x < row.size; ++x, ++number) {
            const float value = in[y * row.rowStride + x * row.columnStride];
            if (!(value > *out) && value == value) continue;
            *out = value;
            *winners = number;
        }
    }
}

class MaxPoolLayer final : public Layer {
public:
    MaxPoolLayer(Shape input, std::int64_t size)
        : m_input(input)
        , m_size(size)
        , m_output{input.height / size, input.width / size, input.channels, input.grey} {}

    Shape outputShape() const override { return m_output; }

    void reserve(std::int64_t rows, std::int64_t, bool) override {
        m_winners.resize(static_cast<std::size_t>(rows * m_output.stride()));
    }

    void forward(const LayerInput& input, Rows output, RowSpan rows, const Pass&, float*) override {
        const std::int64_t channels = m_output.channelStride();
        for (std::int64_t n = rows.first; n < rows.last; ++n) {
            for (std::int64_t y = 0; y < m_output.height; ++y) {
                const std::int64_t first = y * m_output.width * channels;
                poolRow({input.rows.row(n) + y * m_size * rowStride(), rowStride(), channels, m_output.width, m_size, channels},
                        output.row(n) + first, winnersOf(n) + first);
            }
        }
    }

    void backward(const Backward& step, float*) override {
        if (!step.inputGradient.data) return;
        const std::int64_t channels = m_output.channelStride();
        for (std::int64_t n = step.rows.first; n < step.rows.last; ++n) {
            float* to = step.inputGradient.row(n);
            std::memset(to, 0, static_cast<std::size_t>(m_input.stride()) * sizeof(float));
            for (std::int64_t p = 0; p < m_output.positions(); ++p) {
                const std::int64_t y = p / m_output.width * m_size;
                const std::int64_t x = p % m_output.width * m_size;
                for (std::int64_t c = 0; c < m_output.channels; ++c) {
                    const std::int64_t winner = winnersOf(n)[p * channels + c];
                    to[(y + winner / m_size) * rowStride() + (x + winner % m_size) * m_input.channelStride() + c] =
                        step.outputGradient.row(n)[p * channels + c];
                }
            }
        }
    }

private:
    std::int64_t rowStride() const { return m_input.width * m_input.channelStride(); }
    std::uint16_t* winnersOf(std::int64_t sample) { return m_winners.data() + sample * m_output.stride(); }

    Shape m_input;
    std::int64_t m_size;
    Shape m_output;
    std::vector<std::uint16_t> m_winners;
};

} // namespace

void poolRow(const PoolingRow& row, float* out, std::uint16_t* winners) {
    for (std::int64_t w = 0; w < row.windows; ++w) {
        const float* in = row.in + w * row.size * row.columnStride;
        const std::int64_t first = w * row.channels;
        if (row.channels == 1) {
            poolOne(row, in, out + first, winners + first);
            continue;
        }
        for (std::int64_t c = 0; c < row.channels; c += simd::width) poolLanes(row, in + c, out + first + c, winners + first + c);
    }
}

std::unique_ptr<Layer> makeMaxPoolLayer(Shape input, std::int64_t size) { return std::make_unique<MaxPoolLayer>(input, size); }

} // namespace ratescope
