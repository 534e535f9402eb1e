// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/worker_team.h"

#include "core/network/flush_denormals.h"

#include <algorithm>
#include <latch>

namespace ratescope {

namespace {

constexpr std::uint64_t taskBits = 20;
constexpr std::uint64_t taskMask = (std::uint64_t(1) << taskBits) - 1;

/// Looks at the flag so often before it sleeps or yields: some tens of microseconds, the length of a short step.
constexpr int spins = 4000;

void pauseBriefly() {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#endif
}

} // namespace

WorkerTeam::WorkerTeam(unsigned most)
    : m_most(std::max(1U, most)) {}

WorkerTeam::~WorkerTeam() {
    m_over.store(true);
    m_calls.fetch_add(1);
    m_calls.notify_all();
}

void WorkerTeam::startHelpers() {
    std::latch started(m_most - 1); // what a thread takes in starting it takes now, not in the middle of a step
    m_helpers.reserve(m_most - 1);
    for (unsigned worker = 1; worker < m_most; ++worker)
        m_helpers.emplace_back([this, worker, &started] {
            started.count_down();
            help(worker);
        });
    started.wait();
}

void WorkerTeam::run(std::size_t count, TaskRef task) {
    const FlushDenormals flush;
    const unsigned workers = static_cast<unsigned>(std::min<std::size_t>(m_used, count));
    if (workers <= 1) {
        for (std::size_t i = 0; i < count; ++i) task(i, 0);
        return;
    }
    if (m_helpers.empty()) startHelpers();
    m_task = task;
    m_done.store(0, std::memory_order_relaxed);
    m_wanted.store(workers, std::memory_order_relaxed);
    const std::uint64_t call = (m_heap.load(std::memory_order_relaxed) >> (2 * taskBits)) + 1;
    m_heap.store(call << (2 * taskBits) | count << taskBits, std::memory_order_release);
    m_calls.fetch_add(1); // sequentially consistent with the count of sleepers: either they see this or this sees them
    if (m_sleepers.load() > 0) m_calls.notify_all();
    takeTasks(0);
    for (int i = 0; m_done.load(std::memory_order_acquire) < count; ++i) {
        if (i < spins)
            pauseBriefly();
        else
            std::this_thread::yield(); // a helper lost its core in the middle of a task
    }
}

bool WorkerTeam::takeTasks(unsigned worker) {
    bool any = false;
    while (true) {
        const std::uint64_t heap = m_heap.fetch_add(1, std::memory_order_acq_rel);
        const std::size_t index = heap & taskMask;
        if (index >= ((heap >> taskBits) & taskMask)) return any;
        m_task(index, worker);
        m_done.fetch_add(1, std::memory_order_acq_rel);
        any = true;
    }
}

void WorkerTeam::help(unsigned worker) {
    const FlushDenormals flush;
    std::uint32_t seen = 0;
    while (!m_over.load()) {
        std::uint32_t calls = m_calls.load();
        for (int i = 0; calls == seen && i < spins; ++i) {
            pauseBriefly();
            calls = m_calls.load(std::memory_order_acquire);
        }
        if (calls == seen) {
            m_sleepers.fetch_add(1);
            m_calls.wait(seen);
            m_sleepers.fetch_sub(1);
            continue;
        }
        seen = calls;
        if (worker < m_wanted.load(std::memory_order_relaxed)) takeTasks(worker);
    }
}

CoreBudget::CoreBudget(unsigned cores)
    : m_cores(cores > 0 ? cores : std::max(1U, std::thread::hardware_concurrency())) {}

} // namespace ratescope
