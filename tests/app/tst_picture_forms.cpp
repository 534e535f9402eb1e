// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/app_helpers.h"
#include "tests/app/picture_fixture.h"

#include <QTest>

using namespace ratescope;

class TestPictureForms : public QObject {
    Q_OBJECT

private slots:
    void pngChunks();
    void pngOfQt();
    void svgForms_data();
    void svgForms();
    void svgKeepsForm();
    void pdfForms_data();
    void pdfForms();
    void pdfUpdate();
    void foreignPdfs();
};

void TestPictureForms::pngChunks() {
    const QByteArray latin("{\"Gr\xF6\xDF" "e\"}");
    const QString text = QStringLiteral("{\"Größe\"}");
    QCOMPARE(experimentInPicture(withChunk("tEXt", latin)), text);
    QCOMPARE(experimentInPicture(withChunk("zTXt", QByteArray(1, '\0') + zlibOf(latin))), text);
    QCOMPARE(experimentInPicture(withChunk("iTXt", QByteArray("\0\0de\0Versuch\0", 13) + text.toUtf8())), text);
    QCOMPARE(experimentInPicture(withChunk("iTXt", QByteArray("\1\0de\0Versuch\0", 13) + zlibOf(text.toUtf8()))), text);
    QVERIFY(!experimentInPicture(withChunk("iTXu", latin)));
    for (const char* type : {"tEXt", "zTXt", "iTXt"})
        QVERIFY(!experimentInPicture(plain(QStringLiteral("png")).insert(33, chunk(type, "ratescope-experiments\0x"))));
    const auto refuses = [](const QByteArray& bytes, const char* part) {
        const std::string error = errorIn(bytes);
        return hasText(error, part) ? true : (qWarning("%s", error.c_str()), false);
    };
    QVERIFY(refuses(withChunk("zTXt", {}), "too short"));
    QVERIFY(refuses(withChunk("iTXt", QByteArray("\1\0de\0", 5)), "too short"));
    QVERIFY(refuses(withChunk("zTXt", "\1" + zlibOf(latin)), "by method 1; expected 0"));
    QVERIFY(refuses(withChunk("zTXt", QByteArray(1, '\0') + "nonsense"), "cannot be uncompressed"));
    QVERIFY(refuses(withChunk("zTXt", QByteArray(1, '\0') + zlibOf(latin).chopped(1)), "ends early"));
    QVERIFY(refuses(withChunk("iTXt", QByteArray(4, '\0') + latin), "not UTF-8"));
    QByteArray bytes = plain(QStringLiteral("png"));
    bytes[40] = static_cast<char>(~bytes[40]);
    QVERIFY(refuses(bytes, "the chunk at byte 33"));
    bytes = plain(QStringLiteral("png")).replace(8, 4, "\xFF\xFF\xFF\xFF");
    QVERIFY(refuses(bytes, "the chunk at byte 8 has 4294967295 bytes"));
}

void TestPictureForms::pngOfQt() {
    for (const QString& text :
         {QStringLiteral("{}"), QStringLiteral("{\"a\": \"a longer text, which Qt compresses\", \"Größe\": 1}"), someText}) {
        QImage image = someImage();
        image.setText(QStringLiteral("ratescope-experiment"), text);
        const QByteArray bytes = pngOf(image);
        const QString qt = QImage::fromData(bytes, "PNG").text(QStringLiteral("ratescope-experiment"));
        QCOMPARE(experimentInPicture(bytes).value_or(QString()).simplified(), qt.simplified());
    }
    // And what is written here, Qt and others can read.
    const QByteArray bytes = embedInPng(pngOf(someImage()), someText);
    QCOMPARE(QImage::fromData(bytes, "PNG").text(QStringLiteral("ratescope-experiment")), someText);
    QVERIFY(bytes.indexOf("iTXt") < bytes.indexOf("IDAT"));
}

void TestPictureForms::svgForms_data() {
    QTest::addColumn<QByteArray>("svg");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("part"); // of the error; empty with an empty text: no experiment
    const QByteArray space = "https://ratescope.org/ns/1";
    const auto row = [](const char* name, const QByteArray& svg, const char* text, const char* part = "") {
        QTest::newRow(name) << svg << QString::fromUtf8(text) << QByteArray(part);
    };
    const auto inside = [&](const QByteArray& markup) {
        return QByteArray("<svg><metadata><ratescope:experiment xmlns:ratescope='" + space + "'>" + markup +
                          "</ratescope:experiment></metadata></svg>");
    };
    row("CDATA", inside("a <![CDATA[<b> & </b>]]]]><![CDATA[> ü]]> c"), "a <b> & </b>]]> ü c");
    row("references", inside("&lt;&#65;&#x1F600;&quot;&apos;<!-- </svg> -->&amp;"), "<A😀\"'&");
    row("prefix moved and renamed", "<svg xmlns:ns0 = \"" + space + "\"><g/><ns0:experiment>x</ns0:experiment></svg>", "x");
    row("default namespace", "<s:svg xmlns:s='a'><experiment a='>' xmlns='" + space + "'>x</experiment></s:svg>", "x");
    row("another's", "<svg><experiment xmlns='https://example.org/'>x</experiment></svg>", "");
    row("in a comment", "<svg><!-- <ratescope:experiment>x</ratescope:experiment> --></svg>", "");
    row("empty", "<svg/>", "");
    row("tags inside", inside("<b>x</b>"), "", "tags inside");
    row("unknown entity", inside("&bomb;"), "", "not XML text");
    row("no UTF-8", inside("\xFF\xFE"), "", "damaged");
    row("a control character", inside("\x01"), "", "not XML text");
    row("open", "<svg><g></g>", "", "cut short");
    row("closed twice", "<svg></svg></svg>", "", "closes what is not open");
    row("no tag", "<svg>< </svg>", "", "begins no tag");
    row("open comment", "<svg><!-- </svg>", "", "has no end");
    row("open quote", "<svg><g a='></svg>", "", "has no end");
}

void TestPictureForms::svgForms() {
    QFETCH(const QByteArray, svg);
    QFETCH(const QString, text);
    QFETCH(const QByteArray, part);
    std::optional<QString> found;
    const std::string error = errorOf([&] { found = experimentInPicture(svg); });
    QVERIFY2(part.isEmpty() ? error.empty() : hasText(error, part.toStdString()), error.c_str());
    QCOMPARE(found.value_or(QString()), text);
}

void TestPictureForms::svgKeepsForm() {
    const QByteArray svg = someSvg();
    const QByteArray bytes = embedInSvg(svg, QStringLiteral("a\u0001b\uFFFFc"));
    QVERIFY(isWellFormed(bytes));
    QCOMPARE(experimentInPicture(bytes), QStringLiteral("a\\u0001b\\uffffc")); // JSON's own way
    QVERIFY(bytes.contains("</desc>\n<metadata>"));
    QXmlStreamReader reader(bytes);
    QStringList names;
    while (!reader.atEnd() && names.size() < 6)
        if (reader.readNext() == QXmlStreamReader::StartElement)
            names << reader.namespaceUri().toString() + QLatin1Char(' ') + reader.name().toString();
    const QString space = QStringLiteral("http://www.w3.org/2000/svg ");
    QCOMPARE(names.mid(0, 5),
             QStringList({space + QStringLiteral("svg"), space + QStringLiteral("title"), space + QStringLiteral("desc"),
                          space + QStringLiteral("metadata"), QStringLiteral("https://ratescope.org/ns/1 experiment")}));
    QCOMPARE(
        embedInSvg("<s:svg xmlns:s='x'/>", QStringLiteral("1")),
        QByteArray("<s:svg xmlns:s='x'>\n<s:metadata><ratescope:experiment xmlns:ratescope=\"https://ratescope.org/ns/1\">1"
                   "</ratescope:experiment></s:metadata></s:svg>"));
    for (const char* bad : {"", "<html/>", "<svg", "<svg><title>"})
        QVERIFY(!errorOf([&] { embedInSvg(bad, someText); }).empty());
}

void TestPictureForms::pdfForms_data() {
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("part");
    const auto row = [](const char* name, const QByteArray& value, const char* text, const char* part = "") {
        QTest::newRow(name) << value << QString::fromUtf8(text) << QByteArray(part);
    };
    row("plain", "(a (b) \\(c\\)\\\\)", "a (b) (c)\\");
    row("escapes", "\n(\\n\\r\\t\\101\\1012\\60x\\\r\n\\\n\\q)", "\n\r\tAA20xq");
    row("UTF-16 in plain", QByteArray("(\xFE\xFF\0G\0\xFC\0\\(\xD8\x3D\xDE\x00)", 16), "Gü(😀");
    row("UTF-8", "(\xEF\xBB\xBFGr\xC3\xB6\xC3\x9F" "e)", "Größe");
    row("Latin-1", "(Gr\\366\\337e)", "Größe");
    row("hex", "<FEFF 0041\n00fC>", "Aü");
    row("hex, the other way round", "<FFFE4100>", "A");
    row("odd digit", "<414>", "A@");
    row("a dictionary", "<< /A 1 >>", "");
    row("a number", "12", "");
    row("longer key", "s (x)", "");
    row("bad digit", "<FEFG>", "", "has a digit that is none");
    row("open hex", "<FEFF", "", "a digit that is none"); // the file's own end follows
    row("open text", "(abc", "", "cut short");
    row("half a character", "<FEFF004>", "@"); // by the standard's rule
    row("half of 16 bits", "<FEFF00>", "", "not UTF-16");
    row("half a pair", "<FEFFD83D>", "", "not UTF-16");
    row("not UTF-8", "(\xEF\xBB\xBF\xFF)", "", "not UTF-8");
}

void TestPictureForms::pdfForms() {
    QFETCH(const QByteArray, value);
    QFETCH(const QString, text);
    QFETCH(const QByteArray, part);
    std::optional<QString> found;
    const std::string error =
        errorOf([&] { found = experimentInPicture("%PDF-1.4\n<</RatescopeExperiment" + value + "\n%%EOF\n"); });
    QVERIFY2(part.isEmpty() ? error.empty() : hasText(error, part.toStdString()), error.c_str());
    QCOMPARE(found.value_or(QString()), text);
}

void TestPictureForms::pdfUpdate() {
    const QByteArray first = somePdf();
    const QByteArray bytes = embedInPdf(first, QStringLiteral("T"), someText);
    QVERIFY(first.contains("/CreationDate (D:2"));
    QVERIFY(!bytes.contains("CreationDate"));
    // Another second gives the same file: that date was all that told them apart.
    QByteArray later = first;
    const qsizetype date = later.indexOf("(D:") + 3;
    later.replace(date, 14, "20990101000000");
    QVERIFY(later != first);
    QVERIFY(embedInPdf(later, QStringLiteral("T"), someText) == bytes);
    QVERIFY(embedInPdf(later, QStringLiteral("U"), someText) != bytes);
    // What was there is there, byte for byte but the date.
    const qsizetype begin = first.indexOf("/CreationDate");
    const qsizetype end = first.indexOf(')', begin) + 1;
    QCOMPARE(bytes.first(begin), first.first(begin));
    QVERIFY(bytes.sliced(end).startsWith(first.sliced(end)));
    // The tables lead from one to the other.
    const auto numberAfter = [](const QByteArray& text, const char* word) {
        return text.sliced(text.lastIndexOf(word) + qsizetype(qstrlen(word)))
            .trimmed()
            .split('\n')[0]
            .trimmed()
            .toLongLong();
    };
    const auto table = numberAfter(bytes, "startxref");
    QVERIFY(bytes.sliced(table).startsWith("xref\n"));
    const auto info = bytes.sliced(table).split('\n')[2].split(' ')[0].toLongLong();
    QVERIFY(
        bytes.sliced(info).startsWith(QByteArray::number(numberAfter(first, "/Size")) + " 0 obj\n<<\n/Title <feff0054>"));
    QCOMPARE(numberAfter(bytes, "/Prev"), numberAfter(first, "startxref"));
    QCOMPARE(numberAfter(bytes, "/Size"), numberAfter(first, "/Size") + 1);
    QVERIFY(embedInPdf(QByteArray(first).replace("/Root", "/ID [<aa> <bb>]\n/Root"), {}, someText)
                .sliced(table)
                .contains("/ID [<aa> <bb>]\n"));
}

void TestPictureForms::foreignPdfs() {
    const auto refuses = [](QByteArray pdf, const char* part) {
        return hasText(errorOf([&] { embedInPdf(pdf, {}, someText); }), part);
    };
    QVERIFY(refuses("%PDF-1.5\n", "has no startxref"));
    QVERIFY(refuses("%PDF-1.5\nstartxref\n9\n%%EOF", "no cross-reference table"));
    QVERIFY(refuses(somePdf().replace("/Root", "/Boot"), "/Size or /Root"));
    QVERIFY(refuses(somePdf().replace("/Root", "/Encrypt 3 0 R\n/Root"), "is encrypted"));
    QVERIFY(refuses(somePdf().replace("xref\n0 ", "xref\n0 99"), "too short"));
}

QTEST_MAIN(TestPictureForms)
#include "tst_picture_forms.moc"
