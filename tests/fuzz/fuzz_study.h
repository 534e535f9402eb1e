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

/// With something in all its parts.
inline ratescope::Checkpoint smallCheckpoint() {
    using namespace ratescope;
    Checkpoint state;
    state.weights = {20, {1.0F, 2.0F, 3.0F}};
    state.optimizer = {20, {0.5, 0.25}, {{4.0F, 5.0F, 6.0F}}};
    state.samples = 200;
    state.trainSeconds = 0.5;
    state.best = {10, {0.5F, 0.25F, 0.125F}};
    state.snapshots = {{10, {3.0F, 2.0F, 1.0F}}};
    state.feedback.plateaus = {{0.1, 0.5, 1, 2}};
    state.steered = RateChange{.step = 2, .before = 0.1, .after = 0.2, .lastStep = 5,
                               .schedule = RunConfig::constantSchedule(0.2)};
    return state;
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
        for (const RunRecord& run : runs)
            if (run.storedState) takes(path.string(), [&] { study.readCheckpoint(run.storedState->place.row, run.config); });
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
        study.commit();
        study.purgeRemoved();
        study.settle();
    });
    after = filesIn(folder);
    expect(after["other.ratescope"] == before.at("other.ratescope"), "writing has changed another file");
    for (const auto& [name, content] : after)
        expect(before.contains(name) || name.starts_with("s.ratescope-"), "writing has made the file " + name);
    if (written) readWhole(path);
}

} // namespace fuzz
