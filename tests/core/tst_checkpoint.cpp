// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocations.h"
#include "problems.h"
#include "small_runs.h"

#include <QTest>

namespace {

/// What to stop at the next allocation of a block of steps; null: nothing.
thread_local ratescope::TrainingControl* stopAtBlock = nullptr;
constexpr std::size_t blockBytes = 64 * 1024;

} // namespace

// There is no other way into the middle of an epoch: a channel that nobody reads begins a block, which is by far the
// largest allocation of a step here, with the first step that its ring has no room for. So a run can be stopped after
// exactly so many updates, on its own thread.
void allocated(std::size_t size) {
    if (stopAtBlock && size > blockBytes) stopAtBlock->stop();
}

using namespace ratescope;

namespace {

/// The updates of a run until it was stopped, told to `record`. stopAfter: 1 + a power of two.
Checkpoint runPart(Trainer& trainer, std::uint64_t stopAfter, RunRecord& record) {
    TrainingControl control;
    MetricsChannel channel(stopAfter - 1);
    RecordingObserver observer;
    stopAtBlock = &control;
    record.result = trainer.run(control, channel, observer);
    stopAtBlock = nullptr;
    channel.drain(record.steps);
    // An epoch whose evaluation was stopped is told again when the run goes on.
    const Checkpoint checkpoint = trainer.checkpoint();
    if (checkpoint.epochPending) observer.epochs.pop_back();
    record.epochs.insert(record.epochs.end(), observer.epochs.begin(), observer.epochs.end());
    return checkpoint;
}

/// Goes on from the checkpoint to the end of the run.
void runRest(const RunConfig& config, const std::shared_ptr<const Dataset>& data, const Checkpoint& checkpoint,
             RunRecord& record) {
    Trainer trainer(config, data);
    trainer.restore(checkpoint);
    const RunRecord rest = runToEnd(trainer);
    record.result = rest.result;
    record.weights = rest.weights;
    record.steps.insert(record.steps.end(), rest.steps.begin(), rest.steps.end());
    record.epochs.insert(record.epochs.end(), rest.epochs.begin(), rest.epochs.end());
}

/// 9 steps an epoch, the last of them short.
std::shared_ptr<const Dataset> data() { return makeDataset(176, 50); }

struct Case {
    std::string name;
    RunConfig config;
};

std::vector<Case> makeCases() {
    const auto base = [](const char* layers, const char* optimizer, double rate) {
        RunConfig config = smallConfig(layers, rate);
        config.optimizer.type = optimizer;
        config.validation = 0.2; // of 176: 141 are trained
        config.duration.epochs = 5;
        return config;
    };
    std::vector<Case> cases;
    RunConfig config = base("dense 12, relu, dense 10", "sgd", 0.2);
    cases.push_back({"plain", config});
    config.validation = 0.0;
    cases.push_back({"without validation", config});
    config = base("dense 12, tanh, dropout 0.4, dense 10", "sgd", 0.1);
    config.optimizer.values.set("momentum", 0.9);
    cases.push_back({"momentum and dropout", config});
    config = base("conv2d 4 2, relu, dropout 0.3, flatten, dense 10", "adam", 0.02);
    config.schedule = scheduleSpec("cosine", {{"lr", 0.02}});
    cases.push_back({"adam, cosine and dropout", config});
    config = base("dense 12, relu, dense 10", "nadam", 0.02);
    config.layerRates = {0.0, 1.0};
    cases.push_back({"nadam, a layer frozen", config});
    config = base("dense 12, tanh, dense 10", "adabound", 0.01);
    config.schedule = scheduleSpec("exponential", {{"lr", 0.02}, {"gamma", 0.95}});
    cases.push_back({"adabound, exponential", config});
    config = base("dense 12, tanh, dense 10", "sgd", 0.2);
    config.schedule = scheduleSpec("step", {{"lr", 0.2}, {"factor", 50.0}, {"period", 4}}, TimeUnit::Epoch); // to ruin
    config.duration.epochs = 12;
    config.earlyStopping = EarlyStoppingSpec{.monitor = Monitor::ValidationLoss, .patience = 2, .minimumDelta = 0.01};
    cases.push_back({"early stopping", config});
    config = base("dense 12, relu, dense 10", "sgd", 0.1);
    config.schedule = scheduleSpec("warm_restarts", {{"lr", 0.3}, {"period", 4}, {"period_factor", 1.5}});
    config.snapshots = true;
    cases.push_back({"snapshots", config});
    config = base("dense 12, relu, dropout 0.2, dense 10", "adam", 0.1);
    config.schedule = scheduleSpec("exponential", {{"lr", 0.02}, {"gamma", 0.5}}, TimeUnit::FractionalEpoch);
    config.schedule.batchGrowth = true;
    config.schedule.maxBatch = 60;
    config.batchSize = 8;
    cases.push_back({"batch growth", config});
    return cases;
}

const std::vector<Case>& cases() {
    static const std::vector<Case> all = makeCases();
    return all;
}

const RunConfig& configOf(const std::string& name) { return std::ranges::find(cases(), name, &Case::name)->config; }

} // namespace

/// A run that goes on from a checkpoint makes the same updates as one that never stopped, and comes to the same end.
class TestCheckpoint : public QObject {
    Q_OBJECT

private slots:
    // What the rows below go through.
    void theCasesAreWhatTheySay() {
        const RunResult early = runToEnd(configOf("early stopping"), data()).result;
        QVERIFY(early.outcome == RunOutcome::StoppedEarly && early.restoredBest);
        QCOMPARE(early.steps, std::uint64_t(54));
        const RunResult cycles = runToEnd(configOf("snapshots"), data()).result;
        QVERIFY(cycles.snapshots.size() >= 4 && cycles.snapshots[0].step < 5 && cycles.ensemble);
        const RunConfig growing = configOf("batch growth");
        const RunLength length = lengthOf(growing, infoOf(*data()));
        QCOMPARE(length.grown->firsts[1], 8U);
        QCOMPARE(length.grown->firsts.back(), 120U); // 60 samples each in the last epoch, 21 in the last batch
    }

    void goesOn_data() {
        QTest::addColumn<int>("index");
        QTest::addColumn<quint64>("stopAfter");
        for (int i = 0; i < int(cases().size()); ++i)
            for (const quint64 stopAfter : {2U, 5U, 9U, 17U}) // 9 is the end of an epoch, but for the growing batches
                QTest::addRow("%s, after %d", cases()[std::size_t(i)].name.c_str(), int(stopAfter)) << i << stopAfter;
    }
    void goesOn() {
        QFETCH(const int, index);
        QFETCH(const quint64, stopAfter);
        const RunConfig& config = cases()[std::size_t(index)].config;
        QCOMPARE(problemText(config.validate(infoOf(*data()))), std::string());
        const RunRecord whole = runToEnd(config, data());
        QVERIFY(whole.steps.size() > 21);
        RunRecord parts;
        Trainer first(config, data());
        const Checkpoint checkpoint = runPart(first, stopAfter, parts);
        QVERIFY(parts.result.outcome == RunOutcome::Cancelled);
        QCOMPARE(parts.steps.size(), std::size_t(stopAfter));
        QCOMPARE(checkpoint.weights.step, std::uint64_t(stopAfter));
        QVERIFY(checkpoint.trainSeconds > 0.0);
        // A second stop, where the first one might not have put everything back.
        Trainer second(config, data());
        second.restore(checkpoint);
        QVERIFY(second.checkpoint() == checkpoint);
        const Checkpoint later = runPart(second, 3, parts);
        QCOMPARE(later.weights.step, std::uint64_t(stopAfter + 3));
        QVERIFY(later.trainSeconds > checkpoint.trainSeconds);
        runRest(config, data(), later, parts);
        VERIFY_SAME_RUN(parts, whole);
        QVERIFY(parts.result.trainSeconds > later.trainSeconds);
    }

    // Stopped in the evaluation at an epoch's end: the epoch is trained, its figures are not made.
    void stoppedInTheEvaluation() {
        const RunConfig config = configOf("plain");
        RunRecord parts;
        Trainer trainer(config, data());
        const Checkpoint checkpoint = runPart(trainer, 9, parts);
        QVERIFY(checkpoint.epochPending);
        QCOMPARE(checkpoint.totals.samples, std::uint64_t(141));
        QVERIFY(parts.epochs.empty());
        runRest(config, data(), checkpoint, parts);
        VERIFY_SAME_RUN(parts, runToEnd(config, data()));
    }

    // From the observer, as the epoch is told, in every epoch: the last one comes too late for more than the test.
    void stoppedAfterEveryEpoch_data() {
        QTest::addColumn<int>("index");
        for (int i = 0; i < int(cases().size()); ++i)
            if (!cases()[std::size_t(i)].config.rangeTest) QTest::newRow(cases()[std::size_t(i)].name.c_str()) << i;
    }
    void stoppedAfterEveryEpoch() {
        QFETCH(const int, index);
        const RunConfig& config = cases()[std::size_t(index)].config;
        const RunRecord whole = runToEnd(config, data());
        RunRecord parts;
        std::optional<Checkpoint> checkpoint;
        for (std::size_t stops = 0; stops < whole.epochs.size(); ++stops) {
            Trainer trainer(config, data());
            if (checkpoint) trainer.restore(*checkpoint);
            TrainingControl control;
            MetricsChannel channel;
            RecordingObserver observer;
            observer.atEpoch = [&](const EpochMetrics&) { control.stop(); };
            QVERIFY(trainer.run(control, channel, observer).outcome == RunOutcome::Cancelled);
            channel.drain(parts.steps);
            QCOMPARE(observer.epochs.size(), std::size_t(1));
            parts.epochs.push_back(observer.epochs[0]);
            checkpoint = trainer.checkpoint();
        }
        runRest(config, data(), *checkpoint, parts);
        VERIFY_SAME_RUN(parts, whole);
    }

    void beforeTheFirstUpdate() {
        for (const Case& one : cases()) {
            Trainer fresh(one.config, data());
            const Checkpoint checkpoint = fresh.checkpoint();
            QCOMPARE(checkpoint.weights.step, std::uint64_t(0));
            Trainer other(one.config, data());
            const ParameterView& bias = other.network().parameters()[1];
            assign(bias, std::vector<float>(std::size_t(bias.count()), 3.0F)); // has to give way
            other.network().weightsChanged();
            other.restore(checkpoint);
            VERIFY_SAME_RUN(runToEnd(other), runToEnd(one.config, data()));
        }
    }

    // Another schedule may take over: what a change of the rate by hand in the middle of a run comes to.
    void goesOnWithAnotherSchedule() {
        RunConfig config = configOf("plain");
        RunRecord parts;
        Trainer trainer(config, data());
        const Checkpoint checkpoint = runPart(trainer, 17, parts);
        config.schedule = RunConfig::constantSchedule(0.05);
        runRest(config, data(), checkpoint, parts);
        config.schedule = scheduleSpec("step", {{"lr", 0.2}, {"factor", 0.25}, {"period", 17}});
        config.duration.steps = 34;
        const RunRecord whole = runToEnd(config, data());
        for (std::size_t s = 0; s < 34; ++s) QCOMPARE(parts.steps[s], whole.steps[s]);
        QVERIFY(parts.steps.size() > 34);
    }

    void refusesAnothers_data() {
        QTest::addColumn<QString>("layers");
        QTest::addColumn<QString>("optimizer");
        QTest::addColumn<bool>("amsgrad");
        QTest::addColumn<QString>("says");
        const char* refused = "the checkpoint is of another network or optimizer";
        QTest::newRow("itself") << "dense 12, relu, dense 10" << "adam" << false << "";
        QTest::newRow("wider layer") << "dense 40, relu, dense 10" << "adam" << false << refused;
        QTest::newRow("a little wider, as much with padding") << "dense 14, relu, dense 10" << "adam" << false << refused;
        QTest::newRow("another function") << "dense 12, tanh, dense 10" << "adam" << false << refused;
        QTest::newRow("one layer more") << "dense 12, relu, dense 12, relu, dense 10" << "adam" << false << refused;
        QTest::newRow("another rule with as many buffers") << "dense 12, relu, dense 10" << "adamw" << false << refused;
        QTest::newRow("the rule with another buffer")
            << "dense 12, relu, dense 10" << "adam" << true << "the optimizer's state is of another rule or another network";
    }
    void refusesAnothers() {
        QFETCH(const QString, layers);
        QFETCH(const QString, optimizer);
        QFETCH(const bool, amsgrad);
        QFETCH(const QString, says);
        RunConfig config = smallConfig("dense 12, relu, dense 10", 0.01);
        config.optimizer.type = "adam";
        RunRecord part;
        Trainer source(config, data());
        const Checkpoint checkpoint = runPart(source, 5, part);
        config.network = parseLayerList(layers.toStdString());
        config.optimizer.type = optimizer.toStdString();
        if (amsgrad) config.optimizer.values.set("amsgrad", 1.0);
        Trainer target(config, data());
        const Checkpoint before = target.checkpoint();
        QCOMPARE(errorOf([&] { target.restore(checkpoint); }), says.toStdString());
        QVERIFY(target.checkpoint() == (says.isEmpty() ? checkpoint : before));
    }

    // As a damaged file would have them.
    void refusesWeightsOfAnotherSize() {
        const RunConfig config = configOf("snapshots");
        Trainer trainer(config, data());
        const Checkpoint good = trainer.checkpoint();
        for (int what = 0; what < 3; ++what) {
            Checkpoint bad = good;
            if (what == 0) bad.weights.values.pop_back();
            if (what == 1) bad.best.values.resize(1);
            if (what == 2) bad.snapshots.push_back({3, std::vector<float>(good.weights.values.size() + 16)});
            const std::string text = errorOf([&] { trainer.restore(bad); });
            QVERIFY2(text.starts_with("the checkpoint is of another network"), text.c_str());
        }
        trainer.restore(good);
        QVERIFY(trainer.checkpoint() == good);
    }
};

QTEST_APPLESS_MAIN(TestCheckpoint)
#include "tst_checkpoint.moc"
