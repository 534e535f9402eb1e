// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "idx_files.h"
#include "problems.h"

#include "core/data/dataset.h"
#include "core/data/dataset_store.h"

#include <QTest>

#include <sys/stat.h>

#include <algorithm>
#include <latch>
#include <thread>

using namespace ratescope;

class TestDataset : public QObject {
    Q_OBJECT

private slots:
    void loads_data() {
        QTest::addColumn<int>("gzip");
        for (int gzip = 0; gzip < 16; ++gzip)
            QTest::addRow("compressed: %d%d%d%d", gzip & 1, gzip >> 1 & 1, gzip >> 2 & 1, gzip >> 3) << gzip;
    }
    void loads() {
        QFETCH(int, gzip);
        const TestFolder folder;
        folder.writeDataset(30, 12, 4, 6, gzip);
        const Dataset data = loadDataset(folder.path());
        for (const auto& [set, count] : {std::pair(&data.train, 30U), {&data.test, 12U}}) {
            QCOMPARE(set->size(), count);
            QCOMPARE(set->rows, 4U);
            QCOMPARE(set->columns, 6U);
            QCOMPARE(set->features(), 24U);
            QCOMPARE(set->pixels, somePixels(count * 24));
            QCOMPARE(set->labels, someLabels(count));
        }
        const auto image = data.train.image(7);
        QCOMPARE(image.size(), std::size_t(24));
        QVERIFY(std::equal(image.begin(), image.end(), somePixels(30 * 24).begin() + 7 * 24));
        const DatasetInfo info = readDatasetInfo(folder.path());
        QCOMPARE(info.trainCount, 30U);
        QCOMPARE(info.testCount, 12U);
        QCOMPARE(info.rows, 4U);
        QCOMPARE(info.columns, 6U);
    }

    void refuses_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QStringList>("says");
        const auto row = [](const char* title, const char* file, const Bytes& bytes, const QStringList& says) {
            QTest::newRow(title) << file
                                 << QByteArray(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size()))
                                 << says;
        };
        row("too few training labels", "train-labels-idx1-ubyte", idxLabels(29),
            {"train-labels", "29 labels", "30 images", "train-images"});
        row("too many test labels", "t10k-labels-idx1-ubyte", idxLabels(13),
            {"t10k-labels", "13 labels", "12 images", "t10k-images"});
        row("test images of other rows", "t10k-images-idx3-ubyte", idxImages(12, 5, 6),
            {"t10k-images", "5 × 6", "4 × 6"});
        row("test images of other columns", "t10k-images-idx3-ubyte", idxImages(12, 4, 5),
            {"t10k-images", "4 × 5", "4 × 6"});
        row("as many pixels in another shape", "t10k-images-idx3-ubyte", idxImages(12, 6, 4),
            {"t10k-images", "6 × 4", "4 × 6"});
        row("a damaged file", "train-images-idx3-ubyte", words({0x804, 1}), {"train-images", "0x00000804"});
        row("a damaged test file", "t10k-labels-idx1-ubyte", words({0x804, 1}), {"t10k-labels", "0x00000804"});
    }
    void refuses() {
        QFETCH(QString, file);
        QFETCH(QByteArray, bytes);
        QFETCH(QStringList, says);
        const TestFolder folder;
        folder.writeDataset(30, 12, 4, 6);
        folder.write(file.toStdString(), Bytes(bytes.begin(), bytes.end()));
        const std::string texts[] = {errorOf([&] { loadDataset(folder.path()); }),
                                     errorOf([&] { readDatasetInfo(folder.path()); })};
        for (const std::string& text : texts)
            for (const QString& part : says) QVERIFY2(contains(text, part.toStdString()), text.c_str());
    }

    void namesTheMissingFile_data() {
        QTest::addColumn<QString>("file");
        for (const char* file :
             {"train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"})
            QTest::newRow(file) << file;
    }
    void namesTheMissingFile() {
        QFETCH(QString, file);
        const TestFolder folder;
        folder.writeDataset(3, 2, 1, 1);
        QVERIFY(std::filesystem::remove(folder.path(file.toStdString())));
        const std::string name = file.toStdString();
        const std::string text = errorOf([&] { loadDataset(folder.path()); });
        QVERIFY2(contains(text, folder.path().string()) && contains(text, "neither " + name + " nor " + name + ".gz"),
                 text.c_str());
        QCOMPARE(errorOf([&] { readDatasetInfo(folder.path()); }), text);
    }

    void refusesWhatIsNoFolder() {
        const TestFolder folder;
        const auto file = folder.write("file", {1, 2, 3});
        for (const auto& path : {file, folder.path("missing")}) {
            const std::string text = errorOf([&] { loadDataset(path); });
            QVERIFY2(contains(text, path.string()) && contains(text, "is not a folder"), text.c_str());
        }
    }

    void scalesExactly() {
        Bytes pixels(256 + 3);
        for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = static_cast<std::uint8_t>(i);
        std::vector<float> scaled(pixels.size() + 1, -7.0F);
        scalePixels(pixels, std::span(scaled).first(pixels.size()));
        // The double quotient rounds to the same float as the exact one: no quotient of bytes lies near a tie.
        for (std::size_t i = 0; i < pixels.size(); ++i)
            QVERIFY(scaled[i] == static_cast<float>(double(pixels[i]) / 255.0));
        QVERIFY(scaled.back() == -7.0F);
    }

    void storeLoadsOnce() {
        const TestFolder folder;
        folder.writeDataset(300, 50, 8, 8, 5);
        DatasetStore store;
        constexpr int threads = 8;
        std::latch ready(threads);
        std::vector<std::shared_ptr<const Dataset>> loaded(threads);
        {
            std::vector<std::jthread> workers;
            for (auto& data : loaded)
                workers.emplace_back([&] {
                    ready.arrive_and_wait();
                    data = store.get(folder.path());
                });
        }
        for (const auto& data : loaded) {
            QVERIFY(data != nullptr);
            QVERIFY(data == loaded.front());
        }
        QCOMPARE(loaded.front()->train.size(), 300U);
        // Loaded is loaded: what happens to the files afterwards does not matter.
        std::filesystem::remove(folder.path("train-labels-idx1-ubyte"));
        QVERIFY(store.get(folder.path()) == loaded.front());
    }

    void storeTellsFoldersApart() {
        const TestFolder first;
        const TestFolder second;
        first.writeDataset(3, 2, 1, 1);
        second.writeDataset(4, 2, 1, 1);
        DatasetStore store;
        QCOMPARE(store.get(first.path())->train.size(), 3U);
        QCOMPARE(store.get(second.path())->train.size(), 4U);
    }

    void storeTriesAgain() {
        const TestFolder folder;
        DatasetStore store;
        for (int i = 0; i < 2; ++i) {
            const std::string text = errorOf([&] { store.get(folder.path()); });
            QVERIFY2(contains(text, "train-images"), text.c_str());
        }
        folder.writeDataset(3, 2, 1, 1);
        QCOMPARE(store.get(folder.path())->train.size(), 3U);
    }

    // A disk that does not answer: a pipe that nobody writes to. Who has stopped is not kept waiting.
    void storeLetsGo() {
        const TestFolder folder;
        folder.writeDataset(3, 2, 1, 1);
        const std::string pipe = folder.path("train-images-idx3-ubyte").string();
        std::filesystem::remove(pipe);
        QVERIFY(mkfifo(pipe.c_str(), 0600) == 0);
        DatasetStore store;
        for (int i = 0; i < 2; ++i) QVERIFY(store.get(folder.path(), [] { return true; }) == nullptr);
        folder.write("train-images-idx3-ubyte", idxImages(3, 1, 1)); // now it answers
        const auto data = store.get(folder.path(), [] { return false; });
        QCOMPARE(data->train.size(), 3U);
    }
};

QTEST_APPLESS_MAIN(TestDataset)
#include "tst_dataset.moc"
