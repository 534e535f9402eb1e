// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/mailbox.h"
#include "app/study/run_record.h"
#include "app/study/study_file.h"

#include <QObject>
#include <QString>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <variant>
#include <vector>

namespace ratescope {

/// Writes what happens to a study file, on a thread of its own: no call blocks for longer than it takes to put something
/// into a queue. What is handed over is on disk within half a second, or `failed` says why not; then it is kept in memory
/// and tried again.
class StudyStore : public QObject {
    Q_OBJECT

public:
    using Steps = std::shared_ptr<const std::vector<StepMetrics>>;

    explicit StudyStore(QObject* parent = nullptr);
    /// Writes what is left, settles the file and ends the thread. Blocks for as long as that takes.
    ~StudyStore() override;

    /// Removes a study and what SQLite keeps beside it.
    static void removeStudy(const std::filesystem::path& path);

    /// From now on into this file; made if there is none. `attached` tells that it is done with, a failure by `failed` before.
    void open(const std::filesystem::path& path);
    /// Goes on in a study whose runs are in memory already: `rows` says which of the file's rows each of `runs` is. The file
    /// so far is removed if it is `temporary`. Where the study cannot be opened for writing, `failed` tells, and it goes on
    /// in the file so far, with a copy of the runs. Either way `attached` tells that it is done with.
    void attach(const std::filesystem::path& path, std::map<RunId, StudyFile::Row> rows, std::vector<RunPointer> runs,
                const std::filesystem::path& temporary = {});
    /// A copy of everything into `path`, in which it then goes on; `saved` or `failed` tells. Works as well where the file
    /// so far cannot be written any more. The file so far is removed if it is `temporary`.
    void saveAs(const std::filesystem::path& path, const std::filesystem::path& temporary = {});
    /// Title, notes and layout of the study.
    void setText(const std::string& key, const std::string& value);

    void addRun(const RunHeader& header);
    void updateRun(const RunHeader& header);
    void appendSteps(RunId run, Steps steps);
    void appendEpochs(RunId run, std::vector<EpochMetrics> epochs);
    /// Of a range test, from its step `first` on.
    void appendValidations(RunId run, std::uint64_t first, std::vector<Score> validations);
    /// In place of the one of that number that it may have.
    void setChange(RunId run, std::size_t number, const RateChange& change);
    /// A run that does not change any more, curves and all; nothing is copied here.
    void addFinishedRun(RunPointer run);
    void setWeights(RunId run, RunWeightsPointer weights);
    /// Its newest state, in place of the one before. Of those that cannot be written yet the newest alone is kept.
    void setCheckpoint(RunId run, CheckpointPointer checkpoint);
    void setRemoved(RunId run, bool removed);
    /// A study all of whose runs were handed over before: removed as soon as they are on disk.
    void removeOnceWritten(const std::filesystem::path& study);

    /// The weights of a run as they are on disk, or will be; empty where there are none. Blocks until the study's thread has
    /// written what came before: not for the GUI thread. Any thread may call. Throws ratescope::Error.
    RunWeights weightsOf(RunId run);
    /// The state of a run of that configuration, in the same way; null where there is none.
    CheckpointPointer checkpointOf(RunId run, const RunConfig& config);

    /// Writes all that was handed over, settles and closes the file. Blocks. Returns whether everything is on disk; if not,
    /// `problem` says what went wrong, the file stays open and what is not written stays in memory.
    bool close(QString* problem = nullptr);

    // All are emitted in the thread that the store was made in, by its event loop or in close().
Q_SIGNALS:
    /// Something was written; the file so far.
    void written(const QString& path);
    /// An open() or attach() is done with, well or not; the file that it goes on in, empty if there is none.
    void attached(const QString& path);
    /// A saveAs() has ended well: the study is this file now.
    void saved(const QString& path);
    /// What went wrong, for people. Nothing is lost yet: it is tried again.
    void failed(const QString& message);

private:
    using Task = std::function<void()>;

    bool finish(QString* problem);

    /// `urgent`: now, without waiting for more to write.
    void post(Task task, bool urgent = false);
    /// Has the signal emitted on the store's own thread.
    void tell(void (StudyStore::*signal)(const QString&), const std::string& text);
    void postWrite(std::function<void(StudyFile&)> write);
    void loop(const std::stop_token& stop);
    /// Whether everything is in the file; which may be gone, however: see isSafe().
    bool writePending();
    /// Whether the file that everything is in can be found again.
    bool isSafe();
    bool doOpen(const std::filesystem::path& path);
    bool openWanted();
    /// Until what has failed is tried again.
    void waitLonger();
    /// `ask(file, row)` of a run once all that came before is on disk; from any thread. Throws ratescope::Error.
    template <typename Ask>
    auto askOf(RunId run, const char* what, Ask ask);
    std::function<void(StudyFile&)> copyOf(RunPointer run);
    void doSaveAs(const std::filesystem::path& path, const std::filesystem::path& temporary);
    /// Tells of a failure that will be tried again; of the same one only once.
    void report(const std::string& message);

    Mailbox m_mail; ///< what the thread has to tell
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<Task> m_tasks; ///< guarded by m_mutex
    bool m_urgent = false;    ///< guarded by m_mutex

    // The thread's own.
    std::unique_ptr<StudyFile> m_file;
    std::map<RunId, StudyFile::Row> m_rows;
    std::deque<std::function<void(StudyFile&)>> m_pending; ///< not on disk yet
    std::map<RunId, CheckpointPointer> m_states; ///< not on disk yet
    std::vector<RunId> m_writtenStates;          ///< by the transaction that goes on
    std::vector<std::filesystem::path> m_toRemove;
    bool m_keptBack = false; ///< by the transaction that goes on: something that could not be copied from elsewhere
    /// What could not be opened, and is to be as soon as it can.
    struct Wanted {
        std::filesystem::path path;
        std::map<RunId, StudyFile::Row> rows;
        std::vector<std::function<void(StudyFile&)>> copies; ///< of these runs, should it become another file after all
    };
    std::optional<Wanted> m_wanted;
    std::string m_lastProblem;
    std::chrono::milliseconds m_pause{0}; ///< before what failed is tried again
    std::chrono::steady_clock::time_point m_nextTry;

    std::jthread m_thread;
};

} // namespace ratescope
