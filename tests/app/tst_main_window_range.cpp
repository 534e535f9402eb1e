// SPDX-License-Identifier: GPL-3.0-or-later
// Range tests in the window: asked for from the tool bar, their suggestions tried and used.
#include "app/panels/number_edit.h"
#include "app/panels/range_test_dialog.h"
#include "app/panels/suggestions_panel.h"
#include "core/schedule/handles.h"
#include "tests/app/gui_helpers.h"
#include "tests/app/schedule_window_fixture.h"

#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QSpinBox>
#include <QToolBar>
#include <QToolButton>
#include <QTreeWidget>

#include <algorithm>

using namespace ratescope;

class TestMainWindowRange : public ScheduleWindowFixture {
    Q_OBJECT

private:
    QMenu* rangeMenu() const {
        for (auto* button : m_window->findChild<QToolBar*>()->findChildren<QToolButton*>())
            if (button->menu()) return button->menu();
        return nullptr;
    }
    void choose(const char* text) const {
        for (QAction* action : rangeMenu()->actions())
            if (action->text() == QString::fromUtf8(text)) action->trigger();
    }
    bool waitIdle() { return m_window->waitFor([&] { return !m_window->controller().anyActive(); }); }
    const std::vector<RunPointer>& runs() const { return m_window->controller().runs(); }
    SuggestionsPanel& panel() const { return *m_window->findChild<SuggestionsPanel*>(); }
    QDockWidget& dock() const { return *m_window->findChild<QDockWidget*>(QStringLiteral("suggestions")); }
    /// Over the tiny data, with a valley in its loss at 0.1.
    RunId adoptTest(const ScheduleSpec& schedule = RunConfig::constantSchedule(0.01)) {
        RunRecord record = *finishedRangeTest(1);
        const RangeTestSpec spec = *record.config.rangeTest;
        record.config = config("t, range test", schedule);
        record.config.rangeTest = spec;
        record.length = {.steps = 100, .stepsPerEpoch = 10};
        const RunId id = m_window->controller().adopt(record, false);
        m_window->select(id);
        dock().show();
        m_window->settle();
        return id;
    }
    /// The entry of the menu that has come up.
    QAction* offered(const QString& text) const {
        for (const QMenu* menu : m_window->findChildren<QMenu*>())
            if (menu->isVisible())
                for (QAction* action : menu->actions())
                    if (action->text() == text) return action;
        return nullptr;
    }
    QTreeWidgetItem* row(const char* rule) const {
        auto* table = panel().findChild<QTreeWidget*>();
        for (int i = 0; i < table->topLevelItemCount(); ++i)
            if (table->topLevelItem(i)->text(0) == QLatin1String(rule)) return table->topLevelItem(i);
        return nullptr;
    }
    void chooseRow(const char* rule) const { panel().findChild<QTreeWidget*>()->setCurrentItem(row(rule)); }
    void undo() { m_window->key(Qt::Key_Z, Qt::ControlModifier); }

private Q_SLOTS:
    void initTestCase() { prepare(); }
    void init() { open(); }
    void cleanup() { close(); }

    void theToolBarHasThemAll() {
        QStringList texts;
        for (const QAction* action : rangeMenu()->actions())
            if (!action->isSeparator()) texts << action->text();
        QCOMPARE(texts, (QStringList{QStringLiteral("Range test now"), QStringLiteral("Range test…"),
                                     QStringLiteral("Over 5 seeds"), QStringLiteral("Fresh start beside it"),
                                     QStringLiteral("Sensitivity sweep…"), QStringLiteral("Halving…")}));
        bool inMenu = false;
        for (const QAction* action : m_window->menuBar()->actions())
            for (const QAction* one : action->menu()->actions()) inMenu = inMenu || one->menu() == rangeMenu();
        QVERIFY(inMenu);
    }

    void nowIsATestOfTheChosenRun() {
        m_window->addRun(config("a", RunConfig::constantSchedule(0.1)));
        choose("Range test now");
        QCOMPARE(runs().size(), std::size_t(2));
        QCOMPARE(runs()[1]->config.name, std::string("a, range test"));
        QVERIFY(waitIdle());
        QVERIFY(isOver(runs()[1]->state));
        choose("Range test now"); // of the test, which is chosen now: another one like it
        QVERIFY(*runs()[2]->config.rangeTest == *runs()[1]->config.rangeTest);
        QVERIFY(waitIdle());
    }

    void fiveSeedsAreOneStepAndDrawnAsOne() {
        m_window->addRun(config("a", RunConfig::constantSchedule(0.1)));
        const int undoable = m_window->undoStack().count();
        choose("Over 5 seeds");
        QCOMPARE(runs().size(), std::size_t(6));
        QVERIFY(waitIdle());
        for (std::size_t i = 1; i < 6; ++i) {
            QCOMPARE(runs()[i]->config.seed, std::uint64_t(i));
            QVERIFY(runs()[i]->state == RunState::Finished || runs()[i]->state == RunState::Diverged);
        }
        QCOMPARE(m_window->plots().view().seeds, SeedDrawing::Median);
        QVERIFY(m_window->statusBar()->currentMessage().contains(QStringLiteral("median")));
        QCOMPARE(m_window->undoStack().count(), undoable + 2); // the runs, and how they are drawn
        undo();
        QCOMPARE(m_window->plots().view().seeds, SeedDrawing::Single);
        undo();
        QCOMPARE(runs().size(), std::size_t(1));
    }

    void aFreshStartStandsBesideItsSweep() {
        m_window->addRun(config("a", RunConfig::constantSchedule(0.1)));
        choose("Fresh start beside it");
        QCOMPARE(runs().size(), std::size_t(3));
        QVERIFY(waitIdle());
        QCOMPARE(runs()[1]->config.rangeTest->kind, RangeTestKind::Sweep);
        QCOMPARE(runs()[2]->config.rangeTest->kind, RangeTestKind::FreshStart);
        QVERIFY(!runs()[1]->rates.empty() && !runs()[2]->rates.empty());
        QCOMPARE(runs()[2]->rates[0], runs()[1]->rates[0]);
        QCOMPARE(m_window->plots().view().seeds, SeedDrawing::Single);
    }

    void theDialogMakesWhatItShows() {
        m_window->addRun(config("a", RunConfig::constantSchedule(0.1)));
        choose("Sensitivity sweep…");
        auto* dialog = m_window->findChild<RangeTestDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        QCOMPARE(dialog->order().test.kind, RangeTestKind::Sensitivity);
        for (QSpinBox* box : dialog->findChildren<QSpinBox*>()) { // the inspector has such editors as well
            if (box->accessibleName() == QStringLiteral("Number of rates")) box->setValue(4);
            if (box->accessibleName() == QStringLiteral("Steps per rate")) box->setValue(2);
            if (box->accessibleName() == QStringLiteral("Number of seeds")) box->setValue(2);
        }
        dialog->accept();
        QCOMPARE(runs().size(), std::size_t(3));
        QVERIFY(waitIdle());
        QCOMPARE(runs()[2]->config.name, std::string("a, sensitivity, seed 2"));
        QCOMPARE(runs()[2]->stepCount(), std::uint64_t(4));
        QCOMPARE(m_window->plots().view().seeds, SeedDrawing::Median);
    }

    void aTestGoesOnFromATrainedRun() {
        const RunId id = m_window->addRun(config("a", RunConfig::constantSchedule(0.1)));
        QVERIFY(m_window->train(id));
        choose("Range test…");
        auto* dialog = m_window->findChild<RangeTestDialog*>();
        m_window->named<QComboBox>("Weights to begin with")->setCurrentIndex(1);
        dialog->accept();
        QVERIFY(waitIdle());
        const RunRecord& test = *runs()[1];
        QVERIFY2(test.state == RunState::Finished, qPrintable(test.message));
        QVERIFY(test.config.fork == (ForkSpec{"a", 20}));
    }

    void aTestOfARunThatGoesOnWaitsForNobody() {
        const RunId id = m_window->addRun(endlessConfig(RunConfig::constantSchedule(0.001)));
        QVERIFY(m_window->begin(id));
        CheckpointShelf& shelf = m_window->controller().checkpoints();
        QVERIFY(m_window->waitFor([&] { return shelf.stepsOf(id).size() > 1; }));
        choose("Range test…");
        auto* dialog = m_window->findChild<RangeTestDialog*>();
        m_window->named<QComboBox>("Weights to begin with")->setCurrentIndex(1);
        dialog->accept();
        QCOMPARE(runs().size(), std::size_t(2));
        const RunRecord& test = *runs()[1];
        QVERIFY(test.config.fork && test.config.fork->step > 0);
        QVERIFY(m_window->waitFor([&] { return isOver(test.state); }));
        QVERIFY2(test.state == RunState::Finished, qPrintable(test.message));
        QCOMPARE(m_window->run(id)->state, RunState::Running);
        m_window->controller().stopAll();
        QVERIFY(waitIdle());
    }

    void suggestionsComeWhenTheTestEnds() {
        m_window->addRun(config("a", RunConfig::constantSchedule(0.1)));
        QVERIFY(!dock().isVisible());
        m_window->findALearningRate();
        QVERIFY(waitIdle());
        QTRY_VERIFY(dock().isVisible());
        QCOMPARE(panel().test(), runs()[1]);
        dock().close(); // and they stay away
        m_window->findALearningRate();
        QVERIFY(waitIdle());
        m_window->settle();
        QVERIFY(!dock().isVisible());
        dock().toggleViewAction()->trigger();
        QVERIFY(dock().isVisible());
        dock().hide(); // by whatever else
        m_window->findALearningRate();
        QVERIFY(waitIdle());
        QTRY_VERIFY(dock().isVisible());
    }

    void aTestThatWasStoppedSuggestsNothingByItself() {
        RunConfig slow = endlessConfig(RunConfig::constantSchedule(0.1));
        slow.rangeTest = RangeTestSpec{.to = 1e-4, .steps = 1'000'000};
        const RunId id = m_window->addRun(slow);
        m_window->startOrPause();
        QVERIFY(m_window->waitFor([&] { return m_window->run(id)->stepCount() > 0; }));
        m_window->stopRuns();
        QVERIFY(waitIdle());
        QCOMPARE(m_window->run(id)->state, RunState::Cancelled);
        m_window->settle();
        QVERIFY(!dock().isVisible());
    }

    void aRateGoesIntoTheChosenRun() {
        adoptTest();
        const ScheduleSpec schedule = suggestedSchedule("cosine", 0.5, 20, TimeUnit::Step);
        const RunId id = m_window->addRun(config("a", schedule));
        QVERIFY(panel().test()); // which speaks for it
        const int undoable = m_window->undoStack().count();
        chooseRow("steepest");
        const double rate = row("steepest")->text(1).toDouble();
        m_window->button("Use this rate")->click();
        QCOMPARE(m_window->run(id)->config.schedule.type, std::string("cosine"));
        QCOMPARE(m_window->run(id)->config.schedule.values.get("lr", 0), rate);
        QVERIFY(m_window->statusBar()->currentMessage().contains(row("steepest")->text(1)));
        QCOMPARE(m_window->undoStack().count(), undoable + 1);
        undo();
        QVERIFY(m_window->run(id)->config.schedule == schedule);
    }

    void boundsBecomeACycle() {
        adoptTest();
        const RunId id = m_window->addRun(config("a", RunConfig::constantSchedule(0.5)));
        const auto bounds = panel().advice().bounds;
        QVERIFY(bounds.has_value());
        m_window->button("Use as bounds")->click();
        const ScheduleSpec& schedule = m_window->run(id)->config.schedule;
        QCOMPARE(schedule.type, std::string("cyclical"));
        QCOMPARE(schedule.values.get("lr", 0), bounds->first);
        QCOMPARE(schedule.values.get("max_lr", 0), bounds->second);
        QCOMPARE(schedule.values.get("half_period", 0), 10.0); // of two epochs of ten steps
        QVERIFY(m_window->run(id)->config.validate().empty());
        undo();
        QCOMPARE(m_window->run(id)->config.schedule.type, std::string("constant"));
    }

    void whereItGoesIsAskedOtherwise() {
        const RunId a = m_window->addRun(config("a", RunConfig::constantSchedule(0.5)));
        RunConfig another = config("another network", RunConfig::constantSchedule(0.5));
        another.network = parseLayerList("dense 8, relu, dense 10");
        m_window->addRun(another);
        adoptTest(suggestedSchedule("cosine", 0.5, 20, TimeUnit::Step));
        chooseRow("minimum");
        const QString rate = row("minimum")->text(1);
        m_window->button("Use this rate")->click();
        QCOMPARE(m_window->run(a)->config.schedule.values.get("lr", 0), 0.5);
        QVERIFY(!offered(QStringLiteral("Use %1 in “another network”").arg(rate)));
        QVERIFY(!offered(QStringLiteral("Use %1 in “t, range test”").arg(rate)));
        QAction* inA = offered(QStringLiteral("Use %1 in “a”").arg(rate));
        QVERIFY(inA);
        inA->trigger();
        QCOMPARE(m_window->run(a)->config.schedule.values.get("lr", 0), rate.toDouble());
    }

    void aNewRunIsLikeTheTest() {
        adoptTest(suggestedSchedule("cosine", 0.5, 20, TimeUnit::Step));
        chooseRow("minimum");
        const QString rate = row("minimum")->text(1);
        m_window->button("Use this rate")->click();
        QAction* fresh = offered(QStringLiteral("Use %1 in a new run").arg(rate));
        QVERIFY(fresh);
        const int undoable = m_window->undoStack().count();
        fresh->trigger();
        QCOMPARE(runs().size(), std::size_t(2));
        const RunRecord& run = *runs()[1];
        QCOMPARE(run.config.name, std::string("t"));
        QVERIFY(!run.isRangeTest());
        QCOMPARE(run.config.schedule.type, std::string("cosine"));
        QCOMPARE(run.config.schedule.values.get("lr", 0), rate.toDouble());
        QCOMPARE(run.config.duration, runs()[0]->config.duration);
        QCOMPARE(m_window->undoStack().count(), undoable + 1);
        m_window->undoStack().undo();
        QCOMPARE(runs().size(), std::size_t(1));
    }

    void aFormulaWithoutARateIsLeftAlone() {
        adoptTest();
        ScheduleSpec formula{"formula", TimeUnit::Step, {}};
        formula.expression = "0.1 / (t + 1)";
        const RunId id = m_window->addRun(config("a", formula));
        chooseRow("steepest");
        m_window->button("Use this rate")->click();
        QVERIFY(m_window->run(id)->config.schedule == formula);
        QVERIFY(m_window->statusBar()->currentMessage().contains(QStringLiteral("speaks of no lr")));
    }

    void tryingIsOneStepAndJudged() {
        const RunId test = adoptTest();
        const int undoable = m_window->undoStack().count();
        m_window->button("Try it")->click();
        const std::size_t trials = panel().plan().runs.size();
        QVERIFY(trials >= 3);
        QCOMPARE(runs().size(), 1 + trials);
        QCOMPARE(m_window->undoStack().count(), undoable + 1);
        QCOMPARE(panel().test()->id, test); // still what is looked at
        QVERIFY(waitIdle());
        QTRY_VERIFY(
            m_window->named<QLabel>("What the trials say")->text().contains(QStringLiteral("lowest validation loss")));
        undo();
        QCOMPARE(runs().size(), std::size_t(1));
    }

    void rulesHaveTheirShapesInTheTable() {
        adoptTest();
        const auto imageOf = [this](const char* rule) { return row(rule)->icon(0).pixmap(14, 14).toImage(); };
        for (const char* rule : {"steepest", "minimum", "valley"}) {
            QVERIFY2(row(rule)->text(1) != QStringLiteral("–"), rule);
            QVERIFY2(imageOf(rule) != imageOf("marker"), rule);
        }
        QVERIFY(imageOf("steepest") != imageOf("minimum"));
        QCOMPARE(imageOf("bounds"), imageOf("marker")); // nothing, as wide
    }

    void theMarkerOnThePlotIsThatOfThePanel() {
        const RunId test = adoptTest();
        QCOMPARE(m_window->plots().rateMarkerShown(), test);
        QVERIFY(!panel().markerRate()); // nobody has set it
        auto* line = m_window->named<NumberEdit>("Rate of the marker");
        line->selectAll();
        QTest::keyClicks(line, QStringLiteral("0.5"));
        QCOMPARE(m_window->plots().rateMarker(), std::optional(0.5));
        Q_EMIT m_window->plots().rateMarkerMoved(test, 0.25); // as a drag does
        QCOMPARE(panel().markerRate(), std::optional(0.25));
        const RunId id = m_window->addRun(config("a", RunConfig::constantSchedule(0.01)));
        chooseRow("marker");
        m_window->button("Use this rate")->click();
        QCOMPARE(m_window->run(id)->config.schedule.values.get("lr", 0), 0.25);
    }

    void thePlotsMenuUsesTheRateUnderTheMouse() {
        adoptTest();
        const RunId id = m_window->addRun(config("a", RunConfig::constantSchedule(0.01)));
        QMenu menu;
        Q_EMIT m_window->plots().menuRequested(menu, std::nullopt, 0.123456);
        const auto actions = menu.actions();
        const auto use = std::ranges::find(actions, QStringLiteral("Use 0.1235 in “a”"), &QAction::text);
        QVERIFY(use != actions.end());
        (*use)->trigger();
        QCOMPARE(m_window->run(id)->config.schedule.values.get("lr", 0), 0.1235);
        QMenu elsewhere;
        Q_EMIT m_window->plots().menuRequested(elsewhere, 3.0, std::nullopt);
        for (const QAction* action : elsewhere.actions()) QVERIFY(!action->text().startsWith(QStringLiteral("Use ")));
    }

    void aCurveFromElsewhereCannotBeTrained() {
        RunRecord record = *finishedRangeTest(1);
        record.origin = QStringLiteral("lr_find.csv");
        const RunId id = m_window->controller().adopt(record, false);
        m_window->select(id);
        dock().show();
        m_window->settle();
        const QStringList impossible = {QStringLiteral("Duplicate"), QStringLiteral("Fork"),
                                        QStringLiteral("Schedule as code…"),
                                        QStringLiteral("New run with the rates used")};
        int found = 0;
        for (const QAction* action : m_window->actions()) {
            if (!impossible.contains(action->text())) continue;
            QVERIFY2(!action->isEnabled(), qPrintable(action->text()));
            ++found;
        }
        QCOMPARE(found, 4);
        m_window->duplicateRun(id);
        QCOMPARE(runs().size(), std::size_t(1));
        chooseRow("steepest");
        const QString rate = row("steepest")->text(1);
        m_window->button("Use this rate")->click();
        offered(QStringLiteral("Use %1 in a new run").arg(rate))->trigger();
        QCOMPARE(runs().size(), std::size_t(2));
        QCOMPARE(runs()[1]->config.schedule.values.get("lr", 0), rate.toDouble());
        QVERIFY(!runs()[1]->isImported() && runs()[1]->config.validate().empty());
    }
};

QTEST_MAIN(TestMainWindowRange)
#include "tst_main_window_range.moc"
