// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/parameter_view.h"

namespace ratescope {

namespace {

Tensor copyOf(const ParameterView& view, std::span<const float> from) {
    Tensor tensor{view.name, view.shape, {}};
    tensor.values.reserve(static_cast<std::size_t>(view.count()));
    view.forEach([&](std::size_t place) { tensor.values.push_back(from[place]); });
    return tensor;
}

} // namespace

std::int64_t ParameterView::count() const {
    std::int64_t product = 1;
    for (const std::int64_t extent : shape) product *= extent;
    return product;
}

double ParameterView::fanIn() const { return static_cast<double>(count()) / static_cast<double>(shape[0]); }

double ParameterView::fanOut() const {
    return shape.size() < 2 ? static_cast<double>(shape[0]) : static_cast<double>(count()) / static_cast<double>(shape[1]);
}

Tensor tensorOf(const ParameterView& view) { return copyOf(view, view.values); }
Tensor gradientOf(const ParameterView& view) { return copyOf(view, view.gradients); }

void assign(const ParameterView& view, std::span<const float> values) {
    auto next = values.begin();
    view.forEach([&](std::size_t place) { view.values[place] = *next++; });
}

} // namespace ratescope
