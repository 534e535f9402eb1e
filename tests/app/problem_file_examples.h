// SPDX-License-Identifier: GPL-3.0-or-later
// Messages about files, as those who read them make them.
#pragma once

#include "app/control/fork_source.h"
#include "app/control/start_weights.h"
#include "app/study/curve_file.h"
#include "app/study/file_output.h"
#include "app/study/log_record.h"
#include "app/study/run_file.h"
#include "tests/app/problem_examples.h"
#include "tests/this_build.h"

#include <utility>

/// Experiments in JSON; x.json stands for a path.
inline ProblemExamples experimentExamples(const TestFolder& folder) {
    ProblemExamples all;
    ratescope::DataCatalog catalog{sourceDir("/resources")};
    const auto text = [&](const char* name, const std::string& json, const char* german = "") {
        all.push_back(
            {name, errorOf([&] { ratescope::parseExperiment(json, "x.json", folder.path(), catalog); }), german});
    };
    const auto run = [&](const char* name, const std::string& keys, const char* german = "") {
        text(name, R"({"ratescope": 1, "runs": [{"name": "a", )" + keys + "}]}", german);
    };
    text("no JSON", "{\n  x",
         "x.json: Zeile 2, Spalte 3: ist kein JSON; erwartet: ein Objekt wie {\"ratescope\": 1, \"runs\": […]}");
    text("number beyond double", "[1e999]");
    text("list", "[]", "x.json: ist eine Liste; erwartet: ein Objekt {…}");
    text("version", "{}", "x.json: ratescope: fehlt; in einem Experiment steht \"ratescope\": 1");
    text("newer version", R"({"ratescope": 7})", "x.json: ratescope: ist 7; erwartet: die Zahl 1");
    text("no runs", R"({"ratescope": 1})");
    text("runs are none", R"({"ratescope": 1, "runs": 5})", "x.json: runs: ist 5; erwartet: eine Liste […]");
    text("empty list", R"({"ratescope": 1, "runs": []})");
    text("nameless", R"({"ratescope": 1, "runs": [{}]})");
    text("name for all", R"({"ratescope": 1, "defaults": {"name": "a"}, "runs": []})");
    text("name twice", R"({"ratescope": 1, "runs": [{"name": "a list"}, {"name": "a list"}]})",
         "x.json: runs[1].name: ist „a list“ wie bei runs[0]; Namen sind in einer Datei eindeutig");
    text("key twice", R"({"ratescope": 1, "ratescope": 1})",
         "x.json: ratescope: der Schlüssel steht doppelt da; erwartet: einmal");
    std::string deep;
    for (int i = 0; i < 70; ++i) deep += R"({"a":)";
    text("deep", deep);
    std::string keys;
    for (int i = 0; i < 1001; ++i) keys += "\"" + std::to_string(i) + "\":0,";
    text("many keys", "{" + keys);
    std::string objects;
    for (int i = 0; i < 30'000; ++i) objects += "{},";
    text("many objects", "[" + objects);
    run("text", R"("data": 5)", "x.json: runs[0].data: ist 5; erwartet: ein Text in Anführungszeichen");
    run("flag", R"("optimizer": {"type": "sgd", "nesterov": {}})",
        "x.json: runs[0].optimizer.nesterov: ist ein Objekt; erwartet: true oder false");
    run("number", R"("validation": "a list")", "x.json: runs[0].validation: ist \"a list\"; erwartet: eine Zahl");
    run("choice", R"("init": "; allowed: ")", "x.json: runs[0].init: ist \"; allowed: \"; erlaubt: \"glorot\", \"he\"");
    run("network", R"("network": 5)");
    run("key", R"("colour": 5)");
    run("missing", R"("schedule": {})", "x.json: runs[0].schedule.type: fehlt");
    run("epochs and steps", R"("epochs": 1, "steps": 1)");
    run("betas beside", R"("optimizer": {"type": "adam", "betas": [0.9, 0.99], "beta1": 0.9})");
    run("one beta", R"("optimizer": {"type": "adam", "betas": [0.9]})");
    run("three betas", R"("optimizer": {"type": "adam", "betas": [0.9, 0.9, 0.9]})");
    run("range", R"("validation": 0.95)", "x.json: runs[0].validation: ist 0.95; erlaubt: eine Zahl von 0 bis 0.9");
    run("data", R"("data": "no: where")");
    run("no such source", R"("start_from": {"run": "b"})");
    run("circle", R"("start_from": {"run": "a"})", "x.json: runs[0].start_from.run: führt im Kreis: “a” → “a”");
    run("no such file of weights", R"("start_from": {"file": "w"})");
    text("source that is a test", R"({"ratescope": 1, "runs": [{"name": "a", "range_test": {}},
         {"name": "b", "start_from": {"run": "a"}}]})");
    text("fork of another seed", R"({"ratescope": 1, "runs": [{"name": "a"},
         {"name": "b", "seed": 7, "fork": {"run": "a", "step": 3}}]})",
         "x.json: runs[1].seed: weicht von „a“ ab, wo diese Abzweigung weitergeht");
    const auto file = [&](const char* name, const std::filesystem::path& path, const char* german = "") {
        all.push_back({name, errorOf([&] { ratescope::readExperiment(path, catalog); }), german});
    };
    file("no file", "/no/file.json", "/no/file.json: gibt es nicht");
    file("folder", "/tmp", "/tmp: ist ein Ordner; erwartet: eine Datei");
    file("no ordinary file", "/dev/null");
    writeText(folder.path("empty"), "");
    file("empty file", folder.path("empty"));
    writeText(folder.path("large"), std::string(5 << 20, ' '));
    file("large file", folder.path("large"));
    all.push_back({"writing", errorOf([] { ratescope::writeFile(QStringLiteral("/no/x"), "x"); })});
    return all;
}

/// Data sets: in a folder a fault each.
inline ProblemExamples dataExamples(const TestFolder& folder) {
    ProblemExamples all;
    int count = 0;
    const auto add = [&](const char* name, const char* file, const Bytes& bytes, const char* german = "") {
        const std::string data = writeTinyData(folder, "data" + std::to_string(count++));
        std::filesystem::remove(data + '/' + file);
        if (!bytes.empty()) folder.write(std::filesystem::path(data).filename().string() + '/' + file, bytes);
        const std::string message = errorOf([&] { ratescope::loadDataset(data); });
        all.push_back({name, message.starts_with(data) ? 'x' + message.substr(data.size()) : message, german});
    };
    const char* images = "train-images-idx3-ubyte";
    const char* labels = "train-labels-idx1-ubyte";
    add("missing", images, {}, "x: enthält weder train-images-idx3-ubyte noch train-images-idx3-ubyte.gz");
    add("header", images, words({0x803}),
        "x/train-images-idx3-ubyte: endet im Kopf (Anzahl); erwartet: eine IDX-Datei, roh oder .gz");
    all.push_back({"no folder", errorOf([] { ratescope::loadDataset("/nowhere"); })});
    add("magic number", images, {0}, "");
    add("rows", images, words({0x803, 200}));
    add("columns", images, words({0x803, 200, 4}));
    add("images' kind", images, idxLabels(200));
    add("labels' kind", labels, idxImages(200, 4, 5));
    add("samples", images, words({0x803, 0, 4, 5}));
    add("size", images, words({0x803, 200, 0, 5}));
    add("short", images, words({0x803, 200, 4, 5}),
        "x/train-images-idx3-ubyte: ist abgeschnitten: Der Kopf verspricht 4000 Bytes Daten, es sind 0");
    add("long", images, joined({idxImages(200, 4, 5), {1}}));
    Bytes packed = gzipped(idxImages(200, 4, 5));
    packed.resize(packed.size() / 2);
    add("short gzip", images, packed);
    packed = gzipped(idxImages(200, 4, 5));
    packed[packed.size() / 2] ^= 0x55;
    packed[packed.size() - 6] ^= 0x55; // the checksum
    add("damaged gzip", images, packed);
    add("label", labels, joined({words({0x801, 200}), Bytes(200, 12)}),
        "x/train-labels-idx1-ubyte: Label 0 ist 12; erlaubt: 0 bis 9");
    add("counts", labels, idxLabels(199),
        "x/train-labels-idx1-ubyte: enthält 199 Labels zu den 200 Bildern von train-images-idx3-ubyte");
    add("sizes", "t10k-images-idx3-ubyte", idxImages(40, 5, 4));
    std::filesystem::create_directory(folder.path("folders"));
    for (const char* name : {images, labels, "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"})
        std::filesystem::create_directory(folder.path("folders") / name);
    all.push_back({"folders", errorOf([&] { ratescope::loadDataset(folder.path("folders")); })});
    all.push_back({"no folder", errorOf([] { ratescope::loadDataset("/no where: at all"); }),
                   "/no where: at all: ist kein Ordner; erwartet: einer mit den vier IDX-Dateien nach Art von MNIST"});
    return all;
}

/// What stands in files of weights.
inline ProblemExamples weightExamples() {
    ProblemExamples all;
    const auto file = [&](const char* name, const std::string& bytes, const char* german = "") {
        all.push_back({name, errorOf([&] { ratescope::parseSafetensors(bytes, "w"); }), german});
    };
    const auto length = [](std::uint64_t size) {
        return std::string(reinterpret_cast<const char*>(&size), sizeof size);
    };
    const auto header = [&](const char* name, const std::string& text, const char* german = "", const char* data = "") {
        file(name, length(text.size()) + text + data, german);
    };
    const auto tensor = [&](const char* name, const std::string& fields, const char* german = "") {
        header(name, R"({"t": )" + fields + "}", german);
    };
    file("no weights", "abc",
         "w: ist 3 Bytes lang; erwartet: eine safetensors-Datei, die mit der Länge ihres Kopfes in 8 Bytes beginnt");
    file("long header", length(1ULL << 40) + "{}");
    file("cut header", length(100) + "{}", "w: ist abgeschnitten: Der Kopf braucht 100 Bytes, es sind 2");
    header("no object", "[]");
    header("no JSON", "{x", "w: hat einen Kopf, der ab seinem Byte 2 kein gültiges JSON in UTF-8 ist");
    header("empty name", R"({"": {}})");
    header("twice", R"({"t": {"dtype": "F32", "shape": [], "data_offsets": [0, 4]}, "t": {}})",
           "w: hat Tensor \"t\" doppelt; erwartet: verschiedene Namen");
    header("metadata", R"({"__metadata__": 5})", "w: __metadata__ ist die Zahl 5; erwartet: ein Objekt aus Texten");
    header("in metadata", R"({"__metadata__": {"a": []}})",
           "w: __metadata__ enthält ein Array; erwartet: ein Objekt aus Texten");
    header("metadata twice", R"({"__metadata__": {"a": "", "a": ""}})");
    header("longer", "{}", "w: ist länger, als der Kopf angibt: Die Tensoren brauchen 0 Bytes, es sind 4", "1234");
    tensor("tensor", R"("x")",
           "w: Tensor \"t\" ist Text \"x\"; erwartet: ein Objekt mit dtype, shape und data_offsets");
    tensor("type", R"({"dtype": "I8"})", "w: Tensor \"t\" ist vom Typ \"I8\"; erlaubt: F32, F64, F16, BF16");
    tensor("no type", "{}");
    tensor("unknown key", R"({"a": 5})");
    tensor("key twice", R"({"dtype": "F32", "dtype": "F32"})");
    tensor("shape", R"({"shape": [{}]})");
    tensor("offsets", R"({"data_offsets": [1]})",
           "w: Tensor \"t\": data_offsets enthält weniger Zahlen; erwartet: zwei ganze Zahlen, Anfang und Ende");
    tensor("more offsets", R"({"data_offsets": [1, 2, 3]})");
    tensor("no text", R"({"dtype": []})", "w: Tensor \"t\": dtype ist ein Array; erwartet: ein Text");
    tensor("no array", R"({"shape": {}})");
    const auto placed = [](const char* name, const char* shape, const char* offsets) {
        return '"' + std::string(name) + R"(": {"dtype": "F32", "shape": )" + shape + R"(, "data_offsets": )" +
               offsets + "}";
    };
    header("too large", "{" + placed("t", "[20000, 20000]", "[0, 4]") + "}");
    header("place", "{" + placed("t", "[2]", "[0, 4]") + "}",
           "w: Tensor \"t\" hat die data_offsets [0,4]; erwartet: 8 Bytes für die Form [2] aus F32");
    header("cut", "{" + placed("t", "[]", "[0, 4]") + "}",
           "w: ist abgeschnitten: Die Tensoren brauchen 4 Bytes, es sind 0");
    header("hole", "{" + placed("t", "[]", "[4, 8]") + "}",
           "w: Tensor \"t\" folgt auf eine Lücke: Er beginnt bei Byte 4 der Daten; erwartet: 0, der Anfang");
    header("overlap", "{" + placed("t", "[2]", "[0, 8]") + "," + placed("u", "[]", "[4, 8]") + "}");
    return all;
}

/// Weights to start from: their files, and those of another network.
inline ProblemExamples startExamples(const TestFolder& folder) {
    ProblemExamples all;
    const std::filesystem::path huge = folder.path("huge");
    writeText(huge, "x");
    std::filesystem::resize_file(huge, std::uintmax_t(2) << 30); // a hole: nothing is written
    for (const auto& [name, path] : {std::pair("folder of weights", std::string("/tmp")),
                                     {"weights of no kind", "/dev/null"},
                                     {"no file of weights", "/no/w"},
                                     {"huge file of weights", huge.string()}})
        all.push_back({name, errorOf([path = path] { ratescope::readSafetensors(path); })});
    const auto data =
        std::make_shared<const ratescope::Dataset>(ratescope::loadDataset(writeTinyData(folder, "weighed")));
    ratescope::RunConfig config = tinyConfig("data");
    config.network = ratescope::parseLayerList("dense 8, dense 10");
    const auto start = [&](const char* name, const std::vector<ratescope::Tensor>& weights, const char* german = "") {
        ratescope::Trainer trainer(config, data, {});
        all.push_back({name, errorOf([&] { trainer.startFrom(weights, false, "start_from: “a”"); }), german});
    };
    ratescope::Trainer trainer(config, data, {});
    std::vector<ratescope::Tensor> weights = trainer.weights();
    weights[0].values[0] = std::numeric_limits<float>::infinity();
    start("not finite", weights, "start_from: “a”: enthält Gewichte, die keine endlichen Zahlen sind");
    weights[0].shape = {};
    start("shape of weights", weights, "start_from: “a”: „0.weight“ ist eine einzelne Zahl; in diesem Netz: 8 × 20");
    weights = trainer.weights();
    weights.back().shape = {7};
    start("shape of the last layer", weights);
    start("no such weights", {}, "start_from: “a”: enthält keine Gewichte namens „0.weight“, die dieses Netz hat");
    ratescope::RunConfig another = config;
    another.network = ratescope::parseLayerList("dense 7, dense 10");
    const ratescope::Checkpoint checkpoint = ratescope::Trainer(another, data, {}).checkpoint();
    all.push_back({"another's checkpoint", errorOf([&] { trainer.restore(checkpoint); }),
                   "der Zwischenstand gehört zu einem anderen Netz oder Optimierer"});
    ratescope::ForkSource fork;
    fork.links.push_back({config, {}, {}, {}, 1000});
    ratescope::TrainingControl control;
    all.push_back({"fork that is not reached", errorOf([&] { fork.fetch(data, {}, control); }),
                   "fork: „run“ endete bei Schritt 20, als er noch einmal bis 1000 trainiert wurde"});
    ratescope::StartWeights from;
    from.source = "a list";
    all.push_back({"weights gone", errorOf([&] { from.apply(trainer, control); }),
                   "start_from: die Gewichte von „a list“ sind nicht mehr in der Studie"});
    from.file = huge.string();
    all.push_back({"weights of more", errorOf([&] { from.apply(trainer, control); })});
    ratescope::StudyStore store;
    store.open("/no/s.ratescope");
    all.push_back({"weights out of reach", errorOf([&] { store.weightsOf(1); }),
                   "die Studie lässt sich nicht schreiben, daher sind die Gewichte des Laufs nicht zur Hand"});
    return all;
}

/// Pictures and studies.
inline ProblemExamples pictureExamples() {
    ProblemExamples all;
    const auto add = [&](const char* name, const QByteArray& bytes, const char* german = "") {
        all.push_back({name, "x: " + errorIn(bytes), german});
    };
    const auto svg = [&](const char* name, const QByteArray& text) { add(name, text); };
    const QByteArray png = plain(QStringLiteral("png"));
    QByteArray wrong = png;
    wrong[20] = 'x';
    add("checksum", wrong, "x: ist ein beschädigtes PNG: der Block bei Byte 8 hat eine falsche Prüfsumme");
    add("cut PNG", png.first(10));
    add("cut chunk", png.first(30));
    add("method", withChunk("zTXt", QByteArray("\7", 1) + zlibOf("x")));
    add("no method", withChunk("zTXt", ""));
    add("packed end", withChunk("zTXt", QByteArray("\0", 1) + zlibOf("xyz").first(4)));
    add("packed", withChunk("zTXt", QByteArray("\0xyz", 4)));
    add("no UTF-8", withChunk("iTXt", QByteArray("\0\0\0\0\xFF", 5)));
    add("long", withChunk("tEXt", QByteArray(17 << 20, 'x')),
        "x: enthält ein Experiment von über 16 MiB; erlaubt: 16 MiB");
    const auto inside = [](const QByteArray& text) {
        return "<svg><metadata><ratescope:experiment xmlns:ratescope='https://ratescope.org/ns/1'>" + text +
               "</ratescope:experiment></metadata></svg>";
    };
    svg("open", "<svg><g></g>");
    svg("closed twice", "<svg></svg></svg>");
    svg("no tag", "<svg>< </svg>");
    svg("open comment", "<svg><!-- </svg>");
    svg("tags inside", inside("<b>x</b>"));
    svg("unknown entity", inside("&bomb;"));
    const auto pdf = [&](const char* name, const QByteArray& value) {
        add(name, "%PDF-1.4\n<</RatescopeExperiment" + value + "\n%%EOF\n");
    };
    add("cut PDF", "%PDF-1.7\n", "x: ist ein beschädigtes PDF: es ist abgeschnitten");
    pdf("bad digit", "<FEFG>");
    pdf("open text", "(abc");
    pdf("half of 16 bits", "<FEFF00>");
    return all;
}

/// Curves that other programs have written.
inline ProblemExamples curveExamples() {
    ProblemExamples all;
    const auto add = [&](const char* name, const std::string& text) {
        all.push_back({name, errorOf([&] { ratescope::parseCurve(text, "x.csv"); }), ""});
    };
    std::string many = "lr,loss\n";
    for (int i = 1; i <= 1'000'001; ++i) many += std::to_string(i) + "e-3,1\n";
    std::string names = "lr";
    for (int i = 0; i < 20'000; ++i) names += ",a";
    add("empty", "");
    add("no points", "lr,loss\n");
    add("no column", "a,loss\n");
    add("a column twice", "lr,lr,loss\n");
    add("many columns", names);
    add("fields", "lr,loss\n1\n");
    add("no number", "lr,loss\n1,it is much\n");
    add("no rate", "lr,loss\n-1,2\n");
    add("falling", "lr,loss\n2,2\n1,2\n");
    add("no share", "lr,loss,val_loss,val_accuracy\n1,2,2,93\n");
    add("many points", many);
    add("open quote", "lr,loss\n\"1");
    add("no list", R"({"lr": [1]})");
    add("lists", R"({"lr": [1], "loss": [1, 2]})");
    add("no numbers", R"({"lr": [)" + std::string(2 << 20, '['));
    add("no number in a list", R"({"lr": ["a"]})");
    add("no JSON", R"({"lr": [1)");
    all.push_back({"origin", ratescope::parseCurve("lr,loss\n1,2\n2,2\n", "x.csv").origin.toStdString(), ""});
    return all;
}

inline ProblemExamples studyExamples(const TestFolder& folder) {
    using ratescope::StudyFile;
    ProblemExamples all;
    const auto path = folder.path("s.ratescope");
    const auto add = [&](const char* name, const std::string& message, const char* german = "") {
        const auto at = message.find(folder.path().string());
        all.push_back({name, at == 0 ? message.substr(folder.path().string().size() + 1) : message, german});
    };
    const auto damaged = [&](const char* name, const char* sql, const char* german = "") {
        std::filesystem::remove(path);
        {
            StudyFile study(path, StudyFile::Access::Write);
            put(study, fullRecord("a", ratescope::RunState::Finished));
        }
        tool(path).execute(sql);
        add(name, errorOf([&] { readStudy(path); }), german);
    };
    damaged("another's", "PRAGMA application_id=7");
    damaged("newer", "PRAGMA user_version=9",
            "s.ratescope: ist eine Studie im Format 9; dieses Programm liest die Formate 2 bis 5");
    damaged("state", "UPDATE run SET state='a list'", "s.ratescope: Lauf 1 hat den unbekannten Zustand „a list“");
    damaged("length", "UPDATE run SET steps=0");
    damaged("result", "UPDATE run SET test_loss=9e999");
    damaged("snapshot", "INSERT INTO snapshot VALUES(1, 10, 9e999, 0.1)");
    damaged("snapshots", "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM n WHERE i < 100) "
                         "INSERT INTO snapshot SELECT 1, i, 0.1, 0.1 FROM n");
    damaged("epochs", "UPDATE epoch SET step=-1");
    damaged("hole", "DELETE FROM step WHERE step=40", "s.ratescope: Lauf 1 fehlt Schritt 40");
    damaged("step", "UPDATE step SET lr=9e999 WHERE step=7");
    damaged("epoch", "UPDATE epoch SET train_loss=9e999 WHERE epoch=1");
    damaged("steps", "UPDATE run SET steps=80");
    damaged("rate", "UPDATE step SET lr=NULL WHERE step=7", "s.ratescope: Lauf 1 hat keine Rate bei Schritt 7");
    damaged("rates of a log",
            "UPDATE run SET origin='imported from x', config=json_remove(config, '$.range_test');"
            "UPDATE step SET lr=NULL WHERE step=7",
            "s.ratescope: Lauf 1 hat nur bei einigen seiner Schritte Raten, ab Schritt 7");
    damaged("long value", "UPDATE run SET message=zeroblob(20000000)");
    ratescope::LoggedRun log;
    log.name = "a list";
    log.loss = {{1, std::nan(""), 0.0}};
    add("no loss", errorOf([&] { ratescope::recordOf(log, "s.csv"); }),
        "s.csv: der Lauf „a list“ hat keinen Verlust, der eine endliche Zahl ist");
    log.loss = {{2'000'000'000, 1.0, 0.0}};
    add("late step", errorOf([&] { ratescope::recordOf(log, "s.csv"); }),
        "s.csv: der Lauf „a list“ hat Schritt 2000000000; erlaubt sind Schritte unter 1000000000");
    add("study nowhere", errorOf([] { StudyFile("/proc/s.ratescope", StudyFile::Access::Write); }));
    damaged("validation",
            "UPDATE run SET config=json_set(config, '$.range_test', json('{\"validation\":5}'));"
            "INSERT INTO range_validation VALUES(1, 1, 0.5, 0.5)",
            "s.ratescope: Lauf 1 hat Validierungen mit einer Lücke, oder die nicht endlich sind, bei Schritt 0");
    damaged("samples of an epoch", "UPDATE run SET epoch_samples=-1");
    damaged("cause", "INSERT INTO rate_change VALUES(1, 0, 5, 5, 'a list', 0.1, 0.2, 0, NULL)",
            "s.ratescope: Lauf 1 hat eine Änderung der Rate mit der unbekannten Ursache „a list“");
    damaged("change", "INSERT INTO rate_change VALUES(1, 0, 9, 5, 'plateau', 0.1, 0.2, 0, NULL)",
            "s.ratescope: Lauf 1 hat eine Änderung der Rate außerhalb des Erlaubten");
    damaged("schedule by hand",
            "INSERT INTO rate_change VALUES(1, 0, 5, 5, 'hand', 0.1, 0.2, 0, '{\"type\":\"constant\",\"lr\":-1}')",
            "s.ratescope: Lauf 1: schedule.lr: ist -1; erlaubt: eine Zahl über 0 und höchstens 1e+06");
    damaged("table", "DROP TABLE step",
            "s.ratescope: ist keine Studie, wie Ratescope sie schreibt: ihre Tabelle „step“ hat andere Spalten oder Schlüssel");
    add("SQLite", [&] {
        std::filesystem::remove(path);
        StudyFile study(path, StudyFile::Access::Write);
        put(study, fullRecord("a", ratescope::RunState::Finished));
        tool(path).execute("CREATE UNIQUE INDEX mine ON run(visible)");
        return errorOf([&] { put(study, fullRecord("b", ratescope::RunState::Finished)); });
    }(), "s.ratescope: SQLite meldet: UNIQUE constraint failed: run.visible");
    add("long name", errorOf([&] { StudyFile(folder.path(std::string(250, 'x')), StudyFile::Access::Write); }));
    damaged("name", "UPDATE run SET name=''", "s.ratescope: Lauf 1: name: ist leer; ein Lauf braucht einen Namen");
    damaged("JSON", "UPDATE run SET config='x'",
            "s.ratescope: Lauf 1: Zeile 1, Spalte 1: ist kein JSON; erwartet: ein Objekt wie {\"ratescope\": 1, "
            "\"runs\": […]}");
    damaged("key", "UPDATE run SET config=json_set(config,'$.schedule.lr','x')",
            "s.ratescope: Lauf 1: schedule.lr: ist \"x\"; erwartet: eine Zahl");
    writeText(path, "ratescope");
    add("text", errorOf([&] { readStudy(path); }), "s.ratescope: ist keine Studie (keine SQLite-Datenbank)");
    add("folder", errorOf([&] { readStudy("/tmp"); }));
    add("device", errorOf([&] { readStudy("/dev/null"); }));
    writeText(path, "");
    add("empty", errorOf([&] { readStudy(path); }));
    add("nowhere", errorOf([&] { StudyFile(folder.path("no/s"), StudyFile::Access::Write); }));
    std::filesystem::remove(path);
    const auto save = [&](const char* name, const char* target, const char* german = "") {
        add(name, errorOf([&] { StudyFile(path, StudyFile::Access::Write).copyTo(target); }), german);
    };
    save("saving", "/no/s.ratescope");
    ratescope::DataCatalog catalog{sourceDir("/resources")};
    writeText(folder.path("plain.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
    add("picture", errorOf([&] { ratescope::readRunFile(folder.path("plain.svg"), catalog); }));
    return all;
}
