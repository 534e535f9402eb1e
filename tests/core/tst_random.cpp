// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/random.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <vector>

using namespace ratescope;

// Made by an implementation of SplitMix64, FNV-1a, xoshiro256** and Lemire's method in Python. They must never change:
// every curve that anybody has recorded depends on them.
class TestRandom : public QObject {
    Q_OBJECT

private slots:
    void firstBits_data() {
        QTest::addColumn<quint64>("seed");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<quint64>("index");
        QTest::addColumn<QList<quint64>>("bits");
        const auto row = [](const char* title, quint64 seed, const char* name, quint64 index, QList<quint64> bits) {
            QTest::newRow(title) << seed << QByteArray(name) << index << bits;
        };
        row("weights", 1, "weights", 0,
            {0x304484134165802F, 0x1EED1C9F6ECCEAE6, 0x56625DF602198048, 0x9A5E518CD10D0331});
        row("second weights", 1, "weights", 1,
            {0x3E5DFEDB6E43884F, 0x1688FABC42D8BF02, 0x147F37FFED9E8715, 0x908F93093DD81C5B});
        row("batch order", 1, "batch order", 0,
            {0x64E29FFE3A734F7A, 0x535F930BD8DBAF9B, 0x75DB301E05C49185, 0x618BF26BC24D7C2A});
        row("seed 2", 2, "weights", 0,
            {0x93F48DF8343CE365, 0x8CE7879BFEDBFF00, 0x1490806F95C44CE4, 0x5FB669BE0351A07D});
        row("all zero", 0, "", 0, {0x9D7E73B48D3B7936, 0x81C2ADF31B4EB398, 0xFD8E8416C6817A4C, 0x4A5664BF4EFE6AF0});
        row("largest seed", (quint64(1) << 53) - 1, "dropout", 7,
            {0xAC592C0AB4F9D4B3, 0x6D5C5959DA504D32, 0xBC82641631B3160A, 0x2D36E37D2726C1CE});
    }
    void firstBits() {
        QFETCH(quint64, seed);
        QFETCH(QByteArray, name);
        QFETCH(quint64, index);
        QFETCH(QList<quint64>, bits);
        RandomStream stream(seed, name.toStdString(), index);
        for (const quint64 expected : bits) QCOMPARE(quint64(stream.next()), expected);
    }

    void firstFloats() {
        RandomStream stream(1, "weights");
        for (const float expected : {0.18854546546936035F, 0.12080550193786621F, 0.3374384045600891F})
            QCOMPARE(stream.uniform() - expected, 0.0F);
    }

    void firstBelow() {
        RandomStream stream(1, "below");
        // 3e9 refuses nearly a third of all draws, so the values after it tell that the same ones were refused.
        for (const std::uint32_t bound : {10U, 10U, 10U, 1000U, 3000000000U, 3000000000U, 3000000000U, 3000000000U, 7U})
            m_drawn.push_back(stream.below(bound));
        const std::vector<std::uint32_t> expected{7, 0, 9, 185, 418034941, 558781926, 1629011375, 1568245503, 5};
        QCOMPARE(m_drawn, expected);
    }

    void firstShuffle() {
        std::vector<std::uint32_t> values(10);
        std::iota(values.begin(), values.end(), 0U);
        RandomStream(1, "shuffle").shuffle(values);
        const std::vector<std::uint32_t> expected{9, 0, 1, 6, 3, 7, 5, 8, 4, 2};
        QCOMPARE(values, expected);
    }

    void streamsDiffer() {
        std::vector<std::uint64_t> firsts;
        for (const std::uint64_t seed : {0U, 1U, 2U})
            for (const char* name : {"weights", "batch order", "dropout"})
                for (std::uint64_t index = 0; index < 20; ++index)
                    firsts.push_back(RandomStream(seed, name, index).next());
        std::ranges::sort(firsts);
        QVERIFY(std::ranges::adjacent_find(firsts) == firsts.end());
    }

    void uniformFillsItsRange() {
        RandomStream stream(3, "uniform");
        constexpr int count = 100000;
        double sum = 0.0;
        double squares = 0.0;
        for (int i = 0; i < count; ++i) {
            const float value = stream.uniform(-2.0F, 4.0F);
            QVERIFY(value >= -2.0F && value < 4.0F);
            sum += value;
            squares += (value - 1.0) * (value - 1.0);
        }
        // Mean 1, variance 6²/12 = 3; four standard errors are 0.022 and 0.034.
        QVERIFY(std::abs(sum / count - 1.0) < 0.022);
        QVERIFY(std::abs(squares / count - 3.0) < 0.034);
    }

    void belowIsUniform_data() {
        QTest::addColumn<quint32>("bound");
        for (const quint32 bound : {1U, 2U, 3U, 10U, 64U, 100U}) QTest::addRow("%u", bound) << bound;
    }
    void belowIsUniform() {
        QFETCH(quint32, bound);
        RandomStream stream(4, "below", bound);
        std::vector<int> counts(bound);
        const int each = 2000;
        for (quint32 i = 0; i < bound * each; ++i) {
            const std::uint32_t value = stream.below(bound);
            QVERIFY(value < bound);
            ++counts[value];
        }
        for (const int count : counts) QVERIFY(std::abs(count - each) < 5 * 45); // a standard deviation is √2000
    }

    void shuffleIsAPermutation_data() {
        QTest::addColumn<int>("size");
        for (const int size : {0, 1, 2, 3, 1000}) QTest::addRow("%d", size) << size;
    }
    void shuffleIsAPermutation() {
        QFETCH(int, size);
        std::vector<std::uint32_t> values(static_cast<std::size_t>(size));
        std::iota(values.begin(), values.end(), 0U);
        const std::vector<std::uint32_t> before = values;
        RandomStream(5, "shuffle").shuffle(values);
        QVERIFY(size < 1000 || values != before);
        std::ranges::sort(values);
        QCOMPARE(values, before);
    }

    // Each of the 24 orders of four should come up a 24th of the time; the off-by-one of Sattolo's shuffle leaves some
    // out.
    void shuffleReachesEveryOrder() {
        RandomStream stream(6, "shuffle");
        std::map<std::vector<std::uint32_t>, int> counts;
        for (int i = 0; i < 24 * 500; ++i) {
            std::vector<std::uint32_t> values{0, 1, 2, 3};
            stream.shuffle(values);
            ++counts[values];
        }
        QCOMPARE(counts.size(), std::size_t(24));
        for (const auto& [order, count] : counts) QVERIFY(std::abs(count - 500) < 5 * 22);
    }

private:
    std::vector<std::uint32_t> m_drawn;
};

QTEST_APPLESS_MAIN(TestRandom)
#include "tst_random.moc"
