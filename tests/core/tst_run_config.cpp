// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "problems.h"

#include "core/training/run_config.h"

#include <QTest>

#include <cmath>
#include <functional>

using namespace ratescope;

namespace {

constexpr DatasetInfo mnist{60000, 10000, 28, 28};

struct Fault {
    const char* name;
    std::function<void(RunConfig&)> make;
    std::vector<const char*> problems; ///< starts of "place: message", in order; none: all is well
};

RangeTestSpec sweep(double from, double to, std::uint64_t steps = 100, double smoothing = 0.98,
                    double stopFactor = 4.0) {
    return {.from = from, .to = to, .steps = steps, .smoothing = smoothing, .stopFactor = stopFactor};
}

const std::vector<Fault>& faults() {
    static const std::vector<Fault> all = {
        {"defaults", [](RunConfig&) {}, {}},
        {"no name", [](RunConfig& c) { c.name.clear(); }, {"name: is empty"}},
        {"name of 200 bytes", [](RunConfig& c) { c.name.assign(200, 'x'); }, {}},
        {"name of 201 bytes", [](RunConfig& c) { c.name.assign(201, 'x'); }, {"name: is 201 bytes long; allowed: 200"}},
        {"line break in the name", [](RunConfig& c) { c.name = "a\nb"; }, {"name: holds a control character"}},
        {"delete in the name", [](RunConfig& c) { c.name = "a\x7F"; }, {"name: holds a control character"}},
        {"a letter of control in the name", [](RunConfig& c) { c.name = "a\xC2\x85"; }, {"name: holds a control character"}},
        {"the other way round in the name", [](RunConfig& c) { c.name = "a\xE2\x80\xAE"; },
         {"name: holds a control character"}},
        {"an isolate in the name", [](RunConfig& c) { c.name = "a\xE2\x81\xA6"; }, {"name: holds a control character"}},
        {"a long source", [](RunConfig& c) { c.startFrom = StartFromSpec{.run = std::string(201, 'x'), .file = {}}; },
         {"start_from.run: is 201 bytes long; allowed: 200"}},
        {"a long file", [](RunConfig& c) { c.startFrom = StartFromSpec{.run = {}, .file = std::string(4097, 'x')}; },
         {"start_from.file: is 4097 bytes long; allowed: 4096"}},
        {"a long folder", [](RunConfig& c) { c.data.assign(4097, 'x'); }, {"data: is 4097 bytes long; allowed: 4096"}},
        {"umlauts in the name", [](RunConfig& c) { c.name = "größer"; }, {}},
        {"color", [](RunConfig& c) { c.color = "#09aFfF"; }, {}},
        {"short color", [](RunConfig& c) { c.color = "#abc"; }, {"color: is “#abc”; expected #rrggbb"}},
        {"color without #", [](RunConfig& c) { c.color = "aabbccd"; }, {"color: is “aabbccd”"}},
        {"color beyond hex", [](RunConfig& c) { c.color = "#aabbcg"; }, {"color: is “#aabbcg”"}},
        {"color's name", [](RunConfig& c) { c.color = "red"; }, {"color: is “red”"}},
        {"validation 0", [](RunConfig& c) { c.validation = 0; }, {}},
        {"validation 0.9", [](RunConfig& c) { c.validation = 0.9; }, {}},
        {"negative validation",
         [](RunConfig& c) { c.validation = -0.1; },
         {"validation: is -0.1; allowed: a number from 0 to 0.9"}},
        {"large validation",
         [](RunConfig& c) { c.validation = 0.91; },
         {"validation: is 0.91; allowed: a number from 0 to 0.9"}},
        {"validation NaN", [](RunConfig& c) { c.validation = std::nan(""); }, {"validation: is nan"}},
        {"batch of 0", [](RunConfig& c) { c.batchSize = 0; }, {"batch_size: is 0; allowed"}},
        {"no epochs", [](RunConfig& c) { c.duration.epochs = 0; }, {"epochs: is 0; allowed"}},
        {"too many epochs",
         [](RunConfig& c) { c.duration.epochs = 1'000'000'001; },
         {"epochs: is 1000000001; allowed"}},
        {"no steps",
         [](RunConfig& c) { c.duration.steps = 0; },
         {"steps: is 0; allowed: a whole number from 1 to 1e9"}},
        {"1e9 steps", [](RunConfig& c) { c.duration.steps = 1'000'000'000; }, {}},
        {"too many steps",
         [](RunConfig& c) { c.duration.steps = 1'000'000'001; },
         {"steps: is 1000000001; allowed: a whole number from 1 to 1e9"}},
        {"steps make epochs idle",
         [](RunConfig& c) {
             c.duration = {0, 5};
         },
         {}},
        {"largest seed", [](RunConfig& c) { c.seed = 9007199254740991; }, {}},
        {"seed too large",
         [](RunConfig& c) { c.seed = 9007199254740992; },
         {"seed: is 9007199254740992; allowed: a whole number from 0 to 9007199254740991"}},
        {"no layers", [](RunConfig& c) { c.network.layers.clear(); }, {"network: has no layers"}},
        {"layer without units",
         [](RunConfig& c) { c.network = parseLayerList("relu, dense 0, dense 10"); },
         {"network[1].units: is 0"}},
        {"last layer", [](RunConfig& c) { c.network = parseLayerList("dense 10, tanh"); }, {"network[1]: is tanh"}},
        {"optimizer", [](RunConfig& c) { c.optimizer.type = "sgdd"; }, {"optimizer.type: “sgdd” is no optimizer"}},
        {"optimizer's parameter",
         [](RunConfig& c) { c.optimizer.values.set("momentum", 2); },
         {"optimizer.momentum: is 2"}},
        {"schedule", [](RunConfig& c) { c.schedule.type = "cos"; }, {"schedule.type: “cos” is no schedule"}},
        {"schedule's parameters",
         [](RunConfig& c) { c.schedule.type = "step"; },
         {"schedule.period: the schedule step needs this parameter"}},
        {"range test", [](RunConfig& c) { c.rangeTest = sweep(1e-5, 10); }, {}},
        {"sweep from 0",
         [](RunConfig& c) { c.rangeTest = sweep(0, 10); },
         {"range_test.from: is 0; allowed: a rate above 0"}},
        {"sweep from NaN",
         [](RunConfig& c) { c.rangeTest = sweep(std::nan(""), 10); },
         {"range_test.from: is nan", "range_test.to: is 10"}},
        {"sweep downwards",
         [](RunConfig& c) { c.rangeTest = sweep(1, 0.5); },
         {"range_test.to: is 0.5; allowed: a rate above “from”"}},
        {"sweep on the spot", [](RunConfig& c) { c.rangeTest = sweep(1, 1); }, {"range_test.to: is 1;"}},
        {"sweep to infinity", [](RunConfig& c) { c.rangeTest = sweep(1, INFINITY); }, {"range_test.to: is inf;"}},
        {"sweep of two steps", [](RunConfig& c) { c.rangeTest = sweep(1, 2, 2); }, {}},
        {"sweep of one step",
         [](RunConfig& c) { c.rangeTest = sweep(1, 2, 1); },
         {"range_test.steps: is 1; allowed: a whole number from 2 to 1000000"}},
        {"sweep too long", [](RunConfig& c) { c.rangeTest = sweep(1, 2, 1000001); }, {"range_test.steps: is 1000001;"}},
        {"smoothing 1",
         [](RunConfig& c) { c.rangeTest = sweep(1, 2, 9, 1); },
         {"range_test.smoothing: is 1; allowed: a number from 0 to 0.9999"}},
        {"smoothing below 0",
         [](RunConfig& c) { c.rangeTest = sweep(1, 2, 9, -0.1); },
         {"range_test.smoothing: is -0.1"}},
        {"stop factor 1",
         [](RunConfig& c) { c.rangeTest = sweep(1, 2, 9, 0.9, 1); },
         {"range_test.stop_factor: is 1; allowed: a number above 1"}},
        {"stop factor infinite",
         [](RunConfig& c) { c.rangeTest = sweep(1, 2, 9, 0.9, INFINITY); },
         {"range_test.stop_factor: is inf"}},
        {"everything at once",
         [](RunConfig& c) {
             c.name.clear();
             c.batchSize = 0;
             c.optimizer.values.set("beta", 1);
             c.schedule.values.clear("lr");
         },
         {"name: is empty", "batch_size: is 0", "optimizer.beta: the optimizer sgd has no",
          "schedule.lr: the schedule constant needs"}},
    };
    return all;
}

const std::vector<Fault>& dataFaults() {
    static const std::vector<Fault> all = {
        {"defaults", [](RunConfig&) {}, {}},
        {"faults of its own first",
         [](RunConfig& c) {
             c.batchSize = 0;
             c.trainSamples = 70000;
         },
         {"batch_size: is 0"}},
        {"all samples but the held out", [](RunConfig& c) { c.trainSamples = 48000; }, {}},
        {"one sample too many",
         [](RunConfig& c) { c.trainSamples = 48001; },
         {"train_samples: is 48001; allowed: 0 (all) to 48000"}},
        {"full batch", [](RunConfig& c) { c.batchSize = 48000; }, {}},
        {"batch too large", [](RunConfig& c) { c.batchSize = 48001; }, {"batch_size: is 48001; allowed: 1 to 48000"}},
        {"batch above train_samples",
         [](RunConfig& c) {
             c.trainSamples = 100;
             c.batchSize = 101;
         },
         {"batch_size: is 101; allowed: 1 to 100"}},
        {"batch of train_samples",
         [](RunConfig& c) {
             c.trainSamples = 100;
             c.batchSize = 100;
         },
         {}},
        // Too large only with 784 inputs.
        {"network",
         [](RunConfig& c) { c.network = parseLayerList("dense 340000, dense 10"); },
         {"network[1]: brings the network to 1032 MiB of weights; allowed: 1024 MiB"}},
        // 750 steps an epoch: 1333333 epochs are 999999750 steps.
        {"most epochs", [](RunConfig& c) { c.duration.epochs = 1'333'333; }, {}},
        {"one epoch too many",
         [](RunConfig& c) { c.duration.epochs = 1'333'334; },
         {"epochs: is 1333334, over 1e9 steps of training; allowed: up to 1333333"}},
        {"short last batch counts",
         [](RunConfig& c) {
             c.trainSamples = 3;
             c.batchSize = 2;
             c.duration.epochs = 500'000'001;
         },
         {"epochs: is 500000001,"}},
        {"steps make epochs idle",
         [](RunConfig& c) {
             c.duration = {1'333'334, 7};
         },
         {}},
    };
    return all;
}

void compareProblems(const Problems& problems, const std::vector<const char*>& expected) {
    const std::string text = problemText(problems);
    QVERIFY2(problems.size() == expected.size(), text.c_str());
    for (std::size_t i = 0; i < expected.size(); ++i)
        QVERIFY2((problems[i].place + ": " + problems[i].message).starts_with(expected[i]), text.c_str());
}

void rows(const std::vector<Fault>& all) {
    QTest::addColumn<int>("index");
    for (int i = 0; i < int(all.size()); ++i) QTest::newRow(all[std::size_t(i)].name) << i;
}

} // namespace

class TestRunConfig : public QObject {
    Q_OBJECT

private slots:
    void validates_data() { rows(faults()); }
    void validates() {
        QFETCH(int, index);
        const Fault& fault = faults()[std::size_t(index)];
        RunConfig config;
        fault.make(config);
        compareProblems(config.validate(), fault.problems);
    }

    void validatesAgainstData_data() { rows(dataFaults()); }
    void validatesAgainstData() {
        QFETCH(int, index);
        const Fault& fault = dataFaults()[std::size_t(index)];
        RunConfig config;
        fault.make(config);
        compareProblems(config.validate(mnist), fault.problems);
    }

    void nothingLeftToTrain() {
        RunConfig config;
        config.validation = 0.9;
        config.batchSize = 1;
        const std::string text = problemText(config.validate(DatasetInfo{1, 1, 2, 2}));
        QVERIFY2(contains(text, "validation: is 0.9: nothing is left to train on"), text.c_str());
        QCOMPARE(problemText(config.validate(DatasetInfo{10, 1, 2, 2})), std::string());
    }

    void splits_data() {
        QTest::addColumn<double>("validation");
        QTest::addColumn<quint32>("trainSamples");
        QTest::addColumn<quint32>("count");
        QTest::addColumn<QList<quint32>>("split"); // train, first of validation, validation
        QTest::newRow("MNIST") << 0.2 << 0U << 60000U << QList<quint32>{48000, 48000, 12000};
        QTest::newRow("none") << 0.0 << 0U << 60000U << QList<quint32>{60000, 60000, 0};
        QTest::newRow("few samples") << 0.2 << 1000U << 60000U << QList<quint32>{1000, 48000, 12000};
        QTest::newRow("rounded up") << 0.25 << 0U << 10U << QList<quint32>{7, 7, 3};
        QTest::newRow("rounded down") << 0.24 << 0U << 10U << QList<quint32>{8, 8, 2};
        QTest::newRow("0.1 of 30, which is just above 3") << 0.1 << 0U << 30U << QList<quint32>{27, 27, 3};
        QTest::newRow("0.7 of 10, which is just below 7") << 0.7 << 0U << 10U << QList<quint32>{3, 3, 7};
    }
    void splits() {
        QFETCH(double, validation);
        QFETCH(quint32, trainSamples);
        QFETCH(quint32, count);
        QFETCH(QList<quint32>, split);
        RunConfig config;
        config.validation = validation;
        config.trainSamples = trainSamples;
        const DataSplit found = splitOf(config, count);
        QCOMPARE((QList<quint32>{found.train, found.validationFirst, found.validation}), split);
    }

    void lengths_data() {
        QTest::addColumn<quint32>("batchSize");
        QTest::addColumn<quint32>("trainSamples");
        QTest::addColumn<int>("steps"); // 0: three epochs
        QTest::addColumn<bool>("rangeTest");
        QTest::addColumn<quint64>("total");
        QTest::addColumn<quint64>("perEpoch");
        QTest::newRow("epochs") << 64U << 0U << 0 << false << quint64(2250) << quint64(750);
        QTest::newRow("short last batch") << 100U << 1001U << 0 << false << quint64(33) << quint64(11);
        QTest::newRow("full batch") << 48000U << 0U << 0 << false << quint64(3) << quint64(1);
        QTest::newRow("steps") << 64U << 0U << 1000 << false << quint64(1000) << quint64(750);
        QTest::newRow("range test") << 64U << 0U << 1000 << true << quint64(77) << quint64(750);
    }
    void lengths() {
        QFETCH(quint32, batchSize);
        QFETCH(quint32, trainSamples);
        QFETCH(int, steps);
        QFETCH(bool, rangeTest);
        QFETCH(quint64, total);
        QFETCH(quint64, perEpoch);
        RunConfig config;
        config.batchSize = batchSize;
        config.trainSamples = trainSamples;
        config.duration.epochs = 3;
        if (steps > 0) config.duration.steps = static_cast<std::uint64_t>(steps);
        if (rangeTest) config.rangeTest = sweep(1e-4, 1, 77);
        const RunLength length = lengthOf(config, mnist);
        QCOMPARE(quint64(length.steps), total);
        QCOMPARE(quint64(length.stepsPerEpoch), perEpoch);
    }

    void scheduleIsTheSweepOfARangeTest() {
        RunConfig config;
        config.schedule = RunConfig::constantSchedule(0.25);
        QCOMPARE(scheduleOf(config, RunLength{10, 5}).at(3), 0.25);
        config.rangeTest = sweep(0.01, 1, 3);
        VERIFY_NEAR(scheduleOf(config, RunLength{3, 5}).at(1), 0.1, 1e-12);
        config.rangeTest->exponential = false;
        VERIFY_NEAR(scheduleOf(config, RunLength{3, 5}).at(1), 0.505, 1e-12);
    }
};

QTEST_APPLESS_MAIN(TestRunConfig)
#include "tst_run_config.moc"
