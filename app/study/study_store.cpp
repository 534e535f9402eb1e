// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/study_store.h"

#include "core/error.h"
#include "core/patient_wait.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <type_traits>
#include <utility>

namespace ratescope {

namespace {

/// Writes are gathered for so long: few transactions, and never more than half a second of work at risk.
constexpr std::chrono::milliseconds gatherTime{300};

/// A transaction takes about so long: what it holds would be lost with it.
constexpr std::chrono::milliseconds longestWrite{100};

/// What cannot be written is tried again: soon at first, for a lock is soon gone; then less often, for a full disk is not.
constexpr std::chrono::milliseconds longestPause{5000};

} // namespace

StudyStore::StudyStore(QObject* parent)
    : QObject(parent)
    , m_thread([this](const std::stop_token& stop) { loop(stop); }) {}

StudyStore::~StudyStore() {
    finish(nullptr);
    m_thread.request_stop();
    m_wake.notify_all();
    m_thread.join();
}

void StudyStore::post(Task task, bool urgent) {
    {
        const std::lock_guard lock(m_mutex);
        m_tasks.push_back(std::move(task));
        m_urgent |= urgent;
    }
    m_wake.notify_one();
}

void StudyStore::tell(void (StudyStore::*signal)(const QString&), const std::string& text) {
    m_mail.post([this, signal, text] { Q_EMIT(this->*signal)(QString::fromStdString(text)); });
}

void StudyStore::postWrite(std::function<void(StudyFile&)> write) {
    post([this, write = std::move(write)]() mutable { m_pending.push_back(std::move(write)); });
}

void StudyStore::removeStudy(const std::filesystem::path& path) {
    for (const char* companion : {"", "-wal", "-shm", "-journal"}) {
        std::filesystem::path file = path;
        file += companion;
        std::error_code ignored;
        std::filesystem::remove(file, ignored);
    }
}

void StudyStore::open(const std::filesystem::path& path) { attach(path, {}, {}); }

void StudyStore::attach(const std::filesystem::path& path, std::map<RunId, StudyFile::Row> rows,
                        std::vector<RunPointer> runs, const std::filesystem::path& temporary) {
    std::vector<std::function<void(StudyFile&)>> copies; // made here: records belong to the caller's thread
    for (RunPointer& run : runs) copies.push_back(copyOf(std::move(run)));
    post([this, path, rows = std::move(rows), copies = std::move(copies), temporary] {
        writePending(); // belongs to the file so far
        const std::filesystem::path old = m_file ? m_file->path() : std::filesystem::path();
        m_wanted.reset();
        if (doOpen(path)) {
            m_pending.clear();
            m_states.clear();
            m_rows = rows;
            if (!temporary.empty() && old == temporary && old != path) removeStudy(old);
        } else if (m_file) {
            m_pending.insert(m_pending.end(), copies.begin(), copies.end());
        } else {
            m_wanted = Wanted{path, rows, copies};
        }
        tell(&StudyStore::attached, m_file ? m_file->path().string() : std::string());
    }, true);
}

void StudyStore::saveAs(const std::filesystem::path& path, const std::filesystem::path& temporary) {
    post([this, path, temporary] { doSaveAs(path, temporary); }, true);
}

void StudyStore::setText(const std::string& key, const std::string& value) {
    postWrite([key, value](StudyFile& file) { file.setText(key, value); });
}

void StudyStore::addRun(const RunHeader& header) {
    postWrite([this, header](StudyFile& file) { m_rows[header.id] = file.addRun(header); });
}

void StudyStore::updateRun(const RunHeader& header) {
    postWrite([this, header](StudyFile& file) { file.updateRun(m_rows.at(header.id), header); });
}

void StudyStore::appendSteps(RunId run, Steps steps) {
    postWrite([this, run, steps = std::move(steps)](StudyFile& file) { file.appendSteps(m_rows.at(run), *steps); });
}

void StudyStore::appendEpochs(RunId run, std::vector<EpochMetrics> epochs) {
    postWrite([this, run, epochs = std::move(epochs)](StudyFile& file) {
        for (const EpochMetrics& epoch : epochs) file.appendEpoch(m_rows.at(run), epoch);
    });
}

void StudyStore::appendValidations(RunId run, std::uint64_t first, std::vector<Score> validations) {
    postWrite([this, run, first, validations = std::move(validations)](StudyFile& file) {
        file.appendValidations(m_rows.at(run), first, validations);
    });
}

void StudyStore::setChange(RunId run, std::size_t number, const RateChange& change) {
    postWrite([this, run, number, change](StudyFile& file) { file.setChange(m_rows.at(run), number, change); });
}

void StudyStore::addFinishedRun(RunPointer run) { postWrite(copyOf(std::move(run))); }

std::function<void(StudyFile&)> StudyStore::copyOf(RunPointer run) {
    // Its name may change on the GUI thread meanwhile, hence the header of now; its curves do not.
    return [this, header = RunHeader(*run), run](StudyFile& file) {
        const StudyFile::Row row = file.addRun(header);
        m_rows[header.id] = row;
        file.addCurves(row, *run);
        // From the study that it was read from, if that is still there and as it was.
        const auto readFrom = [this](const RunHeader::Place& place, auto read) {
            try {
                StudyFile from(place.study, StudyFile::Access::Read);
                return read(from, place.row);
            } catch (const Error&) { // gone or damaged: the curves are kept nevertheless
                m_keptBack = true;
                return std::invoke_result_t<decltype(read), StudyFile&, StudyFile::Row>{};
            }
        };
        if (header.weights) {
            const auto read = [](StudyFile& from, StudyFile::Row at) { return from.readWeights(at); };
            if (const RunWeights weights = readFrom(*header.weights, read); !weights.empty()) file.setWeights(row, weights);
        }
        if (header.storedState && !header.storedState->place.study.empty()) {
            const auto read = [&](StudyFile& from, StudyFile::Row at) { return from.readCheckpoint(at, header.config); };
            if (const CheckpointPointer state = readFrom(header.storedState->place, read)) file.setCheckpoint(row, *state);
        }
    };
}

void StudyStore::setWeights(RunId run, RunWeightsPointer weights) {
    postWrite([this, run, weights = std::move(weights)](StudyFile& file) { file.setWeights(m_rows.at(run), *weights); });
}

void StudyStore::setCheckpoint(RunId run, CheckpointPointer checkpoint) {
    post([this, run, checkpoint = std::move(checkpoint)] {
        const bool waits = m_states.contains(run);
        m_states[run] = checkpoint;
        if (waits) return; // what is to be written then writes this one
        m_pending.push_back([this, run](StudyFile& file) {
            file.setCheckpoint(m_rows.at(run), *m_states.at(run));
            m_writtenStates.push_back(run);
        });
    });
}

template <typename Ask>
auto StudyStore::askOf(RunId run, const char* what, Ask ask) {
    using Value = std::invoke_result_t<Ask, StudyFile&, StudyFile::Row>;
    std::promise<Answer<Value>> promise;
    post([&] {
        promise.set_value(answerOf([&] {
            if (!writePending() || !m_file) throw Error(std::string("the study cannot be written, so ") + what);
            const auto row = m_rows.find(run);
            return row == m_rows.end() ? Value{} : ask(*m_file, row->second);
        }));
    }, true);
    return promise.get_future().get().take();
}

RunWeights StudyStore::weightsOf(RunId run) {
    return askOf(run, "the run's weights are not at hand", [](StudyFile& file, StudyFile::Row row) { return file.readWeights(row); });
}

CheckpointPointer StudyStore::checkpointOf(RunId run, const RunConfig& config) {
    return askOf(run, "the run's state is not at hand",
                 [&config](StudyFile& file, StudyFile::Row row) { return file.readCheckpoint(row, config); });
}

void StudyStore::setRemoved(RunId run, bool removed) {
    postWrite([this, run, removed](StudyFile& file) { file.setRemoved(m_rows.at(run), removed); });
}

void StudyStore::removeOnceWritten(const std::filesystem::path& study) {
    postWrite([this, study](StudyFile&) {
        if (!m_keptBack) m_toRemove.push_back(study); // else it has more than this one
        m_keptBack = false;
    });
}

bool StudyStore::finish(QString* problem) {
    std::promise<bool> done;
    post([&] {
        const bool good = writePending() && isSafe();
        if (good && m_file) {
            // Where nobody else has it open, who could bring back what was removed. What is not purged is left out as well.
            if (m_file->settle()) m_file->purgeRemoved();
            m_file.reset();
        }
        if (problem) *problem = QString::fromStdString(m_lastProblem);
        done.set_value(good);
    }, true);
    return done.get_future().get();
}

bool StudyStore::close(QString* problem) {
    const bool good = finish(problem);
    m_mail.deliver();
    return good;
}

void StudyStore::loop(const std::stop_token& stop) {
    while (true) {
        std::deque<Task> tasks;
        {
            std::unique_lock lock(m_mutex);
            if (m_pending.empty())
                m_wake.wait(lock, stop, [&] { return !m_tasks.empty(); });
            tasks.swap(m_tasks);
            m_urgent = false;
        }
        for (const Task& task : tasks) task();
        if (std::chrono::steady_clock::now() >= m_nextTry) writePending();
        if (stop.stop_requested()) return;
        // Let more come together, unless somebody wants the end of it.
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, stop, gatherTime, [&] { return m_urgent; });
    }
}

bool StudyStore::writePending() {
    if (m_pending.empty()) return true;
    if (!m_file && !openWanted()) return false;
    std::map<RunId, StudyFile::Row> rowsBefore;
    try {
        while (!m_pending.empty()) { // in pieces: what is on disk is never far behind
            rowsBefore = m_rows;
            m_file->begin();
            std::size_t count = 0;
            const auto begun = std::chrono::steady_clock::now();
            while (count < m_pending.size() && std::chrono::steady_clock::now() - begun < longestWrite)
                m_pending[count++](*m_file);
            m_file->commit();
            for (const RunId run : std::exchange(m_writtenStates, {})) m_states.erase(run);
            m_pending.erase(m_pending.begin(), m_pending.begin() + static_cast<std::ptrdiff_t>(count));
        }
    } catch (const std::exception& error) {
        m_file->rollback();
        m_rows = std::move(rowsBefore);
        m_writtenStates.clear();
        m_toRemove.clear();
        waitLonger();
        if (isSafe()) report(error.what());
        return false;
    }
    m_pause = {};
    if (!isSafe()) return true;
    for (const std::filesystem::path& study : m_toRemove) removeStudy(study);
    m_toRemove.clear();
    m_lastProblem.clear();
    tell(&StudyStore::written, m_file->path().string());
    return true;
}

/// What is locked by another program or has no room yet may be opened later.
bool StudyStore::openWanted() {
    if (!m_wanted) return false;
    if (!doOpen(m_wanted->path)) {
        waitLonger();
        return false;
    }
    m_rows = std::exchange(m_wanted, std::nullopt)->rows;
    return true;
}

void StudyStore::waitLonger() {
    m_pause = std::clamp(2 * m_pause, gatherTime, longestPause);
    m_nextTry = std::chrono::steady_clock::now() + m_pause;
}

bool StudyStore::isSafe() {
    if (!m_file || !m_file->hasMoved()) return true;
    report(m_file->path().string() + ": is not there any more: it or its folder was removed or moved; save elsewhere");
    return false;
}

bool StudyStore::doOpen(const std::filesystem::path& path) {
    try {
        auto file = std::make_unique<StudyFile>(path, StudyFile::Access::Write);
        if (m_file) m_file->settle();
        m_file = std::move(file);
        tell(&StudyStore::written, path.string());
        return true;
    } catch (const std::exception& error) {
        report(error.what());
        return false;
    }
}

void StudyStore::doSaveAs(const std::filesystem::path& path, const std::filesystem::path& temporary) {
    const std::filesystem::path old = m_file ? m_file->path() : std::filesystem::path();
    try {
        // What cannot be written where it was (a full disk, say) is pending still, and goes into the new file.
        writePending();
        if (m_wanted) { // it goes on elsewhere now
            m_pending.insert(m_pending.begin(), m_wanted->copies.begin(), m_wanted->copies.end());
            m_wanted.reset();
        }
        std::error_code none;
        if (m_file && std::filesystem::equivalent(old, path, none)) { // it is there already
            m_lastProblem.clear();
            if (writePending() && isSafe()) tell(&StudyStore::saved, path.string());
            return;
        }
        if (m_file)
            m_file->copyTo(path);
        else
            StudyFile::makeNew(path);
        auto file = std::make_unique<StudyFile>(path, StudyFile::Access::Write);
        if (m_file) m_file->settle();
        m_file = std::move(file);
        m_lastProblem.clear();
        if (!writePending()) return; // told by report()
        if (!temporary.empty() && old == temporary) removeStudy(old);
        tell(&StudyStore::saved, path.string());
    } catch (const std::exception& error) {
        m_lastProblem = error.what();
        tell(&StudyStore::failed, m_lastProblem); // somebody waits for the answer
    }
}

void StudyStore::report(const std::string& message) {
    if (message == m_lastProblem) return; // it is tried again and again; people hear of it once
    m_lastProblem = message;
    tell(&StudyStore::failed, message);
}

} // namespace ratescope
