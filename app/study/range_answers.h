// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/run_record.h"
#include "core/analysis/range_seeds.h"
#include "core/analysis/rate_rules.h"
#include "core/analysis/rate_zones.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace ratescope {

/// What the rules make of a range test, each kind by its own. Of one that goes on: as far as it has come. `curve`: the
/// record's (rangeCurveOf), where it is at hand.
RangeAnswers answersOf(const RunRecord& test);
RangeAnswers answersOf(const RunRecord& test, const RangeCurve& curve);

/// The zones of its rates. None where the curve has no valley.
std::optional<RateZones> zonesOf(const RunRecord& test);
std::optional<RateZones> zonesOf(const RunRecord& test, const RangeCurve& curve);

/// The index of the first rate at which a test that is over has diverged: its loss was no finite number, or the stop rule
/// has ended it.
std::optional<std::size_t> divergedFrom(const RunRecord& test);

/// What training with each rate has led to in a sensitivity sweep: the validation loss where there is one, else the loss.
std::vector<double> finalLosses(const RunRecord& test);

/// The range test that speaks for a run: of the same data, network, loss, optimizer and batch size, finished and shown;
/// of several the one of the same seed, of the kind sweep, the last. Null where there is none.
RunPointer testFor(const RunRecord& run, const std::vector<RunPointer>& runs);

} // namespace ratescope
