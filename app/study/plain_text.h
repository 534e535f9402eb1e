// SPDX-License-Identifier: GPL-3.0-or-later
// Texts from files, which may be anybody's, for places where Qt would read more into them than letters.
#pragma once

#include <QString>

#include <string>

namespace ratescope {

/// As a tool tip, which Qt takes for HTML where it looks like that: letter for letter, lines as they are, long ones broken.
/// What would not fit on a screen is cut.
QString plainToolTip(const QString& text);

/// Within the text of a menu's entry, a button or a tab: an & underlines nothing.
QString menuText(QString text);

/// Within a window's title, where [*] is a place of Qt's.
QString titleText(QString text);

/// A line of UTF-8 that shows what it is: sound, and with a _ for each character that breaks lines, is not seen, or turns
/// the order of the letters after it.
std::string plainLine(const std::string& text);

/// At most `most` characters, the last an ellipsis where there were more.
QString cutText(const QString& text, qsizetype most);

} // namespace ratescope
