// SPDX-License-Identifier: GPL-3.0-or-later
// Runs that start from what others ended with: who goes first, and with which weights.
#include "tests/app/controller_fixture.h"
#include "tests/app/trained_alone.h"

using namespace ratescope;

class TestRunSources : public ControllerFixture {
    Q_OBJECT

private slots:
    void init() { restart(8); }
    void cleanup() {
        m_controller.reset();
        m_store.reset();
    }

    void startsWithTheSourcesLastWeights_data();
    void startsWithTheSourcesLastWeights();
    void sourceFirst_data();
    void sourceFirst();
    void chain();
    void startsFromTheBestWeights();
    void stoppedSourceLeavesItsWeights();
    void rangeTestStartsFromARun();
    void sourceThatIsOver();
    void waitingIsGivenUp();
    void renamedSource_data();
    void renamedSource();
    void renamedOnAdding();
    void fromAStudy_data();
    void fromAStudy();
    void fromAFile();

private:
    RunConfig config(const std::string& name, const std::string& source = {}) const {
        RunConfig config = tinyConfig(m_data, name);
        config.network = parseLayerList("dense 12, tanh, dense 10");
        config.color = "#0072b2";
        if (!source.empty()) config.startFrom = StartFromSpec{source, {}, false};
        return config;
    }
    RunId add(const std::string& name, const std::string& source = {}) {
        return m_controller->add(config(name, source));
    }
    void openStore(const std::string& name) {
        m_store = std::make_unique<StudyStore>();
        m_store->open(m_folder.path(name));
    }

    std::unique_ptr<StudyStore> m_store;
};

void TestRunSources::startsWithTheSourcesLastWeights_data() {
    QTest::addColumn<bool>("stored");
    QTest::addColumn<bool>("newHead");
    QTest::newRow("with a study") << true << false;
    QTest::newRow("without a study") << false << false;
    QTest::newRow("new head, with a study") << true << true;
    QTest::newRow("new head, without a study") << false << true;
}

void TestRunSources::startsWithTheSourcesLastWeights() {
    QFETCH(const bool, stored);
    QFETCH(const bool, newHead);
    if (stored) openStore(std::string("first") + (newHead ? "1" : "0"));
    restart(8, m_store.get());
    RunConfig second = config("second", "first");
    second.startFrom->newHead = newHead;
    second.seed = 2; // other batches, and another head
    const RunId dependent = m_controller->add(second);
    const RunId source = add("first");
    m_controller->start(dependent); // which starts its source as well
    QCOMPARE(run(source)->state, RunState::Running);
    QCOMPARE(run(dependent)->state, RunState::Waiting);
    QVERIFY(waitIdle());
    QCOMPARE(run(source)->state, RunState::Finished);
    QVERIFY2(run(dependent)->state == RunState::Finished, qPrintable(run(dependent)->message));

    const TrainedAlone first = trainAlone(config("first"));
    QVERIFY(run(source)->losses == first.losses);
    const TrainedAlone expected = trainAlone(second, first.weights.last);
    QVERIFY(run(dependent)->losses == expected.losses);
    QVERIFY(run(dependent)->result.test == expected.result.test);
    QVERIFY(expected.losses[0] != trainAlone(second).losses[0]);
    RunConfig other = second;
    other.startFrom->newHead = !newHead;
    QVERIFY(expected.losses[0] != trainAlone(other, first.weights.last).losses[0]);
    if (!stored) return;
    QVERIFY(sameBits(m_store->weightsOf(source), first.weights));
    QVERIFY(sameBits(m_store->weightsOf(dependent), expected.weights));
}

void TestRunSources::sourceFirst_data() {
    QTest::addColumn<int>("active");
    QTest::addColumn<bool>("sourceLast");
    for (const int active : {1, 2, 8})
        for (const bool last : {false, true})
            QTest::addRow("%d at once, the source %s", active, last ? "last" : "first") << active << last;
}

void TestRunSources::sourceFirst() {
    QFETCH(const int, active);
    QFETCH(const bool, sourceLast);
    restart(active);
    RunId source = 0;
    if (!sourceLast) source = add("base");
    std::vector<RunId> dependents;
    for (int i = 0; i < 4; ++i) dependents.push_back(add("d", "base"));
    if (sourceLast) source = add("base");
    std::vector<RunId> begun;
    connect(m_controller.get(), &RunController::runChanged, this, [&](RunId id) {
        if (run(id)->state == RunState::Running) begun.push_back(id);
        int running = 0;
        for (const RunPointer& one : m_controller->runs()) running += one->state == RunState::Running;
        QVERIFY(running <= active);
        if (id != source && run(id)->state == RunState::Running) QCOMPARE(run(source)->state, RunState::Finished);
    });
    m_controller->startAll();
    QVERIFY(waitIdle());
    QCOMPARE(begun.size(), std::size_t(5));
    QCOMPARE(begun[0], source);
    const TrainedAlone expected = trainAlone(config("d", "base"), trainAlone(config("base")).weights.last);
    for (const RunId id : dependents)
        QVERIFY(run(id)->state == RunState::Finished && run(id)->losses == expected.losses);
}

void TestRunSources::chain() {
    restart(1);
    const RunId c = add("c", "b");
    const RunId b = add("b", "a");
    const RunId d = add("d", "c");
    const RunId a = add("a");
    m_controller->start(d);
    QCOMPARE(run(a)->state, RunState::Running);
    for (const RunId id : {b, c, d}) QCOMPARE(run(id)->state, RunState::Waiting);
    QVERIFY(waitIdle());
    std::vector<Tensor> weights;
    for (const RunId id : {a, b, c, d}) {
        const TrainedAlone alone = trainAlone(run(id)->config, weights);
        QVERIFY(run(id)->state == RunState::Finished && run(id)->losses == alone.losses);
        weights = alone.weights.last;
    }
}

void TestRunSources::startsFromTheBestWeights() {
    openStore("best");
    restart(8, m_store.get());
    RunConfig first = config("first");
    first.schedule = RunConfig::constantSchedule(3.0); // its validation loss goes up and down
    first.duration.epochs = 30;
    first.earlyStopping = EarlyStoppingSpec{.patience = 2};
    const RunId source = m_controller->add(first);
    const RunId dependent = add("second", "first");
    m_controller->startAll();
    QVERIFY(waitIdle());
    const TrainedAlone alone = trainAlone(first);
    QCOMPARE(run(source)->state, RunState::StoppedEarly);
    QVERIFY(run(source)->result.restoredBest && *run(source)->result.bestEpoch < run(source)->epochs.size());
    QVERIFY(sameBits(m_store->weightsOf(source), alone.weights));
    QCOMPARE(run(dependent)->state, RunState::Finished);
    QVERIFY(run(dependent)->losses == trainAlone(config("second", "first"), alone.weights.last).losses);
}

void TestRunSources::stoppedSourceLeavesItsWeights() {
    openStore("stopped");
    restart(8, m_store.get());
    const RunId source = addEndless("endless");
    RunConfig second = config("second", "endless");
    second.network = run(source)->config.network;
    const RunId dependent = m_controller->add(second);
    m_controller->startAll();
    QVERIFY(waitForSteps(source));
    QCOMPARE(run(dependent)->state, RunState::Waiting);
    m_controller->stop(source);
    QVERIFY(waitIdle());
    QCOMPARE(run(source)->state, RunState::Cancelled);
    QCOMPARE(run(dependent)->state, RunState::Finished);
    QVERIFY(run(dependent)->losses == trainAlone(second, m_store->weightsOf(source).last).losses);
}

void TestRunSources::rangeTestStartsFromARun() {
    const RunId source = add("a");
    RunConfig find = config("find", "a");
    find.rangeTest = RangeTestSpec{.from = 1e-4, .to = 0.1, .steps = 20};
    const RunId test = m_controller->add(find);
    m_controller->start(test);
    QVERIFY(waitIdle());
    QCOMPARE(run(source)->state, RunState::Finished);
    QCOMPARE(run(test)->state, RunState::Finished);
    QVERIFY(run(test)->losses == trainAlone(find, trainAlone(config("a")).weights.last).losses);
}

void TestRunSources::sourceThatIsOver() {
    openStore("over");
    restart(8, m_store.get());
    const RunId source = add("a");
    m_controller->start(source);
    QVERIFY(waitIdle());
    const RunId dependent = add("b", "a"); // added when its source's weights are on disk alone
    m_controller->start(dependent);
    QCOMPARE(run(dependent)->state, RunState::Running);
    QVERIFY(waitIdle());
    QVERIFY(run(dependent)->losses == trainAlone(config("b", "a"), m_store->weightsOf(source).last).losses);
}

void TestRunSources::waitingIsGivenUp() {
    const RunId source = addEndless("endless");
    RunConfig second = config("second", "endless");
    second.network = run(source)->config.network;
    const RunId dependent = m_controller->add(second);
    m_controller->start(dependent);
    m_controller->pause(dependent);
    QCOMPARE(run(dependent)->state, RunState::Ready);
    m_controller->start(dependent);
    m_controller->stop(dependent);
    QCOMPARE(run(dependent)->state, RunState::Ready);
    QCOMPARE(run(source)->state, RunState::Running);
    m_controller->pause(source);
    m_controller->start(dependent); // a source that pauses is waited for, and left alone
    QCOMPARE(run(source)->state, RunState::Paused);
    QCOMPARE(run(dependent)->state, RunState::Waiting);
    m_controller->stopAll();
    QVERIFY(waitIdle());
    QCOMPARE(run(source)->state, RunState::Cancelled);
    QCOMPARE(run(dependent)->state, RunState::Ready);
}

void TestRunSources::renamedSource_data() {
    QTest::addColumn<int>("when");
    QTest::newRow("before it starts") << 0;
    QTest::newRow("while it runs and the other waits") << 1;
    QTest::newRow("when it is over") << 2;
}

void TestRunSources::renamedSource() {
    QFETCH(const int, when);
    openStore("renamed" + std::to_string(when));
    restart(8, m_store.get());
    const RunId source = addEndless("base");
    RunConfig second = config("second", "base");
    second.network = run(source)->config.network;
    const RunId dependent = m_controller->add(second);
    const auto rename = [&] {
        RunConfig renamed = run(source)->config;
        renamed.name = "größer";
        QSignalSpy changed(m_controller.get(), &RunController::runChanged);
        QVERIFY(m_controller->setConfig(source, renamed).empty());
        QCOMPARE(run(dependent)->config.startFrom->run, std::string("größer"));
        QVERIFY(changed.contains(QVariantList{dependent})); // whoever shows it shows the new name
    };
    if (when == 0) rename();
    m_controller->start(when == 2 ? source : dependent);
    QVERIFY(waitForSteps(source));
    if (when == 1) rename();
    m_controller->stop(source);
    QVERIFY(waitIdle());
    if (when == 2) {
        rename();
        m_controller->start(dependent);
        QVERIFY(waitIdle());
    }
    QVERIFY2(run(dependent)->state == RunState::Finished, qPrintable(run(dependent)->message));
    QVERIFY(run(dependent)->losses == trainAlone(second, m_store->weightsOf(source).last).losses);
    QVERIFY(m_store->close());
    QCOMPARE(readStudy(m_folder.path("renamed" + std::to_string(when))).at(1).config.startFrom->run,
             std::string("größer"));
}

void TestRunSources::renamedOnAdding() {
    // As an experiment is added twice: the second time its runs get other names, and go on to know each other.
    std::vector<RunId> all;
    for (int i = 0; i < 2; ++i) {
        std::vector<RunId> ids;
        std::map<std::string, std::string> names;
        for (const auto& [name, source] : {std::pair("b", "a"), {"a", ""}, {"a 2", "b"}}) {
            ids.push_back(add(name, source));
            names[name] = run(ids.back())->config.name;
        }
        m_controller->renameSources(ids, names);
        all.insert(all.end(), ids.begin(), ids.end());
    }
    std::string text;
    for (const RunId id : all)
        text += run(id)->config.name + (run(id)->config.startFrom ? '<' + run(id)->config.startFrom->run : "") + '|';
    QCOMPARE(text, std::string("b<a|a|a 2<b|b 2<a 3|a 3|a 4<b 2|"));
}

void TestRunSources::fromAStudy_data() {
    QTest::addColumn<bool>("attached");
    QTest::newRow("gone on in") << true;
    QTest::newRow("overlaid as a copy") << false;
}

void TestRunSources::fromAStudy() {
    QFETCH(const bool, attached);
    const auto path = m_folder.path(attached ? "attached" : "overlaid");
    openStore(path.filename().string());
    restart(8, m_store.get());
    m_controller->start(add("a"));
    QVERIFY(waitIdle());
    QVERIFY(m_store->close());
    m_controller.reset();

    m_store = std::make_unique<StudyStore>();
    m_store->open(m_folder.path(attached ? "untitled1" : "untitled2"));
    restart(8, m_store.get());
    RunRecord stored = readStudy(path).at(0);
    const StudyFile::Row row = stored.id;
    const RunId source = m_controller->adopt(std::move(stored), attached);
    if (attached) m_store->attach(path, {{source, row}}, m_controller->runs());
    const RunId dependent = add("b", "a");
    m_controller->start(dependent);
    QVERIFY(waitIdle());
    QVERIFY2(run(dependent)->state == RunState::Finished, qPrintable(run(dependent)->message));
    QVERIFY(run(dependent)->losses == trainAlone(config("b", "a"), trainAlone(config("a")).weights.last).losses);
}

void TestRunSources::fromAFile() {
    const TrainedAlone first = trainAlone(config("a"));
    const auto path = m_folder.path("weights.safetensors");
    writeText(path, writeSafetensors(first.weights.last));
    RunConfig second = config("b");
    second.startFrom = StartFromSpec{{}, path.string(), false};
    const RunId id = m_controller->add(second);
    m_controller->start(id);
    QVERIFY(waitIdle());
    QVERIFY2(run(id)->state == RunState::Finished, qPrintable(run(id)->message));
    QVERIFY(run(id)->losses == trainAlone(second, first.weights.last).losses);
}

QTEST_GUILESS_MAIN(TestRunSources)
#include "tst_run_sources.moc"
