// SPDX-License-Identifier: GPL-3.0-or-later
// The German words, as a file and in the window.
#include "app/control/run_figures.h"
#include "app/control/start_weights.h"
#include "app/main_window.h"
#include "app/panels/core_text.h"
#include "app/panels/lesson_text.h"
#include "app/panels/inspector_panel.h"
#include "app/panels/run_list_panel.h"
#include "app/panels/run_result_text.h"
#include "app/panels/schedule_card.h"
#include "app/panels/schedule_comparison.h"
#include "app/panels/schedule_editor.h"
#include "app/panels/schedule_gallery.h"
#include "app/plots/plot_page.h"
#include "app/study/language.h"
#include "core/analysis/rate_rules.h"
#include "core/network/network_spec.h"
#include "core/optimizer/optimizer.h"
#include "core/schedule/schedule.h"
#include "tests/app/app_helpers.h"
#include "tests/app/gui_helpers.h"
#include "tests/app/translation_file.h"
#include "tests/this_build.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDirIterator>
#include <QDockWidget>
#include <QLabel>
#include <QMenuBar>
#include <QMutex>
#include <QProcess>
#include <QRegularExpression>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QTranslator>
#include <QTreeView>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

using namespace ratescope;

namespace {

const QString germanFile = QString::fromStdString(sourceDir("/resources/translations/ratescope_de.ts"));
const QString englishFile = QString::fromStdString(sourceDir("/resources/translations/ratescope_en.ts"));

/// What German and English have in common: names, signs, keys, and words that came from one to the other.
constexpr const char* sameInBoth[] = {
    "Ratescope", "%1 — Ratescope", "%1: B − A = %2", "%1 %2", "%1 M", "%1 k", "1×", "2×", "3×", "4×", "x:", "y:", "1 – 9",
    "H", "F11", "Esc", "Format", "Poster", "Name", "Start", "Export", "Pause", "Training", "Rate", "Rate %1", "%1\nrate",
    "Linear", "linear", "Momentum", "Gamma", "Alpha", "Rho", "Beta 1", "Beta 2", "Epsilon", "Nesterov", "AMSGrad",
    "AMSBound", "max(x, 0).", "1/(1 + e^−x).", "Plateau", "log", " MB", "D",
    "Python (*.py)", "steepest", "minimum", "valley", "slide", "× ⅓", "× 1", "× 3", "; %1 %2", "%1.", "%1 (%2–%3)"};

/// Every text of core's tables that a person may see.
QStringList textsOfCore() {
    QStringList texts;
    const auto add = [&](std::string_view text) {
        if (!text.empty()) texts << QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    };
    const auto addParameter = [&](const ParameterInfo& info) {
        add(info.label);
        add(info.meaning);
    };
    for (const ScheduleFamily& family : scheduleTable()) {
        for (const std::string& text : {family.label, family.formula, family.meaning}) add(text);
        for (const ParameterInfo& info : family.parameters) addParameter(info);
    }
    for (const OptimizerInfo& rule : optimizerTable()) {
        for (const std::string& text : {rule.label, rule.meaning, rule.source}) add(text);
        for (const ParameterInfo& info : rule.parameters) addParameter(info);
    }
    for (const LayerInfo& layer : layerTable()) {
        add(layer.meaning);
        for (const LayerParameter& parameter : layer.parameters) addParameter(parameter.info);
    }
    // Range tests that fall all the way, ever faster or evenly, that have a valley, that rise, that are noise, that
    // come back, that end above where they begin, that fall ever more slowly and are short, or too short.
    std::vector<double> rates;
    std::vector<std::vector<double>> losses(9);
    for (int i = 0; i < 40; ++i) {
        rates.push_back(std::pow(10.0, -4.0 + 0.1 * i));
        const double hill = i < 4 ? 10.0 : 1.0 + 0.3 * std::min(i - 4, 16) - 0.2 * std::max(i - 20, 0);
        const double values[] = {
            100.0 - i * i * 0.01,    10.0 - 0.1 * i, std::abs(i - 25.0),      double(i), i % 2 ? 1.0 : 2.0,
            i == 0 ? 1.0 : 50.0 - i, hill,           10.0 * std::pow(0.8, i), 3.0};
        for (std::size_t k = 0; k < losses.size(); ++k) losses[k].push_back(values[k]);
    }
    losses[7].resize(12);
    losses[8].clear();
    std::vector<RangeAnswers> answers;
    for (const std::vector<double>& one : losses) {
        const RangeCurve curve = rangeCurve(rates, one, 0.0);
        answers.push_back(suggestAll(curve));
        answers.push_back(suggestFresh(curve));
        answers.push_back(suggestHalving(curve, !one.empty()));
        answers.push_back(suggestBest(curve.rates, one));
    }
    for (const RangeAnswers& one : answers) {
        for (const Suggestion& suggestion : one.rules) add(suggestion.reason);
        add(one.bounds.reason);
    }
    texts.removeDuplicates();
    return texts;
}

/// What may be the same in German: besides the words above formulas, names of rules, and papers by people's names alone.
QSet<QString> namesAndSigns() {
    QSet<QString> names;
    for (const char* word : sameInBoth) names << QString::fromUtf8(word);
    for (const ScheduleFamily& family : scheduleTable()) names << QString::fromStdString(family.formula);
    for (const OptimizerInfo& rule : optimizerTable()) {
        if (rule.type != "local_gains") names << QString::fromStdString(rule.label);
        const bool words = rule.source.find(" and ") != std::string::npos || rule.source.find(',') != std::string::npos;
        if (!words) names << QString::fromStdString(rule.source);
    }
    return names;
}

/// Keeps what the program asks translations for, and translates nothing.
class Listener : public QTranslator {
public:
    bool isEmpty() const override { return false; }
    QString translate(const char* context, const char* source, const char*, int) const override {
        const QMutexLocker lock(&m_mutex);
        m_asked.insert({QString::fromUtf8(context), QString::fromUtf8(source)});
        return {};
    }
    QSet<TextKey> asked() const {
        const QMutexLocker lock(&m_mutex);
        return m_asked;
    }

private:
    mutable QMutex m_mutex;
    mutable QSet<TextKey> m_asked;
};

QStringList textsOf(const QComboBox& box) {
    QStringList texts;
    for (int i = 0; i < box.count(); ++i) texts << box.itemText(i);
    return texts;
}

/// The letters behind & in those texts.
QString mnemonics(const QList<QAction*>& actions) {
    QString letters;
    for (const QAction* action : actions) {
        const QString text = QString(action->text()).replace(QStringLiteral("&&"), QString());
        const qsizetype at = text.indexOf(QLatin1Char('&'));
        if (at >= 0 && at + 1 < text.size()) letters += text[at + 1].toLower();
    }
    return letters;
}

bool doubled(const QString& letters) {
    return std::ranges::any_of(letters, [&](QChar letter) { return letters.count(letter) > 1; });
}

/// Chooses every family and every rule once, as somebody does who looks at what there is.
void lookThroughInspector(const MainWindow& window) {
    auto* schedule = window.findChild<ScheduleEditor*>();
    for (const ScheduleFamily& family : scheduleTable()) schedule->chooseFamily(family.type);
    schedule->openGallery();
    window.findChild<ScheduleGallery*>()->grab();
    window.findChild<ScheduleGallery*>()->reject();
    schedule->chooseFamily("constant");
    for (QComboBox* box : window.findChild<InspectorPanel*>()->findChildren<QComboBox*>())
        for (int i = box->count(); i-- > 0;)
            if (box->itemText(i).right(1) != QStringLiteral("…")) box->setCurrentIndex(i); // those open a dialog
}

} // namespace

class TestTranslations : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_settings;
    QList<TranslatedText> m_german;

    static QByteArray nameOf(const TranslatedText& text) {
        return (text.key.first + QStringLiteral(": ") + text.key.second).toUtf8();
    }

private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setApplicationName(QStringLiteral("ratescope-test"));
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings.path());
        m_german = readTranslations(germanFile);
        QVERIFY(m_german.size() > 600);
    }

    void everyTextIsTranslated() {
        for (const TranslatedText& text : m_german) {
            QVERIFY2(text.finished, nameOf(text));
            QCOMPARE(text.forms.size(), text.plural ? 2 : 1);
            for (const QString& form : text.forms) QVERIFY2(!form.trimmed().isEmpty(), nameOf(text));
        }
    }

    void placeholdersTagsAndLinesStay() {
        for (const TranslatedText& text : m_german)
            for (const QString& form : text.forms) {
                const QString& source = text.key.second;
                QVERIFY2(placeholders(form) == placeholders(source), nameOf(text));
                QVERIFY2(form.count(QLatin1Char('\n')) == source.count(QLatin1Char('\n')), nameOf(text));
                QVERIFY2(form.startsWith(QLatin1Char(' ')) == source.startsWith(QLatin1Char(' ')), nameOf(text));
                QVERIFY2(form.contains(QLatin1Char('&')) == source.contains(QLatin1Char('&')), nameOf(text));
                QVERIFY2(!form.contains(QStringLiteral("Ctrl")) && !form.contains(QStringLiteral("Shift")), nameOf(text));
            }
    }

    void nothingIsLeftInEnglish() {
        const QSet<QString> names = namesAndSigns();
        for (const TranslatedText& text : m_german)
            QVERIFY2(text.forms.constFirst() != text.key.second || names.contains(text.key.second), nameOf(text));
    }

    void englishHasItsPlurals() {
        QSet<TextKey> german;
        for (const TranslatedText& text : m_german)
            if (text.plural) german << text.key;
        QSet<TextKey> english;
        for (const TranslatedText& text : readTranslations(englishFile))
            if (text.plural && text.finished) english << text.key;
        QVERIFY2((german - english).isEmpty(), qPrintable(listed(german - english)));
    }

    void theFileHasWhatTheSourcesSay() {
        const QString program = QStringLiteral("/usr/lib/qt6/bin/lupdate");
        if (!QFileInfo(program).isExecutable()) QSKIP("lupdate is not installed");
        const QTemporaryDir folder;
        const QString copy = folder.filePath(QStringLiteral("ratescope_de.ts"));
        QVERIFY(QFile::copy(germanFile, copy));
        QProcess lupdate;
        lupdate.setWorkingDirectory(QString::fromStdString(sourceDir()));
        const QString options = QStringLiteral("-silent -I . -no-obsolete -locations none app -ts");
        lupdate.start(program, options.split(QLatin1Char(' ')) << copy);
        QVERIFY(lupdate.waitForFinished(120'000));
        QCOMPARE(lupdate.exitCode(), 0);
        const QSet<TextKey> here = keysOf(m_german);
        const QSet<TextKey> there = keysOf(readTranslations(copy));
        QVERIFY2((there - here).isEmpty(), qPrintable(QStringLiteral("not in the file: ") + listed(there - here)));
        QVERIFY2((here - there).isEmpty(), qPrintable(QStringLiteral("not in the sources: ") + listed(here - there)));
    }

    void everyTextOfCoreIsKnown() {
        QSet<QString> known;
        for (const char* text : coreTexts()) {
            QVERIFY2(!known.contains(QString::fromUtf8(text)), text);
            known << QString::fromUtf8(text);
        }
        const QStringList texts = textsOfCore();
        for (const QString& text : texts) QVERIFY2(known.remove(text), qPrintable(text));
        QVERIFY2(known.isEmpty(), qPrintable(known.values().join(QStringLiteral(" | ")))); // and no other is
        QCOMPARE(coreText(std::string()), QString());
        QCOMPARE(coreText("Cosine"), QStringLiteral("Cosine")); // no language is installed here
    }

    void everyTextOfTheLessonsIsKnown() {
        QStringList known;
        for (const char* text : lessonTexts()) known << QString::fromUtf8(text);
        QStringList texts;
        const QDir folder(QString::fromStdString(sourceDir("/resources/lessons")));
        for (const QString& name : folder.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QJsonObject lesson = QJsonDocument::fromJson(file.readAll()).object();
            texts << lesson[QStringLiteral("title")].toString() << lesson[QStringLiteral("notes")].toString();
        }
        QCOMPARE(known, texts);
    }

    /// What neither is a QObject of its own nor names its context asks for texts where lupdate does not put them.
    void everyContextIsDeclared() {
        QString sources;
        QDirIterator files(QString::fromStdString(sourceDir("/app")), {QStringLiteral("*.h"), QStringLiteral("*.cpp")},
                           QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) sources += QString::fromStdString(readText(files.next().toStdString()));
        const QString ours = QStringLiteral("ratescope::");
        for (const TextKey& key : keysOf(m_german)) {
            const QString& context = key.first;
            // These three call translate() by name.
            if (context == QLatin1String("core") || context == QLatin1String("lessons") ||
                context == QLatin1String("ratescope::Figure"))
                continue;
            const QString name = context.mid(context.startsWith(ours) ? ours.size() : 0);
            const char* declared =
                context == name ? "Q_DECLARE_TR_FUNCTIONS\\(%1\\)" : "class %1 : public \\w+ \\{\\s+Q_OBJECT";
            QVERIFY2(sources.contains(QRegularExpression(QString::fromLatin1(declared).arg(name))), qPrintable(context));
        }
    }

    /// lupdate guesses the context of a text from the source; at run time it is what the code says.
    void theContextsAreThoseOfTheFile() {
        const QSet<TextKey> known = keysOf(m_german);
        QSet<TextKey> asked;
        {
            Listener listener;
            QCoreApplication::installTranslator(&listener);
            const QTemporaryDir state;
            MainWindow window(state.path());
            window.resize(1600, 900);
            window.show();
            window.controller().add({});
            window.controller().restore(finishedRun(50, 200), 1);
            window.controller().restore(finishedRangeTest(51), 2);
            auto* list = window.findChild<RunListPanel*>();
            list->select(window.controller().runs()[0]->id);
            window.findChild<QDockWidget*>(QStringLiteral("values"))->show();
            lookThroughInspector(window);
            window.compareSchedules();
            window.findChild<ScheduleComparison*>()->grab();
            window.grab();
            QTest::mouseMove(&window.plots(), QPoint(window.plots().width() / 6, window.plots().height() / 2));
            window.grab();
            list->select(51);
            window.deleteRuns();

            for (int each = 0; each <= static_cast<int>(RunState::Failed); ++each) {
                const auto run = finishedRun(60, 20);
                run->state = static_cast<RunState>(each);
                run->config.startFrom = StartFromSpec{};
                run->result.test = Score{0.1, 0.1};
                run->result.bestEpoch = 1;
                run->result.ensemble = Score{0.1, 0.1};
                run->result.snapshots.resize(1);
                stateText(*run);
                stateName(run->state);
                resultText(*run);
                startProblem(*run, run.get());
                startProblem(*run, nullptr);
            }
            const auto starting = finishedRun(61, 20);
            starting->config.startFrom = StartFromSpec{};
            startProblem(*starting, finishedRangeTest(62).get());
            speedText(2e6);
            speedText(2e4);
            asked = listener.asked();
            QCoreApplication::removeTranslator(&listener);
        }
        QSet<TextKey> unknown;
        int ours = 0;
        for (const TextKey& key : asked) {
            if (key.first.startsWith(QLatin1Char('Q')) || key.second.isEmpty()) continue; // Qt's own
            ++ours;
            if (!known.contains(key)) unknown << key;
        }
        QVERIFY2(unknown.isEmpty(), qPrintable(listed(unknown)));
        QVERIFY2(ours > 350, qPrintable(QString::number(ours)));
    }

    void theWindowSpeaksGerman() {
        QSettings().setValue(QStringLiteral("language"), QStringLiteral("de"));
        const auto german = translatorOf(chosenLanguage());
        QVERIFY(german);
        QVERIFY(QCoreApplication::installTranslator(german.get()));
        const QTemporaryDir state;
        MainWindow window(state.path());
        window.show();
        window.controller().add({});
        auto* list = window.findChild<RunListPanel*>();
        list->select(window.controller().runs()[0]->id);

        QStringList menus;
        for (const QAction* action : window.menuBar()->actions()) menus << QString(action->text()).remove(QLatin1Char('&'));
        QCOMPARE(menus.join(QLatin1Char(' ')), QStringLiteral("Datei Bearbeiten Lauf Ansicht Hilfe"));
        QCOMPARE(mnemonics(window.menuBar()->actions()).size(), 5);
        QVERIFY(!doubled(mnemonics(window.menuBar()->actions())));
        for (const QAction* action : window.menuBar()->actions()) {
            const QString letters = mnemonics(action->menu()->actions());
            QVERIFY2(!doubled(letters), qPrintable(action->text() + QLatin1Char(' ') + letters));
        }

        // Words of free functions, in the list and by themselves.
        QStringList cells;
        const QAbstractItemModel* model = list->view()->model();
        for (int column = 0; column < model->columnCount(); ++column) cells << model->index(0, column).data().toString();
        QVERIFY2(cells.contains(QStringLiteral("bereit")), qPrintable(cells.join(QLatin1Char('|'))));
        const auto run = finishedRun(60, 20);
        QCOMPARE(stateText(*run), QStringLiteral("fertig"));
        run->config.startFrom = StartFromSpec{};
        run->config.startFrom->run = "a";
        QCOMPARE(startProblem(*run, nullptr), QStringLiteral("Beginnt mit Gewichten von „a“: Diesen Lauf gibt es nicht"));
        run->result.bestEpoch = 3;
        QCOMPARE(resultText(*run), QStringLiteral("Beste Epoche: 3"));

        // The inspector, with what it takes from core.
        const auto* inspector = window.findChild<InspectorPanel*>();
        QStringList labels;
        for (const QLabel* label : inspector->findChildren<QLabel*>()) labels << label->text();
        for (const char* text : {"Lernrate", "Lernratentest", "Netz", "Optimierer", "Daten", "Feinabstimmung", "Anhalten",
                                 "Gewichtszerfall"})
            QVERIFY2(labels.contains(QLatin1String(text)), text);
        QStringList choices;
        for (const QComboBox* box : inspector->findChildren<QComboBox*>()) choices << textsOf(*box);
        inspector->findChild<ScheduleEditor*>()->openGallery();
        for (const ScheduleCard* card : window.findChild<ScheduleGallery*>()->cards()) choices << card->text();
        for (const char* text : {"Konstant", "Kosinus", "Warme Neustarts", "Lokale Faktoren", "Kreuzentropie", "Abfolge"})
            QVERIFY2(choices.contains(QLatin1String(text)), text);
        QVERIFY(choices.contains(QStringLiteral("softmax"))); // what stands in files is no word
        // As figures ask, which may be of another language than the window.
        QCOMPARE(german->translate("ratescope::Figure", "Smoothed loss"), QStringLiteral("Geglätteter Verlust"));
        const auto newRuns = [](int count) {
            return QCoreApplication::translate("RunUndoCommands", "%n new run(s)", nullptr, count);
        };
        QCOMPARE(newRuns(1), QStringLiteral("1 neuer Lauf"));
        QCOMPARE(newRuns(3), QStringLiteral("3 neue Läufe"));
        QCoreApplication::removeTranslator(german.get());
    }
};

QTEST_MAIN(TestTranslations)
#include "tst_translations.moc"
