// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/piecewise.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace ratescope {

namespace {

/// Slopes that keep the cubic between its handles (Fritsch and Carlson 1980, with the weighted harmonic mean of Fritsch and
/// Butland 1984); flat at the ends of a rise or a fall.
std::vector<double> monotoneSlopes(const std::vector<SchedulePoint>& points) {
    const std::size_t count = points.size();
    std::vector<double> slopes(count, 0.0);
    const auto width = [&](std::size_t i) { return points[i + 1].t - points[i].t; };
    const auto secant = [&](std::size_t i) {
        return width(i) > 0.0 ? (points[i + 1].rate - points[i].rate) / width(i) : 0.0;
    };
    for (std::size_t i = 1; i + 1 < count; ++i) {
        const double before = secant(i - 1);
        const double after = secant(i);
        if (before * after <= 0.0) continue;
        const double first = 2.0 * width(i) + width(i - 1);
        const double second = width(i) + 2.0 * width(i - 1);
        slopes[i] = (first + second) / (first / before + second / after);
    }
    return slopes;
}

} // namespace

const std::vector<std::string>& interpolationNames() {
    static const std::vector<std::string> names = {"step", "linear", "log", "smooth"};
    return names;
}

Piecewise::Piecewise(std::vector<SchedulePoint> points, Interpolation interpolation)
    : m_points(std::move(points))
    , m_interpolation(interpolation) {
    if (interpolation == Interpolation::Smooth) m_slopes = monotoneSlopes(m_points);
}

double Piecewise::operator()(double t) const {
    const auto after = std::ranges::upper_bound(m_points, t, {}, &SchedulePoint::t);
    if (after == m_points.begin()) return m_points.front().rate;
    const SchedulePoint& left = *(after - 1);
    if (after == m_points.end() || m_interpolation == Interpolation::Step) return left.rate;
    const SchedulePoint& right = *after;
    const double width = right.t - left.t;
    const double x = (t - left.t) / width;
    switch (m_interpolation) {
    case Interpolation::Step:
    case Interpolation::Linear: break;
    case Interpolation::Log: return left.rate * std::pow(right.rate / left.rate, x);
    case Interpolation::Smooth: {
        const auto index = static_cast<std::size_t>(after - m_points.begin()) - 1;
        const double rise = x * x * (3.0 - 2.0 * x);
        return left.rate + (right.rate - left.rate) * rise +
               width * (m_slopes[index] * x * (1.0 - x) * (1.0 - x) - m_slopes[index + 1] * x * x * (1.0 - x));
    }
    }
    return left.rate + (right.rate - left.rate) * x;
}

namespace {

/// Keeps of points[first … last] what lines need to stay within the tolerance (Ramer 1972, Douglas and Peucker 1973).
void keepNeeded(const std::vector<SchedulePoint>& points, double tolerance, double floor, std::vector<char>& kept) {
    std::vector<std::pair<std::size_t, std::size_t>> open = {{0, points.size() - 1}};
    while (!open.empty()) {
        const auto [first, last] = open.back();
        open.pop_back();
        kept[first] = kept[last] = 1;
        const SchedulePoint& a = points[first];
        const SchedulePoint& b = points[last];
        double worst = tolerance;
        std::size_t at = first;
        for (std::size_t i = first + 1; i < last; ++i) {
            const double x = b.t > a.t ? (points[i].t - a.t) / (b.t - a.t) : 0.0;
            const double line = a.rate + (b.rate - a.rate) * x;
            const double missed = std::abs(points[i].rate - line) / std::max(std::abs(points[i].rate), floor);
            if (missed > worst) {
                worst = missed;
                at = i;
            }
        }
        if (at == first) continue;
        open.emplace_back(first, at);
        open.emplace_back(at, last);
    }
}

} // namespace

std::vector<SchedulePoint> thinned(const std::vector<SchedulePoint>& points, double tolerance, std::size_t most) {
    if (points.size() < 3) return points;
    double highest = 0.0;
    for (const SchedulePoint& point : points) highest = std::max(highest, std::abs(point.rate));
    for (double share = 1e-6;;) {
        std::vector<char> kept(points.size(), 0);
        keepNeeded(points, tolerance, std::max(highest * share, 1e-300), kept);
        std::vector<SchedulePoint> result;
        for (std::size_t i = 0; i < points.size(); ++i)
            if (kept[i]) result.push_back(points[i]);
        if (result.size() <= std::max<std::size_t>(most, 2)) return result;
        // A way down to 0 has no end on a log axis: the small rates make do with less before the large ones do.
        if (share < 1.0)
            share = std::min(share * 10.0, 1.0);
        else
            tolerance *= 1.25;
    }
}

} // namespace ratescope
