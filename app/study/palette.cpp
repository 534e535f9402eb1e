// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/palette.h"

#include <array>

namespace ratescope {

std::span<const std::string_view> paletteColors() {
    static constexpr std::array<std::string_view, 8> colors = {"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                                               "#e69f00", "#56b4e9", "#a89b00", "#7a7a7a"};
    return colors;
}

} // namespace ratescope
