// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/schedule_spec.h"

#include <cstddef>
#include <vector>

namespace ratescope {

/// How the rate goes from one handle to the next: it jumps, or goes in a straight line, in a straight line on a log axis, or
/// in a monotone cubic (Fritsch and Carlson 1980), which does not overshoot.
enum class Interpolation { Step, Linear, Log, Smooth };

/// `step`, `linear`, `log`, `smooth`.
const std::vector<std::string>& interpolationNames();

/// The rate through handles; before the first and after the last it holds theirs. Of handles at one time the last
/// counts from there on, and the first up to there.
class Piecewise {
public:
    /// `points` by time, at least one.
    Piecewise(std::vector<SchedulePoint> points, Interpolation interpolation);

    double operator()(double t) const;

    const std::vector<SchedulePoint>& points() const { return m_points; }
    Interpolation interpolation() const { return m_interpolation; }
    /// For `smooth`: the slope at each handle.
    const std::vector<double>& slopes() const { return m_slopes; }

private:
    std::vector<SchedulePoint> m_points;
    Interpolation m_interpolation;
    std::vector<double> m_slopes;
};

/// The fewest of the given points, which are by time, through which straight lines miss none of them by more than
/// `tolerance` relative to the larger of the point's rate and a millionth of the highest; at most `most`, for which
/// first that share of the highest gives way and then the tolerance.
std::vector<SchedulePoint> thinned(const std::vector<SchedulePoint>& points, double tolerance, std::size_t most);

} // namespace ratescope
