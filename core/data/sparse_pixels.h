// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ratescope {

/// Where the pixels other than 0 of a set of images are, image after image, row after row: what a first dense layer needs
/// to leave out the background. Made once as the set is loaded, by whom it is worth while for; 3 bytes a pixel that counts.
class SparsePixels {
public:
    /// A run of neighbours in the list: pixel places[i] of its image has the value values[i].
    struct Run {
        const std::uint16_t* places = nullptr;
        const std::uint8_t* values = nullptr;
        std::size_t count = 0;
    };

    /// Largest share of pixels other than 0 at which the list is faster than the whole image.
    static constexpr double worthwhile = 0.4;

    SparsePixels() = default;

    /// Empty where the images are too large for it or too full: pixels other than 0 above `worthwhile`.
    SparsePixels(std::span<const std::uint8_t> pixels, std::uint32_t rows, std::uint32_t columns);

    bool empty() const { return m_starts.empty(); }
    std::int64_t width() const { return m_columns; }
    std::int64_t height() const { return m_rows; }

    Run image(std::uint32_t sample) const { return between(std::size_t(sample) * m_rows, m_rows); }
    Run rows(std::uint32_t sample, std::int64_t first, std::int64_t last) const {
        return between(std::size_t(sample) * m_rows + static_cast<std::size_t>(first), static_cast<std::size_t>(last - first));
    }

private:
    Run between(std::size_t first, std::size_t rows) const {
        const std::uint32_t start = m_starts[first];
        return {m_places.data() + start, m_values.data() + start, m_starts[first + rows] - start};
    }

    std::uint32_t m_rows = 0;
    std::uint32_t m_columns = 0;
    std::vector<std::uint32_t> m_starts; ///< of every row of every image, and the end
    std::vector<std::uint16_t> m_places;
    std::vector<std::uint8_t> m_values;
};

} // namespace ratescope
