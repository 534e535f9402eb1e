// SPDX-License-Identifier: GPL-3.0-or-later
// The controller's runs on their threads: how one is launched, watched and ended.
#include "app/control/run_controller.h"

#include "core/error.h"
#include "core/training/trainer.h"

#include <QCoreApplication>

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <mutex>
#include <utility>

namespace ratescope {

namespace {

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

} // namespace ratescope
