// SPDX-License-Identifier: GPL-3.0-or-later
// The panel of suggestions: what a range test says for a run, what trials of it say, and what is asked for with it.
#include "app/panels/number_edit.h"
#include "app/panels/suggestions_panel.h"
#include "app/study/plain_text.h"
#include "tests/app/controller_fixture.h"
#include "tests/app/gui_helpers.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTreeWidget>

#include <memory>

using namespace ratescope;

class TestSuggestions : public ControllerFixture {
    Q_OBJECT

private:
    enum Column { Rule, Rate, Seeds, Third, Once, Thrice, Reason };
    std::unique_ptr<SuggestionsPanel> m_panel;

    template <typename Editor> Editor* editor(const char* name) const {
        for (Editor* one : m_panel->findChildren<Editor*>())
            if (one->accessibleName() == QLatin1String(name)) return one;
        return nullptr;
    }
    QPushButton* button(const char* text) const {
        for (QPushButton* one : m_panel->findChildren<QPushButton*>())
            if (one->text() == QLatin1String(text)) return one;
        return nullptr;
    }
    QTreeWidget* table() const { return m_panel->findChild<QTreeWidget*>(); }
    QTreeWidgetItem* row(const char* rule) const {
        for (int i = 0; i < table()->topLevelItemCount(); ++i)
            if (table()->topLevelItem(i)->text(Rule) == QLatin1String(rule)) return table()->topLevelItem(i);
        return nullptr;
    }
    QString verdict() const {
        const auto* label = editor<QLabel>("What the trials say");
        return label->isVisible() ? label->text() : QString();
    }

    RunConfig testConfig(std::uint64_t seed = 1) const {
        RunConfig config = tinyConfig(m_data, "t, range test");
        config.rangeTest = finishedRangeTest(1)->config.rangeTest;
        config.seed = seed;
        config.duration.epochs = 1;
        return config;
    }
    /// A finished test with a valley; `shift`: by so many tenths of its points to the right.
    RunId addTest(std::uint64_t seed = 1, std::size_t shift = 0) {
        RunRecord record = *finishedRangeTest(1);
        record.config = testConfig(seed);
        record.length = {.steps = 100, .stepsPerEpoch = 10};
        record.losses.insert(record.losses.begin(), shift, record.losses.front());
        record.losses.resize(100);
        return m_controller->adopt(record, false);
    }
    RunId addFlatTest() {
        RunRecord record = *finishedRangeTest(1);
        record.config = testConfig();
        for (std::size_t i = 0; i < record.losses.size(); ++i) record.losses[i] = 2.3F + 0.01F * static_cast<float>(i);
        return m_controller->adopt(record, false);
    }
    void addAndStart(const std::vector<RunConfig>& missing, const QList<RunId>& ready) {
        QList<RunId> ids = ready;
        for (const RunConfig& config : missing) ids << m_controller->add(config);
        for (const RunId id : ids) m_controller->start(id);
    }

private Q_SLOTS:
    void init() {
        restart(4);
        m_panel = std::make_unique<SuggestionsPanel>(*m_controller);
        m_panel->resize(900, 260);
        m_panel->show();
    }
    void cleanup() {
        m_panel.reset();
        m_controller.reset();
    }

    void withoutATestThereIsAHint() {
        const RunId id = add("t");
        for (const RunId shown : {RunId(0), id}) {
            m_panel->showRun(shown);
            QVERIFY(!m_panel->test());
            QVERIFY(!table()->isVisible());
            QVERIFY(std::ranges::any_of(m_panel->findChildren<QLabel*>(), [](const QLabel* label) {
                return label->isVisible() && label->text().contains(QStringLiteral("No range test speaks for this run"));
            }));
        }
    }

    void everyRuleHasARow() {
        const RunId id = addTest();
        m_panel->showRun(id);
        QCOMPARE(m_panel->test()->id, id);
        const RangeAnswers answers = answersOf(*run(id));
        QVERIFY(!answers.rules.empty());
        for (const Suggestion& rule : answers.rules) {
            const QTreeWidgetItem* one = row(rule.rule.c_str());
            QVERIFY2(one, rule.rule.c_str());
            QCOMPARE(one->text(Rate), rule.rate ? QString::number(*rule.rate, 'g', 4) : QStringLiteral("–"));
            QVERIFY(!one->text(Reason).isEmpty());
            QCOMPARE(one->toolTip(Reason), plainToolTip(one->text(Reason)));
        }
        QVERIFY(answers.bounds.rates);
        QCOMPARE(row("bounds")->text(Rate), QStringLiteral("%1 – %2")
                                                .arg(answers.bounds.rates->first, 0, 'g', 4)
                                                .arg(answers.bounds.rates->second, 0, 'g', 4));
        QVERIFY(table()->isColumnHidden(Seeds));
        QVERIFY(table()->isColumnHidden(Third)); // nothing has been tried
        QVERIFY(button("Use this rate")->isEnabled());
        QVERIFY(button("Use as bounds")->isEnabled());
        QCOMPARE(editor<QLabel>("Range test that is shown")->text(), QStringLiteral("t, range test"));
        QCOMPARE(editor<QLabel>("What kind of range test it is")->text(), QStringLiteral("Sweep"));
    }

    void aRunHasTheTestThatSpeaksForIt() {
        const RunId test = addTest();
        m_panel->showRun(add("a"));
        QCOMPARE(m_panel->test()->id, test);
        RunConfig other = tinyConfig(m_data, "b");
        other.batchSize = 8;
        m_panel->showRun(m_controller->add(other));
        QVERIFY(!m_panel->test());
    }

    void whereThereIsNoAnswerTheReasonIsSaid() {
        m_panel->showRun(addFlatTest());
        const RateAdvice& advice = m_panel->advice();
        QVERIFY(!advice.rules.empty());
        for (const RuleAdvice& rule : advice.rules) {
            const QTreeWidgetItem* one = row(rule.rule.c_str());
            QCOMPARE(one->text(Rate), QStringLiteral("–"));
            QVERIFY(one->text(Reason).size() > 10);
            QCOMPARE(one->foreground(Rate).color(), m_panel->palette().color(QPalette::PlaceholderText));
        }
        for (const char* text : {"Use this rate", "Use as bounds", "Try it"}) QVERIFY2(!button(text)->isEnabled(), text);
    }

    void seedsAreOneWithTheirSpread() {
        const RunId first = addTest(1);
        addTest(2, 3);
        addTest(3, 6);
        m_panel->showRun(first);
        QCOMPARE(m_panel->advice().rules.front().seeds, std::size_t(3));
        QVERIFY(!table()->isColumnHidden(Seeds));
        const RuleAdvice& steepest = m_panel->advice().rules.front();
        QVERIFY(steepest.low < *steepest.rate && *steepest.rate < steepest.high);
        QCOMPARE(row("steepest")->text(Seeds),
                 QStringLiteral("%1 – %2").arg(steepest.low, 0, 'g', 4).arg(steepest.high, 0, 'g', 4));
        QCOMPARE(editor<QLabel>("What kind of range test it is")->text(), QStringLiteral("Sweep · median of 3 seed(s)"));
        for (const RunConfig& trial : m_panel->plan().runs) QCOMPARE(trial.seed, std::uint64_t(1));
        m_controller->setVisible(first, false); // of the others' group it is none any more; of its own it is
        m_panel->refresh();
        QCOMPARE(m_panel->advice().rules.front().seeds, std::size_t(3));
    }

    void theChosenRowIsUsed() {
        const RunId id = addTest();
        m_panel->showRun(id);
        QSignalSpy rates(m_panel.get(), &SuggestionsPanel::useRateRequested);
        QSignalSpy bounds(m_panel.get(), &SuggestionsPanel::useBoundsRequested);
        table()->setCurrentItem(row("minimum"));
        button("Use this rate")->click();
        QCOMPARE(rates.size(), 1);
        QCOMPARE(rates[0][0].value<RunId>(), id);
        QCOMPARE(QString::number(rates[0][1].toDouble(), 'g', 15),
                 row("minimum")->text(Rate)); // what is read, no more digits
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_Return);
        QCOMPARE(rates.size(), 2);
        table()->setCurrentItem(row("bounds"));
        QVERIFY(!button("Use this rate")->isEnabled());
        QTest::keyClick(table(), Qt::Key_Return);
        QCOMPARE(bounds.size(), 1);
        button("Use as bounds")->click();
        QCOMPARE(bounds.size(), 2);
        QCOMPARE(bounds[1][1].toDouble(), m_panel->advice().bounds->first);
        QCOMPARE(bounds[1][2].toDouble(), m_panel->advice().bounds->second);
    }

    void theMarkerIsARowOfItsOwn() {
        const RunId id = addTest();
        m_panel->showRun(id);
        QVERIFY(!m_panel->markerRate());
        const std::size_t before = m_panel->plan().rules.size();
        QSignalSpy edited(m_panel.get(), &SuggestionsPanel::markerRateEdited);
        m_panel->setMarkerRate(0.123456); // as the plot does: not told back
        QCOMPARE(edited.size(), 0);
        QCOMPARE(m_panel->markerRate(), std::optional(0.1235));
        QCOMPARE(m_panel->plan().rules.size(), before + 1);
        auto* line = editor<NumberEdit>("Rate of the marker");
        line->selectAll();
        QTest::keyClicks(line, QStringLiteral("0.5"));
        QCOMPARE(edited.last()[0].toDouble(), 0.5);
        QSignalSpy rates(m_panel.get(), &SuggestionsPanel::useRateRequested);
        button("Use this rate")->click(); // the row that is typed in is the chosen one
        QCOMPARE(rates.last()[1].toDouble(), 0.5);
        line->selectAll();
        QTest::keyClick(line, Qt::Key_Delete);
        QCOMPARE(edited.last()[0].toDouble(), 0.0);
        QVERIFY(!m_panel->markerRate());
        QVERIFY(!button("Use this rate")->isEnabled());
        const int told = static_cast<int>(edited.size());
        QTest::keyClicks(line, QStringLiteral("-"));
        QCOMPARE(edited.size(), told); // no rate yet
    }

    void tryingShowsWhichRuleWins() {
        const RunId id = addTest();
        m_panel->showRun(id);
        QCOMPARE(verdict(), QString());
        QSignalSpy asked(m_panel.get(), &SuggestionsPanel::trialsRequested);
        button("Try it")->click();
        QCOMPARE(asked.size(), 1);
        const auto missing = asked[0][0].value<std::vector<RunConfig>>();
        QCOMPARE(missing.size(), m_panel->plan().runs.size());
        QVERIFY(missing.size() >= 3);
        QCOMPARE(missing[0].duration.epochs, std::uint64_t(1));
        addAndStart(missing, {});
        QVERIFY(waitIdle());
        m_panel->refresh();
        const auto trials = findTrials(m_panel->plan(), m_controller->runs());
        const auto judged = judgeTrials(m_panel->plan(), trials);
        QVERIFY(judged.has_value());
        const std::string winner = m_panel->plan().rules[judged->winners.front()].rule;
        QVERIFY2(verdict().contains(QString::fromStdString(winner)), qPrintable(verdict()));
        QVERIFY2(verdict().contains(
                     QStringLiteral("lowest validation loss, %1 after 1 epoch(s)").arg(judged->best.loss, 0, 'g', 4)),
                 qPrintable(verdict()));
        QVERIFY(row(winner.c_str())->font(Rule).bold());
        for (std::size_t rule = 0; rule < m_panel->plan().rules.size(); ++rule) {
            const QTreeWidgetItem* one = row(m_panel->plan().rules[rule].rule.c_str());
            for (std::size_t factor = 0; factor < trialFactors.size(); ++factor) {
                const RunPointer& trial = trials[m_panel->plan().rules[rule].runs[factor]];
                const int column = Third + static_cast<int>(factor);
                QCOMPARE(one->text(column), QString::number(trial->epochs.back().validation->loss, 'g', 4));
                QVERIFY(one->toolTip(column).contains(QStringLiteral("accuracy")));
                QCOMPARE(one->font(column).bold(), judged->factors[rule] == factor);
            }
        }
        QVERIFY(!table()->isColumnHidden(Third));
        QVERIFY(!button("Try it")->isEnabled()); // all is known
        editor<QSpinBox>("How long a trial is")->setValue(2);
        QVERIFY(button("Try it")->isEnabled());
        QCOMPARE(verdict(), QString());
        editor<QComboBox>("Epochs or steps of a trial")->setCurrentIndex(1);
        QCOMPARE(m_panel->plan().runs[0].duration.steps, std::optional<std::uint64_t>(2));
    }

    void whatIsThereIsNotTrainedTwice() {
        const RunId id = addTest();
        m_panel->showRun(id);
        std::vector<RunConfig> some = m_panel->plan().runs;
        some.resize(2);
        addAndStart({some[0]}, {});
        QVERIFY(waitIdle());
        const RunId ready = m_controller->add(some[1]);
        m_panel->refresh();
        QSignalSpy asked(m_panel.get(), &SuggestionsPanel::trialsRequested);
        button("Try it")->click();
        QCOMPARE(asked[0][0].value<std::vector<RunConfig>>().size(), m_panel->plan().runs.size() - 2);
        QCOMPARE(asked[0][1].value<QList<RunId>>(), QList<RunId>{ready});
        QVERIFY2(verdict().startsWith(QStringLiteral("1 of ")), qPrintable(verdict()));
    }

    void aCurveFromElsewhereIsNotTried() {
        RunRecord record = *finishedRangeTest(1);
        record.origin = QStringLiteral("x.csv");
        m_panel->showRun(m_controller->adopt(record, false));
        QVERIFY(button("Use this rate")->isEnabled());
        QVERIFY(!button("Try it")->isEnabled());
        QCOMPARE(editor<QLabel>("What kind of range test it is")->text(), QStringLiteral("measured elsewhere"));
    }

    void itFollowsWhatHappens() {
        m_panel->showRun(add("a"));
        QVERIFY(!m_panel->test());
        const RunId test = addTest();
        QTRY_VERIFY(m_panel->test());
        QCOMPARE(m_panel->test()->id, test);
        m_controller->setName(test, "another name");
        QTRY_COMPARE(editor<QLabel>("Range test that is shown")->text(), QStringLiteral("another name"));
        m_controller->remove(test);
        QTRY_VERIFY(!m_panel->test());
    }

    void aLongTestIsWorkedOutAside() {
        RunRecord record = *finishedRangeTest(1, 200'000);
        record.config = testConfig();
        record.config.rangeTest->steps = 200'000;
        m_panel->showRun(m_controller->adopt(record, false));
        QVERIFY(m_panel->test());
        QTRY_VERIFY(!m_panel->advice().rules.empty());
        QCOMPARE(m_panel->advice().rules.size(), answersOf(record).rules.size());
    }

    void itFitsANarrowDock() {
        m_panel->showRun(addTest());
        auto* use = button("Use this rate");
        auto* bounds = button("Use as bounds");
        QCoreApplication::processEvents();
        QCOMPARE(use->y(), bounds->y());
        m_panel->resize(300, 500);
        QCoreApplication::processEvents();
        m_panel->resize(m_panel->minimumSizeHint().width(), 500);
        QCoreApplication::processEvents();
        QVERIFY(bounds->y() > use->y());
        QVERIFY2(m_panel->minimumSizeHint().width() <= 340, qPrintable(QString::number(m_panel->minimumSizeHint().width())));
    }
};

QTEST_MAIN(TestSuggestions)
#include "tst_suggestions.moc"
