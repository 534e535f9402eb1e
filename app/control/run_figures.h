// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/run_record.h"

#include <QString>

#include <optional>

namespace ratescope {

/// Mean loss of the run's last batches: a single one's jumps.
std::optional<double> lastLoss(const RunRecord& run);
std::optional<double> validationAccuracy(const RunRecord& run);
/// Epochs that the run has trained; none before its first step and for a range test.
std::optional<double> epochsTrained(const RunRecord& run);

/// Words for a state, and for a length of time (“1:05”, “2:03:40”).
QString stateText(const RunRecord& run);
/// The state alone, without how far it has come.
QString stateName(RunState state);
QString durationText(double seconds);
/// A rate or a loss for people: four digits that matter.
QString figureText(double value);
/// A share, such as an accuracy, in per cent.
QString shareText(double share);
QString speedText(double samplesPerSecond);

} // namespace ratescope
