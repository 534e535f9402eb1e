// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/random.h"
#include "core/data/sparse_pixels.h"

#include <QTest>

#include <utility>
#include <vector>

using namespace ratescope;

namespace {

using Listed = std::vector<std::pair<std::size_t, int>>;

std::vector<std::uint8_t> randomPixels(std::size_t count, std::uint32_t percent, std::uint64_t seed) {
    RandomStream stream(seed, "pixels");
    std::vector<std::uint8_t> pixels(count);
    for (std::uint8_t& pixel : pixels)
        if (stream.below(100) < percent) pixel = static_cast<std::uint8_t>(1 + stream.below(255));
    return pixels;
}

Listed listed(const SparsePixels::Run& run) {
    Listed list;
    for (std::size_t i = 0; i < run.count; ++i) list.emplace_back(run.places[i], run.values[i]);
    return list;
}

/// The pixels other than 0 of an image's rows first … last − 1, each by its place in the image.
Listed plainly(const std::vector<std::uint8_t>& pixels, std::size_t sample, std::size_t rows, std::size_t columns,
               std::size_t first, std::size_t last) {
    Listed list;
    for (std::size_t place = first * columns; place < last * columns; ++place)
        if (const int value = pixels[sample * rows * columns + place]; value != 0) list.emplace_back(place, value);
    return list;
}

} // namespace

class TestSparsePixels : public QObject {
    Q_OBJECT

private slots:
    void againstPlainLoops_data() {
        QTest::addColumn<quint32>("images");
        QTest::addColumn<quint32>("rows");
        QTest::addColumn<quint32>("columns");
        QTest::addColumn<quint32>("percent");
        const auto row = [](quint32 images, quint32 rows, quint32 columns, quint32 percent) {
            QTest::addRow("%u of %ux%u, %u%%", images, rows, columns, percent) << images << rows << columns << percent;
        };
        row(20, 28, 28, 19);
        row(7, 5, 9, 30);
        row(7, 9, 5, 1);
        row(5, 4, 4, 0);
        row(30, 1, 17, 20);
        row(30, 17, 1, 20);
        row(40, 1, 1, 20);
        row(2, 256, 256, 10); // places up to the last that 16 bits can name
    }
    void againstPlainLoops() {
        QFETCH(quint32, images);
        QFETCH(quint32, rows);
        QFETCH(quint32, columns);
        QFETCH(quint32, percent);
        std::vector<std::uint8_t> pixels = randomPixels(std::size_t(images) * rows * columns, percent, 1);
        if (percent > 0) pixels.back() = 255; // the last place of all
        const SparsePixels sparse(pixels, rows, columns);
        QVERIFY(!sparse.empty());
        QCOMPARE(sparse.width(), std::int64_t(columns));
        const std::size_t step = rows > 30 ? 50 : 1;
        for (std::uint32_t sample = 0; sample < images; ++sample) {
            QVERIFY(listed(sparse.image(sample)) == plainly(pixels, sample, rows, columns, 0, rows));
            for (std::size_t first = 0; first <= rows; first += step)
                for (std::size_t last = first; last <= rows; last += step)
                    QVERIFY(listed(sparse.rows(sample, std::int64_t(first), std::int64_t(last))) ==
                            plainly(pixels, sample, rows, columns, first, last));
        }
    }

    void emptyWhereItWouldNotPay() {
        QVERIFY(SparsePixels().empty());
        QVERIFY(SparsePixels({}, 28, 28).empty());
        QVERIFY(SparsePixels(randomPixels(7840, 100, 1), 28, 28).empty());
        QVERIFY(SparsePixels(randomPixels(7840, 45, 1), 28, 28).empty());
        QVERIFY(!SparsePixels(randomPixels(7840, 35, 1), 28, 28).empty());
        // The border itself: 40 of 100 pixels, and one more.
        std::vector<std::uint8_t> pixels(100, 0);
        std::fill_n(pixels.begin(), 40, std::uint8_t(1));
        QVERIFY(!SparsePixels(pixels, 10, 10).empty());
        pixels[40] = 1;
        QVERIFY(SparsePixels(pixels, 10, 10).empty());
    }

    // An image of more than 65536 pixels has places that the list cannot name.
    void emptyForLargeImages() {
        const std::vector<std::uint8_t> pixels(3 * 65537, 0);
        QVERIFY(SparsePixels(pixels, 1, 65537).empty());
        QVERIFY(!SparsePixels(std::span(pixels).first(3 * 65536), 65536, 1).empty());
    }
};

QTEST_APPLESS_MAIN(TestSparsePixels)
#include "tst_sparse_pixels.moc"
