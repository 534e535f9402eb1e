// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/brief_text.h"

#include <QTest>

using namespace ratescope;

class TestBriefText : public QObject {
    Q_OBJECT

private slots:
    void texts_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("brief");
        const auto row = [](const char* name, const QByteArray& text, const QByteArray& brief) {
            QTest::newRow(name) << text << brief;
        };
        const QByteArray unknown = "\xEF\xBF\xBD";
        row("empty", "", "");
        row("as it is", "größer — “𝄞” \xF4\x8F\xBF\xBF", "größer — “𝄞” \xF4\x8F\xBF\xBF");
        row("just as long as allowed", QByteArray(60, 'x'), QByteArray(60, 'x'));
        row("too long", QByteArray(61, 'x'), QByteArray(60, 'x') + "…");
        row("cut between characters", QByteArray(59, 'x') + "ß", QByteArray(59, 'x') + "…");
        row("up to a character's end", QByteArray(58, 'x') + "ßx", QByteArray(58, 'x') + "ß…");
        row("lines", "a\nb\r\nc\td", "a b  c d");
        row("orders for a terminal", "\x1B[2J \x7F \xC2\x9B", " [2J    ");
        row("zero", QByteArray("a\0b", 3), "a b");
        row("first character behind those", "\xC2\xA0", "\xC2\xA0");
        row("Latin-1", "gr\xF6\xDF" "er", "gr" + unknown + unknown + "er");
        row("cut short", "a\xE2\x80", "a" + unknown + unknown);
        row("overlong", "\xC0\xAF\xE0\x80\xAF", unknown.repeated(5));
        row("half of a surrogate", "\xED\xA0\x80", unknown.repeated(3));
        row("beyond Unicode", "\xF4\x90\x80\x80", unknown.repeated(4));
    }
    void texts() {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, brief);
        QCOMPARE(QByteArray::fromStdString(briefText(text.toStdString())), brief);
    }

    void asLongAsAsked() {
        QCOMPARE(briefText("abcdef", 4), std::string("abcd…"));
        QCOMPARE(briefText("abcdef", 6), std::string("abcdef"));
    }
};

QTEST_APPLESS_MAIN(TestBriefText)
#include "tst_brief_text.moc"
