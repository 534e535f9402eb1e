// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ratescope {

enum class LayerType { Dense, Relu, Tanh, Sigmoid };

/// One layer of a network, as the experiment file writes it.
struct LayerSpec {
    LayerType type = LayerType::Dense;
    std::uint32_t units = 0; ///< outputs of a dense layer; 0 for the others
    bool operator==(const LayerSpec&) const = default;
};

/// What is known of a type of layer.
struct LayerInfo {
    LayerType type;
    std::string_view name; ///< as in an experiment file
    bool hasUnits;         ///< takes `units`
};

/// All types of layers there are.
const std::vector<LayerInfo>& layerTable();
const LayerInfo& layerInfo(LayerType type);
const LayerInfo* findLayer(std::string_view name);

/// How many classes the last layer tells apart.
inline constexpr std::uint32_t classCount = 10;
/// Largest number of units of one layer, and of bytes of a network's weights.
inline constexpr std::uint32_t maximumUnits = 1U << 20;
inline constexpr std::uint64_t maximumNetworkBytes = std::uint64_t(1) << 30;

/// The layers of a network, input side first. The softmax belongs to the loss.
struct NetworkSpec {
    std::string preset; ///< the name it was written by; empty for a list of layers
    std::vector<LayerSpec> layers;
    bool operator==(const NetworkSpec&) const = default;
};

/// `softmax` (dense 10) and `mlp` (dense 128, relu, dense 10).
const std::vector<NetworkSpec>& networkPresets();
const NetworkSpec* findNetworkPreset(std::string_view name);

/// Every fault, placed as `[2].units`: no layers, units out of range, a last layer that is not dense with 10 units,
/// a network over 1 GiB. `inputs`: features of a sample.
Problems validateNetwork(const NetworkSpec& spec, std::uint32_t inputs);

/// Number of weights and biases.
std::uint64_t parameterCount(const NetworkSpec& spec, std::uint32_t inputs);

/// `dense 128, relu, dense 10`, and back. Throws ratescope::Error naming the word that is no layer.
std::string layerListText(const NetworkSpec& spec);
NetworkSpec parseLayerList(std::string_view text);

} // namespace ratescope
