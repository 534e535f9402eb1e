// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QPalette>
#include <QString>

class QApplication;

namespace ratescope {

enum class ThemeChoice { System, Light, Dark };

/// Colours and spacing of the window: Qt's Fusion style in Ratescope's own palette.
void applyWindowTheme(bool dark);

/// An icon of resources/icons in the theme's text colour; crisp at any scale.
QIcon themedIcon(const QString& name, const QPalette& palette);

} // namespace ratescope
