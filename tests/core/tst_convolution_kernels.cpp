// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/random.h"
#include "core/network/aligned_buffer.h"
#include "core/network/filter_gradient.h"
#include "core/network/patch_sum.h"
#include "core/network/pooling.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <vector>

using namespace ratescope;

namespace {

constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();
constexpr std::uint16_t untouched = 7777;

AlignedBuffer randomFloats(std::int64_t count, std::uint64_t seed) {
    AlignedBuffer buffer(static_cast<std::size_t>(count));
    RandomStream stream(seed, "floats");
    for (float& value : buffer.span()) value = stream.uniform(-1.0F, 1.0F);
    return buffer;
}

/// The gradient at the output of a convolution of `filters` filters, half of it 0, over `height` × `width` windows of
/// pool × pool in an image whose positions lie `channelStride` apart.
struct Outputs {
    Outputs(std::int64_t height, std::int64_t width, std::int64_t filters, std::int64_t size, std::int64_t kernel,
            std::int64_t channelStride)
        : pool(size)
        , imageWidth(width * pool + kernel) // a column is left over
        , imageFloats((height * pool + kernel) * imageWidth * channelStride)
        , windows{height, width, filters}
        , values(static_cast<std::size_t>(windows.stride()))
        , winners(values.size()) {
        RandomStream stream(static_cast<std::uint64_t>(windows.stride() + pool), "outputs");
        for (std::int64_t w = 0; w < windows.positions(); ++w)
            for (std::int64_t f = 0; f < filters; ++f) {
                const auto at = static_cast<std::size_t>(w * windows.channelStride() + f);
                values.data()[at] = stream.below(2) == 0 ? 0.0F : stream.uniform(-1.0F, 1.0F);
                winners[at] = static_cast<std::uint16_t>(stream.below(static_cast<std::uint32_t>(pool * pool)));
            }
        for (std::int64_t p = 0; p < pool * pool; ++p)
            offsets.push_back(static_cast<std::int32_t>((p / pool * imageWidth + p % pool) * channelStride));
        gradient = {values.data(), pool > 1 ? winners.data() : nullptr, windows, offsets.data(), pool * pool,
                    pool * imageWidth * channelStride, pool * channelStride};
    }

    float value(std::int64_t window, std::int64_t filter) const {
        return values.data()[window * windows.channelStride() + filter];
    }
    /// Of the patch that this output was made of.
    std::int64_t place(std::int64_t window, std::int64_t filter) const {
        const auto winner =
            static_cast<std::size_t>(winners[static_cast<std::size_t>(window * windows.channelStride() + filter)]);
        return window / windows.width * gradient.rowStride + window % windows.width * gradient.columnStride +
               offsets[pool > 1 ? winner : 0];
    }

    std::int64_t pool;
    std::int64_t imageWidth;
    std::int64_t imageFloats;
    Shape windows;
    AlignedBuffer values;
    std::vector<std::uint16_t> winners;
    std::vector<std::int32_t> offsets;
    PooledGradient gradient;
};

void addOutputs() {
    QTest::addColumn<int>("filters");
    QTest::addColumn<int>("pool");
    for (const int filters : {1, 3, 16, 17, 40})
        for (const int pool : {1, 2, 3}) QTest::addRow("%d filters, pool %d", filters, pool) << filters << pool;
}

} // namespace

class TestConvolutionKernels : public QObject {
    Q_OBJECT

private slots:
    void addsPatches_data() {
        QTest::addColumn<int>("length");
        for (const int length : {16, 32, 48, 64, 80, 96, 112, 128, 144, 160, 192, 400})
            QTest::addRow("%d floats", length) << length;
    }
    // Rows go in threes and ones, columns in tiles of several widths.
    void addsPatches() {
        QFETCH(int, length);
        const std::int64_t fromStride = length + 16;
        const std::int64_t sumStride = length + 32;
        const AlignedBuffer from = randomFloats(9 * fromStride + 64, 1);
        for (std::int64_t rows = 1; rows <= 7; ++rows)
            for (const std::size_t count : {0U, 1U, 2U, 19U}) {
                RandomStream stream(count, "entries");
                std::vector<WeightedPatch> entries;
                for (std::size_t e = 0; e < count; ++e)
                    entries.push_back({static_cast<std::int32_t>(stream.below(60)), stream.uniform(-1.0F, 1.0F)});
                AlignedBuffer sum = randomFloats((rows + 1) * sumStride, 2);
                const AlignedBuffer before = randomFloats((rows + 1) * sumStride, 2);
                addPatches(entries, from.data(), fromStride, {rows, length}, sum.data(), sumStride);
                for (std::int64_t i = 0; i < (rows + 1) * sumStride; ++i) {
                    const std::int64_t r = i / sumStride;
                    const std::int64_t c = i % sumStride;
                    double expected = before.data()[i];
                    if (r < rows && c < length)
                        for (const WeightedPatch& entry : entries)
                            expected += double(entry.weight) * from.data()[entry.patch + r * fromStride + c];
                    QVERIFY(std::abs(sum.data()[i] - expected) <= 3e-6);
                }
            }
    }

    void listsByFilter_data() { addOutputs(); }
    void listsByFilter() {
        QFETCH(int, filters);
        QFETCH(int, pool);
        const Outputs outputs(3, 4, filters, pool, 2, 16);
        std::vector<float> scratch = guarded(outputs);
        const FilterLists lists(outputs.gradient, scratch.data());
        for (std::int64_t f = 0; f < filters; ++f) {
            std::vector<std::pair<std::int64_t, float>> expected;
            for (std::int64_t w = 0; w < 12; ++w)
                if (outputs.value(w, f) != 0.0F) expected.emplace_back(outputs.place(w, f), outputs.value(w, f));
            std::vector<std::pair<std::int64_t, float>> found;
            for (const WeightedPatch& patch : lists.ofFilter(f)) found.emplace_back(patch.patch, patch.weight);
            QVERIFY(found == expected);
        }
        QVERIFY(guardStands(scratch));
    }

    void listsByPosition_data() { addOutputs(); }
    void listsByPosition() {
        QFETCH(int, filters);
        QFETCH(int, pool);
        const Outputs outputs(3, 4, filters, pool, 2, 16);
        std::vector<float> scratch = guarded(outputs);
        const FilterLists lists(outputs.gradient, scratch.data());
        constexpr std::int64_t filterStride = 1000;
        std::vector<std::vector<float>> found(12, std::vector<float>(std::size_t(filters), 0.0F));
        std::int64_t visits = 0;
        lists.forEachPosition(filterStride, [&](std::span<const WeightedPatch> winners, std::ptrdiff_t place) {
            const auto window = std::size_t(visits++ / (pool * pool));
            for (const WeightedPatch& winner : winners) {
                QCOMPARE(place, outputs.place(std::int64_t(window), winner.patch / filterStride));
                found[window][std::size_t(winner.patch / filterStride)] += winner.weight;
            }
        });
        QCOMPARE(visits, 12 * pool * pool);
        for (std::size_t w = 0; w < 12; ++w)
            for (int f = 0; f < filters; ++f) QCOMPARE(found[w][std::size_t(f)], outputs.value(std::int64_t(w), f));
        QVERIFY(guardStands(scratch));
    }

    // NaN is not 0: it must not be left out.
    void listsKeepNan() {
        Outputs outputs(2, 2, 3, 2, 2, 16);
        std::ranges::fill(outputs.values.span(), 0.0F);
        outputs.values.data()[16 + 2] = notANumber;
        std::vector<float> scratch = guarded(outputs);
        const FilterLists lists(outputs.gradient, scratch.data());
        QVERIFY(lists.ofFilter(0).empty() && lists.ofFilter(1).empty());
        QCOMPARE(lists.ofFilter(2).size(), std::size_t(1));
        QVERIFY(std::isnan(lists.ofFilter(2)[0].weight));
        std::size_t found = 0;
        lists.forEachPosition(1, [&](std::span<const WeightedPatch> winners, std::ptrdiff_t) { found += winners.size(); });
        QCOMPARE(found, std::size_t(1));
    }

    void greyFilterGradient_data() { addOutputs(); }
    void greyFilterGradient() {
        QFETCH(int, filters);
        QFETCH(int, pool);
        for (const std::int64_t kernel : {1, 2, 3, 4, 5}) {
            const Outputs outputs(3, 4, filters, pool, kernel, 1);
            const AlignedBuffer image = randomFloats(outputs.imageFloats, 3);
            const std::int64_t stride = outputs.windows.channelStride();
            std::vector<std::ptrdiff_t> taps;
            for (std::int64_t p = 0; p < kernel * kernel; ++p) taps.push_back(p / kernel * outputs.imageWidth + p % kernel);
            AlignedBuffer sums = randomFloats(std::int64_t(taps.size()) * stride, 4);
            const AlignedBuffer before = randomFloats(std::int64_t(taps.size()) * stride, 4);
            addGreyFilterGradient(outputs.gradient, image.data(), taps, sums.data(), stride);
            for (std::size_t k = 0; k < taps.size(); ++k)
                for (std::int64_t f = 0; f < stride; ++f) {
                    const std::int64_t at = std::int64_t(k) * stride + f;
                    double expected = before.data()[at];
                    for (std::int64_t w = 0; w < 12 && f < filters; ++w)
                        expected += double(outputs.value(w, f)) * image.data()[outputs.place(w, f) + taps[k]];
                    QVERIFY(std::abs(sums.data()[at] - expected) <= 2e-6);
                }
        }
    }

    void pools_data() {
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("size");
        for (const int channels : {1, 16, 32, 48, 80})
            for (const int size : {1, 2, 3, 4, 5})
                QTest::addRow("%d channels, %d x %d", channels, size, size) << channels << size;
    }
    // Few different values, so that there are many ties: the first counts.
    void pools() {
        QFETCH(int, channels);
        QFETCH(int, size);
        for (std::int64_t windows = 1; windows <= 9; ++windows) {
            const std::ptrdiff_t columnStride = channels == 1 ? 1 : channels + 16;
            const std::ptrdiff_t rowStride = (windows * size + 1) * columnStride;
            std::vector<float> in(std::size_t(size * rowStride));
            RandomStream stream(std::uint64_t(windows), "pixels");
            for (float& value : in) value = static_cast<float>(stream.below(7)) - 3.0F;
            const auto count = std::size_t(windows * channels);
            std::vector<float> out(count + 16, 99.0F);
            std::vector<std::uint16_t> winners(count + 16, untouched);
            poolRow({in.data(), rowStride, columnStride, windows, size, channels}, out.data(), winners.data());
            for (std::size_t i = 0; i < count; ++i) {
                const std::ptrdiff_t first =
                    std::ptrdiff_t(i) / channels * size * columnStride + std::ptrdiff_t(i) % channels;
                int winner = 0;
                const auto value = [&](int p) {
                    return in[std::size_t(first + p / size * rowStride + p % size * columnStride)];
                };
                for (int p = 1; p < size * size; ++p)
                    if (value(p) > value(winner)) winner = p;
                QCOMPARE(out[i], value(winner));
                QCOMPARE(int(winners[i]), winner);
            }
            QVERIFY(std::all_of(out.begin() + std::ptrdiff_t(count), out.end(), [](float value) { return value == 99.0F; }));
            QVERIFY(std::all_of(winners.begin() + std::ptrdiff_t(count), winners.end(),
                                [](int value) { return value == untouched; }));
        }
    }

    void nanWinsWhereverItIs() {
        for (const std::int64_t channels : {1, 16})
            for (std::size_t bad = 0; bad < 4; ++bad) {
                std::vector<float> in(std::size_t(4 * channels), std::numeric_limits<float>::infinity());
                in[bad * std::size_t(channels)] = notANumber;
                std::vector<float> out(16);
                std::vector<std::uint16_t> winners(16);
                poolRow({in.data(), 2 * channels, channels, 1, 2, channels}, out.data(), winners.data());
                QVERIFY(std::isnan(out[0]));
                QCOMPARE(std::size_t(winners[0]), bad);
                if (channels > 1) QVERIFY(std::isinf(out[1]) && winners[1] == 0);
            }
    }

    // −∞ everywhere is a largest value too.
    void lowestValues() {
        for (const std::int64_t channels : {1, 16}) {
            const std::vector<float> in(std::size_t(9 * channels), -std::numeric_limits<float>::infinity());
            std::vector<float> out(16);
            std::vector<std::uint16_t> winners(16, untouched);
            poolRow({in.data(), 3 * channels, channels, 1, 3, channels}, out.data(), winners.data());
            QVERIFY(out[0] == -std::numeric_limits<float>::infinity());
            QCOMPARE(int(winners[0]), 0);
        }
    }

private:
    /// Scratch memory as large as the lists say, and a border behind.
    static std::vector<float> guarded(const Outputs& outputs) {
        const std::int64_t size =
            FilterLists::floats(outputs.windows.positions(), outputs.windows.channels, outputs.pool * outputs.pool);
        std::vector<float> scratch(std::size_t(size + 16), 0.0F);
        std::fill(scratch.end() - 16, scratch.end(), -5.5F);
        return scratch;
    }
    static bool guardStands(const std::vector<float>& scratch) {
        return std::all_of(scratch.end() - 16, scratch.end(), [](float value) { return value == -5.5F; });
    }
};

QTEST_APPLESS_MAIN(TestConvolutionKernels)
#include "tst_convolution_kernels.moc"
