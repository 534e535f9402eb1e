// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/interrupt.h"
#include "app/cli/progress_line.h"
#include "app/cli/run_report.h"
#include "app/cli/terminal_progress.h"
#include "app/cli/train_study.h"
#include "app/control/run_controller.h"
#include "app/control/start_weights.h"
#include "app/control/study_session.h"
#include "core/error.h"

#include <QCoreApplication>
#include <QEventLoop>

#include <algorithm>
#include <optional>
#include <set>
#include <thread>

namespace ratescope {

namespace {

struct TrainOptions {
    int jobs;
    int threads; ///< 0: its share of the cores
    bool json;
    bool quiet;
    QString out; ///< empty: nothing is kept

    explicit TrainOptions(const CommandLine& line)
        : jobs(line.isSet(QStringLiteral("jobs")) ? line.integer(QStringLiteral("jobs"), 1, 1000)
                                                  : std::max(1, static_cast<int>(std::thread::hardware_concurrency())))
        , threads(line.isSet(QStringLiteral("threads")) ? line.integer(QStringLiteral("threads"), 1, 1000) : 0)
        , json(line.isSet(QStringLiteral("json")))
        , quiet(line.isSet(QStringLiteral("quiet")))
        , out(line.value(QStringLiteral("out"))) {}
};

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

RunFile readExperimentFile(const std::string& file, DataCatalog& catalog) {
    RunFile content = readRunFile(file, catalog, StudyFile::Content::Headers);
    if (content.isStudy) throw Error(file + ": is a study; expected an experiment (JSON), which says what to train");
    if (content.isImported())
        throw Error(file +
                    ": is a curve that was measured elsewhere; expected an experiment (JSON), which says what to train");
    // A run looks the same whichever of its file's runs are trained with it, or by which process.
    assignLooks(content.runs);
    return content;
}

/// Reads what the runs train on and start from: damage is told before anything is begun. What was read of the data stays in
/// `datasets`.
void readInputs(const std::vector<RunRecord>& runs, const DataCatalog& catalog, DatasetStore& datasets, ProgressLine& progress) {
    std::set<std::string> read;
    for (const RunRecord& run : runs) {
        const RunConfig& config = run.config;
        if (read.insert(config.data).second) progress.stage(QStringLiteral("Reading ") + QString::fromStdString(config.data));
        const std::shared_ptr<const Dataset> data = datasets.get(catalog.folder(config.data));
        if (!config.startFrom || config.startFrom->file.empty() || !read.insert("\n" + config.startFrom->file).second) continue;
        progress.stage(QStringLiteral("Reading ") + QString::fromStdString(config.startFrom->file));
        readStartWeights(config.startFrom->file,
                         parameterCount(config.network, imageShape(data->train.rows, data->train.columns)));
    }
}

/// The study that training writes to, if any.
class TrainOutput {
public:
    explicit TrainOutput(QString path)
        : m_path(std::move(path)) {
        QObject::connect(&m_store, &StudyStore::failed, &m_store, [this](const QString& message) { m_problem = message; });
        QObject::connect(&m_store, &StudyStore::saved, &m_store, [this](const QString& to) { m_saved = to; });
    }

    StudyStore* store() { return m_path.isEmpty() ? nullptr : &m_store; }

    /// A study that cannot be written must not come out after an hour of training: this is told first.
    void enter(std::vector<RunRecord>& runs, const RunFile& content) {
        if (m_path.isEmpty()) return;
        try {
            m_rows = enterRuns(m_path.toStdString(), runs, content.title, content.notes);
        } catch (const Error& error) {
            throw WriteError(error.what());
        }
    }

    /// `ids`: what the controller calls the runs that were entered, in their order.
    void attach(const std::vector<RunId>& ids) {
        if (m_path.isEmpty()) return;
        std::map<RunId, StudyFile::Row> rows;
        for (std::size_t i = 0; i < ids.size(); ++i) rows[ids[i]] = m_rows[i];
        m_store.attach(m_path.toStdString(), std::move(rows), {});
    }

    /// Returns whether all is on disk. Other programs that write to the same study are given their turn.
    bool close() {
        if (m_path.isEmpty()) return true;
        constexpr int turns = 10; // SQLite waits for a second in each
        for (int turn = 0; turn < turns; ++turn)
            if (m_store.close(&m_problem)) return true;
        return false;
    }

    /// What went wrong, and where the runs are then: among the user's unnamed work, if they can be written there. Nothing
    /// where the study can be written after all.
    std::optional<std::string> rescue(const std::vector<RunPointer>& runs) {
        const std::string said = m_problem.isEmpty() ? m_path.toStdString() + ": could not be written" : m_problem.toStdString();
        const QString whole = newUnnamedWork();
        m_store.saveAs(whole.toStdString());
        QString problem;
        const bool closed = m_store.close(&problem);
        if (!m_saved.isEmpty()) return said + "; the runs are kept in " + m_saved.toStdString() + offered;
        if (closed) return std::nullopt;
        StudyStore::removeStudy(whole.toStdString());
        const QString curves = newUnnamedWork();
        if (keepCurves(curves, runs, problem))
            return said + "; the curves are kept in " + curves.toStdString() + ", without weights" + offered;
        StudyStore::removeStudy(curves.toStdString());
        return said + "; nor could the runs be kept elsewhere (" + problem.toStdString() + ")";
    }

private:
    static constexpr const char* offered = ", which the window offers when it is opened";

    static QString newUnnamedWork() { return StudySession::newUntitledPath(StudySession::defaultStateFolder()); }

    /// Where not even what is on disk can be read or copied: what is in memory.
    static bool keepCurves(const QString& path, const std::vector<RunPointer>& runs, QString& problem) {
        StudyStore store;
        store.open(path.toStdString());
        for (const RunPointer& run : runs) store.addFinishedRun(run);
        return store.close(&problem);
    }

    QString m_path;
    QString m_problem;
    QString m_saved; ///< where a copy of everything is
    std::vector<StudyFile::Row> m_rows;
    StudyStore m_store;
};

/// Runs all to their end, or until the program is asked to end.
void trainAll(RunController& controller, const std::vector<RunId>& ids, bool quiet, InterruptWatch& interrupt) {
    QEventLoop loop;
    QObject::connect(&controller, &RunController::idle, &loop, &QEventLoop::quit);
    const auto stop = [&] {
        controller.stopAll();
        if (!controller.anyActive()) loop.quit();
    };
    const InterruptWatch::Hold hold(interrupt, [&] { QMetaObject::invokeMethod(&loop, stop, Qt::QueuedConnection); });
    const TerminalProgress progress(controller, ids, !quiet);
    if (!interrupt.interrupted()) controller.startAll();
    if (controller.anyActive()) loop.exec();
}

/// Says which runs have failed, and why; whether any has.
bool reportFailures(const RunController& controller) {
    bool failed = false;
    for (const RunPointer& run : controller.runs()) {
        if (run->state != RunState::Failed) continue;
        failed = true;
        complain(QStringLiteral("%1: %2").arg(QString::fromStdString(run->config.name), run->message));
    }
    return failed;
}

} // namespace

int trainCommand(const CommandLine& line, CommandContext& context) {
    const TrainOptions options(line);
    DataCatalog catalog(DataCatalog::findResources());
    const QString file = line.files().first();
    context.progress.stage(QStringLiteral("Reading ") + file);
    RunFile content = readExperimentFile(file.toStdString(), catalog);
    std::vector<RunRecord> chosen = withSources(std::move(content.runs), line.values(QStringLiteral("run")),
                                                file.toStdString(), options.quiet);
    DatasetStore datasets;
    readInputs(chosen, catalog, datasets, context.progress);
    context.progress.done();

    const InterruptWatch::Hold hold(context.interrupt); // from here on the study is to stay whole
    TrainOutput output(options.out);
    output.enter(chosen, content);
    RunController controller(catalog, datasets, output.store(),
                             {.maximumActive = options.jobs, .threads = static_cast<unsigned>(options.threads)});
    QObject::connect(&controller, &RunController::warned, &controller, [&](RunId id, const QString& warning) {
        complain(QStringLiteral("%1: schedule: the rate %2")
                     .arg(QString::fromStdString(controller.find(id)->config.name), warning));
    });
    std::vector<RunId> ids;
    for (RunRecord& run : chosen) ids.push_back(controller.adopt(std::move(run), true));
    output.attach(ids);
    trainAll(controller, ids, options.quiet, context.interrupt);
    const bool stored = output.close();

    if (options.json)
        print(reportJson(controller.runs()));
    else if (!options.quiet)
        print(reportTable(controller.runs()));
    flushOutput();
    const bool failed = reportFailures(controller);
    if (!stored)
        if (const auto problem = output.rescue(controller.runs())) throw WriteError(*problem);
    return context.interrupt.interrupted() ? ExitInterrupted : failed ? ExitFailure : ExitDone;
}

} // namespace ratescope
