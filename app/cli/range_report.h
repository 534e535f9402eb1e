// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/run_record.h"
#include "core/analysis/rate_rules.h"

#include <nlohmann/json.hpp>

#include <QString>

#include <vector>

namespace ratescope {

/// Sets `suggestions`, `bounds` and `reasons`: what the rules make of a curve, null where they find nothing.
void addAnswers(nlohmann::ordered_json& json, const RangeAnswers& answers);

/// Sets what the results of a range test have beside those of any run: its kind, the rules' answers, and its points.
void addRangeTest(nlohmann::ordered_json& json, const RunRecord& test);

/// A list of what tests that differ in their seed alone are together: an object for each such group.
nlohmann::ordered_json seedGroupsJson(const std::vector<RunPointer>& runs);

/// The same as text: the rules' spreads, a line each.
QString seedGroupsText(const std::vector<RunPointer>& runs);

} // namespace ratescope
