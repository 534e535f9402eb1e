// SPDX-License-Identifier: GPL-3.0-or-later
// Forks in the window: of runs that go on, from the dialog, from the menu; and what is told at the start.
#include "app/panels/fork_dialog.h"
#include "tests/app/schedule_window_fixture.h"

#include <QContextMenuEvent>
#include <QDialogButtonBox>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QTimer>
#include <QTreeWidget>

#include <algorithm>

using namespace ratescope;

class TestMainWindowForks : public ScheduleWindowFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(); }
    void init() { open(); }
    void cleanup() { close(); }

    void aForkOfARunThatGoesOn() {
        const RunId id = m_window->addRun(endlessConfig(falling(0.002, 0.001)));
        QVERIFY(!m_window->action("Fork")->isEnabled());
        QVERIFY(m_window->begin(id));
        QSignalSpy forked(&m_window->controller(), &RunController::forked);
        m_window->key(Qt::Key_B, Qt::ControlModifier);
        QVERIFY(!forked.isEmpty() || forked.wait(patience));
        const auto child = forked[0][1].value<RunId>();
        const std::uint64_t step = m_window->run(child)->config.fork->step;
        QVERIFY(step > 0);
        QCOMPARE(m_window->run(child)->config.fork->run, std::string("endless"));
        QCOMPARE(m_window->findChild<RunListPanel*>()->current(), child);
        QVERIFY(m_window->run(child)->state == RunState::Ready);
        QVERIFY(m_window->run(id)->state == RunState::Running);
        QVERIFY(std::equal(m_window->run(child)->losses.begin(), m_window->run(child)->losses.end(),
                           m_window->run(id)->losses.begin()));
        QVERIFY2(m_window->statusBar()->currentMessage().contains(QStringLiteral("fork at step %1").arg(step)),
                 qPrintable(m_window->statusBar()->currentMessage()));
        m_window->key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(!m_window->run(child));
        m_window->undoStack().redo();
        QVERIFY(m_window->run(child));
        m_window->controller().start(child);
        QVERIFY(m_window->waitFor([&] {
            const RunPointer run = m_window->run(child);
            return run->stepCount() > step + 20 || isOver(run->state);
        }));
        QVERIFY2(!isOver(m_window->run(child)->state), qPrintable(m_window->run(child)->message));
    }

    void theForkDialogShowsWhatIsKept() {
        RunConfig three = config("base", falling(0.1, 0.02));
        three.duration.epochs = 3;
        const RunId id = m_window->addRun(three);
        QVERIFY(m_window->train(id));
        m_window->forkRun();
        auto* dialog = m_window->findChild<ForkDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        const auto* states = dialog->findChild<QTreeWidget*>();
        QCOMPARE(states->topLevelItemCount(), 3);
        for (int i = 0; i < 3; ++i) {
            const QTreeWidgetItem* item = states->topLevelItem(i);
            const auto step = static_cast<std::size_t>(10 * (i + 1));
            QCOMPARE(item->text(0), QString::number(step));
            QCOMPARE(item->text(1), QString::number(i + 1));
            QCOMPARE(item->text(2), QLocale::c().toString(m_window->run(id)->rates[step - 1], 'g', 4));
            QCOMPARE(item->text(3), QLocale::c().toString(double(m_window->run(id)->losses[step - 1]), 'g', 4));
            QVERIFY(!item->text(4).isEmpty());
        }
        const auto says = [&](const char* text) {
            return std::ranges::any_of(dialog->findChildren<QLabel*>(),
                                       [&](const QLabel* one) { return one->text().contains(QLatin1String(text)); });
        };
        auto* step = dialog->findChild<QSpinBox*>();
        for (auto* one : dialog->findChildren<QSpinBox*>())
            if (one->accessibleName() == QStringLiteral("Step to fork at")) step = one;
        QCOMPARE(step->value(), 20); // the last one that has steps before it
        QVERIFY(says("This state is kept"));
        QVERIFY(says("3 state"));
        QVERIFY(says("MB; of all runs"));
        step->setValue(30);
        QVERIFY(says("From the end it goes on as long again."));
        step->setValue(7);
        QVERIFY(says("trained again"));
        QVERIFY(states->selectedItems().isEmpty());
        dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->click();
        QCOMPARE(m_window->controller().runs().size(), std::size_t(2));
        const RunPointer child = m_window->controller().runs()[1];
        QCOMPARE(child->config.fork, std::optional(ForkSpec{"base", 7}));
        QVERIFY(m_window->train(child->id));
        QVERIFY(m_window->run(child->id)->losses == m_window->run(id)->losses); // nothing was changed
    }

    void returnInTheDialogForksOnce() {
        const RunId id = m_window->addRun(config("base", falling(0.1, 0.02)));
        QVERIFY(m_window->train(id));
        m_window->forkRun();
        auto* dialog = m_window->findChild<ForkDialog*>();
        auto* states = dialog->findChild<QTreeWidget*>();
        states->setFocus();
        states->setCurrentItem(states->topLevelItem(0));
        QTest::keyClick(states, Qt::Key_Return);
        Window::settle();
        QCOMPARE(m_window->controller().runs().size(), std::size_t(2));
        QCOMPARE(m_window->controller().runs()[1]->config.fork->step, std::uint64_t(10));
        const int undoable = m_window->undoStack().count();
        m_window->undoStack().undo();
        QCOMPARE(m_window->controller().runs().size(), std::size_t(1));
        QCOMPARE(m_window->undoStack().count(), undoable);
    }

    void theMemoryForStatesIsRemembered() {
        const RunId id = m_window->addRun(config("base", falling(0.1, 0.02)));
        QVERIFY(m_window->train(id));
        m_window->forkRun();
        QApplication::setActiveWindow(m_window->findChild<ForkDialog*>());
        auto* limit = m_window->named<QSpinBox>("Memory for states of all runs");
        limit->setFocus();
        limit->selectAll();
        QTest::keyClicks(limit, QStringLiteral("1024"));
        QCOMPARE(m_window->controller().checkpoints().limit(), CheckpointShelf::defaultLimit); // 102 is not meant
        QTest::keyClick(limit, Qt::Key_Tab);
        QCOMPARE(m_window->controller().checkpoints().limit(), std::size_t(1024) << 20);
        QCOMPARE(QSettings().value(QStringLiteral("checkpointMegabytes")).toInt(), 1024);
        QTemporaryDir other;
        Window again(other.path());
        QCOMPARE(again.controller().checkpoints().limit(), std::size_t(1024) << 20);
    }

    void theMenuForksAtTheStepUnderTheMouse_data() {
        QTest::addColumn<int>("unit");
        QTest::newRow("steps") << int(StepUnit::Step);
        QTest::newRow("epochs") << int(StepUnit::Epoch);
        QTest::newRow("seconds") << int(StepUnit::Seconds);
    }
    void theMenuForksAtTheStepUnderTheMouse() {
        QFETCH(const int, unit);
        const RunId id = m_window->addRun(config("base", falling(0.1, 0.02)));
        QVERIFY(m_window->train(id));
        PlotView view;
        view.stepUnit = static_cast<StepUnit>(unit);
        m_window->plots().setView(view);
        Window::settle();
        const auto choose = [&](const QPointF& place) {
            QString found;
            QTimer::singleShot(0, m_window.get(), [&] {
                auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
                if (!menu) return;
                for (QAction* action : menu->actions())
                    if (action->text().startsWith(QStringLiteral("Fork “"))) {
                        found = action->text();
                        action->trigger();
                    }
                menu->close();
            });
            QContextMenuEvent event(QContextMenuEvent::Mouse, place.toPoint(),
                                    m_window->plots().canvas()->mapToGlobal(place.toPoint()));
            QApplication::sendEvent(&m_window->plots(), &event);
            return found;
        };
        QCOMPARE(choose(m_window->plots().frameOf(PlotPart::RangeTest).center()), QString());
        QCOMPARE(choose(m_window->placeOf(id, 7.0, 0.05)), QStringLiteral("Fork “base” at step 7"));
        QCOMPARE(m_window->controller().runs().size(), std::size_t(2));
        QCOMPARE(m_window->controller().runs()[1]->config.fork, std::optional(ForkSpec{"base", 7}));
    }

    void warningsAreToldAtTheStart_data() {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("told");
        QTest::newRow("negative") << QStringLiteral("0.1 - 0.02*t") << QStringLiteral("at step 6");
        QTest::newRow("zero") << QStringLiteral("max(0, 0.1 - 0.01*t)") << QStringLiteral("at step 10");
        QTest::newRow("too high") << QStringLiteral("(t < 12) ? 0.1 : 2e6") << QStringLiteral("at step 12");
        QTest::newRow("none") << QStringLiteral("0.1 / (1 + t)") << QString();
    }
    void warningsAreToldAtTheStart() {
        QFETCH(const QString, expression);
        QFETCH(const QString, told);
        ScheduleSpec formula;
        formula.type = "formula";
        formula.expression = expression.toStdString();
        const RunId id = m_window->addRun(config("strange", formula));
        QSignalSpy warned(&m_window->controller(), &RunController::warned);
        m_window->controller().start(id);
        QCOMPARE(warned.size(), told.isEmpty() ? 0 : 1);
        const QString message = m_window->statusBar()->currentMessage();
        if (told.isEmpty())
            QVERIFY2(!message.contains(QStringLiteral("strange")), qPrintable(message));
        else
            QVERIFY2(message.startsWith(QStringLiteral("strange: the rate is ")) && message.contains(told),
                     qPrintable(message));
        QVERIFY(m_window->waitFor([&] { return !m_window->controller().anyActive(); }));
    }
};

QTEST_MAIN(TestMainWindowForks)
#include "tst_main_window_forks.moc"
