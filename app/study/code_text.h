// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// How Python is written: numbers, calls, comments and lines of at most 100 columns, as the formatter black has them.
namespace ratescope::python {

using Lines = std::vector<std::string>;

inline constexpr std::size_t columns = 100;

/// The shortest form that reads back the same; whole numbers without an exponent.
std::string number(double value);
/// The same, and a float for Python: `3.0`.
std::string decimal(double value);
/// `from` plus, minus or times a number, without what changes nothing.
std::string minus(const std::string& from, double value);

/// Of `text`, folded, each line begun with `# `; line breaks and other control characters in it become spaces.
Lines comment(std::string_view text, std::string_view hanging = {}, std::string_view margin = {});

/// `head(a, b)`, on one line or, where it is too long, an argument a line; `closing`: what follows it.
/// `indent`: how far it will be moved to the right.
Lines call(const std::string& head, const Lines& arguments, const std::string& closing = {}, std::size_t indent = 0);
/// `head[a, b]` with the items filled into lines.
Lines list(const std::string& head, const Lines& items);

Lines linesOf(std::string_view text);
void append(Lines& lines, const Lines& more);
/// Four columns to the right; empty lines stay empty.
Lines indented(const Lines& lines);
/// One text with every line ended; a `return` or an assignment that is too long goes on in parentheses.
std::string joined(const Lines& lines);

} // namespace ratescope::python
