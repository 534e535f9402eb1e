// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/axis_map.h"
#include "app/plots/step_scale.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace ratescope {

/// The pixel columns of a frame that a run's steps fall on. Where steps are sparser than pixels each has a column of its
/// own, at its exact place; denser ones share one. While the run grows only the last column changes.
class StepColumns {
public:
    /// Brings the columns up to steps [0, count) along `axis` (device pixels, the frame from 0 to width). Returns the
    /// index of the first column that is not as it was. Steps before `begin` are left out.
    std::size_t update(const AxisMap& axis, const StepScale& scale, std::size_t count, std::size_t begin = 0);

    std::size_t size() const { return m_x.size(); }
    /// Column i holds the steps [edges[i], edges[i + 1]).
    const std::vector<std::size_t>& edges() const { return m_edges; }
    float x(std::size_t i) const { return m_x[i]; }
    /// Whether columns hold so many steps that single ones cannot be told apart.
    bool isDense() const;
    /// Index of the first column that ends beyond `step`.
    std::size_t columnOf(std::size_t step) const;

private:
    void rebuild(std::size_t from, bool goesOn);

    AxisMap m_axis;
    std::optional<StepScale> m_scale;
    std::size_t m_count = 0;
    std::size_t m_begin = 0;
    bool m_sparse = false;
    int m_lastPixel = 0; ///< of the last column, where steps share them
    std::vector<std::size_t> m_edges; ///< one more than columns, or empty
    std::vector<float> m_x;
};

} // namespace ratescope
