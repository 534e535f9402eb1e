// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/network/parameter_view.h"
#include "core/parameter_info.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ratescope {

/// Which rule and with what parameters.
struct OptimizerSpec {
    std::string type = "sgd";
    ParameterValues values;
    bool operator==(const OptimizerSpec&) const = default;
};

/// An update rule with its state. One thread at a time.
class Optimizer {
public:
    virtual ~Optimizer() = default;
    /// Moves every parameter once, along its gradient, with that learning rate. Allocates nothing.
    virtual void step(double rate) = 0;
};

/// A rule as the table knows it.
struct OptimizerInfo {
    std::string type;
    std::string label;
    std::string meaning;
    std::vector<ParameterInfo> parameters;
    /// `parameters` have to outlive the optimizer.
    std::unique_ptr<Optimizer> (*make)(const ParameterValues&, std::span<const ParameterView> parameters);
};

/// All rules there are.
const std::vector<OptimizerInfo>& optimizerTable();
const OptimizerInfo* findOptimizer(std::string_view type);

/// Every fault of `spec`, placed as `momentum`.
Problems validateOptimizer(const OptimizerSpec& spec);

/// Throws ratescope::Error for a type that is not in the table. `parameters` have to outlive the optimizer.
std::unique_ptr<Optimizer> makeOptimizer(const OptimizerSpec& spec, std::span<const ParameterView> parameters);

} // namespace ratescope
