// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <vector>

namespace ratescope {

/// A function of (task, worker) that belongs to the caller for the time of a call; nothing is allocated for it.
class TaskRef {
public:
    TaskRef() = default;
    template <typename Function>
    TaskRef(const Function& function) // NOLINT(google-explicit-constructor): a lambda at the place of the call
        : m_object(&function)
        , m_call([](const void* object, std::size_t task, unsigned worker) {
            (*static_cast<const Function*>(object))(task, worker);
        }) {}
    void operator()(std::size_t task, unsigned worker) const { m_call(m_object, task, worker); }

private:
    const void* m_object = nullptr;
    void (*m_call)(const void*, std::size_t, unsigned) = nullptr;
};

/// The threads of one run: the one that calls and helpers beside it, which take tasks from a common heap. Which thread
/// does which task is left to chance, so tasks must not care. Helpers wait briefly in a loop for the next call, since
/// steps of training follow each other within microseconds, and sleep when none comes.
class WorkerTeam {
public:
    /// most: workers at most, the calling thread among them. Helpers start with the first call that wants them.
    explicit WorkerTeam(unsigned most = 1);
    ~WorkerTeam();
    WorkerTeam(const WorkerTeam&) = delete;
    WorkerTeam& operator=(const WorkerTeam&) = delete;

    unsigned most() const { return m_most; }

    /// How many workers the next calls may use, 1 … most(); from the calling thread.
    void use(unsigned workers) { m_used = workers < 1 ? 1 : workers < m_most ? workers : m_most; }
    unsigned used() const { return m_used; }

    /// Calls task(0 … count − 1, worker number below most()) and returns when all have returned. Tasks must not throw.
    /// One thread at a time.
    void run(std::size_t count, TaskRef task);

private:
    void startHelpers();
    void help(unsigned worker);
    bool takeTasks(unsigned worker);

    unsigned m_most;
    unsigned m_used = 1;
    TaskRef m_task;
    /// Call number, tasks and next task in one word, so that a helper that comes late cannot take a task of the next call
    /// for one of the last.
    alignas(64) std::atomic<std::uint64_t> m_heap{0};
    alignas(64) std::atomic<std::size_t> m_done{0};
    alignas(64) std::atomic<std::uint32_t> m_calls{0};  ///< what helpers wait for
    std::atomic<std::uint32_t> m_sleepers{0};
    std::atomic<unsigned> m_wanted{1};                  ///< workers of the present call
    std::atomic<bool> m_over{false};
    std::vector<std::jthread> m_helpers;
};

/// Cores that the runs of a program share out among themselves.
class CoreBudget {
public:
    /// cores: of the machine, if 0.
    explicit CoreBudget(unsigned cores = 0);

    unsigned cores() const { return m_cores; }

    /// Being one of the runs that train at this moment.
    class Seat {
    public:
        explicit Seat(CoreBudget& budget)
            : m_budget(budget) {
            m_budget.m_taken.fetch_add(1, std::memory_order_relaxed);
        }
        ~Seat() { m_budget.m_taken.fetch_sub(1, std::memory_order_relaxed); }
        Seat(const Seat&) = delete;
        Seat& operator=(const Seat&) = delete;

    private:
        CoreBudget& m_budget;
    };

    /// Cores for each of the runs that hold a seat now: all of them for one alone, at least 1.
    unsigned share() const {
        const unsigned taken = m_taken.load(std::memory_order_relaxed);
        return taken <= 1 ? m_cores : m_cores / taken > 0 ? m_cores / taken : 1;
    }

private:
    unsigned m_cores;
    std::atomic<unsigned> m_taken{0};
};

} // namespace ratescope
