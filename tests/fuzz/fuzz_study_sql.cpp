// SPDX-License-Identifier: GPL-3.0-or-later
// Studies that somebody has worked on: the input is SQL that is carried out on a good study, as its author could with any
// SQLite tool (triggers, views, virtual tables, a schema by hand), before the program gets to see it.
#include "tests/fuzz/fuzz_study.h"

#include <sqlite3.h>

#include <cstring>
#include <memory>

namespace {

struct Close {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};

/// A study with a run, its steps, a range test, weights and a state; in memory.
const std::string& goodStudy(const fuzz::Scratch& scratch) {
    static const std::string bytes = [&] {
        using namespace ratescope;
        const std::filesystem::path path = scratch / "good.ratescope";
        {
            StudyFile study(path, StudyFile::Access::Write);
            RunRecord run;
            run.config.name = "a";
            run.config.color = "#0072b2";
            run.length = {20, 10};
            run.state = RunState::Finished;
            run.trainSeconds = 0.5;
            run.result.steps = 20;
            for (std::uint64_t step = 0; step < 20; ++step) {
                run.rates.push_back(0.1);
                run.losses.push_back(1.0F / static_cast<float>(step + 1));
            }
            run.epochs = {{1, 10, 0.1, {0.5, 0.25}, Score{0.6, 0.5}, 0.3}};
            RateChange drag{.step = 2, .before = 0.1, .after = 0.2, .cause = RateCause::Hand, .gesture = 1, .lastStep = 5};
            drag.schedule = RunConfig::constantSchedule(0.2);
            run.changes = {drag};
            const StudyFile::Row row = study.addWhole(run);
            study.setWeights(row, {{{"0.weight", {2, 3}, {1, 2, 3, 4, 5, 6}}}, {}});
            study.setCheckpoint(row, fuzz::smallCheckpoint());
            RunRecord test = run;
            test.config.name = "find";
            test.config.rangeTest = RangeTestSpec{.validation = 5};
            test.changes.clear();
            test.validations.assign(20, Score{0.5, 0.1});
            study.addWhole(test);
            study.setText("title", "Title");
            study.settle();
        }
        return fuzz::contentOf(path);
    }();
    return bytes;
}

int refuseFiles(void*, int action, const char*, const char*, const char*, const char*) {
    return action == SQLITE_ATTACH ? SQLITE_DENY : SQLITE_OK;
}

/// The study after the statements, as far as they could be carried out; a few thousand steps of SQLite's machine.
std::string workedOn(const std::string& study, const std::string& sql) {
    sqlite3* opened = nullptr;
    sqlite3_open(":memory:", &opened);
    const std::unique_ptr<sqlite3, Close> database(opened);
    auto* copy = static_cast<unsigned char*>(sqlite3_malloc64(study.size()));
    std::memcpy(copy, study.data(), study.size());
    sqlite3_deserialize(opened, "main", copy, static_cast<sqlite3_int64>(study.size()),
                        static_cast<sqlite3_int64>(study.size()),
                        SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
    sqlite3_limit(opened, SQLITE_LIMIT_LENGTH, 1 << 20);
    sqlite3_set_authorizer(opened, refuseFiles, nullptr);
    int left = 2000;
    sqlite3_progress_handler(opened, 100, [](void* steps) { return --*static_cast<int*>(steps) < 0 ? 1 : 0; }, &left);
    sqlite3_exec(opened, sql.c_str(), nullptr, nullptr, nullptr);
    sqlite3_int64 size = 0;
    unsigned char* bytes = sqlite3_serialize(opened, "main", &size, 0);
    std::string result(reinterpret_cast<char*>(bytes), bytes ? static_cast<std::size_t>(size) : 0);
    sqlite3_free(bytes);
    return result;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const fuzz::Scratch scratch;
    constexpr std::size_t mostStudy = 4 << 20;
    const std::string study = workedOn(goodStudy(scratch), std::string(fuzz::textOf(data, size)));
    if (study.size() <= mostStudy) fuzz::expectSafeStudy(scratch, study);
    return 0;
}
