// SPDX-License-Identifier: GPL-3.0-or-later
// Runs whose rate changes on the way: by hand, where progress stalls, where the loss runs away; and the states to fork at.
#include "approx.h"
#include "small_runs.h"

#include <QTest>

#include <cmath>

using namespace ratescope;

namespace {

/// Also keeps changes and states.
class Watcher : public RecordingObserver {
public:
    void rateChanged(const RateChange& change) override { changes.push_back(change); }
    bool wantsCheckpoint(std::uint64_t) override { return keeps; }
    void checkpointMade(std::shared_ptr<const Checkpoint> checkpoint) override { states.push_back(*checkpoint); }

    bool keeps = false;
    std::vector<RateChange> changes;
    std::vector<Checkpoint> states;
};

struct Watched : RunRecord {
    std::vector<RateChange> changes;
    std::vector<Checkpoint> states;
    std::vector<double> rates() const {
        std::vector<double> all;
        for (const StepMetrics& step : steps) all.push_back(step.rate);
        return all;
    }
};

using AtEpoch = std::function<void(TrainingControl&, std::uint64_t epoch)>;

Watched watch(Trainer& trainer, const AtEpoch& atEpoch = {}, bool keeps = false) {
    TrainingControl control;
    MetricsChannel channel;
    Watcher watcher;
    watcher.keeps = keeps;
    if (atEpoch) watcher.atEpoch = [&](const EpochMetrics& epoch) { atEpoch(control, epoch.epoch); };
    Watched run;
    run.result = trainer.run(control, channel, watcher);
    channel.drain(run.steps);
    run.epochs = watcher.epochs;
    run.weights = trainer.weights();
    run.changes = watcher.changes;
    run.states = watcher.states;
    return run;
}

/// 9 steps an epoch, the last of them short.
std::shared_ptr<const Dataset> data() { return makeDataset(176, 50); }

RunConfig config(std::uint64_t epochs = 4) {
    RunConfig made = smallConfig("dense 12, tanh, dropout 0.2, dense 10", 0.2);
    made.validation = 0.2;
    made.optimizer.type = "adam";
    made.schedule = scheduleSpec("cosine", {{"lr", 0.02}, {"length", 40}});
    made.duration.epochs = epochs;
    return made;
}

/// What came of a parent's first steps and a child's rest.
RunRecord joined(const Watched& parent, std::uint64_t step, const Watched& child) {
    RunRecord whole = child;
    whole.steps.assign(parent.steps.begin(), parent.steps.begin() + static_cast<std::ptrdiff_t>(step));
    whole.steps.insert(whole.steps.end(), child.steps.begin(), child.steps.end());
    const std::uint64_t first = child.epochs.empty() ? parent.epochs.size() + 1 : child.epochs.front().epoch;
    whole.epochs.clear();
    for (const EpochMetrics& epoch : parent.epochs)
        if (epoch.epoch < first) whole.epochs.push_back(epoch);
    whole.epochs.insert(whole.epochs.end(), child.epochs.begin(), child.epochs.end());
    return whole;
}

} // namespace

class TestSteering : public QObject {
    Q_OBJECT

private slots:
    // An order that is there when an epoch ends holds for the very next update.
    void takesHoldWithTheNextBatch() {
        Trainer trainer(config(), data());
        const ScheduleSpec other = scheduleSpec("linear", {{"lr", 0.5}, {"end", 0.1}, {"length", 100}});
        const Watched run = watch(trainer, [&](TrainingControl& control, std::uint64_t epoch) {
            if (epoch == 2) control.steer({other, 7});
        });
        const Schedule before(config().schedule, {36, 9});
        const Schedule after(other, {36, 9});
        for (std::uint64_t i = 0; i < 36; ++i) QCOMPARE(run.steps[i].rate, i < 18 ? before.at(i) : after.at(i));
        QCOMPARE(run.changes.size(), std::size_t(1));
        QVERIFY((run.changes[0] == RateChange{18, before.at(18), after.at(18), RateCause::Hand, 7, 18, other}));
    }

    void theLastOrderCounts() {
        Trainer trainer(config(), data());
        const Watched run = watch(trainer, [](TrainingControl& control, std::uint64_t epoch) {
            for (const double rate : {0.5, 0.4, 0.3})
                if (epoch == 1) control.steer({RunConfig::constantSchedule(rate), 1});
        });
        QCOMPARE(run.steps[8].rate, Schedule(config().schedule, {36, 9}).at(8));
        QCOMPARE(run.steps[9].rate, 0.3);
        QCOMPARE(run.changes.size(), std::size_t(1));
    }

    // Back to the schedule of the configuration, and nothing for what is followed already.
    void undone() {
        Trainer trainer(config(), data());
        const Watched run = watch(trainer, [](TrainingControl& control, std::uint64_t epoch) {
            if (epoch == 1) control.steer({RunConfig::constantSchedule(0.5), 1});
            if (epoch == 2) control.steer({RunConfig::constantSchedule(0.5), 2});
            if (epoch == 3) control.steer({config().schedule, 3});
        });
        const Schedule base(config().schedule, {36, 9});
        for (std::uint64_t i = 0; i < 36; ++i) QCOMPARE(run.steps[i].rate, i >= 9 && i < 27 ? 0.5 : base.at(i));
        QCOMPARE(run.changes.size(), std::size_t(2));
        QCOMPARE(run.changes[1].step, std::uint64_t(27));
        QCOMPARE(run.changes[1].before, 0.5);
        QCOMPARE(run.changes[1].after, base.at(27));
    }

    void plateauFollowsTheEpochs() {
        RunConfig stalls = config(12);
        stalls.schedule = scheduleSpec(
            "plateau", {{"lr", 0.05}, {"factor", 0.5}, {"patience", 1}, {"threshold", 0.9}, {"cooldown", 1}});
        Trainer trainer(stalls, data());
        const Watched run = watch(trainer);
        // PyTorch's ReduceLROnPlateau, written down once more.
        double rate = 0.05;
        double best = HUGE_VAL;
        int bad = 0;
        int cooldown = 0;
        std::size_t changes = 0;
        for (const EpochMetrics& epoch : run.epochs) {
            for (std::uint64_t i = (epoch.epoch - 1) * 9; i < epoch.epoch * 9; ++i) QCOMPARE(run.steps[i].rate, rate);
            if (epoch.validation->loss < best * (1 - 0.9)) {
                best = epoch.validation->loss;
                bad = 0;
            } else {
                ++bad;
            }
            if (cooldown > 0) {
                --cooldown;
                bad = 0;
            }
            if (bad <= 1) continue;
            QVERIFY((run.changes[changes++] ==
                     RateChange{epoch.step, rate, rate * 0.5, RateCause::Plateau, 0, epoch.step, {}}));
            rate *= 0.5;
            cooldown = 1;
            bad = 0;
        }
        QVERIFY(changes >= 2);
        QCOMPARE(run.changes.size(), changes);
    }

    // Where the loss is no number the very same batch is tried again, from the first weights and with half the rate.
    void halvingGoesBack() {
        RunConfig wild = smallConfig("dense 12, relu, dense 12, relu, dense 10", 0.1);
        wild.loss = Loss::CrossEntropy;
        wild.schedule = scheduleSpec("halving", {{"lr", 1e6}, {"patience", 15}});
        wild.duration.epochs = 10;
        Trainer trainer(wild, data());
        const Watched run = watch(trainer);
        QVERIFY(!run.changes.empty());
        QCOMPARE(run.result.steps, std::uint64_t(110));
        double rate = 1e6;
        std::size_t next = 0;
        for (const StepMetrics& step : run.steps) {
            QVERIFY(std::isfinite(step.loss));
            for (; next < run.changes.size() && run.changes[next].step == step.step; ++next) {
                QVERIFY(run.changes[next].cause == RateCause::Halving);
                rate /= 2.0;
                QCOMPARE(run.changes[next].after, rate);
            }
            QCOMPARE(step.rate, rate);
        }
        // The first weights, and so the loss that a fresh network has for that batch.
        const std::uint64_t back = run.changes.front().step;
        RunConfig fresh = wild;
        fresh.schedule = RunConfig::constantSchedule(1e-30);
        Trainer still(fresh, data());
        QCOMPARE(run.steps[back].loss, watch(still).steps[back].loss);
    }

    void halvingHoldsAfterItsPatience() {
        RunConfig wild = smallConfig("dense 12, relu, dense 12, relu, dense 10", 0.1);
        wild.schedule = scheduleSpec("sequence", {});
        ScheduleSpec rising = scheduleSpec("exponential", {{"lr", 1e-3}, {"gamma", 3.0}});
        wild.schedule = rising;
        wild.duration.epochs = 20;
        Trainer plain(wild, data());
        const Watched end = watch(plain);
        QVERIFY(end.result.outcome == RunOutcome::Diverged); // no halving: a divergence is a result
        QVERIFY(end.changes.empty());
    }

    void statesAtEveryEpochAndWhenAsked() {
        Trainer trainer(config(), data());
        trainer.keepStatesAt({0, 5, 13});
        const Watched run = watch(
            trainer,
            [](TrainingControl& control, std::uint64_t epoch) {
                if (epoch == 2) control.requestCheckpoint();
            },
            true);
        std::vector<std::uint64_t> steps;
        for (const Checkpoint& state : run.states) steps.push_back(state.weights.step);
        QCOMPARE(steps, (std::vector<std::uint64_t>{0, 5, 9, 13, 18, 18, 27, 36}));
        QVERIFY(run.states[2].bytes() > 3 * run.states[2].weights.values.size() * sizeof(float)); // Adam keeps two more
    }

    void pausedRunsGiveTheirState() {
        TrainingControl control;
        MetricsChannel channel;
        Watcher watcher;
        RunConfig long_ = config(1000);
        Trainer trainer(long_, data());
        watcher.atEpoch = [&](const EpochMetrics& epoch) {
            if (epoch.epoch != 1) return;
            control.pause();
            control.requestCheckpoint(); // while it sleeps
        };
        class Stopper : public Watcher {
        public:
            explicit Stopper(TrainingControl& c)
                : control(c) {}
            void checkpointMade(std::shared_ptr<const Checkpoint> made) override {
                Watcher::checkpointMade(std::move(made));
                control.stop();
            }
            TrainingControl& control;
        } stopper(control);
        stopper.atEpoch = watcher.atEpoch;
        trainer.run(control, channel, stopper);
        QVERIFY(!stopper.states.empty());
        QCOMPARE(stopper.states[0].weights.step, std::uint64_t(9));
    }

    void forkWithoutAChangeGivesTheSameBits_data() {
        QTest::addColumn<bool>("steered");
        QTest::addColumn<QString>("type");
        for (const bool steered : {false, true})
            for (const char* type : {"cosine", "plateau", "one_cycle"})
                QTest::addRow("%s%s", type, steered ? ", steered" : "") << steered << QString::fromLatin1(type);
    }
    void forkWithoutAChangeGivesTheSameBits() {
        QFETCH(const bool, steered);
        QFETCH(const QString, type);
        RunConfig base = config(6);
        if (type == "plateau") base.schedule = scheduleSpec("plateau", {{"lr", 0.05}, {"patience", 0}, {"threshold", 0.3}});
        if (type == "one_cycle") base.schedule = scheduleSpec("one_cycle", {{"max_lr", 0.05}});
        Trainer trainer(base, data());
        trainer.keepStatesAt({0, 3, 20, 30, 53});
        const Watched parent = watch(
            trainer,
            [&](TrainingControl& control, std::uint64_t epoch) {
                if (steered && epoch == 2) control.steer({RunConfig::constantSchedule(0.01), 1});
            },
            true);
        QVERIFY(parent.states.size() >= 10);
        for (const Checkpoint& state : parent.states) {
            if (state.weights.step == 54) continue; // the end
            if (steered && state.weights.step <= 18) continue; // the hand comes after the fork
            Trainer child(base, data());
            child.restore(state);
            const Watched rest = watch(child);
            const std::string difference = differenceOf(parent, joined(parent, state.weights.step, rest));
            QVERIFY2(difference.empty(), (std::to_string(state.weights.step) + ": " + difference).c_str());
        }
    }

    // A run trained again gives the same states, hand and all.
    void replayGivesTheSameState() {
        const RunConfig base = config(6);
        Trainer trainer(base, data());
        trainer.keepStatesAt({31});
        const Watched parent = watch(trainer, [](TrainingControl& control, std::uint64_t epoch) {
            if (epoch == 2) control.steer({scheduleSpec("linear", {{"lr", 0.05}}), 1});
        });
        const std::vector<double> rates = parent.rates();
        Trainer again(base, data());
        again.replay(rates, parent.changes);
        again.stopAfter(31);
        const Watched replayed = watch(again);
        QCOMPARE(replayed.result.steps, std::uint64_t(31));
        Checkpoint state = again.checkpoint();
        state.trainSeconds = parent.states[0].trainSeconds;
        QVERIFY(state == parent.states[0]);
    }

    void otherScheduleFromTheFork() {
        Trainer trainer(config(), data());
        const Watched parent = watch(trainer, {}, true);
        RunConfig other = config(8); // longer as well
        other.schedule = scheduleSpec("linear", {{"lr", 0.1}});
        other.optimizer.values.set("beta1", 0.5);
        Trainer child(other, data());
        child.restore(parent.states[1]);
        const Watched rest = watch(child);
        const Schedule schedule(other.schedule, {72, 9});
        QCOMPARE(rest.steps.size(), std::size_t(54));
        for (const StepMetrics& step : rest.steps) QCOMPARE(step.rate, schedule.at(step.step));
        QCOMPARE(rest.steps[0].loss, parent.steps[18].loss); // before the first update that differs
        QVERIFY(rest.steps[1].loss != parent.steps[19].loss);
        QCOMPARE(rest.epochs.front().epoch, std::uint64_t(3));
    }

    // What ended the parent in the middle of an epoch does not end the child's.
    void goesOnWithinAnEpoch() {
        RunConfig part = config();
        part.duration.steps = 13;
        RunConfig whole = config();
        whole.duration.steps = 22;
        part.schedule = whole.schedule = RunConfig::constantSchedule(0.01);
        Trainer trainer(part, data());
        const Watched parent = watch(trainer, {}, true);
        Trainer child(whole, data());
        child.restore(parent.states.back());
        const Watched rest = watch(child);
        Trainer straight(whole, data());
        Watched expected = watch(straight);
        RunRecord made = joined(parent, 13, rest);
        const std::string difference = differenceOf(expected, made);
        QVERIFY2(difference.empty(), difference.c_str());
    }
};

QTEST_GUILESS_MAIN(TestSteering)
#include "tst_steering.moc"
