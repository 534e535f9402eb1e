// SPDX-License-Identifier: GPL-3.0-or-later
// Closing the window while runs train: one question at most, and everything that was recorded is in the study.
#include "app/main_window.h"
#include "tests/app/app_helpers.h"

#include <QAbstractButton>
#include <QDir>
#include <QMessageBox>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace ratescope;

namespace {

constexpr int patience = 60'000; // ms

/// Accepts message boxes, and counts them.
class Acceptor : public QObject {
public:
    Acceptor() {
        connect(&m_timer, &QTimer::timeout, this, [this] {
            const auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            if (!box) return;
            m_texts << box->text();
            for (QAbstractButton* button : box->buttons())
                if (box->buttonRole(button) == QMessageBox::AcceptRole) button->click();
        });
        m_timer.start(10);
    }
    const QStringList& texts() const { return m_texts; }

private:
    QTimer m_timer;
    QStringList m_texts;
};

} // namespace

class TestMainWindowClosing : public QObject {
    Q_OBJECT

private:
    TestFolder m_folder;
    std::string m_data;

    /// Three runs that never end, one of them paused, after all have made some epochs.
    void train(MainWindow& window) {
        RunConfig config = tinyConfig(m_data, "long", 0.001);
        config.duration.epochs = 1'000'000;
        std::vector<RunId> ids;
        for (int i = 0; i < 3; ++i) ids.push_back(window.controller().add(config));
        QSignalSpy epochs(&window.controller(), &RunController::epochsDone);
        window.controller().startAll();
        for (const RunId id : ids)
            while (window.controller().find(id)->epochs.empty()) QVERIFY(epochs.wait(patience));
        window.controller().pause(ids[1]);
    }

    /// Whether the study holds to the last bit what the window held in the end.
    static void compare(MainWindow& window, const std::filesystem::path& study) {
        const std::vector<RunRecord> kept = readStudy(study);
        const auto& runs = window.controller().runs();
        QCOMPARE(kept.size(), runs.size());
        for (std::size_t i = 0; i < kept.size(); ++i) {
            QCOMPARE(kept[i].config.name, runs[i]->config.name);
            QCOMPARE(kept[i].state, runs[i]->state);
            QVERIFY(kept[i].stepCount() > 0);
            QCOMPARE(kept[i].stepCount(), runs[i]->result.steps);
            QVERIFY(kept[i].losses == runs[i]->losses);
            QVERIFY(kept[i].rates == runs[i]->rates);
            QVERIFY(kept[i].epochs == runs[i]->epochs);
        }
        QCOMPARE(kept.back().state, RunState::Cancelled);
    }

private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, qtText(m_folder.path("settings")));
        m_data = writeTinyData(m_folder);
    }

    void closingAStudyKeepsEverything() {
        const QTemporaryDir state;
        const auto path = m_folder.path("named.ratescope");
        {
            RunHeader header = tinyHeader(1, "before");
            header.state = RunState::Finished;
            StudyFile file(path, StudyFile::Access::Write);
            file.appendSteps(file.addRun(header), someSteps(20));
            file.updateRun(1, [&] {
                header.result.steps = 20;
                return header;
            }());
            file.settle();
        }
        MainWindow window(state.path());
        window.show();
        QSignalSpy added(&window.controller(), &RunController::runAdded);
        window.openFiles({qtText(path)});
        QVERIFY(added.wait(patience));
        train(window);
        const Acceptor acceptor;
        QVERIFY(window.close());
        QCOMPARE(acceptor.texts(), QStringList{QStringLiteral("Runs are still training.")});
        QVERIFY(!window.isVisible());
        QVERIFY(!window.controller().anyActive());
        compare(window, path);
    }

    // SIGTERM, say: nobody is asked, and the unnamed study stays where the next start looks for it.
    void leavingKeepsUnnamedWork() {
        const QTemporaryDir state;
        MainWindow window(state.path());
        window.show();
        train(window);
        const Acceptor acceptor;
        QTimer::singleShot(0, &window, &MainWindow::leave);
        QCOMPARE(QApplication::exec(), 0);
        QVERIFY(acceptor.texts().isEmpty());
        QVERIFY(!window.isVisible());
        const QStringList left = QDir(state.path()).entryList({QStringLiteral("untitled-*.ratescope")});
        QCOMPARE(left.size(), 1);
        compare(window, state.filePath(left.first()).toStdString());
    }

    void theEndOfTheSessionAsksNothing() {
        const QTemporaryDir state;
        MainWindow window(state.path());
        window.show();
        train(window);
        const Acceptor acceptor;
        window.expectEnd();
        QVERIFY(window.controller().anyActive()); // it may be called off
        QVERIFY(window.close());
        QVERIFY(acceptor.texts().isEmpty());
        const QStringList left = QDir(state.path()).entryList({QStringLiteral("untitled-*.ratescope")});
        QCOMPARE(left.size(), 1);
        compare(window, state.filePath(left.first()).toStdString());
    }

    void leavingAnEmptyWindowLeavesNothing() {
        const QTemporaryDir state;
        MainWindow window(state.path());
        window.show();
        QTimer::singleShot(0, &window, &MainWindow::leave);
        QCOMPARE(QApplication::exec(), 0);
        QVERIFY(QDir(state.path()).entryList({QStringLiteral("untitled-*")}).isEmpty());
    }
};

QTEST_MAIN(TestMainWindowClosing)
#include "tst_main_window_closing.moc"
