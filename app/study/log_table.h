// SPDX-License-Identifier: GPL-3.0-or-later
// Logs of training as tables: CSV as Keras, Lightning, W&B, pandas or `ratescope export` write it, or any other.
#pragma once

#include "app/study/log_names.h"
#include "app/study/logged_run.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace ratescope {

/// The runs of a table with a header, its columns parted by tabs, semicolons or commas. What the columns are is found
/// by their names, or by `mapping`; whatever else is there is passed over. A column `run` parts its rows into runs, and
/// so do columns that are called `NAME - metric`, as W&B exports them; otherwise the run is called after `path`. Fields
/// may be empty. Steps are those of the column, or the epochs where there is one row for each, or else the numbers of
/// the rows. A last row that is cut short is passed over. Throws ratescope::Error that names the file, the line and the
/// column.
std::vector<LoggedRun> parseLogTable(std::string_view text, const std::filesystem::path& path,
                                     const LogMapping& mapping = {});
/// The same of a file. Blocks.
std::vector<LoggedRun> readLogTable(const std::filesystem::path& path, const LogMapping& mapping = {});

/// What a mapping may name, in the table's order: its columns, or for W&B's their metrics, each once.
std::vector<std::string> logColumnNames(std::string_view text, const std::string& source);

/// Whether it is a log rather than the curve of a range test, whose rates grow from row to row, or something else. Of
/// the beginning of a file alone a long warm-up looks like a range test.
bool looksLikeLogTable(std::string_view text);

} // namespace ratescope
