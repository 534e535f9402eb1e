// SPDX-License-Identifier: GPL-3.0-or-later
// The window with runs that start from others, stop early and grow their batches.
#include "app/main_window.h"
#include "app/panels/inspector_panel.h"
#include "app/panels/run_list_panel.h"
#include "tests/app/app_helpers.h"
#include "tests/app/trained_alone.h"

#include <QComboBox>
#include <QDir>
#include <QMessageBox>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace ratescope;

namespace {

constexpr int patience = 60'000; // ms, for the slowest machine under a sanitizer

} // namespace

class TestMainWindowSources : public QObject {
    Q_OBJECT

private:
    TestFolder m_folder;
    std::string m_data;

    QString writeRuns(const char* name, const std::string& runs) {
        const auto path = m_folder.path(name);
        writeText(path, R"({"ratescope": 1, "defaults": {"data": ")" + m_data +
                            R"(", "network": "softmax", "batch_size": 16, "epochs": 2}, "runs": [)" + runs + "]}");
        return qtText(path);
    }

    /// Opens a file that brings so many runs.
    static void open(MainWindow& window, const QString& path, std::size_t runs) {
        QSignalSpy added(&window.controller(), &RunController::runAdded);
        const std::size_t before = window.controller().runs().size();
        window.openFiles({path});
        while (window.controller().runs().size() < before + runs) QVERIFY(added.wait(patience));
    }

    static void waitIdle(MainWindow& window) {
        QSignalSpy idle(&window.controller(), &RunController::idle);
        while (window.controller().anyActive()) QVERIFY(idle.wait(patience));
    }

    static const RunRecord& at(MainWindow& window, std::size_t index) { return *window.controller().runs().at(index); }

private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setApplicationName(QStringLiteral("ratescope-test"));
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, qtText(m_folder.path("settings")));
        m_data = writeTinyData(m_folder);
    }

    void rangeTestOfAnyRun_data() {
        QTest::addColumn<QString>("keys");
        QTest::newRow("early stopping") << R"("early_stopping":{"patience":1})";
        QTest::newRow("snapshots") << R"("snapshots":"cycle","schedule":{"type":"warm_restarts","lr":0.1,"period":10})";
        QTest::newRow("growing batch")
            << R"("schedule":{"type":"cosine","lr":0.1,"batch_growth":true,"max_batch":160})";
        QTest::newRow("layer rates and loss") << R"("layer_rates":[0.5],"loss":"mse")";
        QTest::newRow("a range test") << R"("range_test":{"from":0.001,"to":0.1,"steps":10})";
    }

    void rangeTestOfAnyRun() {
        QFETCH(const QString, keys);
        QTemporaryDir state;
        MainWindow window(state.path());
        window.show();
        open(window, writeRuns("e.json", R"({"name":"a",)" + keys.toStdString() + '}'), 1);
        window.findALearningRate();
        waitIdle(window);
        const RunRecord& test = at(window, 1);
        QVERIFY2(test.state == RunState::Finished && test.isRangeTest(), qPrintable(test.message));
        QVERIFY(test.config.validate().empty());
        QVERIFY(test.config.layerRates == at(window, 0).config.layerRates &&
                test.config.loss == at(window, 0).config.loss);
        QCOMPARE(at(window, 0).state, RunState::Ready); // as it was
    }

    void rangeTestOfARunThatStartsFromAnother() {
        QTemporaryDir state;
        MainWindow window(state.path());
        window.show();
        open(window, writeRuns("e.json", R"({"name":"a","start_from":{"run":"b"}},{"name":"b"})"), 2);
        window.findALearningRate();
        waitIdle(window);
        QCOMPARE(at(window, 1).state, RunState::Finished); // whose weights it needs
        QVERIFY2(at(window, 2).state == RunState::Finished, qPrintable(at(window, 2).message));
        const auto weights = trainAlone(at(window, 1).config).weights.last;
        QVERIFY(at(window, 2).losses == trainAlone(at(window, 2).config, weights).losses);
    }

    void anExperimentOpenedTwiceKeepsItsLinks() {
        QTemporaryDir state;
        MainWindow window(state.path());
        window.show();
        const QString path = writeRuns("e.json", R"({"name":"a","start_from":{"run":"b"}},{"name":"b","seed":5})");
        open(window, path, 2);
        open(window, path, 2);
        QCOMPARE(at(window, 2).config.startFrom->run, std::string("b 2"));
        QCOMPARE(at(window, 3).config.name, std::string("b 2"));
        window.controller().start(at(window, 2).id);
        waitIdle(window);
        QCOMPARE(at(window, 3).state, RunState::Finished);
        QCOMPARE(at(window, 1).state, RunState::Ready); // nobody has asked for it
    }

    void aStudyIsGoneOnIn() {
        QTemporaryDir state;
        {
            MainWindow window(state.path());
            window.show();
            open(window, writeRuns("e.json", R"({"name":"b"},{"name":"a","start_from":{"run":"b"}})"), 2);
            window.controller().start(at(window, 0).id);
            waitIdle(window);
        }
        const QString path =
            state.filePath(QDir(state.path()).entryList({QStringLiteral("untitled-*.ratescope")}).value(0));
        MainWindow window(state.path());
        window.show();
        open(window, path, 2);
        QCOMPARE(at(window, 0).state, RunState::Finished);
        QCOMPARE(at(window, 1).state, RunState::Ready);
        // Its weights are those of the file.
        window.controller().startAll();
        waitIdle(window);
        QVERIFY2(at(window, 1).state == RunState::Finished, qPrintable(at(window, 1).message));
        const auto weights = trainAlone(at(window, 0).config).weights.last;
        QVERIFY(at(window, 1).losses == trainAlone(at(window, 1).config, weights).losses);
    }

    // A curve that was measured elsewhere stands beside the runs, and cannot be trained.
    void aCurveFromElsewhere() {
        QTemporaryDir state;
        MainWindow window(state.path());
        window.show();
        open(window, writeRuns("one.json", R"({"name":"finder"})"), 1);
        std::string text = "lr,loss\n";
        for (int i = 1; i <= 30; ++i) text += std::to_string(i) + "e-3," + std::to_string(std::abs(i - 20)) + '\n';
        writeText(m_folder.path("finder.csv"), text);
        open(window, qtText(m_folder.path("finder.csv")), 1);
        const RunRecord& curve = at(window, 1);
        QVERIFY(curve.isImported());
        QCOMPARE(curve.config.name, std::string("finder 2"));
        QVERIFY(!curve.config.color.empty() && curve.config.color != at(window, 0).config.color);
        QCOMPARE(curve.stepCount(), std::uint64_t(30));
        QCOMPARE(window.findChild<RunListPanel*>()->current(), curve.id);
        QSignalSpy refused(&window.controller(), &RunController::forkRefused);
        window.controller().fork(curve.id);
        QCOMPARE(refused.count(), 1);
        window.controller().start(curve.id);
        QCOMPARE(curve.state, RunState::Finished);
        RunConfig other = curve.config;
        other.name = "mine";
        other.seed = 7;
        QVERIFY(window.controller().setConfig(curve.id, other).empty());
        QCOMPARE(curve.config.name, std::string("mine"));
        QCOMPARE(curve.config.seed, std::uint64_t(1));
    }

    void aStudyIsOverlaidWithItsLinks() {
        QTemporaryDir state;
        const auto study = m_folder.path("overlaid.ratescope");
        {
            StudyFile file(study, StudyFile::Access::Write);
            RunHeader source = tinyHeader(0, "b");
            source.config.data = m_data;
            source.state = RunState::Finished;
            RunHeader dependent = tinyHeader(0, "a");
            dependent.config.data = m_data;
            dependent.config.startFrom = StartFromSpec{"b", {}, false};
            file.setWeights(file.addRun(source), trainAlone(source.config).weights);
            file.addRun(dependent);
        }
        MainWindow window(state.path());
        window.show();
        open(window, writeRuns("e.json", R"({"name":"b","seed":5})"), 1);
        open(window, qtText(study), 2);
        QCOMPARE(at(window, 1).config.name, std::string("b 2"));
        QCOMPARE(at(window, 2).config.startFrom->run, std::string("b 2"));
        window.controller().start(at(window, 2).id);
        waitIdle(window);
        QVERIFY2(at(window, 2).state == RunState::Finished, qPrintable(at(window, 2).message));
        const auto weights = trainAlone(at(window, 1).config).weights.last;
        QVERIFY(at(window, 2).losses == trainAlone(at(window, 2).config, weights).losses);
        QCOMPARE(at(window, 0).state, RunState::Ready);
    }

    void aDeletedSourceComesBack() {
        QTemporaryDir state;
        MainWindow window(state.path());
        window.show();
        open(window, writeRuns("e.json", R"({"name":"b"},{"name":"a","start_from":{"run":"b"}})"), 2);
        window.controller().start(at(window, 0).id);
        waitIdle(window);
        window.findChild<RunListPanel*>()->select(at(window, 0).id);
        window.deleteRuns();
        QCOMPARE(window.controller().runs().size(), std::size_t(1));
        QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(window.controller().runs().size(), std::size_t(2));
        window.controller().startAll();
        waitIdle(window);
        QVERIFY2(at(window, 1).state == RunState::Finished, qPrintable(at(window, 1).message));
    }

    void renamedInTheList() {
        QTemporaryDir state;
        MainWindow window(state.path());
        window.show();
        open(window, writeRuns("e.json", R"({"name":"b"},{"name":"a","start_from":{"run":"b"}})"), 2);
        auto* list = window.findChild<RunListPanel*>();
        list->select(at(window, 1).id);
        auto* inspector = window.findChild<InspectorPanel*>();
        QCOMPARE(inspector->shownRun(), at(window, 1).id);
        QAbstractItemModel* model = list->view()->model();
        const QModelIndexList found =
            model->match(model->index(0, 0), Qt::DisplayRole, QStringLiteral("b"), 1, Qt::MatchExactly);
        QCOMPARE(found.size(), 1);
        QVERIFY(model->setData(found[0], QStringLiteral("base")));
        QCOMPARE(at(window, 1).config.startFrom->run, std::string("base"));
        for (const QComboBox* box : inspector->findChildren<QComboBox*>())
            if (box->accessibleName() == QLatin1String("First weights"))
                QCOMPARE(box->currentText(), QStringLiteral("of “base”"));
        window.controller().startAll();
        waitIdle(window);
        QCOMPARE(at(window, 1).state, RunState::Finished);
    }

    void stoppedAndFailedRunsCloseWithoutWaiting() {
        QTemporaryDir state;
        MainWindow window(state.path());
        window.show();
        open(
            window,
            writeRuns(
                "e.json",
                R"({"name":"long","epochs":100000},{"name":"a","start_from":{"run":"long"}},{"name":"b","start_from":{"run":"a"}})"),
            3);
        QSignalSpy steps(&window.controller(), &RunController::stepsAppended);
        window.startOrPause();
        QVERIFY(steps.wait(patience));
        QCOMPARE(at(window, 1).state, RunState::Waiting);
        window.startOrPause(); // pauses the one and puts the others back
        QCOMPARE(at(window, 0).state, RunState::Paused);
        QCOMPARE(at(window, 1).state, RunState::Ready);
        window.startOrPause();
        QCOMPARE(at(window, 0).state, RunState::Running);
        QCOMPARE(at(window, 2).state, RunState::Waiting);
        window.stopRuns();
        waitIdle(window);
        QCOMPARE(at(window, 0).state, RunState::Cancelled);
        QCOMPARE(at(window, 1).state, RunState::Ready);
        QCOMPARE(at(window, 2).state, RunState::Ready);
    }
};

QTEST_MAIN(TestMainWindowSources)
#include "tst_main_window_sources.moc"
