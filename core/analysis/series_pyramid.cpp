// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/series_pyramid.h"

#include <algorithm>

namespace ratescope {

template <typename Value>
void BasicSeriesPyramid<Value>::Summary::add(const Summary& other) {
    low = std::min(low, other.low);
    high = std::max(high, other.high);
    smoothedSum += other.smoothedSum;
    count += other.count;
}

template <typename Value>
void BasicSeriesPyramid<Value>::Summary::add(Value raw, double smooth) {
    low = std::min(low, raw);
    high = std::max(high, raw);
    smoothedSum += smooth;
    ++count;
}

template <typename Value>
void BasicSeriesPyramid<Value>::extend(std::span<const Value> series) {
    for (; m_size < series.size(); ++m_size) {
        if (m_size % blockSize == 0 && beta() > 0.0) m_averages.push_back(m_smoother.average());
        m_open.add(series[m_size], m_smoother.next(series[m_size]));
        if (m_open.count == blockSize) {
            closeBlock(m_open);
            m_open = {};
        }
    }
}

template <typename Value>
void BasicSeriesPyramid<Value>::closeBlock(const Summary& block) {
    if (m_levels.empty()) m_levels.emplace_back();
    m_levels[0].push_back({block.low, block.high, static_cast<Value>(block.mean())});
    for (std::size_t k = 0; m_levels[k].size() % fanOut == 0; ++k) {
        const std::span<const Node> children = std::span(m_levels[k]).last(fanOut);
        Node parent = children[0];
        double sum = children[0].mean;
        for (const Node& child : children.subspan(1)) {
            parent.low = std::min(parent.low, child.low);
            parent.high = std::max(parent.high, child.high);
            sum += child.mean;
        }
        parent.mean = static_cast<Value>(sum / fanOut);
        if (m_levels.size() == k + 1) m_levels.emplace_back();
        m_levels[k + 1].push_back(parent);
    }
}

template <typename Value>
Smoother BasicSeriesPyramid<Value>::smootherAt(std::size_t block) const {
    return m_averages.empty() ? Smoother(0.0) : Smoother(beta(), m_averages[block], block * blockSize);
}

/// Calls take(raw, smoothed) for each value of [first, last).
template <typename Value>
template <typename Take>
void BasicSeriesPyramid<Value>::each(std::span<const Value> series, std::size_t first, std::size_t last, Take take) const {
    if (first >= last) return;
    if (m_averages.empty()) {
        for (std::size_t i = first; i < last; ++i) take(series[i], static_cast<double>(series[i]));
        return;
    }
    Smoother smoother = smootherAt(first / blockSize);
    for (std::size_t i = first / blockSize * blockSize; i < first; ++i) smoother.next(series[i]);
    for (std::size_t i = first; i < last; ++i) take(series[i], smoother.next(series[i]));
}

template <typename Value>
void BasicSeriesPyramid<Value>::addPart(std::span<const Value> series, std::size_t first, std::size_t last,
                                        Summary& summary) const {
    each(series, first, last, [&](Value raw, double smooth) { summary.add(raw, smooth); });
}

template <typename Value>
void BasicSeriesPyramid<Value>::addBlocks(std::size_t first, std::size_t last, Summary& summary) const {
    std::size_t span = 1; // blocks of a node at this level
    for (std::size_t k = 0; first < last; ++k, span *= fanOut) {
        const bool coarser = k + 1 < m_levels.size();
        const auto take = [&](std::size_t node) {
            const Node& n = m_levels[k][node];
            const std::size_t values = span * blockSize;
            summary.add(Summary{n.low, n.high, double(n.mean) * static_cast<double>(values), values});
        };
        // Up to where a coarser node begins, and from where the last one ends; the middle is left to the next level.
        while (first < last && (!coarser || first / span % fanOut != 0)) {
            take(first / span);
            first += span;
        }
        while (first < last && last / span % fanOut != 0) {
            last -= span;
            take(last / span);
        }
    }
}

template <typename Value>
typename BasicSeriesPyramid<Value>::Summary
BasicSeriesPyramid<Value>::summarize(std::span<const Value> series, std::size_t first, std::size_t last) const {
    Summary summary;
    const std::size_t firstBlock = (first + blockSize - 1) / blockSize;
    const std::size_t lastBlock = last / blockSize;
    if (firstBlock >= lastBlock) {
        addPart(series, first, std::min(last, firstBlock * blockSize), summary);
        addPart(series, std::max(first, firstBlock * blockSize), last, summary);
        return summary;
    }
    addPart(series, first, firstBlock * blockSize, summary);
    addBlocks(firstBlock, lastBlock, summary);
    addPart(series, lastBlock * blockSize, last, summary);
    return summary;
}

template <typename Value>
void BasicSeriesPyramid<Value>::summarizeColumns(std::span<const Value> series, std::span<const std::size_t> edges,
                                                 std::vector<Summary>& out) const {
    // Neighbours that are narrow go on with one another's smoother.
    constexpr std::size_t narrow = 4 * blockSize;
    std::size_t k = 0;
    while (k + 1 < edges.size()) {
        if (edges[k + 1] - edges[k] >= narrow) {
            out.push_back(summarize(series, edges[k], edges[k + 1]));
            ++k;
            continue;
        }
        std::size_t end = k + 1;
        while (end + 1 < edges.size() && edges[end + 1] - edges[end] < narrow) ++end;
        std::size_t next = edges[k];
        each(series, edges[k], edges[end], [&](Value raw, double smooth) {
            if (next == edges[k]) {
                out.emplace_back();
                ++k;
            }
            out.back().add(raw, smooth);
            ++next;
        });
    }
}

template <typename Value>
void BasicSeriesPyramid<Value>::smoothedValues(std::span<const Value> series, std::size_t first, std::size_t last,
                                   std::vector<double>& out) const {
    each(series, first, last, [&](Value, double smooth) { out.push_back(smooth); });
}

template class BasicSeriesPyramid<float>;
template class BasicSeriesPyramid<double>;

} // namespace ratescope
