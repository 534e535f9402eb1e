// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/delimited_text.h"

#include "core/error.h"

#include <algorithm>

namespace ratescope {

namespace {

/// What the first line that is not empty has outside of quotes; a tab before a semicolon before a comma.
char delimiterOf(std::string_view text) {
    char found = ',';
    bool quoted = false;
    for (std::size_t at = std::min(text.find_first_not_of("\r\n"), text.size()); at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\r' || c == '\n') break;
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '\t') return c;
        if (c == ';') found = c;
    }
    return found;
}

} // namespace

DelimitedText::DelimitedText(std::string_view text, const std::string& source)
    : m_text(text)
    , m_source(source)
    , m_delimiter(delimiterOf(text)) {}

void DelimitedText::fail(const std::string& what, const char* column) const {
    throw Error(m_source + ": line " + std::to_string(m_line) + (column ? std::string(": ") + column : std::string()) +
                ": " + what);
}

void DelimitedText::expectFields(std::size_t names) const {
    if (m_filled > names || m_count < names)
        fail("holds " + std::to_string(std::max(m_filled, std::min(m_count, names))) + " fields; expected " +
             std::to_string(names) + ", as many as in the first line");
}

void DelimitedText::beginRow() {
    m_line = m_nextLine;
    m_count = m_filled = 0;
    m_isCut = false;
}

/// The field that begins here, and to behind what ends it. `more`: another one follows in this row.
std::string_view DelimitedText::nextField(bool& more) {
    std::size_t begin = m_at;
    while (begin < m_text.size() && m_text[begin] == ' ') ++begin;
    std::size_t end = begin;
    const bool quoted = begin < m_text.size() && m_text[begin] == '"';
    if (quoted) {
        end = closingQuote(begin);
        ++begin;
    }
    const char* const ends = m_delimiter == '\t' ? "\t\r\n" : m_delimiter == ';' ? ";\r\n" : ",\r\n";
    const std::size_t stop = std::min(m_text.find_first_of(ends, end), m_text.size());
    const std::string_view field = m_text.substr(begin, (quoted ? end : stop) - begin);
    m_at = stop;
    more = m_at < m_text.size() && m_text[m_at] == m_delimiter;
    if (more) {
        ++m_at;
        return field;
    }
    m_isCut = m_at == m_text.size();
    if (!m_isCut) {
        m_at += m_text.substr(m_at).starts_with("\r\n") ? 2 : 1;
        ++m_nextLine;
    }
    return field;
}

std::size_t DelimitedText::closingQuote(std::size_t open) {
    std::size_t at = open + 1;
    for (;; ++at) {
        at = m_text.find_first_of("\"\n", at);
        if (at == std::string_view::npos) fail("begins a text in quotes that does not end");
        if (m_text[at] == '\n') {
            ++m_nextLine;
            continue;
        }
        if (!m_text.substr(at + 1).starts_with('"')) return at;
        ++at; // two are one in the text
    }
}

} // namespace ratescope
