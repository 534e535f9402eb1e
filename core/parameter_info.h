// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ratescope {

/// How a parameter of an optimizer or a schedule is written and edited.
enum class ParameterKind {
    Number, Integer, Choice, Flag, ///< a double among ParameterValues
    Numbers, Points, Text, Parts,  ///< of a schedule: has a place of its own in ScheduleSpec
};

/// One parameter: name, range and default, from which the experiment reader, the inspector and the documentation are made.
struct ParameterInfo {
    std::string name;                                       ///< key in an experiment file
    std::string label;                                      ///< short text for people
    ParameterKind kind = ParameterKind::Number;
    std::optional<double> fallback = {};                    ///< value where none is given; none: see `required`
    bool required = false; ///< must be given; not required without fallback: may be left open
    double minimum = -std::numeric_limits<double>::infinity();
    double maximum = std::numeric_limits<double>::infinity();
    bool aboveMinimum = false;                              ///< the minimum itself is not allowed
    bool logarithmic = false;                               ///< a rate: edited on a log scale
    double suggestion = 0.0;                                ///< where an editor starts
    std::vector<std::string> choices = {};                  ///< for Choice: the value is an index into these
    std::string meaning = {};                               ///< one sentence

    /// Whether it stands among ParameterValues.
    bool isValue() const { return kind <= ParameterKind::Flag; }
};

/// Values by parameter name. Choices are indices, flags 0 or 1. A parameter that is absent has its default.
class ParameterValues {
public:
    void set(std::string_view name, double value) { m_values.insert_or_assign(std::string(name), value); }
    void clear(std::string_view name) {
        if (const auto it = m_values.find(name); it != m_values.end()) m_values.erase(it);
    }
    bool contains(std::string_view name) const { return m_values.find(name) != m_values.end(); }

    std::optional<double> find(std::string_view name) const {
        const auto it = m_values.find(name);
        return it == m_values.end() ? std::nullopt : std::optional(it->second);
    }
    double get(std::string_view name, double otherwise) const { return find(name).value_or(otherwise); }

    const std::map<std::string, double, std::less<>>& all() const { return m_values; }
    bool operator==(const ParameterValues&) const = default;

private:
    std::map<std::string, double, std::less<>> m_values;
};

/// The parameter of that name, or null.
const ParameterInfo* findParameter(const std::vector<ParameterInfo>& table, std::string_view name);

/// The value given, else the default. Throws std::out_of_range where there is neither.
double valueOf(const std::vector<ParameterInfo>& table, const ParameterValues& values, std::string_view name);

/// "a number above 0 and at most 10", for messages.
std::string describeRange(const ParameterInfo& info);

/// Everything wrong with `values` held against `table`: unknown names, missing ones, values out of range.
Problems validateParameters(const std::vector<ParameterInfo>& table, const ParameterValues& values,
                            const std::string& owner);

/// A double as people write it: the shortest form that reads back the same, C locale.
std::string shortest(double value);

} // namespace ratescope
