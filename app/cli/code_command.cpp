// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
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

int codeCommand(const QStringList& arguments) {
    CommandLine line(
        QStringLiteral("code"), QStringLiteral("FILE"),
        QStringLiteral(
            "Prints a run's network, optimizer and schedule as Python code, with the same rates at every step.\n"
            "FILE: an experiment or a study."));
    line.addOption(QStringLiteral("run"), QStringLiteral("The run; may be left out where the file has one alone."),
                   QStringLiteral("NAME"));
    line.addOption(QStringLiteral("for"), QStringLiteral("pytorch or keras."), QStringLiteral("LIBRARY"));
    if (!line.parse(arguments, 1, 1)) return ExitDone;
    if (!line.isSet(QStringLiteral("for"))) throw UsageError("code needs --for pytorch or --for keras");
    const std::string library = line.value(QStringLiteral("for")).toStdString();
    const auto target = findCodeTarget(library);
    if (!target) throw UsageError("--for is “" + library + "”; allowed: pytorch, keras");
    const std::vector<std::string> names = line.values(QStringLiteral("run"));
    if (names.size() > 1) throw UsageError("code takes one --run; “" + names[1] + "” is too much");

    DataCatalog catalog(DataCatalog::findResources());
    const QString file = line.files().first();
    std::vector<RunRecord> runs = readRunFile(file.toStdString(), catalog).runs;
    if (runs.empty()) throw Error(file.toStdString() + ": has no runs");
    if (names.empty()) refuseSeveral(runs);
    runs = selectRuns(std::move(runs), names, file.toStdString());
    refuseImported(runs.front(), file);
    print(scheduleCode(asTrained(runs.front()), runs.front().length, *target));
    flushOutput();
    return ExitDone;
}

} // namespace ratescope
