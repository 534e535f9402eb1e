// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/run_record.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace ratescope {

/// What somebody wants to know of a network's rates.
struct RangeTestOrder {
    RangeTestSpec test{.from = 1e-4};
    std::uint32_t seeds = 1;           ///< the run's own and those that follow
    bool alsoFresh = false;            ///< beside each sweep a test of the same rates that begins anew at each
    std::uint64_t freshSteps = RangeTestSpec::of(RangeTestKind::FreshStart).stepsPerRate; ///< of that, at each rate
    std::uint32_t trainSamples = 0;    ///< only the first so many; 0: all
    /// Begins where the run was after so many updates rather than with new weights; of a range test: where that began.
    std::optional<std::uint64_t> goesOnAfter = {};
};

/// The test again, if it is one; else the usual one.
RangeTestOrder usualOrder(const RunRecord* base);

/// Whether a range test may begin with the weights of that run; of a range test: with those that it began with.
bool canGoOnFrom(const RunRecord& run);

/// The range tests of the network of `base`, named after it; null: of the network that a new run has. None of them has what
/// belongs to epochs or to a schedule.
std::vector<RunConfig> rangeTestRuns(const RunRecord* base, const RangeTestOrder& order);

/// The run that a test speaks for: without the test, named as what it is a test of. One that goes on from another is as long
/// from there on as it would have been.
RunConfig trainingOf(const RunRecord& test);

/// How much that is.
struct RangeTestEffort {
    std::uint64_t rates = 0;        ///< of each test, at most
    std::uint64_t stepsPerRate = 1;
    std::uint64_t tests = 1;
    std::uint64_t steps = 0;        ///< in all
    double samples = 0.0;           ///< trained, with what is evaluated counted as a third
};
/// `stepsPerEpoch`: of the runs. Valid specs alone.
RangeTestEffort effortOf(const std::vector<RunConfig>& tests, std::uint64_t stepsPerEpoch);

} // namespace ratescope
