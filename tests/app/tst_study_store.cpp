// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/study_store.h"
#include "tests/app/app_helpers.h"

#include <QSignalSpy>
#include <QTest>

using namespace ratescope;

namespace {

constexpr int patience = 60'000; // ms

StudyStore::Steps shared(std::uint64_t count, std::uint64_t first = 0) {
    return std::make_shared<const std::vector<StepMetrics>>(someSteps(count, first));
}

RunHeader longHeader(RunId id, const std::string& name) {
    RunHeader header = tinyHeader(id, name);
    header.length = {20'000, 10};
    return header;
}

/// Names and numbers of steps, as “a 10, b 3”.
std::string summary(const std::filesystem::path& path) {
    std::string text;
    for (const RunRecord& run : readStudy(path))
        text += (text.empty() ? "" : ", ") + run.config.name + ' ' + std::to_string(run.stepCount());
    return text;
}

} // namespace

class TestStudyStore : public QObject {
    Q_OBJECT

private slots:
    void whatCannotBeAttachedIsCopied() {
        const TestFolder folder;
        StudyStore store;
        store.open(folder.path("working.ratescope"));
        QSignalSpy failed(&store, &StudyStore::failed);
        auto run = std::make_shared<RunRecord>();
        static_cast<RunHeader&>(*run) = tinyHeader(7, "adopted");
        run->append(someSteps(5));
        store.attach(folder.path("nowhere") / "locked.ratescope", {{7, 1}}, {run}, folder.path("working.ratescope"));
        QVERIFY(failed.wait(patience));
        store.updateRun(*run);
        QVERIFY(store.close());
        const auto runs = readStudy(folder.path("working.ratescope"));
        QCOMPARE(runs.size(), std::size_t(1));
        QCOMPARE(runs[0].config.name, std::string("adopted"));
        QCOMPARE(runs[0].losses, run->losses);
    }

    void keepsEverything();
    void writesByItself();
    void readsWhileWriting();
    void closesTwice();
    void purges();
    void goesOnInAStudy();
    void opensAnother();
    void savesAs_data();
    void savesAs();
    void savesOntoItself_data();
    void savesOntoItself();
    void saveAsFails();
    void saveAsFailsAgain();
    void openFails();
    void rescuesAfterFailedOpen();
    void closeTellsOfTrouble();
    void emptyStore();

private:
    std::filesystem::path fresh() { return m_folder.path("s" + std::to_string(++m_count) + ".ratescope"); }
    /// A store on a new study with the run “a” of 10 steps.
    std::unique_ptr<StudyStore> storeOn(const std::filesystem::path& path);

    TestFolder m_folder;
    int m_count = 0;
};

std::unique_ptr<StudyStore> TestStudyStore::storeOn(const std::filesystem::path& path) {
    auto store = std::make_unique<StudyStore>();
    store->open(path);
    store->addRun(longHeader(1, "a"));
    store->appendSteps(1, shared(10));
    return store;
}

void TestStudyStore::keepsEverything() {
    const auto path = fresh();
    const auto store = storeOn(path);
    store->addRun(longHeader(7, "b"));
    for (std::uint64_t i = 0; i < 500; ++i) store->appendSteps(7, shared(20, i * 20));
    const EpochMetrics epoch{1, 10, 0.1, {0.5, 0.25}, Score{0.6, 0.3}, 0.01};
    store->appendEpochs(1, {epoch});
    RunHeader done = tinyHeader(1, "renamed");
    done.state = RunState::Finished;
    done.result.test = Score{0.7, 0.2};
    store->updateRun(done);
    QString problem = QStringLiteral("?");
    QVERIFY(store->close(&problem));
    QCOMPARE(problem, QString());
    QCOMPARE(summary(path), std::string("renamed 10, b 10000"));
    const auto runs = readStudy(path);
    QVERIFY(runs[0].epochs == std::vector{epoch});
    QVERIFY(runs[0].result.test == done.result.test);
    QCOMPARE(runs[0].state, RunState::Finished);
    const auto steps = someSteps(10'000);
    for (std::size_t i = 0; i < steps.size(); ++i)
        QVERIFY(runs[1].rates[i] == steps[i].rate && runs[1].losses[i] == steps[i].loss);
    QVERIFY(!std::filesystem::exists(path.string() + "-wal"));
}

void TestStudyStore::writesByItself() {
    const auto path = fresh();
    StudyStore store;
    QSignalSpy written(&store, &StudyStore::written);
    store.open(path);
    QVERIFY(written.wait(patience)); // made
    store.addRun(tinyHeader(1, "a"));
    store.appendSteps(1, shared(10));
    while (summary(path) != "a 10") QVERIFY(written.wait(patience));
    QCOMPARE(written.last().at(0).toString(), qtText(path));
}

void TestStudyStore::readsWhileWriting() {
    const auto path = fresh();
    const auto store = storeOn(path);
    QSignalSpy written(store.get(), &StudyStore::written);
    QVERIFY(written.wait(patience));
    std::uint64_t most = 0;
    for (std::uint64_t i = 0; i < 200; ++i) {
        store->appendSteps(1, shared(50, 10 + i * 50));
        const auto runs = readStudy(path);
        if (runs.empty()) continue;
        QVERIFY(runs[0].stepCount() >= most);
        most = runs[0].stepCount();
    }
    QVERIFY(store->close());
    QCOMPARE(summary(path), std::string("a 10010"));
}

void TestStudyStore::closesTwice() {
    const auto path = fresh();
    const auto store = storeOn(path);
    QVERIFY(store->close());
    QVERIFY(store->close());
    store->open(path); // and may be used again
    store->addRun(tinyHeader(1, "b"));
    QVERIFY(store->close());
    QCOMPARE(summary(path), std::string("a 10, b 0"));
}

void TestStudyStore::purges() {
    const auto path = fresh();
    const auto store = storeOn(path);
    store->addRun(tinyHeader(2, "b"));
    store->setRemoved(1, true);
    store->setRemoved(2, true);
    store->setRemoved(2, false);
    QVERIFY(store->close());
    QCOMPARE(summary(path), std::string("b 0"));
    QCOMPARE(SqliteDatabase(path, SqliteDatabase::Mode::ReadOnly).integer("SELECT count(*) FROM step"),
             std::int64_t(0));
}

void TestStudyStore::goesOnInAStudy() {
    const auto path = fresh();
    storeOn(path)->close();
    const StudyFile::Row row = readStudy(path).at(0).id;
    StudyStore store;
    store.attach(path, {{42, row}}, {});
    store.addRun(tinyHeader(43, "b"));
    store.appendSteps(42, shared(5, 10));
    QVERIFY(store.close());
    QCOMPARE(summary(path), std::string("a 15, b 0"));
}

void TestStudyStore::opensAnother() {
    const auto first = fresh();
    const auto second = fresh();
    const auto store = storeOn(first);
    QSignalSpy written(store.get(), &StudyStore::written);
    while (!std::filesystem::exists(first) || summary(first) != "a 10") QVERIFY(written.wait(patience));
    store->appendSteps(1, shared(5, 10)); // still the first study's
    store->open(second);
    store->addRun(tinyHeader(1, "b"));
    QVERIFY(store->close());
    QCOMPARE(summary(first), std::string("a 15"));
    QCOMPARE(summary(second), std::string("b 0"));
}

void TestStudyStore::savesAs_data() {
    QTest::addColumn<bool>("temporary");
    QTest::addColumn<bool>("exists");
    QTest::newRow("beside") << false << false;
    QTest::newRow("instead") << true << false;
    QTest::newRow("over another file") << true << true;
}

void TestStudyStore::savesAs() {
    QFETCH(const bool, temporary);
    QFETCH(const bool, exists);
    const auto old = fresh();
    const auto target = fresh();
    if (exists) writeText(target, "something else");
    const auto store = storeOn(old);
    QSignalSpy saved(store.get(), &StudyStore::saved);
    QSignalSpy failed(store.get(), &StudyStore::failed);
    store->saveAs(target, temporary ? old : std::filesystem::path());
    store->appendSteps(1, shared(10, 10));
    QVERIFY(saved.wait(patience));
    QCOMPARE(saved.at(0).at(0).toString(), qtText(target));
    store->addRun(tinyHeader(2, "b"));
    QVERIFY(store->close());
    QCOMPARE(summary(target), std::string("a 20, b 0"));
    QCOMPARE(std::filesystem::exists(old), !temporary);
    if (!temporary) QCOMPARE(summary(old), std::string("a 10"));
    QVERIFY(!std::filesystem::exists(old.string() + "-wal"));
    QVERIFY(failed.isEmpty());
}

void TestStudyStore::savesOntoItself_data() {
    QTest::addColumn<bool>("temporary");
    QTest::newRow("its own") << false;
    QTest::newRow("for the time being") << true;
}

void TestStudyStore::savesOntoItself() {
    QFETCH(const bool, temporary);
    const auto path = fresh();
    const auto store = storeOn(path);
    QSignalSpy saved(store.get(), &StudyStore::saved);
    QSignalSpy written(store.get(), &StudyStore::written);
    store->saveAs(path, temporary ? path : std::filesystem::path());
    QVERIFY(saved.wait(patience));
    QVERIFY(std::filesystem::exists(path));
    written.clear();
    store->appendSteps(1, shared(10, 10));
    QVERIFY(written.wait(patience));
    QCOMPARE(summary(path), std::string("a 20")); // at once, and for any other program
    QVERIFY(store->close());
    QVERIFY(std::filesystem::exists(path));
    QCOMPARE(summary(path), std::string("a 20"));
}

void TestStudyStore::saveAsFails() {
    const auto path = fresh();
    const auto store = storeOn(path);
    QSignalSpy failed(store.get(), &StudyStore::failed);
    QSignalSpy saved(store.get(), &StudyStore::saved);
    const auto nowhere = m_folder.path("nowhere/s.ratescope");
    store->saveAs(nowhere, path);
    QVERIFY(failed.wait(patience));
    QVERIFY2(failed.at(0).at(0).toString().startsWith(qtText(nowhere)), qPrintable(failed.at(0).at(0).toString()));
    // It goes on in the old one, and a good place has everything.
    store->appendSteps(1, shared(10, 10));
    const auto good = fresh();
    store->saveAs(good);
    QVERIFY(saved.wait(patience));
    QVERIFY(store->close());
    QCOMPARE(summary(path), std::string("a 20"));
    QCOMPARE(summary(good), std::string("a 20"));
}

void TestStudyStore::saveAsFailsAgain() {
    const auto path = fresh();
    const auto store = storeOn(path);
    QSignalSpy failed(store.get(), &StudyStore::failed);
    for (int attempt = 1; attempt <= 2; ++attempt) { // each is answered
        store->saveAs(m_folder.path("nowhere/s.ratescope"));
        store->close(); // everything asked has been done
        QCoreApplication::processEvents();
        QCOMPARE(failed.size(), attempt);
        store->attach(path, {{1, 1}}, {});
    }
}

void TestStudyStore::openFails() {
    StudyStore store;
    QSignalSpy failed(&store, &StudyStore::failed);
    store.open(m_folder.path("nowhere/s.ratescope"));
    store.addRun(tinyHeader(1, "a"));
    QVERIFY(failed.wait(patience));
    QVERIFY(failed.at(0).at(0).toString().contains(QStringLiteral("nowhere/s.ratescope")));
    QString problem;
    QVERIFY(!store.close(&problem));
    QVERIFY(problem.contains(QStringLiteral("nowhere/s.ratescope")));
    QCOMPARE(failed.size(), 1); // told once
}

void TestStudyStore::rescuesAfterFailedOpen() {
    const auto good = fresh();
    StudyStore store;
    QSignalSpy failed(&store, &StudyStore::failed);
    QSignalSpy saved(&store, &StudyStore::saved);
    store.open(m_folder.path("nowhere/s.ratescope"));
    store.addRun(tinyHeader(1, "a"));
    store.appendSteps(1, shared(10));
    QVERIFY(failed.wait(patience));
    store.saveAs(good);
    store.appendSteps(1, shared(10, 10));
    QVERIFY(store.close());
    QCOMPARE(summary(good), std::string("a 20"));
    QCoreApplication::processEvents();
    QCOMPARE(saved.size(), 1);
}

void TestStudyStore::closeTellsOfTrouble() {
    const auto path = fresh();
    const auto store = storeOn(path);
    store->appendSteps(1, shared(10)); // the same steps once more: the study cannot take them
    QSignalSpy failed(store.get(), &StudyStore::failed);
    QString problem;
    QVERIFY(!store->close(&problem));
    QVERIFY(problem.startsWith(qtText(path)));
    QCOMPARE(failed.size(), 1);
    // Nothing is half done: what came with the bad steps is not there, what was written before them is there whole.
    const std::string left = summary(path);
    QVERIFY2(left.empty() || left == "a 0" || left == "a 10", left.c_str());
}

void TestStudyStore::emptyStore() {
    StudyStore store;
    QSignalSpy failed(&store, &StudyStore::failed);
    QVERIFY(store.close());
    QVERIFY(failed.isEmpty());
}

QTEST_GUILESS_MAIN(TestStudyStore)
#include "tst_study_store.moc"
