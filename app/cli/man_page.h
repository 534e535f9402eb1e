// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace ratescope {

/// ratescope(1) in roff's man macros, made of the same table as --help.
std::string manPage(const std::string& version);

} // namespace ratescope
