// SPDX-License-Identifier: GPL-3.0-or-later
// Weights on their way through the study's own thread.
#include "app/study/study_store.h"
#include "tests/app/study_fixture.h"
#include "tests/app/trained_alone.h"
#include "tests/core/problems.h"

#include <QSignalSpy>
#include <QTest>

#include <thread>

using namespace ratescope;

namespace {

constexpr int patience = 60'000; // ms

RunWeightsPointer someWeights(float first) {
    auto weights = std::make_shared<RunWeights>();
    weights->last = {{"0.weight", {1, 3}, {first, -0.0F, 1.0F / 3.0F}}};
    weights->snapshots = {{5, {{"0.weight", {1, 1}, {first + 1.0F}}}}};
    return weights;
}

} // namespace

class TestStudyStoreWeights : public StudyFixture {
    Q_OBJECT

private slots:
    void asked();
    void askedFromManyThreads();
    void nowhereToAsk();
    void savedAs();
    void removedAndPurged();
    void adoptedRunsKeepTheirs();
    void adoptedFromAStudyThatIsGone();
    void adoptedWithDamagedWeights();
    void whatCannotBeAttachedKeepsItsWeights();
};

void TestStudyStoreWeights::asked() {
    StudyStore store;
    store.open(fresh());
    store.addRun(tinyHeader(1, "a"));
    store.addRun(tinyHeader(2, "b"));
    store.setWeights(1, someWeights(1.0F));
    QVERIFY(sameBits(store.weightsOf(1), *someWeights(1.0F))); // handed over a moment ago
    QVERIFY(store.weightsOf(2).empty() && store.weightsOf(99).empty());
    store.setWeights(1, someWeights(2.0F));
    store.setWeights(2, someWeights(3.0F));
    QVERIFY(sameBits(store.weightsOf(1), *someWeights(2.0F)));
    QVERIFY(sameBits(store.weightsOf(2), *someWeights(3.0F)));
}

void TestStudyStoreWeights::askedFromManyThreads() {
    StudyStore store;
    store.open(fresh());
    for (RunId id = 1; id <= 4; ++id) {
        store.addRun(tinyHeader(id, std::to_string(id)));
        store.setWeights(id, someWeights(static_cast<float>(id)));
    }
    std::vector<int> good(4, 0);
    {
        std::vector<std::jthread> threads;
        for (RunId id = 1; id <= 4; ++id)
            threads.emplace_back([&store, &good, id] {
                for (int i = 0; i < 20; ++i)
                    good[static_cast<std::size_t>(id - 1)] +=
                        sameBits(store.weightsOf(id), *someWeights(static_cast<float>(id)));
            });
    }
    QCOMPARE(good, std::vector<int>(4, 20));
}

void TestStudyStoreWeights::nowhereToAsk() {
    StudyStore store;
    QVERIFY(hasText(errorOf([&] { store.weightsOf(1); }), "the run's weights are not at hand")); // no study yet
    store.open(m_folder.path("nowhere/s.ratescope"));
    store.addRun(tinyHeader(1, "a"));
    store.setWeights(1, someWeights(1.0F));
    QVERIFY(hasText(errorOf([&] { store.weightsOf(1); }), "the study cannot be written"));
    store.saveAs(fresh()); // nothing is lost
    QVERIFY(sameBits(store.weightsOf(1), *someWeights(1.0F)));
}

void TestStudyStoreWeights::savedAs() {
    const auto old = fresh();
    const auto target = fresh();
    StudyStore store;
    store.open(old);
    store.addRun(tinyHeader(1, "a"));
    store.setWeights(1, someWeights(1.0F));
    store.saveAs(target, old);
    QVERIFY(sameBits(store.weightsOf(1), *someWeights(1.0F)));
    QVERIFY(store.close());
    QVERIFY(!std::filesystem::exists(old));
    StudyFile file(target, StudyFile::Access::Read);
    QVERIFY(sameBits(file.readWeights(file.readRuns().at(0).id), *someWeights(1.0F)));
}

void TestStudyStoreWeights::removedAndPurged() {
    const auto path = fresh();
    StudyStore store;
    store.open(path);
    store.addRun(tinyHeader(1, "a"));
    store.setWeights(1, someWeights(1.0F));
    store.setRemoved(1, true);
    QVERIFY(!store.weightsOf(1).empty()); // it may come back
    store.setRemoved(1, false);
    QVERIFY(!store.weightsOf(1).empty());
    store.setRemoved(1, true);
    QVERIFY(store.close());
    QCOMPARE(tool(path).integer("SELECT count(*) FROM weights"), std::int64_t(0));
}

void TestStudyStoreWeights::adoptedRunsKeepTheirs() {
    const auto source = filled();
    {
        StudyFile file(source, StudyFile::Access::Write);
        file.setWeights(2, *someWeights(5.0F));
    }
    const auto target = fresh();
    StudyStore store;
    store.open(target);
    RunId id = 10;
    for (RunRecord& record : readStudy(source)) {
        record.id = ++id;
        store.addFinishedRun(std::make_shared<const RunRecord>(std::move(record)));
    }
    QVERIFY(store.weightsOf(11).empty());
    QVERIFY(sameBits(store.weightsOf(12), *someWeights(5.0F)));
    QVERIFY(store.close());
    StudyFile copy(target, StudyFile::Access::Read);
    const auto runs = copy.readRuns();
    QVERIFY(!runs.at(0).weights && runs.at(1).weights && runs[1].weights->study == target);
    QVERIFY(runs[1].losses.size() == 90 && runs[1].epochs.size() == 2);
    QVERIFY(sameBits(copy.readWeights(runs[1].id), *someWeights(5.0F)));
}

void TestStudyStoreWeights::adoptedFromAStudyThatIsGone() {
    const auto source = filled();
    StudyFile(source, StudyFile::Access::Write).setWeights(1, *someWeights(5.0F));
    auto records = readStudy(source);
    StudyStore::removeStudy(source);
    const auto target = fresh();
    StudyStore store;
    QSignalSpy failed(&store, &StudyStore::failed);
    store.open(target);
    store.addFinishedRun(std::make_shared<const RunRecord>(std::move(records.at(0))));
    QVERIFY(store.close()); // the curves are there
    QCOMPARE(readStudy(target).at(0).losses.size(), std::size_t(90));
    QVERIFY(!readStudy(target).at(0).weights);
    QVERIFY(failed.isEmpty());
    QVERIFY(!std::filesystem::exists(source));
}

void TestStudyStoreWeights::adoptedWithDamagedWeights() {
    const auto source = filled();
    {
        StudyFile file(source, StudyFile::Access::Write);
        file.setWeights(1, *someWeights(5.0F));
        file.settle();
    }
    tool(source).execute("UPDATE weights SET tensors=x'00'");
    const auto target = fresh();
    StudyStore store;
    store.open(target);
    store.addFinishedRun(std::make_shared<const RunRecord>(readStudy(source).at(0)));
    QVERIFY(store.close());
    QCOMPARE(readStudy(target).at(0).losses.size(), std::size_t(90));
    QVERIFY(!readStudy(target).at(0).weights);
}

void TestStudyStoreWeights::whatCannotBeAttachedKeepsItsWeights() {
    const auto source = filled();
    {
        StudyFile file(source, StudyFile::Access::Write);
        file.setWeights(1, *someWeights(5.0F));
    }
    StudyStore store;
    QSignalSpy failed(&store, &StudyStore::failed);
    store.open(fresh());
    auto record = std::make_shared<RunRecord>(readStudy(source).at(0));
    record->id = 7;
    store.attach(m_folder.path("nowhere") / "locked.ratescope", {{7, 1}}, {record});
    QVERIFY(failed.wait(patience));
    QVERIFY(sameBits(store.weightsOf(7), *someWeights(5.0F)));
}

QTEST_GUILESS_MAIN(TestStudyStoreWeights)
#include "tst_study_store_weights.moc"
