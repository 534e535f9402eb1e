// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/random.h"
#include "core/network/aligned_buffer.h"
#include "core/network/product.h"
#include "core/network/sparse_product.h"
#include "network_examples.h"

#include <QTest>

#include <array>

using namespace ratescope;

namespace {

/// In what nobody should write to.
constexpr float sentinel = -123.5F;

/// Column counts about all tiles of all vector widths.
constexpr std::array<std::int64_t, 8> columnCounts{16, 32, 48, 64, 80, 128, 144, 272};

AlignedBuffer randomFloats(std::int64_t count, std::uint64_t seed) {
    AlignedBuffer buffer(static_cast<std::size_t>(count));
    RandomStream stream(seed, "floats");
    for (float& value : buffer.span()) value = stream.uniform(-1.0F, 1.0F);
    return buffer;
}

AlignedBuffer filled(std::int64_t count, float value = sentinel) {
    AlignedBuffer buffer(static_cast<std::size_t>(count));
    std::ranges::fill(buffer.span(), value);
    return buffer;
}

/// A sum of `terms` products of numbers within ±1, as float sums may round it.
bool near(float found, double expected, std::int64_t terms) {
    return std::abs(static_cast<double>(found) - expected) <= 1e-7 * static_cast<double>(terms + 8);
}

/// Whether rows of `columns` values, `stride` apart, are what `value(row, column)` says, and the rest what it was.
template <typename Value>
bool isFilledWith(const AlignedBuffer& out, std::int64_t rows, std::int64_t columns, std::int64_t stride, std::int64_t terms,
                  const Value& value, std::int64_t firstRow = 0) {
    for (std::int64_t i = 0; i < std::int64_t(out.size()); ++i) {
        const std::int64_t row = i / stride;
        const std::int64_t column = i % stride;
        const bool inside = row >= firstRow && row < rows && column < columns;
        if (inside ? !near(out.data()[i], value(row, column), terms) : out.data()[i] != sentinel) return false;
    }
    return true;
}

} // namespace

class TestProducts : public QObject {
    Q_OBJECT

private slots:
    void rowsOfSamples_data() {
        QTest::addColumn<qint64>("columns");
        for (const std::int64_t columns : columnCounts)
            QTest::addRow("%lld columns", static_cast<long long>(columns)) << qint64(columns);
    }
    // A dense layer: one stretch a row.
    void rowsOfSamples() {
        QFETCH(qint64, columns);
        constexpr std::int64_t inStride = 48;
        const std::int64_t outStride = columns + 32;
        const AlignedBuffer in = randomFloats(41 * inStride, 1);
        const AlignedBuffer weights = randomFloats(40 * (columns + 16), 2);
        const AlignedBuffer bias = randomFloats(columns, 3);
        const std::ptrdiff_t start = 0;
        for (std::int64_t rows = 1; rows <= 40; ++rows)
            for (const std::int64_t depth : {1, 2, 37})
                for (const float* biases : {static_cast<const float*>(bias.data()), static_cast<const float*>(nullptr)}) {
                    AlignedBuffer out = filled(42 * outStride);
                    multiplyRows({in.data(), 1, inStride, 0}, rows, {&start, 1, depth}, weights.data(), columns + 16, biases,
                                 out.data(), outStride, columns);
                    QVERIFY(isFilledWith(out, rows, columns, outStride, depth, [&](std::int64_t r, std::int64_t c) {
                        double sum = biases ? biases[c] : 0.0;
                        for (std::int64_t k = 0; k < depth; ++k)
                            sum += double(in.data()[r * inStride + k]) * weights.data()[k * (columns + 16) + c];
                        return sum;
                    }));
                }
    }

    // A convolution: a row a position, a stretch of the patch a row of the kernel.
    void rowsOfPositions() {
        constexpr std::int64_t imageRow = 40;
        const AlignedBuffer in = randomFloats(20 * imageRow, 1);
        const std::vector<std::ptrdiff_t> offsets{0, imageRow + 1, 2 * imageRow};
        constexpr std::int64_t length = 5;
        for (const std::int64_t columns : {16, 48, 80})
            for (const std::int64_t positions : {1, 3, 7, 11})
                // The image ends after 15 lines of positions.
                for (std::int64_t rows = 1; rows <= std::min<std::int64_t>(40, 15 * positions); ++rows) {
                    const AlignedBuffer weights = randomFloats(3 * length * columns, 2);
                    AlignedBuffer out = filled(41 * columns);
                    const auto at = [&](std::int64_t r, std::int64_t s, std::int64_t k) {
                        return r / positions * imageRow + r % positions * 2 + offsets[std::size_t(s)] + k;
                    };
                    multiplyRows({in.data(), positions, imageRow, 2}, rows, {offsets.data(), 3, length}, weights.data(),
                                 columns, nullptr, out.data(), columns, columns);
                    QVERIFY(isFilledWith(out, rows, columns, columns, 3 * length, [&](std::int64_t r, std::int64_t c) {
                        double sum = 0.0;
                        for (std::int64_t s = 0; s < 3; ++s)
                            for (std::int64_t k = 0; k < length; ++k)
                                sum += double(in.data()[at(r, s, k)]) * weights.data()[(s * length + k) * columns + c];
                        return sum;
                    }));
                }
    }

    // Cut as one likes: every row alone, and the block whole, are the same bits.
    void rowsDoNotDependOnTheBlock() {
        constexpr std::int64_t depth = 33;
        const std::ptrdiff_t start = 0;
        const AlignedBuffer in = randomFloats(40 * depth, 1);
        for (const std::int64_t columns : columnCounts) {
            const AlignedBuffer weights = randomFloats(depth * columns, 2);
            const AlignedBuffer bias = randomFloats(columns, 3);
            AlignedBuffer whole = filled(40 * columns);
            AlignedBuffer alone = filled(40 * columns);
            AlignedBuffer narrow = filled(40 * columns);
            multiplyRows({in.data(), 1, depth, 0}, 40, {&start, 1, depth}, weights.data(), columns, bias.data(),
                         whole.data(), columns, columns);
            for (std::int64_t r = 0; r < 40; ++r)
                multiplyRows({in.data() + r * depth, 1, depth, 0}, 1, {&start, 1, depth}, weights.data(), columns,
                             bias.data(), alone.data() + r * columns, columns, columns);
            for (std::int64_t c = 0; c < columns; c += 16)
                multiplyRows({in.data(), 1, depth, 0}, 40, {&start, 1, depth}, weights.data() + c, columns, bias.data() + c,
                             narrow.data() + c, columns, 16);
            QVERIFY(std::ranges::equal(whole.span(), alone.span()));
            QVERIFY(std::ranges::equal(whole.span(), narrow.span()));
        }
    }

    void transposed_data() { rowsOfSamples_data(); }
    void transposed() {
        QFETCH(qint64, columns);
        constexpr std::int64_t inStride = 64;
        const std::int64_t outStride = columns + 16;
        const AlignedBuffer in = randomFloats(41 * inStride, 1);
        const AlignedBuffer delta = randomFloats(41 * (columns + 32), 2);
        for (const std::int64_t samples : {0, 1, 2, 33})
            for (std::int64_t inputs = 1; inputs <= 40; ++inputs) {
                const std::int64_t first = inputs % 5;
                AlignedBuffer out = filled((first + inputs + 1) * outStride);
                multiplyTransposed(in.data(), inStride, samples, delta.data(), columns + 32, first, first + inputs,
                                   out.data(), outStride, columns);
                QVERIFY(isFilledWith(out, first + inputs, columns, outStride, samples, [&](std::int64_t i, std::int64_t c) {
                    double sum = 0.0;
                    for (std::int64_t n = 0; n < samples; ++n)
                        sum += double(in.data()[n * inStride + i]) * delta.data()[n * (columns + 32) + c];
                    return sum;
                }, first));
            }
    }

    void transposedDoesNotDependOnTheBlock() {
        const AlignedBuffer in = randomFloats(20 * 48, 1);
        for (const std::int64_t columns : columnCounts) {
            const AlignedBuffer delta = randomFloats(20 * columns, 2);
            AlignedBuffer whole = filled(40 * columns);
            AlignedBuffer cut = filled(40 * columns);
            multiplyTransposed(in.data(), 48, 20, delta.data(), columns, 0, 40, whole.data(), columns, columns);
            for (std::int64_t first = 0; first < 40; first += 5)
                for (std::int64_t c = 0; c < columns; c += 16)
                    multiplyTransposed(in.data(), 48, 20, delta.data() + c, columns, first, first + 5, cut.data() + c,
                                       columns, 16);
            QVERIFY(std::ranges::equal(whole.span(), cut.span()));
        }
    }

    void transposes() {
        const AlignedBuffer in = randomFloats(40 * 48, 1);
        for (std::int64_t rows = 1; rows <= 40; ++rows)
            for (std::int64_t columns = 1; columns <= 40; ++columns) {
                AlignedBuffer out = filled(41 * 50);
                transpose(in.data(), 48, rows, columns, out.data(), 50);
                for (std::int64_t i = 0; i < 41 * 50; ++i) {
                    const bool inside = i / 50 < columns && i % 50 < rows;
                    QVERIFY(out.data()[i] == (inside ? in.data()[i % 50 * 48 + i / 50] : sentinel));
                }
            }
    }

    void sumsRows() {
        for (const std::int64_t columns : columnCounts)
            for (const std::int64_t rows : {0, 1, 2, 7, 33}) {
                const AlignedBuffer in = randomFloats(33 * (columns + 16), 1);
                AlignedBuffer out = filled(columns + 16);
                std::fill_n(out.data(), columns, 0.75F);
                sumRows(in.data(), columns + 16, rows, out.data(), columns);
                QVERIFY(isFilledWith(out, 1, columns, columns + 16, rows, [&](std::int64_t, std::int64_t c) {
                    double sum = 0.75;
                    for (std::int64_t n = 0; n < rows; ++n) sum += in.data()[n * (columns + 16) + c];
                    return sum;
                }));
            }
    }

    void listedPixels_data() { rowsOfSamples_data(); }
    // Images in all numbers about the four that are summed side by side, some of them blank.
    void listedPixels() {
        QFETCH(qint64, columns);
        const SampleSet set = withSparsePixels(makeImages(20, 6, 7, 4, 35));
        QVERIFY(!set.sparse.empty());
        const AlignedBuffer weights = randomFloats(42 * columns, 2);
        const AlignedBuffer bias = randomFloats(columns, 3);
        const std::int64_t stride = columns + 16;
        for (std::uint32_t count = 1; count <= 13; ++count) {
            const std::vector<std::uint32_t> samples = backwards(count);
            AlignedBuffer out = filled((count + 1) * stride);
            multiplySparse(set.sparse, samples, weights.data(), bias.data(), out.data(), stride, columns);
            QVERIFY(isFilledWith(out, count, columns, stride, 42, [&](std::int64_t n, std::int64_t c) {
                double sum = bias.data()[c];
                for (std::int64_t j = 0; j < 42; ++j)
                    sum += set.image(samples[std::size_t(n)])[std::size_t(j)] / 255.0 * weights.data()[j * columns + c];
                return sum;
            }));
        }
    }

    void listedPixelsTransposed_data() { rowsOfSamples_data(); }
    void listedPixelsTransposed() {
        QFETCH(qint64, columns);
        const SampleSet set = withSparsePixels(makeImages(20, 6, 7, 4, 35));
        const AlignedBuffer delta = randomFloats(20 * (columns + 16), 2);
        const std::vector<std::uint32_t> samples = backwards(20);
        for (std::int64_t first = 0; first < 6; ++first)
            for (std::int64_t last = first + 1; last <= 6; ++last) {
                AlignedBuffer out = filled(43 * columns);
                multiplySparseTransposed(set.sparse, samples, delta.data(), columns + 16, first, last, out.data(), columns);
                QVERIFY(isFilledWith(out, last * 7, columns, columns, 20, [&](std::int64_t j, std::int64_t c) {
                    double sum = 0.0;
                    for (std::size_t n = 0; n < samples.size(); ++n)
                        sum += set.image(samples[n])[std::size_t(j)] / 255.0 *
                               delta.data()[std::int64_t(n) * (columns + 16) + c];
                    return sum;
                }, first * 7));
            }
    }

    // More image rows than stay in the cache at once.
    void listedPixelsOfLargeImages() {
        constexpr std::int64_t columns = 128;
        const SampleSet set = withSparsePixels(makeImages(5, 40, 30, 4, 35));
        const AlignedBuffer delta = randomFloats(5 * columns, 2);
        const std::vector<std::uint32_t> samples = backwards(5);
        AlignedBuffer out = filled(1200 * columns);
        multiplySparseTransposed(set.sparse, samples, delta.data(), columns, 3, 38, out.data(), columns);
        QVERIFY(isFilledWith(out, 38 * 30, columns, columns, 5, [&](std::int64_t j, std::int64_t c) {
            double sum = 0.0;
            for (std::size_t n = 0; n < 5; ++n)
                sum += set.image(samples[n])[std::size_t(j)] / 255.0 * delta.data()[std::int64_t(n) * columns + c];
            return sum;
        }, 3 * 30));
    }
};

QTEST_APPLESS_MAIN(TestProducts)
#include "tst_products.moc"
