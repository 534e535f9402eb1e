// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/code_text.h"

#include "core/parameter_info.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace ratescope::python {

namespace {

/// Characters, not bytes, of a text in UTF-8.
std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> result(1);
    for (const char c : text) {
        if (static_cast<unsigned char>(c) > ' ' && c != 0x7F)
            result.back() += c;
        else if (!result.back().empty())
            result.emplace_back();
    }
    if (result.back().empty()) result.pop_back();
    return result;
}

/// Words side by side in lines that begin with `begin`.
Lines filled(const std::vector<std::string>& parts, const std::string& begin, const std::string& next,
             std::size_t most = columns) {
    Lines lines;
    std::string line = begin;
    bool fresh = true;
    for (const std::string& part : parts) {
        if (!fresh && width(line) + 1 + width(part) > most) {
            lines.push_back(line);
            line = next;
            fresh = true;
        }
        line += (fresh ? "" : " ") + part;
        fresh = false;
    }
    lines.push_back(line);
    return lines;
}

std::string together(const Lines& items) {
    std::string text;
    for (const std::string& item : items) text += (text.empty() ? "" : ", ") + item;
    return text;
}

/// A statement over the columns, as several lines.
Lines folded(const std::string& line) {
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    std::string_view rest = std::string_view(line).substr(indent);
    std::size_t head = 0;
    if (rest.starts_with("return "))
        head = 7;
    else if (const std::size_t equals = rest.find(" = "); equals != std::string_view::npos)
        head = equals + 3;
    if (head == 0 || rest.starts_with('#')) return {line};
    const std::string margin(indent, ' ');
    Lines lines = {margin + std::string(rest.substr(0, head)) + '('};
    append(lines, filled(words(rest.substr(head)), margin + "    ", margin + "    "));
    lines.push_back(margin + ')');
    return lines;
}

} // namespace

std::string number(double value) {
    if (std::isnan(value)) return "math.nan";
    if (std::isinf(value)) return value > 0 ? "math.inf" : "-math.inf";
    // 1e+05 would be a float, where Python's libraries insist on whole numbers of steps.
    if (value == std::floor(value) && std::abs(value) <= 1e15) return std::to_string(static_cast<long long>(value));
    return shortest(value);
}

std::string decimal(double value) {
    const std::string text = number(value);
    return text.find_first_not_of("-0123456789") == std::string::npos ? text + ".0" : text;
}

std::string minus(const std::string& from, double value) {
    return value == 0.0 ? from : from + " - " + number(value);
}

Lines comment(std::string_view text, std::string_view hanging, std::string_view margin) {
    const std::size_t spaces = std::min(text.find_first_not_of(' '), text.size());
    return filled(words(text), "# " + std::string(margin) + std::string(spaces, ' '), "# " + std::string(hanging));
}

Lines call(const std::string& head, const Lines& arguments, const std::string& closing, std::size_t indent) {
    const std::string all = together(arguments);
    if (indent + width(head) + width(all) + width(closing) + 2 <= columns) return {head + '(' + all + ')' + closing};
    if (indent + width(all) + 4 <= columns) return {head + '(', "    " + all, ')' + closing};
    Lines lines = {head + '('};
    for (const std::string& argument : arguments) {
        const std::size_t bracket = argument.find('[');
        if (indent + width(argument) + 5 <= columns || bracket == std::string::npos) {
            lines.push_back("    " + argument + ',');
            continue;
        }
        const std::string_view items = std::string_view(argument).substr(bracket + 1, argument.size() - bracket - 2);
        lines.push_back("    " + argument.substr(0, bracket + 1));
        append(lines, filled(words(std::string(items) + ','), "        ", "        ", columns - indent));
        lines.emplace_back("    ],");
    }
    lines.push_back(')' + closing);
    return lines;
}

Lines list(const std::string& head, const Lines& items) {
    const std::string all = together(items);
    if (width(head) + width(all) + 2 <= columns) return {head + '[' + all + ']'};
    if (width(all) + 4 <= columns) return {head + '[', "    " + all, "]"};
    Lines parts;
    for (const std::string& item : items) parts.push_back(item + ',');
    Lines lines = {head + '['};
    append(lines, filled(parts, "    ", "    "));
    lines.emplace_back("]");
    return lines;
}

Lines linesOf(std::string_view text) {
    Lines lines;
    std::istringstream stream{std::string(text)};
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

void append(Lines& lines, const Lines& more) {
    lines.insert(lines.end(), more.begin(), more.end());
}

Lines indented(const Lines& lines) {
    Lines result;
    for (const std::string& line : lines) result.push_back(line.empty() ? line : "    " + line);
    return result;
}

std::string joined(const Lines& lines) {
    std::string text;
    for (const std::string& line : lines)
        for (const std::string& piece : width(line) > columns ? folded(line) : Lines{line}) text += piece + '\n';
    return text;
}

} // namespace ratescope::python
