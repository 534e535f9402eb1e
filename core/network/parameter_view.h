// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace ratescope {

/// One tensor of weights or biases with its gradient. Names and shapes are PyTorch's for an `nn.Sequential` of the same
/// layers: `0.weight` (units × inputs, row-major), `0.bias` (units). On a 64-byte border.
struct ParameterView {
    std::string name;
    std::vector<std::int64_t> shape;
    std::span<float> values;
    std::span<float> gradients;
};

} // namespace ratescope
