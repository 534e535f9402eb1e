// SPDX-License-Identifier: GPL-3.0-or-later
// Logs of training as tables. What comes before a zero byte, if there is one, is the mapping of `ratescope import --map`.
#include "app/study/log_record.h"
#include "app/study/log_table.h"
#include "tests/fuzz/fuzz_records.h"

using namespace ratescope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const fuzz::Scratch scratch;
    const std::filesystem::path path = scratch / "log.csv";
    std::string_view text = fuzz::textOf(data, size);
    LogMapping mapping;
    if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos) {
        const bool sound = fuzz::takes("the mapping", [&] { mapping = parseLogMapping(text.substr(0, zero)); });
        fuzz::expect(!sound || mapping != LogMapping{}, "a mapping of nothing");
        text.remove_prefix(zero + 1);
    }
    looksLikeLogTable(text);
    fuzz::takes(path.string(), [&] { logColumnNames(text, path.string()); });
    std::vector<RunRecord> runs;
    const bool taken = fuzz::takes(path.string(), [&] {
        for (const LoggedRun& log : parseLogTable(text, path, mapping)) runs.push_back(recordOf(log, path));
        fuzz::expect(!runs.empty(), "a log without runs");
    });
    if (!taken) return 0;
    for (const RunRecord& run : runs) fuzz::expectRecord(run);
    fuzz::expectKept(runs, scratch);
    return 0;
}
