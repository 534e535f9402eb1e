// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/network_spec.h"

#include <charconv>
#include <cmath>

namespace ratescope {

namespace {

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

/// Cuts the first word off `text`.
std::string_view takeWord(std::string_view& text) {
    const auto space = text.find_first_of(" \t\n");
    const std::string_view word = text.substr(0, space);
    text = space == std::string_view::npos ? "" : trimmed(text.substr(space));
    return word;
}

/// `conv2d FILTERS [KERNEL]`.
std::string usage(const LayerInfo& info) {
    std::string text(info.name);
    for (const LayerParameter& parameter : info.parameters)
        text += parameter.info.required ? " " + parameter.info.name : " [" + parameter.info.name + "]";
    return text;
}

std::string usages() {
    std::string text;
    for (const LayerInfo& info : layerTable()) text += (text.empty() ? "" : ", ") + usage(info);
    return text;
}

LayerSpec parseLayer(std::string_view text) {
    const std::string_view name = takeWord(text);
    const LayerInfo* info = findLayer(name);
    if (!info) throw Error("“" + std::string(name) + "” is no layer; known: " + usages());
    LayerSpec layer = makeLayerSpec(info->type);
    for (const LayerParameter& parameter : info->parameters) {
        if (text.empty() && !parameter.info.required) break;
        if (text.empty()) throw Error(std::string(name) + " needs its " + parameter.info.name + ", as in “" + usage(*info) + "”");
        const std::string_view word = takeWord(text);
        double value = 0.0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
        const bool whole = parameter.info.kind != ParameterKind::Integer || value == std::floor(value);
        if (error != std::errc() || end != word.data() + word.size() || !whole || !(value >= 0 && value <= 1e9))
            throw Error("“" + std::string(word) + "” is not the " + parameter.info.name + " of " + std::string(name) + "; allowed: " +
                        describeRange(parameter.info));
        parameter.set(layer, value);
    }
    if (!text.empty()) throw Error(std::string(name) + " takes no “" + std::string(text) + "”; expected “" + usage(*info) + "”");
    return layer;
}

} // namespace

std::string layerListText(const NetworkSpec& spec) {
    std::string text;
    for (const LayerSpec& layer : spec.layers) {
        const LayerInfo& info = layerInfo(layer.type);
        if (!text.empty()) text += ", ";
        text += info.name;
        for (const LayerParameter& parameter : info.parameters)
            if (parameter.get(layer) != parameter.info.fallback) text += ' ' + shortest(parameter.get(layer));
    }
    return text;
}

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
