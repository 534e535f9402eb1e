// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace ratescope {

class CommandLine;
class InterruptWatch;
class ProgressLine;

/// What a command has at hand beside its command line.
struct CommandContext {
    InterruptWatch& interrupt;
    ProgressLine& progress;
    std::function<double()> startWindow; ///< opens an empty window; milliseconds until it was painted
};

/// An option of a command. Long names alone, without the dashes.
struct OptionInfo {
    /// What its value is, which also says what Tab offers.
    enum class Kind {
        Switch,    ///< has none
        Words,     ///< one of `words`
        Text,      ///< anything; `words` are examples
        Run,       ///< the name of a run of the files on the line
        WriteFile, ///< a file to be written, with one of `words` as its suffix
        WriteFolder
    };

    std::string name;
    std::string value = {}; ///< what its value is called
    std::string text;
    Kind kind = Kind::Switch;
    std::vector<std::string> words = {};
    std::string fallback = {};
    bool required = false;
    bool repeats = false; ///< may be given several times
};

/// A line that works, and what it does.
struct CommandExample {
    std::string line;
    std::string text;
};

/// A command: everything that --help, the man page and completion say of it, and what runs it. A command is added to
/// commandTable() and nowhere else.
struct CommandInfo {
    static constexpr int anyNumber = std::numeric_limits<int>::max();

    std::string name;
    std::string summary;
    std::string text;                   ///< paragraphs, an empty line between them
    std::string files = {};             ///< what its files are called; empty: it takes none
    std::vector<std::string> suffixes = {}; ///< that such files usually have; with a *: how they are called
    int mostFiles = 1;                  ///< at least one, where it takes any
    std::vector<OptionInfo> options = {};
    std::vector<CommandExample> examples = {};
    std::string (*reference)() = nullptr; ///< what --help ends with
    bool draws = false;                   ///< needs a QApplication, on the offscreen platform
    int (*run)(const CommandLine&, CommandContext&) = nullptr;
};

/// Every command, in the order of the help.
const std::vector<CommandInfo>& commandTable();

/// The command of that name, or null.
const CommandInfo* findCommand(std::string_view name);
/// The word of `words` that `word` may have been meant to be; empty where none is near.
std::string nearestWord(std::string_view word, const std::vector<std::string>& words);

/// An exit status and what it means.
struct StatusInfo {
    int status;
    std::string text;
};
const std::vector<StatusInfo>& statusTable();

} // namespace ratescope
