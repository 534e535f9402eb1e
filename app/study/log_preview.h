// SPDX-License-Identifier: GPL-3.0-or-later
// What a log looks like, for somebody who is to say what its columns or tags mean.
#pragma once

#include "app/study/log_names.h"

#include <filesystem>
#include <string>
#include <vector>

namespace ratescope {

/// A column of a table or a tag of events.
struct LogPreviewColumn {
    std::string name;                ///< as a mapping calls it
    std::vector<std::string> values; ///< the first ones as they stand there, none of them long
};

struct LogPreview {
    bool isTable = true;                   ///< else events, which have steps and times by themselves
    std::vector<LogPreviewColumn> columns; ///< in the log's order, each name once
    LogMapping guess;                      ///< by names that are usual, or else by what they hold
    bool isKnown = false;                  ///< it is read without a mapping, too

    /// What a mapping for it may name.
    std::vector<LogField> fields() const;
    /// Stands for all logs with these names, whatever their order.
    std::string identity() const;
};

inline constexpr std::size_t mostPreviewColumns = 500;
inline constexpr std::size_t mostPreviewRows = 8;

/// The first columns and rows of a table, an event file or a folder of such. Blocks; throws ratescope::Error for what is no
/// log at all: no table with numbers, and no events.
LogPreview previewLog(const std::filesystem::path& path);

} // namespace ratescope
