// SPDX-License-Identifier: GPL-3.0-or-later
// The editor of a schedule by itself: what is set comes back, and what is typed, slid and clicked is what it gives.
#include "app/panels/expression_edit.h"
#include "app/panels/handles_edit.h"
#include "app/panels/milestones_edit.h"
#include "app/panels/number_edit.h"
#include "app/panels/parameter_slider.h"
#include "app/panels/parts_edit.h"
#include "app/panels/schedule_editor.h"
#include "core/schedule/handles.h"
#include "core/schedule/schedule.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <cmath>

using namespace ratescope;

namespace {

const RunLength length{1000, 100};

ScheduleSpec suggested(const char* type, TimeUnit unit = TimeUnit::Step) {
    return suggestedSchedule(type, 0.1, lengthIn(unit, length), unit);
}

template <typename Editor> Editor* named(const QWidget& root, const char* name) {
    for (Editor* one : root.findChildren<Editor*>())
        if (one->accessibleName() == QLatin1String(name) && one->isVisibleTo(&root)) return one;
    return nullptr;
}

void type(QLineEdit* line, const char* text) {
    if (!line) qFatal("no line for %s", text);
    line->clear();
    QTest::keyClicks(line, QString::fromLatin1(text));
    if (!*text) Q_EMIT line->textEdited({});
}

} // namespace

class TestScheduleEditor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsSetComesBack_data() {
        QTest::addColumn<QString>("family");
        QTest::addColumn<int>("unit");
        for (const ScheduleFamily& family : scheduleTable())
            for (const int unit : {0, 1, 2})
                QTest::addRow("%s %d", family.type.c_str(), unit) << QString::fromStdString(family.type) << unit;
    }

    void whatIsSetComesBack() {
        QFETCH(const QString, family);
        QFETCH(const int, unit);
        const std::string type = family.toStdString();
        ScheduleSpec spec = suggested(type.c_str(), static_cast<TimeUnit>(unit));
        ScheduleEditor editor;
        QSignalSpy edits(&editor, &ScheduleEditor::edited);
        editor.setSpec(spec, length);
        QVERIFY(editor.spec() == spec);
        // And with every default spelled out, and other than it is.
        for (const ParameterInfo& info : findScheduleFamily(type)->parameters)
            if (info.isValue() && info.fallback) spec.values.set(info.name, *info.fallback);
        editor.setSpec(spec, length);
        QVERIFY(editor.spec() == spec);
        spec.batchGrowth = findScheduleFamily(type)->decays;
        spec.maxBatch = spec.batchGrowth ? 512 : 0;
        editor.setSpec(spec, length);
        QVERIFY(editor.spec() == spec);
        QCOMPARE(edits.size(), 0); // all this was no person
    }

    void listsComeBack() {
        ScheduleEditor editor;
        ScheduleSpec spec = suggested("multistep");
        spec.milestones = {0.1, 1e9, 1.0 / 3.0};
        editor.setSpec(spec, length);
        QVERIFY(editor.spec() == spec);
        spec = suggested("piecewise");
        spec.points.clear();
        for (int i = 0; i < 2000; ++i) spec.points.push_back({i * 1.1, 1.0 / (i + 3)});
        editor.setSpec(spec, length);
        QVERIFY(editor.spec() == spec);
        ScheduleSpec outer = suggested("sequence");
        outer.parts.insert(outer.parts.begin(), {suggested("sequence"), 100.0});
        outer.parts.insert(outer.parts.begin() + 1, {spec, 0.5});
        editor.setSpec(outer, length);
        QVERIFY(editor.spec() == outer);
    }

    void choosingAFamilyKeepsTheRateAndSuggestsTheRest() {
        ScheduleEditor editor;
        ScheduleSpec spec = suggested("cosine");
        spec.values.set("lr", 0.37);
        editor.setSpec(spec, length);
        QSignalSpy edits(&editor, &ScheduleEditor::edited);
        for (const ScheduleFamily& family : scheduleTable()) {
            editor.chooseFamily(family.type);
            QCOMPARE(editor.spec().type, family.type);
            QVERIFY2(validateSchedule(editor.spec()).empty(), family.type.c_str());
            QVERIFY2(std::abs(typicalRate(editor.spec()) - 0.37) < 1e-12, family.type.c_str());
        }
        QCOMPARE(edits.size(), qsizetype(scheduleTable().size()));
        auto* button = named<QAbstractButton>(editor, "Schedule");
        QTest::keyClick(button, Qt::Key_Up);
        QCOMPARE(editor.spec().type, scheduleTable()[scheduleTable().size() - 2].type);
        QTest::keyClick(button, Qt::Key_Down);
        QTest::keyClick(button, Qt::Key_Down); // there is none behind the last
        QCOMPARE(editor.spec().type, scheduleTable().back().type);
    }

    void whatIsNotAllowedInTheNextFamilyIsNotKept() {
        ScheduleEditor editor;
        ScheduleSpec spec = suggested("exponential");
        spec.values.set("gamma", 1.5); // grows
        editor.setSpec(spec, length);
        editor.chooseFamily("cyclical"); // where it may not
        QVERIFY(validateSchedule(editor.spec()).empty());
        spec = suggested("plateau");
        spec.values.set("patience", 0.0); // epochs, not steps
        editor.setSpec(spec, length);
        editor.chooseFamily("halving");
        QCOMPARE(editor.spec().values.find("patience").value_or(100.0), 100.0);
        QVERIFY(validateSchedule(editor.spec()).empty());
    }

    void milestonesAreALine() {
        ScheduleEditor editor;
        editor.setSpec(suggested("multistep"), length);
        auto* line = editor.findChild<MilestonesEdit*>();
        QSignalSpy edits(&editor, &ScheduleEditor::edited);
        type(line, "30, 60;80 90.5,");
        QVERIFY((editor.spec().milestones == std::vector{30.0, 60.0, 80.0, 90.5}));
        QVERIFY(edits.size() > 10);
        editor.setSpec(editor.spec(), length);
        QCOMPARE(line->text(), QStringLiteral("30, 60;80 90.5,")); // stays as it was typed
        type(line, "30, x");
        QVERIFY(std::isnan(editor.spec().milestones[1]));
        QCOMPARE(validateSchedule(editor.spec()).front().place, std::string("milestones[1]"));
        type(line, "");
        QCOMPARE(validateSchedule(editor.spec()).front().place, std::string("milestones"));
    }

    void theFaultyCharacterIsMarked() {
        ScheduleEditor editor;
        editor.setSpec(suggested("formula"), length);
        auto* expression = editor.findChild<ExpressionEdit*>();
        QPlainTextEdit* line = expression->editor();
        QVERIFY(!expression->faultyCharacter() && line->extraSelections().isEmpty());
        line->selectAll();
        QTest::keyClicks(line, QStringLiteral("lr * bad + 1"));
        QCOMPARE(editor.spec().expression, std::string("lr * bad + 1"));
        QCOMPARE(expression->faultyCharacter(), std::optional(5));
        QCOMPARE(line->extraSelections().size(), 1);
        QCOMPARE(line->extraSelections()[0].cursor.selectedText(), QStringLiteral("b"));
        QTest::keyClick(line, Qt::Key_Return); // a formula is one line
        QCOMPARE(line->blockCount(), 1);
        line->selectAll();
        QTest::keyClicks(line, QStringLiteral("lr*(1-t/T"));
        QVERIFY(expression->faultyCharacter());
        QTest::keyClicks(line, QStringLiteral(")"));
        QVERIFY(!expression->faultyCharacter());
        QVERIFY(validateSchedule(editor.spec()).empty());
    }

    void handlesAreATable() {
        ScheduleEditor editor;
        editor.show();
        ScheduleSpec spec = suggested("piecewise");
        spec.points = {{0, 0.1}, {500, 0.1}, {1000, 0.001}};
        editor.setSpec(spec, length);
        auto* handles = editor.findChild<HandlesEdit*>();
        QAbstractItemModel* model = handles->table()->model();
        QSignalSpy edits(&editor, &ScheduleEditor::edited);
        QVERIFY(model->setData(model->index(1, 1), QStringLiteral("5e-2"), Qt::EditRole));
        QCOMPARE(editor.spec().points[1].rate, 0.05);
        QCOMPARE(edits.size(), 1);
        handles->table()->setCurrentIndex(model->index(1, 0));
        named<QAbstractButton>(editor, "Add a handle")->click();
        QCOMPARE(editor.spec().points.size(), std::size_t(4));
        QCOMPARE(editor.spec().points[2].t, 750.0);
        named<QAbstractButton>(editor, "Remove the handle")->click();
        QCOMPARE(editor.spec().points.size(), std::size_t(3));
        model->setData(model->index(0, 0), QStringLiteral("1e"), Qt::EditRole);
        QVERIFY(std::isnan(editor.spec().points[0].t));
        QCOMPARE(validateSchedule(editor.spec()).front().place, std::string("points[0]"));
        model->setData(model->index(0, 0), QStringLiteral("600"), Qt::EditRole);
        static_cast<HandlesModel*>(model)->sort(); // as when the typing ends
        QVERIFY(validateSchedule(editor.spec()).empty());
        QCOMPARE(editor.spec().points[1].t, 600.0);
        QSignalSpy wanted(&editor, &ScheduleEditor::handlesRequested);
        for (auto* button : handles->findChildren<QAbstractButton*>())
            if (button->text() == QLatin1String("Edit on the plot")) button->click();
        QCOMPARE(wanted.size(), 1);
    }

    void handlesMoveWithTheUnit() {
        ScheduleEditor editor;
        ScheduleSpec spec = suggested("piecewise");
        spec.points = {{0, 0.1}, {500, 0.2}, {1000, 0.001}};
        editor.setSpec(spec, length);
        named<QComboBox>(editor, "Unit of time")->setCurrentIndex(2);
        QCOMPARE(editor.spec().unit, TimeUnit::FractionalEpoch);
        QCOMPARE(editor.spec().points[1].t, 5.0);
        editor.setSpec(suggested("cosine"), length);
        named<QComboBox>(editor, "Unit of time")->setCurrentIndex(1);
        QCOMPARE(editor.spec().unit, TimeUnit::Epoch);
    }

    void anythingTurnsIntoHandles() {
        ScheduleEditor editor;
        ScheduleSpec spec = suggested("one_cycle");
        editor.setSpec(spec, length);
        QSignalSpy edits(&editor, &ScheduleEditor::edited);
        const Schedule before(spec, length);
        for (auto* button : editor.findChildren<QAbstractButton*>())
            if (button->text() == QLatin1String("Turn into handles") && button->isVisibleTo(&editor)) button->click();
        QCOMPARE(editor.spec().type, std::string("piecewise"));
        QCOMPARE(edits.size(), 1);
        const Schedule after(editor.spec(), length);
        for (const std::uint64_t step : {0, 150, 299, 600, 900})
            QVERIFY(std::abs(before.at(step) - after.at(step)) < 0.003);
    }

    void partsAreAdded_MovedAndEdited() {
        ScheduleEditor editor;
        editor.show();
        editor.setSpec(suggested("sequence"), length);
        auto* parts = editor.findChild<PartsEdit*>();
        QVERIFY(parts);
        QCOMPARE(parts->list()->count(), 2);
        QSignalSpy edits(&editor, &ScheduleEditor::edited);
        auto* inner = parts->partEditor();
        type(named<NumberEdit>(*inner, "Learning rate"), "0.02");
        QCOMPARE(editor.spec().parts[0].schedule.values.find("lr"), std::optional(0.02));
        type(named<NumberEdit>(editor, "Length of the part"), "250");
        QCOMPARE(editor.spec().parts[0].length, std::optional(250.0));
        QVERIFY2(parts->list()->item(0)->text().contains(QStringLiteral("250")),
                 qPrintable(parts->list()->item(0)->text()));
        parts->list()->setCurrentRow(1);
        QCOMPARE(inner->spec().type, std::string("cosine"));
        QCOMPARE(editor.spec().parts[0].schedule.values.find("lr"), std::optional(0.02)); // the other stays
        named<QAbstractButton>(editor, "Add a part")->click();
        QCOMPARE(editor.spec().parts.size(), std::size_t(3));
        QVERIFY(validateSchedule(editor.spec()).empty());
        inner->chooseFamily("one_cycle");
        QCOMPARE(editor.spec().parts[2].schedule.type, std::string("one_cycle"));
        named<QAbstractButton>(editor, "Move the part up")->click();
        QCOMPARE(editor.spec().parts[1].schedule.type, std::string("one_cycle"));
        QVERIFY(validateSchedule(editor.spec()).empty()); // who was open to the end is not any more
        named<QAbstractButton>(editor, "Move the part down")->click();
        QCOMPARE(editor.spec().parts[2].schedule.type, std::string("one_cycle"));
        named<QAbstractButton>(editor, "Remove the part")->click();
        QCOMPARE(editor.spec().parts.size(), std::size_t(2));
        QApplication::processEvents(); // new lines are shown with the next event
        type(named<NumberEdit>(*inner, "Learning rate"), "x");
        QCOMPARE(validateSchedule(editor.spec()).front().place, std::string("parts[1].schedule.lr"));
        QVERIFY(edits.size() > 8);
        inner->chooseFamily("sequence"); // an editor in an editor in an editor
        QVERIFY(editor.spec().parts[1].schedule.parts.size() == 2);
    }

    void slidersAndLinesFollowEachOther_data() {
        QTest::addColumn<QString>("family");
        QTest::addColumn<QString>("label");
        QTest::addColumn<QString>("name");
        QTest::addColumn<double>("share");
        QTest::addColumn<double>("value");
        QTest::newRow("rate, middle") << "constant"
                                      << "Learning rate"
                                      << "lr" << 0.5 << 0.0032;
        QTest::newRow("rate, low end") << "constant"
                                       << "Learning rate"
                                       << "lr" << 0.0 << 1e-6;
        QTest::newRow("rate, high end") << "constant"
                                        << "Learning rate"
                                        << "lr" << 1.0 << 10.0;
        QTest::newRow("rate, a tenth") << "constant"
                                       << "Learning rate"
                                       << "lr" << 5.0 / 7.0 << 0.1;
        QTest::newRow("end rate 0") << "cosine"
                                    << "End rate"
                                    << "end" << 0.0 << 0.0;
        QTest::newRow("factor") << "step"
                                << "Factor"
                                << "factor" << 0.25 << 0.25;
        QTest::newRow("factor is above 0") << "step"
                                           << "Factor"
                                           << "factor" << 0.0 << 0.001;
        QTest::newRow("period") << "step"
                                << "Period"
                                << "period" << 0.5 << 500.0;
        QTest::newRow("period is above 0") << "step"
                                           << "Period"
                                           << "period" << 0.0 << 1.0;
        QTest::newRow("rise") << "one_cycle"
                              << "Rise"
                              << "rise" << 0.0 << 0.0;
        QTest::newRow("divisor") << "one_cycle"
                                 << "End divisor"
                                 << "end_div" << 0.5 << 1e4;
        QTest::newRow("patience") << "plateau"
                                  << "Patience"
                                  << "patience" << 0.2 << 10.0;
    }

    void slidersAndLinesFollowEachOther() {
        QFETCH(const QString, family);
        QFETCH(const QString, label);
        QFETCH(const QString, name);
        QFETCH(const double, share);
        QFETCH(const double, value);
        ScheduleEditor editor;
        editor.setSpec(suggested(family.toLatin1()), length);
        auto* line = named<NumberEdit>(editor, label.toLatin1());
        auto* slider = named<ParameterSlider>(editor, (label + QStringLiteral(", slider")).toLatin1());
        QVERIFY(line && slider);
        type(line, "0.5"); // away from where it may be
        QSignalSpy edits(&editor, &ScheduleEditor::edited);
        slider->setValue(slider->maximum() / 3);
        slider->setValue(qRound(share * slider->maximum()));
        QCOMPARE(line->value(), std::optional(value));
        QCOMPARE(editor.spec().values.get(name.toStdString(), value), value);
        QVERIFY(edits.size() >= 1);
        // And back: the number that was typed is where the slider stands.
        const int there = slider->value();
        type(line, "0.7");
        type(line, qPrintable(QString::number(value, 'g', 17)));
        QVERIFY2(std::abs(slider->value() - there) <= 3, qPrintable(QString::number(slider->value())));
    }

    void slidersByKeyboard() {
        ScheduleEditor editor;
        editor.setSpec(suggested("constant"), length);
        auto* slider = named<ParameterSlider>(editor, "Learning rate, slider");
        QTest::keyClick(slider, Qt::Key_Right);
        QCOMPARE(editor.spec().values.find("lr"), std::optional(0.13)); // a tenth of a decade
        QTest::keyClick(slider, Qt::Key_PageDown);
        QCOMPARE(editor.spec().values.find("lr"), std::optional(0.013)); // a decade
        QTest::keyClick(slider, Qt::Key_End);
        QCOMPARE(editor.spec().values.find("lr"), std::optional(10.0));
        // The text of a number beyond the scale stays.
        auto* line = named<NumberEdit>(editor, "Learning rate");
        type(line, "2.5e3");
        QCOMPARE(slider->value(), slider->maximum());
        QCOMPARE(line->text(), QStringLiteral("2.5e3"));
        QCOMPARE(editor.spec().values.find("lr"), std::optional(2500.0));
    }

    void whatMayBeLeftOpen() {
        ScheduleEditor editor;
        editor.setSpec(suggested("one_cycle"), length);
        auto* line = named<NumberEdit>(editor, "Length");
        QCOMPARE(line->placeholderText(), QStringLiteral("to the end"));
        QVERIFY(!editor.spec().values.contains("length"));
        auto* slider = named<ParameterSlider>(editor, "Length, slider");
        QCOMPARE(slider->value(), slider->maximum());
        type(line, "300");
        QCOMPARE(editor.spec().values.find("length"), std::optional(300.0));
        type(line, "");
        QVERIFY(!editor.spec().values.contains("length"));
        editor.setSpec(suggested("plateau"), length);
        QCOMPARE(named<NumberEdit>(editor, "Raise factor")->placeholderText(), QStringLiteral("off"));
        QVERIFY(!editor.spec().values.contains("raise_factor"));
    }

    void whatIsBeingTypedStays() {
        ScheduleEditor editor;
        editor.setSpec(suggested("constant"), length);
        auto* line = named<NumberEdit>(editor, "Learning rate");
        type(line, "1e-3");
        editor.setSpec(editor.spec(), length);
        editor.setRunLength({500, 100});
        QCOMPARE(line->text(), QStringLiteral("1e-3"));
        type(line, "1e-");
        QVERIFY(std::isnan(editor.spec().values.get("lr", 0.0)));
        QCOMPARE(validateSchedule(editor.spec()).front().place, std::string("lr"));
    }

    void itHasAnEnabledStateOfItsOwn() {
        ScheduleEditor editor;
        editor.setSpec(suggested("sequence"), length);
        editor.setEditable(false);
        QVERIFY(!named<QAbstractButton>(editor, "Schedule")->isEnabled() && !editor.isEditable());
        editor.setEditable(true);
        QVERIFY(named<QAbstractButton>(editor, "Schedule")->isEnabled());
    }
};

QTEST_MAIN(TestScheduleEditor)
#include "tst_schedule_editor.moc"
