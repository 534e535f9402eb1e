// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace ratescope {

/// Where a handful of numbers lie: a middle with a range around it.
struct ValueSpread {
    double low = 0.0;
    double middle = 0.0;
    double high = 0.0;
};

/// The mean, with one sample standard deviation (n − 1) on either side; 0 for a single number. Needs one number.
ValueSpread meanSpread(std::span<const double> values);

/// The median with the first and third quartile, interpolated linearly as numpy.percentile. Sorts `values`; needs one.
ValueSpread medianSpread(std::span<double> values);

} // namespace ratescope
