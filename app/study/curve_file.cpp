// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/curve_file.h"

#include "app/study/curve_columns.h"
#include "app/study/experiment.h"
#include "app/study/plain_text.h"
#include "core/error.h"
#include "core/parameter_info.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <fstream>
#include <limits>

namespace ratescope {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostBytes = std::size_t(64) << 20;
constexpr std::string_view space = " \t\r\n";

/// Names without case and signs, for each column the one that is preferred first.
const std::array<std::vector<std::string_view>, curveColumnCount>& knownNames() {
    static const std::array<std::vector<std::string_view>, curveColumnCount> names = {{
        {"lr", "learningrate", "lrs", "learningrates", "rate", "rates"},
        {"loss", "losses", "trainloss", "trainlosses", "trainingloss", "batchloss", "trainlossstep"},
        {"valloss", "validationloss", "validloss", "vallosses"},
        {"valaccuracy", "valacc", "validationaccuracy", "validaccuracy"},
    }};
    return names;
}

bool isCountedIn(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool isRateOrLoss(std::string_view name) {
    const auto found = findCurveColumn(name);
    return found && (found->column == CurveColumn::Rate || found->column == CurveColumn::Loss);
}

bool looksLikeCurveJson(std::string_view head) {
    if (head.find("\"ratescope\"") != std::string_view::npos) return false;
    for (std::size_t open = head.find('"'); open != std::string_view::npos;) {
        const std::size_t close = head.find('"', open + 1);
        if (close == std::string_view::npos) return false;
        const std::size_t colon = head.find_first_not_of(space, close + 1);
        const std::size_t value = colon == std::string_view::npos ? colon : head.find_first_not_of(space, colon + 1);
        if (value != std::string_view::npos && head[colon] == ':' && (head[value] == '[' || head[value] == '{') &&
            isRateOrLoss(head.substr(open + 1, close - open - 1)))
            return true;
        open = head.find('"', close + 1);
    }
    return false;
}

bool looksLikeCurveTable(std::string_view head) {
    std::string_view line = head.substr(0, head.find_first_of("\r\n"));
    while (!line.empty()) {
        const std::size_t end = std::min(line.find_first_of(",;\t"), line.size());
        if (end == line.size() && line.data() == head.data()) return false; // a single column
        if (isRateOrLoss(line.substr(0, end))) return true;
        line.remove_prefix(std::min(end + 1, line.size()));
    }
    return false;
}

/// The name of a run: a file's, without what no name may hold.
std::string nameOf(const fs::path& path) {
    std::string name = plainLine(path.stem().string());
    return name.empty() ? "curve" : fittedName(std::move(name));
}

/// Whether the rates lie evenly rather than by even factors, judged by the one in the middle.
bool isLinear(const std::vector<double>& rates) {
    const double share = static_cast<double>(rates.size() / 2) / static_cast<double>(rates.size() - 1);
    const double middle = rates[rates.size() / 2];
    const double even = std::lerp(rates.front(), rates.back(), share);
    const double factors = rates.front() * std::pow(rates.back() / rates.front(), share);
    return std::abs(std::log(middle / even)) < std::abs(std::log(middle / factors));
}

/// Whatever its size; its bytes would be told as a table without columns.
void refuseStudy(const fs::path& path) {
    constexpr std::string_view database("SQLite format 3\0", 16);
    std::error_code error;
    if (!fs::is_regular_file(path, error)) return;
    std::array<char, database.size()> head{};
    std::ifstream(path, std::ios::binary).read(head.data(), head.size());
    if (std::ranges::equal(head, database))
        throw Error(path.string() + ": is a study; expected a curve with the columns lr and loss, such as “ratescope "
                                    "export” writes to range_tests.csv");
}

bool isComplete(const std::vector<double>& values, std::size_t count) {
    return values.size() >= count && std::all_of(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count),
                                                 [](double one) { return std::isfinite(one); });
}

RunRecord recordOf(const CurveColumns& columns, const fs::path& path) {
    const auto end = std::ranges::find_if_not(columns.losses, [](double loss) { return std::isfinite(loss); });
    const auto count = static_cast<std::size_t>(end - columns.losses.begin());
    const std::size_t steps = columns.rates.size();
    RunRecord record;
    record.config.name = nameOf(path);
    record.config.validation = 0.0;
    record.config.batchSize = 1; // its epoch is what was measured
    record.config.duration.steps = steps;
    record.config.rangeTest = RangeTestSpec{};
    record.config.rangeTest->from = columns.rates.front();
    record.config.rangeTest->to = columns.rates.back();
    record.config.rangeTest->steps = steps;
    record.config.rangeTest->exponential = !isLinear(columns.rates);
    record.length.steps = record.length.stepsPerEpoch = steps;
    record.length.epochSamples = static_cast<std::uint32_t>(steps);
    record.origin = QStringLiteral("imported from %1").arg(QString::fromStdString(path.filename().string()));
    record.rates.assign(columns.rates.begin(), columns.rates.begin() + static_cast<std::ptrdiff_t>(count));
    record.losses.assign(columns.losses.begin(), end);
    if (isComplete(columns.validationLosses, count) && isComplete(columns.validationAccuracies, count))
        for (std::size_t i = 0; i < count; ++i)
            record.validations.push_back({columns.validationLosses[i], 1.0 - columns.validationAccuracies[i]});
    record.state = count < steps ? RunState::Diverged : RunState::Finished;
    record.result.outcome = count < steps ? RunOutcome::Diverged : RunOutcome::Finished;
    record.result.steps = count;
    record.result.epochs = record.length.epochsOf(count);
    if (count < steps) record.result.divergedAt = count;
    return record;
}

} // namespace

std::optional<NamedColumn> findCurveColumn(std::string_view name) {
    constexpr std::size_t longest = 100;
    if (name.size() > longest) return std::nullopt;
    std::string plain;
    for (const char c : name) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
        if (plain == "lr" && lower == '-') return NamedColumn{CurveColumn::Rate, 100}; // Lightning's lr-Adam
        if (isCountedIn(lower)) plain += lower;
    }
    for (std::size_t column = 0; column < curveColumnCount; ++column) {
        const auto& names = knownNames()[column];
        if (const auto it = std::ranges::find(names, plain); it != names.end())
            return NamedColumn{static_cast<CurveColumn>(column), static_cast<int>(it - names.begin())};
    }
    return std::nullopt;
}

std::optional<double> curveNumber(std::string_view text) {
    const std::size_t first = text.find_first_not_of(space);
    if (first == std::string_view::npos) return std::nullopt;
    text = text.substr(first, text.find_last_not_of(space) + 1 - first);
    if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end != text.data() + text.size() || error == std::errc::invalid_argument) return std::nullopt;
    if (error == std::errc::result_out_of_range) // too large or too small for a double
        return text.find("e-") == std::string_view::npos && text.find("E-") == std::string_view::npos ? HUGE_VAL : 0.0;
    return value;
}

std::string CurveColumns::add(CurveColumn column, double value) {
    std::vector<double>& values = (*this)[column];
    std::string problem;
    switch (column) {
    case CurveColumn::Rate:
        if (!(value > 0.0 && value <= 1e6))
            problem = "is " + shortest(value) + "; expected a rate above 0 and at most 1e6";
        else if (!values.empty() && !(std::log10(value) > std::log10(values.back()))) // slopes are by logarithms
            problem = "is " + shortest(value) + ", not above the " + shortest(values.back()) +
                      " before it; expected rates that grow from row to row";
        break;
    case CurveColumn::Loss:
        // As it is kept; and what comes behind such a loss tells nothing any more.
        if (!std::isfinite(static_cast<float>(value)) || (!values.empty() && std::isnan(values.back())))
            value = std::numeric_limits<double>::quiet_NaN();
        break;
    case CurveColumn::ValidationLoss:
        break;
    case CurveColumn::ValidationAccuracy:
        if (value < 0.0 || value > 1.0) problem = "is " + shortest(value) + "; expected a share from 0 to 1";
        break;
    }
    values.push_back(value);
    return problem;
}

bool looksLikeCurve(std::string_view head, const fs::path& path) {
    if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
    head.remove_prefix(std::min(head.find_first_not_of(space), head.size()));
    if (head.starts_with('{')) return looksLikeCurveJson(head);
    if (head.starts_with('[')) return false;
    std::string suffix = path.extension().string();
    std::ranges::transform(suffix, suffix.begin(), [](unsigned char c) { return std::tolower(c); });
    return suffix == ".csv" || suffix == ".tsv" || looksLikeCurveTable(head);
}

RunRecord readCurve(const fs::path& path) {
    return parseCurve(readFileBytes(path, mostBytes).toStdString(), path);
}

CurveColumns readCurveColumns(const fs::path& path) {
    refuseStudy(path);
    return parseCurveColumns(readFileBytes(path, mostBytes).toStdString(), path.string());
}

CurveColumns parseCurveColumns(std::string text, const std::string& source) {
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    const std::size_t first = text.find_first_not_of(space);
    if (first == std::string::npos) throw Error(source + ": is empty; expected a curve, with the columns lr and loss");
    return text[first] == '{' ? parseCurveJson(text, source) : parseCurveTable(text, source);
}

RunRecord parseCurve(std::string text, const fs::path& path) {
    const CurveColumns columns = parseCurveColumns(std::move(text), path.string());
    if (columns.rates.size() < 2 || !std::isfinite(columns.losses.front()))
        throw Error(path.string() +
                    ": holds no curve; expected at least two rates, the first with a loss that is a finite number");
    return recordOf(columns, path);
}

} // namespace ratescope
