// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace ratescope {

/// Exponential moving average without the bias towards its start (Kingma and Ba 2015, section 3):
/// v ← β·v + (1 − β)·x, out = v/(1 − β^(i+1)). One value at a time; its state is two numbers.
class Smoother {
public:
    /// 0 ≤ beta < 1; 0 gives the values themselves.
    explicit Smoother(double beta = 0.0)
        : m_beta(beta) {}

    /// As after `count` values that left `average` behind.
    Smoother(double beta, double average, std::size_t count);

    /// The smoothed value after `x`.
    double next(double x) {
        // 0·∞ is no number: without smoothing a value that is not finite is of no consequence for the next.
        m_average = m_beta > 0.0 ? m_beta * m_average + (1.0 - m_beta) * x : x;
        m_power = m_power < 1e-17 ? 0.0 : m_power * m_beta; // below that 1 − β^i is 1, and denormal numbers are slow
        return m_average / (1.0 - m_power);
    }

    double beta() const { return m_beta; }
    /// v: with the bias towards the start.
    double average() const { return m_average; }
    bool operator==(const Smoother&) const = default;

private:
    double m_beta;
    double m_average = 0.0;
    double m_power = 1.0; ///< β^(number of values)
};

/// All values smoothed from the first on.
std::vector<double> smoothed(std::span<const double> values, double beta);

} // namespace ratescope
