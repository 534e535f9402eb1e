// SPDX-License-Identifier: GPL-3.0-or-later
// How a study was shown, as it says itself.
#include "app/plots/plot_view_json.h"
#include "tests/fuzz/fuzz_target.h"

#include <nlohmann/json.hpp>

using namespace ratescope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto json = nlohmann::ordered_json::parse(fuzz::textOf(data, size), nullptr, false);
    if (json.is_discarded()) return 0;
    const auto runOf = [](const std::string& name) { return static_cast<RunId>(name.size()); };
    const auto nameOf = [](RunId run) { return std::string(static_cast<std::size_t>(run), 'a'); };
    const PlotView view = viewFromJson(json, PlotView{}, runOf);
    const PlotView again = viewFromJson(viewToJson(view, nameOf), PlotView{}, runOf);
    fuzz::expect(again == view, "what was written is read as something else");
    return 0;
}
