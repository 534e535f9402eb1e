// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <string>

namespace ratescope {

/// What the last of `words` may go on as; `words` are those behind the program's name, unquoted. A line each:
///     word TEXT       this word
///     file SUFFIX     a file of that suffix; any file where there is no suffix
///     folder          a folder
/// Words that do not begin as the last one are left out. Never throws: what cannot be read offers nothing.
std::string completionsOf(const QStringList& words);

} // namespace ratescope
