// SPDX-License-Identifier: GPL-3.0-or-later
// The list as people meet it: keys, menus, columns, filter line and clipboard.
#include "app/panels/run_list_actions.h"
#include "app/panels/run_list_columns.h"
#include "app/panels/run_list_delegate.h"
#include "app/panels/run_list_panel.h"
#include "app/panels/run_tree_view.h"
#include "app/study/palette.h"
#include "tests/app/gui_helpers.h"
#include "tests/app/run_list_fixture.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QShortcut>
#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>

using namespace ratescope;

class TestRunListPanel : public RunListFixture {
    Q_OBJECT

private:
    QTreeView& view() const { return *m_panel->view(); }
    QLineEdit& filter() const { return *m_panel->findChild<QLineEdit*>(); }
    bool shown(int column) const { return !view().isColumnHidden(column); }

    QString count() const {
        for (const QLabel* label : m_panel->findChildren<QLabel*>())
            if (label->isVisible()) return label->text();
        return {};
    }

    QStringList menuTexts(QMenu& menu) const {
        QStringList texts;
        for (const QAction* action : menu.actions())
            if (!action->isSeparator()) texts << action->text();
        return texts;
    }

    static QAction* entry(QMenu& menu, const char* text) {
        for (QAction* action : menu.actions())
            if (action->text() == QString::fromUtf8(text)) return action;
        return nullptr;
    }

    QUndoStack m_undo;
    std::unique_ptr<RunListPanel> m_panel;

private slots:
    void init() {
        restart();
        m_undo.clear();
        m_panel = std::make_unique<RunListPanel>(*m_controller, m_undo);
        m_panel->resize(1400, 500);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    }
    void cleanup() {
        m_panel.reset();
        m_undo.clear();
        end();
    }

    void narrowListsKeepNames() {
        add("a");
        for (int column = 0; column < RunListModel::FixedColumns; ++column) QVERIFY(shown(column));
        QTRY_COMPARE(view().horizontalScrollBar()->maximum(), 0);
        m_panel->resize(m_panel->minimumWidth(), 500);
        QVERIFY(shown(RunListModel::NameColumn) && shown(RunListModel::StateColumn));
        QVERIFY(!shown(RunListModel::SpeedColumn) && !shown(RunListModel::EpochColumn));
        QVERIFY(view().columnWidth(0) >= 16 * m_panel->fontMetrics().averageCharWidth());
        QTRY_COMPARE(view().horizontalScrollBar()->maximum(), 0);
        m_panel->columns().setShown(RunListModel::SpeedColumn, true); // asked for: scrolling is allowed
        m_panel->columns().setShown(RunListModel::AccuracyColumn, true);
        m_panel->columns().setShown(RunListModel::LossColumn, true);
        QVERIFY(shown(RunListModel::SpeedColumn));
        QTRY_VERIFY(view().horizontalScrollBar()->maximum() > 0);
        m_panel->columns().setShown(RunListModel::StateColumn, false);
        m_panel->resize(1400, 500);
        QVERIFY(!shown(RunListModel::StateColumn));
        m_panel->columns().forgetChoices();
        QVERIFY(shown(RunListModel::StateColumn));
    }

    void columnsKeepTheirWidthAndPlace() {
        const RunId a = add("a", 0.1);
        add("b", 0.5);
        QTRY_COMPARE(view().model()->columnCount(), RunListModel::FixedColumns + 1);
        m_panel->columns().setShown(RunListModel::FixedColumns, false); // schedule.lr
        view().sortByColumn(RunListModel::FixedColumns, Qt::DescendingOrder);
        view().header()->resizeSection(RunListModel::LossColumn, 123);
        RunConfig config = run(a)->config;
        config.network = parseLayerList("dense 10"); // whose column comes before
        QVERIFY(m_controller->setConfig(a, config).empty());
        QTRY_COMPARE(view().model()->columnCount(), RunListModel::FixedColumns + 2);
        QVERIFY(shown(RunListModel::FixedColumns) && !shown(RunListModel::FixedColumns + 1));
        QCOMPARE(view().columnWidth(RunListModel::LossColumn), 123);
        QCOMPARE(view().header()->sortIndicatorSection(), RunListModel::FixedColumns + 1);
        QCOMPARE(view().model()->index(0, 0).data().toString(), QStringLiteral("b"));
        QMenu menu;
        m_panel->columns().addTo(menu);
        QVERIFY(!entry(menu, "schedule.lr")->isChecked());
        entry(menu, "schedule.lr")->trigger();
        QVERIFY(shown(RunListModel::FixedColumns + 1));
    }

    void theFilterLine() {
        add("alpha");
        add("beta");
        QVERIFY(count().isEmpty());
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
        view().setFocus();
        QTest::keyClick(&view(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(filter().hasFocus());
        QTest::keyClicks(&filter(), QStringLiteral("alp"));
        QCOMPARE(view().model()->rowCount(), 1);
        QVERIFY2(count().startsWith(QLatin1String("1 of 2")), qPrintable(count()));
        add("gamma");
        QVERIFY2(count().startsWith(QLatin1String("1 of 3")), qPrintable(count()));
        int stopped = 0; // the window's Escape must not hear of it
        connect(new QShortcut(Qt::Key_Escape, m_panel.get()), &QShortcut::activated, this, [&] { ++stopped; });
        QTest::keyClick(&filter(), Qt::Key_Escape);
        QCOMPARE(stopped, 0);
        QVERIFY(filter().text().isEmpty());
        QCOMPARE(view().model()->rowCount(), 3);
        QVERIFY(count().isEmpty());
        QTest::keyClick(&filter(), Qt::Key_Escape);
        QVERIFY(view().hasFocus());
    }

    void selectingWhatIsFilteredOut() {
        const RunId a = add("alpha");
        add("beta");
        m_panel->setFilter(QStringLiteral("beta"));
        m_panel->select(a);
        QCOMPARE(m_panel->current(), a);
        QVERIFY(filter().text().isEmpty());
    }

    void renamesByKey() {
        const RunId a = add("alpha");
        m_panel->select(a);
        view().setCurrentIndex(view().currentIndex().siblingAtColumn(RunListModel::LossColumn)); // from any column
        view().setFocus();
        QTest::keyClick(&view(), Qt::Key_F2);
        auto* editor = view().viewport()->findChild<QLineEdit*>();
        QVERIFY(editor);
        editor->setText(QStringLiteral("omega"));
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(run(a)->config.name, std::string("omega"));
        QCOMPARE(m_undo.count(), 1);
    }

    void copiesAsText() {
        addFinished("a", 2.5F, 0.5);
        addFinished("b", 1.5F);
        add("c");
        view().sortByColumn(RunListModel::LossColumn, Qt::AscendingOrder);
        view().selectAll();
        view().setFocus();
        for (const int column :
             {RunListModel::StateColumn, RunListModel::EpochColumn, RunListModel::RateColumn, RunListModel::SpeedColumn})
            m_panel->columns().setShown(column, false);
        QTest::keyClick(&view(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(),
                 QStringLiteral("Run\tLoss\tVal. acc.\nb\t1.5\t\na\t2.5\t50.00 %\nc\t\t\n"));
    }

    void theMenu() {
        const RunId a = add("a");
        const RunId b = add("b");
        auto* own = new QAction(QStringLiteral("own"), m_panel.get());
        m_panel->setMenuActions({own});
        QMenu empty;
        m_panel->fillMenu(empty);
        QCOMPARE(menuTexts(empty), QStringList({QStringLiteral("own"), QStringLiteral("Show all"),
                                                QStringLiteral("Hide all"), QStringLiteral("Exchange shown and hidden"),
                                                QStringLiteral("Sort by"), QStringLiteral("Columns")}));
        m_panel->select(a);
        QMenu menu;
        m_panel->fillMenu(menu);
        entry(menu, "Show only these")->trigger();
        QVERIFY(run(a)->visible && !run(b)->visible);
        entry(menu, "Exchange shown and hidden")->trigger();
        QVERIFY(!run(a)->visible && run(b)->visible);
        const auto dashes = entry(menu, "Line")->menu()->actions();
        QCOMPARE(dashes.size(), 4);
        for (const QAction* dash : dashes) QVERIFY(!dash->icon().isNull());
        dashes[3]->trigger();
        QCOMPARE(run(a)->dash, 3);
        QVERIFY(entry(menu, "Rename") && entry(menu, "Copy as text"));
        for (const char* expected : {"a", "b"}) { // upwards, and once more downwards
            entry(*entry(menu, "Sort by")->menu(), "Run")->trigger();
            QCOMPARE(view().model()->index(0, 0).data().toString(), QString::fromLatin1(expected));
        }
    }

    void theMenuOpensByKeyboard() {
        for (int i = 0; i < 5; ++i) add("a");
        m_panel->select(m_controller->runs()[3]->id);
        auto* tree = m_panel->findChild<RunTreeView*>();
        tree->disconnect(m_panel.get());
        QSignalSpy asked(tree, &RunTreeView::menuRequested);
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(1, 1), QPoint(1, 1));
        QApplication::sendEvent(tree, &event);
        QCOMPARE(asked.size(), 1);
        const QRect row = tree->visualRect(tree->currentIndex());
        const QPoint place = tree->viewport()->mapFromGlobal(asked[0][0].toPoint());
        QVERIFY(place.y() >= row.top() && place.y() <= row.bottom());
    }

    void everyWidgetHasAName() {
        add("a");
        m_panel->setFilter(QStringLiteral("a"));
        for (const QWidget* widget : m_panel->findChildren<QWidget*>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible()) continue;
            QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
        }
        QVERIFY(!filter().accessibleDescription().isEmpty());
    }

    void chipsAreSeenOnDarkGround() {
        add("a", [](RunConfig& config) { config.color = "#0072b2"; });
        QPalette palette = m_panel->palette();
        palette.setColor(QPalette::Base, QColor(0x1b, 0x1e, 0x23));
        palette.setColor(QPalette::Text, Qt::white);
        view().setPalette(palette);
        const QImage picture = view().viewport()->grab().toImage();
        QVERIFY(countPixels(picture, picture.rect(), QColor(QString::fromStdString(colorOn("#0072b2", 30)))) > 20);
        QCOMPARE(countPixels(picture, picture.rect(), QColor(0x00, 0x72, 0xb2), 8), 0);
    }
};

QTEST_MAIN(TestRunListPanel)
#include "tst_run_list_panel.moc"
