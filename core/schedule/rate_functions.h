// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// The formulas of the families, plain functions in double. t counts in the schedule's unit and is ≥ 0.
#include <vector>

namespace ratescope::rates {

/// Linear from `lr` to `end` over `length`, then `end`.
double linear(double t, double lr, double end, double length);

/// end + (lr − end)·(1 − min(t/length, 1))^power.
double polynomial(double t, double lr, double end, double length, double power);

/// lr·factor^(number of milestones ≤ t); `milestones` ascending.
double multistep(double t, double lr, double factor, const std::vector<double>& milestones);

/// lr·factor^⌊(t + offset)/period⌋.
double step(double t, double lr, double factor, double period, double offset);

/// lr/(1 + decay·t) (Keras' classic decay).
double time(double t, double lr, double decay);

/// lr(t) = lr(t − 1)/(1 + decay·t), lr(0) = lr, at the whole part of t. Needs no loop: the logarithm of the product is
/// summed term by term for the first terms and by Euler-Maclaurin beyond; good to 1e-9 up to t = 1e5 and 1e-6 up to 1e9.
double compoundingTime(double t, double lr, double decay);

/// lr·gamma^(t/period).
double exponential(double t, double lr, double gamma, double period);

/// Half a cosine from `lr` to `end` over `length`, then `end`.
double cosine(double t, double lr, double end, double length);

/// A cycle of warm restarts: its number from 0, when it began and how long it lasts.
struct RestartCycle {
    double index = 0.0;
    double start = 0.0;
    double length = 0.0;
};
/// The cycle that t lies in; cycle i lasts period·periodFactor^i, and its start belongs to it.
RestartCycle restartCycle(double t, double period, double periodFactor);

/// SGDR (Loshchilov and Hutter 2017): cycle i is a cosine of period·periodFactor^i from
/// end + (lr − end)·peakFactor^i down to end. periodFactor ≥ 1.
double warmRestarts(double t, double lr, double end, double period, double periodFactor, double peakFactor);

enum class CyclicalMode { Triangular, Triangular2, ExpRange };

/// Triangles between `lr` and `maximum` (Smith 2017), each side halfPeriod long; their height halves with each cycle
/// (triangular2) or shrinks as gamma^t (exp_range).
double cyclical(double t, double lr, double maximum, double halfPeriod, CyclicalMode mode, double gamma);

/// PyTorch's OneCycleLR in two phases (Smith and Topin 2017): from maximum/startDivisor up to `maximum`, reached at
/// rise·length − 1, and down to maximum/startDivisor/endDivisor at length − 1.
double oneCycle(double t, double maximum, double length, double rise, double startDivisor, double endDivisor, bool linear);

/// lr·t'/warmup up to warmup, then lr·√(warmup/t'), with t' = t + 1 (Vaswani and others 2017).
double inverseSqrt(double t, double lr, double warmup);

enum class DecayShape { Linear, Cosine, Sqrt };

/// A linear rise from 0 over `warmup`, `lr`, and down to `end` over the last `decay` of `length`: as 1 − x, half a
/// cosine, or 1 − √x (Hägele and others 2024). Where there is no room for both, whichever is lower.
double warmupStableDecay(double t, double lr, double warmup, double decay, double end, double length, DecayShape shape);

} // namespace ratescope::rates
