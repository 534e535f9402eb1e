// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/main_window.h"
#include "app/panels/inspector_panel.h"
#include "app/panels/run_list_panel.h"
#include "app/panels/start_page.h"
#include "app/plots/plot_page.h"
#include "app/plots/view_bar.h"
#include "tests/app/app_helpers.h"

#include <QAbstractButton>
#include <QDir>
#include <QDockWidget>
#include <QDropEvent>
#include <QMessageBox>
#include <QMimeData>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QTreeView>

#include <algorithm>
#include <set>

using namespace ratescope;

namespace {

constexpr int patience = 60'000; // ms, for the slowest machine under a sanitizer

QAbstractButton* buttonWith(const QWidget& place, const QString& text) {
    for (QAbstractButton* button : place.findChildren<QAbstractButton*>())
        if (button->text() == text) return button;
    return nullptr;
}

/// Answers the next message box and keeps what it said.
class MessageAnswer : public QObject {
public:
    explicit MessageAnswer(QMessageBox::StandardButton button)
        : m_button(button) {
        connect(&m_timer, &QTimer::timeout, this, &MessageAnswer::look);
        m_timer.start(10);
    }
    QString text() const { return m_text; }
    bool given() const { return !m_text.isEmpty(); }

private:
    void look() {
        auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        if (!box) return;
        m_timer.stop();
        m_text = box->text() + box->informativeText();
        box->button(m_button)->click();
    }

    QMessageBox::StandardButton m_button;
    QTimer m_timer;
    QString m_text;
};

} // namespace

class TestMainWindow : public QObject {
    Q_OBJECT

private:
    TestFolder m_folder;
    std::string m_data;

    QString writeExperiment(const char* name, const std::string& runs) {
        const auto path = m_folder.path(name);
        writeText(path, R"({"ratescope": 1, "title": "A title", "notes": "Some *notes*.", "defaults": {"data": ")" + m_data +
                            R"(", "network": "softmax", "batch_size": 16, "epochs": 2}, "runs": [)" + runs + "]}");
        return qtText(path);
    }

    static void trainAll(MainWindow& window) {
        QSignalSpy idle(&window.controller(), &RunController::idle);
        window.controller().startAll();
        QVERIFY(idle.wait(patience));
    }

private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setApplicationName(QStringLiteral("ratescope-test"));
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, qtText(m_folder.path("settings")));
        m_data = writeTinyData(m_folder);
    }

    void oneClickAndCurvesMove() {
        QTemporaryDir state;
        MainWindow window(state.path());
        window.show();
        auto* start = window.findChild<StartPage*>();
        QVERIFY(start->isVisible());
        QSignalSpy steps(&window.controller(), &RunController::stepsAppended);
        buttonWith(*start, QStringLiteral("Watch a network learn"))->click();
        QVERIFY(window.findChild<PlotPage*>()->isVisible());
        QVERIFY(steps.wait(patience));
        const auto& runs = window.controller().runs();
        QCOMPARE(runs.size(), std::size_t(4));
        QCOMPARE(std::ranges::count_if(runs, [](const RunPointer& run) { return run->isRangeTest(); }), 1);
        std::set<double> rates;
        for (const RunPointer& run : runs) {
            QVERIFY(run->state != RunState::Ready && run->state != RunState::Failed);
            if (!run->isRangeTest()) rates.insert(run->config.schedule.values.get("lr", 0));
        }
        QCOMPARE(rates.size(), std::size_t(3));
        QSignalSpy idle(&window.controller(), &RunController::idle);
        window.stopRuns();
        QVERIFY(!window.controller().anyActive() || idle.wait(patience));
        QVERIFY(std::ranges::any_of(runs, [](const RunPointer& run) { return run->state == RunState::Cancelled; }));
        // Whatever they did before they were stopped began from the same weights, with the same batch.
        const auto first = [&](std::size_t i) { return runs[i]->losses.empty() ? 0.0F : runs[i]->losses[0]; };
        if (first(0) > 0.0F && first(1) > 0.0F) QCOMPARE(first(0), first(1));
    }

    void anExperimentOpensWithItsNotes() {
        QTemporaryDir state;
        MainWindow window(state.path());
        window.show();
        QSignalSpy added(&window.controller(), &RunController::runAdded);
        window.openFiles({writeExperiment("e.json", R"({"name": "a"}, {"name": "b", "seed": 2})")});
        QVERIFY(added.wait(patience));
        QCOMPARE(window.controller().runs().size(), std::size_t(2));
        QCOMPARE(window.controller().runs()[0]->state, RunState::Ready);
        QVERIFY(window.findChild<QDockWidget*>(QStringLiteral("notes"))->isVisible());
        QVERIFY(window.findChild<InspectorPanel*>()->shownRun() == window.controller().runs()[0]->id);
    }

    void aDroppedFileOpens() {
        QTemporaryDir state;
        MainWindow window(state.path());
        window.show();
        QMimeData files;
        files.setUrls({QUrl::fromLocalFile(writeExperiment("dropped.json", R"({"name": "dropped"})"))});
        QDropEvent drop({10, 10}, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
        QSignalSpy added(&window.controller(), &RunController::runAdded);
        static_cast<QObject&>(window).event(&drop); // past the drag manager, which knows of no drag
        QVERIFY(added.wait(patience));
        QCOMPARE(window.controller().runs()[0]->config.name, std::string("dropped"));
    }

    void aBadFileIsToldWithItsPlace() {
        QTemporaryDir state;
        MainWindow window(state.path());
        window.show();
        MessageAnswer answer(QMessageBox::Ok);
        window.openFiles({writeExperiment("bad.json", R"({"name": "a", "epochs": "ten"})")});
        QTRY_VERIFY_WITH_TIMEOUT(answer.given(), patience);
        QVERIFY2(answer.text().contains(QStringLiteral("runs[0].epochs")), qPrintable(answer.text()));
        QVERIFY(window.controller().runs().empty());
    }

    void aDuplicateOverlaysTheFirst() {
        QTemporaryDir state;
        MainWindow window(state.path());
        window.show();
        QSignalSpy added(&window.controller(), &RunController::runAdded);
        window.openFiles({writeExperiment("e.json", R"({"name": "a"})")});
        QVERIFY(added.wait(patience));
        window.duplicateRun(window.controller().runs()[0]->id);
        RunConfig changed = window.controller().runs()[1]->config;
        QCOMPARE(changed.name, std::string("a 2"));
        QVERIFY(changed.color != window.controller().runs()[0]->config.color);
        QVERIFY(window.controller().setConfig(window.controller().runs()[1]->id, changed).empty());
        trainAll(window);
        QCOMPARE(window.controller().runs()[1]->losses, window.controller().runs()[0]->losses);
        QCOMPARE(window.controller().runs()[0]->losses.size(), std::size_t(20));
    }

    void deletingCanBeUndone() {
        QTemporaryDir state;
        MainWindow window(state.path());
        window.show();
        QSignalSpy added(&window.controller(), &RunController::runAdded);
        window.openFiles({writeExperiment("e.json", R"({"name": "a"}, {"name": "b"}, {"name": "c"})")});
        QVERIFY(added.wait(patience));
        trainAll(window);
        const auto losses = window.controller().runs()[1]->losses;
        auto* list = window.findChild<RunListPanel*>();
        list->select(window.controller().runs()[1]->id);
        window.deleteRuns();
        QCOMPARE(window.controller().runs().size(), std::size_t(2));
        QCOMPARE(list->view()->model()->rowCount(), 2);
        QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(window.controller().runs().size(), std::size_t(3));
        QCOMPARE(window.controller().runs()[1]->config.name, std::string("b"));
        QCOMPARE(window.controller().runs()[1]->losses, losses);
    }

    void unsavedWorkIsKeptAndFoundAgain() {
        QTemporaryDir state;
        QString path;
        std::vector<float> losses;
        {
            MainWindow window(state.path());
            window.show();
            QSignalSpy added(&window.controller(), &RunController::runAdded);
            window.openFiles({writeExperiment("e.json", R"({"name": "a"})")});
            QVERIFY(added.wait(patience));
            trainAll(window);
            losses = window.controller().runs()[0]->losses;
        } // without being closed: nobody was asked
        const QStringList left = QDir(state.path()).entryList({QStringLiteral("untitled-*.ratescope")});
        QCOMPARE(left.size(), 1);
        path = state.filePath(left.first());
        const auto runs = readStudy(path.toStdString());
        QCOMPARE(runs.size(), std::size_t(1));
        QCOMPARE(runs[0].losses, losses);
        QCOMPARE(runs[0].state, RunState::Finished);

        MainWindow again(state.path());
        again.show();
        QSignalSpy added(&again.controller(), &RunController::runAdded);
        again.openFiles({path});
        QVERIFY(added.wait(patience));
        QCOMPARE(again.controller().runs()[0]->losses, losses);
        QCOMPARE(again.controller().runs()[0]->epochs.size(), std::size_t(2));
    }

    void closingAsksOnceAndDiscardsWhenTold() {
        QTemporaryDir state;
        {
            MainWindow window(state.path());
            window.show();
            QSignalSpy added(&window.controller(), &RunController::runAdded);
            window.openFiles({writeExperiment("e.json", R"({"name": "long", "epochs": 100000})")});
            QVERIFY(added.wait(patience));
            QSignalSpy steps(&window.controller(), &RunController::stepsAppended);
            window.controller().startAll();
            QVERIFY(steps.wait(patience));
            {
                MessageAnswer cancel(QMessageBox::Cancel);
                QVERIFY(!window.close());
                QVERIFY(cancel.text().contains(QStringLiteral("training")));
                QVERIFY(window.controller().anyActive());
            }
            MessageAnswer discard(QMessageBox::Discard);
            QVERIFY(window.close());
            QVERIFY(!window.controller().anyActive());
        }
        QVERIFY(QDir(state.path()).entryList({QStringLiteral("untitled-*")}).isEmpty());
    }

    void anEmptyWindowClosesWithoutAQuestion() {
        QTemporaryDir state;
        MainWindow window(state.path());
        window.show();
        QVERIFY(window.close());
        QVERIFY(QDir(state.path()).entryList({QStringLiteral("untitled-*")}).isEmpty());
    }

    void undoAfterAnotherStudyBringsNothingWrong() {
        QTemporaryDir state;
        const QString study = qtText(m_folder.path("other.ratescope"));
        QFile::remove(study);
        {
            StudyFile file(study.toStdString(), StudyFile::Access::Write);
            file.addRun(tinyHeader(1, "stored"));
        }
        MainWindow window(state.path());
        window.show();
        window.controller().add({});
        window.findChild<RunListPanel*>()->select(window.controller().runs()[0]->id);
        window.deleteRuns();
        QVERIFY(window.controller().runs().empty());
        QSignalSpy added(&window.controller(), &RunController::runAdded);
        window.openFiles({study});
        QVERIFY(added.wait(patience));
        QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(window.controller().runs().size(), std::size_t(1));
        QCOMPARE(window.controller().runs()[0]->config.name, std::string("stored"));
    }

    void keysWork() {
        QTemporaryDir state;
        MainWindow window(state.path());
        window.show();
        QSignalSpy added(&window.controller(), &RunController::runAdded);
        window.openFiles({writeExperiment("e.json", R"({"name": "a"}, {"name": "b"})")});
        QVERIFY(added.wait(patience));
        QVERIFY(QTest::qWaitForWindowActive(&window));
        window.plots().setFocus();
        QVERIFY(!window.plots().view().logLoss);
        QTest::keyClick(&window, Qt::Key_L);
        QVERIFY(window.plots().view().logLoss);
        QTest::keyClick(&window, Qt::Key_2);
        QVERIFY(!window.controller().runs()[1]->visible);
        QTest::keyClick(&window, Qt::Key_2);
        QVERIFY(window.controller().runs()[1]->visible);
        QTest::keyClick(&window, Qt::Key_F11);
        QVERIFY(!window.findChild<RunListPanel*>()->isVisible());
        QCOMPARE(window.plots().theme().fontPixels, 24);
        QTest::keyClick(&window, Qt::Key_Escape);
        QVERIFY(window.findChild<RunListPanel*>()->isVisible());
        QSignalSpy idle(&window.controller(), &RunController::idle);
        window.plots().setFocus();
        QTest::keyClick(&window.plots(), Qt::Key_Space);
        QVERIFY(window.controller().anyActive());
        QVERIFY(idle.wait(patience));
        QCOMPARE(window.controller().runs()[0]->state, RunState::Finished);
    }

    void everyControlHasANameForScreenReaders() {
        QTemporaryDir state;
        MainWindow window(state.path());
        window.controller().add({});
        window.show();
        for (const QWidget* widget : window.findChildren<QWidget*>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible()) continue;
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
            const QString of = QString::fromLatin1(widget->metaObject()->className());
            const bool structure = of == QLatin1String("QScrollArea") || of == QLatin1String("QTextBrowser") ||
                                   widget->objectName().startsWith(QLatin1String("qt_"));
            QVERIFY2(named || structure, qPrintable(of + QLatin1Char(' ') + widget->objectName()));
        }
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
