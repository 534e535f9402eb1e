// SPDX-License-Identifier: GPL-3.0-or-later
// The controller's runs stopped while they do something long: a huge batch, a disk that does not answer.
#include "tests/app/controller_fixture.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>

using namespace ratescope;

namespace {

/// A file that does not answer: a pipe that nobody writes to. What waits for it is let go at the end.
class SilentFile {
public:
    explicit SilentFile(std::filesystem::path path)
        : m_path(std::move(path)) {
        std::filesystem::remove(m_path);
        if (mkfifo(m_path.c_str(), 0600) != 0) qFatal("no pipe");
    }
    ~SilentFile() { std::ofstream(m_path).flush(); }

private:
    std::filesystem::path m_path;
};

} // namespace

class TestRunControllerStop : public ControllerFixture {
    Q_OBJECT

private slots:
    void init() { restart(8); }

    void stopsInsideABatch() {
        TestFolder folder;
        folder.writeDataset(20'000, 10, 12, 12);
        RunConfig config = tinyConfig(folder.path().string(), "large");
        config.network = parseLayerList("conv2d 32 3, relu, conv2d 32 3, relu, flatten, dense 10");
        config.validation = 0.0;
        config.batchSize = 20'000;
        const RunId large = m_controller->add(config);
        // The order takes hold as the first batch begins, and is heard of before its end.
        QSignalSpy changed(m_controller.get(), &RunController::rateChanged);
        m_controller->start(large);
        QVERIFY(m_controller->steer(large, RunConfig::constantSchedule(0.02)).empty());
        QVERIFY(changed.wait(patience));
        QCOMPARE(run(large)->stepCount(), std::uint64_t(0));
        m_controller->stopAll();
        m_controller->joinAll();
        QCOMPARE(run(large)->state, RunState::Cancelled);
        QCOMPARE(run(large)->stepCount(), std::uint64_t(0));
        QCOMPARE(run(large)->result.steps, std::uint64_t(0));
        QCOMPARE(run(large)->result.samples, std::uint64_t(0));
    }

    void stopsWhileLoading() {
        const std::string data = writeTinyData(m_folder, "silent");
        std::vector<RunId> ids;
        for (int i = 0; i < 3; ++i) ids.push_back(m_controller->add(tinyConfig(data)));
        const SilentFile silent(data + "/train-images-idx3-ubyte");
        m_controller->startAll();
        m_controller->stopAll();
        m_controller->joinAll();
        for (const RunId id : ids) {
            QCOMPARE(run(id)->state, RunState::Cancelled);
            QCOMPARE(run(id)->stepCount(), std::uint64_t(0));
        }
    }

    void stopsWhileTrainingTheParentAgain() {
        RunConfig parent = tinyConfig(m_data, "parent");
        parent.duration.steps = 3000;
        const RunId id = m_controller->add(parent);
        m_controller->start(id);
        QVERIFY(waitIdle());
        m_controller->fork(id, 2990);
        const RunId child = m_controller->runs().back()->id;
        m_controller->start(child);
        m_controller->stopAll();
        m_controller->joinAll();
        QCOMPARE(run(child)->state, RunState::Cancelled);
        QCOMPARE(run(child)->stepCount(), std::uint64_t(2990)); // that it shares
        QCOMPARE(run(child)->result.steps, std::uint64_t(2990));
    }
};

QTEST_GUILESS_MAIN(TestRunControllerStop)
#include "tst_run_controller_stop.moc"
