// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace ratescope {

/// What went wrong with a file or another thing outside the program: names it, says what was found and what was expected.
class Error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// One fault of a configuration: where it is (`schedule.period`) and what is wrong with it.
struct Problem {
    std::string place;
    std::string message;
};

using Problems = std::vector<Problem>;

} // namespace ratescope
