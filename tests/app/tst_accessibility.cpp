// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that can be worked with can be told apart by those who do not see it, and reached without a mouse.
#include "app/main_window.h"

#include "app/panels/range_test_dialog.h"
#include "app/panels/run_list_panel.h"
#include "app/panels/schedule_comparison.h"
#include "app/panels/schedule_editor.h"
#include "app/panels/schedule_gallery.h"
#include "app/panels/suggestions_panel.h"
#include "app/plots/export_dialog.h"
#include "app/plots/plot_page.h"
#include "app/plots/value_table.h"
#include "tests/app/gui_helpers.h"

#include <QAccessible>
#include <QApplication>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <set>

using namespace ratescope;

namespace {

QString nameOf(QWidget* widget) {
    QAccessibleInterface* face = QAccessible::queryAccessibleInterface(widget);
    return face ? face->text(QAccessible::Name) : QString();
}

/// Widgets that a person works with: they take the focus, or are buttons.
bool isWorkedWith(const QWidget* widget) {
    if (qobject_cast<const QScrollBar*>(widget) || qobject_cast<const QMenuBar*>(widget) ||
        qobject_cast<const QStatusBar*>(widget))
        return false;
    if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
        return button->isVisible() && !button->objectName().startsWith(QLatin1String("qt_"));
    // Parts of a widget that has the name itself.
    if (widget->objectName().startsWith(QLatin1String("qt_")) || widget->focusProxy()) return false;
    if (const QWidget* parent = widget->parentWidget();
        parent && (parent->inherits("QAbstractSpinBox") || parent->inherits("QComboBox") ||
                   parent->inherits("QAbstractItemView")))
        return false;
    return widget->isVisible() && widget->focusPolicy() != Qt::NoFocus;
}

QStringList namelessIn(QWidget& root) {
    QStringList nameless;
    for (QWidget* widget : root.findChildren<QWidget*>()) {
        if (!isWorkedWith(widget) || !nameOf(widget).isEmpty()) continue;
        QString place = QString::fromLatin1(widget->metaObject()->className());
        for (const QWidget* parent = widget->parentWidget(); parent && parent != &root; parent = parent->parentWidget())
            place.prepend(QString::fromLatin1(parent->metaObject()->className()) + QLatin1Char('/'));
        nameless << place + QLatin1Char(' ') + widget->objectName();
    }
    return nameless;
}

} // namespace

class TestAccessibility : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void init() {
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_state.path());
        m_window = std::make_unique<MainWindow>(m_state.path());
        m_window->resize(1600, 900);
        m_window->show();
    }

    void cleanup() { m_window.reset(); }

    void theStartPageHasNames() {
        QApplication::processEvents();
        const QStringList nameless = namelessIn(*m_window);
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char('\n'))));
    }

    void everyWidgetOfTheWindowHasAName() {
        addRuns();
        for (QDockWidget* dock : m_window->findChildren<QDockWidget*>()) dock->show();
        QApplication::processEvents();
        const QStringList nameless = namelessIn(*m_window);
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char('\n'))));
    }

    void everyWidgetOfTheExportDialogHasAName() {
        addRuns();
        ExportDialog dialog(m_window->controller().runs(), m_window->plots().view(), false, QStringLiteral("en"),
                            m_window->plots().curves(), m_window.get());
        dialog.show();
        QApplication::processEvents();
        const QStringList nameless = namelessIn(dialog);
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char('\n'))));
    }

    void everyWidgetOfTheSchedulesHasAName() {
        m_window->controller().add({});
        m_window->findChild<RunListPanel*>()->select(m_window->controller().runs()[0]->id);
        auto* schedule = m_window->findChild<ScheduleEditor*>();
        for (const char* type : {"multistep", "piecewise", "formula", "plateau", "sequence"}) {
            schedule->chooseFamily(type);
            QApplication::processEvents();
            const QStringList nameless = namelessIn(*m_window);
            QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char('\n'))));
        }
        schedule->openGallery();
        m_window->compareSchedules();
        QApplication::processEvents();
        QWidget* gallery = m_window->findChild<ScheduleGallery*>();
        QWidget* comparison = m_window->findChild<ScheduleComparison*>();
        for (QWidget* dialog : {gallery, comparison}) {
            const QStringList nameless = namelessIn(*dialog);
            QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char('\n'))));
        }
    }

    void everyWidgetOfRangeTestsHasAName() {
        const RunId id = m_window->controller().adopt(*finishedRangeTest(1), true);
        m_window->findChild<RunListPanel*>()->select(id);
        m_window->findChild<QDockWidget*>(QStringLiteral("suggestions"))->show();
        QApplication::processEvents();
        QVERIFY(m_window->findChild<SuggestionsPanel*>()->test());
        RangeTestDialog dialog(m_window->controller(), id, orderWithFreshStart(), {}, m_window.get());
        dialog.show();
        QApplication::processEvents();
        for (QWidget* place : std::initializer_list<QWidget*>{m_window.get(), &dialog}) {
            const QStringList nameless = namelessIn(*place);
            QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char('\n'))));
        }
    }

    void thePlotsAreDescribed() {
        addRuns();
        const QAccessibleInterface* plots = QAccessible::queryAccessibleInterface(m_window->plots().canvas());
        QVERIFY(plots);
        QVERIFY(!plots->text(QAccessible::Name).isEmpty());
        QVERIFY(!plots->text(QAccessible::Description).isEmpty());
    }

    void everyActionIsInAMenu() {
        std::set<const QAction*> inMenus;
        const auto collect = [&](auto& self, const QList<QAction*>& actions) -> void {
            for (QAction* action : actions) {
                inMenus.insert(action);
                if (action->menu()) self(self, action->menu()->actions());
            }
        };
        collect(collect, m_window->menuBar()->actions());
        for (QAction* action : m_window->actions())
            QVERIFY2(inMenus.contains(action), qPrintable(action->text()));
    }

    void tabGoesRound() {
        addRuns();
        m_window->activateWindow();
        QApplication::setActiveWindow(m_window.get());
        m_window->plots().setFocus();
        std::set<const QWidget*> visited;
        for (int i = 0; i < 400 && visited.insert(QApplication::focusWidget()).second; ++i)
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QVERIFY2(visited.size() > 10, qPrintable(QString::number(visited.size())));
    }

    void valuesAsATable() {
        addRuns();
        auto* table = m_window->findChild<ValueTable*>();
        auto* dock = qobject_cast<QDockWidget*>(table->parentWidget());
        dock->show();
        QApplication::processEvents();
        const QAbstractItemModel* model = table->view()->model();
        QCOMPARE(model->rowCount(), 300);
        QCOMPARE(model->columnCount(), 4); // loss and smoothed loss of each
        const RunPointer run = m_window->controller().runs().front();
        QCOMPARE(model->index(7, 0).data().toString(), QLocale::c().toString(double(run->losses[7]), 'g', 7));
        PlotView view = m_window->plots().view();
        view.steps = AxisRange{10.0, 20.0};
        m_window->plots().setView(view);
        dock->hide();
        dock->show();
        QCOMPARE(model->rowCount(), 11);
        QCOMPARE(model->headerData(0, Qt::Vertical).toString(), QStringLiteral("10"));
        const QStringList lines = table->text().split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 12);
        QVERIFY(lines[0].startsWith(QStringLiteral("step\trun 1 loss\t")));
        QCOMPARE(lines[1].section(QLatin1Char('\t'), 1, 1), QLocale::c().toString(double(run->losses[10]), 'g', 7));
    }

private:
    void addRuns() {
        for (const RunId id : {1, 2}) m_window->controller().adopt(*finishedRun(id, 300), true);
        QApplication::processEvents();
    }

    QTemporaryDir m_state;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestAccessibility)
#include "tst_accessibility.moc"
