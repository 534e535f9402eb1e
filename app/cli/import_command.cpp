// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/interrupt.h"
#include "app/cli/progress_line.h"
#include "app/study/palette.h"
#include "app/study/run_file.h"
#include "core/error.h"

#include <algorithm>
#include <set>

namespace ratescope {

namespace {

/// Behind what the study has, under names and in colours of their own, all or none.
void addTo(const std::filesystem::path& path, std::vector<RunRecord>& runs, ProgressLine& progress) {
    StudyFile study(path, StudyFile::Access::Write);
    study.begin();
    try {
        std::set<std::string> names;
        std::vector<RunHeader> all;
        for (const RunRecord& run : study.readRuns(StudyFile::Content::Headers)) {
            names.insert(run.config.name);
            all.push_back(run);
        }
        for (std::size_t i = 0; i < runs.size(); ++i) {
            RunRecord& run = runs[i];
            run.config.name = freeName(run.config.name, [&](const std::string& name) { return names.contains(name); });
            names.insert(run.config.name);
            const auto runsWith = [&](const auto& color) {
                return std::ranges::count_if(all, [&](const RunHeader& one) { return one.config.color == color; });
            };
            run.config.color = nextPaletteColor(runsWith);
            run.dash = static_cast<int>(runsWith(run.config.color)) % dashPatternCount;
            all.push_back(run);
            study.addWhole(run);
            progress.share(static_cast<double>(i + 1) / static_cast<double>(runs.size()));
        }
        study.commit();
    } catch (...) {
        study.rollback();
        throw;
    }
    study.settle();
}

} // namespace

int importCommand(const CommandLine& line, CommandContext& context) {
    LogMapping mapping;
    try {
        if (line.isSet(QStringLiteral("map"))) mapping = parseLogMapping(line.value(QStringLiteral("map")).toStdString());
    } catch (const Error& error) {
        throw UsageError("--map: " + std::string(error.what()));
    }
    DataCatalog catalog(DataCatalog::findResources());
    std::vector<RunRecord> runs;
    for (const QString& file : line.files()) {
        context.interrupt.check();
        context.progress.stage(QStringLiteral("Reading ") + file);
        RunFile content = readRunFile(file.toStdString(), catalog, StudyFile::Content::Everything, mapping);
        if (!content.isImported())
            throw Error(file.toStdString() + (content.isStudy ? ": is a study already" : ": is an experiment") +
                        "; expected what another program has logged: CSV, TensorBoard's events or their folder");
        for (RunRecord& run : content.runs) runs.push_back(std::move(run));
    }
    context.progress.stage(QStringLiteral("Writing"));
    const InterruptWatch::Hold hold(context.interrupt);
    writing([&] { addTo(line.value(QStringLiteral("out")).toStdString(), runs, context.progress); });
    context.progress.done();
    for (const RunRecord& run : runs) print(run.config.name + '\n');
    flushOutput();
    return ExitDone;
}

} // namespace ratescope
