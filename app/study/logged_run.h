// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

namespace ratescope {

struct LoggedPoint {
    std::uint64_t step = 0; ///< as the log counts
    double value = 0.0;
    double seconds = std::numeric_limits<double>::quiet_NaN(); ///< since the log's first event; NaN: not known
};

/// Each step once and in order.
using LoggedSeries = std::vector<LoggedPoint>;

/// A run as another program has logged it: series that have only their steps in common, each with the steps that it was
/// logged at. It has a loss; the others may be empty.
struct LoggedRun {
    std::string name;  ///< fit for a run's
    LoggedSeries loss; ///< of training; not finite where the run has diverged
    LoggedSeries rate;
    LoggedSeries validationLoss;
    LoggedSeries validationAccuracy; ///< shares from 0 to 1
    LoggedSeries epoch;              ///< number of the epoch, as the log counts; a table's: where it changes
    bool stepsAreEpochs = false;     ///< it was logged by epochs alone
};

/// Most points of all series that are read at once.
inline constexpr std::size_t maximumLoggedPoints = 5'000'000;

/// Adds a point; a long series grows by a quarter, not to the double.
void addPoint(LoggedSeries& series, const LoggedPoint& point);

/// Puts the points in order. Of several for a step that which was added last stays, as a job that was started again
/// means it.
void settle(LoggedSeries& series);

/// Accuracies in per cent become shares. A series that is neither is cleared.
void settleShares(LoggedSeries& series);

/// What the run of a log in that folder is called: after the folder, or after the one above as well where it
/// has hardly more than a number, as `resnet/version_3`. Empty for the root.
std::string runNameOfFolder(const std::filesystem::path& folder);

/// A text as the name of a run: UTF-8 without control characters, no longer than allowed, not empty.
std::string plainRunName(const std::string& text);

} // namespace ratescope
