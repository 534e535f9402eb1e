// SPDX-License-Identifier: GPL-3.0-or-later
// Experiments: what is taken is written again and read as the same.
#include "app/study/experiment.h"
#include "app/study/run_config_json.h"
#include "tests/fuzz/tiny_data.h"

using namespace ratescope;

namespace {

/// Where a run's length is in steps nothing else of it counts.
std::vector<RunConfig> plain(std::vector<RunConfig> runs) {
    for (RunConfig& run : runs)
        if (run.duration.steps) run.duration.epochs = 1;
    return runs;
}

std::string written(const Experiment& experiment) {
    Json json = {{"ratescope", 1}, {"title", experiment.title}, {"notes", experiment.notes}, {"runs", Json::array()}};
    for (const RunConfig& run : experiment.runs) json["runs"].push_back(toJson(run));
    return json.dump();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const fuzz::Scratch scratch;
    static DataCatalog catalog(fuzz::writeTinyData(scratch));
    const auto parse = [&](std::string_view text, Experiment& into) {
        return fuzz::takes("x.json", [&] { into = parseExperiment(text, "x.json", scratch.folder(), catalog); });
    };
    Experiment experiment;
    if (!parse(fuzz::textOf(data, size), experiment)) return 0;
    fuzz::expect(!experiment.runs.empty(), "an experiment without runs");
    for (const RunConfig& run : experiment.runs) {
        const DatasetInfo info = catalog.info(run.data);
        fuzz::expect(run.validate(info).empty(), "a run that is not valid");
        const RunLength length = lengthOf(run, info);
        const Schedule schedule = scheduleOf(run, length);
        for (const std::uint64_t step : {std::uint64_t(0), length.steps / 2, length.steps - 1}) schedule.at(step);
    }
    Experiment again;
    fuzz::expect(parse(written(experiment), again), "what was written is not taken: " + written(experiment));
    fuzz::expect(again.title == experiment.title && again.notes == experiment.notes, "other texts are read");
    fuzz::expect(plain(again.runs) == plain(experiment.runs), "other runs are read: " + written(experiment));
    return 0;
}
