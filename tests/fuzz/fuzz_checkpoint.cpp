// SPDX-License-Identifier: GPL-3.0-or-later
// The state of a run: its JSON, a zero byte, its tensors. What was taken is written and read as the same.
#include "tests/fuzz/fuzz_study.h"

using namespace ratescope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::textOf(data, size);
    const std::size_t end = std::min(text.find('\0'), text.size());
    const StoredCheckpoint stored{std::string(text.substr(0, end)), std::string(text.substr(std::min(end + 1, text.size())))};
    RunConfig config;
    config.earlyStopping = EarlyStoppingSpec{};
    Checkpoint taken;
    if (!fuzz::takes("NAME", [&] { taken = parseCheckpoint(stored, config, 20, "NAME"); })) return 0;
    Checkpoint again;
    fuzz::expect(fuzz::takes("NAME", [&] { again = parseCheckpoint(storeCheckpoint(taken), config, 20, "NAME"); }),
                 "what was written is not taken");
    fuzz::expect(again == taken, "what was written is read as something else");
    return 0;
}
