// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/log_table.h"

#include "app/study/curve_columns.h"
#include "app/study/experiment.h"
#include "app/study/log_columns.h"
#include "core/brief_text.h"
#include "core/error.h"
#include "core/parameter_info.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace ratescope {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostBytes = std::size_t(64) << 20;
constexpr std::size_t mostPoints = 3'000'000; ///< beside the text itself
constexpr std::size_t mostRuns = 1'000;
constexpr double dates = 1e8; ///< seconds from here on count from 1970

/// A run while its rows are read. Where there is no column of steps its points have the numbers of their rows.
struct GrowingRun {
    LoggedRun run;
    LogPlaces places;
    std::uint64_t rows = 0;
    std::optional<double> begin; ///< the first of its seconds

    bool countsRows() const { return !places.has(LogField::Step); }
};

bool isGap(std::string_view field) {
    for (const std::string_view gap : {"null", "None", "NA", "N/A", "<NA>"})
        if (field == gap) return true;
    return field.find_first_not_of(" \t") == std::string_view::npos;
}

/// The name of a table's run where the table has none: Lightning calls each of its tables metrics.csv.
std::string nameOf(const fs::path& path) {
    const std::string stem = path.stem().string();
    for (const char* plain : {"metrics", "log", "logs", "history", "progress", "results", "scalars", "train", "training",
                              "train_log", "training_log"})
        if (stem == plain)
            if (const std::string folder = runNameOfFolder(path.parent_path()); !folder.empty()) return folder;
    return plainRunName(stem);
}

/// The epoch of each row, where every row is another one: then they are the steps.
bool isByEpochs(const GrowingRun& growing) {
    const LoggedSeries& epochs = growing.run.epoch;
    if (!growing.countsRows() || epochs.size() != growing.rows) return false;
    for (std::size_t i = 0; i < epochs.size(); ++i) {
        if (epochs[i].value != std::floor(epochs[i].value)) return false;
        if (i > 0 && epochs[i].value == epochs[i - 1].value) return false;
    }
    return !epochs.empty();
}

void finish(GrowingRun& growing) {
    LoggedRun& run = growing.run;
    const std::array all = {&run.loss, &run.rate, &run.validationLoss, &run.validationAccuracy, &run.epoch};
    run.stepsAreEpochs = isByEpochs(growing);
    // A job that was begun again may count its epochs anew; its rows go on.
    if (run.stepsAreEpochs && std::ranges::is_sorted(run.epoch, {}, &LoggedPoint::value)) {
        const LoggedSeries epochs = run.epoch;
        for (LoggedSeries* series : all)
            for (LoggedPoint& point : *series) point.step = static_cast<std::uint64_t>(epochs[point.step].value);
    }
    for (LoggedSeries* series : all) settle(*series);
    settleShares(run.validationAccuracy);
}

class LogReader {
public:
    LogReader(std::string_view text, const fs::path& path, const LogMapping& mapping)
        : m_path(path)
        , m_source(path.string())
        , m_table(text, m_source)
        , m_columns(m_table, mapping) {}

    std::vector<LoggedRun> read() {
        if (m_columns.count() == 0) throw Error(m_source + ": is empty; expected a log, with a loss for each step");
        m_columns.expectLoss(m_table);
        m_fields.resize(m_columns.count());
        for (const auto& [name, places] : m_columns.runs())
            if (places.has(LogField::Loss)) beginRun(name, places);
        m_runsInHeader = !m_runs.empty();
        while (!m_table.atEnd()) readRow();
        std::vector<LoggedRun> runs;
        for (GrowingRun& growing : m_runs) {
            finish(growing);
            if (!growing.run.loss.empty()) runs.push_back(std::move(growing.run));
        }
        if (runs.empty()) throw Error(m_source + ": holds no losses; expected a log, with a loss for each step");
        return runs;
    }

private:
    /// Places that the run has not of its own are those of all.
    GrowingRun& beginRun(const std::string& name, LogPlaces places) {
        if (m_runs.size() == mostRuns)
            m_table.fail("is of one run more than " + std::to_string(mostRuns) + "; allowed: at most as many");
        for (const LogField field : {LogField::Step, LogField::Epoch, LogField::Seconds})
            if (!places.has(field)) places.columns[static_cast<std::size_t>(field)] = m_columns.shared().of(field);
        GrowingRun& growing = m_runs.emplace_back();
        growing.run.name = plainRunName(name);
        growing.places = places;
        return growing;
    }

    void readRow() {
        m_table.readRow([this](std::size_t index, std::string_view field) {
            if (index < m_fields.size()) m_fields[index] = field;
        });
        if (m_table.isBlank()) return;
        if (m_table.isCut() && m_table.count() < m_columns.count()) return; // it is still being written
        m_table.expectFields(m_columns.count());
        if (!m_runsInHeader) return addRow(runOfRow());
        for (GrowingRun& growing : m_runs)
            if (hasValues(growing)) addRow(growing); // most are of other runs
    }

    bool hasValues(const GrowingRun& growing) const {
        for (const LogField which :
             {LogField::Loss, LogField::Rate, LogField::ValidationLoss, LogField::ValidationAccuracy})
            if (!field(growing, which).empty()) return true;
        return false;
    }

    GrowingRun& runOfRow() {
        std::string name;
        if (m_columns.shared().has(LogField::Run)) name = plainField(m_fields[m_columns.shared().of(LogField::Run)]);
        if (name.empty()) name = nameOf(m_path);
        const auto [found, isNew] = m_runsByName.try_emplace(name, m_runs.size());
        return isNew ? beginRun(name, m_columns.shared()) : m_runs[found->second];
    }

    void addRow(GrowingRun& growing) {
        LoggedPoint point;
        const std::optional<double> epoch = number(growing, LogField::Epoch);
        point.seconds = secondsOf(growing);
        bool isPlaced = false;
        const auto add = [&](LoggedSeries& series, std::optional<double> value) {
            if (!value) return;
            if (!isPlaced) point.step = stepOf(growing);
            isPlaced = true;
            if (m_points++ == mostPoints)
                m_table.fail("is behind " + std::to_string(mostPoints) + " points; allowed: at most as many");
            point.value = *value;
            addPoint(series, point);
        };
        LoggedRun& run = growing.run;
        add(run.loss, number(growing, LogField::Loss));
        add(run.rate, finite(number(growing, LogField::Rate)));
        add(run.validationLoss, number(growing, LogField::ValidationLoss));
        add(run.validationAccuracy, number(growing, LogField::ValidationAccuracy));
        if (epoch && *epoch >= 0.0 && *epoch <= 1e9 && (isPlaced || growing.countsRows()) &&
            (run.epoch.empty() || run.epoch.back().value != *epoch))
            add(run.epoch, epoch); // where it changes
        ++growing.rows;
    }

    std::string_view field(const GrowingRun& growing, LogField which) const {
        const std::size_t place = growing.places.of(which);
        return place == LogPlaces::nowhere ? std::string_view() : m_fields[place];
    }

    static const char* nameOfField(LogField which) { return logFieldNames[static_cast<std::size_t>(which)]; }

    std::optional<double> number(const GrowingRun& growing, LogField which) const {
        const std::string_view text = field(growing, which);
        if (const std::optional<double> found = curveNumber(text)) return found;
        if (isGap(text) || which == LogField::Seconds) return std::nullopt; // a time may be anything
        m_table.fail("is “" + briefText(text) + "”; expected a number with a decimal point, such as 0.01",
                     nameOfField(which));
    }

    static std::optional<double> finite(std::optional<double> value) {
        return value && std::isfinite(*value) ? value : std::nullopt;
    }

    std::uint64_t stepOf(const GrowingRun& growing) const {
        if (growing.countsRows()) return growing.rows;
        const std::optional<double> step = number(growing, LogField::Step);
        if (!step) m_table.fail("is empty; expected a whole number from 0 to 1e15", nameOfField(LogField::Step));
        if (!(*step >= 0.0 && *step <= 1e15 && *step == std::floor(*step)))
            m_table.fail("is " + shortest(*step) + "; expected a whole number from 0 to 1e15",
                         nameOfField(LogField::Step));
        return static_cast<std::uint64_t>(*step);
    }

    /// Since the run's first row, where they count from 1970.
    double secondsOf(GrowingRun& growing) const {
        const std::optional<double> seconds = finite(number(growing, LogField::Seconds));
        if (!seconds) return std::numeric_limits<double>::quiet_NaN();
        if (!growing.begin) growing.begin = *seconds >= dates ? *seconds : 0.0;
        return *seconds - *growing.begin;
    }

    fs::path m_path;
    std::string m_source;
    DelimitedText m_table;
    LogColumns m_columns;
    std::vector<std::string_view> m_fields; ///< of the row
    std::vector<GrowingRun> m_runs;
    std::unordered_map<std::string, std::size_t> m_runsByName;
    bool m_runsInHeader = false;
    std::size_t m_points = 0;
};

std::string_view withoutMark(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    return text;
}

/// Whether all rows have a rate, each above that before it, as nothing but a range test has them.
bool isSweep(DelimitedText& table, const LogColumns& columns) {
    const std::size_t place = columns.shared().of(LogField::Rate);
    if (place == LogPlaces::nowhere) return false;
    double before = 0.0;
    std::size_t rows = 0;
    while (!table.atEnd()) {
        std::optional<double> rate;
        try {
            table.readRow([&](std::size_t index, std::string_view field) {
                if (index == place) rate = curveNumber(field);
            });
        } catch (const Error&) { // the beginning of a file may end inside of quotes
            break;
        }
        if (table.isBlank() || (table.isCut() && table.count() < columns.count())) continue;
        if (!rate || !(*rate > before)) return false;
        before = *rate;
        ++rows;
    }
    const bool counts = columns.shared().has(LogField::Step) || columns.shared().has(LogField::Epoch);
    return rows > 1 || !counts;
}

} // namespace

std::vector<LoggedRun> parseLogTable(std::string_view text, const fs::path& path, const LogMapping& mapping) {
    return LogReader(withoutMark(text), path, mapping).read();
}

std::vector<LoggedRun> readLogTable(const fs::path& path, const LogMapping& mapping) {
    const QByteArray bytes = readFileBytes(path, mostBytes);
    return parseLogTable({bytes.constData(), static_cast<std::size_t>(bytes.size())}, path, mapping);
}

std::vector<std::string> logColumnNames(std::string_view text, const std::string& source) {
    DelimitedText table(withoutMark(text), source);
    std::vector<std::string> names;
    const LogColumns columns(table, {});
    for (const LogColumnName& column : columns.names())
        if (!column.name.empty() && !column.name.ends_with("__MIN") && !column.name.ends_with("__MAX") &&
            std::ranges::find(names, column.metric) == names.end())
            names.push_back(column.metric);
    return names;
}

bool looksLikeLogTable(std::string_view text) {
    text = withoutMark(text);
    if (const std::size_t first = text.find_first_not_of(" \t\r\n");
        first == std::string_view::npos || text[first] == '{' || text[first] == '[' || text[first] == '<')
        return false;
    const std::string source;
    try {
        DelimitedText table(text, source);
        const LogColumns columns(table, {});
        columns.expectLoss(table);
        return !isSweep(table, columns);
    } catch (const Error&) { // no table, or none that is whole
        return false;
    }
}

} // namespace ratescope
