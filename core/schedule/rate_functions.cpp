// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/rate_functions.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace ratescope::rates {

double linear(double t, double lr, double end, double length) { return lr + (end - lr) * std::min(t / length, 1.0); }

double polynomial(double t, double lr, double end, double length, double power) {
    return end + (lr - end) * std::pow(1.0 - std::min(t / length, 1.0), power);
}

double multistep(double t, double lr, double factor, const std::vector<double>& milestones) {
    // Of a milestone at 0.3 epochs, whose step may come at 0.29999…
    const double reached = t * (1.0 + 1e-12);
    return lr * std::pow(factor, static_cast<double>(std::ranges::upper_bound(milestones, reached) - milestones.begin()));
}

double step(double t, double lr, double factor, double period, double offset) {
    // A period such as 0.1 epochs divides 0.3 into 2.999…: the drop belongs to the border all the same.
    constexpr double slack = 1.0 + 4.0 * std::numeric_limits<double>::epsilon();
    return lr * std::pow(factor, std::floor((t + offset) / period * slack));
}

double time(double t, double lr, double decay) { return lr / (1.0 + decay * t); }

double compoundingTime(double t, double lr, double decay) {
    constexpr double summed = 64.0;
    const double last = std::floor(t);
    double logarithm = 0.0;
    for (double k = 1.0; k <= std::min(last, summed); ++k) logarithm += std::log1p(decay * k);
    if (last > summed && decay > 0.0) {
        // Σ f(k) for summed < k ≤ last with f(x) = log(1 + decay·x).
        const auto integral = [decay](double x) { return ((1.0 + decay * x) * std::log1p(decay * x) - decay * x) / decay; };
        const auto first = [decay](double x) { return decay / (1.0 + decay * x); };
        const double a = first(summed);
        const double b = first(last);
        logarithm += integral(last) - integral(summed) + (std::log1p(decay * last) - std::log1p(decay * summed)) / 2.0 +
                     (b - a) / 12.0 - (b * b * b - a * a * a) * 2.0 / 720.0;
    }
    return lr * std::exp(-logarithm);
}

double exponential(double t, double lr, double gamma, double period) { return lr * std::pow(gamma, t / period); }

double cosine(double t, double lr, double end, double length) {
    return end + (lr - end) * 0.5 * (1.0 + std::cos(std::numbers::pi * std::min(t / length, 1.0)));
}

RestartCycle restartCycle(double t, double period, double periodFactor) {
    const auto startOf = [&](double cycle) {
        return periodFactor == 1.0 ? cycle * period : period * (std::pow(periodFactor, cycle) - 1.0) / (periodFactor - 1.0);
    };
    double cycle = periodFactor == 1.0 ? std::floor(t / period)
                                       : std::floor(std::log1p(t / period * (periodFactor - 1.0)) / std::log(periodFactor));
    // The start of a cycle belongs to the cycle, but the logarithm, the sum of a decimal factor's cycles and t itself in
    // fractions of an epoch may miss the border by a rounding error: hence the slack.
    const auto begun = [&](double c) { return t >= startOf(c) * (1.0 - 1e-12); };
    if (cycle > 0.0 && !begun(cycle)) --cycle;
    if (begun(cycle + 1.0)) ++cycle;
    return {cycle, startOf(cycle), period * std::pow(periodFactor, cycle)};
}

double warmRestarts(double t, double lr, double end, double period, double periodFactor, double peakFactor) {
    // More cycles than doubles can count: none can be told from its neighbour.
    if (!(t / period < 0x1p52)) return end;
    const RestartCycle cycle = restartCycle(t, period, periodFactor);
    const double peak = end + (lr - end) * std::pow(peakFactor, cycle.index);
    return cosine(std::max(0.0, t - cycle.start), peak, end, cycle.length);
}

double cyclical(double t, double lr, double maximum, double halfPeriod, CyclicalMode mode, double gamma) {
    const double cycle = std::floor(1.0 + t / (2.0 * halfPeriod));
    const double x = std::abs(t / halfPeriod - 2.0 * cycle + 1.0);
    const double scale = mode == CyclicalMode::Triangular2 ? std::pow(2.0, 1.0 - cycle)
                         : mode == CyclicalMode::ExpRange  ? std::pow(gamma, t)
                                                           : 1.0;
    return lr + (maximum - lr) * std::max(0.0, 1.0 - x) * scale;
}

double oneCycle(double t, double maximum, double length, double rise, double startDivisor, double endDivisor, bool linear) {
    const double first = maximum / startDivisor;
    const double last = first / endDivisor;
    const double peak = rise * length - 1.0;
    const double end = length - 1.0;
    const auto between = [linear](double from, double to, double x) {
        return linear ? from + (to - from) * x : to + (from - to) / 2.0 * (1.0 + std::cos(std::numbers::pi * x));
    };
    // A tenth of 10 steps need not be 1 to the last bit, which is how the compiler multiplies and subtracts.
    constexpr double nothing = 1e-9;
    if (t <= peak) return peak > nothing ? between(first, maximum, t / peak) : maximum;
    if (rise == 1.0) return maximum; // nothing of it goes down: beyond its length it holds the peak
    return between(maximum, last, std::min((t - peak) / (end - peak), 1.0));
}

double inverseSqrt(double t, double lr, double warmup) {
    const double updates = t + 1.0;
    return updates <= warmup ? lr * updates / warmup : lr * std::sqrt(warmup / updates);
}

double warmupStableDecay(double t, double lr, double warmup, double decay, double end, double length, DecayShape shape) {
    const double risen = t < warmup ? lr * t / warmup : lr;
    const double begin = length - decay;
    if (t < begin || decay == 0.0) return risen;
    const double x = std::min((t - begin) / decay, 1.0);
    const double left = shape == DecayShape::Linear   ? 1.0 - x
                        : shape == DecayShape::Cosine ? 0.5 * (1.0 + std::cos(std::numbers::pi * x))
                                                      : 1.0 - std::sqrt(x);
    return std::min(risen, end + (lr - end) * left);
}

} // namespace ratescope::rates
