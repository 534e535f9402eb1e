// SPDX-License-Identifier: GPL-3.0-or-later
// What tests have to know of the build that they belong to: in a file of its own, for their objects are shared by several.
#pragma once

#include <QString>

#include <string>

/// Where README.md, app/, resources/ and so on lie, with `below` after it, such as "/README.md".
std::string sourceDir(const std::string& below = {});

/// The program.
QString programPath();

/// Whether the address or thread sanitizer watches, which takes several times as long and as much memory.
extern const bool isSanitized;
