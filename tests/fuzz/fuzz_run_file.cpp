// SPDX-License-Identifier: GPL-3.0-or-later
// Any file that a command or the window is given, told apart by its content and its name. The seeds are those of all readers.
#include "app/study/run_file.h"
#include "tests/fuzz/fuzz_records.h"
#include "tests/fuzz/tiny_data.h"

using namespace ratescope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const fuzz::Scratch scratch;
    static DataCatalog catalog(fuzz::writeTinyData(scratch));
    for (const char* name : {"file", "file.csv"}) {
        const std::filesystem::path path = scratch.write(name, fuzz::textOf(data, size));
        RunFile file;
        if (!fuzz::takes(path.string(), [&] { file = readRunFile(path, catalog); })) continue;
        for (const RunRecord& run : file.runs) fuzz::expectRecord(run);
        fuzz::expect(file.isStudy || !file.runs.empty(), "a file without runs");
        assignLooks(file.runs);
    }
    return 0;
}
