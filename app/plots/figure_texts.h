// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <array>

namespace ratescope {

/// The frames that a page can have. The range test has two, one above the other.
enum class PlotPlace { Loss, Rate, TestLoss, TestSlope };
inline constexpr std::array<PlotPlace, 4> plotPlaces = {PlotPlace::Loss, PlotPlace::Rate, PlotPlace::TestLoss,
                                                        PlotPlace::TestSlope};

/// Texts of a figure that a person may set; where one is empty the figure says what it shows itself.
struct FigureTexts {
    QString title;                ///< over the whole figure
    std::array<QString, 3> plots; ///< over loss, rate and range test
    std::array<QString, 4> x;     ///< along the axes of each PlotPlace
    std::array<QString, 4> y;
    bool operator==(const FigureTexts&) const = default;
};

} // namespace ratescope
