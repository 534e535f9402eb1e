// SPDX-License-Identifier: GPL-3.0-or-later
// The state of a run that its study keeps: who opens the study again goes on from there, to the last bit.
#include "tests/app/controller_fixture.h"
#include "tests/core/problems.h"

#include "app/study/run_config_json.h"
#include "app/study/stored_checkpoint.h"
#include "app/study/study_file.h"
#include "core/error.h"

using namespace ratescope;

class TestStoredStates : public ControllerFixture {
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void goesOnAfterReopening_data();
    void goesOnAfterReopening();
    void itIsWhatTheForkBeginsWith();
    void damaged_data();
    void damaged();
    void hostile_data();
    void hostile();
    void inTheMiddleOfAnEpoch();
    void notWorthItsRoom();
    void savedAsAndOverlaid();
    void theNewestAloneWaits();
    void removedWithItsRun();

private:
    void restart(double leastSeconds = 0.0) {
        m_controller.reset();
        m_store = std::make_unique<StudyStore>();
        m_controller = std::make_unique<RunController>(
            m_catalog, m_datasets, m_store.get(),
            RunController::Options{.maximumActive = 2, .threads = 1, .leastStateSeconds = leastSeconds});
    }
    RunConfig config() const {
        RunConfig made = tinyConfig(m_data, "base", 0.05);
        made.network = parseLayerList("dense 12, tanh, dropout 0.2, dense 10");
        made.optimizer.type = "adam";
        made.schedule = RunConfig::constantSchedule(0.01);
        made.duration.epochs = 4;
        return made;
    }
    /// Trains it into a study of its own, which is then read in another controller. Returns the run there.
    RunId reopened(const RunConfig& made) {
        m_store->open(m_path);
        if (!trained(made) || !m_store->close()) return 0;
        return readAgain();
    }
    RunId readAgain() {
        restart();
        std::vector<RunRecord> runs = StudyFile(m_path, StudyFile::Access::Read).readRuns();
        if (runs.empty()) return 0;
        const StudyFile::Row row = runs[0].id;
        const RunId id = m_controller->adopt(std::move(runs[0]), true);
        m_store->attach(m_path, {{id, row}}, m_controller->runs());
        return id;
    }
    /// The losses of a fork that goes on as its parent would have.
    std::vector<float> forkedAt(RunId parent, std::uint64_t step, std::uint64_t epochs) {
        QSignalSpy forked(m_controller.get(), &RunController::forked);
        m_controller->fork(parent, step);
        if (forked.isEmpty()) return {};
        const RunId child = forked.last()[1].value<RunId>();
        RunConfig longer = run(child)->config;
        longer.duration.epochs = epochs;
        if (!m_controller->setConfig(child, longer).empty()) return {};
        m_controller->start(child);
        return waitIdle() ? run(child)->losses : std::vector<float>();
    }
    /// Overwrites a column of the study's only state.
    void alter(const std::string& column, const std::string& bytes) {
        SqliteDatabase database(m_path, SqliteDatabase::Mode::ReadWrite);
        auto statement = database.prepare("UPDATE checkpoint SET " + column + "=?");
        statement.bindBlob(1, bytes);
        statement.run();
    }
    Checkpoint stored() {
        StudyFile file(m_path, StudyFile::Access::Read);
        const RunRecord record = file.readRuns().at(0);
        return *file.readCheckpoint(record.id, record.config);
    }

    std::filesystem::path m_path;
    int m_number = 0;
    std::unique_ptr<StudyStore> m_store;
};

void TestStoredStates::init() {
    m_path = m_folder.path("states" + std::to_string(++m_number) + ".ratescope");
    restart();
}

void TestStoredStates::cleanup() {
    m_controller.reset();
    m_store.reset();
}

void TestStoredStates::goesOnAfterReopening_data() {
    QTest::addColumn<QString>("keys");
    QTest::newRow("adam") << QStringLiteral("{}");
    for (const char* rule : {"sgd", "nadam", "radam", "rprop", "adadelta", "local_gains"})
        QTest::newRow(rule) << QStringLiteral(R"({"optimizer": {"type": "%1"}})").arg(QLatin1String(rule));
    QTest::newRow("momentum") << QStringLiteral(R"({"optimizer": {"type": "sgd", "momentum": 0.9}})");
    QTest::newRow("best weights") << QStringLiteral(R"({"early_stopping": {"monitor": "val_loss", "patience": 50, "restore_best": true}})");
    QTest::newRow("plateau") << QStringLiteral(R"({"schedule": {"type": "plateau", "lr": 0.01, "patience": 0, "threshold": 0.5}})");
    QTest::newRow("halving") << QStringLiteral(R"({"schedule": {"type": "halving", "lr": 0.5}})");
    QTest::newRow("cosine") << QStringLiteral(R"({"schedule": {"type": "cosine", "lr": 0.02}})");
}

void TestStoredStates::goesOnAfterReopening() {
    QFETCH(const QString, keys);
    RunConfig made = config();
    const Json json = parseStrictJson(keys.toStdString(), "keys");
    JsonObject object(json, "", "keys");
    applyRunKeys(object, made);
    QVERIFY(made.validate().empty());
    const RunId parent = reopened(made);
    QVERIFY(parent);
    const std::uint64_t end = run(parent)->stepCount();
    QVERIFY(run(parent)->storedState);
    QCOMPARE(run(parent)->storedState->step, end);
    QCOMPARE(m_controller->keptStates(parent), std::vector<std::uint64_t>{end});
    QVERIFY(m_controller->keepsState(parent, end) && !m_controller->keepsState(parent, end - 1));

    // From its end, and from where nothing is kept, as one that was trained in one go.
    const std::vector<float> fromEnd = forkedAt(parent, end, 8);
    const std::vector<float> trainedAgain = forkedAt(parent, end - 1, 8);
    restart();
    m_store->open(m_folder.path("once" + std::to_string(m_number) + ".ratescope"));
    made.duration.epochs = 8;
    const RunId once = trained(made);
    if (made.schedule.type == "cosine") { // which another length makes another one, from the fork on
        QCOMPARE(fromEnd.size(), std::size_t(2 * end));
        return;
    }
    QCOMPARE(fromEnd, run(once)->losses);
    QCOMPARE(trainedAgain, run(once)->losses);
}

// Or else the tests above would say nothing: training again gives the same.
void TestStoredStates::itIsWhatTheForkBeginsWith() {
    const RunId first = reopened(config());
    const std::uint64_t end = run(first)->stepCount();
    const std::vector<float> right = forkedAt(first, end, 8);
    m_controller.reset();
    m_store.reset();
    Checkpoint other = stored();
    for (float& weight : other.weights.values) weight *= 0.5F;
    alter("tensors", storeCheckpoint(other).tensors);
    const std::vector<float> wrong = forkedAt(readAgain(), end, 8);
    QCOMPARE(wrong.size(), right.size());
    QVERIFY(std::equal(right.begin(), right.begin() + static_cast<std::ptrdiff_t>(end), wrong.begin()));
    QVERIFY(right[end] != wrong[end]);
}

void TestStoredStates::damaged_data() {
    QTest::addColumn<QByteArray>("column");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("problem");
    QTest::newRow("no JSON") << QByteArray("state") << QByteArray("{") << QStringLiteral("line 1");
    QTest::newRow("nothing") << QByteArray("state") << QByteArray("{}") << QStringLiteral("samples");
    QTest::newRow("no safetensors") << QByteArray("tensors") << QByteArray("12345678") << QStringLiteral("state of run 1");
    QTest::newRow("no weights") << QByteArray("tensors") << QByteArray::fromStdString(writeSafetensors({}))
                                << QStringLiteral("weights");
    QTest::newRow("of another network")
        << QByteArray("tensors") << QByteArray::fromStdString(writeSafetensors({{"weights", {2}, {1.0F, 2.0F}}})) << QString();
    QTest::newRow("not finite") << QByteArray("tensors")
                                << QByteArray::fromStdString(writeSafetensors({{"weights", {1}, {NAN}}}))
                                << QStringLiteral("not finite");
}

// A state that cannot be read is told of where it is asked for, and the fork is trained again.
void TestStoredStates::damaged() {
    QFETCH(const QByteArray, column);
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, problem);
    const RunId first = reopened(config());
    const std::uint64_t end = run(first)->stepCount();
    const std::vector<float> right = forkedAt(first, end, 5);
    m_controller.reset();
    m_store.reset();
    alter(column.toStdString(), bytes.toStdString());
    if (!problem.isEmpty()) {
        const QString told = QString::fromStdString(errorOf([&] { stored(); }));
        QVERIFY2(told.contains(problem) && told.contains(QString::fromStdString(m_path.string())), qPrintable(told));
    }
    // Though it says that the epoch has still to be told, which its fork then tells as it is trained again.
    SqliteDatabase(m_path, SqliteDatabase::Mode::ReadWrite).execute("UPDATE checkpoint SET epoch_pending=1");
    QCOMPARE(forkedAt(readAgain(), end, 5), right);
    QCOMPARE(m_controller->runs()[1]->epochs.size(), std::size_t(5));
}

void TestStoredStates::hostile_data() {
    QTest::addColumn<QByteArray>("patch");
    QTest::addColumn<QString>("problem");
    QTest::newRow("an epoch of nothing")
        << QByteArray(R"({"epoch_so_far": {"loss_sum": 0, "errors": 0, "samples": 0}, "epoch_pending": true})")
        << QStringLiteral("epoch without samples");
    QTest::newRow("no sum of losses")
        << QByteArray(R"({"epoch_so_far": {"loss_sum": 1e308, "errors": 0, "samples": 16}, "epoch_pending": true})")
        << QStringLiteral("no sum of losses");
    QTest::newRow("too many snapshots") << QByteArray(R"({"snapshots": [)" + QByteArray("1,").repeated(100) + "1]}")
                                        << QStringLiteral("more than 100");
}

// What a fork made of them would keep its own study from being read again.
void TestStoredStates::hostile() {
    QFETCH(const QByteArray, patch);
    QFETCH(const QString, problem);
    const RunId first = reopened(config());
    const std::uint64_t end = run(first)->stepCount();
    m_controller.reset();
    m_store.reset();
    Json state = Json::parse(storeCheckpoint(stored()).state);
    state.merge_patch(Json::parse(patch.toStdString()));
    alter("state", state.dump());
    const QString told = QString::fromStdString(errorOf([&] { stored(); }));
    QVERIFY2(told.contains(problem) && told.contains(QString::fromStdString(m_path.string())), qPrintable(told));
    QCOMPARE(forkedAt(readAgain(), end, 5).size(), std::size_t(50));
    QVERIFY(m_store->close());
    QCOMPARE(StudyFile(m_path, StudyFile::Access::Read).readRuns().size(), std::size_t(2));
}

void TestStoredStates::inTheMiddleOfAnEpoch() {
    m_store->open(m_path);
    RunConfig made = config();
    made.duration.steps = endless;
    made.validation = 0.0;
    const RunId id = m_controller->add(made);
    m_controller->start(id);
    QVERIFY(waitForSteps(id));
    m_controller->stop(id);
    QVERIFY(waitIdle());
    QVERIFY(m_store->close());
    QVERIFY(run(id)->state == RunState::Cancelled);
    // Stopped within the first ten seconds, whose states are nobody's concern.
    QVERIFY(!run(id)->storedState);
    QVERIFY(!StudyFile(m_path, StudyFile::Access::Read).readRuns().at(0).storedState);
}

void TestStoredStates::notWorthItsRoom() {
    restart(1000.0);
    m_store->open(m_path);
    const RunId id = trained(config());
    QVERIFY(m_store->close());
    QVERIFY(!run(id)->storedState);
    StudyFile file(m_path, StudyFile::Access::Read);
    const RunRecord record = file.readRuns().at(0);
    QVERIFY(!record.storedState && !file.readCheckpoint(record.id, record.config));
}

void TestStoredStates::savedAsAndOverlaid() {
    const RunId first = reopened(config());
    const std::uint64_t end = run(first)->stepCount();
    const std::vector<float> right = forkedAt(first, end, 5);
    const auto copy = m_folder.path("copy" + std::to_string(m_number) + ".ratescope");
    m_store->saveAs(copy);
    QVERIFY(m_store->close());
    // Into a study that others have as well.
    restart();
    m_store->open(m_folder.path("both" + std::to_string(m_number) + ".ratescope"));
    const RunId overlaid = m_controller->adopt(StudyFile(copy, StudyFile::Access::Read).readRuns().at(0), false);
    QVERIFY(m_controller->keepsState(overlaid, end));
    const CheckpointPointer state = m_store->checkpointOf(overlaid, run(overlaid)->config);
    QVERIFY(state && *state == stored());
    QCOMPARE(forkedAt(overlaid, end, 5), right);
}

// While nothing can be written, states do not pile up.
void TestStoredStates::theNewestAloneWaits() {
    const RunId first = reopened(config());
    const RunConfig same = run(first)->config;
    QVERIFY(m_store->close());
    Checkpoint state = stored();
    StudyStore store;
    store.open(m_folder.path("nowhere") / "s.ratescope");
    RunHeader header;
    header.id = 1;
    header.config = same;
    header.length = {10, 5};
    store.addRun(header);
    std::vector<std::weak_ptr<const Checkpoint>> handed;
    for (std::uint64_t step = 1; step <= 5; ++step) {
        state.weights.step = step;
        auto one = std::make_shared<const Checkpoint>(state);
        handed.push_back(one);
        store.setCheckpoint(1, std::move(one));
    }
    const auto path = m_folder.path("later" + std::to_string(m_number) + ".ratescope");
    QVERIFY(hasText(errorOf([&] { store.checkpointOf(1, same); }), "cannot be written"));
    errorOf([&] { store.checkpointOf(1, same); }); // by now its thread has forgotten what it was handed
    for (std::size_t i = 0; i < 5; ++i) QCOMPARE(handed[i].expired(), i < 4);
    store.saveAs(path);
    QCOMPARE(store.checkpointOf(1, same)->weights.step, std::uint64_t(5));
    QVERIFY(handed[4].expired());
}

void TestStoredStates::removedWithItsRun() {
    const RunId first = reopened(config());
    m_controller->remove(first);
    QVERIFY(m_store->close());
    SqliteDatabase database(m_path, SqliteDatabase::Mode::ReadOnly);
    QCOMPARE(database.integer("SELECT count(*) FROM checkpoint"), std::int64_t(0));
}

QTEST_GUILESS_MAIN(TestStoredStates)
#include "tst_stored_states.moc"
