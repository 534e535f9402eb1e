// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/network_spec.h"

#include <algorithm>
#include <charconv>

namespace ratescope {

const std::vector<LayerInfo>& layerTable() {
    static const std::vector<LayerInfo> table = {
        {LayerType::Dense, "dense", true},
        {LayerType::Relu, "relu", false},
        {LayerType::Tanh, "tanh", false},
        {LayerType::Sigmoid, "sigmoid", false},
    };
    return table;
}

const LayerInfo& layerInfo(LayerType type) {
    return *std::ranges::find(layerTable(), type, &LayerInfo::type);
}

const LayerInfo* findLayer(std::string_view name) {
    const auto it = std::ranges::find(layerTable(), name, &LayerInfo::name);
    return it == layerTable().end() ? nullptr : &*it;
}

const std::vector<NetworkSpec>& networkPresets() {
    static const std::vector<NetworkSpec> presets = {
        {"softmax", {{LayerType::Dense, 10}}},
        {"mlp", {{LayerType::Dense, 128}, {LayerType::Relu}, {LayerType::Dense, 10}}},
    };
    return presets;
}

const NetworkSpec* findNetworkPreset(std::string_view name) {
    const auto it = std::ranges::find(networkPresets(), name, &NetworkSpec::preset);
    return it == networkPresets().end() ? nullptr : &*it;
}

std::uint64_t parameterCount(const NetworkSpec& spec, std::uint32_t inputs) {
    std::uint64_t count = 0;
    std::uint64_t width = inputs;
    for (const LayerSpec& layer : spec.layers) {
        if (layer.type != LayerType::Dense) continue;
        count += (width + 1) * layer.units;
        width = layer.units;
    }
    return count;
}

Problems validateNetwork(const NetworkSpec& spec, std::uint32_t inputs) {
    Problems problems;
    if (spec.layers.empty()) problems.push_back({"", "has no layers; expected at least a dense layer of 10 units"});
    for (std::size_t i = 0; i < spec.layers.size(); ++i) {
        const LayerSpec& layer = spec.layers[i];
        if (layer.type == LayerType::Dense && (layer.units < 1 || layer.units > maximumUnits))
            problems.push_back({"[" + std::to_string(i) + "].units", "is " + std::to_string(layer.units) +
                                                                         "; allowed: a whole number from 1 to " +
                                                                         std::to_string(maximumUnits)});
    }
    if (!problems.empty()) return problems;
    const std::string last = "[" + std::to_string(spec.layers.size() - 1) + "]";
    if (spec.layers.back().type != LayerType::Dense)
        problems.push_back({last, "is " + std::string(layerInfo(spec.layers.back().type).name) +
                                      "; the last layer has to be dense with 10 units (the softmax belongs to the loss)"});
    else if (spec.layers.back().units != classCount)
        problems.push_back({last + ".units", "is " + std::to_string(spec.layers.back().units) +
                                                 "; the last layer needs 10 units, one a class"});
    if (const std::uint64_t bytes = parameterCount(spec, inputs) * sizeof(float); bytes > maximumNetworkBytes)
        problems.push_back({"", "has " + std::to_string((bytes + (1U << 20) - 1) >> 20) + " MiB of weights; allowed: 1024 MiB"});
    return problems;
}

std::string layerListText(const NetworkSpec& spec) {
    std::string text;
    for (const LayerSpec& layer : spec.layers) {
        const LayerInfo& info = layerInfo(layer.type);
        if (!text.empty()) text += ", ";
        text += info.name;
        if (info.hasUnits) text += ' ' + std::to_string(layer.units);
    }
    return text;
}

namespace {

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

LayerSpec parseLayer(std::string_view text) {
    const auto space = text.find_first_of(" \t");
    const std::string_view name = text.substr(0, space);
    const std::string_view rest = space == std::string_view::npos ? "" : trimmed(text.substr(space));
    const LayerInfo* info = findLayer(name);
    if (!info) throw Error("“" + std::string(name) + "” is no layer; known: dense N, relu, tanh, sigmoid");
    if (!info->hasUnits) {
        if (!rest.empty()) throw Error(std::string(name) + " takes no number");
        return {info->type};
    }
    LayerSpec layer{info->type};
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), layer.units);
    if (error != std::errc() || end != rest.data() + rest.size())
        throw Error(std::string(name) + " needs its number of units, as in “" + std::string(name) + " 128”");
    return layer;
}

} // namespace

NetworkSpec parseLayerList(std::string_view text) {
    NetworkSpec spec;
    while (!trimmed(text).empty()) {
        const auto comma = text.find(',');
        spec.layers.push_back(parseLayer(trimmed(text.substr(0, comma))));
        text = comma == std::string_view::npos ? "" : text.substr(comma + 1);
    }
    return spec;
}

} // namespace ratescope
