// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command_table.h"

#include <string>
#include <vector>

namespace ratescope {

/// Columns that help is to fill: the terminal's, within reason.
int textWidth();

/// The text in lines of at most `width` columns, all indented by `indent` but for the first.
std::string wrapped(const std::string& text, int width, int indent);

/// `train EXPERIMENT [--run NAME]...`, in pieces that belong on one line each.
std::vector<std::string> synopsisOf(const CommandInfo& command);
/// `--what page|loss|lr|range`, as the list of options has it.
std::string optionHead(const OptionInfo& option);
/// What an option does and what it is if left out.
std::string optionText(const OptionInfo& option);

/// Text of `ratescope --help` and of `ratescope COMMAND --help`.
std::string generalHelp(int width);
std::string commandHelp(const CommandInfo& command, int width);

} // namespace ratescope
