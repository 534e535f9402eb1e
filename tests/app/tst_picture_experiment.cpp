// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/figure_image.h"
#include "app/study/run_file.h"
#include "tests/app/app_helpers.h"
#include "tests/app/picture_fixture.h"
#include "tests/this_build.h"

#include <QElapsedTimer>
#include <QTest>

#include <random>

using namespace ratescope;

namespace {

QByteArray embedded(const QString& kind, const QByteArray& picture, const QString& text) {
    if (kind == QLatin1String("png")) return embedInPng(picture, text);
    if (kind == QLatin1String("svg")) return embedInSvg(picture, text);
    return embedInPdf(picture, QStringLiteral("Größe (a) <b>"), text);
}

} // namespace

class TestPictureExperiment : public QObject {
    Q_OBJECT

private slots:
    void roundTrip_data();
    void roundTrip();
    void kinds_data() { kindRows(); }
    void kinds();
    void newestHolds_data() { kindRows(); }
    void newestHolds();
    void cutShort_data() { kindRows(); }
    void cutShort();
    void flipped_data() { kindRows(); }
    void flipped();
    void heads_data();
    void heads();
    void bomb();
    void hugeFiles();
    void encodedPng();
    void readRuns_data() { kindRows(); }
    void readRuns();
    void readFaults();

private:
    void kindRows() {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"png", "svg", "pdf"}) QTest::newRow(kind) << QString::fromLatin1(kind);
    }

    TestFolder m_folder;
};

void TestPictureExperiment::roundTrip_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("text");
    QString large = QStringLiteral("{\"runs\": [\n");
    for (int i = 0; large.size() < 1'000'000; ++i)
        large += QStringLiteral("  {\"name\": \"é & %1\", \"seed\": %2},\n").arg(i).arg(i * 7919);
    for (const char* kind : {"png", "svg", "pdf"}) {
        QTest::addRow("%s: everything", kind) << QString::fromLatin1(kind) << someText;
        QTest::addRow("%s: large", kind) << QString::fromLatin1(kind) << large;
        QTest::addRow("%s: one", kind) << QString::fromLatin1(kind) << QStringLiteral("x");
        QTest::addRow("%s: spaces", kind) << QString::fromLatin1(kind) << QStringLiteral(" \n x \n ");
        QTest::addRow("%s: nothing", kind) << QString::fromLatin1(kind) << QString();
    }
}

void TestPictureExperiment::roundTrip() {
    QFETCH(const QString, kind);
    QFETCH(const QString, text);
    const QByteArray picture = plain(kind);
    const QByteArray bytes = embedded(kind, picture, text);
    const std::optional<QString> back = experimentInPicture(bytes);
    QVERIFY(back.has_value());
    QVERIFY(*back == text); // a megabyte is nothing to print
    QVERIFY(embedded(kind, picture, text) == bytes);
    if (kind == QLatin1String("svg")) QVERIFY(isWellFormed(bytes));
    if (kind == QLatin1String("png"))
        QCOMPARE(QImage::fromData(bytes, "PNG").convertToFormat(QImage::Format_RGB32), someImage());
}

void TestPictureExperiment::kinds() {
    QFETCH(const QString, kind);
    const QByteArray picture = plain(kind);
    QVERIFY(looksLikePicture(picture.first(1024 < picture.size() ? 1024 : picture.size())));
    QVERIFY(!experimentInPicture(picture));
    for (const char* other : {"png", "svg", "pdf"})
        if (kind != QLatin1String(other))
            QVERIFY(!errorOf([&] { embedded(QString::fromLatin1(other), picture, someText); }).empty());
}

void TestPictureExperiment::newestHolds() {
    QFETCH(const QString, kind);
    const QByteArray twice = embedded(kind, embedded(kind, plain(kind), QStringLiteral("older")), QStringLiteral("newer"));
    QCOMPARE(experimentInPicture(twice), QStringLiteral("newer"));
    if (kind == QLatin1String("png")) QCOMPARE(twice.count("ratescope-experiment"), 1);
}

void TestPictureExperiment::cutShort() {
    QFETCH(const QString, kind);
    const QByteArray bytes = embedded(kind, plain(kind), someText);
    int withText = 0;
    for (qsizetype size = 0; size < bytes.size(); ++size) {
        const QByteArray cut = bytes.first(size);
        std::optional<QString> text;
        const std::string error = errorOf([&] { text = experimentInPicture(cut); });
        if (text) QVERIFY2(*text == someText, qPrintable(QString::number(size)));
        withText += text ? 1 : 0;
        // A PDF that loses what was appended is the PDF that it was.
        if (error.empty() && !text) QVERIFY2(kind == QLatin1String("pdf"), qPrintable(QString::number(size)));
    }
    QVERIFY2(withText <= 1, qPrintable(QString::number(withText))); // the last line's end alone may be missing
}

void TestPictureExperiment::flipped() {
    QFETCH(const QString, kind);
    const QByteArray bytes = embedded(kind, plain(kind), someText);
    std::mt19937 random(7);
    int refused = 0;
    for (int i = 0; i < 2000; ++i) {
        QByteArray damaged = bytes;
        for (auto flips = 1 + random() % 3; flips > 0; --flips) {
            const auto at = static_cast<qsizetype>(random() % static_cast<std::size_t>(bytes.size()));
            damaged[at] = static_cast<char>(damaged[at] ^ (1 << random() % 8));
        }
        std::optional<QString> text;
        const bool good = errorIn(damaged).empty();
        refused += good ? 0 : 1;
        errorOf([&] { embedded(kind, damaged, someText); });
        if (!good || kind != QLatin1String("png")) continue;
        text = experimentInPicture(damaged); // every byte of a PNG is under a checksum
        QVERIFY(damaged == bytes || (text && *text == someText));
    }
    QVERIFY(refused > (kind == QLatin1String("png") ? 1990 : 10));
}

void TestPictureExperiment::heads_data() {
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<bool>("isPicture");
    const auto row = [](const char* name, const QByteArray& head, bool isPicture) {
        QTest::newRow(name) << head << isPicture;
    };
    row("nothing", "", false);
    row("half a signature", "\x89PNG", false);
    row("PDF", "%PDF-1.7\n", true);
    row("SVG alone", "<svg xmlns='http://www.w3.org/2000/svg'/>", true);
    row("SVG after all that may be",
        "\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- <html> -->\n<!DOCTYPE svg [<!ENTITY a '<b>'>]>\n<svg:svg x='>'>", true);
    row("SVG whose tag is long", "<?xml version='1.0'?><svg\nwidth='" + QByteArray(2000, '1'), true);
    row("HTML with SVG", "<html><svg xmlns='x'>", false);
    row("SVG's cousin", "<svgs>", false);
    row("JSON about SVG", R"({"ratescope": 1, "title": "<svg >"})", false);
    row("a bracket", "<", false);
    row("brackets", QByteArray(2000, '<'), false);
    row("a comment", "<!-- <sv", false);
}

void TestPictureExperiment::heads() {
    QFETCH(const QByteArray, head);
    QTEST(looksLikePicture(head), "isPicture");
}

void TestPictureExperiment::bomb() {
    const QByteArray packed = zlibOf(QByteArray(qsizetype(200) << 20, ' '));
    QVERIFY(packed.size() < 300'000);
    for (const QByteArray& bytes :
         {withChunk("zTXt", QByteArray(1, '\0') + packed), withChunk("iTXt", QByteArray("\1\0\0\0", 4) + packed)})
        QCOMPARE(errorIn(bytes), std::string("holds an experiment over 16 MiB; allowed: 16 MiB"));
    const QString most(qsizetype(16) << 20, QLatin1Char('a'));
    for (const char* name : {"png", "svg", "pdf"}) {
        const QString kind = QString::fromLatin1(name);
        QVERIFY(experimentInPicture(embedded(kind, plain(kind), most)) == most);
        QVERIFY(hasText(errorIn(embedded(kind, plain(kind), most + QStringLiteral("12345678"))), "over 16 MiB"));
    }
}

/// Nesting, attributes and near misses without number cost their bytes.
void TestPictureExperiment::hugeFiles() {
    QElapsedTimer time;
    time.start();
    QVERIFY(hasText(errorIn("<svg>" + QByteArray("<g>").repeated(5'000'000)), "cut short"));
    QVERIFY(!experimentInPicture("<svg" + QByteArray(" a=''").repeated(5'000'000) + "></svg>"));
    QVERIFY(hasText(errorIn("<svg>" + QByteArray("<!--").repeated(5'000'000)), "has no end"));
    QVERIFY(!experimentInPicture("%PDF-" + QByteArray("/RatescopeExperiment").repeated(1'000'000) + "%%EOF"));
    QVERIFY2(time.elapsed() < 10'000, "the time grows faster than the file");
}

void TestPictureExperiment::encodedPng() {
    const QByteArray bytes = encodePng(someImage(), someText);
    QCOMPARE(experimentInPicture(bytes), someText);
    QCOMPARE(encodePng(someImage(), someText), bytes);
    QCOMPARE(QImage::fromData(bytes, "PNG").text(QStringLiteral("Software")), QStringLiteral("Ratescope"));
    QVERIFY(!experimentInPicture(encodePng(someImage(), {})));
}

void TestPictureExperiment::readRuns() {
    QFETCH(const QString, kind);
    DataCatalog catalog(sourceDir("/resources"));
    writeTinyData(m_folder);
    writeText(m_folder.path("w.safetensors"), "");
    const QString text =
        QStringLiteral(R"({"ratescope":1,"title":"T","runs":[{"name":"ü","data":"data","batch_size":16,"epochs":3,)"
                       R"("start_from":{"file":"w.safetensors"}}]})");
    const auto path = m_folder.path("figure.json"); // by content, not by name
    writeText(path, embedded(kind, plain(kind), text).toStdString());
    const RunFile file = readRunFile(path, catalog);
    QVERIFY(!file.isStudy && file.title == "T");
    QCOMPARE(file.runs.at(0).config.name, std::string("ü"));
    QCOMPARE(file.runs[0].config.data, m_folder.path("data").string());
    QCOMPARE(file.runs[0].config.startFrom->file, m_folder.path("w.safetensors").string());
    QVERIFY((file.runs[0].length == RunLength{30, 10}));
    writeText(
        path,
        embedded(kind, plain(kind), QStringLiteral(R"({"ratescope":1,"runs":[{"name":"a","epochs":-1}]})")).toStdString());
    const std::string error = errorOf([&] { readRunFile(path, catalog); });
    QVERIFY2(error.starts_with(path.string() + ": runs[0].epochs: "), error.c_str());
    writeText(path, plain(kind).toStdString());
    QCOMPARE(errorOf([&] { readRunFile(path, catalog); }),
             path.string() +
                 ": is a picture without Ratescope's runs in it; expected a PNG, SVG or PDF that Ratescope exported");
}

void TestPictureExperiment::readFaults() {
    DataCatalog catalog(sourceDir("/resources"));
    const auto path = m_folder.path("x.png");
    writeText(path, plain(QStringLiteral("png")).chopped(3).toStdString());
    QVERIFY(errorOf([&] { readRunFile(path, catalog); }).starts_with(path.string() + ": is a damaged PNG: "));
    const QString many =
        QStringLiteral("{\"ratescope\":1,\"runs\":[") + QStringLiteral("{},").repeated(1'000'000) + QStringLiteral("{}]}");
    writeText(path, embedInPng(plain(QStringLiteral("png")), many).toStdString());
    QVERIFY(hasText(errorOf([&] { readRunFile(path, catalog); }), "runs[999997]: is one of more than 1000000 values"));
    writeText(path, embedInPng(plain(QStringLiteral("png")), QString((8 << 20) + 1, QLatin1Char(' '))).toStdString());
    QCOMPARE(errorOf([&] { readRunFile(path, catalog); }),
             path.string() + ": holds an experiment over 8 MiB; allowed: 8 MiB");
    std::filesystem::resize_file(path, (std::uintmax_t(256) << 20) + 1); // of holes
    QVERIFY(hasText(errorOf([&] { readRunFile(path, catalog); }), "allowed: 128 MiB"));
}

QTEST_MAIN(TestPictureExperiment)
#include "tst_picture_experiment.moc"
