// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ratescope {

/// Goes through a table in rows whose fields are parted by tabs, semicolons or commas, whichever the first line has;
/// fields may stand in quotes. Keeps nothing of what it has read: a row may be as long as the file.
class DelimitedText {
public:
    /// Both have to last. Errors begin with `source`.
    DelimitedText(std::string_view text, const std::string& source);

    bool atEnd() const { return m_at >= m_text.size(); }

    /// Reads a row; `take(index, field)` is handed its fields, without the quotes around them. Throws ratescope::Error
    /// for quotes that do not end.
    template <typename Take> void readRow(Take take) {
        beginRow();
        for (bool more = true; more; ++m_count) {
            const std::string_view field = nextField(more);
            if (field.find_first_not_of(" \t") != std::string_view::npos) m_filled = m_count + 1;
            take(m_count, field);
        }
        if (m_filled == 0 && m_count == 1) m_count = 0;
    }

    /// Of the row that was read last: how many fields it has, and up to which they are not blank.
    std::size_t count() const { return m_count; }
    std::size_t filled() const { return m_filled; }
    bool isBlank() const { return m_filled == 0; }
    /// Whether the text ends without the end of that row's line.
    bool isCut() const { return m_isCut; }

    /// Throws ratescope::Error unless that row has so many fields; blank ones more are allowed.
    void expectFields(std::size_t names) const;
    /// Throws ratescope::Error of that row, or of its column if one is named.
    [[noreturn]] void fail(const std::string& what, const char* column = nullptr) const;

private:
    void beginRow();
    std::string_view nextField(bool& more);
    std::size_t closingQuote(std::size_t open);

    std::string_view m_text;
    const std::string& m_source;
    char m_delimiter = ',';
    std::size_t m_at = 0;
    std::size_t m_line = 1; ///< the row's first
    std::size_t m_nextLine = 1;
    std::size_t m_count = 0;
    std::size_t m_filled = 0;
    bool m_isCut = false;
};

} // namespace ratescope
