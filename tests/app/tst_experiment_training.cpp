// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of an experiment that say how a run trains, and where its faults are told.
#include "tests/app/experiment_fixture.h"

#include <QElapsedTimer>

using namespace ratescope;

class TestExperimentTraining : public ExperimentFixture {
    Q_OBJECT

private slots:
    void initTestCase() { writeText(m_folder.path("w.safetensors"), "not looked into before the run starts"); }
    void everyKey();
    void offUndoesTheDefaults();
    void runsAreNamedBeforeAndAfter();
    void filesLieBesideTheExperiment();
    void typeFaults_data();
    void typeFaults() { checkFault(); }
    void valueFaults_data();
    void valueFaults() { checkFault(); }
    void sourceFaults_data();
    void sourceFaults() { checkFault(); }
    void defaultsFaults_data();
    void defaultsFaults() { checkFault(); }
    void circlesAreNamedOnce();
    void longChains_data();
    void longChains();
};

void TestExperimentTraining::everyKey() {
    const Experiment experiment =
        parse(fileOf(R"({"name":"a","validation":0.5,"network":[{"type":"conv2d","filters":2,"kernel":2},
        {"type":"relu"},{"type":"maxpool","size":2},{"type":"dropout","rate":0.25},{"type":"flatten"},{"type":"dense","units":10}],
        "loss":"mse","optimizer":{"type":"adamw","betas":[0.8,0.9],"weight_decay":0.1},"layer_rates":[0,2.5],"batch_size":10,"epochs":4,
        "schedule":{"type":"warm_restarts","lr":0.1,"period":20},"snapshots":"cycle",
        "early_stopping":{"monitor":"train_loss","patience":2,"min_delta":1e-3,"restore_best":false},
        "start_from":{"file":"w.safetensors","new_head":true}},
        {"name":"b","start_from":{"run":"a"},"schedule":{"type":"exponential","lr":0.1,"gamma":0.5,"period":10,"batch_growth":true,"max_batch":100}})"));
    const RunConfig& a = experiment.runs.at(0);
    QVERIFY(a.network == parseLayerList("conv2d 2 2, relu, maxpool 2, dropout 0.25, flatten, dense 10"));
    QVERIFY(a.loss == Loss::Mse && a.snapshots);
    QVERIFY(a.optimizer.type == "adamw" && a.optimizer.values.get("beta1", 0) == 0.8 &&
            a.optimizer.values.get("beta2", 0) == 0.9);
    QVERIFY((a.layerRates == std::vector{0.0, 2.5}));
    QVERIFY((a.earlyStopping == EarlyStoppingSpec{Monitor::TrainingLoss, 2, 1e-3, false}));
    QVERIFY((a.startFrom == StartFromSpec{{}, m_folder.path("w.safetensors").string(), true}));
    const RunConfig& b = experiment.runs.at(1);
    QVERIFY((b.startFrom == StartFromSpec{"a", {}, false}));
    QVERIFY(b.schedule.batchGrowth && b.schedule.maxBatch == 100 && b.loss == Loss::CrossEntropy && !b.earlyStopping &&
            !b.snapshots);
}

void TestExperimentTraining::offUndoesTheDefaults() {
    const Experiment experiment = parse(fileOf(
        R"({"name":"base","start_from":"off"},{"name":"a"},{"name":"b","early_stopping":"off","snapshots":"off","start_from":"off"},
           {"name":"c","early_stopping":{"patience":9},"snapshots":"cycle","start_from":{"run":"a","new_head":true}})",
        R"("schedule":{"type":"cyclical","lr":0.01,"max_lr":0.1,"half_period":1,"mode":"triangular"},"epochs":2,"early_stopping":{"monitor":"train_loss"},
           "snapshots":"cycle","start_from":{"run":"base"})"));
    QVERIFY(!experiment.runs[0].startFrom && experiment.runs[0].earlyStopping && experiment.runs[0].snapshots);
    QVERIFY(experiment.runs[1].startFrom->run == "base" &&
            experiment.runs[1].earlyStopping->monitor == Monitor::TrainingLoss);
    QVERIFY(!experiment.runs[2].startFrom && !experiment.runs[2].earlyStopping && !experiment.runs[2].snapshots);
    // An object replaces the default's as a whole.
    QVERIFY((experiment.runs[3].earlyStopping == EarlyStoppingSpec{Monitor::ValidationLoss, 9, 0.0, true}));
    QVERIFY((experiment.runs[3].startFrom == StartFromSpec{"a", {}, true}) && experiment.runs[3].snapshots);
}

void TestExperimentTraining::runsAreNamedBeforeAndAfter() {
    const Experiment experiment = parse(fileOf(
        R"({"name":"late","start_from":{"run":"base"}},{"name":"base"},{"name":"test","range_test":{},"start_from":{"run":"late"}})"));
    QCOMPARE(experiment.runs[0].startFrom->run, std::string("base"));
    QCOMPARE(experiment.runs[2].startFrom->run, std::string("late")); // a range test may start from a run
}

void TestExperimentTraining::filesLieBesideTheExperiment() {
    const std::string found = m_folder.path("w.safetensors").string();
    QCOMPARE(parse(oneRun(R"("start_from":{"file":"./data/../w.safetensors"})")).runs[0].startFrom->file, found);
    const Experiment absolute = parse(oneRun("\"start_from\":{\"file\":\"" + found + "\"}"));
    QCOMPARE(absolute.runs[0].startFrom->file, found);
    QCOMPARE(parse(oneRun("", R"("start_from":{"file":"w.safetensors"})")).runs[0].startFrom->file, found);
}

void TestExperimentTraining::typeFaults_data() {
    faultColumns();
    row("loss a number", oneRun(R"("loss":1)"), R"(runs[0].loss: is 1; allowed: "cross_entropy", "mse")");
    row("layer_rates a number", oneRun(R"("layer_rates":1)"), "runs[0].layer_rates: is 1; expected a list");
    row("layer_rates of texts", oneRun(R"("layer_rates":[1,"1"])"),
        "runs[0].layer_rates[1]: is \"1\"; expected a number");
    row("layer_rates of nothing", oneRun(R"("layer_rates":[null])"),
        "runs[0].layer_rates[0]: is null; expected a number");
    std::string many = "1";
    for (int i = 0; i < 100; ++i) many += ",1";
    row("layer_rates endless", oneRun("\"layer_rates\":[" + many + ']'),
        "runs[0].layer_rates: holds 101 numbers; allowed: at most 100");
    row("early_stopping true", oneRun(R"("early_stopping":true)"),
        "runs[0].early_stopping: is true; expected an object");
    row("early_stopping on", oneRun(R"("early_stopping":"on")"), R"(runs[0].early_stopping: is "on"; allowed: "off")");
    row("early_stopping's key", oneRun(R"("early_stopping":{"delta":1})"),
        "runs[0].early_stopping.delta: is not a key that is known here; allowed: monitor, patience, min_delta, "
        "restore_best");
    row("monitor", oneRun(R"("early_stopping":{"monitor":"loss"})"),
        R"(runs[0].early_stopping.monitor: is "loss"; allowed: "val_loss", "val_accuracy", "train_loss")");
    row("patience 0", oneRun(R"("early_stopping":{"patience":0})"),
        "runs[0].early_stopping.patience: is 0; expected a whole number from 1");
    row("patience a fraction", oneRun(R"("early_stopping":{"patience":1.5})"),
        "runs[0].early_stopping.patience: is 1.5; expected a whole");
    row("patience over 1e9", oneRun(R"("early_stopping":{"patience":1000000001})"),
        "runs[0].early_stopping.patience: is 1000000001; expected");
    row("min_delta a text", oneRun(R"("early_stopping":{"min_delta":"0"})"),
        "runs[0].early_stopping.min_delta: is \"0\"; expected a number");
    row("restore_best a number", oneRun(R"("early_stopping":{"restore_best":1})"),
        "runs[0].early_stopping.restore_best: is 1; expected true or false");
    row("snapshots true", oneRun(R"("snapshots":true)"), R"(runs[0].snapshots: is true; allowed: "off", "cycle")");
    row("snapshots by epoch", oneRun(R"("snapshots":"epoch")"),
        R"(runs[0].snapshots: is "epoch"; allowed: "off", "cycle")");
    row("start_from a name", oneRun(R"("start_from":"b")"), R"(runs[0].start_from: is "b"; allowed: "off")");
    row("start_from a list", oneRun(R"("start_from":[])"), "runs[0].start_from: is a list; expected an object");
    row("start_from's key", oneRun(R"("start_from":{"run":"a","head":1})"),
        "runs[0].start_from.head: is not a key that is known here; allowed: run, file, new_head");
    row("start_from.run a number", oneRun(R"("start_from":{"run":1})"),
        "runs[0].start_from.run: is 1; expected a text");
    row("start_from.file a number", oneRun(R"("start_from":{"file":1})"),
        "runs[0].start_from.file: is 1; expected a text");
    row("new_head a text", oneRun(R"("start_from":{"run":"a","new_head":"yes"})"),
        "runs[0].start_from.new_head: is \"yes\"; expected true or false");
    row("batch_growth a number", oneRun(R"("schedule":{"type":"cosine","lr":1,"batch_growth":100})"),
        "runs[0].schedule.batch_growth: is 100; expected true or false");
    row("max_batch a text", oneRun(R"("schedule":{"type":"cosine","lr":1,"batch_growth":true,"max_batch":"100"})"),
        "runs[0].schedule.max_batch: is \"100\"; expected a whole number from 1");
    row("max_batch 0", oneRun(R"("schedule":{"type":"cosine","lr":1,"batch_growth":true,"max_batch":0})"),
        "runs[0].schedule.max_batch: is 0; expected");
    row("max_batch beyond 32 bits",
        oneRun(R"("schedule":{"type":"cosine","lr":1,"batch_growth":true,"max_batch":4294967296})"),
        "runs[0].schedule.max_batch: is 4294967296; expected");
    row("betas one", oneRun(R"("optimizer":{"type":"adam","betas":[0.9]})"),
        "runs[0].optimizer.betas: holds 1 numbers; expected two, beta1 and beta2");
    row("betas three", oneRun(R"("optimizer":{"type":"adam","betas":[0.9,0.9,0.9]})"),
        "runs[0].optimizer.betas: holds 3 numbers; allowed: at most 2");
    row("betas a number", oneRun(R"("optimizer":{"type":"adam","betas":0.9})"),
        "runs[0].optimizer.betas: is 0.9; expected a list");
    row("betas of texts", oneRun(R"("optimizer":{"type":"adam","betas":[0.9,"x"]})"),
        "runs[0].optimizer.betas[1]: is \"x\"; expected a number");
    row("betas beside beta1", oneRun(R"("optimizer":{"type":"adam","betas":[0.9,0.99],"beta1":0.9})"),
        "runs[0].optimizer.betas: stands beside beta1 or beta2; give one or the other");
    row("betas beside beta2", oneRun(R"("optimizer":{"type":"nadam","beta2":0.9,"betas":[0.9,0.99]})"),
        "runs[0].optimizer.betas: stands beside beta1 or beta2");
    row("betas where there are none", oneRun(R"("optimizer":{"type":"rmsprop","betas":[0.9,0.99]})"),
        "runs[0].optimizer.betas: is not a key that is known here");
    row("betas out of range", oneRun(R"("optimizer":{"type":"adam","betas":[0.9,1]})"),
        "runs[0].optimizer.beta2: is 1; allowed");
    row("filters", oneRun(R"("network":[{"type":"conv2d"},{"type":"dense","units":10}])"),
        "runs[0].network[0].filters: is missing");
    row("kernel", oneRun(R"("network":[{"type":"conv2d","filters":1,"kernel":257},{"type":"dense","units":10}])"),
        "runs[0].network[0].kernel: is 257; expected a whole number from 1 to 256");
    row("conv2d's units", oneRun(R"("network":[{"type":"conv2d","filters":1,"units":3},{"type":"dense","units":10}])"),
        "runs[0].network[0].units: is not a key that is known here; allowed: type, filters, kernel");
    row("dropout without rate", oneRun(R"("network":[{"type":"dropout"},{"type":"dense","units":10}])"),
        "runs[0].network[0].rate: is missing");
    row("dropout of all", oneRun(R"("network":[{"type":"dropout","rate":1},{"type":"dense","units":10}])"),
        "runs[0].network[0].rate: is 1; allowed: a number from 0 to 0.99");
    row("pooling by 0", oneRun(R"("network":[{"type":"maxpool","size":0},{"type":"dense","units":10}])"),
        "runs[0].network[0].size: is 0; expected a whole number from 1");
}

void TestExperimentTraining::valueFaults_data() {
    faultColumns(); // images are 4 × 5, 160 samples are trained
    row("kernel over the image",
        oneRun(
            R"("network":[{"type":"conv2d","filters":2,"kernel":5},{"type":"flatten"},{"type":"dense","units":10}])"),
        "runs[0].network[0]: has a kernel of 5 × 5, but only 4 × 5 is left of the image");
    row("pooled to nothing",
        oneRun(
            R"("network":[{"type":"maxpool","size":3},{"type":"maxpool","size":2},{"type":"flatten"},{"type":"dense","units":10}])"),
        "runs[0].network[1]: pools 2 × 2, but only 1 × 1 is left of the image");
    row("dense on channels", oneRun(R"("network":[{"type":"conv2d","filters":2},{"type":"dense","units":10}])"),
        "runs[0].network[1]: is dense on an image of 2 × 3 with 2 channels; put a flatten before it");
    row("max_batch below batch_size",
        oneRun(R"("batch_size":16,"schedule":{"type":"cosine","lr":1,"batch_growth":true,"max_batch":15})"),
        "runs[0].schedule.max_batch: is 15; allowed: 16, the batch it grows from, to 160, the training samples");
    row("max_batch over the samples",
        oneRun(R"("batch_size":16,"schedule":{"type":"cosine","lr":1,"batch_growth":true,"max_batch":161})"),
        "runs[0].schedule.max_batch: is 161; allowed: 16");
    const std::string tooMany = std::to_string(maximumGrowingSteps + 1);
    row("growth for too long",
        oneRun("\"steps\":" + tooMany + R"(,"schedule":{"type":"cosine","lr":1,"batch_growth":true})"),
        "runs[0].schedule.batch_growth: is for runs of up to " + std::to_string(maximumGrowingSteps) +
            " steps; this one has " + tooMany);
    row("no cycle ends",
        oneRun(
            R"("batch_size":16,"epochs":1,"snapshots":"cycle","schedule":{"type":"warm_restarts","lr":1,"period":11})"),
        "runs[0].snapshots: would be none: the run ends before the schedule's first cycle does");
    row("too many cycles",
        oneRun(R"("steps":101,"snapshots":"cycle","schedule":{"type":"warm_restarts","lr":1,"period":1})"),
        "runs[0].snapshots: would be 101, one at each end of a cycle; allowed: 100");
    row("cycles without end",
        oneRun(R"("steps":1000000000,"snapshots":"cycle","schedule":{"type":"warm_restarts","lr":1,"period":1})"),
        "runs[0].snapshots: would be 1000000000, one at each end of a cycle; allowed: 100");
    row("large snapshots",
        oneRun(
            R"("steps":100,"snapshots":"cycle","schedule":{"type":"warm_restarts","lr":1,"period":1},"network":[{"type":"dense","units":200000},{"type":"dense","units":10}])"),
        "runs[0].snapshots: would take ");
    row("large activations",
        oneRun(
            R"("batch_size":160,"network":[{"type":"dense","units":1048576},{"type":"dense","units":10},{"type":"dense","units":1048576},{"type":"dense","units":10}])"),
        "MiB for this network's activations and gradients; allowed: 2048 MiB");
    row("large activations of a grown batch",
        oneRun(
            R"("batch_size":1,"schedule":{"type":"cosine","lr":1,"batch_growth":true,"max_batch":160},"network":[{"type":"dense","units":1048576},{"type":"dense","units":10},{"type":"dense","units":1048576},{"type":"dense","units":10}])"),
        "runs[0].schedule.max_batch: is 160, which takes ");
    row("validation of less than a sample", oneRun(R"("validation":0.001,"early_stopping":{})"),
        "runs[0].early_stopping.monitor: is val_loss, but no samples are held out for validation");
}

void TestExperimentTraining::sourceFaults_data() {
    faultColumns();
    row("unknown", fileOf(R"({"name":"a","start_from":{"run":"b"}})"),
        "x.json: runs[0].start_from.run: is “b”; no run of this file has that name");
    row("unknown, for its capital", fileOf(R"({"name":"A"},{"name":"b","start_from":{"run":"a"}})"),
        "x.json: runs[1].start_from.run: is “a”; no run");
    row("a range test", fileOf(R"({"name":"find","range_test":{}},{"name":"a","start_from":{"run":"find"}})"),
        "x.json: runs[1].start_from.run: is “find”, a range test, which leaves no weights");
    row("itself", fileOf(R"({"name":"a"},{"name":"b","start_from":{"run":"b"}})"),
        "x.json: runs[1].start_from.run: makes a circle: “b” → “b”");
    row("two", fileOf(R"({"name":"a","start_from":{"run":"b"}},{"name":"b","start_from":{"run":"a"}})"),
        "x.json: runs[0].start_from.run: makes a circle: “a” → “b” → “a”");
    row("three",
        fileOf(
            R"({"name":"a","start_from":{"run":"b"}},{"name":"b","start_from":{"run":"c"}},{"name":"c","start_from":{"run":"a"}})"),
        "x.json: runs[0].start_from.run: makes a circle: “a” → “b” → “c” → “a”");
    row("further on",
        fileOf(
            R"({"name":"a","start_from":{"run":"b"}},{"name":"b","start_from":{"run":"c"}},{"name":"c","start_from":{"run":"b"}})"),
        "x.json: runs[1].start_from.run: makes a circle: “b” → “c” → “b”");
    row("behind good ones",
        fileOf(
            R"({"name":"x"},{"name":"y","start_from":{"run":"x"}},{"name":"z","start_from":{"run":"y"}},{"name":"a","start_from":{"run":"a"}})"),
        "x.json: runs[3].start_from.run: makes a circle: “a” → “a”");
    const std::string folder = m_folder.path().string();
    row("missing file", oneRun(R"("start_from":{"file":"no.safetensors"})"),
        "x.json: runs[0].start_from.file: is " + folder + "/no.safetensors, which is not a file that is there");
    row("a folder", oneRun(R"("start_from":{"file":"data"})"),
        "x.json: runs[0].start_from.file: is " + folder + "/data, which is not a file");
    row("no ordinary file", oneRun(R"("start_from":{"file":"/dev/zero"})"),
        "x.json: runs[0].start_from.file: is /dev/zero, which is not a file");
    row("run and file", oneRun(R"("start_from":{"run":"a","file":"w.safetensors"})"),
        "x.json: runs[0].start_from: needs either a run or a file");
    row("neither", oneRun(R"("start_from":{"new_head":true})"),
        "x.json: runs[0].start_from: needs either a run or a file");
}

void TestExperimentTraining::defaultsFaults_data() {
    faultColumns();
    row("loss", oneRun("", R"("loss":"l1")"), "x.json: defaults.loss: is \"l1\"");
    row("layer_rates", oneRun("", R"("layer_rates":[1,2,3])"),
        "x.json: defaults.layer_rates: holds 3 numbers; expected 2");
    row("a layer's rate", oneRun("", R"("layer_rates":[1,-1])"), "x.json: defaults.layer_rates[1]: is -1");
    row("own network over default layer_rates", oneRun(R"("network":"softmax")", R"("layer_rates":[1,2])"),
        "x.json: defaults.layer_rates: holds 2 numbers; expected 1");
    row("own layer_rates over a default network", oneRun(R"("layer_rates":[1,2])", R"("network":"softmax")"),
        "x.json: runs[0].layer_rates: holds 2 numbers; expected 1");
    row("early_stopping", oneRun("", R"("early_stopping":{"min_delta":-1})"),
        "x.json: defaults.early_stopping.min_delta: is -1");
    row("own early_stopping", oneRun(R"("early_stopping":{"min_delta":-2})", R"("early_stopping":{})"),
        "x.json: runs[0].early_stopping.min_delta: is -2");
    row("snapshots", oneRun("", R"("snapshots":"cycle")"),
        "x.json: defaults.snapshots: need a schedule that goes round in cycles");
    row("batch_growth", oneRun("", R"("schedule":{"type":"constant","lr":1,"batch_growth":true})"),
        "x.json: defaults.schedule.batch_growth: needs a schedule");
    row("unknown source", oneRun("", R"("start_from":{"run":"b"})"),
        "x.json: defaults.start_from.run: is “b”; no run of this file has that name");
    row("range test as source",
        fileOf(R"({"name":"t","range_test":{},"start_from":"off"},{"name":"a"})", R"("start_from":{"run":"t"})"),
        "x.json: defaults.start_from.run: is “t”, a range test");
    row("source of itself", fileOf(R"({"name":"base"},{"name":"a"})", R"("start_from":{"run":"base"})"),
        "x.json: defaults.start_from.run: makes a circle: “base” → “base”");
    row("own circle beside a default",
        fileOf(R"({"name":"a","start_from":{"run":"b"}},{"name":"b"})", R"("start_from":{"run":"a"})"),
        "x.json: runs[0].start_from.run: makes a circle: “a” → “b” → “a”");
    row("file", oneRun("", R"("start_from":{"file":"no.safetensors"})"), "x.json: defaults.start_from.file: is ");
    row("both", oneRun("", R"("start_from":{"file":"w.safetensors","run":"a"})"),
        "x.json: defaults.start_from: needs either");
    row("nested key", oneRun("", R"("early_stopping":{"wait":1})"),
        "x.json: defaults.early_stopping.wait: is not a key");
}

namespace {

/// “r<i>” for each i, which starts from the run that `source` gives; none below 0.
template <typename Source> std::string linkedRuns(int count, Source source) {
    std::string runs;
    for (int i = 0; i < count; ++i) {
        runs += (i > 0 ? "," : "") + std::string(R"({"name":"r)") + std::to_string(i) + '"';
        if (const int from = source(i); from >= 0) runs += R"(,"start_from":{"run":"r)" + std::to_string(from) + "\"}";
        runs += '}';
    }
    return fileOf(runs);
}

} // namespace

void TestExperimentTraining::circlesAreNamedOnce() {
    const std::string error = errorOf([&] { parse(linkedRuns(3, [](int i) { return (i + 1) % 3; })); });
    QCOMPARE(error, std::string("x.json: runs[0].start_from.run: makes a circle: “r0” → “r1” → “r2” → “r0”"));
}

void TestExperimentTraining::longChains_data() {
    QTest::addColumn<bool>("circle");
    QTest::newRow("chain") << false;
    QTest::newRow("circle") << true;
}

void TestExperimentTraining::longChains() {
    QFETCH(const bool, circle);
    constexpr int count = 10'000;
    const std::string text = linkedRuns(count, [&](int i) { return i + 1 < count ? i + 1 : circle ? 0 : -1; });
    QElapsedTimer timer;
    timer.start();
    const std::string error = errorOf([&] { parse(text); });
    QVERIFY2(timer.elapsed() < 10'000, "takes a time that grows faster than the file"); // some 0.2 s
    if (!circle) {
        QCOMPARE(error, std::string());
        return;
    }
    QVERIFY2(error.starts_with("x.json: runs[0].start_from.run: makes a circle: “r0” → “r1” → “r2” → "), error.c_str());
    QVERIFY2(error.ends_with(" → “r9” → … → “r0”"), error.c_str());
}

QTEST_GUILESS_MAIN(TestExperimentTraining)
#include "tst_experiment_training.moc"
