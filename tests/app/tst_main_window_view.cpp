// SPDX-License-Identifier: GPL-3.0-or-later
// The window around the plots: legend, keys, undo, what is kept, what is dropped.
#include "app/main_window.h"

#include "app/panels/run_list_actions.h"
#include "app/panels/run_list_panel.h"
#include "app/plots/plot_page.h"
#include "app/plots/view_bar.h"
#include "tests/app/gui_helpers.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

using namespace ratescope;

class TestMainWindowView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void init() {
        m_state = std::make_unique<QTemporaryDir>();
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_state->path());
        open();
    }

    void cleanup() { m_window.reset(); }

    void theLegendHidesAndShows() {
        click(1, Qt::NoModifier);
        QVERIFY(!run(1).visible);
        QVERIFY(run(2).visible && run(3).visible);
        QVERIFY(legend(1).isEmpty()); // what is hidden has no line there
        undo();
        QVERIFY(run(1).visible);
        click(2, Qt::ControlModifier);
        QVERIFY(!run(1).visible && run(2).visible && !run(3).visible);
        click(2, Qt::ControlModifier); // the only one already: all again
        QVERIFY(run(1).visible && run(2).visible && run(3).visible);
    }

    void viewChangesAreUndone() {
        const PlotView before = plots().view();
        bar().logLoss()->trigger();
        QVERIFY(plots().view().logLoss);
        undo();
        QVERIFY(plots().view() == before);
        QVERIFY(!bar().logLoss()->isChecked());
        redo();
        QVERIFY(plots().view().logLoss && bar().logLoss()->isChecked());
    }

    void keysOfTheView() {
        m_window->activateWindow();
        plots().setFocus();
        const auto key = [&](Qt::Key pressed, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
            QTest::keyClick(&plots(), pressed, modifiers);
        };
        QVERIFY(plots().isFollowing());
        key(Qt::Key_F);
        QVERIFY(!plots().isFollowing()); // the axes stay as they are
        const PlotView held = plots().view();
        QVERIFY(held.steps && held.loss && held.rate);
        key(Qt::Key_F);
        QVERIFY(plots().isFollowing());
        key(Qt::Key_Plus);
        QVERIFY(!plots().isFollowing());
        key(Qt::Key_Backspace);
        QVERIFY(plots().isFollowing());
        key(Qt::Key_Plus);
        key(Qt::Key_A);
        QVERIFY(plots().isFollowing());
        key(Qt::Key_L);
        QVERIFY(plots().view().logLoss);
        key(Qt::Key_L, Qt::ShiftModifier);
        QVERIFY(plots().view().logRate);
        key(Qt::Key_2);
        QVERIFY(!run(2).visible);
        key(Qt::Key_2);
        QVERIFY(run(2).visible);
        key(Qt::Key_F11);
        QVERIFY(!bar().isVisible());
        key(Qt::Key_L); // works while the bar is hidden
        QVERIFY(!plots().view().logLoss);
        key(Qt::Key_Escape);
        QVERIFY(bar().isVisible());
    }

    void anotherUnitFitsItsAxis() {
        PlotView view = plots().view();
        view.steps = AxisRange{10, 20};
        plots().setView(view);
        unitBox()->setCurrentIndex(1);
        QCOMPARE(plots().view().stepUnit, StepUnit::Epoch);
        QVERIFY(!plots().view().steps); // steps 10 to 20 are no epochs
        QVERIFY(plots().currentView().steps->second < 6.0);
    }

    void theViewIsKept() {
        bar().logLoss()->trigger();
        unitBox()->setCurrentIndex(1);
        PlotView zoomed = plots().view();
        zoomed.testSlope = AxisRange{-3.0, 1.0};
        plots().setView(zoomed);
        QVERIFY(plots().view().zones && plots().view().testLower == TestLower::Slope);
        for (QAction* toggle : bar().toggles())
            if (toggle->text().contains(QStringLiteral("range test"))) toggle->trigger(); // its zones, and its accuracy
        QVERIFY(!plots().view().testSlope); // a range of slopes is none of accuracies
        m_window.reset();
        open();
        QVERIFY(!plots().view().zones);
        QCOMPARE(plots().view().testLower, TestLower::Accuracy);
        QVERIFY(plots().view().logLoss);
        QCOMPARE(plots().view().stepUnit, StepUnit::Epoch);
        QCOMPARE(unitBox()->currentIndex(), 1);
    }

    void differencesFromAChosenRun() {
        const auto boxes = bar().findChildren<QComboBox*>();
        QComboBox* quantity = boxes[1];
        QComboBox* reference = boxes[2];
        const auto isOffered = [&] {
            QApplication::processEvents(); // the bar is laid out
            return reference->isVisible();
        };
        QVERIFY(!isOffered());
        bar().logLoss()->trigger();
        quantity->setCurrentIndex(3);
        QCOMPARE(plots().view().quantity, Quantity::Difference);
        QVERIFY(isOffered());
        QVERIFY(!bar().logLoss()->isEnabled() && !bar().logLoss()->isChecked());
        QCOMPARE(reference->count(), 1 + 3); // and the first run
        QCOMPARE(reference->currentIndex(), 0);
        reference->setCurrentIndex(2);
        QCOMPARE(plots().view().reference, run(2).id);
        undo();
        QCOMPARE(plots().view().reference, RunId(0));
        QCOMPARE(reference->currentIndex(), 0);
        undo();
        QCOMPARE(plots().view().quantity, Quantity::Loss);
        QVERIFY(!isOffered());
        QVERIFY(bar().logLoss()->isEnabled() && bar().logLoss()->isChecked()); // the losses have their axis back
        redo();
        redo();
        QCOMPARE(plots().view().reference, run(2).id);
        QCOMPARE(reference->currentIndex(), 2);
        QVERIFY(m_window->controller().setName(run(2).id, "renamed").empty());
        QCOMPARE(reference->currentText(), QStringLiteral("renamed"));
        m_window->controller().remove(run(2).id);
        QApplication::processEvents();
        QCOMPARE(reference->count(), 1 + 2);
        QCOMPARE(reference->currentIndex(), 0); // the first run stands in for it
        unitBox()->setCurrentIndex(1);          // what else is changed leaves the choice alone
        undo();
        QVERIFY(plots().view().reference != 0);
    }

    void differencesAreKept() {
        bar().findChildren<QComboBox*>()[1]->setCurrentIndex(3);
        m_window.reset();
        open();
        QCOMPARE(plots().view().quantity, Quantity::Difference);
        QVERIFY(bar().findChildren<QComboBox*>()[2]->isVisible());
    }

    void theListAsksForDifferences() {
        RunListActions& actions = m_window->findChild<RunListPanel*>()->actions();
        const auto entry = [&](QMenu& menu, const QList<RunId>& ids) -> QAction* {
            actions.addTo(menu, ids);
            for (QAction* action : menu.actions())
                if (action->text() == QStringLiteral("Difference to this run")) return action;
            return nullptr;
        };
        const PlotView before = plots().view();
        QMenu of3;
        QVERIFY(entry(of3, {run(3).id}));
        entry(of3, {run(3).id})->trigger();
        QCOMPARE(plots().view().quantity, Quantity::Difference);
        QCOMPARE(plots().view().reference, run(3).id);
        QCOMPARE(bar().findChildren<QComboBox*>()[2]->currentText(), QStringLiteral("run 3"));
        undo();
        QVERIFY(plots().view() == before);
        QMenu ofTwo;
        QVERIFY(!entry(ofTwo, {run(1).id, run(2).id}));
        const RunId test = m_window->controller().adopt(*finishedRangeTest(9), true);
        RunRecord alone = *finishedRun(10, 20);
        alone.config.seed = 4;
        const RunId other = m_window->controller().adopt(std::move(alone), true);
        QMenu ofTest;
        QVERIFY(!entry(ofTest, {test}));
        QMenu ofOther;
        QVERIFY(entry(ofOther, {other}) && !entry(ofOther, {other})->isEnabled()); // nothing begins like it
    }

    void strangeSettingsAreLeftAlone() {
        m_window.reset();
        QSettings settings;
        settings.setValue(QStringLiteral("view/stepUnit"), 77);
        settings.setValue(QStringLiteral("view/smoothing"), QStringLiteral("much"));
        settings.setValue(QStringLiteral("view/large"), -3);
        settings.setValue(QStringLiteral("view/arrangement"), QStringLiteral("x"));
        settings.setValue(QStringLiteral("theme"), 99);
        settings.sync();
        open();
        QCOMPARE(plots().view().stepUnit, StepUnit::Step);
        QVERIFY(plots().view().smoothing >= 0.0 && plots().view().smoothing <= 0.999);
        QCOMPARE(plots().view().large, PlotPart::Loss);
    }

    void aPictureOnTheClipboard() {
        QApplication::clipboard()->clear();
        m_window->copyPicture();
        QTRY_VERIFY(!QApplication::clipboard()->image().isNull());
        const QImage image = QApplication::clipboard()->image();
        QCOMPARE(image.size(), plots().size() * 2);
        QVERIFY(countPixels(image, image.rect(), QColor(0x00, 0x72, 0xb2)) > 100);
    }

    void aDroppedPictureBringsItsRuns() {
        const QString file = m_state->filePath(QStringLiteral("figure.png"));
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        const auto& runs = m_window->controller().runs();
        out.write(encodeFigure(runs, FigureRequest(), FigureFormat::Png, experimentJson(runs)));
        out.close();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file)});
        QDragEnterEvent enter(QPoint(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event(QPointF(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &event);
        QTRY_VERIFY(m_window->controller().runs().size() == 6 || m_window->findChild<QMessageBox*>());
        if (auto* box = m_window->findChild<QMessageBox*>()) QFAIL(qPrintable(box->text()));
        QCOMPARE(m_window->controller().runs()[3]->config.name, std::string("run 4")); // “run 1” is taken
        QCOMPARE(m_window->controller().runs()[3]->state, RunState::Ready);
    }

    void narrowWindowsPutListAndInspectorTogether() {
        m_window->resize(1600, 900);
        QApplication::processEvents();
        auto* runs = m_window->findChild<QDockWidget*>(QStringLiteral("runs"));
        auto* inspector = m_window->findChild<QDockWidget*>(QStringLiteral("inspector"));
        QVERIFY(m_window->tabifiedDockWidgets(runs).isEmpty());
        m_window->resize(900, 600);
        QApplication::processEvents();
        QVERIFY(m_window->tabifiedDockWidgets(runs).contains(inspector));
        m_window->resize(1600, 900);
        QApplication::processEvents();
        QVERIFY(m_window->tabifiedDockWidgets(runs).isEmpty());
        QCOMPARE(m_window->dockWidgetArea(inspector), Qt::RightDockWidgetArea);
    }

private:
    void open() {
        m_window = std::make_unique<MainWindow>(m_state->path());
        m_window->resize(1600, 900);
        m_window->show();
        for (const RunId id : {1, 2, 3}) {
            RunRecord record = *finishedRun(id, 300);
            record.config.schedule = RunConfig::constantSchedule(0.01);
            m_window->controller().adopt(std::move(record), true);
        }
        QApplication::processEvents();
        plots().canvas()->grab(); // laid out and painted
        QApplication::processEvents();
    }
    PlotPage& plots() { return m_window->plots(); }
    ViewBar& bar() { return *m_window->findChild<ViewBar*>(); }
    QComboBox* unitBox() { return bar().findChildren<QComboBox*>().first(); }
    const RunRecord& run(int number) { return *m_window->controller().runs()[static_cast<std::size_t>(number - 1)]; }
    QRectF legend(int number) {
        QApplication::processEvents();
        plots().canvas()->grab();
        return plots().legendRect(run(number).id);
    }
    void click(int number, Qt::KeyboardModifiers modifiers) {
        const QPoint at = legend(number).center().toPoint();
        QTest::mouseClick(plots().canvas(), Qt::LeftButton, modifiers, at);
    }
    void undo() { m_window->findChild<QUndoStack*>()->undo(); }
    void redo() { m_window->findChild<QUndoStack*>()->redo(); }

    std::unique_ptr<QTemporaryDir> m_state;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestMainWindowView)
#include "tst_main_window_view.moc"
