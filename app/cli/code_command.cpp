// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/progress_line.h"
#include "app/study/run_file.h"
#include "app/study/schedule_code.h"
#include "core/error.h"

namespace ratescope {

namespace {

/// The only run of a file that has one.
void refuseSeveral(const std::vector<RunRecord>& runs) {
    if (runs.size() < 2) return;
    std::string names;
    for (std::size_t i = 0; i < std::min<std::size_t>(runs.size(), 20); ++i)
        names += (names.empty() ? "" : ", ") + runs[i].config.name;
    throw UsageError("code needs --run NAME, for the file has several runs: " + names +
                     (runs.size() > 20 ? ", …" : ""));
}

} // namespace

int codeCommand(const CommandLine& line, CommandContext& context) {
    const auto target = findCodeTarget(line.value(QStringLiteral("for")).toStdString());
    const std::vector<std::string> names = line.values(QStringLiteral("run"));
    context.progress.stage(QStringLiteral("Reading ") + line.files().first());
    DataCatalog catalog(DataCatalog::findResources());
    const QString file = line.files().first();
    std::vector<RunRecord> runs = readRunFile(file.toStdString(), catalog).runs;
    if (runs.empty()) throw Error(file.toStdString() + ": has no runs");
    if (names.empty()) refuseSeveral(runs);
    runs = selectRuns(std::move(runs), names, file.toStdString());
    refuseImported(runs.front(), file);
    const std::string code = scheduleCode(asTrained(runs.front()), runs.front().length, target.value());
    context.progress.done();
    print(code);
    flushOutput();
    return ExitDone;
}

} // namespace ratescope
