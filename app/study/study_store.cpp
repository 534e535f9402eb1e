// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/study_store.h"

#include "core/error.h"

#include <chrono>
#include <future>

namespace ratescope {

namespace {

/// Writes are gathered for so long: few transactions, and never more than half a second of work at risk.
constexpr std::chrono::milliseconds gatherTime{300};

} // namespace

StudyStore::StudyStore(QObject* parent)
    : QObject(parent)
    , m_thread([this](const std::stop_token& stop) { loop(stop); }) {}

StudyStore::~StudyStore() {
    close();
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

void StudyStore::postWrite(std::function<void(StudyFile&)> write) {
    post([this, write = std::move(write)]() mutable { m_pending.push_back(std::move(write)); });
}

void StudyStore::open(const std::filesystem::path& path) {
    post([this, path] {
        m_rows.clear();
        doOpen(path);
    });
}

void StudyStore::attach(const std::filesystem::path& path, std::map<RunId, StudyFile::Row> rows) {
    post([this, path, rows = std::move(rows)] {
        m_rows = rows;
        doOpen(path);
    });
}

void StudyStore::saveAs(const std::filesystem::path& path, bool removeOld) {
    post([this, path, removeOld] { doSaveAs(path, removeOld); }, true);
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

void StudyStore::appendEpoch(RunId run, const EpochMetrics& epoch) {
    postWrite([this, run, epoch](StudyFile& file) { file.appendEpoch(m_rows.at(run), epoch); });
}

void StudyStore::setRemoved(RunId run, bool removed) {
    postWrite([this, run, removed](StudyFile& file) { file.setRemoved(m_rows.at(run), removed); });
}

bool StudyStore::close(QString* problem) {
    std::promise<bool> done;
    post([&] {
        bool good = writePending();
        if (good && m_file) {
            try {
                m_file->purgeRemoved();
            } catch (const Error& error) {
                report(error.what());
                good = false;
            }
        }
        if (m_file) m_file->settle();
        m_file.reset();
        if (problem) *problem = QString::fromStdString(m_lastProblem);
        done.set_value(good);
    }, true);
    return done.get_future().get();
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
        writePending();
        if (stop.stop_requested()) return;
        // Let more come together, unless somebody wants the end of it.
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, stop, gatherTime, [&] { return m_urgent; });
    }
}

bool StudyStore::writePending() {
    if (m_pending.empty()) return true;
    if (!m_file) return false;
    const std::map<RunId, StudyFile::Row> rowsBefore = m_rows;
    try {
        m_file->begin();
        for (const auto& write : m_pending) write(*m_file);
        m_file->commit();
    } catch (const Error& error) {
        m_file->rollback();
        m_rows = rowsBefore;
        report(error.what());
        return false;
    }
    m_pending.clear();
    m_lastProblem.clear();
    Q_EMIT written(QString::fromStdString(m_file->path().string()));
    return true;
}

void StudyStore::doOpen(const std::filesystem::path& path) {
    writePending();
    try {
        auto file = std::make_unique<StudyFile>(path, StudyFile::Access::Write);
        if (m_file) m_file->settle();
        m_file = std::move(file);
        Q_EMIT written(QString::fromStdString(path.string()));
    } catch (const Error& error) {
        report(error.what());
    }
}

void StudyStore::doSaveAs(const std::filesystem::path& path, bool removeOld) {
    if (!m_file || !writePending()) {
        report(m_lastProblem.empty() ? "There is nothing to save." : m_lastProblem);
        return;
    }
    const std::filesystem::path old = m_file->path();
    try {
        m_file->copyTo(path);
        auto file = std::make_unique<StudyFile>(path, StudyFile::Access::Write);
        m_file->settle();
        m_file = std::move(file);
        std::error_code ignored;
        if (removeOld) std::filesystem::remove(old, ignored);
        Q_EMIT saved(QString::fromStdString(path.string()));
    } catch (const Error& error) {
        report(error.what());
    }
}

void StudyStore::report(const std::string& message) {
    if (message == m_lastProblem) return; // it is tried again and again; people hear of it once
    m_lastProblem = message;
    Q_EMIT failed(QString::fromStdString(message));
}

} // namespace ratescope
