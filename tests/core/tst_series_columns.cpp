// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"

#include "core/analysis/series_pyramid.h"
#include "core/data/random.h"

#include <QTest>

#include <algorithm>

using namespace ratescope;

namespace {

template <typename Value> std::vector<Value> someSeries(std::size_t size) {
    std::vector<Value> series(size);
    RandomStream random(5, "columns", size);
    for (std::size_t i = 0; i < size; ++i)
        series[i] = static_cast<Value>(3.0F / (1.0F + float(i) / 500.0F) + random.uniform(-0.5F, 0.5F));
    return series;
}

/// Edges that go on by one value, by less than a block, by a few blocks or by many: in runs of each and mixed.
std::vector<std::size_t> someEdges(std::size_t size, std::uint64_t seed) {
    RandomStream random(seed, "edges", size);
    std::vector<std::size_t> edges{random.below(40)};
    constexpr std::uint32_t longest[] = {1, 15, 64, 130, 3000};
    std::uint32_t kind = 0;
    while (true) {
        if (random.below(4) == 0) kind = random.below(5);
        const std::size_t next = edges.back() + 1 + random.below(longest[kind]);
        if (next > size) return edges;
        edges.push_back(next);
    }
}

template <typename Value>
void compareColumns(const std::vector<Value>& series, double beta, const std::vector<std::size_t>& edges) {
    BasicSeriesPyramid<Value> pyramid(beta);
    pyramid.extend(series);
    using Summary = typename BasicSeriesPyramid<Value>::Summary;
    std::vector<Summary> columns(1); // what is there already stays
    pyramid.summarizeColumns(series, edges, columns);
    QCOMPARE(columns.size(), edges.size());
    QCOMPARE(columns[0].count, std::size_t(0));
    std::vector<double> plain(series.begin(), series.end());
    const std::vector<double> smooth = smoothed(plain, beta);
    for (std::size_t k = 0; k + 1 < edges.size(); ++k) {
        const Summary& column = columns[k + 1];
        const Summary alone = pyramid.summarize(series, edges[k], edges[k + 1]);
        QCOMPARE(column.count, alone.count);
        QCOMPARE(column.count, edges[k + 1] - edges[k]);
        QVERIFY(column.low == alone.low && column.high == alone.high);
        VERIFY_NEAR(column.mean(), alone.mean(), 2e-7); // nodes of long stretches keep their means as floats
        double sum = 0.0;
        for (std::size_t i = edges[k]; i < edges[k + 1]; ++i) sum += smooth[i];
        VERIFY_NEAR(column.smoothedSum, sum, 2e-7);
    }
}

} // namespace

class TestSeriesColumns : public QObject {
    Q_OBJECT

private slots:
    void likeOneByOne_data() {
        QTest::addColumn<int>("size");
        QTest::addColumn<double>("beta");
        for (const int size : {1, 17, 600, 20'011})
            for (const double beta : {0.0, 0.9, 0.999}) QTest::addRow("%d, %g", size, beta) << size << beta;
    }
    void likeOneByOne() {
        QFETCH(const int, size);
        QFETCH(const double, beta);
        const auto floats = someSeries<float>(static_cast<std::size_t>(size));
        const auto doubles = someSeries<double>(static_cast<std::size_t>(size));
        for (std::uint64_t seed = 1; seed <= 12; ++seed) {
            const auto edges = someEdges(floats.size(), seed);
            if (edges.size() < 2) continue;
            compareColumns(floats, beta, edges);
            compareColumns(doubles, beta, edges);
        }
    }

    void noColumns() {
        const auto series = someSeries<float>(100);
        SeriesPyramid pyramid(0.9);
        pyramid.extend(series);
        std::vector<SeriesPyramid::Summary> columns;
        pyramid.summarizeColumns(series, {}, columns);
        const std::size_t one[] = {50};
        pyramid.summarizeColumns(series, one, columns);
        QVERIFY(columns.empty());
    }

    void smoothedValuesAreSmoothed_data() {
        QTest::addColumn<double>("beta");
        for (const double beta : {0.0, 0.5, 0.9, 0.99, 0.999}) QTest::addRow("%g", beta) << beta;
    }
    void smoothedValuesAreSmoothed() {
        QFETCH(const double, beta);
        const auto series = someSeries<float>(30'000);
        const std::vector<double> expected = smoothed(std::vector<double>(series.begin(), series.end()), beta);
        SeriesPyramid pyramid(beta);
        // In portions, so that a block may be begun in one and ended in another.
        for (std::size_t size = 0; size < series.size(); size = std::min(series.size(), size + 1 + size / 3))
            pyramid.extend(std::span(series).first(size));
        pyramid.extend(series);
        RandomStream random(6, "stretches", 0);
        for (int i = 0; i < 200; ++i) {
            const std::size_t first = random.below(30'000);
            const std::size_t last = std::min<std::size_t>(series.size(), first + random.below(300));
            std::vector<double> values;
            pyramid.smoothedValues(series, first, last, values);
            QCOMPARE(values.size(), last - first);
            for (std::size_t k = first; k < last; ++k) VERIFY_NEAR(values[k - first], expected[k], 1e-12);
        }
    }

    /// A single outlier is in the range of every stretch that holds it, however wide, and of no other.
    void anOutlierIsInItsColumnAlone() {
        auto series = someSeries<float>(50'000);
        series[31'415] = 1000.0F;
        SeriesPyramid pyramid(0.99);
        pyramid.extend(series);
        for (const std::size_t width : {1U, 7U, 16U, 100U, 128U, 1000U, 12'500U}) {
            std::vector<std::size_t> edges;
            for (std::size_t edge = 0; edge <= series.size(); edge += width) edges.push_back(edge);
            std::vector<SeriesPyramid::Summary> columns;
            pyramid.summarizeColumns(series, edges, columns);
            for (std::size_t k = 0; k < columns.size(); ++k) QCOMPARE(columns[k].high == 1000.0F, k == 31'415 / width);
        }
    }
};

QTEST_APPLESS_MAIN(TestSeriesColumns)
#include "tst_series_columns.moc"
