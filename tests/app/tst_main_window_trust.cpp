// SPDX-License-Identifier: GPL-3.0-or-later
// A study from anybody: its texts are shown letter for letter, and no file that it names is so much as opened.
#include "app/main_window.h"
#include "app/panels/code_dialog.h"
#include "app/panels/fork_dialog.h"
#include "app/panels/log_dialog.h"
#include "app/panels/notes_panel.h"
#include "app/panels/range_test_dialog.h"
#include "app/panels/recovery_dialog.h"
#include "app/panels/run_list_panel.h"
#include "app/panels/start_page.h"
#include "app/study/plain_text.h"
#include "tests/app/gui_helpers.h"
#include "tests/app/study_fixture.h"

#include <QAbstractItemView>
#include <QDir>
#include <QDockWidget>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QTextDocument>
#include <QTreeView>

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace ratescope;

namespace {

constexpr int patience = 60'000; // ms
constexpr const char* dataFiles[] = {"train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
                                     "t10k-labels-idx1-ubyte"};

/// A picture and a pipe that nobody may open, and knows whether somebody has.
class Bait {
public:
    Bait()
        : m_watch(inotify_init1(IN_NONBLOCK)) {
        QImage(2, 2, QImage::Format_RGB32).save(picture());
        mkfifo(pipe().toUtf8().constData(), 0600);
        for (const QString& path : {picture(), pipe()})
            inotify_add_watch(m_watch, path.toUtf8().constData(), IN_OPEN | IN_ACCESS);
    }
    ~Bait() { close(m_watch); }
    Bait(const Bait&) = delete;
    Bait& operator=(const Bait&) = delete;

    QString folder() const { return m_folder.path(); }
    QString picture() const { return m_folder.filePath(QStringLiteral("p.png")); }
    QString pipe() const { return m_folder.filePath(QStringLiteral("f")); }
    /// Everything that Qt might do something with.
    QString text() const {
        return QStringLiteral("<img src=\"%1\"><img src='file://%2'><h1 style='font-size:900px'>&x</h1>")
            .arg(picture(), pipe());
    }
    /// Short enough for the name of a run.
    QString name() const { return QStringLiteral("<img src='%1'>&x %1 %2 [*]").arg(picture()); }

    bool isUntouched() const {
        std::array<char, 4096> events;
        if (read(m_watch, events.data(), events.size()) > 0) return false;
        const int writer = open(pipe().toUtf8().constData(), O_WRONLY | O_NONBLOCK);
        if (writer >= 0) close(writer); // somebody waits for what it has to say
        return writer < 0 && errno == ENXIO;
    }

private:
    QTemporaryDir m_folder;
    int m_watch;
};

bool wouldBeHtml(const QString& text) { return text.contains(QStringLiteral("<img")) && Qt::mightBeRichText(text); }

/// What would be shown as more than letters, below `root`; none.
QStringList htmlIn(const QWidget& root) {
    QStringList found;
    QList<const QWidget*> all{&root};
    for (const QWidget* one : root.findChildren<QWidget*>()) all << one;
    for (const QWidget* one : std::as_const(all)) {
        for (const QString& text : {one->toolTip(), one->statusTip(), one->whatsThis()})
            if (wouldBeHtml(text)) found << text;
        if (const auto* label = qobject_cast<const QLabel*>(one))
            if (label->textFormat() == Qt::RichText || (label->textFormat() == Qt::AutoText && wouldBeHtml(label->text())))
                found << label->text();
        for (const QAction* action : one->actions())
            if (wouldBeHtml(action->toolTip()) && !wouldBeHtml(action->text())) found << action->toolTip(); // else of a menu
    }
    for (const auto* view : root.findChildren<QAbstractItemView*>()) {
        const QAbstractItemModel* model = view->model();
        for (int row = 0; model && row < std::min(model->rowCount(), 50); ++row)
            for (int column = 0; column < model->columnCount(); ++column) {
                const QModelIndex at = model->index(row, column);
                for (const int role : {Qt::ToolTipRole, Qt::WhatsThisRole, Qt::StatusTipRole}) {
                    if (wouldBeHtml(at.data(role).toString())) found << at.data(role).toString();
                    const QString head = model->headerData(column, Qt::Horizontal, role).toString();
                    if (wouldBeHtml(head)) found << head;
                }
            }
    }
    return found;
}

/// Runs of every kind, hostile wherever there is room for a text.
QString hostileStudy(const Bait& bait) {
    const QString path = QDir(bait.folder()).filePath(QStringLiteral("s.ratescope"));
    StudyFile file(path.toStdString(), StudyFile::Access::Write);
    const std::string name = bait.name().toStdString();
    RunRecord finished = fullRecord(name + "1", RunState::Finished);
    finished.config.data = bait.text().toStdString();
    RunRecord failed = fullRecord(name + "2", RunState::Failed);
    failed.message = bait.text();
    RunRecord ready = fullRecord(name + "3", RunState::Ready);
    ready.config.data = bait.folder().toStdString(); // whose files are pipes
    ready.config.startFrom = StartFromSpec{.run = {}, .file = bait.pipe().toStdString()};
    for (RunRecord* run : {&finished, &failed, &ready}) put(file, *run);
    RunRecord test = *finishedRangeTest(4);
    test.config.name = name + "4";
    put(file, test);
    RunRecord curve = *finishedRangeTest(5);
    curve.config.name = name + "5";
    curve.origin = QStringLiteral("imported from ") + bait.text();
    put(file, curve);
    file.setText("title", bait.text().toStdString());
    file.setText("notes", "![x](" + bait.picture().toStdString() + ") " + bait.text().toStdString());
    file.setText("layout", bait.text().toStdString());
    file.settle();
    return path;
}

} // namespace

class TestMainWindowTrust : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("ratescope-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_main_window_trust"));
    }
    void init() { QSettings().clear(); }

    void textsAreShownLetterForLetter() {
        const Bait bait;
        for (const char* name : dataFiles)
            QCOMPARE(mkfifo(QDir(bait.folder()).filePath(QString::fromLatin1(name)).toUtf8().constData(), 0600), 0);
        const QString path = hostileStudy(bait);
        const QTemporaryDir state;
        MainWindow window(state.path());
        window.resize(1600, 1000);
        window.show();
        window.openFiles({path});
        QTRY_COMPARE_WITH_TIMEOUT(window.controller().runs().size(), std::size_t(5), patience);
        for (QDockWidget* dock : window.findChildren<QDockWidget*>()) dock->show();
        QAbstractItemView* list = window.findChild<RunListPanel*>()->view();
        for (int row = 0; row < 5; ++row) {
            list->setCurrentIndex(list->model()->index(row, 0));
            QTest::qWait(0);
            QVERIFY(!window.grab().isNull());
            QCOMPARE(htmlIn(window), QStringList());
        }
        // Whose names are there in full, and not half of them as a picture.
        for (int i = 0; i < 5; ++i)
            QCOMPARE(window.controller().runs()[std::size_t(i)]->config.name,
                     bait.name().toStdString() + std::to_string(i + 1));
        const QString tip = list->model()->index(0, 0).data(Qt::ToolTipRole).toString();
        QTextDocument shown;
        shown.setHtml(tip);
        QVERIFY(shown.toPlainText().contains(bait.name() + QLatin1Char('1')));
        QVERIFY(window.findChild<NotesPanel*>()->notes().contains(bait.text()));
        QVERIFY(bait.isUntouched());
    }

    void dialogsToo() {
        const Bait bait;
        const QTemporaryDir state;
        MainWindow window(state.path());
        window.show();
        window.openFiles({hostileStudy(bait)});
        QTRY_COMPARE_WITH_TIMEOUT(window.controller().runs().size(), std::size_t(5), patience);
        const auto runs = window.controller().runs();
        const auto check = [&](QDialog& dialog) {
            dialog.show();
            QVERIFY(!dialog.grab().isNull());
            QCOMPARE(htmlIn(dialog), QStringList());
            QVERIFY(bait.isUntouched());
        };
        ForkDialog fork(window.controller(), runs[0]->id);
        check(fork);
        QVERIFY(fork.windowTitle().contains(QStringLiteral("[*][*]")));
        CodeDialog code(*runs[0]);
        check(code);
        const auto refuse = [&](const RunConfig&) { return Problems{{"data", bait.text().toStdString()}}; };
        RangeTestDialog test(window.controller(), runs[0]->id, {}, refuse);
        check(test);
        RecoveryDialog recovery({{bait.text(), bait.text()}});
        check(recovery);
        LogPreview log;
        log.columns = {{bait.name().toStdString(), {bait.text().toStdString()}}, {"loss", {"1"}}};
        log.guess.loss = bait.name().toStdString();
        LogDialog import({bait.text()}, log, log.guess,
                         [&](const LogMapping&, const auto& done) { done({.problem = bait.text()}); });
        check(import);
        window.compareSchedules();
        for (auto* dialog : window.findChildren<QDialog*>()) check(*dialog);
    }

    /// What is wrong with a file is told in its words.
    void refusalsQuoteLetters() {
        const Bait bait;
        const QString path = QDir(bait.folder()).filePath(QStringLiteral("<h1>&x.json"));
        writeText(path.toStdString(), R"({"ratescope": 1, "runs": [{"name": "a", "data": ")" +
                                          bait.picture().toStdString() + R"(<h1>"}]})");
        const QTemporaryDir state;
        MainWindow window(state.path());
        window.show();
        window.openFiles({path});
        QTRY_VERIFY_WITH_TIMEOUT(window.findChild<QMessageBox*>(), patience);
        const auto* box = window.findChild<QMessageBox*>();
        QVERIFY(box->text().contains(QStringLiteral("<h1>&x.json: runs[0].data")));
        QCOMPARE(box->textFormat(), Qt::PlainText);
        for (const QLabel* label : box->findChildren<QLabel*>())
            if (label->text().contains(QStringLiteral("<h1>"))) QCOMPARE(label->textFormat(), Qt::PlainText);
        QVERIFY(bait.isUntouched());
    }

    void recentFilesUnderlineNothing() {
        StartPage page;
        page.setRecentFiles({QStringLiteral("/tmp/<img src='x'> a&b.json")});
        page.setUnsavedWork({{QStringLiteral("/tmp/x"), QStringLiteral("1 run")}});
        QCOMPARE(htmlIn(page), QStringList());
        bool found = false;
        for (const QPushButton* link : page.findChildren<QPushButton*>())
            found = found || link->text() == QStringLiteral("<img src='x'> a&&b.json");
        QVERIFY(found);
    }

    /// Another run of that data can be made and changed, and is refused without a look into what is no file.
    void dataAreNotLookedForInPipes() {
        const Bait bait;
        for (const char* name : dataFiles)
            QVERIFY(QFile::link(bait.pipe(), QDir(bait.folder()).filePath(QString::fromLatin1(name))));
        const QTemporaryDir state;
        MainWindow window(state.path());
        window.openFiles({hostileStudy(bait)});
        QTRY_COMPARE_WITH_TIMEOUT(window.controller().runs().size(), std::size_t(5), patience);
        const RunPointer run = window.controller().runs()[2];
        window.duplicateRun(run->id);
        QCOMPARE(window.controller().runs().size(), std::size_t(6));
        RunConfig config = run->config;
        config.seed += 1;
        const Problems problems = window.controller().setConfig(run->id, config);
        QCOMPARE(problems.size(), std::size_t(1));
        QCOMPARE(problems[0].place, std::string("data"));
        QVERIFY(hasText(problems[0].message, "is not an ordinary file"));
        QVERIFY(bait.isUntouched());
    }

    void strangeNamesAreOneLine() {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath(QStringLiteral("s.ratescope")).toStdString();
        {
            StudyFile file(path, StudyFile::Access::Write);
            put(file, fullRecord("a", RunState::Failed));
            file.settle();
        }
        {
            SqliteDatabase database = tool(path);
            database.execute("UPDATE run SET"
                             " name='a' || char(10) || char(8238) || 'b' || char(8233) || char(133) || char(8294),"
                             " message=printf('%.*c', 1000000, 'x'), origin=printf('%.*c', 1000000, 'y')");
        }
        const RunRecord run = readStudy(path)[0];
        QCOMPARE(run.config.name, std::string("a__b___"));
        QCOMPARE(run.message.size(), qsizetype(4000));
        QCOMPARE(run.origin.size(), qsizetype(4000));
    }

    /// Qt's Markdown takes time that grows with the square of the marks.
    void longNotesAreLetters_data() {
        QTest::addColumn<QString>("unit");
        QTest::addColumn<bool>("marked");
        QTest::newRow("emphasis") << QStringLiteral("a**b") << false;
        QTest::newRow("pictures") << QStringLiteral("![x](/y) ") << false;
        QTest::newRow("paragraphs") << QStringLiteral("**a** b\n\n") << true;
    }

    void longNotesAreLetters() {
        QFETCH(const QString, unit);
        QFETCH(const bool, marked);
        NotesPanel panel;
        panel.setNotes(QString(), unit.repeated(1'000'000 / int(unit.size())));
        const QString shown = panel.findChild<QTextBrowser*>()->toPlainText();
        QCOMPARE(!shown.contains(unit.trimmed()), marked);
        QVERIFY(shown.size() <= 50'000);
        QCOMPARE(panel.notes().size(), qsizetype(1'000'000 / unit.size() * unit.size())); // none is lost
    }

    void notesHaveNoSizeOfTheirOwn() {
        NotesPanel panel;
        panel.setNotes(QString(), QStringLiteral("<h1 style='font-size:900px'>large</h1>"));
        QVERIFY(panel.findChild<QTextBrowser*>()->document()->size().height() < 200);
    }

    void helpers() {
        QCOMPARE(plainToolTip(QString()), QString());
        QCOMPARE(plainToolTip(QStringLiteral("a<b>&\nc")), QStringLiteral("<qt>a&lt;b&gt;&amp;<br>c</qt>"));
        QVERIFY(plainToolTip(QString(1'000'000, QLatin1Char('x'))).size() < 2'100);
        QCOMPARE(plainToolTip(QString(100, QLatin1Char('\n'))).count(QStringLiteral("<br>")), 29);
        QCOMPARE(menuText(QStringLiteral("a&b")), QStringLiteral("a&&b"));
        QCOMPARE(titleText(QStringLiteral("a[*]")), QStringLiteral("a[*][*]"));
        QCOMPARE(plainLine("\xE2\x80\xAE" "a\tb\xC2\x85\xFF"), std::string("_a_b_\xEF\xBF\xBD"));
        QCOMPARE(cutText(QStringLiteral("abc"), 3), QStringLiteral("abc"));
        QCOMPARE(cutText(QStringLiteral("abcd"), 3), QStringLiteral("ab…"));
        QCOMPARE(cutText(QStringLiteral("a𝄞cd"), 3), QStringLiteral("a…"));
    }
};

QTEST_MAIN(TestMainWindowTrust)
#include "tst_main_window_trust.moc"
