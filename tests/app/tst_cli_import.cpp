// SPDX-License-Identifier: GPL-3.0-or-later
// “ratescope import” and “export --tensorboard” from outside.
#include "app/study/study_file.h"
#include "tests/app/program.h"

#include <QDir>
#include <QDirIterator>
#include <QTest>

using namespace ratescope;

class TestCliImport : public QObject {
    Q_OBJECT

private slots:
    void tables_data();
    void tables();
    void mapping();
    void besideOurs();
    void thereAndBack();
    void refuses_data();
    void refuses();

private:
    QString file(const std::string& name, const std::string& text) {
        writeText(m_folder.path(name), text);
        return qtText(m_folder.path(name));
    }

    Program m_program;
    TestFolder m_folder;
};

void TestCliImport::tables_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("names");
    QTest::addColumn<int>("points");
    QTest::addColumn<int>("rates");
    QTest::addColumn<int>("validated");
    QTest::newRow("Keras") << QByteArray("epoch,accuracy,learning_rate,loss,val_accuracy,val_loss\n"
                                         "0,0.8,0.01,0.6,0.85,0.5\n1,0.9,0.001,0.3,0.9,0.35\n")
                           << QByteArray("job\n") << 2 << 2 << 2;
    QTest::newRow("Lightning") << QByteArray("epoch,lr-Adam,step,train_loss_step,val_loss\n"
                                             "0,,49,1.5,\n,0.001,49,,\n0,,99,1.2,\n0,,99,,1.1\n1,,149,0.9,\n")
                               << QByteArray("job\n") << 3 << 3 << 1;
    QTest::newRow("W&B") << QByteArray("\"Step\",\"big - train/loss\",\"big - train/loss__MIN\",\"small - train/loss\"\n"
                                       "\"0\",\"2.5\",\"2.5\",\"2.25\"\n\"10\",\"1.5\",\"1.5\",\"\"\n")
                         << QByteArray("big\nsmall\n") << 3 << 0 << 0;
}

void TestCliImport::tables() {
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, names);
    const QString log = file("job.csv", text.toStdString());
    const auto study = m_folder.path(std::string(QTest::currentDataTag()) + ".ratescope");
    const Outcome outcome = m_program.run({"import", log, "--out", qtText(study)});
    COMPARE_STATUS(outcome, 0);
    QCOMPARE(outcome.output, names);
    std::size_t points = 0;
    std::size_t rates = 0;
    std::size_t validated = 0;
    for (const RunRecord& run : StudyFile(study, StudyFile::Access::Read).readRuns()) {
        QVERIFY(run.isLog());
        points += run.losses.size();
        rates += run.rates.size();
        validated += run.epochs.size();
    }
    QTEST(static_cast<int>(points), "points");
    QTEST(static_cast<int>(rates), "rates");
    QTEST(static_cast<int>(validated), "validated");
    // The other commands read the log itself.
    const Outcome list = m_program.run({"list", log});
    COMPARE_STATUS(list, 0);
    QCOMPARE(list.output, names);
    COMPARE_STATUS(m_program.run({"plot", log, "--out", qtText(m_folder.path("plot.svg"))}), 0);
}

void TestCliImport::mapping() {
    const QString log = file("own.csv", "iter,objective,eta\n0,3,0.5\n20,2,0.25\n");
    const auto study = m_folder.path("mapped.ratescope");
    for (const QStringList& command : {QStringList{"import", "--out", qtText(study)}, {"list"}, {"plot", "--out", "own.svg"},
                                       {"export", "--out", "own"}}) {
        const Outcome refused = m_program.run(command + QStringList{log});
        COMPARE_STATUS(refused, 3);
        QCOMPARE(QString::fromUtf8(refused.errors),
                 "ratescope: " + log + ": names no loss; it has: iter, objective, eta; say which is which with "
                 "“ratescope import --map loss=NAME”\n");
    }
    QVERIFY(!std::filesystem::exists(study));
    // However many they are, and however long; and whatever the file is called.
    std::string many = "iter";
    for (int i = 0; i < 300; ++i) many += ",column " + std::to_string(i) + std::string(500, 'x');
    many += "\n1" + std::string(300, ',') + "\n";
    const Outcome brief = m_program.run({"import", file("own.txt", many), "--out", qtText(study)});
    COMPARE_STATUS(brief, 3);
    QVERIFY2(brief.errors.contains("own.txt: names no loss; it has: iter, column 0"), brief.errors.constData());
    QVERIFY2(brief.errors.contains(", …; say which") && brief.errors.size() < 4000, brief.errors.constData());
    COMPARE_STATUS(m_program.run({"import", log, "--map", "step=iter,loss=objective,lr=eta", "--out", qtText(study)}), 0);
    const auto runs = StudyFile(study, StudyFile::Access::Read).readRuns();
    QVERIFY((runs.at(0).stepNumbers == std::vector<std::uint64_t>{0, 20}));
    QVERIFY((runs.at(0).losses == std::vector<float>{3.0F, 2.0F}));
    QVERIFY((runs.at(0).rates == std::vector<double>{0.5, 0.25}));
}

/// Names and colours are the study's own, and what it had stays as it was.
void TestCliImport::besideOurs() {
    const auto study = m_folder.path("ours.ratescope");
    const QString log = file("a.csv", "step,loss\n0,3\n1,2\n");
    COMPARE_STATUS(m_program.run({"train", writeExperiment(m_folder, "x.json", R"({"name":"a"})"), "--out", qtText(study),
                                  "--quiet"}), 0);
    const auto before = StudyFile(study, StudyFile::Access::Read).readRuns();
    const Outcome outcome = m_program.run({"import", log, "--out", qtText(study)});
    COMPARE_STATUS(outcome, 0);
    QCOMPARE(outcome.output, QByteArray("a 2\n"));
    const auto after = StudyFile(study, StudyFile::Access::Read).readRuns();
    QCOMPARE(after.size(), std::size_t(2));
    QVERIFY(after[0].losses == before[0].losses);
    QVERIFY(after[0].config.color != after[1].config.color);
}

/// Ours in TensorBoard's format, and back: the same losses and rates at the same steps.
void TestCliImport::thereAndBack() {
    const auto study = m_folder.path("there.ratescope");
    const QString experiment =
        writeExperiment(m_folder, "y.json", R"({"name":"a/b","validation":0.25},{"name":"c","schedule":{"type":"cosine","lr":0.1}})");
    COMPARE_STATUS(m_program.run({"train", experiment, "--out", qtText(study), "--quiet"}), 0);
    const QString out = qtText(m_folder.path("events"));
    COMPARE_STATUS(m_program.run({"export", qtText(study), "--out", out, "--tensorboard"}), 0);
    QStringList found;
    QDirIterator files(out + QStringLiteral("/tensorboard"), {QStringLiteral("events.out.tfevents.*")}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) found << files.next();
    QCOMPARE(found.size(), 2);
    const auto back = m_folder.path("back.ratescope");
    COMPARE_STATUS(m_program.run({"import", out + QStringLiteral("/tensorboard"), "--out", qtText(back)}), 0);
    const auto ours = StudyFile(study, StudyFile::Access::Read).readRuns();
    const auto theirs = StudyFile(back, StudyFile::Access::Read).readRuns();
    QCOMPARE(theirs.size(), ours.size());
    for (std::size_t i = 0; i < ours.size(); ++i) {
        QVERIFY(theirs[i].losses == ours[i].losses);
        QCOMPARE(theirs[i].stepNumbers.back(), ours[i].stepCount() - 1);
        for (std::size_t k = 0; k < ours[i].rates.size(); ++k)
            QVERIFY(std::abs(theirs[i].rates[k] - ours[i].rates[k]) <= 1e-6 * ours[i].rates[k]);
        QCOMPARE(theirs[i].epochs.size(), ours[i].epochs.size());
        QCOMPARE(theirs[i].epochs.back().step, ours[i].epochs.back().step);
        QCOMPARE(float(theirs[i].epochs.back().validation->loss), float(ours[i].epochs.back().validation->loss));
    }
}

void TestCliImport::refuses_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("part");
    const QString log = file("good.csv", "step,loss\n0,3\n1,2\n");
    const QString study = qtText(m_folder.path("new.ratescope"));
    QTest::newRow("no --out") << QStringList{log} << 2 << QByteArray("--out");
    QTest::newRow("an unknown field") << QStringList{log, "--map", "lost=loss", "--out", study} << 2 << QByteArray("--map: ");
    QTest::newRow("no column of that name")
        << QStringList{log, "--map", "loss=lost", "--out", study} << 3 << QByteArray("good.csv: ");
    QTest::newRow("an experiment") << QStringList{writeExperiment(m_folder, "z.json", R"({"name":"a"})"), "--out", study} << 3
                                   << QByteArray("is an experiment; expected what another program has logged");
    QTest::newRow("a folder without events") << QStringList{qtText(m_folder.path("data")), "--out", study} << 3
                                             << QByteArray("data: ");
    QTest::newRow("nowhere to write") << QStringList{log, "--out", qtText(m_folder.path("no/s.ratescope"))} << 4
                                      << QByteArray("its folder does not exist");
}

void TestCliImport::refuses() {
    QFETCH(const QStringList, arguments);
    QFETCH(const int, status);
    QFETCH(const QByteArray, part);
    const Outcome outcome = m_program.run(QStringList{"import"} + arguments);
    COMPARE_STATUS(outcome, status);
    QVERIFY2(outcome.errors.contains(part), outcome.errors.constData());
    QVERIFY(!std::filesystem::exists(m_folder.path("new.ratescope")));
}

QTEST_GUILESS_MAIN(TestCliImport)
#include "tst_cli_import.moc"
