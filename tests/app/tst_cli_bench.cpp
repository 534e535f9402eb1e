// SPDX-License-Identifier: GPL-3.0-or-later
// “ratescope bench” from outside: that it measures, not what.
#include "core/training/speed.h"
#include "tests/app/program.h"
#include "tests/this_build.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <set>
#include <thread>

using namespace ratescope;

class TestCliBench : public QObject {
    Q_OBJECT

private slots:
    void measuresEveryNetwork();
    void faults_data();
    void faults();

private:
    Program m_program;
};

void TestCliBench::measuresEveryNetwork() {
    if (isSanitized) QSKIP("each figure takes tens of updates of the largest network, minutes under a sanitizer");
    const Outcome outcome = m_program.run({"bench", "--seconds", "0.05", "--json"}, {{"LC_ALL", "de_DE.UTF-8"}});
    COMPARE_STATUS(outcome, 0);
    const QJsonObject json = QJsonDocument::fromJson(outcome.output).object();
    std::set<int> threads;
    std::set<QString> measured;
    for (const QJsonValue& value : json["training"].toArray()) {
        const QJsonObject one = value.toObject();
        threads.insert(one["threads"].toInt());
        measured.insert(QStringLiteral("%1 %2 %3 %4")
                            .arg(one["network"].toString())
                            .arg(one["batch_size"].toInt())
                            .arg(one["optimizer"].toString())
                            .arg(one["threads"].toInt()));
        for (const char* figure : {"samples_per_second", "evaluated_per_second", "gflops", "share_of_product"})
            QVERIFY2(one[QLatin1String(figure)].toDouble() > 0.0, figure);
    }
    const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    QVERIFY(threads.contains(1) && threads.contains(cores) && *threads.rbegin() == cores);
    std::set<QString> expected;
    for (const SpeedCase& one : speedCases())
        for (const int count : threads)
            expected.insert(QStringLiteral("%1 %2 %3 %4")
                                .arg(QString::fromStdString(one.name))
                                .arg(one.config.batchSize)
                                .arg(QString::fromStdString(one.config.optimizer.type))
                                .arg(count));
    QVERIFY(measured == expected);
    std::set<int> products;
    for (const QJsonValue& value : json["product"].toArray()) {
        products.insert(value.toObject()["threads"].toInt());
        QVERIFY(value.toObject()["gflops"].toDouble() > 0.0);
    }
    QVERIFY(products == threads);
    QCOMPARE(json["frames"].toObject()["runs"].toInt(), 20);
    for (const char* figure : {"replot_ms", "crosshair_ms", "grown_ms"})
        QVERIFY2(json["frames"].toObject()[QLatin1String(figure)].toDouble() > 0.0, figure);
    QVERIFY(json["startup"].toObject()["window_ms"].toDouble() > 0.0);
}

void TestCliBench::faults_data() {
    QTest::addColumn<QStringList>("options");
    QTest::newRow("no time") << QStringList{"--seconds", "0"};
    QTest::newRow("for ever") << QStringList{"--seconds", "1e9"};
    QTest::newRow("no number") << QStringList{"--seconds", "long"};
    QTest::newRow("a file") << QStringList{"x.json"};
}

void TestCliBench::faults() {
    QFETCH(const QStringList, options);
    const Outcome outcome = m_program.run(QStringList{"bench"} + options);
    COMPARE_STATUS(outcome, 2);
    QCOMPARE(outcome.output, QByteArray());
}

QTEST_GUILESS_MAIN(TestCliBench)
#include "tst_cli_bench.moc"
