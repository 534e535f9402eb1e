// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/plot_view.h"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <string>

namespace ratescope {

/// How the page shows its runs, as a study keeps it; runs by name, for their ids are of one start alone.
nlohmann::ordered_json viewToJson(const PlotView& view, const std::function<std::string(RunId)>& nameOf);

/// `view` with what `json` says. A study may come from anybody: what does not fit is left as it is.
PlotView viewFromJson(const nlohmann::ordered_json& json, PlotView view,
                      const std::function<RunId(const std::string&)>& runOf);

} // namespace ratescope
