// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/control/run_controller.h"
#include "app/panels/inspector_panel.h"
#include "app/panels/number_edit.h"
#include "app/panels/schedule_card.h"
#include "app/panels/schedule_editor.h"
#include "app/panels/schedule_gallery.h"
#include "app/panels/schedule_preview.h"
#include "tests/this_build.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace ratescope;

class TestInspector : public QObject {
    Q_OBJECT

private:
    DataCatalog m_catalog{sourceDir("/resources")};
    DatasetStore m_datasets;

    /// The visible editor of that accessible name.
    template <typename Editor>
    static Editor* editor(const QWidget& panel, const char* name) {
        for (Editor* one : panel.findChildren<Editor*>())
            if (one->accessibleName() == QLatin1String(name)) return one;
        return nullptr;
    }

    static void type(QLineEdit* line, const char* text) {
        line->clear();
        QTest::keyClicks(line, QString::fromLatin1(text));
    }

private Q_SLOTS:
    void everyFamilyCanBeChosenAndIsValid() {
        RunController controller(m_catalog, m_datasets, nullptr, {});
        const RunId id = controller.add({});
        InspectorPanel panel(controller);
        panel.showRun(id);
        panel.show();
        auto* button = editor<QAbstractButton>(panel, "Schedule");
        QVERIFY(button);
        for (std::size_t i = scheduleTable().size(); i-- > 0;) {
            const std::string& type = scheduleTable()[i].type;
            button->click();
            const auto* gallery = panel.findChild<ScheduleGallery*>();
            QVERIFY(gallery);
            QCOMPARE(gallery->cards().size(), scheduleTable().size());
            gallery->cards()[i]->click();
            delete gallery;
            const RunPointer run = controller.find(id);
            QCOMPARE(run->config.schedule.type, type);
            QCOMPARE(button->text(), QString::fromStdString(scheduleTable()[i].label));
            QVERIFY(run->config.validate().empty());
        }
    }

    void eachKeystrokeReachesTheRun() {
        RunController controller(m_catalog, m_datasets, nullptr, {});
        const RunId id = controller.add({});
        InspectorPanel panel(controller);
        panel.showRun(id);
        panel.show();
        QSignalSpy changes(&controller, &RunController::runChanged);
        auto* rate = editor<NumberEdit>(panel, "Learning rate");
        type(rate, "3e-2");
        QCOMPARE(controller.find(id)->config.schedule.values.find("lr"), std::optional(0.03));
        QVERIFY(changes.size() >= 2); // 3 was a rate already, 3e none, 3e-2 is one
        type(rate, "0,5"); // a comma is a point
        QCOMPARE(controller.find(id)->config.schedule.values.find("lr"), std::optional(0.5));
        QTest::keyClick(rate, Qt::Key_Up);
        QCOMPARE(controller.find(id)->config.schedule.values.find("lr"), std::optional(0.631));
        editor<QSpinBox>(panel, "Batch size")->setValue(100);
        QCOMPARE(controller.find(id)->config.batchSize, 100U);
        QCOMPARE(controller.find(id)->length, (RunLength{2400, 480}));
        editor<QComboBox>(panel, "Epochs or steps")->setCurrentIndex(1);
        editor<QSpinBox>(panel, "How long it trains")->setValue(77);
        QCOMPARE(controller.find(id)->length.steps, std::uint64_t(77));
        type(editor<QLineEdit>(panel, "Seed"), "12");
        QCOMPARE(controller.find(id)->config.seed, std::uint64_t(12));
        editor<QComboBox>(panel, "Initial weights")->setCurrentIndex(1);
        QCOMPARE(controller.find(id)->config.init, Init::He);
        type(editor<NumberEdit>(panel, "Momentum"), "0.9");
        QCOMPARE(controller.find(id)->config.optimizer.values.find("momentum"), std::optional(0.9));
        QVERIFY(panel.findChild<SchedulePreview*>()->accessibleDescription().contains(QStringLiteral("0.631")));
    }

    void whatIsWrongIsSaidAndChangesNothing_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("place");
        QTest::newRow("rate 0") << "Learning rate" << "0" << "schedule.lr";
        QTest::newRow("no number") << "Learning rate" << "fast" << "schedule.lr";
        QTest::newRow("empty") << "Learning rate" << "" << "schedule.lr";
        QTest::newRow("layers") << "Layers" << "dense 10, relu" << "network[1]";
        QTest::newRow("no layer") << "Layers" << "convolution 3" << "layers";
        QTest::newRow("seed") << "Seed" << "-1" << "seed";
        QTest::newRow("momentum") << "Momentum" << "2" << "optimizer.momentum";
    }

    void whatIsWrongIsSaidAndChangesNothing() {
        QFETCH(const QString, name);
        QFETCH(const QString, text);
        QFETCH(const QString, place);
        RunController controller(m_catalog, m_datasets, nullptr, {});
        const RunId id = controller.add({});
        InspectorPanel panel(controller);
        panel.showRun(id);
        panel.show();
        const RunConfig before = controller.find(id)->config;
        auto* line = editor<QLineEdit>(panel, name.toLatin1());
        QVERIFY(line);
        line->setText(text);
        Q_EMIT line->textEdited(text);
        QCOMPARE(controller.find(id)->config.schedule, before.schedule);
        QCOMPARE(controller.find(id)->config.network, before.network);
        QCOMPARE(controller.find(id)->config.seed, before.seed);
        const auto* problem = editor<QLabel>(panel, "What is wrong with the configuration");
        QVERIFY(problem->isVisible());
        QVERIFY2(problem->text().contains(place), qPrintable(problem->text()));
    }

    void aRangeTestHasItsOwnFields() {
        RunController controller(m_catalog, m_datasets, nullptr, {});
        const RunId id = controller.add({});
        InspectorPanel panel(controller);
        panel.showRun(id);
        panel.show();
        editor<QComboBox>(panel, "Training or range test")->setCurrentIndex(1);
        QVERIFY(controller.find(id)->isRangeTest());
        QVERIFY(!editor<QAbstractButton>(panel, "Schedule")->isVisible());
        type(editor<NumberEdit>(panel, "Last rate"), "5");
        QCOMPARE(controller.find(id)->config.rangeTest->to, 5.0);
        type(editor<NumberEdit>(panel, "First rate"), "7"); // above the last
        QVERIFY(editor<QLabel>(panel, "What is wrong with the configuration")->isVisible());
        QCOMPARE(controller.find(id)->config.rangeTest->from, 1e-5);
        editor<QComboBox>(panel, "Training or range test")->setCurrentIndex(0);
    }

    void aDuplicateDiffersInWhatIsChangedAlone() {
        RunController controller(m_catalog, m_datasets, nullptr, {});
        RunConfig config;
        config.validation = 0.125;
        config.optimizer.values.set("momentum", 0.123456789);
        const RunId id = controller.add(config);
        InspectorPanel panel(controller);
        panel.showRun(id);
        panel.show();
        type(editor<QLineEdit>(panel, "Seed"), "5");
        config.seed = 5;
        const RunConfig after = controller.find(id)->config;
        QCOMPARE(after.seed, config.seed);
        QCOMPARE(after.validation, config.validation);
        QCOMPARE(after.optimizer.values.find("momentum"), config.optimizer.values.find("momentum"));
        QCOMPARE(after.schedule, config.schedule);
    }

    void aRunThatHasBegunIsOnlyLookedAt() {
        RunController controller(m_catalog, m_datasets, nullptr, {});
        RunRecord record;
        record.config.color = "#0072b2";
        record.state = RunState::Finished;
        const RunId id = controller.adopt(record, false);
        InspectorPanel panel(controller);
        panel.showRun(id);
        panel.show();
        QVERIFY(!editor<QAbstractButton>(panel, "Schedule")->isEnabled());
        QVERIFY(!editor<QSpinBox>(panel, "Batch size")->isEnabled());
        QSignalSpy wanted(&panel, &InspectorPanel::duplicateRequested);
        panel.findChild<QPushButton*>()->click();
        QCOMPARE(wanted.size(), 1);
        auto* name = editor<QLineEdit>(panel, "Name of the run");
        name->setText(QStringLiteral("better name"));
        Q_EMIT name->editingFinished();
        QCOMPARE(controller.find(id)->config.name, std::string("better name"));
        controller.remove(id);
        QCOMPARE(panel.shownRun(), RunId(0));
    }
};

QTEST_MAIN(TestInspector)
#include "tst_inspector.moc"
