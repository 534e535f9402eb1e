// SPDX-License-Identifier: GPL-3.0-or-later
// How files of curves are read: by tables with columns, or by JSON with a list for each.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ratescope {

/// What a curve is made of.
enum class CurveColumn { Rate, Loss, ValidationLoss, ValidationAccuracy };
inline constexpr std::size_t curveColumnCount = 4;
/// As messages name them: `lr`, `loss`, `val_loss`, `val_accuracy`.
inline constexpr std::array<const char*, curveColumnCount> curveColumnNames = {"lr", "loss", "val_loss",
                                                                               "val_accuracy"};

/// Most points of a curve.
inline constexpr std::size_t maximumCurvePoints = 1'000'000;

/// What a name stands for, whatever its case, spaces and signs, in the words of the libraries that write such files. Of
/// several names for one column that with the lowest rank counts.
struct NamedColumn {
    CurveColumn column = CurveColumn::Rate;
    int rank = 0;
};
std::optional<NamedColumn> findCurveColumn(std::string_view name);

/// A number as people's files have it, NaN and infinities among them; empty for any other text.
std::optional<double> curveNumber(std::string_view text);

/// The columns of a curve, of one length; those of validation may be empty.
struct CurveColumns {
    std::vector<double> rates;
    std::vector<double> losses; ///< NaN from the first on that is no finite number
    std::vector<double> validationLosses;
    std::vector<double> validationAccuracies;

    std::vector<double>& operator[](CurveColumn column) {
        std::array all = {&rates, &losses, &validationLosses, &validationAccuracies};
        return *all[static_cast<std::size_t>(column)];
    }
    /// Adds a value and returns what is wrong with it, which the caller places; empty: nothing. Rates grow from row to
    /// row; accuracies are shares.
    std::string add(CurveColumn column, double value);
};

/// From a table with a header, its columns parted by tabs, semicolons or commas. Throws ratescope::Error that begins
/// with `source`.
CurveColumns parseCurveTable(std::string_view text, const std::string& source);

/// From a text that begins with {: a JSON object with a list for each column, or an object of numbers as pandas has
/// them. NaN and Infinity, which some write into JSON, are overwritten in `text`.
CurveColumns parseCurveJson(std::string& text, const std::string& source);

} // namespace ratescope
