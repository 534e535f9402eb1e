// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/help_text.h"

#include "app/cli/terminal.h"

#include <QString>

#include <unistd.h>

#include <algorithm>
#include <sstream>

namespace ratescope {

namespace {

/// Columns of a text without East Asian characters.
int columnsOf(const std::string& text) {
    return static_cast<int>(QString::fromStdString(text).size());
}

std::string blanks(int count) {
    return std::string(static_cast<std::size_t>(std::max(0, count)), ' ');
}

/// `head` and beside it `text`, wrapped; below it where the head is too long.
std::string entry(const std::string& head, const std::string& text, int column, int width) {
    const int room = column - columnsOf(head) - 2;
    return "  " + head + (room >= 2 ? blanks(room) : "\n" + blanks(column)) + wrapped(text, width, column) + '\n';
}

std::string wordsOf(const OptionInfo& option) {
    std::string all;
    for (const std::string& word : option.words) all += (all.empty() ? "" : "|") + word;
    return all;
}

std::string paragraphs(const std::string& text, int width) {
    std::string all;
    std::size_t from = 0;
    while (from < text.size()) {
        const std::size_t end = std::min(text.find("\n\n", from), text.size());
        all += (all.empty() ? "" : "\n") + wrapped(text.substr(from, end - from), width, 0) + '\n';
        from = end + 2;
    }
    return all;
}

std::string statusLines(int width) {
    std::string text = "Exit status:\n";
    for (const StatusInfo& one : statusTable()) text += entry(std::to_string(one.status), one.text, 7, width);
    return text;
}

constexpr int optionColumn = 22;

} // namespace

int textWidth() {
    return isatty(STDOUT_FILENO) ? std::clamp(terminalSize(STDOUT_FILENO).columns, 40, 110) : 100;
}

std::string wrapped(const std::string& text, int width, int indent) {
    std::istringstream words(text);
    std::string all;
    int column = indent;
    for (std::string word; words >> word;) {
        const int size = columnsOf(word);
        if (!all.empty() && column + 1 + size > width) {
            all += '\n' + blanks(indent);
            column = indent;
        } else if (!all.empty()) {
            all += ' ';
            ++column;
        }
        all += word;
        column += size;
    }
    return all;
}

std::string optionHead(const OptionInfo& option) {
    std::string head = "--" + option.name;
    if (option.kind == OptionInfo::Kind::Words)
        head += ' ' + wordsOf(option);
    else if (!option.value.empty())
        head += ' ' + option.value;
    return head;
}

std::string optionText(const OptionInfo& option) {
    if (option.required) return option.text + " Needed.";
    return option.fallback.empty() ? option.text : option.text + " If left out: " + option.fallback + '.';
}

std::vector<std::string> synopsisOf(const CommandInfo& command) {
    std::vector<std::string> parts;
    if (!command.files.empty()) parts.push_back(command.files);
    for (const OptionInfo& option : command.options) {
        const std::string head = optionHead(option);
        parts.push_back((option.required ? head : '[' + head + ']') + (option.repeats ? "..." : ""));
    }
    return parts;
}

std::string commandHelp(const CommandInfo& command, int width) {
    const std::string start = "Usage: ratescope " + command.name;
    std::string text = start;
    int column = columnsOf(start);
    for (const std::string& part : synopsisOf(command)) {
        if (column + 1 + columnsOf(part) > width) {
            text += '\n' + blanks(columnsOf(start));
            column = columnsOf(start);
        }
        text += ' ' + part;
        column += 1 + columnsOf(part);
    }
    text += "\n\n" + paragraphs(command.text, width) + "\nOptions:\n";
    for (const OptionInfo& option : command.options)
        text += entry(optionHead(option), optionText(option), optionColumn, width);
    text += entry("-h, --help", "Show this help.", optionColumn, width);
    text += "\nExamples:\n";
    for (const CommandExample& example : command.examples)
        text += "  " + example.line + "\n      " + wrapped(example.text, width, 6) + '\n';
    text += '\n' + statusLines(width);
    if (command.reference) text += '\n' + command.reference();
    return text;
}

std::string generalHelp(int width) {
    std::string text = "Ratescope: see what a learning rate does.\n\nUsage:\n";
    const auto add = [&](const std::string& head, const std::string& what) { text += entry(head, what, 34, width); };
    add("ratescope [FILE...]",
        "open the window; FILE: an experiment, a study, a curve or log (.csv, TensorBoard's file or folder) or a figure "
        "that Ratescope wrote");
    for (const CommandInfo& command : commandTable())
        add("ratescope " + command.name + (command.files.empty() ? "" : ' ' + command.files), command.summary);
    add("ratescope help [COMMAND]", "this text, or the options and examples of a command, as “ratescope COMMAND --help”");
    add("ratescope --version", "print the version");
    add("ratescope --man-page", "print the manual page, for man");
    text += "\nExamples:\n"
            "  ratescope sweep.json\n      Opens an experiment in the window.\n"
            "  ratescope train sweep.json --out sweep.ratescope\n      Trains it without a window.\n"
            "  ratescope plot sweep.ratescope --out sweep.png\n      Draws what came of it.\n";
    return text + "\nNone of the commands needs a display. Results go to standard output, messages to standard error.\n\n" +
           statusLines(width);
}

} // namespace ratescope
