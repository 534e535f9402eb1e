// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ratescope {

/// A text from a file for a message: not all of a megabyte, in one line and sound UTF-8. Whatever would steer a terminal
/// becomes a space, what is no character U+FFFD; what is longer than `most` bytes ends in “…”.
std::string briefText(std::string_view text, std::size_t most = 60);

} // namespace ratescope
