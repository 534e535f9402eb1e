// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "problems.h"

#include "core/network/safetensors.h"

#include <QTemporaryDir>
#include <QTest>

#include <bit>
#include <cstring>
#include <fstream>
#include <functional>
#include <map>
#include <numeric>
#include <stdexcept>

#include <sys/stat.h>

using namespace ratescope;

namespace {

template <typename Number> std::string bytesOf(Number number) {
    std::string bytes(sizeof number, '\0');
    std::memcpy(bytes.data(), &number, sizeof number);
    return bytes;
}

std::string safetensors(const std::string& header, const std::string& data = {}) {
    return bytesOf(std::uint64_t(header.size())) + header + data;
}

/// The header's entry of one tensor.
std::string entry(const char* name, const char* type, const char* shape, const char* offsets) {
    return std::string("\"") + name + "\":{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets +
           '}';
}

std::string oneTensor(const char* type, const char* shape, const char* offsets, const std::string& data) {
    return safetensors('{' + entry("w", type, shape, offsets) + '}', data);
}

/// The values of a file with one tensor of one dimension.
template <typename Number> std::vector<float> readAs(const char* type, const std::vector<Number>& numbers) {
    std::string data;
    for (const Number number : numbers) data += bytesOf(number);
    const std::string shape = '[' + std::to_string(numbers.size()) + ']';
    const std::string offsets = "[0," + std::to_string(data.size()) + ']';
    return parseSafetensors(oneTensor(type, shape.c_str(), offsets.c_str(), data), "memory").at(0).values;
}

/// Values without a pattern that would hide a shift.
std::vector<float> someValues(std::size_t count) {
    std::vector<float> values(count);
    for (std::size_t i = 0; i < count; ++i) values[i] = std::sin(float(i * i % 7919)) * 3.0F;
    return values;
}

/// As bits, so that NaN equals itself and 0 differs from −0.
std::vector<std::uint32_t> bitsOf(const std::vector<float>& values) {
    std::vector<std::uint32_t> bits;
    for (const float value : values) bits.push_back(std::bit_cast<std::uint32_t>(value));
    return bits;
}

std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

constexpr float infinity = std::numeric_limits<float>::infinity();

} // namespace

class TestSafetensors : public QObject {
    Q_OBJECT

private slots:
    void comesBackAsWritten_data() {
        QTest::addColumn<int>("index");
        for (int i = 0; i < int(m_sets.size()); ++i) QTest::newRow(qPrintable(QString("set %1").arg(i))) << i;
    }
    void comesBackAsWritten() {
        QFETCH(int, index);
        const std::vector<Tensor>& tensors = m_sets[std::size_t(index)];
        const std::string bytes = writeSafetensors(tensors);
        QVERIFY(parseSafetensors(bytes, "memory") == tensors);
        QVERIFY(readSafetensors(write(bytes)) == tensors);
    }

    void keepsEveryBit() {
        const std::vector<float> values{infinity, -infinity, std::numeric_limits<float>::quiet_NaN(),
                                        -0.0F,    1e-45F,    3.4e38F};
        const auto back = parseSafetensors(writeSafetensors({{"odd", {6}, values}}), "memory");
        QCOMPARE(bitsOf(back.at(0).values), bitsOf(values));
    }

    void writesTheseBytes() {
        const std::string header =
            R"({"__metadata__":{"format":"pt"},"0.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},)"
            R"("0.bias":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}})";
        QCOMPARE(header.size(), std::size_t(153));
        const std::string expected = std::string("\xa0\0\0\0\0\0\0\0", 8) + header + "       " +
                                     std::string("\0\0\x80\x3f\0\0\0\xc0\0\0\x20\x3e", 12);
        const std::string bytes = writeSafetensors({{"0.weight", {1, 2}, {1.0F, -2.0F}}, {"0.bias", {1}, {0.15625F}}});
        QCOMPARE(QByteArray::fromStdString(bytes), QByteArray::fromStdString(expected));
        QCOMPARE(QByteArray::fromStdString(writeSafetensors({})),
                 QByteArray("\x20\0\0\0\0\0\0\0{\"__metadata__\":{\"format\":\"pt\"}} ", 40));
    }

    void dataBeginsAtAMultipleOf8() {
        for (std::size_t length = 1; length <= 16; ++length) {
            const std::string bytes = writeSafetensors({{std::string(length, 'n'), {1}, {1.0F}}});
            QCOMPARE((bytes.size() - sizeof(float)) % 8, std::size_t(0));
        }
    }

    void writerRefusesSlips_data() {
        QTest::addColumn<int>("fault");
        for (const char* row :
             {"empty name", "reserved name", "name twice", "too few values", "too many values", "scalar without value",
              "negative side", "product that wraps", "nine dimensions", "long header"})
            QTest::newRow(row) << 0;
    }
    void writerRefusesSlips() {
        const std::int64_t half = std::int64_t(1) << 32;
        const std::map<std::string, std::vector<Tensor>> faults{
            {"empty name", {{"", {1}, {1}}}},
            {"reserved name", {{"__metadata__", {1}, {1}}}},
            {"name twice", {{"a", {1}, {1}}, {"a", {1}, {1}}}},
            {"too few values", {{"a", {2, 2}, {1, 2, 3}}}},
            {"too many values", {{"a", {2}, {1, 2, 3}}}},
            {"scalar without value", {{"a", {}, {}}}},
            {"negative side", {{"a", {-1, -1}, {1}}}},
            {"product that wraps", {{"a", {half, half}, {}}}},
            {"nine dimensions", {{"a", std::vector<std::int64_t>(9, 1), {1}}}},
            {"long header", {{std::string(1U << 20, 'a'), {1}, {1}}}}};
        QVERIFY_THROWS_EXCEPTION(std::invalid_argument, writeSafetensors(faults.at(QTest::currentDataTag())));
    }

    // Made by ten lines of Python with struct and json.dumps(h, sort_keys=True): other spaces, keys in another order,
    // tensors in another order than their values, data that begins at no multiple of 4, three types.
    void readsAFileMadeElsewhere() {
        const std::string header =
            R"({"0.weight": {"data_offsets": [16, 40], "dtype": "F32", "shape": [2, 3]}, )"
            R"("1.bias": {"data_offsets": [0, 16], "dtype": "F64", "shape": [2]}, )"
            R"("1.weight": {"data_offsets": [40, 48], "dtype": "F16", "shape": [2, 2]}, )"
            R"("__metadata__": {"made by": "hand"}})";
        QCOMPARE(header.size(), std::size_t(250));
        const QByteArray data = QByteArray::fromHex(
            "000000000000e03f00000000000000c00000803f000080bedb0f494008e53c1e00e07f4700000080662e0280007c5535");
        const std::vector<Tensor> expected{
            {"1.bias", {2}, {0.5F, -2.0F}},
            {"0.weight", {2, 3}, {1.0F, -0.25F, 3.14159274F, 1e-20F, 65504.0F, -0.0F}},
            {"1.weight", {2, 2}, {0.0999755859375F, -1.1920928955078125e-07F, infinity, 0.333251953125F}}};
        QVERIFY(readSafetensors(write(safetensors(header, data.toStdString()))) == expected);
    }

    void readsWhatTheFormatAllows() {
        const std::string four = bytesOf(2.5F);
        const auto only = [](const std::string& bytes) { return parseSafetensors(bytes, "memory").at(0); };
        QVERIFY(parseSafetensors(safetensors("{}"), "memory").empty());
        QVERIFY(parseSafetensors(safetensors("{ } \n\t "), "memory").empty());
        QVERIFY(parseSafetensors(safetensors(R"({"__metadata__":{}})"), "memory").empty());
        QVERIFY(only(oneTensor("F32", "[]", "[0,4]", four)) == (Tensor{"w", {}, {2.5F}}));
        QVERIFY(only(oneTensor("F32", "[1,1,1,1,1,1,1,1]", "[0,4]", four)).values == std::vector{2.5F});
        QVERIFY(only(oneTensor("F32", "[268435456,0,268435456]", "[0,0]", "")) ==
                (Tensor{"w", {268435456, 0, 268435456}, {}}));
        QCOMPARE(only(safetensors("{" + entry("\\u0077\xc3\xa4\\n", "F32", "[1]", "[0,4]") + "}", four)).name,
                 std::string("w\xc3\xa4\n"));
        // Tensors without values stand anywhere between the others, in whatever order the header has them.
        const auto tensors = parseSafetensors(safetensors('{' + entry("b", "F32", "[1]", "[0,4]") + ',' +
                                                              entry("c", "F64", "[0,3]", "[4,4]") + ',' +
                                                              entry("a", "F32", "[0]", "[0,0]") + '}',
                                                          four),
                                              "memory");
        QVERIFY(tensors == (std::vector<Tensor>{{"a", {0}, {}}, {"b", {1}, {2.5F}}, {"c", {0, 3}, {}}}));
    }

    // Every half there is, against the definition in IEEE 754.
    void readsEveryHalf() {
        std::vector<std::uint16_t> halves(1U << 16);
        std::iota(halves.begin(), halves.end(), std::uint16_t(0));
        const std::vector<float> values = readAs("F16", halves);
        for (const std::uint16_t half : halves) {
            const int exponent = half >> 10 & 31;
            const int fraction = half & 1023;
            double expected = std::ldexp(fraction + (exponent ? 1024 : 0), std::max(exponent, 1) - 25);
            if (exponent == 31) expected = fraction ? std::numeric_limits<double>::quiet_NaN() : double(infinity);
            const float value = values[half];
            const bool right = std::isnan(expected) ? std::isnan(value) : double(std::abs(value)) == expected;
            QVERIFY2(right && std::signbit(value) == (half >= 0x8000), qPrintable(QString::number(half, 16)));
        }
    }

    // Written down from numpy.float16, torch.bfloat16 and numpy.float64.
    void readsTheOtherTypes() {
        using Halves = std::vector<std::uint16_t>;
        QVERIFY(readAs("F16", Halves{0x3C00, 0xC000, 0x7BFF, 0x0400, 0x0001, 0x83FF, 0x7C00, 0xFC00, 0x3555}) ==
                (std::vector{1.0F, -2.0F, 65504.0F, 6.103515625e-05F, 5.9604644775390625e-08F, -6.097555160522461e-05F,
                             infinity, -infinity, 0.333251953125F}));
        QVERIFY(readAs("BF16", Halves{0x3F80, 0xC000, 0x3DCD, 0x7F7F, 0x0001, 0x7F80, 0xFF80}) ==
                (std::vector{1.0F, -2.0F, 0.10009765625F, 3.3895313892515355e+38F, 9.183549615799121e-41F, infinity,
                             -infinity}));
        QVERIFY(std::isnan(readAs("BF16", Halves{0x7FC0})[0]));
        QVERIFY(readAs("F64", std::vector{0.1, -1.0 / 3, 1e300, -1e300, 1e-310, 16777217.0, 1e-45}) ==
                (std::vector{0.1F, -1.0F / 3, infinity, -infinity, 0.0F, 16777216.0F, 1e-45F}));
        QVERIFY(std::isnan(readAs("F64", std::vector{std::nan("")})[0]));
        // More than one block of the reader, in types of each width.
        std::vector<double> wide(30'001);
        std::iota(wide.begin(), wide.end(), -15'000.0);
        QVERIFY(readAs("F64", wide) == std::vector<float>(wide.begin(), wide.end()));
        QVERIFY(readAs("F32", std::vector<float>(wide.begin(), wide.end())) == std::vector<float>(wide.begin(), wide.end()));
    }

    void refuses_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QStringList>("says");
        const auto row = [](const char* title, const std::string& bytes, const QStringList& says) {
            QTest::newRow(title) << QByteArray::fromStdString(bytes) << says;
        };
        const std::string four = bytesOf(1.0F);
        const std::string eight = four + four;
        const std::string good = entry("w", "F32", "[1]", "[0,4]");
        // The lengths.
        row("empty", "", {"is 0 bytes long", "safetensors"});
        row("seven bytes", std::string(7, '\0'), {"is 7 bytes long", "safetensors"});
        row("no header", std::string(8, '\0'), {"does not start with {"});
        row("text", std::string(100, 'a'), {"7016996765293437281 bytes", "1048576"});
        row("longest header there is", bytesOf(~std::uint64_t(0)) + "{}", {"18446744073709551615 bytes", "1048576"});
        row("header of 1 MiB and one byte", safetensors("{}" + std::string((1U << 20) - 1, ' ')),
            {"1048577 bytes", "1 MiB"});
        row("header of 1 MiB promised", bytesOf(std::uint64_t(1) << 20) + "{}", {"cut short", "takes 1048576", "holds 2"});
        row("header past the end by one", bytesOf(std::uint64_t(3)) + "{}", {"cut short", "takes 3", "holds 2"});
        row("data cut", oneTensor("F32", "[2]", "[0,8]", four), {"cut short", "take 8 bytes", "holds 4"});
        row("data too long", oneTensor("F32", "[1]", "[0,4]", eight), {"longer", "take 4 bytes", "holds 8"});
        row("data without tensors", safetensors("{}", four), {"longer", "take 0 bytes", "holds 4"});
        // JSON.
        row("space first", safetensors(" {}"), {"does not start with {"});
        row("byte order mark", safetensors("\xef\xbb\xbf{}"), {"does not start with {"});
        row("an array", safetensors("[]"), {"does not start with {"});
        row("not closed", safetensors('{' + good, four), {"valid JSON", "byte 54"});
        row("comma at the end", safetensors('{' + good + ",}", four), {"valid JSON", "byte 55"});
        row("comment", safetensors("{/**/}"), {"valid JSON"});
        row("second value", safetensors("{}{}"), {"valid JSON", "byte 3"});
        row("a zero byte and more", safetensors(std::string("{}\0junk", 7)), {"valid JSON", "byte 3"});
        row("a zero byte in a name", safetensors('{' + entry("w", "F32", "[1]", "[0,4]").insert(2, 1, '\0') + '}', four),
            {"valid JSON", "byte 4"});
        row("not UTF-8", safetensors('{' + entry("w\xff", "F32", "[1]", "[0,4]") + '}', four), {"UTF-8", "byte 4"});
        row("overlong UTF-8", safetensors('{' + entry("\xc0\xaf", "F32", "[1]", "[0,4]") + '}', four), {"UTF-8", "byte 3"});
        row("half a surrogate", safetensors('{' + entry("\\ud800", "F32", "[1]", "[0,4]") + '}', four), {"UTF-8"});
        row("number out of range", oneTensor("F32", "[1e999]", "[0,4]", four), {"valid JSON"});
        // Nesting.
        row("many arrays", safetensors("{\"w\":" + std::string(1'000'000, '[')), {"tensor \"w\" is an array", "an object"});
        row("many objects", safetensors(repeated("{\"a\":", 200'000)), {"tensor \"a\"", "unknown key \"a\""});
        row("object in the type", safetensors(repeated("{\"dtype\":", 100'000)), {"tensor \"dtype\"", "dtype is an object"});
        row("arrays in the shape", oneTensor("F32", "[[[[1]]]]", "[0,4]", four), {"shape holds an array", "whole numbers"});
        row("object in the offsets", oneTensor("F32", "[1]", "[{},4]", four), {"data_offsets hold an object"});
        row("array in the metadata", safetensors(R"({"__metadata__":{"a":[]}})"), {"__metadata__ holds an array", "texts"});
        row("object in the metadata", safetensors(R"({"__metadata__":{"a":{}}})"),
            {"__metadata__ holds an object", "texts"});
        // Names and keys.
        row("empty name", safetensors('{' + entry("", "F32", "[1]", "[0,4]") + '}', four), {"empty name"});
        row("name twice", safetensors('{' + good + ',' + good + '}', four), {"tensor \"w\" twice"});
        row("name twice, once escaped", safetensors('{' + good + ',' + entry("\\u0077", "F32", "[1]", "[4,8]") + '}', eight),
            {"tensor \"w\" twice"});
        row("metadata twice", safetensors(R"({"__metadata__":{},"__metadata__":{}})"), {"__metadata__ twice"});
        row("metadata's key twice", safetensors(R"({"__metadata__":{"a":"","b":"","a":""}})"),
            {"__metadata__ has the key \"a\" twice"});
        row("metadata null", safetensors(R"({"__metadata__":null})"), {"__metadata__ is null", "object"});
        row("metadata of a number", safetensors(R"({"__metadata__":{"format":1}})"),
            {"__metadata__ holds the number 1", "texts"});
        row("tensor of null", safetensors(R"({"w":null})"), {"tensor \"w\" is null", "dtype, shape and data_offsets"});
        row("tensor of a text", safetensors(R"({"w":"F32"})"), {"tensor \"w\" is the text \"F32\"", "an object"});
        row("tensor of a number", safetensors(R"({"w":7})"), {"tensor \"w\" is the number 7", "an object"});
        row("no keys", safetensors(R"({"w":{}})"), {"tensor \"w\" has no dtype"});
        row("no shape", safetensors(R"({"w":{"dtype":"F32","data_offsets":[0,4]}})", four), {"tensor \"w\" has no shape"});
        row("no offsets", safetensors(R"({"w":{"dtype":"F32","shape":[1]}})", four), {"tensor \"w\" has no data_offsets"});
        row("unknown key", safetensors(R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}})", four),
            {"unknown key \"x\""});
        row("type twice", safetensors(R"({"w":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}})", four),
            {"\"dtype\" twice"});
        row("shape twice", safetensors(R"({"w":{"dtype":"F32","shape":[],"shape":[1],"data_offsets":[0,4]}})", four),
            {"\"shape\" twice"});
        row("offsets twice",
            safetensors(R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"data_offsets":[0,4]}})", four),
            {"\"data_offsets\" twice"});
        // Types.
        for (const char* type : {"I64", "U8", "BOOL", "F8_E4M3", "f32", "F32 ", ""})
            row(type, oneTensor(type, "[1]", "[0,4]", four),
                {QString("tensor \"w\" is of type \"%1\"").arg(type), "F32, F64, F16, BF16"});
        row("type of null", safetensors(R"({"w":{"dtype":null}})"), {"dtype is null", "a text"});
        row("type of a number", safetensors(R"({"w":{"dtype":32}})"), {"dtype is the number 32", "a text"});
        row("long type", oneTensor(std::string(5000, 'F').c_str(), "[1]", "[0,4]", four),
            {"\"" + QString(60, 'F') + "…\"", "F32, F64, F16, BF16"});
        // Shapes.
        row("shape of null", oneTensor("F32", "null", "[0,4]", four), {"shape is null", "an array"});
        row("shape of a number", oneTensor("F32", "1", "[0,4]", four), {"shape is the number 1", "an array"});
        row("shape of a text", oneTensor("F32", "\"1\"", "[0,4]", four), {"shape is the text \"1\"", "an array"});
        row("negative side", oneTensor("F32", "[-1]", "[0,4]", four), {"shape holds the number -1", "0 to 268435456"});
        row("fraction", oneTensor("F32", "[1.0]", "[0,4]", four), {"shape holds the number \"1.0\"", "whole"});
        row("text in the shape", oneTensor("F32", "[\"1\"]", "[0,4]", four), {"shape holds the text \"1\""});
        row("true in the shape", oneTensor("F32", "[true]", "[0,4]", four), {"shape holds true"});
        row("huge side", oneTensor("F32", "[9223372036854775808]", "[0,4]", four),
            {"9223372036854775808", "0 to 268435456"});
        row("side beyond 64 bits", oneTensor("F32", "[18446744073709551617]", "[0,4]", four),
            {"18446744073709551617", "whole"});
        row("nine dimensions", oneTensor("F32", "[1,1,1,1,1,1,1,1,1]", "[0,4]", four), {"more numbers", "up to 8"});
        row("product too large", oneTensor("F32", "[268435456,2]", "[0,4]", four), {"[268435456,2]", "268435456 values"});
        row("product that wraps to 0", oneTensor("F32", "[65536,65536,65536,65536]", "[0,0]", ""), {"too large"});
        row("product that wraps to 1", oneTensor("F32", "[268435455,268435455,268435455,268435455]", "[0,4]", four),
            {"too large"});
        row("together too large",
            safetensors('{' + entry("a", "F16", "[268435456]", "[0,536870912]") + ',' +
                        entry("b", "F16", "[1]", "[536870912,536870914]") + '}'),
            {"tensor \"b\"", "268435456 values in all"});
        // Exactly 1 GiB is allowed and must not be taken from memory before it is there.
        row("1 GiB promised", oneTensor("F32", "[268435456]", "[0,1073741824]", four),
            {"cut short", "take 1073741824 bytes", "holds 4"});
        // Places.
        row("one offset", oneTensor("F32", "[1]", "[4]", four), {"data_offsets hold fewer numbers", "two"});
        row("no offset", oneTensor("F32", "[1]", "[]", four), {"data_offsets hold fewer numbers", "two"});
        row("three offsets", oneTensor("F32", "[1]", "[0,4,4]", four), {"data_offsets hold more numbers", "two"});
        row("offsets of null", oneTensor("F32", "[1]", "null", four), {"data_offsets is null", "an array"});
        row("negative offset", oneTensor("F32", "[1]", "[-4,0]", four), {"data_offsets hold the number -4", "whole"});
        row("place too small", oneTensor("F32", "[2]", "[0,4]", four), {"[0,4]", "expected 8 bytes", "shape [2] of F32"});
        row("place too large", oneTensor("F16", "[3]", "[0,8]", eight), {"[0,8]", "expected 6 bytes", "shape [3] of F16"});
        row("place for nothing", oneTensor("F32", "[0]", "[0,4]", four), {"[0,4]", "expected 0 bytes", "shape [0] of F32"});
        row("place of another type", oneTensor("F64", "[1]", "[0,4]", four), {"expected 8 bytes", "shape [1] of F64"});
        row("end before begin", oneTensor("F32", "[1]", "[4,0]", four), {"[4,0]", "expected 4 bytes"});
        row("place that wraps", oneTensor("F32", "[1]", "[18446744073709551612,0]", four), {"[18446744073709551612,0]"});
        row("hole at the start", oneTensor("F32", "[1]", "[4,8]", eight),
            {"hole", "begins at byte 4", "expected 0, the start"});
        row("place at the end of all", oneTensor("F32", "[1]", "[18446744073709551611,18446744073709551615]", four),
            {"hole"});
        row("hole between", safetensors('{' + good + ',' + entry("v", "F32", "[1]", "[8,12]") + '}', eight + four),
            {"tensor \"v\" follows a hole", "begins at byte 8", "expected 4, the end of tensor \"w\""});
        row("overlap", safetensors('{' + entry("v", "F32", "[1]", "[2,6]") + ',' + good + '}', eight),
            {"tensor \"v\" overlaps", "begins at byte 2", "expected 4, the end of tensor \"w\""});
        row("same place", safetensors('{' + good + ',' + entry("v", "F32", "[1]", "[0,4]") + '}', four),
            {"tensor \"v\" overlaps", "begins at byte 0", "expected 4"});
        row("nothing inside another", safetensors('{' + good + ',' + entry("v", "F32", "[0]", "[2,2]") + '}', four),
            {"tensor \"v\" overlaps"});
        // What a message shows of the file.
        row("control characters", safetensors("{\"a\\u001b[31m\\n\":1}"), {"tensor \"a\\u001b[31m\\n\" is"});
        row("long name", safetensors("{\"" + repeated("ä", 100'000) + "\":1}"),
            {"\"" + QString("ä").repeated(30) + "…\" is"});
        row("long name cut in a character", safetensors("{\"w" + repeated("ä", 99) + "\":1}"),
            {"\"w" + QString("ä").repeated(29) + "…\" is"});
    }
    void refuses() {
        QFETCH(QByteArray, bytes);
        QFETCH(QStringList, says);
        const auto path = write(bytes.toStdString());
        const std::string text = errorOf([&] { readSafetensors(path); });
        QVERIFY2(text.starts_with(path.string() + ": "), text.c_str());
        QVERIFY2(text.size() < path.string().size() + 400, text.c_str());
        for (const QString& part : says) QVERIFY2(contains(text, part.toStdString()), text.c_str());
        const std::string inMemory = errorOf([&] { parseSafetensors(bytes.toStdString(), path.string()); });
        QCOMPARE(inMemory, text);
    }

    void refusesEveryCut() {
        const std::string bytes = mixedFile();
        QCOMPARE(parseSafetensors(bytes, "memory").size(), std::size_t(4));
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            const std::string text = errorOf([&] { parseSafetensors(bytes.substr(0, size), "memory"); });
            QVERIFY2(contains(text, size < 8 ? "bytes long" : "cut short"), (std::to_string(size) + text).c_str());
        }
        for (const std::size_t size : {std::size_t(7), std::size_t(8), bytes.size() / 2, bytes.size() - 1})
            QVERIFY(
                contains(errorOf([&] { readSafetensors(write(bytes.substr(0, size))); }), size < 8 ? "long" : "cut short"));
    }

    // Whatever a byte of the header becomes: an Error, or tensors that hold what their shapes say.
    void survivesEveryByte() {
        const std::string bytes = mixedFile();
        const std::size_t end = bytes.size() - mixedData().size();
        int read = 0;
        for (std::size_t i = 0; i < end; ++i) {
            for (int value = 0; value < 256; ++value) {
                std::string changed = bytes;
                changed[i] = static_cast<char>(value);
                try {
                    for (const Tensor& tensor : parseSafetensors(changed, "memory"))
                        QCOMPARE(
                            std::int64_t(tensor.values.size()),
                            std::accumulate(tensor.shape.begin(), tensor.shape.end(), std::int64_t(1), std::multiplies()));
                    ++read;
                } catch (const Error& error) {
                    QVERIFY2(contains(error.what(), "memory: "), error.what());
                }
            }
        }
        QVERIFY2(read > int(end) && read < int(end) * 64, qPrintable(QString::number(read)));
    }

    void namesWhatIsNoFile() {
        const std::string missing = errorOf([&] { readSafetensors(path("not-there")); });
        QVERIFY2(contains(missing, "not-there: cannot be opened: No such file"), missing.c_str());
        const std::string folder = errorOf([&] { readSafetensors(path("")); });
        QVERIFY2(contains(folder, m_folder.path().toStdString()) && contains(folder, "is a folder"), folder.c_str());
        // Nobody writes into this pipe: to open it would be to wait for ever.
        QCOMPARE(mkfifo(path("pipe").c_str(), 0600), 0);
        const std::string pipe = errorOf([&] { readSafetensors(path("pipe")); });
        QVERIFY2(contains(pipe, "pipe: is not a regular file"), pipe.c_str());
    }

    // Files of holes, which take no room on the disk.
    void refusesHugeFiles() {
        const auto huge = write(oneTensor("F32", "[1]", "[0,4]", bytesOf(1.0F)));
        std::filesystem::resize_file(huge, maximumSafetensorsBytes + 1);
        const std::string tooLarge = errorOf([&] { readSafetensors(huge); });
        QVERIFY2(contains(tooLarge, "is 1074790401 bytes long; allowed: up to 1074790400"), tooLarge.c_str());
        std::filesystem::resize_file(huge, maximumSafetensorsBytes);
        const std::string tooLong = errorOf([&] { readSafetensors(huge); });
        QVERIFY2(contains(tooLong, "longer than its header says"), tooLong.c_str());
    }

private:
    /// Each type, a scalar, a tensor of nothing and texts.
    static std::string mixedFile() {
        return safetensors(R"({"__metadata__":{"format":"pt"},)" + entry("a", "F32", "[2,1]", "[0,8]") + ',' +
                               entry("b", "BF16", "[]", "[8,10]") + ',' + entry("c", "F64", "[0]", "[10,10]") + ',' +
                               entry("d", "F16", "[3]", "[10,16]") + "} ",
                           mixedData());
    }
    static std::string mixedData() { return "0123456789abcdef"; }

    std::filesystem::path path(const std::string& name) const {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }
    std::filesystem::path write(const std::string& bytes) const {
        std::ofstream file(path("weights.safetensors"), std::ios::binary);
        file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return path("weights.safetensors");
    }

    QTemporaryDir m_folder;
    const std::vector<std::vector<Tensor>> m_sets{
        {},
        {{"scalar", {}, {-7.5F}}},
        {{"nothing", {0, 5}, {}}, {"one", {1, 1, 1, 1, 1, 1, 1, 1}, {1.5F}}, {"nothing more", {3, 0}, {}}},
        {{"2.weight", {3, 5}, someValues(15)}, {"2.bias", {3}, someValues(3)}, {"10.weight", {2, 3, 1, 2}, someValues(12)}},
        {{"\"quoted\" \\ \n \x01 Gewicht \xc3\xa4", {2}, {1, 2}}, {" ", {1}, {3}}},
        // Beyond one block of the reader, and not a whole number of blocks.
        {{"0.weight", {128, 784}, someValues(128 * 784)}, {"0.bias", {128}, someValues(128)}}};
};

QTEST_APPLESS_MAIN(TestSafetensors)
#include "tst_safetensors.moc"
