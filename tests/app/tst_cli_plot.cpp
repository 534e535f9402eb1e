// SPDX-License-Identifier: GPL-3.0-or-later
// “ratescope plot” from outside.
#include "app/study/experiment.h"
#include "tests/app/program.h"
#include "tests/core/problems.h"
#include "tests/this_build.h"

#include <QColor>
#include <QFile>
#include <QImage>
#include <QSet>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace ratescope;

class TestCliPlot : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void sizes_data();
    void sizes();
    void pictures_data();
    void pictures();
    void carriesTheExperiment();
    void repeats_data();
    void repeats();
    void overlays();
    void odd_data();
    void odd();
    void nothingTrained();
    void cannotWrite();
    void differences();
    void differencesOfNothing_data();
    void differencesOfNothing();

private:
    QString fresh() { return qtText(m_folder.path("p" + std::to_string(++m_count) + ".png")); }
    /// The picture's bytes; empty if the command failed.
    QByteArray plot(const QStringList& arguments, const std::map<QString, QString>& variables = {});

    Program m_program;
    TestFolder m_folder;
    QString m_study;
    QString m_experiment;
    int m_count = 0;
};

void TestCliPlot::initTestCase() {
    m_experiment =
        writeExperiment(m_folder, "x.json",
                        R"({"name":"a","steps":60},{"name":"größer","steps":60,"schedule":{"type":"cosine","lr":0.3}},
        {"name":"find","range_test":{"from":1e-4,"to":1,"steps":40}})");
    m_study = qtText(m_folder.path("s.ratescope"));
    COMPARE_STATUS(m_program.run({"train", m_experiment, "--quiet", "--out", m_study}), 0);
}

QByteArray TestCliPlot::plot(const QStringList& arguments, const std::map<QString, QString>& variables) {
    const QString out = fresh();
    const Outcome outcome = m_program.run(QStringList{"plot", "--out", out} + arguments, variables);
    if (outcome.status != 0 || !outcome.errors.isEmpty() || !outcome.output.isEmpty()) {
        qWarning("status %d: %s", outcome.status, outcome.errors.constData());
        return {};
    }
    return QByteArray::fromStdString(readText(out.toStdString()));
}

void TestCliPlot::sizes_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QSize>("size");
    QTest::newRow("as it comes") << QStringList{} << QSize(3200, 1800);
    QTest::newRow("small") << QStringList{"--size", "640x480", "--scale", "1"} << QSize(640, 480);
    QTest::newRow("scaled") << QStringList{"--size", "400x300", "--scale", "3"} << QSize(1200, 900);
    QTest::newRow("scaled down") << QStringList{"--size", "800x600", "--scale", "0.5"} << QSize(400, 300);
    QTest::newRow("smallest") << QStringList{"--size", "100x100", "--scale", "1"} << QSize(100, 100);
    QTest::newRow("narrow") << QStringList{"--size", "100x2000", "--scale", "1"} << QSize(100, 2000);
    QTest::newRow("flat") << QStringList{"--size", "2000x100", "--scale", "1"} << QSize(2000, 100);
}

void TestCliPlot::sizes() {
    QFETCH(const QStringList, arguments);
    QFETCH(const QSize, size);
    const QImage image = QImage::fromData(plot(arguments + QStringList{m_study}), "PNG");
    QCOMPARE(image.size(), size);
}

void TestCliPlot::pictures_data() {
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("theme");
    const auto row = [](const char* what, const char* theme) {
        QTest::addRow("%s, %s", what, theme) << QString::fromLatin1(what) << QString::fromLatin1(theme);
    };
    for (const char* what : {"page", "loss", "lr", "range"}) row(what, "light");
    for (const char* theme : {"dark", "print"}) row("page", theme);
}

void TestCliPlot::pictures() {
    QFETCH(const QString, what);
    QFETCH(const QString, theme);
    for (const QString& file : {m_study, m_experiment}) {
        if (file == m_experiment && theme != QLatin1String("light")) continue;
        const QImage image = QImage::fromData(
            plot({file, "--what", what, "--theme", theme, "--size", "600x400", "--scale", "1"}), "PNG");
        QCOMPARE(image.size(), QSize(600, 400));
        const QRgb corner = image.pixel(0, 0);
        QCOMPARE(qGray(corner) < 128, theme == QLatin1String("dark"));
        // Something is drawn: other colours than the background, grey ones and true ones.
        QSet<QRgb> colors;
        qint64 drawn = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x) {
                colors << image.pixel(x, y);
                drawn += image.pixel(x, y) != corner;
            }
        QVERIFY(colors.size() > 10 && drawn > 1000);
        const bool colored =
            std::any_of(colors.begin(), colors.end(), [](QRgb one) { return QColor(one).hsvSaturation() > 100; });
        if (file == m_study) QVERIFY(colored);
    }
}

void TestCliPlot::carriesTheExperiment() {
    const QImage image = QImage::fromData(plot({m_study, "--size", "300x200", "--scale", "1"}), "PNG");
    const QString text = image.text(QStringLiteral("ratescope-experiment"));
    QVERIFY(!text.isEmpty());
    DataCatalog catalog(sourceDir("/resources"));
    std::vector<RunConfig> found;
    const std::string error = errorOf([&] { found = parseExperiment(text.toStdString(), "png", "/", catalog).runs; });
    QCOMPARE(error, std::string());
    const auto records = readStudy(m_study.toStdString());
    QCOMPARE(found.size(), records.size());
    for (std::size_t i = 0; i < found.size(); ++i) QVERIFY(found[i] == records[i].config);
}

void TestCliPlot::repeats_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::newRow("as it is") << QString() << QString();
    QTest::newRow("scaled screen") << QStringLiteral("QT_SCALE_FACTOR") << QStringLiteral("2");
    QTest::newRow("German") << QStringLiteral("LC_ALL") << QStringLiteral("de_DE.UTF-8");
    QTest::newRow("plain C") << QStringLiteral("LC_ALL") << QStringLiteral("C");
    QTest::newRow("font scale") << QStringLiteral("QT_FONT_DPI") << QStringLiteral("144");
    QTest::newRow("style") << QStringLiteral("QT_STYLE_OVERRIDE") << QStringLiteral("windows");
    QTest::newRow("screen factors") << QStringLiteral("QT_SCREEN_SCALE_FACTORS") << QStringLiteral("1.5");
}

void TestCliPlot::repeats() {
    QFETCH(const QString, name);
    QFETCH(const QString, value);
    const QStringList arguments = {m_study, "--size", "500x400", "--scale", "1"};
    static const QByteArray first = plot(arguments);
    QVERIFY(!first.isEmpty());
    const QByteArray second =
        plot(arguments, name.isEmpty() ? std::map<QString, QString>{} : std::map<QString, QString>{{name, value}});
    QVERIFY(first == second);
}

void TestCliPlot::overlays() {
    const QByteArray one = plot({m_study, "--size", "500x400", "--scale", "1"});
    const QByteArray two = plot({m_study, m_study, m_experiment, "--size", "500x400", "--scale", "1"});
    QVERIFY(!two.isEmpty() && one != two);
    const QString text = QImage::fromData(two, "PNG").text(QStringLiteral("ratescope-experiment"));
    for (const char* name : {"\"a\"", "\"a 2\"", "\"a 3\"", "\"größer 3\""})
        QVERIFY2(text.contains(QString::fromUtf8(name)), name);
}

void TestCliPlot::odd_data() {
    QTest::addColumn<int>("steps");
    QTest::addColumn<double>("loss");
    QTest::newRow("no steps") << 0 << 0.0;
    QTest::newRow("one step") << 1 << 1.0;
    QTest::newRow("two steps") << 2 << 1.0;
    QTest::newRow("loss 0") << 20 << 0.0;
    QTest::newRow("smallest loss") << 20 << 1e-45;
    QTest::newRow("largest loss") << 20 << 3.4e38;
    QTest::newRow("negative loss") << 20 << -1.0;
}

void TestCliPlot::odd() {
    QFETCH(const int, steps);
    QFETCH(const double, loss);
    const auto path = m_folder.path("odd.ratescope");
    {
        StudyFile file(path, StudyFile::Access::Write);
        std::vector<StepMetrics> all = someSteps(static_cast<std::uint64_t>(steps));
        for (StepMetrics& step : all) step.loss = static_cast<float>(loss);
        file.appendSteps(file.addRun(tinyHeader(0, "a")), all);
        RunHeader test = tinyHeader(0, "find");
        test.config.rangeTest = RangeTestSpec{};
        for (std::size_t i = 0; i < all.size(); ++i) all[i].rate = 1e-5 * std::pow(2.0, double(i));
        file.appendSteps(file.addRun(test), all);
    }
    for (const char* what : {"page", "range"})
        QVERIFY2(
            !plot({qtText(path), "--what", QString::fromLatin1(what), "--size", "300x200", "--scale", "1"}).isEmpty(),
            what);
    std::filesystem::remove(path);
}

/// A file has no buttons.
void TestCliPlot::nothingTrained() {
    const QString out = qtText(m_folder.path("plan.svg"));
    for (const char* what : {"loss", "page"}) {
        COMPARE_STATUS(m_program.run({"plot", m_experiment, "--what", what, "--out", out}), 0);
        const std::string picture = readText(out.toStdString());
        QVERIFY2(hasText(picture, "Not trained yet"), what);
        QVERIFY2(!hasText(picture, "Press"), what);
    }
}

void TestCliPlot::cannotWrite() {
    const QString out = qtText(m_folder.path("nowhere/p.png"));
    const Outcome outcome = m_program.run({"plot", m_study, "--out", out});
    COMPARE_STATUS(outcome, 4);
    QVERIFY2(outcome.errors.startsWith("ratescope: " + out.toUtf8()), outcome.errors.constData());
    // What stood there stays when the input is bad.
    const QString old = fresh();
    writeText(old.toStdString(), "before");
    COMPARE_STATUS(m_program.run({"plot", "nothing.json", "--out", old}), 3);
    QCOMPARE(readText(old.toStdString()), std::string("before"));
}

void TestCliPlot::differences() {
    const QStringList size = {"--size", "500x400", "--scale", "1"};
    const QByteArray page = plot(QStringList{m_study, "--difference", "a"} + size);
    QVERIFY(!page.isEmpty());
    QVERIFY(page != plot(QStringList{m_study} + size));
    QVERIFY(page != plot(QStringList{m_study, "--difference", "größer"} + size));
    const QByteArray loss = plot(QStringList{m_study, "--what", "loss", "--difference", "a"} + size);
    QVERIFY(!loss.isEmpty() && loss != plot(QStringList{m_study, "--what", "loss"} + size));
    const QString csv = fresh().replace(".png", ".csv");
    COMPARE_STATUS(m_program.run({"plot", m_study, "--what", "loss", "--difference", "a", "--out", csv}), 0);
    const QList<QByteArray> lines = QByteArray::fromStdString(readText(csv.toStdString())).trimmed().split('\n');
    QCOMPARE(lines.size(), 1 + 60);
    QCOMPARE(lines[0], QByteArray("run,reference,step,epoch,difference,smoothed_difference"));
    const auto records = readStudy(m_study.toStdString());
    for (qsizetype step = 0; step < 60; ++step) {
        const QList<QByteArray> cells = lines[step + 1].split(',');
        QCOMPARE(cells[0], QByteArray("größer"));
        QCOMPARE(cells[1], QByteArray("a"));
        const auto i = static_cast<std::size_t>(step);
        QCOMPARE(cells[4].toFloat(), static_cast<float>(double(records[1].losses[i]) - double(records[0].losses[i])));
    }
}

void TestCliPlot::differencesOfNothing_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("no such run") << QStringList{"--difference", "nobody"} << 3 << QStringList{"“nobody”", "a, größer, find"};
    QTest::newRow("a range test") << QStringList{"--difference", "find"} << 3
                                  << QStringList{"shares initial weights and batch order with “find”", "a, größer"};
    QTest::newRow("of rates") << QStringList{"--difference", "a", "--what", "lr"} << 2 << QStringList{"--what"};
    QTest::newRow("seeds") << QStringList{"--seeds", "quartiles"} << 2 << QStringList{"“quartiles”", "single, mean, median"};
    QTest::newRow("of range tests") << QStringList{"--difference", "a", "--what", "range"} << 2 << QStringList{"--what"};
}

void TestCliPlot::differencesOfNothing() {
    QFETCH(const QStringList, arguments);
    QFETCH(const int, status);
    QFETCH(const QStringList, words);
    const QString out = fresh();
    const Outcome outcome = m_program.run(QStringList{"plot", m_study, "--out", out} + arguments);
    COMPARE_STATUS(outcome, status);
    for (const QString& word : words) QVERIFY2(outcome.errors.contains(word.toUtf8()), outcome.errors.constData());
    QVERIFY(!QFile::exists(out));
}

QTEST_GUILESS_MAIN(TestCliPlot)
#include "tst_cli_plot.moc"
