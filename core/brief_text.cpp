// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/brief_text.h"

#include <algorithm>

namespace ratescope {

namespace {

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// Bytes of the character that the text begins with; 0 where it begins with none (Unicode 15, table 3-7).
std::size_t characterSize(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text[0]);
    const auto second = static_cast<unsigned char>(text.size() > 1 ? text[1] : '\0');
    if (lead < 0x80) return 1;
    if (lead < 0xC2 || lead > 0xF4) return 0;
    const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (text.size() < size || !std::ranges::all_of(text.substr(1, size - 1), continues)) return 0;
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F)) return 0; // overlong, surrogates
    if ((lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) return 0; // overlong, beyond Unicode
    return size;
}

/// Also those from U+0080 to U+009F, which terminals that know 8 bits obey.
bool isControl(std::string_view character) {
    const auto first = static_cast<unsigned char>(character[0]);
    return first < 0x20 || first == 0x7F || (first == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0);
}

} // namespace

std::string briefText(std::string_view text, std::size_t most) {
    std::string brief;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = characterSize(text.substr(at));
        const std::string_view character = text.substr(at, std::max<std::size_t>(size, 1));
        if (at + character.size() > most) return brief + "…";
        brief += size == 0 ? "\uFFFD" : isControl(character) ? " " : character;
        at += character.size();
    }
    return brief;
}

} // namespace ratescope
