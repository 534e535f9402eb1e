// SPDX-License-Identifier: GPL-3.0-or-later
// Curves as JSON: an object with a list of numbers for each column, or an object of numbers, as pandas has them.
#include "app/study/curve_columns.h"
#include "app/study/strict_json.h"
#include "core/brief_text.h"
#include "core/error.h"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace ratescope {

namespace {

/// The parser keeps all since a number or a text began, two or three times.
constexpr std::size_t longestRun = std::size_t(1) << 20;
constexpr std::size_t mostOfReason = 200;
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

/// Overwrites what Python writes for numbers that are none, NaN, Infinity and −Infinity, by empty texts, which JSON
/// has; what is behind them stays where it was. Refuses what no list of numbers would have and the parser would need
/// much memory for.
void tame(std::string& text, const std::string& source) {
    bool quoted = false;
    bool inside = false;   // of a number or a word
    std::size_t begin = 0; // of the last number or text
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (at - begin > longestRun)
            throw Error(source + ": " + lineAndColumn(text, begin + 1) +
                        ": begins a stretch of over 1 MiB without a number; expected a list of numbers");
        const char c = text[at];
        if (quoted) {
            if (c == '\\') ++at;
            quoted = c != '"';
            continue;
        }
        if (c == '"') {
            quoted = true;
            begin = at;
            continue;
        }
        if (c == 'n') begin = at; // null
        const bool number = (c >= '0' && c <= '9') || c == '-';
        if (number && !inside) begin = at;
        inside = number || c == '.' || c == 'e' || c == 'E' || c == '+';
        if (c != 'N' && c != '-' && c != 'I') continue;
        for (const std::string_view word : {"NaN", "-Infinity", "Infinity"}) {
            if (!std::string_view(text).substr(at).starts_with(word)) continue;
            text.replace(at, word.size(), "\"\"" + std::string(word.size() - 2, ' '));
            begin = at;
            at += word.size() - 1;
            break;
        }
    }
}

/// Takes the lists that count from the outermost object and passes over everything else, holding none of it.
class ListReader : public nlohmann::json::json_sax_t {
public:
    ListReader(std::string_view text, const std::string& source)
        : m_text(text)
        , m_source(source) {}

    bool null() override { return take(notANumber, "null"); }
    bool boolean(bool value) override { return take(std::nullopt, value ? "true" : "false"); }
    bool number_integer(std::int64_t value) override { return take(static_cast<double>(value), {}); }
    bool number_unsigned(std::uint64_t value) override { return take(static_cast<double>(value), {}); }
    bool number_float(double value, const std::string&) override { return take(value, {}); }
    bool string(std::string& value) override {
        if (value.empty()) return take(notANumber, {});
        return take(curveNumber(value), "a text");
    }
    bool binary(nlohmann::json::binary_t&) override { return false; }

    bool start_object(std::size_t) override {
        if (isList()) fail("is an object; expected a number");
        return open();
    }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override {
        if (isList()) fail("is a list; expected a number");
        return open();
    }
    bool end_array() override { return close(); }

    bool key(std::string& name) override {
        if (m_depth != 1) return true;
        m_column.reset();
        const std::optional<NamedColumn> found = findCurveColumn(name);
        if (!found) return true;
        const auto column = static_cast<std::size_t>(found->column);
        if (m_given[column] && m_ranks[column] == found->rank)
            throw Error(m_source + ": " + curveColumnNames[column] + ": the key is given twice; expected once");
        if (m_given[column] && m_ranks[column] < found->rank) return true;
        m_column = column;
        m_rank = found->rank;
        return true;
    }

    bool parse_error(std::size_t byte, const std::string&, const nlohmann::detail::exception& error) override {
        if (dynamic_cast<const nlohmann::json::parse_error*>(&error))
            throw Error(m_source + ": " + lineAndColumn(m_text, byte) +
                        R"(: is not JSON; expected an object such as {"lr": […], "loss": […]})");
        throw Error(m_source + ": cannot be read as JSON: " + briefText(error.what(), mostOfReason));
    }

    std::array<std::vector<double>, curveColumnCount>& lists() { return m_lists; }
    bool isGiven(CurveColumn column) const { return m_given[static_cast<std::size_t>(column)]; }

private:
    bool isList() const { return m_column && m_depth == 2; }
    bool open() {
        if (m_depth == 1 && m_column) { // in place of one by another name
            m_given[*m_column] = true;
            m_ranks[*m_column] = m_rank;
            m_lists[*m_column].clear();
        }
        ++m_depth;
        return true;
    }
    bool close() {
        --m_depth;
        return true;
    }

    bool take(std::optional<double> value, const char* found) {
        if (m_depth == 1) m_column.reset(); // such as the best of them, beside the lists
        if (!isList()) return true;
        if (!value) fail(std::string("is ") + found + "; expected a number");
        if (m_lists[*m_column].size() == maximumCurvePoints)
            fail("is behind " + std::to_string(maximumCurvePoints) + " points; allowed: at most as many");
        m_lists[*m_column].push_back(*value);
        return true;
    }

    [[noreturn]] void fail(const std::string& what) const {
        throw Error(m_source + ": " + curveColumnNames[*m_column] + '[' + std::to_string(m_lists[*m_column].size()) +
                    "]: " + what);
    }

    std::string_view m_text;
    const std::string& m_source;
    std::size_t m_depth = 0;
    std::optional<std::size_t> m_column; ///< of the list that is being read
    int m_rank = 0;                      ///< of its name
    std::array<bool, curveColumnCount> m_given{};
    std::array<int, curveColumnCount> m_ranks{};
    std::array<std::vector<double>, curveColumnCount> m_lists;
};

} // namespace

CurveColumns parseCurveJson(std::string& text, const std::string& source) {
    tame(text, source);
    ListReader reader(text, source);
    nlohmann::json::sax_parse(text, &reader);
    const std::size_t count = reader.lists().front().size();
    CurveColumns columns;
    for (std::size_t i = 0; i < curveColumnCount; ++i) {
        const auto column = static_cast<CurveColumn>(i);
        const std::string place = source + ": " + curveColumnNames[i];
        if (!reader.isGiven(column)) {
            if (column == CurveColumn::Rate || column == CurveColumn::Loss)
                throw Error(place + ": is missing; expected a list of numbers");
            continue;
        }
        const std::vector<double>& values = reader.lists()[i];
        if (values.size() != count)
            throw Error(place + ": holds " + std::to_string(values.size()) + " numbers; expected " +
                        std::to_string(count) + ", as many as lr");
        for (std::size_t k = 0; k < count; ++k)
            if (const std::string problem = columns.add(column, values[k]); !problem.empty())
                throw Error(place + '[' + std::to_string(k) + "]: " + problem);
    }
    return columns;
}

} // namespace ratescope
