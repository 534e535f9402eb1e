// SPDX-License-Identifier: GPL-3.0-or-later
// The families that the data have a say in: plateau and halving. What PyTorch does is in tst_torch_schedules.
#include "approx.h"
#include "problems.h"
#include "small_runs.h"

#include "core/schedule/schedule.h"

#include <QTest>

#include <cmath>

using namespace ratescope;

namespace {

constexpr std::uint64_t perEpoch = 10;
const RunLength run{1000, perEpoch};

ScheduleSpec plateau(const std::vector<std::pair<const char*, double>>& values) {
    ScheduleSpec spec = scheduleSpec("plateau", {{"lr", 1.0}, {"factor", 0.5}, {"patience", 0}});
    for (const auto& [name, value] : values) spec.values.set(name, value);
    return spec;
}

/// The rates of the epochs, the first of them before any figure.
std::vector<double> driven(const ScheduleSpec& spec, const std::vector<EpochFigures>& epochs) {
    const Schedule schedule(spec, run);
    RateFeedback feedback;
    std::vector<double> rates = {schedule.at(run.timeOf(0), feedback)};
    for (std::uint64_t epoch = 0; epoch < epochs.size(); ++epoch) {
        const std::uint64_t last = (epoch + 1) * perEpoch - 1;
        // The rate stays within an epoch.
        if (schedule.at(run.timeOf(last), feedback) != rates.back()) return {};
        schedule.epochDone(last, epochs[epoch], feedback);
        rates.push_back(schedule.at(run.timeOf(last + 1), feedback));
    }
    return rates;
}

std::vector<EpochFigures> losses(const std::vector<double>& values) {
    std::vector<EpochFigures> epochs;
    for (const double value : values) epochs.push_back({99.0, value, 0.5});
    return epochs;
}

using Rates = std::vector<double>;

} // namespace

class TestPlateau : public QObject {
    Q_OBJECT

private slots:
    void monitors() {
        std::vector<EpochFigures> epochs;
        // The loss gets better throughout, the accuracy never, the training loss once.
        for (int i = 0; i < 4; ++i) epochs.push_back({i == 1 ? 0.5 : 1.0, 1.0 - 0.1 * i, 0.8 - 0.1 * i});
        QCOMPARE(driven(plateau({}), epochs), (Rates{1, 1, 1, 1, 1}));
        QCOMPARE(driven(plateau({{"monitor", 0}}), epochs), (Rates{1, 1, 1, 1, 1}));
        QCOMPARE(driven(plateau({{"monitor", 1}}), epochs), (Rates{1, 1, 0.5, 0.25, 0.125}));
        QCOMPARE(driven(plateau({{"monitor", 2}}), epochs), (Rates{1, 1, 1, 0.5, 0.25}));
    }

    // Ten epochs, a tenth.
    void defaults() {
        const ScheduleSpec spec = scheduleSpec("plateau", {{"lr", 1.0}});
        const Rates rates = driven(spec, losses(Rates(24, 0.5)));
        for (std::size_t i = 0; i < rates.size(); ++i) VERIFY_NEAR(rates[i], i < 12 ? 1.0 : i < 23 ? 0.1 : 0.01, 1e-12);
    }

    // An epoch whose figure is missing does not count.
    void missingFigures() {
        std::vector<EpochFigures> epochs = losses({1, 1, 1, 1});
        epochs[1].validationLoss.reset();
        epochs[2].validationLoss.reset();
        QCOMPARE(driven(plateau({}), epochs), (Rates{1, 1, 1, 1, 0.5}));
    }

    void raises() {
        QCOMPARE(driven(plateau({{"raise_factor", 2}}), losses({1, 1, 0.5, 0.5, 0.5})), (Rates{1, 1, 2, 2, 4, 8}));
        QCOMPARE(driven(plateau({{"raise_factor", 1.5}, {"patience", 1}, {"cooldown", 1}}), losses(Rates(8, 1.0))),
                 (Rates{1, 1, 1, 1.5, 1.5, 1.5, 2.25, 2.25, 2.25}));
    }

    void lowestRate() {
        QCOMPARE(driven(plateau({{"min_lr", 0.3}}), losses(Rates(5, 1.0))), (Rates{1, 1, 0.5, 0.3, 0.3, 0.3}));
        const std::string text = problemText(validateSchedule(plateau({{"min_lr", 1.5}})));
        QCOMPARE(text, std::string("min_lr: is 1.5, above lr (1)\n"));
    }

    // PyTorch refuses a factor that does not lower the rate.
    void factorAbove1() {
        const std::string text = problemText(validateSchedule(plateau({{"factor", 1.5}})));
        QCOMPARE(text, std::string("factor: is 1.5; allowed: a number above 0 and at most 1\n"));
        QCOMPARE(problemText(validateSchedule(plateau({{"raise_factor", 1}}))),
                 std::string("raise_factor: is 1; allowed: a number above 1 and at most 100\n"));
    }

    // A first figure that is no number is nothing to be better than.
    void noNumber() {
        QCOMPARE(driven(plateau({{"patience", 1}}), losses({std::nan(""), 1, 0.5, 0.4, std::nan(""), 0.3})),
                 Rates(7, 1.0));
    }

    // The feedback alone tells the rate: the same one, the same rate, whatever was asked before.
    void pure() {
        const Schedule schedule(plateau({}), run);
        RateFeedback feedback;
        schedule.epochDone(9, {1, 1.0, {}}, feedback);
        schedule.epochDone(19, {1, 1.0, {}}, feedback);
        const RateFeedback copy = feedback;
        QCOMPARE(copy.plateaus.size(), std::size_t(1));
        QCOMPARE(schedule.at(run.timeOf(20), copy), 0.5);
        QCOMPARE(schedule.at(run.timeOf(20)), 1.0);
        QCOMPARE(schedule.at(run.timeOf(0), copy), 0.5);
        schedule.epochDone(29, {1, 1.0, {}}, feedback);
        QCOMPARE(schedule.at(run.timeOf(30), feedback), 0.25);
        QCOMPARE(schedule.at(run.timeOf(30), copy), 0.5);
        QVERIFY(!(copy == feedback));
    }

    void inASequence_data() {
        QTest::addColumn<int>("unit");
        QTest::addColumn<double>("each"); // 3 epochs
        QTest::newRow("step") << int(TimeUnit::Step) << 30.0;
        QTest::newRow("epoch") << int(TimeUnit::Epoch) << 3.0;
        QTest::newRow("fractional epoch") << int(TimeUnit::FractionalEpoch) << 3.0;
    }
    // A part hears of the epochs of its turn alone, and nothing once the sequence is over.
    void inASequence() {
        QFETCH(const int, unit);
        QFETCH(const double, each);
        ScheduleSpec spec{"sequence", static_cast<TimeUnit>(unit), {}};
        spec.parts = {
            {scheduleSpec("constant", {{"lr", 9.0}}), each}, {plateau({}), each}, {plateau({{"lr", 4.0}}), each}};
        QVERIFY(Schedule(spec, run).needsFeedback());
        QCOMPARE(driven(spec, losses(Rates(14, 1.0))), (Rates{9, 9, 9, 1, 1, 0.5, 4, 4, 2, 1, 1, 1, 1, 1, 1}));
    }

    void nestedInSequences() {
        ScheduleSpec inner{"sequence", TimeUnit::Epoch, {}};
        inner.parts = {{plateau({}), 3.0}, {plateau({{"lr", 4.0}}), {}}};
        ScheduleSpec outer{"sequence", TimeUnit::Epoch, {}};
        outer.parts = {{inner, 6.0}, {inner, {}}};
        QCOMPARE(driven(outer, losses(Rates(12, 1.0))), (Rates{1, 1, 0.5, 4, 4, 2, 1, 1, 0.5, 4, 4, 2, 1}));
    }

    void halving() {
        const ScheduleSpec spec = scheduleSpec("halving", {{"lr", 0.8}, {"patience", 30}});
        const Schedule schedule(spec, run);
        QVERIFY(schedule.needsFeedback());
        QCOMPARE(schedule.halvingPatience(), std::optional<std::uint64_t>(30));
        QCOMPARE(Schedule(scheduleSpec("halving", {{"lr", 0.8}}), run).halvingPatience(),
                 std::optional<std::uint64_t>(100));
        QVERIFY(!Schedule(plateau({}), run).halvingPatience());
        for (unsigned times = 0; times < 40; ++times) {
            RateFeedback feedback;
            feedback.halvings = times;
            for (const std::uint64_t step : {0U, 1U, 500U})
                QCOMPARE(schedule.at(run.timeOf(step), feedback), 0.8 * std::pow(0.5, times));
        }
        RateFeedback heard;
        schedule.epochDone(9, {1, 1.0, 0.5}, heard); // epochs are nothing to it
        QVERIFY(heard == RateFeedback());
        QCOMPARE(schedule.at(17), 0.8);
    }
};

QTEST_APPLESS_MAIN(TestPlateau)
#include "tst_plateau.moc"
