// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/random.h"
#include "core/training/metrics_channel.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace ratescope;

namespace {

/// Every field is a function of the step, so that a torn or mixed-up one shows.
StepMetrics metricsOf(std::uint64_t step) {
    return {step, 1.0 / (1.0 + double(step)), static_cast<float>(step % 1009)};
}

void pushSteps(MetricsChannel& channel, std::uint64_t& next, std::uint64_t count) {
    for (const std::uint64_t end = next + count; next < end; ++next) channel.push(metricsOf(next));
}

/// Index of the first wrong entry, or the size.
std::size_t firstWrong(const std::vector<StepMetrics>& steps) {
    std::size_t i = 0;
    while (i < steps.size() && steps[i] == metricsOf(i)) ++i;
    return i;
}

} // namespace

#define VERIFY_STEPS(steps, count)                                                                                     \
    do {                                                                                                               \
        QCOMPARE((steps).size(), std::size_t(count));                                                                  \
        QCOMPARE(firstWrong(steps), (steps).size());                                                                   \
    } while (false)

class TestMetricsChannel : public QObject {
    Q_OBJECT

private slots:
    void emptyChannel() {
        MetricsChannel channel(4);
        std::vector<StepMetrics> steps;
        channel.drain(steps);
        channel.flush();
        channel.drain(steps);
        QVERIFY(steps.empty());
    }

    void drainAppends() {
        MetricsChannel channel(4);
        std::vector<StepMetrics> steps;
        std::uint64_t next = 0;
        for (int i = 0; i < 3; ++i) {
            pushSteps(channel, next, 2);
            channel.drain(steps);
            VERIFY_STEPS(steps, next);
        }
        channel.drain(steps);
        VERIFY_STEPS(steps, next);
    }

    void withinItsCapacityNothingIsHeldBack_data() {
        QTest::addColumn<quint64>("capacity");
        QTest::addColumn<quint64>("ringSize");
        QTest::newRow("1") << quint64(1) << quint64(1);
        QTest::newRow("4") << quint64(4) << quint64(4);
        QTest::newRow("5") << quint64(5) << quint64(8);
        QTest::newRow("1000") << quint64(1000) << quint64(1024);
    }
    void withinItsCapacityNothingIsHeldBack() {
        QFETCH(quint64, capacity);
        QFETCH(quint64, ringSize);
        MetricsChannel channel(capacity);
        std::vector<StepMetrics> steps;
        std::uint64_t next = 0;
        for (int round = 0; round < 3; ++round) {
            pushSteps(channel, next, ringSize);
            channel.drain(steps);
            VERIFY_STEPS(steps, next);
        }
    }

    // What did not fit waits with the trainer, and comes with the first step that fits again, or at the end.
    void overflowIsHandedOverWithTheNextStep() {
        MetricsChannel channel(4);
        std::vector<StepMetrics> steps;
        std::uint64_t next = 0;
        pushSteps(channel, next, 7);
        channel.drain(steps);
        VERIFY_STEPS(steps, 4);
        pushSteps(channel, next, 1);
        channel.drain(steps);
        VERIFY_STEPS(steps, 8);
    }

    void flushHandsOverTheRest_data() {
        QTest::addColumn<quint64>("count");
        for (const quint64 count : {1, 4, 5, 4 + 4095, 4 + 4096, 4 + 4097, 4 + 2 * 4096 + 10})
            QTest::addRow("%llu", count) << count;
    }
    void flushHandsOverTheRest() {
        QFETCH(quint64, count);
        MetricsChannel channel(4);
        std::uint64_t next = 0;
        pushSteps(channel, next, count);
        channel.flush();
        std::vector<StepMetrics> steps;
        channel.drain(steps);
        VERIFY_STEPS(steps, count);
        channel.drain(steps);
        VERIFY_STEPS(steps, count);
    }

    // A reader that is away for long gets whole blocks without waiting for the end.
    void fullBlocksComeAtOnce() {
        MetricsChannel channel(4);
        std::vector<StepMetrics> steps;
        std::uint64_t next = 0;
        pushSteps(channel, next, 4 + 3 * 4096);
        channel.drain(steps);
        VERIFY_STEPS(steps, 4 + 3 * 4096);
    }

    void randomInterleaving_data() {
        QTest::addColumn<quint64>("capacity");
        QTest::addColumn<quint32>("longest");
        QTest::newRow("one slot") << quint64(1) << 6U;
        QTest::newRow("four slots, short") << quint64(4) << 9U;
        QTest::newRow("four slots, blocks") << quint64(4) << 9000U;
        QTest::newRow("64 slots") << quint64(64) << 200U;
        QTest::newRow("8192 slots") << quint64(8192) << 20000U;
    }
    void randomInterleaving() {
        QFETCH(quint64, capacity);
        QFETCH(quint32, longest);
        RandomStream random(1, "interleaving", capacity);
        for (int round = 0; round < 20; ++round) {
            MetricsChannel channel(capacity);
            std::vector<StepMetrics> steps;
            std::uint64_t next = 0;
            for (int i = 0; i < 30; ++i) {
                // Short pushes as well as long ones: a fresh limit each time.
                pushSteps(channel, next, random.below(random.below(longest) + 1));
                if (random.below(3) == 0) continue;
                channel.drain(steps);
                QCOMPARE(firstWrong(steps), steps.size());
            }
            channel.flush();
            channel.drain(steps);
            VERIFY_STEPS(steps, next);
        }
    }

    void acrossThreads_data() {
        QTest::addColumn<quint64>("capacity");
        QTest::addColumn<int>("idle");
        QTest::newRow("fast reader") << quint64(8192) << 0;
        QTest::newRow("fast reader, small ring") << quint64(4) << 0;
        QTest::newRow("slow reader") << quint64(64) << 3000;
        QTest::newRow("very slow reader") << quint64(16) << 200000;
    }
    void acrossThreads() {
        QFETCH(quint64, capacity);
        QFETCH(int, idle);
        constexpr std::uint64_t count = 300'000;
        MetricsChannel channel(capacity);
        std::atomic<bool> closed = false;
        std::jthread producer([&] {
            std::uint64_t next = 0;
            pushSteps(channel, next, count);
            channel.flush();
            closed = true;
        });
        std::vector<StepMetrics> steps;
        std::atomic<int> busy = 0;
        while (!closed) {
            channel.drain(steps);
            for (int i = 0; i < idle; ++i) ++busy;
        }
        channel.drain(steps);
        VERIFY_STEPS(steps, count);
    }

    void neverDrained() {
        // What nobody fetches is freed with the channel: the address sanitizer looks on.
        MetricsChannel channel(4);
        std::uint64_t next = 0;
        pushSteps(channel, next, 20000);
    }

    void trainSeconds() {
        MetricsChannel channel;
        QCOMPARE(channel.trainSeconds(), 0.0);
        channel.setTrainSeconds(1.25);
        QCOMPARE(channel.trainSeconds(), 1.25);
    }
};

QTEST_APPLESS_MAIN(TestMetricsChannel)
#include "tst_metrics_channel.moc"
