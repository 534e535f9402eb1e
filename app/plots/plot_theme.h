// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>

#include <optional>
#include <string_view>

namespace ratescope {

/// Colours and pens of the plots.
struct PlotTheme {
    QColor background;
    QColor text;
    QColor axis;
    QColor grid;
    QColor faintText;
    double lineWidth = 2.0;
    int fontPixels = 13;

    static PlotTheme light();
    static PlotTheme dark();
    /// White paper, black axes, no grid.
    static PlotTheme print();
    /// `light`, `dark` or `print`.
    static std::optional<PlotTheme> find(std::string_view name);

    /// DejaVu Sans without hinting, sized in pixels: the same glyphs on every screen.
    QFont font(double factor = 1.0, bool bold = false) const;
    /// A run's colour on this background: dark themes lift what would be lost on them.
    QColor runColor(const QString& color) const;
};

} // namespace ratescope
