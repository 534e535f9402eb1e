// SPDX-License-Identifier: GPL-3.0-or-later
// Logs of other programs whose columns the window asks about: by drop and by menu, once for all of a kind.
#include "app/main_window.h"
#include "app/panels/log_dialog.h"
#include "tests/app/app_helpers.h"
#include "tests/app/event_bytes.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDropEvent>
#include <QFileDialog>
#include <QLabel>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace ratescope;

namespace {

constexpr int patience = 60'000; // ms
const std::string strange = "count,fit,held,remark\n10,2,2.5,good\n20,1.5,,bad\n30,1.25,1.75,\n";

void drop(MainWindow& window, const QStringList& paths) {
    QMimeData files;
    QList<QUrl> urls;
    for (const QString& path : paths) urls << QUrl::fromLocalFile(path);
    files.setUrls(urls);
    QDropEvent event({10, 10}, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    static_cast<QObject&>(window).event(&event); // past the drag manager, which knows of no drag
}

/// A dialog that asks, and what somebody does with it.
class Asked {
public:
    explicit Asked(MainWindow& window)
        : m_window(window) {}

    /// Waits until it is there and knows whether what is preselected can be read.
    bool comes() {
        if (!QTest::qWaitFor([&] { return m_window.findChild<LogDialog*>() != nullptr; }, patience)) return false;
        m_dialog = m_window.findChild<LogDialog*>();
        return settles();
    }
    bool settles() {
        return QTest::qWaitFor([&] { return !state().startsWith(QStringLiteral("Reading")); }, patience);
    }
    QString state() const { return label("Whether it can be read")->text(); }
    QString chosen(const char* name) const { return choice(name)->currentText(); }
    /// And waits for what comes of it.
    bool choose(const char* name, const char* column) {
        QSignalSpy checked(m_dialog, &LogDialog::checked);
        const int index = choice(name)->findText(QString::fromLatin1(column));
        if (index < 0 || index == choice(name)->currentIndex()) return false;
        choice(name)->setCurrentIndex(index);
        return !import()->isEnabled() && checked.wait(patience);
    }
    QPushButton* import() const {
        for (QPushButton* button : m_dialog->findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("Import")) return button;
        return nullptr;
    }
    QString words() const {
        QString words;
        for (const QLabel* one : m_dialog->findChildren<QLabel*>()) words += one->text() + QLatin1Char('\n');
        return words;
    }
    /// Presses the button or leaves, and is gone then.
    bool ends(bool accepts) {
        const QPointer<LogDialog> dialog = m_dialog;
        accepts ? import()->click() : dialog->reject();
        m_dialog = nullptr;
        return QTest::qWaitFor([&] { return !dialog; }, patience);
    }
    LogDialog* dialog() const { return m_dialog; }

private:
    template <typename Widget> Widget* named(const char* name) const {
        for (Widget* one : m_dialog->findChildren<Widget*>())
            if (one->accessibleName() == QLatin1String(name)) return one;
        qFatal("no widget of that name: %s", name);
    }
    QComboBox* choice(const char* name) const { return named<QComboBox>(name); }
    QLabel* label(const char* name) const { return named<QLabel>(name); }

    MainWindow& m_window;
    LogDialog* m_dialog = nullptr;
};

} // namespace

class TestMainWindowLogs : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;

    QString file(const char* name, const std::string& text = strange) const {
        const QString path = m_folder->filePath(QString::fromUtf8(name));
        writeText(path.toStdString(), text);
        return path;
    }
    bool has(std::size_t runs) const {
        return QTest::qWaitFor([&] { return m_window->controller().runs().size() == runs; }, patience);
    }

private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("ratescope-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_main_window_logs"));
    }
    void init() {
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        m_window = std::make_unique<MainWindow>(m_folder->filePath(QStringLiteral("state")));
        m_window->show();
    }
    void cleanup() {
        m_window.reset();
        m_folder.reset();
    }

    void columnsAreAskedForAndRemembered() {
        drop(*m_window, {file("job.csv")});
        Asked asked(*m_window);
        QVERIFY(asked.comes());
        QVERIFY(asked.words().contains(QStringLiteral("“job.csv”")));
        QVERIFY(!asked.import()->isEnabled());
        QVERIFY(asked.state().startsWith(QStringLiteral("Choose the loss")));
        const auto* table = asked.dialog()->findChild<QTableWidget*>();
        QCOMPARE(table->columnCount(), 4);
        QCOMPARE(table->rowCount(), 3);
        QCOMPARE(table->item(1, 1)->text(), QStringLiteral("1.5"));
        QVERIFY(asked.choose("Loss of training", "fit"));
        QVERIFY(asked.import()->isEnabled());
        QVERIFY(table->horizontalHeaderItem(1)->text().contains(QStringLiteral("Loss of training")));
        QVERIFY(asked.choose("Step", "count"));
        QVERIFY(asked.choose("Validation loss", "held"));
        QVERIFY(asked.import()->isEnabled());
        QVERIFY(asked.state().contains(QLatin1Char('3')));
        QVERIFY(asked.ends(true));
        QVERIFY(has(1));
        const RunPointer run = m_window->controller().runs()[0];
        QCOMPARE(run->config.name, std::string("job"));
        QCOMPARE(run->stepNumbers, (std::vector<std::uint64_t>{10, 20, 30}));
        QCOMPARE(run->losses, (std::vector<float>{2, 1.5F, 1.25F}));
        QCOMPARE(run->epochs.size(), std::size_t(2));

        // Another log of the same columns, whatever their order.
        drop(*m_window, {file("next.csv", "fit,remark,held,count\n9,x,8,1\n7,x,6,2\n")});
        QVERIFY(asked.comes());
        QCOMPARE(asked.chosen("Loss of training"), QStringLiteral("fit"));
        QCOMPARE(asked.chosen("Step"), QStringLiteral("count"));
        QCOMPARE(asked.chosen("Validation loss"), QStringLiteral("held"));
        QVERIFY(asked.import()->isEnabled());
        QVERIFY(asked.ends(true));
        QVERIFY(has(2));
        QCOMPARE(m_window->controller().runs()[1]->stepNumbers, (std::vector<std::uint64_t>{1, 2}));
    }

    void cancelLeavesEverything() {
        drop(*m_window, {file("a.csv")});
        Asked asked(*m_window);
        QVERIFY(asked.comes());
        QVERIFY(asked.choose("Loss of training", "fit"));
        QVERIFY(asked.ends(false));
        QVERIFY(m_window->controller().runs().empty());
        QVERIFY(!QSettings().contains(QStringLiteral("logColumns")));
        QVERIFY(!m_window->findChild<QMessageBox*>());
        drop(*m_window, {file("a.csv")}); // and it asks again
        QVERIFY(asked.comes());
        QVERIFY(!asked.import()->isEnabled());
    }

    void severalOfAKindAreOneQuestion() {
        drop(*m_window, {file("a.csv"), file("known.csv", "step,loss\n1,2\n2,1\n"), file("other.csv", "u,v\n1,2\n2,3\n"),
                         file("b.csv"), file("c.csv")});
        QVERIFY(has(1)); // what is known waits for nobody
        Asked asked(*m_window);
        QVERIFY(asked.comes());
        QVERIFY(asked.words().contains(QStringLiteral("a.csv")) && !asked.words().contains(QStringLiteral("other.csv")));
        QVERIFY(asked.choose("Loss of training", "fit"));
        QVERIFY(asked.ends(true));
        QVERIFY(has(4));
        QVERIFY(asked.comes());
        QVERIFY(asked.words().contains(QStringLiteral("other.csv")));
        QVERIFY(asked.choose("Loss of training", "v"));
        QVERIFY(asked.ends(true));
        QVERIFY(has(5));
        std::vector<std::string> names;
        for (const RunPointer& run : m_window->controller().runs()) names.push_back(run->config.name);
        QCOMPARE(names, (std::vector<std::string>{"known", "a", "b", "c", "other"}));
    }

    void whatCannotBeReadIsTold() {
        drop(*m_window, {file("a.csv")});
        Asked asked(*m_window);
        QVERIFY(asked.comes());
        QVERIFY(asked.choose("Loss of training", "remark"));
        QVERIFY(!asked.import()->isEnabled());
        QCOMPARE(asked.state(),
                 QStringLiteral("line 2: loss: is “good”; expected a number with a decimal point, such as 0.01"));
        QVERIFY(asked.choose("Loss of training", "fit"));
        QVERIFY(asked.import()->isEnabled());
    }

    void aFileMayVanish() {
        const QString path = file("a.csv");
        drop(*m_window, {path});
        Asked asked(*m_window);
        QVERIFY(asked.comes());
        QVERIFY(asked.choose("Loss of training", "fit"));
        QVERIFY(QFile::remove(path));
        QVERIFY(asked.choose("Step", "count"));
        QVERIFY(!asked.import()->isEnabled());
        QCOMPARE(asked.state(), QStringLiteral("does not exist"));
        file("a.csv");
        QVERIFY(asked.choose("Step", "none: rows are counted"));
        QVERIFY(QFile::remove(path)); // in the last moment
        QVERIFY(asked.ends(true));
        QVERIFY(QTest::qWaitFor([&] { return m_window->findChild<QMessageBox*>() != nullptr; }, patience));
        QVERIFY(m_window->findChild<QMessageBox*>()->text().endsWith(QStringLiteral("a.csv: does not exist")));
        QVERIFY(m_window->controller().runs().empty());
    }

    void eventsAreAskedAboutToo() {
        using namespace eventbytes;
        QDir(m_folder->path()).mkdir(QStringLiteral("job"));
        drop(*m_window, {file("job/events.out.tfevents.1.x",
                              version(1e9) + simple(1e9, 0, "reward", 2.5) + simple(1e9, 1, "reward", 2) +
                                  simple(1e9, 1, "eta", 0.1F))});
        Asked asked(*m_window);
        QVERIFY(asked.comes());
        QCOMPARE(asked.chosen("Learning rate"), QStringLiteral("eta"));
        QVERIFY(asked.choose("Loss of training", "reward"));
        QVERIFY(asked.ends(true));
        QVERIFY(has(1));
        QCOMPARE(m_window->controller().runs()[0]->config.name, std::string("job"));
        QCOMPARE(m_window->controller().runs()[0]->rates, (std::vector<double>{0.1, 0.1}));
    }

    /// Known columns may be meant otherwise: the menu asks in any case.
    void theMenuAsksInAnyCase() {
        const QString path = file("metrics.csv", "step,loss,total,lr\n1,2,5,0.1\n2,1,4,0.1\n");
        QAction* action = nullptr;
        for (QAction* one : m_window->actions())
            if (one->text() == QStringLiteral("Import with columns…")) action = one;
        QVERIFY(action);
        QTimer chooser; // until its dialog is there
        connect(&chooser, &QTimer::timeout, this, [&] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            if (!dialog) return;
            chooser.stop();
            dialog->selectFile(path);
            static_cast<QDialog*>(dialog)->accept();
        });
        chooser.start(10);
        action->trigger();
        Asked asked(*m_window);
        QVERIFY(asked.comes());
        QCOMPARE(asked.chosen("Loss of training"), QStringLiteral("loss"));
        QVERIFY(asked.import()->isEnabled());
        QVERIFY(asked.choose("Loss of training", "total"));
        QVERIFY(asked.choose("Learning rate", "none"));
        QVERIFY(asked.ends(true));
        QVERIFY(has(1));
        const RunPointer run = m_window->controller().runs()[0];
        QCOMPARE(run->losses, (std::vector<float>{5, 4}));
        QVERIFY(run->rates.empty());
        QVERIFY(run->config.name != "metrics"); // but after its folder
    }

    void noLogIsNoQuestion() {
        m_window->importLogs({file("x.json", "{}")});
        QVERIFY(QTest::qWaitFor([&] { return m_window->findChild<QMessageBox*>() != nullptr; }, patience));
        QVERIFY(m_window->findChild<QMessageBox*>()->text().contains(QStringLiteral("is no table with numbers")));
        QVERIFY(!m_window->findChild<LogDialog*>());
    }

    /// Its columns are known, and something else is wrong.
    void faultsAreNoQuestion() {
        drop(*m_window, {file("x.csv", "step,loss\n1,2\n2,oops\n")});
        QVERIFY(QTest::qWaitFor([&] { return m_window->findChild<QMessageBox*>() != nullptr; }, patience));
        QVERIFY(m_window->findChild<QMessageBox*>()->text().contains(QStringLiteral("line 3: loss: is “oops”")));
        QVERIFY(!m_window->findChild<LogDialog*>());
    }

    void theWindowMayGoMeanwhile() {
        drop(*m_window, {file("a.csv")});
        Asked asked(*m_window);
        QVERIFY(asked.comes());
        m_window.reset();
    }
};

QTEST_MAIN(TestMainWindowLogs)
#include "tst_main_window_logs.moc"
