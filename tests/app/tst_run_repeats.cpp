// SPDX-License-Identifier: GPL-3.0-or-later
// A run under the controller is what the trainer makes of it alone: beside others, on any number of threads.
#include "tests/app/controller_fixture.h"
#include "tests/app/trained_alone.h"

using namespace ratescope;

class TestRunRepeats : public ControllerFixture {
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanup() { m_controller.reset(); }
    void asTheTrainerAlone_data();
    void asTheTrainerAlone();
    void stoppedEarly();
    void snapshots();
    void growingBatch();
    void settingsKeepGrowth();

private:
    /// A step of it is worth more than one thread, and its epochs are two steps.
    RunConfig large(const std::string& name, const std::string& layers = "dense 300, relu, dense 10") const {
        RunConfig config = tinyConfig(m_data, name);
        config.network = parseLayerList(layers);
        config.batchSize = 100;
        config.color = "#0072b2";
        return config;
    }

    std::vector<RunConfig> m_configs;
    std::vector<TrainedAlone> m_alone;
};

void TestRunRepeats::initTestCase() {
    RunConfig adam = large("adam", "conv2d 8, relu, dropout 0.25, flatten, dense 200, tanh, dense 10");
    adam.optimizer.type = "adam";
    adam.schedule = RunConfig::constantSchedule(0.01);
    adam.layerRates = {0.0, 1.0, 0.5};
    RunConfig mse = large("mse");
    mse.loss = Loss::Mse;
    mse.schedule = {"exponential", TimeUnit::Step, {}};
    mse.schedule.values.set("lr", 0.5);
    mse.schedule.values.set("gamma", 0.9);
    mse.schedule.batchGrowth = true;
    mse.schedule.maxBatch = 150;
    m_configs = {large("sgd"), adam, mse, tinyConfig(m_data, "tiny")};
    for (const RunConfig& config : m_configs) m_alone.push_back(trainAlone(config));
}

void TestRunRepeats::asTheTrainerAlone_data() {
    QTest::addColumn<int>("active");
    QTest::addColumn<unsigned>("threads");
    for (const int active : {1, 2, 8})
        for (const unsigned threads : {0U, 1U, 2U, 7U})
            QTest::addRow("%d at once, %u threads", active, threads) << active << threads;
}

void TestRunRepeats::asTheTrainerAlone() {
    QFETCH(const int, active);
    QFETCH(const unsigned, threads);
    const auto path = m_folder.path("r" + std::to_string(active) + std::to_string(threads));
    StudyStore store;
    store.open(path);
    m_controller = std::make_unique<RunController>(m_catalog, m_datasets, &store,
                                                   RunController::Options{.maximumActive = active, .threads = threads});
    std::vector<RunId> ids;
    for (int i = 0; i < 2; ++i) // each beside its like
        for (const RunConfig& config : m_configs) ids.push_back(m_controller->add(config));
    m_controller->startAll();
    QVERIFY(waitIdle());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const RunRecord& record = *run(ids[i]);
        const TrainedAlone& alone = m_alone[i % m_alone.size()];
        QVERIFY2(record.state == RunState::Finished, qPrintable(record.message));
        QVERIFY2(record.losses == alone.losses, record.config.name.c_str());
        QVERIFY2(record.result.test == alone.result.test, record.config.name.c_str());
        QVERIFY2(sameBits(store.weightsOf(ids[i]), alone.weights), record.config.name.c_str());
    }
    m_controller.reset();
}

void TestRunRepeats::stoppedEarly() {
    restart(8);
    RunConfig config = large("early");
    config.duration.epochs = 30;
    config.schedule = RunConfig::constantSchedule(3.0);
    config.earlyStopping =
        EarlyStoppingSpec{.monitor = Monitor::ValidationAccuracy, .patience = 2, .minimumDelta = 0.01};
    const RunId id = m_controller->add(config);
    m_controller->start(id);
    QVERIFY(waitIdle());
    const TrainedAlone alone = trainAlone(config);
    QCOMPARE(run(id)->state, RunState::StoppedEarly);
    QVERIFY(run(id)->losses == alone.losses && run(id)->stepCount() < 60);
    QVERIFY(run(id)->result.bestEpoch == alone.result.bestEpoch && run(id)->result.restoredBest);
    QVERIFY(run(id)->result.test == alone.result.test);
    QCOMPARE(run(id)->epochs.size(), *run(id)->result.bestEpoch + 2);
    QCOMPARE(run(id)->progress(), 1.0);
    m_controller->start(id); // it is over
    QCOMPARE(run(id)->state, RunState::StoppedEarly);
}

void TestRunRepeats::snapshots() {
    StudyStore store;
    store.open(m_folder.path("snapshots"));
    restart(8, &store);
    RunConfig config = large("cycles");
    config.duration = {5, 12};
    config.schedule = {"warm_restarts", TimeUnit::Step, {}};
    config.schedule.values.set("lr", 0.3);
    config.schedule.values.set("period", 4);
    config.snapshots = true;
    const RunId id = m_controller->add(config);
    m_controller->start(id);
    QVERIFY(waitIdle());
    const TrainedAlone alone = trainAlone(config);
    QVERIFY2(run(id)->state == RunState::Finished, qPrintable(run(id)->message));
    QCOMPARE(run(id)->result.snapshots.size(), std::size_t(3));
    for (std::size_t i = 0; i < 3; ++i) QCOMPARE(run(id)->result.snapshots[i].step, 4 * (i + 1));
    QVERIFY(run(id)->result.snapshots == alone.result.snapshots);
    QVERIFY(run(id)->result.ensemble && run(id)->result.ensemble == alone.result.ensemble);
    const RunWeights weights = store.weightsOf(id);
    QVERIFY(weights.snapshots.size() == 3 && sameBits(weights, alone.weights));
    QVERIFY(sameBits(weights.snapshots[2].weights, weights.last));
    QVERIFY(store.close());
    const RunRecord stored = readStudy(m_folder.path("snapshots")).at(0);
    QVERIFY(stored.result == run(id)->result);
    m_controller.reset();
}

void TestRunRepeats::growingBatch() {
    StudyStore store;
    store.open(m_folder.path("grows"));
    restart(8, &store);
    RunConfig config = tinyConfig(m_data, "grows");
    config.duration.epochs = 4;
    config.schedule = {"step", TimeUnit::Epoch, {}};
    for (const auto& [name, value] : {std::pair("lr", 0.1), {"factor", 0.5}, {"period", 1.0}})
        config.schedule.values.set(name, value);
    config.schedule.batchGrowth = true;
    config.schedule.maxBatch = 64;
    const RunId id = m_controller->add(config);
    QCOMPARE(run(id)->length.steps, std::uint64_t(10 + 5 + 3 + 3)); // batches of 16, 32, 64 and 64
    m_controller->start(id);
    QVERIFY(waitIdle());
    QCOMPARE(run(id)->stepCount(), std::uint64_t(21));
    QCOMPARE(run(id)->result.samples, std::uint64_t(640));
    QCOMPARE(run(id)->result.epochs, 4.0);
    QVERIFY((std::vector(run(id)->rates.begin() + 17, run(id)->rates.end()) ==
             std::vector{0.1, 0.05, 0.05, 0.05})); // as the batch grows no more
    QVERIFY(run(id)->losses == trainAlone(config).losses);
    QVERIFY(store.close());
    const RunRecord stored = readStudy(m_folder.path("grows")).at(0);
    QVERIFY(stored.length == run(id)->length && stored.length.grown);
    QVERIFY(stored.result == run(id)->result);
    m_controller.reset();
}

void TestRunRepeats::settingsKeepGrowth() {
    restart(8);
    RunConfig config = tinyConfig(m_data, "grows");
    config.schedule = {"cosine", TimeUnit::Step, {}};
    config.schedule.values.set("lr", 0.1);
    const RunId id = m_controller->add(config);
    QVERIFY(!run(id)->length.grown);
    config = run(id)->config;
    config.schedule.batchGrowth = true;
    config.schedule.maxBatch = 160;
    QVERIFY(m_controller->setConfig(id, config).empty());
    QVERIFY(run(id)->length.grown && run(id)->length.steps < 20);
    config.schedule.maxBatch = 161;
    QCOMPARE(m_controller->setConfig(id, config).at(0).place, std::string("schedule.max_batch"));
    config.schedule.batchGrowth = false;
    config.schedule.maxBatch = 0;
    QVERIFY(m_controller->setConfig(id, config).empty());
    QVERIFY((run(id)->length == RunLength{20, 10}));
}

QTEST_GUILESS_MAIN(TestRunRepeats)
#include "tst_run_repeats.moc"
