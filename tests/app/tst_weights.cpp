// SPDX-License-Identifier: GPL-3.0-or-later
// What a study keeps beside the curves: weights, snapshots, how a run was stopped early, batches that grew.
#include "tests/app/study_fixture.h"
#include "tests/core/problems.h"

#include <QElapsedTimer>
#include <QTest>

#include <limits>

using namespace ratescope;
using Access = StudyFile::Access;

namespace {

/// Weights whose every bit counts.
RunWeights someWeights(float first, int snapshots = 0) {
    const float least = std::numeric_limits<float>::denorm_min();
    RunWeights weights;
    weights.last = {{"0.weight", {2, 3}, {first, -0.0F, least, 3.4028235e38F, 1.0F / 3.0F, -1.0F}},
                    {"0.bias", {2}, {first, 7.0F}}};
    for (int i = 1; i <= snapshots; ++i)
        weights.snapshots.push_back(
            {static_cast<std::uint64_t>(i) * 10, {{"0.weight", {1, 1}, {first + static_cast<float>(i)}}}});
    return weights;
}

bool same(const RunWeights& found, const RunWeights& expected) {
    if (found.last != expected.last || found.snapshots.size() != expected.snapshots.size()) return false;
    for (std::size_t i = 0; i < found.snapshots.size(); ++i)
        if (found.snapshots[i].step != expected.snapshots[i].step ||
            found.snapshots[i].weights != expected.snapshots[i].weights)
            return false;
    return true;
}

/// A run whose batch grows from 8 over an epoch of 160 samples.
RunRecord growing() {
    RunRecord record;
    static_cast<RunHeader&>(record) = tinyHeader(0, "grows");
    record.config.batchSize = 8;
    record.config.duration.epochs = 4;
    record.config.schedule = {"exponential", TimeUnit::FractionalEpoch, {}};
    record.config.schedule.values.set("lr", 0.1);
    record.config.schedule.values.set("gamma", 0.5);
    record.config.schedule.batchGrowth = true;
    record.config.schedule.maxBatch = 32;
    record.length = lengthOf(record.config, std::uint32_t(160));
    record.state = RunState::Finished;
    record.result.steps = record.length.steps;
    record.result.epochs = 4.0;
    record.append(someSteps(record.length.steps));
    return record;
}

} // namespace

class TestWeights : public StudyFixture {
    Q_OBJECT

private slots:
    void weights();
    void emptyWeights();
    void replaced();
    void purged();
    void copied();
    void damagedWeights_data();
    void damagedWeights();
    void stoppedEarly();
    void snapshotScores();
    void scoresAreUpdated();
    void growingBatch();
    void growthThatDoesNotFit_data();
    void growthThatDoesNotFit();
    void plainSql();
};

void TestWeights::weights() {
    const auto path = filled();
    StudyFile file(path, Access::Write);
    QVERIFY(file.readWeights(1).empty());
    file.setWeights(1, someWeights(1.5F, 3));
    QVERIFY(same(file.readWeights(1), someWeights(1.5F, 3)));
    QVERIFY(file.readWeights(2).empty() && file.readWeights(99).empty());
    StudyFile reader(path, Access::Read);
    QVERIFY(same(reader.readWeights(1), someWeights(1.5F, 3)));
    QVERIFY(std::signbit(reader.readWeights(1).last[0].values[1])); // −0 is not 0
    const auto runs = reader.readRuns();
    QVERIFY(runs[0].weights && runs[0].weights->study == path && runs[0].weights->row == 1);
    QVERIFY(!runs[1].weights);
}

void TestWeights::emptyWeights() {
    const auto path = filled();
    StudyFile file(path, Access::Write);
    file.setWeights(1, {});
    QVERIFY(file.readWeights(1).empty());
    QVERIFY(!file.readRuns()[0].weights);
}

void TestWeights::replaced() {
    const auto path = filled();
    StudyFile file(path, Access::Write);
    file.setWeights(1, someWeights(1.0F, 5));
    file.setWeights(2, someWeights(2.0F));
    file.setWeights(1, someWeights(3.0F, 2));
    QVERIFY(same(file.readWeights(1), someWeights(3.0F, 2)));
    QVERIFY(same(file.readWeights(2), someWeights(2.0F)));
    file.setWeights(1, {});
    QVERIFY(file.readWeights(1).empty() && file.readWeights(1).snapshots.empty());
}

void TestWeights::purged() {
    const auto path = filled();
    StudyFile file(path, Access::Write);
    RunRecord record = fullRecord("c", RunState::Finished);
    record.result.snapshots = {{10, {0.5, 0.25}}};
    const StudyFile::Row row = put(file, record);
    file.setWeights(1, someWeights(1.0F, 1));
    file.setWeights(row, someWeights(2.0F, 1));
    file.setRemoved(row, true);
    QVERIFY(same(file.readWeights(row), someWeights(2.0F, 1))); // it may be brought back
    file.purgeRemoved();
    QVERIFY(file.readWeights(row).empty());
    QVERIFY(same(file.readWeights(1), someWeights(1.0F, 1)));
    auto database = tool(path);
    QCOMPARE(database.integer("SELECT count(*) FROM weights"), std::int64_t(2));
    QCOMPARE(database.integer("SELECT count(*) FROM snapshot"), std::int64_t(0));
}

void TestWeights::copied() {
    const auto path = filled();
    const auto target = fresh();
    StudyFile file(path, Access::Write);
    file.setWeights(2, someWeights(4.0F, 2));
    file.copyTo(target);
    file.setWeights(2, {});
    QVERIFY(same(StudyFile(target, Access::Read).readWeights(2), someWeights(4.0F, 2)));
    QCOMPARE(readStudy(target)[1].weights->study, target);
}

void TestWeights::damagedWeights_data() {
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("empty") << QByteArray("x''");
    QTest::newRow("cut short") << QByteArray("substr(tensors, 1, length(tensors) - 1)");
    QTest::newRow("header cut short") << QByteArray("substr(tensors, 1, 20)");
    QTest::newRow("too long") << QByteArray("CAST(tensors || x'00' AS BLOB)");
    QTest::newRow("a text") << QByteArray("'weights'");
    QTest::newRow("a number") << QByteArray("7");
    QTest::newRow("a huge header") << QByteArray("x'ffffffffffffff7f7b7d'");
    QTest::newRow("a header of brackets")
        << QByteArray("CAST(x'a086010000000000' || replace(hex(zeroblob(50000)),'0','[') AS BLOB)");
    QTest::newRow("a tensor of 2^62") << QByteArray(
        "CAST(x'4700000000000000' || "
        "'{\"0.weight\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904],\"data_offsets\":[0,0]}}' AS BLOB)");
    QTest::newRow("zeros") << QByteArray("zeroblob(1000)");
    QTest::newRow("zeros, a lot of them") << QByteArray("zeroblob(100000000)");
}

void TestWeights::damagedWeights() {
    QFETCH(const QByteArray, value);
    const auto path = filled();
    {
        StudyFile file(path, Access::Write);
        file.setWeights(1, someWeights(1.0F, 1));
        file.setWeights(2, someWeights(2.0F));
        file.settle();
    }
    tool(path).execute("UPDATE weights SET tensors=" + value.toStdString() + " WHERE run=1 AND kind='last'");
    // The curves are as they were, and so are the weights of the other run.
    StudyFile file(path, Access::Read);
    QCOMPARE(file.readRuns().size(), std::size_t(2));
    QVERIFY(same(file.readWeights(2), someWeights(2.0F)));
    const std::string error = errorOf([&] { file.readWeights(1); });
    QVERIFY2(error.starts_with(path.string() + ": weights of run 1: "), error.c_str());
}

void TestWeights::stoppedEarly() {
    const auto path = fresh();
    RunRecord expected = fullRecord("a", RunState::StoppedEarly);
    expected.config.earlyStopping = EarlyStoppingSpec{Monitor::ValidationAccuracy, 2, 0.125, true};
    expected.result.bestEpoch = 7;
    expected.result.restoredBest = true;
    RunRecord plain = fullRecord("b", RunState::Finished);
    plain.result.bestEpoch = 1'000'000'000;
    {
        StudyFile file(path, Access::Write);
        put(file, expected);
        put(file, plain);
    }
    const auto runs = readStudy(path);
    QCOMPARE(runs[0].state, RunState::StoppedEarly);
    QVERIFY(runs[0].config == expected.config);
    QVERIFY(runs[0].result == expected.result);
    QVERIFY(runs[1].result == plain.result);
    QCOMPARE(runs[0].progress(), 1.0);
}

void TestWeights::snapshotScores() {
    const auto path = fresh();
    RunRecord expected = fullRecord("a", RunState::Finished);
    expected.config.schedule = {"warm_restarts", TimeUnit::Step, {}};
    expected.config.schedule.values.set("lr", 0.1);
    expected.config.schedule.values.set("period", 30);
    expected.config.snapshots = true;
    expected.result.snapshots = {{30, {0.5, 1.0 / 3.0}}, {60, {0.1 + 0.2, 0.25}}, {90, {5e-324, 0.0}}};
    expected.result.ensemble = Score{1.0 / 7.0, 1.0 / 9.0};
    {
        StudyFile file(path, Access::Write);
        put(file, fullRecord("other", RunState::Finished));
        put(file, expected);
    }
    const auto runs = readStudy(path);
    QVERIFY(runs[0].result.snapshots.empty() && !runs[0].result.ensemble);
    QVERIFY(runs[1].config == expected.config);
    QVERIFY(runs[1].result == expected.result);
    QVERIFY(StudyFile(path, Access::Read).readRuns(StudyFile::Content::Headers)[1].result == expected.result);
}

void TestWeights::scoresAreUpdated() {
    const auto path = fresh();
    StudyFile file(path, Access::Write);
    RunHeader header = tinyHeader(0, "a");
    const StudyFile::Row row = file.addRun(header);
    header.state = RunState::StoppedEarly;
    header.result = {.outcome = RunOutcome::StoppedEarly,
                     .steps = 20,
                     .epochs = 2.0,
                     .bestEpoch = 1,
                     .restoredBest = true,
                     .snapshots = {{5, {0.5, 0.5}}, {10, {0.25, 0.25}}},
                     .ensemble = Score{0.125, 0.0}};
    file.updateRun(row, header);
    file.updateRun(row, header); // its name, say
    QVERIFY(file.readRuns().at(0).result == header.result);
}

void TestWeights::growingBatch() {
    const auto path = fresh();
    const RunRecord expected = growing();
    QVERIFY(expected.length.grown && expected.length.steps < 80 &&
            expected.length.steps > 4 * 5); // 20 steps an epoch, later 5
    {
        StudyFile file(path, Access::Write);
        put(file, expected);
    }
    const RunRecord run = readStudy(path).at(0);
    QVERIFY(run.config == expected.config);
    QVERIFY(run.length == expected.length);
    QVERIFY(run.result == expected.result);
    QVERIFY(run.losses == expected.losses);
    for (std::uint64_t step = 0; step <= run.length.steps; ++step)
        QVERIFY(run.length.epochOf(step) == expected.length.epochOf(step) &&
                run.length.epochsOf(step) == expected.length.epochsOf(step));
    QCOMPARE(run.length.epochsOf(run.length.steps), 4.0);
}

void TestWeights::growthThatDoesNotFit_data() {
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QByteArray>("part");
    const auto row = [](const char* name, const QByteArray& sql, const char* part) {
        QTest::newRow(name) << sql << QByteArray(part);
    };
    const char* unfit = "run 1 has samples of an epoch that do not fit its configuration";
    const char* length = "run 1 has a length that does not fit its growing batch";
    row("fewer than a batch", "epoch_samples=7", unfit);
    row("none", "epoch_samples=0", unfit);
    row("negative", "epoch_samples=-160", unfit);
    row("beyond 32 bits", "epoch_samples=4294967456", unfit);
    row("largest", "epoch_samples=9223372036854775807", unfit);
    row("other samples", "epoch_samples=16000", length);
    row("other length", "steps=steps+1", length);
    row("a billion steps", "steps=1000000000", unfit);
    row("most steps, claimed", "steps=200000", length);
    row("epochs without end", "epoch_samples=60000000, config=json_set(config,'$.epochs',1000000000,'$.batch_size',8)",
        "run 1 has ");
    row("steps without end", "config=json_set(json_remove(config,'$.epochs'),'$.steps',1000000000)", length);
}

void TestWeights::growthThatDoesNotFit() {
    QFETCH(const QByteArray, sql);
    QFETCH(const QByteArray, part);
    const auto path = fresh();
    {
        StudyFile file(path, Access::Write);
        put(file, growing());
        file.settle();
    }
    tool(path).execute("UPDATE run SET " + sql.toStdString());
    QElapsedTimer timer;
    timer.start();
    const std::string error = errorOf([&] { readStudy(path); });
    QVERIFY2(hasText(error, part.toStdString()), error.c_str());
    QVERIFY(timer.elapsed() < 10'000); // some 0.05 s
}

void TestWeights::plainSql() {
    const auto path = filled();
    {
        StudyFile file(path, Access::Write);
        RunRecord record = growing();
        record.result.bestEpoch = 2;
        record.result.snapshots = {{10, {0.5, 0.25}}};
        record.result.ensemble = Score{0.75, 0.125};
        put(file, record);
        file.setWeights(3, someWeights(1.0F, 1));
        file.settle();
    }
    auto database = tool(path);
    auto run = database.prepare(
        "SELECT epoch_samples, best_epoch, restored_best, ensemble_loss, ensemble_error FROM run ORDER BY id");
    QVERIFY(run.step());
    QVERIFY(run.isNull(0) && run.isNull(1) && run.integer(2) == 0 && run.isNull(3) && run.isNull(4));
    QVERIFY(run.step() && run.step());
    QVERIFY(run.integer(0) == 160 && run.integer(1) == 2 && run.real(3) == 0.75 && run.real(4) == 0.125);
    auto snapshot = database.prepare("SELECT run, step, test_loss, test_error FROM snapshot");
    QVERIFY(snapshot.step());
    QVERIFY(snapshot.integer(0) == 3 && snapshot.integer(1) == 10 && snapshot.real(2) == 0.5 &&
            snapshot.real(3) == 0.25);
    auto weights = database.prepare("SELECT kind, step, tensors FROM weights WHERE run=3 ORDER BY kind");
    QVERIFY(weights.step());
    QVERIFY(weights.text(0) == "last" && weights.integer(1) == 0);
    QVERIFY(parseSafetensors(weights.blob(2), "blob") == someWeights(1.0F).last); // a file as others read it
    QVERIFY(weights.step());
    QVERIFY(weights.text(0) == "snapshot" && weights.integer(1) == 10);
}

QTEST_GUILESS_MAIN(TestWeights)
#include "tst_weights.moc"
