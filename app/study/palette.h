// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace ratescope {

/// Colours that people with any kind of colour vision can tell apart (Okabe and Ito 2008), yellow darkened for white
/// paper and black softened for dark themes. In the order in which runs get them.
std::span<const std::string_view> paletteColors();

/// The palette's colour that `used` counts least often, the earlier one among equals. `used(color)`: how many runs have it.
template <typename Used>
std::string nextPaletteColor(Used used) {
    std::string_view best = paletteColors()[0];
    for (const std::string_view color : paletteColors())
        if (used(color) < used(best)) best = color;
    return std::string(best);
}

/// A run's colour for a background of that lightness (0 … 255): dark ones are lifted from a dark ground, hue and chroma
/// kept, as the plots do it. `color`: `#rrggbb`; anything else comes back as it is.
std::string colorOn(const std::string& color, int backgroundLightness);

/// How many dash patterns there are: runs of one colour take them in turn, so that colour is never the only cue.
inline constexpr int dashPatternCount = 4;
/// The lengths of a dash pattern in pen widths, on and off in turn; empty: solid.
std::span<const float> dashPattern(int dash);

} // namespace ratescope
