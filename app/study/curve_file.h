// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/curve_columns.h"
#include "app/study/run_record.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace ratescope {

/// Whether a file that begins like that is the curve of a range test: a table whose first line names a column of rates
/// or of losses, JSON with a list of that name, or a file that is called *.csv or *.tsv and is no JSON.
bool looksLikeCurve(std::string_view head, const std::filesystem::path& path);

/// Reads a curve that was measured elsewhere, as the range finders of PyTorch and Keras leave it: CSV (by commas,
/// semicolons or tabs) or a JSON object of lists. It needs `lr` (or `learning_rate`, `lrs`, `rate` …) and `loss` (or
/// `losses`, `train_loss`, `batch_loss` …), may have `val_loss` with `val_accuracy`, and whatever else it has is passed
/// over. Rates grow from row to row. Where a loss is no finite number the curve ends: it has diverged there.
/// The run is a finished or diverged range test, named after the file. Blocks; throws ratescope::Error that names the
/// file and the line.
RunRecord readCurve(const std::filesystem::path& path);

/// Its columns as they are, of as many rows as there are, none if need be.
CurveColumns readCurveColumns(const std::filesystem::path& path);
CurveColumns parseCurveColumns(std::string text, const std::string& source);

/// The same as readCurve() of a text; `path` names it.
RunRecord parseCurve(std::string text, const std::filesystem::path& path);

} // namespace ratescope
