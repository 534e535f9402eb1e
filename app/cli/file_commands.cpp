// SPDX-License-Identifier: GPL-3.0-or-later
// The commands that read a file and print or write: list, schedule, export.
#include "app/cli/command_line.h"
#include "app/cli/interrupt.h"
#include "app/cli/progress_line.h"
#include "app/study/file_output.h"
#include "app/study/run_file.h"
#include "core/error.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

#include <unistd.h>

#include <algorithm>

namespace ratescope {

namespace {

/// Reads a file while the terminal says so.
RunFile readFile(const QString& file, CommandContext& context, StudyFile::Content content) {
    DataCatalog catalog(DataCatalog::findResources());
    context.progress.stage(QStringLiteral("Reading ") + file);
    RunFile read = readRunFile(file.toStdString(), catalog, content);
    context.progress.done();
    return read;
}

/// Prints a run's rates; `before` steps of `total` have been printed so far.
void printRates(const RunRecord& run, std::uint64_t before, std::uint64_t total, ProgressLine& progress) {
    constexpr std::uint64_t told = 4096; // steps between two looks at how far it is
    const Schedule schedule = scheduleOf(run.config, run.length);
    const std::string name = csvField(run.config.name);
    for (std::uint64_t step = 0; step < run.length.steps; ++step) {
        print(name + ',' + std::to_string(step) + ',' + std::to_string(run.length.epochOf(step)) + ',' +
              csvNumber(schedule.at(step)) + '\n');
        if (step % told == 0) progress.share(static_cast<double>(before + step) / static_cast<double>(total));
    }
}

} // namespace

int listCommand(const CommandLine& line, CommandContext& context) {
    for (const RunRecord& run : readFile(line.files().first(), context, StudyFile::Content::Headers).runs)
        print(run.config.name + '\n');
    flushOutput();
    return ExitDone;
}

int scheduleCommand(const CommandLine& line, CommandContext& context) {
    const QString file = line.files().first();
    auto runs = selectRuns(readFile(file, context, StudyFile::Content::Headers).runs, line.values(QStringLiteral("run")),
                           file.toStdString());
    if (!line.isSet(QStringLiteral("run")) && !std::ranges::all_of(runs, &RunRecord::isImported))
        std::erase_if(runs, &RunRecord::isImported);
    std::uint64_t total = 0;
    for (const RunRecord& run : runs) {
        refuseImported(run, file);
        total += run.length.steps;
    }
    // Where the rows go to the terminal themselves they are progress enough.
    if (!isatty(STDOUT_FILENO)) context.progress.stage(QStringLiteral("Writing the rates"));
    print("run,step,epoch,lr\n");
    std::uint64_t before = 0;
    for (const RunRecord& run : runs) {
        printRates(run, before, total, context.progress);
        before += run.length.steps;
    }
    flushOutput();
    return ExitDone;
}

int exportCommand(const CommandLine& line, CommandContext& context) {
    const QString file = line.files().first();
    const RunFile content = readFile(file, context, StudyFile::Content::Everything);
    if (!content.isStudy && !content.isImported())
        throw Error(file.toStdString() +
                    ": is an experiment; expected a study (*.ratescope), which has something to export");
    const QString folder = line.value(QStringLiteral("out"));
    const InterruptWatch::Hold hold(context.interrupt); // between two files, or within one that then does not appear
    // What cannot be read is told before anything that was there is replaced.
    context.progress.stage(QStringLiteral("Reading the weights"));
    exportWeights(content.runs, [&](const std::string&, const std::string&) { context.interrupt.check(); });
    QString current;
    writing([&] {
        exportCsv(content.runs, folder, [&](const char* name, double share) {
            context.interrupt.check();
            if (current != QLatin1String(name)) context.progress.stage(QStringLiteral("Writing ") + QLatin1String(name));
            current = QLatin1String(name);
            context.progress.share(share);
        });
    });
    exportWeights(content.runs, [&](const std::string& name, const std::string& bytes) {
        context.interrupt.check();
        context.progress.stage(QStringLiteral("Writing ") + QString::fromStdString(name));
        writing([&] {
            writeFile(QDir(folder).filePath(QString::fromStdString(name)),
                      QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size())));
        });
    });
    if (line.isSet(QStringLiteral("tensorboard")))
        writing([&] {
            exportEvents(content.runs, QDir(folder).filePath(QStringLiteral("tensorboard")),
                         static_cast<double>(QFileInfo(file).lastModified().toSecsSinceEpoch()), [&](const std::string& name) {
                             context.interrupt.check();
                             context.progress.stage(QStringLiteral("Writing ") + QString::fromStdString(name));
                         });
        });
    return ExitDone;
}

} // namespace ratescope
