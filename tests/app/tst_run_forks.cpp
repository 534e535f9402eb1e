// SPDX-License-Identifier: GPL-3.0-or-later
// Runs that are steered by hand and forked, through the controller and a study.
#include "tests/app/controller_fixture.h"
#include "tests/app/trained_alone.h"

#include "app/study/study_file.h"
#include "core/schedule/handles.h"

using namespace ratescope;

namespace {

bool sameCurve(const RunRecord& a, const RunRecord& b) { return a.losses == b.losses && a.rates == b.rates; }

} // namespace

class TestRunForks : public ControllerFixture {
    Q_OBJECT

private slots:
    void init() { restart(); }
    void cleanup() {
        m_controller.reset();
        m_store.reset();
    }

    void withoutAChangeItIsTheParentsCurve_data();
    void withoutAChangeItIsTheParentsCurve();
    void forkOfAForkTrainedAgain();
    void withinWhatItsParentShares();
    void ancestorsThatAreGone();
    void stoppedWhileTrainedAgain();
    void whileTheParentGoesOn();
    void trainedAgainWhileTheParentGoesOn();
    void whilePaused();
    void fromTheEndOn();
    void onlyWhatMayDiffer();
    void whatCannotBeForked();
    void parentsThatWillNotDo();
    void fromAnExperiment();
    void steeredByHand();
    void childOfASteeredRun();
    void storedAndReadAgain();
    void statesAreThinnedOut();
    void aRunOfManyEpochsKeepsSome();
    void drivenRatesAreASchedule();

private:
    void restart(StudyStore* store = nullptr) {
        m_controller = std::make_unique<RunController>(
            m_catalog, m_datasets, store, RunController::Options{.maximumActive = 4, .threads = 1, .checkpoints = true});
    }
    RunConfig config(const std::string& name = "base") const {
        RunConfig made = tinyConfig(m_data, name, 0.05);
        made.network = parseLayerList("dense 12, tanh, dropout 0.2, dense 10");
        made.optimizer.type = "adam";
        made.schedule.type = "cosine";
        made.schedule.values.set("lr", 0.03);
        made.duration.epochs = 6;
        return made;
    }
    RunId forkOf(RunId parent, std::optional<std::uint64_t> step) {
        QSignalSpy forked(m_controller.get(), &RunController::forked);
        m_controller->fork(parent, step);
        if (forked.isEmpty() && !forked.wait(patience)) return 0;
        return forked.last()[1].value<RunId>();
    }
    std::unique_ptr<StudyStore> m_store;
};

void TestRunForks::withoutAChangeItIsTheParentsCurve_data() {
    QTest::addColumn<quint64>("share"); // of the parent's steps, in percent
    QTest::addColumn<bool>("kept");
    for (const quint64 share : {0, 17, 50, 83, 99}) {
        QTest::addRow("at %llu %%, kept", share) << share << true;
        QTest::addRow("at %llu %%, trained again", share) << share << false;
    }
}

void TestRunForks::withoutAChangeItIsTheParentsCurve() {
    QFETCH(const quint64, share);
    QFETCH(const bool, kept);
    const RunId parent = trained(config());
    std::uint64_t step = run(parent)->length.steps * share / 100;
    const auto states = m_controller->checkpoints().stepsOf(parent);
    QCOMPARE(states.size(), std::size_t(6)); // one an epoch
    if (kept) step = *(std::ranges::upper_bound(states, step) - (share > 20 ? 1 : 0));
    if (!kept) m_controller->checkpoints().drop(parent);
    if (kept && step == run(parent)->length.steps) return;
    const RunId child = forkOf(parent, step);
    QVERIFY(child);
    QCOMPARE(run(child)->config.fork, std::optional(ForkSpec{"base", step}));
    QCOMPARE(run(child)->stepCount(), step);
    m_controller->start(child);
    QVERIFY(waitIdle());
    QVERIFY(run(child)->state == RunState::Finished);
    QVERIFY(sameCurve(*run(parent), *run(child)));
    auto epochs = run(child)->epochs;
    auto expected = run(parent)->epochs;
    for (auto* list : {&epochs, &expected})
        for (EpochMetrics& epoch : *list) epoch.seconds = 0.0;
    QVERIFY(epochs == expected);
    QVERIFY(run(child)->result.test == run(parent)->result.test);
}

void TestRunForks::forkOfAForkTrainedAgain() {
    const RunId parent = trained(config());
    const RunId child = forkOf(parent, 21);
    RunConfig changed = run(child)->config;
    changed.schedule = RunConfig::constantSchedule(0.005);
    QVERIFY(m_controller->setConfig(child, changed).empty());
    m_controller->start(child);
    QVERIFY(waitIdle());
    for (std::size_t i = 21; i < run(child)->stepCount(); ++i) QCOMPARE(run(child)->rates[i], 0.005);
    const std::uint64_t later = run(child)->stepCount() - 3;
    m_controller->checkpoints().drop(parent);
    m_controller->checkpoints().drop(child);
    const RunId grandchild = forkOf(child, later);
    m_controller->start(grandchild);
    QVERIFY(waitIdle());
    QVERIFY(run(grandchild)->state == RunState::Finished);
    QVERIFY(sameCurve(*run(child), *run(grandchild)));
}

void TestRunForks::withinWhatItsParentShares() {
    const RunId parent = trained(config());
    const RunId child = forkOf(parent, 21);
    m_controller->start(child);
    QVERIFY(waitIdle());
    for (const std::uint64_t step : {0, 7, 21}) {
        m_controller->checkpoints().drop(parent);
        m_controller->checkpoints().drop(child);
        const RunId grandchild = forkOf(child, step);
        m_controller->start(grandchild);
        QVERIFY(waitIdle());
        QVERIFY2(run(grandchild)->state == RunState::Finished, qPrintable(run(grandchild)->message));
        QVERIFY(sameCurve(*run(parent), *run(grandchild)));
    }
}

// Without them a state that is not kept cannot be had again; another run of the name is none of them.
void TestRunForks::ancestorsThatAreGone() {
    const RunId parent = trained(config());
    const RunId child = forkOf(parent, 21);
    m_controller->start(child);
    QVERIFY(waitIdle());
    m_controller->remove(parent);
    m_controller->checkpoints().drop(child);
    for (const bool replaced : {false, true}) {
        if (replaced) {
            RunConfig other = config();
            other.seed = 77;
            trained(other);
        }
        const RunId grandchild = forkOf(child, 30);
        m_controller->start(grandchild);
        QVERIFY(waitIdle());
        QVERIFY(run(grandchild)->state == RunState::Failed);
        QVERIFY(run(grandchild)->message.contains(QStringLiteral("base")));
    }
}

void TestRunForks::stoppedWhileTrainedAgain() {
    const RunId parent = addEndless("endless");
    m_controller->start(parent);
    QVERIFY(waitForSteps(parent));
    QSignalSpy steps(m_controller.get(), &RunController::stepsAppended);
    while (run(parent)->stepCount() < 2000) QVERIFY(steps.wait(patience));
    m_controller->stopAll();
    QVERIFY(waitIdle());
    m_controller->checkpoints().drop(parent);
    const std::uint64_t step = run(parent)->stepCount() - 1;
    const RunId child = forkOf(parent, step);
    m_controller->start(child);
    m_controller->stop(child);
    QVERIFY(waitIdle());
    QVERIFY(run(child)->state == RunState::Cancelled);
    QVERIFY(run(child)->stepCount() >= step && run(child)->result.steps == run(child)->stepCount());
}

void TestRunForks::whileTheParentGoesOn() {
    const RunId parent = addEndless("endless");
    m_controller->start(parent);
    QVERIFY(waitForSteps(parent));
    const RunId child = forkOf(parent, std::nullopt);
    QVERIFY(child);
    const std::uint64_t step = run(child)->config.fork->step;
    QVERIFY(step > 0 && run(child)->stepCount() == step);
    QVERIFY(run(parent)->state == RunState::Running);
    m_controller->start(child);
    QSignalSpy steps(m_controller.get(), &RunController::stepsAppended);
    while (run(child)->stepCount() < step + 200 || run(parent)->stepCount() < run(child)->stepCount())
        QVERIFY(steps.wait(patience));
    m_controller->stopAll();
    QVERIFY(waitIdle());
    const std::size_t both = std::min(run(parent)->stepCount(), run(child)->stepCount());
    QVERIFY(std::equal(run(parent)->losses.begin(), run(parent)->losses.begin() + static_cast<std::ptrdiff_t>(both),
                       run(child)->losses.begin()));
}

/// It does not wait for the end of a parent that has come by already.
void TestRunForks::trainedAgainWhileTheParentGoesOn() {
    const RunId parent = addEndless("endless");
    m_controller->start(parent);
    QSignalSpy steps(m_controller.get(), &RunController::stepsAppended);
    while (run(parent)->stepCount() < 20) QVERIFY(steps.wait(patience));
    const RunId child = forkOf(parent, 7); // within an epoch: nothing is kept of it
    QVERIFY(child);
    m_controller->start(child);
    while (run(child)->stepCount() < 20) QVERIFY(steps.wait(patience));
    QVERIFY(run(parent)->state == RunState::Running);
    QVERIFY(std::equal(run(parent)->losses.begin(), run(parent)->losses.begin() + 20, run(child)->losses.begin()));
    m_controller->stopAll();
    QVERIFY(waitIdle());
}

void TestRunForks::whilePaused() {
    const RunId parent = addEndless("endless");
    m_controller->start(parent);
    QVERIFY(waitForSteps(parent));
    m_controller->pause(parent);
    const RunId child = forkOf(parent, std::nullopt);
    QVERIFY(child);
    QVERIFY(run(parent)->state == RunState::Paused);
    m_controller->stopAll();
    QVERIFY(waitIdle());
}

void TestRunForks::fromTheEndOn() {
    const RunId parent = trained(config());
    const RunId child = forkOf(parent, std::nullopt);
    QCOMPARE(run(child)->config.duration.epochs, std::uint64_t(12));
    QCOMPARE(run(child)->config.fork->step, run(parent)->length.steps);
    m_controller->start(child);
    QVERIFY(waitIdle());
    QVERIFY2(run(child)->state == RunState::Finished, qPrintable(run(child)->message));
    QCOMPARE(run(child)->stepCount(), 2 * run(parent)->stepCount());
    QCOMPARE(run(child)->epochs.size(), std::size_t(12));
}

void TestRunForks::onlyWhatMayDiffer() {
    const RunId parent = trained(config());
    const RunId child = forkOf(parent, 9);
    const auto placeOf = [&](const std::function<void(RunConfig&)>& change) {
        RunConfig changed = run(child)->config;
        change(changed);
        const Problems problems = m_controller->setConfig(child, changed);
        return problems.empty() ? std::string() : problems[0].place;
    };
    QCOMPARE(placeOf([](RunConfig& c) { c.batchSize = 5; }), std::string("batch_size"));
    QCOMPARE(placeOf([](RunConfig& c) { c.seed = 5; }), std::string("seed"));
    QCOMPARE(placeOf([](RunConfig& c) { c.network = *findNetworkPreset("softmax"); }), std::string("network"));
    QCOMPARE(placeOf([](RunConfig& c) { c.optimizer.type = "sgd"; }), std::string("optimizer.type"));
    QCOMPARE(placeOf([](RunConfig& c) { c.duration = {1, 8}; }), std::string("fork.step"));
    QCOMPARE(placeOf([](RunConfig& c) { c.optimizer.values.set("beta1", 0.5); }), std::string());
    QCOMPARE(placeOf([](RunConfig& c) { c.schedule = RunConfig::constantSchedule(0.1); }), std::string());
    QCOMPARE(placeOf([](RunConfig& c) { c.duration.epochs = 9; }), std::string());
    m_controller->setName(parent, "renamed");
    QCOMPARE(run(child)->config.fork->run, std::string("renamed"));
}

void TestRunForks::whatCannotBeForked() {
    RunConfig test = config("find");
    test.rangeTest = RangeTestSpec{.steps = 20};
    QSignalSpy refused(m_controller.get(), &RunController::forkRefused);
    m_controller->fork(trained(test));
    QCOMPARE(refused.size(), 1);
    RunConfig orphan = config("orphan");
    orphan.fork = ForkSpec{"nobody", 3};
    const RunId id = m_controller->add(orphan);
    m_controller->start(id);
    QVERIFY(run(id)->state == RunState::Failed);
    QVERIFY(run(id)->message.contains(QStringLiteral("nobody")));
}

/// They have come by the step, but with other data in another order, or somewhere else.
void TestRunForks::parentsThatWillNotDo() {
    RunConfig child = config("child");
    child.fork = ForkSpec{"base", 13};
    const RunId parent = m_controller->add(config());
    const RunId edited = m_controller->add(child);
    RunConfig other = run(parent)->config;
    other.batchSize = 20;
    QVERIFY(m_controller->setConfig(parent, other).empty());
    m_controller->start(parent);
    QVERIFY(waitIdle());
    m_controller->start(edited);
    QCOMPARE(run(edited)->state, RunState::Failed);
    QVERIFY2(run(edited)->message.startsWith(QStringLiteral("batch_size")), qPrintable(run(edited)->message));

    RunRecord log; // without rates
    log.config.name = "elsewhere";
    log.origin = QStringLiteral("log.csv");
    log.length = {20, 10};
    log.state = RunState::Finished;
    log.losses.assign(20, 1.0F);
    for (std::uint64_t i = 0; i < 20; ++i) log.stepNumbers.push_back(i);
    m_controller->adopt(std::move(log), true);
    child.name = "of a log";
    child.fork->run = "elsewhere";
    const RunId ofLog = m_controller->add(child);
    m_controller->start(ofLog);
    QCOMPARE(run(ofLog)->state, RunState::Failed);
    QVERIFY2(run(ofLog)->message.contains(QStringLiteral("measured elsewhere")), qPrintable(run(ofLog)->message));
}

// As a file has it: the parent first, its state at that step kept, and the child from there.
void TestRunForks::fromAnExperiment() {
    RunConfig child = config("child");
    child.fork = ForkSpec{"base", 13};
    child.schedule = RunConfig::constantSchedule(0.01);
    m_controller = std::make_unique<RunController>(m_catalog, m_datasets, nullptr,
                                                   RunController::Options{.maximumActive = 4, .threads = 1});
    const RunId second = m_controller->add(child);
    const RunId first = m_controller->add(config());
    m_controller->startAll();
    QVERIFY(waitIdle());
    QVERIFY2(run(second)->state == RunState::Finished, qPrintable(run(second)->message));
    QCOMPARE(m_controller->checkpoints().stepsOf(first), (std::vector<std::uint64_t>{13}));
    for (std::size_t i = 0; i < run(second)->stepCount(); ++i) {
        QCOMPARE(run(second)->rates[i], i < 13 ? run(first)->rates[i] : 0.01);
        if (i <= 13) QCOMPARE(run(second)->losses[i], run(first)->losses[i]);
    }
}

void TestRunForks::steeredByHand() {
    const RunId id = addEndless("endless");
    QVERIFY(!m_controller->steer(id, RunConfig::constantSchedule(0.1)).empty()); // it has not begun
    m_controller->start(id);
    QVERIFY(waitForSteps(id));
    QSignalSpy changed(m_controller.get(), &RunController::rateChanged);
    QVERIFY(!m_controller->steer(id, RunConfig::constantSchedule(-0.1)).empty());
    for (const double rate : {0.002, 0.003}) {
        QVERIFY(m_controller->steer(id, RunConfig::constantSchedule(rate), 1).empty());
        while (run(id)->changes.empty() || run(id)->changes.back().after != rate) QVERIFY(changed.wait(patience));
    }
    QCOMPARE(run(id)->changes.size(), std::size_t(1)); // one drag
    const RateChange drag = run(id)->changes[0];
    QCOMPARE(drag.before, 0.001);
    QVERIFY(drag.lastStep > drag.step);
    QVERIFY(run(id)->followed() == RunConfig::constantSchedule(0.003));
    m_controller->steer(id, run(id)->config.schedule, 2);
    while (run(id)->changes.size() < 2) QVERIFY(changed.wait(patience));
    m_controller->stopAll();
    QVERIFY(waitIdle());
    const auto& rates = run(id)->rates;
    QCOMPARE(rates[drag.step - 1], 0.001);
    QCOMPARE(rates[drag.step], 0.002);
    QCOMPARE(rates[drag.lastStep - 1], 0.002);
    QCOMPARE(rates[drag.lastStep], 0.003);
    if (run(id)->changes[1].step < rates.size()) QCOMPARE(rates[run(id)->changes[1].step], 0.001);
}

// What the hand did before the fork is the child's past; what it follows is the parent's, unless it has another schedule.
void TestRunForks::childOfASteeredRun() {
    const RunId parent = addEndless("endless");
    m_controller->start(parent);
    QVERIFY(waitForSteps(parent));
    QSignalSpy changed(m_controller.get(), &RunController::rateChanged);
    m_controller->steer(parent, RunConfig::constantSchedule(0.004), 1);
    while (run(parent)->changes.empty()) QVERIFY(changed.wait(patience));
    const std::uint64_t hand = run(parent)->changes[0].step;
    QSignalSpy steps(m_controller.get(), &RunController::stepsAppended);
    while (run(parent)->stepCount() < hand + 300) QVERIFY(steps.wait(patience));
    m_controller->stopAll();
    QVERIFY(waitIdle());
    m_controller->checkpoints().drop(parent);
    for (const bool same : {true, false}) {
        const RunId child = forkOf(parent, hand + 100);
        RunConfig changedConfig = run(child)->config;
        changedConfig.duration.steps = hand + 200;
        if (!same) changedConfig.schedule = RunConfig::constantSchedule(0.009);
        QVERIFY(m_controller->setConfig(child, changedConfig).empty());
        m_controller->start(child);
        QVERIFY(waitIdle());
        QVERIFY2(run(child)->state == RunState::Finished, qPrintable(run(child)->message));
        for (std::size_t i = 0; i < run(child)->stepCount(); ++i)
            QCOMPARE(run(child)->rates[i], same || i < hand + 100 ? run(parent)->rates[i] : 0.009);
        if (!same) continue;
        for (std::size_t i = 0; i < run(child)->stepCount(); ++i) QCOMPARE(run(child)->losses[i], run(parent)->losses[i]);
    }
}

void TestRunForks::storedAndReadAgain() {
    const std::filesystem::path path = m_folder.path("forks.ratescope");
    m_store = std::make_unique<StudyStore>();
    m_store->open(path);
    restart(m_store.get());
    RunConfig stalls = config();
    stalls.schedule = RunConfig::constantSchedule(0.05);
    stalls.schedule.type = "plateau";
    stalls.schedule.values.set("patience", 0);
    stalls.schedule.values.set("threshold", 0.9);
    const RunId parent = trained(stalls);
    QVERIFY(!run(parent)->changes.empty());
    const RunId child = forkOf(parent, 12);
    const RunId waiting = forkOf(parent, 15); // which is never started
    m_controller->start(child);
    QVERIFY(waitIdle());
    QVERIFY(m_store->close());
    const std::vector<RunRecord> read = StudyFile(path, StudyFile::Access::Read).readRuns();
    QCOMPARE(read.size(), std::size_t(3));
    for (const RunRecord& one : read) {
        const RunId id = m_controller->find(one.config.name)->id;
        QVERIFY(sameCurve(one, *run(id)));
        QVERIFY(one.changes == run(id)->changes);
        QCOMPARE(one.config.fork, run(id)->config.fork);
        QCOMPARE(one.epochs.size(), run(id)->epochs.size());
    }
    // And what was read can be begun in another study.
    m_controller.reset();
    m_store = std::make_unique<StudyStore>();
    const std::filesystem::path other = m_folder.path("others.ratescope");
    m_store->open(other);
    restart(m_store.get());
    for (RunRecord one : read) m_controller->adopt(std::move(one), false);
    QVERIFY(waiting);
    m_controller->startAll();
    QVERIFY(waitIdle());
    QString problem;
    QVERIFY2(m_store->close(&problem), qPrintable(problem));
    for (const RunRecord& one : StudyFile(other, StudyFile::Access::Read).readRuns()) {
        QVERIFY(one.state == RunState::Finished);
        QCOMPARE(one.losses, read[0].losses);
    }
}

void TestRunForks::statesAreThinnedOut() {
    RunConfig many = config();
    many.duration.epochs = 40;
    const RunId id = trained(many);
    CheckpointShelf& shelf = m_controller->checkpoints();
    QCOMPARE(shelf.stepsOf(id).size(), std::size_t(40));
    shelf.setLimit(shelf.bytes() / 8);
    const auto steps = shelf.stepsOf(id);
    QVERIFY(shelf.bytes() <= shelf.limit());
    QVERIFY(steps.size() >= 3 && steps.size() <= 5);
    QCOMPARE(steps.back(), run(id)->length.steps);
    QVERIFY(steps.front() < run(id)->length.steps / 2); // spread over the run
    shelf.setLimit(1);
    QCOMPARE(shelf.stepsOf(id).size(), std::size_t(1));
}

// However small they are: each that comes looks at all that are there.
void TestRunForks::aRunOfManyEpochsKeepsSome() {
    CheckpointShelf shelf;
    constexpr std::uint64_t epochs = 20'000;
    for (std::uint64_t epoch = 1; epoch <= epochs; ++epoch) {
        auto state = std::make_shared<Checkpoint>();
        state->weights.step = 10 * epoch;
        shelf.add(7, std::move(state));
    }
    const auto steps = shelf.stepsOf(7);
    QCOMPARE(steps.size(), CheckpointShelf::mostStates);
    QCOMPARE(steps.back(), 10 * epochs);
    QVERIFY(steps.front() < epochs);
    for (std::size_t i = 1; i < steps.size(); ++i) QVERIFY(steps[i] - steps[i - 1] < epochs); // spread over the run
    QCOMPARE(shelf.bytesOf(7), shelf.bytes());
    shelf.drop(7);
    QCOMPARE(shelf.bytes(), std::size_t(0));
}

void TestRunForks::drivenRatesAreASchedule() {
    const RunId id = addEndless("endless");
    m_controller->start(id);
    QVERIFY(waitForSteps(id));
    QSignalSpy changed(m_controller.get(), &RunController::rateChanged);
    for (std::size_t i = 1; i <= 5; ++i) {
        m_controller->steer(id, RunConfig::constantSchedule(0.001 * static_cast<double>(i + 1)), i);
        while (run(id)->changes.size() < i) QVERIFY(changed.wait(patience));
    }
    m_controller->stopAll();
    QVERIFY(waitIdle());
    RunConfig again = run(id)->config;
    again.name = "again";
    again.schedule = drivenSchedule(run(id)->rates);
    again.duration.steps = run(id)->stepCount();
    const RunId second = m_controller->add(again);
    m_controller->start(second);
    QVERIFY(waitIdle());
    QVERIFY(sameCurve(*run(id), *run(second)));
}

QTEST_GUILESS_MAIN(TestRunForks)
#include "tst_run_forks.moc"
