// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/step_columns.h"

#include "core/analysis/series_pyramid.h"

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

/// Between points this near to each other no single ones can be told apart: the spread is drawn as a band.
constexpr double denseStepsPerColumn = 1.5;

} // namespace

std::size_t StepColumns::update(const AxisMap& axis, const StepScale& scale, std::size_t count, std::size_t begin) {
    const bool same = m_scale && axis == m_axis && scale == *m_scale && begin == m_begin;
    if (same && count == m_count) return m_x.size();
    const bool grown = same && count > m_count;
    m_axis = axis;
    m_scale = scale;
    m_count = count;
    m_begin = begin;
    const auto placeOf = [&](double step) {
        return std::isnan(step) ? 0.0 : std::clamp(step, 0.0, static_cast<double>(count));
    };
    double first = placeOf(std::floor(scale.stepOf(axis.range().first)));
    // Step 0 lies infinitely far to the left.
    if (axis.isLogarithmic() && scale.keyOf(0.0) <= 0.0) first = std::max(first, 1.0);
    first = std::max(first, static_cast<double>(std::min(begin, count)));
    const double last = placeOf(std::ceil(scale.stepOf(axis.range().second)) + 1.0);
    const double pixels = last > first ? axis.toPixel(scale.keyOf(last - 1.0)) - axis.toPixel(scale.keyOf(first)) : 0.0;
    const bool sparse = last - first <= pixels;
    // What is there stays but for the last column, which may take in more.
    const bool goesOn = grown && sparse == m_sparse && m_x.size() > 1;
    m_sparse = sparse;
    if (goesOn) {
        m_x.pop_back();
        m_edges.pop_back();
    } else {
        m_x.clear();
        m_edges.clear();
    }
    const std::size_t changed = m_x.size();
    rebuild(goesOn ? m_edges.back() : static_cast<std::size_t>(first), goesOn);
    return changed;
}

/// Appends columns for the steps from `from` on; `goesOn`: where the last column stood before.
void StepColumns::rebuild(std::size_t from, bool goesOn) {
    constexpr std::size_t block = SeriesPyramid::blockSize;
    const auto stepAt = [&](double step) {
        if (std::isnan(step)) return from;
        return static_cast<std::size_t>(
            std::clamp(step, static_cast<double>(from), static_cast<double>(std::max(from, m_count))));
    };
    // One step further on either side, so that the line runs out of the frame.
    const std::size_t end = stepAt(std::ceil(m_scale->stepOf(m_axis.range().second)) + 1.0);
    if (from >= end) return;
    const auto xOf = [&](std::size_t step) { return m_axis.toPixel(m_scale->keyOf(static_cast<double>(step))); };
    if (m_edges.empty()) m_edges.push_back(from);
    const auto add = [&](std::size_t to, double x) {
        m_edges.push_back(to);
        m_x.push_back(static_cast<float>(x));
    };
    if (m_sparse) {
        for (std::size_t step = from; step < end; ++step) add(step + 1, xOf(step));
        return;
    }
    const int right = static_cast<int>(std::floor(xOf(end - 1)));
    // A column that begins on a block's border has its first step left of its pixel.
    for (int pixel = goesOn ? m_lastPixel : static_cast<int>(std::floor(xOf(from))); pixel <= right && from < end; ++pixel) {
        // Everything whose x is left of the next pixel. Wide columns end on a block's border: a fraction of a pixel off,
        // and cheap.
        std::size_t to = pixel == right ? end : stepAt(std::ceil(m_scale->stepOf(m_axis.toValue(pixel + 1))));
        if (to - from >= 8 * block && to != end) to = to / block * block;
        if (to <= from) continue;
        add(to, to - from == 1 ? xOf(from) : pixel + 0.5);
        from = to;
        m_lastPixel = pixel;
    }
}

bool StepColumns::isDense() const {
    return !m_sparse && !m_x.empty() &&
           static_cast<double>(m_edges.back() - m_edges.front()) >
               denseStepsPerColumn * static_cast<double>(m_x.size());
}

std::size_t StepColumns::columnOf(std::size_t step) const {
    if (m_edges.empty()) return 0;
    return static_cast<std::size_t>(std::ranges::upper_bound(m_edges.begin() + 1, m_edges.end(), step) -
                                    (m_edges.begin() + 1));
}

} // namespace ratescope
