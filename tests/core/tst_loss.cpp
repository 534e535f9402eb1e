// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "reference_network.h"

#include "core/data/random.h"
#include "core/network/aligned_buffer.h"

#include <QTest>

using namespace ratescope;

namespace {

constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();
constexpr float infinity = std::numeric_limits<float>::infinity();

/// Rows of ten scores with their gradient, as the network keeps them.
struct Scores {
    explicit Scores(const std::vector<std::vector<float>>& rows)
        : scores(16 * rows.size())
        , gradients(16 * rows.size()) {
        for (std::size_t n = 0; n < rows.size(); ++n) std::ranges::copy(rows[n], scores.data() + 16 * n);
        std::ranges::fill(gradients.span(), 9.0F);
    }
    BatchLoss loss(Loss kind, std::span<const std::uint8_t> labels, RowSpan rows, bool gradient = true) {
        return lossOf(kind, {scores.data(), 16}, rows, labels, gradient ? Rows{gradients.data(), 16} : Rows{},
                      static_cast<std::int64_t>(labels.size()));
    }
    AlignedBuffer scores;
    AlignedBuffer gradients;
};

std::vector<float> with(float rest, std::size_t index, float value) {
    std::vector<float> scores(10, rest);
    scores[index] = value;
    return scores;
}

std::vector<std::vector<float>> randomRows(std::size_t count, float limit, std::uint64_t seed) {
    RandomStream stream(seed, "scores");
    std::vector<std::vector<float>> rows(count, std::vector<float>(10));
    for (std::vector<float>& row : rows)
        for (float& score : row) score = stream.uniform(-limit, limit);
    return rows;
}

} // namespace

class TestLoss : public QObject {
    Q_OBJECT

private slots:
    void byHand_data() {
        QTest::addColumn<QList<float>>("scores");
        QTest::addColumn<int>("label");
        QTest::addColumn<double>("crossEntropy");
        QTest::addColumn<double>("squared"); // of one sample: the sum over classes, a tenth of it
        QTest::addColumn<quint32>("errors");
        const QList<float> ramp{0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        const auto list = [](const std::vector<float>& scores) { return QList<float>(scores.begin(), scores.end()); };
        // log 10; log Σ e^−k for k = 0 … 9 is 0.458629744 …, so 0.4586297444 + 9 − label.
        // Squares of equal shares: 0.9² + 9·0.1², a tenth of it.
        QTest::newRow("equal, first") << QList<float>(10, 3.5F) << 0 << 2.302585092994046 << 0.09 << 0U;
        QTest::newRow("equal, not the first") << QList<float>(10, 3.5F) << 4 << 2.302585092994046 << 0.09 << 1U;
        QTest::newRow("ramp, right") << ramp << 9 << 0.4586297444267113 << 0.019786060261707518 << 0U;
        QTest::newRow("ramp, wrong") << ramp << 2 << 7.4586297444267113 << 0.14610062283215736 << 1U;
        QTest::newRow("huge, right") << list(with(-1e4F, 3, 1e4F)) << 3 << 0.0 << 0.0 << 0U;
        QTest::newRow("huge, wrong") << list(with(-1e4F, 3, 1e4F)) << 4 << 2e4 << 0.2 << 1U;
        QTest::newRow("all huge") << QList<float>(10, 1e4F) << 0 << 2.302585092994046 << 0.09 << 0U;
        QTest::newRow("all hugely negative") << QList<float>(10, -1e4F) << 0 << 2.302585092994046 << 0.09 << 0U;
        QTest::newRow("one hugely negative") << list(with(0.0F, 7, -1e4F)) << 7 << 10002.19722457734 << 1.0 / 9 << 1U;
        QTest::newRow("beyond exp's range") << list(with(0.0F, 1, 100.0F)) << 0 << 100.0 << 0.2 << 1U;
        QTest::newRow("largest floats") << list(with(-3e38F, 5, 3e37F)) << 5 << 0.0 << 0.0 << 0U;
    }
    void byHand() {
        QFETCH(QList<float>, scores);
        QFETCH(int, label);
        QFETCH(double, crossEntropy);
        QFETCH(double, squared);
        QFETCH(quint32, errors);
        for (const Loss kind : {Loss::CrossEntropy, Loss::Mse}) {
            const double expected = kind == Loss::CrossEntropy ? crossEntropy : squared;
            Scores rows({{scores.begin(), scores.end()}, {scores.begin(), scores.end()}});
            const std::vector<std::uint8_t> labels(2, static_cast<std::uint8_t>(label));
            const BatchLoss batch = rows.loss(kind, labels, {0, 2});
            QVERIFY2(std::abs(batch.lossSum / 2.0 - expected) <= 1e-6 * std::max(1.0, expected),
                     differ(batch.lossSum / 2.0, expected).c_str());
            QCOMPARE(batch.errors, 2 * errors);
            for (const float gradient : rows.gradients.span()) QVERIFY(std::isfinite(gradient));
        }
    }

    // Against double, and the gradient against central differences of it.
    void againstDouble_data() {
        QTest::addColumn<bool>("squared");
        QTest::addColumn<float>("limit");
        for (const float limit : {0.1F, 3.0F, 20.0F})
            for (const bool squared : {false, true})
                QTest::addRow("%s ±%g", squared ? "mse" : "cross-entropy", double(limit)) << squared << limit;
    }
    void againstDouble() {
        QFETCH(bool, squared);
        QFETCH(float, limit);
        const Loss kind = squared ? Loss::Mse : Loss::CrossEntropy;
        const std::vector<std::vector<float>> random = randomRows(40, limit, 1);
        const ReferenceNetwork reference(NetworkSpec{}, kind);
        std::vector<std::uint8_t> labels;
        for (std::size_t n = 0; n < 40; ++n) labels.push_back(static_cast<std::uint8_t>(n % 10));
        Scores rows(random);
        const BatchLoss found = rows.loss(kind, labels, {0, 40});
        double sum = 0.0;
        std::uint32_t errors = 0;
        for (std::size_t n = 0; n < 40; ++n) {
            std::vector<double> scores(random[n].begin(), random[n].end());
            sum += reference.loss(scores, labels[n]);
            errors += std::ranges::max_element(scores) - scores.begin() != labels[n];
            for (std::size_t c = 0; c < 16; ++c) {
                const double gradient = rows.gradients.data()[16 * n + c];
                if (c >= 10) {
                    QVERIFY(gradient == 0.0);
                    continue;
                }
                const double before = scores[c];
                scores[c] = before + 1e-5;
                const double above = reference.loss(scores, labels[n]);
                scores[c] = before - 1e-5;
                const double below = reference.loss(scores, labels[n]);
                scores[c] = before;
                const double expected = (above - below) / 2e-5 / 40.0;
                QVERIFY2(std::abs(gradient - expected) <= 1e-8 + 2e-6 * std::abs(expected),
                         differ(gradient, expected).c_str());
            }
        }
        VERIFY_NEAR(found.lossSum, sum, 1e-6);
        QCOMPARE(found.errors, errors);
        // Without a gradient: the same.
        QVERIFY(Scores(random).loss(kind, labels, {0, 40}, false).lossSum == found.lossSum);
    }

    // Rows of other groups are neither read nor written; labels and gradients go by the row's place in the batch.
    void rowsOfAGroup() {
        const std::vector<std::vector<float>> random = randomRows(9, 2.0F, 3);
        const std::vector<std::uint8_t> labels{1, 2, 3, 4, 5, 6, 7, 8, 9};
        for (const Loss kind : {Loss::CrossEntropy, Loss::Mse}) {
            Scores whole(random);
            const BatchLoss expected = whole.loss(kind, labels, {0, 9});
            Scores parts(random);
            const BatchLoss middle = parts.loss(kind, labels, {3, 7});
            for (std::size_t i = 0; i < 9 * 16; ++i) {
                const std::size_t row = i / 16;
                QVERIFY(parts.gradients.data()[i] == (row >= 3 && row < 7 ? whole.gradients.data()[i] : 9.0F));
                if ((row < 3 || row >= 7) && i % 16 < 10) QVERIFY(parts.scores.data()[i] == random[row][i % 16]);
            }
            const BatchLoss before = parts.loss(kind, labels, {0, 3});
            const BatchLoss behind = parts.loss(kind, labels, {7, 9});
            VERIFY_NEAR(before.lossSum + middle.lossSum + behind.lossSum, expected.lossSum, 1e-12);
            QCOMPARE(before.errors + middle.errors + behind.errors, expected.errors);
            QVERIFY(std::ranges::equal(parts.gradients.span(), whole.gradients.span()));
        }
    }

    void notFiniteScores_data() {
        QTest::addColumn<float>("bad");
        QTest::newRow("nan") << notANumber;
        QTest::newRow("infinity") << infinity;
    }
    void notFiniteScores() {
        QFETCH(float, bad);
        for (const Loss kind : {Loss::CrossEntropy, Loss::Mse})
            for (std::size_t place = 0; place < 10; ++place)
                for (std::uint8_t label = 0; label < 10; ++label) {
                    const std::uint8_t labels[] = {label};
                    QVERIFY(std::isnan(Scores({with(0.5F, place, bad)}).loss(kind, labels, {0, 1}).lossSum));
                    Scores all({std::vector<float>(10, bad)});
                    QVERIFY(std::isnan(all.loss(kind, labels, {0, 1}).lossSum));
                    QVERIFY(std::isnan(all.gradients.data()[label]));
                }
    }

    // −∞ is the score of what cannot be: no loss where it is right, an infinite one where it is the label.
    void impossibleClasses() {
        const std::uint8_t labels[] = {4};
        VERIFY_NEAR(Scores({with(0.5F, 7, -infinity)}).loss(Loss::CrossEntropy, labels, {0, 1}).lossSum, std::log(9.0),
                    1e-6);
        QVERIFY(std::isinf(Scores({with(0.5F, 4, -infinity)}).loss(Loss::CrossEntropy, labels, {0, 1}).lossSum));
        QVERIFY(std::isnan(Scores({std::vector<float>(10, -infinity)}).loss(Loss::CrossEntropy, labels, {0, 1}).lossSum));
    }

    void softmax() {
        std::vector<std::vector<float>> random = randomRows(7, 30.0F, 3);
        random.push_back(with(-1e4F, 3, 1e4F));
        random.push_back(std::vector<float>(10, 1e4F));
        Scores rows(random);
        std::ranges::fill(std::span(rows.scores.data() + 16 * 2 + 10, 6), 5.0F); // padding that something left behind
        softmaxRows({rows.scores.data(), 16}, {1, 9});
        for (std::size_t n = 0; n < 9; ++n) {
            const std::vector<double> expected = ReferenceNetwork::softmax({random[n].begin(), random[n].end()});
            for (std::size_t c = 0; c < 10; ++c) {
                const float found = rows.scores.data()[16 * n + c];
                QVERIFY(n == 0 ? found == random[n][c] : std::abs(found - expected[c]) <= 8e-6 * expected[c] + 1e-30);
            }
            for (std::size_t c = 10; c < 16; ++c) QVERIFY(rows.scores.data()[16 * n + c] == 0.0F);
        }
    }

    // The softmax's outputs have the loss that the scores have.
    void lossOfWhatSoftmaxGives() {
        const std::vector<std::vector<float>> random = randomRows(30, 5.0F, 4);
        std::vector<std::uint8_t> labels;
        for (std::size_t n = 0; n < 30; ++n) labels.push_back(static_cast<std::uint8_t>(n % 10));
        std::vector<float> probabilities;
        for (const std::vector<float>& row : random)
            for (const double p : ReferenceNetwork::softmax({row.begin(), row.end()}))
                probabilities.push_back(static_cast<float>(p));
        for (const Loss kind : {Loss::CrossEntropy, Loss::Mse}) {
            const BatchLoss expected = Scores(random).loss(kind, labels, {0, 30}, false);
            const BatchLoss found = lossOfProbabilities(kind, probabilities, labels);
            VERIFY_NEAR(found.lossSum, expected.lossSum, 1e-6);
            QCOMPARE(found.errors, expected.errors);
        }
    }

    void lossOfProbabilitiesByHand() {
        const std::uint8_t labels[] = {2, 7};
        std::vector<float> certain(20, 0.0F);
        certain[2] = certain[10 + 7] = 1.0F;
        QCOMPARE(lossOfProbabilities(Loss::CrossEntropy, certain, labels).lossSum, 0.0);
        QCOMPARE(lossOfProbabilities(Loss::Mse, certain, labels).lossSum, 0.0);
        QCOMPARE(lossOfProbabilities(Loss::Mse, certain, labels).errors, 0U);
        // Certain and wrong: large, yet finite, for a probability of 0 is but one too small for a float.
        const std::uint8_t wrong[] = {3, 7};
        VERIFY_NEAR(lossOfProbabilities(Loss::CrossEntropy, certain, wrong).lossSum,
                    -std::log(double(std::numeric_limits<float>::min())), 1e-9);
        VERIFY_NEAR(lossOfProbabilities(Loss::Mse, certain, wrong).lossSum, 0.2, 1e-9);
        QCOMPARE(lossOfProbabilities(Loss::CrossEntropy, certain, wrong).errors, 1U);
        certain[17] = notANumber;
        for (const Loss kind : {Loss::CrossEntropy, Loss::Mse})
            QVERIFY(std::isnan(lossOfProbabilities(kind, certain, labels).lossSum));
        QCOMPARE(lossOfProbabilities(Loss::Mse, {}, {}).lossSum, 0.0);
    }
};

QTEST_APPLESS_MAIN(TestLoss)
#include "tst_loss.moc"
