// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"

#include "core/analysis/series_pyramid.h"
#include "core/data/random.h"

#include <QTest>

using namespace ratescope;

namespace {

std::vector<float> someSeries(std::size_t size) {
    std::vector<float> series(size);
    RandomStream random(2, "series", size);
    for (std::size_t i = 0; i < size; ++i) series[i] = 3.0F / (1.0F + float(i) / 500.0F) + random.uniform(-0.5F, 0.5F);
    return series;
}

/// The formula of the moving average as it is written, without a recurrence of powers.
std::vector<double> plainlySmoothed(const std::vector<float>& series, double beta) {
    std::vector<double> result;
    double average = 0.0;
    for (std::size_t i = 0; i < series.size(); ++i) {
        average = beta * average + (1.0 - beta) * series[i];
        result.push_back(average / (1.0 - std::pow(beta, double(i + 1))));
    }
    return result;
}

/// Where what a look-up may do wrong would show: at the ends, and around borders of blocks and of their groups of
/// eight.
std::vector<std::size_t> placesIn(std::size_t size) {
    std::vector<std::size_t> places;
    for (const std::size_t border :
         {std::size_t(0), std::size_t(64), std::size_t(128), std::size_t(512), std::size_t(1024), std::size_t(4096),
          std::size_t(8192), std::size_t(32768), size / 64 * 64, size})
        for (const std::size_t near : {border - 1, border, border + 1})
            if (near <= size) places.push_back(near);
    RandomStream random(3, "places", size);
    for (int i = 0; i < 30; ++i) places.push_back(random.below(static_cast<std::uint32_t>(size + 1)));
    return places;
}

void sizes() {
    QTest::addColumn<int>("size");
    QTest::addColumn<double>("beta");
    for (const int size : {1, 2, 63, 64, 65, 128, 511, 512, 513, 575, 576, 4095, 4096, 4097, 5000, 40000})
        for (const double beta : {0.0, 0.9, 0.999}) QTest::addRow("%d, %g", size, beta) << size << beta;
}

} // namespace

class TestSeriesPyramid : public QObject {
    Q_OBJECT

private slots:
    void summaries_data() { sizes(); }
    void summaries() {
        QFETCH(int, size);
        QFETCH(double, beta);
        const std::vector<float> series = someSeries(static_cast<std::size_t>(size));
        const std::vector<double> smooth = plainlySmoothed(series, beta);
        std::vector<double> sums{0.0};
        for (const double value : smooth) sums.push_back(sums.back() + value);
        SeriesPyramid pyramid(beta);
        pyramid.extend(series);
        QCOMPARE(pyramid.size(), series.size());
        const std::vector<std::size_t> places = placesIn(series.size());
        for (const std::size_t first : places)
            for (const std::size_t last : places) {
                if (first >= last) continue;
                const SeriesPyramid::Summary summary = pyramid.summarize(series, first, last);
                const auto [low, high] =
                    std::minmax_element(series.begin() + std::ptrdiff_t(first), series.begin() + std::ptrdiff_t(last));
                QCOMPARE(summary.count, last - first);
                QVERIFY(summary.low == *low);
                QVERIFY(summary.high == *high);
                const double mean = (sums[last] - sums[first]) / double(last - first);
                // Nodes keep their means as floats.
                QVERIFY2(std::abs(summary.mean() - mean) < 2e-6, differ(summary.mean(), mean).c_str());
            }
    }

    void emptyStretch() {
        const std::vector<float> series = someSeries(200);
        SeriesPyramid pyramid(0.5);
        pyramid.extend(series);
        for (const std::size_t place : {0U, 63U, 64U, 128U, 200U}) {
            QCOMPARE(pyramid.summarize(series, place, place).count, std::size_t(0));
            std::vector<double> out;
            pyramid.smoothedValues(series, place, place, out);
            QVERIFY(out.empty());
        }
        const SeriesPyramid empty(0.9);
        QCOMPARE(empty.size(), std::size_t(0));
        QCOMPARE(empty.summarize({}, 0, 0).count, std::size_t(0));
    }

    void smoothedValues_data() { sizes(); }
    void smoothedValues() {
        QFETCH(int, size);
        QFETCH(double, beta);
        const std::vector<float> series = someSeries(static_cast<std::size_t>(size));
        const std::vector<double> expected = plainlySmoothed(series, beta);
        SeriesPyramid pyramid(beta);
        pyramid.extend(series);
        QCOMPARE(pyramid.beta(), beta);
        const std::vector<std::size_t> places = placesIn(series.size());
        for (std::size_t i = 0; i + 1 < places.size(); ++i) {
            const auto [first, last] = std::minmax(places[i], places[i + 1]);
            std::vector<double> out{-1.0}; // what is there already stays
            pyramid.smoothedValues(series, first, last, out);
            QCOMPARE(out.size(), last - first + 1);
            QCOMPARE(out[0], -1.0);
            for (std::size_t k = first; k < last; ++k) VERIFY_NEAR(out[k - first + 1], expected[k], 1e-9);
        }
    }

    // A run grows while it is looked at: however the pieces fall, the pyramid ends up the same, and is right in
    // between.
    void growing_data() {
        QTest::addColumn<quint32>("longest");
        for (const quint32 longest : {1U, 10U, 64U, 700U, 9000U}) QTest::addRow("pieces up to %u", longest) << longest;
    }
    void growing() {
        QFETCH(quint32, longest);
        const std::vector<float> series = someSeries(longest == 1 ? 1300 : 20000);
        SeriesPyramid whole(0.97);
        whole.extend(series);
        SeriesPyramid pyramid(0.97);
        RandomStream random(4, "growing", longest);
        while (pyramid.size() < series.size()) {
            const std::size_t size = std::min<std::size_t>(series.size(), pyramid.size() + 1 + random.below(longest));
            const std::span<const float> known = std::span(series).first(size);
            pyramid.extend(known);
            pyramid.extend(known); // nothing new: nothing happens
            QCOMPARE(pyramid.size(), size);
            const std::size_t first = random.below(static_cast<std::uint32_t>(size));
            const SeriesPyramid::Summary summary = pyramid.summarize(known, first, size);
            QCOMPARE(summary.count, size - first);
            QVERIFY(summary.low ==
                    *std::min_element(series.begin() + std::ptrdiff_t(first), series.begin() + std::ptrdiff_t(size)));
            VERIFY_NEAR(summary.smoothedSum, whole.summarize(series, first, size).smoothedSum, 1e-6);
        }
        for (const std::size_t first : placesIn(series.size())) {
            const SeriesPyramid::Summary grown = pyramid.summarize(series, first, series.size());
            const SeriesPyramid::Summary expected = whole.summarize(series, first, series.size());
            QVERIFY(grown.low == expected.low && grown.high == expected.high);
            QVERIFY(grown.smoothedSum == expected.smoothedSum);
        }
    }
};

QTEST_APPLESS_MAIN(TestSeriesPyramid)
#include "tst_series_pyramid.moc"
