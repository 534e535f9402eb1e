// SPDX-License-Identifier: GPL-3.0-or-later
// The list of runs: their names, colours and configurations, removal, and the table for the window.
#include "app/control/run_list_model.h"
#include "app/study/palette.h"
#include "tests/app/controller_fixture.h"

#include <QAbstractItemModelTester>

#include <limits>

using namespace ratescope;

class TestRunControllerList : public ControllerFixture {
    Q_OBJECT

private slots:
    void init() { restart(8); }
    void cleanup() { m_controller.reset(); }

    void setsConfigs();
    void refusesConfigs();
    void onlyLooksChangeOnceBegun();
    void uniqueNames();
    void colors();
    void adopts();
    void removesAndRestores();
    void restoredNamesStayUnique();
    void model();
    void modelEdits();
};

void TestRunControllerList::setsConfigs() {
    const RunId id = add("a");
    RunConfig config = tinyConfig(m_data, "b", 0.5);
    config.color = "#123456";
    config.duration.epochs = 7;
    QSignalSpy changed(m_controller.get(), &RunController::runChanged);
    QVERIFY(m_controller->setConfig(id, config).empty());
    QVERIFY(run(id)->config == config);
    QCOMPARE(run(id)->length.steps, std::uint64_t(70));
    QCOMPARE(changed.size(), 1);
}

void TestRunControllerList::refusesConfigs() {
    const RunId id = add("a");
    add("b");
    const RunConfig before = run(id)->config;
    const auto placeOf = [&](auto change) {
        RunConfig config = before;
        change(config);
        const Problems problems = m_controller->setConfig(id, config);
        return problems.empty() ? std::string() : problems[0].place;
    };
    QCOMPARE(placeOf([](RunConfig& c) { c.name = "b"; }), std::string("name"));
    QCOMPARE(placeOf([](RunConfig& c) { c.name = ""; }), std::string("name"));
    QCOMPARE(placeOf([](RunConfig& c) { c.color = "blue"; }), std::string("color"));
    QCOMPARE(placeOf([](RunConfig& c) { c.batchSize = 161; }), std::string("batch_size"));
    QCOMPARE(placeOf([](RunConfig& c) { c.data = "/nowhere"; }), std::string("data"));
    QCOMPARE(placeOf([](RunConfig& c) { c.schedule.values.set("lr", -1.0); }), std::string("schedule.lr"));
    QVERIFY(run(id)->config == before);
    QVERIFY(m_controller->setConfig(999, before).empty());
}

void TestRunControllerList::onlyLooksChangeOnceBegun() {
    const RunId id = add("a");
    m_controller->start(id);
    QVERIFY(waitIdle());
    RunConfig expected = run(id)->config;
    RunConfig config = expected;
    config.seed = 99;
    config.schedule = RunConfig::constantSchedule(0.7);
    config.duration.epochs = 50;
    expected.name = config.name = "new";
    expected.color = config.color = "#abcdef";
    m_controller->setConfig(id, config);
    QVERIFY(run(id)->config.seed == expected.seed && run(id)->config.schedule == expected.schedule);
    QVERIFY(run(id)->config.duration == expected.duration && run(id)->length.steps == 20);
    QVERIFY(m_controller->setConfig(id, expected).empty());
    QVERIFY(run(id)->config == expected);
}

void TestRunControllerList::uniqueNames() {
    for (const char* name : {"a", "a", "a", "a 2", "mlp 9", "mlp 9", "7", "7", "a 3 x", "a 3 x"}) add(name);
    std::string names;
    for (const RunPointer& one : m_controller->runs()) names += one->config.name + '|';
    QCOMPARE(names, std::string("a|a 2|a 3|a 4|mlp 9|mlp 10|7|7 2|a 3 x|a 3 x 2|"));
}

void TestRunControllerList::colors() {
    const auto palette = paletteColors();
    RunConfig own = tinyConfig(m_data, "own");
    own.color = std::string(palette[1]);
    m_controller->add(own);
    std::vector<std::string> found;
    for (std::size_t i = 0; i < palette.size(); ++i) found.push_back(run(add("a"))->config.color);
    // The one that is taken comes last, and then its second bearer is dashed.
    std::vector<std::string> expected = {std::string(palette[0])};
    for (std::size_t i = 2; i < palette.size(); ++i) expected.emplace_back(palette[i]);
    expected.emplace_back(palette[0]);
    QVERIFY(found == expected);
    QCOMPARE(m_controller->runs().back()->dash, 1);
    QCOMPARE(m_controller->runs().front()->dash, 0);
    for (int i = 0; i < 100; ++i) {
        const RunPointer one = run(add("a"));
        QVERIFY(one->dash >= 0 && one->dash < dashPatternCount);
    }
}

void TestRunControllerList::adopts() {
    RunRecord record;
    static_cast<RunHeader&>(record) = tinyHeader(std::numeric_limits<RunId>::max(), "a"); // a hostile study's
    record.state = RunState::Finished;
    record.append(someSteps(5));
    const RunId first = m_controller->adopt(record, true);
    const RunId second = m_controller->adopt(record, false); // from another study
    const RunId third = add("b");
    QVERIFY(first > 0 && second > 0 && third > 0 && first != second && second != third && first != third);
    QCOMPARE(run(second)->config.name, std::string("a 2"));
    QCOMPARE(run(first)->stepCount(), std::uint64_t(5));
    QCOMPARE(run(second)->stepCount(), std::uint64_t(5));
}

void TestRunControllerList::removesAndRestores() {
    const RunId a = add("a");
    const RunId b = add("b");
    const RunId c = add("c");
    m_controller->start(b);
    QCOMPARE(m_controller->remove(b), nullptr); // not while it trains
    QVERIFY(waitIdle());
    const std::vector<float> losses = run(b)->losses;
    QSignalSpy removed(m_controller.get(), &RunController::runRemoved);
    std::shared_ptr<RunRecord> record = m_controller->remove(b);
    QVERIFY(record);
    QCOMPARE(removed.size(), 1);
    QVERIFY(!run(b) && m_controller->indexOf(b) == -1 && m_controller->runs().size() == 2);
    QCOMPARE(m_controller->remove(b), nullptr);
    m_controller->start(b);
    m_controller->stop(b);
    QVERIFY(!m_controller->anyActive());
    m_controller->restore(std::move(record), 1);
    QCOMPARE(m_controller->indexOf(a), 0);
    QCOMPARE(m_controller->indexOf(b), 1);
    QCOMPARE(m_controller->indexOf(c), 2);
    QVERIFY(run(b)->losses == losses && run(b)->state == RunState::Finished && run(b)->epochs.size() == 2);
}

void TestRunControllerList::restoredNamesStayUnique() {
    std::shared_ptr<RunRecord> record = m_controller->remove(add("a"));
    const RunId id = record->id;
    add("a");
    m_controller->restore(std::move(record), 0);
    QCOMPARE(m_controller->runs().size(), std::size_t(2));
    QVERIFY(m_controller->runs()[0]->config.name != m_controller->runs()[1]->config.name);
    QCOMPARE(m_controller->indexOf(id), 0);
}

void TestRunControllerList::model() {
    RunListModel model(*m_controller);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const RunId a = add("a");
    const RunId b = add("b");
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.data(model.index(1, RunListModel::NameColumn)).toString(), QStringLiteral("b"));
    QCOMPARE(model.data(model.index(1, 0), RunListModel::IdRole).value<RunId>(), b);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    m_controller->startAll();
    QVERIFY(waitIdle());
    QVERIFY(changed.size() >= 4);
    QCOMPARE(model.data(model.index(0, RunListModel::StateColumn)).toString(), QStringLiteral("finished"));
    QCOMPARE(model.data(model.index(0, 0), RunListModel::ProgressRole).toDouble(), 1.0);
    QCOMPARE(model.data(model.index(0, RunListModel::RateColumn)).toString(), QStringLiteral("0.1"));
    QVERIFY(!model.data(model.index(0, RunListModel::AccuracyColumn)).toString().isEmpty());
    auto record = m_controller->remove(a);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.data(model.index(0, 0)).toString(), QStringLiteral("b"));
    m_controller->restore(std::move(record), 0);
    QCOMPARE(model.data(model.index(0, 0)).toString(), QStringLiteral("a"));
    for (int column = 0; column < model.columnCount(); ++column)
        QVERIFY(!model.headerData(column, Qt::Horizontal).toString().isEmpty());
    m_controller->remove(a);
    m_controller->remove(b);
    QCOMPARE(model.rowCount(), 0);
}

void TestRunControllerList::modelEdits() {
    RunListModel model(*m_controller);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const RunId a = add("a");
    add("b");
    QSignalSpy refused(&model, &RunListModel::refused);
    QVERIFY(model.setData(model.index(0, 0), QStringLiteral("  größer ")));
    QCOMPARE(run(a)->config.name, std::string("größer"));
    QVERIFY(!model.setData(model.index(0, 0), QStringLiteral("b")));
    QVERIFY(!model.setData(model.index(0, 0), QStringLiteral("  ")));
    QVERIFY(!model.setData(model.index(0, 1), QStringLiteral("x")));
    QCOMPARE(refused.size(), 2);
    QCOMPARE(run(a)->config.name, std::string("größer"));
    QVERIFY(model.setData(model.index(0, 0), Qt::Unchecked, Qt::CheckStateRole));
    QVERIFY(!run(a)->visible);
    QVERIFY(!model.setData(QModelIndex(), QStringLiteral("x")));
}

QTEST_GUILESS_MAIN(TestRunControllerList)
#include "tst_run_controller_list.moc"
