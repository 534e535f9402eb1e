// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "problems.h"
#include "small_runs.h"

#include <QTest>

#include <cmath>
#include <functional>
#include <numbers>
#include <numeric>

using namespace ratescope;

namespace {

constexpr std::uint32_t trainSamples = 200;
constexpr DatasetInfo sizes{trainSamples, 20, 4, 5};

struct Case {
    const char* name;
    ScheduleSpec schedule;
    std::function<double(double)> rate; ///< lr(t), written down once more
    std::uint32_t batch;
    std::uint32_t maxBatch;
    std::uint64_t epochs;
};

std::vector<Case> makeCases() {
    using enum TimeUnit;
    constexpr double pi = std::numbers::pi;
    return {
        {"step", scheduleSpec("step", {{"lr", 0.4}, {"factor", 0.5}, {"period", 9}}),
         [](double t) { return 0.4 * std::pow(0.5, std::floor(t / 9)); }, 16, 90, 5},
        {"step by the epoch", scheduleSpec("step", {{"lr", 0.4}, {"factor", 0.3}, {"period", 2}}, Epoch),
         [](double t) { return 0.4 * std::pow(0.3, std::floor(t / 2)); }, 13, 100, 7},
        {"exponential", scheduleSpec("exponential", {{"lr", 0.5}, {"gamma", 0.93}}),
         [](double t) { return 0.5 * std::pow(0.93, t); }, 7, 60, 4},
        {"exponential by fractions of an epoch", scheduleSpec("exponential", {{"lr", 0.5}, {"gamma", 0.4}}, FractionalEpoch),
         [](double t) { return 0.5 * std::pow(0.4, t); }, 9, 150, 4},
        {"linear", scheduleSpec("linear", {{"lr", 0.3}, {"end", 0.01}, {"length", 40}}),
         [](double t) { return 0.3 - 0.29 * std::min(t / 40, 1.0); }, 20, 80, 6},
        {"linear to 0 by fractions of an epoch", scheduleSpec("linear", {{"lr", 0.3}, {"length", 3}}, FractionalEpoch),
         [](double t) { return 0.3 * (1 - std::min(t / 3, 1.0)); }, 20, 200, 4},
        {"cosine by the epoch", scheduleSpec("cosine", {{"lr", 0.3}, {"end", 0.02}, {"length", 5}}, Epoch),
         [](double t) { return 0.02 + 0.14 * (1 + std::cos(pi * std::min(t / 5, 1.0))); }, 15, 120, 6},
        // Left open: as long as the run would be without growth, 6 epochs of 10 steps.
        {"cosine, open", scheduleSpec("cosine", {{"lr", 0.3}, {"end", 0.02}}),
         [](double t) { return 0.02 + 0.14 * (1 + std::cos(pi * std::min(t / 60, 1.0))); }, 20, 120, 6},
        {"cosine, open, by fractions of an epoch", scheduleSpec("cosine", {{"lr", 0.3}, {"end", 0.02}}, FractionalEpoch),
         [](double t) { return 0.02 + 0.14 * (1 + std::cos(pi * std::min(t / 6, 1.0))); }, 20, 120, 6},
        {"time", scheduleSpec("time", {{"lr", 0.3}, {"decay", 0.11}}),
         [](double t) { return 0.3 / (1 + 0.11 * t); }, 11, 50, 4},
        {"time by fractions of an epoch", scheduleSpec("time", {{"lr", 0.3}, {"decay", 1.3}}, FractionalEpoch),
         [](double t) { return 0.3 / (1 + 1.3 * t); }, 11, 70, 5},
        // A tenth of the samples.
        {"default cap", scheduleSpec("exponential", {{"lr", 0.5}, {"gamma", 0.9}}),
         [](double t) { return 0.5 * std::pow(0.9, t); }, 6, 0, 3},
        {"default cap below the batch", scheduleSpec("exponential", {{"lr", 0.5}, {"gamma", 0.9}}),
         [](double t) { return 0.5 * std::pow(0.9, t); }, 30, 0, 3},
    };
}

const std::vector<Case>& cases() {
    static const std::vector<Case> all = makeCases();
    return all;
}

RunConfig configOf(const Case& one) {
    RunConfig config = smallConfig("dense 10", 0.1);
    config.schedule = one.schedule;
    config.schedule.batchGrowth = true;
    config.schedule.maxBatch = one.maxBatch;
    config.batchSize = one.batch;
    config.duration.epochs = one.epochs;
    return config;
}

/// One update by the rule of the header.
struct Update {
    std::uint64_t epoch;
    std::uint32_t first;
    std::uint32_t count;
    double rate;
};

std::vector<Update> walk(const Case& one) {
    const std::uint32_t cap = one.maxBatch > 0 ? one.maxBatch : std::max(one.batch, trainSamples / 10);
    std::vector<Update> updates;
    for (std::uint64_t epoch = 0; epoch < one.epochs; ++epoch) {
        for (std::uint32_t first = 0; first < trainSamples; first += updates.back().count) {
            const double t = one.schedule.unit == TimeUnit::Step    ? double(updates.size())
                             : one.schedule.unit == TimeUnit::Epoch ? double(epoch)
                                                                    : double(epoch) + double(first) / trainSamples;
            const double wanted = one.batch * one.rate(0) / one.rate(t);
            const auto size = static_cast<std::uint32_t>(std::lround(std::min<double>(wanted, cap)));
            const double rate = wanted < cap ? one.rate(0) : one.rate(t) * cap / one.batch;
            updates.push_back({epoch, first, std::min(size, trainSamples - first), rate});
        }
    }
    return updates;
}

void addRows() {
    QTest::addColumn<int>("index");
    for (int i = 0; i < int(cases().size()); ++i) QTest::newRow(cases()[std::size_t(i)].name) << i;
}

} // namespace

class TestBatchGrowth : public QObject {
    Q_OBJECT

private slots:
    void length_data() { addRows(); }
    void length() {
        QFETCH(const int, index);
        const Case& one = cases()[std::size_t(index)];
        const RunConfig config = configOf(one);
        QCOMPARE(problemText(config.validate(sizes)), std::string());
        const std::vector<Update> updates = walk(one);
        const RunLength length = lengthOf(config, sizes);
        QCOMPARE(length.steps, std::uint64_t(updates.size()));
        QCOMPARE(length.stepsPerEpoch, std::uint64_t((trainSamples + one.batch - 1) / one.batch));
        QCOMPARE(largestBatch(config, trainSamples), one.maxBatch > 0 ? one.maxBatch : std::max(one.batch, 20U));
        const Schedule schedule = scheduleOf(config, length);
        for (std::size_t s = 0; s < updates.size(); ++s) {
            const ScheduleTime time = length.timeOf(s);
            QCOMPARE(time.step, std::uint64_t(s));
            QCOMPARE(length.epochOf(s), updates[s].epoch);
            QCOMPARE(length.epochsOf(s), double(updates[s].epoch) + double(updates[s].first) / trainSamples);
            QCOMPARE(std::min(schedule.batchAt(time), trainSamples - updates[s].first), updates[s].count);
            VERIFY_NEAR(schedule.at(s), updates[s].rate, 1e-9);
        }
        QCOMPARE(length.epochOf(length.steps), one.epochs);
        QCOMPARE(length.epochsOf(length.steps), double(one.epochs));
    }

    // The run does what the length says: the rates, the epochs' ends, every sample once an epoch.
    void run_data() { addRows(); }
    void run() {
        QFETCH(const int, index);
        const Case& one = cases()[std::size_t(index)];
        const std::vector<Update> updates = walk(one);
        const RunRecord run = runToEnd(configOf(one), makeDataset(trainSamples, 20));
        QVERIFY(run.result.outcome == RunOutcome::Finished);
        QCOMPARE(run.steps.size(), updates.size());
        QCOMPARE(run.result.samples, one.epochs * trainSamples);
        QCOMPARE(run.result.epochs, double(one.epochs));
        QCOMPARE(run.epochs.size(), std::size_t(one.epochs));
        for (std::size_t s = 0; s < updates.size(); ++s) VERIFY_NEAR(run.steps[s].rate, updates[s].rate, 1e-9);
        std::size_t s = 0;
        for (std::size_t e = 0; e < run.epochs.size(); ++e) {
            double loss = 0.0;
            for (; s < updates.size() && updates[s].epoch == e; ++s) loss += double(run.steps[s].loss) * updates[s].count;
            QCOMPARE(run.epochs[e].step, std::uint64_t(s));
            VERIFY_NEAR(run.epochs[e].train.loss, loss / trainSamples, 1e-6);
        }
    }

    // While the batch has not grown the run is the one without growth.
    void beginsAsWithoutGrowth() {
        RunConfig config = configOf(cases()[0]); // grows after 9 updates
        const auto data = makeDataset(trainSamples, 20);
        const RunRecord growing = runToEnd(config, data);
        config.schedule.batchGrowth = false;
        config.schedule.maxBatch = 0;
        const RunRecord plain = runToEnd(config, data);
        for (std::size_t s = 0; s < 9; ++s) QCOMPARE(growing.steps[s], plain.steps[s]);
        QVERIFY(growing.steps[9] != plain.steps[9]);
        QVERIFY(growing.steps.size() < plain.steps.size());
    }

    // Steps instead of epochs, which end the run in the middle of one.
    void stepsEndTheRun() {
        const Case& one = cases()[0];
        const std::vector<Update> updates = walk(one);
        RunConfig config = configOf(one);
        config.duration.steps = 17;
        const RunLength length = lengthOf(config, sizes);
        QCOMPARE(length.steps, std::uint64_t(17));
        const RunRecord run = runToEnd(config, makeDataset(trainSamples, 20));
        const RunRecord whole = runToEnd(configOf(one), makeDataset(trainSamples, 20));
        QCOMPARE(run.steps.size(), std::size_t(17));
        for (std::size_t s = 0; s < 17; ++s) QCOMPARE(run.steps[s], whole.steps[s]);
        const double expected = double(updates[17].epoch) + double(updates[17].first) / trainSamples;
        QVERIFY(updates[17].first > 0);
        QCOMPARE(run.result.epochs, expected);
        QCOMPARE(length.epochsOf(17), expected);
        QCOMPARE(length.epochOf(17), updates[17].epoch);
        QCOMPARE(run.result.samples, std::uint64_t(std::lround(expected * trainSamples)));
        QCOMPARE(run.epochs.size(), std::size_t(updates[17].epoch + 1));
        // And at an epoch's very end.
        const auto secondEpoch = std::ranges::find(updates, 1U, &Update::epoch);
        config.duration.steps = static_cast<std::uint64_t>(secondEpoch - updates.begin());
        QCOMPARE(runToEnd(config, makeDataset(trainSamples, 20)).result.epochs, 1.0);
    }

    void validation_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<quint32>("maxBatch");
        QTest::addColumn<quint64>("epochs");
        QTest::addColumn<bool>("rangeTest");
        QTest::addColumn<QString>("says"); // empty: all is well
        QTest::newRow("fine") << "exponential" << 100U << quint64(5) << false << "";
        QTest::newRow("no cap given") << "exponential" << 0U << quint64(5) << false << "";
        QTest::newRow("the batch itself") << "exponential" << 16U << quint64(5) << false << "";
        QTest::newRow("all samples") << "exponential" << 200U << quint64(5) << false << "";
        QTest::newRow("below the batch")
            << "exponential" << 15U << quint64(5) << false
            << "schedule.max_batch: is 15; allowed: 16, the batch it grows from, to 200, the training samples\n";
        QTest::newRow("more than there are")
            << "exponential" << 201U << quint64(5) << false
            << "schedule.max_batch: is 201; allowed: 16, the batch it grows from, to 200, the training samples\n";
        QTest::newRow("a constant rate") << "constant" << 0U << quint64(5) << false
                                         << "schedule.batch_growth: needs a schedule whose rate falls; constant is none\n";
        QTest::newRow("restarts") << "warm_restarts" << 0U << quint64(5) << false
                                  << "schedule.batch_growth: needs a schedule whose rate falls; warm_restarts is none\n";
        QTest::newRow("cycles") << "cyclical" << 0U << quint64(5) << false
                                << "schedule.batch_growth: needs a schedule whose rate falls; cyclical is none\n";
        // 13 steps an epoch: 15384 epochs are 199992.
        QTest::newRow("most steps") << "exponential" << 100U << quint64(15384) << false << "";
        QTest::newRow("too many steps") << "exponential" << 100U << quint64(15385) << false
                                        << "schedule.batch_growth: is for runs of up to 200000 steps; this one has 200005\n";
        QTest::newRow("range test") << "exponential" << 0U << quint64(5) << true
                                    << "schedule.batch_growth: has no place in a range test, whose rate is its own\n";
    }
    void validation() {
        QFETCH(const QString, type);
        QFETCH(const quint32, maxBatch);
        QFETCH(const quint64, epochs);
        QFETCH(const bool, rangeTest);
        QFETCH(const QString, says);
        RunConfig config = smallConfig("dense 10", 0.1);
        config.schedule.type = type.toStdString();
        for (const ParameterInfo& info : findScheduleFamily(config.schedule.type)->parameters)
            if (info.required) config.schedule.values.set(info.name, info.kind == ParameterKind::Choice ? 0.0 : 0.5);
        config.schedule.batchGrowth = true;
        config.schedule.maxBatch = maxBatch;
        config.duration.epochs = epochs;
        if (rangeTest) config.rangeTest.emplace();
        QCOMPARE(problemText(config.validate(sizes)), says.toStdString());
    }

    void aCapWithoutGrowth() {
        RunConfig config = smallConfig("dense 10", 0.1);
        config.schedule.maxBatch = 50;
        QCOMPARE(problemText(config.validate()), std::string("schedule.max_batch: means nothing without batch_growth\n"));
    }

    void tooManySteps() {
        RunConfig config = configOf(cases()[0]);
        config.duration.steps = 200'001;
        QCOMPARE(problemText(config.validate(sizes)),
                 std::string("schedule.batch_growth: is for runs of up to 200000 steps; this one has 200001\n"));
        config.duration.steps = 200'000;
        QCOMPARE(problemText(config.validate(sizes)), std::string());
        QCOMPARE(lengthOf(config, sizes).steps, std::uint64_t(200'000));
    }
};

QTEST_APPLESS_MAIN(TestBatchGrowth)
#include "tst_batch_growth.moc"
