// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/control/checkpoint_shelf.h"
#include "app/control/fork_source.h"
#include "app/control/start_weights.h"
#include "app/study/data_catalog.h"
#include "app/study/mailbox.h"
#include "app/study/run_record.h"
#include "app/study/study_store.h"
#include "core/data/dataset_store.h"
#include "core/network/worker_team.h"
#include "core/training/metrics_channel.h"
#include "core/training/training_control.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace ratescope {

/// How one run is to look from now on; what is not given stays as it is.
struct RunLook {
    RunId id = 0;
    std::optional<std::string> color = {}; ///< #rrggbb
    std::optional<int> dash = {};          ///< index of the dash pattern
    std::optional<bool> visible = {};
    bool operator==(const RunLook&) const = default;
};

/// The one bridge between the threads that train and whatever shows it. Owns the runs; gives each that trains a thread, a
/// control and a channel; drains all channels with one timer. Lives in the GUI thread; no call waits for training, but for
/// joinAll().
class RunController : public QObject {
    Q_OBJECT

public:
    struct Options {
        int maximumActive = 8;   ///< more runs than that wait for one to end
        bool background = false; ///< training threads give way to the GUI thread
        unsigned threads = 0;    ///< most threads of one run; 0: its share of the cores
        bool checkpoints = false; ///< keeps the state after every epoch, for forks
        double leastStateSeconds = 2.0; ///< of training behind a state that the study keeps
    };

    /// `store` may be null: then nothing is written. All have to outlive the controller.
    RunController(DataCatalog& catalog, DatasetStore& datasets, StudyStore* store, Options options,
                  QObject* parent = nullptr);
    /// Stops and joins every run.
    ~RunController() override;

    /// A new run, ready to start. Its name is made unique, and it gets the next colour if it has none.
    RunId add(RunConfig config);
    /// A run as it was read from a study, or a curve from elsewhere, under an id of its own; `stored`: it is in the store's
    /// file already, or will be attached to it.
    RunId adopt(RunRecord record, bool stored);

    const std::vector<RunPointer>& runs() const { return m_view; }
    /// The run, or null.
    RunPointer find(RunId id) const;
    /// The run of that name, or null.
    RunPointer find(const std::string& name) const;
    /// Runs that were added together may have got other names than those that they know each other by: what starts from one
    /// of `names` starts from what it stands for now.
    void renameSources(const std::vector<RunId>& runs, const std::map<std::string, std::string>& names);
    int indexOf(RunId id) const;
    bool anyActive() const;
    /// Updates a second over all runs, of the last drain intervals.
    double stepsPerSecond() const { return m_stepsPerSecond; }

    void start(RunId id);
    /// Starts what is ready and resumes what is paused.
    void startAll();
    void pause(RunId id);
    void resume(RunId id);
    void stop(RunId id);
    void pauseAll();
    void stopAll();
    /// Waits until every thread has ended: a few hundredths of a second after stopAll(), however large the batches.
    void joinAll();

    /// Another schedule for a run that goes on, from its next batch on, as a function of the run's own time. Changes of one
    /// `gesture` (not 0) are one mark. Returns what is wrong; then nothing is changed.
    Problems steer(RunId id, const ScheduleSpec& schedule, std::uint64_t gesture = 0);
    /// What the run follows, or has been told to follow from its next batch on, which a paused run has yet to make.
    const ScheduleSpec& ordered(const RunRecord& run) const;
    /// A run that goes on where `parent` was after `step` updates; none: where it is now, or ended. What is not kept is
    /// trained again when the child starts. `forked` or `forkRefused` tells, at once or, for a run that goes on, after
    /// its next batch.
    void fork(RunId parent, std::optional<std::uint64_t> step = {});
    /// States to fork at.
    CheckpointShelf& checkpoints() { return m_shelf; }
    const CheckpointShelf& checkpoints() const { return m_shelf; }
    /// After how many updates of the run there is a state, in memory or in the study, ascending.
    std::vector<std::uint64_t> keptStates(RunId id) const;
    bool keepsState(RunId id, std::uint64_t step) const;

    /// Another configuration for a run that has not begun; name and colour may change at any time. Returns what is
    /// wrong with it; then nothing is changed.
    Problems setConfig(RunId id, RunConfig config);
    /// Another name for a run, begun or not. Returns what is wrong with it; then nothing is changed.
    Problems setName(RunId id, const std::string& name);
    void setVisible(RunId id, bool visible);
    /// Many at once: one looksChanged() in the end, whatever their number.
    void setVisible(const std::vector<RunId>& ids, bool visible);
    void setLooks(const std::vector<RunLook>& looks);
    void setDash(RunId id, int dash) { setLooks({{.id = id, .dash = dash}}); }

    /// Takes a run that is not active out of the list, and puts it back.
    std::shared_ptr<RunRecord> remove(RunId id);
    void restore(std::shared_ptr<RunRecord> record, int index);

Q_SIGNALS:
    void runAboutToBeAdded(int index);
    void runAdded(RunId id);
    void runAboutToBeRemoved(int index);
    void runRemoved(RunId id);
    /// State, configuration, name, colour or visibility.
    void runChanged(RunId id);
    /// Colours, dash patterns or visibility, of however many runs.
    void looksChanged();
    /// An epoch's figures have arrived, of whichever runs; once per drain.
    void epochsDone();
    /// New steps have arrived, of whichever runs; once per drain.
    void stepsAppended();
    /// The rate of a run goes on otherwise than was to be foreseen: its record's `changes`.
    void rateChanged(RunId id);
    /// A run has been told to follow another schedule: ordered().
    void steered(RunId id);
    void forked(RunId parent, RunId child);
    void forkRefused(RunId parent, const QString& reason);
    /// There are other states to fork at, of whichever runs; once per drain.
    void checkpointsChanged();
    /// A run begins whose schedule cannot be meant.
    void warned(RunId id, const QString& warning);
    /// The last active run has ended.
    void idle();

private:
    static constexpr int drainInterval = 33; ///< ms: thirty times a second

    class ThreadObserver;
    struct Worker {
        std::shared_ptr<TrainingControl> control;
        std::shared_ptr<MetricsChannel> channel;
        std::shared_ptr<ThreadObserver> observer;
        std::jthread thread;
        int forksWanted = 0; ///< at the next state that comes
        std::uint64_t settledSteps = 0; ///< of which all is known that was told with them
        std::optional<ScheduleSpec> ordered; ///< that it was steered to last
        std::chrono::steady_clock::time_point stateStored = std::chrono::steady_clock::now();
    };
    using Record = std::shared_ptr<RunRecord>;

    Record record(RunId id) const;
    void insert(Record record, int index);
    void keepForkState(const RunRecord& run);
    void renumber(std::size_t from);
    void countIn(const RunRecord& record);
    void countOut(const RunRecord& record);
    void changeName(const Record& run, const std::string& name);
    int runsOfColor(std::string_view color) const;
    void setState(RunRecord& record, RunState state);
    void launch(RunRecord& record);
    struct Launch;
    /// What a run has come to, and the weights that it leaves.
    struct Trained {
        RunResult result;
        RunWeightsPointer weights;
    };
    Trained train(const Launch& launch, TrainingControl& control, MetricsChannel& channel, ThreadObserver& observer);
    void trainOnThread(RunId id, const Launch& launch, TrainingControl& control, MetricsChannel& channel,
                       ThreadObserver& observer);
    /// Whether a fork's first state is at hand, or can be had by training again what its parent has done, so that it waits
    /// for nobody.
    bool isReached(const RunRecord& run) const;
    ForkSource forkSourceOf(const RunRecord& run) const;
    /// After how many updates the forks of a run want its state.
    std::vector<std::uint64_t> statesWantedOf(const RunRecord& run) const;
    /// Gives a fork the curves that it shares with its parent.
    void shareTrunk(RunRecord& child, const RunRecord& parent);
    /// Writes what a fork has before it begins.
    void storeTrunk(const RunRecord& child);
    /// Whether the changes by hand before the fork still say what the child follows.
    static void alignTrunk(RunRecord& child, const RunRecord& parent);
    void makeFork(const RunRecord& parent, std::uint64_t step, CheckpointPointer state);
    void takeCheckpoint(RunRecord& run, Worker& worker, CheckpointPointer checkpoint);
    void storeState(RunRecord& run, const CheckpointPointer& state);
    /// Forks that wait to be made: not while something walks through the runs.
    void makeWantedForks();
    void warnOf(const RunRecord& run);
    void startWaiting();
    Record recordNamed(const std::string& name) const;
    /// The run, what it starts from, what that starts from … as far as these are not over; longer than there are runs where
    /// it comes back to itself.
    std::vector<Record> chainOf(const Record& run) const;
    /// Whether the run cannot be launched yet, or not at all: then it has failed.
    bool waitsForSource(RunRecord& record);
    void refuse(RunRecord& run, const QString& message);
    StartWeights startWeightsOf(const RunRecord& record) const;
    void keepWeights(const RunRecord& record, RunWeightsPointer weights);
    void drainAll();
    struct Drained {
        bool steps = false;
        bool epochs = false;
        bool checkpoints = false;
    };
    Drained drain(RunId id, Worker& worker);
    void takeLength(RunRecord& run, const RunLength& length);
    bool drainSteps(RunId id, Worker& worker);
    std::string freeRunName(const std::string& name);
    void finished(RunId id, const RunResult& result, RunWeightsPointer weights);
    void failed(RunId id, const QString& message);
    void endWorker(RunId id);
    void measureLength(RunRecord& record);

    DataCatalog& m_catalog;
    DatasetStore& m_datasets;
    StudyStore* m_store;
    Options m_options;
    CoreBudget m_cores;
    std::map<RunId, RunWeightsPointer> m_weights; ///< where there is no store, of runs that others start from
    std::vector<Record> m_records;
    std::vector<RunPointer> m_view;
    // A study of thousands is read run by run: none of these may be searched for.
    std::unordered_map<RunId, int> m_rows;
    std::unordered_map<std::string, Record> m_named;
    std::map<std::string, int, std::less<>> m_colors; ///< how many runs have it
    std::unordered_map<std::string, unsigned long> m_triedNumbers; ///< behind a name all up to this one are taken
    std::map<RunId, Worker> m_workers;
    CheckpointShelf m_shelf;
    std::vector<std::pair<RunId, CheckpointPointer>> m_forksToMake; ///< the parent, and its state
    bool m_forkWaits = false; ///< for a parent that goes on to come by
    std::map<RunId, CheckpointPointer> m_forkStates; ///< where a fork begins, whatever becomes of the shelf
    RunId m_lastId = 0;
    Mailbox m_mail; ///< from the runs' threads: how each has ended
    QTimer m_drainTimer;
    double m_stepsPerSecond = 0.0;
};

} // namespace ratescope
