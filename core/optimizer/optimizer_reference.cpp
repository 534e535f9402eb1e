// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/optimizer/optimizer_reference.h"

#include "core/optimizer/optimizer.h"

namespace ratescope {

namespace {

std::string defaultText(const ParameterInfo& info) {
    if (!info.fallback) return "required";
    if (info.kind == ParameterKind::Flag) return *info.fallback != 0.0 ? "true" : "false";
    if (info.kind == ParameterKind::Choice) return info.choices[static_cast<std::size_t>(*info.fallback)];
    return shortest(*info.fallback);
}

} // namespace

std::string optimizerReference() {
    std::string text = "| optimizer | parameters (default) | what it does |\n|---|---|---|\n";
    for (const OptimizerInfo& rule : optimizerTable()) {
        std::string parameters;
        for (const ParameterInfo& info : rule.parameters)
            parameters += (parameters.empty() ? "" : ", ") + info.name + " (" + defaultText(info) + ")";
        text += "| `" + rule.type + "` | " + parameters + " | " + rule.meaning + " " + rule.source + ". |\n";
    }
    return text;
}

} // namespace ratescope
