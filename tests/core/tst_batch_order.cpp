// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/batch_order.h"

#include <QTest>

#include <algorithm>
#include <numeric>

using namespace ratescope;

using Indices = std::vector<std::uint32_t>;

namespace {

Indices batchOf(BatchOrder& order, std::uint64_t step) {
    const auto batch = order.batch(step);
    return {batch.begin(), batch.end()};
}

Indices epochOf(BatchOrder& order, std::uint64_t epoch) {
    Indices all;
    for (std::uint64_t i = 0; i < order.stepsPerEpoch(); ++i)
        for (const std::uint32_t sample : order.batch(epoch * order.stepsPerEpoch() + i)) all.push_back(sample);
    return all;
}

} // namespace

class TestBatchOrder : public QObject {
    Q_OBJECT

private slots:
    void epochsArePermutations_data() {
        QTest::addColumn<quint32>("samples");
        QTest::addColumn<quint32>("batchSize");
        QTest::addColumn<quint64>("stepsPerEpoch");
        QTest::addColumn<quint32>("lastBatch");
        QTest::newRow("even") << 60U << 20U << quint64(3) << 20U;
        QTest::newRow("short last batch") << 61U << 20U << quint64(4) << 1U;
        QTest::newRow("one short of even") << 59U << 20U << quint64(3) << 19U;
        QTest::newRow("full batch") << 37U << 37U << quint64(1) << 37U;
        QTest::newRow("single samples") << 5U << 1U << quint64(5) << 1U;
        QTest::newRow("one sample") << 1U << 1U << quint64(1) << 1U;
    }
    void epochsArePermutations() {
        QFETCH(quint32, samples);
        QFETCH(quint32, batchSize);
        QFETCH(quint64, stepsPerEpoch);
        QFETCH(quint32, lastBatch);
        BatchOrder order(9, samples, batchSize);
        QCOMPARE(quint64(order.stepsPerEpoch()), stepsPerEpoch);
        Indices everyone(samples);
        std::iota(everyone.begin(), everyone.end(), 0U);
        for (std::uint64_t epoch = 0; epoch < 4; ++epoch) {
            for (std::uint64_t i = 0; i + 1 < stepsPerEpoch; ++i)
                QCOMPARE(order.batch(epoch * stepsPerEpoch + i).size(), std::size_t(batchSize));
            QCOMPARE(order.batch((epoch + 1) * stepsPerEpoch - 1).size(), std::size_t(lastBatch));
            Indices seen = epochOf(order, epoch);
            std::ranges::sort(seen);
            QCOMPARE(seen, everyone);
        }
    }

    // Made in Python as the values of tst_random: the first epoch of seed 1 with ten samples.
    void recordedOrder() {
        BatchOrder order(1, 10, 4);
        QCOMPARE(batchOf(order, 0), (Indices{6, 5, 4, 7}));
        QCOMPARE(batchOf(order, 1), (Indices{0, 1, 8, 9}));
        QCOMPARE(batchOf(order, 2), (Indices{2, 3}));
    }

    void differsByEpochAndSeed() {
        std::vector<Indices> orders;
        for (const std::uint64_t seed : {0U, 1U, 2U}) {
            BatchOrder order(seed, 50, 10);
            for (std::uint64_t epoch = 0; epoch < 5; ++epoch) orders.push_back(epochOf(order, epoch));
        }
        std::ranges::sort(orders);
        QVERIFY(std::ranges::adjacent_find(orders) == orders.end());
    }

    void batchSizeDoesNotChangeTheOrder() {
        BatchOrder small(3, 50, 7);
        BatchOrder large(3, 50, 50);
        QCOMPARE(epochOf(small, 2), epochOf(large, 2));
    }

    // Batches of any size are cut from the same order, whichever way they are asked for.
    void batchesOfVaryingSize() {
        BatchOrder regular(3, 50, 7);
        BatchOrder varying(3, 50, 7);
        for (const std::uint64_t epoch : {0U, 4U, 1U}) {
            Indices all;
            for (const std::uint32_t count : {7U, 1U, 20U, 22U}) {
                const auto batch = varying.batch(epoch, static_cast<std::uint32_t>(all.size()), count);
                QCOMPARE(batch.size(), std::size_t(count));
                all.insert(all.end(), batch.begin(), batch.end());
            }
            QCOMPARE(all, epochOf(regular, epoch));
        }
        const auto whole = varying.batch(2, 0, 50);
        QCOMPARE(Indices(whole.begin(), whole.end()), epochOf(regular, 2));
        QCOMPARE(batchOf(varying, 14), batchOf(regular, 14)); // and the other way afterwards
    }

    void startsAnywhere() {
        BatchOrder sequential(7, 33, 8);
        std::vector<Indices> batches;
        for (std::uint64_t step = 0; step < 40; ++step) batches.push_back(batchOf(sequential, step));
        BatchOrder jumping(7, 33, 8);
        for (const std::uint64_t step : {39U, 0U, 17U, 4U, 5U, 3U, 38U, 17U, 1U})
            QCOMPARE(batchOf(jumping, step), batches[step]);
        BatchOrder far(7, 33, 8);
        QCOMPARE(far.batch(999'999'999).size(), std::size_t(1)); // the fifth batch of its epoch
    }
};

QTEST_APPLESS_MAIN(TestBatchOrder)
#include "tst_batch_order.moc"
