// SPDX-License-Identifier: GPL-3.0-or-later
// What people do to runs, undone and done again.
#include "app/panels/inspector_panel.h"
#include "app/panels/run_list_actions.h"
#include "app/panels/run_list_panel.h"
#include "app/panels/run_undo_commands.h"
#include "tests/app/run_list_fixture.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>
#include <QUndoStack>

using namespace ratescope;

class TestRunListUndo : public RunListFixture {
    Q_OBJECT

private:
    RunListActions& actions() { return m_panel->actions(); }

    QString names() const {
        QString names;
        for (const RunPointer& one : m_controller->runs()) names += QString::fromStdString(one->config.name);
        return names;
    }

    RunConfig withRate(RunId id, double rate) const {
        RunConfig config = run(id)->config;
        config.schedule = RunConfig::constantSchedule(rate);
        return config;
    }
    double rate(RunId id) const { return run(id)->config.schedule.values.get("lr", 0.0); }

    /// As the inspector does it.
    void edit(RunId id, const RunConfig& after, int editing) {
        const RunConfig before = run(id)->config;
        QVERIFY(m_controller->setConfig(id, after).empty());
        m_undo.push(new ChangeConfigCommand(*m_controller, id, before, after, editing));
    }

    bool train(RunId id) {
        QSignalSpy idle(m_controller.get(), &RunController::idle);
        m_controller->start(id);
        return idle.wait(60'000);
    }

    QUndoStack m_undo;
    std::unique_ptr<RunListPanel> m_panel;

private slots:
    void init() {
        restart();
        m_undo.clear();
        m_panel = std::make_unique<RunListPanel>(*m_controller, m_undo);
    }
    void cleanup() {
        m_panel.reset();
        m_undo.clear();
        end();
    }

    void deletion() {
        const RunId a = add("a");
        add("b");
        const RunId c = add("c");
        m_undo.push(new DeleteRunsCommand(*m_controller, {a, c}));
        QCOMPARE(names(), QStringLiteral("b"));
        m_undo.undo();
        QCOMPARE(names(), QStringLiteral("abc"));
        m_undo.redo();
        QCOMPARE(names(), QStringLiteral("b"));
    }

    void additionAndWhatHasBegun() {
        const RunId a = add("a");
        const RunId b = add("b");
        m_undo.push(new AddRunsCommand(*m_controller, {a, b}));
        QCOMPARE(names(), QStringLiteral("ab"));
        m_undo.undo();
        QCOMPARE(names(), QString());
        m_undo.redo();
        QCOMPARE(names(), QStringLiteral("ab"));
        QCOMPARE(m_controller->indexOf(a), 0);
        auto gone = m_controller->remove(a); // by somebody else
        const RunId longRun = add("l", [](RunConfig& config) { config.duration.steps = 1'000'000'000; });
        m_undo.push(new AddRunsCommand(*m_controller, {longRun}));
        m_controller->start(longRun);
        m_undo.undo();
        QCOMPARE(names(), QStringLiteral("bl")); // what trains stays
        m_undo.redo();
        QCOMPARE(names(), QStringLiteral("bl"));
        m_undo.undo();
        m_undo.undo();
        QCOMPARE(names(), QStringLiteral("l"));
        m_controller->stopAll();
        m_controller->joinAll();
    }

    void renaming() {
        const RunId a = add("a");
        const RunId b = add("b");
        add("child", [](RunConfig& config) { config.startFrom = StartFromSpec{.run = "a", .file = {}}; });
        QVERIFY(actions().rename(a, "new").empty());
        QCOMPARE(run(a)->config.name, std::string("new"));
        QCOMPARE(m_controller->runs()[2]->config.startFrom->run, std::string("new"));
        QVERIFY(!actions().rename(a, "b").empty()); // refused, and nothing to undo
        QCOMPARE(m_undo.count(), 1);
        m_undo.undo();
        QCOMPARE(run(a)->config.name, std::string("a"));
        QCOMPARE(m_controller->runs()[2]->config.startFrom->run, std::string("a"));
        m_undo.redo();
        QCOMPARE(run(a)->config.name, std::string("new"));
        m_controller->setName(b, "a");
        m_undo.undo(); // the name is taken meanwhile
        QCOMPARE(run(a)->config.name, std::string("new"));
        auto gone = m_controller->remove(a);
        m_undo.redo();
        m_undo.undo();
        QVERIFY(!run(a));
    }

    void renamingInTheList() {
        const RunId a = add("a");
        QAbstractItemModel* model = m_panel->view()->model();
        QVERIFY(model->setData(model->index(0, 0), QStringLiteral("  x ")));
        QCOMPARE(run(a)->config.name, std::string("x"));
        m_undo.undo();
        QCOMPARE(run(a)->config.name, std::string("a"));
        QVERIFY(model->setData(model->index(0, 0), Qt::Unchecked, Qt::CheckStateRole));
        QVERIFY(!run(a)->visible);
        m_undo.undo();
        QVERIFY(run(a)->visible);
    }

    void coloursAndDashes() {
        const RunId a = add("a", [](RunConfig& config) { config.color = "#111111"; });
        const RunId b = add("b", [](RunConfig& config) { config.color = "#222222"; });
        QVERIFY(train(b)); // what is over can be coloured as well
        QSignalSpy looks(m_controller.get(), &RunController::looksChanged);
        actions().setColor({a, b}, QStringLiteral("#abcdef"));
        actions().setDash({a, b}, 2);
        QCOMPARE(looks.size(), 2);
        QCOMPARE(run(a)->config.color, std::string("#abcdef"));
        QCOMPARE(run(b)->config.color, std::string("#abcdef"));
        QCOMPARE(run(a)->dash, 2);
        actions().setDash({a, b}, 2); // as they are
        QCOMPARE(m_undo.count(), 2);
        m_undo.undo();
        QCOMPARE(run(a)->dash, 0);
        QCOMPARE(run(b)->config.color, std::string("#abcdef"));
        m_undo.undo();
        QCOMPARE(run(a)->config.color, std::string("#111111"));
        QCOMPARE(run(b)->config.color, std::string("#222222"));
        m_undo.redo();
        m_undo.redo();
        QCOMPARE(run(b)->dash, 2);
    }

    void visibilityIsOneStrokeAndMerges() {
        const RunId a = add("a");
        const RunId b = add("b");
        const RunId c = add("c");
        const auto shown = [&] {
            QString text;
            for (const RunId id : {a, b, c}) text += run(id)->visible ? QLatin1Char('1') : QLatin1Char('0');
            return text;
        };
        actions().showOnly({b});
        QCOMPARE(shown(), QStringLiteral("010"));
        actions().invert();
        QCOMPARE(shown(), QStringLiteral("101"));
        m_undo.undo();
        QCOMPARE(shown(), QStringLiteral("010"));
        actions().showAll(true);
        QCOMPARE(shown(), QStringLiteral("111"));
        QCOMPARE(m_undo.count(), 0); // the same two runs as before, back where they were
        actions().showAll(false);
        QCOMPARE(shown(), QStringLiteral("000"));
        actions().show({a}, true);
        actions().show({a}, false);
        actions().show({a}, true);
        QCOMPARE(m_undo.count(), 2);
        m_undo.undo();
        QCOMPARE(shown(), QStringLiteral("000"));
        auto gone = m_controller->remove(b);
        m_undo.undo();
        QVERIFY(run(a)->visible && run(c)->visible && !gone->visible);
    }

    void hiddenElsewhereInBetween() {
        const RunId a = add("a");
        actions().show({a}, false);
        m_controller->setVisible(a, true); // not undoable
        actions().show({a}, false);
        QCOMPARE(m_undo.count(), 1);
        m_undo.undo();
        QVERIFY(run(a)->visible);
    }

    void configurations() {
        const RunId a = add("a", 0.1);
        edit(a, withRate(a, 0.2), 1);
        edit(a, withRate(a, 0.25), 1); // the next keystroke
        QCOMPARE(m_undo.count(), 1);
        edit(a, withRate(a, 0.3), 2); // another visit
        RunConfig seeded = run(a)->config;
        seeded.seed = 8;
        edit(a, seeded, 2); // another key
        QCOMPARE(m_undo.count(), 3);
        m_undo.undo();
        m_undo.undo();
        QCOMPARE(rate(a), 0.25);
        QCOMPARE(run(a)->config.seed, std::uint64_t(1));
        m_undo.undo();
        QCOMPARE(rate(a), 0.1);
        m_undo.redo();
        QCOMPARE(rate(a), 0.25);
        QVERIFY(train(a));
        m_undo.redo(); // it has begun: nothing
        m_undo.undo();
        m_undo.undo();
        QCOMPARE(rate(a), 0.25);
        auto gone = m_controller->remove(a);
        m_undo.redo();
        QVERIFY(!run(a));
    }

    void configurationsThatComeBackAreNothing() {
        const RunId a = add("a", 0.1);
        edit(a, withRate(a, 0.2), 1);
        edit(a, withRate(a, 0.1), 1);
        QCOMPARE(m_undo.count(), 0);
    }

    void editsInTheInspector() {
        InspectorPanel inspector(*m_controller);
        inspector.setUndoStack(&m_undo);
        const RunId a = add("a", 0.1);
        inspector.showRun(a);
        inspector.show();
        QVERIFY(QTest::qWaitForWindowActive(&inspector));
        QLineEdit* seed = nullptr;
        for (auto* line : inspector.findChildren<QLineEdit*>())
            if (line->accessibleName() == QLatin1String("Seed")) seed = line;
        QVERIFY(seed);
        seed->setFocus();
        seed->clear();
        QTest::keyClicks(seed, QStringLiteral("123"));
        QCOMPARE(run(a)->config.seed, std::uint64_t(123));
        QCOMPARE(m_undo.count(), 1);
        m_undo.undo();
        QCOMPARE(run(a)->config.seed, std::uint64_t(1));
        QCOMPARE(seed->text(), QStringLiteral("1"));
        m_undo.redo();
        QCOMPARE(seed->text(), QStringLiteral("123"));
    }
};

QTEST_MAIN(TestRunListUndo)
#include "tst_run_list_undo.moc"
