// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/plot_theme.h"

#include "app/study/palette.h"

#include <cmath>

namespace ratescope {

PlotTheme PlotTheme::light() {
    return {.background = QColor(0xff, 0xff, 0xff), .text = QColor(0x1f, 0x23, 0x28), .axis = QColor(0x8c, 0x95, 0x9f),
            .grid = QColor(0xe8, 0xeb, 0xef), .faintText = QColor(0x6e, 0x77, 0x81)};
}

PlotTheme PlotTheme::dark() {
    return {.background = QColor(0x1b, 0x1e, 0x23), .text = QColor(0xe6, 0xe9, 0xed), .axis = QColor(0x7d, 0x86, 0x92),
            .grid = QColor(0x2d, 0x32, 0x39), .faintText = QColor(0x9a, 0xa3, 0xae)};
}

PlotTheme PlotTheme::print() {
    return {.background = Qt::white, .text = Qt::black, .axis = Qt::black, .grid = QColor(0, 0, 0, 0),
            .faintText = QColor(0x40, 0x40, 0x40), .lineWidth = 1.5};
}

std::optional<PlotTheme> PlotTheme::find(std::string_view name) {
    if (name == "light") return light();
    if (name == "dark") return dark();
    if (name == "print") return print();
    return std::nullopt;
}

QFont PlotTheme::font(double factor, bool bold) const {
    QFont font(QStringLiteral("DejaVu Sans"));
    font.setPixelSize(static_cast<int>(std::lround(fontPixels * factor)));
    font.setBold(bold);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

QColor PlotTheme::runColor(const QString& color) const {
    if (!QColor(color).isValid()) return text;
    return QColor(QString::fromStdString(colorOn(color.toStdString(), background.lightness())));
}

} // namespace ratescope
