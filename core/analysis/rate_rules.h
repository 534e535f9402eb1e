// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/range_curve.h"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ratescope {

/// A rule's answer: a rate, or why there is none.
struct Suggestion {
    std::string rule; ///< as files and commands name it
    std::optional<double> rate;
    std::string reason; ///< how the rate came about, or why there is none: a sentence
    bool operator==(const Suggestion&) const = default;
};

/// The answer for schedules that go to and fro: a lower and an upper rate, or why there are none.
struct BoundsSuggestion {
    std::optional<std::pair<double, double>> rates; ///< low < high
    std::string reason;
    bool operator==(const BoundsSuggestion&) const = default;
};

/// What follows from the curve of a range test.
struct RangeAnswers {
    std::vector<Suggestion> rules;
    BoundsSuggestion bounds;
    bool operator==(const RangeAnswers&) const = default;
};

/// The points that rules look at: from ⌊n/10⌋ up to but without the last five, cut at the first smoothed loss that is not
/// finite. Empty where nothing is left.
struct IndexRange {
    std::size_t first = 0;
    std::size_t last = 0; ///< one past the end
    std::size_t size() const { return last - first; }
};
IndexRange ruleRange(const RangeCurve& curve);

// A curve that holds no answer gives none, from any rule: where it has fewer points than the rule needs, where its smoothed
// loss never falls or never comes below the loss at the first rate, and where it falls no further than its noise would make
// it (range_noise.h).

/// `steepest`: the rate at which the smoothed loss falls fastest, against the logarithm of the rate (Smith 2017).
Suggestion suggestSteepest(const RangeCurve& curve);

/// `minimum`: the rate of the lowest smoothed loss, divided by 10.
Suggestion suggestMinimum(const RangeCurve& curve);

/// `valley`: half-way through the longest strictly decreasing subsequence of the smoothed losses: a third and half a third
/// of the way from its start to its end (fastai). O(n log n).
Suggestion suggestValley(const RangeCurve& curve);

/// `slide`: two marks 15 points apart slide from the right end to the left while the gradients there, by index, differ by
/// more than 0.005; the rate at the last left mark (fastai).
Suggestion suggestSlide(const RangeCurve& curve);

/// From where the slope of the smoothed loss first is below a tenth of its steepest, to `steepest`.
BoundsSuggestion suggestBounds(const RangeCurve& curve);

/// The index at which the fall begins: as suggestBounds has it, but a dip that is no deeper than the noise is no fall. None
/// where no rule has an answer.
std::optional<std::size_t> beginningOfFall(const RangeCurve& curve);

/// Every rule's answer for the curve of a sweep: steepest, minimum, valley, slide.
RangeAnswers suggestAll(const RangeCurve& curve);

/// Of a test that begins anew at each rate: the same rules but `slide`, up to the lowest loss before it is back at that
/// of the lowest rate. Behind that its losses, which nothing smooths, go up and down without a meaning.
RangeAnswers suggestFresh(const RangeCurve& curve);

/// Of a test that halves its rate until that no longer diverges: `halving`, its last rate if `held`.
RangeAnswers suggestHalving(const RangeCurve& curve, bool held);

/// Of a sensitivity sweep, whose `losses` are what training with each of the rates ends with: `best`, the rate of the
/// lowest, and as bounds the zone of good rates around it.
RangeAnswers suggestBest(const std::vector<double>& rates, const std::vector<double>& losses);

} // namespace ratescope
