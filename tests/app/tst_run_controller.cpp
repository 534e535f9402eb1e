// SPDX-License-Identifier: GPL-3.0-or-later
// Runs that train: from start to end, stopped, failed, many at once.
#include "app/study/run_config_json.h"
#include "tests/app/controller_fixture.h"

#include <cmath>

using namespace ratescope;

class TestRunController : public ControllerFixture {
    Q_OBJECT

private slots:
    void init() { restart(8); }
    void cleanup() { m_controller.reset(); }

    void finishes();
    void repeats();
    void besideOthersTheSame();
    void rangeTest();
    void pausesAndResumes();
    void stops();
    void stopsWhilePaused();
    void waitsItsTurn();
    void waitingRunsAreLeftReady();
    void divergenceIsAResult();
    void missingDataFails();
    void faultyDataFails();
    void stopAndJoin();
    void joinKeepsResults();
    void destroyedWhileRunning();
    void storesWhatHappens();
};

void TestRunController::finishes() {
    const RunId id = add("a");
    QCOMPARE(run(id)->state, RunState::Ready);
    QVERIFY((run(id)->length == RunLength{20, 10}));
    QSignalSpy changed(m_controller.get(), &RunController::runChanged);
    QSignalSpy steps(m_controller.get(), &RunController::stepsAppended);
    m_controller->start(id);
    QCOMPARE(run(id)->state, RunState::Running);
    QVERIFY(m_controller->anyActive());
    m_controller->start(id); // a second time is none
    QVERIFY(waitIdle());
    const RunRecord& record = *run(id);
    QCOMPARE(record.state, RunState::Finished);
    QCOMPARE(record.stepCount(), std::uint64_t(20));
    QCOMPARE(record.rates.size(), std::size_t(20));
    QCOMPARE(record.result.steps, std::uint64_t(20));
    QCOMPARE(record.result.samples, std::uint64_t(320));
    QCOMPARE(record.epochs.size(), std::size_t(2));
    QVERIFY(record.epochs[1].epoch == 2 && record.epochs[1].step == 20 && record.epochs[1].validation);
    QVERIFY(record.result.test && record.result.test->loss > 0.0);
    QVERIFY(record.trainSeconds == record.result.trainSeconds && record.trainSeconds > 0.0);
    QVERIFY(record.message.isEmpty());
    for (const double rate : record.rates) QCOMPARE(rate, 0.1);
    QVERIFY(!steps.isEmpty());
    QCOMPARE(changed.size(), 2);
    m_controller->start(id); // what is over stays over
    QCOMPARE(run(id)->state, RunState::Finished);
}

void TestRunController::repeats() {
    const RunId first = add("a");
    m_controller->start(first);
    QVERIFY(waitIdle());
    RunConfig longer = tinyConfig(m_data, "c");
    longer.seed = 2;
    const RunId second = add("b");
    const RunId other = m_controller->add(longer);
    m_controller->startAll();
    QVERIFY(waitIdle());
    QVERIFY(run(first)->losses == run(second)->losses);
    QVERIFY(run(first)->result.test == run(second)->result.test);
    QVERIFY(run(first)->epochs[1].train == run(second)->epochs[1].train);
    QVERIFY(run(first)->losses != run(other)->losses);
}

void TestRunController::besideOthersTheSame() {
    std::vector<RunId> ids;
    for (int i = 0; i < 12; ++i) ids.push_back(add("a"));
    m_controller->startAll();
    QVERIFY(waitIdle());
    for (const RunId id : ids) QVERIFY(run(id)->losses == run(ids[0])->losses && run(id)->stepCount() == 20);
}

void TestRunController::rangeTest() {
    RunConfig config = tinyConfig(m_data, "find");
    config.rangeTest = RangeTestSpec{.from = 1e-4, .to = 1e-2, .steps = 30};
    const RunId id = m_controller->add(config);
    QCOMPARE(run(id)->length.steps, std::uint64_t(30));
    m_controller->start(id);
    QVERIFY(waitIdle());
    QCOMPARE(run(id)->state, RunState::Finished);
    QCOMPARE(run(id)->stepCount(), std::uint64_t(30));
    QCOMPARE(run(id)->rates.front(), 1e-4);
    QVERIFY(!run(id)->result.test && run(id)->epochs.empty());
    QCOMPARE(rangeCurveOf(*run(id)).slopes.size(), std::size_t(30));
}

void TestRunController::pausesAndResumes() {
    RunConfig config = tinyConfig(m_data, "a");
    config.duration.epochs = 300;
    const RunId whole = m_controller->add(config);
    const RunId interrupted = m_controller->add(config);
    m_controller->start(interrupted);
    m_controller->pause(interrupted);
    QCOMPARE(run(interrupted)->state, RunState::Paused);
    m_controller->pause(interrupted);
    m_controller->start(interrupted); // is no way to go on
    QCOMPARE(run(interrupted)->state, RunState::Paused);
    QVERIFY(m_controller->anyActive());
    m_controller->start(whole);
    QSignalSpy changed(m_controller.get(), &RunController::runChanged);
    while (!isOver(run(whole)->state)) QVERIFY(changed.wait(patience));
    QCOMPARE(run(interrupted)->state, RunState::Paused);
    QVERIFY(run(interrupted)->stepCount() < 3000);
    m_controller->resume(interrupted);
    QCOMPARE(run(interrupted)->state, RunState::Running);
    QVERIFY(waitIdle());
    QCOMPARE(run(interrupted)->state, RunState::Finished);
    QCOMPARE(run(interrupted)->stepCount(), std::uint64_t(3000));
    QVERIFY(run(interrupted)->losses == run(whole)->losses); // as if nothing had been
    QVERIFY(run(interrupted)->result.test == run(whole)->result.test);
}

void TestRunController::stops() {
    const RunId id = addEndless("a");
    m_controller->start(id);
    QVERIFY(waitForSteps(id));
    m_controller->stop(id);
    QVERIFY(waitIdle());
    QCOMPARE(run(id)->state, RunState::Cancelled);
    QVERIFY(run(id)->stepCount() > 0 && run(id)->stepCount() < endless);
    QCOMPARE(run(id)->stepCount(), run(id)->result.steps);
    QVERIFY(!run(id)->result.test);
    m_controller->resume(id);
    QCOMPARE(run(id)->state, RunState::Cancelled);
}

void TestRunController::stopsWhilePaused() {
    const RunId id = addEndless("a");
    m_controller->start(id);
    QVERIFY(waitForSteps(id));
    m_controller->pauseAll();
    QCOMPARE(run(id)->state, RunState::Paused);
    m_controller->stop(id);
    QVERIFY(waitIdle());
    QCOMPARE(run(id)->state, RunState::Cancelled);
    QCOMPARE(run(id)->stepCount(), run(id)->result.steps);
}

void TestRunController::waitsItsTurn() {
    restart(1);
    const RunId a = add("a");
    const RunId b = add("b");
    const RunId c = add("c");
    std::vector<RunId> ended;
    connect(m_controller.get(), &RunController::runChanged, this, [&](RunId id) {
        int active = 0;
        for (const RunPointer& one : m_controller->runs()) active += one->state == RunState::Running;
        QVERIFY(active <= 1);
        if (isOver(run(id)->state)) ended.push_back(id);
    });
    m_controller->start(c);
    m_controller->start(a);
    m_controller->start(b);
    QCOMPARE(run(c)->state, RunState::Running);
    QCOMPARE(run(a)->state, RunState::Waiting);
    QCOMPARE(run(b)->state, RunState::Waiting);
    m_controller->pause(b); // is ready again, and starts no more by itself
    QCOMPARE(run(b)->state, RunState::Ready);
    QVERIFY(waitIdle());
    QVERIFY((ended == std::vector{c, a}));
    QCOMPARE(run(b)->state, RunState::Ready);
    m_controller->startAll();
    QVERIFY(waitIdle());
    QVERIFY((ended == std::vector{c, a, b}));
    QVERIFY(run(a)->losses == run(b)->losses);
}

void TestRunController::waitingRunsAreLeftReady() {
    restart(1);
    const RunId a = addEndless("a");
    const RunId b = add("b");
    m_controller->startAll();
    QVERIFY(waitForSteps(a));
    m_controller->stopAll();
    QVERIFY(waitIdle());
    QCOMPARE(run(a)->state, RunState::Cancelled);
    QCOMPARE(run(b)->state, RunState::Ready);
    QCOMPARE(run(b)->stepCount(), std::uint64_t(0));
}

void TestRunController::divergenceIsAResult() {
    RunConfig config = tinyConfig(m_data, "wild", 1e6);
    config.network = parseLayerList("dense 30, relu, dense 30, relu, dense 10");
    config.duration.epochs = 50;
    const RunId wild = m_controller->add(config);
    const RunId tame = add("tame");
    m_controller->startAll();
    QVERIFY(waitIdle());
    QCOMPARE(run(wild)->state, RunState::Diverged);
    QVERIFY(run(wild)->result.divergedAt);
    QVERIFY(run(wild)->stepCount() > 0 && run(wild)->stepCount() <= *run(wild)->result.divergedAt);
    QVERIFY(run(wild)->message.contains(QString::number(*run(wild)->result.divergedAt)));
    for (const float loss : run(wild)->losses) QVERIFY(std::isfinite(loss));
    QVERIFY(!run(wild)->result.test);
    QCOMPARE(run(tame)->state, RunState::Finished);
    const RunId again = add("again");
    m_controller->start(again);
    QVERIFY(waitIdle());
    QVERIFY(run(again)->losses == run(tame)->losses);
}

void TestRunController::missingDataFails() {
    const std::string nowhere = m_folder.path("nowhere").string();
    const RunId id = m_controller->add(tinyConfig(nowhere, "a"));
    const RunId good = add("b");
    m_controller->startAll();
    QVERIFY(waitIdle());
    QCOMPARE(run(id)->state, RunState::Failed);
    QVERIFY2(run(id)->message.contains(QString::fromStdString(nowhere)), qPrintable(run(id)->message));
    QCOMPARE(run(id)->stepCount(), std::uint64_t(0));
    QCOMPARE(run(good)->state, RunState::Finished);
}

void TestRunController::faultyDataFails() {
    // The headers are fine: it comes out only when the pixels are read.
    const std::string data = writeTinyData(m_folder, "cut");
    std::filesystem::resize_file(data + "/train-images-idx3-ubyte", 500);
    RunConfig big = tinyConfig(m_data, "big");
    const RunId cut = m_controller->add(tinyConfig(data, "cut"));
    big.batchSize = 1000;
    const RunId tooBig = m_controller->add(big);
    m_controller->startAll();
    QVERIFY(waitIdle());
    QCOMPARE(run(cut)->state, RunState::Failed);
    QVERIFY2(run(cut)->message.contains(QStringLiteral("train-images-idx3-ubyte")), qPrintable(run(cut)->message));
    QCOMPARE(run(tooBig)->state, RunState::Failed);
    QVERIFY2(run(tooBig)->message.startsWith(QStringLiteral("batch_size: is 1000")), qPrintable(run(tooBig)->message));
}

void TestRunController::stopAndJoin() {
    restart(2);
    std::vector<RunId> ids;
    for (int i = 0; i < 4; ++i) ids.push_back(addEndless("a"));
    m_controller->startAll();
    QVERIFY(waitForSteps(ids[0]));
    QVERIFY(waitForSteps(ids[1]));
    m_controller->pause(ids[1]);
    m_controller->stopAll();
    m_controller->joinAll();
    QVERIFY(!m_controller->anyActive());
    for (const RunId id : {ids[0], ids[1]}) {
        QCOMPARE(run(id)->state, RunState::Cancelled);
        QVERIFY(run(id)->stepCount() > 0);
        QCOMPARE(run(id)->result.steps, run(id)->stepCount());
    }
    QCOMPARE(run(ids[2])->state, RunState::Ready);
    m_controller->joinAll();
    QCoreApplication::processEvents();
    const RunId after = add("after");
    m_controller->start(after);
    QVERIFY(waitIdle());
    QCOMPARE(run(after)->state, RunState::Finished);
}

void TestRunController::joinKeepsResults() {
    const RunId id = add("a");
    m_controller->start(id);
    m_controller->joinAll(); // nobody asked it to stop: it runs to its end
    QCOMPARE(run(id)->stepCount(), std::uint64_t(20));
    QCOMPARE(run(id)->epochs.size(), std::size_t(2));
    QCOMPARE(run(id)->state, RunState::Finished);
    QVERIFY(run(id)->result.test);
}

void TestRunController::destroyedWhileRunning() {
    for (int i = 0; i < 3; ++i) {
        restart(2);
        const RunId a = addEndless("a");
        addEndless("b");
        addEndless("c");
        m_controller->startAll();
        if (i > 0) QVERIFY(waitForSteps(a)); // else while they load
        if (i > 1) m_controller->pauseAll();
        m_controller.reset();
        QCoreApplication::processEvents();
    }
}

void TestRunController::storesWhatHappens() {
    const auto path = m_folder.path("stored.ratescope");
    {
        StudyStore store;
        store.open(path);
        restart(8, &store);
        const RunId a = add("a");
        const RunId gone = add("gone");
        const RunId stopped = addEndless("stopped");
        m_controller->startAll();
        QVERIFY(waitForSteps(stopped));
        m_controller->stop(stopped);
        QVERIFY(waitIdle());
        m_controller->remove(gone);
        m_controller->setVisible(a, false);
        RunRecord foreign = *run(a);
        m_controller->adopt(foreign, false);
        const auto runs = m_controller->runs();
        QVERIFY(store.close());
        const auto found = readStudy(path);
        QCOMPARE(found.size(), std::size_t(3));
        for (std::size_t i = 0; i < 3; ++i) {
            QCOMPARE(toJson(found[i].config).dump(), toJson(runs[i]->config).dump());
            QVERIFY(found[i].losses == runs[i]->losses && found[i].rates == runs[i]->rates);
            QVERIFY(found[i].epochs == runs[i]->epochs);
            QVERIFY(found[i].state == runs[i]->state && found[i].result == runs[i]->result);
        }
        QVERIFY(!found[0].visible);
        m_controller.reset();
    }
    QCOMPARE(readStudy(path).size(), std::size_t(3));
}

QTEST_GUILESS_MAIN(TestRunController)
#include "tst_run_controller.moc"
