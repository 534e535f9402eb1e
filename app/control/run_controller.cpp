// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/control/run_controller.h"

#include "app/study/palette.h"
#include "core/error.h"
#include "core/training/trainer.h"

#include <QCoreApplication>

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace ratescope {

namespace {

constexpr int drainInterval = 33; // ms: thirty times a second
constexpr int backgroundNiceness = 10;

} // namespace

/// Keeps epochs' figures until the controller's timer fetches them with the steps: with tiny epochs there may be thousands a
/// second, too many for a queued call each.
class RunController::ThreadObserver final : public RunObserver {
public:
    void epochDone(const EpochMetrics& epoch) override {
        const std::lock_guard lock(m_mutex);
        m_epochs.push_back(epoch);
    }

    std::vector<EpochMetrics> take() {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_epochs, {});
    }

private:
    std::mutex m_mutex;
    std::vector<EpochMetrics> m_epochs;
};

RunController::RunController(DataCatalog& catalog, DatasetStore& datasets, StudyStore* store, Options options, QObject* parent)
    : QObject(parent)
    , m_catalog(catalog)
    , m_datasets(datasets)
    , m_store(store)
    , m_options(options)
    , m_cores(0) {
    m_drainTimer.setInterval(drainInterval);
    connect(&m_drainTimer, &QTimer::timeout, this, &RunController::drainAll);
}

RunController::~RunController() {
    stopAll();
    joinAll();
}

RunController::Record RunController::record(RunId id) const {
    const auto it = std::ranges::find(m_records, id, [](const Record& one) { return one->id; });
    return it == m_records.end() ? nullptr : *it;
}

RunPointer RunController::find(RunId id) const { return record(id); }

RunController::Record RunController::recordNamed(const std::string& name) const {
    const auto it = std::ranges::find(m_records, name, [](const Record& one) { return one->config.name; });
    return it == m_records.end() ? nullptr : *it;
}

RunPointer RunController::find(const std::string& name) const { return recordNamed(name); }

void RunController::renameSources(const std::vector<RunId>& runs, const std::map<std::string, std::string>& names) {
    for (const RunId id : runs) {
        const Record run = record(id);
        if (!run || !run->config.startFrom) continue;
        const auto renamed = names.find(run->config.startFrom->run);
        if (renamed == names.end() || renamed->second == renamed->first) continue;
        run->config.startFrom->run = renamed->second;
        if (m_store) m_store->updateRun(*run);
        Q_EMIT runChanged(id);
    }
}

int RunController::indexOf(RunId id) const {
    const auto it = std::ranges::find(m_records, id, [](const Record& one) { return one->id; });
    return it == m_records.end() ? -1 : static_cast<int>(it - m_records.begin());
}

bool RunController::anyActive() const {
    return std::ranges::any_of(m_records, [](const Record& one) { return isActive(one->state); });
}

void RunController::updateView() { m_view.assign(m_records.begin(), m_records.end()); }

void RunController::insert(Record record, int index) {
    const RunId id = record->id;
    index = std::clamp(index, 0, static_cast<int>(m_records.size()));
    Q_EMIT runAboutToBeAdded(index);
    m_records.insert(m_records.begin() + index, std::move(record));
    updateView();
    Q_EMIT runAdded(id);
}

void RunController::measureLength(RunRecord& record) {
    try {
        const DatasetInfo info = m_catalog.info(record.config.data);
        if (record.config.validate(info).empty()) record.length = lengthOf(record.config, info);
    } catch (const Error&) { // told when it is started
    }
}

std::string RunController::freeRunName(const std::string& name) const {
    return freeName(fittedName(name), [this](const std::string& wanted) {
        return std::ranges::any_of(m_records, [&](const Record& one) { return one->config.name == wanted; });
    });
}

RunId RunController::add(RunConfig config) {
    const auto runsWith = [this](const auto& color) {
        return std::ranges::count_if(m_records, [&](const Record& one) { return one->config.color == color; });
    };
    config.name = freeRunName(config.name);
    if (config.color.empty()) config.color = nextPaletteColor(runsWith);
    auto record = std::make_shared<RunRecord>();
    record->id = ++m_lastId;
    record->dash = static_cast<int>(runsWith(config.color)) % dashPatternCount;
    record->config = std::move(config);
    measureLength(*record);
    if (m_store) m_store->addRun(*record);
    insert(record, static_cast<int>(m_records.size()));
    return record->id;
}

RunId RunController::adopt(RunRecord loaded, bool stored) {
    auto record = std::make_shared<RunRecord>(std::move(loaded));
    record->id = ++m_lastId;
    record->config.name = freeRunName(record->config.name);
    const auto sameColor = [&](const Record& one) { return one->config.color == record->config.color; };
    if (!stored) record->dash = static_cast<int>(std::ranges::count_if(m_records, sameColor)) % dashPatternCount;
    if (!stored && m_store) {
        if (isOver(record->state))
            m_store->addFinishedRun(record);
        else
            m_store->addRun(*record);
    }
    insert(record, static_cast<int>(m_records.size()));
    return record->id;
}

void RunController::setState(RunRecord& record, RunState state) {
    record.state = state;
    if (m_store) m_store->updateRun(record);
    Q_EMIT runChanged(record.id);
}

void RunController::start(RunId id) {
    const Record run = record(id);
    if (!run || run->state != RunState::Ready) return;
    const std::vector<Record> chain = chainOf(run);
    if (chain.size() > m_records.size()) {
        refuse(*run, tr("Runs start from each other in a circle"));
        return;
    }
    // From the first of all sources on: each finds its own begun.
    for (auto link = chain.rbegin(); link != chain.rend(); ++link) {
        if ((*link)->state != RunState::Ready || waitsForSource(**link)) continue;
        if (static_cast<int>(m_workers.size()) < m_options.maximumActive)
            launch(**link);
        else
            setState(**link, RunState::Waiting);
    }
}

std::vector<RunController::Record> RunController::chainOf(const Record& run) const {
    std::vector<Record> chain = {run};
    if (!run->config.startFrom) return chain;
    std::unordered_map<std::string_view, Record> named;
    for (const Record& one : m_records) named.emplace(one->config.name, one);
    while (chain.size() <= m_records.size()) {
        const auto& start = chain.back()->config.startFrom;
        const auto source = start ? named.find(start->run) : named.end();
        if (source == named.end() || isOver(source->second->state)) break;
        chain.push_back(source->second);
    }
    return chain;
}

bool RunController::waitsForSource(RunRecord& run) {
    if (!run.config.startFrom || run.config.startFrom->run.empty()) return false;
    const Record source = recordNamed(run.config.startFrom->run);
    if (source && source->state == RunState::Ready) start(source->id); // which may fail at once
    if (const QString problem = startProblem(run, source.get()); !problem.isEmpty()) {
        refuse(run, problem);
        return true;
    }
    if (isOver(source->state)) return false;
    if (run.state != RunState::Waiting) setState(run, RunState::Waiting);
    return true;
}

void RunController::refuse(RunRecord& run, const QString& message) {
    run.message = message;
    setState(run, RunState::Failed);
}

StartWeights RunController::startWeightsOf(const RunRecord& run) const {
    StartWeights weights;
    const auto& start = run.config.startFrom;
    if (!start) return weights;
    weights.newHead = start->newHead;
    weights.file = start->file;
    weights.source = start->run;
    weights.store = m_store;
    if (const Record source = start->run.empty() ? nullptr : recordNamed(start->run)) {
        weights.run = source->id;
        if (const auto kept = m_weights.find(source->id); kept != m_weights.end()) weights.kept = kept->second;
    }
    return weights;
}

void RunController::keepWeights(const RunRecord& run, RunWeightsPointer weights) {
    if (!weights || weights->empty()) return;
    if (m_store) {
        m_store->setWeights(run.id, std::move(weights));
        return;
    }
    const bool referred = std::ranges::any_of(m_records, [&](const Record& one) {
        return one->config.startFrom && one->config.startFrom->run == run.config.name;
    });
    if (referred) m_weights[run.id] = std::move(weights);
}

void RunController::startAll() {
    for (const RunPointer& run : runs()) {
        start(run->id);
        resume(run->id);
    }
}

void RunController::launch(RunRecord& run) {
    measureLength(run);
    run.reserveSteps();
    Worker& worker = m_workers[run.id];
    worker.control = std::make_shared<TrainingControl>();
    worker.channel = std::make_shared<MetricsChannel>();
    worker.observer = std::make_shared<ThreadObserver>();
    worker.thread = std::jthread([this, id = run.id, config = run.config, start = startWeightsOf(run), control = worker.control,
                                  channel = worker.channel, observer = worker.observer] {
        trainOnThread(id, config, start, *control, *channel, *observer);
    });
    if (!m_drainTimer.isActive()) m_drainTimer.start();
    setState(run, RunState::Running);
}

void RunController::trainOnThread(RunId id, const RunConfig& config, const StartWeights& start, TrainingControl& control,
                                  MetricsChannel& channel, ThreadObserver& observer) {
    if (m_options.background) setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), backgroundNiceness);
    std::function<void()> end;
    try {
        const std::shared_ptr<const Dataset> data = m_datasets.get(m_catalog.folder(config.data));
        if (const Problems problems = config.validate(infoOf(*data)); !problems.empty())
            throw Error(problems[0].place + ": " + problems[0].message);
        Trainer trainer(config, data, {&m_cores, m_options.threads});
        if (start.wanted()) start.apply(trainer);
        const RunResult result = trainer.run(control, channel, observer);
        auto weights = std::make_shared<RunWeights>();
        // A range test leaves none: it is as if it had not been. What diverged has none that anybody could use.
        if (!config.rangeTest && result.outcome != RunOutcome::Diverged) *weights = {trainer.weights(), trainer.snapshots()};
        end = [this, id, result, weights] { finished(id, result, weights); };
    } catch (const std::bad_alloc&) {
        end = [this, id] { failed(id, tr("There is not enough memory for this run; a smaller network or batch may fit.")); };
    } catch (const std::exception& error) {
        end = [this, id, message = QString::fromUtf8(error.what())] { failed(id, message); };
    }
    QMetaObject::invokeMethod(this, std::move(end), Qt::QueuedConnection);
}

void RunController::drainAll() {
    double rate = 0.0;
    bool steps = false;
    bool epochs = false;
    for (auto& [id, worker] : m_workers) {
        const Record run = record(id);
        const std::uint64_t before = run->stepCount();
        steps |= drain(id, worker);
        epochs |= drainEpochs(id, worker);
        rate += static_cast<double>(run->stepCount() - before) * 1000.0 / drainInterval;
    }
    m_stepsPerSecond += 0.15 * (rate - m_stepsPerSecond);
    if (steps) Q_EMIT stepsAppended();
    if (epochs) Q_EMIT epochsDone();
}

bool RunController::drain(RunId id, Worker& worker) {
    auto steps = std::make_shared<std::vector<StepMetrics>>();
    worker.channel->drain(*steps);
    const Record run = record(id);
    run->trainSeconds = worker.channel->trainSeconds();
    if (steps->empty()) return false;
    run->append(*steps);
    if (m_store) m_store->appendSteps(id, std::move(steps));
    return true;
}

bool RunController::drainEpochs(RunId id, Worker& worker) {
    std::vector<EpochMetrics> epochs = worker.observer->take();
    if (epochs.empty()) return false;
    const Record run = record(id);
    run->epochs.insert(run->epochs.end(), epochs.begin(), epochs.end());
    if (m_store) m_store->appendEpochs(id, std::move(epochs));
    return true;
}

void RunController::endWorker(RunId id) {
    const auto it = m_workers.find(id);
    drain(id, it->second);
    drainEpochs(id, it->second);
    if (it->second.thread.joinable()) it->second.thread.join(); // it has nothing left to do but to end
    m_workers.erase(it);
    Q_EMIT stepsAppended();
}

void RunController::finished(RunId id, const RunResult& result, RunWeightsPointer weights) {
    endWorker(id);
    const Record run = record(id);
    run->result = result;
    run->trainSeconds = result.trainSeconds;
    keepWeights(*run, std::move(weights));
    if (result.divergedAt) run->message = tr("Diverged at step %1").arg(*result.divergedAt);
    setState(*run, stateOf(result.outcome));
    startWaiting();
}

void RunController::failed(RunId id, const QString& message) {
    endWorker(id);
    const Record run = record(id);
    run->message = message;
    run->result.outcome = RunOutcome::Cancelled;
    run->result.steps = run->stepCount();
    setState(*run, RunState::Failed);
    startWaiting();
}

void RunController::startWaiting() {
    const std::vector<Record> records = m_records; // starting one may make others wait
    for (bool refused = true; refused;) { // one that cannot start takes those with it that wait for it
        refused = false;
        for (const Record& run : records) {
            if (static_cast<int>(m_workers.size()) >= m_options.maximumActive) return;
            if (run->state != RunState::Waiting) continue;
            if (!waitsForSource(*run))
                launch(*run);
            else
                refused |= run->state == RunState::Failed;
        }
    }
    if (!m_workers.empty()) return;
    m_drainTimer.stop();
    m_stepsPerSecond = 0.0;
    Q_EMIT idle();
}

void RunController::pause(RunId id) {
    const Record run = record(id);
    if (!run) return;
    if (run->state == RunState::Waiting) setState(*run, RunState::Ready);
    if (run->state != RunState::Running) return;
    m_workers.at(id).control->pause();
    setState(*run, RunState::Paused);
}

void RunController::resume(RunId id) {
    const Record run = record(id);
    if (!run || run->state != RunState::Paused) return;
    m_workers.at(id).control->resume();
    setState(*run, RunState::Running);
}

void RunController::stop(RunId id) {
    const Record run = record(id);
    if (!run) return;
    if (run->state == RunState::Waiting) setState(*run, RunState::Ready);
    if (const auto it = m_workers.find(id); it != m_workers.end()) it->second.control->stop();
}

void RunController::pauseAll() {
    for (const RunPointer& run : runs()) pause(run->id);
}

void RunController::stopAll() {
    for (const RunPointer& run : runs()) stop(run->id);
}

void RunController::joinAll() {
    while (!m_workers.empty()) {
        for (auto& [id, worker] : m_workers)
            if (worker.thread.joinable()) worker.thread.join();
        // Every thread has said by now how its run ended; finished() and failed() do the rest, as they always do.
        QCoreApplication::sendPostedEvents(this, QEvent::MetaCall);
    }
}

Problems RunController::setConfig(RunId id, RunConfig config) {
    const Record run = record(id);
    if (!run) return {};
    Problems problems = config.validate();
    const bool taken = std::ranges::any_of(m_records, [&](const Record& one) { return one != run && one->config.name == config.name; });
    if (taken) problems.push_back({"name", "is taken by another run"});
    if (problems.empty() && run->state == RunState::Ready) {
        try {
            problems = config.validate(m_catalog.info(config.data));
        } catch (const Error& error) {
            problems.push_back({"data", error.what()});
        }
    }
    if (!problems.empty()) return problems;
    if (config.name != run->config.name) { // what starts from it knows it by its name
        std::vector<RunId> others;
        for (const Record& one : m_records) others.push_back(one->id);
        renameSources(others, {{run->config.name, config.name}});
    }
    if (run->state == RunState::Ready) {
        run->config = std::move(config);
        measureLength(*run);
    } else {
        run->config.name = config.name;
        run->config.color = config.color;
    }
    if (m_store) m_store->updateRun(*run);
    Q_EMIT runChanged(id);
    return {};
}

void RunController::setVisible(RunId id, bool visible) {
    const Record run = record(id);
    if (!run || run->visible == visible) return;
    run->visible = visible;
    if (m_store) m_store->updateRun(*run);
    Q_EMIT runChanged(id);
}

std::shared_ptr<RunRecord> RunController::remove(RunId id) {
    const Record run = record(id);
    if (!run || isActive(run->state)) return nullptr;
    const int index = indexOf(id);
    Q_EMIT runAboutToBeRemoved(index);
    m_records.erase(m_records.begin() + index);
    updateView();
    if (m_store) m_store->setRemoved(id, true);
    Q_EMIT runRemoved(id);
    return run;
}

void RunController::restore(std::shared_ptr<RunRecord> run, int index) {
    const RunId id = run->id;
    run->config.name = freeRunName(run->config.name); // another may have taken it meanwhile
    if (m_store) {
        m_store->setRemoved(id, false);
        m_store->updateRun(*run);
    }
    insert(std::move(run), index);
}

} // namespace ratescope
