// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/strict_json.h"
#include "core/training/run_config.h"

namespace ratescope {

/// Every key that a run of an experiment may have.
const std::vector<std::string>& runKeys();

/// Overwrites in `config` what `object` gives. Checks types, names of keys and of choices; ranges are the business of
/// RunConfig::validate(). Throws ratescope::Error with the place.
void applyRunKeys(JsonObject& object, RunConfig& config);

/// The run as an experiment file writes it, every key spelled out.
Json toJson(const RunConfig& config);

/// What runs have in common that differ in seed, name and colour alone: equal texts, equal runs.
std::string allButSeed(const RunConfig& config);

/// Back from toJson(), validated as far as that goes without the data. Throws ratescope::Error.
RunConfig runConfigFromJson(std::string_view text, const std::string& source);

} // namespace ratescope
