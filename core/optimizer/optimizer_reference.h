// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace ratescope {

/// The table of update rules as a table in Markdown, a row each: type, parameters with their defaults, what it does, where it
/// comes from. README and `ratescope train --help` show it, so that they cannot tell of another table than the program's.
std::string optimizerReference();

} // namespace ratescope
