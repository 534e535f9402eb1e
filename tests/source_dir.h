// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

/// Where README.md, app/, resources/ and so on lie, with `below` after it, such as "/README.md". In a file of its own: a path
/// in every test's command line would keep clones from sharing a compiler cache.
std::string sourceDir(const std::string& below = {});
