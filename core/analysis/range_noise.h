// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>

namespace ratescope {

/// The largest drop from a value to a later one; 0 where they never fall.
double largestFall(std::span<const double> values);

/// The standard deviation of the noise in values that otherwise change slowly, from the median of their second
/// differences: neither a slope nor a stretch where they run away counts. 0 for fewer than three.
double noiseOf(std::span<const double> values);

/// The standard deviation that such noise leaves behind in an exponential average of `count` values, without the bias
/// towards its start: σ·√((1 − β)/(1 + β)·(1 + β^count)/(1 − β^count)).
double smoothedNoise(double noise, double beta, std::size_t count);

/// Whether losses [first, last) of a range test fall further than their noise would make a flat curve fall, once it is
/// smoothed with `beta` from the first loss on.
///
/// The range holds about m = size·(1 − β)/(1 + β) values that are independent of each other, the extremes of which lie
/// 2·√(2·ln m) deviations apart. Where there are more than eight it is smoothed further for this question, down to
/// eight: single losses that stick out say nothing about a fall, and noise is not always normal. The limit is 1
/// + 2.5·√(2·ln m) deviations, times 1 + 7/size, since few points say little about σ. It was found by simulation, with
/// 4000 flat curves for each of 9 β and 11 lengths: less than 1 % of them pass with normal noise, at most 4 % with
/// Laplace's. A fall of the loss from 2.3 to 0.6 passes from 100 points on with σ up to 0.2, and with 0.3 but for one
/// in fifty of those that fall at the very end of a curve that is strongly smoothed. Of fewer than ten values nothing
/// can be said: then any fall will do.
bool fallsBeyondNoise(std::span<const double> losses, std::size_t first, std::size_t last, double beta);

} // namespace ratescope
