// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/smoothing.h"

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace ratescope {

/// Summaries of a growing series at all scales, so that a plot of a million points costs as little as its width in pixels:
/// the range of the raw values and the mean of the smoothed ones, for any stretch of it.
///
/// The series itself stays with its owner and is handed to each call. Smoothing runs over every value before anything is
/// thinned out; single smoothed values are made again on demand from the state kept at each block's start, so that they
/// need no memory of their own. Memory: 1.4 bytes a value for floats, 1.7 for doubles that are not smoothed.
template <typename Value>
class BasicSeriesPyramid {
public:
    struct Summary {
        Value low = std::numeric_limits<Value>::infinity();
        Value high = -std::numeric_limits<Value>::infinity();
        double smoothedSum = 0.0;
        std::size_t count = 0;

        double mean() const { return smoothedSum / static_cast<double>(count); }
        void add(const Summary& other);
        void add(Value raw, double smooth);
    };

    explicit BasicSeriesPyramid(double beta = 0.0)
        : m_smoother(beta) {}

    /// Takes in what `series` has beyond size(). O(new values).
    void extend(std::span<const Value> series);

    std::size_t size() const { return m_size; }
    double beta() const { return m_smoother.beta(); }

    /// The summary of [first, last) ⊆ [0, size()). O(blockSize + log size).
    Summary summarize(std::span<const Value> series, std::size_t first, std::size_t last) const;

    /// The summaries of [edges[k], edges[k + 1]) for each k, appended to `out`: the same as one by one, but where the
    /// stretches are short each value is looked at once. Edges strictly increasing, within [0, size()].
    void summarizeColumns(std::span<const Value> series, std::span<const std::size_t> edges,
                          std::vector<Summary>& out) const;

    /// Every smoothed value of [first, last), appended to `out`.
    void smoothedValues(std::span<const Value> series, std::size_t first, std::size_t last, std::vector<double>& out) const;

    /// Stretches that begin and end on multiples of this cost no more than a look-up.
    static constexpr std::size_t blockSize = 16;

private:
    static constexpr std::size_t fanOut = 8;
    struct Node {
        Value low;
        Value high;
        Value mean; ///< of the smoothed values
    };

    Smoother smootherAt(std::size_t block) const;
    template <typename Take>
    void each(std::span<const Value> series, std::size_t first, std::size_t last, Take take) const;
    void closeBlock(const Summary& block);
    void addPart(std::span<const Value> series, std::size_t first, std::size_t last, Summary& summary) const;
    void addBlocks(std::size_t first, std::size_t last, Summary& summary) const;

    Smoother m_smoother;
    std::size_t m_size = 0;
    Summary m_open;                        ///< of the block that is not full yet
    std::vector<double> m_averages;        ///< the smoother's state before each block, where there is smoothing
    std::vector<std::vector<Node>> m_levels; ///< [k]: stretches of blockSize·fanOut^k values
};

using SeriesPyramid = BasicSeriesPyramid<float>;      ///< for losses
using RatePyramid = BasicSeriesPyramid<double>;       ///< for rates, which are kept in full

extern template class BasicSeriesPyramid<float>;
extern template class BasicSeriesPyramid<double>;

} // namespace ratescope
