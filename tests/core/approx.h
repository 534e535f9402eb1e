// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

/// |a − b| in units of the larger; infinite where one of them is not finite, so that NaN passes no limit.
inline double relativeDifference(double a, double b) {
    if (!std::isfinite(a) || !std::isfinite(b)) return std::numeric_limits<double>::infinity();
    const double scale = std::max(std::abs(a), std::abs(b));
    return scale == 0.0 ? 0.0 : std::abs(a - b) / scale;
}

inline bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// What to print where two numbers are not as near as they should be.
inline std::string differ(double found, double expected) {
    return std::to_string(found) + " (" + std::to_string(found - expected) + " off) instead of " +
           std::to_string(expected);
}

#define VERIFY_NEAR(found, expected, limit)                                                                            \
    QVERIFY2(relativeDifference((found), (expected)) <= (limit), differ((found), (expected)).c_str())
