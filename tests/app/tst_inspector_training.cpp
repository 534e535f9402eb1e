// SPDX-License-Identifier: GPL-3.0-or-later
// The inspector's sections on how a run trains: optimizer, loss, stopping, snapshots, growing batches; and its results.
#include "app/panels/run_result_text.h"
#include "tests/app/inspector_fixture.h"
#include "tests/core/problems.h"

#include <QCheckBox>
#include <QPushButton>
#include <QSpinBox>

using namespace ratescope;

class TestInspectorTraining : public InspectorFixture {
    Q_OBJECT

private slots:
    void init() { restart(); }
    void cleanup() { end(); }

    void everyOptimizerIsValidWithItsDefaults();
    void everyOptimizerAfterEveryOther();
    void whatIsShownIsWhatIs_data();
    void whatIsShownIsWhatIs();
    void loss();
    void earlyStopping();
    void earlyStoppingNeedsValidation();
    void snapshotsNeedCycles();
    void everyFamilyOffersWhatItCan();
    void growingBatch();
    void rangeTestDropsWhatHasNoPlace();
    void results_data();
    void results();
    void resultsAreShown();
};

void TestInspectorTraining::everyOptimizerIsValidWithItsDefaults() {
    const RunId id = show(tiny());
    auto* rules = editor<QComboBox>("Optimizer");
    QCOMPARE(rules->count(), static_cast<int>(optimizerTable().size()));
    for (int i = rules->count() - 1; i >= 0; --i) {
        const OptimizerInfo& info = optimizerTable()[static_cast<std::size_t>(i)];
        rules->setCurrentIndex(i);
        QCOMPARE(problem(), QString());
        QCOMPARE(config(id).optimizer.type, info.type);
        QCOMPARE(problemText(config(id).validate()), std::string());
        for (const ParameterInfo& parameter : info.parameters) {
            QCOMPARE(config(id).optimizer.values.find(parameter.name), parameter.fallback);
            QVERIFY2(editor<QWidget>(parameter.label.c_str()), parameter.name.c_str());
        }
        const auto texts = m_panel->findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(texts, [&](const QLabel* label) {
            return label->text().startsWith(QString::fromStdString(info.meaning)) &&
                   label->toolTip() == QString::fromStdString(info.source);
        }));
    }
}

void TestInspectorTraining::everyOptimizerAfterEveryOther() {
    const RunId id = show(tiny());
    auto* rules = editor<QComboBox>("Optimizer");
    for (int i = 0; i < rules->count(); ++i)
        for (int j = 0; j < rules->count(); ++j) {
            rules->setCurrentIndex(i);
            rules->setCurrentIndex(j);
            QCOMPARE(config(id).optimizer.type, optimizerTable()[static_cast<std::size_t>(j)].type);
        }
    // And one that comes with values of its own.
    RunConfig adam = tiny("adam");
    adam.optimizer = {"adam", {}};
    for (const ParameterInfo& parameter : findOptimizer("adam")->parameters)
        adam.optimizer.values.set(parameter.name, parameter.fallback.value_or(0.0));
    adam.optimizer.values.set("beta1", 0.8125);
    const RunId other = show(adam);
    type("Seed", "5");
    QVERIFY(config(other).optimizer == adam.optimizer && config(other).seed == 5);
}

void TestInspectorTraining::whatIsShownIsWhatIs_data() {
    QTest::addColumn<int>("kind");
    QTest::newRow("plain") << 0;
    QTest::newRow("early stopping") << 1;
    QTest::newRow("snapshots") << 2;
    QTest::newRow("growing batch") << 3;
    QTest::newRow("from a run") << 4;
    QTest::newRow("from a file") << 5;
    QTest::newRow("range test from a run") << 6;
}

void TestInspectorTraining::whatIsShownIsWhatIs() {
    QFETCH(const int, kind);
    m_controller->add(tiny("base"));
    RunConfig expected = tiny("a");
    const auto schedule = [&](const char* type, const std::vector<std::pair<const char*, double>>& values) {
        expected.schedule = {type, TimeUnit::Step, {}};
        for (const auto& [name, value] : values) expected.schedule.values.set(name, value);
        for (const ParameterInfo& info : findScheduleFamily(type)->parameters)
            if (!expected.schedule.values.contains(info.name) && info.fallback)
                expected.schedule.values.set(info.name, *info.fallback);
    };
    for (const ParameterInfo& info : findOptimizer("sgd")->parameters)
        expected.optimizer.values.set(info.name, info.fallback.value_or(0.0));
    if (kind > 0) expected.loss = Loss::Mse;
    if (kind == 1) expected.earlyStopping = EarlyStoppingSpec{Monitor::TrainingLoss, 123, 1.0 / 3.0, false};
    if (kind == 2) schedule("warm_restarts", {{"lr", 0.1}, {"period", 4}});
    expected.snapshots = kind == 2;
    if (kind == 3) schedule("exponential", {{"lr", 0.1}, {"gamma", 0.5}, {"period", 7}});
    expected.schedule.batchGrowth = kind == 3;
    if (kind == 3) expected.schedule.maxBatch = 77;
    if (kind == 4 || kind == 6) expected.startFrom = StartFromSpec{"base", {}, kind == 4};
    if (kind == 5) expected.startFrom = StartFromSpec{{}, "/tmp/some where/x.safetensors", true};
    if (kind > 3) expected.layerRates = {1.0 / 3.0, 0.0};
    if (kind == 6) expected.rangeTest = RangeTestSpec{.from = 1e-3, .to = 1.0, .steps = 20};
    const RunId id = show(expected);
    QVERIFY(config(id) == expected); // looking changes nothing
    type("Seed", "77");
    expected.seed = 77;
    QCOMPARE(problem(), QString());
    QVERIFY(config(id) == expected);
}

void TestInspectorTraining::loss() {
    const RunId id = show(tiny());
    pick("Loss", 1);
    QCOMPARE(config(id).loss, Loss::Mse);
    pick("Loss", 0);
    QCOMPARE(config(id).loss, Loss::CrossEntropy);
}

void TestInspectorTraining::earlyStopping() {
    const RunId id = show(tiny());
    auto* stop = box("Stop early");
    QVERIFY(!stop->isChecked() && !editor<QComboBox>("Watched figure")->isVisible() &&
            !box("End with the best weights")->isVisible());
    stop->click();
    QVERIFY((config(id).earlyStopping == EarlyStoppingSpec{}));
    QVERIFY(editor<QComboBox>("Watched figure")->isVisible() && editor<QSpinBox>("Patience in epochs")->isVisible());
    for (const auto& [index, monitor] :
         {std::pair(1, Monitor::ValidationAccuracy), {2, Monitor::TrainingLoss}, {0, Monitor::ValidationLoss}}) {
        pick("Watched figure", index);
        QCOMPARE(config(id).earlyStopping->monitor, monitor);
    }
    editor<QSpinBox>("Patience in epochs")->setValue(12);
    QCOMPARE(config(id).earlyStopping->patience, std::uint64_t(12));
    type("Least improvement", "0,25");
    QCOMPARE(config(id).earlyStopping->minimumDelta, 0.25);
    box("End with the best weights")->click();
    QVERIFY(!config(id).earlyStopping->restoreBest);
    for (const char* wrong : {"-1", "much", ""}) {
        type("Least improvement", wrong);
        QVERIFY2(problem().startsWith(QStringLiteral("early_stopping.min_delta is ")), qPrintable(problem()));
        QVERIFY2(!problem().contains(QStringLiteral("nan")), qPrintable(problem()));
        QCOMPARE(config(id).earlyStopping->minimumDelta, 0.25);
        type("Least improvement", "0.25");
    }
    stop->click();
    QVERIFY(!config(id).earlyStopping && !editor<QComboBox>("Watched figure")->isVisible());
    stop->click(); // and what was chosen is there again
    QVERIFY((config(id).earlyStopping == EarlyStoppingSpec{Monitor::ValidationLoss, 12, 0.25, false}));
}

void TestInspectorTraining::earlyStoppingNeedsValidation() {
    RunConfig all = tiny();
    all.validation = 0.0;
    const RunId id = show(all);
    box("Stop early")->click();
    QVERIFY2(problem().startsWith(QStringLiteral("early_stopping.monitor is val_loss, but no samples are held out")),
             qPrintable(problem()));
    QVERIFY(!config(id).earlyStopping);
    pick("Watched figure", 2);
    QCOMPARE(problem(), QString());
    QCOMPARE(config(id).earlyStopping->monitor, Monitor::TrainingLoss);
}

void TestInspectorTraining::snapshotsNeedCycles() {
    RunConfig longer = tiny();
    longer.duration.epochs = 4; // 40 steps: families are suggested with four cycles
    const RunId id = show(longer);
    auto* snapshots = box("Snapshot at each cycle's end");
    QVERIFY(!snapshots->isEnabled());
    pickFamily("warm_restarts");
    QVERIFY(snapshots->isEnabled() && !config(id).snapshots);
    snapshots->click();
    QVERIFY2(config(id).snapshots, qPrintable(problem()));
    pickFamily("cyclical");
    QVERIFY2(config(id).snapshots && config(id).schedule.type == "cyclical", qPrintable(problem()));
    pickFamily("cosine");
    QVERIFY2(!config(id).snapshots && config(id).schedule.type == "cosine", qPrintable(problem()));
    QVERIFY(!snapshots->isEnabled());
    pickFamily("warm_restarts");
    snapshots->setChecked(true);
    QVERIFY(config(id).snapshots);
    type("Seed", "3");
    QVERIFY(config(id).snapshots && config(id).seed == 3);
    snapshots->click();
    QVERIFY(!config(id).snapshots);
}

void TestInspectorTraining::everyFamilyOffersWhatItCan() {
    const RunId id = show(tiny());
    for (const ScheduleFamily& family : scheduleTable()) {
        pickFamily(family.type.c_str());
        QCOMPARE(config(id).schedule.type, family.type);
        QVERIFY2(box("Grow the batch instead")->isVisible() == family.decays, family.type.c_str());
        QVERIFY2(box("Snapshot at each cycle's end")->isEnabled() == (goesInCycles(config(id).schedule)),
                 family.type.c_str());
    }
}

void TestInspectorTraining::growingBatch() {
    const RunId id = show(tiny());
    auto* grow = box("Grow the batch instead");
    auto* most = editor<QSpinBox>("Largest batch");
    QVERIFY(!grow->isVisible() && !most->isVisible());
    pickFamily("exponential");
    QVERIFY(grow->isVisible() && !most->isVisible());
    grow->click();
    QVERIFY(most->isVisible());
    QVERIFY2(config(id).schedule.batchGrowth && config(id).schedule.maxBatch == 0, qPrintable(problem()));
    QCOMPARE(most->text(), QStringLiteral("a tenth of the samples"));
    most->setValue(160);
    QVERIFY(config(id).schedule.maxBatch == 160 && m_controller->find(id)->length.grown);
    QVERIFY(m_controller->find(id)->length.steps < 20);
    most->setValue(161); // more than there are samples
    QVERIFY2(problem().startsWith(QStringLiteral("schedule.max_batch is 161; allowed: 16, ")), qPrintable(problem()));
    QCOMPARE(config(id).schedule.maxBatch, 160U);
    most->setValue(100);
    pickFamily("constant");
    QVERIFY2(!config(id).schedule.batchGrowth && config(id).schedule.maxBatch == 0 &&
                 config(id).schedule.type == "constant",
             qPrintable(problem()));
    QVERIFY(!grow->isVisible() && !most->isVisible());
    pickFamily("cosine");
    QVERIFY(config(id).schedule.batchGrowth && config(id).schedule.maxBatch == 100);
    grow->click();
    QVERIFY(!config(id).schedule.batchGrowth && config(id).schedule.maxBatch == 0 && !most->isVisible());
    QVERIFY((m_controller->find(id)->length == RunLength{20, 10}));
}

void TestInspectorTraining::rangeTestDropsWhatHasNoPlace() {
    RunConfig full = tiny();
    full.duration.epochs = 4;
    full.earlyStopping = EarlyStoppingSpec{};
    full.snapshots = true;
    full.schedule = {"warm_restarts", TimeUnit::Step, {}};
    full.schedule.values.set("lr", 0.1);
    full.schedule.values.set("period", 10);
    full.layerRates = {0.5, 1.0};
    const RunId id = show(full);
    pickKind(true);
    QCOMPARE(problem(), QString());
    QVERIFY(config(id).rangeTest && !config(id).earlyStopping && !config(id).snapshots);
    QVERIFY((config(id).layerRates == full.layerRates));
    QVERIFY(!box("Stop early")->isVisible() && !box("Snapshot at each cycle's end")->isVisible());
    pickKind(false);
    QVERIFY2(!config(id).rangeTest && config(id).earlyStopping && config(id).snapshots,
             qPrintable(problem())); // as it was
    pickFamily("cosine");
    box("Grow the batch instead")->click();
    QVERIFY(config(id).schedule.batchGrowth);
    pickKind(true);
    QCOMPARE(problem(), QString());
    QVERIFY(config(id).rangeTest && !config(id).schedule.batchGrowth && config(id).schedule.maxBatch == 0);
}

void TestInspectorTraining::results_data() {
    QTest::addColumn<int>("state");
    QTest::addColumn<bool>("full");
    QTest::addColumn<QString>("expected");
    for (const RunState state :
         {RunState::Ready, RunState::Waiting, RunState::Running, RunState::Paused, RunState::Cancelled})
        QTest::newRow(runStateName(state)) << static_cast<int>(state) << false << QString();
    QTest::newRow("finished") << static_cast<int>(RunState::Finished) << false
                              << "Test accuracy: 87.50 %, loss 0.25";
    QTest::newRow("finished, with all")
        << static_cast<int>(RunState::Finished) << true
        << "Test accuracy: 87.50 %, loss 0.25\nBest epoch: 2\nSnapshot 1, step 10: 50.00 %, loss 1.235\n"
           "Snapshot 2, step 20: 75.00 %, loss 0.5\nAll snapshots: 100.00 %, loss 0.125";
    QTest::newRow("stopped early") << static_cast<int>(RunState::StoppedEarly) << false
                                   << "Stopped early after epoch 3, at step 30 of 70\nTest accuracy: 87.50 %, loss 0.25\n"
                                      "Best epoch: 1, with whose weights it ends";
    QTest::newRow("diverged") << static_cast<int>(RunState::Diverged) << false << "what happened";
    QTest::newRow("failed") << static_cast<int>(RunState::Failed) << false << "what happened";
}

void TestInspectorTraining::results() {
    QFETCH(const int, state);
    QFETCH(const bool, full);
    QFETCH(const QString, expected);
    RunRecord run;
    run.state = static_cast<RunState>(state);
    run.config = tiny();
    run.config.duration.steps = 70; // given in steps: its epochs say nothing
    run.length = {70, 10};
    run.epochs.resize(3);
    run.append(someSteps(30));
    if (run.state == RunState::Diverged || run.state == RunState::Failed) run.message = QStringLiteral("what happened");
    if (isComplete(run.state)) run.result.test = Score{0.25, 0.125};
    if (run.state == RunState::StoppedEarly) {
        run.result.bestEpoch = 1;
        run.result.restoredBest = true;
    }
    if (full) {
        run.result.bestEpoch = 2;
        run.result.snapshots = {{10, {1.23456, 0.5}}, {20, {0.5, 0.25}}};
        run.result.ensemble = Score{0.125, 0.0};
    }
    QCOMPARE(resultText(run), expected);
}

void TestInspectorTraining::resultsAreShown() {
    RunRecord run;
    run.config = tiny("done");
    run.state = RunState::Finished;
    run.result.test = Score{0.25, 0.125};
    const RunId done = m_controller->adopt(run, false);
    const RunId ready = show(tiny());
    const auto* results = editor<QLabel>("Results");
    QVERIFY(!results->isVisible());
    m_panel->showRun(done);
    QVERIFY(results->isVisible());
    QCOMPARE(results->text(), resultText(run));
    QVERIFY(!box("Stop early")->isEnabled() && !editor<QComboBox>("Optimizer")->isEnabled() &&
            !editor<QComboBox>("Loss")->isEnabled());
    m_panel->showRun(ready);
    QVERIFY(!results->isVisible() && box("Stop early")->isEnabled());
}

QTEST_MAIN(TestInspectorTraining)
#include "tst_inspector_training.moc"
