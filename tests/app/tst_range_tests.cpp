// SPDX-License-Identifier: GPL-3.0-or-later
// Range tests through the controller: what they record, what a study keeps of it, and that nobody else notices.
#include "app/control/run_controller.h"
#include "app/study/range_answers.h"
#include "tests/app/controller_fixture.h"

using namespace ratescope;

class TestRangeTests : public ControllerFixture {
    Q_OBJECT

private slots:
    void validatesEachRate_data();
    void validatesEachRate();
    void ofARunAsItStands_data();
    void ofARunAsItStands();
    void showsItsSpeed();

private:
    RunConfig testConfig(RangeTestKind kind) const {
        RunConfig config = tinyConfig(m_data, "find");
        config.rangeTest = RangeTestSpec::of(kind);
        config.rangeTest->from = 1e-3;
        config.rangeTest->to = 1.0;
        config.rangeTest->steps = 12;
        config.rangeTest->validation = 30;
        if (kind != RangeTestKind::Sweep) config.rangeTest->stepsPerRate = 5;
        if (kind == RangeTestKind::Halving) config.rangeTest->steps = config.rangeTest->rateCount();
        return config;
    }
};

void TestRangeTests::validatesEachRate_data() {
    QTest::addColumn<int>("kind");
    for (const RangeTestKind kind : {RangeTestKind::Sweep, RangeTestKind::FreshStart, RangeTestKind::Sensitivity})
        QTest::newRow(rangeTestKindNames[static_cast<int>(kind)]) << static_cast<int>(kind);
}

void TestRangeTests::validatesEachRate() {
    QFETCH(int, kind);
    const auto path = m_folder.path(std::string(rangeTestKindNames[kind]) + ".ratescope");
    StudyStore store;
    store.open(path);
    restart(2, &store);
    const RunId id = m_controller->add(testConfig(static_cast<RangeTestKind>(kind)));
    m_controller->start(id);
    QVERIFY(waitIdle());
    QVERIFY2(run(id)->state == RunState::Finished, qPrintable(run(id)->message));
    QCOMPARE(run(id)->stepCount(), std::uint64_t(12));
    QCOMPARE(run(id)->validations.size(), std::size_t(12));
    for (const Score& score : run(id)->validations) QVERIFY(score.loss > 0.0 && score.error >= 0.0 && score.error <= 1.0);
    QVERIFY(run(id)->epochs.empty());
    QVERIFY(finalLosses(*run(id)).back() == run(id)->validations.back().loss);
    const auto expected = run(id)->validations;
    m_controller.reset();
    store.close();
    const auto runs = readStudy(path);
    QVERIFY(runs.at(0).validations == expected);
    QCOMPARE(runs.at(0).losses.size(), std::size_t(12));
}

void TestRangeTests::ofARunAsItStands_data() {
    QTest::addColumn<bool>("stopped");
    QTest::newRow("to the end") << false;
    QTest::newRow("stopped") << true;
}

void TestRangeTests::ofARunAsItStands() {
    QFETCH(bool, stopped);
    restart(2);
    RunConfig base = tinyConfig(m_data, "base");
    base.optimizer.type = "adam";
    const RunId parent = m_controller->add(base);
    const RunId untested = m_controller->add([&] {
        RunConfig alike = base;
        alike.name = "alike";
        return alike;
    }());
    RunConfig config = testConfig(RangeTestKind::Sweep);
    config.optimizer = base.optimizer;
    config.fork = ForkSpec{"base", 13};
    if (stopped) { // long enough to be stopped on its way
        config.rangeTest->steps = 1'000'000;
        config.rangeTest->to = 1e-2;
    }
    const RunId test = m_controller->add(config);
    m_controller->startAll();
    if (stopped) {
        QVERIFY(waitForSteps(test));
        m_controller->stop(test);
    }
    QVERIFY(waitIdle());
    QVERIFY2(run(test)->state == (stopped ? RunState::Cancelled : RunState::Finished), qPrintable(run(test)->message));
    QVERIFY(run(test)->stepCount() > 0);
    QCOMPARE(run(test)->sharedSteps(), std::uint64_t(0));
    // It begins with what the run had become: the loss of the batch that the run went on with.
    QCOMPARE(run(test)->losses.front(), run(parent)->losses.at(13));
    QCOMPARE(run(test)->rates.front(), 1e-3);
    // And the run itself is what it is without a test of it.
    QVERIFY(run(parent)->losses == run(untested)->losses);
    QVERIFY(run(parent)->result.test == run(untested)->result.test);
}

// Several updates a rate: what is shown meanwhile counts them all.
void TestRangeTests::showsItsSpeed() {
    restart(2);
    const RunId id = m_controller->add(testConfig(RangeTestKind::FreshStart));
    m_controller->start(id);
    QVERIFY(waitIdle());
    RunRecord record = *run(id);
    QCOMPARE(record.result.samples, std::uint64_t(12 * 5 * 16));
    const double speed = *record.samplesPerSecond();
    record.state = RunState::Running;
    QVERIFY(std::abs(*record.samplesPerSecond() / speed - 1.0) < 1e-9);
}

QTEST_GUILESS_MAIN(TestRangeTests)
#include "tst_range_tests.moc"
