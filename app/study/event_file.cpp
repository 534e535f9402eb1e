// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/event_file.h"

#include "app/study/delimited_text.h"
#include "app/study/event_log.h"
#include "app/study/event_records.h"
#include "core/brief_text.h"
#include "core/error.h"

#include <algorithm>
#include <map>
#include <utility>

namespace ratescope {

namespace {

namespace fs = std::filesystem;

constexpr int deepest = 8;
constexpr std::size_t mostEntries = 100'000;
constexpr std::uint64_t mostBytes = std::uint64_t(1) << 30; ///< of a log folder

/// By their paths below the log folder; its own is empty.
using Folders = std::map<std::string, std::vector<fs::path>>;

/// A folder that is a part of a run.
struct Part {
    const std::vector<fs::path>* files = nullptr;
    EventRole role = EventRole::Whole;
    std::string name = {}; ///< empty: the run's own
};

std::string lowered(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    return text;
}

bool isTrainingName(const std::string& name) {
    return lowered(name) == "train" || lowered(name) == "training";
}

bool isValidationName(const std::string& name) {
    for (const char* known : {"validation", "val", "valid", "eval", "test"})
        if (lowered(name) == known) return true;
    return false;
}

std::string childOf(const std::string& parent, const char* name) {
    return parent.empty() ? std::string(name) : parent + '/' + name;
}

/// Which run a folder belongs to, and as what.
std::pair<std::string, Part> placeOf(const std::string& folder, const Folders& all) {
    const auto& files = all.at(folder);
    if (folder.empty()) return {folder, {&files}};
    const fs::path path(folder);
    const std::string parent = path.parent_path().string();
    const std::string name = path.filename().string();
    if (isTrainingName(name)) return {parent, {&files, EventRole::Whole, name}};
    const bool hasParent = all.contains(parent);
    if (isValidationName(name) &&
        (hasParent || all.contains(childOf(parent, "train")) || all.contains(childOf(parent, "training"))))
        return {parent, {&files, EventRole::Validation, name}};
    if (hasParent && name.find('_') != std::string::npos && findLogName(name))
        return {parent, {&files, EventRole::Scalars, name}};
    return {folder, {&files}};
}

Folders foldersIn(const fs::path& root) {
    Folders folders;
    const auto fail = [&](const std::string& what) { throw Error(root.string() + ": " + what); };
    std::error_code error;
    fs::recursive_directory_iterator at(root, fs::directory_options::skip_permission_denied, error);
    if (error) fail("cannot be opened: " + error.message());
    std::size_t entries = 0;
    std::uint64_t bytes = 0;
    for (; at != fs::recursive_directory_iterator(); at.increment(error)) {
        if (error) fail("cannot be read: " + error.message());
        if (++entries > mostEntries)
            fail("holds over " + std::to_string(mostEntries) + " files and folders; choose a folder in it");
        if (at.depth() >= deepest) at.disable_recursion_pending();
        const fs::directory_entry& entry = *at;
        if (!hasEventFileName(entry.path()) || !fs::is_regular_file(entry.symlink_status(error))) continue;
        bytes += entry.file_size(error);
        if (!error && bytes > mostBytes)
            fail("holds over " + std::to_string(mostBytes >> 20) + " MiB of events; choose a folder in it");
        const std::string folder = entry.path().parent_path().lexically_relative(root).string();
        folders[folder == "." ? std::string() : folder].push_back(entry.path());
    }
    if (error) fail("cannot be read: " + error.message());
    if (folders.empty()) fail("is a folder without event files, which have tfevents in their names");
    for (auto& [name, files] : folders) std::ranges::sort(files); // their names begin with when they were begun
    return folders;
}

/// A mapping that has sense for events.
void expectTags(const LogMapping& mapping, const std::string& source) {
    for (const LogField field : {LogField::Run, LogField::Step, LogField::Seconds})
        if (!mapping[field].empty())
            throw Error(source + ": the mapping names “" + logFieldNames[static_cast<std::size_t>(field)] +
                        "”, which events have by themselves; allowed: epoch, loss, lr, val_loss, val_accuracy");
}

/// What is asked for or needed and in none of the logs.
class Missing {
public:
    Missing(const LogMapping& mapping, std::string source)
        : m_mapping(mapping)
        , m_source(std::move(source)) {}

    void look(const EventLog& log) {
        for (std::size_t i = 0; i < logFieldCount; ++i) m_found[i] = m_found[i] || log.has(static_cast<LogField>(i));
        for (const std::string& tag : log.tags())
            if (m_tags.size() <= 20 && std::ranges::find(m_tags, tag) == m_tags.end()) m_tags.push_back(tag);
    }

    void check(bool hasLoss) const {
        const std::string has = m_tags.empty() ? "it has none" : "it has: " + someNames(m_tags);
        for (std::size_t i = 0; i < logFieldCount; ++i)
            if (const std::string& asked = m_mapping[static_cast<LogField>(i)]; !asked.empty() && !m_found[i])
                throw Error(m_source + ": has no tag “" + briefText(asked) + "” with numbers; " + has);
        if (!hasLoss) throw Error(m_source + ": has no tag for the loss of training, such as train/loss; " + has);
    }

private:
    const LogMapping& m_mapping;
    std::string m_source;
    std::array<bool, logFieldCount> m_found{};
    std::vector<std::string> m_tags;
};

} // namespace

bool looksLikeEventFile(std::string_view head) {
    return looksLikeEventRecords(head);
}

bool hasEventFileName(const fs::path& path) {
    return path.filename().string().find("tfevents") != std::string::npos;
}

LoggedRun readEventFile(const fs::path& path, const LogMapping& mapping) {
    expectTags(mapping, path.string());
    EventBounds bounds;
    EventLog log(mapping, bounds);
    log.add(path, EventRole::Whole);
    Missing missing(mapping, path.string());
    missing.look(log);
    LoggedRun run = log.take();
    missing.check(!run.loss.empty());
    run.name = plainRunName(runNameOfFolder(path.parent_path()));
    return run;
}

std::vector<LoggedRun> readEventFolder(const fs::path& path, const LogMapping& mapping) {
    expectTags(mapping, path.string());
    const Folders folders = foldersIn(path);
    std::map<std::string, std::vector<Part>> parts;
    for (const auto& [folder, files] : folders) {
        auto [run, part] = placeOf(folder, folders);
        parts[run].push_back(std::move(part));
    }
    EventBounds bounds;
    Missing missing(mapping, path.string());
    std::vector<LoggedRun> runs;
    for (const auto& [folder, ofRun] : parts) {
        EventLog log(mapping, bounds);
        for (const Part& part : ofRun)
            for (const fs::path& file : *part.files) log.add(file, part.role, part.name);
        missing.look(log);
        LoggedRun run = log.take();
        if (run.loss.empty()) continue;
        run.name = plainRunName(folder.empty() ? runNameOfFolder(path) : folder);
        runs.push_back(std::move(run));
    }
    missing.check(!runs.empty());
    return runs;
}

std::vector<std::pair<std::string, std::vector<double>>> readEventTags(const fs::path& path, std::size_t mostTags,
                                                                        std::size_t mostNumbers) {
    std::vector<std::pair<std::string, std::vector<double>>> tags;
    std::map<std::string, std::size_t, std::less<>> places;
    const auto take = [&](const std::string& tag, double number) {
        const auto [found, isNew] = places.size() < mostTags ? places.try_emplace(tag, tags.size())
                                                              : std::pair(places.find(tag), false);
        if (found == places.end()) return;
        if (isNew) tags.emplace_back(tag, std::vector<double>());
        std::vector<double>& numbers = tags[found->second].second;
        if (numbers.size() < mostNumbers) numbers.push_back(number);
    };
    const LogMapping nothing{.only = true}; // no series are kept
    EventBounds bounds;
    std::error_code error;
    if (!fs::is_directory(path, error)) {
        EventLog log(nothing, bounds);
        log.watch(take);
        log.add(path, EventRole::Whole);
        return tags;
    }
    const Folders folders = foldersIn(path);
    for (const auto& [folder, files] : folders) {
        const Part part = placeOf(folder, folders).second;
        EventLog log(nothing, bounds);
        log.watch(take);
        for (const fs::path& file : files) log.add(file, part.role, part.name);
    }
    return tags;
}

} // namespace ratescope
