// SPDX-License-Identifier: GPL-3.0-or-later
// “ratescope export”: the weights, as load_state_dict of PyTorch's nn.Sequential takes them.
#include "tests/app/program.h"
#include "tests/app/study_fixture.h"

#include <QDir>
#include <QTest>

#include <algorithm>
#include <set>

using namespace ratescope;

namespace {

/// Names and shapes, as “0.weight 10×20, 0.bias 10”.
QString describe(const std::vector<Tensor>& tensors) {
    QStringList texts;
    for (const Tensor& tensor : tensors) {
        QStringList shape;
        std::size_t values = 1;
        for (const std::int64_t extent : tensor.shape) {
            shape << QString::number(extent);
            values *= static_cast<std::size_t>(extent);
        }
        texts << QString::fromStdString(tensor.name) + ' ' + shape.join(QStringLiteral("×")) +
                     (values == tensor.values.size() ? "" : " (cut)");
    }
    return texts.join(QStringLiteral(", "));
}

} // namespace

class TestCliExport : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void layers_data();
    void layers();
    void fileNames();
    void snapshots();
    void runsWithoutWeights();
    void figuresOfAllKinds();
    void roundTrip();
    void damagedWeights();
    void cannotWrite();

private:
    QString fresh() { return qtText(m_folder.path("s" + std::to_string(++m_count))); }
    /// Trains and exports `runs` over images of 28 × 28; the folder.
    QString exported(const std::string& runs) {
        const QString study = fresh() + ".ratescope";
        const QString folder = fresh();
        const QString file = writeExperiment(m_folder, "x.json", runs);
        const Outcome trained = m_program.run({"train", file, "--quiet", "--out", study});
        if (trained.status != 0) qWarning("%s", trained.errors.constData());
        const Outcome written = m_program.run({"export", study, "--out", folder});
        if (written.status != 0 || !written.output.isEmpty() || !written.errors.isEmpty())
            qWarning("%s", written.errors.constData());
        return folder;
    }
    static QStringList weightFiles(const QString& folder) {
        return QDir(folder).entryList({"*.safetensors"}, QDir::Files | QDir::Hidden, QDir::Name);
    }
    static std::vector<Tensor> weights(const QString& folder, const QString& name) {
        return readSafetensors((folder + '/' + name + ".safetensors").toStdString());
    }
    /// A study of finished runs with those names, each with a weight of its own number.
    QString study(const std::vector<std::string>& names) {
        const QString path = fresh() + ".ratescope";
        StudyFile file(path.toStdString(), StudyFile::Access::Write);
        for (std::size_t i = 0; i < names.size(); ++i) {
            const StudyFile::Row row = put(file, fullRecord(names[i], RunState::Finished));
            file.setWeights(row, {{{"0.bias", {1}, {static_cast<float>(i)}}}, {}});
        }
        file.settle();
        return path;
    }

    Program m_program;
    TestFolder m_folder;
    int m_count = 0;
};

void TestCliExport::initTestCase() {
    std::filesystem::create_directory(m_folder.path("data"));
    m_folder.write("data/train-images-idx3-ubyte", idxImages(40, 28, 28));
    m_folder.write("data/train-labels-idx1-ubyte", idxLabels(40));
    m_folder.write("data/t10k-images-idx3-ubyte", idxImages(20, 28, 28));
    m_folder.write("data/t10k-labels-idx1-ubyte", idxLabels(20));
}

void TestCliExport::layers_data() {
    QTest::addColumn<QString>("network");
    QTest::addColumn<QString>("expected");
    QTest::newRow("softmax") << R"("softmax")"
                             << "0.weight 10×784, 0.bias 10";
    QTest::newRow("mlp") << R"("mlp")"
                         << "0.weight 128×784, 0.bias 128, 2.weight 10×128, 2.bias 10";
    QTest::newRow("cnn") << R"("cnn")"
                         << "0.weight 32×1×3×3, 0.bias 32, 4.weight 64×32×3×3, 4.bias 64, 9.weight 256×1600, 9.bias "
                            "256, 11.weight 10×256, 11.bias 10";
    QTest::newRow("own layers")
        << R"([{"type":"maxpool","size":4},{"type":"conv2d","filters":3,"kernel":2},{"type":"tanh"},{"type":"flatten"},{"type":"dense","units":10}])"
        << "1.weight 3×1×2×2, 1.bias 3, 4.weight 10×108, 4.bias 10";
}

void TestCliExport::layers() {
    QFETCH(const QString, network);
    QFETCH(const QString, expected);
    const QString folder = exported(R"({"name":"run","steps":1,"network":)" + network.toStdString() + '}');
    QCOMPARE(weightFiles(folder), QStringList{"run.safetensors"});
    QCOMPARE(describe(weights(folder, "run")), expected);
    for (const Tensor& tensor : weights(folder, "run"))
        QVERIFY(std::ranges::any_of(tensor.values, [](float value) { return value != 0.0F; }));
}

void TestCliExport::fileNames() {
    const std::vector<std::string> names = {"a/b",   "a_b",     "a\\b",       "../../x", ".hidden",
                                            "..",    "C:",      "größer “𝄞”", "-rf",     std::string(200, 'n'),
                                            "a_b 2", "con.json"};
    const QString folder = fresh();
    const Outcome outcome = m_program.run({"export", study(names), "--out", folder});
    COMPARE_STATUS(outcome, 0);
    QCOMPARE(static_cast<std::size_t>(weightFiles(folder).size()), names.size());
    QCOMPARE(QDir(folder).entryList(QDir::Files | QDir::Hidden).size(),
             static_cast<qsizetype>(names.size()) + 3); // and nothing else
    std::set<float> found;                              // each run's once
    for (const QString& file : weightFiles(folder)) {
        QVERIFY2(!file.startsWith('.'), qPrintable(file));
        found.insert(readSafetensors((folder + '/' + file).toStdString()).at(0).values.at(0));
    }
    QCOMPARE(found.size(), names.size());
    QCOMPARE(weights(folder, "a_b").at(0).values[0], 0.0F);
    QCOMPARE(weights(folder, "a_b 2").at(0).values[0], 1.0F);
    QCOMPARE(weights(folder, "größer “𝄞”").at(0).values[0], 7.0F);
    QVERIFY(!std::filesystem::exists(m_folder.path("x.safetensors")));
}

void TestCliExport::snapshots() {
    // A run of the name that another's snapshot would have.
    const QString folder = exported(R"({"name":"a snapshot 1","steps":1},
        {"name":"a","network":"softmax","batch_size":8,"steps":6,"snapshots":"cycle","schedule":{"type":"warm_restarts","lr":0.1,"period":3}})");
    QCOMPARE(weightFiles(folder).size(), 4);
    QVERIFY(weights(folder, "a snapshot 1") != weights(folder, "a snapshot 2"));
    const std::vector<Tensor> last = weights(folder, "a");
    int same = 0;
    for (const QString& file : weightFiles(folder))
        same += readSafetensors((folder + '/' + file).toStdString()) == last;
    QCOMPARE(same, 2); // the last snapshot is what it ended with
    const QString plain = exported(
        R"({"name":"a","network":"softmax","batch_size":8,"steps":6,"snapshots":"cycle","schedule":{"type":"warm_restarts","lr":0.1,"period":3}})");
    QCOMPARE(weightFiles(plain),
             (QStringList{"a snapshot 1.safetensors", "a snapshot 2.safetensors", "a.safetensors"}));
    QVERIFY(weights(plain, "a snapshot 2") == last && weights(plain, "a snapshot 1") != last);
}

void TestCliExport::runsWithoutWeights() {
    const QString folder = exported(R"({"name":"find","range_test":{"steps":5}},{"name":"a","steps":1},
        {"name":"wild","epochs":50,"batch_size":8,"network":[{"type":"dense","units":30},{"type":"relu"},{"type":"dense","units":30},{"type":"relu"},{"type":"dense","units":10}],
         "schedule":{"type":"constant","lr":1e6}})");
    QCOMPARE(weightFiles(folder), QStringList{"a.safetensors"});
    QVERIFY(readText((folder + "/runs.csv").toStdString()).find("\nwild,diverged,") != std::string::npos);
}

void TestCliExport::figuresOfAllKinds() {
    const QString folder = exported(
        R"({"name":"early","epochs":60,"batch_size":8,"schedule":{"type":"constant","lr":1},"early_stopping":{"monitor":"train_loss","min_delta":100,"patience":2}},
        {"name":"grows","epochs":2,"batch_size":8,"schedule":{"type":"step","lr":0.1,"factor":0.5,"period":1,"unit":"epoch","batch_growth":true,"max_batch":16}})");
    const std::string runs = readText((folder + "/runs.csv").toStdString());
    QVERIFY2(hasText(runs, "\nearly,stopped_early,12,3,"),
             runs.c_str()); // the best is the first; 32 samples are 4 steps
    QVERIFY2(hasText(runs, "\ngrows,finished,6,2,"), runs.c_str());
    const std::string steps = readText((folder + "/steps.csv").toStdString());
    for (const char* line : {"\ngrows,3,0,0.1,", "\ngrows,4,1,0.1,", "\ngrows,5,1,0.1,"})
        QVERIFY2(hasText(steps, line), line); // the epoch as it was
    QVERIFY(hasText(readText((folder + "/epochs.csv").toStdString()), "\ngrows,2,6,0.1,"));
}

void TestCliExport::roundTrip() {
    // What was written is what a run can start from.
    const QString folder = exported(R"({"name":"a","network":"mlp","epochs":3})");
    std::filesystem::copy_file((folder + "/a.safetensors").toStdString(), m_folder.path("a.safetensors"));
    const auto first = [&](const std::string& start) {
        const QString study = fresh() + ".ratescope";
        const QString file = writeExperiment(m_folder, "y.json",
                                             R"({"name":"b","network":"mlp","steps":1)" + start +
                                                 R"(},{"name":"a","network":"mlp","epochs":3})");
        const Outcome outcome = m_program.run({"train", file, "--quiet", "--out", study});
        return outcome.status == 0 ? readStudy(study.toStdString()).at(0).losses.at(0) : -1.0F;
    };
    const float byFile = first(R"(,"start_from":{"file":"a.safetensors"})");
    QVERIFY(byFile > 0.0F);
    QCOMPARE(first(R"(,"start_from":{"run":"a"})"), byFile);
    QVERIFY(first("") != byFile);
}

void TestCliExport::damagedWeights() {
    const QString path = study({"a", "b"});
    tool(path.toStdString()).execute("UPDATE weights SET tensors=x'0000' WHERE run=2");
    const QString folder = fresh();
    std::filesystem::create_directory(folder.toStdString());
    writeText((folder + "/runs.csv").toStdString(), "before");
    const Outcome outcome = m_program.run({"export", path, "--out", folder});
    COMPARE_STATUS(outcome, 3); // what was read is bad, not what was written
    QVERIFY2(outcome.errors.startsWith("ratescope: " + path.toUtf8() + ": weights of run 2: "),
             outcome.errors.constData());
    QCOMPARE(QDir(folder).entryList(QDir::Files), QStringList{"runs.csv"}); // nothing is half done
    QCOMPARE(readText((folder + "/runs.csv").toStdString()), std::string("before"));
    const Outcome list = m_program.run({"list", path});
    QCOMPARE(list.output, QByteArray("a\nb\n"));
}

void TestCliExport::cannotWrite() {
    const QString path = study({"a"});
    const QString folder = fresh();
    std::filesystem::create_directories(
        (folder + "/a.safetensors").toStdString()); // a folder of that name is in the way
    const Outcome outcome = m_program.run({"export", path, "--out", folder});
    COMPARE_STATUS(outcome, 4);
    QVERIFY2(outcome.errors.contains("a.safetensors"), outcome.errors.constData());
}

QTEST_GUILESS_MAIN(TestCliExport)
#include "tst_cli_export.moc"
