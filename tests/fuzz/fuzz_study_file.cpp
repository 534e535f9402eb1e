// SPDX-License-Identifier: GPL-3.0-or-later
// Studies byte by byte: damaged databases. What a hostile one may say is the matter of fuzz_study_sql.
#include "tests/fuzz/fuzz_study.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const fuzz::Scratch scratch;
    fuzz::expectSafeStudy(scratch, fuzz::textOf(data, size));
    return 0;
}
