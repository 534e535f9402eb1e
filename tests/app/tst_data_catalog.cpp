// SPDX-License-Identifier: GPL-3.0-or-later
// Sizes of datasets for a window, which may not wait for disks.
#include "app/control/run_controller.h"
#include "app/study/data_catalog.h"
#include "core/error.h"
#include "tests/app/app_helpers.h"
#include "tests/core/problems.h"
#include "tests/this_build.h"

#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <semaphore>

#include <sys/stat.h>

using namespace ratescope;

namespace {

std::binary_semaphore answers(0);
std::atomic<int> asked = 0;

/// A disk that answers when it is let.
DatasetInfo readLate(const std::filesystem::path& folder) {
    ++asked;
    answers.acquire();
    answers.release();
    return readDatasetInfo(folder);
}

} // namespace

class TestDataCatalog : public QObject {
    Q_OBJECT

private:
    TestFolder m_folder;
    std::string m_data;

private Q_SLOTS:
    void initTestCase() { m_data = writeTinyData(m_folder); }

    void aDiskThatAnswersIsReadAtOnce() {
        DataCatalog catalog(sourceDir("/resources"));
        QCOMPARE(catalog.infoSoon(m_data).trainCount, 200U);
        QVERIFY(hasText(errorOf([&] { catalog.infoSoon("/nowhere"); }), "/nowhere: is not a folder"));
        QVERIFY(hasText(errorOf([&] { catalog.infoSoon("/nowhere"); }), "/nowhere: is not a folder"));
    }

    void nobodyWaitsForOneThatDoesNot() {
        DataCatalog catalog(sourceDir("/resources"), readLate);
        DatasetStore datasets;
        RunController controller(catalog, datasets, nullptr, {.maximumActive = 1});
        RunConfig config = tinyConfig(m_data, "a");
        const RunId id = controller.add(config);
        QVERIFY(controller.find(id)->length.steps != 20); // not known
        config.seed = 7;
        const Problems problems = controller.setConfig(id, config);
        QCOMPARE(problems.size(), std::size_t(1));
        QCOMPARE(problems[0].place, std::string("data"));
        QCOMPARE(problems[0].message, m_data + ": does not answer yet; try again in a moment");
        QCOMPARE(asked.load(), 1); // and not with every try
        answers.release();
        QTRY_VERIFY(controller.setConfig(id, config).empty());
        QCOMPARE(controller.find(id)->length.steps, std::uint64_t(20));
        QCOMPARE(asked.load(), 1);
    }

    /// The run is trained as it should be, and the study that tells of it can be read.
    void aRunBegunMeanwhileGetsItsLength() {
        answers.try_acquire(); // whether or not another test has let it answer
        DataCatalog catalog(sourceDir("/resources"), readLate);
        DatasetStore datasets;
        const std::string path = m_folder.path("late.ratescope");
        {
            StudyStore store;
            store.open(path);
            RunController controller(catalog, datasets, &store, {.maximumActive = 1});
            QSignalSpy idle(&controller, &RunController::idle);
            const RunId id = controller.add(tinyConfig(m_data, "late"));
            controller.start(id);
            QVERIFY(idle.count() > 0 || idle.wait());
            QCOMPARE(controller.find(id)->state, RunState::Finished);
            QCOMPARE(controller.find(id)->stepCount(), std::uint64_t(20));
            QCOMPARE(controller.find(id)->length.steps, std::uint64_t(20));
            QVERIFY(store.close());
        }
        answers.release(); // the reading that nobody waits for any more
        const std::vector<RunRecord> runs = StudyFile(path, StudyFile::Access::Read).readRuns();
        QCOMPARE(runs.size(), std::size_t(1));
        QCOMPARE(runs[0].losses.size(), std::size_t(20));
        QCOMPARE(runs[0].length.epochSamples, 160U);
    }

    /// What is trained with counts, not what was looked at before.
    void aFolderWhoseDataAreReplaced() {
        const std::string data = writeTinyData(m_folder, "replaced");
        DataCatalog catalog(sourceDir("/resources"));
        DatasetStore datasets;
        RunController controller(catalog, datasets, nullptr, {.maximumActive = 1});
        const RunId id = controller.add(tinyConfig(data, "a"));
        QCOMPARE(controller.find(id)->length.steps, std::uint64_t(20));
        m_folder.write("replaced/train-images-idx3-ubyte", idxImages(400, 4, 5));
        m_folder.write("replaced/train-labels-idx1-ubyte", idxLabels(400));
        QSignalSpy idle(&controller, &RunController::idle);
        controller.start(id);
        QVERIFY(idle.wait());
        QCOMPARE(controller.find(id)->stepCount(), std::uint64_t(40));
        QCOMPARE(controller.find(id)->length.steps, std::uint64_t(40));
        QCOMPARE(controller.find(id)->length.epochSamples, 320U);
        QCOMPARE(catalog.info(data).trainCount, 400U);
    }

    /// One that a study from anybody names may be no disk at all.
    void pipesAreNotOpened() {
        const std::filesystem::path folder = m_folder.path("pipes");
        std::filesystem::create_directory(folder);
        for (const char* name : {"train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
                                 "t10k-labels-idx1-ubyte"})
            QCOMPARE(mkfifo((folder / name).c_str(), 0600), 0);
        DataCatalog catalog(sourceDir("/resources"));
        QVERIFY(hasText(errorOf([&] { catalog.info(folder.string()); }), "idx3-ubyte: is not an ordinary file"));
    }
};

QTEST_GUILESS_MAIN(TestDataCatalog)
#include "tst_data_catalog.moc"
