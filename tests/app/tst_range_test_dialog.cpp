// SPDX-License-Identifier: GPL-3.0-or-later
// Range tests that are asked for: which runs they are, and the dialog that asks.
#include "app/panels/number_edit.h"
#include "app/panels/range_test_dialog.h"
#include "tests/app/controller_fixture.h"
#include "tests/app/gui_helpers.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>

#include <memory>
#include <set>

using namespace ratescope;

class TestRangeTestDialog : public ControllerFixture {
    Q_OBJECT

private:
    std::unique_ptr<RangeTestDialog> m_dialog;

    void open(RunId run, const RangeTestOrder& order) {
        const auto check = [this](const RunConfig& config) { return config.validate(m_catalog.info(config.data)); };
        m_dialog = std::make_unique<RangeTestDialog>(*m_controller, run, order, check);
        m_dialog->show();
    }
    template <typename Editor> Editor* editor(const char* name) const {
        for (Editor* one : m_dialog->findChildren<Editor*>())
            if (one->accessibleName() == QLatin1String(name)) return one;
        return nullptr;
    }
    template <typename Button> Button* button(const char* text) const {
        for (Button* one : m_dialog->findChildren<Button*>())
            if (one->text() == QLatin1String(text)) return one;
        return nullptr;
    }
    QString effort() const { return editor<QLabel>("How much that is")->text(); }
    QString problem() const {
        const auto* label = editor<QLabel>("What is wrong with the range test");
        return label->isVisible() ? label->text() : QString();
    }
    void pickKind(RangeTestKind kind) const {
        editor<QComboBox>("Kind of range test")->setCurrentIndex(static_cast<int>(kind));
    }
    static QStringList namesOf(const std::vector<RunConfig>& tests) {
        QStringList names;
        for (const RunConfig& test : tests) names << QString::fromStdString(test.name);
        return names;
    }

private Q_SLOTS:
    void init() { restart(4); }
    void cleanup() {
        m_dialog.reset();
        m_controller.reset();
    }

    void testsOfARun_data() {
        QTest::addColumn<RangeTestOrder>("order");
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<QList<int>>("seeds");
        const auto text = [](const char* name) { return QString::fromUtf8(name); };
        QTest::newRow("one") << RangeTestOrder{} << QStringList{text("a, range test")} << QList<int>{3};
        RangeTestOrder seeds;
        seeds.seeds = 3;
        QTest::newRow("seeds") << seeds
                               << QStringList{text("a, range test"), text("a, range test, seed 4"),
                                              text("a, range test, seed 5")}
                               << QList<int>{3, 4, 5};
        RangeTestOrder fresh = orderWithFreshStart();
        fresh.seeds = 2;
        QTest::newRow("fresh") << fresh
                               << QStringList{text("a, range test"), text("a, fresh start"), text("a, range test, seed 4"),
                                              text("a, fresh start, seed 4")}
                               << QList<int>{3, 3, 4, 4};
        QTest::newRow("halving") << orderOf(RangeTestKind::Halving) << QStringList{text("a, halving")} << QList<int>{3};
        QTest::newRow("sensitivity") << orderOf(RangeTestKind::Sensitivity) << QStringList{text("a, sensitivity")}
                                     << QList<int>{3};
    }
    void testsOfARun() {
        QFETCH(const RangeTestOrder, order);
        QFETCH(const QStringList, names);
        QFETCH(const QList<int>, seeds);
        RunRecord base;
        base.config = tinyConfig(m_data, "a");
        base.config.seed = 3;
        base.config.color = "#112233";
        base.config.earlyStopping.emplace();
        base.config.snapshots = true;
        base.config.schedule.batchGrowth = true;
        base.config.layerRates = {0.5};
        base.config.fork = ForkSpec{"b", 5};
        const std::vector<RunConfig> tests = rangeTestRuns(&base, order);
        QCOMPARE(namesOf(tests), names);
        for (std::size_t i = 0; i < tests.size(); ++i) {
            const RunConfig& test = tests[i];
            QCOMPARE(test.seed, static_cast<std::uint64_t>(seeds[static_cast<qsizetype>(i)]));
            QVERIFY(test.validate().empty());
            QVERIFY(test.color.empty() && !test.fork && test.layerRates == base.config.layerRates);
            QCOMPARE(test.network.layers, base.config.network.layers);
            QCOMPARE(test.trainSamples, order.trainSamples);
            const bool isFresh = test.name.find("fresh") != std::string::npos;
            if (!isFresh) QVERIFY(*test.rangeTest == order.test);
        }
    }

    void aFreshStartHasTheGridOfItsSweep() {
        RangeTestOrder order = orderWithFreshStart();
        order.test = {.from = 1e-3,
                      .to = 2.0,
                      .steps = 33,
                      .exponential = false,
                      .smoothing = 0.5,
                      .stopFactor = 6,
                      .validation = 12};
        order.freshSteps = 4;
        const RangeTestSpec fresh = *rangeTestRuns(nullptr, order)[1].rangeTest;
        QVERIFY(fresh == (RangeTestSpec{.kind = RangeTestKind::FreshStart,
                                        .from = 1e-3,
                                        .to = 2.0,
                                        .steps = 33,
                                        .exponential = false,
                                        .smoothing = 0.0,
                                        .stopFactor = 6,
                                        .stepsPerRate = 4,
                                        .validation = 12}));
    }

    void names_data() {
        QTest::addColumn<QString>("base");
        QTest::addColumn<int>("baseKind"); // -1: a training
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("name");
        const auto row = [](const char* base, int baseKind, int kind, const char* name) {
            QTest::addRow("%s, %d", base, kind) << QString::fromUtf8(base) << baseKind << kind << QString::fromUtf8(name);
        };
        row("mlp", -1, 0, "mlp, range test");
        row("mlp, range test", 0, 0, "mlp, range test");
        row("mlp, range test, seed 2", 0, 2, "mlp, halving");
        row("mlp, halving 2", 2, 1, "mlp, fresh start");
        row("a, b, sensitivity", 3, 3, "a, b, sensitivity");
        row("find", 0, 0, "find"); // somebody's own name
        row("find", 0, 3, "find, sensitivity");
        row("my, range test of old", -1, 0, "my, range test of old, range test");
    }
    void names() {
        QFETCH(const QString, base);
        QFETCH(const int, baseKind);
        QFETCH(const int, kind);
        QFETCH(const QString, name);
        RunRecord run;
        run.config.name = base.toStdString();
        if (baseKind >= 0) run.config.rangeTest = RangeTestSpec::of(static_cast<RangeTestKind>(baseKind));
        QCOMPARE(QString::fromStdString(rangeTestRuns(&run, orderOf(static_cast<RangeTestKind>(kind)))[0].name), name);
        run.config.name = std::string(200, 'x');
        QVERIFY(rangeTestRuns(&run, orderOf(static_cast<RangeTestKind>(kind)))[0].validate().empty());
    }

    void aTestGoesOnWhereARunIs() {
        auto run = finishedRun(1, 120);
        run->config.seed = 9;
        run->config.trainSamples = 500;
        run->config.startFrom = StartFromSpec{"z", {}, false};
        RangeTestOrder order = orderOverSeeds();
        order.goesOnAfter = 120;
        const std::vector<RunConfig> tests = rangeTestRuns(run.get(), order);
        QCOMPARE(tests.size(), std::size_t(1)); // it has the seed of what it goes on from
        QVERIFY(tests[0].fork == (ForkSpec{"run 1", 120}));
        QVERIFY(!tests[0].startFrom);
        QCOMPARE(tests[0].seed, std::uint64_t(9));
        QCOMPARE(tests[0].trainSamples, 500U);
        QVERIFY(tests[0].validate().empty());
        // That test again, by what the menu has first.
        RunRecord test;
        test.config = tests[0];
        QCOMPARE(usualOrder(&test).goesOnAfter, std::optional<std::uint64_t>(120));
        QVERIFY(rangeTestRuns(&test, usualOrder(&test))[0] == tests[0]);
        QVERIFY(!rangeTestRuns(&test, RangeTestOrder{})[0].fork);
        // From a run that was stopped, but from none that has nothing, or nothing that is worth anything.
        run->state = RunState::Cancelled;
        QVERIFY(canGoOnFrom(*run));
        run->state = RunState::Diverged;
        QVERIFY(!canGoOnFrom(*run));
        QVERIFY(!rangeTestRuns(run.get(), order)[0].fork);
    }

    void aTrainingLikeTheTest() {
        RunRecord test = *finishedRangeTest(1);
        test.config.name = "mlp, range test, seed 2";
        test.length = {.steps = 100, .stepsPerEpoch = 10};
        const RunConfig training = trainingOf(test);
        QCOMPARE(training.name, std::string("mlp"));
        QVERIFY(!training.rangeTest);
        QCOMPARE(training.duration, test.config.duration);
        test.config.fork = ForkSpec{"other", 60};
        QCOMPARE(trainingOf(test).duration.steps, std::optional<std::uint64_t>(110));
        test.config.duration.epochs = 7; // which goes beyond the fork by itself
        QVERIFY(!trainingOf(test).duration.steps);
    }

    void howMuchItIs() {
        const RunId id = add("a");
        open(id, {});
        QCOMPARE(effort(), QStringLiteral("100 rate(s)"));
        editor<QSpinBox>("Number of seeds")->setValue(5);
        QCOMPARE(effort(), QStringLiteral("100 rate(s) × 5 seed(s) = 500 steps"));
        pickKind(RangeTestKind::Sensitivity);
        QCOMPARE(effort(), QStringLiteral("16 rate(s) × 10 step(s) × 5 seed(s) = 800 steps")); // of 160 samples
        editor<QSpinBox>("Training samples of the range test")->setValue(33);
        QCOMPARE(effort(), QStringLiteral("16 rate(s) × 3 step(s) × 5 seed(s) = 240 steps"));
        editor<QSpinBox>("Number of seeds")->setValue(1);
        pickKind(RangeTestKind::Sweep);
        button<QCheckBox>("Also from a fresh start at each rate")->setChecked(true);
        QCOMPARE(effort(), QStringLiteral("100 rates, 2 tests: 1,100 steps in all"));
        editor<QSpinBox>("Steps per rate of the fresh start")->setValue(20);
        QCOMPARE(effort(), QStringLiteral("100 rates, 2 tests: 2,100 steps in all"));
        pickKind(RangeTestKind::Halving);
        QVERIFY2(effort().startsWith(QStringLiteral("At most 17 rate(s) × 100 step(s) = 1,700 steps")),
                 qPrintable(effort()));
        QVERIFY(!button<QCheckBox>("Also from a fresh start at each rate")->isVisible());
    }

    void howLongIsJudgedByARunOfTheNetwork() {
        auto record = *finishedRun(1, 100);
        record.config = tinyConfig(m_data, "trained");
        record.result = {.steps = 100, .samples = 1600, .trainSeconds = 2.0}; // 800 samples a second
        m_controller->adopt(record, false);
        open(add("a"), {});
        QCOMPARE(effort(), QStringLiteral("100 rate(s), about 2 s"));
        editor<QSpinBox>("Number of seeds")->setValue(50);
        QCOMPARE(effort(), QStringLiteral("100 rate(s) × 50 seed(s) = 5,000 steps, about 2 min"));
        RunConfig other = tinyConfig(m_data, "other");
        other.network = parseLayerList("dense 7, relu, dense 10");
        open(m_controller->add(other), {});
        QCOMPARE(effort(), QStringLiteral("100 rate(s)"));
    }

    void whatIsAskedForIsWhatComes() {
        const RunId id = add("a");
        open(id, orderOf(RangeTestKind::Halving));
        QVERIFY2(problem().contains(QStringLiteral("train_samples")), qPrintable(problem())); // there are but 160
        QVERIFY(!button<QPushButton>("Start")->isEnabled());
        editor<QSpinBox>("Training samples of the range test")->setValue(0);
        QCOMPARE(problem(), QString());
        QSignalSpy asked(m_dialog.get(), &RangeTestDialog::testsRequested);
        button<QPushButton>("Start")->click();
        QCOMPARE(asked.size(), 1);
        QVERIFY(!m_dialog->isVisible());
        const auto tests = asked[0][0].value<std::vector<RunConfig>>();
        QCOMPARE(namesOf(tests), QStringList{QStringLiteral("a, halving")});
        QVERIFY(*tests[0].rangeTest == RangeTestSpec::of(RangeTestKind::Halving));
        QCOMPARE(tests[0].trainSamples, 0U);
    }

    void whatIsWrongIsSaid() {
        open(add("a"), {});
        auto* from = editor<NumberEdit>("First rate");
        from->clear();
        QTest::keyClicks(from, QStringLiteral("20"));
        QVERIFY2(problem().contains(QStringLiteral("range_test.to")), qPrintable(problem()));
        m_dialog->accept(); // as Return would
        QVERIFY(m_dialog->isVisible());
        from->clear();
        QTest::keyClicks(from, QStringLiteral("x"));
        QVERIFY2(problem().contains(QStringLiteral("is no number")), qPrintable(problem()));
    }

    void whatGoesOnHasTheSeedOfItsRun() {
        const RunId id = add("a");
        open(id, {});
        QVERIFY(!editor<QComboBox>("Weights to begin with")->isVisible()); // there are none yet
        m_controller->start(id);
        QVERIFY(waitIdle());
        open(id, orderOverSeeds());
        auto* start = editor<QComboBox>("Weights to begin with");
        QVERIFY(start->isVisible());
        QCOMPARE(start->itemText(1), QStringLiteral("“a” where it has ended"));
        QCOMPARE(m_dialog->tests().size(), std::size_t(5));
        start->setCurrentIndex(1);
        QVERIFY(!editor<QSpinBox>("Number of seeds")->isEnabled());
        QCOMPARE(problem(), QString());
        QCOMPARE(m_dialog->tests().size(), std::size_t(1));
        QVERIFY(m_dialog->tests()[0].fork == (ForkSpec{"a", 20}));
        start->setCurrentIndex(0);
        QVERIFY(editor<QSpinBox>("Number of seeds")->isEnabled());
        QVERIFY(!m_dialog->tests()[0].fork);
    }

    void itGoesWithItsRun() {
        const RunId id = add("a");
        open(id, {});
        m_controller->remove(id);
        QVERIFY(!m_dialog->isVisible());
    }

    void aCurveFromElsewhereHasNoNetwork() {
        auto record = *finishedRangeTest(1);
        record.origin = QStringLiteral("somewhere");
        open(m_controller->adopt(record, false), {});
        QCOMPARE(namesOf(m_dialog->tests()), QStringList{QStringLiteral("range test")});
        QCOMPARE(m_dialog->windowTitle(), QStringLiteral("Range test"));
    }
};

QTEST_MAIN(TestRangeTestDialog)
#include "tst_range_test_dialog.moc"
