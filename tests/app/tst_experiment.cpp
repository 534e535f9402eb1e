// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/experiment_fixture.h"
#include "tests/this_build.h"

using namespace ratescope;

class TestExperiment : public ExperimentFixture {
    Q_OBJECT

private slots:
    void initTestCase();
    void readmeExample();
    void lessons();
    void mergesDefaults();
    void everyKey();
    void dataFolders();
    void structureFaults_data();
    void structureFaults() { checkFault(); }
    void runFaults_data();
    void runFaults() { checkFault(); }
    void valueFaults_data();
    void valueFaults() { checkFault(); }
    void defaultsFaults_data();
    void defaultsFaults() { checkFault(); }
    void badFiles_data();
    void badFiles();
    void manyRuns();
};

void TestExperiment::initTestCase() {
    writeTinyData(m_folder, "cut");
    m_folder.write("cut/train-labels-idx1-ubyte", idxLabels(199));
}

void TestExperiment::readmeExample() {
    const Experiment experiment = parse(R"({ "ratescope": 1,
      "title": "Five learning rates on one softmax layer",
      "notes": "Markdown, shown beside the plots.",
      "defaults": { "network": "softmax", "epochs": 10, "batch_size": 128 },
      "runs": [
        { "name": "0.1", "schedule": { "type": "constant", "lr": 0.1 } },
        { "name": "find", "range_test": { "from": 1e-5, "to": 10, "steps": 100 } } ] })");
    QCOMPARE(experiment.title, std::string("Five learning rates on one softmax layer"));
    QCOMPARE(experiment.notes, std::string("Markdown, shown beside the plots."));
    QCOMPARE(experiment.runs.size(), std::size_t(2));
    RunConfig first;
    first.name = "0.1";
    first.network = *findNetworkPreset("softmax");
    first.duration.epochs = 10;
    first.batchSize = 128;
    first.schedule = RunConfig::constantSchedule(0.1);
    QVERIFY(experiment.runs[0] == first);
    RunConfig second = first;
    second.name = "find";
    second.schedule = RunConfig::constantSchedule(0.01);
    second.rangeTest = RangeTestSpec{RangeTestKind::Sweep, 1e-5, 10.0, 100, true, 0.98, 4.0};
    QVERIFY(experiment.runs[1] == second);
}

void TestExperiment::lessons() {
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(sourceDir("/resources/lessons"))) {
        if (entry.path().extension() != ".json") continue;
        ++count;
        QCOMPARE(errorOf([&] { readExperiment(entry.path(), m_catalog); }), std::string());
    }
    QVERIFY(count > 0);
}

void TestExperiment::mergesDefaults() {
    const Experiment experiment = parse(R"({"ratescope":1,
        "defaults":{"data":"data","steps":30,"seed":9,"validation":0.5,"optimizer":{"type":"sgd","momentum":0.9},
                    "schedule":{"type":"step","lr":0.5,"period":7,"unit":"epoch"}},
        "runs":[{"name":"a"}, {"name":"b","epochs":3,"seed":4}, {"name":"c","steps":5,"optimizer":{"type":"sgd"}},
                {"name":"d","schedule":{"type":"cosine","lr":0.2}}, {"name":"e","batch_size":100}]})");
    QCOMPARE(experiment.runs.size(), std::size_t(5));
    const RunConfig& a = experiment.runs[0];
    const RunConfig& b = experiment.runs[1];
    const RunConfig& c = experiment.runs[2];
    const RunConfig& d = experiment.runs[3];
    const RunConfig& e = experiment.runs[4];
    QVERIFY(a.duration.steps == 30U && a.seed == 9 && a.validation == 0.5 && a.batchSize == 64);
    QCOMPARE(a.optimizer.values.get("momentum", 0), 0.9);
    // Epochs put the default of steps aside, and the other way round.
    QVERIFY(!b.duration.steps && b.duration.epochs == 3 && b.seed == 4);
    QVERIFY(c.duration.steps == 5U);
    // An object replaces the default's as a whole.
    QVERIFY(!c.optimizer.values.contains("momentum"));
    QVERIFY(d.schedule.type == "cosine" && !d.schedule.values.contains("period") && d.schedule.unit == TimeUnit::Step);
    QVERIFY(a.schedule.unit == TimeUnit::Epoch && a.schedule.values.get("period", 0) == 7.0);
    QVERIFY(e.batchSize == 100 && e.seed == 9 && e.duration.steps == 30U);
    const Experiment other = parse(R"({"ratescope":1,"defaults":{"data":"data","epochs":7},
        "runs":[{"name":"a"},{"name":"b","steps":3}]})");
    QVERIFY(other.runs[0].duration.epochs == 7 && !other.runs[0].duration.steps);
    QVERIFY(other.runs[1].duration.steps == 3U);
}

void TestExperiment::everyKey() {
    const Experiment experiment = parse(oneRun(R"("color":"#0a1B2c","validation":0,"train_samples":50,
        "network":[{"type":"dense","units":7},{"type":"relu"},{"type":"tanh"},{"type":"sigmoid"},{"type":"dense","units":10}],
        "init":"he","loss":"cross_entropy","optimizer":{"type":"sgd","momentum":0.5,"nesterov":true,"weight_decay":0.001},
        "schedule":{"type":"cyclical","unit":"fractional_epoch","lr":0,"max_lr":1,"half_period":2.5,"mode":"exp_range","gamma":0.9},
        "batch_size":50,"steps":1e3,"seed":9007199254740991,
        "range_test":{"from":0.001,"to":1,"steps":2,"scale":"linear","smoothing":0,"stop_factor":1.5})"));
    const RunConfig& run = experiment.runs.at(0);
    QCOMPARE(run.color, std::string("#0a1B2c"));
    QCOMPARE(run.validation, 0.0);
    QCOMPARE(run.trainSamples, 50U);
    QCOMPARE(layerListText(run.network), std::string("dense 7, relu, tanh, sigmoid, dense 10"));
    QVERIFY(run.init == Init::He);
    QVERIFY(run.optimizer.values.get("momentum", 0) == 0.5 && run.optimizer.values.get("nesterov", 0) == 1.0 &&
            run.optimizer.values.get("weight_decay", 0) == 0.001);
    QVERIFY(run.schedule.unit == TimeUnit::FractionalEpoch && run.schedule.values.get("mode", 0) == 2.0);
    QVERIFY(run.batchSize == 50 && run.duration.steps == 1000U && run.seed == maximumSeed);
    QVERIFY((run.rangeTest == RangeTestSpec{RangeTestKind::Sweep, 0.001, 1.0, 2, false, 0.0, 1.5}));
}

void TestExperiment::dataFolders() {
    const std::string found = (m_folder.path() / "data").string();
    QCOMPARE(parse(oneRun("")).runs.at(0).data, found);
    QCOMPARE(parse(oneRun(R"("data":"./cut/../data")")).runs.at(0).data, found);
    QCOMPARE(parse(oneRun("\"data\":\"" + found + '"')).runs.at(0).data, found);
    // From the file's folder, wherever the program was started.
    const auto path = m_folder.path("relative.json");
    writeText(path, oneRun(""));
    QCOMPARE(readExperiment(path, m_catalog).runs.at(0).data, found);
}

void TestExperiment::structureFaults_data() {
    faultColumns();
    row("list", "[]", "x.json: is a list; expected an object");
    row("number", "1", "x.json: is 1; expected an object");
    row("no version", R"({"runs":[{"name":"a"}]})", "x.json: ratescope: is missing");
    row("version 2", R"({"ratescope":2,"runs":[]})", "x.json: ratescope: is 2; expected the number 1");
    row("version as text", R"({"ratescope":"1","runs":[]})", "x.json: ratescope: is \"1\"; expected");
    row("no runs", R"({"ratescope":1})", "x.json: runs: is missing");
    row("runs empty", R"({"ratescope":1,"runs":[]})", "x.json: runs: holds 0 runs; allowed: 1 to 10000");
    row("batches that grow for long",
        R"({"ratescope":1,"defaults":{"data":"data","steps":200000,"batch_size":1,"schedule":{"type":"exponential","lr":0.1,"gamma":0.9,"batch_growth":true}},"runs":[)" +
            [] {
                std::string runs;
                for (int i = 0; i < 300; ++i) runs += (i ? R"(,{"name":")" : R"({"name":")") + std::to_string(i) + "\"}";
                return runs;
            }() + "]}",
        "schedule.batch_growth: makes over 40000000 steps of growing batches, with the runs before; split the file");
    row("runs an object", R"({"ratescope":1,"runs":{}})", "x.json: runs: is an object; expected a list");
    row("run a text", R"({"ratescope":1,"runs":["a"]})", "x.json: runs[0]: is \"a\"; expected an object");
    row("title a number", R"({"ratescope":1,"title":1,"runs":[]})", "x.json: title: is 1; expected a text");
    row("notes a list", R"({"ratescope":1,"notes":[],"runs":[]})", "x.json: notes: is a list; expected a text");
    row("defaults a list", R"({"ratescope":1,"defaults":[],"runs":[]})",
        "x.json: defaults: is a list; expected an object");
    row("unknown key", R"({"ratescope":1,"run":[],"runs":[{"name":"a"}]})",
        "x.json: run: is not a key that is known here; allowed: ratescope, title, notes, defaults, runs");
    row("no name", R"({"ratescope":1,"runs":[{"data":"data"}]})", "x.json: runs[0].name: is missing");
    row("name empty", R"({"ratescope":1,"runs":[{"name":"","data":"data"}]})", "x.json: runs[0].name: is empty");
    row("name a number", R"({"ratescope":1,"runs":[{"name":1}]})", "x.json: runs[0].name: is 1; expected a text");
    row("name with a line break", R"({"ratescope":1,"runs":[{"name":"a\nb","data":"data"}]})",
        "x.json: runs[0].name: holds a control character");
    row("name with a zero", R"({"ratescope":1,"runs":[{"name":"a\u0000b","data":"data"}]})",
        "x.json: runs[0].name: holds a control character");
    row("weights of a name with a line break",
        R"({"ratescope":1,"runs":[{"name":"a","data":"data","start_from":{"file":"/a\u001b[2J\nb\u007f"}}]})",
        "x.json: runs[0].start_from.file: is /a [2J b , which is not a file that is there");
    row("data of a name with a line break", R"({"ratescope":1,"runs":[{"name":"a","data":"/a\nb\u0085c"}]})",
        "x.json: runs[0].data: /a b c: is not a folder");
    row("same name", R"({"ratescope":1,"defaults":{"data":"data"},"runs":[{"name":"a"},{"name":"b"},{"name":"a"}]})",
        "x.json: runs[2].name: is “a”, as that of runs[0]; names are unique in a file");
}

void TestExperiment::runFaults_data() {
    faultColumns();
    row("unknown key", oneRun(R"("batchsize":3)"),
        "runs[0].batchsize: is not a key that is known here; allowed: name, color,");
    row("color", oneRun(R"("color":"red")"), "runs[0].color: is “red”; expected #rrggbb");
    row("data missing", oneRun(R"("data":"nowhere")"),
        "nowhere: is not a folder; expected mnist, fashion-mnist or a folder with the four IDX files of MNIST's kind");
    row("data faulty", oneRun(R"("data":"cut")"), "runs[0].data: ");
    row("data a number", oneRun(R"("data":3)"), "runs[0].data: is 3; expected a text");
    row("epochs beside steps", oneRun(R"("epochs":1,"steps":2)"), "runs[0].steps: stands beside epochs");
    row("preset", oneRun(R"("network":"mpl")"), R"(runs[0].network: is "mpl"; allowed: "softmax", "mlp")");
    row("network a number", oneRun(R"("network":3)"),
        "runs[0].network: is 3; expected a preset's name or a list of layers");
    row("network an object", oneRun(R"("network":{})"), "runs[0].network: is an object; expected a preset's name");
    row("layer a text", oneRun(R"("network":["relu"])"), "runs[0].network[0]: is \"relu\"; expected an object");
    row("layer's type", oneRun(R"("network":[{"type":"dense","units":3},{"type":"gelu"}])"),
        R"(runs[0].network[1].type: is "gelu"; allowed: "dense", "conv2d", "maxpool", "dropout", "flatten", "relu", "tanh", "sigmoid")");
    row("layer's key", oneRun(R"("network":[{"type":"relu","units":3},{"type":"dense","units":10}])"),
        "runs[0].network[0].units: is not a key that is known here; allowed: type");
    row("layer without units", oneRun(R"("network":[{"type":"dense"}])"), "runs[0].network[0].units: is missing");
    row("units a fraction", oneRun(R"("network":[{"type":"dense","units":1.5}])"),
        "runs[0].network[0].units: is 1.5; expected a whole");
    row("init", oneRun(R"("init":"Glorot")"), R"(runs[0].init: is "Glorot"; allowed: "glorot", "he")");
    row("loss", oneRun(R"("loss":"hinge")"), R"(runs[0].loss: is "hinge"; allowed: "cross_entropy", "mse")");
    row("optimizer a text", oneRun(R"("optimizer":"sgd")"), "runs[0].optimizer: is \"sgd\"; expected an object");
    row("optimizer's type", oneRun(R"("optimizer":{"type":"sdg"})"),
        R"(runs[0].optimizer.type: is "sdg"; allowed: "sgd")");
    row("optimizer without type", oneRun(R"("optimizer":{})"), R"(runs[0].optimizer.type: )");
    row("optimizer's key", oneRun(R"("optimizer":{"type":"sgd","beta":1})"),
        "runs[0].optimizer.beta: is not a key that is known here; allowed: type, ");
    row("nesterov a number", oneRun(R"("optimizer":{"type":"sgd","nesterov":1})"),
        "runs[0].optimizer.nesterov: is 1; expected true or false");
    row("schedule's type", oneRun(R"("schedule":{"type":"cos","lr":1})"),
        R"(runs[0].schedule.type: is "cos"; allowed: "constant", )");
    row("schedule's key", oneRun(R"("schedule":{"type":"constant","lr":1,"period":2})"),
        "runs[0].schedule.period: is not a key that is known here; allowed: type, unit, batch_growth, max_batch, lr");
    row("schedule's unit", oneRun(R"("schedule":{"type":"constant","lr":1,"unit":"steps"})"),
        R"(runs[0].schedule.unit: is "steps"; allowed: "step", "epoch", "fractional_epoch")");
    row("schedule's mode", oneRun(R"("schedule":{"type":"cyclical","lr":0,"max_lr":1,"half_period":2,"mode":2})"),
        R"(runs[0].schedule.mode: is 2; allowed: "triangular", "triangular2", "exp_range")");
    row("rate a text", oneRun(R"("schedule":{"type":"constant","lr":"0.1"})"),
        "runs[0].schedule.lr: is \"0.1\"; expected a number");
    row("range test's key", oneRun(R"("range_test":{"form":1})"),
        "runs[0].range_test.form: is not a key that is known here; allowed: from, to, steps, scale, smoothing, "
        "stop_factor");
    row("smoothing of a sensitivity sweep", oneRun(R"("range_test":{"kind":"sensitivity","smoothing":0.9})"),
        "runs[0].range_test.smoothing: is not a key that is known here; allowed: from, to, steps, scale, steps_per_rate, ");
    row("steps of a halving", oneRun(R"("range_test":{"kind":"halving","steps":10})"),
        "runs[0].range_test.steps: is not a key that is known here; allowed: from, to, steps_per_rate, kind");
    row("steps at each rate of a sweep", oneRun(R"("range_test":{"steps_per_rate":10})"),
        "runs[0].range_test.steps_per_rate: is not a key that is known here");
    row("range test's kind", oneRun(R"("range_test":{"kind":"sweeping"})"),
        R"(runs[0].range_test.kind: is "sweeping"; allowed: "sweep", "fresh_start", "halving", "sensitivity")");
    row("range test's scale", oneRun(R"("range_test":{"scale":"log"})"),
        R"(runs[0].range_test.scale: is "log"; allowed: "exponential", "linear")");
    row("range test off", oneRun(R"("range_test":false)"), "runs[0].range_test: is false; expected an object");
    row("key twice", oneRun(R"("seed":1,"seed":1)"), "runs[0].seed: the key is given twice");
}

void TestExperiment::valueFaults_data() {
    faultColumns();
    row("validation", oneRun(R"("validation":0.95)"), "runs[0].validation: is 0.95; allowed: a number from 0 to 0.9");
    row("train_samples", oneRun(R"("train_samples":161)"), "runs[0].train_samples: is 161; allowed: 0 (all) to 160");
    row("train_samples negative", oneRun(R"("train_samples":-1)"),
        "runs[0].train_samples: is -1; expected a whole number from 0");
    row("batch", oneRun(R"("batch_size":161)"), "runs[0].batch_size: is 161; allowed: 1 to 160");
    row("batch over train_samples", oneRun(R"("batch_size":64,"train_samples":63)"),
        "runs[0].batch_size: is 64; allowed: 1 to 63");
    row("batch 0", oneRun(R"("batch_size":0)"), "runs[0].batch_size: is 0; expected a whole number from 1");
    row("batch beyond 32 bits", oneRun(R"("batch_size":4294967297)"), "runs[0].batch_size: is 4294967297; expected");
    row("steps", oneRun(R"("steps":1000000001)"),
        "runs[0].steps: is 1000000001; expected a whole number from 1 to 1000000000");
    row("no epochs", oneRun(R"("epochs":0)"), "runs[0].epochs: is 0; expected a whole number from 1");
    row("steps by epochs", oneRun(R"("epochs":1e8,"batch_size":1)"),
        "runs[0].epochs: is 100000000, over 1e9 steps of training; allowed: up to 6250000");
    row("seed", oneRun(R"("seed":9007199254740992)"),
        "runs[0].seed: is 9007199254740992; expected a whole number from 0 to 9007199254740991");
    row("last layer", oneRun(R"("network":[{"type":"dense","units":10},{"type":"relu"}])"),
        "runs[0].network[1]: is relu; the last layer has to be dense with 10 units");
    row("last layer's units", oneRun(R"("network":[{"type":"dense","units":9}])"),
        "runs[0].network[0].units: is 9; the last layer needs 10 units");
    row("no layers", oneRun(R"("network":[])"), "runs[0].network: has no layers");
    row("too many units", oneRun(R"("network":[{"type":"dense","units":1048577},{"type":"dense","units":10}])"),
        "runs[0].network[0].units: is 1048577");
    row("over 1 GiB",
        oneRun(
            R"("network":[{"type":"dense","units":16384},{"type":"dense","units":16384},{"type":"dense","units":10}])"),
        "MiB of weights; allowed: 1024 MiB");
    row("over 1 EiB",
        oneRun(
            R"("network":[{"type":"dense","units":1048576},{"type":"dense","units":1048576},{"type":"dense","units":10}])"),
        "runs[0].network[1]: brings the network to 4194392 MiB of weights; allowed: 1024 MiB");
    row("momentum", oneRun(R"("optimizer":{"type":"sgd","momentum":2})"),
        "runs[0].optimizer.momentum: is 2; allowed: a number from 0");
    row("nesterov alone", oneRun(R"("optimizer":{"type":"sgd","nesterov":true})"),
        "runs[0].optimizer.nesterov: needs a momentum above 0");
    row("rate 0", oneRun(R"("schedule":{"type":"constant","lr":0})"),
        "runs[0].schedule.lr: is 0; allowed: a number above 0 and at most 1e+06");
    row("rate negative", oneRun(R"("schedule":{"type":"constant","lr":-0.1})"),
        "runs[0].schedule.lr: is -0.1; allowed: a number above 0");
    row("no rate", oneRun(R"("schedule":{"type":"constant"})"),
        "runs[0].schedule.lr: the schedule constant needs this parameter");
    row("no period", oneRun(R"("schedule":{"type":"step","lr":0.1})"),
        "runs[0].schedule.period: the schedule step needs this parameter");
    row("bounds", oneRun(R"("schedule":{"type":"cyclical","lr":1,"max_lr":0.5,"half_period":2,"mode":"triangular"})"),
        "runs[0].schedule.max_lr: is 0.5, below lr (1)");
    row("sweep", oneRun(R"("range_test":{"from":1,"to":0.5})"),
        "runs[0].range_test.to: is 0.5; allowed: a rate above “from”");
    row("sweep's steps", oneRun(R"("range_test":{"steps":1})"),
        "runs[0].range_test.steps: is 1; expected a whole number from 2");
    row("sweep's smoothing", oneRun(R"("range_test":{"smoothing":1})"),
        "runs[0].range_test.smoothing: is 1; allowed: a number from 0 to 0.9999");
    row("sweep's stop", oneRun(R"("range_test":{"stop_factor":1})"),
        "runs[0].range_test.stop_factor: is 1; allowed: a number above 1");
    row("in the second run",
        R"({"ratescope":1,"defaults":{"data":"data"},"runs":[{"name":"a"},{"name":"b","schedule":{"type":"linear","lr":1,"length":0}}]})",
        "runs[1].schedule.length: is 0; allowed");
}

void TestExperiment::defaultsFaults_data() {
    faultColumns();
    row("name", oneRun("", R"("name":"b")"), "x.json: defaults.name: is not a default");
    row("unknown key", oneRun("", R"("epoch":1)"),
        "x.json: defaults.epoch: is not a key that is known here; allowed: color, data");
    row("type", oneRun("", R"("epochs":"1")"), "x.json: defaults.epochs: is \"1\"; expected a whole number");
    row("nested key", oneRun("", R"("schedule":{"type":"constant","rate":1})"),
        "x.json: defaults.schedule.rate: is not a key");
    row("value", oneRun("", R"("validation":2)"), "x.json: defaults.validation: is 2; allowed");
    row("nested value", oneRun("", R"("schedule":{"type":"constant","lr":-1})"),
        "x.json: defaults.schedule.lr: is -1; allowed");
    row("layer", oneRun("", R"("network":[{"type":"relu"}])"), "x.json: defaults.network[0]: is relu;");
    row("batch", oneRun("", R"("batch_size":500)"), "x.json: defaults.batch_size: is 500; allowed: 1 to 160");
    row("own value over a default", oneRun(R"("validation":3)", R"("validation":0.1)"),
        "x.json: runs[0].validation: is 3; allowed");
    row("both durations", oneRun("", R"("steps":1,"epochs":1)"), "x.json: defaults.steps: stands beside epochs");
}

void TestExperiment::badFiles_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("part");
    std::string noise;
    for (unsigned i = 0; i < 5000; ++i) noise += static_cast<char>(i * i * 31 + i * 7 + (i >> 8));
    QTest::newRow("empty") << "empty.json" << QByteArray()
                           << QByteArray("empty.json: is empty; expected an experiment");
    QTest::newRow("noise") << "noise.json" << bytesOf(noise) << QByteArray("noise.json: line 1, column 1: is not JSON");
    QTest::newRow("spaces") << "spaces.json" << QByteArray(" \n \n")
                            << QByteArray("spaces.json: line 3, column 1: is not JSON");
    QTest::newRow("huge") << "huge.json" << QByteArray((4 << 20) + 1, ' ') << QByteArray("MiB large; allowed: 4 MiB");
    QTest::newRow("4 MiB of brackets") << "brackets.json" << QByteArray(4 << 20, '[')
                                       << QByteArray("nested deeper than 64");
    QTest::newRow("4 MiB of runs") << "runs.json"
                                   << R"({"ratescope":1,"runs":[0)" + QByteArray(",0").repeated((2 << 20) - 50) + "]}"
                                   << QByteArray("runs.json: runs[999997]: is one of more than 1000000 values");
}

void TestExperiment::badFiles() {
    QFETCH(const QString, name);
    QFETCH(const QByteArray, content);
    QFETCH(const QByteArray, part);
    const auto path = m_folder.path(name.toStdString());
    writeText(path, content.toStdString());
    const std::string error = errorOf([&] { readExperiment(path, m_catalog); });
    QVERIFY2(hasText(error, part.toStdString()), error.c_str());
    std::filesystem::remove(path);
    QCOMPARE(errorOf([&] { readExperiment(path, m_catalog); }), path.string() + ": does not exist");
    QCOMPARE(errorOf([&] { readExperiment(m_folder.path(), m_catalog); }),
             m_folder.path().string() + ": is a folder; expected a file");
    QCOMPARE(errorOf([&] { readExperiment("/dev/zero", m_catalog); }),
             std::string("/dev/zero: is not an ordinary file"));
}

void TestExperiment::manyRuns() {
    const auto text = [](int count) {
        std::string runs;
        for (int i = 0; i < count; ++i) runs += (i > 0 ? R"(,{"name":")" : R"({"name":")") + std::to_string(i) + "\"}";
        return R"({"ratescope":1,"defaults":{"data":"data"},"runs":[)" + runs + "]}";
    };
    const Experiment experiment = parse(text(10'000));
    QCOMPARE(experiment.runs.size(), std::size_t(10'000));
    QCOMPARE(experiment.runs[9'999].name, std::string("9999"));
    QCOMPARE(errorOf([&] { parse(text(10'001)); }), std::string("x.json: runs: holds 10001 runs; allowed: 1 to 10000"));
}

QTEST_GUILESS_MAIN(TestExperiment)
#include "tst_experiment.moc"
