// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/interrupt.h"
#include "app/cli/run_report.h"
#include "app/cli/terminal_progress.h"
#include "app/control/run_controller.h"
#include "app/study/run_file.h"
#include "core/error.h"
#include "core/optimizer/optimizer_reference.h"

#include <QCoreApplication>
#include <QEventLoop>

#include <algorithm>
#include <map>
#include <set>
#include <thread>

namespace ratescope {

namespace {

/// A study that cannot be written must not come out after an hour of training.
void checkWritable(const QString& path) {
    try {
        StudyFile file(path.toStdString(), StudyFile::Access::Write);
        file.begin();
        file.commit();
        file.settle();
    } catch (const Error& error) {
        throw WriteError(error.what());
    }
}

/// Names in a study stay unique: runs that are appended to one get other names than those that it has.
std::set<std::string> namesIn(const QString& path) {
    std::set<std::string> names;
    for (const RunRecord& run :
         StudyFile(path.toStdString(), StudyFile::Access::Read).readRuns(StudyFile::Content::Headers))
        names.insert(run.config.name);
    return names;
}

/// The runs that were asked for, and those that they start from.
std::vector<RunRecord> withSources(std::vector<RunRecord> runs, std::vector<std::string> names,
                                   const std::string& source, bool quiet) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto run = std::ranges::find(runs, names[i], [](const RunRecord& one) { return one.config.name; });
        if (run == runs.end() || run->config.sourceRun().empty()) continue;
        const std::string wanted = run->config.sourceRun();
        if (std::ranges::find(names, wanted) != names.end()) continue;
        if (!quiet)
            complain(QStringLiteral("“%1” starts from “%2”, which is trained as well")
                         .arg(QString::fromStdString(names[i]), QString::fromStdString(wanted)));
        names.push_back(wanted);
    }
    return selectRuns(std::move(runs), names, source);
}

} // namespace

int trainCommand(const QStringList& arguments) {
    CommandLine line(QStringLiteral("train"), QStringLiteral("EXPERIMENT"),
                     QStringLiteral("Trains the runs of an experiment. Ctrl-C ends cleanly and keeps what was run."));
    line.addOption(QStringLiteral("run"), QStringLiteral("Only this run; may be given several times."),
                   QStringLiteral("NAME"));
    line.addOption(QStringLiteral("out"),
                   QStringLiteral("Keep everything in this study; one that is there is appended to."),
                   QStringLiteral("STUDY"));
    line.addOption(QStringLiteral("jobs"),
                   QStringLiteral("How many runs train at once; as many as there are cores if left out."),
                   QStringLiteral("N"));
    line.addOption(
        QStringLiteral("threads"),
        QStringLiteral("Most threads of one run; its share of the cores if left out. The results are the same."),
        QStringLiteral("N"));
    line.addOption(QStringLiteral("json"), QStringLiteral("Print the results as JSON."));
    line.addOption(QStringLiteral("quiet"), QStringLiteral("No progress and no table."));
    line.setReference(QString::fromStdString(optimizerReference()));
    if (!line.parse(arguments, 1, 1)) return ExitDone;
    const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    const int jobs = line.isSet(QStringLiteral("jobs")) ? line.integer(QStringLiteral("jobs"), 1, 1000) : cores;
    const int threads = line.isSet(QStringLiteral("threads")) ? line.integer(QStringLiteral("threads"), 1, 1000) : 0;
    const bool json = line.isSet(QStringLiteral("json"));
    const bool quiet = line.isSet(QStringLiteral("quiet"));

    DataCatalog catalog(DataCatalog::findResources());
    const QString file = line.files().first();
    RunFile content = readRunFile(file.toStdString(), catalog);
    if (content.isStudy)
        throw Error(file.toStdString() + ": is a study; expected an experiment (JSON), which says what to train");
    if (content.isCurve())
        throw Error(file.toStdString() +
                    ": is a curve that was measured elsewhere; expected an experiment (JSON), which says what to train");
    const std::vector<RunRecord> chosen =
        withSources(std::move(content.runs), line.values(QStringLiteral("run")), file.toStdString(), quiet);

    const QString out = line.value(QStringLiteral("out"));
    std::set<std::string> taken;
    if (!out.isEmpty()) {
        checkWritable(out);
        taken = namesIn(out);
    }
    StudyStore store;
    QString writeProblem;
    QObject::connect(&store, &StudyStore::failed, &store, [&](const QString& message) { writeProblem = message; });
    if (!out.isEmpty()) {
        store.open(out.toStdString());
        if (taken.empty()) {
            store.setText("title", content.title);
            store.setText("notes", content.notes);
        }
    }

    DatasetStore datasets;
    RunController controller(catalog, datasets, out.isEmpty() ? nullptr : &store,
                             {.maximumActive = jobs, .threads = static_cast<unsigned>(threads)});
    QObject::connect(&controller, &RunController::warned, &controller, [&](RunId id, const QString& warning) {
        complain(QStringLiteral("%1: schedule: the rate %2")
                     .arg(QString::fromStdString(controller.find(id)->config.name), warning));
    });
    std::vector<RunId> ids;
    std::map<std::string, std::string> names;
    for (const RunRecord& run : chosen) {
        RunConfig config = run.config;
        config.name = freeName(config.name, [&](const std::string& name) { return taken.contains(name); });
        taken.insert(config.name);
        names[run.config.name] = config.name;
        ids.push_back(controller.add(config));
    }
    controller.renameSources(ids, names);

    QEventLoop loop;
    QObject::connect(&controller, &RunController::idle, &loop, &QEventLoop::quit);
    const InterruptWatch interrupt([&] {
        controller.stopAll();
        if (!controller.anyActive()) loop.quit();
    });
    {
        const TerminalProgress progress(controller, !quiet);
        controller.startAll();
        if (controller.anyActive()) loop.exec();
    }
    bool stored = true;
    if (!out.isEmpty()) stored = store.close(&writeProblem);

    if (json)
        print(reportJson(controller.runs()));
    else if (!quiet)
        print(reportTable(controller.runs()));
    flushOutput();
    bool failed = false;
    for (const RunPointer& run : controller.runs()) {
        if (run->state != RunState::Failed) continue;
        failed = true;
        complain(QStringLiteral("%1: %2").arg(QString::fromStdString(run->config.name), run->message));
    }
    if (!stored)
        throw WriteError(writeProblem.isEmpty() ? out.toStdString() + ": could not be written"
                                                : writeProblem.toStdString());
    return interrupt.interrupted() ? ExitInterrupted : failed ? ExitFailure : ExitDone;
}

} // namespace ratescope
