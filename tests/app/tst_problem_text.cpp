// SPDX-License-Identifier: GPL-3.0-or-later
// The engine's messages in the window's language: real ones, so that a wording that changes is missed in the table.
#include "app/control/run_list_model.h"
#include "app/panels/problem_templates.h"
#include "app/panels/problem_text.h"
#include "app/panels/run_list_panel.h"
#include "app/panels/run_result_text.h"
#include "app/study/language.h"
#include "tests/app/gui_helpers.h"
#include "tests/app/inspector_fixture.h"
#include "tests/app/problem_file_examples.h"
#include "tests/app/problem_log_examples.h"
#include "tests/app/problem_schedule_examples.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>
#include <QStandardPaths>
#include <QTest>
#include <QTranslator>
#include <QUndoStack>

#include <memory>

using namespace ratescope;

namespace {

/// Knows German and which of core's texts it was asked for.
class AskedGerman : public QTranslator {
public:
    explicit AskedGerman(std::unique_ptr<QTranslator> german)
        : m_german(std::move(german)) {}
    bool isEmpty() const override { return false; }
    QString translate(const char* context, const char* source, const char* remark, int count) const override {
        if (QByteArray(context) == "core") m_asked << QString::fromUtf8(source);
        return m_german->translate(context, source, remark, count);
    }
    const QSet<QString>& asked() const { return m_asked; }

private:
    std::unique_ptr<QTranslator> m_german;
    mutable QSet<QString> m_asked;
};

/// What takes a full disk, very large files, another program, a file that changes meanwhile or a machine without some data.
constexpr const char* hardToBringAbout[] = {
    "holds thousands of tables; expected a study, which has a few",
    "holds over %1 runs",
    "has over %1 steps of runs whose batch grows",
    "makes over %1 steps of growing batches, with the runs before; split the file",
    "holds %1 runs, the most that a study may; save what follows elsewhere",
    "is locked by another program; close it there or save elsewhere",
    "cannot be written: the disk is full; make room or save elsewhere",
    "cannot be written: the file or its folder is read-only; save elsewhere",
    "cannot be written: the disk takes no more (a limit to the size of files?); make room or save elsewhere",
    "cannot be read or written: the disk reports a fault (%1); see to it or save elsewhere",
    "cannot be read or written: the disk reports a fault; see to it or save elsewhere",
    "cannot be read where it is: its last entries are in “%1”, which takes a folder with room that may be written to; copy "
    "both there",
    "does not answer yet; try again in a moment",
    "is not an ordinary file; expected an IDX file, raw or .gz",
    "is one of more than %1 values",
    "is not there any more: it or its folder was removed or moved; save elsewhere",
    "holds over %1 files and folders; choose a folder in it",
    "holds over %1 points; allowed: at most as many",
    "holds too many values; allowed: 20 million",
    "is damaged (SQLite finds its pages malformed)",
    "its size is not known",
    "it ends before the %1 bytes that it had when it was opened",
    "is not on this machine; Debian and Ubuntu have it as the package dataset-fashion-mnist (sudo apt install "
    "dataset-fashion-mnist)",
    "run %1 has a length that does not fit its growing batch",
    "The program ended while this run was going on.",
};

QStringList numbersIn(const QString& text) {
    static const QRegularExpression number(QStringLiteral("\\d+(\\.\\d+)?"));
    QStringList found;
    for (auto it = number.globalMatch(text); it.hasNext();) found << it.next().captured();
    found.sort();
    return found;
}

} // namespace

class TestProblemText : public InspectorFixture {
    Q_OBJECT

private:
    TestFolder m_files;
    std::unique_ptr<AskedGerman> m_german;

    QString inGerman(const QString& text) {
        QCoreApplication::installTranslator(m_german.get());
        const QString german = problemText(text);
        QCoreApplication::removeTranslator(m_german.get());
        return german;
    }

private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        auto german = translatorOf(QStringLiteral("de"));
        QVERIFY(german);
        m_german = std::make_unique<AskedGerman>(std::move(german));
    }
    void cleanup() { end(); }

    void realMessages_data() {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("german");
        const auto add = [](const char* kind, const ProblemExamples& examples) {
            for (const ProblemExample& one : examples)
                QTest::addRow("%s: %s", kind, one.name.constData())
                    << QString::fromStdString(one.message) << QString::fromUtf8(one.german);
        };
        add("range", rangeExamples());
        add("rule", ruleExamples());
        add("config", configExamples());
        add("list", listExamples());
        add("formula", formulaExamples());
        add("fork", forkExamples());
        add("experiment", experimentExamples(m_files));
        add("data", dataExamples(m_files));
        add("weights", weightExamples());
        add("start", startExamples(m_files));
        add("picture", pictureExamples());
        add("curve", curveExamples());
        add("event", eventExamples(m_files));
        add("log", logExamples(m_files));
        add("study", studyExamples(m_files));
    }
    void realMessages() {
        QFETCH(const QString, message);
        QFETCH(const QString, german);
        QVERIFY(message.size() > 5);
        QCOMPARE(problemText(message), message); // English is what it is written in
        const QString translated = inGerman(message);
        if (!german.isEmpty()) QCOMPARE(translated, german);
        QVERIFY2(translated != message, qPrintable(message));
        QCOMPARE(numbersIn(translated), numbersIn(message));
        // Nothing of it is left in English.
        static const QRegularExpression english(
            QStringLiteral("\\b(is|the|allowed|expected|of|has|holds|cannot|its|it|needs)\\b"));
        QString own = translated;
        own.remove(QRegularExpression(QStringLiteral("\"[^\"]*\"|„[^“]*“|“[^”]*”")));
        if (!message.contains(QStringLiteral("SQLite says")) && !message.contains(QStringLiteral("XML text")) &&
            !message.contains(QStringLiteral("read as JSON")) && !message.contains(QStringLiteral("opened: ")))
            QVERIFY2(!own.contains(english), qPrintable(translated));
    }

    void theInspectorSpeaksGerman_data() {
        QTest::addColumn<QString>("editor");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("german");
        const auto row = [](const char* editor, const char* typed, const char* german) {
            QTest::newRow(editor) << QString::fromUtf8(editor) << QString::fromUtf8(typed) << QString::fromUtf8(german);
        };
        row("Name of the run", "other", "name ist schon an einen anderen Lauf vergeben");
        row("Seed", "one", "seed ist keine ganze Zahl ab 0");
        row("Layer rates", "0, x", "layer_rates enthält „x“; erwartet: Zahlen mit Kommas dazwischen, etwa 0, 0.1, 1");
        row("Learning rate", "much", "schedule.lr ist keine Zahl; erlaubt: eine Zahl über 0 und höchstens 1e+06");
    }
    void theInspectorSpeaksGerman() {
        QFETCH(const QString, editor);
        QFETCH(const QString, typed);
        QFETCH(const QString, german);
        restart(); // in English, by whose words the editors are found
        show(tiny("other"));
        show(tiny("this"));
        auto* line = this->editor<QLineEdit>(editor.toUtf8().constData());
        QVERIFY(line);
        QCoreApplication::installTranslator(m_german.get());
        line->setText(typed);
        Q_EMIT line->textEdited(typed);
        Q_EMIT line->editingFinished();
        QCoreApplication::removeTranslator(m_german.get());
        QCOMPARE(problem(), german);
    }

    /// A run that failed says why in the list and in the inspector; a name that is refused, in the status bar.
    void theListSpeaksGerman() {
        restart();
        QUndoStack undo;
        RunListPanel list(*m_controller, undo);
        const auto failed = finishedRun(50, 20);
        failed->state = RunState::Failed;
        failed->message = QStringLiteral("/x/data: holds neither a nor b");
        m_controller->add(tiny("other"));
        m_controller->restore(failed, 1);
        auto* model = list.findChild<RunListModel*>();
        QString refusal;
        connect(model, &RunListModel::refused, model, [&](const QString& reason) { refusal = reason; });
        QCoreApplication::installTranslator(m_german.get());
        const QString toolTip = model->index(1, RunListModel::StateColumn).data(Qt::ToolTipRole).toString();
        const QString result = resultText(*failed);
        const bool renamed = model->setData(model->index(1, RunListModel::NameColumn), QStringLiteral("other"));
        QCoreApplication::removeTranslator(m_german.get());
        QVERIFY(!renamed);
        QCOMPARE(toolTip, QStringLiteral("<qt>/x/data: enthält weder a noch b</qt>"));
        QVERIFY2(result.startsWith(QStringLiteral("/x/data: enthält weder a noch b")), qPrintable(result));
        QCOMPARE(refusal, QStringLiteral("Der Name „other“ ist schon an einen anderen Lauf vergeben."));
    }

    /// Why a run cannot be steered by hand, as its controller says it.
    void steeringSpeaksGerman() {
        restart();
        RunConfig plain = tiny("plain");
        plain.duration.steps = 1'000'000;
        RunConfig growing = tiny("growing");
        growing.schedule = scheduleOf("exponential", {{"lr", 0.1}, {"gamma", 0.5}, {"period", 100}});
        growing.schedule.batchGrowth = true;
        growing.duration.steps = 200'000;
        RunConfig test = tiny("test");
        test.rangeTest.emplace().steps = 1'000'000;
        const ScheduleSpec halving = scheduleOf("halving", {{"lr", 0.1}});
        const auto answer = [&](const RunConfig& config, const ScheduleSpec& schedule, bool begun) {
            const RunId id = m_controller->add(config);
            if (begun) m_controller->start(id);
            const std::string message = lineOf(m_controller->steer(id, schedule));
            m_controller->stop(id);
            return inGerman(QString::fromStdString(message));
        };
        QCOMPARE(answer(tiny("ready"), halving, false),
                 QStringLiteral("schedule: lässt sich nicht ändern: Der Lauf geht nicht weiter"));
        QCOMPARE(answer(test, halving, true),
                 QStringLiteral("schedule: lässt sich nicht ändern: Ein Lernratentest fährt seine eigenen Raten durch"));
        restart(); // each is the only one, and begins at once
        QCOMPARE(answer(growing, halving, true),
                 QStringLiteral("schedule: lässt sich nicht ändern, solange der Lauf weitergeht: Seine Batches wachsen "
                                "danach"));
        restart();
        QCOMPARE(answer(plain, halving, true), QStringLiteral("schedule.type: ist halving, das mit dem Lauf beginnt"));
        restart();
        QCOMPARE(answer(plain, RunConfig::constantSchedule(-1), true),
                 QStringLiteral("schedule.lr: ist -1; erlaubt: eine Zahl über 0 und höchstens 1e+06"));
    }

    void unknownOnesPassThrough_data() {
        QTest::addColumn<QString>("message");
        for (const char* text :
             {"", ":", ": ", "is", "is 5", "Diverged at step 5", "a: b: c", "a list", "one of them", "the number 5",
              "%1", "%2: %1", "the lesson needs its pupils", "x: is 5; forbidden: 7", "Is 5; allowed: 7",
              "is 5; allowed: 7\nand more: ", "schedule.period", "größer — “𝄞”\n2"})
            QTest::newRow(text) << QString::fromUtf8(text);
        QTest::newRow("long") << QStringLiteral("is %1; allowed: 2").arg(QString(5000, QLatin1Char('x')));
        QTest::newRow("colons") << QStringLiteral(": ").repeated(1900);
    }
    void unknownOnesPassThrough() {
        QFETCH(const QString, message);
        if (message.contains(QStringLiteral("and more"))) // it is known, and its last argument is anything
            QCOMPARE(inGerman(message), QStringLiteral("ist 5; erlaubt: 7\nand more: "));
        else
            QCOMPARE(inGerman(message), message);
    }

    /// What is quoted is nobody's text, and holds no placeholders.
    void argumentsStay() {
        QCOMPARE(inGerman(QStringLiteral("is %2; allowed: %1")), QStringLiteral("ist %2; erlaubt: %1"));
        QCOMPARE(inGerman(QStringLiteral("is “a list”; no run of this file has that name")),
                 QStringLiteral("ist „a list“; kein Lauf dieser Datei heißt so"));
        QCOMPARE(inGerman(QStringLiteral("/a: b/is missing: runs[0].name: is missing")),
                 QStringLiteral("/a: b/is missing: runs[0].name: fehlt"));
        QCOMPARE(
            inGerman(QStringLiteral("s: could not be saved (s.saving: cannot be written: the disk is full; make room "
                                    "or save elsewhere)")),
            QStringLiteral("s: ließ sich nicht speichern (s.saving: lässt sich nicht schreiben: Der Datenträger ist "
                           "voll; Platz schaffen oder woanders speichern)"));
    }

    /// Comes last: each line of the table is used by something above, and no line is there for nothing.
    void theTableIsUsed() {
        if (m_german->asked().size() < 100) QSKIP("only with all rows");
        for (const char* text : hardToBringAbout) {
            const QString message = QStringLiteral("cannot be read: ") + QString::fromUtf8(text);
            QVERIFY2(inGerman(message) != QStringLiteral("lässt sich nicht lesen: ") + QString::fromUtf8(text), text);
        }
        QStringList unused;
        const auto look = [&](std::span<const char* const> texts) {
            for (const char* text : texts)
                if (!m_german->asked().contains(QString::fromUtf8(text))) unused << QString::fromUtf8(text);
        };
        look(problemTemplates());
        look(problemPhrases());
        QVERIFY2(unused.isEmpty(), qPrintable(unused.join(QLatin1Char('\n'))));
    }
};

QTEST_MAIN(TestProblemText)
#include "tst_problem_text.moc"
