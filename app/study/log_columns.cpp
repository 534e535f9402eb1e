// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/log_columns.h"

#include "core/brief_text.h"
#include "core/error.h"

#include <algorithm>

namespace ratescope {

namespace {

constexpr std::size_t mostColumns = 10'000;
constexpr int lastRank = 1'000;
constexpr std::size_t mostNameBytes = 1'000; ///< of a name that is looked at

/// `gentle-sun-7 - train/loss`: but not where the metric is nothing that is known or asked for.
LogColumnName partsOf(std::string name, const LogMapping& mapping) {
    constexpr std::string_view between = " - ";
    LogColumnName column{name, {}, name};
    const std::size_t at = name.rfind(between);
    if (at == std::string::npos || at == 0) return column;
    const std::string metric = name.substr(at + between.size());
    bool meant = findLogName(metric).has_value();
    for (std::size_t field = 0; field < logFieldCount; ++field)
        meant = meant || mapping[static_cast<LogField>(field)] == metric;
    if (!meant) return column;
    column.run = name.substr(0, at);
    column.metric = metric;
    return column;
}

/// W&B's spread of what lies between two steps.
bool isSpread(std::string_view name) {
    return name.ends_with("__MIN") || name.ends_with("__MAX");
}

} // namespace

std::string plainField(std::string_view field) {
    const std::size_t first = field.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    std::string plain(field.substr(first, field.find_last_not_of(" \t") + 1 - first));
    for (std::size_t at = plain.find("\"\""); at != std::string::npos; at = plain.find("\"\"", at + 1))
        plain.erase(at, 1);
    return plain;
}

LogColumns::LogColumns(DelimitedText& table, const LogMapping& mapping) {
    const auto take = [&](std::size_t index, std::string_view field) {
        if (index >= mostColumns) table.fail("names over 10000 columns; expected a loss, and few more");
        m_names.push_back(partsOf(plainField(field.substr(0, mostNameBytes)), mapping));
    };
    while (table.count() == 0 && !table.atEnd()) {
        m_names.clear();
        table.readRow(take);
    }
    if (table.count() == 0) m_names.clear(); // nothing but blanks
    // numpy's first line begins with a #.
    if (!m_names.empty() && m_names[0].name.starts_with("# ")) m_names[0] = partsOf(m_names[0].name.substr(2), mapping);
    for (std::size_t i = 0; i < m_names.size(); ++i) place(i, mapping, table);
    for (std::size_t i = 0; i < logFieldCount; ++i) {
        const std::string& asked = mapping[static_cast<LogField>(i)];
        const auto hasIt = [&](const LogColumnName& one) { return one.name == asked || one.metric == asked; };
        if (asked.empty() || std::ranges::any_of(m_names, hasIt)) continue;
        std::vector<std::string> known;
        for (const LogColumnName& one : m_names) known.push_back(one.name);
        table.fail("names no column “" + briefText(asked) + "”; it has: " + someNames(known));
    }
}

LogPlaces& LogColumns::placesOf(const std::string& run) {
    if (run.empty()) return m_shared;
    const auto [found, isNew] = m_runsByName.try_emplace(run, m_runs.size());
    if (isNew) m_runs.emplace_back(run, LogPlaces());
    return m_runs[found->second].second;
}

void LogColumns::place(std::size_t index, const LogMapping& mapping, const DelimitedText& table) {
    const LogColumnName& column = m_names[index];
    if (column.name.empty() || isSpread(column.name)) return;
    std::optional<KnownLogName> known = findLogName(column.metric);
    if (column.name == "Value") known = KnownLogName{LogField::Loss, lastRank}; // a series that TensorBoard exports
    for (std::size_t i = 0; i < logFieldCount; ++i) {
        const auto field = static_cast<LogField>(i);
        const std::string& asked = mapping[field];
        const bool meant =
            asked.empty() ? !mapping.only && known && known->field == field : asked == column.metric || asked == column.name;
        if (!meant) continue;
        const int rank = asked.empty() ? known->rank : 0;
        LogPlaces& places = placesOf(column.run);
        if (places.has(field) && m_names[places.of(field)].name == column.name)
            table.fail("names the column “" + briefText(column.name) + "” twice; expected once");
        if (places.has(field) && places.ranks[i] <= rank) continue;
        places.columns[i] = index;
        places.ranks[i] = rank;
    }
}

void LogColumns::expectLoss(const DelimitedText& table) const {
    if (m_shared.has(LogField::Loss)) return;
    for (const auto& [name, places] : m_runs)
        if (places.has(LogField::Loss)) return;
    std::vector<std::string> names;
    for (const LogColumnName& one : m_names)
        if (!one.name.empty() && !isSpread(one.name)) names.push_back(one.name);
    table.fail("names no loss of training, such as loss or train/loss; it has: " + someNames(names));
}

} // namespace ratescope
