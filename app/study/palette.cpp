// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/palette.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace ratescope {

namespace {

constexpr int darkGround = 128;       ///< below it a background is dark
constexpr double darkColor = 105;     ///< colours darker than that are lifted …
constexpr double liftedColor = 130;   ///< … to this lightness

bool parseColor(const std::string& color, std::array<double, 3>& parts) {
    if (color.size() != 7 || color[0] != '#') return false;
    for (std::size_t i = 0; i < 3; ++i) {
        unsigned value = 0;
        const char* first = color.data() + 1 + 2 * i;
        if (std::from_chars(first, first + 2, value, 16).ptr != first + 2) return false;
        parts[i] = value;
    }
    return true;
}

} // namespace

std::span<const std::string_view> paletteColors() {
    static constexpr std::array<std::string_view, 8> colors = {"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                                               "#e69f00", "#56b4e9", "#a89b00", "#7a7a7a"};
    return colors;
}

std::span<const float> dashPattern(int dash) {
    static constexpr std::array<float, 2> dashes = {4.0F, 2.0F};
    static constexpr std::array<float, 2> dots = {1.2F, 1.8F};
    static constexpr std::array<float, 4> both = {5.0F, 2.0F, 1.2F, 2.0F};
    switch (dash % dashPatternCount) {
    case 1: return dashes;
    case 2: return dots;
    case 3: return both;
    default: return {};
    }
}

std::string colorOn(const std::string& color, int backgroundLightness) {
    std::array<double, 3> parts{};
    if (backgroundLightness >= darkGround || !parseColor(color, parts)) return color;
    const auto [least, most] = std::ranges::minmax(parts);
    const double lightness = (least + most) / 2.0;
    if (lightness >= darkColor) return color;
    // The same distance from grey: hue and chroma stay, and nothing turns neon.
    for (double& part : parts) part = std::clamp(liftedColor + (part - lightness), 0.0, 255.0);
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), "#%02x%02x%02x", static_cast<unsigned>(std::lround(parts[0])) & 0xFFU,
                  static_cast<unsigned>(std::lround(parts[1])) & 0xFFU,
                  static_cast<unsigned>(std::lround(parts[2])) & 0xFFU);
    return text.data();
}

} // namespace ratescope
