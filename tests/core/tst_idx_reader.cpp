// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "idx_files.h"
#include "problems.h"
#include "tests/this_build.h"

#include "core/data/idx_reader.h"

#include <QTest>

#include <sys/stat.h>

#include <algorithm>
#include <numeric>
#include <span>

using namespace ratescope;

namespace {

Bytes cut(Bytes bytes, std::size_t size) {
    bytes.resize(size);
    return bytes;
}

Bytes flipped(Bytes bytes, std::size_t index) {
    bytes.at(index) ^= 0x10;
    return bytes;
}

Bytes withLabel(Bytes labels, std::size_t index, std::uint8_t label) {
    labels.at(8 + index) = label;
    return labels;
}

enum Kind { Images, Labels, ImageHeader, LabelHeader };

void read(Kind kind, const std::filesystem::path& path) {
    switch (kind) {
    case Images:
        readIdxImages(path);
        break;
    case Labels:
        readIdxLabels(path);
        break;
    case ImageHeader:
        readIdxImageHeader(path);
        break;
    case LabelHeader:
        readIdxLabelHeader(path);
        break;
    }
}

} // namespace

class TestIdxReader : public QObject {
    Q_OBJECT

private slots:
    /// Which is gone through before it is kept.
    void readsLongFiles() {
        const std::uint32_t count = 2100;
        Bytes bytes = words({0x803, count, 256, 256});
        bytes.resize(bytes.size() + std::size_t(count) * 256 * 256);
        bytes[16] = 1;
        bytes[16 + 12'345'678] = 2;
        bytes.back() = 3;
        for (const Bytes& content : {bytes, gzipped(bytes)}) {
            const IdxImages images = readIdxImages(m_folder.write("long", content));
            QCOMPARE(images.count, count);
            QVERIFY(std::ranges::equal(images.pixels, std::span(bytes).subspan(16)));
        }
    }
    void readsImages_data() {
        QTest::addColumn<quint32>("count");
        QTest::addColumn<quint32>("rows");
        QTest::addColumn<quint32>("columns");
        QTest::newRow("one pixel") << 1U << 1U << 1U;
        QTest::newRow("not square") << 5U << 3U << 7U;
        QTest::newRow("largest side") << 2U << idxMaximumSide << 1U;
        QTest::newRow("beyond one step of inflation") << 1500U << 28U << 28U;
    }
    void readsImages() {
        QFETCH(quint32, count);
        QFETCH(quint32, rows);
        QFETCH(quint32, columns);
        const Bytes file = idxImages(count, rows, columns);
        // By content, not by name: each kind under the other's name as well.
        const std::pair<const char*, Bytes> files[] = {
            {"raw", file}, {"packed.gz", gzipped(file)}, {"raw.gz", file}, {"packed", gzipped(file)}};
        for (const auto& [name, bytes] : files) {
            const auto path = m_folder.write(name, bytes);
            const IdxImages images = readIdxImages(path);
            QCOMPARE(images.count, count);
            QCOMPARE(images.rows, rows);
            QCOMPARE(images.columns, columns);
            QCOMPARE(images.pixels, somePixels(std::size_t(count) * rows * columns));
            const IdxHeader header = readIdxImageHeader(path);
            QCOMPARE(header.count, count);
            QCOMPARE(header.rows, rows);
            QCOMPARE(header.columns, columns);
        }
    }

    void readsLabels() {
        const Bytes file = idxLabels(1234);
        for (const Bytes& bytes : {file, gzipped(file)}) {
            const auto path = m_folder.write("labels", bytes);
            QCOMPARE(readIdxLabels(path), someLabels(1234));
            const IdxHeader header = readIdxLabelHeader(path);
            QCOMPARE(header.count, 1234U);
            QCOMPARE(header.rows, 0U);
            QCOMPARE(header.columns, 0U);
        }
    }

    void refuses_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QStringList>("says");
        const auto row = [](const char* title, const Bytes& bytes, Kind kind, const QStringList& says) {
            QTest::newRow(title) << QByteArray(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size()))
                                 << int(kind) << says;
        };
        const Bytes images = idxImages(40, 28, 28);
        const Bytes labels = idxLabels(40);
        const Bytes packed = gzipped(images);
        row("empty", {}, Images, {"header", "magic"});
        row("empty labels", {}, Labels, {"header", "magic"});
        row("one byte", {0}, Images, {"header", "magic"});
        row("ends in the count", cut(images, 7), Images, {"header", "count"});
        row("ends in the rows", cut(images, 9), Images, {"header", "rows"});
        row("ends in the columns", cut(images, 15), Images, {"header", "columns"});
        row("labels for images", labels, Images, {"0x00000801", "0x00000803", "images"});
        row("images for labels", images, Labels, {"0x00000803", "0x00000801", "labels"});
        row("header of labels for images", labels, ImageHeader, {"0x00000801", "0x00000803"});
        row("header of images for labels", images, LabelHeader, {"0x00000803", "0x00000801"});
        row("little-endian", joined({words({0x03080000}), cut(images, 100)}), Images, {"0x03080000", "0x00000803"});
        row("text", Bytes(100, 'a'), Labels, {"0x61616161", "0x00000801"});
        row("no samples", words({0x803, 0, 28, 28}), Images, {"0 samples", "1 to 1000000"});
        row("no labels", words({0x801, 0}), Labels, {"0 samples", "1 to 1000000"});
        row("huge count", words({0x803, 0xFFFFFFFF, 28, 28}), Images, {"4294967295", "1 to 1000000"});
        row("one too many", words({0x801, 1'000'001}), Labels, {"1000001", "1 to 1000000"});
        row("huge count in the header", words({0x801, 1'000'001}), LabelHeader, {"1000001", "1 to 1000000"});
        row("no rows", words({0x803, 1, 0, 28}), Images, {"0 × 28", "1 to 256"});
        row("no columns", words({0x803, 1, 28, 0}), Images, {"28 × 0", "1 to 256"});
        row("huge rows", words({0x803, 1, 257, 28}), Images, {"257 × 28", "1 to 256"});
        row("huge columns", words({0x803, 1, 28, 0xFFFFFFFF}), ImageHeader, {"28 × 4294967295", "1 to 256"});
        row("over 1 GiB", words({0x803, 16385, 256, 256}), Images, {"256 × 256", "1 GiB"});
        // Exactly 1 GiB is allowed and must not be taken from memory before it is there.
        row("1 GiB promised", words({0x803, 16384, 256, 256}), Images, {"cut short", "1073741824", "holds 0"});
        row("128 MiB and more promised", joined({words({0x803, 2100, 256, 256}), Bytes(100)}), Images,
            {"cut short", "137625600", "holds 100"});
        row("128 MiB and more promised, compressed", gzipped(joined({words({0x803, 2100, 256, 256}), Bytes(2'000'000)})),
            Images, {"cut short", "137625600", "holds 2000000"});
        row("cut short", cut(images, images.size() - 1), Images, {"cut short", "31360", "holds 31359"});
        row("labels cut short", cut(labels, labels.size() - 3), Labels, {"cut short", "40", "holds 37"});
        row("compressed of a cut file", gzipped(cut(images, 1000)), Images, {"cut short", "31360", "holds 984"});
        row("compressed file cut at the start", cut(packed, 15), Images, {"cut short", "gzip"});
        row("compressed file cut in the middle", cut(packed, packed.size() / 2), Images, {"cut short", "gzip"});
        row("compressed file without its last byte", cut(packed, packed.size() - 1), Images, {"cut short", "gzip"});
        row("compressed file without its trailer", cut(packed, packed.size() - 8), Images, {"cut short", "gzip"});
        row("checksum flipped", flipped(packed, packed.size() - 8), Images, {"damaged gzip", "check"});
        row("length flipped", flipped(packed, packed.size() - 4), Images, {"damaged gzip", "check"});
        row("labels' checksum flipped", flipped(gzipped(labels), gzipped(labels).size() - 8), Labels,
            {"damaged gzip", "check"});
        row("data flipped", flipped(packed, packed.size() / 2), Images, {"gzip"});
        row("too long", joined({images, {0}}), Images, {"longer", "31360"});
        row("compressed and too long", gzipped(joined({labels, {1, 2, 3}})), Labels, {"longer", "40"});
        row("label 10", withLabel(labels, 17, 10), Labels, {"label 17", "is 10", "0 to 9"});
        row("label 255 at the end", withLabel(labels, 39, 255), Labels, {"label 39", "is 255", "0 to 9"});
    }
    void refuses() {
        QFETCH(QByteArray, bytes);
        QFETCH(int, kind);
        QFETCH(QStringList, says);
        const auto path = m_folder.write("file-under-test", Bytes(bytes.begin(), bytes.end()));
        const std::string text = errorOf([&] { read(static_cast<Kind>(kind), path); });
        QVERIFY2(contains(text, path.string()), text.c_str());
        for (const QString& part : says) QVERIFY2(contains(text, part.toStdString()), text.c_str());
    }

    void namesWhatIsNoFile() {
        for (const Kind kind : {Images, Labels, ImageHeader, LabelHeader}) {
            const std::string missing = errorOf([&] { read(kind, m_folder.path("not-there")); });
            QVERIFY2(contains(missing, "not-there") && contains(missing, "cannot be opened: No such file"),
                     missing.c_str());
            const std::string folder = errorOf([&] { read(kind, m_folder.path()); });
            QVERIFY2(contains(folder, m_folder.path().string()) && contains(folder, "is a folder"), folder.c_str());
        }
    }

    /// The first look at a dataset does not wait for one that nobody writes into.
    void refusesPipes() {
        const auto pipe = m_folder.path("pipe");
        QCOMPARE(mkfifo(pipe.c_str(), 0600), 0);
        for (const Kind kind : {ImageHeader, LabelHeader})
            QVERIFY(contains(errorOf([&] { read(kind, pipe); }), pipe.string() + ": is not an ordinary file"));
    }

    // A single wrong bit anywhere in the compressed data must not pass for the file. Bytes 4 to 9 of a gzip header
    // (time, flags of the packer, system) say nothing of the data.
    void noFlippedBitPasses() {
        const Bytes packed = gzipped(idxLabels(50));
        for (std::size_t i = 0; i < packed.size(); ++i) {
            if (i >= 4 && i < 10) continue;
            for (int bit = 0; bit < 8; ++bit) {
                Bytes bytes = packed;
                bytes[i] = static_cast<std::uint8_t>(bytes[i] ^ 1U << bit);
                const auto path = m_folder.write("flipped", bytes);
                Bytes labels;
                const std::string text = errorOf([&] { labels = readIdxLabels(path); });
                QVERIFY2(!text.empty() || labels == someLabels(50),
                         qPrintable(QString("byte %1, bit %2").arg(i).arg(bit)));
            }
        }
    }

    // Sums and first labels made with numpy from the files that are shipped.
    void mnist_data() {
        QTest::addColumn<QString>("part");
        QTest::addColumn<quint32>("count");
        QTest::addColumn<quint64>("pixelSum");
        QTest::addColumn<quint32>("pixelCrc");
        QTest::addColumn<quint32>("labelCrc");
        QTest::addColumn<QByteArray>("firstLabels");
        QTest::newRow("train") << "train" << 60000U << quint64(1567298545) << 0xf3639b56U << 0xba07e8efU
                               << QByteArray("\5\0\4\1\11", 5);
        QTest::newRow("test") << "t10k" << 10000U << quint64(264923200) << 0xe4ca5f57U << 0xee8604d9U
                              << QByteArray("\7\2\1\0\4", 5);
    }
    void mnist() {
        QFETCH(QString, part);
        QFETCH(quint32, count);
        QFETCH(quint64, pixelSum);
        QFETCH(quint32, pixelCrc);
        QFETCH(quint32, labelCrc);
        QFETCH(QByteArray, firstLabels);
        const std::string start = sourceDir("/resources/mnist/" + part.toStdString());
        const IdxImages images = readIdxImages(start + "-images-idx3-ubyte.gz");
        QCOMPARE(images.count, count);
        QCOMPARE(images.rows, 28U);
        QCOMPARE(images.columns, 28U);
        QCOMPARE(images.pixels.size(), std::size_t(count) * 784);
        QCOMPARE(std::accumulate(images.pixels.begin(), images.pixels.end(), quint64(0)), pixelSum);
        QCOMPARE(quint32(crc32_z(0, images.pixels.data(), images.pixels.size())), pixelCrc);
        const Bytes labels = readIdxLabels(start + "-labels-idx1-ubyte.gz");
        QCOMPARE(labels.size(), std::size_t(count));
        QCOMPARE(quint32(crc32_z(0, labels.data(), labels.size())), labelCrc);
        QVERIFY(std::equal(firstLabels.begin(), firstLabels.end(), labels.begin()));
    }

private:
    TestFolder m_folder;
};

QTEST_APPLESS_MAIN(TestIdxReader)
#include "tst_idx_reader.moc"
