// SPDX-License-Identifier: GPL-3.0-or-later
// What the header of a log's table says.
#pragma once

#include "app/study/delimited_text.h"
#include "app/study/log_names.h"

#include <array>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ratescope {

/// A column's name, and its parts where W&B has put the run's name before that of the metric.
struct LogColumnName {
    std::string name;
    std::string run;
    std::string metric; ///< the whole name where it has no run's
};

/// Where a run's fields stand.
struct LogPlaces {
    static constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();
    std::array<std::size_t, logFieldCount> columns;
    std::array<int, logFieldCount> ranks{};

    LogPlaces() { columns.fill(nowhere); }
    std::size_t of(LogField field) const { return columns[static_cast<std::size_t>(field)]; }
    bool has(LogField field) const { return of(field) != nowhere; }
};

/// The columns of a table by what they mean. Reads the header; throws ratescope::Error of it.
class LogColumns {
public:
    LogColumns(DelimitedText& table, const LogMapping& mapping);

    std::size_t count() const { return m_names.size(); }
    const std::vector<LogColumnName>& names() const { return m_names; }
    /// Where the fields of runs stand whose names are not in the header, and what is common to those of W&B's.
    const LogPlaces& shared() const { return m_shared; }
    /// Of W&B's: for each run that the header names, in its order.
    const std::vector<std::pair<std::string, LogPlaces>>& runs() const { return m_runs; }

    /// Throws ratescope::Error unless there is a loss.
    void expectLoss(const DelimitedText& table) const;

private:
    LogPlaces& placesOf(const std::string& run);
    void place(std::size_t index, const LogMapping& mapping, const DelimitedText& table);

    std::vector<LogColumnName> m_names;
    LogPlaces m_shared;
    std::vector<std::pair<std::string, LogPlaces>> m_runs;
    std::unordered_map<std::string, std::size_t> m_runsByName;
};

/// A field without the spaces around it, and with single quotes where it has them double.
std::string plainField(std::string_view field);

} // namespace ratescope
