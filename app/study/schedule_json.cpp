// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/schedule_json.h"

#include "app/study/parameter_json.h"
#include "core/schedule/schedule.h"

#include <limits>

namespace ratescope {

namespace {

ScheduleSpec readNested(JsonObject object, TimeUnit unit, int depth);

std::vector<SchedulePoint> readPoints(JsonObject& object) {
    std::vector<SchedulePoint> points;
    const Json& list = object.array("points");
    if (list.size() > maximumPoints)
        object.fail(object.placeOf("points"), "holds " + std::to_string(list.size()) + " handles; allowed: at most " +
                                                  std::to_string(maximumPoints));
    for (const Json& pair : list) {
        if (!pair.is_array() || pair.size() != 2 || !pair[0].is_number() || !pair[1].is_number())
            object.fail(object.placeOf("points") + '[' + std::to_string(points.size()) + ']',
                        "is " + briefly(pair) + "; expected [t, lr]");
        points.push_back({pair[0].get<double>(), pair[1].get<double>()});
    }
    return points;
}

std::vector<SchedulePart> readParts(JsonObject& object, TimeUnit unit, int depth) {
    std::vector<SchedulePart> parts;
    const Json& list = object.array("parts");
    if (list.size() > maximumParts)
        object.fail(object.placeOf("parts"), "holds " + std::to_string(list.size()) + " parts; allowed: at most " +
                                                 std::to_string(maximumParts));
    if (depth > maximumDepth)
        object.fail(object.placeOf("parts"), "lie deeper in each other than " + std::to_string(maximumDepth) + " sequences");
    for (const Json& one : list) {
        JsonObject part(one, object.placeOf("parts") + '[' + std::to_string(parts.size()) + ']', object.source());
        SchedulePart read;
        read.schedule = readNested(part.object("schedule"), unit, depth + 1);
        if (part.has("length")) read.length = part.number("length");
        part.finish({"schedule", "length"});
        parts.push_back(std::move(read));
    }
    return parts;
}

ScheduleSpec readNested(JsonObject object, TimeUnit unit, int depth) {
    const ScheduleFamily& family = typeIn(object, scheduleTable());
    ScheduleSpec spec;
    spec.type = family.type;
    spec.unit = unit;
    if (object.has("unit")) {
        const std::vector<TimeUnit> units = {TimeUnit::Step, TimeUnit::Epoch, TimeUnit::FractionalEpoch};
        std::vector<std::string> names;
        for (const TimeUnit one : units) names.emplace_back(timeUnitName(one));
        spec.unit = units[object.choice("unit", names)];
    }
    if (object.has("batch_growth")) spec.batchGrowth = object.flag("batch_growth");
    if (object.has("max_batch"))
        spec.maxBatch =
            static_cast<std::uint32_t>(object.integer("max_batch", 1, std::numeric_limits<std::uint32_t>::max()));
    for (const ParameterInfo& info : family.parameters) {
        const char* key = info.name.c_str();
        if (info.isValue()) continue;
        if (info.kind == ParameterKind::Numbers) spec.milestones = readNumbers(object, key, maximumMilestones);
        if (info.kind == ParameterKind::Points) spec.points = readPoints(object);
        if (info.kind == ParameterKind::Text) spec.expression = object.text(key);
        if (info.kind == ParameterKind::Parts) spec.parts = readParts(object, spec.unit, depth);
    }
    spec.values = readParameters(object, family.parameters, {"type", "unit", "batch_growth", "max_batch"});
    return spec;
}

} // namespace

ScheduleSpec readSchedule(JsonObject object, TimeUnit unit) { return readNested(std::move(object), unit, 1); }

Json toJson(const ScheduleSpec& spec) {
    Json json = {{"type", spec.type}, {"unit", timeUnitName(spec.unit)}};
    const ScheduleFamily* family = findScheduleFamily(spec.type);
    if (!family) return json;
    writeParameters(json, family->parameters, spec.values);
    for (const ParameterInfo& info : family->parameters) {
        if (info.isValue()) continue;
        Json& value = json[info.name];
        value = info.kind == ParameterKind::Text ? Json(spec.expression) : Json::array();
        if (info.kind == ParameterKind::Numbers)
            for (const double milestone : spec.milestones) value.push_back(plainNumber(milestone));
        if (info.kind == ParameterKind::Points)
            for (const SchedulePoint& point : spec.points)
                value.push_back(Json::array({plainNumber(point.t), plainNumber(point.rate)}));
        if (info.kind == ParameterKind::Parts)
            for (const SchedulePart& part : spec.parts) {
                Json one = {{"schedule", toJson(part.schedule)}};
                if (part.length) one["length"] = plainNumber(*part.length);
                value.push_back(std::move(one));
            }
    }
    if (spec.batchGrowth) json["batch_growth"] = true;
    if (spec.maxBatch > 0) json["max_batch"] = spec.maxBatch;
    return json;
}

ScheduleSpec scheduleFromJson(std::string_view text, const std::string& source) {
    const Json json = parseStrictJson(text, source);
    ScheduleSpec spec = readSchedule({json, "schedule", source}, TimeUnit::Step);
    if (const Problems problems = validateSchedule(spec); !problems.empty())
        throw Error(source + ": schedule." + problems[0].place + ": " + problems[0].message);
    return spec;
}

} // namespace ratescope
