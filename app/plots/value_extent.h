// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/axis_map.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ratescope {

/// Gathers values that an axis has to show and gives them room at both ends. What is not finite is left out.
class ValueExtent {
public:
    void add(double value) {
        if (!std::isfinite(value)) return;
        m_low = std::min(m_low, value);
        m_high = std::max(m_high, value);
        if (value > 0.0) m_lowPositive = std::min(m_lowPositive, value);
    }
    void add(const ValueExtent& other) {
        m_low = std::min(m_low, other.m_low);
        m_high = std::max(m_high, other.m_high);
        m_lowPositive = std::min(m_lowPositive, other.m_lowPositive);
    }
    bool empty() const { return m_low > m_high; }
    double low() const { return m_low; }
    double high() const { return m_high; }
    void limit(double low, double high) {
        m_low = std::clamp(m_low, low, high);
        m_high = std::clamp(m_high, low, high);
    }
    void capAt(double high) { m_high = std::min(m_high, std::max(high, m_low)); }

    AxisRange linear(double room) const {
        const double span = m_high > m_low ? m_high - m_low : std::max(std::abs(m_high), 1e-12);
        return {m_low - room * span, m_high + room * span};
    }
    /// At most `decades` below the top.
    AxisRange logarithmic(double room, double decades) const {
        const double high = m_high > 0.0 ? m_high : 1.0;
        const double low = std::max(std::min(m_lowPositive, high), high * std::pow(10.0, -decades));
        const double factor = low < high ? std::pow(high / low, room) : 2.0;
        return {low / factor, high * factor};
    }

private:
    static constexpr double infinity = std::numeric_limits<double>::infinity();
    double m_low = infinity;
    double m_high = -infinity;
    double m_lowPositive = infinity;
};

} // namespace ratescope
