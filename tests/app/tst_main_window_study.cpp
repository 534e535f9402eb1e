// SPDX-License-Identifier: GPL-3.0-or-later
// What a study keeps beside its runs (notes, layout), work that an earlier start left behind, and logs of other programs.
#include "app/main_window.h"
#include "app/panels/notes_panel.h"
#include "app/panels/recovery_dialog.h"
#include "app/plots/plot_page.h"
#include "app/plots/plot_view_json.h"
#include "app/study/process_lock.h"
#include "tests/app/study_fixture.h"

#include <QDir>
#include <QDockWidget>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>

#include <nlohmann/json.hpp>

#include <sys/stat.h>

using namespace ratescope;

namespace {

constexpr int patience = 60'000; // ms

QString study(const QTemporaryDir& folder, const QString& name, const std::vector<std::string>& runs) {
    const QString path = folder.filePath(name);
    StudyFile file(path.toStdString(), StudyFile::Access::Write);
    for (const std::string& run : runs) put(file, fullRecord(run, RunState::Finished));
    file.settle();
    return path;
}

std::vector<RunRecord> runsIn(const QString& path) {
    return StudyFile(path.toStdString(), StudyFile::Access::Read).readRuns();
}

/// The plots' settings are of this test alone.
void forgetSettings() { QSettings().clear(); }

} // namespace

class TestMainWindowStudy : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("ratescope-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_main_window_study"));
    }
    void init() { forgetSettings(); }

    void layoutAndNotesComeBack() {
        QTemporaryDir folder;
        QTemporaryDir state;
        const QString path = study(folder, QStringLiteral("s.ratescope"), {"a", "b"});
        {
            MainWindow window(state.path());
            window.show();
            window.openFiles({path});
            QTRY_COMPARE_WITH_TIMEOUT(window.controller().runs().size(), std::size_t(2), patience);
            auto* notes = window.findChild<NotesPanel*>();
            notes->setEditing(true);
            notes->findChild<QPlainTextEdit*>()->setPlainText(QStringLiteral("**Größe** matters"));
            notes->setEditing(false);
            PlotView view = window.plots().view();
            view.smoothing = 0.5;
            view.logLoss = true;
            view.arrangement = Arrangement::Stacked;
            view.steps = AxisRange{10.0, 60.0};
            window.plots().setView(view);
            window.close();
        }
        forgetSettings(); // it is the study that remembers
        MainWindow window(state.path());
        window.show();
        window.openFiles({path});
        QTRY_COMPARE_WITH_TIMEOUT(window.controller().runs().size(), std::size_t(2), patience);
        const PlotView& view = window.plots().view();
        QCOMPARE(view.smoothing, 0.5);
        QVERIFY(view.logLoss);
        QCOMPARE(view.arrangement, Arrangement::Stacked);
        QVERIFY((view.steps == AxisRange{10.0, 60.0}));
        QCOMPARE(window.findChild<NotesPanel*>()->notes(), QStringLiteral("**Größe** matters"));
    }

    /// Ctrl+S says that everything is kept only where it is.
    void savingSaysWhatIsNotSaved() {
        QTemporaryDir folder;
        QTemporaryDir state;
        const QString path = study(folder, QStringLiteral("s.ratescope"), {"a"});
        MainWindow window(state.path());
        window.show();
        window.openFiles({path});
        QTRY_COMPARE_WITH_TIMEOUT(window.controller().runs().size(), std::size_t(1), patience);
        QLabel* place = nullptr;
        for (auto* one : window.findChildren<QLabel*>())
            if (one->accessibleName() == QStringLiteral("Where the study is kept")) place = one;
        QTRY_VERIFY_WITH_TIMEOUT(place->text().startsWith(QStringLiteral("Saved in")), patience);
        QVERIFY(QFile::remove(path));
        window.controller().setName(window.controller().runs()[0]->id, "b");
        QTRY_VERIFY_WITH_TIMEOUT(place->text().startsWith(QStringLiteral("NOT SAVED")), patience);
        window.save();
        auto* box = window.findChild<QMessageBox*>();
        QVERIFY(box && box->isVisible());
        QVERIFY2(box->text().contains(QStringLiteral("is not there any more")), qPrintable(box->text()));
        box->close();
        window.expectEnd(); // nobody answers
    }

    void strangeLayoutsChangeNothing_data() {
        QTest::addColumn<QByteArray>("json");
        for (const char* text : {"[]", "{}", R"({"smoothing":7,"step_unit":"years","quantity":3})",
                                 R"({"ranges":{"steps":[5,1],"loss":[1],"lr":["a","b"],"test_lr":[-1e308,1e308]}})",
                                 R"({"log_loss":"yes","reference":5,"zones_of":"nobody","large":"page"})"})
            QTest::newRow(text) << QByteArray(text);
    }

    void strangeLayoutsChangeNothing() {
        QFETCH(const QByteArray, json);
        const PlotView before;
        const auto nobody = [](const std::string&) { return RunId(0); };
        QVERIFY(viewFromJson(nlohmann::ordered_json::parse(json.toStdString()), before, nobody) == before);
    }

    void viewsComeBackAsTheyWere() {
        PlotView view;
        view.stepUnit = StepUnit::Seconds;
        view.quantity = Quantity::Difference;
        view.reference = 7;
        view.seeds = SeedDrawing::Median;
        view.band = false;
        view.testLower = TestLower::Accuracy;
        view.large = PlotPart::RangeTest;
        view.rate = AxisRange{1e-5, 3.0};
        const auto json = viewToJson(view, [](RunId id) { return "run " + std::to_string(id); });
        const auto named = [](const std::string& name) { return name == "run 7" ? RunId(7) : RunId(0); };
        QVERIFY(viewFromJson(nlohmann::ordered_json::parse(json.dump()), PlotView{}, named) == view);
    }

    /// A study from anybody: neither a picture nor anything else that its notes name is read. A pipe without a writer would
    /// never be done with.
    void notesReadNothing() {
        QTemporaryDir folder;
        const QString pipe = folder.filePath(QStringLiteral("pipe.png"));
        QCOMPARE(mkfifo(qPrintable(pipe), 0600), 0);
        NotesPanel panel;
        panel.setNotes(QStringLiteral("t"), QStringLiteral("![x](%1) ![y](file://%1) <img src=\"%1\">").arg(pipe));
        panel.resize(300, 300);
        QVERIFY(!panel.grab().isNull());
        QVERIFY(panel.findChild<QTextBrowser*>()->toPlainText().contains(QLatin1Char('t')));
    }

    /// Everything is chosen, and nothing that was there is lost or offered again.
    void unsavedWorkIsOffered() {
        QTemporaryDir state;
        const QString first = study(state, QStringLiteral("untitled-1-20260101T000000000.ratescope"), {"a", "b"});
        const QString second = study(state, QStringLiteral("untitled-2-20260101T000000001.ratescope"), {"c"});
        const QString living = study(state, QStringLiteral("untitled-3-20260101T000000002.ratescope"), {"d"});
        const ProcessLock lock((living + QStringLiteral(".lock")).toStdString());
        QVERIFY(lock.isHeld());
        {
            MainWindow window(state.path());
            window.show();
            QTRY_VERIFY_WITH_TIMEOUT(window.findChild<RecoveryDialog*>(), patience);
            auto* dialog = window.findChild<RecoveryDialog*>();
            QCOMPARE(dialog->chosen().size(), 2);
            QVERIFY(!dialog->chosen().contains(living));
            QVERIFY(runsIn(first).size() == 2 && runsIn(second).size() == 1);
            for (QPushButton* button : dialog->findChildren<QPushButton*>())
                if (button->isDefault()) button->click();
            QTRY_COMPARE_WITH_TIMEOUT(window.controller().runs().size(), std::size_t(3), patience);
            // Another window finds what is open here in use.
            MainWindow other(state.path());
            other.show();
            QTest::qWait(0);
            QVERIFY(!other.findChild<RecoveryDialog*>());
            window.leave();
        }
        const QStringList left = QDir(state.path()).entryList({QStringLiteral("untitled-*.ratescope")});
        QCOMPARE(left.size(), 2); // the three runs in one study, and that of the living window
        std::size_t runs = 0;
        for (const QString& file : left) runs += runsIn(state.filePath(file)).size();
        QCOMPARE(runs, std::size_t(4));
    }

    void unsavedWorkCanBeLeft() {
        QTemporaryDir state;
        const QString path = study(state, QStringLiteral("untitled-1-20260101T000000000.ratescope"), {"a"});
        MainWindow window(state.path());
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(window.findChild<RecoveryDialog*>(), patience);
        window.findChild<RecoveryDialog*>()->reject();
        window.close();
        QCOMPARE(runsIn(path).size(), std::size_t(1));
    }

    void logsStandBesideOurs() {
        QTemporaryDir folder;
        QTemporaryDir state;
        const QString path = study(folder, QStringLiteral("s.ratescope"), {"a"});
        const QString log = folder.filePath(QStringLiteral("job.csv"));
        writeText(log.toStdString(), "step,loss,lr,val_loss\n10,2,0.1,\n20,1.5,0.1,1.6\n30,1.25,0.01,\n");
        MainWindow window(state.path());
        window.show();
        window.openFiles({path, log});
        QTRY_COMPARE_WITH_TIMEOUT(window.controller().runs().size(), std::size_t(2), patience);
        const RunPointer run = window.controller().runs()[1];
        QVERIFY(run->isLog());
        QCOMPARE(run->config.name, std::string("job"));
        QVERIFY(!window.grab().isNull());
        window.close();
        const auto kept = runsIn(path);
        QCOMPARE(kept.size(), std::size_t(2));
        QVERIFY((kept[1].stepNumbers == std::vector<std::uint64_t>{10, 20, 30}));
    }
};

QTEST_MAIN(TestMainWindowStudy)
#include "tst_main_window_study.moc"
