// SPDX-License-Identifier: GPL-3.0-or-later
// Curves as tables: a header, and a row for each rate.
#include "app/study/curve_columns.h"
#include "core/error.h"

#include <algorithm>
#include <limits>

namespace ratescope {

namespace {

constexpr std::size_t mostColumns = 10'000;
constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();

/// A text from the file for a message: not all of a megabyte.
std::string briefly(std::string_view text) {
    constexpr std::size_t longest = 60;
    std::string brief(text.substr(0, longest));
    while (text.size() > longest && !brief.empty() && (static_cast<unsigned char>(text[brief.size()]) & 0xC0) == 0x80)
        brief.pop_back(); // not inside a character
    for (char& c : brief)
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    return text.size() > longest ? brief + "…" : brief;
}

class TableReader {
public:
    TableReader(std::string_view text, const std::string& source)
        : m_text(text)
        , m_source(source) {
        const std::string_view header = text.substr(0, text.find_first_of("\r\n", text.find_first_not_of("\r\n")));
        for (const char delimiter : {'\t', ';'})
            if (header.find(delimiter) != std::string_view::npos) {
                m_delimiter = delimiter;
                break;
            }
    }

    CurveColumns read() {
        while (m_count == 0 && m_at < m_text.size())
            readRow([this](std::size_t index, std::string_view field) { takeName(index, field); });
        for (const CurveColumn needed : {CurveColumn::Rate, CurveColumn::Loss})
            if (placeOf(needed) == nowhere)
                fail(std::string("names no column ") + curveColumnNames[static_cast<std::size_t>(needed)] +
                     "; expected a first line with the columns lr and loss");
        const std::size_t names = m_count;
        while (m_at < m_text.size()) {
            m_fields = {};
            readRow([this](std::size_t index, std::string_view field) { takeField(index, field); });
            if (m_isBlank) continue;
            if (m_filled > names || m_count < names)
                fail("holds " + std::to_string(std::max(m_filled, std::min(m_count, names))) + " fields; expected " +
                     std::to_string(names) + ", as many as in the first line");
            addRow();
        }
        return std::move(m_columns);
    }

private:
    [[noreturn]] void fail(const std::string& what, const char* column = nullptr) const {
        throw Error(m_source + ": line " + std::to_string(m_line) +
                    (column ? std::string(": ") + column : std::string()) + ": " + what);
    }

    std::size_t& placeOf(CurveColumn column) { return m_places[static_cast<std::size_t>(column)]; }

    /// Goes through a row's fields, without their quotes. Nothing is kept of it: a row may be as long as the file.
    template <typename Take> void readRow(Take take) {
        m_line = m_nextLine;
        m_count = m_filled = 0;
        m_isBlank = true;
        for (bool more = true; more; ++m_count) {
            const std::string_view field = nextField(more);
            const bool blank = field.find_first_not_of(" \t") == std::string_view::npos;
            if (!blank) {
                m_filled = m_count + 1;
                m_isBlank = false;
            }
            take(m_count, field);
        }
        if (m_isBlank && m_count == 1) m_count = 0;
    }

    /// The field that begins here, and to behind what ends it. `more`: another one follows in this row.
    std::string_view nextField(bool& more) {
        std::size_t begin = m_at;
        while (begin < m_text.size() && m_text[begin] == ' ') ++begin;
        std::size_t end = begin;
        const bool quoted = begin < m_text.size() && m_text[begin] == '"';
        if (quoted) {
            end = closingQuote(begin);
            ++begin;
        }
        const std::size_t stop = std::min(m_text.find_first_of(m_delimiter == '\t'  ? "\t\r\n"
                                                               : m_delimiter == ';' ? ";\r\n"
                                                                                    : ",\r\n",
                                                               end),
                                          m_text.size());
        const std::string_view field = m_text.substr(begin, (quoted ? end : stop) - begin);
        m_at = stop;
        more = m_at < m_text.size() && m_text[m_at] == m_delimiter;
        if (more) {
            ++m_at;
            return field;
        }
        if (m_at < m_text.size()) {
            m_at += m_text.substr(m_at).starts_with("\r\n") ? 2 : 1;
            ++m_nextLine;
        }
        return field;
    }

    std::size_t closingQuote(std::size_t open) {
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

    void takeName(std::size_t index, std::string_view name) {
        if (index >= mostColumns) fail("names over 10000 columns; expected lr and loss, and few more");
        const std::optional<NamedColumn> found = findCurveColumn(name);
        if (!found) return;
        const auto column = static_cast<std::size_t>(found->column);
        if (m_places[column] != nowhere && m_ranks[column] == found->rank)
            fail("names the column “" + briefly(name) + "” twice; expected once");
        if (m_places[column] != nowhere && m_ranks[column] < found->rank) return;
        m_places[column] = index;
        m_ranks[column] = found->rank;
    }

    void takeField(std::size_t index, std::string_view field) {
        for (std::size_t column = 0; column < curveColumnCount; ++column)
            if (m_places[column] == index) m_fields[column] = field;
    }

    /// NaN where the field is empty.
    double numberIn(CurveColumn column) const {
        const std::string_view field = m_fields[static_cast<std::size_t>(column)];
        if (const std::optional<double> number = curveNumber(field)) return *number;
        if (field.find_first_not_of(" \t") != std::string_view::npos)
            fail("is “" + briefly(field) + "”; expected a number with a decimal point, such as 0.01",
                 curveColumnNames[static_cast<std::size_t>(column)]);
        return std::numeric_limits<double>::quiet_NaN();
    }

    void addRow() {
        if (m_columns.rates.size() == maximumCurvePoints)
            fail("is behind " + std::to_string(maximumCurvePoints) + " points; allowed: at most as many");
        for (std::size_t i = 0; i < curveColumnCount; ++i) {
            if (m_places[i] == nowhere) continue;
            const auto column = static_cast<CurveColumn>(i);
            if (const std::string problem = m_columns.add(column, numberIn(column)); !problem.empty())
                fail(problem, curveColumnNames[i]);
        }
    }

    std::string_view m_text;
    const std::string& m_source;
    char m_delimiter = ',';
    std::size_t m_at = 0;
    std::size_t m_line = 1; ///< the row's first
    std::size_t m_nextLine = 1;
    std::size_t m_count = 0;  ///< fields of the row
    std::size_t m_filled = 0; ///< up to the last that is not empty
    bool m_isBlank = true;
    std::array<std::size_t, curveColumnCount> m_places{nowhere, nowhere, nowhere, nowhere};
    std::array<int, curveColumnCount> m_ranks{};
    std::array<std::string_view, curveColumnCount> m_fields{};
    CurveColumns m_columns;
};

} // namespace

CurveColumns parseCurveTable(std::string_view text, const std::string& source) {
    return TableReader(text, source).read();
}

} // namespace ratescope
