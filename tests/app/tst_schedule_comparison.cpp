// SPDX-License-Identifier: GPL-3.0-or-later
// Schedules beside each other before anything is trained: the dialog by itself, and what the window does with it.
#include "app/main_window.h"
#include "app/panels/number_edit.h"
#include "app/panels/run_list_panel.h"
#include "app/panels/schedule_card.h"
#include "app/panels/schedule_comparison.h"
#include "app/panels/schedule_editor.h"
#include "app/panels/schedule_gallery.h"
#include "app/panels/schedule_plot.h"
#include "core/schedule/handles.h"
#include "tests/app/gui_helpers.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>

using namespace ratescope;

namespace {

template <typename Widget> Widget* byText(const QWidget& root, const char* text) {
    for (Widget* one : root.findChildren<Widget*>())
        if (one->text() == QString::fromUtf8(text)) return one;
    return nullptr;
}

template <typename Widget> Widget* byName(const QWidget& root, const char* name) {
    for (Widget* one : root.findChildren<Widget*>())
        if (one->accessibleName() == QLatin1String(name)) return one;
    return nullptr;
}

} // namespace

class TestScheduleComparison : public QObject {
    Q_OBJECT

private:
    static constexpr std::uint32_t samples = 6400; // a hundred steps an epoch

    static NamedSchedule named(const char* type, const char* color = "") {
        return {QString::fromLatin1(type), QString::fromLatin1(color),
                suggestedSchedule(type, 0.1, 500, TimeUnit::Step)};
    }

    QTemporaryDir m_state;

private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_state.path());
    }

    void whatIsInTheListIsInThePlot() {
        ScheduleComparison dialog(RunConfig{}, samples);
        dialog.setSchedules({named("constant", "#0072b2"), named("cosine", "#d55e00"), named("cosine")});
        dialog.show();
        QCOMPARE(dialog.list()->count(), 3);
        QCOMPARE(dialog.schedules()[2].name, QStringLiteral("cosine 2")); // names differ
        QCOMPARE(dialog.schedules()[2].color, QStringLiteral("#009e73")); // and so do colours
        dialog.plot()->setCrosshair(250);
        QCOMPARE(dialog.plot()->readings().size(), std::size_t(3));
        QCOMPARE(dialog.plot()->readings()[0].rate, 0.1);
        QCOMPARE(dialog.plot()->readings()[1].rate, Schedule(named("cosine").spec, {500, 100}).at(250));
        dialog.list()->item(0)->setCheckState(Qt::Unchecked);
        QCOMPARE(dialog.plot()->readings().size(), std::size_t(2));
        QVERIFY(countPixels(dialog.plot()->grab().toImage(), dialog.plot()->rect(), QColor(0, 0x9e, 0x73)) > 100);
    }

    void theSelectedOneIsEdited() {
        ScheduleComparison dialog(RunConfig{}, samples);
        dialog.setSchedules({named("constant"), named("linear")});
        dialog.list()->setCurrentRow(1);
        QCOMPARE(dialog.editor()->spec().type, std::string("linear"));
        auto* line = byName<NumberEdit>(*dialog.editor(), "Learning rate");
        line->clear();
        QTest::keyClicks(line, QStringLiteral("0.7"));
        QCOMPARE(dialog.schedules()[1].spec.values.find("lr"), std::optional(0.7));
        QCOMPARE(dialog.schedules()[0].spec, named("constant").spec);
        dialog.plot()->setCrosshair(0);
        QCOMPARE(dialog.plot()->readings()[0].rate, 0.7);
        // What is no number is said; the curve stays as it was.
        QTest::keyClicks(line, QStringLiteral("x"));
        const auto* problem = byName<QLabel>(dialog, "What is wrong with the schedule");
        QCOMPARE(problem->text().section(QLatin1Char(' '), 0, 3), QStringLiteral("schedule.lr is no number;"));
        QCOMPARE(dialog.plot()->readings()[0].rate, 0.7);
        QVERIFY(!byText<QPushButton>(dialog, "New runs")->isEnabled());
        QTest::keyClick(line, Qt::Key_Backspace);
        QVERIFY(problem->text().isEmpty() && byText<QPushButton>(dialog, "New runs")->isEnabled());
    }

    void addedDuplicatedAndRemoved() {
        ScheduleComparison dialog(RunConfig{}, samples);
        dialog.setSchedules({named("constant")});
        byText<QPushButton>(dialog, "Add…")->click();
        auto* gallery = dialog.findChild<ScheduleGallery*>();
        QVERIFY(gallery);
        for (ScheduleCard* card : gallery->cards())
            if (card->family().type == "one_cycle") card->click();
        QCOMPARE(dialog.list()->count(), 2);
        QCOMPARE(dialog.list()->currentRow(), 1);
        QCOMPARE(dialog.schedules()[1].name, QStringLiteral("One cycle"));
        QCOMPARE(dialog.schedules()[1].spec.values.find("max_lr"), std::optional(0.1)); // as the one that was selected
        byText<QToolButton>(dialog, "Duplicate")->click();
        QCOMPARE(dialog.schedules()[2].name, QStringLiteral("One cycle 2"));
        QCOMPARE(dialog.schedules()[2].spec, dialog.schedules()[1].spec);
        dialog.editor()->chooseFamily("cosine"); // a family's name follows the family
        QCOMPARE(dialog.list()->item(2)->text(), QStringLiteral("Cosine"));
        dialog.list()->setCurrentRow(0);
        byText<QToolButton>(dialog, "Remove")->click();
        QCOMPARE(dialog.list()->count(), 2);
        dialog.list()->item(0)->setText(QStringLiteral("mine"));
        QCOMPARE(dialog.schedules()[0].name, QStringLiteral("mine"));
    }

    void theLengthIsForAll() {
        ScheduleComparison dialog(RunConfig{}, samples);
        dialog.setSchedules({named("cosine"), named("linear")});
        dialog.plot()->setCrosshair(499);
        QCOMPARE(dialog.plot()->readings().size(), std::size_t(2));
        byName<QSpinBox>(dialog, "Length of the schedules")->setValue(2); // epochs
        QCOMPARE(dialog.plot()->crosshair(), std::optional<std::uint64_t>(199));
        byName<QComboBox>(dialog, "Epochs or steps")->setCurrentIndex(1);
        byName<QSpinBox>(dialog, "Length of the schedules")->setValue(50);
        QCOMPARE(dialog.duration().steps, std::optional<std::uint64_t>(50));
        dialog.plot()->setCrosshair(49);
        QCOMPARE(dialog.plot()->readings()[0].rate,
                 std::max(Schedule(named("cosine").spec, {50, 100}).at(49), 0.1 / 50.0));
        byName<QComboBox>(dialog, "What the plot's x axis counts")->setCurrentIndex(1);
        QVERIFY(dialog.plot()->isInEpochs());
        byName<QToolButton>(dialog, "Logarithmic rate axis")->click();
        QVERIFY(dialog.plot()->rateAxis().logarithmic);
    }

    void newRunsAreThoseThatAreShown() {
        ScheduleComparison dialog(RunConfig{}, samples);
        dialog.setSchedules({named("constant"), named("linear"), named("cosine")});
        dialog.list()->item(1)->setCheckState(Qt::Unchecked);
        std::vector<NamedSchedule> wanted;
        connect(&dialog, &ScheduleComparison::newRunsRequested, this,
                [&](const auto& schedules, const RunDuration& duration) {
                    wanted = schedules;
                    QCOMPARE(duration.epochs, std::uint64_t(5));
                });
        byText<QPushButton>(dialog, "New runs")->click();
        QCOMPARE(wanted.size(), std::size_t(2));
        QCOMPARE(wanted[1].spec, named("cosine").spec);
        QVERIFY(!byText<QPushButton>(dialog, "Use in the run")->isEnabled()); // there is none
        dialog.setTarget(QStringLiteral("run"));
        ScheduleSpec used;
        connect(&dialog, &ScheduleComparison::useRequested, this, [&](const ScheduleSpec& spec) { used = spec; });
        byText<QPushButton>(dialog, "Use in the run")->click();
        QCOMPARE(used, named("constant").spec);
    }

    void theWindowAddsRunsThatCanBeUndone() {
        MainWindow window(m_state.path());
        window.show();
        RunConfig config;
        config.name = "base";
        config.batchSize = 100;
        config.seed = 7;
        config.schedule = named("step").spec;
        const RunId base = window.controller().add(config);
        auto* list = window.findChild<RunListPanel*>();
        list->select(base);
        window.compareSchedules();
        auto* dialog = window.findChild<ScheduleComparison*>();
        QVERIFY(dialog);
        QCOMPARE(dialog->schedules().size(), std::size_t(1)); // it starts with the selected run's
        QCOMPARE(dialog->schedules()[0].name, QStringLiteral("base"));
        QCOMPARE(dialog->schedules()[0].spec, config.schedule);
        dialog->addSchedule("cosine");
        byText<QPushButton>(*dialog, "New runs")->click();
        const auto& runs = window.controller().runs();
        QCOMPARE(runs.size(), std::size_t(3));
        QCOMPARE(runs[1]->config.name, std::string("base 2"));
        QCOMPARE(runs[2]->config.name, std::string("Cosine"));
        QCOMPARE(runs[2]->config.schedule.type, std::string("cosine"));
        QVERIFY(runs[2]->config.batchSize == 100 && runs[2]->config.seed == 7 && runs[2]->state == RunState::Ready);
        QVERIFY(runs[2]->config.validate().empty());
        window.findChild<QUndoStack*>()->undo(); // both at one stroke
        QCOMPARE(window.controller().runs().size(), std::size_t(1));

        list->select(base);
        byText<QPushButton>(*dialog, "Use in the run")->click();
        QCOMPARE(window.controller().find(base)->config.schedule.type, std::string("cosine"));
        window.findChild<QUndoStack*>()->undo();
        QCOMPARE(window.controller().find(base)->config.schedule, config.schedule);
    }

    void whatIsRefusedIsTold() {
        MainWindow window(m_state.path());
        window.show();
        RunConfig config;
        config.name = "base";
        window.findChild<RunListPanel*>()->select(window.controller().add(config));
        window.compareSchedules();
        ScheduleSpec negative = named("constant").spec;
        negative.values.set("lr", -1);
        Q_EMIT window.findChild<ScheduleComparison*>()->useRequested(negative);
        QCOMPARE(window.statusBar()->currentMessage(),
                 QStringLiteral("schedule.lr: is -1; allowed: a number above 0 and at most 1e+06"));
    }

    void aRunThatHasBegunKeepsItsSchedule() {
        MainWindow window(m_state.path());
        window.show();
        window.controller().adopt(*finishedRun(1, 300), true);
        window.findChild<RunListPanel*>()->select(1);
        window.compareSchedules();
        auto* dialog = window.findChild<ScheduleComparison*>();
        QVERIFY(!byText<QPushButton>(*dialog, "Use in the run")->isEnabled());
        QVERIFY(byText<QPushButton>(*dialog, "New runs")->isEnabled());
        window.compareSchedules(); // the same once more
        QCOMPARE(window.findChildren<ScheduleComparison*>().size(), 1);
    }
};

QTEST_MAIN(TestScheduleComparison)
#include "tst_schedule_comparison.moc"
