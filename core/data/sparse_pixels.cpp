// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sparse_pixels.h"

#include <algorithm>

namespace ratescope {

SparsePixels::SparsePixels(std::span<const std::uint8_t> pixels, std::uint32_t rows, std::uint32_t columns)
    : m_rows(rows)
    , m_columns(columns) {
    const std::size_t features = std::size_t(rows) * columns;
    const std::size_t count = pixels.size() - static_cast<std::size_t>(std::ranges::count(pixels, std::uint8_t(0)));
    if (pixels.empty() || features > 0x10000 || static_cast<double>(count) > worthwhile * static_cast<double>(pixels.size())) return;
    const std::size_t lines = pixels.size() / columns;
    m_starts.resize(lines + 1);
    // One more than there are: the loop writes ahead of what it keeps, which spares it a branch that nobody can foresee.
    m_places.resize(count + 1);
    m_values.resize(count + 1);
    std::size_t next = 0;
    for (std::size_t line = 0; line < lines; ++line) {
        m_starts[line] = static_cast<std::uint32_t>(next);
        const std::uint8_t* from = pixels.data() + line * columns;
        const std::size_t first = line % rows * columns;
        for (std::size_t c = 0; c < columns; ++c) {
            m_places[next] = static_cast<std::uint16_t>(first + c);
            m_values[next] = from[c];
            next += from[c] != 0;
        }
    }
    m_starts[lines] = static_cast<std::uint32_t>(next);
    m_places.pop_back();
    m_values.pop_back();
}

} // namespace ratescope
