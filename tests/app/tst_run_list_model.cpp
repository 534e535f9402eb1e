// SPDX-License-Identifier: GPL-3.0-or-later
// The run list without a window: columns, order, filter, and batches of the controller.
#include "app/control/run_order_model.h"
#include "app/plots/plot_theme.h"
#include "app/study/palette.h"
#include "tests/app/run_list_fixture.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace ratescope;

class TestRunListModel : public RunListFixture {
    Q_OBJECT

private:
    static QStringList keyColumns(const RunListModel& model) {
        QStringList keys;
        for (int column = RunListModel::FixedColumns; column < model.columnCount(); ++column)
            keys << model.headerData(column, Qt::Horizontal).toString();
        return keys;
    }

    static QString names(const QAbstractItemModel& model) {
        QStringList names;
        for (int row = 0; row < model.rowCount(); ++row) names << model.index(row, 0).data().toString();
        return names.join(QLatin1Char('|'));
    }

    static void addAdam(RunConfig& config) { config.optimizer.type = "adam"; }

private slots:
    void init() { restart(); }
    void cleanup() { end(); }

    void differingColumnsComeAndGo() {
        RunListModel model(*m_controller);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy changed(&model, &RunListModel::keysChanged);
        const RunId a = add("a", 0.1);
        const RunId b = add("b", 0.1);
        model.updateKeys();
        QVERIFY(keyColumns(model).isEmpty()); // names and colours are no difference
        RunConfig config = run(b)->config;
        config.schedule = RunConfig::constantSchedule(0.5);
        config.seed = 7;
        config.batchSize = 32;
        QVERIFY(m_controller->setConfig(b, config).empty());
        QVERIFY(changed.wait(5000)); // by itself, in a moment
        QCOMPARE(keyColumns(model),
                 QStringList({QStringLiteral("schedule.lr"), QStringLiteral("batch_size"), QStringLiteral("seed")}));
        QCOMPARE(model.index(1, RunListModel::FixedColumns).data().toString(), QStringLiteral("0.5"));
        QCOMPARE(model.index(0, RunListModel::FixedColumns + 1).data().toString(), QStringLiteral("16"));
        auto removed = m_controller->remove(a);
        model.updateKeys();
        QVERIFY(keyColumns(model).isEmpty());
        m_controller->restore(removed, 0);
        model.updateKeys();
        QCOMPARE(keyColumns(model).size(), 3);
    }

    void defaultsAreNoDifference() {
        RunListModel model(*m_controller);
        const RunId a = add("a");
        add("b", [](RunConfig& config) { config.optimizer.values.set("momentum", 0.0); }); // spelled out
        model.updateKeys();
        QCOMPARE(keyColumns(model), QStringList());
        RunConfig config = run(a)->config;
        config.optimizer.values.set("momentum", 0.9);
        QVERIFY(m_controller->setConfig(a, config).empty());
        model.updateKeys();
        QCOMPARE(keyColumns(model), QStringList({QStringLiteral("optimizer.momentum")}));
    }

    void anotherKindAddsNoColumnForEachOfItsDefaults() {
        RunListModel model(*m_controller);
        add("a");
        add("b", addAdam);
        add("c", [](RunConfig& config) { config.rangeTest = RangeTestSpec{}; });
        model.updateKeys();
        QCOMPARE(keyColumns(model), QStringList({QStringLiteral("optimizer.type"), QStringLiteral("range_test")}));
        add("d", [](RunConfig& config) {
            config.optimizer.type = "adam";
            config.optimizer.values.set("beta1", 0.8);
        });
        model.updateKeys();
        QVERIFY(keyColumns(model).contains(QStringLiteral("optimizer.beta1")));
        const int column =
            RunListModel::FixedColumns + static_cast<int>(keyColumns(model).indexOf(QStringLiteral("optimizer.beta1")));
        QCOMPARE(model.index(0, column).data().toString(), QString()); // sgd has none
        QCOMPARE(model.index(1, column).data().toString(), QStringLiteral("0.9"));
        QCOMPARE(model.index(3, column).data().toString(), QStringLiteral("0.8"));
    }

    void layersAreCompactText() {
        RunListModel model(*m_controller);
        add("a");
        add("b", [](RunConfig& config) { config.network = parseLayerList("dense 8, relu, dense 10"); });
        model.updateKeys();
        QCOMPARE(keyColumns(model), QStringList({QStringLiteral("network")}));
        QCOMPARE(model.index(0, RunListModel::FixedColumns).data().toString(), QStringLiteral("softmax"));
        QCOMPARE(model.index(1, RunListModel::FixedColumns).data().toString(), QStringLiteral("dense 8, relu, dense 10"));
    }

    void atMostTwelveKeyColumns() {
        RunListModel model(*m_controller);
        add("a");
        add("b", [this](RunConfig& c) {
            c = tinyConfig(m_data, "b");
            c.validation = 0.1;
            c.trainSamples = 100;
            c.network = parseLayerList("dense 10");
            c.init = Init::He;
            c.loss = Loss::Mse;
            c.optimizer.values.set("momentum", 0.9);
            c.optimizer.values.set("nesterov", 1.0);
            c.optimizer.values.set("weight_decay", 0.001);
            c.schedule.unit = TimeUnit::Epoch;
            c.schedule.values.set("lr", 0.3);
            c.batchSize = 8;
            c.duration.epochs = 9;
            c.seed = 5;
            c.earlyStopping.emplace();
        });
        model.updateKeys();
        QCOMPARE(model.columnCount(), RunListModel::FixedColumns + 12);
        QCOMPARE(model.headerData(RunListModel::FixedColumns, Qt::Horizontal).toString(), QStringLiteral("validation"));
        QVERIFY(model.differingKeys().contains(QStringLiteral("early_stopping"))); // to group by at least
    }

    void sortsWhatIsMissingLast() {
        RunListModel model(*m_controller);
        RunOrderModel order(model);
        const QAbstractItemModelTester tester(&order, QAbstractItemModelTester::FailureReportingMode::QtTest);
        addFinished("nine", 9.0F);
        add("none");
        addFinished("ten", 10.0F); // as text it would come before nine
        addFinished("two", 2.0F);
        order.sort(RunListModel::LossColumn, Qt::AscendingOrder);
        QCOMPARE(names(order), QStringLiteral("two|nine|ten|none"));
        order.sort(RunListModel::LossColumn, Qt::DescendingOrder);
        QCOMPARE(names(order), QStringLiteral("ten|nine|two|none"));
        order.sort(-1);
        QCOMPARE(names(order), QStringLiteral("nine|none|ten|two"));
    }

    void sortsKeysAndNamesAsPeopleCount() {
        RunListModel model(*m_controller);
        RunOrderModel order(model);
        const auto withBeta = [](double beta) {
            return [beta](RunConfig& config) {
                config.optimizer.type = "adam";
                config.optimizer.values.set("beta1", beta);
            };
        };
        add("run 10", withBeta(0.8));
        add("run 9");
        add("run 1", withBeta(0.05));
        add("run 9b", withBeta(0.95));
        order.sort(RunListModel::NameColumn, Qt::AscendingOrder);
        QCOMPARE(names(order), QStringLiteral("run 1|run 9|run 9b|run 10"));
        model.updateKeys();
        const int column =
            RunListModel::FixedColumns + static_cast<int>(keyColumns(model).indexOf(QStringLiteral("optimizer.beta1")));
        QVERIFY(column >= RunListModel::FixedColumns);
        order.sort(column, Qt::AscendingOrder);
        QCOMPARE(names(order), QStringLiteral("run 1|run 10|run 9b|run 9"));
        order.sort(column, Qt::DescendingOrder);
        QCOMPARE(names(order), QStringLiteral("run 9b|run 10|run 1|run 9"));
    }

    void filters_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("found");
        const auto row = [](const char* text, const char* found) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(found);
        };
        row("", "Alpha lr=0.1|beta|gamma|done");
        row("ALPHA", "Alpha lr=0.1");
        row("a m", "gamma"); // every word
        row("finished", "done");
        row("lr=0.1", "Alpha lr=0.1|done");
        row("schedule.lr=1e-1", "Alpha lr=0.1|done");
        row("r=0.1", "Alpha lr=0.1"); // part of the name, but no key
        row("lr<0.1", "beta|gamma");
        row("lr<=0.1", "Alpha lr=0.1|beta|gamma|done");
        row("lr>0.02", "Alpha lr=0.1|gamma|done");
        row("lr>=0.05", "Alpha lr=0.1|gamma|done");
        row("lr!=0.05", "Alpha lr=0.1|beta|done");
        row("optimizer=adam", "beta");
        row("optimizer=ADAM", "beta");
        row("optimizer.type!=adam", "Alpha lr=0.1|gamma|done");
        row("beta1=0.9", "beta"); // a default counts, and sgd has none
        row("beta1!=0.9", "");
        row("batch_size>64", "gamma");
        row("batch_size>64 optimizer=sgd", "gamma");
        row("batch_size>64 optimizer=adam", "");
        row("lr=", "Alpha lr=0.1|beta|gamma|done"); // still being typed
        row("network=softmax seed=1", "Alpha lr=0.1|beta|gamma|done");
        row("nonsense=1", "");
    }
    void filters() {
        QFETCH(QString, text);
        QFETCH(QString, found);
        RunListModel model(*m_controller);
        RunOrderModel order(model);
        const QAbstractItemModelTester tester(&order, QAbstractItemModelTester::FailureReportingMode::QtTest);
        add("Alpha lr=0.1", 0.1);
        const RunId beta = add("beta", [](RunConfig& config) {
            config.optimizer.type = "adam";
            config.schedule = RunConfig::constantSchedule(0.01);
        });
        add("gamma", [](RunConfig& config) {
            config.schedule = RunConfig::constantSchedule(0.05);
            config.batchSize = 100;
        });
        addFinished("done", 1.0F);
        order.setFilter(text);
        QCOMPARE(names(order), found);
        // What changes afterwards is looked at anew.
        RunConfig config = run(beta)->config;
        config.schedule = RunConfig::constantSchedule(77.0);
        QVERIFY(m_controller->setConfig(beta, config).empty());
        order.setFilter(QStringLiteral("lr=77"));
        QCOMPARE(names(order), QStringLiteral("beta"));
        m_controller->setName(beta, "omega");
        QCOMPARE(names(order), QStringLiteral("omega"));
        config.schedule = RunConfig::constantSchedule(78.0);
        config.name = "omega";
        QVERIFY(m_controller->setConfig(beta, config).empty());
        QCOMPARE(names(order), QString());
    }

    void hidingManyIsOneSignal() {
        RunListModel model(*m_controller);
        std::vector<RunId> ids;
        for (int i = 0; i < 1000; ++i) ids.push_back(add("a"));
        QSignalSpy one(m_controller.get(), &RunController::runChanged);
        QSignalSpy many(m_controller.get(), &RunController::looksChanged);
        QSignalSpy rows(&model, &QAbstractItemModel::dataChanged);
        m_controller->setVisible(ids, false);
        QCOMPARE(one.size(), 0);
        QCOMPARE(many.size(), 1);
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows[0][1].toModelIndex().row(), 999);
        for (const RunId id : ids) QVERIFY(!run(id)->visible);
        m_controller->setVisible(ids, false); // nothing changes
        QCOMPARE(many.size(), 1);
        QCOMPARE(run(ids.back())->config.name, std::string("a 1000"));
        QCOMPARE(m_controller->indexOf(ids[500]), 500);
    }

    void namesAreFreeAgain() {
        const RunId a = add("a");
        const RunId second = add("a");
        add("a");
        auto removed = m_controller->remove(second);
        QCOMPARE(run(add("a"))->config.name, std::string("a 2"));
        QVERIFY(m_controller->setName(a, "b").empty());
        QCOMPARE(run(add("a"))->config.name, std::string("a"));
        QCOMPARE(m_controller->setName(a, "a").size(), std::size_t(1));
        QCOMPARE(m_controller->setName(a, "").size(), std::size_t(1));
        QCOMPARE(m_controller->find(std::string("b"))->id, a);
        m_controller->restore(removed, 0);
        QCOMPARE(m_controller->indexOf(second), 0);
        QCOMPARE(m_controller->indexOf(a), 1);
        QVERIFY(run(second)->config.name != "a 2");
    }

    void refreshTouchesActiveRunsAlone() {
        RunListModel model(*m_controller);
        for (int i = 0; i < 20; ++i) add("ready");
        const RunId id = add("long", [](RunConfig& config) {
            config.duration.steps = 1'000'000'000;
            config.validation = 0.0;
        });
        for (int i = 0; i < 20; ++i) add("ready");
        m_controller->start(id);
        model.updateKeys();
        QSignalSpy steps(m_controller.get(), &RunController::stepsAppended);
        QVERIFY(steps.wait(60'000));
        QSignalSpy rows(&model, &QAbstractItemModel::dataChanged);
        QVERIFY(rows.wait(60'000));
        for (const auto& change : rows) {
            QCOMPARE(change[0].toModelIndex().row(), 20);
            QCOMPARE(change[1].toModelIndex().row(), 20);
        }
        m_controller->stopAll();
        m_controller->joinAll();
    }

    void coloursOnDarkGroundAreThePlots_data() {
        QTest::addColumn<QString>("color");
        for (const std::string_view color : paletteColors())
            QTest::newRow(std::string(color).c_str())
                << QString::fromUtf8(color.data(), static_cast<qsizetype>(color.size()));
        for (const char* color : {"#000000", "#ffffff", "#123456", "#400000", "#0000ff"})
            QTest::newRow(color) << QString::fromLatin1(color);
    }
    void coloursOnDarkGroundAreThePlots() {
        QFETCH(QString, color);
        QCOMPARE(colorOn(color.toStdString(), 255), color.toStdString());
        const QColor list(QString::fromStdString(colorOn(color.toStdString(), 30)));
        const QColor plot = PlotTheme::dark().runColor(color);
        QVERIFY2(std::abs(list.red() - plot.red()) <= 4 && std::abs(list.green() - plot.green()) <= 4 &&
                     std::abs(list.blue() - plot.blue()) <= 4, // QColor rounds hues to degrees
                 qPrintable(list.name() + QLatin1Char(' ') + plot.name()));
    }
};

QTEST_MAIN(TestRunListModel)
#include "tst_run_list_model.moc"
