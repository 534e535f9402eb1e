// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/parameter_json.h"

#include <cmath>

namespace ratescope {

namespace {

double readParameter(JsonObject& object, const ParameterInfo& info) {
    const char* key = info.name.c_str();
    if (info.kind == ParameterKind::Flag) return object.flag(key) ? 1.0 : 0.0;
    if (info.kind == ParameterKind::Choice) return static_cast<double>(object.choice(key, info.choices));
    return object.number(key);
}

Json parameterJson(const ParameterInfo& info, double value) {
    if (info.kind == ParameterKind::Flag) return value != 0.0;
    if (info.kind == ParameterKind::Choice) return info.choices.at(static_cast<std::size_t>(value));
    if (info.kind == ParameterKind::Integer) return static_cast<std::int64_t>(value);
    return plainNumber(value);
}

} // namespace

ParameterValues readParameters(JsonObject& object, const std::vector<ParameterInfo>& table,
                               std::vector<std::string> otherKeys) {
    ParameterValues values;
    for (const ParameterInfo& info : table) {
        otherKeys.push_back(info.name);
        if (info.isValue() && object.has(info.name.c_str())) values.set(info.name, readParameter(object, info));
    }
    object.finish(otherKeys);
    return values;
}

void writeParameters(Json& json, const std::vector<ParameterInfo>& table, const ParameterValues& values) {
    for (const ParameterInfo& info : table)
        if (const auto value = info.isValue() ? values.find(info.name) : std::nullopt)
            json[info.name] = parameterJson(info, *value);
}

std::vector<double> readNumbers(JsonObject& object, const char* key, std::size_t most) {
    std::vector<double> numbers;
    const Json& list = object.array(key);
    if (list.size() > most)
        object.fail(object.placeOf(key),
                    "holds " + std::to_string(list.size()) + " numbers; allowed: at most " + std::to_string(most));
    for (const Json& value : list) {
        if (!value.is_number())
            object.fail(object.placeOf(key) + '[' + std::to_string(numbers.size()) + ']',
                        "is " + briefly(value) + "; expected a number");
        numbers.push_back(value.get<double>());
    }
    return numbers;
}

Json plainNumber(double value) {
    if (value == std::floor(value) && std::abs(value) < 1e15) return static_cast<std::int64_t>(value);
    return value;
}

} // namespace ratescope
