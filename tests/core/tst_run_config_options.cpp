// SPDX-License-Identifier: GPL-3.0-or-later
#include "problems.h"
#include "small_runs.h"

#include "core/training/run_config.h"

#include <QTest>

#include <cmath>
#include <functional>

using namespace ratescope;

namespace {

constexpr DatasetInfo mnist{60000, 10000, 28, 28};

/// What a configuration is made of that has the faults `says`, each as "place: message", in that order.
struct Fault {
    const char* name;
    std::function<void(RunConfig&)> make;
    std::vector<std::string> says = {};
};

ScheduleSpec restarts(double period, TimeUnit unit = TimeUnit::Step) {
    return scheduleSpec("warm_restarts", {{"lr", 0.1}, {"period", period}}, unit);
}

NetworkSpec list(const char* layers) { return parseLayerList(layers); }

/// Seen without the data.
const std::vector<Fault>& ownFaults() {
    static const std::vector<Fault> all = {
        {"early stopping", [](RunConfig& c) { c.earlyStopping.emplace(); }},
        {"most patience", [](RunConfig& c) { c.earlyStopping = EarlyStoppingSpec{.patience = 1'000'000'000}; }},
        {"no patience",
         [](RunConfig& c) { c.earlyStopping = EarlyStoppingSpec{.patience = 0}; },
         {"early_stopping.patience: is 0; allowed: a whole number of epochs from 1 on"}},
        {"too much patience",
         [](RunConfig& c) { c.earlyStopping = EarlyStoppingSpec{.patience = 1'000'000'001}; },
         {"early_stopping.patience: is 1000000001; allowed: a whole number of epochs from 1 on"}},
        {"negative min_delta",
         [](RunConfig& c) { c.earlyStopping = EarlyStoppingSpec{.minimumDelta = -0.01}; },
         {"early_stopping.min_delta: is -0.01; allowed: a number from 0 on"}},
        {"min_delta NaN",
         [](RunConfig& c) { c.earlyStopping = EarlyStoppingSpec{.minimumDelta = std::nan("")}; },
         {"early_stopping.min_delta: is nan; allowed: a number from 0 on"}},
        {"min_delta infinite",
         [](RunConfig& c) { c.earlyStopping = EarlyStoppingSpec{.minimumDelta = INFINITY}; },
         {"early_stopping.min_delta: is inf; allowed: a number from 0 on"}},
        {"no validation for val_loss",
         [](RunConfig& c) {
             c.validation = 0.0;
             c.earlyStopping.emplace();
         },
         {"early_stopping.monitor: is val_loss, but no samples are held out for validation"}},
        {"no validation for val_accuracy",
         [](RunConfig& c) {
             c.validation = 0.0;
             c.earlyStopping = EarlyStoppingSpec{.monitor = Monitor::ValidationAccuracy};
         },
         {"early_stopping.monitor: is val_accuracy, but no samples are held out for validation"}},
        {"no validation for train_loss",
         [](RunConfig& c) {
             c.validation = 0.0;
             c.earlyStopping = EarlyStoppingSpec{.monitor = Monitor::TrainingLoss};
         }},
        {"early stopping of a range test",
         [](RunConfig& c) {
             c.rangeTest.emplace();
             c.earlyStopping.emplace();
         },
         {"early_stopping: has no place in a range test, which knows no epochs"}},
        {"several faults of early stopping",
         [](RunConfig& c) {
             c.validation = 0.0;
             c.earlyStopping = EarlyStoppingSpec{.patience = 0, .minimumDelta = -1};
         },
         {"early_stopping.patience: is 0; allowed: a whole number of epochs from 1 on",
          "early_stopping.min_delta: is -1; allowed: a number from 0 on",
          "early_stopping.monitor: is val_loss, but no samples are held out for validation"}},
        {"snapshots of restarts",
         [](RunConfig& c) {
             c.snapshots = true;
             c.schedule = restarts(100);
         }},
        {"snapshots of triangles",
         [](RunConfig& c) {
             c.snapshots = true;
             c.schedule = scheduleSpec("cyclical", {{"lr", 0.1}, {"max_lr", 0.2}, {"half_period", 50}, {"mode", 0}});
         }},
        {"snapshots without cycles",
         [](RunConfig& c) {
             c.snapshots = true;
             c.schedule = scheduleSpec("cosine", {{"lr", 0.1}});
         },
         {"snapshots: need a schedule that goes round in cycles, such as warm_restarts or cyclical; cosine does not"}},
        {"snapshots of an unknown schedule",
         [](RunConfig& c) {
             c.snapshots = true;
             c.schedule.type = "cosin";
         },
         {"schedule.type: “cosin” is no schedule; allowed: constant, linear, polynomial, step, multistep, exponential, "
          "time, cosine, warm_restarts, cyclical, one_cycle, inverse_sqrt, warmup_stable_decay, plateau, halving, "
          "piecewise, formula, sequence"}},
        {"snapshots of a range test",
         [](RunConfig& c) {
             c.snapshots = true;
             c.rangeTest.emplace();
         },
         {"snapshots: have no place in a range test"}},
        {"start from a run", [](RunConfig& c) { c.startFrom = StartFromSpec{"a", "", false}; }},
        {"start from a file", [](RunConfig& c) { c.startFrom = StartFromSpec{"", "a.safetensors", true}; }},
        {"start from nothing",
         [](RunConfig& c) { c.startFrom.emplace(); },
         {"start_from: needs either a run or a file"}},
        {"start from both",
         [](RunConfig& c) { c.startFrom = StartFromSpec{"a", "a.safetensors", false}; },
         {"start_from: needs either a run or a file"}},
        {"layer rates", [](RunConfig& c) { c.layerRates = {0.0, 1.0}; }},
        {"too many layer rates",
         [](RunConfig& c) { c.layerRates = {1.0, 1.0, 1.0}; },
         {"layer_rates: holds 3 numbers; expected 2, one for each layer with weights"}},
        {"a layer rate below 0",
         [](RunConfig& c) { c.layerRates = {1.0, -1.0}; },
         {"layer_rates[1]: is -1; allowed: a number from 0 (frozen) to 1e6"}},
        {"layer rates that freeze all",
         [](RunConfig& c) { c.layerRates = {0.0, 0.0}; },
         {"layer_rates: freezes every layer; nothing is left to train"}},
        {"layer rates of no network, which is the fault",
         [](RunConfig& c) {
             c.network.layers.clear();
             c.layerRates = {1.0, 1.0};
         },
         {"network: has no layers; expected at least a dense layer of 10 units"}},
        {"growth of a constant rate",
         [](RunConfig& c) { c.schedule.batchGrowth = true; },
         {"schedule.batch_growth: needs a schedule whose rate falls; constant is none"}},
        {"a cap without growth",
         [](RunConfig& c) { c.schedule.maxBatch = 100; },
         {"schedule.max_batch: means nothing without batch_growth"}},
        {"everything at once",
         [](RunConfig& c) {
             c.layerRates = {1.0};
             c.earlyStopping = EarlyStoppingSpec{.patience = 0};
             c.snapshots = true;
             c.startFrom.emplace();
             c.schedule.maxBatch = 1;
         },
         {"schedule.max_batch: means nothing without batch_growth",
          "layer_rates: holds 1 numbers; expected 2, one for each layer with weights",
          "early_stopping.patience: is 0; allowed: a whole number of epochs from 1 on",
          "snapshots: need a schedule that goes round in cycles, such as warm_restarts or cyclical; constant does not",
          "start_from: needs either a run or a file"}},
    };
    return all;
}

/// Held against the 48000 samples and 28 × 28 pixels of MNIST.
const std::vector<Fault>& dataFaults() {
    static const std::vector<Fault> all = {
        {"cnn", [](RunConfig& c) { c.network = *findNetworkPreset("cnn"); }},
        {"kernel larger than what is left of the image",
         [](RunConfig& c) { c.network = list("maxpool 4, maxpool 3, conv2d 8 3, flatten, dense 10"); },
         {"network[2]: has a kernel of 3 × 3, but only 2 × 2 is left of the image"}},
        {"pooling to nothing",
         [](RunConfig& c) { c.network = list("conv2d 8 27, maxpool 3, flatten, dense 10"); },
         {"network[1]: pools 3 × 3, but only 2 × 2 is left of the image: nothing would remain"}},
        {"dense on channels",
         [](RunConfig& c) { c.network = list("conv2d 8, relu, dense 10"); },
         {"network[2]: is dense on an image of 26 × 26 with 8 channels; put a flatten before it"}},
        {"network's fault and another",
         [](RunConfig& c) {
             c.network = list("conv2d 8, relu, dense 10");
             c.batchSize = 50000;
         },
         {"batch_size: is 50000; allowed: 1 to 48000, the training samples",
          "network[2]: is dense on an image of 26 × 26 with 8 channels; put a flatten before it"}},
        {"largest cap", [](RunConfig& c) {
             c.schedule = scheduleSpec("cosine", {{"lr", 0.1}});
             c.schedule.batchGrowth = true;
             c.schedule.maxBatch = 48000;
         }},
        {"cap above the samples",
         [](RunConfig& c) {
             c.schedule = scheduleSpec("cosine", {{"lr", 0.1}});
             c.schedule.batchGrowth = true;
             c.schedule.maxBatch = 48001;
         },
         {"schedule.max_batch: is 48001; allowed: 64, the batch it grows from, to 48000, the training samples"}},
        {"cap above train_samples",
         [](RunConfig& c) {
             c.trainSamples = 500;
             c.schedule = scheduleSpec("cosine", {{"lr", 0.1}});
             c.schedule.batchGrowth = true;
             c.schedule.maxBatch = 501;
         },
         {"schedule.max_batch: is 501; allowed: 64, the batch it grows from, to 500, the training samples"}},
        // 750 steps an epoch.
        {"snapshots", [](RunConfig& c) {
             c.snapshots = true;
             c.schedule = restarts(750);
         }},
        {"most snapshots", [](RunConfig& c) {
             c.snapshots = true;
             c.network = list("dense 10");
             c.schedule = restarts(37.5);
         }},
        {"too many snapshots",
         [](RunConfig& c) {
             c.snapshots = true;
             c.network = list("dense 10");
             c.schedule = restarts(37);
         },
         {"snapshots: would be 101, one at each end of a cycle; allowed: 100"}},
        {"one snapshot at the end", [](RunConfig& c) {
             c.snapshots = true;
             c.schedule = restarts(5, TimeUnit::Epoch);
         }},
        {"no snapshot",
         [](RunConfig& c) {
             c.snapshots = true;
             c.schedule = restarts(6, TimeUnit::Epoch);
         },
         {"snapshots: would be none: the run ends before the schedule's first cycle does"}},
        // 50 times 784·8192 + 8192 + 8192·10 + 10 floats.
        {"snapshots too large",
         [](RunConfig& c) {
             c.snapshots = true;
             c.network = list("dense 8192, relu, dense 10");
             c.schedule = restarts(75);
         },
         {"snapshots: would take 1242 MiB; allowed: 1024 MiB"}},
        {"early stopping with a single sample held out", [](RunConfig& c) {
             c.validation = 1.0 / 60000;
             c.earlyStopping.emplace();
         }},
        {"early stopping with less than a sample held out",
         [](RunConfig& c) {
             c.validation = 0.4 / 60000;
             c.earlyStopping.emplace();
         },
         {"early_stopping.monitor: is val_loss, but no samples are held out for validation"}},
        {"that is fine for the training loss", [](RunConfig& c) {
             c.validation = 0.4 / 60000;
             c.earlyStopping = EarlyStoppingSpec{.monitor = Monitor::TrainingLoss};
         }},
    };
    return all;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + '\n';
    return text;
}

void addRows(const std::vector<Fault>& all) {
    QTest::addColumn<int>("index");
    for (int i = 0; i < int(all.size()); ++i) QTest::newRow(all[std::size_t(i)].name) << i;
}

} // namespace

/// The keys that a run may have beyond the bare ones: every fault, its place and its words.
class TestRunConfigOptions : public QObject {
    Q_OBJECT

private slots:
    void validates_data() { addRows(ownFaults()); }
    void validates() {
        QFETCH(const int, index);
        RunConfig config;
        ownFaults()[std::size_t(index)].make(config);
        QCOMPARE(problemText(config.validate()), joined(ownFaults()[std::size_t(index)].says));
    }

    void validatesAgainstData_data() { addRows(dataFaults()); }
    void validatesAgainstData() {
        QFETCH(const int, index);
        RunConfig config;
        dataFaults()[std::size_t(index)].make(config);
        QCOMPARE(problemText(config.validate()), std::string());
        QCOMPARE(problemText(config.validate(mnist)), joined(dataFaults()[std::size_t(index)].says));
    }

    // The largest batch that 2 GiB of activations allow, and one more.
    void activations_data() {
        QTest::addColumn<bool>("growing");
        QTest::newRow("batch_size") << false;
        QTest::newRow("max_batch") << true;
    }
    void activations() {
        QFETCH(const bool, growing);
        RunConfig config;
        config.network = *findNetworkPreset("cnn");
        const Shape image = imageShape(28, 28);
        std::uint32_t most = 48000;
        while (Network::batchBytes(config.network, image, most) > maximumActivationBytes) --most;
        QVERIFY(most > 1000 && most < 48000);
        if (growing) {
            config.schedule = scheduleSpec("cosine", {{"lr", 0.1}});
            config.schedule.batchGrowth = true;
        }
        std::uint32_t& batch = growing ? config.schedule.maxBatch : config.batchSize;
        batch = most;
        QCOMPARE(problemText(config.validate(mnist)), std::string());
        batch = most + 1;
        const std::uint64_t bytes = Network::batchBytes(config.network, image, most + 1);
        QCOMPARE(problemText(config.validate(mnist)),
                 std::string(growing ? "schedule.max_batch" : "batch_size") + ": is " + std::to_string(most + 1) +
                     ", which takes " + std::to_string(bytes >> 20) +
                     " MiB for this network's activations and gradients; allowed: 2048 MiB\n");
    }

    void monitorsHaveNames() {
        QCOMPARE(monitorNames[int(Monitor::ValidationLoss)], "val_loss");
        QCOMPARE(monitorNames[int(Monitor::ValidationAccuracy)], "val_accuracy");
        QCOMPARE(monitorNames[int(Monitor::TrainingLoss)], "train_loss");
    }

    void defaults() {
        const EarlyStoppingSpec stop;
        QVERIFY(stop.monitor == Monitor::ValidationLoss && stop.restoreBest);
        QCOMPARE(stop.patience, std::uint64_t(3));
        QCOMPARE(stop.minimumDelta, 0.0);
        const RunConfig config;
        QVERIFY(!config.earlyStopping && !config.snapshots && !config.startFrom && config.layerRates.empty());
        QVERIFY(!config.schedule.batchGrowth && config.schedule.maxBatch == 0 && config.loss == Loss::CrossEntropy);
    }
};

QTEST_APPLESS_MAIN(TestRunConfigOptions)
#include "tst_run_config_options.moc"
