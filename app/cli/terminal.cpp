// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cwchar>

namespace ratescope {

namespace {

/// Columns that a character takes.
int columnsOf(char32_t character) { return std::max(0, wcwidth(static_cast<wchar_t>(character))); }

} // namespace

TerminalSize terminalSize(int descriptor) {
    winsize size{};
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return {};
    return {size.ws_col, size.ws_row};
}

bool canRedraw() {
    const QByteArray terminal = qgetenv("TERM");
    return isatty(STDERR_FILENO) && !terminal.isEmpty() && terminal != "dumb";
}

QString progressBar(double share, int characters) {
    const int filled = std::clamp(static_cast<int>(std::floor(share * characters)), 0, characters);
    return QString(filled, QChar(0x2588)) + QString(characters - filled, QChar(0x2591));
}

QString cutToColumns(const QString& text, int columns) {
    QString cut;
    for (const char32_t character : text.toStdU32String()) {
        if (character < U' ' || character == U'\x7F') continue; // names may hold what would move the cursor
        columns -= columnsOf(character);
        if (columns < 0) break;
        cut += QString::fromUcs4(&character, 1);
    }
    return cut;
}

QString padToColumns(const QString& text, int columns) {
    const QString cut = cutToColumns(text, columns);
    int taken = 0;
    for (const char32_t character : cut.toStdU32String()) taken += columnsOf(character);
    return cut + QString(columns - taken, QLatin1Char(' '));
}

} // namespace ratescope
