// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/optimizer/optimizer.h"
#include "core/optimizer/sgd.h"

#include <algorithm>

namespace ratescope {

const std::vector<OptimizerInfo>& optimizerTable() {
    static const std::vector<OptimizerInfo> table = {sgdInfo()};
    return table;
}

const OptimizerInfo* findOptimizer(std::string_view type) {
    const auto it = std::ranges::find(optimizerTable(), type, &OptimizerInfo::type);
    return it == optimizerTable().end() ? nullptr : &*it;
}

Problems validateOptimizer(const OptimizerSpec& spec) {
    const OptimizerInfo* info = findOptimizer(spec.type);
    if (!info) {
        std::string known;
        for (const OptimizerInfo& one : optimizerTable()) known += (known.empty() ? "" : ", ") + one.type;
        return {{"type", "“" + spec.type + "” is no optimizer; allowed: " + known}};
    }
    Problems problems = validateParameters(info->parameters, spec.values, "the optimizer " + spec.type);
    if (spec.type == "sgd" && spec.values.get("nesterov", 0) != 0 && spec.values.get("momentum", 0) <= 0)
        problems.push_back({"nesterov", "needs a momentum above 0"});
    return problems;
}

std::unique_ptr<Optimizer> makeOptimizer(const OptimizerSpec& spec, std::span<const ParameterView> parameters) {
    const OptimizerInfo* info = findOptimizer(spec.type);
    if (!info) throw Error("“" + spec.type + "” is no optimizer");
    return info->make(spec.values, parameters);
}

} // namespace ratescope
