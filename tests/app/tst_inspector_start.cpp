// SPDX-License-Identifier: GPL-3.0-or-later
// The inspector's sections on what a run starts from: weights, layers' rates, data.
#include "tests/app/inspector_fixture.h"

#include <QCheckBox>
#include <QDir>
#include <QSpinBox>

using namespace ratescope;

class TestInspectorStart : public InspectorFixture {
    Q_OBJECT

private slots:
    void init() { restart(); }
    void cleanup() { end(); }

    void offersTheOtherRuns();
    void startsFromARun();
    void newHead();
    void showsWhatIsNotThere();
    void filesAreChosen();
    void noFileIsChosen();
    void renamedSource();
    void layerRates_data();
    void layerRates();
    void layerRatesFaults_data();
    void layerRatesFaults();
    void layerRatesOfAnotherRun();
    void namedData();
    void folderOfData();
    void chosenFolder();
    void noFolderIsChosen();

private:
    QStringList sources() const {
        const auto* list = editor<QComboBox>("First weights");
        QStringList texts;
        for (int i = 0; i < list->count(); ++i) texts << list->itemText(i);
        return texts;
    }
    QAbstractButton* head() const { return box("New last layer"); }
};

void TestInspectorStart::offersTheOtherRuns() {
    m_controller->add(tiny("base"));
    RunConfig test = tiny("find");
    test.rangeTest = RangeTestSpec{};
    m_controller->add(test);
    for (const auto& [name, state] : {std::pair("wild", RunState::Diverged),
                                      {"broken", RunState::Failed},
                                      {"early", RunState::StoppedEarly},
                                      {"cut", RunState::Cancelled}}) {
        RunRecord record;
        record.config = tiny(name);
        record.state = state;
        m_controller->adopt(record, false);
    }
    show(tiny("a"));
    QCOMPARE(sources(),
             (QStringList{QStringLiteral("drawn from the seed"), QStringLiteral("of “base”"),
                          QStringLiteral("of “early”"), QStringLiteral("of “cut”"), QStringLiteral("of a file…")}));
    QCOMPARE(editor<QComboBox>("First weights")->currentIndex(), 0);
    QVERIFY(!head()->isEnabled());
}

void TestInspectorStart::startsFromARun() {
    m_controller->add(tiny("base"));
    m_controller->add(tiny("größer “2”"));
    const RunId id = show(tiny("a"));
    pick("First weights", QStringLiteral("of “größer “2””"));
    QVERIFY((config(id).startFrom == StartFromSpec{"größer “2”", {}, false}));
    pick("First weights", QStringLiteral("of “base”"));
    QVERIFY((config(id).startFrom == StartFromSpec{"base", {}, false}));
    type("Seed", "9");
    QVERIFY((config(id).startFrom == StartFromSpec{"base", {}, false}) && config(id).seed == 9);
    pick("First weights", 0);
    QVERIFY(!config(id).startFrom);
}

void TestInspectorStart::newHead() {
    m_controller->add(tiny("base"));
    const RunId id = show(tiny("a"));
    pick("First weights", 1);
    QVERIFY(head()->isEnabled() && !head()->isChecked());
    head()->click();
    QVERIFY((config(id).startFrom == StartFromSpec{"base", {}, true}));
    head()->click();
    QVERIFY(!config(id).startFrom->newHead);
    head()->click();
    pick("First weights", 0);
    QVERIFY(!config(id).startFrom && !head()->isEnabled());
}

void TestInspectorStart::showsWhatIsNotThere() {
    RunConfig lost = tiny("a");
    lost.startFrom = StartFromSpec{"gone", {}, true};
    const RunId id = show(lost);
    QCOMPARE(editor<QComboBox>("First weights")->currentText(), QStringLiteral("of “gone”"));
    QVERIFY(head()->isEnabled() && head()->isChecked());
    type("Seed", "9"); // and is not lost by a look at it
    QVERIFY(config(id).startFrom == lost.startFrom);
    // A run, and another that starts from a file.
    RunConfig file = tiny("b");
    file.startFrom = StartFromSpec{{}, "/nowhere/x.safetensors", false};
    show(file);
    QCOMPARE(editor<QComboBox>("First weights")->currentText(), QStringLiteral("x.safetensors"));
    QVERIFY(!head()->isChecked());
    m_panel->showRun(id);
    QCOMPARE(editor<QComboBox>("First weights")->currentText(), QStringLiteral("of “gone”"));
    QVERIFY(!sources().contains(QStringLiteral("x.safetensors")) && head()->isChecked());
}

void TestInspectorStart::filesAreChosen() {
    writeText(m_folder.path("w.safetensors"), "x");
    const RunId id = show(tiny("a"));
    const bool asked = withFileDialog([&] { pick("First weights", QStringLiteral("of a file…")); },
                                      [&](QFileDialog& dialog) {
                                          accept(dialog, qtText(m_folder.path("w.safetensors")));
                                      });
    QVERIFY(asked);
    QVERIFY((config(id).startFrom == StartFromSpec{{}, m_folder.path("w.safetensors").string(), false}));
    QCOMPARE(editor<QComboBox>("First weights")->currentText(), QStringLiteral("w.safetensors"));
    head()->click();
    QVERIFY(config(id).startFrom->newHead);
}

void TestInspectorStart::noFileIsChosen() {
    m_controller->add(tiny("base"));
    const RunId id = show(tiny("a"));
    pick("First weights", 1);
    const bool asked = withFileDialog([&] { pick("First weights", QStringLiteral("of a file…")); },
                                      [](QFileDialog& dialog) { dialog.reject(); });
    QVERIFY(asked);
    QCOMPARE(editor<QComboBox>("First weights")->currentText(), QStringLiteral("of “base”")); // as before
    QVERIFY((config(id).startFrom == StartFromSpec{"base", {}, false}));
}

void TestInspectorStart::renamedSource() {
    const RunId base = m_controller->add(tiny("base"));
    RunConfig second = tiny("a");
    second.startFrom = StartFromSpec{"base", {}, false};
    const RunId id = show(second);
    RunConfig renamed = config(base);
    renamed.name = "better";
    QVERIFY(m_controller->setConfig(base, renamed).empty());
    QCOMPARE(editor<QComboBox>("First weights")->currentText(), QStringLiteral("of “better”"));
    type("Seed", "9");
    QCOMPARE(config(id).startFrom->run, std::string("better"));
}

void TestInspectorStart::layerRates_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<double>>("expected");
    QTest::newRow("two") << "0, 0.1" << QList<double>{0.0, 0.1};
    QTest::newRow("tight") << "2,1e-3" << QList<double>{2.0, 1e-3};
    QTest::newRow("wide") << "  1 ,  1e6  " << QList<double>{1.0, 1e6};
    QTest::newRow("none") << "" << QList<double>{};
    QTest::newRow("spaces") << "   " << QList<double>{};
}

void TestInspectorStart::layerRates() {
    QFETCH(const QString, text);
    QFETCH(const QList<double>, expected);
    RunConfig first = tiny();
    first.layerRates = {0.5, 0.5};
    const RunId id = show(first);
    QCOMPARE(editor<QLineEdit>("Layer rates")->text(), QStringLiteral("0.5, 0.5"));
    type("Layer rates", text);
    QCOMPARE(problem(), QString());
    QVERIFY(config(id).layerRates == std::vector<double>(expected.begin(), expected.end()));
}

void TestInspectorStart::layerRatesFaults_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("part");
    QTest::newRow("one") << "1"
                         << "layer_rates holds 1 numbers; expected 2, one for each layer with weights";
    QTest::newRow("three") << "1, 1, 1"
                           << "layer_rates holds 3 numbers; expected 2";
    QTest::newRow("word") << "1, slow"
                          << "layer_rates has “slow”; expected numbers with commas between";
    QTest::newRow("comma too many") << "1, 1,"
                                    << "layer_rates has “”; expected numbers";
    QTest::newRow("negative") << "1, -1"
                              << "layer_rates[1] is -1; allowed";
    QTest::newRow("all frozen") << "0, 0"
                                << "layer_rates freezes every layer";
    QTest::newRow("infinite") << "1, inf"
                              << "layer_rates";
    QTest::newRow("not a number") << "nan, 1"
                                  << "layer_rates";
}

void TestInspectorStart::layerRatesFaults() {
    QFETCH(const QString, text);
    QFETCH(const QString, part);
    RunConfig first = tiny();
    first.layerRates = {0.5, 0.25};
    const RunId id = show(first);
    auto* line = editor<QLineEdit>("Layer rates");
    line->setText(text); // at once: on the way there it may be right
    Q_EMIT line->textEdited(text);
    QVERIFY2(problem().startsWith(part), qPrintable(problem()));
    QVERIFY(config(id).layerRates == first.layerRates);
    type("Layer rates", "1, 2");
    QCOMPARE(problem(), QString());
    QVERIFY((config(id).layerRates == std::vector{1.0, 2.0}));
}

void TestInspectorStart::layerRatesOfAnotherRun() {
    RunConfig first = tiny("a");
    first.layerRates = {0.5, 0.25};
    show(first);
    QApplication::setActiveWindow(m_panel.get());
    editor<QLineEdit>("Layer rates")->setFocus();
    QVERIFY(editor<QLineEdit>("Layer rates")->hasFocus());
    const RunId id = show(tiny("b")); // a duplicate by its key, say: the focus stays where it is
    QCOMPARE(editor<QLineEdit>("Layer rates")->text(), QString());
    type("Seed", "9");
    QVERIFY(config(id).layerRates.empty());
}

void TestInspectorStart::namedData() {
    RunConfig mnist = tiny();
    mnist.data = "mnist";
    const RunId id = show(mnist);
    QCOMPARE(editor<QComboBox>("Data")->currentText(), QStringLiteral("MNIST"));
    pick("Data", QStringLiteral("Fashion-MNIST"));
    if (problem().isEmpty()) {
        QCOMPARE(config(id).data, std::string("fashion-mnist"));
        pick("Data", 0);
    } else { // not on this machine: it says how to get it
        QVERIFY2(problem().startsWith(QStringLiteral("data fashion-mnist: ")) &&
                     problem().contains(QStringLiteral("apt install")),
                 qPrintable(problem()));
    }
    QCOMPARE(config(id).data, std::string("mnist"));
}

void TestInspectorStart::folderOfData() {
    const RunId id = show(tiny());
    QCOMPARE(editor<QComboBox>("Data")->currentText(), QStringLiteral("data")); // its folder's name
    QCOMPARE(editor<QComboBox>("Data")->itemText(editor<QComboBox>("Data")->count() - 1), QStringLiteral("a folder…"));
    pick("Data", 0);
    QVERIFY2(config(id).data == "mnist", qPrintable(problem()));
    pick("Data", QStringLiteral("data"));
    QCOMPARE(config(id).data, m_data);
    type("Seed", "4");
    QCOMPARE(config(id).data, m_data);
}

void TestInspectorStart::chosenFolder() {
    const std::string other = writeTinyData(m_folder, "other");
    const RunId id = show(tiny());
    const bool asked = withFileDialog([&] { pick("Data", QStringLiteral("a folder…")); },
                                      [&](QFileDialog& dialog) {
                                          accept(dialog, QString::fromStdString(other));
                                      });
    QVERIFY(asked);
    QVERIFY2(problem().isEmpty(), qPrintable(problem()));
    QCOMPARE(config(id).data, other);
    QCOMPARE(editor<QComboBox>("Data")->currentText(), QStringLiteral("other"));
}

void TestInspectorStart::noFolderIsChosen() {
    const RunId id = show(tiny());
    const bool asked = withFileDialog([&] { pick("Data", QStringLiteral("a folder…")); },
                                      [](QFileDialog& dialog) { dialog.reject(); });
    QVERIFY(asked);
    QCOMPARE(editor<QComboBox>("Data")->currentText(), QStringLiteral("data"));
    QCOMPARE(config(id).data, m_data);
    QCOMPARE(problem(), QString());
}

QTEST_MAIN(TestInspectorStart)
#include "tst_inspector_start.moc"
