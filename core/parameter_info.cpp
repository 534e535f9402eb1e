// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/parameter_info.h"

#include <charconv>
#include <cmath>
#include <stdexcept>

namespace ratescope {

namespace {

bool inRange(const ParameterInfo& info, double value) {
    if (!std::isfinite(value)) return false;
    if (info.kind != ParameterKind::Number && value != std::floor(value)) return false;
    if (info.aboveMinimum ? value <= info.minimum : value < info.minimum) return false;
    return value <= info.maximum;
}

} // namespace

std::string shortest(double value) {
    char buffer[40];
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
    return error == std::errc() ? std::string(buffer, end) : std::string("nan");
}

const ParameterInfo* findParameter(const std::vector<ParameterInfo>& table, std::string_view name) {
    for (const ParameterInfo& info : table)
        if (info.name == name) return &info;
    return nullptr;
}

double valueOf(const std::vector<ParameterInfo>& table, const ParameterValues& values, std::string_view name) {
    if (const auto value = values.find(name)) return *value;
    const ParameterInfo* info = findParameter(table, name);
    if (!info || !info->fallback) throw std::out_of_range("no value for parameter " + std::string(name));
    return *info->fallback;
}

std::string describeRange(const ParameterInfo& info) {
    if (info.kind == ParameterKind::Flag) return "true or false";
    if (info.kind == ParameterKind::Choice) {
        std::string text = "one of";
        for (const std::string& choice : info.choices) text += (&choice == &info.choices.front() ? " " : ", ") + choice;
        return text;
    }
    std::string text = info.kind == ParameterKind::Integer ? "a whole number" : "a number";
    const bool low = std::isfinite(info.minimum);
    const bool high = std::isfinite(info.maximum);
    if (low) text += (info.aboveMinimum ? " above " : " from ") + shortest(info.minimum);
    if (high) text += (!low ? " up to " : info.aboveMinimum ? " and at most " : " to ") + shortest(info.maximum);
    if (low && !high && !info.aboveMinimum) text += " on";
    return text;
}

Problems validateParameters(const std::vector<ParameterInfo>& table, const ParameterValues& values,
                            const std::string& owner) {
    Problems problems;
    for (const auto& [name, value] : values.all()) {
        const ParameterInfo* info = findParameter(table, name);
        if (!info || !info->isValue())
            problems.push_back({name, owner + " has no parameter of this name"});
        else if (!inRange(*info, value))
            problems.push_back({name, "is " + shortest(value) + "; allowed: " + describeRange(*info)});
    }
    for (const ParameterInfo& info : table)
        if (info.required && info.isValue() && !values.contains(info.name))
            problems.push_back({info.name, owner + " needs this parameter: " + describeRange(info)});
    return problems;
}

} // namespace ratescope
