// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/network_spec.h"

#include <algorithm>

namespace ratescope {

namespace {

LayerParameter unitsParameter(const char* name, const char* label, const char* meaning) {
    return {{.name = name, .label = label, .kind = ParameterKind::Integer, .required = true, .minimum = 1, .maximum = maximumUnits,
             .suggestion = 32, .meaning = meaning},
            [](const LayerSpec& layer) { return static_cast<double>(layer.units); },
            [](LayerSpec& layer, double value) { layer.units = static_cast<std::uint32_t>(value); }};
}

LayerParameter sideParameter(const char* name, const char* label, double fallback, double maximum, const char* meaning) {
    return {{.name = name, .label = label, .kind = ParameterKind::Integer, .fallback = fallback, .minimum = 1, .maximum = maximum,
             .meaning = meaning},
            [](const LayerSpec& layer) { return static_cast<double>(layer.side); },
            [](LayerSpec& layer, double value) { layer.side = static_cast<std::uint32_t>(value); }};
}

LayerParameter rateParameter() {
    return {{.name = "rate", .label = "Rate", .required = true, .minimum = 0.0, .maximum = 0.99, .suggestion = 0.25,
             .meaning = "Share of the values that are set to 0."},
            [](const LayerSpec& layer) { return layer.rate; }, [](LayerSpec& layer, double value) { layer.rate = value; }};
}

std::string place(std::size_t layer) { return "[" + std::to_string(layer) + "]"; }

std::string sizeText(const Shape& shape) {
    return std::to_string(shape.height) + " × " + std::to_string(shape.width);
}

/// The shape behind one layer. Adds to `problems`, and leaves the shape as it was, where the layer does not fit.
Shape shapeBehind(const LayerSpec& layer, const Shape& in, const std::string& where, Problems& problems) {
    const auto side = static_cast<std::int64_t>(layer.side);
    switch (layer.type) {
    case LayerType::Dense:
        if (!in.isVector() && !in.grey)
            problems.push_back({where, "is dense on an image of " + sizeText(in) + " with " + std::to_string(in.channels) +
                                           " channels; put a flatten before it"});
        return {1, 1, layer.units};
    case LayerType::Conv2d:
        if (side > in.height || side > in.width) {
            problems.push_back({where, "has a kernel of " + std::to_string(side) + " × " + std::to_string(side) +
                                           ", but only " + sizeText(in) + " is left of the image"});
            return in;
        }
        return {in.height - side + 1, in.width - side + 1, layer.units};
    case LayerType::MaxPool:
        if (side > in.height || side > in.width) {
            problems.push_back({where, "pools " + std::to_string(side) + " × " + std::to_string(side) + ", but only " +
                                           sizeText(in) + " is left of the image: nothing would remain"});
            return in;
        }
        return {in.height / side, in.width / side, in.channels, in.grey};
    case LayerType::Flatten: return {1, 1, in.values()};
    case LayerType::Dropout:
    case LayerType::Relu:
    case LayerType::Tanh:
    case LayerType::Sigmoid: return in;
    }
    return in;
}

/// Inputs of one output of a layer with weights.
std::uint64_t depthOf(const LayerSpec& layer, const Shape& in) {
    const auto side = static_cast<std::uint64_t>(layer.side);
    return layer.type == LayerType::Conv2d ? side * side * static_cast<std::uint64_t>(in.channels)
                                           : static_cast<std::uint64_t>(in.values());
}

Problems validateLayers(const NetworkSpec& spec) {
    Problems problems;
    if (spec.layers.empty()) return {{"", "has no layers; expected at least a dense layer of 10 units"}};
    if (spec.layers.size() > maximumLayers)
        return {{"", "has " + std::to_string(spec.layers.size()) + " layers; allowed: " + std::to_string(maximumLayers)}};
    for (std::size_t i = 0; i < spec.layers.size(); ++i) {
        for (const LayerParameter& parameter : layerInfo(spec.layers[i].type).parameters) {
            const double value = parameter.get(spec.layers[i]);
            if (!(value >= parameter.info.minimum && value <= parameter.info.maximum))
                problems.push_back({place(i) + "." + parameter.info.name,
                                    "is " + shortest(value) + "; allowed: " + describeRange(parameter.info)});
        }
    }
    if (!problems.empty()) return problems;
    const LayerSpec& last = spec.layers.back();
    const std::string where = place(spec.layers.size() - 1);
    if (last.type != LayerType::Dense)
        problems.push_back({where, "is " + std::string(layerInfo(last.type).name) +
                                       "; the last layer has to be dense with 10 units (the softmax belongs to the loss)"});
    else if (last.units != classCount)
        problems.push_back({where + ".units", "is " + std::to_string(last.units) + "; the last layer needs 10 units, one a class"});
    return problems;
}

} // namespace

const std::vector<LayerInfo>& layerTable() {
    static const std::vector<LayerInfo> table = {
        {LayerType::Dense, "dense", {unitsParameter("units", "Units", "Outputs, each of which sees all inputs.")},
         "Every output sees every input."},
        {LayerType::Conv2d, "conv2d",
         {unitsParameter("filters", "Filters", "Patterns that are looked for."),
          sideParameter("kernel", "Kernel", 3, 256, "Height and width of a pattern, in pixels.")},
         "Looks for small patterns everywhere in an image (no padding, stride 1)."},
        {LayerType::MaxPool, "maxpool", {sideParameter("size", "Size", 2, 256, "Height and width of a window, in pixels.")},
         "Keeps the largest value of each window."},
        {LayerType::Dropout, "dropout", {rateParameter()}, "Drops values at random while training, against overfitting."},
        {LayerType::Flatten, "flatten", {}, "Turns an image into a vector."},
        {LayerType::Relu, "relu", {}, "max(x, 0)."},
        {LayerType::Tanh, "tanh", {}, "Hyperbolic tangent."},
        {LayerType::Sigmoid, "sigmoid", {}, "1/(1 + e^−x)."},
    };
    return table;
}

const LayerInfo& layerInfo(LayerType type) { return *std::ranges::find(layerTable(), type, &LayerInfo::type); }

const LayerInfo* findLayer(std::string_view name) {
    const auto it = std::ranges::find(layerTable(), name, &LayerInfo::name);
    return it == layerTable().end() ? nullptr : &*it;
}

LayerSpec makeLayerSpec(LayerType type) {
    LayerSpec layer{type};
    for (const LayerParameter& parameter : layerInfo(type).parameters)
        if (parameter.info.fallback) parameter.set(layer, *parameter.info.fallback);
    return layer;
}

const std::vector<NetworkSpec>& networkPresets() {
    using enum LayerType;
    static const std::vector<NetworkSpec> presets = {
        {"softmax", {{Dense, 10}}},
        {"mlp", {{Dense, 128}, {Relu}, {Dense, 10}}},
        {"cnn",
         {{Conv2d, 32, 3}, {Relu}, {MaxPool, 0, 2}, {Dropout, 0, 0, 0.25}, {Conv2d, 64, 3}, {Relu}, {MaxPool, 0, 2},
          {Dropout, 0, 0, 0.25}, {Flatten}, {Dense, 256}, {Relu}, {Dense, 10}}},
    };
    return presets;
}

const NetworkSpec* findNetworkPreset(std::string_view name) {
    const auto it = std::ranges::find(networkPresets(), name, &NetworkSpec::preset);
    return it == networkPresets().end() ? nullptr : &*it;
}

std::vector<Shape> layerShapes(const NetworkSpec& spec, const Shape& image) {
    std::vector<Shape> shapes{image};
    Problems ignored;
    for (const LayerSpec& layer : spec.layers) shapes.push_back(shapeBehind(layer, shapes.back(), "", ignored));
    return shapes;
}

Problems validateNetwork(const NetworkSpec& spec, const std::optional<Shape>& image) {
    Problems problems = validateLayers(spec);
    if (!problems.empty() || !image) return problems;
    Shape shape = *image;
    for (std::size_t i = 0; i < spec.layers.size(); ++i) {
        shape = shapeBehind(spec.layers[i], shape, place(i), problems);
        if (!problems.empty()) return problems; // what follows would only repeat it
    }
    std::uint64_t bytes = 0;
    const std::vector<Shape> shapes = layerShapes(spec, *image);
    for (std::size_t i = 0; i < spec.layers.size(); ++i) {
        const LayerSpec& layer = spec.layers[i];
        if (hasWeights(layer.type)) bytes += (depthOf(layer, shapes[i]) + 1) * layer.units * sizeof(float);
        if (bytes <= maximumNetworkBytes) continue;
        problems.push_back({place(i), "brings the network to " + std::to_string((bytes + (1U << 20) - 1) >> 20) +
                                          " MiB of weights; allowed: 1024 MiB"});
        break;
    }
    return problems;
}

bool hasWeights(LayerType type) { return type == LayerType::Dense || type == LayerType::Conv2d; }

std::size_t weightLayerCount(const NetworkSpec& spec) {
    return static_cast<std::size_t>(std::ranges::count_if(spec.layers, hasWeights, &LayerSpec::type));
}

std::uint64_t parameterCount(const NetworkSpec& spec, const Shape& image) {
    std::uint64_t count = 0;
    const std::vector<Shape> shapes = layerShapes(spec, image);
    for (std::size_t i = 0; i < spec.layers.size(); ++i)
        if (hasWeights(spec.layers[i].type)) count += (depthOf(spec.layers[i], shapes[i]) + 1) * spec.layers[i].units;
    return count;
}

NetworkCost networkCost(const NetworkSpec& spec, const Shape& image) {
    NetworkCost cost;
    const std::vector<Shape> shapes = layerShapes(spec, image);
    for (std::size_t i = 0; i < spec.layers.size(); ++i) {
        if (!hasWeights(spec.layers[i].type)) continue;
        const double product = 2.0 * static_cast<double>(depthOf(spec.layers[i], shapes[i])) * static_cast<double>(shapes[i + 1].values());
        cost.training += cost.forward == 0.0 ? 2.0 * product : 3.0 * product;
        cost.forward += product;
    }
    return cost;
}

} // namespace ratescope
