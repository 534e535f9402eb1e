// SPDX-License-Identifier: GPL-3.0-or-later
// Runs in groups: the tree over the list, and what selection and boxes of groups mean.
#include "app/control/run_order_model.h"
#include "app/panels/run_group_model.h"
#include "app/panels/run_list_actions.h"
#include "app/panels/run_list_panel.h"
#include "tests/app/run_list_fixture.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>
#include <QUndoStack>

#include <random>

using namespace ratescope;

class TestRunListGroups : public RunListFixture {
    Q_OBJECT

private:
    /// “title(run, run) title(run)”.
    static QString outline(const QAbstractItemModel& model) {
        QStringList parts;
        for (int row = 0; row < model.rowCount(); ++row) {
            const QModelIndex top = model.index(row, 0);
            QStringList runs;
            for (int i = 0; i < model.rowCount(top); ++i) runs << model.index(i, 0, top).data().toString();
            parts << top.data().toString() + (runs.isEmpty()
                                                  ? QString()
                                                  : QLatin1Char('(') + runs.join(QLatin1String(", ")) + QLatin1Char(')'));
        }
        return parts.join(QLatin1Char(' '));
    }
    QString outline() const { return outline(*m_panel->view()->model()); }

    QModelIndex group(int row) const { return m_panel->view()->model()->index(row, 0); }

    RunId addSeed(const std::string& name, double rate, std::uint64_t seed) {
        return add(name, [=](RunConfig& config) {
            config.schedule = RunConfig::constantSchedule(rate);
            config.seed = seed;
        });
    }
    static RunGrouping by(const char* key) { return {RunGrouping::Key, QString::fromLatin1(key)}; }

    QUndoStack m_undo;
    std::unique_ptr<RunListPanel> m_panel;

private slots:
    void init() {
        restart();
        m_undo.clear();
        m_panel = std::make_unique<RunListPanel>(*m_controller, m_undo);
        m_panel->resize(900, 500);
        m_panel->show();
    }
    void cleanup() {
        m_panel.reset();
        m_undo.clear();
        end();
    }

    void groupsByKeyInTheirOrder() {
        const QAbstractItemModelTester tester(m_panel->view()->model(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        add("a", 10.0);
        add("b", 9.0);
        m_panel->setGrouping(by("schedule.lr"));
        add("c", 10.0);
        add("d", 0.1); // a group of its own, before the others
        QCOMPARE(outline(), QStringLiteral("schedule.lr = 0.1(d) schedule.lr = 9(b) schedule.lr = 10(a, c)"));
        for (int row = 0; row < 3; ++row) QVERIFY(m_panel->view()->isExpanded(group(row)));
        QVERIFY(group(0).data(Qt::FontRole).value<QFont>().bold());
        QVERIFY(group(2).siblingAtColumn(RunListModel::StateColumn).data().toString().startsWith(QLatin1Char('2')));
        m_panel->setGrouping({});
        QCOMPARE(outline(), QStringLiteral("a b c d"));
    }

    void seedsTogether() {
        addSeed("a", 0.1, 1);
        addSeed("b", 0.5, 1);
        addSeed("c", 0.1, 2);
        addSeed("d", 0.5, 3);
        QTRY_VERIFY(m_panel->view()->model()->columnCount() > RunListModel::FixedColumns);
        m_panel->setGrouping({RunGrouping::Seeds});
        QCOMPARE(outline(), QStringLiteral("lr = 0.1(a, c) lr = 0.5(b, d)"));
        // A group has what its runs have in common, and nothing where they differ.
        QCOMPARE(group(1).siblingAtColumn(RunListModel::FixedColumns).data().toString(), QStringLiteral("0.5"));
        QCOMPARE(group(1).siblingAtColumn(RunListModel::FixedColumns + 1).data().toString(), QString());
    }

    void runsMoveBetweenGroups() {
        const QAbstractItemModelTester tester(m_panel->view()->model(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        const RunId a = add("a", 0.1);
        add("b", 0.5);
        add("c", 0.5);
        m_panel->setGrouping(by("schedule.lr"));
        m_panel->select(a);
        QSignalSpy resets(m_panel->view()->model(), &QAbstractItemModel::modelReset);
        RunConfig config = run(a)->config;
        config.schedule = RunConfig::constantSchedule(0.5);
        QVERIFY(m_controller->setConfig(a, config).empty());
        QCOMPARE(outline(), QStringLiteral("schedule.lr = 0.5(a, b, c)")); // the group that is left empty goes
        QCOMPARE(m_panel->current(), a);
        QCOMPARE(m_panel->selected(), QList<RunId>{a});
        config.schedule = RunConfig::constantSchedule(0.7);
        QVERIFY(m_controller->setConfig(a, config).empty());
        QCOMPARE(outline(), QStringLiteral("schedule.lr = 0.5(b, c) schedule.lr = 0.7(a)"));
        QCOMPARE(m_panel->selected(), QList<RunId>{a});
        QCOMPARE(resets.size(), 0);
        auto removed = m_controller->remove(a);
        QCOMPARE(outline(), QStringLiteral("schedule.lr = 0.5(b, c)"));
        m_controller->restore(removed, 0);
        QCOMPARE(outline(), QStringLiteral("schedule.lr = 0.5(b, c) schedule.lr = 0.7(a)"));
    }

    void sortsAndFiltersWithinGroups() {
        const QAbstractItemModelTester tester(m_panel->view()->model(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        addFinished("x1", 3.0F, 0.5);
        addFinished("x2", 1.0F, 0.7);
        addFinished("x3", 2.0F);
        add("y1");
        const RunId y2 = add("y2");
        m_panel->setGrouping({RunGrouping::State});
        QCOMPARE(outline(), QStringLiteral("ready(y1, y2) finished(x1, x2, x3)"));
        QCOMPARE(group(1).siblingAtColumn(RunListModel::LossColumn).data().toString(), QStringLiteral("2"));
        QCOMPARE(group(1).siblingAtColumn(RunListModel::AccuracyColumn).data().toString(),
                 QStringLiteral("60.00 %")); // of those that have one
        QCOMPARE(group(0).siblingAtColumn(RunListModel::LossColumn).data().toString(), QString());
        m_panel->select(y2);
        m_panel->view()->sortByColumn(RunListModel::LossColumn, Qt::AscendingOrder);
        QCOMPARE(outline(), QStringLiteral("ready(y1, y2) finished(x2, x3, x1)"));
        m_panel->view()->sortByColumn(RunListModel::NameColumn, Qt::DescendingOrder);
        QCOMPARE(outline(), QStringLiteral("ready(y2, y1) finished(x3, x2, x1)"));
        QCOMPARE(m_panel->current(), y2);
        m_panel->setFilter(QStringLiteral("1"));
        QCOMPARE(outline(), QStringLiteral("ready(y1) finished(x1)"));
        m_panel->setFilter(QStringLiteral("x"));
        QCOMPARE(outline(), QStringLiteral("finished(x3, x2, x1)"));
        m_panel->setFilter(QString());
        QCOMPARE(outline(), QStringLiteral("ready(y2, y1) finished(x3, x2, x1)"));
        QVERIFY(m_panel->view()->isExpanded(group(0)));
    }

    void theBoxOfAGroup() {
        const RunId a = add("a", 0.1);
        const RunId b = add("b", 0.1);
        const RunId c = add("c", 0.5);
        m_panel->setGrouping(by("schedule.lr"));
        QAbstractItemModel* model = m_panel->view()->model();
        QCOMPARE(group(0).data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
        m_controller->setVisible(a, false);
        QCOMPARE(group(0).data(Qt::CheckStateRole).toInt(), int(Qt::PartiallyChecked));
        QSignalSpy looks(m_controller.get(), &RunController::looksChanged);
        QVERIFY(model->setData(group(0), Qt::Checked, Qt::CheckStateRole));
        QVERIFY(run(a)->visible && run(b)->visible && run(c)->visible);
        QVERIFY(model->setData(group(0), Qt::Unchecked, Qt::CheckStateRole));
        QVERIFY(!run(a)->visible && !run(b)->visible && run(c)->visible);
        QCOMPARE(looks.size(), 2);
        QCOMPARE(group(0).data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
        m_undo.undo();
        QVERIFY(run(a)->visible && run(b)->visible);
        QVERIFY(!model->setData(group(0), QStringLiteral("x"))); // groups have no name to edit
    }

    void selectedGroupsMeanTheirRuns() {
        const RunId a = add("a", 0.1);
        const RunId b = add("b", 0.5);
        const RunId c = add("c", 0.1);
        m_panel->setGrouping(by("schedule.lr"));
        QItemSelectionModel* selection = m_panel->view()->selectionModel();
        selection->select(group(0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        QCOMPARE(m_panel->selected(), QList<RunId>({a, c}));
        selection->select(m_panel->view()->model()->index(1, 0, group(0)),
                          QItemSelectionModel::Select | QItemSelectionModel::Rows);
        QCOMPARE(m_panel->selected(), QList<RunId>({a, c})); // each once
        selection->select(m_panel->view()->model()->index(0, 0, group(1)),
                          QItemSelectionModel::Select | QItemSelectionModel::Rows);
        QCOMPARE(m_panel->selected(), QList<RunId>({a, c, b}));
        m_panel->view()->setCurrentIndex(group(1));
        QCOMPARE(m_panel->current(), RunId(0));
        QCOMPARE(m_panel->selected(), QList<RunId>{b});
    }

    void selectionOutlivesNewColumns() {
        const RunId a = add("a", 0.1);
        const RunId b = add("b", 0.1);
        for (const RunGrouping& grouping : {RunGrouping{}, by("optimizer.type")}) {
            m_panel->setGrouping(grouping);
            m_panel->select(b);
            const int before = m_panel->view()->model()->columnCount();
            QSignalSpy current(m_panel.get(), &RunListPanel::currentChanged);
            RunConfig config = run(b)->config;
            config.batchSize = before == RunListModel::FixedColumns ? 8 : config.batchSize;
            config.seed = before == RunListModel::FixedColumns ? config.seed : 9;
            QVERIFY(m_controller->setConfig(b, config).empty());
            QTRY_COMPARE(m_panel->view()->model()->columnCount(), before + 1);
            QCOMPARE(m_panel->current(), b);
            QCOMPARE(m_panel->selected(), QList<RunId>{b});
            QCOMPARE(current.size(), 0);
        }
        QVERIFY(run(a));
    }

    void collapsedGroupsStaySo() {
        add("a", 0.1);
        const RunId b = add("b", 0.5);
        QTRY_COMPARE(m_panel->view()->model()->columnCount(), RunListModel::FixedColumns + 1);
        m_panel->setGrouping(by("schedule.lr"));
        m_panel->view()->collapse(group(1));
        RunConfig config = run(b)->config;
        config.seed = 4;
        QVERIFY(m_controller->setConfig(b, config).empty());
        QTRY_COMPARE(m_panel->view()->model()->columnCount(), RunListModel::FixedColumns + 2);
        QVERIFY(m_panel->view()->isExpanded(group(0)));
        QVERIFY(!m_panel->view()->isExpanded(group(1)));
    }

    void theBoxOffersWhatDiffers() {
        add("a", 0.1);
        add("b", 0.5);
        auto* box = m_panel->findChild<QComboBox*>();
        QTRY_VERIFY(box->findText(QStringLiteral("schedule.lr"), Qt::MatchContains) >= 0);
        QVERIFY(box->findText(QStringLiteral("batch_size"), Qt::MatchContains) < 0);
        box->setCurrentIndex(box->findText(QStringLiteral("schedule.lr"), Qt::MatchContains));
        QCOMPARE(m_panel->grouping().key, QStringLiteral("schedule.lr"));
        QCOMPARE(outline(), QStringLiteral("schedule.lr = 0.1(a) schedule.lr = 0.5(b)"));
        box->setCurrentIndex(0);
        QCOMPARE(outline(), QStringLiteral("a b"));
    }

    void anythingInAnyOrder() {
        const QAbstractItemModelTester tester(m_panel->view()->model(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::mt19937 random(5);
        std::vector<std::shared_ptr<RunRecord>> removed;
        const auto pick = [&](std::size_t count) { return static_cast<std::size_t>(random() % count); };
        const QStringList filters = {QString(), QStringLiteral("1"), QStringLiteral("lr>0.3"),
                                     QStringLiteral("batch_size=8"), QString()};
        const std::vector<RunGrouping> groupings = {
            {}, by("schedule.lr"), {RunGrouping::Seeds}, by("batch_size"), {RunGrouping::State}};
        for (int i = 0; i < 600; ++i) {
            const auto& runs = m_controller->runs();
            const std::size_t action = pick(10);
            if (runs.size() < 5 || action < 2) {
                addSeed("r", 0.1 * static_cast<double>(1 + pick(5)), pick(3));
            } else if (action == 2) {
                removed.push_back(m_controller->remove(runs[pick(runs.size())]->id));
            } else if (action == 3 && !removed.empty()) {
                m_controller->restore(removed.back(), static_cast<int>(pick(runs.size())));
                removed.pop_back();
            } else if (action < 7) {
                const RunPointer one = runs[pick(runs.size())];
                RunConfig config = one->config;
                config.schedule = RunConfig::constantSchedule(0.1 * static_cast<double>(1 + pick(5)));
                config.batchSize = pick(2) ? 8 : 16;
                QVERIFY(m_controller->setConfig(one->id, config).empty());
            } else if (action == 7) {
                m_panel->setFilter(filters[static_cast<int>(pick(5))]);
            } else if (action == 8) {
                m_panel->setGrouping(groupings[pick(5)]);
            } else {
                m_panel->view()->sortByColumn(static_cast<int>(pick(8)) - 1,
                                              pick(2) ? Qt::AscendingOrder : Qt::DescendingOrder);
            }
            if (i % 20 == 0) m_panel->findChild<RunListModel*>()->updateKeys();
            // The same as if it were made anew.
            auto* order = m_panel->findChild<RunOrderModel*>();
            RunGroupModel fresh(*order);
            if (m_panel->grouping().kind != RunGrouping::None)
                fresh.setGrouping([&](const QModelIndex& source) {
                    const auto* list = m_panel->findChild<RunListModel*>();
                    return groupOf(*list, list->runAt(order->mapToSource(source).row()), m_panel->grouping());
                });
            if (m_panel->grouping().kind == RunGrouping::Seeds) continue; // titles are made when a group comes up
            QCOMPARE(outline(), outline(fresh));
        }
    }
};

QTEST_MAIN(TestRunListGroups)
#include "tst_run_list_groups.moc"
