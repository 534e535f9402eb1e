// SPDX-License-Identifier: GPL-3.0-or-later
// Curves as tables: a header, and a row for each rate.
#include "app/study/curve_columns.h"
#include "app/study/delimited_text.h"
#include "core/brief_text.h"
#include "core/error.h"

#include <algorithm>
#include <limits>

namespace ratescope {

namespace {

constexpr std::size_t mostColumns = 10'000;
constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();

class TableReader {
public:
    TableReader(std::string_view text, const std::string& source)
        : m_table(text, source) {}

    CurveColumns read() {
        while (m_table.count() == 0 && !m_table.atEnd())
            m_table.readRow([this](std::size_t index, std::string_view field) { takeName(index, field); });
        for (const CurveColumn needed : {CurveColumn::Rate, CurveColumn::Loss})
            if (placeOf(needed) == nowhere)
                m_table.fail(std::string("names no column ") + curveColumnNames[static_cast<std::size_t>(needed)] +
                             "; expected a first line with the columns lr and loss");
        const std::size_t names = m_table.count();
        while (!m_table.atEnd()) {
            m_fields = {};
            m_table.readRow([this](std::size_t index, std::string_view field) { takeField(index, field); });
            if (m_table.isBlank()) continue;
            m_table.expectFields(names);
            addRow();
        }
        return std::move(m_columns);
    }

private:
    std::size_t& placeOf(CurveColumn column) { return m_places[static_cast<std::size_t>(column)]; }

    void takeName(std::size_t index, std::string_view name) {
        if (index >= mostColumns) m_table.fail("names over 10000 columns; expected lr and loss, and few more");
        const std::optional<NamedColumn> found = findCurveColumn(name);
        if (!found) return;
        const auto column = static_cast<std::size_t>(found->column);
        if (m_places[column] != nowhere && m_ranks[column] == found->rank)
            m_table.fail("names the column “" + briefText(name) + "” twice; expected once");
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
            m_table.fail("is “" + briefText(field) + "”; expected a number with a decimal point, such as 0.01",
                         curveColumnNames[static_cast<std::size_t>(column)]);
        return std::numeric_limits<double>::quiet_NaN();
    }

    void addRow() {
        if (m_columns.rates.size() == maximumCurvePoints)
            m_table.fail("is behind " + std::to_string(maximumCurvePoints) + " points; allowed: at most as many");
        for (std::size_t i = 0; i < curveColumnCount; ++i) {
            if (m_places[i] == nowhere) continue;
            const auto column = static_cast<CurveColumn>(i);
            if (const std::string problem = m_columns.add(column, numberIn(column)); !problem.empty())
                m_table.fail(problem, curveColumnNames[i]);
        }
    }

    DelimitedText m_table;
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
