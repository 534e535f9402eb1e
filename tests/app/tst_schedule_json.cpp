// SPDX-License-Identifier: GPL-3.0-or-later
// Schedules as experiment files write them: there and back, and what is refused.
#include "app/study/schedule_json.h"
#include "core/schedule/handles.h"
#include "core/schedule/schedule.h"
#include "tests/core/problems.h"

#include <QTest>

#include <cmath>

using namespace ratescope;

namespace {

const std::vector<TimeUnit> units = {TimeUnit::Step, TimeUnit::Epoch, TimeUnit::FractionalEpoch};

/// Every parameter of a family given, with numbers that have no short decimal form.
ScheduleSpec full(const ScheduleFamily& family, TimeUnit unit) {
    ScheduleSpec spec = suggestedSchedule(family.type, 1.0 / 7, 1000.0 / 3, unit);
    for (const ParameterInfo& info : family.parameters) {
        if (!info.isValue() || spec.values.contains(info.name)) continue;
        const double value = info.kind == ParameterKind::Choice    ? info.maximum
                             : info.kind == ParameterKind::Flag    ? 1.0
                             : info.kind == ParameterKind::Integer ? info.minimum + 3.0
                             : info.name == "length"               ? 2000.0 / 3
                             : info.aboveMinimum                   ? info.minimum + 1.0 / 70
                                                                   : info.minimum + 1.0 / 700;
        spec.values.set(info.name, value);
    }
    return spec;
}

ScheduleSpec read(const std::string& text) {
    return scheduleFromJson(text, "x");
}

std::string nested(int sequences) {
    std::string text = R"({"type":"constant","lr":1})";
    for (int i = 0; i < sequences; ++i) text = R"({"type":"sequence","parts":[{"schedule":)" + text + "}]}";
    return text;
}

/// A list of `count` copies.
std::string many(const std::string& item, int count) {
    std::string text = "[";
    for (int i = 0; i < count; ++i) text += (i > 0 ? "," : "") + item;
    return text + ']';
}

} // namespace

class TestScheduleJson : public QObject {
    Q_OBJECT

private slots:
    void everyFamily_data();
    void everyFamily();
    void everyChoice();
    void listsAndTexts();
    void unitsOfParts();
    void atTheLimits();
    void refuses_data();
    void refuses();
    void unknownTypesAreWritten();
};

void TestScheduleJson::everyFamily_data() {
    QTest::addColumn<QString>("type");
    for (const ScheduleFamily& family : scheduleTable())
        QTest::newRow(family.type.c_str()) << QString::fromStdString(family.type);
}
void TestScheduleJson::everyFamily() {
    QFETCH(const QString, type);
    const ScheduleFamily& family = *findScheduleFamily(type.toStdString());
    for (const TimeUnit unit : units) {
        ScheduleSpec spec = full(family, unit);
        if (family.decays) {
            spec.batchGrowth = true;
            spec.maxBatch = 4'000'000'000U;
        }
        QCOMPARE(problemText(validateSchedule(spec)), std::string());
        const std::string text = toJson(spec).dump();
        QVERIFY2(read(text) == spec, text.c_str());
        QCOMPARE(toJson(read(text)).dump(), text);
        // What was left out stays out.
        const ScheduleSpec little = suggestedSchedule(family.type, 0.1, 100, unit);
        QVERIFY(read(toJson(little).dump()) == little);
    }
}

void TestScheduleJson::everyChoice() {
    for (const ScheduleFamily& family : scheduleTable())
        for (const ParameterInfo& info : family.parameters)
            for (std::size_t i = 0; i < info.choices.size(); ++i) {
                ScheduleSpec spec = suggestedSchedule(family.type, 0.1, 100, TimeUnit::Step);
                spec.values.set(info.name, double(i));
                const Json json = toJson(spec);
                QCOMPARE(json.at(info.name).get<std::string>(), info.choices[i]);
                QVERIFY(read(json.dump()) == spec);
            }
}

void TestScheduleJson::listsAndTexts() {
    ScheduleSpec drops{"multistep", TimeUnit::Epoch, {}};
    drops.values.set("lr", 0.1);
    drops.milestones = {30, 0.1 + 0.2, 1e9, 1.0 / 3};
    QVERIFY(read(toJson(drops).dump()) == drops);
    ScheduleSpec drawn{"piecewise", TimeUnit::Step, {}};
    drawn.points = {{0, 0}, {0, 1.0 / 3}, {0.1, 5e-324}, {1e9, 1e6}};
    QVERIFY(read(toJson(drawn).dump()) == drawn);
    ScheduleSpec formula{"formula", TimeUnit::Step, {}};
    formula.expression = "t < 5\t? 1 :\n 2";
    QVERIFY(read(toJson(formula).dump()) == formula);
}

// A part counts as its sequence does, unless it says otherwise.
void TestScheduleJson::unitsOfParts() {
    const ScheduleSpec spec = read(R"({"type":"sequence","unit":"epoch","parts":[
        {"schedule":{"type":"constant","lr":1},"length":2},
        {"schedule":{"type":"constant","unit":"step","lr":1},"length":2.5},
        {"schedule":{"type":"sequence","parts":[{"schedule":{"type":"cosine","lr":1}}]},"length":3},
        {"schedule":{"type":"sequence","unit":"fractional_epoch","parts":[{"schedule":{"type":"cosine","lr":1}}]}}]})");
    QVERIFY(spec.parts[0].schedule.unit == TimeUnit::Epoch);
    QVERIFY(spec.parts[1].schedule.unit == TimeUnit::Step);
    QVERIFY(spec.parts[2].schedule.parts[0].schedule.unit == TimeUnit::Epoch);
    QVERIFY(spec.parts[3].schedule.parts[0].schedule.unit == TimeUnit::FractionalEpoch);
    QCOMPARE(spec.parts[1].length, std::optional(2.5));
    QVERIFY(!spec.parts[3].length);
    QVERIFY(read(toJson(spec).dump()) == spec);
    // As does a schedule on its own, as whoever reads it says.
    const Json json = Json::parse(R"({"type":"constant","lr":1})");
    QVERIFY(readSchedule({json, "schedule", "x"}, TimeUnit::Epoch).unit == TimeUnit::Epoch);
}

void TestScheduleJson::atTheLimits() {
    const auto list = [](const char* type, const std::string& rest) {
        return read(R"({"type":")" + std::string(type) + "\"," + rest + '}');
    };
    const ScheduleSpec deep = read(nested(8));
    QVERIFY(read(toJson(deep).dump()) == deep);
    const ScheduleSpec drops = list("multistep", R"("lr":1,"milestones":)" + many("5", 10000));
    QCOMPARE(drops.milestones.size(), std::size_t(10000));
    const ScheduleSpec drawn = list("piecewise", R"("points":)" + many("[5,1]", 10000));
    QCOMPARE(drawn.points.size(), std::size_t(10000));
    const ScheduleSpec chain =
        list("sequence", R"("parts":)" + many(R"({"schedule":{"type":"constant","lr":1},"length":1})", 1000));
    QCOMPARE(chain.parts.size(), std::size_t(1000));
    const ScheduleSpec formula = list("formula", R"("expression":")" + std::string(999, ' ') + "1\"");
    QCOMPARE(formula.expression.size(), std::size_t(1000));
}

void TestScheduleJson::refuses_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const std::string& text, const char* says) {
        QTest::newRow(name) << QByteArray::fromStdString(text) << says;
    };
    const std::string part = R"({"schedule":{"type":"constant","lr":1},"length":1})";
    row("no JSON", "{", "x");
    row("a list", "[]", "schedule");
    row("no type", R"({"lr":1})", "schedule.type");
    row("type of another kind", R"({"type":3})", "schedule.type");
    row("unknown type", R"({"type":"cosin"})", "cosin");
    row("unknown unit", R"({"type":"constant","lr":1,"unit":"epochs"})", "schedule.unit");
    row("rate as a text", R"({"type":"constant","lr":"1"})", "schedule.lr");
    row("rate missing", R"({"type":"constant"})", "schedule.lr");
    row("rate of nothing", R"({"type":"constant","lr":null})", "schedule.lr");
    row("unknown key", R"({"type":"constant","lr":1,"rate":2})", "rate");
    row("key of another family", R"({"type":"constant","lr":1,"period":2})", "period");
    row("list of another family", R"({"type":"constant","lr":1,"milestones":[2]})", "milestones");
    row("the same key twice", R"({"type":"constant","lr":1,"lr":1})", "lr");
    row("unknown mode", R"({"type":"cyclical","lr":0.1,"max_lr":1,"half_period":5,"mode":"square"})", "schedule.mode");
    row("mode as a number", R"({"type":"cyclical","lr":0.1,"max_lr":1,"half_period":5,"mode":1})", "schedule.mode");
    row("flag as a number", R"({"type":"time","lr":0.1,"decay":1,"compounding":1})", "schedule.compounding");
    row("half an epoch's patience", R"({"type":"plateau","lr":0.1,"patience":1.5})", "schedule.patience");
    row("growth as a number", R"({"type":"step","lr":0.1,"period":1,"batch_growth":1})", "schedule.batch_growth");
    row("largest batch of 0", R"({"type":"step","lr":0.1,"period":1,"batch_growth":true,"max_batch":0})",
        "schedule.max_batch");
    row("largest batch of half a sample", R"({"type":"step","lr":0.1,"period":1,"batch_growth":true,"max_batch":9.5})",
        "schedule.max_batch");
    row("growth of a constant", R"({"type":"constant","lr":0.1,"batch_growth":true})",
        "schedule.batch_growth: needs a schedule");
    row("milestones missing", R"({"type":"multistep","lr":1})", "schedule.milestones");
    row("one milestone bare", R"({"type":"multistep","lr":1,"milestones":5})", "schedule.milestones");
    row("milestone as a text", R"({"type":"multistep","lr":1,"milestones":[5,"6"]})", "schedule.milestones[1]");
    row("no milestones", R"({"type":"multistep","lr":1,"milestones":[]})", "schedule.milestones: holds none");
    row("too many milestones", R"({"type":"multistep","lr":1,"milestones":)" + many("5", 10001) + '}', "at most 10000");
    row("points missing", R"({"type":"piecewise"})", "schedule.points");
    row("point of one number", R"({"type":"piecewise","points":[[1,2],[3]]})",
        "schedule.points[1]: is a list; expected [t, lr]");
    row("point of three", R"({"type":"piecewise","points":[[1,2,3]]})", "schedule.points[0]");
    row("point of texts", R"({"type":"piecewise","points":[["1","2"]]})", "schedule.points[0]");
    row("point of null", R"({"type":"piecewise","points":[[1,null]]})", "schedule.points[0]");
    row("point as an object", R"({"type":"piecewise","points":[{"t":1,"lr":2}]})", "schedule.points[0]");
    row("points in disorder", R"({"type":"piecewise","points":[[5,1],[4,1]]})",
        "schedule.points[1]: has the time 4, before");
    row("too many points", R"({"type":"piecewise","points":)" + many("[5,1]", 10001) + '}', "at most 10000");
    row("expression missing", R"({"type":"formula"})", "schedule.expression");
    row("expression as a number", R"({"type":"formula","expression":5})", "schedule.expression");
    row("faulty expression", R"({"type":"formula","expression":"1 +"})", "schedule.expression: “1 +”: at character 4");
    row("expression too long", R"({"type":"formula","expression":")" + std::string(1001, '1') + "\"}", "allowed: 1000");
    row("parts missing", R"({"type":"sequence"})", "schedule.parts");
    row("parts as an object", R"({"type":"sequence","parts":{}})", "schedule.parts");
    row("no parts", R"({"type":"sequence","parts":[]})", "schedule.parts: holds none");
    row("part as a number", R"({"type":"sequence","parts":[5]})", "schedule.parts[0]");
    row("part without schedule", R"({"type":"sequence","parts":[{"length":5}]})", "schedule.parts[0].schedule");
    row("unknown key of a part", R"({"type":"sequence","parts":[{"schedule":{"type":"constant","lr":1},"steps":5}]})",
        "steps");
    row("length as a text", R"({"type":"sequence","parts":[{"schedule":{"type":"constant","lr":1},"length":"5"}]})",
        "schedule.parts[0].length");
    row("length of 0", R"({"type":"sequence","parts":[{"schedule":{"type":"constant","lr":1},"length":0}]})",
        "schedule.parts[0].length: is 0");
    row("parameter of a part",
        R"({"type":"sequence","parts":[)" + part + R"(,{"schedule":{"type":"step","lr":1,"period":-5}}]})",
        "schedule.parts[1].schedule.period: is -5");
    row("unknown key in a part's schedule",
        R"({"type":"sequence","parts":[{"schedule":{"type":"constant","lr":1,"x":5}}]})", "schedule.parts[0].schedule");
    row("too deep", nested(9), "deeper in each other than 8");
    row("far too deep", nested(200), "x");
    row("too many parts", R"({"type":"sequence","parts":)" + many(part, 1001) + '}', "at most 1000");
    row("too many parts in all",
        R"({"type":"sequence","parts":[{"schedule":{"type":"sequence","parts":)" + many(part, 1000) +
            R"(},"length":5},)" + part + "]}",
        "are over 1000 in all");
}
void TestScheduleJson::refuses() {
    QFETCH(const QByteArray, text);
    QFETCH(const QString, says);
    const std::string error = errorOf([&] { read(text.toStdString()); });
    QVERIFY2(error.starts_with("x") && error.find(says.toStdString()) != std::string::npos, error.c_str());
}

// What no file can hold is written nonetheless, without an end to the program.
void TestScheduleJson::unknownTypesAreWritten() {
    const std::string text = toJson(ScheduleSpec{"cosin", TimeUnit::Step, {}}).dump();
    const std::string expected = R"({"type":"cosin","unit":"step"})";
    QCOMPARE(text, expected);
}

QTEST_APPLESS_MAIN(TestScheduleJson)
#include "tst_schedule_json.moc"
