// SPDX-License-Identifier: GPL-3.0-or-later
// A package carries its engine once for each level of x86-64: the loader takes the best that the CPU has, and each
// trains the same networks to the same result.
#include "tests/app/program.h"
#include "tests/this_build.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cmath>

using namespace ratescope;

namespace {

const QString loader = QStringLiteral("/lib64/ld-linux-x86-64.so.2");
const QString engineFolder = QStringLiteral("lib/ratescope/");

/// What the loader says of this CPU and a level: “x86-64-v4 (supported, searched)”.
bool cpuHas(const QString& level) {
    QProcess process;
    process.start(loader, {"--help"});
    process.waitForFinished();
    return process.readAllStandardOutput().contains((level + " (supported").toUtf8());
}

/// Small, and through every kind of layer and several optimizers; MNIST is the one that the program finds by itself.
const char* experiment = R"({"ratescope":1,"defaults":{"train_samples":1000,"batch_size":50,"steps":20},"runs":[
    {"name":"softmax","network":"softmax","schedule":{"type":"constant","lr":0.1}},
    {"name":"mlp","optimizer":{"type":"adam"},"schedule":{"type":"constant","lr":0.001}},
    {"name":"cnn","network":"cnn","steps":6,"optimizer":{"type":"rmsprop"},"schedule":{"type":"constant","lr":0.001}}]})";

} // namespace

class TestEngineLevels : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void engines_data();
    void engines();
    void bestOfThisCpu();

private:
    /// Trains with only that level allowed; where it is empty with what the loader chooses by itself.
    Outcome train(const QString& program, const QString& level);
    /// Where the engine came from that the last training ran, below the package's folder; empty if it loaded none.
    QString loadedEngine() const;

    TestFolder m_folder;
    Program m_home;
    QJsonArray m_expected; ///< of the program that has its engine inside
};

Outcome TestEngineLevels::train(const QString& program, const QString& level) {
    for (const QString& old : QDir(qtText(m_folder.path())).entryList({"loaded.*"}))
        QFile::remove(qtText(m_folder.path(old.toStdString())));
    QProcessEnvironment all = m_home.environment();
    all.insert("LD_DEBUG", "libs");
    all.insert("LD_DEBUG_OUTPUT", qtText(m_folder.path("loaded")));
    QStringList arguments = {
        program, "train", qtText(m_folder.path("x.json")), "--out", qtText(m_folder.path("s.ratescope")), "--json"};
    if (!level.isEmpty()) arguments = QStringList{loader, "--glibc-hwcaps-mask", level} + arguments;
    QFile::remove(qtText(m_folder.path("s.ratescope")));
    QProcess process;
    process.setProcessEnvironment(all);
    process.start(arguments.takeFirst(), arguments);
    return Program::ended(process);
}

QString TestEngineLevels::loadedEngine() const {
    for (const QString& name : QDir(qtText(m_folder.path())).entryList({"loaded.*"})) {
        const QString log = QString::fromStdString(readText(m_folder.path(name.toStdString())));
        for (const QString& line : log.split('\n'))
            if (line.contains("calling init: ") && line.contains("libratescope_engine")) {
                const QString path = line.section("calling init: ", 1).trimmed();
                const QDir package = QFileInfo(QStringLiteral(RATESCOPE_PACKAGED)).canonicalPath() + "/..";
                return package.relativeFilePath(QFileInfo(path).canonicalFilePath());
            }
    }
    return {};
}

void TestEngineLevels::initTestCase() {
    writeText(m_folder.path("x.json"), experiment);
    const Outcome outcome = train(programPath(), {});
    COMPARE_STATUS(outcome, 0);
    QCOMPARE(loadedEngine(), QString());
    m_expected = QJsonDocument::fromJson(outcome.output)["runs"].toArray();
    QCOMPARE(m_expected.size(), 3);
}

void TestEngineLevels::engines_data() {
    QTest::addColumn<QString>("level");
    QTest::addColumn<QString>("folder");
    QTest::newRow("any CPU") << "none" << engineFolder;
    QTest::newRow("AVX2") << "x86-64-v3" << engineFolder + "glibc-hwcaps/x86-64-v3/";
    QTest::newRow("AVX-512") << "x86-64-v4" << engineFolder + "glibc-hwcaps/x86-64-v4/";
}

void TestEngineLevels::engines() {
    QFETCH(const QString, level);
    QFETCH(const QString, folder);
    if (level != "none" && !cpuHas(level)) QSKIP(qPrintable("this CPU has no " + level));
    const Outcome outcome = train(QStringLiteral(RATESCOPE_PACKAGED), level);
    COMPARE_STATUS(outcome, 0);
    QCOMPARE(loadedEngine(), folder + "libratescope_engine.so." RATESCOPE_VERSION);

    const QJsonArray runs = QJsonDocument::fromJson(outcome.output)["runs"].toArray();
    QCOMPARE(runs.size(), m_expected.size());
    for (int i = 0; i < runs.size(); ++i) {
        const QJsonValue run = runs[i];
        const QJsonValue expected = m_expected[i];
        for (const char* key : {"name", "status", "steps"}) QCOMPARE(run[key], expected[key]);
        // Wider vectors add in another order: a few units in the last place of a float, grown by the updates.
        for (const char* key : {"train_loss", "val_loss", "test_loss"}) {
            const double difference = run[key].toDouble() / expected[key].toDouble() - 1.0;
            QVERIFY2(std::abs(difference) < 1e-3,
                     qPrintable(run["name"].toString() + ' ' + QString::number(difference)));
        }
        QVERIFY(std::abs(run["test_accuracy"].toDouble() - expected["test_accuracy"].toDouble()) < 2e-3);
    }
}

void TestEngineLevels::bestOfThisCpu() {
    QString best = engineFolder;
    for (const char* level : {"x86-64-v3", "x86-64-v4"})
        if (cpuHas(level)) best = engineFolder + "glibc-hwcaps/" + level + '/';
    COMPARE_STATUS(train(QStringLiteral(RATESCOPE_PACKAGED), {}), 0);
    QCOMPARE(loadedEngine(), best + "libratescope_engine.so." RATESCOPE_VERSION);
}

QTEST_GUILESS_MAIN(TestEngineLevels)
#include "tst_engine_levels.moc"
