// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/strict_json.h"
#include "tests/core/problems.h"

#include <QTest>

using namespace ratescope;

namespace {

std::string keys(int count) {
    std::string text = "{";
    for (int i = 0; i < count; ++i) text += (i > 0 ? ",\"k" : "\"k") + std::to_string(i) + "\":1";
    return text + '}';
}

std::string nested(int levels) {
    return std::string(static_cast<std::size_t>(levels), '[') + std::string(static_cast<std::size_t>(levels), ']');
}

QByteArray bytes(const std::string& text) {
    return {text.data(), static_cast<qsizetype>(text.size())};
}

/// What an object with the value `json` under “x” says to `read`; empty if all is well.
template <typename Read> std::string readError(const char* json, Read read) {
    const Json value = Json::parse(std::string("{\"x\":") + json + '}');
    return errorOf([&] {
        JsonObject object(value, "runs[2]", "f.json");
        read(object);
    });
}

} // namespace

class TestStrictJson : public QObject {
    Q_OBJECT

private slots:
    void accepts_data();
    void accepts();
    void refuses_data();
    void refuses();
    void integers_data();
    void integers();
    void types();
    void choices();
    void unknownKeys();
    void missingKeys();
    void briefWords();
};

void TestStrictJson::accepts_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("64 levels") << bytes(nested(64));
    QTest::newRow("1000 keys") << bytes(keys(1000));
    std::string objects;
    for (int i = 0; i < 900'000; ++i) objects += "{},";
    QTest::newRow("900000 objects") << bytes(R"({"a":[)" + objects + "{}]}");
    QTest::newRow("same key in neighbours") << bytes(R"({"runs":[{"a":1},{"a":2}],"a":{"a":3}})");
    QTest::newRow("byte order mark") << bytes("\xEF\xBB\xBF{}");
    QTest::newRow("smaller than any double") << bytes(R"({"a":1e-400})");
    QTest::newRow("all of Unicode") << bytes(R"({"a":"\u00e4 ä 𝄞 \ud834\udd1e"})");
    QTest::newRow("end of text within a text") << bytes(R"({"a":"x\u0000y"})");
}

void TestStrictJson::accepts() {
    QFETCH(const QByteArray, text);
    QCOMPARE(errorOf([&] { parseStrictJson(text.toStdString(), "f.json"); }), std::string());
}

void TestStrictJson::refuses_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("part");
    const auto row = [](const char* name, const std::string& text, const char* part) {
        QTest::newRow(name) << bytes(text) << QByteArray(part);
    };
    row("key twice", R"({"a":1,"b":2,"a":1})", "f.json: a: the key is given twice");
    row("key twice, nested", R"({"runs":[{"x":1},{"y":{"z":1,"z":2}}]})",
        "f.json: runs[1].y.z: the key is given twice");
    row("key twice, in lists", R"({"a":[[1],[2,[],{"b":1,"b":1}]]})", "f.json: a[1][2].b: the key is given twice");
    row("key twice, after an object", R"({"a":{"b":1},"c":[{}],"a":1})", "f.json: a: the key is given twice");
    row("key twice, written differently", R"({"a":1,"\u0061":2})", "f.json: a: the key is given twice");
    row("empty key twice", R"({"":1,"":2})", "the key is given twice");
    row("65 levels", nested(65), "nested deeper than 64 levels");
    row("65 levels, place", R"({"a":)" + nested(64) + '}', "f.json: a[0][0]");
    row("a million levels", std::string(1'000'000, '['), "nested deeper than 64 levels");
    row("1001 keys", keys(1001), "f.json: k1000: is one of more than 1000 keys in one object");
    std::string objects; // a parser that looks through them all at the end of each takes minutes
    for (int i = 0; i < 1'000'000; ++i) objects += "{},";
    row("a million objects", R"({"a":[)" + objects + "{}]}", "a[999998]: is one of more than 1000000 values");
    std::string values = R"({"a":[)";
    for (int i = 0; i < 999'998; ++i) values += "0,";
    row("a million values and one", values + "0,0]}", "a[999998]: is one of more than 1000000 values");
    row("nothing", "", "f.json: line 1, column 1: is not JSON");
    row("broken in line 1", R"({"a": ?})", "f.json: line 1, column 7: is not JSON; expected");
    row("broken in line 3", "{\n \"a\": 1,\n  \"b\": }", "f.json: line 3, column 8: is not JSON");
    row("Windows' line ends", "{\r\n\"a\": }", "f.json: line 2, column 6: is not JSON");
    row("cut short", "{\n\"a\": [1,", "f.json: line 2, column 9: is not JSON");
    row("comma at the end", R"({"a":1,})", "f.json: line 1, column 8: is not JSON");
    row("comment", "{} // x", "f.json: line 1, column 4: is not JSON");
    row("second document", "{}{}", "f.json: line 1, column 3: is not JSON");
    row("NaN", R"({"a":NaN})", "is not JSON");
    row("number beyond double", R"({"a":1e400})", "f.json: ");
    row("number beyond double, negative", R"({"a":[-1e400]})", "f.json: ");
    row("UTF-16", std::string("\xFF\xFE{\0}\0", 6), "f.json: line 1, column 1: is not JSON");
    row("no UTF-8 in a text", "{\"a\":\"\xFF\xC3\"}", "f.json: line 1, column 7: is not JSON");
    row("no UTF-8 in a key", "{\"\xC3\x28\":1}", "is not JSON");
    row("UTF-8 cut short", "{\"a\":\"\xE2\x82", "is not JSON");
    row("half a surrogate", R"({"a":"\ud800"})", "is not JSON");
    row("zero byte", std::string("{\"a\":1\0}", 8), "f.json: line 1, column 7: is not JSON");
    row("line break in a text", "{\"a\":\"x\ny\"}", "is not JSON");
}

void TestStrictJson::refuses() {
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, part);
    const std::string error = errorOf([&] { parseStrictJson(text.toStdString(), "f.json"); });
    QVERIFY2(error.find(part.toStdString()) != std::string::npos, error.c_str());
    QVERIFY2(error.size() < 400, "a message has to be readable");
}

void TestStrictJson::integers_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("good");
    QTest::addColumn<quint64>("value");
    const auto row = [](const char* text, bool good, quint64 value) {
        QTest::newRow(text) << QByteArray(text) << good << value;
    };
    row("7", true, 7);
    row("1e3", true, 1000);
    row("1.5e1", true, 15);
    row("20.0", true, 20);
    row("-0", true, 0);
    row("-0.0", true, 0);
    row("1000000000000", true, 1'000'000'000'000);
    row("1000000000001", false, 0); // above what is allowed
    row("-1", false, 0);
    row("-1e3", false, 0);
    row("0.5", false, 0);
    row("7.0000001", false, 0);
    row("1e19", false, 0);
    row("1e300", false, 0);
    row("18446744073709551615", false, 0);
    row("18446744073709551616", false, 0);
    row("-9223372036854775809", false, 0);
    row("\"7\"", false, 0);
    row("true", false, 0);
    row("null", false, 0);
    row("[7]", false, 0);
}

void TestStrictJson::integers() {
    QFETCH(const QByteArray, text);
    QFETCH(const bool, good);
    QFETCH(const quint64, value);
    quint64 found = 0;
    const std::string error =
        readError(text.constData(), [&](JsonObject& object) { found = object.integer("x", 0, 1'000'000'000'000); });
    QCOMPARE(error.empty(), good);
    if (good)
        QCOMPARE(found, value);
    else
        QVERIFY2(error.starts_with("f.json: runs[2].x: is ") &&
                     error.ends_with("; expected a whole number from 0 to 1000000000000"),
                 error.c_str());
    const std::string below = readError("3", [](JsonObject& object) { object.integer("x", 4, 9); });
    QCOMPARE(below, std::string("f.json: runs[2].x: is 3; expected a whole number from 4 to 9"));
}

void TestStrictJson::types() {
    const auto number = [](JsonObject& object) { object.number("x"); };
    const auto text = [](JsonObject& object) { object.text("x"); };
    const auto flag = [](JsonObject& object) { object.flag("x"); };
    const auto array = [](JsonObject& object) { object.array("x"); };
    const auto inner = [](JsonObject& object) { object.object("x"); };
    QCOMPARE(readError("\"0.1\"", number), std::string("f.json: runs[2].x: is \"0.1\"; expected a number"));
    QCOMPARE(readError("0.1", text), std::string("f.json: runs[2].x: is 0.1; expected a text in quotes"));
    QCOMPARE(readError("1", flag), std::string("f.json: runs[2].x: is 1; expected true or false"));
    QCOMPARE(readError("{}", array), std::string("f.json: runs[2].x: is an object; expected a list […]"));
    QCOMPARE(readError("[]", inner), std::string("f.json: runs[2].x: is a list; expected an object {…}"));
    QCOMPARE(readError("null", inner), std::string("f.json: runs[2].x: is null; expected an object {…}"));
    QCOMPARE(readError("3", number), std::string());
    QCOMPARE(readError("false", flag), std::string());
    const Json list = Json::parse("[1]");
    QCOMPARE(errorOf([&] { JsonObject(list, "", "f.json"); }),
             std::string("f.json: is a list; expected an object {…}"));
}

void TestStrictJson::choices() {
    std::size_t found = 9;
    const auto choose = [&](JsonObject& object) { found = object.choice("x", {"glorot", "he"}); };
    QCOMPARE(readError("\"he\"", choose), std::string());
    QCOMPARE(found, std::size_t(1));
    QCOMPARE(readError("\"He\"", choose), std::string("f.json: runs[2].x: is \"He\"; allowed: \"glorot\", \"he\""));
    QCOMPARE(readError("1", choose), std::string("f.json: runs[2].x: is 1; allowed: \"glorot\", \"he\""));
}

void TestStrictJson::unknownKeys() {
    const Json json = Json::parse(R"({"a":1,"b":{"c":true,"d":2}})");
    JsonObject object(json, "", "f.json");
    QCOMPARE(object.number("a"), 1.0);
    JsonObject inner = object.object("b");
    object.finish({"a", "b"});
    QVERIFY(inner.flag("c"));
    QCOMPARE(errorOf([&] {
                 inner.finish({"c", "e"});
             }),
             std::string("f.json: b.d: is not a key that is known here; allowed: c, e"));
}

void TestStrictJson::missingKeys() {
    const Json json = Json::parse(R"({"a":1})");
    JsonObject object(json, "defaults", "f.json");
    QVERIFY(object.has("a") && !object.has("b"));
    QCOMPARE(errorOf([&] { object.number("b"); }), std::string("f.json: defaults.b: is missing"));
}

void TestStrictJson::briefWords() {
    QCOMPARE(briefly(Json::parse("{\"a\":1}")), std::string("an object"));
    QCOMPARE(briefly(Json::parse("[1,2]")), std::string("a list"));
    QCOMPARE(briefly(Json::parse("1e-5")), std::string("1e-05"));
    QCOMPARE(briefly(Json::parse("\"x\"")), std::string("\"x\""));
    std::string umlauts;
    for (int i = 0; i < 100; ++i) umlauts += "ä";
    const std::string brief = briefly(Json(umlauts));
    QVERIFY(brief.size() < 70 && brief.ends_with("ä…"));
    QVERIFY(!briefly(Json("\xFF\xC3")).empty()); // no UTF-8, and no exception for that
}

QTEST_GUILESS_MAIN(TestStrictJson)
#include "tst_strict_json.moc"
