// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace ratescope {

/// Columns and rows of the terminal on that file descriptor; 80 × 24 where it does not tell.
struct TerminalSize {
    int columns = 80;
    int rows = 24;
};
TerminalSize terminalSize(int descriptor);

/// Whether standard error is a terminal that can move its cursor up, and so redraw.
bool canRedraw();

/// A bar of so many characters, filled by `share` from 0 to 1.
QString progressBar(double share, int characters);
/// At most so many columns of the text, as terminals count them: many East Asian characters take two.
QString cutToColumns(const QString& text, int columns);
/// The same, with blanks behind it.
QString padToColumns(const QString& text, int columns);

} // namespace ratescope
