// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/log_preview.h"

#include "app/study/curve_columns.h"
#include "app/study/event_file.h"
#include "app/study/log_columns.h"
#include "app/study/picture_experiment.h"
#include "core/brief_text.h"
#include "core/error.h"
#include "core/parameter_info.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <initializer_list>
#include <system_error>

namespace ratescope {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostHeadBytes = std::size_t(1) << 20;
constexpr std::size_t pictureBytes = 1024; ///< enough to know one by

std::string headOf(const fs::path& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) throw Error(path.string() + ": does not exist");
    if (!fs::is_regular_file(status)) throw Error(path.string() + ": is not an ordinary file");
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    if (!file) throw Error(path.string() + ": cannot be opened: " + std::generic_category().message(errno));
    std::string head(mostHeadBytes, '\0');
    file.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(file.gcount()));
    return head;
}

bool hasNumbers(const LogPreviewColumn& column) {
    return std::ranges::any_of(column.values, [](const std::string& value) { return curveNumber(value).has_value(); });
}

bool speaksOf(const std::string& name, std::initializer_list<const char*> words) {
    std::string plain = name;
    for (char& c : plain)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    return std::ranges::any_of(words, [&](const char* word) { return plain.find(word) != std::string::npos; });
}

/// Whether a name that is not known may stand for the field.
bool maybe(LogField field, const std::string& name) {
    const bool validation = speaksOf(name, {"val", "test", "eval", "dev"});
    switch (field) {
    case LogField::Step: return speaksOf(name, {"step", "iter", "batch"});
    case LogField::Epoch: return speaksOf(name, {"epoch"});
    case LogField::Loss: return !validation && speaksOf(name, {"loss", "nll", "objective", "cost", "error"});
    case LogField::Rate: return speaksOf(name, {"lr", "learning", "rate", "eta"});
    case LogField::ValidationLoss: return validation && speaksOf(name, {"loss", "nll", "objective", "cost"});
    case LogField::ValidationAccuracy: return validation && speaksOf(name, {"acc", "top1", "correct"});
    case LogField::Run:
    case LogField::Seconds: return false;
    }
    return false;
}

/// What names that are usual leave open, from those that nothing else is taken for.
void guessRest(LogPreview& preview) {
    const auto isTaken = [&](const std::string& name) {
        for (std::size_t i = 0; i < logFieldCount; ++i)
            if (preview.guess[static_cast<LogField>(i)] == name) return true;
        return false;
    };
    for (const LogField field : preview.fields())
        for (const LogPreviewColumn& column : preview.columns) {
            if (!preview.guess[field].empty() || isTaken(column.name)) continue;
            if (maybe(field, column.name) && hasNumbers(column)) preview.guess[field] = column.name;
        }
}

[[noreturn]] void refuseTable(const std::string& source) {
    throw Error(source + ": is no table with numbers; expected a log, with a loss for each step");
}

/// The first rows, below the names; `places`: where the preview's columns stand among the table's `count`.
void readRows(DelimitedText& table, std::size_t count, const std::vector<std::size_t>& places, LogPreview& preview) {
    std::vector<std::string> fields(count);
    for (std::size_t row = 0; row < mostPreviewRows && !table.atEnd();) {
        std::ranges::fill(fields, std::string());
        try {
            table.readRow([&](std::size_t index, std::string_view field) {
                if (index < count) fields[index] = briefText(field);
            });
        } catch (const Error&) { // quotes that end behind the beginning of the file
            return;
        }
        if (table.isBlank()) continue;
        for (std::size_t i = 0; i < places.size(); ++i) preview.columns[i].values.push_back(fields[places[i]]);
        ++row;
    }
}

/// By the names that are usual.
void guessTable(const LogColumns& columns, LogPreview& preview) {
    const auto placeOf = [&](LogField field) {
        if (columns.shared().has(field)) return columns.shared().of(field);
        for (const auto& [run, places] : columns.runs())
            if (places.has(field)) return places.of(field);
        return LogPlaces::nowhere;
    };
    for (const LogField field : preview.fields())
        if (const std::size_t place = placeOf(field); place != LogPlaces::nowhere)
            preview.guess[field] = columns.names()[place].metric;
}

LogPreview previewTable(std::string_view text, const fs::path& path) {
    const std::string source = path.string();
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || text[first] == '{' || text[first] == '[' || text[first] == '<' ||
        text.find('\0') != std::string_view::npos)
        refuseTable(source);
    DelimitedText table(text, source);
    const LogColumns columns(table, {});
    LogPreview preview;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < columns.count() && places.size() < mostPreviewColumns; ++i) {
        const std::string& name = columns.names()[i].metric;
        const bool isNew = std::ranges::find(preview.columns, name, &LogPreviewColumn::name) == preview.columns.end();
        if (name.empty() || !isNew || name.ends_with("__MIN") || name.ends_with("__MAX")) continue; // W&B's spread
        preview.columns.push_back({name, {}});
        places.push_back(i);
    }
    readRows(table, columns.count(), places, preview);
    if (places.size() < 2 || std::ranges::none_of(preview.columns, hasNumbers)) refuseTable(source);
    guessTable(columns, preview);
    return preview;
}

LogPreview previewEvents(const fs::path& path) {
    LogPreview preview;
    preview.isTable = false;
    for (auto& [name, values] : readEventTags(path, mostPreviewColumns, mostPreviewRows)) {
        preview.columns.push_back({name, {}});
        for (const double value : values) preview.columns.back().values.push_back(shortest(value));
    }
    if (preview.columns.empty())
        throw Error(path.string() + ": has no tag for the loss of training, such as train/loss; it has none");
    for (const LogField field : preview.fields()) {
        int best = 0;
        for (const LogPreviewColumn& column : preview.columns) {
            const auto known = findLogName(column.name);
            std::string& guess = preview.guess[field];
            if (!known || known->field != field || (!guess.empty() && known->rank >= best)) continue;
            guess = column.name;
            best = known->rank;
        }
    }
    return preview;
}

} // namespace

std::vector<LogField> LogPreview::fields() const {
    using enum LogField;
    if (!isTable) return {Loss, Rate, ValidationLoss, ValidationAccuracy, Epoch};
    return {Loss, Rate, ValidationLoss, ValidationAccuracy, Step, Epoch, Seconds, Run};
}

std::string LogPreview::identity() const {
    std::vector<std::string> names;
    for (const LogPreviewColumn& column : columns) names.push_back(column.name);
    std::ranges::sort(names);
    std::string identity = isTable ? "table" : "events";
    for (const std::string& name : names) identity += '\n' + name;
    return identity;
}

LogPreview previewLog(const fs::path& path) {
    std::error_code error;
    const bool isFolder = fs::is_directory(path, error);
    const std::string head = isFolder ? std::string() : headOf(path);
    if (looksLikePicture(QByteArray::fromRawData(head.data(), static_cast<qsizetype>(std::min(head.size(), pictureBytes)))))
        refuseTable(path.string());
    LogPreview preview = isFolder || looksLikeEventFile(head) || hasEventFileName(path) ? previewEvents(path)
                                                                                       : previewTable(head, path);
    preview.isKnown = !preview.guess.loss.empty();
    guessRest(preview);
    return preview;
}

} // namespace ratescope
