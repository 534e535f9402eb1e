// SPDX-License-Identifier: GPL-3.0-or-later
// Curves of range tests that were measured elsewhere, as tables and as JSON.
#include "app/study/curve_file.h"
#include "tests/fuzz/fuzz_records.h"

using namespace ratescope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const fuzz::Scratch scratch;
    const std::filesystem::path path = scratch / "curve.csv";
    const std::string text(fuzz::textOf(data, size));
    looksLikeCurve(text, path);
    CurveColumns columns;
    const bool isTable = fuzz::takes(path.string(), [&] { columns = parseCurveColumns(text, path.string()); });
    const std::size_t count = columns.rates.size();
    const auto fits = [&](const std::vector<double>& values) { return values.empty() || values.size() == count; };
    fuzz::expect(columns.losses.size() == count && fits(columns.validationLosses) && fits(columns.validationAccuracies),
                 "columns differ in length");
    std::vector<RunRecord> run;
    const bool isCurve = fuzz::takes(path.string(), [&] { run.push_back(parseCurve(text, path)); });
    fuzz::expect(isTable || !isCurve, "a curve without columns");
    if (!isCurve) return 0;
    fuzz::expectRecord(run[0]);
    fuzz::expectKept(run, scratch);
    return 0;
}
