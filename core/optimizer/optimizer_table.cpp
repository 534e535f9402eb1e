// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/optimizer/adabound.h"
#include "core/optimizer/adadelta.h"
#include "core/optimizer/adagrad.h"
#include "core/optimizer/adam.h"
#include "core/optimizer/adamax.h"
#include "core/optimizer/adamw.h"
#include "core/optimizer/local_gains.h"
#include "core/optimizer/nadam.h"
#include "core/optimizer/optimizer.h"
#include "core/optimizer/radam.h"
#include "core/optimizer/rmsprop.h"
#include "core/optimizer/rprop.h"
#include "core/optimizer/sgd.h"

#include <algorithm>

namespace ratescope {

const std::vector<OptimizerInfo>& optimizerTable() {
    static const std::vector<OptimizerInfo> table = {
        sgdInfo(),   adamInfo(),    adamwInfo(),    rmspropInfo(),  nadamInfo(), adamaxInfo(),
        radamInfo(), adagradInfo(), adadeltaInfo(), adaboundInfo(), rpropInfo(), localGainsInfo()};
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
    // Against each other only once each is fine for itself: one fault, one message.
    if (problems.empty() && info->check) problems = info->check(spec.values);
    return problems;
}

std::unique_ptr<Optimizer> makeOptimizer(const OptimizerSpec& spec, std::size_t parameters) {
    const OptimizerInfo* info = findOptimizer(spec.type);
    if (!info) throw Error("“" + spec.type + "” is no optimizer");
    return info->make(spec.values, parameters);
}

} // namespace ratescope
