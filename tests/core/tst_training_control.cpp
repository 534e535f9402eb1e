// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/training_control.h"

#include <QTest>

#include <atomic>
#include <latch>
#include <thread>

using namespace ratescope;

namespace {

/// A thread that goes on for as long as it is allowed to.
class Worker {
public:
    explicit Worker(const TrainingControl& control)
        : m_thread([this, &control] {
            while (control.proceed()) ++m_rounds;
            m_ended = true;
        }) {}
    ~Worker() { join(); }
    void join() {
        if (m_thread.joinable()) m_thread.join();
    }
    std::uint64_t rounds() const { return m_rounds; }
    bool ended() const { return m_ended; }
    void waitForMoreThan(std::uint64_t rounds) const {
        while (m_rounds <= rounds) std::this_thread::yield();
    }

private:
    std::atomic<std::uint64_t> m_rounds = 0;
    std::atomic<bool> m_ended = false;
    std::thread m_thread;
};

} // namespace

class TestTrainingControl : public QObject {
    Q_OBJECT

private slots:
    void runsAtFirst() {
        const TrainingControl control;
        QVERIFY(control.state() == TrainingControl::State::Run);
        QVERIFY(!control.stopped());
        QVERIFY(control.proceed());
    }

    void pauseAndResumeChangeTheState() {
        TrainingControl control;
        control.pause();
        QVERIFY(control.state() == TrainingControl::State::Pause);
        QVERIFY(!control.stopped());
        control.pause();
        QVERIFY(control.state() == TrainingControl::State::Pause);
        control.resume();
        QVERIFY(control.state() == TrainingControl::State::Run);
        QVERIFY(control.proceed());
    }

    void stopIsForGood() {
        for (const bool paused : {false, true}) {
            TrainingControl control;
            if (paused) control.pause();
            control.stop();
            QVERIFY(control.stopped());
            QVERIFY(!control.proceed());
            control.resume();
            QVERIFY(control.stopped());
            control.pause();
            QVERIFY(control.stopped());
            QVERIFY(!control.proceed());
            control.stop();
            QVERIFY(control.stopped());
        }
    }

    // After pause() has returned the worker may finish the round that it had begun, and no more.
    void pauseBlocks() {
        TrainingControl control;
        Worker worker(control);
        for (int i = 0; i < 20; ++i) {
            worker.waitForMoreThan(worker.rounds());
            control.pause();
            const std::uint64_t atPause = worker.rounds();
            for (int k = 0; k < 2000; ++k) std::this_thread::yield();
            const std::uint64_t later = worker.rounds();
            control.resume();
            QVERIFY2(later <= atPause + 1, std::to_string(later - atPause).c_str());
        }
        control.stop();
    }

    void resumeWakes() {
        TrainingControl control;
        control.pause();
        Worker worker(control);
        QCOMPARE(worker.rounds(), std::uint64_t(0));
        control.resume();
        worker.waitForMoreThan(0); // never returns where the worker sleeps on
        control.stop();
        worker.join();
        QVERIFY(worker.ended());
    }

    void stopWakesAPausedWorker() {
        TrainingControl control;
        control.pause();
        Worker worker(control);
        control.stop();
        worker.join();
        QVERIFY(worker.ended());
        QCOMPARE(worker.rounds(), std::uint64_t(0));
    }

    // Whoever asks at the same moment: a stop is never lost to a pause or resume.
    void stopWinsEveryRace() {
        for (int i = 0; i < 200; ++i) {
            TrainingControl control;
            std::latch ready(3);
            std::jthread pausing([&] {
                ready.arrive_and_wait();
                for (int k = 0; k < 20; ++k) control.pause(), control.resume();
                control.pause();
            });
            std::jthread stopping([&] {
                ready.arrive_and_wait();
                control.stop();
            });
            ready.arrive_and_wait();
            while (control.proceed()) {
            }
            pausing.join();
            stopping.join();
            QVERIFY(control.stopped());
        }
    }
};

QTEST_APPLESS_MAIN(TestTrainingControl)
#include "tst_training_control.moc"
