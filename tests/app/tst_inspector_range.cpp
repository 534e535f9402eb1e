// SPDX-License-Identifier: GPL-3.0-or-later
// Range tests in the inspector: what each kind has to be asked, curves from elsewhere, and the line on a run's zones.
#include "app/panels/number_edit.h"
#include "app/panels/zone_note.h"
#include "core/analysis/rate_zones.h"
#include "tests/app/gui_helpers.h"
#include "tests/app/inspector_fixture.h"

#include <QPushButton>
#include <QSpinBox>
#include <QUndoStack>

using namespace ratescope;

class TestInspectorRange : public InspectorFixture {
    Q_OBJECT

private:
    void pickTest(RangeTestKind kind) const { pick("Kind of range test", static_cast<int>(kind)); }
    const RangeTestSpec& test(RunId id) const { return *config(id).rangeTest; }
    RunConfig tinyTest(const RangeTestSpec& spec, const std::string& name = "t") const {
        RunConfig made = tiny(name);
        made.rangeTest = spec;
        return made;
    }
    /// A finished test of the runs that tiny() makes, whose loss has a valley at 0.1.
    RunId addFinishedTest() {
        auto record = *finishedRangeTest(1);
        const RangeTestSpec spec = *record.config.rangeTest;
        record.config = tinyTest(spec, "found");
        return m_controller->adopt(record, false);
    }
    QString zones() const {
        const auto* note = m_panel->findChild<ZoneNote*>();
        return note->isVisible() ? note->text() : QString();
    }

private Q_SLOTS:
    void init() { restart(); }
    void cleanup() { end(); }

    void eachKindAsksForWhatItUses_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QStringList>("shown");
        const auto row = [](const char* name, RangeTestKind kind, const QStringList& shown) {
            QTest::newRow(name) << static_cast<int>(kind) << shown;
        };
        const QString rates = QStringLiteral("Number of rates");
        const QString spacing = QStringLiteral("Spacing of the rates");
        const QString perRate = QStringLiteral("Steps per rate");
        const QString smoothing = QStringLiteral("Smoothing of the range test");
        const QString stop = QStringLiteral("Stop factor");
        const QString validation = QStringLiteral("Validation samples of the range test");
        row("sweep", RangeTestKind::Sweep, {rates, spacing, smoothing, stop, validation});
        row("fresh start", RangeTestKind::FreshStart, {rates, spacing, perRate, stop, validation});
        row("halving", RangeTestKind::Halving, {perRate, QStringLiteral("Number of rates, at most")});
        row("sensitivity", RangeTestKind::Sensitivity, {rates, spacing, perRate, validation});
    }
    void eachKindAsksForWhatItUses() {
        QFETCH(const int, kind);
        QFETCH(const QStringList, shown);
        const RunId id = show(tinyTest({}));
        pickTest(static_cast<RangeTestKind>(kind));
        for (const char* name : {"Number of rates", "Number of rates, at most", "Spacing of the rates", "Steps per rate",
                                 "Smoothing of the range test", "Stop factor", "Validation samples of the range test"}) {
            const auto* one = editor<QWidget>(name);
            QVERIFY2(one, name);
            QVERIFY2(one->isVisible() == shown.contains(QLatin1String(name)), name);
        }
        for (const char* name : {"First rate", "Last rate"})
            QVERIFY2(editor<QWidget>(name)->isVisible(), name);
        QCOMPARE(static_cast<int>(test(id).kind), kind);
        QVERIFY(config(id).validate().empty());
        QCOMPARE(problem(), QString());
    }

    void aNewKindBringsItsDefaults() {
        const RunId id = show(tinyTest({.from = 1e-3, .to = 8.0}));
        pickTest(RangeTestKind::Sensitivity);
        RangeTestSpec expected = RangeTestSpec::of(RangeTestKind::Sensitivity);
        expected.from = 1e-3;
        expected.to = 8.0;
        QVERIFY(test(id) == expected);
        QCOMPARE(editor<QSpinBox>("Steps per rate")->text(), QStringLiteral("an epoch"));
        pickTest(RangeTestKind::FreshStart);
        QCOMPARE(test(id).stepsPerRate, RangeTestSpec::of(RangeTestKind::FreshStart).stepsPerRate);
        QCOMPARE(test(id).steps, std::uint64_t(100));
        QCOMPARE(test(id).validation, 0U);
        pickTest(RangeTestKind::Halving);
        QCOMPARE(test(id).steps, std::uint64_t(13)); // 8, 4 … 8/2^12 = 0.00195
        QCOMPARE(editor<QLabel>("Number of rates, at most")->text(), QStringLiteral("at most 13"));
        type("First rate", "1");
        QCOMPARE(test(id).steps, std::uint64_t(4));
        QCOMPARE(editor<QLabel>("Number of rates, at most")->text(), QStringLiteral("at most 4"));
        pickTest(RangeTestKind::Sweep);
        QVERIFY(test(id) == (RangeTestSpec{.from = 1.0, .to = 8.0}));
    }

    void whatSomebodyHasSetStays() {
        const RunId id = show(tinyTest({}));
        editor<QSpinBox>("Number of rates")->setValue(40);
        pick("Spacing of the rates", 1);
        type("Stop factor", "9");
        editor<QSpinBox>("Validation samples of the range test")->setValue(20);
        pickTest(RangeTestKind::FreshStart);
        QCOMPARE(test(id).steps, std::uint64_t(40));
        QVERIFY(!test(id).exponential);
        QCOMPARE(test(id).stopFactor, 9.0);
        QCOMPARE(test(id).smoothing, 0.0);
        editor<QSpinBox>("Steps per rate")->setValue(3);
        pickTest(RangeTestKind::Sensitivity);
        QCOMPARE(test(id).steps, std::uint64_t(40));
        QCOMPARE(test(id).stepsPerRate, std::uint64_t(3));
        QCOMPARE(test(id).validation, 20U);
        QCOMPARE(test(id).stopFactor, RangeTestSpec{}.stopFactor); // which it does not use
    }

    void aKindIsOneUndo() {
        QUndoStack undo;
        m_panel->setUndoStack(&undo);
        const RunId id = show(tinyTest({}));
        pickTest(RangeTestKind::Halving);
        QCOMPARE(undo.count(), 1);
        undo.undo();
        QVERIFY(test(id) == RangeTestSpec{});
        QVERIFY(!editor<QWidget>("Steps per rate")->isVisible());
        undo.redo();
        QCOMPARE(test(id).kind, RangeTestKind::Halving);
        QVERIFY(editor<QWidget>("Steps per rate")->isVisible());
    }

    void withoutHeldOutSamplesNoneAreAsked() {
        RunConfig made = tinyTest({});
        made.validation = 0.0;
        const RunId id = show(made);
        QVERIFY(!editor<QSpinBox>("Validation samples of the range test")->isEnabled());
        pickTest(RangeTestKind::Sensitivity);
        QCOMPARE(problem(), QString());
        QCOMPARE(test(id).kind, RangeTestKind::Sensitivity);
        QCOMPARE(test(id).validation, 0U);
    }

    void whatIsWrongIsSaid() {
        const RunId id = show(tinyTest({}));
        type("First rate", "much");
        QVERIFY2(problem().contains(QStringLiteral("range_test.from")), qPrintable(problem()));
        QCOMPARE(test(id).from, 1e-5);
        pickTest(RangeTestKind::Halving); // what is half typed stays
        QCOMPARE(editor<QLineEdit>("First rate")->text(), QStringLiteral("much"));
        type("First rate", "0.1");
        QCOMPARE(problem(), QString());
        QCOMPARE(test(id).kind, RangeTestKind::Halving);
    }

    void aCurveFromElsewhereIsOnlyShown() {
        auto record = *finishedRangeTest(1);
        record.origin = QStringLiteral("lr_find.csv, 3 November");
        const RunId id = m_controller->adopt(record, false);
        m_panel->showRun(id);
        m_panel->show();
        QCOMPARE(editor<QLabel>("Where the curve comes from")->text(), record.origin);
        QVERIFY(editor<QLabel>("Where the curve comes from")->isVisible());
        QVERIFY(!editor<QLabel>("Colour of the run")->pixmap().isNull());
        for (const char* name :
             {"Training or range test", "Kind of range test", "Batch size", "Network", "Seed", "Optimizer"})
            QVERIFY2(!editor<QWidget>(name)->isVisible(), name);
        for (const char* text : {"Duplicate", "As code…"})
            for (const QPushButton* button : m_panel->findChildren<QPushButton*>())
                QVERIFY2(button->text() != QString::fromUtf8(text) || !button->isVisible(), text);
        auto* name = editor<QLineEdit>("Name of the run");
        QVERIFY(name->isVisible());
        name->setText(QStringLiteral("theirs"));
        Q_EMIT name->editingFinished();
        QCOMPARE(m_controller->find(id)->config.name, std::string("theirs"));
        // The next run is its own again.
        show(tiny("own"));
        QVERIFY(!editor<QLabel>("Where the curve comes from")->isVisible());
        QVERIFY(editor<QWidget>("Batch size")->isVisible());
    }

    void aRunSaysHowItLiesInTheZones() {
        const RunPointer found = m_controller->find(addFinishedTest());
        const auto borders = zonesOf(*found);
        QVERIFY(borders && borders->fastFrom && borders->edgeFrom && borders->divergingFrom);
        const double edge = *borders->edgeFrom;
        const double end = *borders->divergingFrom;
        RunConfig made = tiny("run");
        made.duration.steps = 100;
        // From twice where it diverges evenly down to nothing: the first half of its steps, and the one in the middle.
        made.schedule = {"linear", TimeUnit::Step, {}};
        made.schedule.values.set("lr", 2.0 * end);
        const RunId id = show(made);
        const QString line =
            QStringLiteral("%1 of 100 steps lie beyond the edge (%2) of “found”.").arg(51).arg(end, 0, 'g', 4);
        QTRY_COMPARE(zones(), line);
        pickFamily("constant");
        type("Learning rate", QString::number(0.5 * (edge + end)));
        QTRY_COMPARE(zones(),
                     QStringLiteral("100 of 100 steps lie at the edge (from %1 on) of “found”, none beyond it.")
                         .arg(edge, 0, 'g', 4));
        type("Learning rate", QString::number(0.5 * (*borders->fastFrom + edge)));
        QTRY_COMPARE(zones(), QStringLiteral("All steps lie in the fast zone of “found”."));
        type("Learning rate", QString::number(0.5 * *borders->fastFrom));
        QTRY_COMPARE(zones(), QStringLiteral("0 of 100 steps lie in the fast zone of “found”, none beyond its edge."));
        m_controller->setVisible(found->id, false); // then it speaks for nothing
        QTRY_COMPARE(zones(), QString());
        m_controller->setVisible(found->id, true);
        QTRY_VERIFY(!zones().isEmpty());
        editor<QSpinBox>("Batch size")->setValue(8); // another run than it tested
        QTRY_COMPARE(zones(), QString());
        QVERIFY(m_controller->find(id));
    }

    void aLongRunIsCountedToo() {
        addFinishedTest();
        RunConfig made = tiny("long");
        made.duration.steps = 3'000'000;
        made.schedule = RunConfig::constantSchedule(5.0);
        show(made);
        QTRY_VERIFY(zones().startsWith(QStringLiteral("3,000,000 of 3,000,000 steps lie beyond the edge")));
    }
};

QTEST_MAIN(TestInspectorRange)
#include "tst_inspector_range.moc"
