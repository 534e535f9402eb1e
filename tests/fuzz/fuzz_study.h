// SPDX-License-Identifier: GPL-3.0-or-later
// What holds of a study from anybody: it is read, or refused, and nothing else happens.
#pragma once

#include "tests/fuzz/fuzz_records.h"

#include <map>

namespace fuzz {

inline std::string contentOf(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The files of a folder by their names.
inline std::map<std::string, std::string> filesIn(const std::filesystem::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        files[entry.path().filename().string()] = entry.is_regular_file() ? contentOf(entry.path()) : "no file";
    return files;
}

/// Everything of it; the runs that were taken.
inline std::vector<ratescope::RunRecord> readWhole(const std::filesystem::path& path) {
    using namespace ratescope;
    std::vector<RunRecord> runs;
    takes(path.string(), [&] {
        StudyFile study(path, StudyFile::Access::Read);
        for (const char* key : {"title", "notes", "layout"}) study.text(key);
        study.readRuns(StudyFile::Content::Headers);
        runs = study.readRuns();
        for (const RunRecord& run : runs) expectRecord(run);
        for (const RunRecord& run : runs)
            if (run.weights) takes(path.string(), [&] { study.readWeights(run.weights->row); });
    });
    return runs;
}

/// Reads it, and where that leads to runs, goes on writing as the program does. Reading leaves every file as it is;
/// writing touches the study alone.
inline void expectSafeStudy(const Scratch& scratch, std::string_view bytes) {
    using namespace ratescope;
    const std::filesystem::path folder = scratch / "studies";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directory(folder);
    scratch.write("studies/other.ratescope", "SQLite format 3");
    const std::filesystem::path path = scratch.write("studies/s.ratescope", bytes);
    const auto before = filesIn(folder);
    const std::vector<RunRecord> runs = readWhole(path);
    auto after = filesIn(folder);
    for (const char* log : {"s.ratescope-wal", "s.ratescope-shm"}) { // SQLite's own, where the file says that it has some
        if (const auto found = after.find(log); found != after.end()) {
            expect(std::string_view(log).ends_with("shm") || found->second.empty(), "reading has written a log");
            after.erase(found);
        }
    }
    expect(after == before, "reading has changed a file");
    const bool written = takes(path.string(), [&] {
        StudyFile study(path, StudyFile::Access::Write);
        study.begin();
        for (const RunRecord& run : runs) study.updateRun(run.id, run);
        study.purgeRemoved();
        study.commit();
        study.settle();
    });
    after = filesIn(folder);
    expect(after["other.ratescope"] == before.at("other.ratescope"), "writing has changed another file");
    for (const auto& [name, content] : after)
        expect(before.contains(name) || name.starts_with("s.ratescope-"), "writing has made the file " + name);
    if (written) readWhole(path);
}

} // namespace fuzz
