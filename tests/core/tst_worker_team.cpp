// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/worker_team.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <limits>
#include <memory>
#include <numeric>
#include <thread>
#include <vector>

using namespace ratescope;

class TestWorkerTeam : public QObject {
    Q_OBJECT

private slots:
    void everyTaskOnce_data() {
        QTest::addColumn<quint32>("most");
        for (const quint32 most : {1U, 2U, 3U, 4U, 8U}) QTest::addRow("%u workers", most) << most;
    }
    // Plain memory on purpose: what the tasks wrote has to be seen once run() has returned, without anybody's lock.
    void everyTaskOnce() {
        QFETCH(quint32, most);
        WorkerTeam team(most);
        QCOMPARE(team.most(), most);
        for (unsigned used = 1; used <= most; ++used) {
            team.use(used);
            for (const std::size_t count : {0U, 1U, 2U, 3U, 7U, 16U, 100U, 5000U}) {
                std::vector<int> times(count, 0);
                std::vector<unsigned> workers(count, most);
                team.run(count, [&](std::size_t task, unsigned worker) {
                    ++times[task];
                    workers[task] = worker;
                });
                QVERIFY(std::ranges::count(times, 1) == std::ptrdiff_t(count));
                QVERIFY(std::ranges::all_of(workers, [most](unsigned worker) { return worker < most; }));
                if (used == 1) QVERIFY(std::ranges::all_of(workers, [](unsigned worker) { return worker == 0; }));
            }
        }
    }

    // Steps of training follow each other at once; a helper that comes late must find the next call's tasks, not the last's.
    void callAfterCall_data() { everyTaskOnce_data(); }
    void callAfterCall() {
        QFETCH(quint32, most);
        WorkerTeam team(most);
        team.use(most);
        std::vector<std::uint64_t> sums(9, 0);
        constexpr std::uint64_t calls = 5000;
        for (std::uint64_t call = 1; call <= calls; ++call) {
            const std::size_t count = call % sums.size() + 1;
            const std::uint64_t weight = call; // gone with the call: a task that ran later would read what is no more
            team.run(count, [&sums, &weight](std::size_t task, unsigned) { sums[task] += weight; });
        }
        for (std::size_t task = 0; task < sums.size(); ++task) {
            std::uint64_t expected = 0;
            for (std::uint64_t call = 1; call <= calls; ++call) expected += task < call % sums.size() + 1 ? call : 0;
            QCOMPARE(sums[task], expected);
        }
    }

    // Each call reads what the one before wrote, on whatever thread.
    void callsSeeEachOther() {
        WorkerTeam team(3);
        team.use(3);
        std::vector<int> values(40);
        std::iota(values.begin(), values.end(), 0);
        for (int call = 0; call < 2000; ++call) {
            std::vector<int> next(values.size());
            team.run(values.size(), [&](std::size_t task, unsigned) { next[task] = values[(task + 1) % values.size()]; });
            values = next;
        }
        for (int i = 0; i < 40; ++i) QCOMPARE(values[std::size_t(i)], (i + 2000) % 40);
    }

    void workersChangeBetweenCalls() {
        WorkerTeam team(4);
        QCOMPARE(team.used(), 1U);
        std::vector<int> times(11, 0);
        for (unsigned call = 0; call < 2000; ++call) {
            team.use(call * 7 % 6); // 0 and 5 too: what cannot be is the nearest that can
            QVERIFY(team.used() >= 1 && team.used() <= 4);
            team.run(times.size(), [&](std::size_t task, unsigned worker) { times[task] += worker < 4; });
        }
        QVERIFY(std::ranges::count(times, 2000) == 11);
        team.use(0);
        QCOMPARE(team.used(), 1U);
        team.use(99);
        QCOMPARE(team.used(), 4U);
        QCOMPARE(WorkerTeam(0).most(), 1U);
    }

    // No two tasks at one time have the same worker number: memory that belongs to a worker needs no lock.
    void workerNumbersAreTheThreads() {
        WorkerTeam team(3);
        std::vector<std::thread::id> threads(3);
        std::vector<int> tasks(3, 0);
        bool constant = true;
        for (unsigned call = 0; call < 3000; ++call) {
            team.use(1 + call % 3);
            std::vector<std::thread::id> ids(5);
            std::vector<unsigned> numbers(5);
            team.run(5, [&](std::size_t task, unsigned worker) {
                ids[task] = std::this_thread::get_id();
                numbers[task] = worker;
                ++tasks[worker];
            });
            for (std::size_t task = 0; task < 5; ++task) {
                std::thread::id& thread = threads[numbers[task]];
                constant = constant && (thread == std::thread::id() || thread == ids[task]);
                thread = ids[task];
            }
        }
        QVERIFY(constant);
        QVERIFY(threads[0] == std::this_thread::get_id());
        QCOMPARE(std::accumulate(tasks.begin(), tasks.end(), 0), 15000);
    }

    // Tasks that wait for each other can only end if the helpers do help, however long they have slept.
    void helpersWork() {
        WorkerTeam team(3);
        team.use(3);
        for (int call = 0; call < 20; ++call) {
            std::atomic<int> arrived{0};
            team.run(3, [&](std::size_t, unsigned) {
                ++arrived;
                while (arrived.load() < 3) std::this_thread::yield();
            });
            QCOMPARE(arrived.load(), 3);
            if (call % 5 != 0) continue;
            // Long enough for them to go to sleep on most machines; on the others nothing is lost.
            std::uint64_t spent = 0;
            for (int i = 0; i < 2'000'000; ++i) spent = spent * 6364136223846793005U + 1;
            QVERIFY(spent != 1);
        }
    }

    // Bits must not depend on which thread did a task: numbers too small to be normal are 0 on all of them, and in the
    // caller's own work what they were before.
    void smallNumbersAreTheSameOnAllThreads() {
#if defined(__SSE2__)
        const volatile float smallest = std::numeric_limits<float>::min();
        WorkerTeam team(3);
        for (const unsigned used : {1U, 3U, 1U}) {
            team.use(used);
            std::atomic<unsigned> arrived{0};
            std::vector<float> halves(used, 1.0F);
            team.run(used, [&](std::size_t task, unsigned) {
                halves[task] = smallest * 0.5F;
                ++arrived; // so that each worker does one
                while (arrived.load() < used) std::this_thread::yield();
            });
            QVERIFY(std::ranges::count(halves, 0.0F) == std::ptrdiff_t(used));
            QVERIFY(smallest * 0.5F > 0.0F);
        }
#endif
    }

    void teamsBesideEachOther() {
        std::vector<std::jthread> runs;
        std::vector<std::uint64_t> sums(3, 0);
        for (std::size_t run = 0; run < sums.size(); ++run)
            runs.emplace_back([&sums, run] {
                WorkerTeam team(2);
                team.use(2);
                std::vector<std::uint64_t> parts(6, 0);
                for (int call = 0; call < 500; ++call)
                    team.run(parts.size(), [&](std::size_t task, unsigned) { parts[task] += task + run; });
                sums[run] = std::accumulate(parts.begin(), parts.end(), std::uint64_t(0));
            });
        runs.clear();
        for (std::size_t run = 0; run < sums.size(); ++run) QCOMPARE(sums[run], 500 * (15 + 6 * run));
    }

    // Teams come and go with their runs: with helpers that never started, that are awake and that sleep.
    void comesAndGoes() {
        std::atomic<int> tasks{0};
        for (unsigned i = 0; i < 200; ++i) {
            WorkerTeam team(1 + i % 4);
            team.use(4);
            for (unsigned call = 0; call < i % 3; ++call) team.run(5, [&](std::size_t, unsigned) { ++tasks; });
        }
        QCOMPARE(tasks.load(), 5 * (66 + 2 * 66 + 1));
    }

    void coresAreShared() {
        CoreBudget budget(8);
        QCOMPARE(budget.cores(), 8U);
        QCOMPARE(budget.share(), 8U);
        std::vector<unsigned> shares;
        {
            std::vector<std::unique_ptr<CoreBudget::Seat>> seats;
            for (int run = 0; run < 10; ++run) {
                seats.push_back(std::make_unique<CoreBudget::Seat>(budget));
                shares.push_back(budget.share());
            }
            seats.resize(2);
            QCOMPARE(budget.share(), 4U);
        }
        QVERIFY((shares == std::vector<unsigned>{8, 4, 2, 2, 1, 1, 1, 1, 1, 1}));
        QCOMPARE(budget.share(), 8U);
        QVERIFY(CoreBudget().cores() >= 1);
    }

    void seatsOnSeveralThreads() {
        CoreBudget budget(4);
        std::atomic<bool> inRange{true};
        std::vector<std::jthread> runs;
        for (int run = 0; run < 4; ++run)
            runs.emplace_back([&] {
                for (int i = 0; i < 2000; ++i) {
                    const CoreBudget::Seat seat(budget);
                    const unsigned share = budget.share();
                    if (share < 1 || share > 4) inRange = false;
                }
            });
        runs.clear();
        QVERIFY(inRange);
        QCOMPARE(budget.share(), 4U);
    }
};

QTEST_APPLESS_MAIN(TestWorkerTeam)
#include "tst_worker_team.moc"
