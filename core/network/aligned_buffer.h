// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>

namespace ratescope {

/// Floats on a 64-byte border, zero at first. The border is not only for speed: vectorised sums peel to it, so the same
/// alignment in every run is part of “same configuration, same bits”.
class AlignedBuffer {
public:
    static constexpr std::size_t alignment = 64;
    static constexpr std::size_t floatsPerLine = alignment / sizeof(float);

    /// `count` rounded up to a whole line.
    static constexpr std::size_t padded(std::size_t count) { return (count + floatsPerLine - 1) / floatsPerLine * floatsPerLine; }

    AlignedBuffer() = default;
    explicit AlignedBuffer(std::size_t count)
        : m_data(allocate(count))
        , m_size(count) {
        std::fill_n(m_data.get(), count, 0.0F);
    }

    float* data() { return m_data.get(); }
    const float* data() const { return m_data.get(); }
    std::size_t size() const { return m_size; }
    std::span<float> span() { return {m_data.get(), m_size}; }
    std::span<const float> span() const { return {m_data.get(), m_size}; }

private:
    struct Free {
        void operator()(float* data) const { std::free(data); }
    };
    static float* allocate(std::size_t count) {
        void* data = std::aligned_alloc(alignment, padded(count == 0 ? 1 : count) * sizeof(float));
        if (!data) throw std::bad_alloc();
        return static_cast<float*>(data);
    }

    std::unique_ptr<float[], Free> m_data;
    std::size_t m_size = 0;
};

} // namespace ratescope
