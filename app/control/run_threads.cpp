// SPDX-License-Identifier: GPL-3.0-or-later
// The controller's runs on their threads: how one is launched, watched and ended.
#include "app/control/run_controller.h"

#include "core/error.h"
#include "core/training/trainer.h"

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

    void rateValidated(std::uint64_t, const Score& validation) override {
        const std::lock_guard lock(m_mutex);
        m_validations.push_back(validation);
    }

    void rateChanged(const RateChange& change) override {
        const std::lock_guard lock(m_mutex);
        m_changes.push_back(change);
    }

    bool wantsCheckpoint(std::uint64_t step) override {
        const std::lock_guard lock(m_mutex);
        if (m_keeps == Keeps::All) return m_bytes < mostUnread;
        if (m_keeps == Keeps::None) return false;
        const auto now = std::chrono::steady_clock::now();
        if (step < m_steps && now - m_lastWanted < betweenStates) return false;
        m_lastWanted = now;
        return true;
    }

    void checkpointMade(CheckpointPointer checkpoint) override {
        const std::lock_guard lock(m_mutex);
        m_bytes += checkpoint->bytes();
        m_checkpoints.push_back(std::move(checkpoint));
    }

    /// Once the data are there, whose samples it depends on.
    void lengthKnown(const RunLength& length) {
        const std::lock_guard lock(m_mutex);
        m_steps = length.steps;
        m_length = length;
    }

    struct News {
        std::optional<RunLength> length;
        std::vector<EpochMetrics> epochs;
        std::vector<RateChange> changes;
        std::vector<CheckpointPointer> checkpoints;
        std::vector<Score> validations;
    };
    News take() {
        const std::lock_guard lock(m_mutex);
        m_bytes = 0;
        return {std::exchange(m_length, {}), std::exchange(m_epochs, {}), std::exchange(m_changes, {}), std::exchange(m_checkpoints, {}),
                std::exchange(m_validations, {})};
    }

    enum class Keeps {
        None,
        Newest, ///< now and then, and the last: for the study
        All,    ///< after every epoch
    };
    explicit ThreadObserver(Keeps keeps)
        : m_keeps(keeps) {}

private:
    static constexpr std::chrono::seconds betweenStates{10};
    static constexpr std::size_t mostUnread = std::size_t(64) << 20; ///< bytes of states between two looks

    Keeps m_keeps;
    std::uint64_t m_steps = 0; ///< of the run
    std::optional<RunLength> m_length;
    std::chrono::steady_clock::time_point m_lastWanted = std::chrono::steady_clock::now();
    std::mutex m_mutex;
    std::vector<EpochMetrics> m_epochs;
    std::vector<RateChange> m_changes;
    std::vector<CheckpointPointer> m_checkpoints;
    std::vector<Score> m_validations;
    std::size_t m_bytes = 0;
};

/// What a run's thread begins with, fixed as it is launched.
struct RunController::Launch {
    RunConfig config;
    StartWeights start;
    ForkSource fork;
    std::vector<std::uint64_t> states; ///< to be kept for forks
    double sharedSeconds = 0.0;        ///< of training, behind a fork as it begins
    std::uint64_t sharedEpochs = 0;    ///< the step up to which it has its parent's epochs
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
    warnOf(run);
    auto launch = std::make_shared<Launch>(Launch{run.config, {}, {}, statesWantedOf(run)});
    if (run.config.fork)
        launch->fork = forkSourceOf(run);
    else
        launch->start = startWeightsOf(run);
    if (const Record parent = run.sharedSteps() > 0 ? recordNamed(run.config.fork->run) : nullptr) {
        shareTrunk(run, *parent);
        alignTrunk(run, *parent);
        for (std::size_t i = 0; m_store && i < run.changes.size(); ++i) m_store->setChange(run.id, i, run.changes[i]);
        launch->sharedSeconds = run.trainSeconds;
        launch->sharedEpochs = run.epochs.empty() ? 0 : run.epochs.back().step;
    }
    if (const auto state = m_forkStates.find(run.id); state != m_forkStates.end()) { // from now on as any other
        if (!run.isRangeTest()) m_shelf.add(run.id, state->second);
        m_forkStates.erase(state);
    }
    Worker& worker = m_workers[run.id];
    worker.control = std::make_shared<TrainingControl>();
    worker.channel = std::make_shared<MetricsChannel>();
    using Keeps = ThreadObserver::Keeps;
    const Keeps keeps = m_options.checkpoints ? Keeps::All : m_store ? Keeps::Newest : Keeps::None;
    worker.observer = std::make_shared<ThreadObserver>(keeps);
    worker.thread =
        std::jthread([this, id = run.id, launch = std::move(launch), control = worker.control, channel = worker.channel,
                      observer = worker.observer] { trainOnThread(id, *launch, *control, *channel, *observer); });
    if (!m_drainTimer.isActive()) m_drainTimer.start();
    setState(run, RunState::Running);
}

void RunController::warnOf(const RunRecord& run) {
    const bool isMeasured = run.length.epochSamples > 0;
    if (!isMeasured || !run.config.validate().empty()) return;
    for (const ScheduleWarning& warning : warningsOf(scheduleOf(run.config, run.length), run.length.steps))
        Q_EMIT warned(run.id, QString::fromStdString(warning.message));
}

void RunController::trainOnThread(RunId id, const Launch& launch, TrainingControl& control, MetricsChannel& channel,
                                  ThreadObserver& observer) {
    if (m_options.background) setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), backgroundNiceness);
    std::function<void()> end;
    try {
        const Trained trained = train(launch, control, channel, observer);
        end = [this, id, trained] { finished(id, trained.result, trained.weights); };
    } catch (const std::bad_alloc&) {
        end = [this, id] { failed(id, tr("There is not enough memory for this run; a smaller network or batch may fit.")); };
    } catch (const std::exception& error) {
        end = [this, id, message = std::string(error.what())] { failed(id, QString::fromStdString(message)); };
    }
    m_mail.post(std::move(end));
}

RunController::Trained RunController::train(const Launch& launch, TrainingControl& control, MetricsChannel& channel,
                                            ThreadObserver& observer) {
    const RunConfig& config = launch.config;
    // Stopped on the way: what it shares with its parent is all there is.
    const Trained nothing{{.outcome = RunOutcome::Cancelled,
                           .steps = config.fork && !config.rangeTest ? config.fork->step : 0,
                           .trainSeconds = launch.sharedSeconds},
                          nullptr};
    const std::shared_ptr<const Dataset> data =
        m_datasets.get(m_catalog.folder(config.data), [&control] { return control.stopped(); });
    if (!data) return nothing;
    if (const Problems problems = config.validate(infoOf(*data)); !problems.empty())
        throw Error(problems[0].place + ": " + problems[0].message);
    m_catalog.learn(config.data, infoOf(*data));
    observer.lengthKnown(lengthOf(config, infoOf(*data)));
    const TrainerResources resources{&m_cores, m_options.threads};
    Trainer trainer(config, data, resources);
    if (launch.start.wanted() && !launch.start.apply(trainer, control)) return nothing;
    if (launch.fork.wanted()) {
        const ForkSource::Reached reached = launch.fork.fetch(data, resources, control);
        if (!reached.state) return nothing;
        trainer.restore(*reached.state);
        // An epoch that its parent had not told yet when the fork was made.
        if (reached.epoch && reached.epoch->step > launch.sharedEpochs && !config.rangeTest) observer.epochDone(*reached.epoch);
    }
    trainer.keepStatesAt(launch.states);
    const RunResult result = trainer.run(control, channel, observer);
    // A range test leaves none: it is as if it had not been. What diverged has none that anybody could use.
    const bool leaves = !config.rangeTest && result.outcome != RunOutcome::Diverged;
    if (!leaves) return {result, std::make_shared<RunWeights>()};
    return {result, std::make_shared<RunWeights>(RunWeights{trainer.weights(), trainer.snapshots()})};
}

void RunController::drainAll() {
    double rate = 0.0;
    bool steps = false;
    bool epochs = false;
    bool checkpoints = false;
    for (auto& [id, worker] : m_workers) {
        const Record run = record(id);
        const std::uint64_t before = run->stepCount();
        const Drained drained = drain(id, worker);
        steps |= drained.steps;
        epochs |= drained.epochs;
        checkpoints |= drained.checkpoints;
        rate += static_cast<double>(run->stepCount() - before) * 1000.0 / drainInterval;
    }
    m_stepsPerSecond += 0.15 * (rate - m_stepsPerSecond);
    if (steps) Q_EMIT stepsAppended();
    if (epochs) Q_EMIT epochsDone();
    if (checkpoints) Q_EMIT checkpointsChanged();
    makeWantedForks();
    if (std::exchange(m_forkWaits, false)) startWaiting();
}

/// Where the data did not answer when the run was launched, or are others than were looked at then.
void RunController::takeLength(RunRecord& run, const RunLength& length) {
    if (run.length == length && run.length.epochSamples == length.epochSamples) return;
    run.length = length;
    run.reserveSteps();
    if (m_store) m_store->updateRun(run);
    warnOf(run);
    Q_EMIT runChanged(run.id);
}

bool RunController::drainSteps(RunId id, Worker& worker) {
    auto steps = std::make_shared<std::vector<StepMetrics>>();
    worker.channel->drain(*steps);
    const Record run = record(id);
    run->trainSeconds = worker.channel->trainSeconds();
    if (steps->empty()) return false;
    run->append(*steps);
    if (m_store) m_store->appendSteps(id, std::move(steps));
    return true;
}

RunController::Drained RunController::drain(RunId id, Worker& worker) {
    // First the news and then the steps, so that every step that they speak of is there.
    ThreadObserver::News news = worker.observer->take();
    if (news.length) takeLength(*record(id), *news.length);
    const Record run = record(id);
    worker.settledSteps = run->stepCount();
    const bool steps = drainSteps(id, worker);
    if (!news.epochs.empty()) {
        run->epochs.insert(run->epochs.end(), news.epochs.begin(), news.epochs.end());
        if (m_store) m_store->appendEpochs(id, news.epochs);
    }
    if (!news.validations.empty()) {
        if (m_store) m_store->appendValidations(id, run->validations.size(), news.validations);
        run->validations.insert(run->validations.end(), news.validations.begin(), news.validations.end());
    }
    for (const RateChange& change : news.changes) {
        const std::size_t index = run->addChange(change);
        if (m_store) m_store->setChange(id, index, run->changes[index]);
    }
    if (!news.changes.empty()) Q_EMIT rateChanged(id);
    for (CheckpointPointer& checkpoint : news.checkpoints) takeCheckpoint(*run, worker, std::move(checkpoint));
    return {steps, !news.epochs.empty(), !news.checkpoints.empty()};
}

void RunController::endWorker(RunId id) {
    const auto it = m_workers.find(id);
    drain(id, it->second);
    if (it->second.thread.joinable()) it->second.thread.join(); // it has nothing left to do but to end
    const int unmade = it->second.forksWanted; // it ended before it came to that
    m_workers.erase(it);
    Q_EMIT stepsAppended();
    Q_EMIT checkpointsChanged();
    makeWantedForks();
    const std::vector<std::uint64_t> states = m_shelf.stepsOf(id);
    for (int i = 0; i < unmade; ++i) fork(id, states.empty() ? record(id)->stepCount() : states.back());
}

void RunController::finished(RunId id, const RunResult& result, RunWeightsPointer weights) {
    endWorker(id);
    const Record run = record(id);
    run->result = result;
    run->trainSeconds = result.trainSeconds;
    storeState(*run, m_shelf.newest(id));
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
