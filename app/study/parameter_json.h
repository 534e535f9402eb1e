// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/strict_json.h"
#include "core/parameter_info.h"

#include <string>
#include <vector>

namespace ratescope {

/// What `object` gives of the parameters in `table`, those that are values; `otherKeys` may stand beside them, anything else
/// is refused. Throws ratescope::Error.
ParameterValues readParameters(JsonObject& object, const std::vector<ParameterInfo>& table,
                               std::vector<std::string> otherKeys);

/// Adds to `json` those that are given.
void writeParameters(Json& json, const std::vector<ParameterInfo>& table, const ParameterValues& values);

/// A list of at most `most` numbers. Throws ratescope::Error.
std::vector<double> readNumbers(JsonObject& object, const char* key, std::size_t most);

/// 1000 rather than 1000.0
Json plainNumber(double value);

/// The type named by an object's `type`, which has to be in the table.
template <typename Table>
const typename Table::value_type& typeIn(JsonObject& object, const Table& table) {
    std::vector<std::string> known;
    for (const auto& one : table) known.emplace_back(one.type);
    return table[object.choice("type", known)];
}

} // namespace ratescope
