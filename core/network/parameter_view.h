// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/network/safetensors.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace ratescope {

/// One tensor of weights or biases with its gradient. Name and shape are PyTorch's for an `nn.Sequential` of the same
/// layers (`0.weight` of units × inputs, `0.bias` of units); in memory it lies as training likes it best: the element of
/// index (i, j, …) at i·strides[0] + j·strides[1] + …, the rest of `values` is padding and always 0. On a 64-byte border.
struct ParameterView {
    std::string name;
    std::vector<std::int64_t> shape;
    std::vector<std::ptrdiff_t> strides;
    std::size_t layer = 0;  ///< among the layers with weights, input side first
    std::size_t offset = 0; ///< of the first value among all parameters' floats
    std::span<float> values;
    std::span<float> gradients;

    /// Elements without padding.
    std::int64_t count() const;
    /// How many inputs an output is made of, and how many outputs an input goes into: what initial weights are scaled by.
    double fanIn() const;
    double fanOut() const;

    /// Calls visit(place in memory) for every element, in row-major order of the indices.
    template <typename Visit>
    void forEach(const Visit& visit) const;
};

/// A copy of the values (or of the gradients) in row-major order.
Tensor tensorOf(const ParameterView& view);
Tensor gradientOf(const ParameterView& view);
/// Sets the values. `values` in row-major order, as many as the tensor has.
void assign(const ParameterView& view, std::span<const float> values);

template <typename Visit>
void ParameterView::forEach(const Visit& visit) const {
    std::vector<std::int64_t> index(shape.size(), 0);
    const std::int64_t elements = count();
    std::ptrdiff_t place = 0;
    for (std::int64_t n = 0; n < elements; ++n) {
        visit(static_cast<std::size_t>(place));
        for (std::size_t d = shape.size(); d-- > 0;) {
            place += strides[d];
            if (++index[d] < shape[d]) break;
            place -= strides[d] * shape[d];
            index[d] = 0;
        }
    }
}

} // namespace ratescope
