// SPDX-License-Identifier: GPL-3.0-or-later
// Schedules as JSON, or, where the input begins with no brace, a formula: its rates, and its code for PyTorch and Keras.
#include "app/study/schedule_code.h"
#include "app/study/schedule_json.h"
#include "tests/fuzz/fuzz_target.h"

using namespace ratescope;

namespace {

/// A Python text of one line cannot end before its line does, and the code holds nothing but text.
void expectCode(const std::string& code) {
    fuzz::expect(fuzz::isUtf8(code), "the code is no UTF-8");
    for (const char c : code)
        fuzz::expect(static_cast<unsigned char>(c) >= 0x20 || c == '\n', "the code has a control character: " + code);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string text(fuzz::textOf(data, size));
    if (!text.starts_with('{')) {
        if (!fuzz::isUtf8(text)) return 0;
        text = Json{{"type", "formula"}, {"expression", text}, {"lr", 0.1}}.dump();
    }
    ScheduleSpec spec;
    if (!fuzz::takes("NAME", [&] { spec = scheduleFromJson(text, "NAME"); })) return 0;
    ScheduleSpec again;
    const std::string written = toJson(spec).dump();
    fuzz::expect(fuzz::takes("NAME", [&] { again = scheduleFromJson(written, "NAME"); }),
                 "what was written is not taken: " + written);
    fuzz::expect(again == spec, "what was written is read as something else: " + written);
    RunConfig config;
    config.schedule = spec;
    config.duration.steps = 50;
    constexpr std::uint32_t samples = 640;
    if (!config.validate({800, 100, 4, 5}).empty()) return 0;
    const RunLength length = lengthOf(config, samples);
    const Schedule schedule = scheduleOf(config, length);
    for (std::uint64_t step = 0; step < length.steps; ++step) schedule.at(step);
    warningsOf(schedule, length.steps);
    for (const CodeTarget target : {CodeTarget::PyTorch, CodeTarget::Keras})
        fuzz::takes("", [&] { expectCode(scheduleCode(config, length, target)); });
    return 0;
}
