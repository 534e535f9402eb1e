// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <utility>

namespace ratescope {

/// A stretch of an axis in its values.
using AxisRange = std::pair<double, double>;

/// Where the values of an axis lie on the screen: linear or logarithmic, `lower` at pixel `start`, `upper` at `end`.
class AxisMap {
public:
    AxisMap() = default;
    /// lower < upper; of a logarithmic axis both above 0.
    AxisMap(AxisRange range, bool logarithmic, double start, double end)
        : m_range(range)
        , m_logarithmic(logarithmic)
        , m_start(start)
        , m_end(end) {
        const double low = logarithmic ? std::log10(range.first) : range.first;
        const double high = logarithmic ? std::log10(range.second) : range.second;
        m_scale = (end - start) / (high - low);
        m_offset = start - low * m_scale;
    }

    /// Far outside is far enough: what draws must not overflow. NaN stays NaN.
    double toPixel(double value) const {
        if (m_logarithmic) value = std::log10(std::max(value, 1e-300));
        return std::clamp(m_offset + m_scale * value, -farAway, farAway);
    }
    double toValue(double pixel) const {
        const double value = (pixel - m_offset) / m_scale;
        return m_logarithmic ? std::pow(10.0, value) : value;
    }
    /// The range that is in sight after the axis has been moved by `pixels`.
    AxisRange moved(double pixels) const { return ordered(toValue(m_start - pixels), toValue(m_end - pixels)); }
    /// The range that is in sight after zooming by `factor` (below 1: nearer) around `pixel`.
    AxisRange zoomed(double pixel, double factor) const {
        return ordered(toValue(pixel + (m_start - pixel) * factor), toValue(pixel + (m_end - pixel) * factor));
    }

    AxisRange range() const { return m_range; }
    bool isLogarithmic() const { return m_logarithmic; }
    double start() const { return m_start; }
    double end() const { return m_end; }
    bool operator==(const AxisMap&) const = default;

private:
    static constexpr double farAway = 1e5;
    static AxisRange ordered(double a, double b) { return {std::min(a, b), std::max(a, b)}; }

    AxisRange m_range{0.0, 1.0};
    bool m_logarithmic = false;
    double m_start = 0.0;
    double m_end = 1.0;
    double m_scale = 1.0;
    double m_offset = 0.0;
};

} // namespace ratescope
