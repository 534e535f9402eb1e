// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/smoothed_series.h"

#include <utility>

namespace ratescope {

bool SmoothedSeries::update(std::span<const float> values, double smoothing, WorkBudget& budget, std::size_t expected) {
    if (m_pyramid.beta() != smoothing) {
        if (!m_next || m_next->beta() != smoothing) m_next.emplace(smoothing);
        m_next->extend(values.first(m_next->size() + budget.take(values.size() - m_next->size())));
        if (m_next->size() >= m_pyramid.size()) {
            m_pyramid = std::move(*m_next);
            m_next.reset();
            ++m_generation;
            m_extent = {};
            m_extentDone = 0;
        }
    } else {
        m_next.reset();
    }
    const std::size_t fresh = budget.take(values.size() - m_pyramid.size());
    if (fresh > 0) m_pyramid.extend(values.first(m_pyramid.size() + fresh));
    constexpr std::size_t stretches = 256;
    const std::size_t stretch = std::max<std::size_t>(1, expected / stretches);
    for (; m_extentDone + stretch <= m_pyramid.size(); m_extentDone += stretch)
        m_extent.add(m_pyramid.summarize(values, m_extentDone, m_extentDone + stretch).mean());
    return m_pyramid.size() == values.size() && !m_next;
}

double SmoothedSeries::smoothed(std::span<const float> values, std::size_t index) const {
    std::vector<double> one;
    m_pyramid.smoothedValues(values, index, index + 1, one);
    return one.empty() ? 0.0 : one.front();
}

ValueExtent SmoothedSeries::extent(std::span<const float> values) const {
    ValueExtent extent = m_extent;
    if (m_extentDone < m_pyramid.size())
        extent.add(m_pyramid.summarize(values, m_extentDone, m_pyramid.size()).mean());
    return extent;
}

} // namespace ratescope
